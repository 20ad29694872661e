/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/ioctl.c: ioctl(2) of every descriptor; those of terminals are in tty.c.
 *
 * Requests the hub has under another number, with the same argument, are rows of a table;
 * those whose argument differs are functions. What nobody knows is ENOTTY, as in FreeBSD.
 * Facts: sys/filio.h, sys/sockio.h, netinet6/nd6.h and nd6.c, sys/conf.h; ioctl(2),
 * sys/fs/devfs/devfs_vnops.c (devfs_ioctl), sys/kern/sys_socket.c (soo_ioctl).
 */
#include "core/fd.h"
#include "exo/note.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/abi_tty.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/path.h"
#include "personality/freebsd/tty.h"

#define DEVICE_NAME_MAX 128

/* The argument is an address of the same thing, or there is none. */
static const struct {
	u32 guest, core;
} same[] = {
    {FREEBSD_FIOCLEX, CORE_FIOCLEX},	{FREEBSD_FIONCLEX, CORE_FIONCLEX},
    {FREEBSD_FIONBIO, CORE_FIONBIO},	{FREEBSD_FIOASYNC, CORE_FIOASYNC},
    {FREEBSD_FIONWRITE, CORE_TIOCOUTQ}, {FREEBSD_SIOCATMARK, CORE_SIOCATMARK},
};

/* What kind of device: terminals and disks have a type of their own, the rest of them none. */
static long device_type(int fd, guest_ptr data)
{
	enum { D_DISK = 2, D_TTY = 4 };
	struct core_stat st;
	long r = EXO(fstat, fd, &st);

	if (r < 0)
		return r;
	switch (st.st_mode & CORE_S_IFMT) {
	case CORE_S_IFBLK:
		return guest_write_u32(data, D_DISK);
	case CORE_S_IFCHR:
		return guest_write_u32(data, freebsd_tty_kind(fd) == FREEBSD_TTY_NONE ? 0 : D_TTY);
	default:
		return -CORE_ENOTTY;
	}
}

/* The name below /dev of an open device, NUL included: its length or an error. */
static long name_of_device(int fd, char name[DEVICE_NAME_MAX])
{
	char self[FREEBSD_FD_PATH_MAX], path[DEVICE_NAME_MAX + 5];
	struct core_stat st;
	u32 number;
	long r = EXO(fstat, fd, &st);

	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFCHR)
		return -CORE_ENOTTY;
	/* A master answers with the name of the slave: ptsname(3). */
	if (EXO_NOW(ioctl, fd, CORE_TIOCGPTN, &number) < 0) {
		if (!freebsd_tty_is_pts(st.st_rdev)) {
			r = EXO_NOW(readlinkat, CORE_AT_FDCWD, freebsd_fd_path(fd, self), path,
				    sizeof(path) - 1);
			if (r < 6 || strncmp(path, "/dev/", 5) != 0)
				return -CORE_EINVAL;
			path[r] = '\0';
			return (long)fb_strlcpy(name, path + 5, DEVICE_NAME_MAX) + 1;
		}
		number = core_dev_minor(st.st_rdev);
	}
	return (long)fb_format(name, DEVICE_NAME_MAX, "pts/%u", number) + 1;
}

/* fdevname(3) */
static long device_name(int fd, guest_ptr data)
{
	struct freebsd_fiodgname_arg arg;
	char name[DEVICE_NAME_MAX];
	long r;

	if (copy_from_guest(&arg, data, sizeof(arg)) < 0)
		return -CORE_EFAULT;
	r = name_of_device(fd, name);
	if (r < 0)
		return r;
	return r > arg.len ? -CORE_EINVAL : copy_to_guest(gp(arg.buf), name, (size_t)r);
}

/* ---- queues ------------------------------------------------------------------------------ */

/* Nothing can be read at the end of a pipe that is for writing, whatever is in it. */
static bool only_writes(int fd)
{
	return (EXO_NOW(fcntl, fd, CORE_F_GETFL) & CORE_O_ACCMODE) == CORE_O_WRONLY &&
	       EXO_NOW(fcntl, fd, CORE_F_GETPIPE_SZ) > 0;
}

/* Of a master whose slaves are all closed a byte is said to be there, so that it is read. */
static long readable_bytes(int fd, guest_ptr data)
{
	struct core_pollfd p = {fd, CORE_POLLIN, 0};
	long r = EXO(ioctl, fd, CORE_FIONREAD, data.addr);
	u32 n;

	if (r < 0)
		return r;
	if (guest_read_u32(data, &n) < 0)
		return -CORE_EFAULT;
	if (n == 0 && freebsd_tty_kind(fd) == FREEBSD_TTY_MASTER && EXO_NOW(poll, &p, 1, 0) > 0 &&
	    p.revents & CORE_POLLHUP)
		return guest_write_u32(data, 1);
	return n > 0 && only_writes(fd) ? guest_write_u32(data, 0) : 0;
}

/* The hub's buffer is twice what SO_SNDBUF says, and what is used of it too but for TCP. */
static long send_space(int fd, guest_ptr data)
{
	u32 size, len = sizeof(size), used = 0, protocol = 0;
	long r = EXO(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_SNDBUF, &size, &len);

	if (r == -CORE_ENOTSOCK)
		return -CORE_ENOTTY;
	if (r < 0)
		return r;
	EXO_NOW(ioctl, fd, CORE_SIOCOUTQ, &used);
	EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_PROTOCOL, &protocol, &len);
	if (protocol != CORE_IPPROTO_TCP)
		used /= 2;
	size /= 2;
	return guest_write_u32(data, size > used ? size - used : 0);
}

/* ---- owners and holes -------------------------------------------------------------------- */

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

/*
 * Resolvers ask this of every interface with an address of IPv6: one that does not answer is
 * none of IPv6's to them. The host tells no such things of a neighbour's times; they are
 * FreeBSD's defaults.
 */
static long neighbour_info(int fd, guest_ptr data)
{
	struct freebsd_in6_ndireq nd;
	struct core_ifreq ifr = {0};
	u32 length = sizeof(i32);
	i32 domain;
	long r = EXO(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_DOMAIN, &domain, &length);

	if (r < 0)
		return r == -CORE_ENOTSOCK ? -CORE_ENOTTY : r;
	if (copy_from_guest(&nd, data, sizeof(nd)) < 0)
		return -CORE_EFAULT;
	memcpy(ifr.ifr_name, nd.ifname, sizeof(ifr.ifr_name));
	r = EXO(ioctl, fd, CORE_SIOCGIFMTU, (u64)(uintptr_t)&ifr);
	if (r < 0)
		return r == -CORE_ENODEV ? -CORE_ENXIO : r;
	if (domain != CORE_AF_INET6)
		return -CORE_EINVAL;
	nd.linkmtu = nd.maxmtu = (u32)ifr.ifr_ivalue;
	nd.basereachable = nd.reachable = 30000;
	nd.retrans = 1000;
	nd.flags = FREEBSD_ND6_IFF_PERFORMNUD | FREEBSD_ND6_IFF_AUTO_LINKLOCAL;
	nd.recalctm = 0;
	nd.chlim = 64;
	nd.initialized = 1;
	memset(nd.random, 0, sizeof(nd.random));
	return copy_to_guest(data, &nd, sizeof(nd));
}

/* IOC_VOID with a size: the argument itself is the word. */
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
	if (FREEBSD_IOCGROUP(request) == 't')
		return freebsd_tty_ioctl(fd, request, data);
	switch (request) {
	case FREEBSD_FIONREAD:
		return readable_bytes(fd, data);
	case FREEBSD_FIONSPACE:
		return send_space(fd, data);
	case FREEBSD_FIODTYPE:
		return device_type(fd, data);
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
	case FREEBSD_SIOCGIFINFO_IN6:
		return neighbour_info(fd, data);
	default: {
		long r = EXO(fcntl, fd, CORE_F_GETFD);

		exo_note(ROOM_PERSONALITY, NOTE_WARN, "ioctl %x is not known", request);
		return r < 0 ? r : -CORE_ENOTTY;
	}
	}
}
