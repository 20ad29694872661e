#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Programs for the library that comes with fbird: asynchronous input and output, message queues, formats of
# wide characters; as root and as nobody.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Cwd qw(getcwd);
use File::Basename;
use File::Temp qw(tempdir);
use Test::More;

my $root = getcwd();
my $products = dirname(dirname(fbird()));
my @users = [];
push @users, [unprivileged()] if unprivileged();

for my $name (qw(aio mqueue wide sundry)) {
	my $dir = tempdir(CLEANUP => 1);
	my $built = run(cmd => [fbird(), 'cc', '--target', 'illumos', '-O1', '-o', "$dir/$name",
		"$root/tests/guest/illumos_$name.c"]);
	ok(-x "$dir/$name", "$name is built") or describe($built);
	system('cp', '-rL', "$products/bin", "$products/lib", $dir);
	chmod 0777, $dir;
	for my $prefix (@users) {
		my $who = @$prefix ? 'nobody' : 'this user';
		for my $round (1 .. 3) {
			my $r = run(cmd => [@$prefix, "$dir/bin/fbird", 'run', "$dir/$name"], dir => $dir, limit => 60);
			my @lines = split /\n/, $r->{out};
			is($lines[-1] // '', 'done', "$name, $who, round $round ends") or describe($r);
			is($r->{status}, 0, "$name, $who, round $round ends well");
			ok(!(grep { /^not ok/ } @lines), "$name, $who, round $round: everything is as it should be")
				or describe($r);
		}
	}
}
done_testing();
