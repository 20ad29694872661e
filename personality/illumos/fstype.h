/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/fstype.h: names and numbers of kinds of file systems.
 */
#ifndef FB_ILLUMOS_FSTYPE_H
#define FB_ILLUMOS_FSTYPE_H

#include "core/abi.h"
#include "personality/illumos/abi_file.h"

/* The name of the kind that the host's magic number says. */
const char *illumos_fs_name(i64 magic);
/* The same in two steps; a kind is a number below 127. */
u32 illumos_fs_kind(i64 magic);
const char *illumos_fs_kind_name(u32 kind);
/* vfssw's index of a name, or -1; and back, NULL for none. */
int illumos_fs_index(const char *name);
const char *illumos_fs_at(u32 index);
u32 illumos_fs_count(void);

/* Fills st_fstype in for a file of which st_dev is the host's. path: as it was stat'ed. */
void illumos_stat_fstype(int fd, u64 path, int core_flags, u64 dev, char out[ILLUMOS_FSTYPSZ]);

void core_to_illumos_statvfs(const struct core_statfs *from, u64 dev, struct illumos_statvfs *to);

#endif
