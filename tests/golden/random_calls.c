/* SPDX-License-Identifier: BSD-2-Clause */
/* Random calls by FreeBSD's numbers (tests/guest/random_calls.h). */
#include "guest.h"

#define CALL_NUMBERS	600
#define RLIMIT_FSIZE	1
#define RLIMIT_DATA	2
#define ITIMER_REAL	0
#define SYS_setuid	23
#define SYS_setgid	181
#define SYS_setgroups	80
#define SYS_setitimer	83
#define SYS_setrlimit	195
#define SYS_geteuid	25
#define SYS_ksem_unlink 402
#define SYS_closefrom	509
#define SYS_kmq_unlink	462
#define SYS_shm_unlink	483

/* What would end the child at once, or reach beyond it and its directory. */
static const u16 never[] = {
    1,	 2,   12,  13,	37,  55,  66,  146, 251, 431, 455, 456, 463, 481, 518, /* exit .. pdfork */
    7,	 532, 147, 82,							       /* waits, groups */
    171, 169, 170, 220, 221, 222, 224, 225, 226, 227, 228, 229, 230, 231,      /* System V's: */
    510, 511, 512,							       /* they outlive us */
};

#include "random_calls.h"

static void prepare_child(void)
{
	const u64 often[4] = {0, 5000, 0, 5000};
	const u64 small[2] = {1 << 20, 1 << 20}, data[2] = {1 << 28, 1 << 28};
	int fds[2];

	sys(SYS_setrlimit, RLIMIT_FSIZE, small);
	sys(SYS_setrlimit, RLIMIT_DATA, data);
	on_signal(SIGALRM, nothing, 0);
	on_signal(SIGXFSZ, HANDLER_IGNORE, 0);
	on_signal(SIGSYS, HANDLER_IGNORE, 0);
	on_signal(SIGPIPE, HANDLER_IGNORE, 0);
	sys(SYS_setitimer, ITIMER_REAL, often, NULL);
	sys(SYS_closefrom, 3);
	dup2(open("/dev/null", O_RDWR), 0);
	dup2(0, 1);
	open("random_a", O_RDWR | O_CREAT, 0600);
	pipe2(fds, 0);
	sys(SYS_socketpair, 1, 1, 0, fds);
	sys(SYS_kqueue);
}

static bool give_up_rights(void)
{
	const u32 nobody = 65534;

	return sys(SYS_geteuid) != 0 ||
	       (sys(SYS_setgroups, 1, &nobody) == 0 && sys(SYS_setgid, nobody) == 0 &&
		sys(SYS_setuid, nobody) == 0);
}

static u64 processor_time(void)
{
	i64 usage[18];

	sys(SYS_getrusage, -1, usage);
	return (u64)((usage[0] + usage[2]) * 1000000 + usage[1] + usage[3]);
}

static void clean_up(void)
{
	sys(SYS_ksem_unlink, "/random_a");
	sys(SYS_kmq_unlink, "/random_a");
	sys(SYS_shm_unlink, "/random_a");
}
