/* SPDX-License-Identifier: BSD-2-Clause */
/* Doors by libc: what tests/tap/illumos-doors.t runs. */
#include <door.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/syscall.h"

static void say(const char *text)
{
	write(1, text, strlen(text));
}

static void check(int good, const char *what)
{
	say(good ? "ok " : "not ok ");
	say(what);
	say("\n");
}

static void rest(void)
{
	struct timespec ms = {0, 1000000};

	nanosleep(&ms, NULL);
}

static int echo_door, nested_door, private_door, unref_door;
static volatile int in_slow, slow_may_end, unrefs;

static void echo(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	(void)cookie, (void)desc, (void)n;
	door_return(data, size, NULL, 0);
}

/* Calls itself with one less: each call needs a thread of its own. */
static void nested(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	char depth = data[0], result = 0;
	door_arg_t arg = {&depth, 1, NULL, 0, &result, 1};

	(void)cookie, (void)size, (void)desc, (void)n;
	if (depth > 0) {
		depth--;
		if (door_call(nested_door, &arg) < 0)
			result = -100;
	}
	result++;
	door_return(&result, 1, NULL, 0);
}

static void slow(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	(void)cookie, (void)data, (void)size, (void)desc, (void)n;
	in_slow = 1;
	while (!slow_may_end)
		rest();
	door_return("slow", 4, NULL, 0);
}

static void noted(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	(void)cookie, (void)size, (void)desc, (void)n;
	if (data == DOOR_UNREF_DATA)
		unrefs++;
	door_return(NULL, 0, NULL, 0);
}

/* A pool of its own: the creation function is told which door, and the thread binds itself to it.
 */
static void *bound(void *arg)
{
	(void)arg;
	while (!private_door)
		rest();
	check(door_bind(private_door) == 0, "a thread binds itself");
	door_return(NULL, 0, NULL, 0);
	return NULL;
}

static void create(door_info_t *info)
{
	pthread_t id;

	if (info)
		pthread_create(&id, NULL, bound, NULL);
	else
		check(0, "the shared pool has its own function");
}

static int call(int door, char byte, char *result)
{
	door_arg_t arg = {&byte, 1, NULL, 0, result, 1};

	return door_call(door, &arg);
}

static void *caller(void *arg)
{
	char result = 0;

	for (int i = 0; i < 2000; i++)
		if (call(echo_door, (char)i, &result) < 0 || result != (char)i)
			return arg;
	return NULL;
}

static void *slow_caller(void *arg)
{
	char buf[8];
	door_arg_t a = {NULL, 0, NULL, 0, buf, sizeof(buf)};

	return door_call(*(int *)arg, &a) == 0 && a.data_size == 4 ? NULL : arg;
}

int main(void)
{
	door_server_func_t *old;
	pthread_t ids[4], id;
	struct syscall_answer child;
	char result = 0, info[512];
	void *bad, *any = NULL;
	int slow_door, copy;

	echo_door = door_create(echo, NULL, 0);
	nested_door = door_create(nested, NULL, 0);
	slow_door = door_create(slow, NULL, 0);
	check(call(echo_door, 'a', &result) == 0 && result == 'a', "a call");
	check(call(nested_door, 9, &result) == 0 && result == 10, "calls within calls");
	for (int i = 0; i < 4; i++)
		pthread_create(&ids[i], NULL, caller, &ids[i]);
	for (int i = 0; i < 4; i++) {
		pthread_join(ids[i], &bad);
		any = bad ? bad : any;
	}
	check(!any, "four callers at once");
	pthread_create(&id, NULL, slow_caller, &slow_door);
	while (!in_slow)
		rest();
	child = SYSCALL(SYS_forksys, 0, 0);
	if (child.second) { /* one thread is held up, and another process is served all the same */
		int good = call(echo_door, 'b', &result) == 0 && result == 'b' &&
			   call(nested_door, 5, &result) == 0 && result == 6;

		for (int i = 0; i < 500 && good; i++)
			good = call(echo_door, (char)i, &result) == 0 && result == (char)i;
		check(good, "another process's calls");
		_exit(0);
	}
	SYSCALL(SYS_waitsys, 7, 0, info, 3);
	slow_may_end = 1;
	pthread_join(id, &bad);
	check(!bad, "the slow call ends");

	old = door_server_create(create);
	private_door = door_create(echo, NULL, DOOR_PRIVATE);
	door_server_create(old);
	check(call(private_door, 'p', &result) == 0 && result == 'p', "a private pool");

	unref_door = door_create(noted, NULL, DOOR_UNREF_MULTI);
	for (int i = 1; i <= 2; i++) {
		copy = dup(unref_door);
		check(unrefs == i - 1, "two references");
		close(copy);
		for (int k = 0; k < 2000 && unrefs < i; k++)
			rest();
		check(unrefs == i, "the last but one is told of");
	}
	check(door_revoke(echo_door) == 0, "revoked");
	check(call(echo_door, 'a', &result) < 0 && errno == EBADF, "and gone");
	say("done\n");
	return 0;
}
