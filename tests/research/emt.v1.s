/ SPDX-License-Identifier: BSD-2-Clause
/ The First Edition: an EMT that is not caught is an RTS by the register in its last bits; one
/ that is caught is not.

start:
	jsr	pc,one
	mov	$1,r0
	sys	write; first; 2
	mov	$777,r3
	jsr	r3,two
second:
	<2\n>
	.even
	cmp	r3,$777
	bne	1f
	mov	$1,r0
	sys	write; third; 2
1:
	sys	cemt; caught
	emt	7
	sys	exit

one:
	emt	7

two:
	mov	$1,r0
	sys	write; second; 2
	add	$2,r3
	emt	3

caught:
	mov	$1,r0
	sys	write; fourth; 2
	sys	exit

	.data
first:	<1\n>
third:	<3\n>
fourth:	<4\n>
