/ SPDX-License-Identifier: BSD-2-Clause
/ A program of the Seventh Edition for its golden trace: files, pipes, processes, signals, times.

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
	sys	lseek; 1; 100000; 0
	mov	r5,r0
	sys	gtty; buf
	mov	r5,r0
	sys	stty; tty
	sys	ioctl; 0; 72010; buf
	mov	r5,r0
	sys	dup
	mov	$101,r0
	mov	$12.,r1
	sys	dup
	mov	$12.,r0
	sys	close
	sys	utime; file; dates
	sys	chmod; file; 4755
	sys	mknod; nowhere; 20666; 403
	sys	unlink; file
	sys	pipe
	mov	r0,r3
	mov	r1,r4
	mov	r4,r0
	sys	write; hello; 3
	mov	r3,r0
	sys	read; buf; 100.
	sys	signal; 2; 1
	sys	signal; 16.; caught
	sys	signal; 2; 0
	sys	getpid
	sys	kill; 16.
	mov	$-2,r0
	sys	kill; 2
	sys	fork
	br	child
	sys	wait
	sys	fork
	br	bad
	sys	wait
	sys	wait
	sys	getuid
	sys	getgid
	sys	time
	sys	times; buf
	sys	ftime; buf
	sys	profil; buf; 0; 0; 0
	sys	exece; none; args; env
	mov	$3,r0
	sys	exit

child:	mov	$7,r0
	sys	exit
bad:	sys	getpid
	sys	kill; 15.

caught:	rti

	.data
hello:	<hello\n>
none:	</none\0>
here:	<.\0>
nowhere: </none/x\0>
null:	</dev/null\0>
file:	<traced.file\0>
	.even
tty:	.byte	7,7,43,100; 30
dates:	0; 1; 1; 2
args:	none; here; 0
env:	0
	.bss
buf:	.=.+100.
