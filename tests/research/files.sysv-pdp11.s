/ SPDX-License-Identifier: BSD-2-Clause
/ Files of System III: open with flags, fcntl, FIFOs, stat, utime, ustat, ulimit.

	jsr	r5,text; <a bad mode of open \0>; .even
	sys	open; name; 3; 0
	jsr	pc,result
	jsr	r5,text; <nothing there \0>; .even
	sys	open; name; 2; 0
	jsr	pc,result
	jsr	r5,text; <made \0>; .even
	sys	open; name; 402; 1640
	jsr	pc,result
	mov	r0,fd
	jsr	r5,text; <made, but there \0>; .even
	sys	open; name; 2401; 640
	jsr	pc,result
	jsr	r5,text; <there, as it may be \0>; .even
	sys	open; name; 401; 600
	jsr	pc,result
	sys	close
	jsr	r5,text; <write, seek, read \0>; .even
	mov	fd,r0
	sys	write; hello; 6
	mov	fd,r0
	sys	lseek; 0; 2; 0
	mov	r1,r0
	jsr	pc,number
	mov	fd,r0
	sys	read; buffer; 100
	jsr	pc,result
	jsr	r5,text; <append goes to the end \0>; .even
	sys	open; name; 11; 0
	mov	r0,r4
	sys	lseek; 0; 0; 0
	mov	r4,r0
	sys	write; hello; 2
	mov	r4,r0
	sys	lseek; 0; 0; 1
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <its flags, and without \0>; .even
	mov	r4,r0
	sys	fcntl; 3; 0
	jsr	pc,result
	mov	r4,r0
	sys	fcntl; 4; 4
	mov	r4,r0
	sys	fcntl; 3; 0
	jsr	pc,result
	jsr	r5,text; <close on exec: no, yes \0>; .even
	mov	r4,r0
	sys	fcntl; 1; 0
	jsr	pc,result
	mov	r4,r0
	sys	fcntl; 2; 1
	mov	r4,r0
	sys	fcntl; 1; 0
	jsr	pc,result
	jsr	r5,text; <copies: from 12 on, 20, 21, nothing of that kind \0>; .even
	mov	r4,r0
	sys	fcntl; 0; 12.
	jsr	pc,result
	mov	r4,r0
	sys	fcntl; 0; 20.
	jsr	pc,result
	mov	r4,r0
	sys	fcntl; 0; 21.
	jsr	pc,result
	mov	r4,r0
	sys	fcntl; 5; 0
	jsr	pc,result
	jsr	r5,text; <dup has no second argument \0>; .even
	mov	r4,r0
	bis	$100,r0
	sys	dup
	jsr	pc,result
	mov	r4,r0
	sys	dup
	jsr	pc,result
	sys	close
	jsr	r5,text; <truncated: mode, links, size \0>; .even
	sys	open; name; 1002; 0
	mov	r0,r4
	sys	fstat; st
	jsr	pc,showstat
	jsr	r5,text; <a FIFO: made, mode \0>; .even
	sys	mknod; fifo; 10666; 0
	jsr	pc,result
	sys	stat; fifo; st
	mov	st+4,r0
	bic	$7777,r0
	jsr	pc,number
	jsr	r5,text; <to write, with no reader and no waiting \0>; .even
	sys	open; fifo; 5; 0
	jsr	pc,result
	jsr	r5,text; <to read, without waiting \0>; .even
	sys	open; fifo; 4; 0
	jsr	pc,result
	mov	r0,r4
	jsr	r5,text; <read of nothing, no writer, then one \0>; .even
	sys	read; buffer; 10
	jsr	pc,result
	sys	open; fifo; 5; 0
	mov	r0,r3
	mov	r4,r0
	sys	read; buffer; 10
	jsr	pc,result
	jsr	r5,text; <written, read \0>; .even
	mov	r3,r0
	sys	write; hello; 6
	mov	r4,r0
	sys	read; buffer; 10
	jsr	pc,result
	jsr	r5,text; <a FIFO is not sought \0>; .even
	mov	r4,r0
	sys	lseek; 0; 0; 0
	jsr	pc,result
	jsr	r5,text; <fstat of a pipe is a FIFO \0>; .even
	sys	pipe
	sys	fstat; st
	mov	st+4,r0
	bic	$7777,r0
	jsr	pc,number
	jsr	r5,text; <a whence of 3: a signal and an error \0>; .even
	sys	signal; 12.; caught
	mov	fd,r0
	sys	lseek; 0; 0; 3
	jsr	pc,result
	jsr	r5,text; <utime of 1234567 and now \0>; .even
	sys	utime; name; times
	jsr	pc,isnull
	sys	stat; name; st
	mov	st+26,r0
	mov	st+24,r1
	jsr	pc,number
	mov	r1,r0
	jsr	pc,number
	sys	utime; name; 0
	sys	stat; name; st
	mov	st+26,r0
	cmp	r0,$30000
	bhi	1f
	jsr	r5,text; <not \0>; .even
1:
	jsr	r5,text; <\nulimit: set to 4 blocks; a file up to there, and beyond \0>; .even
	sys	fork
		br	limited
	sys	wait
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <ustat of where it is, of nothing \0>; .even
	sys	stat; dot; st
	mov	$free,r0
	mov	st,r1
	sys	utssys; 2
	jsr	pc,isnull
	mov	$free,r0
	mov	$77,r1
	sys	utssys; 2
	jsr	pc,result
	jsr	r5,text; <utssys of another kind \0>; .even
	mov	$free,r0
	sys	utssys; 1
	jsr	pc,result
	jsr	r5,text; <uname \0>; .even
	mov	$buffer,r0
	sys	utssys; 0
	mov	$1,r0
	sys	write; buffer; 5
	mov	$1,r0
	sys	write; buffer+18.; 6
	jsr	r5,text; <\nremoved \0>; .even
	sys	unlink; fifo
	sys	unlink; name
	jsr	pc,isnull
	clr	r0
	sys	exit

/ What it prints would be limited as well: 4 blocks, 6 bytes and EFBIG is an end by 33.
limited:
	clr	r4
	sys	ulimit; 2; 0; 4
	sub	$4,r1
	bis	r1,r4
	mov	fd,r0
	sys	lseek; 0; 3772; 0
	mov	fd,r0
	sys	write; hello; 6
	sub	$6,r0
	bis	r0,r4
	mov	fd,r0
	sys	write; hello; 6
	bcc	1f
	bis	r0,r4
1:
	mov	r4,r0
	sys	exit

isnull:
	bcs	1f
	clr	r0
	jmp	number
1:
	jmp	result
showstat:
	mov	st+4,r0
	jsr	pc,number
	mov	st+6,r0
	jsr	pc,number
	mov	st+20,r0
	jmp	number
caught:
	jsr	r5,text; <caught \0>; .even
	rtt

	.data
name:	<file\0>
fifo:	<fifo\0>
dot:	<.\0>
hello:	<hello\n>
	.even
times:	22; 153207; 22; 153207
	.bss
fd:	.=.+2
st:	.=.+36
free:	.=.+22
buffer:	.=.+100
