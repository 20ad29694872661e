/ SPDX-License-Identifier: BSD-2-Clause
/ A program of the Sixth Edition for its golden trace. Its assembler knows not all calls by name.

pipe	= 42.
times	= 43.
dup	= 41.

	.text
start:	mov	$1,r0
	sys	write; hello; 6
	sys	open; none; 0
	sys	stat; here; buf
	sys	stat; null; buf
	sys	creat; file; 644
	mov	r0,r5
	sys	write; hello; 6
	mov	r5,r0
	sys	fstat; buf
	mov	r5,r0
	sys	seek; 2; 0
	mov	r5,r0
	sys	stty; tty
	mov	r5,r0
	sys	gtty; buf
	mov	r5,r0
	sys	dup
	mov	r5,r0
	sys	close
	sys	mknod; nowhere; 160666; 403
	sys	unlink; file
	sys	pipe
	mov	r0,r3
	mov	r1,r4
	mov	r4,r0
	sys	write; hello; 3
	mov	r3,r0
	sys	read; buf; 100.
	sys	signal; 2; 1
	sys	signal; 2; caught
	sys	signal; 2; 0
	sys	fork
	br	child
	sys	wait
	sys	wait
	sys	getuid
	sys	time
	sys	times; buf
	sys	exec; none; args
	mov	$3,r0
	sys	exit

child:	mov	$7,r0
	sys	exit

caught:	rti

	.data
hello:	<hello\n>
none:	</none\0>
here:	<.\0>
nowhere: </none/x\0>
null:	</dev/null\0>
file:	<traced.file\0>
	.even
tty:	.byte	7,7,43,100; 32
args:	none; here; -1
	.bss
buf:	.=.+100.
