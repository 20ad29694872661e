/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/site.h: recognising what stands before a system-call instruction.
 */
#ifndef FB_EXO_LINUX_X86_64_SITE_H
#define FB_EXO_LINUX_X86_64_SITE_H

#include "exo/x86_64/frame.h"

#define SITE_LOOK_BACK 16 /* bytes before the call that are looked at */

/*
 * How a site can be made to jump. One whole instruction of length bytes, back bytes before
 * the call, gives its place to the jump; the trampoline runs the `copied` bytes from there
 * up to the call. Shape LONG: the jump has all its five bytes. Shape PUN: the instruction has
 * three or four, and the jump's last two are the call's own 0f 05.
 */
enum site_shape { SITE_NONE, SITE_LONG, SITE_PUN };

struct site_plan {
	enum site_shape shape;
	u8 back;
	u8 length;
	u8 copied;
};

/*
 * code: the SITE_LOOK_BACK bytes before the call. f: the registers at the call, which must
 * agree with what the instruction would have left in them. load(addr, out): reads a
 * word of the guest's memory, 0 on success.
 */
struct site_plan site_recognise(const u8 *code, const struct exo_frame *f,
				int (*load)(u64 addr, u64 *out));

/*
 * Does one of FreeBSD's system call stubs begin at code? They are functions of a library, aligned
 * to SITE_STUB_ALIGN by whoever calls: mov $number, %eax or %rax; mov %rcx, %r10; syscall; a
 * branch to the error's end where the carry flag is set; ret. Nothing else has those bytes there,
 * so no register need confirm them. length: of the first instruction; back and copied: of both
 * before the call. SITE_NONE: it is none, or more than size bytes.
 */
#define SITE_STUB_ALIGN 16
#define SITE_STUB_MAX	19 /* bytes of the longest */
struct site_plan site_stub(const u8 *code, u64 size);

#endif
