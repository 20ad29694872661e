/ SPDX-License-Identifier: BSD-2-Clause
/ A program of 2.11BSD for its golden trace; its calls have their arguments on the stack:
/ jsr pc,call; NUMBER; BYTES calls with those that were pushed, and pops them.

	.text
start:	mov	$6,-(sp)
	mov	$hello,-(sp)
	mov	$1,-(sp)
	jsr	pc,call; 4.; 6
	clr	-(sp)
	clr	-(sp)
	mov	$none,-(sp)
	jsr	pc,call; 5.; 6
	mov	$644,-(sp)
	mov	$3002,-(sp)		/ O_RDWR|O_CREAT|O_TRUNC
	mov	$file,-(sp)
	jsr	pc,call; 5.; 6
	mov	r0,r5
	mov	$buf,-(sp)
	mov	$null,-(sp)
	jsr	pc,call; 38.; 4
	mov	$2,-(sp)
	mov	$pieces,-(sp)
	mov	r5,-(sp)
	jsr	pc,call; 121.; 6
	mov	$buf,-(sp)
	mov	r5,-(sp)
	jsr	pc,call; 62.; 4
	clr	-(sp)
	mov	$1,-(sp)
	clr	-(sp)
	mov	r5,-(sp)
	jsr	pc,call; 19.; 8.
	mov	$2,-(sp)
	mov	$room,-(sp)
	mov	r5,-(sp)
	jsr	pc,call; 120.; 6
	clr	-(sp)
	mov	$1,-(sp)
	mov	r5,-(sp)
	jsr	pc,call; 92.; 6
	mov	$4,-(sp)
	mov	$file,-(sp)
	jsr	pc,call; 33.; 4
	mov	$buf,-(sp)
	mov	$72010,-(sp)
	mov	$40006,-(sp)
	mov	r5,-(sp)
	jsr	pc,call; 54.; 8.
	mov	$file,-(sp)
	jsr	pc,call; 10.; 2
	jsr	pc,call; 42.; 0
	clr	-(sp)
	mov	$action,-(sp)
	mov	$30.,-(sp)
	mov	$tramp,-(sp)
	jsr	pc,call; 31.; 8.
	mov	$buf,-(sp)
	mov	$set,-(sp)
	mov	$1,-(sp)
	jsr	pc,call; 32.; 6
	jsr	pc,call; 20.; 0
	clr	-(sp)
	mov	$-1,-(sp)
	jsr	pc,call; 146.; 4
	sys	2
	br	child
	clr	-(sp)
	clr	-(sp)
	mov	$buf,-(sp)
	mov	$-1,-(sp)
	jsr	pc,call; 7.; 8.
	clr	-(sp)
	mov	$1,-(sp)
	clr	-(sp)
	mov	$-1,-(sp)
	jsr	pc,call; 7.; 8.
	clr	-(sp)
	mov	$1,-(sp)
	mov	$2,-(sp)
	jsr	pc,call; 97.; 6
	mov	r0,r4
	mov	$16.,-(sp)
	mov	$addr,-(sp)
	mov	r4,-(sp)
	jsr	pc,call; 104.; 6
	mov	$2,-(sp)
	mov	$one,-(sp)
	mov	$4,-(sp)
	mov	$-1,-(sp)
	mov	r4,-(sp)
	jsr	pc,call; 105.; 10.
	mov	$buf,-(sp)
	clr	-(sp)
	clr	-(sp)
	mov	$1,-(sp)
	jsr	pc,call; 134.; 4	/ of descriptor 1: no socket
	cmp	(sp)+,(sp)+
	clr	-(sp)
	mov	$timer,-(sp)
	clr	-(sp)
	jsr	pc,call; 83.; 6
	mov	$buf,-(sp)
	mov	$4,-(sp)
	jsr	pc,call; 144.; 4
	clr	-(sp)
	clr	-(sp)
	clr	-(sp)
	clr	-(sp)
	mov	$2,-(sp)
	mov	$mib,-(sp)
	jsr	pc,call; 23.; 12.
	mov	$env,-(sp)
	mov	$args,-(sp)
	mov	$none,-(sp)
	jsr	pc,call; 59.; 6
	mov	$3,-(sp)
	jsr	pc,call; 1.; 2

child:	mov	$7,-(sp)
	jsr	pc,call; 1.; 2

tramp:	rti

call:	mov	(sp),r1
	mov	(r1)+,8f
	bis	$104400,8f
	mov	(r1)+,9f
	mov	r1,6f
8:	sys	0
	tst	(sp)+
	add	9f,sp
	jmp	*6f

	.data
9:	0
6:	0
hello:	<hello\n>
none:	</none\0>
null:	</dev/null\0>
file:	<traced.file\0>
	.even
pieces:	hello; 6; hello; 3
room:	buf; 2; buf; 64.
action:	tramp; 0; 2; 2
set:	0; 41
addr:	2; 0; 177; 400; 0; 0; 0; 0	/ AF_INET, port 0, 127.0.0.1
one:	1
timer:	0; 0; 0; 0; 0; 1; 0; 100
mib:	1; 1
args:	none; file; 0
env:	0
	.bss
buf:	.=.+100.
