#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The tests that Python 2.7 ships, in each FreeBSD tree of FBIRD_FREEBSD_ROOT that has them
# (several between colons): all of them in one run, as its authors have it, and what failed there
# once more alone, because some leave the process changed for those behind them.
# FBIRD_CONFORMANCE_PYTHON=FILE writes down how they ended.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd ();
use FbirdTest;
use Test::More;

# What fails on FreeBSD too, today, or for want of something the tree has not.
my $certificate = 'the certificates it ships have expired';
my %known = (
	test_distutils => 'it wants cc, which the tree has not',
	test_ftplib => $certificate, test_httplib => $certificate, test_ssl => $certificate,
	test_urllib2_localnet => $certificate,
);

my @roots = grep { -f "$_/usr/local/lib/python2.7/test/regrtest.py" }
	map { Cwd::abs_path($_) // () } split /:/, $ENV{FBIRD_FREEBSD_ROOT} // '';
plan(skip_all => 'FBIRD_FREEBSD_ROOT names no FreeBSD tree with Python and its tests') if !@roots;

sub regrtest {
	my ($root, @tests) = @_;
	return run(cmd => [fbird(), 'run', '--root', $root, '/usr/local/bin/python2.7', '-m', 'test.regrtest', @tests], limit => 1800);
}

# The names behind "N tests failed:" and the like.
sub names {
	my ($out, $what) = @_;
	my ($list) = $out =~ /^\d+ tests? \Q$what\E:\n((?: +\w.*\n)*)/m;
	return sort split ' ', $list // '';
}

my $report = '';
for my $root (@roots) {
	my $r = regrtest($root);
	my ($ok) = $r->{out} =~ /^(\d+) tests OK\./m;
	my @failed = names($r->{out}, 'failed');
	my @alone = grep { outcome(regrtest($root, $_)) eq '0' } grep { !$known{$_} } @failed;
	my %alone = map { $_ => 1 } @alone;
	my @wrong = grep { !$known{$_} && !$alone{$_} } @failed;

	ok(($ok // 0) > 300, 'most of the modules pass') or describe($r);
	is("@wrong", '', "$root: no module fails without a reason");
	$report .= "\n## FreeBSD " . freebsd_version($root) . "\n\n| How they ended | Modules |\n|---|---|\n"
		. '| passed | ' . (($ok // 0) + @alone) . (@alone ? ' (alone, not behind the others: ' . join(', ', @alone) . ')' : '') . " |\n"
		. join('', map { "| failed | $_: $known{$_} |\n" } grep { $known{$_} } @failed)
		. '| skipped by themselves | ' . join(', ', names($r->{out}, 'skipped')) . " |\n";
}
if (my $file = $ENV{FBIRD_CONFORMANCE_PYTHON}) {
	open(my $out, '>', $file) or BAIL_OUT("cannot write $file: $!");
	print $out "# Python's own tests\n\nWritten by `FBIRD_FREEBSD_ROOT=DIR[:DIR...] FBIRD_CONFORMANCE_PYTHON=docs/conformance/freebsd-python.md make field`:\n"
		. "`python2.7 -m test.regrtest` in the trees that have it (tests/field/freebsd-python.t).\n$report";
	close $out;
}
done_testing;
