/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/sysconfig.c: what sysconf(3C) asks the kernel. Facts: usr/src/uts/common/
 * syscall/sysconfig.c, sys/{sysconfig,param}.h; the host says what is the machine's.
 */
#include "exo/info.h"
#include "personality/illumos/abi_system.h"
#include "personality/illumos/abi_time.h"
#include "personality/illumos/illumos.h"

static long cpu_count(void)
{
	u64 set[16] = {0};
	long count = 0;

	exo_cpus(set, sizeof(set));
	for (u32 i = 0; i < ARRAY_LEN(set); i++)
		for (u64 bits = set[i]; bits; bits &= bits - 1)
			count++;
	return MAX(count, 1L);
}

static long last_cpu(void)
{
	u64 set[16] = {0};

	exo_cpus(set, sizeof(set));
	for (u32 i = ARRAY_LEN(set); i-- > 0;)
		if (set[i])
			return (long)(i * 64) + 63 - __builtin_clzl(set[i]);
	return 0;
}

static long limit_of(int resource)
{
	struct core_rlimit limit;
	long r = EXO_NOW(prlimit64, 0, resource, 0, &limit);

	return r < 0 ? r : (long)MIN(limit.rlim_cur, (u64)INT32_MAX);
}

static long memory_pages(bool free)
{
	struct core_sysinfo info;

	EXO_NOW(sysinfo, &info);
	return (long)((free ? info.freeram : info.totalram) * info.mem_unit / PAGE_SIZE);
}

/* Facts of the kernel's own; -1 is a number as others, which the library takes for no limit. */
static const struct {
	i16 which;
	i64 value;
} constants[] = {
    {ILLUMOS_CONFIG_NGROUPS, 16},
    {ILLUMOS_CONFIG_POSIX_VER, 200112},
    {ILLUMOS_CONFIG_PAGESIZE, PAGE_SIZE},
    {ILLUMOS_CONFIG_CLK_TCK, ILLUMOS_HZ},
    {ILLUMOS_CONFIG_PROF_TCK, ILLUMOS_HZ},
    {ILLUMOS_CONFIG_XOPEN_VER, 3},
    {ILLUMOS_CONFIG_AIO_LISTIO_MAX, 4096},
    {ILLUMOS_CONFIG_AIO_PRIO_DELTA_MAX, 0},
    {ILLUMOS_CONFIG_DELAYTIMER_MAX, INT32_MAX},
    {ILLUMOS_CONFIG_MQ_PRIO_MAX, 32},
    {ILLUMOS_CONFIG_RTSIG_MAX, 32},
    {ILLUMOS_CONFIG_SEM_NSEMS_MAX, INT32_MAX},
    {ILLUMOS_CONFIG_SEM_VALUE_MAX, INT32_MAX},
    {ILLUMOS_CONFIG_SIGQUEUE_MAX, 128}, /* _SIGQUEUE_SIZE_BASIC */
    {ILLUMOS_CONFIG_SIGRT_MIN, 41},
    {ILLUMOS_CONFIG_SIGRT_MAX, 72},
    {ILLUMOS_CONFIG_TIMER_MAX, 32},
    {ILLUMOS_CONFIG_STACK_PROT, CORE_PROT_READ | CORE_PROT_WRITE},
    {ILLUMOS_CONFIG_SYMLOOP_MAX, 20},
    {ILLUMOS_CONFIG_EPHID_MAX, 0xfffffffc},
};

long illumos_sysconfig(struct core_thread *t, INT which)
{
	for (u32 i = 0; i < ARRAY_LEN(constants); i++)
		if (constants[i].which == which)
			return constants[i].value;
	switch (which) {
	case ILLUMOS_CONFIG_AIO_MAX:
	case ILLUMOS_CONFIG_MQ_OPEN_MAX:
		return core_success(t, -1);
	case ILLUMOS_CONFIG_CHILD_MAX:
		return limit_of(CORE_RLIMIT_NPROC);
	case ILLUMOS_CONFIG_OPEN_FILES:
		return limit_of(CORE_RLIMIT_NOFILE);
	case ILLUMOS_CONFIG_NPROC_CONF:
	case ILLUMOS_CONFIG_NPROC_ONLN:
		return cpu_count();
	case ILLUMOS_CONFIG_NPROC_MAX:
	case ILLUMOS_CONFIG_CPUID_MAX:
		return last_cpu() + (which == ILLUMOS_CONFIG_NPROC_MAX);
	case ILLUMOS_CONFIG_PHYS_PAGES:
	case ILLUMOS_CONFIG_AVPHYS_PAGES:
		return memory_pages(which == ILLUMOS_CONFIG_AVPHYS_PAGES);
	case ILLUMOS_CONFIG_MAXPID:
		return exo_setting(EXO_SETTING_PID_MAX, 30000);
	default:
		return -CORE_EINVAL;
	}
}
