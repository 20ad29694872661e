/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/unwind.c: cli/prof/unwind.h. */
#include "cli/prof/unwind.h"

#include <string.h>

/* rbp points to the caller's, above which is where the caller goes on. */
static bool step_by_pointer(struct registers *r, const struct stack_copy *s)
{
	u64 frame = r->v[CFI_RBP];

	if (frame < r->v[CFI_RSP] || !stack_word(s, frame, &r->v[CFI_RBP]) ||
	    !stack_word(s, frame + 8, &r->v[CFI_RIP]))
		return false;
	r->v[CFI_RSP] = frame + 16;
	return true;
}

static bool step(struct spaces *s, const struct place *p, struct registers *r,
		 const struct stack_copy *stack, bool *signal)
{
	struct cfi *c = object_cfi(spaces_objects(s), p->object);
	enum cfi_step done = c != NULL ? cfi_step(c, p->offset, r, stack, signal) : CFI_NOTHING;

	*signal &= done == CFI_STEPPED;
	if (done == CFI_NOTHING)
		return step_by_pointer(r, stack);
	return done == CFI_STEPPED;
}

u32 unwind(struct spaces *s, const struct unwind_from *from, struct place *to, u32 room)
{
	static const u8 which[UNWIND_REGISTERS] = {CFI_RBX, CFI_RBP, CFI_RSP, CFI_RIP,
						   CFI_R12, 13,	     14,      CFI_R15};
	struct registers r = {0};
	struct stack_copy copy = {.p = from->stack, .size = from->size};
	/* Who was interrupted, by a sample or by a signal, is where its address says. */
	bool signal = !from->behind;
	u32 n = 0;

	for (u32 i = 0; i < UNWIND_REGISTERS; i++)
		memcpy(&r.v[which[i]], from->registers + 8 * i, 8);
	copy.base = r.v[CFI_RSP];
	while (n < room && r.v[CFI_RIP] != 0) {
		if (!spaces_place(s, from->pid, r.v[CFI_RIP] - !signal, &to[n]))
			break;
		n++;
		if (!step(s, &to[n - 1], &r, &copy, &signal))
			break;
	}
	return n;
}
