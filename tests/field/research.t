#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The research systems' own programs, in trees of them: FBIRD_V1_ROOT, FBIRD_V5_ROOT, FBIRD_V6_ROOT,
# FBIRD_PWB_ROOT, FBIRD_V7_ROOT, FBIRD_BSD29_ROOT and FBIRD_BSD211_ROOT name one each. What is asked and what is to come is in
# tests/field/research/SYSTEM.list: `== NAME`, lines for the system's shell, `--` and the output. Each is
# done twice where root runs the suite, the second time as nobody; no tree keeps what they change in it.
# FBIRD_CONFORMANCE_RESEARCH=FILE writes down what was tried and how it ended.
use strict;
use warnings;
use lib 'tests/lib';
use Cwd qw(abs_path);
use FbirdTest;
use File::Temp qw(tempdir);
use ResearchTree;
use Test::More;

my @systems = grep { $ENV{'FBIRD_' . uc($_) . '_ROOT'} } qw(v1 v5 v6 pwb v7 bsd29 bsd211);
plan(skip_all => 'FBIRD_V7_ROOT and its like name no trees of research systems') if !@systems;

my @who = ([fbird(), '']);
my ($nobodys, @drop) = nobodys_fbird();
push @who, [@drop, $nobodys, ', as nobody'] if $nobodys;

sub ask {
	my ($system, $root, $in, $who) = @_;
	my $dir = tempdir(CLEANUP => 1);
	my @command = @$who[0 .. $#$who - 1];

	chmod 0777, $dir;
	my $r = run(cmd => [@command, 'run', '--root', $root, '--overlay', '/bin/sh'], in => $in, dir => $dir, limit => 60,
		env => { TZ => 'GMT', TERM => 'dumb' });
	$r->{out} =~ s/^(?:[#@%] )+//mg if $system =~ /^(?:v[156]|pwb)$/;
	return $r;
}

my %sections;
umask 022;
for my $system (@systems) {
	my $root = abs_path($ENV{'FBIRD_' . uc($system) . '_ROOT'});
	my $copy = $nobodys ? copy_of_tree($root) : ''; # some of it only root may read
	my ($passed, @rows) = (0);

	for (split /^== /m, slurp("tests/field/research/$system.list")) {
		my ($name, $text) = /^(.+)\n((?s:.*))/ or next;
		my ($in, $want) = split /^--\n/m, $text, 2;
		my $bad = '';

		for my $who (@who) {
			my $r = ask($system, $who->[-1] ? "$copy/root" : $root, $in, $who);
			is($r->{out}, $want, "$system: $name$who->[-1]") or do { describe($r); $bad ||= "fails$who->[-1]"; };
		}
		$passed += !$bad;
		push @rows, "| $name | " . ($bad || 'as it should') . " |\n";
	}
	$sections{$system} = [$passed, @rows];
}
report_sections($ENV{FBIRD_CONFORMANCE_RESEARCH}, %sections) if $ENV{FBIRD_CONFORMANCE_RESEARCH};
done_testing();
