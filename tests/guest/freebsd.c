/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/freebsd.c: start-up and the calls that FreeBSD/amd64 has its own way.
 *
 * The kernel enters a program with rdi at the word that holds argc and rsp sixteen-byte
 * aligned below it, as after a call (sys/amd64/amd64/exec_machdep.c: exec_setregs). A call
 * that failed has the carry flag set and the error number in rax.
 */
#include "guest.h"

__asm__(".globl _start\n"
	"_start:\n"
	"	movq %rdi, entry_rdi(%rip)\n"
	"	movq %rsp, entry_rsp(%rip)\n"
	"	xorl %ebp, %ebp\n"
	"	andq $-16, %rsp\n"
	"	call start_at\n"
	"	hlt\n");

/* The note by which FreeBSD's kernel knows its own programs (sys/sys/elf_common.h,
 * NT_FREEBSD_ABI_TAG): the release the program was made for, 14.0. */
__asm__(".section .note.tag, \"a\", @note\n"
	"	.balign 4\n"
	"	.long 8, 4, 1\n"
	"	.asciz \"FreeBSD\"\n"
	"	.long 1400097\n"
	"	.text\n");

long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	bool failed;

	__asm__ volatile("syscall"
			 : "+a"(nr), "=@ccc"(failed), "+D"(a), "+S"(b), "+d"(c), "+r"(r10),
			   "+r"(r8), "+r"(r9)
			 :
			 : "rcx", "r11", "memory");
	return failed ? -nr : nr;
}

int stat(const char *path, struct stat *st)
{
	return (int)result(sys(SYS_fstatat, AT_FDCWD, path, st, 0));
}

int lstat(const char *path, struct stat *st)
{
	return (int)result(sys(SYS_fstatat, AT_FDCWD, path, st, AT_SYMLINK_NOFOLLOW));
}

long getcwd(char *buf, size_t n)
{
	if (result(sys(SYS___getcwd, buf, n)) != 0)
		return -1;
	return (long)strlen(buf);
}

/* struct sigaction and sigset_t of sys/signal.h: 128 signals in four words. */
struct action {
	signal_handler *handler;
	i32 flags;
	u32 mask[4];
};
_Static_assert(sizeof(struct action) == 32, "struct sigaction");

int on_signal(int sig, signal_handler *handler, int flags)
{
	struct action action = {.handler = handler, .flags = flags};

	if (handler != HANDLER_DEFAULT && handler != HANDLER_IGNORE)
		action.flags |= SA_SIGINFO;
	return (int)result(sys(SYS_sigaction, sig, &action, NULL));
}

int signal_mask(int how, u64 mask, u64 *old)
{
	u64 set[2] = {mask, 0};
	u64 was[2];
	long answer = result(sys(SYS_sigprocmask, how, set, was));

	if (answer == 0 && old != NULL)
		*old = was[0];
	return (int)answer;
}

int sigsuspend_mask(u64 mask)
{
	u64 set[2] = {mask, 0};

	return (int)result(sys(SYS_sigsuspend, set));
}
