/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_contract.h: contracts as programs see them through /system/contract.
 *
 * Facts: usr/src/uts/common/sys/{ctfs,contract,ctfs_impl}.h, sys/contract/process.h; packed lists
 * of names and values: sys/nvpair.h, usr/src/common/nvpair/nvpair.c (the native encoding).
 */
#ifndef FB_ILLUMOS_ABI_CONTRACT_H
#define FB_ILLUMOS_ABI_CONTRACT_H

#include "lib/base.h"

/* ioctl requests: 'c' << 24 | 't' << 16 | group << 8 | number */
#define ILLUMOS_CTFS_PREFIX  ('c' << 8 | 't') /* of the upper half */
#define ILLUMOS_CT(group, n) (u32)('c' << 24 | 't' << 16 | (group) << 8 | (n))
#define ILLUMOS_CT_TACTIVATE ILLUMOS_CT('t', 0)
#define ILLUMOS_CT_TCLEAR    ILLUMOS_CT('t', 1)
#define ILLUMOS_CT_TCREATE   ILLUMOS_CT('t', 2)
#define ILLUMOS_CT_TSET	     ILLUMOS_CT('t', 3)
#define ILLUMOS_CT_TGET	     ILLUMOS_CT('t', 4)
#define ILLUMOS_CT_CABANDON  ILLUMOS_CT('c', 0)
#define ILLUMOS_CT_CACK	     ILLUMOS_CT('c', 1)
#define ILLUMOS_CT_CQREQ     ILLUMOS_CT('c', 2)
#define ILLUMOS_CT_CADOPT    ILLUMOS_CT('c', 3)
#define ILLUMOS_CT_CNEWCT    ILLUMOS_CT('c', 4)
#define ILLUMOS_CT_CNACK     ILLUMOS_CT('c', 5)
#define ILLUMOS_CT_SSTATUS   ILLUMOS_CT('s', 0)
#define ILLUMOS_CT_ERESET    ILLUMOS_CT('e', 0)
#define ILLUMOS_CT_ERECV     ILLUMOS_CT('e', 1)
#define ILLUMOS_CT_ECRECV    ILLUMOS_CT('e', 2)
#define ILLUMOS_CT_ENEXT     ILLUMOS_CT('e', 3)
#define ILLUMOS_CT_ERELIABLE ILLUMOS_CT('e', 4)

#define ILLUMOS_CT_PARAM_MAX_SIZE 8192

/* Terms of every template, and those of process contracts. */
#define ILLUMOS_CTP_EV_CRITICAL	  100
#define ILLUMOS_CTP_EV_INFO	  101
#define ILLUMOS_CTP_COOKIE	  102
#define ILLUMOS_CTPP_EV_FATAL	  0
#define ILLUMOS_CTPP_PARAMS	  1
#define ILLUMOS_CTPP_SUBSUME	  2
#define ILLUMOS_CTPP_SVC_FMRI	  3
#define ILLUMOS_CTPP_CREATOR_AUX  6
#define ILLUMOS_CT_PR_SVC_DEFAULT "inherit:"

#define ILLUMOS_CT_PR_INHERIT  0x1
#define ILLUMOS_CT_PR_NOORPHAN 0x2
#define ILLUMOS_CT_PR_PGRPONLY 0x4
#define ILLUMOS_CT_PR_REGENT   0x8
#define ILLUMOS_CT_PR_ALLPARAM 0xf

#define ILLUMOS_CT_PR_EV_EMPTY	0x1
#define ILLUMOS_CT_PR_EV_FORK	0x2
#define ILLUMOS_CT_PR_EV_EXIT	0x4
#define ILLUMOS_CT_PR_EV_CORE	0x8
#define ILLUMOS_CT_PR_EV_SIGNAL 0x10
#define ILLUMOS_CT_PR_EV_HWERR	0x20
#define ILLUMOS_CT_PR_ALLEVENT	0x3f
#define ILLUMOS_CT_PR_ALLFATAL	0x38

/* ctev_flags */
#define ILLUMOS_CTE_ACK	 0x1
#define ILLUMOS_CTE_INFO 0x2
#define ILLUMOS_CTE_NEG	 0x4

/* ctst_detail */
#define ILLUMOS_CTD_COMMON 0
#define ILLUMOS_CTD_FIXED  1
#define ILLUMOS_CTD_ALL	   2

enum illumos_ct_state {
	ILLUMOS_CTS_OWNED,
	ILLUMOS_CTS_INHERITED,
	ILLUMOS_CTS_ORPHAN,
	ILLUMOS_CTS_DEAD,
};

enum illumos_ct_type { ILLUMOS_CTT_PROCESS, ILLUMOS_CTT_DEVICE, ILLUMOS_CTT_TYPES };

struct illumos_ct_event {
	i32 ctev_id;
	u32 ctev_pad1;
	u64 ctev_evid;
	i32 ctev_cttype;
	u32 ctev_flags;
	u32 ctev_type;
	u32 ctev_nbytes;
	u32 ctev_goffset;
	u32 ctev_pad2;
	u64 ctev_buffer;
};
SIZE_ASSERT(struct illumos_ct_event, 48);

struct illumos_ct_status {
	i32 ctst_id;
	i32 ctst_zoneid;
	i32 ctst_type;
	i32 ctst_holder;
	i32 ctst_state;
	i32 ctst_nevents;
	i32 ctst_ntime;
	i32 ctst_qtime;
	u64 ctst_nevid;
	u32 ctst_detail;
	u32 pad0;
	u64 ctst_nbytes;
	u32 ctst_critical;
	u32 ctst_informative;
	u64 ctst_cookie;
	u64 ctst_buffer;
};
SIZE_ASSERT(struct illumos_ct_status, 80);
OFFSET_ASSERT(struct illumos_ct_status, ctst_cookie, 64);

struct illumos_ct_param {
	u32 ctpm_id;
	u32 ctpm_size;
	u64 ctpm_value;
};
SIZE_ASSERT(struct illumos_ct_param, 16);

/* A packed list begins with its encoding and byte order, its version and its flags; each entry is
 * this, its name and its value, both padded to eight; four zero bytes end it. */
#define ILLUMOS_NV_LITTLE	0x0100 /* native encoding, little endian: bytes 0 and 1 */
#define ILLUMOS_NV_UNIQUE_NAME	1
#define ILLUMOS_NV_INT32	5
#define ILLUMOS_NV_UINT32	6
#define ILLUMOS_NV_STRING	9
#define ILLUMOS_NV_UINT32_ARRAY 14
struct illumos_nvpair {
	i32 nvp_size;
	i16 nvp_name_sz;
	i16 nvp_reserve;
	i32 nvp_value_elem;
	i32 nvp_type;
};
SIZE_ASSERT(struct illumos_nvpair, 16);

#endif
