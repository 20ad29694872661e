/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/illumos.c: start-up and the calls that illumos/amd64 has its own way.
 *
 * The kernel enters a program with rsp at the word that holds argc. A call that failed has the
 * carry flag set and the error number in rax; some calls have a second result in rdx. A handler
 * does not return to the kernel: whoever called it makes setcontext of what it was given, which is
 * the library's business and so here that of enter_handler (usr/src/lib/libc/port/threads/
 * sigaction.c). Facts: usr/src/uts/intel/ia32/ml/exception.s, syscall_asm_amd64.s.
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
	"	hlt\n");

/* No note is illumos's own: this is what the GNU tools mark its programs with. */
__asm__(".section .note.ABI-tag, \"a\", @note\n"
	"	.balign 4\n"
	"	.long 4, 16, 1\n"
	"	.asciz \"GNU\"\n"
	"	.long 2, 2, 11, 0\n"
	"	.text\n");

struct two sys_two(long nr, long a, long b, long c, long d, long e, long f)
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
	return (struct two){failed ? -nr : nr, c};
}

long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	return sys_two(nr, a, b, c, d, e, f).first;
}

int stat(const char *path, struct stat *st)
{
	return (int)result(sys(SYS_stat, path, st));
}

int lstat(const char *path, struct stat *st)
{
	return (int)result(sys(SYS_lstat, path, st));
}

int ftruncate(int fd, i64 size)
{
	struct flock whole = {.l_start = size};

	return (int)result(sys(SYS_fcntl, fd, F_FREESP, &whole));
}

int pipe2(int fds[2], int flags)
{
	return (int)result(sys(SYS_pipe, fds, flags));
}

int dup(int fd)
{
	return (int)result(sys(SYS_fcntl, fd, F_DUPFD, 0));
}

int dup2(int from, int to)
{
	return (int)result(sys(SYS_fcntl, from, F_DUP2FD, to));
}

int getppid(void)
{
	return (int)sys_two(SYS_getpid, 0, 0, 0, 0, 0, 0).second;
}

int fork(void)
{
	struct two r = sys_two(SYS_forksys, 0, 0, 0, 0, 0, 0);

	return r.first >= 0 && r.second ? 0 : (int)result(r.first);
}

static int wait_status(const struct siginfo *info)
{
	switch (info->si_code) {
	case CLD_EXITED:
		return (info->si_status & 0xff) << 8;
	case CLD_KILLED:
		return info->si_status;
	case CLD_DUMPED:
		return info->si_status | 0x80;
	case CLD_STOPPED:
	case CLD_TRAPPED:
		return info->si_status << 8 | 0x7f;
	default:
		return 0xffff;
	}
}

int waitpid(int pid, int *status, int options)
{
	int type = pid > 0 ? P_PID : pid == -1 ? P_ALL : P_PGID;
	int id = pid > 0 ? pid : pid == -1 ? 0 : pid == 0 ? (int)sys(SYS_pgrpsys, 0) : -pid;
	struct siginfo info;

	if (result(sys(SYS_waitid, type, id, &info, options | WEXITED | WTRAPPED)) < 0)
		return -1;
	if (status != NULL)
		*status = wait_status(&info);
	return info.si_pid;
}

long getcwd(char *buf, size_t n)
{
	if (result(sys(SYS_getcwd, buf, n)) != 0)
		return -1;
	return (long)strlen(buf);
}

/* struct sigaction and sigset_t of sys/signal.h. */
struct action {
	i32 flags;
	void *handler;
	u32 mask[4];
};
_Static_assert(sizeof(struct action) == 32, "struct sigaction");

static signal_handler *handlers[SIGNALS + 1];

static void enter_handler(int sig, struct siginfo *info, void *context)
{
	handlers[sig](sig, info, context);
	sys(SYS_context, SETCONTEXT, context);
}

int on_signal(int sig, signal_handler *handler, int flags)
{
	struct action action = {.handler = (void *)handler, .flags = flags};

	if (handler != HANDLER_DEFAULT && handler != HANDLER_IGNORE) {
		handlers[sig] = handler;
		action.handler = (void *)enter_handler;
		action.flags |= SA_SIGINFO;
	}
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
