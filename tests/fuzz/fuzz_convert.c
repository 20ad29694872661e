/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes what turns FreeBSD's and illumos's structures and numbers into neutral ones and back, with
 * bytes as they come: nothing may crash or read past what it was given, and what is one-to-one must
 * come back as it was. The first byte chooses the converter.
 */
#include <stdlib.h>
#include <string.h>

#include "core/abi.h"
#include "personality/freebsd/acl.h"
#include "personality/freebsd/convert_control.h"
#include "personality/freebsd/convert_errno.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/convert_socket.h"
#include "personality/freebsd/convert_time.h"
#include "personality/freebsd/convert_tty.h"
#include "personality/freebsd/sysv.h"
#include "personality/illumos/convert_errno.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/fstype.h"

#define MUST(what)                                                                                 \
	do {                                                                                       \
		if (!(what))                                                                       \
			abort();                                                                   \
	} while (0)

/* What there is, the rest zero. */
static void fill(void *to, size_t size, const uint8_t *data, size_t n)
{
	memset(to, 0, size);
	memcpy(to, data, MIN(size, n));
}

static int number(const uint8_t *data, size_t n)
{
	int value;

	fill(&value, sizeof(value), data, n);
	return value;
}

static void signals(const uint8_t *data, size_t n)
{
	struct freebsd_sigset set, again;
	struct freebsd_siginfo out;
	struct core_siginfo si;
	int sig = number(data, n), core = freebsd_to_core_signal(sig);
	u64 mask, flags;

	MUST(!core || (core > 0 && core <= 64 && core_to_freebsd_signal(core) == sig));
	fill(&set, sizeof(set), data, n);
	mask = freebsd_to_core_sigset(&set);
	core_to_freebsd_sigset(mask, &again);
	MUST(freebsd_to_core_sigset(&again) == mask);
	for (int i = 0; i < 4; i++) /* a set loses what the host cannot carry, and gains nothing */
		MUST((again.bits[i] & ~set.bits[i]) == 0);
	if (freebsd_to_core_saflags(sig, &flags) == 0)
		MUST(core_to_freebsd_saflags(flags) == sig);
	fill(&si, sizeof(si), data, n);
	core_to_freebsd_siginfo(&si, (u32)sig % 64, &out);
	freebsd_fault_signal(&si, (u32)sig % 64, 0x1234);
	core_to_freebsd_siginfo(&si, (u32)sig % 64, &out);
	core_to_freebsd_trapno((u64)(i64)sig);
}

static void files(const uint8_t *data, size_t n)
{
	struct freebsd11_nstat nstat;
	struct freebsd11_stat old;
	struct freebsd_flock lock, again;
	struct core_flock core_lock;
	struct freebsd_stat st;
	struct core_statx sx;
	int value = number(data, n), core, back;
	i16 events;
	u64 dev;

	if (freebsd_to_core_oflags(value, &core) && core_to_freebsd_oflags(core, &back))
		MUST((back & ~value) == 0 || (value & 3) == (back & 3));
	core_to_freebsd_oflags(value, &back);
	freebsd_to_core_atflags(value, -1, &core);
	freebsd_to_core_fcntl(value, &core);
	freebsd_to_core_poll((i16)value, &events);
	fill(&sx, sizeof(sx), data, n);
	core_to_freebsd_stat(&sx, &st);
	freebsd_to_freebsd11_stat(&st, &old);
	freebsd_to_freebsd11_nstat(&st, &nstat);
	fill(&lock, sizeof(lock), data, n);
	if (freebsd_to_core_flock(&lock, &core_lock)) {
		memset(&again, 0, sizeof(again));
		MUST(core_to_freebsd_flock(&core_lock, &again));
		MUST(again.l_type == lock.l_type && again.l_whence == lock.l_whence &&
		     again.l_start == lock.l_start && again.l_len == lock.l_len);
	}
	fill(&core_lock, sizeof(core_lock), data, n);
	core_to_freebsd_flock(&core_lock, &again);
	fill(&dev, sizeof(dev), data, n);
	freebsd_to_core_dev(dev);
	core_to_freebsd_dev(dev);
}

static void file_systems(const uint8_t *data, size_t n)
{
	struct freebsd11_statfs old;
	struct core_statfs from;
	struct freebsd_statfs to;

	fill(&from, sizeof(from), data, n);
	core_to_freebsd_statfs(&from, &to);
	freebsd_to_freebsd11_statfs(&to, &old);
}

static void sockets(const uint8_t *data, size_t n)
{
	struct core_sockaddr_storage address;
	struct freebsd_sockopt option;
	u8 *exact = malloc(n + 1), back[512];
	int value = number(data, n), core, number_back;
	long len;

	/* A copy of exactly that size, so that one byte too many is seen. */
	memcpy(exact, data, n);
	memset(&address, 0, sizeof(address));
	len = freebsd_to_core_sockaddr(exact, (u32)n, &address);
	if (len > 0 && len <= (long)sizeof(address))
		core_to_freebsd_sockaddr(&address, (u32)len, (void *)back);
	fill(&address, sizeof(address), data, n);
	core_to_freebsd_sockaddr(&address, (u32)MIN(n, sizeof(address)), (void *)back);
	if (freebsd_to_core_family(value, &core) && core_to_freebsd_family(core, &number_back))
		MUST(number_back == value);
	freebsd_to_core_socktype(value, &core);
	if (freebsd_to_core_msgflags(value, &core))
		core_to_freebsd_msgflags(core, &number_back);
	core_to_freebsd_msgflags(value, &number_back);
	freebsd_to_core_sockopt(value & 0xffff, value >> 16, &option);
	free(exact);
}

static void control(const uint8_t *data, size_t n)
{
	/* The room is the caller's, and may be too little. */
	u32 room = n > 0 ? data[n - 1] * 8u : 0, len;
	u8 *exact = malloc(n + 1), *out = malloc(room + 1);
	struct core_ucred me = {0};
	struct core_rights rights;
	int fd;
	long r;

	memcpy(exact, data, n);
	r = freebsd_to_core_control(exact, (u32)n, n & 1, &me, out, room);
	MUST(r <= (long)room);
	rights = (struct core_rights){.at = exact, .left = n};
	while (core_rights_next(&rights, &fd))
		;
	core_control_creds_last(exact, n);
	MUST(core_to_freebsd_control(exact, n, (enum freebsd_creds)(n % 3), out, room, &len) <= n);
	MUST(len <= room);
	free(exact);
	free(out);
}

static void the_rest(const uint8_t *data, size_t n)
{
	int value = number(data, n), core;
	i64 limit;

	MUST(freebsd_to_core_errno(value) >= 0);
	core_to_freebsd_errno(value);
	freebsd_to_core_clock(value);
	freebsd_to_core_rlimit(value, &core);
	fill(&limit, sizeof(limit), data, n);
	freebsd_to_core_rlim(limit);
	if (freebsd_to_core_sched(value, &core)) {
		int back;

		MUST(core_to_freebsd_sched(core, &back) && back == value);
	}
}

/* Settings that are taken come back, but for bits FreeBSD itself clears; NUL is no character
 * of control on the host. */
static void terminals(const uint8_t *data, size_t n)
{
	struct freebsd_termios tty, again;
	struct core_termios2 core;

	fill(&core, sizeof(core), data, n);
	core_to_freebsd_termios(&core, &again);
	fill(&tty, sizeof(tty), data, n);
	if (!freebsd_to_core_termios(&tty, &core))
		return;
	MUST(core_to_freebsd_termios(&core, &again));
	MUST((again.c_iflag & ~tty.c_iflag) == 0 && (again.c_oflag & ~tty.c_oflag) == 0 &&
	     (again.c_lflag & ~tty.c_lflag) == 0 && (again.c_cflag & ~tty.c_cflag) == 0);
	MUST(((again.c_lflag ^ tty.c_lflag) & 0x7ff) == 0);
	MUST(again.c_ispeed == tty.c_ispeed && again.c_ospeed == tty.c_ospeed);
	for (int i = 0; i < FREEBSD_VMIN; i++)
		MUST(again.c_cc[i] == tty.c_cc[i] || (tty.c_cc[i] == 0 && again.c_cc[i] == 0xff));
}

static void access_lists(const uint8_t *data, size_t n)
{
	static struct freebsd_acl acl, again;
	static struct freebsd_oldacl old;
	static struct core_acl core;
	u64 size;

	fill(&core, sizeof(core), data, n);
	if (core_to_freebsd_acl(&core, MIN(n, sizeof(core)), 1, 2, &acl) == 0)
		MUST(acl.cnt <= FREEBSD_ACL_MAX && acl.maxcnt == FREEBSD_ACL_MAX);
	fill(&old, sizeof(old), data, n);
	if (freebsd_acl_from_old(&old, &acl) == 0 && acl.cnt <= FREEBSD_ACL_OLD_MAX)
		freebsd_acl_to_old(&acl, &old);
	fill(&acl, sizeof(acl), data, n);
	if (freebsd_acl_check(&acl) < 0)
		return;
	size = freebsd_to_core_acl(&acl, &core);
	MUST(core_to_freebsd_acl(&core, size, 1, 2, &again) == 0);
	MUST(again.cnt == acl.cnt && freebsd_acl_check(&again) == 0);
}

static void sysv(const uint8_t *data, size_t n)
{
	struct freebsd7_semid_ds sem7;
	struct freebsd7_msqid_ds msg7;
	struct freebsd7_shmid_ds shm7;
	struct freebsd_semid_ds sem;
	struct freebsd_msqid_ds msg;
	struct freebsd_shmid_ds shm;
	struct core_semid_ds core_sem;
	struct core_msqid_ds core_msg;
	struct core_shmid_ds core_shm;
	int id = number(data, n);

	fill(&core_sem, sizeof(core_sem), data, n);
	fill(&core_msg, sizeof(core_msg), data, n);
	fill(&core_shm, sizeof(core_shm), data, n);
	core_to_freebsd_semid(id, &core_sem, &sem);
	core_to_freebsd_msqid(id, &core_msg, &msg);
	core_to_freebsd_shmid(id, &core_shm, &shm);
	MUST(sem.sem_perm.uid == core_sem.sem_perm.uid &&
	     msg.msg_perm.key == core_msg.msg_perm.key);
	freebsd_to_freebsd7_semid(&sem, &sem7);
	freebsd_to_freebsd7_msqid(&msg, &msg7);
	freebsd_to_freebsd7_shmid(&shm, &shm7);
	MUST(shm7.shm_segsz >= 0 && shm7.shm_nattch >= 0);
}

static void illumos(const uint8_t *data, size_t n)
{
	struct illumos_sigset set, again;
	struct illumos_sigevent event;
	struct illumos_siginfo out;
	struct illumos_statvfs fs;
	struct illumos_stat stat;
	struct core_sigevent core_event;
	struct core_statfs statfs;
	struct core_stat core_stat;
	struct core_siginfo si;
	int value = number(data, n), core = illumos_to_core_signal(value);
	u64 alone, mask, dev;
	i32 flags;

	MUST(!core || (core > 0 && core <= 64 && core_to_illumos_signal(core) == value));
	MUST(!core || !illumos_signal_alone(value));
	fill(&set, sizeof(set), data, n);
	mask = illumos_to_core_sigset(&set, &alone);
	core_to_illumos_sigset(mask, alone, &again);
	for (int i = 0; i < 4; i++)
		MUST((again.bits[i] & ~set.bits[i]) == 0);
	MUST(illumos_to_core_sigset(&again, NULL) == mask);
	MUST((core_to_illumos_saflags(illumos_to_core_saflags(value)) & ~value) == 0);
	fill(&si, sizeof(si), data, n);
	core_to_illumos_siginfo(&si, (u32)value % 64, 0x1234, &out);
	illumos_fault_signal(&si, (u32)value % 64, 0x1234);
	core_to_illumos_siginfo(&si, (u32)value % 64, 0x1234, &out);
	fill(&event, sizeof(event), data, n);
	if (illumos_to_core_sigevent(&event, &core_event) == 0)
		MUST(core_event.sigev_signo >= 0 && core_event.sigev_signo <= 64);
	MUST(illumos_to_core_errno(value) >= 0);
	core_to_illumos_errno(value);
	illumos_to_core_oflags(value, &flags);
	core_to_illumos_oflags(value);
	fill(&dev, sizeof(dev), data, n);
	MUST(illumos_to_core_dev(core_to_illumos_dev(dev)) == dev);
	fill(&core_stat, sizeof(core_stat), data, n);
	core_to_illumos_stat(&core_stat, &stat);
	fill(&statfs, sizeof(statfs), data, n);
	core_to_illumos_statvfs(&statfs, dev, &fs);
	MUST(memchr(fs.f_basetype, 0, sizeof(fs.f_basetype)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static void (*const converters[])(const uint8_t *, size_t) = {
	    signals,  files,	    file_systems, sockets,   control,
	    the_rest, access_lists, sysv,	  terminals, illumos};

	if (n > 0)
		converters[data[0] % ARRAY_LEN(converters)](data + 1, n - 1);
	return 0;
}
