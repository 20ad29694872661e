/ SPDX-License-Identifier: BSD-2-Clause
/ A program of the Seventh Edition that is attached to: for each line it reads it makes some calls.

	.text
start:	mov	$1,r0
	sys	write; ready; 6
again:	clr	r0
	sys	read; line; 16.
	bcs	end
	tst	r0
	beq	end
	sys	getpid
	sys	unlink; none
	mov	$1,r0
	sys	write; did; 7
	br	again
end:	mov	$3,r0
	sys	exit

	.data
ready:	<ready\n\0>
did:	<did it\n\0>
none:	</nowhere/x\0>
	.even
	.bss
line:	.=.+16.
