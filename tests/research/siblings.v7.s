/ SPDX-License-Identifier: BSD-2-Clause
/ A program signals another process of its parent's, whose number it has for an argument: as kill(1)
/ does for a shell.

	cmp	(sp),$1
	bgt	kills
	sys	fork
		br	8f
	br	9f
8:	jmp	waits
9:
	mov	r0,first
	sys	fork
		br	8f
	br	9f
8:	jmp	tells
9:
	mov	r0,second
	clr	r4
1:
	sys	wait
	bcs	2f
	cmp	r0,first
	bne	1b
	mov	r1,r4 / how the first ended
	br	1b
2:
	jsr	r5,text; <the first ended by \0>; .even
	mov	r4,r0
	jsr	pc,number
	clr	r0
	sys	exit

waits:
	sys	pause
	br	waits

tells:
	mov	first,r0
	mov	$digits+6,r1
	mov	$6,r2
1:
	mov	r0,r3
	bic	$177770,r3
	add	$60,r3
	movb	r3,-(r1)
	clc
	ror	r0
	asr	r0
	asr	r0
	dec	r2
	bne	1b
	sys	exec; name; vector
	jsr	pc,result
	sys	exit

kills:
	mov	4(sp),r1
	clr	r0
1:
	movb	(r1)+,r2
	beq	2f
	asl	r0
	asl	r0
	asl	r0
	sub	$60,r2
	add	r2,r0
	br	1b
2:
	sys	kill; 15.
	bcs	1f
	clr	r0 / which clears the carry
1:
	jsr	pc,result
	clr	r0
	sys	exit

	.data
first:	0
second:	0
vector:	name; digits; 0
name:	<../program\0>
digits:	<000000\0>
