/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/mqueue.h: a message queue as it lies in its file, and what a descriptor of one
 * is.
 *
 * Programs with the original's library share it: usr/src/lib/libc/port/rt/mqueue.c (mqhdr_t,
 * msghdr_t), sys/signal.h (signotify_id_t).
 */
#ifndef FB_GUEST_ILLUMOS_MQUEUE_H
#define FB_GUEST_ILLUMOS_MQUEUE_H

#include <mqueue.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>

#include "guest/illumos/libc/libc.h"

#define PRIORITIES 32

struct notify_id {
	pid_t pid;
	int index, reserved;
};

/* Everything in it is known by its offset. */
struct queue {
	int64_t total_size;
	int64_t message_size;
	uint32_t messages_max;
	uint32_t priorities;
	uint32_t highest; /* priority of a message that is there */
	uint32_t mask;	  /* priorities that have any */
	uint64_t free;
	uint64_t heads, tails; /* of the lists of each priority */
	struct notify_id notify;
	uint32_t notify_type; /* SIGEV_ */
	uint64_t notify_descriptor;
	pthread_mutex_t lock;
	sem_t readers; /* who sleep for a message */
	sem_t not_full, not_empty;
	sem_t spawner; /* what tells of a message by other ways than a signal sleeps on it */
};
_Static_assert(sizeof(struct queue) == 296, "as in the file");
_Static_assert(__builtin_offsetof(struct queue, lock) == 80, "as in the file");

struct message {
	uint64_t next, length;
};

/* A thread that waits to tell of a message. */
struct teller {
	struct descriptor *descriptor; /* NULL: it is not to tell any more */
	sem_t *sem;
	struct sigevent event;
	int port;
	void *user;
	pthread_t thread;
	bool gone, awaited; /* who awaits it frees it */
};

struct descriptor {
	struct descriptor *next;
	uint32_t magic;
	bool reads, writes, damaged;
	struct queue *queue;
	size_t *flags; /* O_NONBLOCK: a child's descriptor is the same */
	struct teller *teller;
};

extern pthread_mutex_t fb_mq_lock;
/* The descriptor, or NULL and EBADF. */
struct descriptor *fb_mq_descriptor(mqd_t q);
/* False: somebody died in the middle of it, errno is EBADMSG and who waits is told. */
bool fb_mq_enter(struct descriptor *d);
void fb_mq_leave(struct descriptor *d);
/* Sends the notice that is left, if any, and takes it away. With the queue entered. */
void fb_mq_tell(struct queue *q);
/* Takes a notice of this process by this descriptor back: true when there was one. */
bool fb_mq_untell(struct descriptor *d);
void fb_mq_end_teller(struct descriptor *d);

#endif
