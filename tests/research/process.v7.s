/ SPDX-License-Identifier: BSD-2-Clause
/ Processes, signals and memory of the Seventh Edition.

	jsr	r5,text; <fork, exit 5, wait \0>; .even
	sys	fork
		br	8f
	br	9f
8:	jmp	child
9:
	mov	r0,pid
	sys	wait
	sub	pid,r0
	jsr	pc,number
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <wait for nobody \0>; .even
	sys	wait
	jsr	pc,result
	jsr	r5,text; <a child that dies of a signal \0>; .even
	sys	fork
		br	8f
	br	9f
8:	jmp	dies
9:
	sys	wait
	mov	r1,r0
	jsr	pc,number
	jsr	r5,text; <exec of nothing \0>; .even
	sys	exec; nothing; vector
	jsr	pc,result
	jsr	r5,text; <exec of what is no program \0>; .even
	sys	creat; script; 777
	mov	r0,r4
	sys	write; nothing; 8.
	mov	r4,r0
	sys	close
	sys	exec; script; vector
	jsr	pc,result
	sys	unlink; script
	jsr	r5,text; <exec of a vector that ends nowhere \0>; .even
	sys	exec; script; 177776
	jsr	pc,result

	jsr	r5,text; <signal was \0>; .even
	sys	signal; 2; caught
	jsr	pc,result
	sys	signal; 2; caught
	sub	$caught,r0
	jsr	pc,result
	jsr	r5,text; <kill \0>; .even
	sys	getpid
	sys	kill; 2
	jsr	r5,text; <and is reset to \0>; .even
	sys	signal; 2; 1
	jsr	pc,result
	jsr	r5,text; <ignored, it is nothing \0>; .even
	sys	getpid
	mov	r0,r4
	sys	kill; 2
	sub	r4,r0
	jsr	pc,result
	jsr	r5,text; <signal 0 and 9 \0>; .even
	sys	signal; 0; 0
	jsr	pc,result
	sys	signal; 9.; 0
	jsr	pc,result
	jsr	r5,text; <alarm ends a pause \0>; .even
	sys	signal; 14.; caught
	mov	$1,r0
	sys	alarm
	sys	pause
	jsr	pc,result
	jsr	r5,text; <iot is caught, and goes on \0>; .even
	sys	signal; 6; caught
	iot
	jsr	r5,text; <an instruction that is none, twice \0>; .even
	sys	signal; 4; caught
	7
	7
	jsr	r5,text; <a fault is run again \0>; .even
	sys	break; 40000
	sys	signal; 11.; grow
	mov	$1234,60000
	mov	60000,r0
	jsr	pc,number
	jsr	r5,text; <break too high \0>; .even
	sys	break; 177000
	jsr	pc,result
	jsr	r5,text; <new memory is zero \0>; .even
	mov	$1,37000
	sys	break; 36000
	sys	break; 60000
	mov	37000,r0
	jsr	pc,number
	jsr	r5,text; <the stack grows \0>; .even
	mov	sp,r4
	sub	$20000,sp
	mov	$4321,(sp)
	mov	(sp),r0
	mov	r4,sp
	jsr	pc,number
	jsr	r5,text; <a pipe without a reader \0>; .even
	sys	signal; 13.; caught
	sys	pipe
	mov	r1,r4
	sys	close
	mov	r4,r0
	sys	write; nothing; 1
	jsr	pc,result
	jsr	r5,text; <time is later than 1979 \0>; .even
	sys	time
	cmp	r0,$10400
	bhi	1f
	jsr	r5,text; <not \0>; .even
1:
	jsr	r5,text; <\n\0>; .even
	mov	$7,r0
	sys	exit

child:
	mov	$5,r0
	sys	exit
dies:
	clr	r0
	mov	r0,177776
	sys	getpid
	sys	kill; 12.
	sys	exit
caught:
	jsr	r5,text; <caught \0>; .even
	rtt
grow:
	sys	break; 62000
	rtt

	.data
vector:	nothing; 0
nothing: <nothing\0>
script:	<script\0>
	.even
	.bss
pid:	.=.+2
