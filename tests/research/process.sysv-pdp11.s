/ SPDX-License-Identifier: BSD-2-Clause
/ Processes and signals of System III: death of a child, groups, nice, times, calls that are none.

	jsr	r5,text; <a call that is none: a signal \0>; .even
	sys	signal; 12.; caught
	sys	52.
	sys	signal; 12.; caught
	sys	77.
	sys	signal; 12.; caught
	sys	0; none
	jsr	r5,text; <\nsignal 18 was \0>; .even
	sys	signal; 18.; caught
	jsr	pc,result
	jsr	r5,text; <a child's end interrupts the wait for it \0>; .even
	sys	fork
		br	8f
	br	9f
8:	jmp	late
9:
	sys	wait
	jsr	pc,result
	jsr	r5,text; <then it is there \0>; .even
	sys	wait
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <the signal was reset to \0>; .even
	sys	signal; 18.; 0
	jsr	pc,result
	jsr	r5,text; <set with one that has ended: at once \0>; .even
	jsr	pc,child
	jsr	pc,ended
	sys	signal; 18.; caught
	sys	wait
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <and without one: not. Was \0>; .even
	sys	signal; 18.; caught
	jsr	pc,result
	sys	signal; 18.; 0
	sub	$caught,r0
	jsr	pc,number
	jsr	r5,text; <ignored with one that has ended: gone \0>; .even
	jsr	pc,child
	jsr	pc,ended
	sys	signal; 18.; 1
	sys	wait
	jsr	pc,result
	jsr	r5,text; <ignored before: nothing to wait for \0>; .even
	jsr	pc,child
	sys	wait
	jsr	pc,result
	jsr	r5,text; <was \0>; .even
	sys	signal; 18.; 0
	jsr	pc,result
	jsr	r5,text; <a child that dies of signal 19 \0>; .even
	sys	fork
		br	8f
	br	9f
8:
	sys	getpid
	sys	kill; 19.
	sys	exit
9:
	sys	wait
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <signals 20 and 21 \0>; .even
	sys	getpid
	sys	kill; 21.
	jsr	pc,result
	sys	signal; 21.; 0
	jsr	pc,result
	jsr	r5,text; <user signals \0>; .even
	sys	signal; 16.; caught
	sys	signal; 17.; caught
	sys	getpid
	mov	r0,r4
	sys	kill; 16.
	mov	r4,r0
	sys	kill; 17.
	jsr	r5,text; <\na group of its own \0>; .even
	sys	fork
		br	8f
	br	9f
8:
	sys	getpid
	mov	r0,r4
	mov	$1,r0
	sys	setpgrp
	sub	r4,r0
	jsr	pc,number
	clr	r0
	sys	setpgrp
	sub	r4,r0
	jsr	pc,number
	mov	r4,r0
	neg	r0
	sys	signal; 15.; caught
	sys	kill; 15.
	jsr	r5,text; <nice by 3, by 30, by -2 \0>; .even
	mov	$3,r0
	sys	nice
	jsr	pc,result
	mov	$36,r0
	sys	nice
	jsr	pc,result
	clr	r0
	sys	exit
9:
	sys	wait
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <times has a clock \0>; .even
	sys	times; buffer
	bcs	1f
	mov	r0,r2
	bis	r1,r2
	bne	2f
1:
	jsr	r5,text; <not \0>; .even
2:
	sys	times; 100000
	jsr	pc,result
	jsr	r5,text; <what memory there may be, and 8 KiB of it less \0>; .even
	sys	ulimit; 3; 0; 0
	mov	r1,-(sp)
	sys	break; 40000
	sys	ulimit; 3; 0; 0
	mov	r1,-(sp)
	sys	break; 60000
	sys	ulimit; 3; 0; 0
	mov	(sp)+,r0
	sub	r1,r0
	jsr	pc,result
	tst	(sp)+
	jsr	r5,text; <no sleep \0>; .even
	mov	$10000.,r0
	sys	35.
	jsr	pc,result
	jsr	r5,text; <ioctl of what is no terminal \0>; .even
	clr	r0
	sys	open; null; 0; 0
	sys	ioctl; 52001; buffer
	jsr	pc,result
	mov	$7,r0
	sys	exit

/ A child that ends with 3.
child:
	sys	fork
		br	8f
	rts	pc
8:
	mov	$3,r0
	sys	exit

/ Ends when its parent waits.
late:
	jsr	pc,ended
	mov	$3,r0
	sys	exit

/ A second, in which a child ends.
ended:
	sys	signal; 14.; tick
	mov	$1,r0
	sys	alarm
	sys	pause
	rts	pc
tick:
	rtt
caught:
	jsr	r5,text; <caught \0>; .even
	rtt

	.data
null:	</dev/null\0>
	.even
none:	sys	53.
	.bss
buffer:	.=.+100
