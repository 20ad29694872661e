/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/start.c: taking a fresh Linux process over, and leaving it.
 */
#include <asm/unistd_64.h>
#include <linux/auxvec.h>
#include <linux/prctl.h>

#include "exo/linux/linux.h"
#include "exo/note.h"
#include "lib/mem.h"

#define HOST_STACK_MAX (64UL << 20) /* six for strings, and what was used */

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
	linux_hide_start();
	linux_time_start(exo_auxv(boot, AT_SYSINFO_EHDR, 0));
	linux_handlers_start();
	linux_intercept_start(boot);
	return exo_self();
}

static bool described;
static u64 boot_stack; /* the top of what can be unmapped */

/* Facts: prctl(2), PR_SET_MM_MAP; no privilege is needed when the executable stays. */
void exo_describe(u64 args, u64 args_len, u64 env_len, u64 code_low, u64 code_high)
{
	struct prctl_mm_map map = {.start_code = code_low,
				   .end_code = code_high,
				   .start_data = code_low,
				   .end_data = code_high,
				   .start_brk = code_high,
				   .brk = code_high,
				   .start_stack = args,
				   .arg_start = args,
				   .arg_end = args + args_len,
				   .env_start = args + args_len,
				   .env_end = args + args_len + env_len,
				   .exe_fd = (u32)-1};

	described = LINUX(__NR_prctl, PR_SET_MM, PR_SET_MM_MAP, &map, sizeof(map), 0) == 0;
}

/*
 * The stack of the host's exec is not used any more. Its top is the page of the file name the
 * kernel put there last; nothing else is mapped near below, because the kernel keeps at least 128
 * MiB free for it (arch/x86/mm/mmap.c, SIZE_128M). It stays where the host cannot be told of other
 * arguments: those who list processes read them there.
 */
void exo_boot_end(const struct exo_boot *boot)
{
	u64 name = exo_auxv(boot, AT_EXECFN, 0), top;

	if (!described || !name)
		return;
	top = ALIGN_UP(name + strlen((const char *)name) + 1, PAGE_SIZE);
	if ((u64)boot->auxv < top && (u64)boot->auxv > top - HOST_STACK_MAX)
		boot_stack = top;
	machine_auxv = NULL;
}

/* What ends soon need not clean up; what forks does not copy it every time. */
void linux_boot_stack_drop(void)
{
	if (LIKELY(!boot_stack))
		return;
	LINUX(__NR_munmap, boot_stack - HOST_STACK_MAX, HOST_STACK_MAX);
	boot_stack = 0;
}

void exo_exit(int status)
{
	for (;;)
		LINUX(__NR_exit_group, status);
}

u8 exo_note_levels[ROOM_COUNT];

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

/* One write, so that lines of several processes stay whole. */
void exo_note_text(enum exo_room room, const char *fmt, ...)
{
	static const char *const names[ROOM_COUNT] = {"exo", "loader", "core", "personality", "rt"};
	char line[1024];
	va_list ap;
	size_t n =
	    fb_format(line, sizeof(line), "fbird[%ld] %s: ", LINUX(__NR_gettid), names[room]);

	va_start(ap, fmt);
	n += fb_vformat(line + n, sizeof(line) - n - 1, fmt, ap);
	va_end(ap);
	n = MIN(n, sizeof(line) - 2);
	line[n++] = '\n';
	LINUX(__NR_write, 2, line, n);
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
