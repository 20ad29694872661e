/* SPDX-License-Identifier: BSD-2-Clause */
/* Echoes what it reads until the end of its input; tests/tap/terminal.t runs it by hand. */
#include "guest.h"

int main(void)
{
	char text[256];
	long n;

	print("ready\n");
	while ((n = read(0, text, sizeof(text) - 1)) > 0) {
		text[n] = '\0';
		print("got: %s", text);
	}
	print(n == 0 ? "end of input\n" : "read failed: %s\n", error_name(errno));
	return 0;
}
