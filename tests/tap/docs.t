#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
# The coverage pages say what the tables say, and the links of the documents lead somewhere.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use File::Basename;
use Test::More;

for my $page (glob('docs/syscalls-*.md')) {
	my ($personality) = $page =~ /syscalls-(\w+)\.md$/;
	my $r = run(cmd => [fbird(), 'syscalls', $personality, '--markdown']);
	ok($r->{out} eq slurp($page), "$page is up to date") or diag("'make docs' writes it anew");
}
for my $page ('README.md', glob('docs/*.md')) {
	my $text = slurp($page);
	my @broken;
	while ($text =~ /\]\(([^)#:]+)(?:#[^)]*)?\)/g) {
		push @broken, $1 if !-e dirname($page) . "/$1";
	}
	is(join(' ', @broken), '', "the links of $page lead somewhere");
}
done_testing();
