/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does what each line it reads says, and waits for the next: for who looks from outside (tests/tap
 * ps.t, debug.t). f: forks, and the child reads on. x: executes itself. c DIR: changes its root.
 */
#include "guest.h"

static char line[256];

static int read_line(void)
{
	int n = 0;

	while (n + 1 < (int)sizeof(line) && read(0, &line[n], 1) == 1 && line[n] != '\n')
		n++;
	line[n] = '\0';
	return n;
}

int main(int argc, char **argv)
{
	int status;

	print("waits %d\n", argc);
	while (read_line() > 0) {
		if (line[0] == 'f' && fork() > 0) {
			waitpid(-1, &status, 0);
		} else if (line[0] == 'x') {
			execve(argv[0], argv, (char *[]){NULL});
			return 1;
		} else if (line[0] == 'c') {
			if (sys(SYS_chroot, line + 2) != 0 || chdir("/") != 0)
				return 2;
		}
		print("did %c\n", line[0]);
	}
	return 0;
}
