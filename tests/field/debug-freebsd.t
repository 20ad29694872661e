#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird debug on FreeBSD's own binaries and with its libraries, in the trees that FBIRD_FREEBSD_ROOT
# names: its ls where a tree has one, a program of ours with threads where a compiler's files are.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd qw(abs_path);
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

plan(skip_all => 'FBIRD_FREEBSD_ROOT names no FreeBSD tree') if !length($ENV{FBIRD_FREEBSD_ROOT} // '');
plan(skip_all => 'no gdb here') if !grep { -x "$_/gdb" } split /:/, $ENV{PATH};
my $dir = tempdir(CLEANUP => 1);
my $tried = 0;

sub debug {
	my ($root, $options, $commands, @program) = @_;
	return run(cmd => [fbird(), 'debug', '--batch', '--root', $root, @$options, (map { ('-ex', $_) } @$commands), @program], dir => $dir, limit => 60);
}
sub has {
	my ($r, $want, $name) = @_;
	ok($r->{out} =~ $want, $name) or do { diag($r->{out}); describe($r) };
}

for my $root (map { abs_path($_) // BAIL_OUT("$_ is no tree") } split /:/, $ENV{FBIRD_FREEBSD_ROOT}) {
	my $is = freebsd_version($root);
	my $head = slurp("$root/bin/ls") // '';
	for my $plain ([], ['--no-python']) {
		my $how = @$plain ? "$is, without Python" : $is;
		last if substr($head, 0, 5) ne "\x7fELF\2" || index($head, 'fts_open') < 0;
		my $r = debug($root, $plain, ['break fts_open', 'continue', 'fbird-catch-return fstat', 'fbird-catch-return open openat', 'continue', 'bt', 'info registers rip', 'delete', 'continue'], '/bin/ls', '/bin/ls');
		has($r, qr/Breakpoint [\d.]+, .*fts_open \(\)\n/, "$how: ls, a breakpoint in the library");
		has($r, qr/^(?:open|openat|fstat) = \d+\n  called from \w+/m, 'the end of a call');
		has($r, qr/^#0 .*<call \w+> .*\n#1 .*\n(?:#.*\n)*#\d+ .* fts_open \(\)/m, 'a stack through the library') if !@$plain;
		has($r, qr/^\/bin\/ls\n.*exited normally/m, 'to the end');
		$tried++;
	}
	next if !-e "$root/usr/include/pthread.h" || !-e "$root/usr/lib/crt1.o";
	my $program = "$dir/threads";
	my $made = run(cmd => ['clang', '--target=x86_64-unknown-freebsd13', "--sysroot=$root", '-fuse-ld=lld', '-g', '-O0', '-pthread', '-o', $program, "$ENV{PWD}/tests/debug/threads.c"], dir => $dir, limit => 60);
	is(outcome($made), '0', "$is: a program with threads is built") or describe($made);
	for my $plain ([], ['--no-python']) {
		my $how = @$plain ? "$is, without Python" : $is;
		my $r = debug($root, $plain, ['break worker', 'continue', 'info threads', 'thread apply all bt', 'clear worker', 'watch watched', 'continue', 'delete', 'break deeper', 'fbird-catch-signal USR1', 'continue', 'continue', 'bt', 'delete', 'finish', 'continue'], $program, 'a', 'b');
		has($r, qr/^Thread 2 .*hit Breakpoint \d+, worker \(arg=.*\n(?:.*\n)*\* 2 +LWP \d+ "threads" +worker \(/m, "$how: its libthr's threads");
		has($r, qr/^#\d+ .*<call _umtx_op> .*\n(?:#.*\n)*#\d+ .* pthread_barrier_wait \(\)\n#\d+ .* main \(argc=3/m, 'a stack through libthr') if !@$plain;
		has($r, qr/^Thread 2 .*hit Hardware watchpoint \d+: watched\n\nOld value = 0\nNew value = 1\n/m, 'a hardware watchpoint');
		has($r, qr/^SIGUSR1, number 30: the handler is about to run\n/m, 'a signal');
		has($r, qr/^#0 +deeper \(n=3\) .*\n#1 .* main \(argc=3.*\n(?:.*\n)*Value returned is \$\d+ = 4\n/m, 'a function of its own');
		has($r, qr/^sum 14 3 b\n.*exited with code 016/m, 'to the end');
		$tried++;
	}
}
ok($tried, 'there is something to debug in one of the trees');
done_testing;
