/ SPDX-License-Identifier: BSD-2-Clause
/ Directories as mkdir, rmdir, mv and ls of the Seventh Edition know them.

	jsr	r5,text; <mknod and its links \0>; .even
	clr	r0
	sys	mknod; dir; 40755; 0
	jsr	pc,result
	clr	r0
	sys	link; dir; dot
	jsr	pc,result
	clr	r0
	sys	link; here; dotdot
	jsr	pc,result
	jsr	r5,text; <a link of . that is another's \0>; .even
	clr	r0
	sys	link; here; dot
	jsr	pc,result
	jsr	r5,text; <two files in it \0>; .even
	sys	creat; short; 644
	sys	close
	sys	creat; long; 644
	sys	close
	jsr	r5,text; <size \0>; .even
	sys	stat; dir; st
	mov	st+16.,r0
	jsr	pc,number
	sys	open; dir; 0
	mov	r0,fd
1:
	mov	fd,r0
	sys	read; entry; 16.
	tst	r0
	beq	1f
	tst	entry
	bne	2f
	jsr	r5,text; <a number of 0\n\0>; .even
2:
	mov	$1,r0
	sys	write; entry+2; 14.
	jsr	r5,text; <|\n\0>; .even
	br	1b
1:
	jsr	r5,text; <number in it and by stat \0>; .even
	mov	fd,r0
	sys	lseek; 0; 0; 0
	mov	fd,r0
	sys	read; entry; 16.
	sys	stat; dir; st
	mov	entry,r0
	sub	st+2,r0
	jsr	pc,number
	jsr	r5,text; <fstat of what is read \0>; .even
	mov	fd,r0
	sys	fstat; st
	mov	st+4,r0
	jsr	pc,number
	jsr	r5,text; <write of it \0>; .even
	sys	open; dir; 1
	jsr	pc,result
	jsr	r5,text; <the long name by its short form \0>; .even
	clr	r0
	sys	access; form; 4
	jsr	pc,result
	jsr	r5,text; <rmdir when it is not empty \0>; .even
	sys	unlink; dir
	jsr	pc,result
	jsr	r5,text; <rename \0>; .even
	clr	r0
	sys	link; dir; new
	jsr	pc,result
	sys	unlink; dir
	jsr	pc,result
	jsr	r5,text; <empty it \0>; .even
	clr	r0
	sys	unlink; nshort
	jsr	pc,result
	sys	unlink; nform
	jsr	pc,result
	jsr	r5,text; <rmdir \0>; .even
	clr	r0
	sys	unlink; ndd
	jsr	pc,result
	sys	unlink; nd
	jsr	pc,result
	sys	unlink; new
	jsr	pc,result
	sys	stat; new; st
	jsr	pc,result
	jsr	r5,text; <an empty name is here \0>; .even
	sys	stat; empty; st
	bcs	1f
	mov	st+2,r1
	sys	stat; here; st
	sub	st+2,r1
	mov	r1,r0
1:
	jsr	pc,result
	jsr	r5,text; <and nothing to make \0>; .even
	sys	creat; empty; 644
	jsr	pc,result
	clr	r0
	sys	exit

	.data
here:	<.\0>
empty:	<\0>
dir:	<dir\0>
dot:	<dir/.\0>
dotdot:	<dir/..\0>
short:	<dir/short\0>
long:	<dir/a_name_of_more_than_fourteen\0>
form:	<dir/a_name_of~d3k0\0>
new:	<new\0>
nshort:	<new/short\0>
nform:	<new/a_name_of~d3k0\0>
ndd:	<new/..\0>
nd:	<new/.\0>
	.even
	.bss
fd:	.=.+2
entry:	.=.+16.
st:	.=.+30.
