/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/tty.c: ioctl(2) of terminals and of every descriptor.
 *
 * Requests the hub has under another number, with the same argument, are rows of a table;
 * those whose argument differs are functions. What nobody knows is ENOTTY, as in FreeBSD.
 * Facts: sys/ttycom.h, sys/filio.h, sys/sockio.h; tty(4), termios(4), ioctl(2).
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/convert_tty.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/path.h"

/* The argument is an address of the same thing, or there is none. */
static const struct {
	u32 guest, core;
} same[] = {
    {FREEBSD_FIOCLEX, CORE_FIOCLEX},	   {FREEBSD_FIONCLEX, CORE_FIONCLEX},
    {FREEBSD_FIONREAD, CORE_FIONREAD},	   {FREEBSD_FIONBIO, CORE_FIONBIO},
    {FREEBSD_FIOASYNC, CORE_FIOASYNC},	   {FREEBSD_TIOCEXCL, CORE_TIOCEXCL},
    {FREEBSD_TIOCNXCL, CORE_TIOCNXCL},	   {FREEBSD_TIOCGPGRP, CORE_TIOCGPGRP},
    {FREEBSD_TIOCSPGRP, CORE_TIOCSPGRP},   {FREEBSD_TIOCGSID, CORE_TIOCGSID},
    {FREEBSD_TIOCNOTTY, CORE_TIOCNOTTY},   {FREEBSD_TIOCOUTQ, CORE_TIOCOUTQ},
    {FREEBSD_TIOCSTI, CORE_TIOCSTI},	   {FREEBSD_TIOCGWINSZ, CORE_TIOCGWINSZ},
    {FREEBSD_TIOCSWINSZ, CORE_TIOCSWINSZ}, {FREEBSD_TIOCSBRK, CORE_TIOCSBRK},
    {FREEBSD_TIOCCBRK, CORE_TIOCCBRK},	   {FREEBSD_TIOCMGET, CORE_TIOCMGET},
    {FREEBSD_TIOCMSET, CORE_TIOCMSET},	   {FREEBSD_TIOCMBIS, CORE_TIOCMBIS},
    {FREEBSD_TIOCMBIC, CORE_TIOCMBIC},	   {FREEBSD_TIOCPKT, CORE_TIOCPKT},
    {FREEBSD_TIOCGPTN, CORE_TIOCGPTN},	   {FREEBSD_FIONWRITE, CORE_TIOCOUTQ},
    {FREEBSD_SIOCATMARK, CORE_SIOCATMARK},
};

_Static_assert(sizeof(struct freebsd_winsize) == sizeof(struct core_winsize), "the same window");
_Static_assert(FREEBSD_TIOCM_DTR == CORE_TIOCM_DTR && FREEBSD_TIOCM_DSR == CORE_TIOCM_DSR,
	       "modem lines pass through");

/* A descriptor that is no terminal says EINVAL for some of the hub's requests. */
static long tty_error(long r)
{
	return r == -CORE_EINVAL ? -CORE_ENOTTY : r;
}

static long get_termios(int fd, guest_ptr data)
{
	struct core_termios2 core;
	struct freebsd_termios termios;
	long r = EXO(ioctl, fd, CORE_TCGETS2, &core);

	if (r < 0)
		return tty_error(r);
	/* Output delays and their like, which FreeBSD cannot show, are left out. */
	core_to_freebsd_termios(&core, &termios);
	return copy_to_guest(data, &termios, sizeof(termios));
}

static long set_termios(int fd, u32 request, guest_ptr data)
{
	struct core_termios2 core, now;
	struct freebsd_termios termios;
	u32 ignore;
	long r;

	if (copy_from_guest(&termios, data, sizeof(termios)) < 0)
		return -CORE_EFAULT;
	/* TCSASOFT of tcsetattr(3): the line is left as it is. */
	ignore = termios.c_cflag & FREEBSD_CIGNORE;
	termios.c_cflag = ignore ? 0 : termios.c_cflag;
	if (!freebsd_to_core_termios(&termios, &core))
		return -CORE_EINVAL;
	if (ignore) {
		r = EXO(ioctl, fd, CORE_TCGETS2, &now);
		if (r < 0)
			return tty_error(r);
		core.c_cflag = now.c_cflag;
		core.c_ispeed = now.c_ispeed;
		core.c_ospeed = now.c_ospeed;
	}
	return tty_error(EXO(ioctl, fd, request, &core));
}

static long flush(int fd, guest_ptr data)
{
	enum { IN_QUEUE = 1, OUT_QUEUE = 2 }; /* FREAD, FWRITE */
	u32 which;

	if (guest_read_u32(data, &which) < 0)
		return -CORE_EFAULT;
	switch (which & (IN_QUEUE | OUT_QUEUE)) {
	case IN_QUEUE:
		return EXO(ioctl, fd, CORE_TCFLSH, CORE_TCIFLUSH);
	case OUT_QUEUE:
		return EXO(ioctl, fd, CORE_TCFLSH, CORE_TCOFLUSH);
	default:
		return EXO(ioctl, fd, CORE_TCFLSH, CORE_TCIOFLUSH);
	}
}

static long is_master(int fd)
{
	u32 number;

	return EXO(ioctl, fd, CORE_TIOCGPTN, &number) < 0 ? -CORE_ENOTTY : 0;
}

static long give_name(const struct freebsd_fiodgname_arg *arg, const char *name)
{
	size_t len = strlen(name) + 1;

	return arg->len < 0 || (size_t)arg->len < len ? -CORE_EINVAL
						      : copy_to_guest(gp(arg->buf), name, len);
}

/* The name below /dev of a device: fdevname(3). */
static long device_name(int fd, guest_ptr data)
{
	struct freebsd_fiodgname_arg arg;
	char self[FREEBSD_FD_PATH_MAX], name[128];
	u32 number;
	struct core_stat st;
	long r;

	if (copy_from_guest(&arg, data, sizeof(arg)) < 0)
		return -CORE_EFAULT;
	r = EXO(fstat, fd, &st);
	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFCHR)
		return -CORE_ENOTTY;
	/* Both sides of a pseudo-terminal have the name of the one that is opened by it. */
	if (EXO(ioctl, fd, CORE_TIOCGPTN, &number) == 0) {
		fb_format(name, sizeof(name), "pts/%u", number);
		return give_name(&arg, name);
	}
	r = EXO_NOW(readlinkat, CORE_AT_FDCWD, freebsd_fd_path(fd, self), name, sizeof(name) - 1);
	if (r < 6 || strncmp(name, "/dev/", 5) != 0)
		return -CORE_EINVAL;
	name[r] = '\0';
	return give_name(&arg, name + 5);
}

static long set_owner(int fd, guest_ptr data)
{
	u32 owner;

	if (guest_read_u32(data, &owner) < 0)
		return -CORE_EFAULT;
	return EXO(fcntl, fd, CORE_F_SETOWN, (i32)owner);
}

static long get_owner(int fd, guest_ptr data)
{
	struct core_f_owner_ex owner;
	long r = EXO(fcntl, fd, CORE_F_GETOWN_EX, &owner);

	if (r < 0)
		return r;
	return guest_write_u32(data,
			       (u32)(owner.type == CORE_F_OWNER_PGRP ? -owner.pid : owner.pid));
}

/* There is one line discipline, and it cannot be changed. */
static long line_discipline(int fd, guest_ptr data)
{
	struct core_termios2 core;
	long r = EXO(ioctl, fd, CORE_TCGETS2, &core);

	return r < 0 ? tty_error(r) : guest_write_u32(data, FREEBSD_TTYDISC);
}

/* The offset is in and out. */
static long seek_hole(int fd, int whence, guest_ptr data)
{
	u64 offset;
	long r;

	if (guest_read_u64(data, &offset) < 0)
		return -CORE_EFAULT;
	r = EXO(lseek, fd, offset, whence);
	return r < 0 ? r : guest_write_u64(data, (u64)r);
}

long freebsd_ioctl(struct core_thread *t, FD fd, IOCTL com, INOUT data)
{
	u32 request = (u32)com;

	(void)t;
	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		if (same[i].guest == request)
			return EXO(ioctl, fd, same[i].core, data.addr);
	}
	switch (request) {
	case FREEBSD_TIOCGETA:
		return get_termios(fd, data);
	case FREEBSD_TIOCSETA:
		return set_termios(fd, CORE_TCSETS2, data);
	case FREEBSD_TIOCSETAW:
		return set_termios(fd, CORE_TCSETSW2, data);
	case FREEBSD_TIOCSETAF:
		return set_termios(fd, CORE_TCSETSF2, data);
	case FREEBSD_TIOCSCTTY:
		return EXO(ioctl, fd, CORE_TIOCSCTTY, 0);
	case FREEBSD_TIOCFLUSH:
		return flush(fd, data);
	case FREEBSD_TIOCDRAIN:
		return EXO(ioctl, fd, CORE_TCSBRK, 1);
	case FREEBSD_TIOCSTOP:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOOFF);
	case FREEBSD_TIOCSTART:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOON);
	case FREEBSD_TIOCPTMASTER:
		return is_master(fd);
	case FREEBSD_TIOCGETD:
		return line_discipline(fd, data);
	case FREEBSD_FIODGNAME:
		return device_name(fd, data);
	case FREEBSD_FIOSETOWN:
	case FREEBSD_SIOCSPGRP:
		return set_owner(fd, data);
	case FREEBSD_FIOGETOWN:
	case FREEBSD_SIOCGPGRP:
		return get_owner(fd, data);
	case FREEBSD_FIOSEEKDATA:
		return seek_hole(fd, CORE_SEEK_DATA, data);
	case FREEBSD_FIOSEEKHOLE:
		return seek_hole(fd, CORE_SEEK_HOLE, data);
	default: {
		long r = EXO(fcntl, fd, CORE_F_GETFD);

		return r < 0 ? r : -CORE_ENOTTY;
	}
	}
}
