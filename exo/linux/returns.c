/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/returns.c: what a processor's return stack holds after a call of the host.
 *
 * Where the host's kernel keeps speculation from its returns by "Safe RET" (AMD Zen 3 and 4;
 * Documentation/admin-guide/hw-vuln/srso.rst), each of its returns leaves one entry too many, and
 * after a system call a program's own returns are predicted to go to addresses of the kernel. The
 * first of them then costs more than the rest of a small call: some 100 to 800 cycles. There
 * hostcall.S fills the return stack with harmless addresses of its own after each call, which
 * takes some 25. Elsewhere the return stack is as it was before the call, and is left alone.
 *
 * The first image of a process tree asks; those executed later are told.
 */
#include <asm/unistd_64.h>
#include <linux/fcntl.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

#define MITIGATION "/sys/devices/system/cpu/vulnerabilities/spec_rstack_overflow"

FB_HOT bool linux_returns_stale; /* hostcall.S reads it after each call */

/* The file says "Mitigation: Safe RET", or "Vulnerable: Safe RET, no microcode". */
static bool kernel_returns_safely(void)
{
	char text[64];
	const char *colon;
	long fd = LINUX(__NR_open, MITIGATION, O_RDONLY | O_CLOEXEC), n;

	if (fd < 0)
		return false;
	n = LINUX(__NR_read, fd, text, sizeof(text) - 1);
	LINUX(__NR_close, fd);
	text[MAX(n, 0L)] = '\0';
	colon = strchr(text, ':');
	return colon && strncmp(colon, ": Safe RET", 10) == 0;
}

void exo_machine_told(int earlier)
{
	linux_returns_stale = earlier < 0 ? kernel_returns_safely() : earlier != 0;
}

int exo_machine_known(void)
{
	return linux_returns_stale;
}
