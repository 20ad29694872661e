/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/sysv_file.c: files of System III: open(2) with flags, fcntl(2), and reads
 * and writes that do not wait, which end with nothing where others fail.
 *
 * Facts: usr/src/uts/pdp11/os/sys2.c, sys3.c, sys4.c, pipe.c, rdwri.c, utssys.c.
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/research/abi_usg.h"
#include "personality/research/calls.h"

long research_usg_read(struct core_thread *t, FD fd, OUT buf, UINT n)
{
	long r = research_read(t, fd, buf, n);

	return r == -CORE_EAGAIN ? 0 : r;
}

long research_usg_write(struct core_thread *t, FD fd, IN buf, UINT n)
{
	long r = research_write(t, fd, buf, n);

	return r == -CORE_EAGAIN ? 0 : r;
}

long research_usg_open(struct core_thread *t, PATH path, INT flags, MODE mode)
{
	char name[RESEARCH_PATH];
	int core = flags & USG_O_ACCMODE;
	long r = research_path(path, flags & USG_O_CREAT ? RESEARCH_NAME : RESEARCH_FILE, name);

	(void)t;
	if (core == USG_O_ACCMODE)
		return -CORE_EINVAL;
	if (r < 0)
		return r;
	core |= flags & USG_O_NDELAY ? CORE_O_NONBLOCK : 0;
	core |= flags & USG_O_APPEND ? CORE_O_APPEND : 0;
	core |= flags & USG_O_CREAT ? CORE_O_CREAT : 0;
	core |= flags & USG_O_TRUNC ? CORE_O_TRUNC : 0;
	core |= (flags & USG_O_CREAT) && (flags & USG_O_EXCL) ? CORE_O_EXCL : 0;
	return research_new_fd(EXO(open, name, core, mode & 06777));
}

/* A whence it does not know is an error, and a signal. */
long research_usg_lseek(struct core_thread *t, FD fd, OFF off, UINT whence)
{
	long r = research_fd(fd);

	if (r == 0)
		r = EXO(lseek, fd, off, (int)MIN(whence, 2u));
	if (r < 0)
		return r;
	if (whence <= 2)
		return research_long((u32)r);
	research_raise(t, 12);
	return -CORE_EINVAL;
}

long research_usg_fcntl(struct core_thread *t, FD fd, INT cmd, INT arg)
{
	enum { DUPFD, GETFD, SETFD, GETFL, SETFL };
	long r = research_fd(fd);

	(void)t;
	if (r < 0)
		return r;
	switch (cmd) {
	case DUPFD:
		if (arg < 0 || arg > research.version->nofile)
			return -CORE_EINVAL;
		return research_new_fd(core_dup_from(fd, arg, false));
	case GETFD:
		return EXO(fcntl, fd, CORE_F_GETFD);
	case SETFD:
		r = EXO(fcntl, fd, CORE_F_SETFD, arg & 1);
		return r < 0 ? r : fd; /* r0 stays */
	case GETFL:
		r = EXO(fcntl, fd, CORE_F_GETFL);
		return r < 0 ? r
			     : (r & CORE_O_ACCMODE) | (r & CORE_O_NONBLOCK ? USG_O_NDELAY : 0) |
				   (r & CORE_O_APPEND ? USG_O_APPEND : 0);
	case SETFL:
		r = EXO(fcntl, fd, CORE_F_SETFL,
			(arg & USG_O_NDELAY ? CORE_O_NONBLOCK : 0) |
			    (arg & USG_O_APPEND ? CORE_O_APPEND : 0));
		return r < 0 ? r : fd;
	default:
		return -CORE_EINVAL;
	}
}

/* Without times it is now, for whoever may write. */
long research_usg_utime(struct core_thread *t, PATH path, IN times)
{
	char name[RESEARCH_PATH];
	long r;

	if (research_addr(times))
		return research_utime(t, path, times);
	r = research_path(path, RESEARCH_FILE, name);
	return r < 0 ? r : EXO(utimensat, CORE_AT_FDCWD, name, NULL, 0);
}

/* ---- ustat ---------------------------------------------------------------------------------- */

/* Reads /proc/self/mountinfo by bytes: its lines have no length worth a buffer. */
struct lines {
	int fd;
	u32 at, end;
	char buf[512];
};

static int next(struct lines *l)
{
	if (l->at == l->end) {
		long n = EXO_NOW(read, l->fd, l->buf, sizeof(l->buf));

		if (n <= 0)
			return -1;
		l->at = 0;
		l->end = (u32)n;
	}
	return (u8)l->buf[l->at++];
}

/* A field up to a blank, as much of it as there is room for; false at a line's or the file's end.
 */
static bool field(struct lines *l, char *to, u32 room)
{
	u32 n = 0;
	int c;

	while ((c = next(l)) >= 0 && c != ' ' && c != '\n')
		if (n + 1 < room)
			to[n++] = (char)c;
	to[n] = '\0';
	return c == ' ';
}

static u64 number(const char **s)
{
	u64 n = 0;

	while (**s >= '0' && **s <= '9')
		n = n * 10 + (u64)(*(*s)++ - '0');
	return n;
}

/* "major:minor" as stat has it. */
static u64 device(const char *s)
{
	u64 major = number(&s), minor;

	s += *s == ':';
	minor = number(&s);
	return (minor & 0xff) | major << 8 | (minor & ~0xffUL) << 12;
}

/* Where the file system dev is mounted: `id parent major:minor root place ...` */
static bool find_mount(u64 dev, char *place, u32 room)
{
	struct lines l = {
	    .fd = (int)EXO_NOW(open, "/proc/self/mountinfo", CORE_O_RDONLY | CORE_O_CLOEXEC)};
	char text[32];
	bool found = false;
	int c = 0;

	while (l.fd >= 0 && !found && c >= 0) {
		bool whole = field(&l, text, sizeof(text)) && field(&l, text, sizeof(text)) &&
			     field(&l, text, sizeof(text));
		u64 is = device(text);

		whole = whole && field(&l, place, room) && field(&l, place, room);
		found = whole && is == dev && !strchr(place, '\\');
		while (whole && !found && (c = next(&l)) >= 0 && c != '\n')
			;
		if (!whole)
			c = -1;
	}
	if (l.fd >= 0)
		EXO_NOW(close, l.fd);
	return found;
}

bool research_space_on(u16 dev, struct core_statfs *fs)
{
	char place[RESEARCH_PATH];
	u64 host;

	return research_dev_back(dev, &host) && find_mount(host, place, sizeof(place)) &&
	       EXO(statfs, place, fs) == 0;
}

long research_usg_ustat(guest_ptr buf, u16 dev)
{
	struct core_statfs fs;
	struct usg_ustat out = {.tinode = pdp_word(0)};

	if (!research_space_on(dev, &fs))
		return -CORE_EINVAL;
	out.tfree = pdp_long((u32)MIN(fs.f_bfree * ((u64)fs.f_bsize / USG_BLOCK), (u64)INT32_MAX));
	out.tinode = pdp_word(MIN(fs.f_ffree, 65535UL));
	return copy_to_guest(buf, &out, sizeof(out));
}
