/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_memory.h: mappings of illumos/amd64.
 *
 * Facts: usr/src/uts/common/sys/mman.h. PROT_READ, PROT_WRITE and PROT_EXEC are the hub's.
 */
#ifndef FB_ILLUMOS_ABI_MEMORY_H
#define FB_ILLUMOS_ABI_MEMORY_H

#include "lib/base.h"

#define ILLUMOS_PROT_ALL      0x7
#define ILLUMOS_MAP_SHARED    0x1
#define ILLUMOS_MAP_PRIVATE   0x2
#define ILLUMOS_MAP_TYPE      0xf
#define ILLUMOS_MAP_FIXED     0x10
#define ILLUMOS_MAP_RENAME    0x20
#define ILLUMOS_MAP_NORESERVE 0x40
#define ILLUMOS_MAP_LOW32     0x80
#define ILLUMOS_MAP_ANON      0x100
#define ILLUMOS_MAP_ALIGN     0x200
#define ILLUMOS_MAP_TEXT      0x400
#define ILLUMOS_MAP_INITDATA  0x800
#define ILLUMOS_MS_ASYNC      0x1
#define ILLUMOS_MS_INVALIDATE 0x2
#define ILLUMOS_MS_SYNC	      0x4
#define ILLUMOS_MCL_CURRENT   0x1
#define ILLUMOS_MCL_FUTURE    0x2

/* memcntl(2) */
#define ILLUMOS_MC_SYNC	      1
#define ILLUMOS_MC_LOCK	      2
#define ILLUMOS_MC_UNLOCK     3
#define ILLUMOS_MC_ADVISE     4
#define ILLUMOS_MC_LOCKAS     5
#define ILLUMOS_MC_UNLOCKAS   6
#define ILLUMOS_MC_HAT_ADVISE 7

/* madvise(3C) */
#define ILLUMOS_MADV_NORMAL	    0
#define ILLUMOS_MADV_RANDOM	    1
#define ILLUMOS_MADV_SEQUENTIAL	    2
#define ILLUMOS_MADV_WILLNEED	    3
#define ILLUMOS_MADV_DONTNEED	    4
#define ILLUMOS_MADV_FREE	    5
#define ILLUMOS_MADV_ACCESS_DEFAULT 6
#define ILLUMOS_MADV_ACCESS_LWP	    7
#define ILLUMOS_MADV_ACCESS_MANY    8
#define ILLUMOS_MADV_PURGE	    9

#define ILLUMOS_MAP_NEW 0x80000000u

/* mmapobj(2) */
#define ILLUMOS_MMOBJ_PADDING	0x10000
#define ILLUMOS_MMOBJ_INTERPRET 0x20000
#define ILLUMOS_MR_PADDING	1
#define ILLUMOS_MR_HDR_ELF	2
struct illumos_mmapobj_result {
	u64 mr_addr;
	u64 mr_msize;
	u64 mr_fsize;
	u64 mr_offset;
	u32 mr_prot;
	u32 mr_flags;
};
SIZE_ASSERT(struct illumos_mmapobj_result, 40);

#endif
