/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/lib.c: what the systems share: the calls that all name alike, output and
 * memory.
 */
#include "guest.h"

int errno;
const struct auxv *auxv;
u64 entry_rdi, entry_rsp;
static char **environment;

/* main may take as many of its three arguments as it likes. */
int call_main(int argc, char **argv, char **envp) __asm__("main");

/* Called by _start with the address of argc; argv, envp and the vector follow it. */
_Noreturn void start_at(long *stack)
{
	int argc = (int)stack[0];
	char **argv = (char **)(stack + 1);
	char **p;

	environment = argv + argc + 1;
	for (p = environment; *p != NULL; p++)
		;
	auxv = (const struct auxv *)(p + 1);
	exit(call_main(argc, argv, environment));
}

const struct auxv *auxv_find(u64 type)
{
	for (const struct auxv *a = auxv; a->type != AT_NULL; a++) {
		if (a->type == type)
			return a;
	}
	return NULL;
}

const char *getenv(const char *name)
{
	size_t length = strlen(name);

	for (char **p = environment; *p != NULL; p++) {
		if (strncmp(*p, name, length) == 0 && (*p)[length] == '=')
			return *p + length + 1;
	}
	return NULL;
}

/* ---- calls ------------------------------------------------------------------------ */

long result(long answer)
{
	if (answer < 0 && answer > -4096) {
		errno = (int)-answer;
		return -1;
	}
	return answer;
}

_Noreturn void exit(int status)
{
	for (;;)
		sys(SYS_exit, status);
}

long read(int fd, void *buf, size_t n)
{
	return result(sys(SYS_read, fd, buf, n));
}

long write(int fd, const void *buf, size_t n)
{
	return result(sys(SYS_write, fd, buf, n));
}

int open(const char *path, int flags, ...)
{
	va_list ap;
	int mode;

	va_start(ap, flags);
	mode = va_arg(ap, int);
	va_end(ap);
	return openat(AT_FDCWD, path, flags, mode);
}

int openat(int dir, const char *path, int flags, int mode)
{
	return (int)result(sys(SYS_openat, dir, path, flags, mode));
}

int close(int fd)
{
	return (int)result(sys(SYS_close, fd));
}

i64 lseek(int fd, i64 offset, int whence)
{
	return result(sys(SYS_lseek, fd, offset, whence));
}

int fstat(int fd, struct stat *st)
{
	return (int)result(sys(SYS_fstat, fd, st));
}

#ifndef __sun__ /* illumos.c */
int ftruncate(int fd, i64 size)
{
	return (int)result(sys(SYS_ftruncate, fd, size));
}
#endif

int unlink(const char *path)
{
	return (int)result(sys(SYS_unlink, path));
}

int mkdir(const char *path, int mode)
{
	return (int)result(sys(SYS_mkdir, path, mode));
}

int rmdir(const char *path)
{
	return (int)result(sys(SYS_rmdir, path));
}

int chdir(const char *path)
{
	return (int)result(sys(SYS_chdir, path));
}

int symlink(const char *target, const char *path)
{
	return (int)result(sys(SYS_symlink, target, path));
}

long readlink(const char *path, char *buf, size_t n)
{
	return result(sys(SYS_readlink, path, buf, n));
}

#ifndef __sun__ /* illumos.c */
int pipe2(int fds[2], int flags)
{
	return (int)result(sys(SYS_pipe2, fds, flags));
}

int dup(int fd)
{
	return (int)result(sys(SYS_dup, fd));
}

int dup2(int from, int to)
{
	return (int)result(sys(SYS_dup2, from, to));
}
#endif

int fcntl(int fd, int command, long arg)
{
	return (int)result(sys(SYS_fcntl, fd, command, arg));
}

void *mmap(void *addr, size_t length, int prot, int flags, int fd, i64 offset)
{
	return (void *)result(sys(SYS_mmap, addr, length, prot, flags, fd, offset));
}

int munmap(void *addr, size_t length)
{
	return (int)result(sys(SYS_munmap, addr, length));
}

int mprotect(void *addr, size_t length, int prot)
{
	return (int)result(sys(SYS_mprotect, addr, length, prot));
}

int clock_gettime(int clock, struct timespec *ts)
{
	return (int)result(sys(SYS_clock_gettime, clock, ts));
}

int nanosleep(const struct timespec *want, struct timespec *left)
{
	return (int)result(sys(SYS_nanosleep, want, left));
}

int getpid(void)
{
	return (int)sys(SYS_getpid);
}

#ifndef __sun__ /* illumos.c */
int getppid(void)
{
	return (int)sys(SYS_getppid);
}

int fork(void)
{
	return (int)result(sys(SYS_fork));
}
#endif

int execve(const char *path, char *const *argv, char *const *envp)
{
	return (int)result(sys(SYS_execve, path, argv, envp));
}

#ifndef __sun__ /* illumos.c */
int waitpid(int pid, int *status, int options)
{
	return (int)result(sys(SYS_wait4, pid, status, options, NULL));
}
#endif

int kill(int pid, int sig)
{
	return (int)result(sys(SYS_kill, pid, sig));
}

int sigaltstack(const struct stack *new, struct stack *old)
{
	return (int)result(sys(SYS_sigaltstack, new, old));
}

/* ---- memory ----------------------------------------------------------------------- */

void *memcpy(void *restrict dst, const void *restrict src, size_t n)
{
	char *d = dst;
	const char *s = src;

	while (n-- > 0)
		*d++ = *s++;
	return dst;
}

void *memmove(void *dst, const void *src, size_t n)
{
	char *d = dst;
	const char *s = src;

	if (d < s)
		return memcpy(dst, src, n);
	while (n-- > 0)
		d[n] = s[n];
	return dst;
}

void *memset(void *dst, int c, size_t n)
{
	char *d = dst;

	while (n-- > 0)
		*d++ = (char)c;
	return dst;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *p = a;
	const u8 *q = b;

	for (; n > 0; n--, p++, q++) {
		if (*p != *q)
			return *p - *q;
	}
	return 0;
}

u64 decimal(const char *s)
{
	u64 n = 0;

	while (*s >= '0' && *s <= '9')
		n = n * 10 + (u64)(*s++ - '0');
	return n;
}

size_t strlen(const char *s)
{
	size_t n = 0;

	while (s[n] != '\0')
		n++;
	return n;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0 && *a != '\0' && *a == *b; n--, a++, b++)
		;
	return n == 0 ? 0 : (u8)*a - (u8)*b;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}
