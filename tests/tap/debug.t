#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird debug: gdb on a program of FreeBSD's and a dynamic one of illumos's: from the first
# instruction, breakpoints, stacks, threads, data, calls, signals; with and without Python.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Test::More;

plan skip_all => 'no gdb here' if !grep { -x "$_/gdb" } split /:/, $ENV{PATH};
my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $cc = $ENV{GUEST_CC} // 'clang';
my $stub = "$dir/stub";
system("$cc --target=x86_64-unknown-freebsd14 -std=gnu17 -O0 -g -ffreestanding -fno-stack-protector -fno-pie -Itests/guest -Iinclude " .
	"-nostdlib -static -fuse-ld=lld -Wl,-z,noexecstack -o $stub tests/debug/stub.c $build/guest/freebsd/*.o") == 0 or BAIL_OUT('cannot build stub');

sub debug {
	my ($options, $commands, $program, %more) = @_;
	return run(cmd => [fbird(), 'debug', '--batch', @$options, (map { ('-ex', $_) } @$commands), @$program], dir => $dir, limit => 60, %more);
}
sub has {
	my ($r, $want, $name) = @_;
	ok($r->{out} =~ $want, $name) or do { diag($r->{out}); describe($r) };
}

for my $plain (0, 1) {
	my @o = $plain ? '--no-python' : ();
	my $how = $plain ? 'without Python' : 'with Python';
	my $r = debug(\@o, ['info registers rip', 'info threads', 'x/i $pc'], [$stub]);
	has($r, qr/^fbird: \Q$stub\E, a program for freebsd, at its first instruction/m, "$how: it begins");
	has($r, qr/^rip +0x\w+ +0x\w+ <_start>\n/m, 'where the program does');
	$r = debug(\@o, ['break deeper if n == 0', 'continue', 'bt', 'p watched', 'finish', 'delete', 'continue'], [$stub]);
	has($r, qr/^#0 +deeper \(n=0\) at .*stub\.c:\d+\n#1 .*deeper \(n=1\).*\n#2 .*deeper \(n=2\).*\n#3 .*deeper \(n=3\).*\n#4 .*main \(argc=1, argv=0x\w+\)/m, 'a breakpoint with a condition, and a stack');
	has($r, qr/^\$1 = 5\n(?:.*\n)*^Value returned is \$2 = 5\n/m, 'data, and finish');
	has($r, qr/exited with code 03/, 'to the end');
	$r = debug(\@o, ['break main', 'continue', 'watch watched', 'continue', 'continue', 'delete', 'continue'], [$stub]);
	has($r, qr/^Hardware watchpoint \d+: watched\n\n(?:.*\n)*Old value = 0\nNew value = 5\n(?:.*\n)*Old value = 5\nNew value = 35\n/m, 'a hardware watchpoint, also in a signal handler');
	has($r, qr/^watched 35\n/m, 'which disturbs nobody');
	# Calls by the names of the program's system.
	$r = debug(\@o, ['fbird-catch kill nosuchcall', 'continue', 'x/i *(long *)($rsi + 120)', 'delete', 'continue'], [$stub]);
	has($r, qr/^freebsd has no call 'nosuchcall'/m, 'a call that is none');
	has($r, qr/^Catchpoint \d+ \(call kill, number 37\)\n(?:.*\n)*\nkill \(0x\w+, 0x1e\)\n  called from sys6 \+ \d+/m, 'a call is caught, with its arguments');
	has($r, qr/^   0x\w+ <sys6\+\d+>:/m, 'and where it was made');
	$r = debug(\@o, ['fbird-signals'], [$stub]);
	has($r, qr/^SIGUSR1 +SIGUSR1 +30\n(?:.*\n)*SIGPWR +SIGINFO +29\n/m, 'the names of signals');
	# Places beside a call, with the runtime changing the code there and without.
	for my $patch (0, 1) {
		my @p = (@o, $patch ? '--patch' : ());
		my $name = $patch ? 'beside a changed site' : 'beside an unchanged site';
		my $r = debug(\@p, ['break stub', 'ignore $bpnum 100', 'break *(stub+10)', 'ignore $bpnum 100', 'break half', 'continue', 'info breakpoints', 'p/x *(unsigned char *)stub', 'delete', 'continue'], [$stub]);
		has($r, qr/<stub>\n\tbreakpoint already hit 10 times\n(?:.*\n)*.*<stub\+10>\n\tbreakpoint already hit 10 times\n/, "$name: set before, hit each time");
		has($r, qr/^same 20 deeper 8\n/m, 'and the calls are right');
		$r = debug(\@p, ['break half', 'continue', 'p/x *(unsigned char *)stub', 'break stub', 'ignore $bpnum 100', 'break *(stub+10)', 'ignore $bpnum 100', 'break deeper', 'continue', 'info breakpoints', 'delete', 'continue'], [$stub]);
		has($r, $patch ? qr/^\$1 = 0xe9\n/m : qr/^\$1 = 0xb8\n/m, $patch ? "$name: it is changed" : "$name: it is as it was");
		has($r, qr/<stub>\n\tbreakpoint already hit 10 times\n(?:.*\n)*.*<stub\+10>\n\tbreakpoint already hit 10 times\n/, 'set after, hit each time');
		has($r, qr/^same 20 deeper 8\n/m, 'and the calls are right');
	}
	$r = debug(\@o, ['break *(stub+8)', 'ignore $bpnum 100', 'break half', 'continue', 'info breakpoints', 'delete', 'continue'], [$stub]);
	has($r, qr/<stub\+8>\n\tbreakpoint already hit 10 times\n(?:.*\n)*same 20 deeper 8\n/m, 'a breakpoint on a call instruction, which still calls');
	# Faults: the program's are told, those the runtime expects are not.
	$r = debug(\@o, ['continue', 'bt 1', 'continue'], [$stub, 'segv']);
	has($r, qr/^Catchpoint \d+ \(signal SIGSEGV\), .*main .*\n(?:.*\n)*^#0 .*main \(argc=2.*\n(?:.*\n)*Program terminated with signal SIGSEGV/m, 'a fault of the program');
	$r = debug(\@o, ['continue'], [$stub, 'read'], in => 'text');
	has($r, qr/^read -1\n.*exited with code 03/m, 'a fault in the runtime for a bad pointer is not told');
	# Steps over calls.
	$r = debug(\@o, ['break half', 'continue', 'delete', 'finish', 'next', 'next', 'next', 'stepi', 'info line', 'break stub', 'continue', 'delete', 'stepi', 'stepi', 'stepi', 'x/i $pc', 'p (int)$rax > 1'], [$stub]);
	has($r, qr/^=> 0x\w+ <main\+\d+>:.*\n\$1 = 1\n/m, 'steps over the call instruction');
	$r = debug(\@o, ['continue'], ['/nowhere/program']);
	ok(outcome($r) eq '125' && $r->{err} =~ /\Afbird: cannot find the program \/nowhere\/program: No such file or directory\n/, 'a program that is not there') or describe($r);
	$r = debug(\@o, ['show args', 'continue'], [$stub, "a'b \"c\" \$d;*"]);
	has($r, qr/same 20/, 'odd words as arguments');
}

# ---- what takes Python ----------------------------------------------------------------------
my $r = debug([], ['fbird-catch kill', 'continue', 'bt', 'up', 'info frame', 'delete', 'finish'], [$stub]);
has($r, qr/^#0 .*<call kill> .*\n#1 .*sys6 .*\n(?:.*\n)*#\d+ .*main /m, 'a stack from the runtime to the program');
has($r, qr/^kill \(pid=.*\n(?:.*\n)*Value returned is .* = 0\n/m, 'and back by finish');
$r = debug([], ['handle SIGUSR1 stop print pass', 'continue', 'delete', 'continue'], [$stub, 'kill']);
has($r, qr/received signal SIGUSR1.*\n(?:.*\n)*fbird: to the guest that is SIGUSR1, number 30\n/, 'a signal by its name and number');
$r = debug([], ['break deeper', 'continue', 'run', 'bt', 'delete', 'continue'], [$stub]);
has($r, qr/^fbird: the guest begins \Q$stub\E, a program for freebsd\n(?:.*\n)*#0 +deeper \(n=3\)/m, 'started once more, breakpoints hold');
$r = debug([], ['break main', 'continue', 'continue', 'info symbol $pc', 'continue'], [$stub, 'x', "$build/twin/waits.freebsd"]);
has($r, qr/^fbird: the guest begins \S+waits\.freebsd, a program for freebsd\n(?:.*\n)*.*main .*twin\/waits\.c/m, 'another program in its place');

# ---- a dynamic program with threads ----------------------------------------------------------
my $threads = "$dir/threads";
my $made = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-g', '-O0', '-o', $threads, "$ENV{PWD}/tests/debug/threads.c"], dir => $dir, limit => 60);
is(outcome($made) . $made->{err}, '0', 'a dynamic program for illumos is built');
for my $plain (0, 1) {
	my @o = $plain ? '--no-python' : ();
	$r = debug([@o], ['break worker', 'break pthread_cond_wait', 'condition $bpnum 0', 'continue', 'info threads', 'thread apply all bt', 'clear worker', 'watch watched', 'continue', 'p watched'], [$threads, 'a', 'b']);
	has($r, qr/^Breakpoint \d+ \(pthread_cond_wait\) pending\./m, 'a function of a library that is not there yet');
	has($r, qr/^Thread 2 "threads" hit Breakpoint.* worker \(arg=/m, 'a breakpoint in a thread');
	has($r, qr/^  1 +LWP \d+ "threads" .*\n\* 2 +LWP \d+ "threads" worker/m, 'its threads');
	has($r, qr/^Thread 1 .*\n(?:#\d+ .*\n)+#\d+ .*main /m, 'the stack of one that waits in a library, or a call') if !$plain;
	has($r, qr/^Thread 2 "threads" hit Hardware watchpoint \d+: watched\n\nOld value = 0\nNew value = 1\n/m, 'a watchpoint in a thread');
	$r = debug([@o], ['break getpid', 'continue', 'continue', 'bt', 'delete', 'continue'], [$threads, 'a', 'b']);
	has($r, qr/hit Breakpoint \d+.*getpid .*\n(?:.*\n)*#0 +getpid \(\) at guest\/illumos\/libc.*\n#1 .*main /, 'a breakpoint in a library');
	has($r, qr/exited with code 016/, 'to the end');
}

# ---- a function two libraries know, of which the second has it ------------------------------
my %source = (two => 'int two(int n) { return n + 2; }', one => 'int two(int); int one(int n) { return two(n) + 1; }',
	both => '#include <stdio.h>' . "\n" . 'int one(int), two(int); int main(void) { printf("%d\n", one(1) + two(1)); return 0; }');
for my $name ('two', 'one', 'both') {
	open(my $o, '>', "$dir/$name.c") or die;
	print $o "$source{$name}\n";
	close $o;
	my @library = $name eq 'both' ? ("-L$dir", '-lone', '-ltwo', "-Wl,-rpath,$dir") : ('-shared', '-fPIC');
	my $made = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-o', $name eq 'both' ? "$dir/both" : "$dir/lib$name.so", "$dir/$name.c", @library], dir => $dir, limit => 60);
	is(outcome($made), '0', "$name is built") or describe($made);
}
for my $o ([], ['--no-python']) {
	$r = debug($o, ['break two', 'break one', 'disable $bpnum', 'continue', 'bt', 'continue', 'continue'], ["$dir/both"]);
	has($r, qr/Breakpoint \d+, .*two .*\n#0 .* two .*\n#1 .* one .*\n#2 .* main (?:.*\n)*.*Breakpoint \d+, .*two (?:.*\n)*7\n/, 'a breakpoint that no library has between two stays enabled, and no other is');
}

# ---- roots ----------------------------------------------------------------------------------
make_path("$dir/tree/bin", "$dir/tree/tmp", "$dir/tree/proc", "$dir/tree/dev", "$dir/tree/etc");
system('cp', $stub, "$dir/tree/bin/stub") == 0 or die;
for my $kind ('namespace', 'in-process') {
	$r = debug(['--root', "$dir/tree", '--view', $kind], ['break deeper', 'continue', 'bt', 'delete', 'continue'], ['/bin/stub']);
	has($r, qr/^fbird: \/bin\/stub, a program for freebsd(?:.*\n)*#0 +deeper \(n=3\)(?:.*\n)*.*exited with code 03/m, "in a root, $kind");
}
my @as = unprivileged();
SKIP: {
	skip 'not root, who can be somebody else', 1 if !@as;
	system("mkdir -p $dir/fbird && cp -R \$(dirname " . fbird() . ") $build/lib $dir/fbird") == 0 or die;
	$r = run(cmd => [@as, "$dir/fbird/bin/fbird", 'debug', '--batch', '--root', "$dir/tree", '--view', 'namespace', '-ex', 'break deeper', '-ex', 'continue', '-ex', 'bt', '/bin/stub'], limit => 60);
	has($r, qr/#0 +deeper \(n=3\)/, 'as a user, in a namespace');
}
for (['--nonsense', 'x'], [], ['-x'], ['--gdb']) {
	$r = run(cmd => [fbird(), 'debug', @$_]);
	ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'@$_' is refused in a sentence") or describe($r);
}
$r = run(cmd => [fbird(), 'debug', '--gdb', '/nowhere/gdb', $stub]);
ok(outcome($r) eq '127' && $r->{err} =~ /\Afbird: cannot execute \/nowhere\/gdb: No such file.*\n\z/, 'a gdb that is not there') or describe($r);
$r = run(cmd => [fbird(), 'debug', '--batch', $stub, "two\nlines"]);
ok(outcome($r) eq '2' && $r->{err} =~ /a word with a line's end/, 'a word that gdb cannot be given') or describe($r);
done_testing;
