/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/random_calls.h: children that make calls with numbers and arguments as chance has it,
 * from what tends to hurt: descriptors, addresses good, bad, at the edge of a page and of the
 * runtime, huge lengths, single bits. A child may end as it likes, but not by an accident of the
 * runtime, which says so on standard error, and it must neither spin nor outlive SIGKILL.
 * Arguments: a seed (1), and the number of children (40).
 */
#ifndef FB_TESTS_GUEST_RANDOM_CALLS_H
#define FB_TESTS_GUEST_RANDOM_CALLS_H

#include "guest.h"

#define CALLS	 400
#define PAGE	 4096UL
#define AREA	 (16 * PAGE)
#define RUNTIME	 0x700000080000 /* EXO_GUEST_HIGH, exo/x86_64/layout.h */
#define PATIENCE 2000		/* milliseconds */

/* What each system has its own way: */
static void prepare_child(void);  /* limits, a clock that interrupts, descriptors */
static bool give_up_rights(void); /* for those of nobody; false: that failed */
static u64 processor_time(void);  /* of children, in microseconds */
static void clean_up(void);	  /* what would outlive us */

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
	prepare_child();
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
	u64 broken = 0;
	int err;

	mkdir("random_calls.d", 0777);
	sys(SYS_chmod, "random_calls.d", 0777);
	if (chdir("random_calls.d") != 0)
		return print("random_calls.d cannot be entered\n"), 1;
	if (!give_up_rights())
		return print("rights cannot be given up\n"), 1;
	err = open("random_err", O_RDWR | O_CREAT | O_APPEND | O_TRUNC, 0600);
	if (err < 0)
		return print("random_err cannot be opened\n"), 1;
	area = mmap(NULL, AREA + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	munmap(area + AREA, PAGE);
	last = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	for (u64 i = 0; i < children; i++)
		broken += !try(seed + i, err);
	clean_up();
	print("%lu children broke the runtime\n", broken);
	return 0;
}

#endif
