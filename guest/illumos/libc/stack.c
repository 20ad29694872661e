/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/stack.c: the calling thread's stack, and who called whom on it: by frame
 * pointers, as the original's walkcontext does. Facts: stack_getbounds(3C), backtrace(3C),
 * usr/src/lib/libc/port/gen/backtrace.c (the form of a line).
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"

EXPORT int stack_getbounds(stack_t *out)
{
	char *low;

	fb_stack_of(self(), &low, &out->ss_size);
	out->ss_sp = low;
	out->ss_flags = 0;
	return 0;
}

struct frame {
	const struct frame *next;
	void *back;
};

EXPORT int backtrace(void **out, int n)
{
	const struct frame *f = __builtin_frame_address(0);
	uintptr_t low, high;
	int found = 0;
	char *base;
	size_t size;

	fb_stack_of(self(), &base, &size);
	low = (uintptr_t)base;
	high = low + size - sizeof(*f);
	while (found < n && (uintptr_t)f >= low && (uintptr_t)f <= high && !((uintptr_t)f & 7) &&
	       f->back) {
		out[found++] = f->back;
		if (f->next <= f)
			break;
		f = f->next;
	}
	return found;
}

static int describe(char *buf, size_t size, void *address)
{
	Dl_info info;

	if (dladdr(address, &info) == 0)
		return snprintf(buf, size, "?? [0x%lx]", (long)address);
	if (!info.dli_sname)
		return snprintf(buf, size, "%s [0x%lx]", info.dli_fname, (long)address);
	return snprintf(buf, size, "%s'%s+0x%lx [0x%lx]", info.dli_fname, info.dli_sname,
			(long)((char *)address - (char *)info.dli_saddr), (long)address);
}

EXPORT char **backtrace_symbols(void *const *addresses, int n)
{
	size_t total = (size_t)n * sizeof(char *);
	char **out, *text;

	for (int i = 0; i < n; i++)
		total += (size_t)describe(NULL, 0, addresses[i]) + 1;
	out = malloc(total);
	if (!out)
		return NULL;
	text = (char *)(out + n);
	for (int i = 0; i < n; i++) {
		out[i] = text;
		text += describe(text, total, addresses[i]) + 1;
	}
	return out;
}

EXPORT int backtrace_symbols_fd(void *const *addresses, int n, int fd)
{
	for (int i = 0; i < n; i++) {
		char line[512];
		int k = describe(line, sizeof(line) - 1, addresses[i]);

		if (k > (int)sizeof(line) - 2)
			k = (int)sizeof(line) - 2;
		line[k++] = '\n';
		if (write(fd, line, (size_t)k) < 0)
			return -1;
	}
	return 0;
}

EXPORT int walkcontext(const ucontext_t *uc, int (*each)(uintptr_t, int, void *), void *arg)
{
	const struct frame *f = (const struct frame *)uc->uc_mcontext.gregs[REG_RBP];
	uintptr_t pc = (uintptr_t)uc->uc_mcontext.gregs[REG_RIP], low, high;
	char *base;
	size_t size;

	fb_stack_of(self(), &base, &size);
	low = (uintptr_t)base;
	high = low + size - sizeof(*f);
	for (;;) {
		int r = each(pc, 0, arg);

		if (r || (uintptr_t)f < low || (uintptr_t)f > high || (uintptr_t)f & 7 || !f->back)
			return r;
		pc = (uintptr_t)f->back;
		if (f->next <= f)
			return each(pc, 0, arg);
		f = f->next;
	}
}
