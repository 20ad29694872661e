/ SPDX-License-Identifier: BSD-2-Clause
/ sendmsg and recvmsg: vectors, a descriptor that travels, and what is refused.

	mov	$pair,-(sp)
	clr	-(sp)
	mov	$2,-(sp)		/ SOCK_DGRAM
	mov	$1,-(sp)
	jsr	r5,text; <a pair of sockets: \0>; .even
	jsr	pc,call; 135.; 8.
	jsr	pc,result
	sys	42.			/ pipe
	mov	r0,from
	mov	r1,to
	mov	pair,sender
	mov	pair+2,receiver
	jsr	r5,text; <two vectors and a descriptor are sent: \0>; .even
	mov	$out,r4
	jsr	pc,send
	jsr	r5,text; <and received: \0>; .even
	mov	$in,r4
	jsr	pc,receive
	jsr	r5,text; <the vectors have \0>; .even
	mov	first,r0
	jsr	pc,number
	mov	second,r0
	jsr	pc,number
	jsr	r5,text; <bytes of rights: \0>; .even
	mov	in+10.,r0
	jsr	pc,number
	jsr	r5,text; <what is written to it \0>; .even
	mov	$2,-(sp)
	mov	$note,-(sp)
	mov	got,-(sp)
	jsr	pc,call; 4.; 6
	jsr	pc,result
	jsr	r5,text; <comes out of the pipe: \0>; .even
	mov	$2,-(sp)
	mov	$first,-(sp)
	mov	from,-(sp)
	jsr	pc,call; 3.; 6
	mov	first,r0
	jsr	pc,number

	jsr	r5,text; <once more: \0>; .even
	mov	$out,r4
	jsr	pc,send
	clr	in+8.
	mov	$4,in+10.
	jsr	r5,text; <without room for it: \0>; .even
	mov	$in,r4
	jsr	pc,receive
	jsr	r5,text; <a message without one: \0>; .even
	clr	out+8.
	mov	$out,r4
	jsr	pc,send
	mov	$got,in+8.
	jsr	r5,text; <is received \0>; .even
	mov	$in,r4
	jsr	pc,receive
	jsr	r5,text; <with so many bytes of rights: \0>; .even
	mov	in+10.,r0
	jsr	pc,number

	mov	$to,out+8.
	mov	$16.,out+6
	jsr	r5,text; <16 vectors: \0>; .even
	mov	$out,r4
	jsr	pc,send
	mov	$2,out+6
	mov	$120.,out+10.
	jsr	r5,text; <60 descriptors: \0>; .even
	mov	$out,r4
	jsr	pc,send
	mov	$2,out+10.
	mov	$31.,to
	jsr	r5,text; <one that cannot be: \0>; .even
	mov	$out,r4
	jsr	pc,send
	mov	$177776,out+8.
	mov	$4,out+10.
	jsr	r5,text; <rights at the end of memory: \0>; .even
	mov	$out,r4
	jsr	pc,send
	mov	$31.,sender
	jsr	r5,text; <to no socket: \0>; .even
	mov	$out,r4
	jsr	pc,send
	mov	$pair,-(sp)
	clr	-(sp)
	mov	$1,-(sp)		/ SOCK_STREAM
	mov	$1,-(sp)
	jsr	pc,call; 135.; 8.
	mov	pair,sender
	mov	pair+2,receiver
	mov	from,to
	mov	$to,out+8.
	mov	$2,out+10.
	mov	$got,in+8.
	mov	$2,in+10.
	jsr	r5,text; <a descriptor on a stream: \0>; .even
	mov	$out,r4
	jsr	pc,send
	jsr	r5,text; <is received \0>; .even
	mov	$in,r4
	jsr	pc,receive
	jsr	r5,text; <with so many bytes of rights: \0>; .even
	mov	in+10.,r0
	jsr	pc,number
	clr	out+6
	jsr	r5,text; <without a byte: \0>; .even
	mov	$out,r4
	jsr	pc,send
	clr	-(sp)
	jsr	pc,call; 1.; 2

send:				/ the message r4 points at
	clr	-(sp)
	mov	r4,-(sp)
	mov	sender,-(sp)
	jsr	pc,call; 114.; 6
	jmp	result
receive:
	clr	-(sp)
	mov	r4,-(sp)
	mov	receiver,-(sp)
	jsr	pc,call; 113.; 6
	jmp	result
	.data
pair:	0; 0
sender:	0
receiver: 0
from:	0
got:	0
out:	0; 0; sent; 2; to; 2
in:	0; 0; place; 2; got; 2
sent:	1f; 2; 2f; 2
1:	1234
2:	4321
place:	first; 2; second; 2
first:	0
second:	0
note:	2525
to:	0
