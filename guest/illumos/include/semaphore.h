/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX semaphores. Source: usr/src/head/semaphore.h. */
#ifndef _FB_ILLUMOS_SEMAPHORE_H
#define _FB_ILLUMOS_SEMAPHORE_H

#include <sys/types.h>

typedef struct {
	uint32_t sem_count;
	uint16_t sem_type;
	uint16_t sem_magic;
	upad64_t sem_pad1[3];
	upad64_t sem_pad2[2];
} sem_t;
#define SEM_FAILED    ((sem_t *)-1)
#define SEM_VALUE_MAX 2147483647

__BEGIN_DECLS
struct timespec;
sem_t *sem_open(const char *, int, ...);
int sem_close(sem_t *);
int sem_unlink(const char *);
int sem_init(sem_t *, int, unsigned int);
int sem_destroy(sem_t *);
int sem_wait(sem_t *);
int sem_trywait(sem_t *);
int sem_timedwait(sem_t *, const struct timespec *);
int sem_reltimedwait_np(sem_t *, const struct timespec *);
int sem_post(sem_t *);
int sem_getvalue(sem_t *, int *);
__END_DECLS

#endif
