#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The research systems' own programs, in trees of them: FBIRD_V1_ROOT, FBIRD_V5_ROOT, FBIRD_V6_ROOT,
# FBIRD_PWB_ROOT, FBIRD_V7_ROOT, FBIRD_BSD29_ROOT and FBIRD_BSD211_ROOT name one each. What is asked and
# what is to come is in tests/field/research/SYSTEM.list: `== NAME`, lines for the system's shell, `--` and the output.
# FBIRD_CONFORMANCE_RESEARCH=FILE writes down what was tried and how it ended.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd qw(abs_path);
use FbirdTest;
use File::Temp qw(tempdir);
use Test::More;

my @systems = grep { $ENV{'FBIRD_' . uc($_) . '_ROOT'} } qw(v1 v5 v6 pwb v7 bsd29 bsd211);
plan(skip_all => 'FBIRD_V7_ROOT and its like name no trees of research systems') if !@systems;

my $report = '';
umask 022;
for my $system (@systems) {
	my $root = abs_path($ENV{'FBIRD_' . uc($system) . '_ROOT'});
	my ($passed, @rows) = (0);

	for (split /^== /m, slurp("tests/field/research/$system.list")) {
		my ($name, $text) = /^(.+)\n((?s:.*))/ or next;
		my $dir = tempdir(CLEANUP => 1);
		my ($in, $want) = split /^--\n/m, $text, 2;
		my $r = run(cmd => [abs_path(fbird()), 'run', '--root', $root, '/bin/sh'], in => $in, dir => $dir, limit => 60,
			env => { TZ => 'GMT', TERM => 'dumb' });

		$r->{out} =~ s/^(?:# )+//mg if $system =~ /^(?:v[156]|pwb)$/;
		my $good = is($r->{out}, $want, "$system: $name");
		describe($r) if !$good;
		$passed += $good;
		push @rows, "| $name | " . ($good ? 'as it should' : 'fails') . " |\n";
	}
	$report .= "\n## $system: $passed of " . @rows . "\n\n| Tried | Result |\n|---|---|\n" . join('', @rows);
}
if (my $file = $ENV{FBIRD_CONFORMANCE_RESEARCH}) {
	open(my $out, '>', $file) or BAIL_OUT("cannot write $file: $!");
	print $out "# Research UNIX\n\nWritten by `FBIRD_V7_ROOT=DIR ... FBIRD_CONFORMANCE_RESEARCH=docs/conformance/research.md make field`:\n"
		. "programs of each system's own tree, by its shell (tests/field/research.t); the lists of what is asked and\n"
		. "what is to come are in tests/field/research.\n$report";
	close $out;
}
done_testing();
