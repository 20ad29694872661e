/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The runtime's own memory is nobody's: calls that would read or write it fault, and
 * mappings there are neither replaced nor changed. Its image lies at 0x700000080000, its
 * variables a little above.
 */
#include "guest.h"

#define IMAGE 0x700000081000UL
#define DATA  0x700000100000UL

int main(void)
{
	static const u64 ours[] = {IMAGE, DATA, 0x7ffffffff000UL};
	long fd = sys(SYS_open, "/dev/zero", O_RDONLY, 0);

	EXPECT(fd >= 0);
	for (size_t i = 0; i < ARRAY_LEN(ours); i++) {
		EXPECT_EQ(sys(SYS_read, fd, ours[i], 64), -EFAULT);
		EXPECT_EQ(sys(SYS_pipe2, ours[i], 0), -EFAULT);
		EXPECT_EQ(sys(SYS_open, ours[i], O_RDONLY, 0), -EFAULT);
		EXPECT_EQ(sys(SYS_munmap, ours[i], 4096), -EINVAL);
		EXPECT(sys(SYS_mprotect, ours[i], 4096, 0) < 0);
	}
	print("still here\n");
	return 0;
}
