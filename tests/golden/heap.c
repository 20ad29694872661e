/* SPDX-License-Identifier: BSD-2-Clause */
/* break(2), as sbrk(3) uses it: a break below the heap is a question, and breaks are page ends. */
#include "guest.h"

#define SYS_break 17
#define PAGE	  4096UL

int main(void)
{
	u64 start = (u64)sys(SYS_break, 0), top;

	EXPECT((i64)start > 0 && start % PAGE == 0);
	EXPECT((u64)sys(SYS_break, 1) == start);
	EXPECT((u64)sys(SYS_break, start + 1) == start + PAGE);
	*(volatile char *)(start + PAGE - 1) = 1;
	EXPECT((u64)sys(SYS_break, 0) == start + PAGE);
	top = start + 3 * PAGE;
	EXPECT((u64)sys(SYS_break, top) == top);
	EXPECT(*(volatile char *)(start + PAGE - 1) == 1 && *(volatile char *)(top - 1) == 0);
	EXPECT_EQ(sys(SYS_break, ~0UL), -ENOMEM);
	EXPECT_EQ(sys(SYS_break, 1UL << 46), -ENOMEM);
	EXPECT((u64)sys(SYS_break, start - PAGE) == top);
	EXPECT((u64)sys(SYS_break, start) == start);
	EXPECT((u64)sys(SYS_break, 0) == start);
	return 0;
}
