#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The recipes of README.md, tried for real: Go's -exec, CMake's cross-compiling emulator
# and Meson's exe_wrapper each build a program for FreeBSD and run its tests by fbird.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd;
use Field;
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my $top = getcwd;
my $objects = join ' ', map { "$build/guest/freebsd/$_.o" } qw(lib print freebsd);
my $clang = '--target=x86_64-unknown-freebsd14';
my $bin = tempdir(CLEANUP => 1);
symlink fbird(), "$bin/fbird" or die;
my %env = (PATH => "$bin:$ENV{PATH}");

sub tool {
	my ($name) = @_;
	return scalar grep { -x "$_/$name" } split /:/, $ENV{PATH};
}

# What both C projects consist of: one program that passes when it runs as FreeBSD does.
sub c_project {
	my $dir = tempdir(CLEANUP => 1);
	write_file("$dir/check.c", <<'C');
#include "guest.h"

int main(int argc, char **argv)
{
	print("%s has %d arguments and osreldate %lu\n", argv[1], argc, auxv_find(AT_OSRELDATE)->value);
	return close(-1) == -1 && errno == 9 ? 0 : 1;
}
C
	return $dir;
}

sub steps {
	my ($dir, @steps) = @_;
	for my $step (@steps) {
		my ($want, @cmd) = @$step;
		my $r = run(cmd => \@cmd, dir => $dir, env => { TMPDIR => '/tmp', %env }, limit => 300);
		my $good = outcome($r) eq '0' && $r->{out} =~ $want;
		ok($good, join ' ', @cmd) or do { diag($r->{out}); describe($r); return };
	}
}

subtest 'Go' => sub {
	plan(skip_all => 'no go') if !tool('go');
	# Go looks past a module in the folder for temporary files itself.
	my $dir = tempdir(CLEANUP => 1) . '/example';
	mkdir $dir;
	$env{GOOS} = 'freebsd';
	$env{GOFLAGS} = '-mod=mod';
	$env{GOCACHE} = "$build/gocache";
	write_file("$dir/go.mod", "module example\n\ngo 1.19\n");
	write_file("$dir/main.go", <<'G');
package main

import (
	"fmt"
	"os"
	"runtime"
)

func main() {
	fmt.Println("hello from", runtime.GOOS, os.Args[1:])
}
G
	write_file("$dir/main_test.go", <<'G');
package main

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"testing"
)

func TestWhereItRuns(t *testing.T) {
	if runtime.GOOS != "freebsd" {
		t.Fatal(runtime.GOOS)
	}
	if _, err := os.ReadDir("."); err != nil {
		t.Fatal(err)
	}
	_, err := os.Open("nowhere")
	if !errors.Is(err, syscall.ENOENT) {
		t.Fatal(err)
	}
}
G
	steps($dir,
		[qr/^hello from freebsd \[a b\]$/m, 'go', 'run', '-exec', 'fbird run', '.', 'a', 'b'],
		[qr/^ok\s+example/m, 'go', 'test', '-exec', 'fbird run', './...']);
	delete $env{GOOS};
	done_testing();
};

subtest 'CMake' => sub {
	plan(skip_all => 'no cmake') if !tool('cmake');
	my $dir = c_project();
	write_file("$dir/freebsd.cmake", <<"C");
set(CMAKE_SYSTEM_NAME FreeBSD)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER clang)
set(CMAKE_C_COMPILER_TARGET x86_64-unknown-freebsd14)
set(CMAKE_CROSSCOMPILING_EMULATOR fbird run)
set(CMAKE_C_FLAGS_INIT "-ffreestanding -I$top/tests/guest")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostdlib -static -fuse-ld=lld $objects")
C
	write_file("$dir/CMakeLists.txt", <<'C');
cmake_minimum_required(VERSION 3.13)
project(check C)
enable_testing()
add_executable(check check.c)
add_test(NAME check COMMAND check cmake)
set_tests_properties(check PROPERTIES PASS_REGULAR_EXPRESSION "cmake has 2 arguments and osreldate 14")
C
	steps($dir,
		[qr//, 'cmake', '-S', '.', '-B', 'out', '-DCMAKE_TOOLCHAIN_FILE=freebsd.cmake'],
		[qr//, 'cmake', '--build', 'out'],
		[qr/100% tests passed/, 'ctest', '--test-dir', 'out', '--output-on-failure']);
	done_testing();
};

subtest 'Meson' => sub {
	plan(skip_all => 'no meson') if !tool('meson');
	my $dir = c_project();
	my $list = join ', ', map { "'$_'" } '-nostdlib', '-static', split ' ', $objects;
	write_file("$dir/freebsd.ini", <<"M");
[binaries]
c = ['clang', '$clang']
c_ld = 'lld'
exe_wrapper = ['fbird', 'run']

[built-in options]
c_args = ['-ffreestanding', '-I$top/tests/guest']
c_link_args = [$list]

[host_machine]
system = 'freebsd'
cpu_family = 'x86_64'
cpu = 'x86_64'
endian = 'little'
M
	write_file("$dir/meson.build", <<'M');
project('check', 'c')
test('check', executable('check', 'check.c', pie: false), args: ['meson'])
M
	steps($dir,
		[qr//, 'meson', 'setup', 'out', '--cross-file', 'freebsd.ini'],
		[qr/Ok:\s+1\b/, 'meson', 'test', '-C', 'out']);
	done_testing();
};
done_testing();
