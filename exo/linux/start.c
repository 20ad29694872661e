/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/start.c: taking a fresh Linux process over, and leaving it.
 */
#include <asm/unistd_64.h>
#include <linux/auxvec.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

u64 exo_auxv(const struct exo_boot *b, u64 type, u64 fallback)
{
	for (const u64 *a = b->auxv; a[0] != AT_NULL; a += 2)
		if (a[0] == type)
			return a[1];
	return fallback;
}

static const u64 *machine_auxv;

const u64 *exo_machine_auxv(void)
{
	return machine_auxv;
}

struct exo_thread *exo_start(const struct exo_boot *boot)
{
	machine_auxv = boot->auxv;
	linux_thread_start(boot);
	linux_time_start(exo_auxv(boot, AT_SYSINFO_EHDR, 0));
	linux_hide_start();
	linux_xstate_start();
	linux_handlers_start();
	linux_patch_start();
	return exo_self();
}

void exo_exit(int status)
{
	for (;;)
		LINUX(__NR_exit_group, status);
}

static void log_text(const char *fmt, va_list ap)
{
	char line[1024];
	size_t n = fb_vformat(line, sizeof(line), fmt, ap);

	LINUX(__NR_write, 2, line, MIN(n, sizeof(line) - 1));
}

void exo_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_text(fmt, ap);
	va_end(ap);
}

void exo_fatal(const char *fmt, ...)
{
	va_list ap;

	exo_log("fbird: ");
	va_start(ap, fmt);
	log_text(fmt, ap);
	va_end(ap);
	exo_log("\n");
	exo_exit(126);
}
