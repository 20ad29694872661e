/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls of Linux that the runtime serves itself and no twin makes. Facts: the manual pages of
 * section 2; numbers: asm/unistd_64.h.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <feuerbird/syscall.h>

#define LINUX(nr) (FB_CLASS_LINUX | (nr))

/* Those under test. */
#define SYS_open	    LINUX(2)
#define SYS_brk		    LINUX(12)
#define SYS_rt_sigreturn    LINUX(15)
#define SYS_mremap	    LINUX(25)
#define SYS_madvise	    LINUX(28)
#define SYS_vfork	    LINUX(58)
#define SYS_rt_sigpending   LINUX(127)
#define SYS_rt_sigtimedwait LINUX(128)
#define SYS_futex	    LINUX(202)
#define SYS_exit_group	    LINUX(231)
#define SYS_readlinkat	    LINUX(267)
#define SYS_dup3	    LINUX(292)
#define SYS_execveat	    LINUX(322)
#define SYS_close_range	    LINUX(436)
/* What they need. */
#define SYS_read	   LINUX(0)
#define SYS_write	   LINUX(1)
#define SYS_close	   LINUX(3)
#define SYS_mmap	   LINUX(9)
#define SYS_munmap	   LINUX(11)
#define SYS_rt_sigaction   LINUX(13)
#define SYS_rt_sigprocmask LINUX(14)
#define SYS_getpid	   LINUX(39)
#define SYS_wait4	   LINUX(61)
#define SYS_kill	   LINUX(62)
#define SYS_fcntl	   LINUX(72)
#define SYS_symlinkat	   LINUX(266)

#define EBADF	  9
#define EAGAIN	  11
#define ENOMEM	  12
#define EFAULT	  14
#define EINVAL	  22
#define ENOENT	  2
#define ETIMEDOUT 110
#define AT_FDCWD  (-100)
#define SIGUSR1	  10
#define PAGE	  4096L

static void say(const char *text)
{
	long length = 0;

	while (text[length] != '\0')
		length++;
	fb_call(SYS_write, 1, (long)text, length, 0, 0, 0);
}

#define EXPECT(what) (say((what) ? "ok " : "FAILED "), say(#what "\n"))
#define call(...)    call_(__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define call_(nr, a, b, c, d, e, f, ...)                                                           \
	fb_call(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

static long pages(long n)
{
	return call(SYS_mmap, 0, n * PAGE, 3, 0x22, -1, 0);
}

static void files(void)
{
	long fd = call(SYS_open, "file", 0102, 0600), other;
	char text[8] = "";

	EXPECT(fd > 2);
	EXPECT(call(SYS_open, "none/file", 0102, 0600) == -ENOENT);
	EXPECT(call(SYS_open, 8, 0) == -EFAULT);
	EXPECT(call(SYS_dup3, fd, 100, 02000000) == 100);
	EXPECT(call(SYS_fcntl, 100, 1) == 1); /* close-on-exec */
	EXPECT(call(SYS_dup3, fd, fd, 0) == -EINVAL);
	EXPECT(call(SYS_dup3, fd, 101, 1) == -EINVAL);
	EXPECT(call(SYS_dup3, 99, 101, 0) == -EBADF);
	other = call(SYS_dup3, fd, 102, 0);
	EXPECT(other == 102 && call(SYS_fcntl, 102, 1) == 0);
	EXPECT(call(SYS_close_range, 101, 200, 4) == 0); /* CLOSE_RANGE_CLOEXEC */
	EXPECT(call(SYS_fcntl, 102, 1) == 1);
	EXPECT(call(SYS_close_range, 100, ~0u, 0) == 0);
	EXPECT(call(SYS_fcntl, 100, 1) == -EBADF && call(SYS_fcntl, 102, 1) == -EBADF);
	EXPECT(call(SYS_close_range, 10, 5, 0) == -EINVAL);
	EXPECT(call(SYS_close, fd) == 0);
	EXPECT(call(SYS_symlinkat, "target", AT_FDCWD, "link") == 0);
	EXPECT(call(SYS_readlinkat, AT_FDCWD, "link", text, 8) == 6 && text[5] == 't');
	EXPECT(call(SYS_readlinkat, AT_FDCWD, "link", text, 3) == 3);
	EXPECT(call(SYS_readlinkat, AT_FDCWD, "link", text, 0) == -EINVAL);
	EXPECT(call(SYS_readlinkat, AT_FDCWD, "file", text, 8) == -EINVAL);
	EXPECT(call(SYS_readlinkat, AT_FDCWD, "none", text, 8) == -ENOENT);
}

static void memory(void)
{
	long start = call(SYS_brk, 0), p, q;
	volatile char *heap = (char *)start, *c;

	EXPECT(start > 0);
	EXPECT(call(SYS_brk, start + 2 * PAGE) == start + 2 * PAGE);
	heap[0] = heap[2 * PAGE - 1] = 'x';
	EXPECT(call(SYS_brk, 1) == start + 2 * PAGE); /* a refusal says where it is */
	EXPECT(call(SYS_brk, start) == start);

	p = pages(2);
	c = (char *)p;
	c[0] = 'a';
	c[PAGE] = 'b';
	q = call(SYS_mremap, p, 2 * PAGE, 16 * PAGE, 1);
	c = (char *)q;
	EXPECT(q > 0 && c[0] == 'a' && c[PAGE] == 'b' && c[16 * PAGE - 1] == 0);
	EXPECT(call(SYS_mremap, q, 16 * PAGE, PAGE, 0) == q && c[0] == 'a');
	EXPECT(call(SYS_mremap, q + PAGE, PAGE, 2 * PAGE, 0) == -EFAULT);
	EXPECT(call(SYS_mremap, q + 1, PAGE, 2 * PAGE, 0) == -EINVAL);
	EXPECT(call(SYS_mremap, q, PAGE, 0, 0) == -EINVAL);
	EXPECT(call(SYS_mremap, q, PAGE, -1L, 1) == -EINVAL);
	EXPECT(call(SYS_madvise, q, PAGE, 4) == 0 && c[0] == 0); /* MADV_DONTNEED */
	EXPECT(call(SYS_madvise, q, PAGE, 9999) == -EINVAL);
	EXPECT(call(SYS_madvise, q + 1, PAGE, 4) == -EINVAL);
	EXPECT(call(SYS_munmap, q, PAGE) == 0);
	EXPECT(call(SYS_madvise, q, PAGE, 4) == -ENOMEM);
}

struct action {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

static volatile int handled;

static void handler(int sig)
{
	handled = sig;
}

/* What a C library's restorer is: the call alone, with the stack as the handler left it. */
void restorer(void);
__asm__(".globl restorer\n"
	"restorer:\n"
	"	movl $0x0200000f, %eax\n"
	"	syscall\n");
_Static_assert(SYS_rt_sigreturn == 0x0200000f, "the restorer's number");

static void signals(void)
{
	struct action action = {handler, 0x04000000, restorer, 0};
	uint64_t usr1 = 1UL << (SIGUSR1 - 1), set = 0;
	struct {
		long sec, nsec;
	} wait = {0, 10000000};
	int info[32];
	long pid = call(SYS_getpid);

	EXPECT(call(SYS_rt_sigaction, SIGUSR1, &action, 0, 8) == 0);
	EXPECT(call(SYS_kill, pid, SIGUSR1) == 0);
	EXPECT(handled == SIGUSR1); /* and the program went on by rt_sigreturn */
	handled = 0;
	EXPECT(call(SYS_rt_sigprocmask, 0, &usr1, 0, 8) == 0);
	EXPECT(call(SYS_kill, pid, SIGUSR1) == 0);
	EXPECT(call(SYS_rt_sigpending, &set, 8) == 0 && set == usr1);
	EXPECT(call(SYS_rt_sigpending, &set, 9) == -EINVAL);
	EXPECT(call(SYS_rt_sigpending, 8, 8) == -EFAULT);
	EXPECT(call(SYS_rt_sigtimedwait, &usr1, info, &wait, 8) == SIGUSR1);
	EXPECT(info[0] == SIGUSR1 && info[2] == 0 && info[4] == pid && handled == 0);
	EXPECT(call(SYS_rt_sigpending, &set, 8) == 0 && set == 0);
	EXPECT(call(SYS_rt_sigtimedwait, &usr1, info, &wait, 8) == -EAGAIN);
	EXPECT(call(SYS_rt_sigtimedwait, &usr1, info, &wait, 4) == -EINVAL);
	EXPECT(call(SYS_rt_sigtimedwait, 8, info, &wait, 8) == -EFAULT);
	wait.nsec = 1000000000;
	EXPECT(call(SYS_rt_sigtimedwait, &usr1, info, &wait, 8) == -EINVAL);
}

static void words(void)
{
	static volatile uint32_t word = 5;
	struct {
		long sec, nsec;
	} wait = {0, 10000000};

	EXPECT(call(SYS_futex, &word, 128, 4, &wait) == -EAGAIN);
	EXPECT(call(SYS_futex, &word, 128, 5, &wait) == -ETIMEDOUT);
	EXPECT(call(SYS_futex, &word, 129, 1) == 0); /* nobody to wake */
	EXPECT(call(SYS_futex, 8, 128, 5, &wait) == -EFAULT);
	EXPECT(call(SYS_futex, (long)&word + 1, 128, 5, &wait) == -EINVAL);
	wait.sec = -1;
	EXPECT(call(SYS_futex, &word, 128, 5, &wait) == -EINVAL);
}

/* The child has our memory until it ends: a word of it is how we know. */
static __attribute__((noinline)) long shared_child(volatile int *word, const char *program,
						   char **argv)
{
	char *envp[] = {NULL};
	long pid = call(SYS_vfork);

	if (pid == 0) {
		*word = 1;
		if (program)
			call(SYS_execveat, AT_FDCWD, program, argv, envp, 0);
		call(SYS_exit_group, 6);
	}
	return pid;
}

static void processes(char **argv)
{
	char *again[] = {argv[0], "again", NULL};
	volatile int word = 0;
	int status = 0;
	long pid = shared_child(&word, NULL, NULL);

	EXPECT(pid > 0 && word == 1);
	EXPECT(call(SYS_wait4, pid, &status, 0, 0) == pid && status == 6 << 8);
	word = 0;
	pid = shared_child(&word, argv[0], again);
	EXPECT(pid > 0 && word == 1);
	EXPECT(call(SYS_wait4, pid, &status, 0, 0) == pid && status == 9 << 8);
	EXPECT(call(SYS_execveat, AT_FDCWD, "none", again, NULL, 0) == -ENOENT);
	EXPECT(call(SYS_execveat, 99, "", again, NULL, 0x1000) == -EBADF);
	EXPECT(call(SYS_execveat, AT_FDCWD, "file", again, NULL, 1) == -EINVAL);
}

long fb_main(long argc, char **argv, char **envp);
long fb_main(long argc, char **argv, char **envp)
{
	(void)envp;
	if (argc > 1) /* executed by itself: the status says so */
		return 9;
	files();
	memory();
	signals();
	words();
	processes(argv);
	call(SYS_exit_group, 0);
	say("FAILED: exit_group came back\n");
	return 1;
}
