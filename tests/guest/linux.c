/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/linux.c: start-up and the calls that Linux/x86-64 has its own way.
 */
#include "guest.h"

__asm__(".globl _start\n"
	"_start:\n"
	"	movq %rdi, entry_rdi(%rip)\n"
	"	movq %rsp, entry_rsp(%rip)\n"
	"	movq %rsp, %rdi\n"
	"	xorl %ebp, %ebp\n"
	"	andq $-16, %rsp\n"
	"	call start_at\n"
	"	hlt\n"
	"restore:\n"
	"	movl $15, %eax\n"
	"	syscall\n");

extern const char restore[];

long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;

	__asm__ volatile("syscall"
			 : "+a"(nr)
			 : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return nr;
}

int stat(const char *path, struct stat *st)
{
	return (int)result(sys(__NR_stat, path, st));
}

int lstat(const char *path, struct stat *st)
{
	return (int)result(sys(__NR_lstat, path, st));
}

long getcwd(char *buf, size_t n)
{
	long length = result(sys(__NR_getcwd, buf, n));

	return length < 0 ? -1 : length - 1;
}

/* struct sigaction as the kernel takes it; the handler returns into restore. */
struct action {
	signal_handler *handler;
	u64 flags;
	const char *restorer;
	u64 mask;
};

int on_signal(int sig, signal_handler *handler, int flags)
{
	struct action action = {
	    .handler = handler,
	    .flags = (u32)flags | SA_RESTORER,
	    .restorer = restore,
	};

	if (handler != HANDLER_DEFAULT && handler != HANDLER_IGNORE)
		action.flags |= SA_SIGINFO;
	return (int)result(sys(__NR_rt_sigaction, sig, &action, NULL, 8));
}

int signal_mask(int how, u64 mask, u64 *old)
{
	return (int)result(sys(__NR_rt_sigprocmask, how, &mask, old, 8));
}

int sigsuspend_mask(u64 mask)
{
	return (int)result(sys(__NR_rt_sigsuspend, &mask, 8));
}
