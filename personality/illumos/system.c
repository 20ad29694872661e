/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/system.c: what the system says of itself.
 *
 * Facts: uname(2), sysconf(3C), getrandom(2), usr/src/uts/common/syscall/{uname,sysconfig}.c,
 * sys/sysconfig.h.
 */
#include "lib/mem.h"
#include "exo/info.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/abi_system.h"
#include "personality/illumos/abi_time.h"
#include "personality/illumos/illumos.h"

long illumos_uname(struct core_thread *t, OUT name)
{
	struct illumos_utsname out;
	struct core_utsname host;

	(void)t;
	EXO_NOW(uname, &host);
	memset(&out, 0, sizeof(out));
	fb_strlcpy(out.sysname, "SunOS", sizeof(out.sysname));
	fb_strlcpy(out.nodename, host.nodename, sizeof(out.nodename));
	fb_strlcpy(out.release, "5.11", sizeof(out.release));
	fb_strlcpy(out.version, ILLUMOS_VERSION, sizeof(out.version));
	fb_strlcpy(out.machine, "i86pc", sizeof(out.machine));
	return copy_to_guest(name, &out, sizeof(out)) < 0 ? -CORE_EFAULT : 1;
}

static long cpu_count(void)
{
	u64 set[16] = {0};
	long n = EXO_NOW(sched_getaffinity, 0, sizeof(set), set), count = 0;

	for (long i = 0; i < n / 8; i++)
		for (u64 bits = set[i]; bits; bits &= bits - 1)
			count++;
	return MAX(count, 1L);
}

static long open_files(void)
{
	struct core_rlimit limit;
	long r = EXO_NOW(prlimit64, 0, CORE_RLIMIT_NOFILE, 0, &limit);

	return r < 0 ? r : (long)MIN(limit.rlim_cur, (u64)INT32_MAX);
}

static long memory_pages(bool free)
{
	struct core_sysinfo info;

	EXO_NOW(sysinfo, &info);
	return (long)((free ? info.freeram : info.totalram) * info.mem_unit / PAGE_SIZE);
}

long illumos_sysconfig(struct core_thread *t, INT which)
{
	(void)t;
	switch (which) {
	case ILLUMOS_CONFIG_NGROUPS:
		return 16;
	case ILLUMOS_CONFIG_OPEN_FILES:
		return open_files();
	case ILLUMOS_CONFIG_POSIX_VER:
		return 200112;
	case ILLUMOS_CONFIG_PAGESIZE:
		return PAGE_SIZE;
	case ILLUMOS_CONFIG_CLK_TCK:
	case ILLUMOS_CONFIG_PROF_TCK:
		return ILLUMOS_HZ;
	case ILLUMOS_CONFIG_XOPEN_VER:
		return 3;
	case ILLUMOS_CONFIG_NPROC_CONF:
	case ILLUMOS_CONFIG_NPROC_ONLN:
	case ILLUMOS_CONFIG_NPROC_MAX:
		return cpu_count();
	case ILLUMOS_CONFIG_RTSIG_MAX:
		return 32;
	case ILLUMOS_CONFIG_SIGRT_MIN:
		return 41;
	case ILLUMOS_CONFIG_SIGRT_MAX:
		return 72;
	case ILLUMOS_CONFIG_PHYS_PAGES:
	case ILLUMOS_CONFIG_AVPHYS_PAGES:
		return memory_pages(which == ILLUMOS_CONFIG_AVPHYS_PAGES);
	case ILLUMOS_CONFIG_STACK_PROT:
		return CORE_PROT_READ | CORE_PROT_WRITE;
	default:
		return -CORE_EINVAL;
	}
}

long illumos_getrandom(struct core_thread *t, OUT buf, SIZE len, HEX flags)
{
	u32 core = 0;

	(void)t;
	if (flags & ~(u32)(ILLUMOS_GRND_NONBLOCK | ILLUMOS_GRND_RANDOM))
		return -CORE_EINVAL;
	if (flags & ILLUMOS_GRND_NONBLOCK)
		core |= CORE_GRND_NONBLOCK;
	if (flags & ILLUMOS_GRND_RANDOM)
		core |= CORE_GRND_RANDOM;
	return EXO(getrandom, buf.addr, len, core);
}
