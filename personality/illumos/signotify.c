/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/signotify.c: a signal that a process leaves with the kernel, for another one
 * to send: what message queues tell of their first message by.
 *
 * The one who sends knows the registration by the memory its id lies in, and needs no permission of
 * a signal's. A process's registrations are a file without a name that it keeps; the reserved word
 * of the id says which descriptor that is, and others reach it through the host's /proc. So they
 * are gone with the process, and with what it executes. Facts:
 * usr/src/uts/common/syscall/signotify.c, sys/signal.h (signotify_id_t, _SIGNOTIFY_MAX), os/sig.c
 * (sigwillqueue).
 */
#include "core/abi_file.h"
#include "core/abi_signal.h"
#include "exo/info.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"

enum { SN_PROC = 1, SN_CANCEL, SN_SEND };
#define SIGNOTIFY_MAX 32
#define FILE_NAME     "fbird.signotify"
#define FILE_LINK     "/memfd:" FILE_NAME

struct signotify_id {
	i32 pid, index, reserved;
};
SIZE_ASSERT(struct signotify_id, 12);

/* What memory an id lies in. Private memory is the process's own. */
struct place {
	u64 device, inode, offset;
};

struct registration {
	struct place place; /* all zero: there is none */
	u64 value;
	i32 signal; /* the host's; 0: nothing is sent */
	i32 code;
	u32 uid;
	u32 pad0;
};

static struct exo_lock lock;
static int own; /* the file, hidden; 0: not yet made */

struct search {
	u64 addr;
	struct place place;
	bool found;
};

static bool look(void *ctx, const struct exo_mapping *m)
{
	struct search *s = ctx;

	if (s->addr < m->low)
		return false;
	if (s->addr >= m->high)
		return true;
	s->found = true;
	if (m->shared)
		s->place = (struct place){m->device, m->inode, m->offset + (s->addr - m->low) + 1};
	return false;
}

static long find_place(struct core_thread *t, guest_ptr id, struct place *p)
{
	struct search s = {id.addr, {~0UL, (u64)t->pid, id.addr}, false};
	long r = exo_process_maps(t->pid, look, &s);

	*p = s.place;
	return r < 0 ? r : s.found ? 0 : -CORE_EFAULT;
}

static bool is_place(const struct registration *g, const struct place *p)
{
	return memcmp(&g->place, p, sizeof(*p)) == 0;
}

/* ---- a process's file ---------------------------------------------------------------------- */

static long make_own(void)
{
	long fd = EXO_NOW(memfd_create, FILE_NAME, CORE_MFD_CLOEXEC);

	if (fd < 0)
		return -CORE_EAGAIN;
	if (EXO_NOW(ftruncate, fd, SIGNOTIFY_MAX * sizeof(struct registration)) < 0) {
		EXO_NOW(close, fd);
		return -CORE_EAGAIN;
	}
	fd = exo_hide_fd((int)fd);
	if (fd < 0)
		return -CORE_EAGAIN;
	own = (int)fd;
	illumos_fork_resets = true;
	return 0;
}

/* That of the process an id names; whatever else the guest has named is none. */
static long open_of(const struct signotify_id *id)
{
	char path[48], link[64];
	long n;

	if (id->pid <= 0)
		return -CORE_EINVAL;
	fb_format(path, sizeof(path), "/proc/%d/fd/%d", id->pid, id->reserved);
	n = EXO_NOW(readlink, path, link, sizeof(link));
	if (n < (long)strlen(FILE_LINK) || memcmp(link, FILE_LINK, strlen(FILE_LINK)) != 0)
		return -CORE_EINVAL;
	return EXO_NOW(open, path, CORE_O_RDWR | CORE_O_CLOEXEC);
}

/* One at a time, of whatever process. */
static bool hold(long fd)
{
	struct core_flock l = {.l_type = CORE_F_WRLCK};
	long r;

	do
		r = EXO_NOW(fcntl, fd, CORE_F_OFD_SETLKW, &l);
	while (r == -CORE_EINTR);
	return r == 0;
}

static void leave(long fd)
{
	struct core_flock l = {.l_type = CORE_F_UNLCK};

	EXO_NOW(fcntl, fd, CORE_F_OFD_SETLK, &l);
}

static bool get(long fd, i32 index, struct registration *g)
{
	return EXO_NOW(pread64, fd, g, sizeof(*g), (u64)index * sizeof(*g)) == sizeof(*g);
}

static bool put(long fd, i32 index, const struct registration *g)
{
	return EXO_NOW(pwrite64, fd, g, sizeof(*g), (u64)index * sizeof(*g)) == sizeof(*g);
}

/* ---- the calls ----------------------------------------------------------------------------- */

/* Somebody who is there has registered with this very id. */
static bool taken(const struct signotify_id *id, const struct place *p)
{
	struct registration g;
	long fd = open_of(id);
	bool is;

	if (fd < 0)
		return false;
	is = get(fd, id->index, &g) && is_place(&g, p);
	EXO_NOW(close, fd);
	return is;
}

static long add(struct signotify_id *id, const struct registration *g)
{
	static const struct place none;
	struct registration old;
	long r = 0;
	i32 at = 0;

	exo_lock(&lock);
	if (!own)
		r = make_own();
	if (r == 0 && !hold(own))
		r = -CORE_EAGAIN;
	if (r == 0) {
		while (at < SIGNOTIFY_MAX && get(own, at, &old) && !is_place(&old, &none))
			at++;
		if (at == SIGNOTIFY_MAX || !put(own, at, g))
			r = -CORE_EAGAIN;
		leave(own);
	}
	id->index = at;
	id->reserved = own;
	exo_unlock(&lock);
	return r;
}

static long register_self(struct core_thread *t, guest_ptr siginfo, guest_ptr at,
			  struct signotify_id *id)
{
	struct registration g = {0};
	struct illumos_siginfo in;
	long r = find_place(t, at, &g.place);

	if (r < 0)
		return r;
	if (id->pid > 0 && taken(id, &g.place))
		return -CORE_EBUSY;
	if (copy_from_guest(&in, siginfo, sizeof(in)) < 0)
		return -CORE_EFAULT;
	if (in.si_signo < 0 || in.si_signo > ILLUMOS_MAXSIG || in.si_code < ILLUMOS_SI_MESGQ ||
	    in.si_code > ILLUMOS_SI_QUEUE)
		return -CORE_EINVAL;
	g.signal = in.si_signo ? illumos_to_core_signal(in.si_signo) : 0;
	g.code = in.si_code == ILLUMOS_SI_QUEUE	  ? CORE_SI_QUEUE
		 : in.si_code == ILLUMOS_SI_TIMER ? CORE_SI_TIMER
		 : in.si_code == ILLUMOS_SI_MESGQ ? CORE_SI_MESGQ
						  : CORE_SI_ASYNCIO;
	g.value = in.kill.value;
	g.uid = (u32)EXO(getuid);
	r = add(id, &g);
	id->pid = t->pid;
	return r;
}

/* The signal is from whom it goes to: so the original fills it in. */
static void send(i32 pid, const struct registration *g)
{
	struct core_siginfo si = {.si_signo = g->signal, .si_code = g->code};

	if (g->signal <= 0 || g->signal > 64)
		return;
	si.kill.pid = pid;
	si.kill.uid = g->uid;
	si.kill.value.sival_ptr = g->value;
	EXO_NOW(rt_sigqueueinfo, pid, g->signal, &si);
}

static long end_registration(struct core_thread *t, bool sends, guest_ptr at,
			     struct signotify_id *id)
{
	struct registration g, none = {0};
	struct place p;
	long fd, r = find_place(t, at, &p);
	bool was = false;

	if (r < 0)
		return r;
	fd = open_of(id);
	if (fd < 0)
		return -CORE_EINVAL;
	if (hold(fd)) {
		was = get(fd, id->index, &g) && is_place(&g, &p) && put(fd, id->index, &none);
		leave(fd);
	}
	EXO_NOW(close, fd);
	if (!was)
		return -CORE_EINVAL;
	if (sends)
		send(id->pid, &g);
	id->pid = 0;
	id->index = 0;
	return 0;
}

long illumos_signotify(struct core_thread *t, INT cmd, IN siginfo, INOUT at)
{
	struct signotify_id id;
	long r;

	if (copy_from_guest(&id, at, sizeof(id)) < 0)
		return -CORE_EFAULT;
	if (id.index < 0 || id.index >= SIGNOTIFY_MAX)
		return -CORE_EINVAL;
	switch (cmd) {
	case SN_PROC:
		r = register_self(t, siginfo, at, &id);
		break;
	case SN_CANCEL:
	case SN_SEND:
		r = end_registration(t, cmd == SN_SEND, at, &id);
		break;
	default:
		return -CORE_EINVAL;
	}
	return r < 0 ? r : copy_to_guest(at, &id, sizeof(id));
}

void illumos_signotify_forked(void)
{
	exo_lock_reset(&lock);
	if (own)
		exo_unhide_fd(own);
	own = 0;
}
