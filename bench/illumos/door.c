/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/illumos/door.c: a door_call there and back, in nanoseconds: within one process, between
 * two. hand_over.c is what each is measured against.
 */
#include <door.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/syscall.h"

static int64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000L + ts.tv_nsec;
}

static void say(const char *what, int64_t n)
{
	char line[64], *at = line, digits[24];
	int i = 0;

	while (*what)
		*at++ = *what++;
	*at++ = ' ';
	do
		digits[i++] = (char)('0' + n % 10);
	while (n /= 10);
	while (i)
		*at++ = digits[--i];
	*at++ = '\n';
	write(1, line, (size_t)(at - line));
}

static void procedure(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	(void)cookie, (void)desc, (void)n;
	door_return(data, size, NULL, 0);
}

static int64_t rounds(int door, int n)
{
	char buf[64];
	int64_t begin = now();

	for (int i = 0; i < n; i++) {
		door_arg_t arg = {"01234567", 8, NULL, 0, buf, sizeof(buf)};

		if (door_call(door, &arg) < 0 || arg.data_size != 8)
			_exit(1);
	}
	return (now() - begin) / n;
}

int main(void)
{
	int door = door_create(procedure, NULL, 0);
	struct syscall_answer child;
	char info[512]; /* siginfo_t */
	int64_t best[2] = {1 << 30, 1 << 30};

	for (int i = 0; i < 7; i++) {
		int64_t one = rounds(door, 20000);

		best[0] = one < best[0] ? one : best[0];
	}
	say("local", best[0]);
	child = SYSCALL(SYS_forksys, 0, 0);
	if (child.second) {
		for (int i = 0; i < 7; i++) {
			int64_t one = rounds(door, 20000);

			best[1] = one < best[1] ? one : best[1];
		}
		say("remote", best[1]);
		_exit(0);
	}
	SYSCALL(SYS_waitsys, 7, 0, info, 3);
	return 0;
}
