/ SPDX-License-Identifier: BSD-2-Clause
/ The time zone that ftime tells: that of the host, east of Greenwich here (research.t).

	sys	ftime; timeb
	jsr	r5,text; <minutes west, 177266 is -330: \0>; .even
	mov	timeb+6,r0
	jsr	pc,number
	jsr	r5,text; <summer time: \0>; .even
	mov	timeb+8.,r0
	jsr	pc,number
	sys	fork
		br	child
	sys	wait
	clr	r0
	sys	exit
child:
	tst	(sp)
	cmp	(sp),$1
	bgt	8f
	sys	exec; program; again
	mov	$1,r0
	sys	exit
8:	clr	r0
	sys	exit
	.data
program: <../program\0>
	.even
again:	program; program; 0
timeb:	0; 0; 0; 0; 0
