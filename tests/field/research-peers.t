#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What other simulators of a PDP-11's UNIX are known to fail at, and what takes more of a system than
# a command does: scripts, alarms, directories, FP11 arithmetic, the compilers, games that are played,
# daemons, text through all its preprocessors, archives that go from and to this machine. Trees as in
# tests/field/research.t; what is asked and what is to come is in tests/field/research/peers-SYSTEM.list:
# `== NAME`, lines for the system's shell, `--` and the output, in which a line `~ PATTERN` is any that
# the pattern matches, and `...` any number of lines. `host: COMMAND` in front of the shell's lines is
# one for this machine's shell in the same folder, before them; `host after: COMMAND` one behind them,
# whose output is added to theirs. After a line `at a terminal` the rest is done at one.
#
# It runs as tests/lib/ResearchTree.pm says: as nobody where root runs the suite.
# FBIRD_CONFORMANCE_RESEARCH=FILE writes down what was tried and how it ended.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use ResearchTree;
use Test::More;

my @systems = grep { $ENV{'FBIRD_' . uc($_) . '_ROOT'} && -e "tests/field/research/peers-$_.list" } qw(v1 v7 bsd29 bsd211);
plan(skip_all => 'FBIRD_V7_ROOT and its like name no trees of research systems') if !@systems;
my @alone = alone('--mount-proc') or plan(skip_all => 'this host gives no process namespace');

# The first process of the namespace, whose children those of daemons become.
my @first = ($^X, '-e', 'system { $ARGV[0] } @ARGV; exit $? >> 8');

# Why the output is not the expected one; '' when it is.
sub differs {
	my ($got, $want) = @_;
	my $pattern = '';

	for (split /^/m, $want) {
		$pattern .= /^\.\.\.\n/ ? '(?:.*\n)*?' : /^~ (.*)\n/ ? "(?:$1)\n" : quotemeta;
	}
	return $got =~ /\A$pattern\z/ ? '' : "not as it should be";
}

# What the system's shell makes of the text; what it leaves running ends with it.
sub ask {
	my ($system, $copy, $text) = @_;
	my (@host, @after);

	push @host, $1 while $text =~ s/\Ahost: (.*)\n//;
	push @after, $1 while $text =~ s/^host after: (.*)\n//m;
	system('rm', '-rf', "$copy/tmp");
	mkdir "$copy/tmp", 0777;
	chmod 0777, "$copy/tmp";
	for (@host) {
		my $r = run(cmd => [unprivileged(), '/bin/sh', '-c', $_], dir => "$copy/tmp");
		return "the host's '$_' fails: $r->{err}" if $r->{status};
	}
	my @who = (@alone, unprivileged());
	my @command = (@first, fbird(), qw(run --missing --root), "$copy/root", '--bind', "$copy/tmp:/tmp", '--bind',
		"$copy/none:/compat/linux", '--chdir', '/tmp', '/bin/sh');
	if ($text =~ s/\Aat a terminal\n//) {
		@command = ('script', '-qec', join(' ', map { quotemeta } @command, '-c', $text =~ s/\n/; /gr), '/dev/null');
		$text = '';
	}
	my $r = run(cmd => [@who, @command], in => $text, dir => "$copy/none", limit => 60, env => { PATH => ':/bin:/usr/bin:/usr/ucb', TZ => 'GMT0', TERM => 'dumb', HOME => '/tmp', TMPDIR => '/tmp' });
	$r->{out} =~ s/\r\n/\n/g;
	# Prompts, and the bytes by which the First Edition's programs fill words.
	if ($system eq 'v1') {
		$r->{out} =~ tr/\0//d;
		$r->{out} =~ s/^(?:[#@] )+//mg;
	}
	for (@after) {
		my $h = run(cmd => [unprivileged(), '/bin/sh', '-c', $_], dir => "$copy/tmp");
		$r->{out} .= $h->{out} . ($h->{status} ? $h->{err} : '');
	}
	return $r;
}

my %sections;
umask 022;
for my $system (@systems) {
	my $copy = copy_of_tree($ENV{'FBIRD_' . uc($system) . '_ROOT'});
	my ($passed, @rows) = (0);

	for (split /^== /m, slurp("tests/field/research/peers-$system.list")) {
		my ($name, $text) = /^(.+)\n((?s:.*))/ or next;
		my ($in, $want) = split /^--\n/m, $text, 2;

		next if $in =~ /^at a terminal$/m && !grep { -x "$_/script" } split /:/, $ENV{PATH};
		next if $ENV{FBIRD_PEERS} && "$system:$name" !~ /$ENV{FBIRD_PEERS}/;
		my $r = ask($system, $copy, $in);
		my $wrong = ref $r ? differs($r->{out}, $want) : $r;
		$wrong ||= "asks for what is missing" if ref $r && $r->{err} =~ / is missing; asked/;
		ok(!$wrong, "$system: $name") or do { diag($wrong); describe($r), diag("wrote:\n$r->{out}") if ref $r; };
		$passed += !$wrong;
		push @rows, "| $name | " . ($wrong ? "**$wrong**" : 'as it should') . " |\n";
	}
	$sections{"$system, where others fail"} = [$passed, @rows];
}
report_sections($ENV{FBIRD_CONFORMANCE_RESEARCH}, %sections) if $ENV{FBIRD_CONFORMANCE_RESEARCH};
done_testing();
