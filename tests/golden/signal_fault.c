/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a handler is told of each kind of fault: signal, code, address and trap number, as
 * sys/amd64/amd64/trap.c has them.
 */
#include "freebsd_context.h"

static struct siginfo seen;
static u64 pc_seen, trap_seen, resume_at;
static int count;

static void note(int sig, struct siginfo *info, void *context)
{
	struct ucontext *uc = context;

	(void)sig;
	seen = *info;
	pc_seen = uc->mc.rip;
	trap_seen = uc->mc.trapno;
	count++;
	uc->mc.rip = resume_at;
	uc->mc.rflags &= ~0x100UL; /* no more single steps */
}

/* Runs the instructions; a fault among them, at label 1, goes on behind them. */
static u64 fault_at;

#define FAULT(code, ...)                                                                           \
	do {                                                                                       \
		count = 0;                                                                         \
		__asm__ volatile("leaq 2f(%%rip), %%r11; movq %%r11, %0\n"                         \
				 "leaq 1f(%%rip), %%r11; movq %%r11, %1\n" code "\n2:"             \
				 : "=m"(resume_at), "=m"(fault_at)                                 \
				 : __VA_ARGS__                                                     \
				 : "rax", "rcx", "rdx", "r11", "memory", "cc");                    \
	} while (0)

static void told(const char *what, int sig, int code, u64 addr, u32 trap)
{
	bool good = count == 1 && seen.si_signo == sig && seen.si_code == code &&
		    seen.si_addr == addr && (u32)seen.si_trapno == trap && trap_seen == trap;

	if (good)
		print("ok %s: signal %d code %d trap %u\n", what, sig, code, trap);
	else
		print("FAILED %s: %d times, signal %d code %d addr %lx trap %d %lu, not %lx\n",
		      what, count, seen.si_signo, seen.si_code, seen.si_addr, seen.si_trapno,
		      trap_seen, addr);
}

int main(void)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
	u8 *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0), *file, *gone;
	u32 mxcsr = 0x1f80 & ~0x200u; /* division by zero is an exception */
	u16 x87 = 0x37f & ~0x4u;
	float f = 1.0f, zero = 0.0f;
	int fd;

	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		on_signal(signals[i], note, 0);

	gone = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0);
	munmap(gone, 4096);
	FAULT("1: movb $1, (%2)", "r"(gone + 5));
	told("a page that is not", SIGSEGV, 1, (u64)gone + 5, T_PAGEFLT);
	FAULT("1: movb $1, (%2)", "r"(page + 9));
	told("a write to what may be read", SIGSEGV, 2, (u64)page + 9, T_PAGEFLT);
	FAULT("movq %2, %%rax; 1: jmp *%%rax", "r"((u64)page));
	told("a jump to what may not be executed", SIGSEGV, 2, (u64)page, T_PAGEFLT);
	EXPECT_EQ(pc_seen, page);
	FAULT("movq %2, %%rax; 1: jmp *%%rax", "r"(0x8UL));
	told("a jump to nowhere", SIGSEGV, 1, 8, T_PAGEFLT);

	fd = open("file", O_RDWR | O_CREAT, 0600);
	ftruncate(fd, 1);
	file = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	FAULT("1: movb (%2), %%al", "r"(file + 4096));
	told("beyond the end of a file", SIGBUS, 3, (u64)file + 4096, T_PAGEFLT);

	FAULT("1: movb (%2), %%al", "r"(1UL << 62));
	told("an address that cannot be", SIGBUS, 3, fault_at, T_PROTFLT);
	FAULT("movq %2, %%rax; 1: jmp *%%rax", "r"(1UL << 62));
	told("a jump there", SIGBUS, 3, fault_at, T_PROTFLT);
	FAULT("1: hlt", "r"(0));
	told("a privileged instruction", SIGBUS, 3, fault_at, T_PROTFLT);
	FAULT("1: ud2", "r"(0));
	told("no instruction", SIGILL, 5, fault_at, T_PRIVINFLT);
	EXPECT_EQ(pc_seen, fault_at);
	FAULT("int3; 1: nop", "r"(0));
	told("a breakpoint", SIGTRAP, 1, fault_at, T_BPTFLT);
	EXPECT_EQ(pc_seen, fault_at);
	FAULT("pushfq; orq $0x100, (%%rsp); popfq; nop; 1: nop", "r"(0));
	told("a single step", SIGTRAP, 2, fault_at, T_TRCTRAP);
	FAULT("xorl %%eax, %%eax; xorl %%edx, %%edx; movl $0, %%ecx; 1: divl %%ecx", "r"(0));
	told("a division by zero", SIGFPE, 2, fault_at, T_DIVIDE);
	FAULT("ldmxcsr %2; movss %3, %%xmm0; 1: divss %4, %%xmm0", "m"(mxcsr), "m"(f), "m"(zero));
	told("one in a vector", SIGFPE, 3, fault_at, T_XMMFLT);
	FAULT("fninit; fldcw %2; fld1; fldz; fdivrp; 1: fwait; fninit", "m"(x87));
	told("one in the x87", SIGFPE, 3, fault_at, T_ARITHTRAP);
	__asm__ volatile("fninit");
	unlink("file");
	return 0;
}
