/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procfs_data.c: what is in the files of /proc.
 *
 * The host tells of every process what it tells; of its own process the runtime knows more: where
 * the arguments are, the handlers, the auxiliary vector. An LWP is the Nth thread by the host's
 * numbers. Registers are those of the LWP that asks; of others PR_PCINVAL says that there are none.
 * Facts: proc(5);
 * usr/src/uts/common/fs/proc/prsubr.c (prgetpsinfo, prgetstatus, prgetmap, pr_object_name).
 */
#include "core/fd.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/abi_procfs.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/fstype.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/procfs.h"
#include "personality/illumos/procfs_peer.h"

#define USEC	     1000000UL
#define LWPS_MAX     1024
#define ZONE	     0
#define DEFAULT_PROJ 3

static struct core_timespec usec(u64 n)
{
	return (struct core_timespec){(i64)(n / USEC), (i64)(n % USEC * 1000)};
}

/* pr_state and its letter. */
static void put_state(struct illumos_lwpsinfo *l, char host)
{
	static const char letters[] = "?SRZTIO";
	char state = 1; /* SSLEEP */

	switch (host) {
	case 'R':
		state = 6; /* SONPROC */
		break;
	case 'Z':
	case 'X':
		state = 3;
		break;
	case 'T':
	case 't':
		state = 4;
		break;
	default:
		break;
	}
	l->pr_state = state;
	l->pr_sname = letters[(int)state];
}

/* The LWP's number: the threads' ids ascend. 0: there is none of that id. */
static i32 lwp_number(const i32 *ids, long n, i32 tid)
{
	i32 number = 1;

	for (long i = 0; i < n; i++)
		number += ids[i] < tid;
	return number;
}

static void put_lwpsinfo(const struct exo_process *p, i32 number, struct illumos_lwpsinfo *l)
{
	memset(l, 0, sizeof(*l));
	l->pr_lwpid = number;
	put_state(l, p->state);
	l->pr_nice = (char)(p->nice + 20);
	l->pr_pri = p->urgency ? 100 + p->urgency : 59 - MAX(p->nice, 0);
	l->pr_start = (struct core_timespec){p->start_sec, p->start_usec * 1000};
	l->pr_time = usec(p->user_usec + p->system_usec);
	fb_strlcpy(l->pr_clname, p->urgency ? "RT" : "TS", sizeof(l->pr_clname));
	l->pr_onpro = p->cpu;
	l->pr_bindpro = -1;
	l->pr_bindpset = -1;
}

/* ---- psinfo ------------------------------------------------------------------------------ */

/* The arguments in one line, as far as there is room; how many there are. */
static i32 put_args(i32 pid, char out[ILLUMOS_PRARGSZ])
{
	char text[1024];
	long n = exo_process_text(pid, EXO_PROCESS_ARGS, 0, text, sizeof(text));
	i32 count = 0;

	memset(out, 0, ILLUMOS_PRARGSZ);
	for (long i = 0; i < n; i++) {
		count += text[i] == '\0';
		if (i < ILLUMOS_PRARGSZ - 1)
			out[i] = text[i] ? text[i] : ' ';
	}
	for (long i = MIN(n, (long)ILLUMOS_PRARGSZ - 1); i > 0 && out[i - 1] == ' '; i--)
		out[i - 1] = '\0';
	return count;
}

/* The name that was executed, without its directories. */
static void put_name(i32 pid, const char *comm, char out[ILLUMOS_PRFNSZ])
{
	char args[512];
	const char *name = comm;
	long n = exo_process_text(pid, EXO_PROCESS_ARGS, 0, args, sizeof(args) - 1);

	if (n > 0 && args[0]) {
		args[n] = '\0';
		name = args;
		for (const char *p = args; *p; p++)
			if (*p == '/' && p[1])
				name = p + 1;
	}
	fb_strlcpy(out, name, ILLUMOS_PRFNSZ);
}

static u16 share_of(u64 part, u64 whole)
{
	return whole ? (u16)MIN(part * 0x8000 / whole, 0x8000UL) : 0;
}

static long psinfo(const struct core_thread *t, i32 pid, u8 *buf)
{
	struct illumos_psinfo *out = (void *)buf;
	struct illumos_public known;
	struct core_sysinfo info;
	struct exo_process p;
	struct exo_time now;
	bool zombie;
	long r = exo_process_info(pid, 0, &p);

	if (r < 0)
		return -CORE_ENOENT;
	zombie = p.state == 'Z';
	EXO_NOW(sysinfo, &info);
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	memset(out, 0, sizeof(*out));
	out->pr_nlwp = zombie ? 0 : p.threads;
	out->pr_nzomb = zombie;
	out->pr_pid = p.pid;
	out->pr_ppid = p.ppid;
	out->pr_pgid = p.pgid;
	out->pr_sid = p.sid;
	out->pr_uid = p.uid;
	out->pr_euid = p.euid;
	out->pr_gid = p.gid;
	out->pr_egid = p.egid;
	out->pr_size = p.size / 1024;
	out->pr_rssize = p.resident / 1024;
	out->pr_ttydev = p.tty ? core_to_illumos_dev(p.tty) : ILLUMOS_PRNODEV;
	out->pr_pctmem = share_of(p.resident, info.totalram * info.mem_unit);
	out->pr_pctcpu =
	    share_of(p.user_usec + p.system_usec, (u64)MAX(now.sec - p.start_sec, 1L) * USEC);
	out->pr_start = (struct core_timespec){p.start_sec, p.start_usec * 1000};
	out->pr_time = usec(p.user_usec + p.system_usec);
	out->pr_ctime = usec(p.child_user_usec + p.child_system_usec);
	put_name(pid, p.name, out->pr_fname);
	out->pr_argc = put_args(pid, out->pr_psargs);
	out->pr_wstat = zombie ? p.exit_status : 0;
	if (!zombie && illumos_public_of(t, pid, &known)) {
		out->pr_argv = known.abi_data[ILLUMOS_P_ARGV];
		out->pr_envp = known.abi_data[ILLUMOS_P_ENVV];
	}
	out->pr_dmodel = ILLUMOS_PR_LP64;
	out->pr_taskid = p.sid;
	out->pr_projid = p.uid == 0 ? 1 : DEFAULT_PROJ;
	out->pr_zoneid = ZONE;
	out->pr_contract = illumos_contract_of(core_self(), pid);
	if (!zombie)
		put_lwpsinfo(&p, 1, &out->pr_lwp);
	else
		put_state(&out->pr_lwp, 'Z');
	return sizeof(*out);
}

/* ---- status ------------------------------------------------------------------------------ */

static void put_lwpstatus(const struct core_thread *t, const struct exo_process *p, i32 number,
			  struct illumos_lwpstatus *l)
{
	bool stopped = p->state == 'T' || p->state == 't';

	memset(l, 0, sizeof(*l));
	l->pr_flags = ILLUMOS_PR_PCINVAL | (stopped	      ? ILLUMOS_PR_STOPPED
					    : p->state == 'S' ? ILLUMOS_PR_ASLEEP
							      : 0);
	l->pr_why = stopped ? ILLUMOS_PR_JOBCONTROL : 0;
	l->pr_what = stopped ? ILLUMOS_SIGSTOP : 0;
	l->pr_lwpid = number;
	core_to_illumos_sigset(p->blocked, 0, &l->pr_lwphold);
	core_to_illumos_sigset(p->pending, 0, &l->pr_lwppend);
	fb_strlcpy(l->pr_clname, p->urgency ? "RT" : "TS", sizeof(l->pr_clname));
	l->pr_utime = usec(p->user_usec);
	l->pr_stime = usec(p->system_usec);
	l->pr_altstack.ss_flags = ILLUMOS_SS_DISABLE;
	if (t) {
		l->pr_altstack.ss_sp = t->altstack.ss_sp;
		l->pr_altstack.ss_size = t->altstack.ss_size;
		l->pr_altstack.ss_flags =
		    t->altstack.ss_flags & CORE_SS_DISABLE ? ILLUMOS_SS_DISABLE : 0;
		l->pr_flags &= ~ILLUMOS_PR_PCINVAL;
		illumos_context_registers(t, l->pr_reg);
		l->pr_instr = 0;
		copy_from_guest(&l->pr_instr, gp(illumos_fence(l->pr_reg[ILLUMOS_REG_RIP])), 1);
		l->pr_oldcontext = t->abi_data[ILLUMOS_T_OLDCONTEXT];
		l->pr_ustack = t->abi_data[ILLUMOS_T_USTACK];
	}
}

static long status(const struct core_thread *t, i32 pid, u8 *buf)
{
	struct illumos_pstatus *out = (void *)buf;
	const struct core_process *self = pid == t->pid ? t->proc : NULL;
	struct exo_process p;

	if (exo_process_info(pid, 0, &p) < 0)
		return -CORE_ENOENT;
	memset(out, 0, sizeof(*out));
	out->pr_nlwp = p.threads;
	out->pr_pid = p.pid;
	out->pr_ppid = p.ppid;
	out->pr_pgid = p.pgid;
	out->pr_sid = p.sid;
	core_to_illumos_sigset(p.pending, 0, &out->pr_sigpend);
	if (self) {
		out->pr_brkbase = self->brk_start;
		out->pr_brksize = self->brk_now - self->brk_start;
		out->pr_stkbase = self->stack_low;
		out->pr_stksize = self->stack_high - self->stack_low;
	}
	out->pr_utime = usec(p.user_usec);
	out->pr_stime = usec(p.system_usec);
	out->pr_cutime = usec(p.child_user_usec);
	out->pr_cstime = usec(p.child_system_usec);
	out->pr_dmodel = ILLUMOS_PR_LP64;
	out->pr_taskid = p.sid;
	out->pr_projid = p.uid == 0 ? 1 : DEFAULT_PROJ;
	out->pr_zoneid = ZONE;
	out->pr_flags =
	    p.state == 'S' ? ILLUMOS_PR_ASLEEP | ILLUMOS_PR_PCINVAL : ILLUMOS_PR_PCINVAL;
	put_lwpstatus(self ? t : NULL, &p, self ? (i32)t->abi_data[ILLUMOS_T_LWP] : 1,
		      &out->pr_lwp);
	if (self)
		out->pr_flags &= ~ILLUMOS_PR_PCINVAL;
	return sizeof(*out);
}

/* ---- usage ------------------------------------------------------------------------------- */

static void put_usage(const struct exo_process *p, i32 number, struct illumos_prusage *u)
{
	struct exo_time now, date;
	i64 up;

	memset(u, 0, sizeof(*u));
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	exo_clock_gettime(CORE_CLOCK_REALTIME, &date);
	up = MAX((date.sec - p->start_sec) * (i64)USEC + date.nsec / 1000 - p->start_usec, 0L);
	u->pr_lwpid = number;
	u->pr_count = number ? 1 : p->threads;
	u->pr_tstamp = (struct core_timespec){now.sec, now.nsec};
	u->pr_create = usec((u64)MAX(now.sec * (i64)USEC + now.nsec / 1000 - up, 0L));
	u->pr_rtime = usec((u64)up);
	u->pr_utime = usec(p->user_usec);
	u->pr_stime = usec(p->system_usec);
	u->pr_minf = p->minor_faults;
	u->pr_majf = p->major_faults;
	u->pr_vctx = p->switches;
	u->pr_ictx = p->forced_switches;
}

/* ---- one LWP or all ------------------------------------------------------------------------ */

enum each { EACH_PSINFO, EACH_STATUS, EACH_USAGE };

static u64 entry_size(enum each what)
{
	return what == EACH_PSINFO   ? sizeof(struct illumos_lwpsinfo)
	       : what == EACH_STATUS ? sizeof(struct illumos_lwpstatus)
				     : sizeof(struct illumos_prusage);
}

static void put_entry(const struct core_thread *t, enum each what, const struct exo_process *p,
		      i32 tid, i32 number, void *to)
{
	switch (what) {
	case EACH_PSINFO:
		put_lwpsinfo(p, number, to);
		break;
	case EACH_STATUS:
		put_lwpstatus((u32)tid == t->exo.tid ? t : NULL, p, number, to);
		break;
	default:
		put_usage(p, number, to);
		break;
	}
}

static long lwps(const struct core_thread *t, i32 pid, enum each what, i32 which, u8 *buf, u64 size)
{
	struct illumos_prheader *h = (void *)buf;
	u64 at = which ? 0 : sizeof(*h), each = entry_size(what);
	i32 ids[LWPS_MAX / 2];
	long n = exo_process_list(pid, ids, ARRAY_LEN(ids));
	struct exo_process p;

	n = MIN(n, (long)ARRAY_LEN(ids));
	if (n <= 0)
		return -CORE_ENOENT;
	if (!which)
		*h = (struct illumos_prheader){0, (i64)each};
	if (!which && what == EACH_USAGE && exo_process_info(pid, 0, &p) == 0) {
		/* First the process, with what LWPs that have ended used. */
		put_usage(&p, 0, (void *)(buf + at));
		at += each;
		h->pr_nent++;
	}
	for (long i = 0; i < n && at + each <= size; i++) {
		i32 number = lwp_number(ids, n, ids[i]);

		if (which && which != number && which != ids[i])
			continue;
		if (exo_process_info(pid, ids[i], &p) < 0)
			continue;
		put_entry(t, what, &p, ids[i], number, buf + at);
		at += each;
		if (which)
			return (long)at;
		h->pr_nent++;
	}
	return which ? -CORE_ENOENT : (long)at;
}

/* ---- the small ones ---------------------------------------------------------------------- */

static long cred(i32 pid, u8 *buf)
{
	struct illumos_prcred *out = (void *)buf;
	struct exo_process p;

	if (exo_process_info(pid, 0, &p) < 0)
		return -CORE_ENOENT;
	*out = (struct illumos_prcred){
	    p.euid, p.uid, p.suid, p.egid, p.gid, p.sgid, (i32)MIN(p.group_count, 16u), {0}};
	memcpy(out->pr_groups, p.groups, sizeof(out->pr_groups));
	/* One is always there, by its declaration. */
	return (long)(offsetof(struct illumos_prcred, pr_groups) +
		      (size_t)MAX(out->pr_ngroups, 1) * sizeof(u32));
}

/* struct sigaction of every signal; of another process only what is ignored is known. */
static long sigact(const struct core_thread *t, i32 pid, u8 *buf)
{
	struct illumos_sigaction *out = (void *)buf;
	struct exo_process p;

	if (exo_process_info(pid, 0, &p) < 0)
		return -CORE_ENOENT;
	memset(out, 0, ILLUMOS_MAXSIG * sizeof(*out));
	for (int sig = 1; sig <= ILLUMOS_MAXSIG; sig++) {
		int core = illumos_to_core_signal(sig);
		struct illumos_sigaction *a = &out[sig - 1];

		if (!core)
			continue;
		if (pid == t->pid) {
			const struct core_action *c = &t->proc->action[core];

			a->sa_handler = c->handler;
			a->sa_flags = core_to_illumos_saflags(c->flags);
			core_to_illumos_sigset(c->mask, 0, &a->sa_mask);
		} else if (p.ignored >> (core - 1) & 1) {
			a->sa_handler = ILLUMOS_SIG_IGN;
		}
	}
	return (long)(ILLUMOS_MAXSIG * sizeof(*out));
}

static long auxv(const struct core_thread *t, i32 pid, u8 *buf, u64 size)
{
	struct illumos_public known;
	u64 at, n;

	if (!illumos_public_of(t, pid, &known)) /* theirs is theirs to know */
		return 0;
	at = known.abi_data[ILLUMOS_P_AUXV];
	n = MIN(known.abi_data[ILLUMOS_P_AUXV_SIZE], size);
	if (pid != t->pid)
		return MAX(illumos_peer_memory(pid, at, buf, n), 0L);
	return copy_from_guest(buf, gp(at), n) < 0 ? -CORE_EFAULT : (long)n;
}

/* What a ucred has of them. */
static long privileges(const struct core_thread *t, i32 pid, u8 *buf)
{
	struct illumos_priv_set sets[ILLUMOS_PRIV_NSET];
	struct illumos_cred c = {.pid = pid};
	struct exo_process p;

	if (exo_process_info(pid, 0, &p) < 0)
		return -CORE_ENOENT;
	c.euid = p.euid;
	c.ruid = p.uid;
	c.suid = p.suid;
	illumos_cred_privileges(t, &c, sets);
	return illumos_to_prpriv(&c, buf);
}

static long secflags(const struct core_thread *t, i32 pid, u8 *buf)
{
	struct illumos_prsecflags *out = (void *)buf;
	struct illumos_public known;
	u32 word = 0;

	if (illumos_public_of(t, pid, &known))
		word = (u32)known.abi_data[ILLUMOS_P_SECFLAGS];
	*out = (struct illumos_prsecflags){.pr_version = ILLUMOS_PRSECFLAGS_VERSION,
					   .pr_effective = illumos_secflags_of(word, 0),
					   .pr_inherit = illumos_secflags_of(word, 1),
					   .pr_lower = illumos_secflags_of(word, 2),
					   .pr_upper = illumos_secflags_of(word, 3)};
	return sizeof(*out);
}

static long execname(const struct core_thread *t, i32 pid, u8 *buf)
{
	long n = illumos_procfs_executed(t, pid, (char *)buf);

	return n < 0 ? n : n + 1;
}

static long fdinfo(const struct core_thread *t, i32 pid, i32 fd, u8 *buf)
{
	struct illumos_prfdinfo *out = (void *)buf;
	struct exo_open_file f;
	struct core_stat st;
	char path[64];
	u32 item[2];
	u64 at = ILLUMOS_PRFDINFO_SIZE, n;

	if ((pid == t->pid && core_fd_hidden(fd)) || exo_process_fd(pid, fd, &f) < 0)
		return -CORE_ENOENT;
	fb_format(path, sizeof(path), "/proc/%d/fd/%d", pid, fd);
	if (EXO_NOW(newfstatat, CORE_AT_FDCWD, path, &st, 0) < 0)
		return -CORE_ENOENT;
	memset(out, 0, sizeof(*out));
	out->pr_fd = fd;
	out->pr_mode = st.st_mode;
	out->pr_ino = st.st_ino;
	out->pr_size = (u64)st.st_size;
	out->pr_offset = f.offset;
	out->pr_uid = st.st_uid;
	out->pr_gid = st.st_gid;
	out->pr_major = (u32)(core_to_illumos_dev(st.st_dev) >> 32);
	out->pr_minor = (u32)core_to_illumos_dev(st.st_dev);
	out->pr_rmajor = (u32)(core_to_illumos_dev(st.st_rdev) >> 32);
	out->pr_rminor = (u32)core_to_illumos_dev(st.st_rdev);
	out->pr_fileflags = core_to_illumos_oflags((i32)f.flags);
	out->pr_fdflags = f.flags & CORE_O_CLOEXEC ? ILLUMOS_FD_CLOEXEC : 0;
	out->pr_locktype = ILLUMOS_F_UNLCK;
	out->pr_lockpid = out->pr_locksysid = out->pr_peerpid = -1;
	if (f.path[0] == '/') {
		n = strlen(f.path) + 1;
		item[0] = (u32)(sizeof(item) + n);
		item[1] = ILLUMOS_PR_PATHNAME;
		memcpy(buf + at, item, sizeof(item));
		memcpy(buf + at + sizeof(item), f.path, n);
		at += item[0];
	}
	memset(buf + at, 0, sizeof(item)); /* the end */
	return (long)(at + sizeof(item));
}

long illumos_procfs_data(struct core_thread *t, i32 pid, enum illumos_procfs_file file, i32 which,
			 u8 *buf, u64 size)
{
	switch (file) {
	case ILLUMOS_PROCFS_PSINFO:
		return psinfo(t, pid, buf);
	case ILLUMOS_PROCFS_STATUS:
		return status(t, pid, buf);
	case ILLUMOS_PROCFS_LPSINFO:
	case ILLUMOS_PROCFS_LWPSINFO:
		return lwps(t, pid, EACH_PSINFO, which, buf, size);
	case ILLUMOS_PROCFS_LSTATUS:
	case ILLUMOS_PROCFS_LWPSTATUS:
		return lwps(t, pid, EACH_STATUS, which, buf, size);
	case ILLUMOS_PROCFS_LUSAGE:
	case ILLUMOS_PROCFS_LWPUSAGE:
		return lwps(t, pid, EACH_USAGE, which, buf, size);
	case ILLUMOS_PROCFS_USAGE: {
		struct exo_process p;

		if (exo_process_info(pid, 0, &p) < 0)
			return -CORE_ENOENT;
		put_usage(&p, 0, (void *)buf);
		return sizeof(struct illumos_prusage);
	}
	case ILLUMOS_PROCFS_MAP:
		return illumos_procfs_map(t, pid, ILLUMOS_PROCFS_MAP, buf, size);
	case ILLUMOS_PROCFS_XMAP:
	case ILLUMOS_PROCFS_PAGEDATA:
		return illumos_procfs_map(t, pid, file, buf, size);
	case ILLUMOS_PROCFS_WATCH: /* nothing is watched */
		return 0;
	case ILLUMOS_PROCFS_PRIV:
		return privileges(t, pid, buf);
	case ILLUMOS_PROCFS_SECFLAGS:
		return secflags(t, pid, buf);
	case ILLUMOS_PROCFS_CRED:
		return cred(pid, buf);
	case ILLUMOS_PROCFS_SIGACT:
		return sigact(t, pid, buf);
	case ILLUMOS_PROCFS_AUXV:
		return auxv(t, pid, buf, size);
	case ILLUMOS_PROCFS_ARGV:
		return exo_process_text(pid, EXO_PROCESS_ARGS, 0, (char *)buf, size);
	case ILLUMOS_PROCFS_EXECNAME:
		return execname(t, pid, buf);
	case ILLUMOS_PROCFS_FDINFO:
		return fdinfo(t, pid, which, buf);
	default:
		return -CORE_ENOENT;
	}
}
