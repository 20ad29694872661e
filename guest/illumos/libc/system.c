/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/system.c: what the system says of itself. Facts: sysconf(3C), uname(2),
 * gethostname(3C), getcwd(3C), getexecname(3C); which of sysconf's names ask the kernel for what:
 * usr/src/lib/libc/port/gen/sysconf.c.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/processor.h>
#include <sys/pset.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

void fb_load_averages(double *out, const int *scaled, int n);

/* SYS_sysconfig's questions (sys/sysconfig.h) */
static const struct {
	short name, config;
} by_kernel[] = {
    {_SC_CHILD_MAX, 3},		{_SC_CLK_TCK, 7},	   {_SC_NGROUPS_MAX, 2},
    {_SC_OPEN_MAX, 4},		{_SC_PAGESIZE, 6},	   {_SC_NPROCESSORS_CONF, 11},
    {_SC_NPROCESSORS_ONLN, 12}, {_SC_NPROCESSORS_MAX, 44}, {_SC_PHYS_PAGES, 26},
    {_SC_AVPHYS_PAGES, 27},	{_SC_VERSION, 5},	   {_SC_RTSIG_MAX, 19},
    {_SC_SIGRT_MIN, 23},	{_SC_SIGRT_MAX, 24},
};

static const struct {
	short name;
	int value;
} fixed[] = {
    {_SC_ARG_MAX, 2096640}, /* NCARGS64 */
    {_SC_JOB_CONTROL, 1},	  {_SC_SAVED_IDS, 1},
    {_SC_LOGIN_NAME_MAX, 33},	  {_SC_TTYNAME_MAX, 128},
    {_SC_GETGR_R_SIZE_MAX, 7296}, {_SC_GETPW_R_SIZE_MAX, 1024},
    {_SC_THREADS, 200112},	  {_SC_THREAD_KEYS_MAX, 128},
    {_SC_THREAD_STACK_MIN, 8192}, {_SC_THREAD_DESTRUCTOR_ITERATIONS, 4},
    {_SC_IOV_MAX, 1024},	  {_SC_HOST_NAME_MAX, 255},
    {_SC_SEMAPHORES, 200112},	  {_SC_TIMERS, 200112},
    {_SC_MAPPED_FILES, 200112},	  {_SC_FSYNC, 200112},
    {_SC_LINE_MAX, 2048},	  {_SC_SYMLOOP_MAX, 20},
};

EXPORT long sysconf(int name)
{
	for (size_t i = 0; i < sizeof(by_kernel) / sizeof(*by_kernel); i++)
		if (by_kernel[i].name == name)
			return result(SYSCALL(SYS_sysconfig, by_kernel[i].config));
	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		if (fixed[i].name == name)
			return fixed[i].value;
	return fail_with(EINVAL);
}
EXPORT long _sysconf(int) __attribute__((alias("sysconf")));

EXPORT int getpagesize(void)
{
	return (int)_fb_rtld.page_size;
}

EXPORT int getdtablesize(void)
{
	return (int)sysconf(_SC_OPEN_MAX);
}

EXPORT int uname(struct utsname *name)
{
	return (int)result(SYSCALL(SYS_uname, name));
}

EXPORT int gethostname(char *buf, int size)
{
	struct utsname u;

	if (size < 0)
		return (int)fail_with(EINVAL);
	if (uname(&u) < 0)
		return -1;
	strlcpy(buf, u.nodename, (size_t)size);
	return 0;
}

EXPORT char *getcwd(char *buf, size_t size)
{
	bool own = buf == NULL;

	if (size == 0)
		return fail_with(EINVAL), NULL;
	if (own && !(buf = malloc(size)))
		return NULL;
	if (result(SYSCALL(SYS_getcwd, buf, size)) < 0) {
		if (own)
			free(buf);
		return NULL;
	}
	return buf;
}

EXPORT const char *getexecname(void)
{
	return _fb_rtld.exec_name;
}

EXPORT int sysinfo(int command, char *buf, long size)
{
	return (int)result(SYSCALL(SYS_systeminfo, command, buf, size));
}

#define SI_HW_SERIAL	7
#define SI_SET_HOSTNAME 258

EXPORT int sethostname(char *name, int size)
{
	return sysinfo(SI_SET_HOSTNAME, name, size) < 0 ? -1 : 0;
}

EXPORT int gethostid(void)
{
	char serial[16];

	return sysinfo(SI_HW_SERIAL, serial, sizeof(serial)) < 0 ? -1
								 : (int)strtol(serial, NULL, 10);
}

EXPORT int getloadavg(double out[], int n)
{
	int scaled[3], got = (int)result(SYSCALL(SYS_getloadavg, scaled, n < 3 ? n : 3));

	fb_load_averages(out, scaled, got);
	return got;
}

/* What confstr(3C) has of a 64-bit program (unistd.h). */
EXPORT size_t confstr(int name, char *buf, size_t size)
{
	const char *text;

	switch (name) {
	case _CS_PATH:
		text = "/usr/xpg4/bin:/usr/ccs/bin:/usr/bin:/opt/SUNWspro/bin";
		break;
	default:
		fail_with(EINVAL);
		return 0;
	}
	if (buf)
		strlcpy(buf, text, size);
	return strlen(text) + 1;
}

EXPORT int getpagesizes2(size_t *sizes, int n)
{
	return (int)result(SYSCALL(SYS_getpagesizes, 0, sizes, n));
}

EXPORT int getpagesizes(size_t *sizes, int n)
{
	return (int)result(SYSCALL(SYS_getpagesizes, 1, sizes, n));
}

/* ---- CPUs ---------------------------------------------------------------------------------- */

EXPORT int processor_bind(idtype_t type, id_t id, processorid_t cpu, processorid_t *old)
{
	return (int)result(SYSCALL(SYS_processor_bind, type, id, cpu, old));
}

EXPORT int processor_info(processorid_t cpu, processor_info_t *info)
{
	return (int)result(SYSCALL(SYS_processor_info, cpu, info));
}

EXPORT int p_online(processorid_t cpu, int flag)
{
	return (int)result(SYSCALL(SYS_p_online, cpu, flag));
}

/* pset's subcodes (usr/src/lib/libc/port/sys/psetsys.c) */
#define PSET(name, params, code, ...)                                                              \
	EXPORT int name params                                                                     \
	{                                                                                          \
		return (int)result(SYSCALL(SYS_pset, code, __VA_ARGS__));                          \
	}
PSET(pset_create, (psetid_t * out), 0, out)
PSET(pset_destroy, (psetid_t set), 1, set)
PSET(pset_assign, (psetid_t set, processorid_t cpu, psetid_t *old), 2, set, cpu, old)
PSET(pset_info, (psetid_t set, int *type, uint_t *n, processorid_t *cpus), 3, set, type, n, cpus)
PSET(pset_bind, (psetid_t set, idtype_t type, id_t id, psetid_t *old), 4, set, type, id, old)
PSET(pset_bind_lwp, (psetid_t set, id_t lwp, pid_t pid, psetid_t *old), 10, set, lwp, pid, old)
PSET(pset_list, (psetid_t * sets, uint_t *n), 6, sets, n)
PSET(pset_setattr, (psetid_t set, uint_t attr), 7, set, attr)
PSET(pset_getattr, (psetid_t set, uint_t *attr), 8, set, attr)
