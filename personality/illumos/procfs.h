/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procfs.h: names in /proc that mean something else in illumos than on the
 * hub: proc(5). procfs.c has the essay.
 */
#ifndef FB_ILLUMOS_PROCFS_H
#define FB_ILLUMOS_PROCFS_H

#include "core/guest.h"
#include "core/thread.h"
#include "personality/illumos/path.h"

/* The name is none of ours: go on with it as it is. No result and no error number. */
#define ILLUMOS_PROCFS_OTHER (-8192)

/* Can it be one, or a name in /dev/fd or /system? Two small integers of the guest's memory decide.
 */
static inline bool illumos_procfs_maybe(guest_ptr path)
{
	const u32 proc = '/' | 'p' << 8 | 'r' << 16 | 'o' << 24;
	const u32 dev = '/' | 'd' << 8 | 'e' << 16 | 'v' << 24;
	const u32 sys = '/' | 's' << 8 | 'y' << 16 | 's' << 24; /* contracts: ctfs.c */
	u32 word, next;

	if (guest_read_u32(path, &word) < 0 || LIKELY(word != proc && word != dev && word != sys))
		return false;
	if (word == proc || guest_read_u32(gp(path.addr + 4), &next) < 0)
		return word == proc;
	if (word == sys)
		return next == ('t' | 'e' << 8 | 'm' << 16 | '/' << 24);
	return (char)next == '/' && (char)(next >> 8) == 'f';
}

/* open(2): a descriptor, an error or ILLUMOS_PROCFS_OTHER. flags are illumos's. */
long illumos_procfs_open(struct core_thread *t, guest_ptr path, i32 flags);
/* readlink(2): how long the text is, an error or ILLUMOS_PROCFS_OTHER. */
long illumos_procfs_readlink(struct core_thread *t, guest_ptr path, char text[ILLUMOS_PATH_MAX]);
/*
 * A name of the hub's that has what stat and access ask for, for other calls: written to buf
 * and returned; or path itself.
 */
u64 illumos_procfs_name(struct core_thread *t, guest_ptr path, char buf[ILLUMOS_PATH_MAX]);

enum illumos_procfs_file {
	ILLUMOS_PROCFS_PSINFO, /* these, and up to LWPUSAGE, may be read by everybody */
	ILLUMOS_PROCFS_LPSINFO,
	ILLUMOS_PROCFS_USAGE,
	ILLUMOS_PROCFS_LUSAGE,
	ILLUMOS_PROCFS_LWPSINFO,
	ILLUMOS_PROCFS_LWPUSAGE,
	ILLUMOS_PROCFS_STATUS,
	ILLUMOS_PROCFS_LSTATUS,
	ILLUMOS_PROCFS_LWPSTATUS,
	ILLUMOS_PROCFS_MAP,
	ILLUMOS_PROCFS_XMAP,
	ILLUMOS_PROCFS_PAGEDATA,
	ILLUMOS_PROCFS_WATCH,
	ILLUMOS_PROCFS_PRIV,
	ILLUMOS_PROCFS_SECFLAGS,
	ILLUMOS_PROCFS_CRED,
	ILLUMOS_PROCFS_SIGACT,
	ILLUMOS_PROCFS_AUXV,
	ILLUMOS_PROCFS_ARGV,
	ILLUMOS_PROCFS_EXECNAME,
	ILLUMOS_PROCFS_FDINFO,
	ILLUMOS_PROCFS_FILES,
};
/*
 * procfs_data.c: what is in a file, up to size bytes: how many or an error. which: an LWP or a
 * descriptor, where the file is one's.
 */
long illumos_procfs_data(struct core_thread *t, i32 pid, enum illumos_procfs_file file, i32 which,
			 u8 *buf, u64 size);
/* procfs_map.c: map, xmap or pagedata, likewise. */
long illumos_procfs_map(const struct core_thread *t, i32 pid, enum illumos_procfs_file file,
			u8 *buf, u64 size);
/* Of its own process the runtime knows what was executed, others' host says what it says: the
 * path's length or an error. */
long illumos_procfs_executed(const struct core_thread *t, i32 pid, char path[ILLUMOS_PATH_MAX]);
/* procfs_control.c: a process's ctl, or (tid > 0) that of an LWP: a descriptor or an error. */
long illumos_procfs_control_open(struct core_thread *t, i32 pid, i32 lwp, i32 core_flags);
/* A write that the host refused with EBADF. */
long illumos_procfs_control(struct core_thread *t, int fd, guest_ptr buf, u64 n);
/* The path of what is mapped under that name of "object" and "path": its length or an error. */
long illumos_procfs_object(i32 pid, const char *name, char path[ILLUMOS_PATH_MAX]);

#endif
