/ SPDX-License-Identifier: BSD-2-Clause
/ Core files of 2.11BSD: their name, the limit, a second link; the user structure, whose size is
/ 3968, with u_ar0 at 60, u_comm 62, u_tsize 204, the first words of the floating registers 2 and 4.

	mov	$limit,-(sp)
	mov	$4,-(sp)
	jsr	pc,call; 144.; 4		/ getrlimit: as much as may be had
	mov	limit+4,limit
	mov	limit+6,limit+2
	jsr	r5,text; <the limit is raised: \0>; .even
	mov	$limit,-(sp)
	mov	$4,-(sp)
	jsr	pc,call; 145.; 4
	jsr	pc,result
	jsr	pc,spawn
	jsr	r5,text; <an odd address: \0>; .even
	jsr	pc,number
	clr	-(sp)
	clr	-(sp)
	mov	$name,-(sp)
	jsr	pc,call; 5.; 6
	mov	r0,file
	jsr	r5,text; <text and data: \0>; .even
	jsr	pc,word; 204.
	jsr	pc,word; 206.
	jsr	r5,text; <r0 is at \0>; .even
	jsr	pc,word; 60.
	jsr	r5,text; <of a program called \0>; .even
	jsr	pc,word; 62.
	jsr	r5,text; <r0 to r5: \0>; .even
	jsr	pc,word; 3962.
	jsr	pc,word; 3956.
	jsr	pc,word; 3940.
	jsr	pc,word; 3942.
	jsr	pc,word; 3944.
	jsr	pc,word; 3948.
	jsr	r5,text; <sp, pc and ps: \0>; .even
	jsr	pc,word; 3954.
	jsr	pc,get; 3964.
	sub	$fault,r0
	jsr	pc,number
	jsr	pc,word; 3966.
	jsr	r5,text; <fpsr and ac1: \0>; .even
	jsr	pc,word; 2.
	jsr	pc,word; 12.
	jsr	r5,text; <the data are the child's: \0>; .even
	mov	$where+3968.,7f
	jsr	pc,word; 7:0
	mov	$other,-(sp)
	mov	$name,-(sp)
	jsr	pc,call; 9.; 4		/ link
	jsr	pc,spawn
	jsr	r5,text; <a file with two names: \0>; .even
	jsr	pc,number
	mov	$other,-(sp)
	jsr	pc,call; 10.; 2		/ unlink
	jsr	pc,spawn
	jsr	r5,text; <with one: \0>; .even
	jsr	pc,number
	mov	$setid,start
	jsr	pc,spawn
	jsr	r5,text; <after setuid: \0>; .even
	jsr	pc,number
	mov	$odd,start
	clr	limit
	mov	$4096.,limit+2
	mov	$limit,-(sp)
	mov	$4,-(sp)
	jsr	pc,call; 145.; 4
	jsr	pc,spawn
	jsr	r5,text; <more than the limit: \0>; .even
	jsr	pc,number
	clr	-(sp)
	jsr	pc,call; 1.; 2

spawn:
	sys	2.			/ fork
	br	8f
	clr	-(sp)
	clr	-(sp)
	mov	$status,-(sp)
	mov	$-1,-(sp)
	jsr	pc,call; 7.; 8.		/ wait4
	mov	status,r0
	rts	pc

8:	jmp	*start

setid:
	jsr	pc,call; 24.; 0
	mov	r0,-(sp)
	jsr	pc,call; 45.; 2
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
	mov	$10,r0
fault:	tst	*$1

word:				/ prints the word of the file at an address
	mov	*(sp),7f
	add	$2,(sp)
	jsr	pc,get; 7:0
	jmp	number
get:
	mov	*(sp),7f
	add	$2,(sp)
	clr	-(sp)
	mov	7f,-(sp)
	clr	-(sp)
	mov	file,-(sp)
	jsr	pc,call; 19.; 8.		/ lseek
	mov	$2,-(sp)
	mov	$buffer,-(sp)
	mov	file,-(sp)
	jsr	pc,call; 3.; 6
	mov	buffer,r0
	rts	pc
	.data
7:	0
name:	<program.core\0>
other:	<other\0>
	.even
limit:	0; 0; 0; 0
where:	1234
file:	0
buffer:	0
status:	0
start:	odd
