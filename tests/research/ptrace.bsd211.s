/ SPDX-License-Identifier: BSD-2-Clause
/ ptrace of 2.11BSD: a child that stops, its memory and registers, a step, its end.
/ The user structure has 3968 bytes: r3 at 3942, r4 at 3944, r5 3948, sp 3954, pc 3964, ps 3966,
/ u_ar0 60, fpsr 2, the first word of ac1 12.

	sys	2.			/ fork
	br	1f
	br	9f
1:	jmp	child
9:
	mov	r0,pid
	jsr	r5,text; <the child stops by \0>; .even
	jsr	pc,await
	jsr	r5,text; <its word is \0>; .even
	jsr	pc,ask; 2; word; 0
	jsr	r5,text; <and its instruction \0>; .even
	jsr	pc,ask; 1; stop; 0
	jsr	r5,text; <another word \0>; .even
	jsr	pc,ask; 5; word; 1234
	jsr	r5,text; <another instruction: inc r4 \0>; .even
	jsr	pc,ask; 4; after; 5204
	jsr	r5,text; <r0 is at \0>; .even
	jsr	pc,ask; 3; 60.; 0
	jsr	r5,text; <r3 was \0>; .even
	jsr	pc,ask; 3; 3942.; 0
	jsr	r5,text; <r4 becomes \0>; .even
	jsr	pc,ask; 6; 3944.; 41
	jsr	r5,text; <sp was \0>; .even
	jsr	pc,ask; 3; 3954.; 0
	jsr	r5,text; <ps is of user mode: \0>; .even
	jsr	pc,ask; 6; 3966.; 357
	jsr	r5,text; <ac1 becomes \0>; .even
	jsr	pc,ask; 6; 12.; 40500
	jsr	r5,text; <what may not be written \0>; .even
	jsr	pc,ask; 6; 60.; 0
	jsr	r5,text; <behind the structure \0>; .even
	jsr	pc,ask; 3; 3968.; 0
	jsr	r5,text; <what is not there \0>; .even
	jsr	pc,ask; 2; 160000; 0
	jsr	r5,text; <no such request \0>; .even
	jsr	pc,ask; 12; 0; 0
	jsr	r5,text; <no such signal \0>; .even
	jsr	pc,ask; 7; 1; 99.
	jsr	r5,text; <one step \0>; .even
	jsr	pc,ask; 9.; 1; 0
	jsr	r5,text; <and it stops by \0>; .even
	jsr	pc,await
	jsr	r5,text; <r4 is \0>; .even
	jsr	pc,ask; 3; 3944.; 0
	jsr	r5,text; <it goes on \0>; .even
	jsr	pc,ask; 7; 1; 0
	jsr	r5,text; <and stops by \0>; .even
	jsr	pc,await
	jsr	r5,text; <ac1 is stored: \0>; .even
	jsr	pc,ask; 2; float; 0
	jsr	r5,text; <it is ended \0>; .even
	jsr	pc,ask; 8.; 0; 0
	jsr	r5,text; <by \0>; .even
	jsr	pc,await
	jsr	r5,text; <it is gone: \0>; .even
	jsr	pc,ask; 3; 0; 0
	clr	-(sp)
	jsr	pc,call; 1.; 2

ask:				/ request, address and data follow
	mov	(sp),r1
	mov	(r1)+,request
	mov	(r1)+,addr
	mov	(r1)+,data
	mov	r1,(sp)
	mov	data,-(sp)
	mov	addr,-(sp)
	mov	pid,-(sp)
	mov	request,-(sp)
	jsr	pc,call; 26.; 8.
	jmp	result

await:
	clr	-(sp)
	clr	-(sp)
	mov	$status,-(sp)
	mov	$-1,-(sp)
	jsr	pc,call; 7.; 8.
	mov	status,r0
	jmp	number

child:
	setd
	clr	-(sp)
	clr	-(sp)
	clr	-(sp)
	clr	-(sp)
	jsr	pc,call; 26.; 8.
	mov	$77,r3
	mov	$177000,sp
stop:	bpt
after:	240
	movf	fr1,float
	bpt
	br	stop
	.data
word:	5432
pid:	0
request: 0
addr:	0
data:	0
status:	0
float:	0; 0; 0; 0
