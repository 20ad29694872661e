#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
# The disassembler: what it writes of every word there is, the assembler makes the same words of;
# and the text of some.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $runner = ($ENV{B} // 'build') . '/tools/pdp11-run';
BAIL_OUT("$runner is not built") unless -x $runner;
my $dir = tempdir(CLEANUP => 1);

my $differ = 0;
for my $further ('177776 1234', '4 177770', '0 100001') {
	for (my $from = 0; $from < 0200000; $from += 010000) {
		open my $in, '>', "$dir/commands" or die $!;
		printf $in "disasm %o %o %s\n", $from, $from + 07777, $further;
		close $in;
		my (@words, @text);
		for (`$runner <$dir/commands`) {
			/^((?:[0-7]{6} )+)(.*)/ or next;
			push @words, $1;
			push @text, $2;
		}
		is(scalar @words, 010000, sprintf 'instructions from %06o, %s', $from, $further);
		open my $source, '>', "$dir/in.s" or die $!;
		print $source map { "$_\n" } @text;
		close $source;
		my $said = `tests/tools/pdp11-as -b -o $dir/out $dir/in.s 2>&1`;
		diag($said) if $said;
		open my $out, '<:raw', "$dir/out" or next;
		my @made = unpack 'v*', do { local $/; <$out> };
		unlink "$dir/out";
		for my $i (0 .. $#words) {
			my @want = map { oct } split ' ', $words[$i];
			my @got = splice @made, 0, scalar @want;
			next if "@want" eq "@got";
			diag(sprintf '%s: %s is made %s', $words[$i], $text[$i],
				join ' ', map { sprintf '%06o', $_ } @got) if $differ++ < 10;
		}
	}
}
is($differ, 0, 'the assembler makes the same words of all of them');

my @some = (
	['012700 1 0', "mov\t\$1,r0"], ['016152 2 0', "mov\t2(r1),*-(r2)"],
	['005067 10 0', "clr\t14"], ['004737 1000 0', "jsr\tpc,*\$1000"],
	['000777 0 0', "br\t0"], ['104404 0 0', "sys\t4"], ['172521 0 0', "movf\t(r1)+,fr1"],
	['175401 0 0', "movfi\tfr0,r1"], ['000102 0 0', '102'], ['007000 0 0', '7000'],
	['000240 0 0', "cflg\t0"], ['070203 0 0', "mul\tr3,r2"], ['170406 0 0', '170406'],
);
for (@some) {
	my ($words, $want) = @$_;
	my ($word, @further) = split ' ', $words;
	my $said = `echo disasm $word $word @further | $runner`;
	$said =~ s/^(?:[0-7]{6} )+//;
	is($said, "$want\n", "$word is " . $want =~ s/\t/ /r);
}
done_testing();
