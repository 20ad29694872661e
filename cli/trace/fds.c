/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/fds.c: descriptors by process, followed by what the words of a call say: one that
 * returns a descriptor and has a path has opened it; one that has a descriptor first and returns
 * one has duplicated it, unless it is a socket's. A child begins with what its parent has.
 */
#include "cli/trace/fds.h"

#include <dirent.h>
#include <string.h>

#include "cli/cli.h"

#define FDS_MOST 4096

static const char *const forks[] = {"fork",  "vfork",  "rfork", "pdfork", "forksys",
				    "clone", "clone3", "spawn", NULL};

struct process {
	u32 pid;
	char *cwd;
	char *path[FDS_MOST];
	struct process *next;
};

static struct process *processes;
static bool on;

void fds_follow(void)
{
	on = true;
}

bool fds_followed(void)
{
	return on;
}

static void set(char **where, const char *text)
{
	char *copy = text != NULL ? format_string("%s", text) : NULL;

	free(*where);
	*where = copy;
}

static char *read_link(const char *path)
{
	char text[4096];
	ssize_t n = readlink(path, text, sizeof(text) - 1);

	return n > 0 ? format_string("%.*s", (int)n, text) : NULL;
}

static bool is_one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

static void ask_host(struct process *p)
{
	CLEAN_FREE char *folder = format_string("/proc/%u/fd", p->pid);
	CLEAN_FREE char *cwd = format_string("/proc/%u/cwd", p->pid);
	DIR *d = opendir(folder);

	p->cwd = read_link(cwd);
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
		CLEAN_FREE char *name = format_string("%s/%s", folder, e->d_name);
		long fd = strtol(e->d_name, NULL, 10);

		if (e->d_name[0] != '.' && fd >= 0 && fd < FDS_MOST && p->path[fd] == NULL)
			p->path[fd] = read_link(name);
	}
	if (d != NULL)
		closedir(d);
}

static struct process *add(u32 pid)
{
	struct process *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	p->pid = pid;
	p->next = processes;
	processes = p;
	return p;
}

static struct process *known(u32 pid)
{
	struct process *p = processes;

	while (p != NULL && p->pid != pid)
		p = p->next;
	return p;
}

static struct process *born(const struct process *parent, u32 pid)
{
	struct process *p = add(pid);

	set(&p->cwd, parent->cwd);
	for (u32 i = 0; i < FDS_MOST; i++)
		if (parent->path[i] != NULL)
			set(&p->path[i], parent->path[i]);
	return p;
}

/* A child's first call may end before the fork that made it. */
static struct process *process_of(const struct event *e)
{
	struct process *p = known(e->pid), *parent = p == NULL ? known(e->parent) : NULL;

	if (parent != NULL)
		return born(parent, e->pid);
	if (p == NULL) {
		p = add(e->pid);
		ask_host(p);
	}
	return p;
}

const char *fds_path(const struct event *e, int fd)
{
	return fd >= 0 && fd < FDS_MOST ? process_of(e)->path[fd] : NULL;
}

const char *fds_cwd(const struct event *e)
{
	return process_of(e)->cwd;
}

static i32 fd_at(const struct event *e, u32 i)
{
	return i < e->call->nargs && e->call->word[i] == WORD_FD ? (i32)e->r->args[i] : -1;
}

/* A path that a call was given, from the directory it is meant from. */
static const char *whole_path(const struct event *e, u32 i)
{
	static char text[8192];
	struct shown_data d = event_data(e, i, false, 0);
	const char *from = NULL;
	i32 dir;

	if (d.p == NULL)
		return NULL;
	if (d.n > 0 && d.p[0] == '/') {
		snprintf(text, sizeof(text), "%.*s", (int)d.n, (const char *)d.p);
		return text;
	}
	dir = i > 0 ? fd_at(e, i - 1) : -1;
	from = dir >= 0 ? fds_path(e, dir) : fds_cwd(e);
	snprintf(text, sizeof(text), "%s%s%.*s", from != NULL ? from : "?",
		 from != NULL && strcmp(from, "/") == 0 ? "" : "/", (int)d.n, (const char *)d.p);
	return text;
}

const char *fds_made(const struct event *e)
{
	static const char *const sockets[] = {"socket", "so_socket", "accept", "accept4", NULL};
	const struct call_info *c = e->call;

	if (c == NULL || !c->returns_fd)
		return NULL;
	if (is_one_of(c->name, sockets))
		return "socket";
	for (u32 i = 0; i < c->nargs; i++)
		if (c->word[i] == WORD_PATH)
			return whole_path(e, i);
	if (fd_at(e, 0) >= 0)
		return fds_path(e, fd_at(e, 0));
	return c->name;
}

/* fcntl returns a descriptor only for some commands. */
static bool duplicates(const struct event *e)
{
	return strcmp(e->call->name, "fcntl") == 0 && e->r->result > 2 && e->r->args[1] != 1 &&
	       e->r->args[1] != 3;
}

static void set_fd(struct process *p, i64 fd, const char *path)
{
	if (fd >= 0 && fd < FDS_MOST)
		set(&p->path[fd], path);
}

static void pair(struct process *p, const struct event *e, const char *what)
{
	for (u32 i = 0; i < e->call->nargs; i++) {
		struct shown_data d = event_data(e, i, true, 0);

		if (e->call->word[i] != WORD_FDPAIR || d.p == NULL || d.n < 8)
			continue;
		for (u32 k = 0; k < 2; k++) {
			i32 fd;

			memcpy(&fd, d.p + 4 * k, sizeof(fd));
			set_fd(p, fd, what);
		}
	}
}

void fds_begin(u32 pid)
{
	struct process *p;

	if (!on)
		return;
	p = add(pid);
	p->cwd = read_link("/proc/self/cwd");
	p->path[0] = read_link("/proc/self/fd/0");
	p->path[1] = read_link("/proc/self/fd/1");
	p->path[2] = read_link("/proc/self/fd/2");
}

bool fds_need(const struct call_info *c)
{
	static const char *const more[] = {"close",  "closefrom", "close_range", "chdir",
					   "fchdir", "fcntl",	  NULL};

	for (u32 i = 0; i < c->nargs; i++)
		if (c->word[i] == WORD_FDPAIR)
			return true;
	return c->returns_fd || is_one_of(c->name, more) || is_one_of(c->name, forks);
}

void fds_after(const struct event *e)
{
	static const char *const closes[] = {"close", NULL};
	static const char *const ranges[] = {"closefrom", "close_range", NULL};
	struct process *p;
	const char *name;

	if (!on || e->r->kind != TRACE_CALL || e->call == NULL || !e->done ||
	    e->r->flags & (TRACE_R_CARRY | TRACE_R_RESTART))
		return;
	p = process_of(e);
	name = e->call->name;
	if (is_one_of(name, closes))
		set_fd(p, fd_at(e, 0), NULL);
	else if (is_one_of(name, ranges))
		for (u64 fd = (u32)e->r->args[0];
		     fd < FDS_MOST && (e->r->nargs < 2 || fd <= (u32)e->r->args[1]); fd++)
			set(&p->path[fd], NULL);
	else if (is_one_of(name, forks) && e->r->result > 0 && known((u32)e->r->result) == NULL)
		born(p, (u32)e->r->result);
	else if (strcmp(name, "chdir") == 0)
		set(&p->cwd, whole_path(e, 0));
	else if (strcmp(name, "fchdir") == 0)
		set(&p->cwd, fds_path(e, fd_at(e, 0)));
	else if (duplicates(e))
		set_fd(p, e->r->result, fds_path(e, fd_at(e, 0)));
	else if (e->call->returns_fd)
		set_fd(p, e->r->result, fds_made(e));
	else
		pair(p, e, strncmp(name, "pipe", 4) == 0 ? "pipe" : "socket");
}
