/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/context.c: contexts that begin with a function. Facts: makecontext(3C),
 * usr/src/lib/libc/amd64/gen/makectxt.c; the calling convention: psABI 3.2.3.
 */
#include <stdarg.h>
#include <ucontext.h>

#include "guest/illumos/libc/libc.h"

extern const char fb_context_end[];

_Static_assert(__builtin_offsetof(ucontext_t, uc_mcontext) == 64, "context.S has it");
_Static_assert(__builtin_offsetof(ucontext_t, uc_link) == 8, "context.S has it");
_Static_assert(__builtin_offsetof(struct thread, error) == 24, "context.S has it");
_Static_assert(sizeof(ucontext_t) <= 128 * sizeof(long), "a sigjmp_buf is one");

EXPORT void makecontext(ucontext_t *uc, void (*function)(void), int argc, ...)
{
	static const uint8_t in_registers[6] = {REG_RDI, REG_RSI, REG_RDX, REG_RCX, REG_R8, REG_R9};
	greg_t *g = uc->uc_mcontext.gregs;
	size_t more = argc > 6 ? (size_t)argc - 6 : 0;
	uintptr_t top = ((uintptr_t)uc->uc_stack.ss_sp + uc->uc_stack.ss_size) & ~15UL;
	long *sp = (long *)((top - more * sizeof(long)) & ~15UL) - 1;
	va_list ap;

	*sp = (long)fb_context_end;
	va_start(ap, argc);
	for (int i = 0; i < argc; i++) {
		long v = va_arg(ap, long);

		if (i < 6)
			g[in_registers[i]] = v;
		else
			sp[i - 5] = v;
	}
	va_end(ap);
	g[REG_RIP] = (long)function;
	g[REG_RSP] = (long)sp;
	g[REG_RBX] = (long)uc;
	g[REG_RBP] = 0;
}

EXPORT int getustack(stack_t **out)
{
	return (int)result(SYSCALL(SYS_context, GETUSTACK, out));
}

EXPORT int setustack(stack_t *stack)
{
	return (int)result(SYSCALL(SYS_context, SETUSTACK, stack));
}
