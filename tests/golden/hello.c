/* SPDX-License-Identifier: BSD-2-Clause */
/* The smallest program: one write, and an exit status that is not zero. */
#include "guest.h"

int main(void)
{
	write(1, "hello from FreeBSD\n", 19);
	return 42;
}
