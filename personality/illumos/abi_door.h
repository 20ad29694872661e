/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_door.h: doors of illumos/amd64. Structures that 32-bit programs have too
 * are laid out as theirs. Facts: usr/src/uts/common/sys/door.h.
 */
#ifndef FB_ILLUMOS_ABI_DOOR_H
#define FB_ILLUMOS_ABI_DOOR_H

#include "core/abi.h"

/* Subcodes of the system call. */
#define ILLUMOS_DOOR_CREATE	0
#define ILLUMOS_DOOR_REVOKE	1
#define ILLUMOS_DOOR_INFO	2
#define ILLUMOS_DOOR_CALL	3
#define ILLUMOS_DOOR_RETURN_OLD 4
#define ILLUMOS_DOOR_BIND	6
#define ILLUMOS_DOOR_UNBIND	7
#define ILLUMOS_DOOR_UNREFSYS	8
#define ILLUMOS_DOOR_UCRED	9
#define ILLUMOS_DOOR_RETURN	10
#define ILLUMOS_DOOR_GETPARAM	11
#define ILLUMOS_DOOR_SETPARAM	12

/* Attributes. */
#define ILLUMOS_DOOR_UNREF	     0x1
#define ILLUMOS_DOOR_PRIVATE	     0x2
#define ILLUMOS_DOOR_LOCAL	     0x4
#define ILLUMOS_DOOR_REVOKED	     0x8
#define ILLUMOS_DOOR_UNREF_MULTI     0x10
#define ILLUMOS_DOOR_IS_UNREF	     0x20
#define ILLUMOS_DOOR_REFUSE_DESC     0x40
#define ILLUMOS_DOOR_NO_CANCEL	     0x80
#define ILLUMOS_DOOR_NO_DEPLETION_CB 0x100
#define ILLUMOS_DOOR_PRIVCREATE	     0x200
#define ILLUMOS_DOOR_CREATE_MASK                                                                   \
	(ILLUMOS_DOOR_UNREF | ILLUMOS_DOOR_PRIVATE | ILLUMOS_DOOR_UNREF_MULTI |                    \
	 ILLUMOS_DOOR_REFUSE_DESC | ILLUMOS_DOOR_NO_CANCEL | ILLUMOS_DOOR_NO_DEPLETION_CB |        \
	 ILLUMOS_DOOR_PRIVCREATE)
#define ILLUMOS_DOOR_DESCRIPTOR 0x10000
#define ILLUMOS_DOOR_RELEASE	0x40000

#define ILLUMOS_DOOR_QUERY	(-2)
#define ILLUMOS_DOOR_UNREF_DATA 1

#define ILLUMOS_DOOR_PARAM_DESC_MAX 1
#define ILLUMOS_DOOR_PARAM_DATA_MAX 2
#define ILLUMOS_DOOR_PARAM_DATA_MIN 3

struct illumos_door_desc {
	u32 d_attributes;
	i32 d_descriptor;
	u64 d_id;
	u32 pad[2];
} __attribute__((packed, aligned(4)));
SIZE_ASSERT(struct illumos_door_desc, 24);

struct illumos_door_info {
	i32 di_target;
	u64 di_proc;
	u64 di_data;
	u32 di_attributes;
	u64 di_uniquifier;
	i32 di_resv[4];
} __attribute__((packed, aligned(4)));
SIZE_ASSERT(struct illumos_door_info, 48);

struct illumos_door_arg {
	u64 data_ptr, data_size;
	u64 desc_ptr;
	u32 desc_num, pad0;
	u64 rbuf, rsize;
};
SIZE_ASSERT(struct illumos_door_arg, 48);

/* What a server's thread finds at the top of its stack. */
struct illumos_door_results {
	u64 cookie;
	u64 data_ptr, data_size;
	u64 desc_ptr, desc_num;
	u64 pc;
	i32 nservers, pad0; /* zero: no thread is left in the pool */
	u64 door_info;
};
SIZE_ASSERT(struct illumos_door_results, 64);

struct illumos_door_return_desc {
	u64 desc_ptr;
	u32 desc_num, pad0;
};
SIZE_ASSERT(struct illumos_door_return_desc, 16);

#endif
