/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/ipc.c: System V's memory, messages and semaphores, which are a call each with
 * its subcode, and POSIX's semaphores with names, which are files that are mapped. Facts:
 * usr/src/lib/libc/port/sys/{shmsys,msgsys,semsys}.c, sem_open(3C).
 */
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/named.h"

#define CALL(type, name, params, nr, ...)                                                          \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return (type)result(SYSCALL(SYS_##nr, __VA_ARGS__));                               \
	}

CALL(void *, shmat, (int id, const void *at, int flags), shmsys, 0, id, at, flags)
CALL(int, shmctl, (int id, int command, void *arg), shmsys, 1, id, command, arg)
CALL(int, shmdt, (const void *at), shmsys, 2, at)
CALL(int, shmget, (key_t key, size_t size, int flags), shmsys, 3, key, size, flags)
CALL(int, msgget, (key_t key, int flags), msgsys, 0, key, flags)
CALL(int, msgctl, (int id, int command, void *arg), msgsys, 1, id, command, arg)
CALL(ssize_t, msgrcv, (int id, void *msg, size_t n, long type, int flags), msgsys, 2, id, msg, n,
     type, flags)
CALL(int, msgsnd, (int id, const void *msg, size_t n, int flags), msgsys, 3, id, msg, n, flags)
CALL(int, semget, (key_t key, int n, int flags), semsys, 1, key, n, flags)
CALL(int, semop, (int id, void *operations, size_t n), semsys, 2, id, operations, n)

/* The fourth argument is a union that fits a register, and may be left out. */
EXPORT int fixed_semctl(int id, int n, int command, long arg) __asm__("semctl");
EXPORT int fixed_semctl(int id, int n, int command, long arg)
{
	return (int)result(SYSCALL(SYS_semsys, 0, id, n, command, arg));
}

EXPORT key_t ftok(const char *path, int id)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return -1;
	return (key_t)((unsigned)id << 24 | ((unsigned)st.st_dev & 0xfff) << 12 |
		       ((unsigned)st.st_ino & 0xfff));
}

/* ---- semaphores with names ----------------------------------------------------------------- */

/* One opened twice is one object, so that its address is the same. */
struct named {
	struct named *next;
	sem_t *sem;
	dev_t dev;
	ino_t ino;
	unsigned count;
};
static struct named *opened;
static pthread_mutex_t lock = LOCK_INIT;

static bool path_of(const char *name, char out[PATH_MAX])
{
	return fb_named_path(name, ".SEMD", out);
}

static sem_t *map(int fd)
{
	struct stat st;
	struct named *n;
	void *p;

	if (fstat(fd, &st) < 0)
		return SEM_FAILED;
	for (n = opened; n; n = n->next) {
		if (n->dev == st.st_dev && n->ino == st.st_ino) {
			n->count++;
			return n->sem;
		}
	}
	if (st.st_size < (off_t)sizeof(sem_t))
		return fail_with(EINVAL), SEM_FAILED;
	p = mmap(NULL, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED || !(n = malloc(sizeof(*n))))
		return SEM_FAILED;
	*n = (struct named){opened, p, st.st_dev, st.st_ino, 1};
	opened = n;
	return p;
}

/* It gets its name when it is whole: nobody opens half of one. */
static int create(const char *path, int flags, mode_t mode, unsigned value)
{
	char temporary[] = "/tmp/.SEMXXXXXX";
	sem_t s;
	int fd;

	if (sem_init(&s, 1, value) < 0 || (fd = mkstemp(temporary)) < 0)
		return -1;
	if (write(fd, &s, sizeof(s)) != (ssize_t)sizeof(s) || fchmod(fd, mode & 0777) < 0 ||
	    link(temporary, path) < 0) {
		int error = self()->error;

		close(fd);
		unlink(temporary);
		return error == EEXIST && !(flags & O_EXCL) ? -2 : (int)fail_with(error);
	}
	unlink(temporary);
	return fd;
}

EXPORT sem_t *fixed_sem_open(const char *name, int flags, mode_t mode,
			     unsigned value) __asm__("sem_open");
EXPORT sem_t *fixed_sem_open(const char *name, int flags, mode_t mode, unsigned value)
{
	char path[PATH_MAX];
	sem_t *s = SEM_FAILED;
	int fd = -2;

	if (!path_of(name, path))
		return SEM_FAILED;
	if (flags & O_CREAT)
		fd = create(path, flags, mode, value);
	if (fd == -2)
		fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return SEM_FAILED;
	pthread_mutex_lock(&lock);
	s = map(fd);
	pthread_mutex_unlock(&lock);
	close(fd);
	return s;
}

EXPORT int sem_close(sem_t *s)
{
	int r = (int)fail_with(EINVAL);

	pthread_mutex_lock(&lock);
	for (struct named **at = &opened; *at; at = &(*at)->next) {
		struct named *n = *at;

		if (n->sem != s)
			continue;
		r = 0;
		if (--n->count == 0) {
			*at = n->next;
			munmap(n->sem, sizeof(sem_t));
			free(n);
		}
		break;
	}
	pthread_mutex_unlock(&lock);
	return r;
}

EXPORT int sem_unlink(const char *name)
{
	char path[PATH_MAX];

	return path_of(name, path) ? unlink(path) : -1;
}
