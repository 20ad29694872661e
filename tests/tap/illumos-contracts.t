#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Contracts by the library that comes with fbird: templates, events, ends by signals, what becomes of
# contracts whose owner ends, names below /system/contract; several programs at once; and a keeper
# that is sent nonsense.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Cwd qw(getcwd);
use File::Temp qw(tempdir);
use Socket qw(AF_UNIX SOCK_SEQPACKET pack_sockaddr_un);
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my $root = getcwd();
my $program = "$dir/contracts";
my $built = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-O1', '-o', $program,
	"$root/tests/guest/illumos_contracts.c", '-lcontract']);
ok(-x $program, 'the program is built') or describe($built);

sub good {
	my ($r, $what) = @_;
	my @lines = split /\n/, $r->{out};
	is($lines[-1] // '', 'done', "$what: it ends") or describe($r);
	ok(!(grep { /^not ok/ } @lines), "$what: everything is as it should be") or describe($r);
}

good(run(cmd => [fbird(), 'run', $program]), "round $_") for 1 .. 3;

# Two at once have one keeper; each sees its own contracts alone.
good(run(cmd => ['sh', '-c', 'for i in 1 2 3; do "$0" run "$1" >"$2/$i" & done; wait; cat "$2"/?', fbird(), $program,
	$dir]), 'three at once');

# A program like ctrun(1), and commands in it: illumos programs, and programs of the host.
my $ctrun = "$dir/ctrun";
$built = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-O1', '-o', $ctrun, "$root/tests/guest/illumos_ctrun.c", '-lcontract']);
ok(-x $ctrun, 'ctrun is built') or describe($built);
sub ctrun {
	my ($what, $out, $status, @args) = @_;
	my $r = run(cmd => [fbird(), 'run', $ctrun, @args]);
	is($r->{out}, $out, $what) or describe($r);
	is($r->{status}, $status, "$what: how it ends");
}
ctrun('a command of the host', "exit child\nempty child critical\n", 7, 'sh', '-c', 'exit 7');
ctrun('one of illumos', "exit child\nempty child critical\n", 2, $ctrun);
ctrun('one that is not there', "exit child\nempty child critical\n", 127, '/nowhere/at/all');
ctrun('one in another', "exit child\nempty child critical\nexit child\nempty child critical\n", 5, $ctrun, 'sh', '-c', 'exit 5');

# Nobody's nonsense harms it. What it is sent would pass for requests, but for their contents.
my $space = readlink('/proc/self/ns/pid') // '';
$space =~ s/\D//g;
my $hold = fork();
if (!$hold) {
	open STDOUT, '>', '/dev/null';
	exec fbird(), 'run', $program, 'hold';
	exit 1;
}
my $address = pack_sockaddr_un("\0feuerbird-contracts-1-$>-$space");
my $sent = 0;
srand 1;
for (1 .. 300) {
	socket(my $s, AF_UNIX, SOCK_SEQPACKET, 0) or next;
	my $tries = 0;
	select undef, undef, undef, 0.01 while !connect($s, $address) && $tries++ < 200;
	last if $tries > 200;
	for (1 .. 10) {
		my $len = rand() < 0.1 ? int rand 47 : 48 + int rand 64;
		my $m = pack('LLlLQQLLLL', int rand 32, rand 8, rand 4, rand 4, rand 4, rand 3, rand 16, rand 2,
			rand() < 0.8 ? 0 : rand 4e9, 0) . join('', map { chr int rand 256 } 1 .. 64);
		$sent++ if defined send($s, substr($m, 0, $len), 0x4040);
	}
}
cmp_ok($sent, '>', 1000, 'nonsense was sent');
good(run(cmd => [fbird(), 'run', $program]), 'after it');
kill 'TERM', $hold;
waitpid $hold, 0;
done_testing();
