#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
# The assembler of tests/tools/pdp11-as: words by hand from the handbook, headers by a.out(5).
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $dir = tempdir(CLEANUP => 1);

# Assembles a source: the file it makes, and what it says on its standard error.
sub assemble {
	my ($source, @options) = @_;
	open my $in, '>', "$dir/in.s" or die $!;
	print $in $source;
	close $in;
	unlink "$dir/out";
	my $said = `tests/tools/pdp11-as @options -o $dir/out $dir/in.s 2>&1`;
	open my $out, '<:raw', "$dir/out" or return (undef, $said);
	local $/;
	return (scalar <$out>, $said);
}
sub words { return join ' ', map { sprintf '%06o', $_ } unpack 'v*', $_[0] // '' }

my @programs = (
	['mov r1,r2; movb (r3)+,-(sp)', '010102 112346'],
	['cmp $12,*$34; bit 4(r2),*6(r3)', '022737 000012 000034 036273 000004 000006'],
	['clr *(r1)+; com *-(r2); tst (r5); inc *(r4)', '005031 005152 005715 005274 000000'],
	['x: clr x; clr *x', '005067 177774 005077 177770'],
	['add $10.,sp; sub pc,r0', '062706 000012 160700'],
	['jsr r5,*$200; rts pc; jmp *(sp)+', '004537 000200 000207 000136'],
	['mul (r1),r2; div $3,r4; ash r0,r1; ashc $-1,r2; xor r1,(r2); sxt -(sp); mark 7',
		'070211 071427 000003 072100 073227 177777 074112 006746 006407'],
	['1: sob r0,1b; br 1f; nop = 240; nop; 1: bne 1b', '077001 000401 000240 001377'],
	['sys write; 1f; 1f - .; 1: <ab\n\0>', '104404 000006 000002 061141 000012'],
	['sec; clv; cfcc; setd; ldfps $200; stst r0', '000261 000242 170000 170011 170127 000200 170300'],
	['movf (r0)+,fr1; movf fr1,(r0)+; movf fr4,fr0; movf fr0,fr5',
		'172520 174120 172404 174005'],
	['addf fr2,fr0; movif r0,fr1; movfi fr1,-(sp); movie $1,fr0; movei fr0,r1; cmpf $40200,fr3',
		'172002 177100 175546 176427 000001 175001 173727 040200'],
	['beq 1f; .=.+10; 1: bcs .; bec .+2', '001404 000000 000000 000000 000000 103777 103000'],
	['jeq 1f; . = . + 400; 1:', join ' ', '001002', '000167', '000400', ('000000') x 128],
	['jbr 1f; . = . + 376; 1:', join ' ', '000577', ('000000') x 127],
	['r = r3; mov r,(r)+', '010323'],
	['a = 5; a; a+1; [a*2]-1; a^2; 17 % 4; -a', '000005 000006 000011 000005 000003 177773'],
	['.if 0; 1; .if 1; 2; .endif; 3; .endif; 4', '000004'],
	['.data; 2; .text; 1; .data; 3', '000001 000002 000003'],
	["1 / 2; 3\n4", '000001 000004'],
);
for my $case (@programs) {
	my ($source, $want) = @$case;
	my ($got, $said) = assemble("$source\n", '-b');
	is(words($got), $want, $source =~ s/\n/ | /gr) or diag($said);
}
is(words((assemble(".byte 1,2,'a; .even; \"ab; 177 & 70; 1\\<3; 20 \\/ 4; !0; 3 2\n", '-b'))[0]),
	'001001 000141 061141 000070 000010 000004 177777 000005', '.byte, .even and operators');

# What it must refuse, and the words it must find for that.
my @errors = (
	['mov r1', "`,' is missing"], ['clr x', 'x is not defined'], ['br .+402', 'too far'],
	['1: .=.+200; sob r0,1b', 'not so far'], ['x: x:', 'defined twice'], ['bne 1b', 'no label 1b'],
	['.=-2', 'goes back'], ['addf (r0),fr4', 'none of fr0'], ['mov r1,r2 r3', "for?"],
	['.bss; 1', 'in .bss'], ['rts 5', 'register is missing'], ['sys 400', 'takes no'],
	['.byte 1; 2', 'odd address'], ["\001", 'what is'],
);
for my $case (@errors) {
	my ($got, $said) = assemble("$case->[0]\n", '-b');
	ok(!defined $got && index($said, $case->[1]) >= 0, "$case->[0]: $case->[1]") or diag($said);
}

my $program = "start: mov \$x,r0; sys exit\n.data\nx: 5; b\n.bss\n.globl b\nb: .=.+6\n";
my ($got) = assemble($program, '-s');
is(words(substr $got, 0, 16), '000407 000006 000004 000006 000044 000000 000000 000001',
	'0407: the header');
is(words(substr $got, 16, 10), '012700 000006 104401 000005 000012',
	'0407: data and bss lie behind the text');
is(unpack('H*', substr $got, 26),
	join('', map { unpack 'H*', pack 'a8vv', @$_ } ['b', 044, 012], ['start', 2, 0], ['x', 3, 6]),
	'0407: the symbol table');
($got) = assemble($program, '-m 0410');
is(words(substr $got, 0, 26), '000410 000006 000004 000006 000000 000000 000000 000001 '
	. '012700 020000 104401 000005 020004', '0410: data begin at 8 KiB');
($got) = assemble($program, '-m 0411');
is(words(substr $got, 0, 26), '000411 000006 000004 000006 000000 000000 000000 000001 '
	. '012700 000000 104401 000005 000004', '0411: data begin at 0');
($got) = assemble($program, '-m 0405');
is(words($got), '000405 000026 000000 000000 000006 000000 '
	. '012700 040022 104401 000005 040026', '0405: as the First Edition has it');
is(words((assemble("sys mkdir; sys stty\n", '-b -u v1'))[0]), '104416 104437', 'calls of V1');
is(words((assemble("sys signal; sys makdir\n", '-b -u v6'))[0]), '104460 104416', 'calls of V6');
is(words((assemble("sys ioctl; sys chroot\n", '-b -u v7'))[0]), '104466 104475', 'calls of V7');
like((assemble("sys ioctl\n", '-b -u v6'))[1], qr/ioctl is not defined/, '... are not V6\'s');
done_testing();
