#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Doors by the library that comes with fbird: threads that it makes for them, calls that wait for each
# other, private pools, notices of the last reference, an interrupted caller.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Cwd qw(getcwd);
use File::Temp qw(tempdir);
use Test::More;

my $dir = tempdir(CLEANUP => 1);
my $root = getcwd();
my $program = "$dir/doors";
my $built = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-O1', "-I$root", "-I$root/guest/illumos/include",
	'-o', $program, "$root/tests/guest/illumos_doors.c"]);
ok(-x $program, 'the program is built') or describe($built);
for my $round (1 .. 3) {
	my $r = run(cmd => [fbird(), 'run', $program]);
	my @lines = split /\n/, $r->{out};
	is($lines[-1] // '', 'done', "round $round ends") or describe($r);
	ok(!(grep { /^not ok/ } @lines), "round $round: everything is as it should be") or describe($r);
}
done_testing();
