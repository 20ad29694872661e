/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/process.c: processes, programs and who they are.
 *
 * fork returns behind the call in the child and one instruction further in the parent, who gets
 * the child's number; the child gets its parent's. exec hands the guest's vectors on as the
 * host's, whose strings stay where they are.
 *
 * Facts: sys1.c, sys4.c (V7); ken/sys1.c, sys4.c (V6).
 */
#include "core/memory.h"
#include "core/process.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "loader/exec.h"
#include "loader/script.h"
#include "personality/research/calls.h"

#define NICE_ZERO 20

long research_exit(struct core_thread *t, INT status)
{
	core_exit(t, status & 0xff);
}

long research_fork(struct core_thread *t)
{
	long r = core_fork(t, CORE_SIGCHLD, 0, 0, 0);

	if (r == 0) {
		research_trace_forked(t);
		research_debug_forked(t);
		research_profil_forked();
		return research_pid((i32)EXO_NOW(getppid));
	}
	research.skip = (u16)(research.skip + 2);
	if (r < 0)
		return r;
	research_debug_parent(t);
	research_pid_new((i32)r);
	return research_pid((i32)r);
}

/*
 * A signal that has come interrupts the wait, though a child has ended since: a sleep in those
 * kernels looks for signals first, and shells count on it. So the child is taken in a second call,
 * and in between it can be asked whether it left a core.
 */
static long take(struct core_thread *t, i32 who, i32 *status, u32 options, struct core_rusage *ru)
{
	int kind = who == -1 ? CORE_P_ALL : who > 0 ? CORE_P_PID : CORE_P_PGID;
	struct core_siginfo si = {0};
	bool dumped;
	long r = EXO(waitid, kind, who == -1 ? 0 : MAX(who, -who), &si,
		     CORE_WEXITED | CORE_WNOWAIT | options, NULL);

	if (r == 0 && !(options & CORE_WNOHANG) && t->exo.interrupted)
		r = -CORE_EINTR;
	if (r < 0 || si.chld.pid == 0)
		return r;
	dumped = si.si_code == CORE_CLD_KILLED && research_dumped(si.chld.pid);
	r = EXO(wait4, si.chld.pid, status, options, ru);
	*status |= dumped ? CORE_W_COREFLAG : 0;
	return r;
}

long research_wait_for(struct core_thread *t, i32 who, u16 *status, u32 options,
		       struct core_rusage *ru)
{
	i32 host = 0;
	u16 signal;
	long r;

	for (;;) {
		r = take(t, who, &host, options | CORE_WUNTRACED, ru);
		if (r <= 0)
			return r;
		signal = CORE_WIFSTOPPED(host) ? research_trace_signal((i32)r) : 0;
		if (signal || !CORE_WIFSTOPPED(host) || (options & CORE_WUNTRACED))
			break;
	}
	*status = signal ? (u16)(signal << 8 | 0177) : research_status(host);
	return r;
}

long research_wait(struct core_thread *t)
{
	u16 status = 0;
	long r = research_wait_for(t, -1, &status, 0, NULL);

	return r < 0 ? r : research_pair(research_pid((i32)r), status);
}

/* ---- exec --------------------------------------------------------------------------------- */

struct sizes {
	u32 count, bytes;
};

/* Counts a vector of the guest's and checks its strings. */
static long measure(guest_ptr v, struct sizes *s)
{
	for (u16 at = research_addr(v);; at = (u16)(at + 2)) {
		i32 word = research_fetch(at);
		long n;

		if (word < 0 || (word == 0xffff && !research.version->minus_one))
			return -CORE_EFAULT;
		if (word == 0 || word == 0xffff)
			return 0;
		n = exo_strnlen((const char *)research_at((u16)word).addr, PDP11_SPACE - (u32)word);
		if (n < 0 || n >= PDP11_SPACE - word)
			return -CORE_EFAULT;
		s->count++;
		s->bytes += (u32)n + 1;
		if (s->bytes > research.version->args_max)
			return -CORE_E2BIG;
	}
}

static u64 *put_vector(u64 *to, guest_ptr v, u32 count)
{
	for (u32 i = 0; i < count; i++)
		*to++ = research_at((u16)research_fetch((u16)(research_addr(v) + 2 * i))).addr;
	*to++ = 0;
	return to;
}

static long execute(struct core_thread *t, guest_ptr path, guest_ptr argv, bool env, guest_ptr envp)
{
	char name[RESEARCH_PATH];
	struct sizes args = {0}, vars = {0};
	u64 *v = (u64 *)RESEARCH_VECTOR, room, e = (u64)research.env;
	long r = research_path(path, RESEARCH_FILE, name);

	if (r == 0 && research_addr(argv))
		r = measure(argv, &args);
	if (r == 0 && env && research_addr(envp))
		r = measure(envp, &vars);
	if (r == 0 && args.bytes + vars.bytes > research.version->args_max)
		r = -CORE_E2BIG;
	if (r < 0)
		return r;
	room = ALIGN_UP((args.count + vars.count + 2) * 8UL, PAGE_SIZE);
	r = core_mmap((u64)v, room, CORE_PROT_READ | CORE_PROT_WRITE,
		      CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_FIXED_NOREPLACE, -1, 0, 0);
	if (r < 0)
		return -CORE_ENOMEM;
	if (env || !e)
		e = (u64)put_vector(v, argv, args.count);
	else
		put_vector(v, argv, args.count);
	if (env || !research.env)
		put_vector((u64 *)e, envp, vars.count);
	r = loader_execve(t, CORE_AT_FDCWD, name, (u64)v, e, &loader_script_linux);
	core_munmap((u64)v, room);
	return r;
}

long research_exec(struct core_thread *t, PATH path, ARGV argv)
{
	return execute(t, path, argv, false, gp(0));
}

long research_exece(struct core_thread *t, PATH path, ARGV argv, ARGV envp)
{
	return execute(t, path, argv, true, envp);
}

/* ---- who ------------------------------------------------------------------------------------ */

long research_getpid(struct core_thread *t)
{
	return research_pair(research_pid(t->pid), research_pid((i32)EXO(getppid)));
}

long research_getpid_alone(struct core_thread *t)
{
	return research_pid(t->pid);
}

long research_getuid(struct core_thread *t)
{
	(void)t;
	return research_pair(research_uid((u32)EXO(getuid)), research_uid((u32)EXO(geteuid)));
}

long research_getgid(struct core_thread *t)
{
	(void)t;
	return research_pair(research_uid((u32)EXO(getgid)), research_uid((u32)EXO(getegid)));
}

/* Both in a word: the real one below. */
long research_getuid_word(struct core_thread *t)
{
	(void)t;
	return research_uid((u32)EXO(getuid)) | research_uid((u32)EXO(geteuid)) << 8;
}

long research_getgid_word(struct core_thread *t)
{
	(void)t;
	return research_uid((u32)EXO(getgid)) | research_uid((u32)EXO(getegid)) << 8;
}

static u16 id_of(u32 id)
{
	return research.version->bytes_for_ids ? id & 0xff : (u16)id;
}

long research_setuid(struct core_thread *t, UINT uid)
{
	u32 own = (u32)EXO(getuid), to = research_uid_back(id_of(uid), own);

	(void)t;
	/* The real one may be had back; both become it. */
	return research_used_ids(EXO(setreuid, to, to));
}

long research_setgid(struct core_thread *t, UINT gid)
{
	u32 own = (u32)EXO(getgid), to = research_uid_back(id_of(gid), own);

	(void)t;
	return research_used_ids(EXO(setregid, to, to));
}

long research_kill(struct core_thread *t, PID pid, SIG sig)
{
	int core = sig ? research_signal_to_core((u32)sig) : 0;
	i32 to = pid > 0 ? research_pid_back((u16)pid) : pid;

	if (sig && !core) /* sent, and nobody notices */
		core = 0;
	if (pid < -1 || (pid == -1 && EXO(geteuid) != 0))
		return -CORE_ESRCH;
	if (to == t->pid && core_signal_self(t, core, CORE_SI_USER))
		return 0;
	return EXO(kill, to, core);
}

/* The Sixth Edition's leaves its caller out. */
long research_kill_others(struct core_thread *t, PID pid, SIG sig)
{
	struct core_action ignore = {.handler = CORE_SIG_IGN}, old;
	int core = research_signal_to_core((u32)sig);
	long r;

	if (pid > 0 && research_pid_back((u16)pid) == t->pid)
		return -CORE_ESRCH;
	if (pid != 0 || !core || core_sigaction(t, core, &ignore, &old) < 0)
		return research_kill(t, pid, sig);
	r = research_kill(t, pid, sig);
	core_sigaction(t, core, &old, NULL);
	return r;
}

/* A niceness that only the superuser may have is left out. */
long research_nice(struct core_thread *t, INT incr)
{
	i32 now = NICE_ZERO - (i32)EXO(getpriority, CORE_PRIO_PROCESS, 0), to;

	(void)t;
	if (incr < 0 && EXO(geteuid) != 0)
		incr = 0;
	to = MAX(MIN(now + incr, NICE_ZERO - 1), -NICE_ZERO);
	return EXO(setpriority, CORE_PRIO_PROCESS, 0, to);
}

/* Up to the Sixth Edition it is said, not added; 20 at most. */
long research_nice_to(struct core_thread *t, INT niceness)
{
	(void)t;
	if (niceness < 0 && EXO(geteuid) != 0)
		niceness = 0;
	return EXO(setpriority, CORE_PRIO_PROCESS, 0,
		   MAX(MIN(niceness, NICE_ZERO - 1), -NICE_ZERO));
}

long research_switch(struct core_thread *t)
{
	(void)t;
	return 0;
}

long research_break(struct core_thread *t, UINT addr)
{
	(void)t;
	return research_set_break((u16)addr);
}

/* ---- what is not a program's to do ------------------------------------------------------------
 */

long research_nothing(struct core_thread *t)
{
	(void)t;
	return 0;
}

long research_mount(struct core_thread *t, PATH special, PATH path, INT ro)
{
	(void)t;
	(void)special;
	(void)path;
	(void)ro;
	return -CORE_EPERM;
}

long research_umount(struct core_thread *t, PATH special)
{
	(void)t;
	(void)special;
	return -CORE_EPERM;
}

long research_acct(struct core_thread *t, PATH path)
{
	(void)t;
	(void)path;
	return -CORE_EPERM;
}

long research_phys(struct core_thread *t, INT segment, INT size, UINT physical)
{
	(void)t;
	(void)segment;
	(void)size;
	(void)physical;
	return -CORE_EPERM;
}

long research_lock(struct core_thread *t, INT flag)
{
	(void)t;
	(void)flag;
	return -CORE_EPERM;
}

long research_mpx(struct core_thread *t, PATH path, MODE access, INT a, INT b)
{
	(void)t;
	(void)path;
	(void)access;
	(void)a;
	(void)b;
	return -CORE_EINVAL;
}
