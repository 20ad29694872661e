/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/special.c: descriptors that are no files, and a few small services.
 *
 * eventfd, timerfd and inotify are the same objects on the hub; membarrier's commands are the
 * same numbers. Facts: eventfd(2), timerfd(2), membarrier(2), kcmp(2), uuidgen(2) of FreeBSD 14,
 * sys/specialfd.h, sys/timerfd.h, sys/membarrier.h, sys/uuid.h; of FreeBSD 15
 * sys/kern/vfs_inotify.c, sys/kern/sys_generic.c (kern_exterrctl).
 */
#include "core/fd.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/bits.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/freebsd.h"

/* ---- eventfd ------------------------------------------------------------------------------ */

static const struct bit_pair eventfd_flags[] = {
    {FREEBSD_EFD_SEMAPHORE, CORE_EFD_SEMAPHORE},
    {FREEBSD_EFD_NONBLOCK, CORE_EFD_NONBLOCK},
    {FREEBSD_EFD_CLOEXEC, CORE_EFD_CLOEXEC},
};

static long open_eventfd(guest_ptr req, u64 len)
{
	struct freebsd_specialfd_eventfd event;
	u32 flags;

	if (len != sizeof(event))
		return -CORE_EINVAL;
	if (copy_from_guest(&event, req, sizeof(event)) < 0)
		return -CORE_EFAULT;
	if (!bits_to_core(eventfd_flags, ARRAY_LEN(eventfd_flags), (u32)event.flags, &flags))
		return -CORE_EINVAL;
	return EXO(eventfd2, event.initval, flags);
}

/* ---- inotify, of FreeBSD 15 ------------------------------------------------------------------ */

static const struct bit_pair inotify_flags[] = {
    {FREEBSD_IN_NONBLOCK, CORE_IN_NONBLOCK},
    {FREEBSD_IN_CLOEXEC, CORE_IN_CLOEXEC},
};

#define WATCH_FLAGS                                                                                \
	(FREEBSD_IN_ONLYDIR | FREEBSD_IN_DONT_FOLLOW | FREEBSD_IN_EXCL_UNLINK |                    \
	 FREEBSD_IN_MASK_CREATE | FREEBSD_IN_MASK_ADD | FREEBSD_IN_ONESHOT)
_Static_assert(FREEBSD_IN_ALL_EVENTS ==
		       (CORE_IN_ACCESS | CORE_IN_MODIFY | CORE_IN_ATTRIB | CORE_IN_CLOSE_WRITE |
			CORE_IN_CLOSE_NOWRITE | CORE_IN_OPEN | CORE_IN_MOVED_FROM |
			CORE_IN_MOVED_TO | CORE_IN_CREATE | CORE_IN_DELETE | CORE_IN_DELETE_SELF |
			CORE_IN_MOVE_SELF) &&
		   FREEBSD_IN_UNMOUNT == CORE_IN_UNMOUNT &&
		   WATCH_FLAGS == (CORE_IN_ONLYDIR | CORE_IN_DONT_FOLLOW | CORE_IN_EXCL_UNLINK |
				   CORE_IN_MASK_CREATE | CORE_IN_MASK_ADD | CORE_IN_ONESHOT),
	       "the mask of a watch passes through");

static long open_inotify(guest_ptr req, u64 len)
{
	struct freebsd_specialfd_inotify notify;
	u32 flags;

	if (len != sizeof(notify))
		return -CORE_EINVAL;
	if (copy_from_guest(&notify, req, sizeof(notify)) < 0)
		return -CORE_EFAULT;
	if (!bits_to_core(inotify_flags, ARRAY_LEN(inotify_flags), (u32)notify.flags, &flags))
		return -CORE_EINVAL;
	return EXO(inotify_init1, flags);
}

/* The hub's call takes no directory: what the name means is opened and watched by its number. */
static long watch_below(int fd, int dfd, guest_ptr path, u32 mask)
{
	u32 follow = mask & FREEBSD_IN_DONT_FOLLOW ? CORE_O_NOFOLLOW : 0;
	char self[32];
	long at = EXO(openat, dfd, path.addr, CORE_O_PATH | CORE_O_CLOEXEC | follow), r;

	if (at < 0)
		return at;
	fb_format(self, sizeof(self), "/proc/self/fd/%ld", at);
	r = EXO_NOW(inotify_add_watch, fd, self, mask & ~(u32)FREEBSD_IN_DONT_FOLLOW);
	EXO_NOW(close, at);
	return r;
}

long freebsd_inotify_add_watch_at(struct core_thread *t, FD fd, FD dfd, PATH path, HEX mask)
{
	(void)t;
	if (!(mask & FREEBSD_IN_ALL_EVENTS) ||
	    mask & ~(u32)(FREEBSD_IN_ALL_EVENTS | WATCH_FLAGS | FREEBSD_IN_UNMOUNT))
		return -CORE_EINVAL;
	if (core_fd_hidden(fd) || core_fd_hidden(dfd))
		return -CORE_EBADF;
	return dfd == FREEBSD_AT_FDCWD ? EXO(inotify_add_watch, fd, path.addr, mask)
				       : watch_below(fd, dfd, path, mask);
}

long freebsd_inotify_rm_watch(struct core_thread *t, FD fd, INT wd)
{
	(void)t;
	return core_fd_hidden(fd) ? -CORE_EBADF : EXO(inotify_rm_watch, fd, wd);
}

long freebsd___specialfd(struct core_thread *t, INT type, IN req, SIZE len)
{
	(void)t;
	switch (type) {
	case FREEBSD_SPECIALFD_EVENTFD:
		return open_eventfd(req, len);
	case FREEBSD_SPECIALFD_INOTIFY:
		return open_inotify(req, len);
	default:
		return -CORE_EINVAL;
	}
}

/* ---- errors with more than a number, of FreeBSD 15 ---------------------------------------------
 */

/* The kernel writes what it has to add behind the version. None of our errors has anything. */
long freebsd_exterrctl(struct core_thread *t, UINT op, HEX flags, INOUT ptr)
{
	u64 *on = &t->abi_data[FREEBSD_T_EXTERR];
	u32 version;

	if (flags & ~(u32)FREEBSD_EXTERRCTLF_FORCE)
		return -CORE_EINVAL;
	switch (op) {
	case FREEBSD_EXTERRCTL_ENABLE:
		if (*on && !(flags & FREEBSD_EXTERRCTLF_FORCE))
			return -CORE_EBUSY;
		*on = 0;
		if (guest_read_u32(ptr, &version) < 0)
			return -CORE_EFAULT;
		*on = version == FREEBSD_UEXTERROR_VER;
		return *on ? 0 : -CORE_EINVAL;
	case FREEBSD_EXTERRCTL_DISABLE:
		if (!*on)
			return -CORE_EINVAL;
		*on = 0;
		return 0;
	default:
		return -CORE_EINVAL;
	}
}

/* ---- timerfd ------------------------------------------------------------------------------ */

static const struct bit_pair timerfd_flags[] = {
    {FREEBSD_TFD_NONBLOCK, CORE_TFD_NONBLOCK},
    {FREEBSD_TFD_CLOEXEC, CORE_TFD_CLOEXEC},
};

_Static_assert(FREEBSD_TFD_TIMER_ABSTIME == CORE_TFD_TIMER_ABSTIME &&
		   FREEBSD_TFD_TIMER_CANCEL_ON_SET == CORE_TFD_TIMER_CANCEL_ON_SET,
	       "timerfd_settime's flags pass through");

long freebsd_timerfd_create(struct core_thread *t, CLOCKID clockid, HEX flags)
{
	u32 core;

	(void)t;
	if (!bits_to_core(timerfd_flags, ARRAY_LEN(timerfd_flags), flags, &core))
		return -CORE_EINVAL;
	switch (clockid) {
	case FREEBSD_CLOCK_REALTIME:
		return EXO(timerfd_create, CORE_CLOCK_REALTIME, core);
	case FREEBSD_CLOCK_MONOTONIC:
		return EXO(timerfd_create, CORE_CLOCK_MONOTONIC, core);
	default:
		return -CORE_EINVAL;
	}
}

long freebsd_timerfd_gettime(struct core_thread *t, FD fd, OUT curr_value)
{
	(void)t;
	return EXO(timerfd_gettime, fd, curr_value.addr);
}

long freebsd_timerfd_settime(struct core_thread *t, FD fd, HEX flags, IN new_value, OUT old_value)
{
	(void)t;
	return EXO(timerfd_settime, fd, flags, new_value.addr, old_value.addr);
}

/* ---- membarrier, kcmp --------------------------------------------------------------------- */

#define MEMBARRIER_COMMANDS 0x7f /* those FreeBSD has */

long freebsd_membarrier(struct core_thread *t, INT cmd, HEX flags, INT cpu_id)
{
	long r;

	(void)t;
	(void)cpu_id; /* means something with a flag that only the hub has */
	if (flags || cmd & ~MEMBARRIER_COMMANDS)
		return -CORE_EINVAL;
	r = EXO(membarrier, cmd, 0, 0);
	return cmd == FREEBSD_MEMBARRIER_CMD_QUERY && r > 0 ? r & MEMBARRIER_COMMANDS : r;
}

static const struct bit_pair kcmp_types[] = {
    {FREEBSD_KCMP_FILE, CORE_KCMP_FILE},
    {FREEBSD_KCMP_FILES, CORE_KCMP_FILES},
    {FREEBSD_KCMP_SIGHAND, CORE_KCMP_SIGHAND},
    {FREEBSD_KCMP_VM, CORE_KCMP_VM},
};

long freebsd_kcmp(struct core_thread *t, PID pid1, PID pid2, INT type, ULONG idx1, ULONG idx2)
{
	u32 core;

	(void)t;
	if (!value_to_core(kcmp_types, ARRAY_LEN(kcmp_types), (u32)type, &core))
		return -CORE_EINVAL;
	return EXO(kcmp, pid1, pid2, core, idx1, idx2);
}

/* ---- uuidgen ------------------------------------------------------------------------------- */

#define UUIDS_MOST 2048
/* 100 ns from the start of the Gregorian calendar to 1970. */
#define UUID_EPOCH 0x01b21dd213814000ull

struct uuid {
	u32 time_low;
	u16 time_mid;
	u16 time_hi_and_version;
	u8 clock_seq_hi;
	u8 clock_seq_low;
	u8 node[6];
};
SIZE_ASSERT(struct uuid, 16);

static struct exo_lock uuid_lock;
static u64 uuid_last;

/* The first of count times nobody else gets in this process. */
static u64 uuid_times(u32 count)
{
	struct core_timespec now = {0};
	u64 time;

	EXO_NOW(clock_gettime, CORE_CLOCK_REALTIME, &now);
	time = (u64)now.tv_sec * 10000000 + (u64)now.tv_nsec / 100 + UUID_EPOCH;
	exo_lock(&uuid_lock);
	time = MAX(time, uuid_last + 1);
	uuid_last = time + count - 1;
	exo_unlock(&uuid_lock);
	return time;
}

/* Version 1, with a random node marked as no network card's, new for every call. */
long freebsd_uuidgen(struct core_thread *t, OUT store, INT count)
{
	struct uuid id;
	u8 random[8];
	u64 time;

	(void)t;
	if (count < 1 || count > UUIDS_MOST)
		return -CORE_EINVAL;
	if (EXO_NOW(getrandom, random, sizeof(random), 0) < 0)
		return -CORE_EIO;
	time = uuid_times((u32)count);
	id.clock_seq_hi = 0x80 | (random[0] & 0x3f);
	id.clock_seq_low = random[1];
	for (int i = 0; i < 6; i++)
		id.node[i] = random[2 + i];
	id.node[0] |= 1;
	for (u32 i = 0; i < (u32)count; i++, time++) {
		id.time_low = (u32)time;
		id.time_mid = (u16)(time >> 32);
		id.time_hi_and_version = (u16)((time >> 48 & 0xfff) | 1 << 12);
		if (copy_to_guest(gp_add(store, i * sizeof(id)), &id, sizeof(id)) < 0)
			return -CORE_EFAULT;
	}
	return 0;
}

/* It never did anything on this processor. */
long freebsd_freebsd11_vadvise(struct core_thread *t, INT anom)
{
	(void)t;
	(void)anom;
	return -CORE_EINVAL;
}
