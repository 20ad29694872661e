#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird cc: small C programs for illumos are compiled with the headers and libraries that come with
# FeuerBird, and run; what cannot be is refused in one sentence. tests/cc/*.c are programs that
# print what their .out says.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Cwd;
use File::Temp qw(tempdir);
use Test::More;

plan skip_all => 'no clang' if !grep { -x "$_/clang" } split /:/, $ENV{PATH};
my $top = getcwd();
my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;

sub file {
	my ($name, $text) = @_;
	open(my $o, '>', "$dir/$name") or die;
	print $o $text;
	close $o;
	return "$dir/$name";
}

sub cc {
	my ($name, @args) = @_;
	my $r = run(cmd => [fbird(), 'cc', '--target', 'illumos', @args], dir => $dir, limit => 60);
	ok(outcome($r) eq '0' && $r->{err} eq '', $name) or describe($r);
	return outcome($r) eq '0';
}

sub says {
	my ($name, $status, $out, $err, $program, %more) = @_;
	my $r = run(cmd => [fbird(), 'run', ref $program ? @$program : $program], dir => $dir, %more);
	ok(outcome($r) eq $status && $r->{out} =~ $out && $r->{err} =~ $err, $name)
		or do { diag("standard output:\n$r->{out}"); describe($r) };
}

for my $source (glob('tests/cc/*.c')) {
	(my $name = $source) =~ s{.*/(.*)\.c$}{$1};
	cc("$name is compiled", '-Wall', '-Wextra', '-Werror', '-O1', '-o', $name, "$top/$source", '-lm') or next;
	my $r = run(cmd => [fbird(), 'run', "./$name"], dir => $dir,
		in => -e "tests/cc/$name.in" ? slurp("tests/cc/$name.in") : '', env => { TZ => 'UTC0' }, limit => 60);
	ok(outcome($r) eq '0', "$name ends well") or describe($r);
	ok(same_text($r->{out}, slurp("tests/cc/$name.out")), "$name prints what it should");
}

# ---- every header by itself, and all together ----------------------------------------------
my @headers = map { s{^guest/illumos/include/}{}r } split /\n/, `find guest/illumos/include -name '*.h'`;
ok(@headers > 60, 'there are headers');
my @bad;
for my $header (sort @headers) {
	my $r = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-fsyntax-only', '-Wall', '-Werror', '-xc', '-'],
		in => "#include <$header>\n#include <$header>\n", dir => $dir);
	push @bad, $header if outcome($r) ne '0' || $r->{err} ne '';
}
is(join(' ', @bad), '', 'every header can be included by itself, and twice');
file('all.c', join('', map { "#include <$_>\n" } sort @headers) . "int main(void) { return 0; }\n");
cc('all headers together', '-Wall', '-Werror', '-o', 'all', 'all.c');

# ---- shared libraries ----------------------------------------------------------------------
file('greet.c', <<'C');
#include <stdio.h>
static __thread int calls;
__attribute__((constructor)) static void begin(void) { puts("greet begins"); }
__attribute__((destructor)) static void end(void) { puts("greet ends"); }
int greet(const char *who) { printf("hello, %s\n", who); return ++calls; }
C
file('linked.c', "int greet(const char *);\nint main(void) { return greet(\"linked\") + greet(\"again\") == 3 ? 0 : 1; }\n");
file('opened.c', <<'C');
#include <dlfcn.h>
#include <stdio.h>
int main(void)
{
	void *h = dlopen("./libgreet.so", RTLD_NOW | RTLD_LOCAL);
	int (*greet)(const char *);
	Dl_info info;

	if (!h)
		return puts(dlerror()), 1;
	greet = (int (*)(const char *))dlsym(h, "greet");
	if (!greet || greet("opened") != 1 || greet("twice") != 2)
		return 2;
	if (dladdr((void *)greet, &info) == 0 || info.dli_saddr != (void *)greet)
		return 3;
	printf("%s; %s\n", dlsym(h, "nothing") ? "found" : "not found", dlsym(RTLD_DEFAULT, "greet") ? "global" : "local");
	return dlclose(h);
}
C
cc('a shared library', '-shared', '-fPIC', '-o', 'libgreet.so', 'greet.c');
cc('a program that needs it', '-o', 'linked', 'linked.c', '-L.', '-lgreet', '-Wl,-rpath,$ORIGIN');
says('it is found by $ORIGIN', '0', qr/\Agreet begins\nhello, linked\nhello, again\ngreet ends\n\z/, qr/\A\z/, './linked');
cc('a program that opens it', '-o', 'opened', 'opened.c');
says('and it is closed again', '0',
	qr/\Agreet begins\nhello, opened\nhello, twice\nnot found; local\ngreet ends\n\z/, qr/\A\z/, './opened');
cc('without a run path', '-o', 'lost', 'linked.c', '-L.', '-lgreet');
says('it is not found', 'SIG9', qr/\A\z/, qr/\Ald\.so\.1: lost: fatal: libgreet\.so: open failed: No such file or directory\n\z/, './lost');
says('but where LD_LIBRARY_PATH says', '0', qr/hello, linked/, qr/\A\z/, './lost', env => { LD_LIBRARY_PATH => "/nowhere:$dir" });
file('preload.c', "#include <stdio.h>\nint greet(const char *who) { printf(\"no %s\\n\", who); static int n; return ++n; }\n");
cc('a library to preload', '-shared', '-fPIC', '-o', 'libpre.so', 'preload.c');
says('LD_PRELOAD comes first', '0', qr/\Agreet begins\nno linked\nno again\ngreet ends\n\z/, qr/\A\z/, ['--env', 'LD_PRELOAD=./libpre.so', './linked']);

# ---- libraries that are none ---------------------------------------------------------------
my $whole = slurp("$dir/libgreet.so");
my %broken = (
	'an empty file' => '', 'text' => "#!/bin/sh\n" x 100, 	'a header alone' => substr($whole, 0, 64), 'another processor' => substr($whole, 0, 18) . "\x03\0" . substr($whole, 20),
	'too many segments' => substr($whole, 0, 56) . "\xff\xff" . substr($whole, 58),
	'a place for them beyond all' => substr($whole, 0, 32) . ("\xf8" . "\xff" x 7) . substr($whole, 40),
);
# Bytes of headers and tables changed one after the other: of the first page, before the code begins.
my ($code) = `readelf -lW $dir/libgreet.so` =~ /LOAD\s+0x(\w+) \S+ \S+ \S+ \S+ R E/;
$broken{'one cut in its code'} = substr($whole, 0, 16 + hex $code);
srand 7;
for my $i (1 .. 60) {
	my $copy = $whole;
	substr($copy, int(rand(hex $code)), 1) = chr int rand 256 for 1 .. 3;
	$broken{sprintf 'change %02d', $i} = $copy;
}
my @crashed;
for my $what (sort keys %broken) {
	file('libgreet.so', $broken{$what});
	my $r = run(cmd => [fbird(), 'run', './linked'], dir => $dir);
	next if outcome($r) eq 'SIG9' && $r->{err} =~ /\Ald\.so\.1: linked: fatal: [^\n]+\n\z/;
	next if $what =~ /^change/ && outcome($r) =~ /^[01]$/ && $r->{err} eq ''; # it did no harm
	push @crashed, "$what: " . outcome($r) . " $r->{err}";
}
is(join("\n", @crashed), '', 'what is no library is refused in a sentence');
file('libgreet.so', $whole);

# ---- refusals ------------------------------------------------------------------------------
sub refused {
	my ($name, $status, $err, @args) = @_;
	my $r = run(cmd => [fbird(), 'cc', @args], dir => $dir);
	ok(outcome($r) eq $status && $r->{out} eq '' && $r->{err} =~ /\Afbird: .*$err.*\n\z/, $name) or describe($r);
}
refused('-static', 2, qr/shared library only/, '--target', 'illumos', '-static', 'linked.c');
refused('C++ by its name', 2, qr/C\+\+/, '--target', 'illumos', 'a.cpp');
refused('C++ by -x', 2, qr/C\+\+/, '--target=illumos', '-x', 'c++', 'a');
refused('no target', 2, qr/no target given/, 'a.c');
refused('an unknown target', 2, qr/no target is called 'plan9'/, '--target', 'plan9', 'a.c');
my $r = run(cmd => [fbird(), 'cc', '--target', 'illumos', 'linked.c'], dir => $dir, env => { FBIRD_CLANG => '/nowhere/clang' });
ok(outcome($r) eq '1' && $r->{err} =~ m{\Afbird: cannot execute /nowhere/clang: .*\n\z}, 'a clang that is not there') or describe($r);
done_testing();
