/ SPDX-License-Identifier: BSD-2-Clause
/ profil: a loop is counted where it is, and not when it is off; a child is counted as well.

	sys	profil; buf; 100; loop; 177777
	jsr	pc,busy
	jsr	r5,text; <counted: \0>; .even
	jsr	pc,result
	sys	fork
		br	8f
	br	9f
8:	jsr	pc,busy
	sys	exit
9:
	sys	wait
	jsr	r5,text; <in a child: \0>; .even
	mov	r1,r0
	jsr	pc,number
	sys	profil; buf; 100; loop; 0
	jsr	pc,busy
	jsr	r5,text; <off: \0>; .even
	jsr	pc,result
	sys	profil; 160000; 100; loop; 177777
	jsr	pc,busy
	jsr	r5,text; <nowhere to count: \0>; .even
	jsr	pc,result
	clr	r0
	sys	exit

busy:				/ r0: 0 when a bucket of the loop's reached 3
	mov	$40,r1
	mov	$buf,r0
1:	clr	(r0)+
	sob	r1,1b
	mov	$4000.,r3
loop:
	inc	r2
	bne	loop
	mov	$10,r1
	mov	$buf,r0
1:	cmp	(r0)+,$3
	bhis	2f
	sob	r1,1b
	sob	r3,loop
	mov	$1,r0
	rts	pc
2:	clr	r0
	rts	pc
	.bss
buf:	.=.+100
	.text
