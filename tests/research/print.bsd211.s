/ SPDX-License-Identifier: BSD-2-Clause
/ What the programs for 2.11BSD print with, as print.s; their calls have arguments on the stack:
/ jsr pc,call; NUMBER; BYTES calls with those that were pushed and pops them, the carry bit is the
/ call's.

	.text
call:				/ below the arguments is where a library's return address is
	mov	(sp),r1
	mov	(r1)+,8f
	bis	$104400,8f
	mov	(r1)+,9f
	mov	r1,6f
8:	sys	0
	bcs	1f
	tst	(sp)+			/ which clears the carry bit
	br	2f
1:	tst	(sp)+
	add	9f,sp
	sec
	jmp	*6f
2:	add	9f,sp
	clc
	jmp	*6f
	.data
9:	0
6:	0
	.text

text:
	mov	r0,-(sp)
	mov	r5,7f
1:
	tstb	(r5)+
	bne	1b
	mov	r5,r0
	sub	7f,r0
	dec	r0
	inc	r5
	bic	$1,r5
	mov	r0,-(sp)
	mov	7f,-(sp)
	mov	$1,-(sp)
	tst	-(sp)
	sys	4.
	add	$8.,sp
	mov	(sp)+,r0
	rts	r5
	.data
7:	0
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
	mov	$7,-(sp)
	mov	$7f,-(sp)
	mov	$1,-(sp)
	tst	-(sp)
	sys	4.
	add	$8.,sp
	mov	(sp)+,r2
	mov	(sp)+,r1
	mov	(sp)+,r0
	rts	pc
	.data
7:	<000000>
8:	<\n\0>
	.even
	.text
