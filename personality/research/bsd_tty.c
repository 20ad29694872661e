/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_tty.c: ioctl of 2.11BSD.
 *
 * Requests have an upper word that says how large the argument is; the lower one is as before, and
 * what the Seventh Edition has is done by tty.c. Local modes and characters are what the host calls
 * by the same names. Facts: usr/sys/h/ioctl.h, tty(4).
 */
#include "personality/research/abi_bsd.h"
#include "personality/research/abi_tty.h"
#include "personality/research/calls.h"

/* Local modes and the host's flags for them. */
static const struct {
	u16 bsd;
	u32 core;
} locals[] = {{BSD_LCRTBS, CORE_ECHOE},	  {BSD_LCRTERA, CORE_ECHOE},   {BSD_LTOSTOP, CORE_TOSTOP},
	      {BSD_LCRTKIL, CORE_ECHOKE}, {BSD_LCTLECH, CORE_ECHOCTL}, {BSD_LNOFLSH, CORE_NOFLSH}};

static const u8 places[] = {CORE_VSUSP,	   CORE_VSUSP,	 CORE_VREPRINT,
			    CORE_VDISCARD, CORE_VWERASE, CORE_VLNEXT};

static u16 local_of(u32 lflag)
{
	u32 out = 0;

	for (u32 i = 0; i < ARRAY_LEN(locals); i++)
		out |= lflag & locals[i].core ? locals[i].bsd : 0;
	return (u16)out;
}

static u32 set_local(u32 lflag, u16 modes)
{
	for (u32 i = 0; i < ARRAY_LEN(locals); i++)
		lflag &= ~locals[i].core;
	for (u32 i = 0; i < ARRAY_LEN(locals); i++)
		lflag |= modes & locals[i].bsd ? locals[i].core : 0;
	return lflag;
}

static long local_modes(i32 fd, u32 request, guest_ptr p)
{
	struct core_termios c = {0};
	struct pdp_word w;
	u16 now, bits;
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	now = local_of(c.c_lflag);
	if (request == BSD_TIOCLGET) {
		w = pdp_word(now);
		return copy_to_guest(p, &w, sizeof(w));
	}
	if (copy_from_guest(&w, p, sizeof(w)) < 0)
		return -CORE_EFAULT;
	bits = pdp_get(w);
	if (request == BSD_TIOCLBIS)
		bits |= now;
	else if (request == BSD_TIOCLBIC)
		bits = now & (u16)~bits;
	c.c_lflag = set_local(c.c_lflag, bits);
	return EXO(ioctl, fd, CORE_TCSETS, &c);
}

static long local_characters(i32 fd, bool set, guest_ptr p)
{
	struct core_termios c = {0};
	u8 chars[sizeof(struct bsd_ltchars)];
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	if (set) {
		if (copy_from_guest(chars, p, sizeof(chars)) < 0)
			return -CORE_EFAULT;
		for (u32 i = 0; i < ARRAY_LEN(places); i++)
			if (i != 1) /* the delayed suspend, which the host has not */
				c.c_cc[places[i]] = chars[i] == OLD_OFF ? CORE_VDISABLE : chars[i];
		return EXO(ioctl, fd, CORE_TCSETS, &c);
	}
	for (u32 i = 0; i < ARRAY_LEN(places); i++)
		chars[i] =
		    i == 1 || c.c_cc[places[i]] == CORE_VDISABLE ? OLD_OFF : c.c_cc[places[i]];
	return copy_to_guest(p, chars, sizeof(chars));
}

static long process_group(i32 fd, bool set, guest_ptr p)
{
	struct pdp_word w;
	i32 group;
	long r;

	if (set) {
		if (copy_from_guest(&w, p, sizeof(w)) < 0)
			return -CORE_EFAULT;
		group = research_pid_back(pdp_get(w));
		return EXO(ioctl, fd, CORE_TIOCSPGRP, &group);
	}
	r = EXO(ioctl, fd, CORE_TIOCGPGRP, &group);
	w = pdp_word(research_pid(group));
	return r < 0 ? r : copy_to_guest(p, &w, sizeof(w));
}

static long number(i32 fd, u32 core, guest_ptr p, bool is_long)
{
	i32 n;
	struct pdp_word w;
	struct pdp_long l;
	long r = EXO(ioctl, fd, core, &n);

	if (r < 0)
		return r;
	w = pdp_word((u64)n);
	l = pdp_long((u64)n);
	return is_long ? copy_to_guest(p, &l, sizeof(l)) : copy_to_guest(p, &w, sizeof(w));
}

static long set_number(i32 fd, u32 core, guest_ptr p)
{
	struct pdp_word w;
	i32 n;

	if (copy_from_guest(&w, p, sizeof(w)) < 0)
		return -CORE_EFAULT;
	n = pdp_get(w);
	return EXO(ioctl, fd, core, &n);
}

static long discipline(i32 fd, bool set, guest_ptr p)
{
	struct core_termios c = {0};
	struct pdp_word w = pdp_word(research.version->bsd ? 2 : 1); /* NTTYDISC */
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	if (!set)
		return copy_to_guest(p, &w, sizeof(w));
	if (copy_from_guest(&w, p, sizeof(w)) < 0)
		return -CORE_EFAULT;
	return pdp_get(w) <= 2 ? 0 : -CORE_ENXIO;
}

long research_bsd_ioctl(struct core_thread *t, FD fd, LONG request, INOUT argument)
{
	u32 r = (u32)request & 0xffff;

	if (research_fd(fd) < 0)
		return -CORE_EBADF;
	switch (r) {
	case OLD_TIOCGETD:
	case OLD_TIOCSETD:
		return discipline(fd, r == OLD_TIOCSETD, argument);
	case BSD_TIOCLBIS:
	case BSD_TIOCLBIC:
	case BSD_TIOCLSET:
	case BSD_TIOCLGET:
		return local_modes(fd, r, argument);
	case BSD_TIOCGPGRP:
	case BSD_TIOCSPGRP:
		return process_group(fd, r == BSD_TIOCSPGRP, argument);
	case BSD_TIOCSLTC:
	case BSD_TIOCGLTC:
		return local_characters(fd, r == BSD_TIOCSLTC, argument);
	case BSD_TIOCOUTQ:
		return number(fd, CORE_TIOCOUTQ, argument, false);
	case BSD_FIONREAD:
		return number(fd, CORE_FIONREAD, argument, true);
	case BSD_FIONBIO:
		return set_number(fd, CORE_FIONBIO, argument);
	case BSD_TIOCSTI:
		return EXO(ioctl, fd, CORE_TIOCSTI, argument.addr);
	case BSD_TIOCNOTTY:
		return EXO(ioctl, fd, CORE_TIOCNOTTY);
	case BSD_TIOCSTOP:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOOFF);
	case BSD_TIOCSTART:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOON);
	case BSD_TIOCGWINSZ: /* four words, as the host's */
		return EXO(ioctl, fd, CORE_TIOCGWINSZ, argument.addr);
	case BSD_TIOCSWINSZ:
		return EXO(ioctl, fd, CORE_TIOCSWINSZ, argument.addr);
	default:
		return research_ioctl(t, fd, r, argument);
	}
}
