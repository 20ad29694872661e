/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/contract.c: contracts, on the side of the processes that use them.
 *
 * A process that has had to do with contracts, or whose parent had, says what it does to the
 * keeper (keeper.h): that it forks, that it was born, that it ends, whom it kills. The others say
 * nothing and pay nothing. That it has is in core_process.carried, which its programs to come are
 * told: that, and whose keeper it is, since a process may change its user.
 *
 * The keeper is found at an address without a file. Who finds none takes the address, and starts
 * one that serves it: a grandchild that nobody can wait for, of which the guest sees nothing.
 */
#include "personality/illumos/contract.h"
#include "core/abi.h"
#include "lib/mem.h"
#include "loader/exec.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"

#define CARRIES	 1UL
#define TRIES	 2000
#define PATIENCE 1000000 /* ns between two */
#define BACKLOG	 128

/* ---- who and where ----------------------------------------------------------------------- */

static u32 keeper_user(const struct core_thread *t)
{
	return illumos_contracts(t) ? (u32)(t->proc->carried >> 32) : (u32)EXO_NOW(geteuid);
}

/* Process ids mean something within their namespace alone: the link's text has its number. */
static u64 pid_space(void)
{
	static u64 number;
	char text[64];
	long n;

	if (number)
		return number;
	n = EXO_NOW(readlink, "/proc/self/ns/pid", text, sizeof(text));
	for (long i = 0; i < n; i++)
		if (text[i] >= '0' && text[i] <= '9')
			number = number * 10 + (u64)(text[i] - '0');
	return number;
}

static u32 address(const struct core_thread *t, struct core_sockaddr_un *a)
{
	memset(a, 0, sizeof(*a));
	a->sun_family = CORE_AF_UNIX;
	fb_format(a->sun_path + 1, sizeof(a->sun_path) - 1, KEEPER_NAME, keeper_user(t),
		  pid_space());
	return (u32)(offsetof(struct core_sockaddr_un, sun_path) + 1 + strlen(a->sun_path + 1));
}

/* ---- starting one ------------------------------------------------------------------------ */

static NORETURN void become_keeper(int listener)
{
	char options[64];
	const char *argv[] = {"fbird-contracts", options, "contracts", NULL};
	const char *envp[] = {NULL};
	u64 all = ~(1UL << (CORE_SIGTERM - 1));
	long null;

	fb_format(options, sizeof(options), LOADER_RT_MAGIC ";image=%d;machine=%d;contracts=%d",
		  exo_image_fd(), exo_machine_known(), listener);
	EXO_NOW(setsid);
	EXO_NOW(chdir, "/");
	EXO_NOW(rt_sigprocmask, CORE_SIG_BLOCK, &all, 0, 8);
	EXO_NOW(close_range, 0, ~0U, CORE_CLOSE_RANGE_CLOEXEC);
	null = EXO_NOW(open, "/dev/null", CORE_O_RDWR | CORE_O_CLOEXEC);
	for (int fd = 0; fd < 3 && null >= 0; fd++)
		if (fd != listener && fd != exo_image_fd())
			EXO_NOW(dup3, null, fd, 0);
	exo_image_leave(true);
	EXO_NOW(fcntl, listener, CORE_F_SETFD, 0);
	EXO_NOW(execveat, exo_image_fd(), "", argv, envp, CORE_AT_EMPTY_PATH);
	EXO_NOW(exit_group, 1);
	__builtin_unreachable();
}

static long start(const struct core_sockaddr_un *a, u32 len)
{
	long s = EXO_NOW(socket, CORE_AF_UNIX, CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC, 0), r;

	if (s < 0)
		return s;
	s = exo_hide_fd((int)s);
	if (s < 0)
		return s;
	r = EXO_NOW(bind, s, a, len);
	if (r == 0)
		r = EXO_NOW(listen, s, BACKLOG);
	if (r < 0) {
		exo_unhide_fd((int)s);
		return r == -CORE_EADDRINUSE ? 0 : r;
	}
	r = exo_fork(0, 0, 0, 0);
	if (r == 0) {
		if (exo_fork(0, 0, 0, 0) == 0)
			become_keeper((int)s);
		EXO_NOW(exit_group, 0);
	}
	while (r > 0 &&
	       EXO_NOW(waitid, CORE_P_PID, r, NULL, CORE_WEXITED | CORE_WALL, NULL) == -CORE_EINTR)
		;
	exo_unhide_fd((int)s);
	return MIN(r, 0L);
}

/* Anybody can take an address: it has to be the user's own, or the superuser's. */
static bool trusted(int s, u32 user)
{
	struct core_ucred peer;
	u32 len = sizeof(peer);

	return EXO_NOW(getsockopt, s, CORE_SOL_SOCKET, CORE_SO_PEERCRED, &peer, &len) == 0 &&
	       (peer.uid == user || peer.uid == 0);
}

static long connect_to(struct core_thread *t, int s, bool may_start)
{
	struct core_timespec rest = {0, PATIENCE};
	struct core_sockaddr_un a;
	u32 len = address(t, &a);
	long r;

	for (u32 tries = 0;; tries++) {
		r = EXO_NOW(connect, s, &a, len);
		if (r != -CORE_ECONNREFUSED || !may_start)
			break;
		r = start(&a, len);
		if (r < 0 || tries == TRIES)
			break;
		if (tries) /* somebody else is about to */
			EXO_NOW(nanosleep, &rest, 0);
	}
	return r == 0 && !trusted(s, keeper_user(t)) ? -CORE_EPERM : r;
}

/* ---- talking ----------------------------------------------------------------------------- */

static long new_connection(struct core_thread *t, bool may_start, bool named)
{
	const u16 family = CORE_AF_UNIX;
	long s = EXO_NOW(socket, CORE_AF_UNIX, CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC, 0), r = 0;

	if (s < 0)
		return s;
	if (!named) {
		s = exo_hide_fd((int)s);
		if (s < 0)
			return s;
	} else {
		r = EXO_NOW(bind, s, &family, sizeof(family)); /* a name of the machine's choice */
	}
	if (r == 0)
		r = connect_to(t, (int)s, may_start);
	if (r == 0) {
		t->proc->carried = CARRIES | (u64)keeper_user(t) << 32;
		return s;
	}
	if (named)
		EXO_NOW(close, s);
	else
		exo_unhide_fd((int)s);
	return r;
}

long illumos_keeper_talk(int s, struct keeper_request *q, const char *text, struct keeper_reply *a,
			 void *data, u32 size, bool waits)
{
	struct core_iovec out[2] = {{(u64)q, sizeof(*q)}, {(u64)text, q->len}};
	struct core_iovec in[2] = {{(u64)a, sizeof(*a)}, {(u64)data, size}};
	struct core_msghdr m = {.msg_iov = (u64)out, .msg_iovlen = 2};
	long r = EXO_NOW(sendmsg, s, &m, CORE_MSG_NOSIGNAL);

	if (r < 0)
		return r;
	m = (struct core_msghdr){.msg_iov = (u64)in, .msg_iovlen = size ? 2 : 1};
	do
		r = waits ? EXO(recvmsg, s, &m, 0) : EXO_NOW(recvmsg, s, &m, 0);
	while (r == -CORE_EINTR && !waits);
	if (r < 0)
		return r;
	if (r < (long)sizeof(*a) || a->len > (u64)r - sizeof(*a))
		return -CORE_EIO;
	return a->error > 0 && a->error < 4096 ? -a->error : 0;
}

void illumos_keeper_hang_up(int s)
{
	exo_unhide_fd(s);
}

/* A child of vfork says it is there as soon as it says anything. */
static void announce(struct core_thread *t)
{
	struct illumos_birth *b = (struct illumos_birth *)t->abi_data[ILLUMOS_T_BIRTH];
	struct keeper_request q = {.op = KEEPER_BORN};
	struct keeper_reply a;
	long s;

	if (LIKELY(!b))
		return;
	t->abi_data[ILLUMOS_T_BIRTH] = 0;
	q.pid = b->ppid;
	q.lwp = b->lwp;
	q.a = (u32)b->made;
	s = new_connection(t, false, false);
	if (s < 0)
		return;
	illumos_keeper_talk((int)s, &q, NULL, &a, NULL, 0, false);
	illumos_keeper_hang_up((int)s);
}

long illumos_keeper_dial(struct core_thread *t, bool may_start)
{
	announce(t);
	return new_connection(t, may_start, false);
}

long illumos_keeper_ask(struct core_thread *t, struct keeper_request *q, const char *text,
			struct keeper_reply *a, void *data, u32 size, bool may_start)
{
	long s = illumos_keeper_dial(t, may_start), r;

	if (s < 0)
		return s;
	q->lwp = t->exo.tid;
	r = illumos_keeper_talk((int)s, q, text, a, data, size, false);
	illumos_keeper_hang_up((int)s);
	return r;
}

long illumos_keeper_open(struct core_thread *t, struct keeper_request *q, bool cloexec)
{
	struct keeper_reply a;
	long s, r;

	announce(t);
	s = new_connection(t, true, true);
	if (s < 0)
		return s;
	q->op = KEEPER_OPEN;
	q->lwp = t->exo.tid;
	r = illumos_keeper_talk((int)s, q, NULL, &a, NULL, 0, false);
	if (r < 0)
		EXO_NOW(close, s);
	else if (!cloexec)
		EXO_NOW(fcntl, s, CORE_F_SETFD, 0);
	return r < 0 ? r : s;
}

/* By the keeper's address; the other name is the file's own. */
bool illumos_keeper_file(int fd, u32 *object)
{
	static const char prefix[] = KEEPER_PREFIX;
	struct core_sockaddr_un a = {0};
	u32 len = sizeof(a);

	if (exo_fd_hidden(fd) || EXO_NOW(getpeername, fd, &a, &len) < 0 ||
	    a.sun_family != CORE_AF_UNIX || a.sun_path[0] ||
	    strncmp(a.sun_path + 1, prefix, sizeof(prefix) - 1) != 0)
		return false;
	len = sizeof(a);
	if (EXO_NOW(getsockname, fd, &a, &len) < 0 || len < 8)
		return false;
	*object = keeper_object(a.sun_path + 1);
	return true;
}

/* ---- forks and ends ---------------------------------------------------------------------- */

static long tell(struct core_thread *t, u32 op, i32 pid, u64 a)
{
	struct keeper_request q = {.op = op, .pid = pid, .a = a};
	struct keeper_reply answer;

	return illumos_keeper_ask(t, &q, NULL, &answer, NULL, 0, false);
}

long illumos_contract_forks(struct core_thread *t, struct illumos_birth *b)
{
	struct keeper_request q = {.op = KEEPER_FORKING};
	const char *name = t->proc->exec_path, *slash = strrchr(name, '/');
	char comm[16];
	struct keeper_reply a;
	long r;

	announce(t);
	*b = (struct illumos_birth){t->pid, t->exo.tid, 0};
	if (!(t->abi_data[ILLUMOS_T_CONTRACT] & ILLUMOS_CONTRACT_ACTIVE))
		return 0;
	fb_strlcpy(comm, slash ? slash + 1 : name, sizeof(comm));
	q.len = sizeof(comm);
	r = illumos_keeper_ask(t, &q, comm, &a, NULL, 0, false);
	if (r < 0)
		return -CORE_EAGAIN;
	b->made = (i32)a.value;
	return 0;
}

void illumos_contract_forked(struct core_thread *t, const struct illumos_birth *b, long r)
{
	struct illumos_birth mine = *b;

	if (r == 0) {
		t->abi_data[ILLUMOS_T_CONTRACT] &= ILLUMOS_CONTRACT_ACTIVE;
		t->abi_data[ILLUMOS_T_BIRTH] = (u64)&mine;
		announce(t);
	} else if (r > 0) {
		tell(t, KEEPER_FORKED, (i32)r, (u32)b->made);
		if (b->made)
			t->abi_data[ILLUMOS_T_CONTRACT] = ILLUMOS_CONTRACT_ACTIVE | (u32)b->made;
	} else if (b->made) {
		tell(t, KEEPER_NOT_FORKED, 0, (u32)b->made);
	}
}

void illumos_contract_vforks(struct core_thread *child, struct illumos_birth *b)
{
	child->abi_data[ILLUMOS_T_CONTRACT] &= ILLUMOS_CONTRACT_ACTIVE;
	child->abi_data[ILLUMOS_T_BIRTH] = (u64)b;
}

void illumos_contract_execs(struct core_thread *t)
{
	announce(t);
}

void illumos_contract_exits(struct core_thread *t, int status)
{
	tell(t, KEEPER_EXIT, 0, (u32)(status & 0xff) << 8);
}

void illumos_contract_kills(struct core_thread *t, i32 pid, int sig)
{
	if (sig)
		tell(t, KEEPER_KILLS, pid, (u32)sig);
}

void illumos_contract_reaped(struct core_thread *t, i32 pid, u32 status)
{
	tell(t, KEEPER_DIED, pid, status);
}

void illumos_contract_lwp(struct core_thread *t, i32 tid)
{
	tell(t, KEEPER_LWP, 0, (u32)tid);
}

i32 illumos_contract_of(struct core_thread *t, i32 pid)
{
	struct keeper_request q = {.op = KEEPER_MEMBER, .pid = pid};
	struct keeper_reply a;
	u64 carried = t->proc->carried;
	long r = illumos_keeper_ask(t, &q, NULL, &a, NULL, 0, false);

	t->proc->carried = carried; /* who only asks does not use them */
	return r < 0 ? ILLUMOS_CONTRACT_ROOT : (i32)a.value;
}
