/ SPDX-License-Identifier: BSD-2-Clause
/ ptrace: a child that stops, its memory and registers, a step, another signal, its end.
/ The registers lie at the end of the user structure: r3 at 1002, r4 at 1004, pc at 1020.

	sys	fork
		br	8f
	br	9f
8:	jmp	child
9:
	mov	r0,pid
	jsr	r5,text; <the child stops by \0>; .even
	jsr	pc,await
	jsr	r5,text; <its word is \0>; .even
	clr	r0
	jsr	pc,ask; word; 2
	jsr	pc,result
	jsr	r5,text; <and its instruction \0>; .even
	jsr	pc,ask; stop; 1
	jsr	pc,result
	jsr	r5,text; <another word \0>; .even
	mov	$1234,r0
	jsr	pc,ask; word; 5
	jsr	pc,result
	jsr	r5,text; <another instruction \0>; .even
	mov	$5204,r0		/ inc r4
	jsr	pc,ask; after; 4
	jsr	pc,result
	jsr	r5,text; <r3 was \0>; .even
	jsr	pc,ask; 1002.; 3
	jsr	pc,result
	jsr	r5,text; <r4 becomes \0>; .even
	mov	$41,r0
	jsr	pc,ask; 1004.; 6
	jsr	pc,result
	jsr	r5,text; <pc is behind the bpt: \0>; .even
	jsr	pc,ask; 1020.; 3
	sub	$after,r0
	jsr	pc,result
	jsr	r5,text; <what may not be written \0>; .even
	jsr	pc,ask; 200; 6
	jsr	pc,result
	jsr	r5,text; <what is not there \0>; .even
	jsr	pc,ask; 160000; 2
	jsr	pc,result
	jsr	r5,text; <no such request \0>; .even
	jsr	pc,ask; 0; 12
	jsr	pc,result
	jsr	r5,text; <one step, and it stops by \0>; .even
	clr	r0
	jsr	pc,ask; 1; 9.
	jsr	pc,await
	jsr	r5,text; <r4 is \0>; .even
	jsr	pc,ask; 1004.; 3
	jsr	pc,result
	jsr	r5,text; <it goes on, and stops by \0>; .even
	clr	r0
	jsr	pc,ask; 1; 7
	jsr	pc,await
	jsr	r5,text; <it goes on with signal 2, and handles it: \0>; .even
	mov	$2,r0
	jsr	pc,ask; 1; 7
	jsr	pc,await
	jsr	r5,text; <it is executed, and stops by \0>; .even
	clr	r0
	jsr	pc,ask; 1; 7
	jsr	pc,await
	jsr	r5,text; <it is ended: \0>; .even
	jsr	pc,ask; 0; 8.
	jsr	pc,await
	jsr	r5,text; <it is gone: \0>; .even
	jsr	pc,ask; 0; 3
	jsr	pc,result
	jsr	r5,text; <nobody else's: \0>; .even
	mov	$1,pid
	jsr	pc,ask; 0; 3
	jsr	pc,result
	clr	r0
	sys	exit

ask:				/ r0: data; address and request follow
	mov	(sp),r1
	mov	pid,0f
	mov	(r1)+,0f+2
	mov	(r1)+,0f+4
	mov	r1,(sp)
	sys	0; 9f
	rts	pc
	.data
9:	sys	26.; 0:0; 0; 0
	.text

await:
	sys	wait
	mov	r1,r0
	jmp	number

child:
	clr	r0
	sys	26.; 0; 0; 0
	sys	signal; 2; caught
	mov	$77,r3
stop:	bpt
after:	240
	mov	$6,r0
	sys	getpid
	sys	kill; 16.
	cmp	word,$1234
	bne	8f
	bpt
8:	sys	exec; program; vector
	mov	$1,r0
	sys	exit
caught:
	mov	$4321,word
	bpt
	rti
	.data
word:	5432
pid:	0
program:	<../program\0>
	.even
vector:	program; 0
	.text
