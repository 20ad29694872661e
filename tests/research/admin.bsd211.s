/ SPDX-License-Identifier: BSD-2-Clause
/ File systems, groups, the superuser's calls and what there is not; nobody's answers are in a file
/ of their own. statfs: type at 0, f_bsize at 4. Signals that are waited for; 4.3BSD's sigstack.

	jsr	r5,text; <statfs: \0>; .even
	mov	$fs,-(sp)
	mov	$dot,-(sp)
	jsr	pc,call; 28.; 4
	jsr	pc,result
	jsr	r5,text; <type and block: \0>; .even
	mov	fs,r0
	jsr	pc,number
	mov	fs+4,r0
	jsr	pc,number
	jsr	r5,text; <of no file: \0>; .even
	mov	$fs,-(sp)
	mov	$none,-(sp)
	jsr	pc,call; 28.; 4
	jsr	pc,result
	clr	fs+4
	clr	-(sp)
	clr	-(sp)
	mov	$dot,-(sp)
	jsr	pc,call; 5.; 6
	jsr	r5,text; <fstatfs: \0>; .even
	mov	$fs,-(sp)
	mov	r0,-(sp)
	jsr	pc,call; 29.; 4
	jsr	pc,result
	mov	fs+4,r0
	jsr	pc,number
	jsr	r5,text; <some are mounted: \0>; .even
	clr	-(sp)
	clr	-(sp)
	clr	-(sp)
	jsr	pc,call; 30.; 6
	neg	r0
	rol	r0
	mov	$0,r0
	rol	r0
	jsr	pc,number
	jsr	r5,text; <one has room: \0>; .even
	clr	-(sp)
	mov	$300.,-(sp)
	mov	$fs,-(sp)
	jsr	pc,call; 30.; 6
	jsr	pc,result
	jsr	r5,text; <17 groups: \0>; .even
	mov	$fs,-(sp)
	mov	$17.,-(sp)
	jsr	pc,call; 80.; 4
	jsr	pc,result
	jsr	r5,text; <a group: \0>; .even
	mov	$group,-(sp)
	mov	$1,-(sp)
	jsr	pc,call; 80.; 4
	mov	r0,r4
	jsr	pc,result
	tst	r4
	bne	2f
	mov	$fs,-(sp)
	mov	$16.,-(sp)
	jsr	pc,call; 79.; 4
	jsr	r5,text; <the first of them: \0>; .even
	mov	fs,r0
	jsr	pc,number
2:
	jsr	r5,text; <a login name: \0>; .even
	mov	$long,-(sp)
	jsr	pc,call; 43.; 2
	jsr	pc,result
	jsr	r5,text; <the zone: \0>; .even
	mov	$zone,-(sp)
	clr	-(sp)
	jsr	pc,call; 122.; 4
	jsr	pc,result
	mov	$fs,-(sp)
	clr	-(sp)
	jsr	pc,call; 116.; 4
	mov	fs,r0
	jsr	pc,number
	jsr	r5,text; <quota: \0>; .even
	clr	-(sp)
	clr	-(sp)
	clr	-(sp)
	clr	-(sp)
	jsr	pc,call; 149.; 8.
	jsr	pc,result
	jsr	r5,text; <reboot: \0>; .even
	clr	-(sp)
	jsr	pc,call; 55.; 2
	jsr	pc,result
	jsr	r5,text; <no flags: \0>; .even
	clr	-(sp)
	mov	$mine,-(sp)
	jsr	pc,call; 17.; 4
	jsr	pc,result

	clr	-(sp)			/ signal 30 is blocked, sent and waited for
	mov	$set,-(sp)
	mov	$1,-(sp)
	jsr	pc,call; 32.; 6
	jsr	pc,call; 20.; 0
	mov	$30.,-(sp)
	mov	r0,-(sp)
	jsr	pc,call; 37.; 4
	jsr	r5,text; <a signal that was waited for: \0>; .even
	mov	$fs,-(sp)
	mov	$set,-(sp)
	jsr	pc,call; 56.; 4
	jsr	pc,result
	mov	fs,r0
	jsr	pc,number
	jsr	r5,text; <for none: \0>; .even
	mov	$fs,-(sp)
	clr	-(sp)
	jsr	pc,call; 56.; 4
	jsr	pc,result

	jsr	r5,text; <a stack for signals: \0>; .even
	clr	-(sp)
	mov	$stack,-(sp)
	jsr	pc,call; 112.; 4
	jsr	pc,result
	mov	$fs,-(sp)
	clr	-(sp)
	jsr	pc,call; 112.; 4
	mov	fs,r0
	jsr	pc,number
	mov	fs+2,r0
	jsr	pc,number
	clr	-(sp)
	jsr	pc,call; 1.; 2
	.data
dot:	<.\0>
none:	<nothing\0>
mine:	<.\0>
long:	<12345678901234567\0>
	.even
group:	7
zone:	300.; 1
set:	20000; 0		/ signal 30
stack:	12340; 0
fs:	.=.+300.
