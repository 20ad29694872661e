/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A number FreeBSD's table does not have: the process gets SIGSYS, whose default action
 * ends it; with the signal ignored the call fails with ENOSYS (kern_sig.c: nosys).
 */
#include "guest.h"

int main(void)
{
	on_signal(SIGSYS, HANDLER_IGNORE, 0);
	EXPECT_ERROR(result(sys(60000)), ENOSYS);
	EXPECT_ERROR(result(sys(-1)), ENOSYS);
	EXPECT_ERROR(result(sys(0x02000000 + SYS_getpid)), ENOSYS);
	on_signal(SIGSYS, HANDLER_DEFAULT, 0);
	sys(60000);
	print("FAILED still here\n");
	return 0;
}
