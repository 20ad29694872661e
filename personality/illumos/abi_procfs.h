/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_procfs.h: the structures of /proc, as a 64-bit program reads them.
 *
 * Facts: usr/src/uts/common/sys/procfs.h, uts/intel/sys/procfs_isa.h; prfdinfo_t as of 2021: the
 * illumos project's IPD 12; prsecflags_t as of 2016.
 */
#ifndef FB_ILLUMOS_ABI_PROCFS_H
#define FB_ILLUMOS_ABI_PROCFS_H

#include "core/abi.h"
#include "personality/illumos/abi_signal.h"

struct illumos_lwpsinfo {
	i32 pr_flag;
	i32 pr_lwpid;
	u64 pr_addr;
	u64 pr_wchan;
	char pr_stype;
	char pr_state;
	char pr_sname;
	char pr_nice;
	i16 pr_syscall;
	char pr_oldpri;
	char pr_cpu;
	i32 pr_pri;
	u16 pr_pctcpu;
	u16 pr_pad;
	struct core_timespec pr_start;
	struct core_timespec pr_time;
	char pr_clname[8];
	char pr_name[16];
	i32 pr_onpro;
	i32 pr_bindpro;
	i32 pr_bindpset;
	i32 pr_lgrp;
	i32 pr_filler[4];
};
SIZE_ASSERT(struct illumos_lwpsinfo, 128);

#define ILLUMOS_PRFNSZ	      16
#define ILLUMOS_PRARGSZ	      80
#define ILLUMOS_PRNODEV	      (~0UL)
#define ILLUMOS_PR_LP64	      2
#define ILLUMOS_PR_ASLEEP     0x10
#define ILLUMOS_PR_STOPPED    0x1
#define ILLUMOS_PR_PCINVAL    0x20
#define ILLUMOS_PR_JOBCONTROL 5
struct illumos_psinfo {
	i32 pr_flag;
	i32 pr_nlwp;
	i32 pr_pid;
	i32 pr_ppid;
	i32 pr_pgid;
	i32 pr_sid;
	u32 pr_uid;
	u32 pr_euid;
	u32 pr_gid;
	u32 pr_egid;
	u64 pr_addr;
	u64 pr_size; /* KiB */
	u64 pr_rssize;
	u64 pr_pad1;
	u64 pr_ttydev;
	u16 pr_pctcpu; /* of 0x8000 */
	u16 pr_pctmem;
	struct core_timespec pr_start;
	struct core_timespec pr_time;
	struct core_timespec pr_ctime;
	char pr_fname[ILLUMOS_PRFNSZ];
	char pr_psargs[ILLUMOS_PRARGSZ];
	i32 pr_wstat;
	i32 pr_argc;
	u64 pr_argv;
	u64 pr_envp;
	char pr_dmodel;
	char pr_pad2[3];
	i32 pr_taskid;
	i32 pr_projid;
	i32 pr_nzomb;
	i32 pr_poolid;
	i32 pr_zoneid;
	i32 pr_contract;
	i32 pr_filler[1];
	struct illumos_lwpsinfo pr_lwp;
};
SIZE_ASSERT(struct illumos_psinfo, 416);
OFFSET_ASSERT(struct illumos_psinfo, pr_fname, 136);
OFFSET_ASSERT(struct illumos_psinfo, pr_lwp, 288);

struct illumos_lwpstatus {
	i32 pr_flags;
	i32 pr_lwpid;
	i16 pr_why;
	i16 pr_what;
	i16 pr_cursig;
	i16 pr_pad1;
	struct illumos_siginfo pr_info;
	struct illumos_sigset pr_lwppend;
	struct illumos_sigset pr_lwphold;
	struct illumos_sigaction pr_action;
	struct illumos_stack pr_altstack;
	u64 pr_oldcontext;
	i16 pr_syscall;
	i16 pr_nsysarg;
	i32 pr_errno;
	i64 pr_sysarg[8];
	i64 pr_rval1;
	i64 pr_rval2;
	char pr_clname[8];
	struct core_timespec pr_tstamp;
	struct core_timespec pr_utime;
	struct core_timespec pr_stime;
	i32 pr_filler[3];
	i32 pr_errpriv;
	u64 pr_ustack;
	u64 pr_instr;
	u64 pr_reg[ILLUMOS_NGREG];
	struct illumos_fpregset pr_fpreg;
} __attribute__((aligned(16)));
SIZE_ASSERT(struct illumos_lwpstatus, 1296);
OFFSET_ASSERT(struct illumos_lwpstatus, pr_reg, 544);

struct illumos_pstatus {
	i32 pr_flags;
	i32 pr_nlwp;
	i32 pr_pid;
	i32 pr_ppid;
	i32 pr_pgid;
	i32 pr_sid;
	i32 pr_aslwpid;
	i32 pr_agentid;
	struct illumos_sigset pr_sigpend;
	u64 pr_brkbase;
	u64 pr_brksize;
	u64 pr_stkbase;
	u64 pr_stksize;
	struct core_timespec pr_utime;
	struct core_timespec pr_stime;
	struct core_timespec pr_cutime;
	struct core_timespec pr_cstime;
	u32 pr_sigtrace[4];
	u32 pr_flttrace[4];
	u32 pr_sysentry[16];
	u32 pr_sysexit[16];
	char pr_dmodel;
	char pr_pad[3];
	i32 pr_taskid;
	i32 pr_projid;
	i32 pr_nzomb;
	i32 pr_zoneid;
	i32 pr_filler[15];
	struct illumos_lwpstatus pr_lwp;
};
OFFSET_ASSERT(struct illumos_pstatus, pr_dmodel, 304);
OFFSET_ASSERT(struct illumos_pstatus, pr_lwp, 384);

struct illumos_prheader {
	i64 pr_nent;
	i64 pr_entsize;
};

#define ILLUMOS_MA_EXEC	  0x01
#define ILLUMOS_MA_WRITE  0x02
#define ILLUMOS_MA_READ	  0x04
#define ILLUMOS_MA_SHARED 0x08
#define ILLUMOS_MA_BREAK  0x10
#define ILLUMOS_MA_STACK  0x20
#define ILLUMOS_MA_ANON	  0x40
#define ILLUMOS_PRMAPSZ	  64
struct illumos_prmap {
	u64 pr_vaddr;
	u64 pr_size;
	char pr_mapname[ILLUMOS_PRMAPSZ];
	i64 pr_offset;
	i32 pr_mflags;
	i32 pr_pagesize;
	i32 pr_shmid;
	i32 pr_filler[1];
};
SIZE_ASSERT(struct illumos_prmap, 104);

struct illumos_prxmap {
	u64 pr_vaddr;
	u64 pr_size;
	char pr_mapname[ILLUMOS_PRMAPSZ];
	i64 pr_offset;
	i32 pr_mflags;
	i32 pr_pagesize;
	i32 pr_shmid;
	u64 pr_dev;
	u64 pr_ino;
	u64 pr_rss; /* pages */
	u64 pr_anon;
	u64 pr_locked;
	u64 pr_pad;
	u64 pr_hatpagesize;
	u64 pr_filler[7];
};
SIZE_ASSERT(struct illumos_prxmap, 216);
OFFSET_ASSERT(struct illumos_prxmap, pr_rss, 120);

/* pagedata: this, and for each mapping prasmap and a byte for each page, to a multiple of 8. */
struct illumos_prpageheader {
	struct core_timespec pr_tstamp;
	i64 pr_nmap;
	i64 pr_npage;
};

struct illumos_prasmap {
	u64 pr_vaddr;
	u64 pr_npage;
	char pr_mapname[ILLUMOS_PRMAPSZ];
	i64 pr_offset;
	i32 pr_mflags;
	i32 pr_pagesize;
	i32 pr_shmid;
	i32 pr_filler[1];
};
SIZE_ASSERT(struct illumos_prasmap, 104);
#define ILLUMOS_PG_MODIFIED   0x01
#define ILLUMOS_PG_REFERENCED 0x02
#define ILLUMOS_PG_HWMAPPED   0x04

#define ILLUMOS_PRSECFLAGS_VERSION 1
struct illumos_prsecflags {
	u32 pr_version;
	char pr_pad[4];
	u64 pr_effective, pr_inherit, pr_lower, pr_upper;
};
SIZE_ASSERT(struct illumos_prsecflags, 40);

struct illumos_prcred {
	u32 pr_euid, pr_ruid, pr_suid;
	u32 pr_egid, pr_rgid, pr_sgid;
	i32 pr_ngroups;
	u32 pr_groups[16];
};

struct illumos_prusage {
	i32 pr_lwpid;
	i32 pr_count;
	struct core_timespec pr_tstamp, pr_create, pr_term, pr_rtime, pr_utime, pr_stime, pr_ttime,
	    pr_tftime, pr_dftime, pr_kftime, pr_ltime, pr_slptime, pr_wtime, pr_stoptime,
	    filltime[6];
	u64 pr_minf, pr_majf, pr_nswap, pr_inblk, pr_oublk, pr_msnd, pr_mrcv, pr_sigs, pr_vctx,
	    pr_ictx, pr_sysc, pr_ioch, filler[10];
};
SIZE_ASSERT(struct illumos_prusage, 504);

struct illumos_prfdinfo {
	i32 pr_fd;
	u32 pr_mode;
	u64 pr_ino;
	u64 pr_size;
	i64 pr_offset;
	u32 pr_uid;
	u32 pr_gid;
	u32 pr_major;
	u32 pr_minor;
	u32 pr_rmajor;
	u32 pr_rminor;
	i32 pr_fileflags;
	i32 pr_fdflags;
	i16 pr_locktype;
	i16 pad0;
	i32 pr_lockpid;
	i32 pr_locksysid;
	i32 pr_peerpid;
	i32 pr_filler[25];
	char pr_peername[ILLUMOS_PRFNSZ];
	/* items of a size, a type and that many bytes less eight; a size of 0 ends them */
};
#define ILLUMOS_PRFDINFO_SIZE 196
OFFSET_ASSERT(struct illumos_prfdinfo, pr_peername, 180);
#define ILLUMOS_PR_PATHNAME 0

#endif
