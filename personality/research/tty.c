/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/tty.c: gtty, stty and ioctl over the host's termios.
 *
 * What the systems have one flag for, the host has several: RAW and CBREAK are what both do to
 * lines, signals and output; CRMOD is both directions. Delays are kept nowhere and read as none.
 * Setting what was read changes nothing. A terminal of the host's may have any name; these
 * systems look for its number in /dev, so the controlling one passes for /dev/tty.
 */
#include "lib/mem.h"
#include "personality/research/abi_tty.h"
#include "personality/research/calls.h"

#define TIOCGDEV 0x80045432u /* asm-generic/ioctls.h */

static u64 terminal; /* the controlling one's number, 1: there is none, 0: not asked yet */

static u64 controlling(void)
{
	u32 dev = 0;
	long fd;

	if (terminal)
		return terminal;
	terminal = 1;
	fd = EXO_NOW(open, "/dev/tty", CORE_O_RDONLY | CORE_O_NOCTTY | CORE_O_CLOEXEC);
	if (fd < 0)
		return terminal;
	if (EXO_NOW(ioctl, fd, TIOCGDEV, &dev) == 0 && dev)
		terminal = dev;
	EXO_NOW(close, fd);
	return terminal;
}

static bool is_terminal(const struct core_stat *st)
{
	return (st->st_mode & CORE_S_IFMT) == CORE_S_IFCHR && st->st_rdev == controlling();
}

static int standard(struct core_stat *st)
{
	for (int fd = 0; fd < 3; fd++)
		if (EXO_NOW(fstat, fd, st) == 0 && is_terminal(st))
			return fd;
	return -1;
}

int research_tty_named(const char *name)
{
	struct core_stat st = {0};

	return strcmp(name, "/dev/tty") == 0 ? standard(&st) : -1;
}

void research_tty_identity(const char *name, struct core_stat *st)
{
	struct core_stat own = {0};

	if (LIKELY((st->st_mode & CORE_S_IFMT) != CORE_S_IFCHR))
		return;
	if (name && strcmp(name, "/dev/tty") == 0) {
		if (standard(&own) < 0)
			return;
		st->st_mode = own.st_mode;
		st->st_uid = own.st_uid;
		st->st_gid = own.st_gid;
	} else if (is_terminal(st) && EXO_NOW(stat, "/dev/tty", &own) == 0) {
		st->st_dev = own.st_dev;
		st->st_ino = own.st_ino;
		st->st_rdev = own.st_rdev;
	}
}

/* ---- modes ------------------------------------------------------------------------------- */

static u32 flags_of(const struct core_termios *c)
{
	bool lines = c->c_lflag & CORE_ICANON, signals = c->c_lflag & CORE_ISIG,
	     v6 = research.version->old_modes;
	u32 f = 0;

	f |= lines ? 0 : signals && !v6 ? OLD_CBREAK : OLD_RAW;
	f |= c->c_lflag & CORE_ECHO ? OLD_ECHO : 0;
	f |= c->c_iflag & CORE_IUCLC ? OLD_LCASE : 0;
	f |= (c->c_iflag & CORE_ICRNL) || (c->c_oflag & CORE_ONLCR) ? OLD_CRMOD : 0;
	if (!(c->c_cflag & CORE_PARENB))
		f |= OLD_ODDP | OLD_EVENP;
	else
		f |= c->c_cflag & CORE_PARODD ? OLD_ODDP : OLD_EVENP;
	if (v6)
		f |= c->c_cflag & CORE_HUPCL ? V6_HUPCL : 0;
	else
		f |= c->c_iflag & CORE_IXOFF ? OLD_TANDEM : 0;
	if ((c->c_oflag & CORE_TABDLY) == CORE_TAB3)
		f |= v6 ? V6_XTABS : OLD_XTABS;
	return f;
}

static void set_bits(u32 *where, u32 bits, bool on)
{
	*where = on ? *where | bits : *where & ~bits;
}

static void set_lines(struct core_termios *c, u32 f)
{
	bool raw = f & OLD_RAW, cbreak = !research.version->old_modes && (f & OLD_CBREAK);

	set_bits(&c->c_lflag, CORE_ICANON, !raw && !cbreak);
	set_bits(&c->c_lflag, CORE_ISIG | CORE_IEXTEN, !raw);
	set_bits(&c->c_iflag, CORE_IXON | CORE_BRKINT, !raw);
	set_bits(&c->c_oflag, CORE_OPOST, !raw);
	if (raw || cbreak) {
		c->c_cc[CORE_VMIN] = 1;
		c->c_cc[CORE_VTIME] = 0;
	}
	if (raw)
		c->c_iflag &=
		    ~(u32)(CORE_ISTRIP | CORE_INPCK | CORE_PARMRK | CORE_INLCR | CORE_IGNCR);
}

static void set_flags(struct core_termios *c, u32 f)
{
	bool v6 = research.version->old_modes;

	if (((f ^ flags_of(c)) & (OLD_RAW | (v6 ? 0 : OLD_CBREAK))) != 0)
		set_lines(c, f);
	set_bits(&c->c_lflag, CORE_ECHO, f & OLD_ECHO);
	set_bits(&c->c_iflag, CORE_IUCLC, f & OLD_LCASE);
	set_bits(&c->c_oflag, CORE_OLCUC, f & OLD_LCASE);
	if ((f ^ flags_of(c)) & OLD_CRMOD) {
		set_bits(&c->c_iflag, CORE_ICRNL, f & OLD_CRMOD);
		set_bits(&c->c_oflag, CORE_ONLCR, f & OLD_CRMOD);
	}
	if (v6)
		set_bits(&c->c_cflag, CORE_HUPCL, f & V6_HUPCL);
	else
		set_bits(&c->c_iflag, CORE_IXOFF, f & OLD_TANDEM);
	set_bits(&c->c_oflag, CORE_TABDLY, v6 ? (f & V6_XTABS) != 0 : (f & OLD_XTABS) == OLD_XTABS);
	if ((f & (OLD_ODDP | OLD_EVENP)) == OLD_ODDP || (f & (OLD_ODDP | OLD_EVENP)) == OLD_EVENP) {
		c->c_cflag |= CORE_PARENB;
		set_bits(&c->c_cflag, CORE_PARODD, f & OLD_ODDP);
	} else {
		c->c_cflag &= ~(u32)CORE_PARENB;
	}
}

static u8 speed_of(const struct core_termios *c)
{
	return c->c_cflag & CORE_CBAUDEX ? 15 : (u8)(c->c_cflag & 017);
}

static long get_modes(int fd, guest_ptr to)
{
	struct core_termios c = {0};
	struct old_sgttyb s = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	s = (struct old_sgttyb){.ispeed = speed_of(&c),
				.ospeed = speed_of(&c),
				.erase = c.c_cc[CORE_VERASE],
				.kill = c.c_cc[CORE_VKILL],
				.flags = pdp_word(flags_of(&c))};
	return copy_to_guest(to, &s, sizeof(s));
}

static long set_modes(int fd, guest_ptr from, u32 how)
{
	struct core_termios c = {0};
	struct old_sgttyb s = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r == 0)
		r = copy_from_guest(&s, from, sizeof(s));
	if (r < 0)
		return r;
	if (s.ospeed != speed_of(&c))
		c.c_cflag = (c.c_cflag & ~(u32)CORE_CBAUD) | (s.ospeed & 017);
	c.c_cc[CORE_VERASE] = s.erase;
	c.c_cc[CORE_VKILL] = s.kill;
	set_flags(&c, pdp_get(s.flags));
	return EXO(ioctl, fd, how, &c);
}

/* ---- characters ---------------------------------------------------------------------------- */

static const u8 places[] = {CORE_VINTR, CORE_VQUIT, CORE_VSTART, CORE_VSTOP, CORE_VEOF, CORE_VEOL};

static long get_characters(int fd, guest_ptr to)
{
	struct core_termios c = {0};
	u8 out[sizeof(struct old_tchars)];
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	for (u32 i = 0; i < ARRAY_LEN(places); i++)
		out[i] = c.c_cc[places[i]] == CORE_VDISABLE ? OLD_OFF : c.c_cc[places[i]];
	return copy_to_guest(to, out, sizeof(out));
}

static long set_characters(int fd, guest_ptr from)
{
	struct core_termios c = {0};
	u8 in[sizeof(struct old_tchars)] = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r == 0)
		r = copy_from_guest(in, from, sizeof(in));
	if (r < 0)
		return r;
	for (u32 i = 0; i < ARRAY_LEN(places); i++)
		c.c_cc[places[i]] = in[i] == OLD_OFF ? CORE_VDISABLE : in[i];
	return EXO(ioctl, fd, CORE_TCSETS, &c);
}

/* ---- calls ----------------------------------------------------------------------------------- */

static long line_discipline(int fd, u32 request, guest_ptr p)
{
	struct pdp_word w = pdp_word(0);
	struct core_termios c = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	if (request == OLD_TIOCGETD)
		return copy_to_guest(p, &w, sizeof(w));
	if (copy_from_guest(&w, p, sizeof(w)) < 0)
		return -CORE_EFAULT;
	return pdp_get(w) == 0 ? 0 : -CORE_ENXIO;
}

static long hang_up_on_close(int fd)
{
	struct core_termios c = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	c.c_cflag |= CORE_HUPCL;
	return EXO(ioctl, fd, CORE_TCSETS, &c);
}

long research_ioctl(struct core_thread *t, FD fd, UINT request, INOUT argument)
{
	long r = research_fd(fd);

	(void)t;
	if (r < 0)
		return r;
	switch (request) {
	case OLD_FIOCLEX:
	case OLD_FIONCLEX:
		return EXO(fcntl, fd, CORE_F_SETFD, request == OLD_FIOCLEX ? CORE_FD_CLOEXEC : 0);
	case OLD_TIOCGETD:
	case OLD_TIOCSETD:
		return line_discipline(fd, request, argument);
	case OLD_TIOCHPCL:
		return hang_up_on_close(fd);
	case OLD_TIOCGETP:
		return get_modes(fd, argument);
	case OLD_TIOCSETP:
		return set_modes(fd, argument, CORE_TCSETSF);
	case OLD_TIOCSETN:
		return set_modes(fd, argument, CORE_TCSETS);
	case OLD_TIOCEXCL:
		return EXO(ioctl, fd, CORE_TIOCEXCL);
	case OLD_TIOCNXCL:
		return EXO(ioctl, fd, CORE_TIOCNXCL);
	case OLD_TIOCFLUSH:
		return EXO(ioctl, fd, CORE_TCFLSH, CORE_TCIOFLUSH);
	case OLD_TIOCGETC:
		return get_characters(fd, argument);
	case OLD_TIOCSETC:
		return set_characters(fd, argument);
	default:
		return -CORE_ENOTTY;
	}
}

long research_gtty(struct core_thread *t, FD fd, OUT sgttyb)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : get_modes(fd, sgttyb);
}

long research_stty(struct core_thread *t, FD fd, IN sgttyb)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : set_modes(fd, sgttyb, CORE_TCSETSF);
}

/* The First Edition's modes are these flags alone. */
long research_tty_flags(int fd)
{
	struct core_termios c = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	return r < 0 ? r : (long)flags_of(&c);
}

long research_tty_set_flags(int fd, u32 flags)
{
	struct core_termios c = {0};
	long r = EXO(ioctl, fd, CORE_TCGETS, &c);

	if (r < 0)
		return r;
	set_flags(&c, flags);
	return EXO(ioctl, fd, CORE_TCSETSF, &c);
}
