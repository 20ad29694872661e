# SPDX-License-Identifier: BSD-2-Clause
#
# Field: third-party programs for the tests of tests/field. Without a registry these tests
# are skipped, except under CI, where a program that could not be had is a failure.
package Field;
use strict;
use warnings;
use Exporter 'import';
use FbirdTest;
use Modules;
use Test::More;

our @EXPORT = qw(fixture need write_file);

my $place = "$build/fixtures";

sub need {
	my ($what, $good) = @_;
	return if $good;
	BAIL_OUT("$what, and this is CI") if $ENV{CI};
	plan(skip_all => $what);
}

# fixture(PACKAGE, FILE): the path of a file of an npm package of tests/field/fixtures
sub fixture {
	my ($package, $file) = @_;
	my $said = '';
	(my $folder = $package) =~ s{/}{-}g;
	$folder =~ s/^@//;
	$said = `tests/tools/fixtures.sh $place 2>&1` if !-e "$place/$folder/$file";
	need("no $package: $said", -e "$place/$folder/$file");
	return "$place/$folder/$file";
}

*write_file = \&Modules::write_file;

1;
