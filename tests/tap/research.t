#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Programs for the research systems: tests/research/NAME.SYSTEM.s, assembled with print.s and run in
# an empty directory, print NAME.SYSTEM.out and end with NAME.SYSTEM.status (0).
use strict;
use warnings;
use lib 'tests/lib';
use Cwd qw(abs_path);
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my %magic = (v1 => '0405');
my ($assembler, $print) = map { abs_path($_) } 'tests/tools/pdp11-as', 'tests/research/print.s';
umask 022;
for my $source (sort glob 'tests/research/*.*.s') {
	my ($name, $system) = $source =~ m{([^/]+)\.(\w+)\.s$};
	my $dir = tempdir(CLEANUP => 1);
	my @as = ($assembler, '-m', $magic{$system} // '0407', '-u', $system, '-o', "$dir/program");
	my $status = -e "tests/research/$name.$system.status" ? slurp("tests/research/$name.$system.status") + 0 : 0;

	mkdir "$dir/work";
	my $made = run(cmd => [@as, abs_path($source), $system eq 'v1' ? () : $print]);
	is($made->{err}, '', "$name ($system) is assembled") or next;
	my $r = run(cmd => [abs_path(fbird()), 'run', '--personality', $system, '../program'], dir => "$dir/work", limit => 20);
	is($r->{out}, slurp("tests/research/$name.$system.out"), "$name ($system) prints what it should");
	is(outcome($r), $status, "$name ($system) ends as it should") or describe($r);
}
done_testing();
