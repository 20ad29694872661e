/ SPDX-License-Identifier: BSD-2-Clause
/ What the programs here print with: jsr r5,text; <...\0>; .even prints a string, jsr pc,number
/ the octal number in r0 and a newline, jsr pc,result what a call left: r0, or its error number.
/ They are in memory that can be written: 0407.

	.text
text:
	mov	r0,-(sp)
	mov	r5,0f
1:
	tstb	(r5)+
	bne	1b
	mov	r5,0f+2
	sub	0f,0f+2
	dec	0f+2
	inc	r5
	bic	$1,r5
	mov	$1,r0
	sys	0; 9f
	mov	(sp)+,r0
	rts	r5
	.data
9:	sys	write; 0:0; 0
	.text

result:
	bcc	number
	jsr	r5,text; <error \0>; .even
number:
	mov	r0,-(sp)
	mov	r1,-(sp)
	mov	r2,-(sp)
	mov	$6,r2
	mov	$8f,r1
1:
	mov	r0,-(sp)
	bic	$177770,(sp)
	add	$'0,(sp)
	movb	(sp)+,-(r1)
	clc
	ror	r0
	asr	r0
	asr	r0
	sob	r2,1b
	mov	$1,r0
	sys	write; 7f; 7
	mov	(sp)+,r2
	mov	(sp)+,r1
	mov	(sp)+,r0
	rts	pc
	.data
7:	<000000>
8:	<\n\0>
	.even
	.text
