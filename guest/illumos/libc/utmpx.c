/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/utmpx.c: who is logged in, by the file that says so.
 *
 * An entry in the file has times of 32 bits, whatever the program has; the older interface is the
 * newer one, cut down. The original lets who may not write the file ask a program to (utmp_update);
 * here that is EACCES. Facts: usr/src/head/utmpx.h (struct futmpx), getutxent(3C),
 * usr/src/lib/libc/port/gen/{getutx,getut}.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utmpx.h>

#include "guest/illumos/libc/libc.h"

struct entry {
	char user[32], id[4], line[32];
	int32_t pid;
	int16_t type, termination, exit;
	int32_t sec, usec, session, pad[5];
	int16_t length;
	char host[257];
};
_Static_assert(sizeof(struct entry) == 372, "struct futmpx");

static pthread_mutex_t lock = LOCK_INIT;
static char path[80] = UTMPX_FILE;
static int fd = -1;
static off_t at; /* of the entry that was read last; the next is behind it */
static bool any; /* there is one */
static struct utmpx current;
static struct utmp old;

static void to_entry(const struct utmpx *u, struct entry *e)
{
	memset(e, 0, sizeof(*e));
	memcpy(e->user, u->ut_user, sizeof(e->user));
	memcpy(e->id, u->ut_id, sizeof(e->id));
	memcpy(e->line, u->ut_line, sizeof(e->line));
	e->pid = u->ut_pid;
	e->type = u->ut_type;
	e->termination = u->ut_exit.e_termination;
	e->exit = u->ut_exit.e_exit;
	e->sec = (int32_t)u->ut_tv.tv_sec;
	e->usec = (int32_t)u->ut_tv.tv_usec;
	e->session = u->ut_session;
	memcpy(e->pad, u->pad, sizeof(e->pad));
	e->length = u->ut_syslen;
	memcpy(e->host, u->ut_host, sizeof(e->host));
}

static void from_entry(const struct entry *e, struct utmpx *u)
{
	memset(u, 0, sizeof(*u));
	memcpy(u->ut_user, e->user, sizeof(e->user));
	memcpy(u->ut_id, e->id, sizeof(e->id));
	memcpy(u->ut_line, e->line, sizeof(e->line));
	u->ut_pid = e->pid;
	u->ut_type = e->type;
	u->ut_exit.e_termination = e->termination;
	u->ut_exit.e_exit = e->exit;
	u->ut_tv.tv_sec = e->sec;
	u->ut_tv.tv_usec = e->usec;
	u->ut_session = e->session;
	memcpy(u->pad, e->pad, sizeof(e->pad));
	u->ut_syslen = e->length;
	memcpy(u->ut_host, e->host, sizeof(e->host));
}

/* Whole entries only: one that is cut off is none. */
static struct utmpx *next(void)
{
	struct entry e;

	if (fd < 0 && (fd = open(path, O_RDWR | O_CLOEXEC)) < 0 &&
	    (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		return NULL;
	if (any)
		at += (off_t)sizeof(e);
	any = pread(fd, &e, sizeof(e), at) == (ssize_t)sizeof(e);
	if (!any)
		return NULL;
	from_entry(&e, &current);
	return &current;
}

static bool same_id(const struct utmpx *a, const struct utmpx *b)
{
	switch (b->ut_type) {
	case BOOT_TIME:
	case RUN_LVL:
	case OLD_TIME:
	case NEW_TIME:
	case DOWN_TIME:
		return a->ut_type == b->ut_type;
	case INIT_PROCESS:
	case LOGIN_PROCESS:
	case USER_PROCESS:
	case DEAD_PROCESS:
		return a->ut_type >= INIT_PROCESS && a->ut_type <= DEAD_PROCESS &&
		       memcmp(a->ut_id, b->ut_id, sizeof(a->ut_id)) == 0;
	default:
		return false;
	}
}

/* The one that was read last is looked at first, as in the original. */
static struct utmpx *by_id(const struct utmpx *want)
{
	struct utmpx key = *want, *u = any ? &current : next();

	if (key.ut_type < 0 || key.ut_type > UTMAXTYPE || key.ut_type == EMPTY)
		return NULL;
	while (u && !same_id(u, &key))
		u = next();
	return u;
}

static void rewind_file(void)
{
	any = false;
	at = 0;
	memset(&current, 0, sizeof(current));
}

static struct utmpx *put(const struct utmpx *what)
{
	struct utmpx copy = *what;
	struct entry e;
	struct stat st;

	if (!(any && same_id(&current, &copy))) {
		rewind_file();
		by_id(&copy);
	}
	if (fd < 0)
		return NULL;
	if (!any) {
		if (fstat(fd, &st) < 0)
			return NULL;
		at = st.st_size - st.st_size % (off_t)sizeof(e);
	}
	to_entry(&copy, &e);
	if (pwrite(fd, &e, sizeof(e), at) != (ssize_t)sizeof(e)) {
		if (self()->error == EBADF) /* it could be opened for reading alone */
			self()->error = EACCES;
		return NULL;
	}
	any = true;
	current = copy;
	return &current;
}

#define LOCKED(type, what)                                                                         \
	({                                                                                         \
		type r_;                                                                           \
                                                                                                   \
		pthread_mutex_lock(&lock);                                                         \
		r_ = what;                                                                         \
		pthread_mutex_unlock(&lock);                                                       \
		r_;                                                                                \
	})

EXPORT struct utmpx *getutxent(void)
{
	return LOCKED(struct utmpx *, next());
}

EXPORT struct utmpx *getutxid(const struct utmpx *want)
{
	return LOCKED(struct utmpx *, by_id(want));
}

static struct utmpx *by_line(const struct utmpx *want)
{
	char line[sizeof(want->ut_line)];
	struct utmpx *u = any ? &current : next();

	memcpy(line, want->ut_line, sizeof(line));
	while (u && ((u->ut_type != LOGIN_PROCESS && u->ut_type != USER_PROCESS) ||
		     strncmp(u->ut_line, line, sizeof(line)) != 0))
		u = next();
	return u;
}

EXPORT struct utmpx *getutxline(const struct utmpx *want)
{
	return LOCKED(struct utmpx *, by_line(want));
}

EXPORT struct utmpx *pututxline(const struct utmpx *what)
{
	return LOCKED(struct utmpx *, put(what));
}

EXPORT void setutxent(void)
{
	pthread_mutex_lock(&lock);
	rewind_file();
	pthread_mutex_unlock(&lock);
}

static void end(void)
{
	if (fd >= 0)
		close(fd);
	fd = -1;
	rewind_file();
}

EXPORT void endutxent(void)
{
	pthread_mutex_lock(&lock);
	end();
	pthread_mutex_unlock(&lock);
}

/* Names end in x, the older interface's do not. 0: it is too long, or no such name. */
EXPORT int utmpxname(const char *name)
{
	size_t n = strlen(name);

	if (n >= sizeof(path) || n == 0 || name[n - 1] != 'x')
		return 0;
	pthread_mutex_lock(&lock);
	end();
	strcpy(path, name);
	pthread_mutex_unlock(&lock);
	return 1;
}

/* The id is the one that was given: the original has one made for the wildcard of makeutx(3C). */
EXPORT struct utmpx *makeutx(const struct utmpx *what)
{
	struct utmpx copy = *what;

	if (copy.ut_type != USER_PROCESS)
		return NULL;
	setutxent();
	return pututxline(&copy);
}

static struct utmpx *change(const struct utmpx *what)
{
	struct utmpx *u, copy = *what;

	rewind_file();
	while ((u = next())) {
		if (u->ut_type < INIT_PROCESS || u->ut_type > DEAD_PROCESS ||
		    memcmp(u->ut_id, copy.ut_id, sizeof(copy.ut_id)) != 0 ||
		    strncmp(u->ut_line, copy.ut_line, sizeof(copy.ut_line)) != 0)
			continue;
		if (copy.ut_pid != u->ut_pid)
			return NULL;
		return put(&copy);
	}
	return NULL;
}

EXPORT struct utmpx *modutx(const struct utmpx *what)
{
	return LOCKED(struct utmpx *, change(what));
}

EXPORT void updwtmpx(const char *file, struct utmpx *what)
{
	int to = open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
	struct entry e;

	if (to < 0)
		return;
	to_entry(what, &e);
	write(to, &e, sizeof(e));
	close(to);
}

/* ---- the older interface ------------------------------------------------------------------- */

EXPORT void getutmp(const struct utmpx *from, struct utmp *to)
{
	memset(to, 0, sizeof(*to));
	memcpy(to->ut_user, from->ut_user, sizeof(to->ut_user));
	memcpy(to->ut_line, from->ut_line, sizeof(to->ut_line));
	memcpy(to->ut_id, from->ut_id, sizeof(to->ut_id));
	to->ut_pid = (short)from->ut_pid;
	to->ut_type = from->ut_type;
	to->ut_exit = from->ut_exit;
	to->ut_time = from->ut_tv.tv_sec;
}

EXPORT void getutmpx(const struct utmp *from, struct utmpx *to)
{
	memset(to, 0, sizeof(*to));
	memcpy(to->ut_user, from->ut_user, sizeof(from->ut_user));
	memcpy(to->ut_line, from->ut_line, sizeof(from->ut_line));
	memcpy(to->ut_id, from->ut_id, sizeof(from->ut_id));
	to->ut_pid = from->ut_pid;
	to->ut_type = from->ut_type;
	to->ut_exit = from->ut_exit;
	to->ut_tv.tv_sec = from->ut_time;
}

static struct utmp *cut_down(const struct utmpx *u)
{
	if (!u)
		return NULL;
	getutmp(u, &old);
	return &old;
}

EXPORT struct utmp *getutent(void)
{
	return cut_down(getutxent());
}

EXPORT struct utmp *getutid(const struct utmp *want)
{
	struct utmpx u;

	getutmpx(want, &u);
	return cut_down(getutxid(&u));
}

EXPORT struct utmp *getutline(const struct utmp *want)
{
	struct utmpx u;

	getutmpx(want, &u);
	return cut_down(getutxline(&u));
}

EXPORT struct utmp *pututline(const struct utmp *what)
{
	struct utmpx u;

	getutmpx(what, &u);
	return cut_down(pututxline(&u));
}

EXPORT void setutent(void)
{
	setutxent();
}

EXPORT void endutent(void)
{
	endutxent();
}

EXPORT int utmpname(const char *name)
{
	char newer[sizeof(path)];

	if (strlen(name) + 2 > sizeof(newer))
		return 0;
	snprintf(newer, sizeof(newer), "%sx", name);
	return utmpxname(newer);
}

EXPORT void updwtmp(const char *file, struct utmp *what)
{
	char newer[1024];
	struct utmpx u;

	getutmpx(what, &u);
	snprintf(newer, sizeof(newer), "%sx", file);
	updwtmpx(newer, &u);
}
