/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/exit.c: the process ends, and what is done before. Facts: exit(3C),
 * atexit(3C), abort(3C); that the program registers the linker's function: the System V ABI.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/locks.h"

#define BLOCK 32

struct block {
	struct block *next;
	size_t n;
	struct {
		void (*function)(void *);
		void *argument, *object;
	} entry[BLOCK];
};

static pthread_mutex_t lock = LOCK_INIT;
static struct block first, *last = &first;
static pthread_mutex_t ending = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static int add(void (*function)(void *), void *argument, void *object)
{
	int r = 0;

	pthread_mutex_lock(&lock);
	if (last->n == BLOCK) {
		struct block *b = calloc(1, sizeof(*b));

		if (b) {
			b->next = last;
			last = b;
		} else {
			r = -1;
		}
	}
	if (r == 0) {
		last->entry[last->n].function = function;
		last->entry[last->n].argument = argument;
		last->entry[last->n++].object = object;
	}
	pthread_mutex_unlock(&lock);
	return r;
}

void fb_exit_locks(bool take)
{
	if (take)
		pthread_mutex_lock(&lock);
	else
		pthread_mutex_unlock(&lock);
}

EXPORT int atexit(void (*function)(void))
{
	return add((void (*)(void *))(void *)function, NULL, NULL);
}

EXPORT int __cxa_atexit(void (*function)(void *), void *argument, void *object)
{
	return add(function, argument, object);
}

/* Functions of one object (C++), or all; the newest first. They may register more. */
EXPORT void __cxa_finalize(void *object)
{
	pthread_mutex_lock(&lock);
	for (struct block *b = last; b; b = b->next) {
		for (size_t i = b->n; i-- > 0;) {
			void (*function)(void *) = b->entry[i].function;

			if (!function || (object && b->entry[i].object != object))
				continue;
			b->entry[i].function = NULL;
			pthread_mutex_unlock(&lock);
			function(b->entry[i].argument);
			pthread_mutex_lock(&lock);
			if (!object && b != last) { /* begin again with what came */
				b = last;
				i = b->n;
			}
		}
	}
	pthread_mutex_unlock(&lock);
}

EXPORT void exit(int status)
{
	/* Others that end the process too wait here until it has ended. */
	pthread_mutex_lock(&ending);
	__cxa_finalize(NULL);
	_fb_rtld.finish();
	fb_stdio_finish();
	_exit(status);
}

/* ---- at_quick_exit ------------------------------------------------------------------------- */

static void (*quick[32])(void);
static size_t quick_count;

EXPORT int at_quick_exit(void (*function)(void))
{
	int r = -1;

	pthread_mutex_lock(&lock);
	if (quick_count < sizeof(quick) / sizeof(*quick)) {
		quick[quick_count++] = function;
		r = 0;
	}
	pthread_mutex_unlock(&lock);
	return r;
}

EXPORT void quick_exit(int status)
{
	while (quick_count)
		quick[--quick_count]();
	_exit(status);
}

EXPORT void abort(void)
{
	struct sigaction act = {0};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGABRT);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGABRT);
	sigaction(SIGABRT, &act, NULL);
	raise(SIGABRT);
	_exit(127);
}

/* ---- assertions ---------------------------------------------------------------------------- */

static void __NORETURN assertion(const char *what, const char *file, int line, const char *function)
{
	dprintf(2,
		function ? "Assertion failed: %s, file %s, line %d, function %s\n"
			 : "Assertion failed: %s, file %s, line %d\n",
		what, file, line, function);
	abort();
}

EXPORT void __assert_c99(const char *what, const char *file, int line, const char *function)
{
	assertion(what, file, line, function);
}

EXPORT void __assert(const char *what, const char *file, int line)
{
	assertion(what, file, line, NULL);
}
