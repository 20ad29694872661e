/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/dir.c: reading directories.
 *
 * An entry of the hub's is never shorter than illumos's, which has no d_type: entries are read
 * to where the guest wants them and moved to their places there. Only when the first one's
 * extra byte leaves the hub no room is another buffer taken. Facts: getdents(2), sys/dirent.h,
 * usr/src/uts/common/syscall/getdents.c (getdents64).
 */
#include "core/fd.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"

#define COUNT_MAX   (64UL << 10) /* MAXGETDENTS_SIZE */
#define NAME_AT	    19		 /* d_name of the hub's */
#define ENTRY_LEAST 24

union entry {
	struct core_dirent64 core;
	struct illumos_dirent guest;
	u8 bytes[NAME_AT + CORE_NAME_MAX + 1 + 8];
};

/* In place: the name moves by a byte, and the length may shrink. */
static u16 to_guest(union entry *e)
{
	size_t n = strlen(e->core.d_name);
	u16 size = (u16)ALIGN_UP(offsetof(struct illumos_dirent, d_name) + n + 1, 8);

	memmove(e->guest.d_name, e->core.d_name, n + 1);
	memset(e->guest.d_name + n, 0, size - offsetof(struct illumos_dirent, d_name) - n);
	e->guest.d_reclen = size;
	return size;
}

/* What numbers in a directory are, some of which are not for everybody. */
enum numbers { NUMBERS, DESCRIPTORS, PROCESSES };

static enum numbers numbers_of(const struct core_thread *t, int fd)
{
	struct exo_open_file f;

	if (core_fd_kind(fd) == CORE_FD_DIR)
		return DESCRIPTORS;
	if (LIKELY(!illumos_priv_is_guarded(t)) || illumos_priv_has(t, ILLUMOS_PRIV_PROC_INFO))
		return NUMBERS;
	return exo_process_fd(t->pid, fd, &f) == 0 && strcmp(f.path, "/proc") == 0 ? PROCESSES
										   : NUMBERS;
}

static bool is_hidden(const char *name, enum numbers what)
{
	int n = 0;

	if (what == NUMBERS || *name < '0' || *name > '9')
		return false;
	for (; *name >= '0' && *name <= '9' && n < 100000000; name++)
		n = n * 10 + (*name - '0');
	return what == DESCRIPTORS ? core_fd_hidden(n) : illumos_priv_hides(core_self(), n);
}

/* Moves got bytes of entries; what is left of them, or -CORE_EFAULT. */
static long move_entries(guest_ptr buf, long got, enum numbers what)
{
	union entry e;
	long done = 0, at = 0;

	while (at < got) {
		u16 len;

		if (copy_from_guest(&e, gp_add(buf, (u64)at), NAME_AT) < 0)
			return -CORE_EFAULT;
		len = e.core.d_reclen;
		if (len <= NAME_AT || len > sizeof(e) || len > got - at)
			return -CORE_EFAULT; /* another thread writes here */
		if (copy_from_guest(&e, gp_add(buf, (u64)at), len) < 0)
			return -CORE_EFAULT;
		e.bytes[MIN(len, sizeof(e) - 1)] = '\0';
		at += len;
		if (is_hidden(e.core.d_name, what))
			continue;
		len = to_guest(&e);
		if (copy_to_guest(gp_add(buf, (u64)done), &e, len) < 0)
			return -CORE_EFAULT;
		done += len;
	}
	return done;
}

/* The one entry that fits here and not on the hub. */
static __attribute__((noinline)) long one_entry(int fd, guest_ptr buf, u64 nbyte)
{
	union entry e;
	i64 begin = EXO(lseek, fd, 0, CORE_SEEK_CUR);
	long r = EXO(getdents64, fd, &e, sizeof(e));
	u16 size;

	if (r <= 0)
		return r;
	size = to_guest(&e);
	if (size > nbyte) {
		EXO_NOW(lseek, fd, begin, CORE_SEEK_SET);
		return -CORE_EINVAL;
	}
	EXO_NOW(lseek, fd, e.guest.d_off, CORE_SEEK_SET);
	return copy_to_guest(buf, &e, size) < 0 ? -CORE_EFAULT : size;
}

long illumos_getdents(struct core_thread *t, FD fd, OUT buf, SIZE nbyte)
{
	enum numbers what;
	long r;

	if (nbyte < ENTRY_LEAST)
		return -CORE_EINVAL;
	nbyte = MIN(nbyte, COUNT_MAX);
	what = numbers_of(t, fd);
	do {
		r = EXO(getdents64, fd, buf.addr, nbyte);
		if (UNLIKELY(r == -CORE_ENOTDIR))
			return illumos_ctfs_getdents(fd, buf, nbyte);
		if (r == -CORE_EINVAL)
			return one_entry(fd, buf, nbyte);
		if (r <= 0)
			return r;
		r = move_entries(buf, r, what);
	} while (r == 0);
	return r;
}
