/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/exec.c: execution of programs: exec's family and posix_spawn.
 *
 * A spawned child is a vfork: it stands on its parent's memory until it executes, so it makes
 * system calls and nothing else. Facts: exec(2) (what execvp does with ENOEXEC and EACCES),
 * posix_spawn(3C), usr/src/lib/libc/port/threads/spawn.c.
 */
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

#define SHELL "/bin/sh"

EXPORT int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

EXPORT int fexecve(int fd, char *const argv[], char *const envp[])
{
	return (int)result(SYSCALL(SYS_execve, (long)fd, argv, envp, 1));
}

static int script(const char *path, char *const argv[], char *const envp[])
{
	size_t n = 0;

	while (argv[n])
		n++;
	char *args[n + 3];

	args[0] = (char *)"sh";
	args[1] = (char *)path;
	for (size_t i = 1; i <= n; i++)
		args[i + 1] = argv[i];
	if (n == 0)
		args[2] = NULL;
	return SYSCALL(SYS_execve, SHELL, args, envp, 0).error;
}

static int try(const char *path, char *const argv[], char *const envp[])
{
	int error = SYSCALL(SYS_execve, path, argv, envp, 0).error;

	return error == ENOEXEC ? script(path, argv, envp) : error;
}

/* Gives the error: nothing is written that a parent may share. */
static int search(const char *file, const char *paths, char *const argv[], char *const envp[])
{
	char path[PATH_MAX];
	size_t length = strlen(file);
	int error = ENOENT, denied = 0;

	if (!*file)
		return ENOENT;
	if (strchr(file, '/'))
		return try(file, argv, envp);
	for (const char *p = paths;; p++) {
		size_t n = strcspn(p, ":");

		if (n + length + 2 <= sizeof(path)) {
			memcpy(path, p, n);
			if (n)
				path[n] = '/';
			memcpy(path + n + (n != 0), file, length + 1);
			error = try(path, argv, envp);
			if (error == EACCES)
				denied = EACCES;
			else if (error != ENOENT && error != ENOTDIR && error != ENAMETOOLONG)
				return error;
		}
		p += n;
		if (!*p)
			return denied ? denied : error;
	}
}

static const char *search_path(void)
{
	const char *p = getenv("PATH");

	return p ? p : "/usr/bin:";
}

EXPORT int execvpe(const char *file, char *const argv[], char *const envp[])
{
	return (int)fail_with(search(file, search_path(), argv, envp));
}

EXPORT int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}

/* Collects the arguments of a variadic exec in `args`. */
#define LIST(args, first)                                                                          \
	va_list ap;                                                                                \
	size_t n = 1;                                                                              \
	va_start(ap, first);                                                                       \
	while (va_arg(ap, char *))                                                                 \
		n++;                                                                               \
	va_end(ap);                                                                                \
	char *args[n + 1];                                                                         \
	args[0] = (char *)first;                                                                   \
	va_start(ap, first);                                                                       \
	for (size_t i = 1; i <= n; i++)                                                            \
	args[i] = va_arg(ap, char *)

EXPORT int execl(const char *path, const char *arg, ...)
{
	LIST(args, arg);
	va_end(ap);
	return execve(path, args, environ);
}

EXPORT int execlp(const char *file, const char *arg, ...)
{
	LIST(args, arg);
	va_end(ap);
	return execvp(file, args);
}

EXPORT int execle(const char *path, const char *arg, ...)
{
	char *const *envp;

	LIST(args, arg);
	envp = va_arg(ap, char *const *);
	va_end(ap);
	return execve(path, args, envp);
}

/* ---- posix_spawn --------------------------------------------------------------------------- */

enum action { OPEN, CLOSE, DUP2, CLOSEFROM, CHDIR, FCHDIR };

struct file_action {
	struct file_action *next;
	enum action what;
	int fd, other, flags;
	mode_t mode;
	char path[];
};

struct attributes {
	short flags;
	int policy, priority;
	pid_t group;
	sigset_t defaults, ignored, mask;
};

EXPORT int posix_spawn_file_actions_init(posix_spawn_file_actions_t *a)
{
	a->__file_attrp = NULL;
	return 0;
}

EXPORT int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *a)
{
	struct file_action *f = a->__file_attrp;

	while (f) {
		struct file_action *next = f->next;

		free(f);
		f = next;
	}
	a->__file_attrp = NULL;
	return 0;
}

static int add(posix_spawn_file_actions_t *a, struct file_action what, const char *path)
{
	struct file_action *f, **at = (struct file_action **)&a->__file_attrp;
	size_t n = path ? strlen(path) + 1 : 0;

	if (what.fd < 0 || what.other < 0)
		return EBADF;
	f = malloc(sizeof(*f) + n);
	if (!f)
		return ENOMEM;
	*f = what;
	memcpy(f->path, path, n);
	while (*at)
		at = &(*at)->next;
	*at = f;
	return 0;
}

EXPORT int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *a, int fd, const char *path,
					    int flags, mode_t mode)
{
	return add(a, (struct file_action){.what = OPEN, .fd = fd, .flags = flags, .mode = mode},
		   path);
}

EXPORT int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *a, int fd)
{
	return add(a, (struct file_action){.what = CLOSE, .fd = fd}, NULL);
}

EXPORT int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *a, int fd, int to)
{
	return add(a, (struct file_action){.what = DUP2, .fd = fd, .other = to}, NULL);
}

EXPORT int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *a, int fd)
{
	return add(a, (struct file_action){.what = CLOSEFROM, .fd = fd}, NULL);
}

EXPORT int posix_spawn_file_actions_addchdir(posix_spawn_file_actions_t *a, const char *path)
{
	return add(a, (struct file_action){.what = CHDIR}, path);
}
EXPORT int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *)
    __attribute__((alias("posix_spawn_file_actions_addchdir")));

EXPORT int posix_spawn_file_actions_addfchdir(posix_spawn_file_actions_t *a, int fd)
{
	return add(a, (struct file_action){.what = FCHDIR, .fd = fd}, NULL);
}
EXPORT int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *, int)
    __attribute__((alias("posix_spawn_file_actions_addfchdir")));

EXPORT int posix_spawnattr_init(posix_spawnattr_t *a)
{
	a->__spawn_attrp = calloc(1, sizeof(struct attributes));
	return a->__spawn_attrp ? 0 : ENOMEM;
}

EXPORT int posix_spawnattr_destroy(posix_spawnattr_t *a)
{
	free(a->__spawn_attrp);
	a->__spawn_attrp = NULL;
	return 0;
}

/* ATTRIBUTE(what, type it is given as, type it is fetched in, member) */
#define ATTRIBUTE(name, given, fetched, store, load)                                               \
	EXPORT int posix_spawnattr_set##name(posix_spawnattr_t *a, given v)                        \
	{                                                                                          \
		struct attributes *at = a->__spawn_attrp;                                          \
                                                                                                   \
		if (!at)                                                                           \
			return EINVAL;                                                             \
		store;                                                                             \
		return 0;                                                                          \
	}                                                                                          \
	EXPORT int posix_spawnattr_get##name(const posix_spawnattr_t *a, fetched *v)               \
	{                                                                                          \
		const struct attributes *at = a->__spawn_attrp;                                    \
                                                                                                   \
		if (!at)                                                                           \
			return EINVAL;                                                             \
		load;                                                                              \
		return 0;                                                                          \
	}
ATTRIBUTE(flags, short, short, at->flags = v, *v = at->flags)
ATTRIBUTE(pgroup, pid_t, pid_t, at->group = v, *v = at->group)
ATTRIBUTE(schedpolicy, int, int, at->policy = v, *v = at->policy)
ATTRIBUTE(schedparam, const struct sched_param *, struct sched_param,
	  at->priority = v->sched_priority, v->sched_priority = at->priority)
ATTRIBUTE(sigdefault, const sigset_t *, sigset_t, at->defaults = *v, *v = at->defaults)
ATTRIBUTE(sigignore_np, const sigset_t *, sigset_t, at->ignored = *v, *v = at->ignored)
ATTRIBUTE(sigmask, const sigset_t *, sigset_t, at->mask = *v, *v = at->mask)

static int closefrom_calls(int from)
{
	long limit = SYSCALL(SYS_sysconfig, 4 /* _CONFIG_OPEN_FILES */).value;

	for (long fd = from; fd < limit && fd < 65536; fd++)
		SYSCALL(SYS_fcntl, fd, F_SETFD, FD_CLOEXEC);
	return 0;
}

static int one_file(const struct file_action *f)
{
	struct syscall_answer r;

	switch (f->what) {
	case OPEN:
		r = SYSCALL(SYS_openat, AT_FDCWD, f->path, f->flags, f->mode);
		if (r.error || r.value == f->fd)
			return r.error;
		if (SYSCALL(SYS_fcntl, r.value, F_DUP2FD, f->fd).error)
			return EBADF;
		return SYSCALL(SYS_close, r.value).error;
	case CLOSE:
		SYSCALL(SYS_close, f->fd);
		return 0;
	case DUP2:
		if (f->fd == f->other) {
			r = SYSCALL(SYS_fcntl, f->fd, F_GETFD);
			return r.error ? r.error
				       : SYSCALL(SYS_fcntl, f->fd, F_SETFD, r.value & ~FD_CLOEXEC)
					     .error;
		}
		return SYSCALL(SYS_fcntl, f->fd, F_DUP2FD, f->other).error;
	case CLOSEFROM:
		return closefrom_calls(f->fd);
	case CHDIR:
		return SYSCALL(SYS_chdir, f->path).error;
	default:
		return SYSCALL(SYS_fchdir, f->fd).error;
	}
}

/* Caught signals have their default action in a new program anyway; before, nobody is to be called.
 */
static void child_signals(const struct attributes *a)
{
	for (int sig = 1; sig < NSIG; sig++) {
		struct sigaction act = {0};

		if (a->flags & POSIX_SPAWN_SETSIGDEF && sigismember(&a->defaults, sig)) {
			act.sa_handler = SIG_DFL;
		} else if (a->flags & POSIX_SPAWN_SETSIGIGN_NP && sigismember(&a->ignored, sig)) {
			act.sa_handler = SIG_IGN;
		} else {
			continue;
		}
		SYSCALL(SYS_sigaction, sig, &act, NULL);
	}
}

static int child_attributes(const struct attributes *a)
{
	int error = 0;

	child_signals(a);
	if (a->flags & POSIX_SPAWN_SETPGROUP)
		error = SYSCALL(SYS_pgrpsys, 5, 0, a->group).error;
	if (!error && a->flags & POSIX_SPAWN_RESETIDS) {
		long gid = SYSCALL(SYS_getgid).value, uid = SYSCALL(SYS_getuid).value;

		error = SYSCALL(SYS_setegid, gid).error;
		if (!error)
			error = SYSCALL(SYS_seteuid, uid).error;
	}
	return error;
}

struct request {
	const char *file, *paths; /* paths: NULL, file is a path */
	const struct file_action *files;
	const struct attributes *attr;
	char *const *argv, *const *envp;
	sigset_t mask; /* the caller's */
	int error;
};

int fb_vfork_call(int flags, int (*child)(void *), void *arg, struct syscall_answer *out);

static int child(void *arg)
{
	struct request *r = arg;
	int error = r->attr ? child_attributes(r->attr) : 0;

	for (const struct file_action *f = r->files; f && !error; f = f->next)
		error = one_file(f);
	if (!error) {
		const sigset_t *mask =
		    r->attr && r->attr->flags & POSIX_SPAWN_SETSIGMASK ? &r->attr->mask : &r->mask;

		SYSCALL(SYS_sigprocmask, SIG_SETMASK, mask, NULL);
		error = r->paths ? search(r->file, r->paths, r->argv, r->envp)
				 : SYSCALL(SYS_execve, r->file, r->argv, r->envp, 0).error;
	}
	r->error = error;
	return 127;
}

static int spawn(pid_t *pid, struct request *r, const posix_spawn_file_actions_t *files,
		 const posix_spawnattr_t *attr)
{
	struct syscall_answer a = {0};
	sigset_t all;
	int flags = 0;

	r->files = files ? files->__file_attrp : NULL;
	r->attr = attr ? attr->__spawn_attrp : NULL;
	if (r->attr && r->attr->flags & POSIX_SPAWN_NOSIGCHLD_NP)
		flags |= 1; /* FORK_NOSIGCHLD */
	if (r->attr && r->attr->flags & POSIX_SPAWN_WAITPID_NP)
		flags |= 2; /* FORK_WAITPID */
	sigfillset(&all);
	SYSCALL(SYS_sigprocmask, SIG_SETMASK, &all, &r->mask);
	fb_vfork_call(flags, child, r, &a);
	SYSCALL(SYS_sigprocmask, SIG_SETMASK, &r->mask, NULL);
	if (a.error)
		return a.error;
	if (r->error && !(r->attr && r->attr->flags & POSIX_SPAWN_NOEXECERR_NP)) {
		while (SYSCALL(SYS_waitsys, 0, a.value, &(siginfo_t){0}, 1).error == EINTR)
			;
		return r->error;
	}
	if (pid)
		*pid = (pid_t)a.value;
	return 0;
}

EXPORT int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *files,
		       const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
	static char *const none[1];
	struct request r = {.file = path, .argv = argv, .envp = envp ? envp : none};

	return spawn(pid, &r, files, attr);
}

EXPORT int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *files,
			const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
	static char *const none[1];
	struct request r = {
	    .file = file, .paths = search_path(), .argv = argv, .envp = envp ? envp : none};

	return spawn(pid, &r, files, attr);
}
