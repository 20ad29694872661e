/ SPDX-License-Identifier: BSD-2-Clause
/ Core files: who dumps, what is in them, and the status.
/ The user structure's size is 1024; u_tsize at 264, u_ar0 344, ux_mag 360, u_comm 376.

	jsr	pc,spawn; odd
	jsr	r5,text; <an odd address: \0>; .even
	jsr	pc,number
	sys	open; name; 0
	mov	r0,file
	jsr	r5,text; <text and data: \0>; .even
	jsr	pc,word; 264.
	jsr	pc,word; 266.
	jsr	r5,text; <before data and stack are \0>; .even
	jsr	pc,get; 266.
	mov	r0,r2
	jsr	pc,get; 268.
	add	r0,r2
	ash	$6,r2
	mov	file,r0
	sys	lseek; 0; 0; 2
	mov	r1,r0
	sub	r2,r0
	jsr	pc,number
	jsr	r5,text; <r0 is at \0>; .even
	jsr	pc,word; 344.
	jsr	r5,text; <of a file that begins with \0>; .even
	jsr	pc,word; 360.
	jsr	r5,text; <and is called \0>; .even
	jsr	pc,word; 376.
	jsr	r5,text; <r0 to r5: \0>; .even
	jsr	pc,word; 1018.
	jsr	pc,word; 1014.
	jsr	pc,word; 1000.
	jsr	pc,word; 1002.
	jsr	pc,word; 1004.
	jsr	pc,word; 1006.
	jsr	r5,text; <sp, pc and ps: \0>; .even
	jsr	pc,word; 1012.
	jsr	pc,get; 1020.
	sub	$fault,r0
	jsr	pc,number
	jsr	pc,word; 1022.
	jsr	r5,text; <fpsr and ac1: \0>; .even
	jsr	pc,word; 16.
	jsr	pc,word; 26.
	jsr	r5,text; <the data are the child's: \0>; .even
	mov	$where+1024.,0f
	jsr	pc,word; 0:0
	jsr	r5,text; <so is the stack: \0>; .even
	mov	file,r0
	sys	lseek; -1; -2; 2
	mov	file,r0
	sys	read; buffer; 2
	mov	buffer,r0
	jsr	pc,number
	mov	file,r0
	sys	close

	sys	unlink; name
	jsr	pc,spawn; waits
	jsr	r5,text; <signal 3: \0>; .even
	jsr	pc,number
	clr	r0
	sys	unlink; name
	jsr	r5,text; <its file is gone: \0>; .even
	jsr	pc,result
	mov	$15.,signo
	jsr	pc,spawn; waits
	jsr	r5,text; <signal 15: \0>; .even
	jsr	pc,number
	sys	unlink; name
	jsr	r5,text; <which left none: \0>; .even
	jsr	pc,result
	sys	mknod; name; 40777; 0
	jsr	pc,spawn; odd
	jsr	r5,text; <a directory is in the way: \0>; .even
	jsr	pc,number
	sys	link; name; other
	sys	unlink; name
	sys	creat; name; 666
	sys	close
	jsr	pc,spawn; odd
	jsr	r5,text; <a file is not: \0>; .even
	jsr	pc,number
	sys	chmod; name; 444
	jsr	pc,spawn; odd
	jsr	r5,text; <one that may not be written: \0>; .even
	jsr	pc,number
	clr	r0
	sys	exit

spawn:				/ the status of a child that runs what the word says
	mov	*(sp),9f
	add	$2,(sp)
	sys	fork
		br	8f
	cmp	9f,$waits
	bne	1f
	mov	signo,0f+2
	sys	0; 0f
1:
	sys	wait
	mov	r1,r0
	rts	pc
8:	jmp	*9f
	.data
9:	0
0:	sys	kill; 0
	.text

waits:
	sys	pause
	br	waits

odd:
	mov	$4321,where
	setd
	seti
	mov	$3,r0
	movif	r0,fr1
	mov	$1,r1
	mov	$2,r2
	mov	$3,r3
	mov	$4,r4
	mov	$5,r5
	mov	$177700,sp
	mov	$6666,*$177776
	mov	$10,r0
fault:	tst	*$1

word:				/ prints the word of the file at an address
	mov	*(sp),7f
	add	$2,(sp)
	jsr	pc,get; 7:0
	jmp	number
get:
	mov	*(sp),9f+4
	add	$2,(sp)
	mov	file,r0
	sys	0; 9f
	mov	file,r0
	sys	read; buffer; 2
	mov	buffer,r0
	rts	pc
	.data
9:	sys	lseek; 0; 0; 0
	.text

	.data
name:	<core\0>
other:	<other\0>
	.even
where:	1234
file:	0
signo:	3
buffer:	0
