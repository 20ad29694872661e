/* SPDX-License-Identifier: BSD-2-Clause */
/* With --missing the calls that are not there are named when the program has ended. */
#include "guest.h"

int main(void)
{
	on_signal(SIGSYS, HANDLER_IGNORE, 0);
	for (int i = 0; i < 3; i++)
		sys(60000 + i / 2);
	sys(11); /* execv, whose number leads nowhere */
	print("done\n");
	return 4;
}
