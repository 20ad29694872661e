/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX's message queues. Source: usr/src/head/mqueue.h. */
#ifndef _FB_ILLUMOS_MQUEUE_H
#define _FB_ILLUMOS_MQUEUE_H

#include <fcntl.h>
#include <signal.h>
#include <sys/types.h>
#include <time.h>

typedef void *mqd_t;

struct mq_attr {
	long mq_flags;
	long mq_maxmsg;
	long mq_msgsize;
	long mq_curmsgs;
	int mq_pad[12];
};

__BEGIN_DECLS
mqd_t mq_open(const char *, int, ...);
int mq_close(mqd_t);
int mq_unlink(const char *);
int mq_send(mqd_t, const char *, size_t, unsigned int);
int mq_timedsend(mqd_t, const char *, size_t, unsigned int, const struct timespec *);
int mq_reltimedsend_np(mqd_t, const char *, size_t, unsigned int, const struct timespec *);
ssize_t mq_receive(mqd_t, char *, size_t, unsigned int *);
ssize_t mq_timedreceive(mqd_t, char *_RESTRICT_KYWD, size_t, unsigned int *_RESTRICT_KYWD,
			const struct timespec *_RESTRICT_KYWD);
ssize_t mq_reltimedreceive_np(mqd_t, char *_RESTRICT_KYWD, size_t, unsigned int *_RESTRICT_KYWD,
			      const struct timespec *_RESTRICT_KYWD);
int mq_notify(mqd_t, const struct sigevent *);
int mq_getattr(mqd_t, struct mq_attr *);
int mq_setattr(mqd_t, const struct mq_attr *_RESTRICT_KYWD, struct mq_attr *_RESTRICT_KYWD);
__END_DECLS

#endif
