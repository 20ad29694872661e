/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/guest.h: the small C library of the test programs that run as guests.
 *
 * The programs are freestanding, so that a test exercises the system-call boundary and
 * nothing of anybody's libc. One source is built for FreeBSD and, as a twin, for Linux and illumos:
 * names, arguments and errors are POSIX's, constants and layouts each system's own
 * (freebsd.h, linux.h, illumos.h). errno is one plain variable: programs with threads use sys().
 */
#ifndef FB_TESTS_GUEST_H
#define FB_TESTS_GUEST_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;

struct timespec {
	i64 tv_sec;
	i64 tv_nsec;
};

#ifdef __FreeBSD__
#include "freebsd.h"
#elif defined(__sun__)
#include "illumos.h"
#else
#include "linux.h"
#endif

/* ---- start-up ------------------------------------------------------------------ */

struct auxv {
	u64 type;
	u64 value;
};

extern const struct auxv *auxv;
/* What the kernel left in rdi and rsp at the program's first instruction. */
extern u64 entry_rdi, entry_rsp;

const struct auxv *auxv_find(u64 type);
const char *getenv(const char *name);

/* ---- system calls -------------------------------------------------------------- */

/* One call by number: its result, or the negative error number. */
#define sys(nr, ...) sys_(nr, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define sys_(nr, a, b, c, d, e, f, ...)                                                            \
	sys6(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
long sys6(long nr, long a, long b, long c, long d, long e, long f);

extern int errno;
/* A raw answer as POSIX has it: -1 and errno for an error. */
long result(long answer);

_Noreturn void exit(int status);
long read(int fd, void *buf, size_t n);
long write(int fd, const void *buf, size_t n);
int open(const char *path, int flags, ...);
int openat(int dir, const char *path, int flags, int mode);
int close(int fd);
i64 lseek(int fd, i64 offset, int whence);
int fstat(int fd, struct stat *st);
int stat(const char *path, struct stat *st);
int lstat(const char *path, struct stat *st);
int ftruncate(int fd, i64 size);
int unlink(const char *path);
int mkdir(const char *path, int mode);
int rmdir(const char *path);
int chdir(const char *path);
int symlink(const char *target, const char *path);
long readlink(const char *path, char *buf, size_t n);
int pipe2(int fds[2], int flags);
int dup(int fd);
int dup2(int from, int to);
int fcntl(int fd, int command, long arg);
void *mmap(void *addr, size_t length, int prot, int flags, int fd, i64 offset);
int munmap(void *addr, size_t length);
int mprotect(void *addr, size_t length, int prot);
int clock_gettime(int clock, struct timespec *ts);
int nanosleep(const struct timespec *want, struct timespec *left);
int getpid(void);
int getppid(void);
int fork(void);
int execve(const char *path, char *const *argv, char *const *envp);
int waitpid(int pid, int *status, int options);
int kill(int pid, int sig);
/* The working directory's path in buf; its length, or -1. */
long getcwd(char *buf, size_t n);

#define WIFEXITED(s)   (((s)&0x7f) == 0)
#define WEXITSTATUS(s) (((s) >> 8) & 0xff)
#define WTERMSIG(s)    ((s)&0x7f)
#define MAP_FAILED     ((void *)-1)

/* ---- signals: numbers are 1..64, masks one word -------------------------------- */

typedef void signal_handler(int sig, struct siginfo *info, void *context);

#define SIGNAL_BIT(sig) (1UL << ((sig)-1))
#define HANDLER_DEFAULT ((signal_handler *)0)
#define HANDLER_IGNORE	((signal_handler *)1)

/* Installs a three-argument handler (SA_SIGINFO is implied), nothing else masked. */
int on_signal(int sig, signal_handler *handler, int flags);
int signal_mask(int how, u64 mask, u64 *old);
int sigsuspend_mask(u64 mask);
int sigaltstack(const struct stack *new, struct stack *old);

/* ---- output and memory --------------------------------------------------------- */

/* %s %c %d %u %x %ld %lu %lx %p %%, with width and zero padding; one write(2) each. */
void print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A line for what holds, and what was false where for what does not. */
#define EXPECT(what)                                                                               \
	((what) ? print("ok %s\n", #what)                                                          \
		: print("FAILED %s:%d %s\n", __FILE_NAME__, __LINE__, #what))
/* The same of what can only be tried by some (root): taken as given for the others. */
#define EXPECT_IF(can, what)                                                                       \
	((!(can) || (what)) ? print("ok %s\n", #what)                                              \
			    : print("FAILED %s:%d %s\n", __FILE_NAME__, __LINE__, #what))
#define EXPECT_EQ(got, want) expect_eq(#got, (long)(got), (long)(want), __LINE__)
void expect_eq(const char *what, long got, long want, int line);
/* The call failed, with this error: EXPECT_ERROR(close(-1), EBADF). */
#define EXPECT_ERROR(call, want)                                                                   \
	(errno = 0, expect_error(#call, (long)(call), errno, want, __LINE__))
void expect_error(const char *call, long got, int error, int want, int line);

const char *error_name(int error);

void *memcpy(void *restrict dst, const void *restrict src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
/* The decimal number that s begins with. */
u64 decimal(const char *s);

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
