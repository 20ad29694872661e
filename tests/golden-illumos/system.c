/* SPDX-License-Identifier: BSD-2-Clause */
/* What the system says of itself: names, configuration, controls, classes, processors, tasks. */
#include "guest.h"

static char buffer[4096];

static void names(void)
{
	static const int commands[] = {1, 3, 5, 6, 8, 513, 514, 516, 517, 518, 519};

	for (u32 i = 0; i < ARRAY_LEN(commands); i++) {
		long n = sys(SYS_systeminfo, commands[i], buffer, sizeof(buffer));

		print("sysinfo %d: %ld [%s]\n", commands[i], n, buffer);
	}
	EXPECT_EQ(sys(SYS_systeminfo, 1, buffer, 3), 6);
	EXPECT(strcmp(buffer, "Su") == 0);
	EXPECT_EQ(sys(SYS_systeminfo, 1, NULL, 0), 6);
	EXPECT(sys(SYS_systeminfo, 7, buffer, 20) > 1 && decimal(buffer) < 0x80000000);
	EXPECT_EQ(sys(SYS_systeminfo, 999, buffer, 20), -EINVAL);
	EXPECT_EQ(sys(SYS_systeminfo, 1, buffer, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_systeminfo, 258, "name", 4), -EPERM);
	EXPECT_EQ(sys(SYS_systeminfo, 1, 8, 10), -EFAULT);
}

static void configuration(void)
{
	struct stat st;
	i32 loads[4] = {-1, -1, -1, -1};

	EXPECT_EQ(sys(SYS_sysconfig, 6), 4096);
	EXPECT_EQ(sys(SYS_sysconfig, 7), 100);
	EXPECT_EQ(sys(SYS_sysconfig, 13), 4096);
	EXPECT_EQ(sys_two(SYS_sysconfig, 14, 0, 0, 0, 0, 0).first, -1); /* no limit: no error */
	EXPECT_EQ(sys(SYS_sysconfig, 22), 128);
	EXPECT_EQ(sys(SYS_sysconfig, 46), 20);
	EXPECT(sys(SYS_sysconfig, 42) >= 30000);
	EXPECT(sys(SYS_sysconfig, 12) >= 1 && sys(SYS_sysconfig, 44) >= sys(SYS_sysconfig, 11));
	EXPECT_EQ(sys(SYS_sysconfig, 28), -EINVAL);
	EXPECT_EQ(sys(SYS_getloadavg, loads, 9), 3);
	EXPECT(loads[0] >= 0 && loads[2] >= 0 && loads[3] == -1);
	EXPECT_EQ(sys(SYS_getloadavg, loads, -1), -EINVAL);
	EXPECT_EQ(stat("/", &st), 0);
	EXPECT_EQ(sys(SYS_utssys, buffer, 1, 2, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_utssys, buffer, 0, 0, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_uadmin, 2, 1, 0), -EPERM);
	EXPECT_EQ(sys(SYS_uadmin, 99, 1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_acct, "file"), -EPERM);
}

struct block {
	u64 value, enforced;
	u32 privilege, global_flags, syslog, local_flags, signal, recipient;
	u64 firing_time;
};

static void controls(void)
{
	struct block b = {0}, next = {0}, last = {0};
	u64 limit[2] = {200, 400};
	long n = sys(SYS_rctlsys, 2, NULL, NULL, NULL, 0, 0);

	EXPECT(n > 500 && n < 4096);
	EXPECT_EQ(sys(SYS_rctlsys, 2, NULL, buffer, NULL, n, 0), n);
	print("the first control is %s\n", buffer);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "zone.cpu-cap", NULL, &b, 0, 0), 0);
	EXPECT(b.value == 0xffffffff && b.privilege == 0x7000000);
	EXPECT_EQ(b.local_flags, 0x80000002);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "zone.cpu-cap", &b, &next, 0, 1), -ENOENT);
	EXPECT_EQ(sys(SYS_setrlimit, 5, limit), 0);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "process.max-file-descriptor", NULL, &b, 0, 0), 0);
	EXPECT(b.value == 200 && b.privilege == 0x1000000 && (int)b.recipient == getpid());
	EXPECT_EQ(sys(SYS_rctlsys, 0, "process.max-file-descriptor", &b, &next, 0, 1), 0);
	EXPECT(next.value == 400 && next.privilege == 0x4000000 && next.local_flags == 2);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "process.max-file-descriptor", &next, &last, 0, 1), 0);
	EXPECT(last.value == 0x7fffffff && last.privilege == 0x7000000);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "process.max-file-descriptor", &last, &last, 0, 1), -ENOENT);
	last = b;
	last.value = 150;
	EXPECT_EQ(sys(SYS_rctlsys, 1, "process.max-file-descriptor", &b, &last, 0, 2), 0);
	EXPECT_EQ(sys(SYS_getrlimit, 5, limit), 0);
	EXPECT(limit[0] == 150 && limit[1] == 400);
	EXPECT_EQ(sys(SYS_rctlsys, 1, "process.max-file-descriptor", &b, &last, 0, 2), -ESRCH);
	last.privilege = 0x7000000;
	EXPECT_EQ(sys(SYS_rctlsys, 1, "process.max-file-descriptor", NULL, &last, 0, 0), -EPERM);
	last.privilege = 1;
	EXPECT_EQ(sys(SYS_rctlsys, 1, "process.max-file-descriptor", NULL, &last, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "no.such-control", NULL, &b, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "zone.cpu-cap", NULL, NULL, 0, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_rctlsys, 0, "zone.cpu-cap", NULL, &b, 0, 2), -ENOTSUP);
	EXPECT_EQ(sys(SYS_rctlsys, 3, "no.such-control", &b, NULL, 0, 0), -ESRCH);
	EXPECT_EQ(sys(SYS_rctlsys, 9, "zone.cpu-cap", NULL, &b, 0, 0), -EINVAL);
}

struct pcinfo {
	i32 cid;
	char name[16];
	i16 info[16];
};
struct pcparms {
	i32 cid;
	i16 parms[16];
};

static void classes(void)
{
	static const i32 me[5] = {1, 0, -1, 7, 0}; /* AND: P_PID P_MYID, P_ALL */
	static const i32 other[5] = {1, 0, 999999999, 7, 0};
	struct pcinfo info = {.name = "TS"};
	struct pcparms p = {.cid = -1};
	i32 nice[2] = {5, 1}, pri[2] = {4, 0};

	EXPECT_EQ(sys(SYS_priocntlsys, 2, me, 0, NULL, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, NULL, 0, NULL, NULL), 6);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, NULL, 0, &info, NULL), 6);
	print("class %d, up to %d\n", info.cid, info.info[0]);
	memcpy(info.name, "RT", 3);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, NULL, 0, &info, NULL), 6);
	print("class %d, up to %d\n", info.cid, info.info[0]);
	memcpy(info.name, "XX", 3);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, NULL, 0, &info, NULL), -EINVAL);
	pri[0] = 1;
	EXPECT_EQ(sys(SYS_priocntlsys, 1, NULL, 5, pri, NULL), 0);
	EXPECT_EQ(pri[1], 60 | (int)((u32)-60 << 16));
	EXPECT_EQ(sys(SYS_priocntlsys, 1, me, 3, &p, NULL), getpid());
	EXPECT(p.cid == 1 && p.parms[1] == 0);
	EXPECT_EQ(sys(SYS_nice, 0), 0);
	EXPECT_EQ(sys(SYS_nice, 3), 3);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, me, 3, &p, NULL), getpid());
	EXPECT_EQ(p.parms[1], -9);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, me, 6, nice, NULL), 0);
	nice[1] = 0;
	EXPECT_EQ(sys(SYS_priocntlsys, 1, me, 6, nice, NULL), 0);
	EXPECT_EQ(nice[0], 5);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, other, 6, nice, NULL), -ESRCH);
	p = (struct pcparms){.cid = 1, .parms = {-30, -30}};
	EXPECT_EQ(sys(SYS_priocntlsys, 1, me, 2, &p, NULL), 0);
	EXPECT_EQ(sys(SYS_nice, 0), 10);
	p.parms[0] = 61;
	EXPECT_EQ(sys(SYS_priocntlsys, 1, me, 2, &p, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, me, 99, &p, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_nice, 39), 19);
}

static void processors(void)
{
	i32 old = 7, type = 7;
	u32 count = 0;
	int cpu = -1;
	char info[56];

	for (int i = 0; i < 1024 && cpu < 0; i++)
		if (sys(SYS_p_online, i, 3) == 2)
			cpu = i;
	EXPECT(cpu >= 0);
	EXPECT_EQ(sys(SYS_processor_info, cpu, info), 0);
	EXPECT(*(i32 *)info == 2 && strcmp(info + 4, "i386") == 0);
	EXPECT_EQ(sys(SYS_processor_info, 5000, info), -EINVAL);
	EXPECT_EQ(sys(SYS_p_online, cpu, 1), -EPERM);
	EXPECT_EQ(sys(SYS_processor_bind, 8, -1, cpu, &old), 0);
	EXPECT_EQ(sys(SYS_processor_bind, 8, 1, -2, &old), 0);
	EXPECT_EQ(old, cpu);
	EXPECT_EQ(sys(SYS_processor_bind, 0, -1, -1, NULL), 0);
	EXPECT_EQ(sys(SYS_processor_bind, 8, 55, -2, &old), -ESRCH);
	EXPECT_EQ(sys(SYS_processor_bind, 8, -1, 5000, &old), -EINVAL);
	EXPECT_EQ(sys(SYS_pset, 3, -1, &type, &count, NULL), 0);
	EXPECT(type == -1 && count == sys(SYS_sysconfig, 12));
	EXPECT_EQ(sys(SYS_pset, 4, -2, 0, -1, &old), 0);
	EXPECT_EQ(old, -1);
	EXPECT_EQ(sys(SYS_pset, 0, &old), -EPERM);
	EXPECT_EQ(sys(SYS_lgrpsys, 2, 0, 0), 2);
	EXPECT_EQ(sys(SYS_lgrpsys, 7, 8, -1), 0);
}

static void tasks(void)
{
	bool root = sys_two(SYS_getuid, 0, 0, 0, 0, 0, 0).first == 0;
	u64 content = 0;
	u32 list[2] = {0, 9};

	EXPECT_EQ(sys(SYS_tasksys, 1), sys(SYS_pgrpsys, 2, 0));
	EXPECT_EQ(sys(SYS_tasksys, 2), root ? 1 : 3);
	EXPECT_EQ(sys(SYS_tasksys, 3, 0, 0, list, 8), 1);
	EXPECT(list[0] == (root ? 1 : 3) && list[1] == 0);
	EXPECT_EQ(sys(SYS_tasksys, 0, 3, 0), -EPERM);
	EXPECT_EQ(sys(SYS_corectl, 2), 2);
	EXPECT_EQ(sys(SYS_corectl, 6, buffer, 100, getpid()), 0);
	EXPECT(strcmp(buffer, "core") == 0);
	EXPECT_EQ(sys(SYS_corectl, 5, "/tmp/core.%p", 100, getpid()), 0);
	EXPECT_EQ(sys(SYS_corectl, 6, buffer, 100, getpid()), 0);
	EXPECT(strcmp(buffer, "/tmp/core.%p") == 0);
	EXPECT_EQ(sys(SYS_corectl, 6, buffer, 3, getpid()), -ENAMETOOLONG);
	EXPECT_EQ(sys(SYS_corectl, 10, &content, getpid()), 0);
	EXPECT_EQ(content, 0x1ffb);
	EXPECT_EQ(sys(SYS_corectl, 1, 0), -EPERM);
}

int main(void)
{
	names();
	configuration();
	controls();
	classes();
	processors();
	tasks();
	return 0;
}
