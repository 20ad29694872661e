/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/pwb.c: PWB/UNIX 1.0, the Programmer's Workbench: the Sixth Edition with
 * larger arguments, process groups, alarms, and a call of its own for what it keeps of processes
 * and file systems. Facts: sys/sys/hd/param.h, os/sys1.c, sys2.c, sys4.c, pwbsys.c.
 */
#define RESEARCH_ROWS  "personality/research/pwb.def"
#define RESEARCH_ARGS  4096
#define RESEARCH_STACK 12
#define RESEARCH_USER  research_user_pwb
#include "lib/mem.h"
#include "personality/research/calls.h"
#include "personality/research/era6.inc"

#define BLOCK	    512
#define SYSTEM_NAME 8
#define UDATA	    32

const struct core_personality research_pwb_personality = {
    RESEARCH_PERSONALITY("pwb"),
    .carry_errno = research_errno,
    .signal_frame = research_signal_frame,
};

struct pwb_ustat {
	struct pdp_word tfree, tinode;
	char fname[6], fpack[6];
};
SIZE_ASSERT(struct pwb_ustat, 16);

/* What the superuser may note in a process; children have it, too. */
static u8 udata[UDATA];

long research_pwb_getpid(struct core_thread *t)
{
	return research_pair(research_pid(t->pid), research_pid((i32)EXO(getpgid, 0)));
}

long research_pwb_setpgrp(struct core_thread *t)
{
	(void)t;
	EXO(setsid); /* which a leader already is no error there */
	return 0;
}

long research_pwb_tell(struct core_thread *t, FD fd)
{
	long r = research_fd(fd);

	(void)t;
	if (r == 0)
		r = EXO(lseek, fd, 0, CORE_SEEK_CUR);
	return r < 0 ? r : research_long((u32)r);
}

static long uname(guest_ptr buf)
{
	struct core_utsname host;
	char out[SYSTEM_NAME] = {0};
	long r = EXO(uname, &host);

	if (r < 0)
		return r;
	fb_strlcpy(out, host.nodename, sizeof(out));
	return copy_to_guest(buf, out, sizeof(out));
}

static long ustat(guest_ptr buf, u16 dev)
{
	struct pwb_ustat out = {.tinode = pdp_word(0)};
	struct core_statfs fs;

	if (!research_space_on(dev, &fs))
		return -CORE_EINVAL;
	out.tfree = pdp_word(MIN(fs.f_bfree * ((u64)fs.f_bsize / BLOCK), 65535UL));
	out.tinode = pdp_word(MIN(fs.f_ffree, 65535UL));
	return copy_to_guest(buf, &out, sizeof(out));
}

long research_pwb_pwbsys(struct core_thread *t, INOUT buf, UINT what, INT type)
{
	switch (type) {
	case 0:
		return uname(buf);
	case 1:
		if (!what)
			return copy_to_guest(buf, udata, sizeof(udata));
		return EXO(geteuid) != 0 ? -CORE_EPERM : copy_from_guest(udata, buf, sizeof(udata));
	case 2:
		return ustat(buf, (u16)what);
	case 3:
		return EXO(geteuid) != 0 ? -CORE_EPERM
					 : research_utime(t, research_at((u16)what), buf);
	default:
		return -CORE_EFAULT;
	}
}
