/* SPDX-License-Identifier: BSD-2-Clause */
/* What a machine that is in no cluster, and a zone without a brand, say. */
#include "guest.h"

int main(void)
{
	u32 flags = 7;
	bool root = sys_two(SYS_getuid, 0, 0, 0, 0, 0, 0).second == 0;

	EXPECT_EQ(sys(SYS_cladm, 0, 0, &flags), 0);
	EXPECT_EQ(flags, 0);
	EXPECT_EQ(sys(SYS_cladm, 0, 0, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_cladm, 0, 1, &flags), -EINVAL);
	EXPECT_EQ(sys(SYS_cladm, 1, 0, &flags), -ENOSYS);
	EXPECT_EQ(sys(SYS_cladm, 1, 1, &flags), -EINVAL);
	EXPECT_EQ(sys(SYS_brandsys, 1, 0, 0, 0, 0), -ENOSYS);
	EXPECT(sys(SYS_vhangup) == (root ? 0 : -EPERM));
	EXPECT_EQ(sys(SYS_install_utrap, 1, 0, 0), -ENOSYS);
	return 0;
}
