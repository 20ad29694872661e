/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes what fbird trace makes of a record that a guest may have written itself: any call of any
 * system, any arguments, any data. Records that are not whole must be told so; the others must
 * become text. Each lies in memory of just its size.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/trace/value.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static struct text t;
	struct trace_record *r;
	struct event e;

	if (size < sizeof(*r) || size > TRACE_RECORD)
		return 0;
	if (t.p == NULL)
		text_open(&t, -1);
	size &= ~(size_t)7;
	r = malloc(size);
	memcpy(r, data, size);
	r->size = (u32)size;
	if (!reader_is_whole(r)) {
		free(r);
		return 0;
	}
	e = (struct event){.r = r, .abi = abi_at(r->abi % 13), .done = r->flags & TRACE_R_ENDED};
	if (e.abi == NULL)
		e.abi = abi_at(0);
	e.call = abi_call(e.abi, r->nr);
	t.n = 0;
	if (value_call(&e) != NULL)
		text_str(&t, value_call(&e));
	value_arguments(&t, &e);
	value_result(&t, &e);
	if (value_struct(&e, 0, false, 48) != NULL)
		value_siginfo(&t, &e, value_struct(&e, 0, false, 48), "SIGUSR1");
	if (t.n > TEXT_ROOM)
		abort();
	free(r);
	return 0;
}
