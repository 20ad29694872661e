/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/tasks.c: projects, tasks, accounting, core files, and what shuts machines
 * down.
 *
 * A task begins with a session, so its id is that. Root is in user.root's project, everybody else
 * in the default one (etc/project as it is delivered). Whatever needs privilege over the machine
 * answers EPERM. Facts: settaskid(2), usr/src/uts/common/syscall/{tasksys,acctctl,exacctsys,
 * corectl,uadmin}.c, sys/{corectl,uadmin}.h.
 */
#include "core/process.h"
#include "lib/mem.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/path.h"
#include "personality/illumos/priv.h"
#include "core/abi.h"

/* ---- tasks and projects ------------------------------------------------------------------ */

enum { SETTASKID, GETTASKID, GETPROJID, PROJLIST };

#define PROJECT_ROOT	1 /* user.root */
#define PROJECT_DEFAULT 3
#define LIST_MAX	((4194304 + 1) * 4) /* MAX_PROJLIST_BUFSIZE */

static u32 project(void)
{
	return EXO_NOW(getuid) == 0 ? PROJECT_ROOT : PROJECT_DEFAULT;
}

static long project_list(guest_ptr buf, u64 size)
{
	long r = 0;

	if (!buf.addr || size == 0)
		return 1;
	if (size > LIST_MAX)
		return -CORE_ENOMEM;
	r = zero_guest(buf, size);
	if (r == 0 && size >= sizeof(u32))
		r = guest_write_u32(buf, project());
	return r < 0 ? r : 1;
}

long illumos_tasksys(struct core_thread *t, INT code, LONG projid, HEX flags, OUT buf, SIZE size)
{
	(void)t, (void)projid, (void)flags;
	switch (code) {
	case SETTASKID:
		return -CORE_EPERM;
	case GETTASKID:
		return EXO(getsid, 0);
	case GETPROJID:
		return project();
	case PROJLIST:
		return project_list(buf, size);
	default:
		return -CORE_EINVAL;
	}
}

/* ---- accounting -------------------------------------------------------------------------- */

long illumos_acct(struct core_thread *t, PATH path)
{
	(void)t, (void)path;
	return -CORE_EPERM;
}

long illumos_acctctl(struct core_thread *t, INT cmd, INOUT buf, SIZE size)
{
	(void)t, (void)cmd, (void)buf, (void)size;
	return -CORE_EPERM;
}

long illumos_exacctsys(struct core_thread *t, INT code, INT idtype, INT id, INOUT buf, SIZE size,
		       HEX flags)
{
	(void)idtype, (void)id, (void)buf, (void)size, (void)flags;
	(void)code;
	return illumos_priv_has(t, ILLUMOS_PRIV_SYS_ACCT) ? -CORE_ILLUMOS_ENOTACTIVE : -CORE_EPERM;
}

/* ---- core files -------------------------------------------------------------------------- */

enum {
	CC_SET_OPTIONS = 1,
	CC_GET_OPTIONS,
	CC_SET_GLOBAL_PATH,
	CC_GET_GLOBAL_PATH,
	CC_SET_PROCESS_PATH,
	CC_GET_PROCESS_PATH,
	CC_SET_GLOBAL_CONTENT,
	CC_GET_GLOBAL_CONTENT,
	CC_SET_PROCESS_CONTENT,
	CC_GET_PROCESS_CONTENT,
	CC_SET_DEFAULT_PATH,
	CC_GET_DEFAULT_PATH,
	CC_SET_DEFAULT_CONTENT,
	CC_GET_DEFAULT_CONTENT,
};

#define CC_PROCESS_PATH 0x02
#define CONTENT_ALL	0x1fffUL
/* CC_CONTENT_DEFAULT: everything but files that are mapped shared. */
#define CONTENT_DEFAULT 0x1ffbUL

/* What this process chose; 0 and "" as long as it has not. */
static u64 chosen_content;
static char chosen_path[ILLUMOS_PATH_MAX];

static long give_path(const char *path, guest_ptr to, u64 size)
{
	size_t n = strlen(path) + 1;

	if (n > size)
		return -CORE_ENAMETOOLONG;
	return copy_to_guest(to, path, n);
}

static long may_ask(struct core_thread *t, i32 pid)
{
	if (pid == t->pid)
		return 0;
	return EXO(getpgid, pid) < 0 ? -CORE_ESRCH : 0;
}

static long set_path(struct core_thread *t, guest_ptr from, u64 size, i32 pid)
{
	char path[ILLUMOS_PATH_MAX];
	long r;

	if (size == 0)
		return -CORE_EINVAL;
	r = copy_str_from_guest(path, from, MIN(size, sizeof(path)));
	if (r < 0)
		return r;
	if (pid != t->pid)
		return may_ask(t, pid) < 0 ? -CORE_ESRCH : -CORE_EPERM;
	memcpy(chosen_path, path, (size_t)r + 1);
	return 0;
}

static long set_content(struct core_thread *t, guest_ptr from, i32 pid)
{
	u64 content;

	if (guest_read_u64(from, &content) < 0)
		return -CORE_EFAULT;
	if (content & ~CONTENT_ALL)
		return -CORE_EINVAL;
	if (pid != t->pid)
		return may_ask(t, pid) < 0 ? -CORE_ESRCH : -CORE_EPERM;
	chosen_content = content;
	return 0;
}

long illumos_corectl(struct core_thread *t, INT subcode, ULONG a1, ULONG a2, ULONG a3)
{
	long r;

	switch (subcode) {
	case CC_GET_OPTIONS:
		return CC_PROCESS_PATH;
	case CC_GET_GLOBAL_PATH:
		return give_path("", gp(a1), MAX(a2, 1UL));
	case CC_GET_DEFAULT_PATH:
		return give_path("core", gp(a1), a2);
	case CC_GET_PROCESS_PATH:
		r = may_ask(t, (i32)a3);
		if (r < 0)
			return r;
		return give_path((i32)a3 == t->pid && chosen_path[0] ? chosen_path : "core", gp(a1),
				 a2);
	case CC_SET_PROCESS_PATH:
		return set_path(t, gp(a1), a2, (i32)a3);
	case CC_SET_PROCESS_CONTENT:
		return set_content(t, gp(a1), (i32)a2);
	case CC_GET_GLOBAL_CONTENT:
	case CC_GET_DEFAULT_CONTENT:
		return guest_write_u64(gp(a1), CONTENT_DEFAULT);
	case CC_GET_PROCESS_CONTENT:
		r = may_ask(t, (i32)a2);
		if (r < 0)
			return r;
		return guest_write_u64(
		    gp(a1), (i32)a2 == t->pid && chosen_content ? chosen_content : CONTENT_DEFAULT);
	case CC_SET_OPTIONS:
	case CC_SET_GLOBAL_PATH:
	case CC_SET_DEFAULT_PATH:
	case CC_SET_GLOBAL_CONTENT:
	case CC_SET_DEFAULT_CONTENT:
		return -CORE_EPERM;
	default:
		return -CORE_EINVAL;
	}
}

/* ---- the machine ------------------------------------------------------------------------- */

long illumos_uadmin(struct core_thread *t, INT cmd, INT fcn, ULONG mdep)
{
	(void)t, (void)fcn, (void)mdep;
	switch (cmd) {
	case 1:	 /* A_REBOOT */
	case 2:	 /* A_SHUTDOWN */
	case 3:	 /* A_FREEZE */
	case 4:	 /* A_REMOUNT */
	case 5:	 /* A_DUMP */
	case 15: /* A_FTRACE */
	case 16: /* A_SWAPCTL */
	case 22: /* A_SDTTEST */
	case 23: /* A_CONFIG */
		return -CORE_EPERM;
	default:
		return -CORE_EINVAL;
	}
}

/* A process that gives up: its message is for the core file, its end is abort's. */
long illumos_upanic(struct core_thread *t, IN message, SIZE len)
{
	(void)t, (void)message, (void)len;
	exo_die_of_signal(CORE_SIGABRT);
}
