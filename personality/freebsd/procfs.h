/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/procfs.h: names in /proc and /dev/fd that mean something else in FreeBSD
 * than on the hub: procfs(5), fdescfs(5).
 */
#ifndef FB_FREEBSD_PROCFS_H
#define FB_FREEBSD_PROCFS_H

#include "core/guest.h"
#include "core/thread.h"
#include "personality/freebsd/abi_file.h"

/* The name is none of ours: go on with it as it is. No result and no error number. */
#define FREEBSD_PROCFS_OTHER (-8192)

/* Can it be one? Two small integers of the guest's memory decide for nearly all names. */
static inline bool freebsd_procfs_maybe(guest_ptr path)
{
	const u32 proc = '/' | 'p' << 8 | 'r' << 16 | 'o' << 24;
	const u32 dev = '/' | 'd' << 8 | 'e' << 16 | 'v' << 24;
	u32 word, next;

	if (guest_read_u32(path, &word) < 0 || LIKELY(word != proc && word != dev))
		return false;
	/* /dev/fd, /dev/stdin and its kin, /dev/ptmx; the last may end where a page does. */
	if (word == proc || guest_read_u32(gp(path.addr + 4), &next) < 0)
		return true;
	return (char)next != '/' || (char)(next >> 8) == 'f' || (char)(next >> 8) == 's' ||
	       (char)(next >> 8) == 'p';
}

/* open(2): a descriptor, an error or FREEBSD_PROCFS_OTHER. flags are FreeBSD's. */
long freebsd_procfs_open(struct core_thread *t, guest_ptr path, int flags);
/* readlink(2): how long the text is, an error or FREEBSD_PROCFS_OTHER. */
long freebsd_procfs_readlink(struct core_thread *t, guest_ptr path, char text[FREEBSD_PATH_MAX]);
/*
 * A name of the hub's that has what stat and access ask for, for other calls: written to buf
 * and returned; or path itself. follow: a link at the end is followed.
 */
u64 freebsd_procfs_name(struct core_thread *t, guest_ptr path, bool follow,
			char buf[FREEBSD_PATH_MAX]);

/* procfs_text.c: what is in a file, up to size bytes: how many or an error. */
enum freebsd_procfs_file {
	FREEBSD_PROCFS_CMDLINE,
	FREEBSD_PROCFS_ETYPE,
	FREEBSD_PROCFS_MAP,
	FREEBSD_PROCFS_OSREL,
	FREEBSD_PROCFS_RLIMIT,
	FREEBSD_PROCFS_STATUS,
	FREEBSD_PROCFS_FILE_COUNT,
};
long freebsd_procfs_text(struct core_thread *t, i32 pid, enum freebsd_procfs_file file, char *buf,
			 u64 size);
/* The path of a process's program: its length or an error. */
long freebsd_procfs_program(struct core_thread *t, i32 pid, char path[FREEBSD_PATH_MAX]);

#endif
