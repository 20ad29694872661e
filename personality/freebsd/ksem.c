/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/ksem.c: the kernel's POSIX semaphores, which programs of FreeBSD 7 and 8
 * use. Facts: sem(4), sys/kern/uipc_sem.c of FreeBSD 14 (ksem_*).
 *
 * An identifier is a descriptor there; here it is one of a page of shared memory with the
 * count in it, named as shm.c names its objects, or unnamed. The page is mapped as long as the
 * descriptor is open: a futex in it is waited for.
 */
#include "core/fd.h"
#include "core/memory.h"
#include "core/slab.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/shm.h"
#include "personality/freebsd/umtx.h"

#define PREFIX	  "/feuerbird.sem."
#define VALUE_MAX INT32_MAX
#define NSEC	  1000000000L

struct sem {
	struct core_fd_note note;
	guest_ptr value;   /* a u32, */
	guest_ptr waiters; /* and another */
	bool anonymous;
};

/* A lock of the process's covers it, which no fork cuts in two. */
static struct core_slab slab;

static struct exo_lock *slab_lock(void)
{
	return &core_self()->proc->handlers->lock;
}

static void release(struct core_fd_note *note)
{
	struct sem *s = (struct sem *)note;

	core_munmap(s->value.addr, PAGE_SIZE);
	exo_lock(slab_lock());
	core_slab_give(&slab, s);
	exo_unlock(slab_lock());
}

static const struct core_fd_ops ops = {CORE_FD_SEM, release, false};

/* ---- making ------------------------------------------------------------------------------- */

/* The descriptor becomes a semaphore, or is closed. */
static long adopt(int fd, bool anonymous, guest_ptr idp)
{
	struct sem *s;
	long r =
	    core_mmap(0, PAGE_SIZE, CORE_PROT_READ | CORE_PROT_WRITE, CORE_MAP_SHARED, fd, 0, 0);

	if (r >= 0) {
		guest_ptr page = gp((u64)r);

		exo_lock(slab_lock());
		if (!slab.size)
			core_slab_start(&slab, sizeof(*s));
		s = core_slab_take(&slab);
		exo_unlock(slab_lock());
		r = -CORE_ENOMEM;
		if (s) {
			s->value = page;
			s->waiters = gp_add(page, 4);
			s->anonymous = anonymous;
			r = core_fd_attach(fd, &ops, &s->note);
			if (r < 0)
				release(&s->note);
		} else {
			core_munmap(page.addr, PAGE_SIZE);
		}
	}
	if (r < 0) {
		EXO_NOW(close, fd);
		return r;
	}
	r = guest_write_u64(idp, (u64)fd);
	if (r < 0)
		core_close(fd);
	return r;
}

static long fill(long fd, u32 value)
{
	long r;

	if (fd < 0)
		return fd;
	r = EXO_NOW(ftruncate, fd, PAGE_SIZE);
	if (r == 0)
		r = EXO_NOW(pwrite64, fd, &value, sizeof(value), 0);
	if (r < 0)
		EXO_NOW(close, fd);
	return r < 0 ? r : fd;
}

long freebsd_ksem_init(struct core_thread *t, OUT idp, UINT value)
{
	long fd;

	(void)t;
	if (value > VALUE_MAX)
		return -CORE_EINVAL;
	if (guest_write_u64(idp, 0) < 0)
		return -CORE_EFAULT;
	fd = fill(EXO(memfd_create, "ksem", CORE_MFD_CLOEXEC), value);
	if (fd == -CORE_EMFILE || fd == -CORE_ENFILE)
		return -CORE_ENOSPC;
	return fd < 0 ? fd : adopt((int)fd, true, idp);
}

/* Nobody sees it before its count is set. */
static long make(const char *path, u32 mode, u32 value)
{
	char self[48];
	long fd = fill(EXO(open, exo_shared_memory_dir(),
			   CORE_O_TMPFILE | CORE_O_RDWR | CORE_O_CLOEXEC, mode & 0777),
		       value);
	long r;

	if (fd < 0)
		return fd;
	fb_format(self, sizeof(self), "/proc/self/fd/%ld", fd);
	r = EXO_NOW(linkat, CORE_AT_FDCWD, self, CORE_AT_FDCWD, path, CORE_AT_SYMLINK_FOLLOW);
	if (r < 0)
		EXO_NOW(close, fd);
	return r < 0 ? r : fd;
}

long freebsd_ksem_open(struct core_thread *t, OUT idp, STR name, OFLAGS oflag, MODE mode,
		       UINT value)
{
	struct freebsd_shared_name file;
	long r;

	(void)t;
	if ((oflag & ~(FREEBSD_O_CREAT | FREEBSD_O_EXCL)) || value > VALUE_MAX)
		return -CORE_EINVAL;
	if (guest_write_u64(idp, 0) < 0)
		return -CORE_EFAULT;
	r = freebsd_shared_name(name, PREFIX, &file);
	if (r < 0)
		return r;
	do {
		r = oflag & FREEBSD_O_CREAT ? make(file.path, mode, value) : -CORE_EEXIST;
		if (r == -CORE_EEXIST && !(oflag & FREEBSD_O_CREAT && oflag & FREEBSD_O_EXCL))
			r = EXO(open, file.path, CORE_O_RDWR | CORE_O_CLOEXEC | CORE_O_NOFOLLOW, 0);
	} while (r == -CORE_ENOENT && (oflag & FREEBSD_O_CREAT)); /* gone in between */
	return r < 0 ? r : adopt((int)r, false, idp);
}

long freebsd_ksem_unlink(struct core_thread *t, STR name)
{
	struct freebsd_shared_name file;
	long r = freebsd_shared_name(name, PREFIX, &file);

	(void)t;
	if (r == -CORE_EINVAL)
		return -CORE_ENOENT;
	if (r == 0)
		r = EXO(unlink, file.path);
	return r == -CORE_EPERM ? -CORE_EACCES : r;
}

static long end(int id, bool anonymous)
{
	struct sem *s = (struct sem *)core_fd_get(id, CORE_FD_SEM);
	u32 waiters = 0;
	long r = -CORE_EINVAL;

	if (!s)
		return r;
	if (s->anonymous == anonymous)
		r = anonymous ? guest_read_u32(s->waiters, &waiters) : 0;
	if (r == 0)
		r = waiters ? -CORE_EBUSY : core_close(id);
	core_fd_put(&s->note);
	return r;
}

long freebsd_ksem_close(struct core_thread *t, INT id)
{
	(void)t;
	return end(id, false);
}

long freebsd_ksem_destroy(struct core_thread *t, INT id)
{
	(void)t;
	return end(id, true);
}

/* ---- using -------------------------------------------------------------------------------- */

static long change_count(guest_ptr p, i32 by)
{
	u32 seen, old;

	if (guest_read_u32(p, &seen) < 0)
		return -CORE_EFAULT;
	do {
		old = seen;
		if (by < 0 && old == 0)
			return -CORE_EAGAIN;
		if (by > 0 && old >= VALUE_MAX)
			return -CORE_EOVERFLOW;
		if (guest_cas_u32(p, &seen, old + (u32)by) < 0)
			return -CORE_EFAULT;
	} while (seen != old);
	return 0;
}

long freebsd_ksem_post(struct core_thread *t, INT id)
{
	struct sem *s = (struct sem *)core_fd_get(id, CORE_FD_SEM);
	long r;

	(void)t;
	if (!s)
		return -CORE_EINVAL;
	r = change_count(s->value, 1);
	if (r == 0)
		freebsd_umtx_wake(s->value, 1, true, FREEBSD_UMTX_ALL);
	core_fd_put(&s->note);
	return r;
}

static long take(int id, bool wait, const struct freebsd_deadline *d)
{
	struct sem *s = (struct sem *)core_fd_get(id, CORE_FD_SEM);
	long r;

	if (!s)
		return -CORE_EINVAL;
	while ((r = change_count(s->value, -1)) == -CORE_EAGAIN && wait) {
		change_count(s->waiters, 1);
		r = freebsd_umtx_sleep(s->value, 0, true, FREEBSD_UMTX_ALL, d);
		change_count(s->waiters, -1);
		if (r < 0)
			break;
	}
	core_fd_put(&s->note);
	return r;
}

long freebsd_ksem_wait(struct core_thread *t, INT id)
{
	const struct freebsd_deadline never = {0};

	(void)t;
	return take(id, true, &never);
}

long freebsd_ksem_trywait(struct core_thread *t, INT id)
{
	(void)t;
	return take(id, false, NULL);
}

long freebsd_ksem_timedwait(struct core_thread *t, INT id, IN abstime)
{
	struct freebsd_deadline d = {.absolute = true, .clock = CORE_CLOCK_REALTIME};
	struct core_timespec ts;

	(void)t;
	if (abstime.addr) {
		if (copy_from_guest(&ts, abstime, sizeof(ts)) < 0)
			return -CORE_EFAULT;
		if (ts.tv_nsec < 0 || ts.tv_nsec >= NSEC)
			return -CORE_EINVAL;
		d.set = true;
		d.at = (struct exo_time){MAX(ts.tv_sec, 0), ts.tv_nsec};
	}
	return take(id, true, &d);
}

long freebsd_ksem_getvalue(struct core_thread *t, INT id, OUT val)
{
	struct sem *s = (struct sem *)core_fd_get(id, CORE_FD_SEM);
	u32 value;
	long r;

	(void)t;
	if (!s)
		return -CORE_EINVAL;
	r = guest_read_u32(s->value, &value);
	core_fd_put(&s->note);
	return r < 0 ? r : guest_write_u32(val, value);
}
