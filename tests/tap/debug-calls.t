#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird debug: calls, their ends and signals by the guest's own names, on FreeBSD, illumos and
# Linux programs, with and without Python in gdb.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

plan skip_all => 'no gdb here' if !grep { -x "$_/gdb" } split /:/, $ENV{PATH};
my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $cc = $ENV{GUEST_CC} // 'clang';
my $stub = "$dir/stub";
system("$cc --target=x86_64-unknown-freebsd14 -std=gnu17 -O0 -g -ffreestanding -fno-stack-protector -fno-pie -Itests/guest -Iinclude " .
	"-nostdlib -static -fuse-ld=lld -Wl,-z,noexecstack -o $stub tests/debug/stub.c $build/guest/freebsd/*.o") == 0 or BAIL_OUT('cannot build stub');
my $threads = "$dir/threads";
my $made = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-g', '-O0', '-o', $threads, "$ENV{PWD}/tests/debug/threads.c"], dir => $dir, limit => 60);
is(outcome($made) . $made->{err}, '0', 'a dynamic program for illumos is built');
my $linux = "$dir/linux";
system('gcc', '-g', '-O0', '-pthread', '-o', $linux, 'tests/debug/threads.c') == 0 or BAIL_OUT('cannot build a program for Linux');

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
	# A call and its end; an error by its name.
	my $r = debug(\@o, ['fbird-catch kill', 'fbird-catch-return kill', 'continue', 'continue', 'delete', 'continue'], [$stub]);
	has($r, qr/^Catchpoint \d+ \(end of call kill, number 37\)\n/m, "$how: the end of a call");
	has($r, qr/^kill \(0x\w+, 0x1e\)\n  called from sys6 \+ \d+.*\n\nkill has ended; a signal's handler comes before its result\n/m, 'of one that brings a signal to itself');
	has($r, qr/^watched 35\n/m, 'and on');
	$r = debug(\@o, ['fbird-catch read', 'fbird-catch-return read', 'continue', 'continue', $plain ? 'echo' : 'bt', 'delete', 'continue'], [$stub, 'read'], in => 'text');
	has($r, qr/^read \(0, 0x10, 0x4\)\n.*\n\nread fails: EFAULT, number 14 \(Bad address\)\n  called from sys6 \+ \d+/m, 'an error by its name');
	has($r, qr/^#0 .*<call read> .*\n#1 .*sys6 .*\n(?:.*\n)*#\d+ .*main /m, 'and a stack there') if !$plain;
	has($r, qr/^read -1\n/m, 'and on');
	# Conditions.
	$r = debug(\@o, ['fbird-catch-return write', 'fbird-catch write', 'fbird-condition $bpnum arg2 > 15 && arg0 == 1', 'continue', 'continue', 'continue', 'continue'], [$stub]);
	has($r, qr/^write \(0x1, 0x\w+, 0x11\)\n.*\n(?:same 20.*\n)?\nwrite = 17\n(?:.*\n)*write = 11\n/m, 'a condition on arguments') or next;
	unlike($r->{out}, qr/^write \(0x1, 0x\w+, 0xb\)/m, 'and only then');
	$r = debug(\@o, ['fbird-catch-return write', 'fbird-condition $bpnum result == 11', 'continue', 'continue'], [$stub]);
	has($r, qr/^write = 11\n/m, 'one on the result');
	unlike($r->{out}, qr/^write = 17/m, 'and only then');
	$r = debug(\@o, ['break main', 'fbird-condition $bpnum 1 == 1', 'fbird-condition', 'fbird-condition 1', 'fbird-catch', 'fbird-catch-return nosuchcall', 'continue'], [$stub]);
	has($r, qr/^Breakpoint \d+ is no catchpoint of fbird-catch or fbird-catch-return\n(?:usage: fbird-condition N EXPRESSION\n){2}usage: fbird-catch CALL\.\.\.\nfreebsd has no call 'nosuchcall'; 'fbird syscalls freebsd' lists them\n/m, 'words that make no sense');
	# Signals by their names: one's own, which the host never sees, and another's.
	$r = debug(\@o, ['fbird-catch-signal SIGUSR1 INFO 9999 SIGNONE', $plain ? 'echo' : 'bt', 'continue', $plain ? 'echo' : 'bt', 'print watched', 'delete', 'continue'], [$stub]);
	has($r, qr/^Catchpoint \d+ \(handler of SIGUSR1, number 30\)\n(?:.*\n)*Catchpoint \d+ \(handler of SIGINFO, number 29\)\nfreebsd has no signal '9999'.*\nfreebsd has no signal 'SIGNONE'/m, 'signals by name and number');
	has($r, qr/^SIGUSR1, number 30: the handler is about to run\n(?:.*\n)*\$1 = 5\n/m, 'one that a program sends to itself');
	has($r, qr/^#0 .*<call kill> .*\n#1 .*sys6 /m, 'and where') if !$plain;
	has($r, qr/^watched 35\n/m, 'and on');
	$r = debug(\@o, ['fbird-handle 30 stop print', 'fbird-handle SIGINFO nostop', 'fbird-handle NOPE stop', 'info signals SIGUSR1', 'info signals SIGPWR', 'continue', 'delete', 'continue'], [$stub, 'kill']);
	has($r, qr/^freebsd has no signal 'NOPE'.*\n(?:.*\n)*SIGUSR1 +Yes\tYes\tYes.*\n(?:.*\n)*SIGPWR +No\t(?:.*\n)*.*received signal SIGUSR1/m, 'how gdb handles them');
	# A dynamic program for illumos, whose numbers are others; raise is lwp_kill there.
	$r = debug(\@o, ['fbird-catch-signal USR1', 'fbird-catch-return write', 'continue', 'continue', 'delete', 'continue'], [$threads]);
	has($r, qr/^SIGUSR1, number 16: the handler is about to run\n/m, 'illumos: a signal');
	has($r, qr/^write = \d+\n  called from write /m, 'the end of a call');
	# And one for Linux, where errors are numbers below zero.
	$r = debug(['--personality', 'linux', @o], ['fbird-catch-return access', 'fbird-catch-signal SIGUSR1', 'fbird-handle USR1 nostop noprint', 'continue', 'continue', $plain ? 'echo' : 'bt', 'delete', 'continue'], [$linux]);
	has($r, qr/^access fails: ENOENT, number 2 \(No such file or directory\)\n/m, 'Linux: an error');
	has($r, qr/^SIGUSR1, number 10: the handler is about to run\n/m, 'and a signal');
	has($r, qr/^#0 .*<call tgkill> .*\n(?:.*\n)*#\d+ .* main \(/m, 'with its stack') if !$plain;
	has($r, qr/^signal 10\nsum /m, 'and on');
}
done_testing;
