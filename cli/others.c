/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/others.c: asks guests that run already to be traced: one signal to each thread, whose
 * value is the name of a socket; then whoever of them connects is given the memory.
 *
 * The signal would end a program that does not know it, so each process is looked at right before:
 * it executes our image and catches the signal. It must not be one that forbids itself calls
 * (seccomp), for the runtime makes some to attach.
 */
#include "cli/others.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/guests.h"
#include "trace/attach.h"

#define SIGNALLED_MOST 4096 /* threads of a process that are asked */
#define ROUNDS	       8    /* looks for threads that began meanwhile */
#define PATIENCE       5    /* seconds until it is told that a process has not come */

enum state { ASKED, HANDED, TRACED, REFUSED };

struct one {
	pid_t pid;
	enum state state;
	int connection; /* -1: none */
};

struct attach {
	int listener, memory;
	u64 value;
	time_t asked;
	bool told_patience;
	u32 n;
	struct one one[ATTACHED_MOST];
};

/* The superuser attaches as the guest's own user, whom alone it believes. */
int attach_listen(u64 value, uid_t uid, int type)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	uid_t own = geteuid();
	int s = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), error = 0;

	attach_name(a.sun_path + 1, value);
	if (s < 0)
		return -1;
	if (own != uid && seteuid(uid) != 0)
		error = errno;
	if (error == 0 && (bind(s, (struct sockaddr *)&a,
				(socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
					    ATTACH_NAME_SIZE)) != 0 ||
			   listen(s, 2 * ATTACHED_MOST) != 0))
		error = errno;
	if (geteuid() != own && seteuid(own) != 0)
		error = errno;
	if (error == 0)
		return s;
	close(s);
	errno = error;
	return -1;
}

int attach_check(pid_t pid)
{
	u64 caught = 0, filtered = 0;
	struct guest g;

	switch (guest_look(pid, &g)) {
	case GUEST_IS:
		guest_free(&g);
		break;
	case GUEST_GONE:
		return fail(CLI_FAILED, "there is no process %d", (int)pid);
	case GUEST_CLOSED:
		return fail(CLI_FAILED, "process %d is another user's", (int)pid);
	case GUEST_NOT:
		return fail(CLI_FAILED,
			    "process %d is no guest of this FeuerBird; 'fbird ps' lists them",
			    (int)pid);
	}
	if (!guest_status(pid, "SigCgt", 16, &caught) || !(caught >> (SIGSYS - 1) & 1))
		return fail(CLI_FAILED, "process %d is just beginning or ending", (int)pid);
	if (guest_status(pid, "Seccomp", 10, &filtered) && filtered != 0)
		return fail(CLI_FAILED,
			    "process %d has a seccomp filter, which it might not survive being "
			    "attached to with",
			    (int)pid);
	return CLI_OK;
}

u64 attach_value(u64 tag)
{
	u64 value;

	if (getrandom(&value, sizeof(value), 0) != sizeof(value))
		value = (u64)getpid() << 20 ^ (u64)time(NULL);
	return value << 16 >> 16 | tag << ATTACH_TAG_SHIFT;
}

struct attach *attach_new(const pid_t *pids, u32 n, int memory)
{
	struct attach *a = calloc(1, sizeof(*a));
	u64 uid = 0, other = 0;

	if (a == NULL)
		abort();
	a->memory = memory;
	for (u32 i = 0; i < n; i++) {
		if (attach_check(pids[i]) != CLI_OK)
			goto out;
		if (!guest_status(pids[i], "Uid", 10, i == 0 ? &uid : &other)) {
			fail(CLI_FAILED, "there is no process %d", (int)pids[i]);
			goto out;
		}
		if (i != 0 && other != uid) {
			fail(CLI_FAILED, "processes %d and %d are not the same user's",
			     (int)pids[0], (int)pids[i]);
			goto out;
		}
		a->one[a->n++] = (struct one){.pid = pids[i], .connection = -1};
	}
	a->value = attach_value(ATTACH_TAG);
	a->listener = attach_listen(a->value, (uid_t)uid, SOCK_SEQPACKET);
	if (a->listener >= 0)
		return a;
	fail(CLI_FAILED, "cannot make a socket for process %d to come to: %s", (int)pids[0],
	     strerror(errno));
out:
	free(a);
	return NULL;
}

/* ---- asking ------------------------------------------------------------------------------- */

static bool is_known(const pid_t *list, u32 n, pid_t tid)
{
	for (u32 i = 0; i < n; i++)
		if (list[i] == tid)
			return true;
	return false;
}

int attach_ask_thread(u64 value, pid_t pid, pid_t tid)
{
	siginfo_t si = {.si_signo = SIGSYS, .si_code = SI_QUEUE};

	si.si_pid = getpid();
	si.si_uid = getuid();
	si.si_value.sival_ptr = (void *)value;
	return (int)syscall(SYS_rt_tgsigqueueinfo, pid, tid, SIGSYS, &si);
}

/* Each thread that has not been asked yet; how many there were now. */
static u32 ask_threads(const struct attach *a, pid_t pid, pid_t *known, u32 n, int *error)
{
	CLEAN_FREE char *path = format_string("/proc/%d/task", (int)pid);
	DIR *d = opendir(path);
	u32 now = n;

	for (struct dirent *e; d != NULL && now < SIGNALLED_MOST && (e = readdir(d)) != NULL;) {
		pid_t tid = (pid_t)strtol(e->d_name, NULL, 10);

		if (tid <= 0 || is_known(known, now, tid))
			continue;
		if (attach_check(pid) != CLI_OK) {
			*error = EINVAL;
			break;
		}
		if (attach_ask_thread(a->value, pid, tid) == 0)
			known[now++] = tid;
		else if (errno != ESRCH)
			*error = errno;
	}
	if (d != NULL)
		closedir(d);
	return now;
}

int attach_ask(struct attach *a)
{
	CLEAN_FREE pid_t *known = allocate(SIGNALLED_MOST * sizeof(*known));

	for (u32 i = 0; i < a->n; i++) {
		u32 n = 0, before = UINT32_MAX;
		int error = 0;

		for (u32 round = 0; round < ROUNDS && n != before && error == 0; round++) {
			before = n;
			n = ask_threads(a, a->one[i].pid, known, n, &error);
		}
		if (error == EINVAL)
			return CLI_FAILED;
		if (n == 0)
			return fail(CLI_FAILED, "cannot ask process %d: %s", (int)a->one[i].pid,
				    strerror(error != 0 ? error : ESRCH));
	}
	a->asked = time(NULL);
	return CLI_OK;
}

/* ---- answers ------------------------------------------------------------------------------ */

static void hand_memory(struct attach *a, struct one *o)
{
	char byte = 0;
	struct iovec piece = {&byte, 1};
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {{0}};
	struct msghdr m = {.msg_iov = &piece,
			   .msg_iovlen = 1,
			   .msg_control = &control,
			   .msg_controllen = sizeof(control)};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &a->memory, sizeof(int));
	if (sendmsg(o->connection, &m, MSG_NOSIGNAL) == 1)
		o->state = HANDED;
}

static void welcome(struct attach *a, int s)
{
	struct ucred who = {0};
	socklen_t size = sizeof(who);

	if (getsockopt(s, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0)
		for (u32 i = 0; i < a->n; i++) {
			struct one *o = &a->one[i];

			if (o->pid != who.pid || o->connection >= 0 || o->state == TRACED)
				continue;
			o->connection = s;
			hand_memory(a, o);
			return;
		}
	close(s);
}

static void take_answer(struct one *o, bool quiet)
{
	u8 byte = 0;
	ssize_t n = recv(o->connection, &byte, 1, MSG_DONTWAIT);

	if (n < 0 && errno == EAGAIN)
		return;
	close(o->connection);
	o->connection = -1;
	o->state = n == 1 && byte == ATTACH_DONE ? TRACED : REFUSED;
	if (o->state == TRACED && !quiet)
		fprintf(stderr, "fbird: process %d is traced\n", (int)o->pid);
	else if (n == 1 && byte == ATTACH_BUSY)
		fail(CLI_FAILED, "process %d is traced or audited already", (int)o->pid);
	else if (o->state == REFUSED)
		fail(CLI_FAILED,
		     "process %d cannot use the memory to trace into: it is of another version, or "
		     "has no room",
		     (int)o->pid);
}

static bool is_there(pid_t pid)
{
	CLEAN_FREE char *path = format_string("/proc/%d/stat", (int)pid);
	FILE *f = fopen(path, "re");
	char state = 'X';

	if (f != NULL) {
		if (fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
			state = 'R'; /* a name with a bracket */
		fclose(f);
	}
	return state != 'X' && state != 'Z';
}

void attach_look(struct attach *a, bool quiet)
{
	int s;

	while ((s = accept4(a->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
		welcome(a, s);
	for (u32 i = 0; i < a->n; i++)
		if (a->one[i].connection >= 0)
			take_answer(&a->one[i], quiet);
	if (a->told_patience || time(NULL) - a->asked < PATIENCE)
		return;
	a->told_patience = true;
	for (u32 i = 0; i < a->n; i++)
		if (a->one[i].state == ASKED && is_there(a->one[i].pid))
			fprintf(stderr,
				"fbird: process %d has not come yet: it makes no calls, is "
				"stopped, or has another network or more than one user\n",
				(int)a->one[i].pid);
}

bool attach_any(const struct attach *a)
{
	for (u32 i = 0; i < a->n; i++)
		if (a->one[i].state != REFUSED && is_there(a->one[i].pid))
			return true;
	return false;
}

bool attach_failed(const struct attach *a)
{
	for (u32 i = 0; i < a->n; i++)
		if (a->one[i].state != TRACED)
			return true;
	return false;
}

void attach_end(struct attach *a, bool quiet)
{
	for (u32 i = 0; i < a->n; i++)
		if (a->one[i].state == TRACED && is_there(a->one[i].pid) && !quiet)
			fprintf(stderr, "fbird: process %d goes on untraced\n", (int)a->one[i].pid);
	close(a->listener);
	free(a);
}
