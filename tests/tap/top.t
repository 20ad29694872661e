#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# fbird top: in a file, and on a terminal (in tmux, where there is one) with its keys.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(sleep time);

my $dir = tempdir(CLEANUP => 1);
my @pids;

sub start {
	my (@cmd) = @_;
	my $pid = fork() // die;
	if ($pid == 0) {
		open(STDIN, '<', '/dev/null');
		open(STDOUT, '>', '/dev/null');
		exec(@cmd) or POSIX::_exit(98);
	}
	push @pids, $pid;
	return $pid;
}
END { kill 'KILL', @pids if @pids }

# Two that sleep, and one that does not; the processor's time has two places in the order.
my $sleeper = start(fbird(), 'run', '--personality', 'linux', '/bin/sleep', '100');
my $spinner = start(fbird(), 'run', '--personality', 'linux', '/bin/sh', '-c', 'while :; do :; done');
my $other = start(fbird(), 'run', '--personality', 'linux', '/bin/sleep', '100');
sleep 0.3;

sub order { return join ' ', grep { my $p = $_; grep { $p == $_ } @pids } $_[0] =~ /^ *(\d+) /mg }

my $r = run(cmd => [fbird(), 'top', '-b', '-n', '3', '-d', '0.4']);
my @tables = split /\n\n(?=fbird top)/, $r->{out};
is(scalar @tables, 3, '-b -n 3: three tables') or describe($r);
ok($r->{seconds} >= 1 && $r->{seconds} < 6, '-d: apart by the delay');
like($tables[0], qr/\Afbird top  \d\d:\d\d:\d\d  \d+ guests  [\d.]+% CPU  \d+M  .*linux \d+.*\n\n +PID USER +PERSONALITY ROOT +S THR +%CPU +RSS +TIME COMMAND\n/, 'its head');
my ($cpu) = $tables[2] =~ /^ *$spinner \S+ +linux +\/ +[RS] +1 +([\d.]+) +\d+K +0:\d\d \/bin\/sh -c while :; do :; done$/m;
ok(defined $cpu && $cpu > 15 && $cpu < 115, "one that is busy takes $cpu% of a processor") or diag($tables[2]);
($cpu) = $tables[2] =~ /^ *$sleeper \S+ +linux +\/ +S +1 +([\d.]+) /m;
ok(defined $cpu && $cpu < 5, 'one that sleeps nothing');
is(order($tables[2]), "$spinner $sleeper $other", 'the busiest is first');
my $by = run(cmd => [fbird(), 'top', '-b', '-n', '1', '-s', 'pid']);
is(order($by->{out}), "$sleeper $spinner $other", '-s pid') or describe($by);

# Who is traced or audited is counted, and nobody else.
{
	my $counted = start(fbird(), 'trace', '-c', '--personality', 'linux', '/bin/sh', '-c', 'while :; do test -e /; done');
	open(my $policy, '>', "$dir/policy") or die;
	print $policy "[linux]\nlog access, newfstatat\n";
	close $policy;
	my $audited = start(fbird(), 'audit', 'run', '-p', "$dir/policy", '-o', "$dir/log", '--personality', 'linux', '/bin/sleep', '100');
	sleep 0.5;
	my $r = run(cmd => [fbird(), 'top', '-b', '-n', '2', '-d', '0.5']);
	my @tables = split /\n\n(?=fbird top)/, $r->{out};
	my ($guest) = $tables[1] =~ /^ *(\d+) .* +(?:\d{3,}) \/bin\/sh -c while :; do test -e \/; done$/m;
	ok(defined $guest && $tables[1] =~ /^ +PID .* TIME +CALLS\/S COMMAND$/m, 'calls in a second, of one that is traced') or describe($r);
	like($tables[1], qr/^ *$sleeper .* 0:00 +- \/bin\/sleep 100$/m, 'and of no other');
	like($tables[1], qr/^ *(?!$sleeper|$other)\d+ .* 0:00 +0 \/bin\/sleep 100$/m, 'one that is audited and makes none');
	kill 'TERM', $counted, $audited;
	waitpid($_, 0) for $counted, $audited;
	sleep 0.2;
	kill 'KILL', $1 while $tables[1] =~ /^ *(\d+) .* \d+ \/bin\/(?:sh -c while :; do test|sleep)/mg;
	unlike(run(cmd => [fbird(), 'top', '-b', '-n', '1'])->{out}, qr/CALLS/, 'without one there is no such column');
}

for (['-d', '0'], ['-d', 'nan'], ['-d', '1x'], ['-n', '0'], ['-n', 'x'], ['-s', 'name'], ['-x'], ['word'], []) {
	$r = run(cmd => [fbird(), 'top', @$_]);
	ok(outcome($r) eq '2' && $r->{err} =~ /\Afbird: [^\n]+\n\z/, "'@$_' is refused in a sentence") or describe($r);
}
$r = run(cmd => ['/bin/sh', '-c', fbird() . ' top -b -d 0.1 -n 1000 | head -1']);
ok($r->{seconds} < 10 && $r->{out} =~ /\Afbird top/, 'it ends when nobody reads') or describe($r);

SKIP: {
	skip 'no tmux here', 4 if !grep { -x "$_/tmux" } split /:/, $ENV{PATH};
	my @tmux = ('tmux', '-S', "$dir/socket");
	local $ENV{TERM} = 'xterm';
	system(@tmux, '-f', '/dev/null', 'new-session', '-d', '-x', '90', '-y', '12', 'sh', '-c', fbird() . ' top -d 0.3; stty -a | grep -o -- "-*icanon"; sleep 100');
	my $screen = sub {
		my ($want) = @_;
		my ($until, $text) = (time + 10, '');
		do {
			sleep 0.1;
			open(my $p, '-|', @tmux, 'capture-pane', '-p') or die;
			$text = join '', <$p>;
		} while ($text !~ $want && time < $until);
		return $text;
	};
	my $text = $screen->(qr/^ *$other /m);
	ok($text =~ /\Afbird top .*\n\n +PID USER/ && order($text) eq "$spinner $sleeper $other", 'on a terminal') or diag($text);
	ok(!(grep { length > 90 } split /\n/, $text), 'no line is too long for it');
	system(@tmux, 'send-keys', 'p');
	$text = $screen->(qr/^ *$sleeper .*\n(?:.*\n)*? *$spinner /m);
	is(order($text), "$sleeper $spinner $other", 'a key sorts by process');
	system(@tmux, 'send-keys', 'q');
	$text = $screen->(qr/icanon/);
	ok($text =~ /^icanon/m && $text !~ /fbird top/, 'q ends it, and the terminal is as it was') or diag($text);
	system(@tmux, 'kill-server');
}
done_testing;
