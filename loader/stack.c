/* SPDX-License-Identifier: BSD-2-Clause */
/* loader/stack.c: taking and filling the first stack of a program. */

#include "core/abi.h"
#include "lib/mem.h"
#include "loader/stack.h"

u64 loader_stack_take(struct loader_stack *s, u64 n, u64 align)
{
	if (s->error)
		return s->sp;
	if (s->sp < s->limit || n > s->sp - s->limit || ALIGN_DOWN(s->sp - n, align) < s->limit) {
		s->error = -CORE_E2BIG;
		return s->sp;
	}
	s->sp = ALIGN_DOWN(s->sp - n, align);
	return s->sp;
}

void loader_stack_put(struct loader_stack *s, u64 addr, const void *p, size_t n)
{
	if (s->put && !s->error && n)
		s->error = s->put(s->ctx, addr, p, n);
}

void loader_stack_put_u64(struct loader_stack *s, u64 addr, u64 value)
{
	loader_stack_put(s, addr, &value, sizeof(value));
}

u64 loader_stack_push(struct loader_stack *s, const void *p, size_t n, u64 align)
{
	u64 addr = loader_stack_take(s, n, align);

	loader_stack_put(s, addr, p, n);
	return addr;
}

struct loader_strings loader_strings(const char *const *v)
{
	struct loader_strings l = {.v = v};

	for (; v[l.count]; l.count++)
		l.bytes += strlen(v[l.count]) + 1;
	return l;
}

u64 loader_stack_put_strings(struct loader_stack *s, u64 addr, const struct loader_strings *l)
{
	for (u64 i = 0; i < l->count; i++) {
		size_t n = strlen(l->v[i]) + 1;

		loader_stack_put(s, addr, l->v[i], n);
		addr += n;
	}
	return addr;
}

u64 loader_stack_put_vector(struct loader_stack *s, u64 addr, const struct loader_strings *l,
			    u64 strings_at)
{
	for (u64 i = 0; i < l->count; i++) {
		loader_stack_put_u64(s, addr, strings_at);
		strings_at += strlen(l->v[i]) + 1;
		addr += sizeof(u64);
	}
	loader_stack_put_u64(s, addr, 0);
	return addr + sizeof(u64);
}
