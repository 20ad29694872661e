/ SPDX-License-Identifier: BSD-2-Clause
/ System III's terminals: its structure, its old one, and what it refuses. For research-terminal.t.

	jsr	r5,text; <kind \0>; .even
	clr	r0
	sys	ioctl; 177400; 0
	jsr	pc,result
	jsr	r5,text; <as found \0>; .even
	jsr	pc,show
	jsr	r5,text; <no lines, 3 and 2 \0>; .even
	bic	$2,tio+6
	movb	$3,tio+15
	movb	$2,tio+16
	clr	r0
	sys	ioctl; 52003; tio
	jsr	pc,result
	jsr	pc,show
	jsr	r5,text; <raw to gtty \0>; .even
	clr	r0
	sys	gtty; sg
	mov	sg+4,r0
	bic	$177737,r0
	jsr	pc,number
	jsr	r5,text; <another discipline \0>; .even
	movb	$1,tio+10
	clr	r0
	sys	ioctl; 52002; tio
	jsr	pc,result
	jsr	r5,text; <flush of what, a request of none \0>; .even
	clr	r0
	sys	ioctl; 52007; 5
	jsr	pc,result
	clr	r0
	sys	ioctl; 72012; 0
	jsr	pc,result
	jsr	r5,text; <nowhere \0>; .even
	clr	r0
	sys	ioctl; 52001; 100000
	jsr	pc,result
	jsr	r5,text; <stty: lines, upper case, @ and $ \0>; .even
	mov	$334,sg+4
	mov	$'@,sg+2
	movb	$'$,sg+3
	clr	r0
	sys	stty; sg
	jsr	pc,result
	clr	r0
	sys	gtty; sg
	mov	sg+4,r0
	jsr	pc,number
	mov	sg+2,r0
	jsr	pc,number
	clr	r0
	sys	exit

/ Modes of input, output, the line and its discipline, and the two characters of two meanings.
show:
	clr	r0
	sys	ioctl; 52001; tio
	mov	tio,r0
	jsr	pc,number
	mov	tio+2,r0
	jsr	pc,number
	mov	tio+4,r0
	jsr	pc,number
	mov	tio+6,r0
	jsr	pc,number
	movb	tio+15,r0
	jsr	pc,number
	movb	tio+16,r0
	jmp	number

	.bss
tio:	.=.+22
sg:	.=.+6
