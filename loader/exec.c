/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/exec.c: a guest's execve.
 *
 * A program for this host is executed by the host, directly, unless programs that it executes
 * in turn shall be found by us (loader_inherit.keep_linux). Everything else is executed through the
 * runtime's own image, by a descriptor, so that it works after chroot and with an empty
 * environment. A script is the host's when its interpreter is. Errors are found before the point of
 * no return: file, rights, format, vectors.
 */
#include "loader/exec.h"
#include "core/debugged.h"
#include "core/aio.h"
#include "core/guest.h"
#include "core/login.h"
#include "core/zone.h"
#include "core/news.h"
#include "core/personality.h"
#include "core/process.h"
#include "core/signal.h"
#include "exo/note.h"
#include "loader/aout.h"
#include "loader/script.h"
#include "lib/mem.h"

#define SCRIPT_DEPTH 5
#define PATH_ROOM    1040 /* what a guest's path has, behind a directory */
#define ARGS_MAX     (1u << 20)
#define SHARED_TEXT  48
#define OPTIONS_MAX                                                                                \
	(sizeof(loader_inherit.options) + SHARED_TEXT + 80 + CORE_NEWS_TEXT + CORE_LOGIN_TEXT +    \
	 CORE_ZONE_TEXT + CORE_HAND_ON_TEXT + CORE_DEBUGGED_TEXT)

struct loader_inherit loader_inherit;

/* The memory that is shared with who watches: not before, for that may begin and end. */
static void shared_to_text(char out[SHARED_TEXT])
{
	static const char *const names[EXO_SHARED_COUNT] = {"trace", "policy"};
	size_t n = 0;

	out[0] = '\0';
	for (u32 i = 0; i < EXO_SHARED_COUNT; i++) {
		int fd = exo_shared_fd(i);

		if (fd >= 0)
			n += fb_format(out + n, SHARED_TEXT - n, ";%s=%d", names[i], fd);
	}
}

static long fd_pread(void *ctx, void *buf, size_t n, u64 off)
{
	struct loader_fd *f = ctx;

	return EXO_NOW(pread64, f->fd, buf, n, off);
}

long loader_fd_source(struct loader_fd *f, int fd, u8 *head)
{
	struct core_stat st;
	long r = EXO_NOW(fstat, fd, &st);

	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFREG)
		return -CORE_EACCES;
	f->fd = fd;
	r = EXO_NOW(pread64, fd, head, LOADER_WINDOW, 0);
	if (r < 0)
		return r;
	f->src = (struct loader_source){.pread = fd_pread,
					.ctx = f,
					.size = (u64)st.st_size,
					.head = head,
					.head_len = (u32)MIN(r, st.st_size)};
	return 0;
}

static long check_rights(int dirfd, const char *path)
{
	return EXO_NOW(faccessat2, dirfd, path, CORE_X_OK,
		       CORE_AT_EACCESS | (*path ? 0 : CORE_AT_EMPTY_PATH));
}

/*
 * Is what fd holds the host's to run? 1, 0, or an error. A set-id program is, always: the
 * runtime could not give it its rights. A format nobody here knows is too: the host may have
 * been told what to do with it (binfmt_misc), and else says ENOEXEC itself.
 */
static long host_runs(struct core_thread *t, int fd, const struct loader_script_rules *rules,
		      int depth)
{
	char *head = exo_thread_scratch(&t->exo);
	struct loader_script script;
	struct loader_verdict v = {.format = LOADER_UNKNOWN};
	struct loader_fd f;
	struct core_stat st;
	long r = loader_fd_source(&f, fd, (u8 *)head), in;

	if (r == 0)
		r = loader_detect(&f.src, &v);
	if (r < 0)
		return r;
	if (v.format == LOADER_ELF64 && v.personality) {
		if (strcmp(v.personality, "linux") != 0)
			return 0;
		if (loader_inherit.keep_all || loader_inherit.inside)
			return 0;
		r = EXO_NOW(fstat, fd, &st);
		if (r < 0)
			return r;
		return !loader_inherit.keep_linux || (st.st_mode & (CORE_S_ISUID | CORE_S_ISGID));
	}
	if (v.format == LOADER_PDP11 && v.personality)
		return 0;
	if (v.format == LOADER_UNKNOWN && loader_inherit.keep_unknown &&
	    loader_aout_raw(f.src.head, f.src.head_len))
		return 0;
	if (v.format != LOADER_SCRIPT)
		return 1;
	if (depth == 0)
		return -CORE_ELOOP;
	r = EXO_NOW(pread64, fd, head, LOADER_SCRIPT_MAX, 0);
	if (r < 0)
		return r;
	r = loader_script_parse(rules, head, (u32)r, &script, NULL);
	if (r < 0)
		return r;
	in = EXO_NOW(open, script.interp, CORE_O_RDONLY | CORE_O_CLOEXEC);
	if (in < 0)
		return in;
	r = host_runs(t, (int)in, rules, depth - 1);
	EXO_NOW(close, in);
	return r;
}

static long count_vector(u64 v)
{
	u64 word;

	for (long n = 0; n < (long)ARGS_MAX; n++) {
		if (guest_read_u64(gp(v + (u64)n * 8), &word) < 0)
			return -CORE_EFAULT;
		if (!word)
			return n;
	}
	return -CORE_E2BIG;
}

/* After the host has agreed nothing can be done any more, so it is done before; the host can
 * still refuse (E2BIG, a format it does not know), and then it was done for nothing. */
static void leave(struct core_thread *t)
{
	if (t->abi->leave)
		t->abi->leave(t);
}

/*
 * { "fbird-rt", options, path, guest argv..., NULL }, and the open file with them: what was
 * looked at is what runs, whatever its name says by then.
 */
static long through_runtime(struct core_thread *t, int fd, const char *path, u64 argv, u64 envp)
{
	long n = argv ? count_vector(argv) : 0, r;
	static const char name[] = "fbird-rt";
	char *options, told[CORE_NEWS_TEXT], login[CORE_LOGIN_TEXT], zone[CORE_ZONE_TEXT],
	    carried[32], shared[SHARED_TEXT], debugged[CORE_DEBUGGED_TEXT];
	char own[CORE_HAND_ON_TEXT] = "";
	u64 *v;

	if (n < 0)
		return n;
	v = core_exec_buffer(t, (u64)(n + 5) * 8 + OPTIONS_MAX);
	if (!v)
		return -CORE_ENOMEM;
	options = (char *)&v[n + 5];
	core_news_to_text(t, told);
	core_login_to_text(login);
	core_zone_to_text(zone);
	core_debugged_to_text(debugged);
	carried[0] = '\0';
	if (UNLIKELY(t->proc->carried))
		fb_format(carried, sizeof(carried), ";carried=%lx", t->proc->carried);
	if (t->abi->hand_on)
		t->abi->hand_on(t, own, sizeof(own));
	shared_to_text(shared);
	fb_format(options, OPTIONS_MAX, "%s%s;ignored=%lx;program=%d%s%s%s%s%s%s%s",
		  loader_inherit.options, shared, core_signal_ignored(t->proc), fd, told, login,
		  zone, carried, debugged, own[0] ? ";own=" : "", own);
	v[0] = (u64)name;
	v[1] = (u64)options;
	v[2] = (u64)path;
	v[n + 3] = 0;
	if (n && copy_from_guest(&v[3], gp(argv), (u64)n * 8) < 0) {
		r = -CORE_EFAULT;
	} else {
		exo_image_leave(true);
		leave(t);
		EXO_NOW(fcntl, fd, CORE_F_SETFD, 0);
		core_aio_hold(t);
		core_signal_before_exec(t);
		r = EXO_NOW(execveat, exo_image_fd(), "", v, envp, CORE_AT_EMPTY_PATH);
		core_signal_after_exec(t);
		core_aio_go_on(t);
		exo_image_leave(false);
	}
	core_exec_buffer_free(t);
	return r;
}

long loader_execve(struct core_thread *t, int dirfd, const char *path, u64 argv, u64 envp,
		   const struct loader_script_rules *rules)
{
	char by_fd[PATH_ROOM];
	long fd, r;

	if (exo_fd_hidden(dirfd))
		return -CORE_EBADF;
	r = check_rights(dirfd, path);
	if (r < 0)
		return r;
	if (*path)
		fd = EXO_NOW(openat, dirfd, path, CORE_O_RDONLY | CORE_O_CLOEXEC);
	else
		fd = EXO_NOW(fcntl, dirfd, CORE_F_DUPFD_CLOEXEC, 0);
	if (fd == -CORE_EACCES && !loader_inherit.keep_all)
		r = 1; /* to be executed but not read: the host can */
	else if (fd < 0)
		return fd;
	else
		r = host_runs(t, (int)fd, rules, SCRIPT_DEPTH);
	exo_note(ROOM_LOADER, NOTE_INFO, "%s is executed %s", *path ? path : "a descriptor",
		 r > 0	  ? "by the host alone"
		 : r == 0 ? "through the runtime"
			  : "by nobody");
	if (r > 0) {
		leave(t);
		core_aio_hold(t);
		core_signal_before_exec(t);
		r = EXO_NOW(execveat, dirfd, path, argv, envp, *path ? 0 : CORE_AT_EMPTY_PATH);
		core_signal_after_exec(t);
		core_aio_go_on(t);
	} else if (r == 0) {
		if (!*path || (*path != '/' && dirfd != CORE_AT_FDCWD)) {
			fb_format(by_fd, sizeof(by_fd), "/dev/fd/%d%s%s", dirfd, *path ? "/" : "",
				  path);
			path = by_fd;
		}
		r = through_runtime(t, (int)fd, path, argv, envp);
	}
	if (fd >= 0)
		EXO_NOW(close, fd);
	return r;
}
