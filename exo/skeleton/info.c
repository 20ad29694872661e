/* SPDX-License-Identifier: BSD-2-Clause */
/* exo/skeleton/info.c: exo/info.h of a machine that knows nothing of itself. */
#include "exo/info.h"

#define NOT_HERE (-38L) /* -CORE_ENOSYS */

i64 exo_setting(enum exo_setting what, i64 fallback)
{
	(void)what;
	return fallback;
}

long exo_machine_id(char out[33])
{
	(void)out;
	return NOT_HERE;
}

long exo_cpus(u64 *mask, u64 bytes)
{
	(void)mask, (void)bytes;
	return NOT_HERE;
}

long exo_process_list(i32 pid, i32 *ids, u32 max)
{
	(void)pid, (void)ids, (void)max;
	return NOT_HERE;
}

long exo_cpu_times(i32 cpu, u64 out[5])
{
	(void)cpu, (void)out;
	return NOT_HERE;
}

long exo_process_fds(i32 pid, i32 *fds, u32 max)
{
	(void)pid, (void)fds, (void)max;
	return NOT_HERE;
}

long exo_process_info(i32 pid, i32 tid, struct exo_process *out)
{
	(void)pid, (void)tid, (void)out;
	return NOT_HERE;
}

long exo_process_text(i32 pid, enum exo_process_text what, u64 offset, char *buf, u64 size)
{
	(void)pid, (void)what, (void)offset, (void)buf, (void)size;
	return NOT_HERE;
}

long exo_process_maps(i32 pid, bool (*each)(void *ctx, const struct exo_mapping *m), void *ctx)
{
	(void)pid, (void)each, (void)ctx;
	return NOT_HERE;
}

long exo_process_pages(i32 pid, u64 at, u8 *state, u64 pages)
{
	(void)pid, (void)at, (void)state, (void)pages;
	return NOT_HERE;
}

long exo_process_fd(i32 pid, i32 fd, struct exo_open_file *out)
{
	(void)pid, (void)fd, (void)out;
	return NOT_HERE;
}

const char *exo_shared_memory_dir(void)
{
	return "/";
}

u64 exo_count(enum exo_count what)
{
	(void)what;
	return 0;
}

long exo_swaps(bool (*each)(void *ctx, const struct exo_swap *s), void *ctx)
{
	(void)each, (void)ctx;
	return 0;
}

long exo_disks(bool (*each)(void *ctx, const struct exo_disk *d), void *ctx)
{
	(void)each, (void)ctx;
	return 0;
}

long exo_interrupts(bool (*each)(void *ctx, const struct exo_interrupt *i), void *ctx)
{
	(void)each, (void)ctx;
	return 0;
}

long exo_kernel_log(char *buf, u64 size)
{
	(void)buf, (void)size;
	return NOT_HERE;
}

long exo_device_name(u64 device, char *buf, u64 size)
{
	(void)device, (void)buf, (void)size;
	return NOT_HERE;
}

long exo_mount(u64 id, bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	(void)id, (void)each, (void)ctx;
	return NOT_HERE;
}

long exo_mounts(bool (*each)(void *ctx, const struct exo_mount *m), void *ctx)
{
	(void)each, (void)ctx;
	return NOT_HERE;
}
