/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/contract.h: contracts of every type. Facts: contract(4), sys/contract.h. */
#ifndef _SYS_CONTRACT_H
#define _SYS_CONTRACT_H

#include <sys/types.h>

typedef uint64_t ctevid_t;

#define CT_PARAM_MAX_SIZE 8192

#define CT_EV_NEGEND 0

#define CTD_COMMON 0
#define CTD_FIXED  1
#define CTD_ALL	   2

#define CTE_ACK	 0x1
#define CTE_INFO 0x2
#define CTE_NEG	 0x4

#define CTP_EV_CRITICAL 100
#define CTP_EV_INFO	101
#define CTP_COOKIE	102

#define CTS_NEWCT "cts_newct"
#define CTS_NEVID "cts_nevid"

typedef enum ctstate { CTS_OWNED, CTS_INHERITED, CTS_ORPHAN, CTS_DEAD } ctstate_t;
typedef enum ct_typeid { CTT_PROCESS, CTT_DEVICE, CTT_MAXTYPE } ct_typeid_t;

typedef struct ct_event {
	ctid_t ctev_id;
	uint32_t ctev_pad1;
	ctevid_t ctev_evid;
	ct_typeid_t ctev_cttype;
	uint32_t ctev_flags;
	uint32_t ctev_type;
	uint32_t ctev_nbytes;
	uint32_t ctev_goffset;
	uint32_t ctev_pad2;
	char *ctev_buffer;
} ct_event_t;

typedef struct ct_status {
	ctid_t ctst_id;
	zoneid_t ctst_zoneid;
	ct_typeid_t ctst_type;
	pid_t ctst_holder;
	ctstate_t ctst_state;
	int ctst_nevents;
	int ctst_ntime;
	int ctst_qtime;
	uint64_t ctst_nevid;
	uint_t ctst_detail;
	size_t ctst_nbytes;
	uint_t ctst_critical;
	uint_t ctst_informative;
	uint64_t ctst_cookie;
	char *ctst_buffer;
} ct_status_t;

typedef struct ct_param {
	uint32_t ctpm_id;
	uint32_t ctpm_size;
	void *ctpm_value;
} ct_param_t;

#endif
