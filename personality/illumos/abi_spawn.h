/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_spawn.h: what spawn(2) is given: one block for what is to be done, one
 * for arguments and environment. Offsets count from the data behind the head.
 *
 * Facts: usr/src/uts/common/sys/{spawn,spawn_impl}.h of illumos of 2026, sys/param.h (NCARGS64).
 */
#ifndef FB_ILLUMOS_ABI_SPAWN_H
#define FB_ILLUMOS_ABI_SPAWN_H

#include "personality/illumos/abi_sched.h"
#include "personality/illumos/abi_signal.h"

#define ILLUMOS_NCARGS64 0x200000

#define ILLUMOS_SPAWN_RESETIDS	     0x0001
#define ILLUMOS_SPAWN_SETPGROUP	     0x0002
#define ILLUMOS_SPAWN_SETSIGDEF	     0x0004
#define ILLUMOS_SPAWN_SETSIGMASK     0x0008
#define ILLUMOS_SPAWN_SETSCHEDPARAM  0x0010
#define ILLUMOS_SPAWN_SETSCHEDULER   0x0020
#define ILLUMOS_SPAWN_SETSID	     0x0040
#define ILLUMOS_SPAWN_SETSIGIGN_NP   0x0800
#define ILLUMOS_SPAWN_NOSIGCHLD_NP   0x1000
#define ILLUMOS_SPAWN_WAITPID_NP     0x2000
#define ILLUMOS_SPAWN_NOEXECERR_NP   0x4000
#define ILLUMOS_SPAWN_ALL	     0x787f
#define ILLUMOS_SPAWN_NOEXECERR_EXIT 127

struct illumos_spawn_attr {
	i32 sa_psflags;
	i32 sa_priority;
	i32 sa_schedpolicy;
	i32 sa_pgroup;
	struct illumos_sigset sa_sigdefault;
	struct illumos_sigset sa_sigignore;
	struct illumos_sigset sa_sigmask;
};
SIZE_ASSERT(struct illumos_spawn_attr, 64);

enum illumos_file_action {
	ILLUMOS_FA_OPEN,
	ILLUMOS_FA_CLOSE,
	ILLUMOS_FA_DUP2,
	ILLUMOS_FA_CLOSEFROM,
	ILLUMOS_FA_CHDIR,
	ILLUMOS_FA_FCHDIR,
};

struct illumos_kfile_attr {
	u32 kfa_len;
	u32 kfa_type;
	u32 kfa_pathsize;
	u32 kfa_oflag;
	u32 kfa_mode;
	i32 kfa_filedes;
	i32 kfa_newfiledes;
	char kfa_path[];
};
SIZE_ASSERT(struct illumos_kfile_attr, 28);

#define ILLUMOS_KSCHED_PARMS 1
#define ILLUMOS_KSCHED_PRIO  2
struct illumos_kspawn_sched {
	i32 ksched_op;
	union {
		struct illumos_pcparms parms;
		struct illumos_pcprio prio;
	};
};
SIZE_ASSERT(struct illumos_kspawn_sched, 40);

struct illumos_spawn_param {
	u32 sp_size;
	u32 sp_datalen;
	u32 sp_attr_off, sp_attr_len;
	u32 sp_fattr_off, sp_fattr_cnt;
	u32 sp_shell_off, sp_shell_len;
	u32 sp_path_off, sp_path_len;
	u32 sp_sched_off, sp_sched_len;
	u8 sp_data[];
};
SIZE_ASSERT(struct illumos_spawn_param, 48);

struct illumos_spawn_args {
	u32 sa_size;
	u32 sa_datalen;
	u32 sa_arg_off, sa_arg_cnt;
	u32 sa_env_off, sa_env_cnt;
	u8 sa_data[];
};
SIZE_ASSERT(struct illumos_spawn_args, 24);

#endif
