#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird debug -p: gdb on guests that run already, whose call sites the runtime has changed: stacks,
# breakpoints beside those and on them, libraries and threads, roots; and that they go on after.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use IO::Handle;
use POSIX qw(mkfifo);
use Test::More;
use Time::HiRes qw(sleep time);

plan skip_all => 'no gdb here' if !grep { -x "$_/gdb" } split /:/, $ENV{PATH};
plan skip_all => 'this host lets nobody but ancestors look into a process (Yama)'
	if $> != 0 && (slurp('/proc/sys/kernel/yama/ptrace_scope') // 0) > 0;
my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $cc = $ENV{GUEST_CC} // 'clang';
my $runs = "$dir/runs";
system("$cc --target=x86_64-unknown-freebsd14 -std=gnu17 -O0 -g -ffreestanding -fno-stack-protector -fno-pie -Itests/guest -Iinclude " .
	"-nostdlib -static -fuse-ld=lld -Wl,-z,noexecstack -o $runs tests/debug/runs.c $build/guest/freebsd/*.o") == 0 or BAIL_OUT('cannot build runs');
my $fifos = 0;

# A guest whose input is a fifo, so that gdb's `shell' can feed it; its output comes here.
sub start {
	my (@cmd) = @_;
	my $fifo = "$dir/in" . $fifos++;
	mkfifo($fifo, 0600) && chmod(0666, $fifo) or die;
	open(my $to, '+<', $fifo) or die;
	$to->autoflush(1);
	pipe(my $from, my $out) or die;
	my $pid = fork() // die;
	if ($pid == 0) {
		open(STDIN, '<', $fifo);
		open(STDOUT, '>&', $out);
		close $_ for $to, $from;
		chdir $dir;
		exec(@cmd) or POSIX::_exit(98);
	}
	close $out;
	my $g = { pid => $pid, to => $to, from => $from, fifo => $fifo };
	is(said($g), 'ready', 'a guest runs');
	return $g;
}
sub said {
	my ($g) = @_;
	local $SIG{ALRM} = sub { die "it says nothing\n" };
	alarm 20;
	my $line = eval { readline($g->{from}) } // "nothing: $@";
	alarm 0;
	chomp $line;
	return $line;
}
sub turn { my ($g) = @_; print { $g->{to} } "\n"; return said($g) }
# By the end of its input.
sub finish {
	my ($g) = @_;
	print { $g->{to} } 'e';
	my $last = said($g);
	waitpid($g->{pid}, 0);
	return "$last $?";
}
sub attach {
	my ($g, $options, $commands, @as) = @_;
	return run(cmd => [@as, fbird(), 'debug', '--batch', @$options, (map { ('-ex', $_) } @$commands), '-p', $g->{pid}], dir => $dir, limit => 60);
}
sub has {
	my ($r, $want, $name) = @_;
	ok($r->{out} =~ $want, $name) or do { diag($r->{out}); describe($r) };
}

for my $plain (0, 1) {
	my @o = $plain ? '--no-python' : ();
	my $how = $plain ? 'without Python' : 'with Python';
	my $g = start(fbird(), 'run', $runs);
	my $feed = "shell echo >$g->{fifo}";
	my $r = attach($g, [@o], ['bt', 'p turns', 'info threads', 'x/i stub', 'break turn', $feed, 'continue', 'bt', 'finish']);
	has($r, qr/^fbird: \Q$runs\E, a program for freebsd, as process $g->{pid};/m, "$how: it is attached to");
	has($r, qr/^#0 .*<call read> .*\n(?:.*\n)*#\d+ .* next \(c=.*\n#\d+ .* main \(.*\) at .*runs\.c/m, 'a stack from the call it waits in') if !$plain;
	has($r, qr/^\$1 = 1\n/m, 'its data');
	has($r, qr/^   0x\w+ <stub>:\tmov +\$0x14,%eax\n/m, 'its code is as its file has it');
	has($r, qr/Breakpoint \d+, turn \(n=10\)(?:.*\n)*#0 +turn \(n=10\).*\n#1 .* main \(.*\).*\n(?:.*\n)*Value returned is \$2 = 10\n/m, 'a breakpoint, a stack, finish');
	is(said($g), 'same 10 turns 2', 'it goes on after');
	is(turn($g), 'same 10 turns 3', 'and on');
	# Where the site was changed, the call itself among them.
	$r = attach($g, [@o], ['break *stub', 'ignore $bpnum 100', 'break *(stub+5)', 'ignore $bpnum 100', 'break *(stub+8)', 'ignore $bpnum 100',
		'break *(stub+10)', 'ignore $bpnum 100', 'break next', $feed, 'continue', 'info breakpoints', 'delete']);
	my @hits = $r->{out} =~ /<stub(?:\+\d+)?>\n\tbreakpoint already hit (\d+) times\n/g;
	is("@hits", '10 10 10 10', 'breakpoints on a site: before, inside, the call, after') or diag($r->{out});
	is(said($g), 'same 10 turns 4', 'and the calls are right');
	# Steps over the call; a watchpoint; a signal it sends to itself.
	$r = attach($g, [@o], ['break stub', $feed, 'continue', 'stepi', 'x/i $pc', 'p/x $rax', 'delete', 'finish']);
	has($r, qr/^=> 0x\w+ <stub\+5>:.*\n\$1 = 0x14\n/m, 'a step on a site');
	is(said($g), 'same 10 turns 5', 'and on');
	$r = attach($g, [@o], ['watch turns', $feed, 'continue', 'delete']);
	has($r, qr/Hardware watchpoint \d+: turns\n\n(?:.*\n)*Old value = 5\nNew value = 6\n/m, 'a hardware watchpoint');
	is(said($g), 'same 10 turns 6', 'and on');
	# When nobody looks any more calls become cheap again.
	turn($g) for 1 .. 20;
	$r = attach($g, [@o, '--patch'], ['x/i stub', 'break stub', 'ignore $bpnum 100', 'break *(stub+10)', 'ignore $bpnum 100', 'break next', $feed, 'continue', 'info breakpoints', 'delete']);
	has($r, qr/^   0x\w+ <stub>:\tjmp /m, 'later its site is changed again; with --patch it stays so');
	@hits = $r->{out} =~ /<stub(?:\+\d+)?>\n\tbreakpoint already hit (\d+) times\n/g;
	is("@hits", '10 10', 'and breakpoints on its first and behind it hold');
	is(said($g), 'same 10 turns 27', 'and on');
	is(finish($g), 'end 1024', 'to its own end');
	# Another program in its place, whose sites are left alone as well.
	if (!$plain) {
		$g = start(fbird(), 'run', $runs);
		$r = attach($g, [@o], ['break turn', "shell printf x >$g->{fifo}", 'continue', 'bt', 'delete', 'finish', 'x/i stub', 'break next', 'continue']);
		has($r, qr/^fbird: the guest begins \Q$runs\E, a program for freebsd\n(?:.*\n)*#0 +turn \(n=100\)(?:.*\n)*Value returned is .* = 100\n   0x\w+ <stub>:\tmov/m, 'another program, whose code stays as it is');
		is(said($g), 'ready', 'it begins');
		is(turn($g), 'same 10 turns 2', 'and goes on');
		is(finish($g), 'end 1024', 'to its own end');
	}
	# One that ends under it.
	$g = start(fbird(), 'run', $runs);
	$r = attach($g, [@o], ["shell printf e >$g->{fifo}", 'continue']);
	has($r, qr/exited with code 04/, 'its end is told');
	is(said($g), 'end', 'to its end');
	waitpid($g->{pid}, 0);
}

# ---- a dynamic program with threads ----------------------------------------------------------
my $program = "$dir/waiters";
my $made = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-g', '-O0', '-o', $program, "$ENV{PWD}/tests/debug/waiters.c"], dir => $dir, limit => 60);
is(outcome($made) . $made->{err}, '0', 'a dynamic program for illumos is built');
for my $plain (0, 1) {
	my @o = $plain ? '--no-python' : ();
	my $g = start(fbird(), 'run', $program);
	my $r = attach($g, [@o], ['info threads', 'thread apply all bt', 'break worked', "shell echo >$g->{fifo}", 'continue', 'bt', 'break getppid', 'continue', 'bt', 'delete']);
	has($r, qr/^\* 1 +LWP $g->{pid} .*\n +2 +LWP \d+ .*\n +3 +LWP \d+ /m, 'its threads');
	has($r, qr/(?:^#\d+ .* worker \(.*\n(?:.*\n)*){2}^#\d+ .* main /m, 'and their stacks') if !$plain;
	has($r, qr/hit Breakpoint \d+, worked \(.*\n(?:.*\n)*#0 +worked .*\n#1 .* worker \(/m, 'a breakpoint in a thread');
	has($r, qr/hit Breakpoint \d+, .*getppid .*\n(?:.*\n)*#0 +getppid \(\) at guest\/illumos\/libc.*\n#1 .* worked .*\n#2 .* worker \(/m, 'and in a library');
	is(said($g), 'worked 1', 'it goes on after');
	is(turn($g), 'worked 2', 'and on');
	is(finish($g), 'end 1280', 'to its own end');
}

# ---- roots and users -------------------------------------------------------------------------
make_path("$dir/tree/bin", "$dir/tree/tmp", "$dir/tree/proc", "$dir/tree/dev", "$dir/tree/etc");
system('cp', $runs, "$dir/tree/bin/runs") == 0 or die;
for my $kind ('namespace', 'in-process') {
	my $g = start(fbird(), 'run', '--root', "$dir/tree", '--view', $kind, '/bin/runs');
	my $r = attach($g, [], ['break turn', "shell echo >$g->{fifo}", 'continue', 'bt', 'x/i stub']);
	has($r, qr/^#0 +turn \(n=10\).*\n#1 .* main \(.*\) at (?:.*\n)*   0x\w+ <stub>:\tmov/m, "in a root, $kind");
	is(said($g), 'same 10 turns 2', 'it goes on after');
	finish($g);
}
my @as = unprivileged();
SKIP: {
	skip 'not root, who can be somebody else', 6 if !@as;
	system("mkdir -p $dir/fbird && cp -R \$(dirname " . fbird() . ") $build/lib $dir/fbird") == 0 or die;
	local $FbirdTest::fbird = "$dir/fbird/bin/fbird";
	my $theirs = start(@as, fbird(), 'run', '--root', "$dir/tree", '--view', 'namespace', '/bin/runs');
	my $mine = start(fbird(), 'run', $runs);
	SKIP: {
		skip 'Yama', 1 if (slurp('/proc/sys/kernel/yama/ptrace_scope') // 0) > 0;
		my $r = attach($theirs, [], ['break turn', "shell echo >$theirs->{fifo}", 'continue', 'bt'], @as);
		has($r, qr/^#0 +turn \(n=10\).*\n#1 .* main \(.*\)/m, 'a user his own, in a namespace');
	}
	my $r = attach($theirs, [], ['break turn', "shell echo >$theirs->{fifo}", 'continue', 'bt']);
	has($r, qr/^#0 +turn \(n=10\).*\n#1 .* main \(.*\)/m, 'root everybody\'s');
	$r = attach($mine, [], ['bt'], @as);
	ok(outcome($r) eq '1' && $r->{err} eq "fbird: process $mine->{pid} may not be looked into by you\n", 'but a user nobody else\'s') or describe($r);
	finish($_) for $mine, $theirs;
}

# ---- what cannot be --------------------------------------------------------------------------
my $r = attach({ pid => $$ }, [], []);
ok(outcome($r) eq '1' && $r->{err} eq "fbird: process $$ is no guest; 'fbird ps' lists them\n", 'a process that is no guest') or describe($r);
my $gone = fork() // die;
POSIX::_exit(0) if $gone == 0;
waitpid($gone, 0);
$r = attach({ pid => $gone }, [], []);
ok(outcome($r) eq '1' && $r->{err} eq "fbird: there is no process $gone\n", 'one that is gone') or describe($r);
for (['-p', 'x'], ['-p', '0'], ['-p', '1x'], ['-p', '99999999999999'], ['-p', $$, 'word'], ['-p', $$, '--root', '/'], ['-p', $$, '--listen', '/tmp/x'], ['-p']) {
	$r = run(cmd => [fbird(), 'debug', @$_]);
	ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'@$_' is refused in a sentence") or describe($r);
}
# Two debuggers are one too many.
my $g = start(fbird(), 'run', $runs);
$r = attach($g, [], ['shell ' . fbird() . " debug --batch -p $g->{pid} 2>&1; echo status \$?", 'p turns']);
has($r, qr/^(?:.*\n)*.*ptrace: Operation not permitted\.(?:.*\n)*status 125\n\$1 = 1\n/, 'somebody else debugs it already');
is(turn($g), 'same 10 turns 2', 'it goes on after');
is(finish($g), 'end 1024', 'to its own end');
done_testing;
