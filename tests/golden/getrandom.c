/* SPDX-License-Identifier: BSD-2-Clause */
/* Random bytes. Facts: getrandom(2), sys/kern/sys_getrandom.c. */
#include "guest.h"

#define GRND_NONBLOCK 1
#define GRND_RANDOM   2
#define GRND_INSECURE 4

/* Each of 256 values is among so many random bytes; all but never not. */
static bool varied(const u8 *p, u32 n)
{
	bool seen[256] = {false};
	u32 count = 0;

	for (u32 i = 0; i < n; i++) {
		count += !seen[p[i]];
		seen[p[i]] = true;
	}
	return count == 256;
}

int main(void)
{
	static u8 a[65536], b[65536];
	u8 edge[16] = {0};

	EXPECT_EQ(sys(SYS_getrandom, a, sizeof(a), 0), sizeof(a));
	EXPECT_EQ(sys(SYS_getrandom, b, sizeof(b), GRND_NONBLOCK), sizeof(b));
	EXPECT(varied(a, sizeof(a)) && varied(b, sizeof(b)) && memcmp(a, b, sizeof(a)) != 0);
	memset(b, 0, sizeof(b));
	EXPECT_EQ(sys(SYS_getrandom, b, sizeof(b), GRND_RANDOM), sizeof(b));
	EXPECT(varied(b, sizeof(b)));
	memset(b, 0, sizeof(b));
	EXPECT_EQ(sys(SYS_getrandom, b, sizeof(b), GRND_INSECURE), sizeof(b));
	EXPECT(varied(b, sizeof(b)));
	for (int i = 0; i < 100 && edge[1] == 0; i++)
		sys(SYS_getrandom, edge + 1, 1, 0);
	EXPECT(edge[0] == 0 && edge[1] != 0 &&
	       edge[2] == 0); /* what was asked for, not a byte more */
	EXPECT_EQ(sys(SYS_getrandom, a, 0, 0), 0);
	EXPECT_EQ(sys(SYS_getrandom, 8, 0, 0), 0);
	EXPECT_EQ(sys(SYS_getrandom, 8, 16, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_getrandom, a, 16, 8), -EINVAL);
	EXPECT_EQ(sys(SYS_getrandom, a, -1L, 0), -EINVAL);
	return 0;
}
