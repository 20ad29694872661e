/ SPDX-License-Identifier: BSD-2-Clause
/ What the Sixth Edition does otherwise than the Seventh: seek, stat, times, ids, argv.

	mov	sp,r4
	jsr	r5,text; <argc and what ends argv \0>; .even
	mov	(r4),r0
	jsr	pc,number
	mov	4(r4),r0
	jsr	pc,number
	sys	creat; name; 640
	mov	r0,fd
	sys	write; name; 5
	jsr	r5,text; <seek by blocks \0>; .even
	mov	fd,r0
	sys	seek; 2; 3
	mov	fd,r0
	sys	write; name; 5
	jsr	r5,text; <keeps r0 \0>; .even
	mov	fd,r0
	sys	seek; -5; 2
	sub	fd,r0
	jsr	pc,result
	jsr	r5,text; <stat: mode, links, size \0>; .even
	sys	stat; name; st
	mov	st+4,r0
	jsr	pc,number
	movb	st+6,r0
	jsr	pc,number
	movb	st+9.,r0
	jsr	pc,number
	mov	st+10.,r0
	jsr	pc,number
	jsr	r5,text; <of a directory \0>; .even
	sys	stat; here; st
	mov	st+4,r0
	bic	$7777,r0
	jsr	pc,number
	jsr	r5,text; <real and effective user are one \0>; .even
	sys	getuid
	mov	r0,r1
	swab	r1
	cmp	r0,r1
	beq	1f
	jsr	r5,text; <not \0>; .even
1:
	jsr	r5,text; <\nsleep 1 \0>; .even
	mov	$1,r0
	sys	35.
	jsr	pc,result
	jsr	r5,text; <kill leaves out oneself \0>; .even
	sys	20.
	sys	37.; 15.
	jsr	pc,result
	jsr	r5,text; <an unknown call is a signal \0>; .even
	sys	signal; 12.; caught
	sys	29.
	jsr	r5,text; <\n\0>; .even
	sys	unlink; name
	clr	r0
	sys	exit
caught:
	jsr	r5,text; <caught \0>; .even
	rti

	.data
name:	<name\0>
here:	<.\0>
	.even
	.bss
fd:	.=.+2
st:	.=.+36.
