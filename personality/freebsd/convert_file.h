/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_file.h: files, descriptors and file systems between
 * FreeBSD's numbers and layouts and the hub's.
 *
 * A converter that returns bool answers whether it knew everything it was given; its
 * output is then complete. Facts: sys/fcntl.h, sys/stat.h, sys/mount.h, sys/dirent.h.
 */
#ifndef FB_FREEBSD_CONVERT_FILE_H
#define FB_FREEBSD_CONVERT_FILE_H

#include "core/abi.h"
#include "personality/freebsd/abi_event.h"
#include "personality/freebsd/abi_file.h"

/* open(2) flags the hub has no bit for: open() itself sees to them. */
#define FREEBSD_O_BY_HANDLER                                                                       \
	(FREEBSD_O_SHLOCK | FREEBSD_O_EXLOCK | FREEBSD_O_EXEC | FREEBSD_O_TTY_INIT |               \
	 FREEBSD_O_VERIFY | FREEBSD_O_RESOLVE_BENEATH | FREEBSD_O_EMPTY_PATH)

/* Bits of FREEBSD_O_BY_HANDLER are known and leave no trace in *core. */
bool freebsd_to_core_oflags(int flags, int *core);
/* The flags of an open file (F_GETFL). */
bool core_to_freebsd_oflags(int core, int *flags);

/* Only bits of allowed (FreeBSD's) are known. AT_RESOLVE_BENEATH leaves no trace. */
bool freebsd_to_core_atflags(int flags, int allowed, int *core);

void core_to_freebsd_stat(const struct core_statx *from, struct freebsd_stat *to);
/* What the ino64 ABI made of the old layouts: numbers that do not fit are cut, st_nlink is
 * capped (sys/kern/vfs_syscalls.c, vfs.ino64_trunc_error=0). */
void freebsd_to_freebsd11_stat(const struct freebsd_stat *from, struct freebsd11_stat *to);
void freebsd_to_freebsd11_nstat(const struct freebsd_stat *from, struct freebsd11_nstat *to);

/* Device numbers are taken apart and put together again; -1 (no device) stays itself. */
u64 core_to_freebsd_dev(u64 dev);
u64 freebsd_to_core_dev(u64 dev);

/* f_mntfromname and f_mntonname are left empty: the hub does not say them. */
void core_to_freebsd_statfs(const struct core_statfs *from, struct freebsd_statfs *to);
/* The i-th kind of file system there may be, NULL behind the last. */
const char *freebsd_file_system(u32 i, bool *remote);
void freebsd_to_freebsd11_statfs(const struct freebsd_statfs *from, struct freebsd11_statfs *to);

/* Bytes an entry with a name of len bytes takes. */
#define FREEBSD_DIRENT_SIZE(len) ALIGN_UP(offsetof(struct freebsd_dirent, d_name) + (len) + 1, 8)
#define FREEBSD11_DIRENT_SIZE(len)                                                                 \
	ALIGN_UP(offsetof(struct freebsd11_dirent, d_name) + (len) + 1, 4)
/* Writes one entry, zero-padded, to at least FREEBSD_DIRENT_SIZE bytes; returns that size. */
size_t core_to_freebsd_dirent(const struct core_dirent64 *from, struct freebsd_dirent *to);
size_t core_to_freebsd11_dirent(const struct core_dirent64 *from, struct freebsd11_dirent *to);

bool freebsd_to_core_flock(const struct freebsd_flock *from, struct core_flock *to);
bool core_to_freebsd_flock(const struct core_flock *from, struct freebsd_flock *to);

/* F_GETLK and its like, F_DUPFD ... that have a counterpart with the same argument. */
bool freebsd_to_core_fcntl(int cmd, int *core);

/* utimensat(2) times, UTIME_NOW and UTIME_OMIT included. */
struct core_timespec freebsd_to_core_utime(struct core_timespec t);

/* poll(2): events in, revents out. POLLINIGNEOF, a hint, leaves no trace. */
bool freebsd_to_core_poll(i16 events, i16 *core);
i16 core_to_freebsd_poll(i16 revents);

/* chflags(2): attributes of the host, false for a flag it has none for; all it has. */
bool freebsd_to_core_fileflags(u32 flags, u32 *out);
u32 core_fileflags_known(void);

#endif
