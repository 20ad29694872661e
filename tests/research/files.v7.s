/ SPDX-License-Identifier: BSD-2-Clause
/ Files of the Seventh Edition: calls, their errors, in-line and indirect arguments.

	jsr	r5,text; <creat \0>; .even
	sys	creat; name; 640
	jsr	pc,result
	mov	r0,fd
	jsr	r5,text; <write \0>; .even
	mov	fd,r0
	sys	write; hello; 6
	jsr	pc,result
	jsr	r5,text; <close keeps r0 \0>; .even
	mov	fd,r0
	sys	close
	jsr	pc,result
	jsr	r5,text; <close again \0>; .even
	mov	fd,r0
	sys	close
	jsr	pc,result
	jsr	r5,text; <open \0>; .even
	sys	indir; iopen
	jsr	pc,result
	mov	r0,fd
	jsr	r5,text; <lseek to 2 from the end \0>; .even
	mov	fd,r0
	sys	lseek; -1; -4; 2
	jsr	pc,result
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <read what is left \0>; .even
	mov	fd,r0
	sys	read; buffer; 100
	jsr	pc,result
	mov	$1,r0
	sys	write; buffer; 4
	jsr	r5,text; <read at the end \0>; .even
	mov	fd,r0
	sys	read; buffer; 100
	jsr	pc,result
	jsr	r5,text; <read to where nothing is \0>; .even
	mov	fd,r0
	sys	lseek; 0; 0; 0
	mov	fd,r0
	sys	read; 100000; 100
	jsr	pc,result
	jsr	r5,text; <fstat: mode, links, size \0>; .even
	mov	fd,r0
	sys	fstat; st
	jsr	pc,showstat
	jsr	r5,text; <dup \0>; .even
	mov	fd,r0
	sys	dup
	jsr	pc,result
	jsr	r5,text; <dup to 17 \0>; .even
	mov	fd,r0
	bis	$100,r0
	mov	$17.,r1
	sys	dup
	jsr	pc,result
	jsr	r5,text; <dup to 24 \0>; .even
	mov	fd,r0
	bis	$100,r0
	mov	$20.,r1
	sys	dup
	jsr	pc,result
	jsr	r5,text; <link \0>; .even
	clr	r0
	sys	link; name; other
	jsr	pc,result
	jsr	r5,text; <link again \0>; .even
	sys	link; name; other
	jsr	pc,result
	jsr	r5,text; <stat \0>; .even
	sys	stat; other; st
	jsr	pc,showstat
	jsr	r5,text; <chmod \0>; .even
	clr	r0
	sys	chmod; name; 400
	jsr	pc,result
	sys	stat; name; st
	jsr	pc,showstat
	jsr	r5,text; <utime \0>; .even
	clr	r0
	sys	utime; name; times
	jsr	pc,result
	sys	stat; name; st
	mov	st+22.,r0
	jsr	pc,number
	mov	st+24.,r0
	jsr	pc,number
	jsr	r5,text; <unlink twice \0>; .even
	clr	r0
	sys	unlink; name
	jsr	pc,result
	sys	unlink; name
	jsr	pc,result
	jsr	r5,text; <access \0>; .even
	clr	r0
	sys	access; other; 4
	jsr	pc,result
	sys	access; name; 4
	jsr	pc,result
	sys	unlink; other
	jsr	r5,text; <umask twice \0>; .even
	sys	umask; 27
	sys	umask; 22
	jsr	pc,result
	jsr	r5,text; <pipe, write, read \0>; .even
	sys	pipe
	mov	r1,-(sp)
	mov	r0,fd
	mov	(sp)+,r0
	sys	write; hello; 6
	mov	fd,r0
	sys	read; buffer; 100
	jsr	pc,result
	jsr	r5,text; <lseek of a pipe \0>; .even
	mov	fd,r0
	sys	lseek; 0; 0; 0
	jsr	pc,result
	jsr	r5,text; <gtty of one \0>; .even
	mov	fd,r0
	sys	gtty; buffer
	jsr	pc,result
	jsr	r5,text; <a call that is none \0>; .even
	sys	62.
	jsr	pc,result
	jsr	r5,text; <an indirect one that is none \0>; .even
	sys	indir; hello
	jsr	pc,result
	clr	r0
	sys	exit

showstat:
	mov	st+4,r0
	jsr	pc,number
	mov	st+6,r0
	jsr	pc,number
	mov	st+16.,r0
	jsr	pc,number
	rts	pc

	.data
iopen:	sys	open; name; 2
times:	0; 1; 12345; 54321
name:	<file\0>
other:	<another\0>
	.even
hello:	<hello\n>
	.even
	.bss
fd:	.=.+2
st:	.=.+30.
buffer:	.=.+64.
