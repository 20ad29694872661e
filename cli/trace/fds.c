/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/fds.c: descriptors by process, followed by what the words of a call say: one that
 * returns a descriptor and has a path has opened it; one that has a descriptor first and returns
 * one has duplicated it, unless it is a socket's. A child begins with what its parent had when the
 * child was first heard of, which is before its fork has ended; exec closes what was marked for it.
 * Names are joined as they are written: `..` takes the name before it away, whatever it is.
 */
#include "cli/trace/fds.h"

#include <dirent.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/trace/posix.h"
#include "core/abi.h"

#define FDS_MOST     65536
#define BUCKETS	     1024
#define WHOLE_PATH   4096
#define RESEARCH_DUP 0100 /* dup(2) of the Seventh Edition: the other argument counts */

struct fd {
	char *path;
	bool cloexec;
};

struct process {
	u32 pid;
	bool heard_of; /* before its parent's fork had ended */
	char *cwd;
	struct fd *fd;
	u32 room;
	struct process *next;
};

static struct process *processes[BUCKETS];
static bool on;

void fds_follow(void)
{
	on = true;
}

bool fds_followed(void)
{
	return on;
}

static bool is_one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

/* ---- processes ------------------------------------------------------------------------------ */

static void set(char **where, const char *text)
{
	char *copy = text != NULL ? format_string("%s", text) : NULL;

	free(*where);
	*where = copy;
}

static void set_fd(struct process *p, i64 fd, const char *path, bool cloexec)
{
	if (fd < 0 || fd >= FDS_MOST || (path == NULL && fd >= p->room))
		return;
	if (fd >= p->room) {
		u32 room = MAX(p->room * 2, ALIGN_UP((u32)fd + 1, 16u));
		struct fd *more = realloc(p->fd, room * sizeof(*more));

		if (more == NULL)
			abort();
		memset(more + p->room, 0, (room - p->room) * sizeof(*more));
		p->fd = more;
		p->room = room;
	}
	set(&p->fd[fd].path, path);
	p->fd[fd].cloexec = cloexec;
}

static const struct fd *fd_of(const struct process *p, i64 fd)
{
	static const struct fd none;

	return fd >= 0 && fd < p->room ? &p->fd[fd] : &none;
}

static char *read_link(const char *path)
{
	char text[WHOLE_PATH];
	ssize_t n = readlink(path, text, sizeof(text) - 1);

	return n > 0 ? format_string("%.*s", (int)n, text) : NULL;
}

static void ask_host(struct process *p)
{
	CLEAN_FREE char *folder = format_string("/proc/%u/fd", p->pid);
	CLEAN_FREE char *cwd = format_string("/proc/%u/cwd", p->pid);
	DIR *d = opendir(folder);

	p->cwd = read_link(cwd);
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
		CLEAN_FREE char *name = format_string("%s/%s", folder, e->d_name);
		CLEAN_FREE char *path = NULL;

		if (e->d_name[0] == '.')
			continue;
		path = read_link(name);
		set_fd(p, strtol(e->d_name, NULL, 10), path, false);
	}
	if (d != NULL)
		closedir(d);
}

static struct process **place_of(u32 pid)
{
	struct process **p = &processes[pid % BUCKETS];

	while (*p != NULL && (*p)->pid != pid)
		p = &(*p)->next;
	return p;
}

static struct process *add(u32 pid)
{
	struct process *p = calloc(1, sizeof(*p)), **first = &processes[pid % BUCKETS];

	if (p == NULL)
		abort();
	p->pid = pid;
	p->next = *first;
	*first = p;
	return p;
}

static void forget(u32 pid)
{
	struct process **at = place_of(pid), *p = *at;

	if (p == NULL)
		return;
	*at = p->next;
	for (u32 i = 0; i < p->room; i++)
		free(p->fd[i].path);
	free(p->fd);
	free(p->cwd);
	free(p);
}

static struct process *copy_of(const struct process *parent, u32 pid)
{
	struct process *p = add(pid);

	set(&p->cwd, parent->cwd);
	for (u32 i = 0; i < parent->room; i++)
		if (parent->fd[i].path != NULL)
			set_fd(p, i, parent->fd[i].path, parent->fd[i].cloexec);
	return p;
}

static struct process *process_of(const struct event *e)
{
	struct process *p = *place_of(e->pid), *parent;

	if (p != NULL)
		return p;
	parent = e->parent != 0 && e->parent != e->pid ? *place_of(e->parent) : NULL;
	if (parent != NULL) {
		p = copy_of(parent, e->pid);
		p->heard_of = true;
	} else {
		p = add(e->pid);
		ask_host(p);
	}
	return p;
}

void fds_begin(u32 pid, const char *directory)
{
	struct process *p;

	if (!on)
		return;
	p = add(pid);
	p->cwd = directory != NULL ? realpath(directory, NULL) : read_link("/proc/self/cwd");
	for (u32 fd = 0; fd < 3; fd++) {
		CLEAN_FREE char *name = format_string("/proc/self/fd/%u", fd);
		CLEAN_FREE char *path = read_link(name);

		set_fd(p, fd, path, false);
	}
}

/* ---- paths ---------------------------------------------------------------------------------- */

const char *fds_path(const struct event *e, int fd)
{
	return fd_of(process_of(e), fd)->path;
}

const char *fds_cwd(const struct event *e)
{
	return process_of(e)->cwd;
}

static i32 fd_at(const struct event *e, u32 i)
{
	return i < e->r->nargs && e->call->word[i] == WORD_FD ? (i32)e->r->args[i] : -1;
}

/* Takes `.`, `..` with the name before it, and slashes that are too many out of an absolute path.
 */
static void shorten(char *path)
{
	char *to = path, *from = path;

	while (*from != '\0') {
		size_t n;

		from += strspn(from, "/");
		n = strcspn(from, "/");
		if (n == 2 && memcmp(from, "..", 2) == 0) {
			while (to > path && *--to != '/')
				;
		} else if (n != 0 && !(n == 1 && *from == '.')) {
			*to++ = '/';
			memmove(to, from, n);
			to += n;
		}
		from += n;
	}
	if (to == path)
		*to++ = '/';
	*to = '\0';
}

/* A path that a call was given, from the directory it is meant from. */
const char *fds_whole_path(const struct event *e, u32 i)
{
	static char text[2 * WHOLE_PATH];
	struct shown_data d = event_data(e, i, false, 0);
	const char *from;
	i32 dir = i > 0 ? fd_at(e, i - 1) : -1;

	if (d.p == NULL)
		return NULL;
	from = d.n > 0 && d.p[0] == '/' ? "" : dir >= 0 ? fds_path(e, dir) : fds_cwd(e);
	if (from == NULL)
		from = "?";
	snprintf(text, sizeof(text), "%.*s/%.*s", WHOLE_PATH, from, (int)MIN(d.n, WHOLE_PATH - 2u),
		 (const char *)d.p);
	if (text[0] == '/')
		shorten(text);
	return text;
}

/* ---- calls ---------------------------------------------------------------------------------- */

static const char *const forks[] = {"fork",  "vfork",  "rfork", "pdfork", "forksys",
				    "clone", "clone3", "spawn", NULL};

/* fcntl returns a descriptor only for some commands. */
static const char *fcntl_command(const struct event *e)
{
	const struct posix *p = posix_of(e->abi);

	if (p == NULL || strcmp(e->call->name, "fcntl") != 0 || e->r->nargs < 2)
		return NULL;
	return posix_name_of(p, LIST_FCNTL, (u32)e->r->args[1]);
}

static bool duplicates(const struct event *e)
{
	const char *cmd = fcntl_command(e);

	return cmd != NULL && strncmp(cmd, "F_DUP", 5) == 0;
}

static bool is_old_dup(const struct event *e)
{
	return e->abi->pdp11 && strcmp(e->call->name, "dup") == 0;
}

const char *fds_made(const struct event *e)
{
	static const char *const sockets[] = {"socket", "so_socket", "accept", "accept4", NULL};
	const struct call_info *c = e->call;

	if (c == NULL || e->r->nargs < c->nargs)
		return NULL;
	if (duplicates(e))
		return fds_path(e, fd_at(e, 0));
	if (!c->returns_fd)
		return NULL;
	if (is_old_dup(e))
		return fds_path(e, (i32)e->r->args[0] & (RESEARCH_DUP - 1));
	if (is_one_of(c->name, sockets))
		return "socket";
	for (u32 i = 0; i < c->nargs; i++)
		if (c->word[i] == WORD_PATH)
			return fds_whole_path(e, i);
	if (fd_at(e, 0) >= 0)
		return fds_path(e, fd_at(e, 0));
	return c->name;
}

/* Is what the call has made closed by exec? */
static bool is_cloexec(const struct event *e)
{
	const struct posix *p = posix_of(e->abi);
	const char *cmd = fcntl_command(e);

	if (cmd != NULL)
		return strstr(cmd, "CLOEXEC") != NULL;
	for (u32 i = 0; p != NULL && i < e->call->nargs; i++) {
		u32 v = (u32)e->r->args[i];

		switch (e->call->word[i]) {
		case WORD_OFLAGS:
		case WORD_CREATEFLAGS:
			if (v & posix_value_named(p, LIST_OFLAGS, "O_CLOEXEC"))
				return true;
			break;
		case WORD_SOCKTYPE:
			if (v & posix_value_named(p, LIST_SOCKFLAG, "SOCK_CLOEXEC"))
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

static void pair(struct process *p, const struct event *e, const char *what)
{
	for (u32 i = 0; i < e->call->nargs; i++) {
		struct shown_data d = event_data(e, i, true, 0);
		u32 size = e->abi->pdp11 ? 2 : 4;

		if (e->call->word[i] != WORD_FDPAIR || d.p == NULL || d.n < 2 * size)
			continue;
		for (u32 k = 0; k < 2; k++)
			set_fd(p, size == 2 ? value_u16(d.p, 2 * k) : (i32)value_u32(d.p, 4 * k),
			       what, is_cloexec(e));
	}
}

static bool makes_thread(const struct event *e)
{
	u64 flags = e->r->args[0];
	const void *how;

	if (e->abi->names != NAMES_CORE)
		return false;
	if (strcmp(e->call->name, "clone3") == 0) {
		how = value_struct(e, 0, false, 8);
		flags = how != NULL ? value_u64(how, 0) : 0;
	} else if (strcmp(e->call->name, "clone") != 0) {
		return false;
	}
	return flags & CORE_CLONE_THREAD;
}

/* The fork has ended: the child may have been heard of by then, and be further on. */
static void born(const struct process *parent, u32 pid)
{
	struct process *p = *place_of(pid);

	if (p != NULL && p->heard_of) {
		p->heard_of = false;
		return;
	}
	forget(pid); /* one before that had its number */
	copy_of(parent, pid);
}

static void executed(struct process *p)
{
	for (u32 i = 0; i < p->room; i++)
		if (p->fd[i].cloexec)
			set_fd(p, i, NULL, false);
}

/* The call by which a process ends; a thread's own has other names but in Linux. */
static bool ends_process(const struct event *e)
{
	return e->call != NULL && e->last && e->call->ends &&
	       strcmp(e->call->name, e->abi->names == NAMES_CORE ? "exit_group" : "exit") == 0;
}

bool fds_need(const struct call_info *c)
{
	/* A child that does nothing but exec is heard of by that. */
	static const char *const more[] = {
	    "close",	   "freebsd12_closefrom",
	    "close_range", "chdir",
	    "fchdir",	   "fcntl",
	    "exit",	   "freebsd10_pipe",
	    "exit_group",  "exec",
	    "execv",	   "exece",
	    "pipe",	   "execve",
	    "execveat",	   "fexecve",
	    NULL,
	};

	for (u32 i = 0; i < c->nargs; i++)
		if (c->word[i] == WORD_FDPAIR)
			return true;
	return c->returns_fd || is_one_of(c->name, more) || is_one_of(c->name, forks);
}

static void follow(struct process *p, const struct event *e)
{
	static const char *const ranges[] = {"freebsd12_closefrom", "close_range", NULL};
	const char *name = e->call->name, *cmd = fcntl_command(e);
	u64 last = e->r->nargs < 2 ? FDS_MOST : (u32)e->r->args[1];

	if (strcmp(name, "close") == 0)
		set_fd(p, fd_at(e, 0), NULL, false);
	else if (is_one_of(name, ranges))
		for (u64 fd = (u32)e->r->args[0]; fd < p->room && fd <= last; fd++)
			if (e->r->nargs > 2 && e->r->args[2] & CORE_CLOSE_RANGE_CLOEXEC)
				p->fd[fd].cloexec = true;
			else
				set_fd(p, (i64)fd, NULL, false);
	else if (is_one_of(name, forks) && e->r->result > 0 && !makes_thread(e))
		born(p, (u32)e->r->result);
	else if (strcmp(name, "chdir") == 0)
		set(&p->cwd, fds_whole_path(e, 0));
	else if (strcmp(name, "fchdir") == 0)
		set(&p->cwd, fds_path(e, fd_at(e, 0)));
	else if (cmd != NULL && strcmp(cmd, "F_SETFD") == 0 && fd_at(e, 0) < (i64)p->room &&
		 fd_at(e, 0) >= 0)
		p->fd[fd_at(e, 0)].cloexec = e->r->args[2] & 1;
	else if (e->call->returns_fd || duplicates(e))
		set_fd(p, e->r->result, fds_made(e), is_cloexec(e));
	else
		pair(p, e, strncmp(name, "pipe", 4) == 0 ? "pipe" : "socket");
	if (strcmp(name, "freebsd10_pipe") == 0)
		set_fd(p, e->r->result, "pipe", false);
	if (strcmp(name, "freebsd10_pipe") == 0 || (e->abi->pdp11 && strcmp(name, "pipe") == 0))
		set_fd(p, e->r->result2, "pipe", false);
}

void fds_after(const struct event *e)
{
	struct process *p;

	if (!on)
		return;
	p = process_of(e); /* whatever it is, it tells of the process */
	if (ends_process(e) || e->r->kind == TRACE_DEATH)
		forget(e->pid);
	else if (e->r->kind == TRACE_EXEC)
		executed(p);
	else if (e->r->kind == TRACE_CALL && e->call != NULL && e->done &&
		 e->r->nargs >= e->call->nargs &&
		 !(e->r->flags & (TRACE_R_CARRY | TRACE_R_RESTART)))
		follow(p, e);
}
