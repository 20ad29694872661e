/* SPDX-License-Identifier: BSD-2-Clause */
/* Random calls by illumos's numbers (tests/guest/random_calls.h). */
#include "guest.h"

#define CALL_NUMBERS	   256
#define RLIMIT_FSIZE	   1
#define RLIMIT_DATA	   2
#define ITIMER_REAL	   0
#define PORT_CREATE	   0x100 /* with PORT_SYS_NOPORT */
#define AF_UNIX		   1
#define SOCK_STREAM	   2
#define RUSAGE_OF_CHILDREN 1 /* a code of rusagesys */

/* What would end the child at once, or reach beyond it and its directory. */
static const u16 never[] = {
    1,	 37,  59,  119, 142, 143, 160, /* exit, kill, execve, vfork, forksys, spawn, lwp_exit */
    108, 190, 107, 39,	112,	       /* sigsendsys, sigqueue, waitsys, pgrpsys, priocntlsys */
    100, 159, 161,		       /* contexts, LWPs with such, and one suspended for good */
    49,	 52,  53,		       /* System V's: they outlive us */
    91,	 23,  46,		       /* groups, users */
    27,	 158, 98,  95,	165, 109,      /* what would put the clock off for good */
    26,	 44,			       /* what writes to memory of its own accord, later */
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
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	dup2(open("/dev/null", O_RDWR), 0);
	dup2(0, 1);
	open("random_a", O_RDWR | O_CREAT, 0600);
	pipe2(fds, 0);
	fds[0] = (int)sys(SYS_so_socket, AF_UNIX, SOCK_STREAM, 0, 0, 1);
	fds[1] = (int)sys(SYS_so_socket, AF_UNIX, SOCK_STREAM, 0, 0, 1);
	sys(SYS_so_socketpair, fds);
	sys(SYS_port, PORT_CREATE);
}

static bool give_up_rights(void)
{
	const u32 nobody = 60001;

	return sys_two(SYS_getuid, 0, 0, 0, 0, 0, 0).second != 0 ||
	       (sys(SYS_setgroups, 1, &nobody) == 0 && sys(SYS_setgid, nobody) == 0 &&
		sys(SYS_setuid, nobody) == 0);
}

static u64 processor_time(void)
{
	i64 usage[64];

	sys(SYS_rusagesys, RUSAGE_OF_CHILDREN, usage);
	return (u64)((usage[0] + usage[2]) * 1000000 + usage[1] + usage[3]);
}

static void clean_up(void)
{
}
