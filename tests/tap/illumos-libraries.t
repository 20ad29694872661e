#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The libraries for illumos define what guest/illumos/imports says Go, Rust and others import; the
# page of them is up to date; nothing taken from musl makes a system call of its own.
use strict;
use warnings;
use lib 'tests/lib';
use FbirdTest;
use Test::More;
use Cwd;

my $libraries = "$build/lib/fbird/illumos";
my $r = run(cmd => ['tests/tools/illumos-libraries', $libraries], dir => getcwd());
ok(outcome($r) eq '0', 'every symbol that is listed is defined, or said to be missing') or describe($r);
ok($r->{out} eq slurp('docs/illumos-libraries.md'), 'docs/illumos-libraries.md is up to date')
	or diag("'make docs' writes it anew");

SKIP: {
	skip('no clang', 1) if !grep { -x "$_/clang" } split /:/, $ENV{PATH};
	my $declared = run(cmd => ['tests/tools/illumos-c-list'], dir => getcwd(), env => { B => $build }, limit => 60);
	ok($declared->{out} eq slurp('guest/illumos/imports/c.list'), 'the list of what the headers declare is up to date')
		or diag('tests/tools/illumos-c-list >guest/illumos/imports/c.list');
}

# Functions of musl's: those in the library that are in none of our objects.
my %ours = map { /^\S+ [TtWw] (\S+)/ ? ($1, 1) : () } map { `nm $_ 2>/dev/null` }
	split /\n/, `find $build/guest/guest/illumos/libc -name '*.o'`;
ok(keys %ours > 500, 'our own objects were read');
for my $library (qw(libc.so.1 libm.so.2)) {
	my ($at, %call) = ('');
	for (split /\n/, `objdump -d --no-show-raw-insn $libraries/$library`) {
		$at = $1 if /^[0-9a-f]+ <([^>]+)>:/;
		$call{$at}++ if /\tsyscall/ && !$ours{$at};
	}
	is(join(' ', sort keys %call), '', "$library: no system call in what is musl's");
}
ok(slurp("$libraries/libm.so.2") =~ /SUNW_1\.2/, 'libm has illumos\'s versions');
done_testing();
