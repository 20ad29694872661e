#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird trace -p: guests of each system that run already, with one thread and with many, asleep in
# calls and never; what they begin, fork and execute meanwhile; being let go, and full speed after
# it; readers that are killed; who may not be attached to, and who is not there.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd;
use FbirdTest;
use File::Temp qw(tempdir);
use IO::Handle;
use JSON::PP;
use POSIX qw(WNOHANG);
use Test::More;
use Time::HiRes qw(sleep time);

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $rounds = $ENV{ATTACH_ROUNDS} // 50;
my @as = unprivileged();
# A copy that everybody can read: a checkout may lie where only root can enter.
system("mkdir -p $dir/fbird && cp -R \$(dirname " . fbird() . ") $build/lib $dir/fbird && cp $build/twin/attached.* $dir") == 0 or BAIL_OUT('cannot copy fbird');
my $tool = "$dir/fbird/bin/fbird";

# A guest that does what it is told; its pid, and handles to and from it.
sub start {
	my (@cmd) = @_;
	pipe(my $in, my $to) or die;
	pipe(my $from, my $out) or die;
	my $pid = fork() // die;
	if ($pid == 0) {
		open(STDIN, '<&', $in);
		open(STDOUT, '>&', $out);
		open(STDERR, '>', "$dir/guest.err");
		close $_ for $to, $from;
		chdir $dir;
		exec(@cmd) or POSIX::_exit(98);
	}
	$to->autoflush(1);
	close $_ for $in, $out;
	my $g = { pid => $pid, to => $to, from => $from };
	readline($from);
	return $g;
}
sub guest { my ($system, @options) = @_; return start($tool, 'run', '--personality', $system, @options, "$dir/attached.$system") }
# What it answers, a number.
sub order {
	my ($g, $what) = @_;
	my $said;

	print { $g->{to} } "$what\n";
	eval {
		local $SIG{ALRM} = sub { die };
		alarm 60;
		$said = readline($g->{from});
		alarm 0;
	};
	return ($said // '') =~ /^did \w (-?\d+)$/ ? $1 : 'nothing';
}
sub finish { my ($g) = @_; close $g->{to}; 1 while readline($g->{from}); waitpid($g->{pid}, 0); return $? >> 8 }

# A reader of it, once it says that it has what it wants.
my $made = 0;
sub attach {
	my ($pids, @options) = @_;
	my $r = { out => "$dir/trace." . ++$made, err => "$dir/err.$made" };
	my @as_whom = ref $options[0] ? @{ shift @options } : ();

	$r->{pid} = fork() // die;
	if ($r->{pid} == 0) {
		$SIG{INT} = 'DEFAULT';
		open(STDIN, '<', '/dev/null');
		open(STDOUT, '>', '/dev/null');
		open(STDERR, '>', $r->{err});
		exec(@as_whom, $tool, 'trace', '-o', $r->{out}, @options, '-p', $pids) or POSIX::_exit(98);
	}
	my $until = time + 20;
	my $wanted = 1 + ($pids =~ tr/,//);
	sleep 0.002 until (() = (slurp($r->{err}) // '') =~ /is traced$/mg) >= $wanted || time > $until || gone($r);
	return $r;
}
sub gone {
	my ($r) = @_;
	return 1 if defined $r->{status};
	return 0 if waitpid($r->{pid}, WNOHANG) == 0;
	$r->{status} = $?;
	return 1;
}
sub ends {
	my ($r) = @_;
	my $until = time + 30;
	sleep 0.005 while !gone($r) && time < $until;
	kill 'KILL', $r->{pid} unless gone($r);
	return $r->{status} // 'it goes on';
}
# It is told to stop; what it wrote.
sub let_go { my ($r) = @_; kill 'INT', $r->{pid}; is(ends($r), 0, 'the reader ends when it is told to'); return slurp($r->{out}) }
sub said { my ($r) = @_; return slurp($r->{err}) }
sub refused {
	my ($pid, $what, $name, @options) = @_;
	my $r = run(cmd => [(ref $options[0] ? @{ shift @options } : ()), $tool, 'trace', @options, '-p', $pid], dir => $dir);
	ok(outcome($r) eq '1' && $r->{err} =~ $what && $r->{err} =~ /\A(?:fbird: [^\n]+\n)+\z/, $name) or describe($r);
}
# How many ns the shortest call takes, of the best of some.
sub speed {
	my ($g) = @_;
	return (sort { $a <=> $b } map { order($g, 'n 50000') } 1 .. 7)[0];
}

# ---- each system ------------------------------------------------------------------------------
for my $system ('freebsd', 'illumos', 'linux') {
	my $g = guest($system);
	my $name = $system eq 'illumos' ? qr/openat|open/ : qr/openat/;
	my $before = speed($g);
	my $r = attach($g->{pid});
	is(said($r), "fbird: process $g->{pid} is traced\n", "$system: a program that runs is attached to");
	is(order($g, 'o /etc/passwd'), 3, 'it goes on');
	my $traced = speed($g);
	my $text = let_go($r);
	ok($text =~ m{\A=== $dir/attached\.$system \($system\) ===\n}, 'what it is') or diag(substr($text, 0, 300));
	ok($text =~ m{^$name\((?:AT_FDCWD, )?"/etc/passwd", O_RDONLY\) += 3\nclose\(3\) += 0\nwrite\(1, "did o 3\\n", 8\) += 8\n}m, 'what it does') or diag(substr($text, 0, 2000));
	is(scalar(() = $text =~ /^getpid\(\)/mg), 350000, 'each call');
	is(said($r), "fbird: process $g->{pid} is traced\nfbird: process $g->{pid} goes on untraced\n", 'it is let go');
	my $after = speed($g);
	ok($after < 1.5 * $before + 10 && ($system ne 'freebsd' || $after * 3 < $traced), "it is as fast as before: $before, $traced, $after ns");
	$r = attach($g->{pid}, '-e', $system eq 'freebsd' ? 'openat' : '/^open');
	my $others = speed($g);
	ok($others < 1.5 * $before + 10, "again, for other calls: those not asked for stay as they are ($others ns)");
	is(order($g, 'o /nowhere'), -1, 'it goes on');
	$text = let_go($r);
	ok($text =~ m{\A=== .*\nopen(?:at)?\(.*"/nowhere", O_RDONLY\) += -1 ENOENT .*\n\z}, 'only those') or diag($text);
	# Threads that sleep in calls and that do not, from before it and from while it is there.
	is(order($g, 't 3'), 0, "$system: with threads");
	is(order($g, 'b 1'), 0, 'one of them never sleeps');
	sleep 0.05;
	$r = attach($g->{pid}, '-e', 'nanosleep,mkdir,mkdirat');
	is(order($g, 't 2'), 0, 'two begin meanwhile');
	sleep 0.3;
	ok(order($g, 'n 100') < 1000000, 'a good many calls');
	$text = let_go($r);
	my $sleeps = () = $text =~ /^nanosleep\(\{tv_sec=0, tv_nsec=3000000\}, (?:0x[0-9a-f]+|NULL|\{tv_sec=0, tv_nsec=0\})\) += 0$/mg;
	ok($sleeps > 20 && $text !~ /^(?!nanosleep|===)/m, "all threads are told of: $sleeps calls") or diag(substr($text, 0, 1000));
	$r = attach($g->{pid}, '--format', 'json', '-f', '-e', 'mkdir,mkdirat,nanosleep,fork,forkx,clone');
	is(order($g, 'f'), 4, 'a child');
	sleep 0.1;
	ok(let_go($r) ne '', 'as JSON');
	my @events = map { decode_json($_) } split /\n/, slurp($r->{out});
	my %tids = map { $_->{tid} => 1 } grep { ($_->{call} // '') eq 'nanosleep' } @events;
	is(scalar(keys %tids), 5, 'five threads by their numbers') unless $system eq 'illumos' && !%tids;
	my ($child) = grep { ($_->{call} // '') =~ /^mkdir/ } @events;
	ok($child && $child->{pid} != $g->{pid} && ($child->{error} // '') eq 'ENOENT' && grep({ $_ eq '"/nowhere/child"' } values %{ $child->{args} }), "and -f tells of the child") or diag(slurp($r->{out}));
	$r = attach($g->{pid}, '-c');
	order($g, 'o /etc/passwd') for 1 .. 3;
	ok(let_go($r) =~ /\s3\s+open(?:at)?$/m, '-c counts') or diag(slurp($r->{out}));
	is(order($g, 'o /etc/passwd'), 3, 'and it is all right');
	print { $g->{to} } "e\n";
	is(finish($g), 6, 'to its end');
}
# A program of the PDP-11's.
{
	my $made = run(cmd => [getcwd() . '/tests/tools/pdp11-as', '-m', '0407', '-u', 'v7', '-o', "$dir/attached.v7", getcwd() . '/tests/trace/attached.v7.s']);
	is($made->{err}, '', 'v7: its program is assembled');
	my $g = start($tool, 'run', '--personality', 'v7', "$dir/attached.v7");
	my $r = attach($g->{pid});
	print { $g->{to} } "x\n";
	is(readline($g->{from}), "did it\n", 'v7: it is attached to, and goes on');
	my $text = let_go($r);
	ok($text =~ m{\A=== \S+ \(v7\) ===\nread\(0, "x\\n", 16\) += 2\ngetpid\(\) += \d+ .*\nunlink\("/nowhere/x"\) += -1 ENOENT .*\nwrite\(1, "did it\\n", 7\) += 7\n}, 'its calls') or diag($text);
	print { $g->{to} } "x\n";
	is(readline($g->{from}), "did it\n", 'it is let go, and goes on');
	is(finish($g), 3, 'to its end');
}

# ---- several, and what they become ------------------------------------------------------------
{
	my @g = map { guest($_) } 'freebsd', 'linux', 'illumos';
	my $r = attach(join(',', map { $_->{pid} } @g), '-e', '/^open');
	order($_, 'o /etc/passwd') for @g;
	my $text = let_go($r);
	my %by = map { $_ => 1 } $text =~ m{^(\d+) open(?:at)?\(.*"/etc/passwd"}mg;
	is_deeply([sort keys %by], [sort map { $_->{pid} } @g], 'three at once, of three systems');
	$r = attach("$g[0]{pid},$g[1]{pid}", '-e', '/^open');
	my $other = attach($g[2]{pid}, '-e', '/^open');
	order($_, 'o /etc/group') for @g;
	is(scalar(() = let_go($r) =~ m{/etc/group}g), 2, 'two of them by one reader,');
	is(scalar(() = let_go($other) =~ m{/etc/group}g), 1, 'and the third by another at the same time');
	finish($_) for @g;
}
{
	my $g = guest('freebsd');
	my $r = attach($g->{pid}, '-e', 'openat,execve,exit');
	order($g, 't 4');
	print { $g->{to} } "x\n";
	readline($g->{from});
	is(order($g, 'o /etc/passwd'), 3, 'it executes a program');
	print { $g->{to} } "e\n";
	is(finish($g), 6, 'and ends');
	is(ends($r), 0, 'so does the reader');
	my $text = slurp($r->{out});
	ok($text =~ m{^execve\(.*\n=== .*attached\.freebsd \(freebsd\) ===\nopenat\(AT_FDCWD, "/etc/passwd", O_RDONLY\) += 3\nexit\(6\) += \?\n}m, 'all of it is told') or diag($text);
	is(said($r), "fbird: process $g->{pid} is traced\n", 'and nobody is said to go on');
}
# A child that is begun meanwhile: told of with -f only, and let go as well.
for my $f (0, 1) {
	my $g = guest('freebsd');
	my $r = attach($g->{pid}, $f ? '-f' : (), '-e', 'openat');
	is(order($g, 'k'), 0, 'a child that goes on by itself' . ($f ? ', with -f' : ''));
	is(order($g, 'o /etc/passwd'), 3, 'and does something');
	my $text = let_go($r);
	is($text =~ m{/etc/passwd} ? 1 : 0, $f, $f ? 'it is told of' : 'it is not told of');
	my $after = speed($g);
	ok($after < 60, "let go it is fast: $after ns");
	is(order($g, 'o /etc/passwd'), 3, 'and goes on');
	print { $g->{to} } "e\n";
	is(finish($g), 6, 'to its end');
}
# One that is killed.
{
	my $g = guest('linux');
	order($g, 't 4');
	my $r = attach($g->{pid}, '-e', 'nanosleep');
	sleep 0.1;
	kill 'KILL', $g->{pid};
	finish($g);
	is(ends($r), 0, 'it is killed: the reader ends');
	ok(slurp($r->{out}) =~ /^nanosleep/m, 'and has what there was');
}

# ---- readers that are killed --------------------------------------------------------------------
for my $system ('freebsd', 'linux') {
	my $g = guest($system);
	order($g, 'b 2');
	my $before = speed($g);
	my $r = attach($g->{pid});
	kill 'KILL', $r->{pid};
	ends($r);
	ok(order($g, 'n 2000000') > 0, "$system: its reader is killed, and it goes on");
	order($g, 'n 2000000');
	my $after = speed($g);
	ok($after < 4 * $before + 50, "as fast as before: $before, $after ns");
	$r = attach($g->{pid}, '-e', '/^open');
	order($g, 'o /etc/passwd');
	ok(let_go($r) =~ m{/etc/passwd}, 'another attaches to it');
	# One that is killed before anything was told: nothing fills that would show it.
	$r = attach($g->{pid}, '-e', '/^open');
	kill 'KILL', $r->{pid};
	ends($r);
	$r = attach($g->{pid}, '-e', '/^open');
	order($g, 'o /etc/passwd');
	ok(let_go($r) =~ m{/etc/passwd}, 'and another one at once');
	finish($g);
}
# A trace from the beginning, whose reader is killed.
{
	my $r = { err => "$dir/err.start" };
	pipe(my $in, my $to) or die;
	pipe(my $from, my $out) or die;
	$r->{pid} = fork() // die;
	if ($r->{pid} == 0) {
		open(STDIN, '<&', $in);
		open(STDOUT, '>&', $out);
		close $_ for $to, $from;
		exec($tool, 'trace', '-o', "$dir/trace.start", "$dir/attached.freebsd") or POSIX::_exit(98);
	}
	close $_ for $in, $out;
	$to->autoflush(1);
	readline($from);
	my ($pid) = (slurp("/proc/$r->{pid}/task/$r->{pid}/children") // '') =~ /^(\d+)/;
	my $g = { pid => $pid, to => $to, from => $from };
	refused($pid, qr/process $pid is traced or audited already/, 'a program that is traced from its beginning');
	is(order($g, 'o /etc/passwd'), 3, 'and it goes on');
	kill 'KILL', $r->{pid};
	ends($r);
	my $second = attach($pid, '-e', 'openat');
	order($g, 'o /etc/passwd');
	ok(let_go($second) =~ m{/etc/passwd}, 'when its reader is gone it can be attached to');
	close $to;
	1 while readline($from);
}

# ---- outputs that go away -----------------------------------------------------------------------
{
	my $g = guest('freebsd');
	my $r = run(cmd => [$tool, 'trace', '-o', "$dir/no/such", '-p', $g->{pid}], dir => $dir);
	ok(outcome($r) eq '1' && $r->{err} =~ /cannot open/, 'an output that cannot be made') or describe($r);
	is(order($g, 'o /etc/passwd'), 3, 'the program has not noticed');
	$r = attach($g->{pid}, '-o', '/dev/full');
	order($g, 'o /etc/passwd') for 1 .. 20;
	is(ends($r) >> 8, 1, 'a full disk: the reader ends');
	ok(said($r) =~ /cannot write the trace to \/dev\/full: No space left on device; the program goes on without one\n/, 'and says so') or diag(said($r));
	ok(speed($g) < 60, 'and the program is let go');
	system('mkfifo', "$dir/fifo") == 0 or die;
	my $pid = fork();
	exec('/bin/sh', '-c', "head -c 100 '$dir/fifo' >/dev/null") if $pid == 0;
	$r = attach($g->{pid}, '-o', "$dir/fifo");
	order($g, 'o /etc/passwd') for 1 .. 200;
	waitpid $pid, 0;
	order($g, 'o /etc/passwd') for 1 .. 20;
	is(ends($r) >> 8, 1, 'a pipe that is closed: the reader ends');
	ok(speed($g) < 60, 'and the program is let go');
	finish($g);
}

# ---- who cannot be attached to --------------------------------------------------------------------
refused(4194305, qr/there is no process 4194305\n/, 'no such process');
refused($$, qr/process $$ is no guest of this FeuerBird/, 'a process that is no guest');
for (['-p', '0'], ['-p', 'x'], ['-p', '1,'], ['-p', '-3'], ['-p', '99999999999'], ['-p', $$, '/bin/true'], ['--root', '/', '-p', $$]) {
	my $r = run(cmd => [$tool, 'trace', @$_], dir => $dir);
	ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'@$_' is refused in a sentence") or describe($r);
}
{
	my $g = guest('freebsd');
	my $r = attach($g->{pid}, '-e', 'openat');
	refused($g->{pid}, qr/process $g->{pid} is traced or audited already\n/, 'one that another reader has');
	is(order($g, 'o /etc/passwd'), 3, 'which is not disturbed');
	ok(let_go($r) =~ m{/etc/passwd}, 'neither is that reader');
	refused("$g->{pid},4194305", qr/there is no process 4194305/, 'one of two that is not there');
	finish($g);
	for (['--no-host', qr/traced or audited already\n/], [undef, qr/has a seccomp filter, which it might not survive/]) {
		my ($option, $what) = @$_;
		open(my $o, '>', "$dir/policy") or die;
		print $o "allow read, write, open, openat, close, exit\ndeny all\n";
		close $o;
		my $g = start($tool, 'audit', 'run', '-p', "$dir/policy", $option // (), "$dir/attached.freebsd");
		my ($pid) = (slurp("/proc/$g->{pid}/task/$g->{pid}/children") // '') =~ /^(\d+)/;
		refused($pid, $what, 'one that is audited' . ($option ? '' : ', with a filter of the host'));
		is(order($g, 'o /etc/passwd'), 3, 'it goes on');
		finish($g);
	}
}
SKIP: {
	skip 'only root can be somebody else', 10 unless @as;
	my $g = start(@as, $tool, 'run', "$dir/attached.freebsd");
	order($g, 't 2');
	my $r = attach($g->{pid}, '-e', 'openat');
	order($g, 'o /etc/passwd');
	ok(let_go($r) =~ m{/etc/passwd}, "root attaches to another user's guest");
	chmod 0777, $dir;
	$r = attach($g->{pid}, \@as, '-e', 'openat');
	order($g, 'o /etc/passwd');
	ok(let_go($r) =~ m{/etc/passwd}, 'and that user');
	my @third = map { s/65534/65533/r } @as;
	refused($g->{pid}, qr/process $g->{pid} is another user's\n/, 'a third one may not', \@third);
	is(order($g, 'o /etc/passwd'), 3, 'it has not noticed');
	my $roots = guest('freebsd');
	refused($roots->{pid}, qr/process $roots->{pid} is another user's\n/, "nor anybody root's", \@as);
	refused("$roots->{pid},$g->{pid}", qr/processes $roots->{pid} and $g->{pid} are not the same user's\n/, 'processes of two users at once');
	is(order($_, 'o /etc/passwd'), 3, 'and it goes on') for $roots, $g;
	finish($_) for $roots, $g;
	chmod 0755, $dir;
}

# ---- again and again ------------------------------------------------------------------------------
for my $system ('freebsd', 'illumos', 'linux') {
	my $g = guest($system);
	order($g, 'b 2');
	order($g, 't 6');
	my ($failed, $told) = (0, 0);
	for my $round (1 .. $rounds) {
		my $r = attach($g->{pid}, $round % 3 ? ('-e', $round % 2 ? 'nanosleep' : 'getpid') : '-c');
		$told++ if said($r) =~ /is traced/;
		sleep 0.004 * ($round % 4);
		kill 'INT', $r->{pid};
		$failed++, diag('ended with ' . ends($r) . ': ' . said($r)) if ends($r) ne '0';
		unlink $r->{out}, $r->{err};
	}
	is("$told $failed", "$rounds 0", "$system: $rounds times, with threads at work");
	my ($size) = (slurp("/proc/$g->{pid}/status") // '') =~ /VmSize:\s+(\d+)/;
	ok($size < 3 << 20, "and it has not grown by what each gave it ($size KiB)");
	is(order($g, 'o /etc/passwd'), 3, 'it goes on');
	print { $g->{to} } "e\n";
	is(finish($g), 6, 'to its end');
}
done_testing();
