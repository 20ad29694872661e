/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rt/x86_64/sign.S: the note by which the image is known, and where it says what a process is;
 * trace/attach.h. (elf(5): sizes of name and contents, type, name, contents.)
 */
	.section .note.fbird, "a", @note
	.p2align 2
	.long	2f - 1f
	.long	4f - 3f
	.long	1
1:	.asciz	"FeuerBird"
2:	.p2align 2
3:	.long	1
	.long	32
	.quad	rt_sign
4:
	.section .note.GNU-stack,"",@progbits
