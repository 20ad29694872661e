/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_sysctl.c: what 2.11BSD's system is. Tables of the kernel's (processes,
 * files, inodes, maps of memory) are not there, and nothing can be set. Facts:
 * usr/sys/sys/kern_sysctl.c, usr/sys/h/sysctl.h, vmparam.h, resource.h, time.h.
 */
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

enum kernel {
	OSTYPE = 1,
	OSRELEASE = 2,
	VERSION = 4,
	ARGMAX = 8,
	SECURELVL = 9,
	HOSTNAME = 10,
	HOSTID = 11,
	CLOCKRATE = 12,
	POSIX1 = 17,
	NGROUPS = 18,
	JOBS = 19,
	SAVED_IDS = 20,
	BOOTTIME = 21
};
enum { LOADAVG = 2 };
#define HZ	   60
#define FSCALE	   256 /* of load averages; the host's is 65536 */
#define HOST_SCALE 65536
enum { MACHINE = 1, MODEL = 2, NCPU = 3, BYTEORDER = 4, PAGESIZE = 7 };

struct utsname {
	char sysname[65], nodename[65], release[65], version[65], machine[65], domainname[65];
};

static long give(guest_ptr old, guest_ptr oldlen, const void *p, u32 n)
{
	struct pdp_word room, size = pdp_word(n);

	if (!research_addr(oldlen))
		return 0;
	if (copy_from_guest(&room, oldlen, 2) < 0)
		return -CORE_EFAULT;
	if (research_addr(old)) {
		if (pdp_get(room) < n)
			return -CORE_ENOMEM;
		if (copy_to_guest(old, p, n) < 0)
			return -CORE_EFAULT;
	}
	return copy_to_guest(oldlen, &size, 2);
}

static long give_text(guest_ptr old, guest_ptr oldlen, const char *s)
{
	return give(old, oldlen, s, (u32)strlen(s) + 1);
}

static long give_number(guest_ptr old, guest_ptr oldlen, u32 n)
{
	struct pdp_word w = pdp_word(n);

	return give(old, oldlen, &w, sizeof(w));
}

static long of_kernel(u32 what, guest_ptr old, guest_ptr oldlen)
{
	struct utsname u;
	struct pdp_long none = pdp_long(0);
	struct pdp_word rate[4] = {pdp_word(HZ), pdp_word(1000000 / HZ), pdp_word(HZ),
				   pdp_word(HZ)};
	struct bsd_timeval boot;
	struct core_sysinfo i = {0};
	struct exo_time now;

	switch (what) {
	case OSTYPE:
		return give_text(old, oldlen, "2.11BSD");
	case OSRELEASE:
		return give_text(old, oldlen, "2.11");
	case VERSION:
		return give_text(old, oldlen, "2.11 BSD UNIX (FeuerBird)\n");
	case ARGMAX:
		return give_number(old, oldlen, research.version->args_max);
	case HOSTNAME:
		EXO(uname, &u);
		return give_text(old, oldlen, u.nodename);
	case HOSTID:
		return give(old, oldlen, &none, sizeof(none));
	case SECURELVL:
	case POSIX1:
	case SAVED_IDS:
		return give_number(old, oldlen, 0);
	case CLOCKRATE:
		return give(old, oldlen, rate, sizeof(rate));
	case NGROUPS:
		return give_number(old, oldlen, BSD_NGROUPS);
	case BOOTTIME:
		EXO(sysinfo, &i);
		exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
		boot = (struct bsd_timeval){pdp_long((u32)(now.sec - i.uptime)), pdp_long(0)};
		return give(old, oldlen, &boot, sizeof(boot));
	case JOBS:
		return give_number(old, oldlen, 1);
	default:
		return -CORE_EOPNOTSUPP;
	}
}

static long of_machine(u32 what, guest_ptr old, guest_ptr oldlen)
{
	switch (what) {
	case MACHINE:
		return give_text(old, oldlen, "pdp11");
	case MODEL:
		return give_text(old, oldlen, "11/70");
	case NCPU:
		return give_number(old, oldlen, 1);
	case BYTEORDER:
		return give_number(old, oldlen, 3412);
	case PAGESIZE:
		return give_number(old, oldlen, 1024);
	default:
		return -CORE_EOPNOTSUPP;
	}
}

/* As the host's, which has three of them as well. */
void research_loads(struct pdp_word out[3])
{
	struct core_sysinfo i = {0};

	EXO(sysinfo, &i);
	for (int k = 0; k < 3; k++)
		out[k] = pdp_word(MIN(i.loads[k] * FSCALE / HOST_SCALE, 0x7fffUL));
}

static long of_memory(u32 what, guest_ptr old, guest_ptr oldlen)
{
	struct pdp_word load[4];

	if (what != LOADAVG)
		return -CORE_EOPNOTSUPP;
	research_loads(load);
	load[3] = pdp_word(FSCALE);
	return give(old, oldlen, load, sizeof(load));
}

long research_bsd_sysctl(struct core_thread *t, IN name, UINT namelen, OUT old, INOUT oldlen,
			 IN new, UINT newlen)
{
	struct pdp_word mib[2];

	(void)t;
	(void)newlen;
	if (namelen != 2)
		return -CORE_EOPNOTSUPP;
	if (copy_from_guest(mib, name, sizeof(mib)) < 0)
		return -CORE_EFAULT;
	if (research_addr(new))
		return -CORE_EPERM;
	switch (pdp_get(mib[0])) {
	case BSD_CTL_KERN:
		return of_kernel(pdp_get(mib[1]), old, oldlen);
	case BSD_CTL_VM:
		return of_memory(pdp_get(mib[1]), old, oldlen);
	case BSD_CTL_HW:
		return of_machine(pdp_get(mib[1]), old, oldlen);
	default:
		return -CORE_EOPNOTSUPP;
	}
}
