/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/spawn.c: spawn(2), by which the library of illumos of 2026 makes its
 * posix_spawn: a child that executes a program, with what is to be done before that.
 *
 * It is a fork here, whose child does not go back to the program: it does what it was told, by the
 * same handlers that the program would have called, and executes. A pipe that the execution closes
 * says how it went; the parent waits for that. The copies that were looked at are what is used: the
 * parent's other threads cannot change them any more.
 *
 * A child that fails is never seen: it has no exit signal, which the hub gives it back with the
 * execution, and is waited for here. Facts: usr/src/uts/common/os/spawn.c (spawn, spawn_main, the
 * order of attributes and actions, the search along a path).
 */
#include "personality/illumos/spawn.h"
#include "core/fd.h"
#include "core/memory.h"
#include "core/process.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/path.h"
#include "personality/illumos/procset.h"
#include "personality/illumos/quiet.h"

#define SIG_SETMASK_ 3 /* SIG_SETMASK */
#define NCARGS	     ILLUMOS_NCARGS64

/* In the runtime's memory; the child's copies lie in its own, where handlers may read them. */
struct request {
	struct illumos_spawn_param *param;
	struct illumos_spawn_args *args;
	u32 param_size, args_size;
	char path[ILLUMOS_PATH_MAX];

	/* the child's: addresses of the same, and room for what else handlers read */
	u64 param_at, args_at, argv_at, envp_at, room_at;
	bool executing;
};

static u64 up(u64 n)
{
	return ALIGN_UP(n, 16);
}

/* ---- the child --------------------------------------------------------------------------- */

#define ROOM (2 * ILLUMOS_PATH_MAX + 16)

static void vector(u64 at, const struct illumos_spawn_args *a, u64 data, u32 off, u32 count)
{
	u64 end = 0;

	for (u32 i = 0; i < count; i++) {
		u64 string = data + off;

		guest_write_u64(gp(at + i * 8ul), string);
		off += (u32)strlen((const char *)&a->sa_data[off]) + 1;
	}
	guest_write_u64(gp(at + count * 8ul), end);
}

/* Two words more in front of argv's: a script's shell and name. */
static long place(struct request *q)
{
	u64 size = up(q->param_size) + up(q->args_size) + up((q->args->sa_arg_cnt + 3) * 8ul) +
		   up((q->args->sa_env_cnt + 1) * 8ul) + ROOM;
	u64 data;
	long at = core_mmap(0, ALIGN_UP(size, PAGE_SIZE), CORE_PROT_READ | CORE_PROT_WRITE,
			    CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS, -1, 0, 0);

	if (at < 0)
		return at;
	q->param_at = (u64)at;
	q->args_at = q->param_at + up(q->param_size);
	q->argv_at = q->args_at + up(q->args_size) + 16;
	q->envp_at = q->argv_at - 16 + up((q->args->sa_arg_cnt + 3) * 8ul);
	q->room_at = q->envp_at + up((q->args->sa_env_cnt + 1) * 8ul);
	data = q->args_at + sizeof(*q->args);
	if (q->param)
		copy_to_guest(gp(q->param_at), q->param, q->param_size);
	copy_to_guest(gp(q->args_at), q->args, q->args_size);
	vector(q->argv_at, q->args, data, q->args->sa_arg_off, q->args->sa_arg_cnt);
	vector(q->envp_at, q->args, data, q->args->sa_env_off, q->args->sa_env_cnt);
	return 0;
}

static u64 in_param(const struct request *q, u32 off)
{
	return q->param_at + sizeof(*q->param) + off;
}

static void dispose(struct core_thread *t, const struct illumos_sigset *set, u64 handler)
{
	struct core_action a = {.handler = handler};

	for (int sig = 1; sig <= ILLUMOS_MAXSIG; sig++) {
		int core = illumos_to_core_signal(sig);

		if (set->bits[(sig - 1) / 32] >> (sig - 1) % 32 & 1 && core > 0 &&
		    !(CORE_SIGBIT(core) & CORE_SIG_UNBLOCKABLE))
			core_sigaction(t, core, &a, NULL);
	}
}

static long schedule(struct core_thread *t, struct request *q)
{
	struct illumos_procset me = {ILLUMOS_POP_AND, ILLUMOS_P_PID, t->pid, ILLUMOS_P_ALL, 0};
	const struct illumos_kspawn_sched *s =
	    (const void *)&q->param->sp_data[q->param->sp_sched_off];
	u64 arg = in_param(q, q->param->sp_sched_off) + sizeof(s->ksched_op);

	copy_to_guest(gp(q->room_at), &me, sizeof(me));
	return illumos_priocntlsys(t, ILLUMOS_PC_VERSION, gp(q->room_at),
				   s->ksched_op == ILLUMOS_KSCHED_PARMS ? ILLUMOS_PC_SETPARMS
									: ILLUMOS_PC_DOPRIO,
				   gp(arg), gp(0));
}

static long attributes(struct core_thread *t, struct request *q)
{
	const struct illumos_spawn_attr *a = illumos_spawn_attr(q->param);
	i32 f = a ? a->sa_psflags : 0;
	long r = 0;

	if (f & ILLUMOS_SPAWN_SETSIGMASK)
		illumos_lwp_sigmask(t, SIG_SETMASK_, a->sa_sigmask.bits[0], a->sa_sigmask.bits[1],
				    a->sa_sigmask.bits[2], a->sa_sigmask.bits[3]);
	if (f & ILLUMOS_SPAWN_SETSIGIGN_NP)
		dispose(t, &a->sa_sigignore, CORE_SIG_IGN);
	if (f & ILLUMOS_SPAWN_SETSIGDEF)
		dispose(t, &a->sa_sigdefault, CORE_SIG_DFL);
	if (f & ILLUMOS_SPAWN_RESETIDS) {
		r = illumos_setgid(t, (u32)EXO_NOW(getgid));
		if (r == 0)
			r = illumos_setuid(t, (u32)EXO_NOW(getuid));
	}
	if (r >= 0 && f & ILLUMOS_SPAWN_SETSID)
		r = EXO(setsid);
	if (r >= 0 && f & ILLUMOS_SPAWN_SETPGROUP)
		r = EXO(setpgid, 0, a->sa_pgroup);
	if (r >= 0 && f & (ILLUMOS_SPAWN_SETSCHEDULER | ILLUMOS_SPAWN_SETSCHEDPARAM))
		r = schedule(t, q);
	return MIN(r, 0L);
}

static long duplicate(int from, int to)
{
	if (core_fd_hidden(from) || EXO_NOW(fcntl, from, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	return from == to ? 0 : core_dup2(from, to, 0);
}

static long act(struct core_thread *t, const struct illumos_kfile_attr *k, u64 path)
{
	long fd, r;

	switch (k->kfa_type) {
	case ILLUMOS_FA_OPEN:
		fd = illumos_open(t, gp(path), (i32)k->kfa_oflag, k->kfa_mode);
		if (fd < 0 || fd == k->kfa_filedes)
			return fd;
		r = duplicate((int)fd, k->kfa_filedes);
		core_close((int)fd);
		return r;
	case ILLUMOS_FA_CLOSE:
		r = core_close(k->kfa_filedes);
		return r == -CORE_EBADF ? 0 : r;
	case ILLUMOS_FA_DUP2:
		return duplicate(k->kfa_filedes, k->kfa_newfiledes);
	case ILLUMOS_FA_CLOSEFROM:
		core_close_range((u32)k->kfa_filedes, INT32_MAX, 0);
		return 0;
	case ILLUMOS_FA_CHDIR:
		return illumos_chdir(t, gp(path));
	default:
		return illumos_fchdir(t, k->kfa_filedes);
	}
}

static long actions(struct core_thread *t, struct request *q)
{
	u32 off = q->param ? q->param->sp_fattr_off : 0;
	long r = 0;

	for (u32 i = 0; q->param && i < q->param->sp_fattr_cnt && r >= 0; i++) {
		const struct illumos_kfile_attr *k = (const void *)&q->param->sp_data[off];

		r = act(t, k, in_param(q, off) + offsetof(struct illumos_kfile_attr, kfa_path));
		off += k->kfa_len;
	}
	return MIN(r, 0L);
}

static long try(struct core_thread *t, struct request *q, const char *name)
{
	copy_to_guest(gp(q->room_at), name, strlen(name) + 1);
	return illumos_execve(t, gp(q->room_at), gp(q->argv_at), gp(q->envp_at), 0);
}

/* What no format is known of is a script of the shell's: sh NAME ARGUMENTS. */
static long by_shell(struct core_thread *t, struct request *q, const char *name)
{
	u64 argv = q->argv_at - (q->args->sa_arg_cnt ? 8 : 16);

	if (!q->param->sp_shell_len)
		return -CORE_ENOEXEC;
	copy_to_guest(gp(q->room_at), "sh", 3);
	copy_to_guest(gp(q->room_at + 16), name, strlen(name) + 1);
	guest_write_u64(gp(argv), q->room_at);
	guest_write_u64(gp(argv + 8), q->room_at + 16);
	return illumos_execve(t, gp(in_param(q, q->param->sp_shell_off)), gp(argv), gp(q->envp_at),
			      0);
}

/* The next directory of the list and the name go to out; what is left of the list, or NULL. */
static const char *join(const char *list, const char *name, char out[ILLUMOS_PATH_MAX + 2],
			bool *fits)
{
	const char *sep = strchr(list, ':');
	size_t dir = sep ? (size_t)(sep - list) : strlen(list), n = strlen(name);

	*fits = dir + n + 1 + (dir > 0) <= ILLUMOS_PATH_MAX + 1;
	if (*fits) {
		for (size_t i = 0; i < dir; i++)
			out[i] = list[i];
		if (dir)
			out[dir++] = '/';
		fb_strlcpy(out + dir, name, ILLUMOS_PATH_MAX + 2 - dir);
	}
	return sep ? sep + 1 : NULL;
}

static long execute(struct core_thread *t, struct request *q)
{
	char path[ILLUMOS_PATH_MAX + 4];
	const char *list;
	long r, best = 0;
	bool fits;

	q->executing = true;
	if (!q->param || !q->param->sp_path_len)
		return try(t, q, q->path);
	list = (const char *)&q->param->sp_data[q->param->sp_path_off];
	do {
		list = join(list, q->path, path, &fits);
		if (!fits) {
			r = -CORE_ENAMETOOLONG;
			best = best ? best : r;
			continue;
		}
		if (*path == '-') { /* no option of a shell's */
			memmove(path + 2, path, strlen(path) + 1);
			path[0] = '.';
			path[1] = '/';
		}
		r = try(t, q, path);
		if (r == -CORE_ENOEXEC)
			return by_shell(t, q, path);
		if (r == -CORE_EACCES)
			best = r;
	} while (list);
	return best ? best : r;
}

static NORETURN void child(struct core_thread *t, struct request *q, int told)
{
	const struct illumos_spawn_attr *a = illumos_spawn_attr(q->param);
	long r = place(q);

	if (r == 0)
		r = attributes(t, q);
	if (r == 0)
		r = actions(t, q);
	if (r == 0)
		r = execute(t, q);
	if (q->executing && a && a->sa_psflags & ILLUMOS_SPAWN_NOEXECERR_NP)
		core_exit(t, ILLUMOS_SPAWN_NOEXECERR_EXIT);
	r = r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR : r;
	EXO_NOW(write, told, &r, sizeof(r));
	core_exit(t, 0);
}

/* ---- the parent -------------------------------------------------------------------------- */

static long fork_and_wait(struct core_thread *t, struct request *q)
{
	const struct illumos_spawn_attr *a = illumos_spawn_attr(q->param);
	i32 f = a ? a->sa_psflags : 0;
	u32 flags = (f & ILLUMOS_SPAWN_NOSIGCHLD_NP ? ILLUMOS_FORK_NOSIGCHLD : 0) |
		    (f & ILLUMOS_SPAWN_WAITPID_NP ? ILLUMOS_FORK_WAITPID : 0);
	bool visible = f & ILLUMOS_SPAWN_NOEXECERR_NP && !(f & ILLUMOS_SPAWN_NOSIGCHLD_NP);
	int fds[2];
	long r = EXO_NOW(pipe2, fds, CORE_O_CLOEXEC), pid, error = 0;

	if (r < 0)
		return r;
	fds[0] = exo_hide_fd(fds[0]);
	fds[1] = exo_hide_fd(fds[1]);
	if (fds[0] < 0 || fds[1] < 0) {
		pid = -CORE_EMFILE;
		goto out;
	}
	pid = illumos_fork_for(t, flags, visible ? CORE_SIGCHLD : 0);
	if (pid == 0)
		child(t, q, fds[1]);
	exo_unhide_fd(fds[1]);
	fds[1] = -1;
	if (pid < 0)
		goto out;
	do
		r = EXO_NOW(read, fds[0], &error, sizeof(error));
	while (r == -CORE_EINTR);
	if (r == (long)sizeof(error)) {
		while (EXO_NOW(waitid, CORE_P_PID, pid, NULL, CORE_WEXITED | CORE_WALL, NULL) ==
		       -CORE_EINTR)
			;
		illumos_quiet_forget((i32)pid);
		pid = error < 0 ? error : -CORE_EIO;
	}
out:
	if (fds[0] >= 0)
		exo_unhide_fd(fds[0]);
	if (fds[1] >= 0)
		exo_unhide_fd(fds[1]);
	return pid;
}

static long take(guest_ptr from, u64 size, void **to)
{
	*to = exo_pages_alloc(size);
	if (!*to)
		return -CORE_ENOMEM;
	return copy_from_guest(*to, from, size);
}

static long take_all(struct request *q, guest_ptr path, guest_ptr param, guest_ptr args)
{
	long r;

	if (q->param_size) {
		r = take(param, q->param_size, (void **)&q->param);
		if (r < 0)
			return r;
		if (!illumos_spawn_param_good(q->param, q->param_size))
			return -CORE_EINVAL;
	}
	r = take(args, q->args_size, (void **)&q->args);
	if (r < 0)
		return r;
	if (!illumos_spawn_args_good(q->args, q->args_size))
		return -CORE_EINVAL;
	return MIN(copy_str_from_guest(q->path, path, sizeof(q->path)), 0L);
}

long illumos_spawn(struct core_thread *t, PATH path, IN attributes_, SIZE size, IN arguments,
		   SIZE argsize)
{
	struct request q = {.param_size = (u32)size, .args_size = (u32)argsize};
	long r;

	if (!path.addr || !arguments.addr || q.args_size < sizeof(*q.args))
		return -CORE_EINVAL;
	if (q.param_size > NCARGS || q.args_size > NCARGS)
		return -CORE_E2BIG;
	if (q.param_size && q.param_size < sizeof(*q.param))
		return -CORE_EINVAL;
	r = take_all(&q, path, attributes_, arguments);
	if (r == 0)
		r = fork_and_wait(t, &q);
	if (q.param)
		exo_pages_free(q.param, q.param_size);
	if (q.args)
		exo_pages_free(q.args, q.args_size);
	return r < 0 ? r : illumos_two(t, r, 0);
}
