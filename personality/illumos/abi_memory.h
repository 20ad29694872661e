/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_memory.h: mappings of illumos/amd64.
 *
 * Facts: usr/src/uts/common/sys/mman.h. PROT_READ, PROT_WRITE and PROT_EXEC are the hub's.
 */
#ifndef FB_ILLUMOS_ABI_MEMORY_H
#define FB_ILLUMOS_ABI_MEMORY_H

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
#define ILLUMOS_MAP_NEW	      0x80000000u

#endif
