/* SPDX-License-Identifier: BSD-2-Clause */
/* What main.c loads: a function and two variables of each thread's own. */
__thread int plug_calls = 41;
static __thread char large[5000];

int plug(void)
{
	large[4999]++;
	return ++plug_calls;
}
