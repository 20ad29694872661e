/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Children that make calls with numbers and arguments as chance has it, from what tends to
 * hurt: descriptors, addresses good, bad, at the edge of a page and of the runtime, huge
 * lengths, single bits. A child may end as it likes, but not by an accident of the runtime,
 * which says so on standard error, and it must neither spin nor outlive SIGKILL.
 * Arguments: a seed (1), and the number of children (40).
 */
#include "guest.h"

#define CALLS		400
#define CALL_NUMBERS	600
#define PAGE		4096UL
#define AREA		(16 * PAGE)
#define RUNTIME		0x700000080000 /* EXO_GUEST_HIGH, exo/x86_64/layout.h */
#define PATIENCE	2000	       /* milliseconds */
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

/* What the last child was doing; shared with it. */
struct last {
	u64 call, argument[6];
};

static struct last *last;
static u8 *area;
static u64 state;

static u64 chance(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545f4914f6cdd1d;
}

static u64 one_of(const u64 *values, size_t n)
{
	return values[chance() % n];
}

static u64 argument(void)
{
	static const u64 numbers[] = {
	    ~0UL,
	    0x7fffffff,
	    0x80000000,
	    0xffffffff,
	    1UL << 32,
	    1UL << 63,
	    ~0UL >> 1,
	    (u64)-100,
	    PAGE,
	    PAGE - 1,
	    AREA,
	    0x100000,
	    RUNTIME,
	    RUNTIME - PAGE,
	    RUNTIME + PAGE,
	    RUNTIME - 8,
	    RUNTIME + 0x4000,
	    0x7fffffffe000,
	    0x7ffffffffff8,
	    0x800000000000,
	    8,
	    1UL << 62,
	    0xffffffff80000000,
	    0xdeadbeefcafe0000,
	};
	static const char *const names[] = {
	    "random_a",	 "random_b", "random_c/d", "random_c",	      ".", "", "/random_a",
	    "/dev/null", "/",	     "/dev/fd/4",  "/nowhere/at/all",
	};

	switch (chance() % 12) {
	case 0:
	case 1:
		return chance() % 17;
	case 2:
		return 3 + chance() % 12;
	case 3:
		return one_of(numbers, ARRAY_LEN(numbers));
	case 4:
		return 1UL << chance() % 64;
	case 5:
		return (u64)names[chance() % ARRAY_LEN(names)];
	case 6:
		return (u64)area + AREA - chance() % 128;
	case 7:
		return chance();
	case 8:
		return chance() % 0x20000;
	default:
		return (u64)area + (chance() % AREA & ~7UL);
	}
}

static void fill_area(void)
{
	u64 *words = (u64 *)area;

	for (size_t i = 0; i < AREA / 8; i++)
		words[i] = chance() % 4 ? 0 : argument();
}

static bool allowed(u64 call)
{
	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		if (never[i] == call)
			return false;
	return true;
}

static void nothing(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
}

static _Noreturn void child(void)
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
	for (int i = 0; i < CALLS; i++) {
		u64 *a = last->argument, call;

		if (i % 16 == 0)
			fill_area();
		do
			call = chance() % CALL_NUMBERS;
		while (!allowed(call));
		for (int k = 0; k < 6; k++)
			a[k] = argument();
		last->call = call;
		sys(call, a[0], a[1], a[2], a[3], a[4], a[5]);
	}
	exit(0);
}

static bool ended(int pid, int *status, u64 milliseconds)
{
	const struct timespec moment = {.tv_nsec = 1000000};

	for (u64 i = 0; i < milliseconds; i++) {
		if (waitpid(pid, status, WNOHANG) == pid)
			return true;
		nanosleep(&moment, NULL);
	}
	return false;
}

static u64 processor_time(void)
{
	i64 usage[18];

	sys(SYS_getrusage, -1, usage);
	return (u64)((usage[0] + usage[2]) * 1000000 + usage[1] + usage[3]);
}

/* The runtime's own words, in what the child wrote to standard error. (It may write what is in
 * memory, and that has the words, but no number after them.) */
static bool accident(int err)
{
	static char text[4096];
	long n = (long)sys(SYS_pread, err, text, sizeof(text) - 1, 0);

	for (long i = 0; i + 17 < n; i++)
		if (memcmp(text + i, "fbird-rt: signal ", 17) == 0 && text[i + 17] >= '0' &&
		    text[i + 17] <= '9')
			return print("%s\n", text + i), true;
	return false;
}

static void report(const char *what, u64 seed)
{
	const u64 *a = last->argument;

	print("%s: seed %lu, call %lu (%lx, %lx, %lx, %lx, %lx, %lx)\n", what, seed, last->call,
	      a[0], a[1], a[2], a[3], a[4], a[5]);
}

static bool try(u64 seed, int err)
{
	u64 before = processor_time();
	int pid, status = 0;
	bool well = true;

	ftruncate(err, 0);
	pid = fork();
	if (pid == 0) {
		state = seed * 0x9e3779b97f4a7c15 | 1;
		dup2(err, 2);
		child();
	}
	if (!ended(pid, &status, PATIENCE)) {
		kill(pid, SIGKILL);
		if (!ended(pid, &status, PATIENCE))
			report("outlives SIGKILL", seed), well = false;
		else if (processor_time() - before > PATIENCE * 1000 * 3 / 4)
			report("spins", seed), well = false;
	}
	if (accident(err))
		report("accident", seed), well = false;
	return well;
}

int main(int argc, char **argv)
{
	u64 seed = argc > 1 ? decimal(argv[1]) : 1, children = argc > 2 ? decimal(argv[2]) : 40;
	const u32 nobody = 65534;
	u64 broken = 0;
	int err;

	mkdir("random_calls.d", 0777);
	sys(SYS_chmod, "random_calls.d", 0777);
	if (chdir("random_calls.d") != 0)
		return print("random_calls.d cannot be entered\n"), 1;
	if (sys(SYS_geteuid) == 0 &&
	    (sys(SYS_setgroups, 1, &nobody) || sys(SYS_setgid, nobody) || sys(SYS_setuid, nobody)))
		return print("rights cannot be given up\n"), 1;
	err = open("random_err", O_RDWR | O_CREAT | O_APPEND | O_TRUNC, 0600);
	if (err < 0)
		return print("random_err cannot be opened\n"), 1;
	area = mmap(NULL, AREA + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	munmap(area + AREA, PAGE);
	last = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	for (u64 i = 0; i < children; i++)
		broken += !try(seed + i, err);
	sys(SYS_ksem_unlink, "/random_a");
	sys(SYS_kmq_unlink, "/random_a");
	sys(SYS_shm_unlink, "/random_a");
	print("%lu children broke the runtime\n", broken);
	return 0;
}
