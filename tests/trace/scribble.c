/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program for this machine's system that finds the memory it is traced into and writes nonsense
 * over all of it, heads and sizes as well, while it goes on making calls.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	unsigned long low = 0, high = 0;
	char line[512];
	FILE *f = fopen("/proc/self/maps", "r");

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, "fbird-trace") && sscanf(line, "%lx-%lx", &low, &high) == 2)
			break;
	if (!low)
		return 3;
	srand(argc > 1 ? (unsigned)atoi(argv[1]) : 1);
	for (int round = 0; round < 200; round++) {
		for (int i = 0; i < 400; i++) {
			/* Beyond the header: the slots, and the first rings. */
			unsigned long at = low + 6144 + (unsigned long)rand() % (4ul << 20);

			if (at + 8 < high)
				*(volatile unsigned int *)(at & ~3ul) =
				    rand() % 3 ? (unsigned)rand() : (unsigned)(rand() % 65536);
		}
		getppid();
		access("/nowhere", 0);
	}
	return 4;
}
