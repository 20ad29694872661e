#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Terminals of System III: tests/research/termio-sysv.s on a terminal of its own, whose modes are
# this machine's before and after.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd qw(abs_path);
use FbirdTest;
use File::Temp qw(tempdir);
use POSIX ();
use Terminal;
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my @as = map { abs_path("tests/$_") } 'tools/pdp11-as', 'research/termio-sysv.s', 'research/print.s';
my $made = run(cmd => [$as[0], '-u', 'sysv-pdp11', '-o', "$dir/program", @as[1, 2]]);
is($made->{err}, '', 'it is assembled') or BAIL_OUT('no program');

# The numbers are those of termio.h and ttold.h: brkint icrnl ixon; opost onlcr; 9600 cs8 cread;
# isig icanon echo echoe echok; end of file and of line. Then without lines.
my @said = (
	[qr/kind 052000\s/, 'what kind of requests it knows'],
	[qr/as found 002402\s+000005\s+000275\s+000073\s+000004\s+000000\s/, 'what the terminal is'],
	[qr/3 and 2 000000\s+002402\s+000005\s+000275\s+000071\s+000003\s+000002\s/, 'without lines the characters are numbers'],
	[qr/raw to gtty 000040\s/, 'which is raw in the old structure'],
	[qr/another discipline error 000026\s/, 'there is one line discipline'],
	[qr/of none error 000026\s+error 000026\s/, 'what it does not know'],
	[qr/nowhere error 000016\s/i, 'a structure that is nowhere'],
	[qr/@ AND \$ 000000\s+000334\s+022100\s/i, 'the old structure sets everything'],
);
held('System III', sub {
	my $fbird = abs_path(fbird());
	start(sub {
		exec 'sh', '-c', "stty sane 9600; $fbird run --personality sysv-pdp11 $dir/program; stty -a; echo the end" or POSIX::_exit(98);
	});
	expect(qr/the end/i, 'it ends');
	expect(@$_) for @said;
	expect(qr/erase = @; kill = \$;.*[^-]icanon.*[^-]xcase/is, 'what this machine says of it then');
	finish();
});
done_testing;
