/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/musl.c: what the functions taken from musl (guest/illumos/musl) ask of a C
 * library. They are built for musl's own; the build gives these names to what they refer to.
 */
#include <stdio.h>
#include <stdlib.h>

#include "guest/illumos/libc/libc.h"

int *fb_musl_errno(void);
int *fb_musl_errno(void)
{
	return &self()->error; /* EINVAL, ERANGE and ENOMEM have the same numbers there */
}

int *fb_musl_own_errno(void) __attribute__((alias("fb_musl_errno")));

/* Their locks are an int each; random(3C)'s is the only one. */
static pthread_mutex_t lock = LOCK_INIT;

void fb_musl_lock(volatile int *l);
void fb_musl_lock(volatile int *l)
{
	(void)l;
	pthread_mutex_lock(&lock);
}

void fb_musl_unlock(volatile int *l);
void fb_musl_unlock(volatile int *l)
{
	(void)l;
	pthread_mutex_unlock(&lock);
}

/* Of its streams there are only those over text, which nobody shares and which have no more. */
int fb_musl_lockfile(void *f);
int fb_musl_lockfile(void *f)
{
	(void)f;
	return 0;
}

void fb_musl_unlockfile(void *f);
void fb_musl_unlockfile(void *f)
{
	(void)f;
}

int fb_musl_uflow(void *f);
int fb_musl_uflow(void *f)
{
	(void)f;
	return EOF;
}

void fb_musl_exit_needed(void);
void fb_musl_exit_needed(void)
{
}

EXPORT void __stack_chk_fail(void)
{
	static const char said[] = "*** stack smashing detected\n";

	SYSCALL(SYS_write, 2, said, sizeof(said) - 1);
	abort();
}
EXPORT uintptr_t __stack_chk_guard = 0x00000aff0d0a0000;
