/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/fcntl.c: fcntl(2) and flock(2). Facts: fcntl(2), sys/fcntl.h,
 * sys/kern/kern_descrip.c (kern_fcntl) of FreeBSD 14.
 */
#include "core/fd.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/exec_note.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/result.h"

/* What F_SETFL changes; other bits of its argument are disregarded there too. */
#define SETFL_BITS                                                                                 \
	(FREEBSD_O_APPEND | FREEBSD_O_ASYNC | FREEBSD_O_NONBLOCK | FREEBSD_O_DIRECT |              \
	 FREEBSD_O_FSYNC | FREEBSD_O_DSYNC)

static long get_flags(int fd)
{
	long r = EXO(fcntl, fd, CORE_F_GETFL);
	int flags;

	if (r < 0)
		return r;
	/* O_TMPFILE and what else only the hub has says nothing about how the file is open. */
	core_to_freebsd_oflags((int)r, &flags);
	if (UNLIKELY(r & CORE_O_PATH) && freebsd_exec_flags(fd) >= 0)
		return freebsd_exec_flags(fd);
	return flags & (FREEBSD_O_ACCMODE | SETFL_BITS | FREEBSD_O_PATH);
}

/* The hub cannot make an open file synchronous, nor stop its being so. */
#define FIXED (FREEBSD_O_FSYNC | FREEBSD_O_DSYNC)

/*
 * F_GETFL and F_SETFL come in pairs: the thread remembers that what it asked about last is
 * not synchronous, and the second need not ask again.
 */
static long told_flags(struct core_thread *t, int fd)
{
	long now = get_flags(fd);

	t->abi_data[FREEBSD_T_UNFIXED] = now >= 0 && !(now & FIXED) ? (u64)fd + 1 : 0;
	return now;
}

static long set_flags(struct core_thread *t, int fd, int flags)
{
	bool unfixed = t->abi_data[FREEBSD_T_UNFIXED] == (u64)fd + 1;
	long now = unfixed ? 0 : get_flags(fd), r;
	int core;

	t->abi_data[FREEBSD_T_UNFIXED] = 0;
	if (now < 0)
		return now;
	if (((int)now ^ flags) & FIXED)
		return -CORE_EINVAL;
	freebsd_to_core_oflags(flags & SETFL_BITS, &core);
	r = EXO(fcntl, fd, CORE_F_SETFL, core);
	return UNLIKELY(r == -CORE_EBADF) && freebsd_exec_set_flags(fd, flags & SETFL_BITS) ? 0 : r;
}

/* The owner as a value could look like an error on the hub; its structure does not. */
static long get_owner(struct core_thread *t, int fd)
{
	struct core_f_owner_ex owner;
	long r = EXO(fcntl, fd, CORE_F_GETOWN_EX, &owner);

	if (r < 0)
		return r;
	return core_success(t, owner.type == CORE_F_OWNER_PGRP ? -(long)owner.pid : owner.pid);
}

static long lock(int fd, int cmd, guest_ptr p, size_t size)
{
	struct freebsd_flock guest = {0};
	struct core_flock core;
	int op;
	long r;

	if (copy_from_guest(&guest, p, size) < 0)
		return -CORE_EFAULT;
	if (!freebsd_to_core_fcntl(cmd, &op) || !freebsd_to_core_flock(&guest, &core))
		return -CORE_EINVAL;
	r = EXO(fcntl, fd, op, &core);
	if (r < 0 || op != CORE_F_GETLK)
		return r;
	if (core.l_type == CORE_F_UNLCK) {
		/* Nothing in the way: only the type changes. */
		guest.l_type = FREEBSD_F_UNLCK;
	} else if (!core_to_freebsd_flock(&core, &guest)) {
		return -CORE_EINVAL;
	}
	return copy_to_guest(p, &guest, size);
}

static long dup_to(int fd, i64 arg, bool cloexec)
{
	long r;

	if (arg < 0 || arg > INT32_MAX)
		return -CORE_EBADF;
	if (fd != (int)arg)
		return core_dup2(fd, (int)arg, cloexec ? CORE_O_CLOEXEC : 0);
	r = cloexec ? EXO(fcntl, fd, CORE_F_SETFD, CORE_FD_CLOEXEC) : EXO(fcntl, fd, CORE_F_GETFD);
	return r < 0 ? r : fd;
}

static long dup_above(int fd, i64 arg, bool cloexec)
{
	if (arg < 0 || arg > INT32_MAX)
		return -CORE_EINVAL;
	return core_dup_from(fd, (int)arg, cloexec);
}

/* A hint: sequential reading, or no more of it. */
static long read_ahead(int fd, bool on)
{
	long r = EXO(fadvise64, fd, 0, 0, on ? CORE_POSIX_FADV_SEQUENTIAL : CORE_POSIX_FADV_NORMAL);

	return r == -CORE_ESPIPE ? -CORE_EBADF : r;
}

long freebsd_fcntl(struct core_thread *t, FD fd, INT cmd, FCNTLARG arg)
{
	guest_ptr p = gp((u64)arg);

	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	switch (cmd) {
	case FREEBSD_F_DUPFD:
	case FREEBSD_F_DUPFD_CLOEXEC:
		return dup_above(fd, arg, cmd == FREEBSD_F_DUPFD_CLOEXEC);
	case FREEBSD_F_DUP2FD:
	case FREEBSD_F_DUP2FD_CLOEXEC:
		return dup_to(fd, arg, cmd == FREEBSD_F_DUP2FD_CLOEXEC);
	case FREEBSD_F_GETFD:
		return EXO(fcntl, fd, CORE_F_GETFD);
	case FREEBSD_F_SETFD:
		return EXO(fcntl, fd, CORE_F_SETFD, arg & CORE_FD_CLOEXEC);
	case FREEBSD_F_GETFL:
		return told_flags(t, fd);
	case FREEBSD_F_SETFL:
		return set_flags(t, fd, (int)arg);
	case FREEBSD_F_GETOWN:
		return get_owner(t, fd);
	case FREEBSD_F_SETOWN:
		return EXO(fcntl, fd, CORE_F_SETOWN, (i32)arg);
	case FREEBSD_F_GETLK:
	case FREEBSD_F_SETLK:
	case FREEBSD_F_SETLKW:
		return lock(fd, cmd, p, sizeof(struct freebsd_flock));
	case FREEBSD_F_OGETLK:
	case FREEBSD_F_OSETLK:
	case FREEBSD_F_OSETLKW:
		return lock(fd, cmd, p, sizeof(struct freebsd_oflock));
	case FREEBSD_F_RDAHEAD:
		return read_ahead(fd, arg != 0);
	case FREEBSD_F_READAHEAD:
		return read_ahead(fd, (i64)arg >= 0);
	case FREEBSD_F_ADD_SEALS:
		return EXO(fcntl, fd, CORE_F_ADD_SEALS, arg);
	case FREEBSD_F_GET_SEALS: {
		long r = EXO(fcntl, fd, CORE_F_GET_SEALS);

		return r < 0 ? r : r & 0xf; /* the four FreeBSD has */
	}
	case FREEBSD_F_ISUNIONSTACK: {
		long r = EXO(fcntl, fd, CORE_F_GETFD);

		return r < 0 ? r : 0;
	}
	default:
		return -CORE_EINVAL;
	}
}

/* LOCK_UN goes before LOCK_EX, that before LOCK_SH; other bits are disregarded. */
long freebsd_flock(struct core_thread *t, FD fd, INT how)
{
	struct core_stat st;
	u32 type;
	int op;
	long r = EXO(fstat, fd, &st);

	(void)t;
	if (r < 0)
		return r;
	type = st.st_mode & CORE_S_IFMT;
	if (type == CORE_S_IFIFO || type == CORE_S_IFSOCK || !type)
		return -CORE_EOPNOTSUPP;
	if (how & FREEBSD_LOCK_UN)
		op = CORE_LOCK_UN;
	else if (how & FREEBSD_LOCK_EX)
		op = CORE_LOCK_EX;
	else if (how & FREEBSD_LOCK_SH)
		op = CORE_LOCK_SH;
	else
		return -CORE_EBADF;
	return EXO(flock, fd, how & FREEBSD_LOCK_NB ? op | CORE_LOCK_NB : op);
}
