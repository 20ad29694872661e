/ SPDX-License-Identifier: BSD-2-Clause
/ The First Edition: no error numbers, modes of six bits, the arithmetic element.

ac	= 177302
mq	= 177304
mul	= 177306
div	= 177300

start:
	mov	$1,r0
	sys	write; hello; 6
	mov	$123,r1
	mov	r1,*$mq
	mov	$456,*$mul
	mov	*$mq,r0
	jsr	pc,number
	mov	$7,*$div
	mov	*$mq,r0
	jsr	pc,number
	mov	*$ac,r0
	jsr	pc,number
	sys	creat; name; 17
	mov	r0,r4
	sys	write; hello; 6
	mov	r4,r0
	sys	close
	sys	stat; name; st
	mov	st+2,r0
	jsr	pc,number
	mov	st+6,r0
	jsr	pc,number
	sys	stat; large; st / a large number on the host: no negative one
	mov	st,r0
	rol	r0
	mov	$0,r0
	adc	r0
	jsr	pc,number
	mov	$1234,r0
	sys	open; hello; 0
	bcs	1f
	clr	r0
1:
	jsr	pc,number
	clr	r0
	sys	20.; 0; 1 / tell: an error, and nothing else
	bcs	1f
	mov	$1,r0
1:
	jsr	pc,number
	tst	*$0
	sys	unlink; name
	sys	exit

number:
	mov	$6,r2
	mov	$buf+6,r1
1:
	mov	r0,-(sp)
	bic	$177770,(sp)
	add	$60,(sp)
	movb	(sp)+,-(r1)
	clc
	ror	r0
	asr	r0
	asr	r0
	dec	r2
	bne	1b
	mov	$1,r0
	sys	write; buf; 7
	rts	pc

	.data
hello:	<hello\n>
name:	<name\0>
large:	</proc/cpuinfo\0>
buf:	<000000\n>
	.even
st:	.=.+34.
