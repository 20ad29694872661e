/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/attach.c: somebody outside has asked to share memory with a process that runs already;
 * trace/attach.h.
 *
 * The signal that asks can be had by anybody who may signal the process; who listens at the socket
 * is told by the host, and is what counts. Facts: unix(7) (SO_PEERCRED, SCM_RIGHTS, abstract
 * names), credentials(7).
 */
#include <asm/stat.h>
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/mman.h>

#include "exo/linux/linux.h"
#include "trace/attach.h"

#define FAMILY_UNIX    1
#define TYPE_STREAM    1
#define TYPE_SEQPACKET 5
#define TYPE_CLOEXEC   02000000
#define TYPE_NONBLOCK  04000
#define LEVEL_SOCKET   1
#define OPTION_PEER    17
#define RIGHTS	       1
#define MSG_CLOEXEC    0x40000000
#define MSG_NO_SIGNAL  0x4000
#define POLL_IN	       1
#define PATIENCE_MS    2000
#define TYPE_MASK      0170000
#define TYPE_REGULAR   0100000

/* What was asked and not yet taken. More than one: threads hear late of one who is gone by then. */
static u64 asked[4];

static void keep(u64 value)
{
	for (u32 i = 0; i < ARRAY_LEN(asked); i++) {
		u64 there = 0;

		if (__atomic_compare_exchange_n(&asked[i], &there, value, false, __ATOMIC_ACQ_REL,
						__ATOMIC_RELAXED) ||
		    there == value)
			return;
	}
	__atomic_store_n(&asked[0], value, __ATOMIC_RELEASE);
}

void linux_asked(struct exo_thread *t, u64 value)
{
	keep(value);
	t->asked = 1;
	t->call_count = 0;
	t->interrupted = 1;
}

u64 exo_asked(void)
{
	u64 value = 0;

	for (u32 i = 0; i < ARRAY_LEN(asked) && !value; i++)
		value = __atomic_exchange_n(&asked[i], 0, __ATOMIC_ACQ_REL);
	return value;
}

void exo_ask_again(struct exo_thread *t, u64 value)
{
	keep(value);
	__atomic_store_n(&t->asked, 1, __ATOMIC_SEQ_CST);
}

struct host_address {
	u16 family;
	char zero, name[ATTACH_NAME_SIZE];
};

struct host_peer {
	i32 pid;
	u32 uid, gid;
};

/* Is it a user's whom this process is, all of it? */
static bool is_trusted(int s)
{
	struct host_peer peer;
	u32 size = sizeof(peer), real, effective, saved;

	if (LINUX(__NR_getsockopt, s, LEVEL_SOCKET, OPTION_PEER, &peer, &size) < 0)
		return false;
	LINUX(__NR_getresuid, &real, &effective, &saved);
	return peer.uid == real && peer.uid == effective && peer.uid == saved;
}

/* A socket whose other end is whoever asked; -1: there is nobody who may. */
static int meet(u64 value, int type)
{
	struct host_address a = {.family = FAMILY_UNIX};
	long s = LINUX(__NR_socket, FAMILY_UNIX, type | TYPE_CLOEXEC, 0);
	long r;

	if (s < 0)
		return -1;
	r = exo_hide_fd((int)s);
	if (r < 0) {
		LINUX(__NR_close, s);
		return -1;
	}
	s = r;
	attach_name(a.name, value);
	if (LINUX(__NR_connect, s, &a, sizeof(a.family) + 1 + ATTACH_NAME_SIZE) == 0 &&
	    is_trusted((int)s))
		return (int)s;
	exo_unhide_fd((int)s);
	return -1;
}

static void answer(int s, enum attach_answer what)
{
	u8 byte = (u8)what;

	LINUX(__NR_sendto, s, &byte, 1, MSG_NO_SIGNAL, 0, 0);
}

/* The descriptor that comes with a message, hidden; -1: none has come. */
static int receive(int s)
{
	struct {
		int fd;
		i16 events, revents;
	} poll = {s, POLL_IN, 0};
	struct {
		u64 size;
		int level, type, fd, pad;
	} control = {.fd = -1};
	u8 byte;
	struct {
		void *base;
		u64 size;
	} piece = {&byte, 1};
	struct {
		void *name;
		u64 name_size;
		void *pieces;
		u64 count;
		void *control;
		u64 control_size;
		u64 flags;
	} message = {
	    .pieces = &piece, .count = 1, .control = &control, .control_size = sizeof(control)};
	long r = -EINTR;

	while (r == -EINTR)
		r = LINUX(__NR_poll, &poll, 1, PATIENCE_MS);
	if (r == 1)
		r = LINUX(__NR_recvmsg, s, &message, MSG_CLOEXEC);
	if (r != 1 || control.level != LEVEL_SOCKET || control.type != RIGHTS || control.fd < 0)
		return -1;
	r = exo_hide_fd(control.fd);
	if (r < 0)
		LINUX(__NR_close, control.fd);
	return (int)r;
}

/* It cannot become shorter under us, and is what it should be. */
static void *map(int fd, size_t bytes, u64 magic, void *over)
{
	struct stat st;
	u64 *at;

	if (LINUX(__NR_fstat, fd, &st) < 0 || (st.st_mode & TYPE_MASK) != TYPE_REGULAR ||
	    (u64)st.st_size < bytes || !(LINUX(__NR_fcntl, fd, F_GET_SEALS) & F_SEAL_SHRINK))
		return NULL;
	at = over ? over : exo_pages_alloc(bytes);
	if (!at)
		return NULL;
	if (LINUX(__NR_mmap, at, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) >=
		0 &&
	    *at == magic)
		return at;
	if (!over)
		exo_pages_free(at, bytes);
	return NULL;
}

void *exo_shared_fetch(enum exo_shared what, u64 value, size_t bytes, u64 magic, void *over)
{
	int s = meet(value, TYPE_SEQPACKET | TYPE_NONBLOCK), fd;
	void *at;

	if (s < 0)
		return NULL;
	fd = receive(s);
	at = fd >= 0 ? map(fd, bytes, magic, over) : NULL;
	if (at)
		linux_shared_set(what, fd);
	else if (fd >= 0)
		exo_unhide_fd(fd);
	answer(s, at ? ATTACH_DONE : ATTACH_UNFIT);
	exo_unhide_fd(s);
	return at;
}

void exo_shared_refuse(u64 value, bool no_room)
{
	int s = meet(value, TYPE_SEQPACKET | TYPE_NONBLOCK);

	if (s < 0)
		return;
	answer(s, no_room ? ATTACH_UNFIT : ATTACH_BUSY);
	exo_unhide_fd(s);
}

int exo_kept_fetch(u64 value, bool wanted)
{
	int s = meet(value, TYPE_STREAM);

	if (s >= 0 && !wanted)
		exo_unhide_fd(s);
	else if (s >= 0)
		linux_kept_set(s);
	return wanted ? s : -1;
}
