/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What top(1), vmstat(8), iostat(8), netstat(1) and devname(3) ask sysctl(3) for: every name
 * is there with its size, counters count, and what belongs together agrees.
 */
#include "guest.h"

static u8 buffer[1 << 20];

static long get(const char *name, void *old, size_t *len)
{
	return result(sys(SYS___sysctlbyname, name, strlen(name), old, len, NULL, 0));
}

static u64 number(const char *name)
{
	u64 n = 0;
	size_t len = sizeof(n);

	if (get(name, &n, &len) != 0)
		EXPECT(!name);
	return n;
}

static void memory(void)
{
	static const char *const names[] = {
	    "v_swtch",	     "v_trap",	    "v_syscall",    "v_intr",	      "v_soft",
	    "v_vm_faults",   "v_io_faults", "v_cow_faults", "v_cow_optim",    "v_zfod",
	    "v_ozfod",	     "v_swapin",    "v_swapout",    "v_swappgsin",    "v_swappgsout",
	    "v_vnodein",     "v_vnodeout",  "v_vnodepgsin", "v_vnodepgsout",  "v_intrans",
	    "v_reactivated", "v_pdwakeups", "v_pdpages",    "v_pdshortfalls", "v_dfree",
	    "v_pfree",	     "v_tfree",	    "v_forks",	    "v_vforks",	      "v_rforks",
	    "v_kthreads",    "v_forkpages", "v_vforkpages", "v_rforkpages",   "v_kthreadpages",
	};
	char name[64];
	u64 n, before, free_, wired, active, inactive, all;
	size_t len;
	int bad = 0;

	for (u32 i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t head = i < 5 ? 13 : 12;

		memcpy(name, i < 5 ? "vm.stats.sys." : "vm.stats.vm.", head);
		memcpy(name + head, names[i], strlen(names[i]) + 1);
		len = sizeof(n);
		bad += get(name, &n, &len) != 0 || len != 8;
		len = 4; /* a program of FreeBSD 11 */
		bad += get(name, &n, &len) != 0 || len != 4;
	}
	EXPECT_EQ(bad, 0);
	before = number("vm.stats.vm.v_vm_faults");
	for (u32 i = 0; i < sizeof(buffer); i += 4096)
		buffer[i] = 1;
	EXPECT(number("vm.stats.vm.v_vm_faults") > before && before > 0);
	EXPECT(number("vm.stats.sys.v_swtch") > 0 && number("vm.stats.vm.v_forks") > 0);
	free_ = number("vm.stats.vm.v_free_count");
	wired = number("vm.stats.vm.v_wire_count");
	active = number("vm.stats.vm.v_active_count");
	inactive = number("vm.stats.vm.v_inactive_count");
	all = number("vm.stats.vm.v_page_count");
	EXPECT(free_ && wired && active && inactive);
	EXPECT(free_ + wired + active + inactive > all - all / 20 &&
	       free_ + wired + active + inactive < all + all / 20);
	len = 88;
	EXPECT(get("vm.vmtotal", buffer, &len) == 0 && len == 88);
}

static void devices(void)
{
	size_t len = sizeof(buffer), at, names = 0, disks = (size_t)number("kern.devstat.numdevs");
	u64 dev = 0x103, nodev = ~0UL;
	struct stat st;
	char name[64];

	EXPECT_EQ(number("kern.devstat.version"), 6);
	EXPECT(get("kern.devstat.all", buffer, &len) == 0 && len == 8 + 288 * disks);
	len = sizeof(buffer);
	EXPECT(get("kern.disks", buffer, &len) == 0 && len == strlen((char *)buffer) + 1);
	EXPECT_EQ(stat("/dev/null", &st), 0);
	dev = st.st_rdev;
	len = sizeof(name);
	EXPECT_EQ(result(sys(SYS___sysctlbyname, "kern.devname", 12, name, &len, &dev, 8)), 0);
	EXPECT(strcmp(name, "null") == 0 && len == 5);
	len = sizeof(name);
	EXPECT_EQ(result(sys(SYS___sysctlbyname, "kern.devname", 12, name, &len, &dev, 4)), 0);
	EXPECT_ERROR(result(sys(SYS___sysctlbyname, "kern.devname", 12, name, &len, &nodev, 8)),
		     EINVAL);
	EXPECT_ERROR(result(sys(SYS___sysctlbyname, "kern.devname", 12, name, &len, NULL, 0)),
		     EINVAL);
	dev = 0xfff0001;
	EXPECT_ERROR(result(sys(SYS___sysctlbyname, "kern.devname", 12, name, &len, &dev, 8)),
		     ENOENT);
	len = sizeof(buffer);
	EXPECT_EQ(get("hw.intrnames", buffer, &len), 0);
	for (at = 0; at < len; at += strlen((char *)buffer + at) + 1)
		names++;
	len = sizeof(buffer);
	EXPECT(get("hw.intrcnt", buffer, &len) == 0 && len == names * 8);
}

static void swap(void)
{
	int oid[24], count = (int)number("vm.nswapdev");
	size_t len = sizeof(oid), size = 32;

	EXPECT_EQ(result(sys(SYS___sysctl, ((int[]){0, 3}), 2, oid, &len, "vm.swap_info", 12)), 0);
	EXPECT_EQ(len, 2 * sizeof(int));
	oid[2] = count;
	EXPECT_ERROR(result(sys(SYS___sysctl, oid, 3, buffer, &size, NULL, 0)), ENOENT);
	EXPECT_ERROR(result(sys(SYS___sysctl, oid, 2, buffer, &size, NULL, 0)), EINVAL);
}

static void network(void)
{
	static const struct {
		const char *name;
		size_t size;
	} stats[] = {
	    {"net.inet.udp.stats", 112},   {"net.inet.ip.stats", 232},
	    {"net.inet.icmp.stats", 752},  {"net.inet.igmp.stats", 168},
	    {"net.inet6.ip6.stats", 3320}, {"net.inet6.icmp6.stats", 4632},
	};
	size_t len;
	u64 tcp[123];

	for (u32 i = 0; i < sizeof(stats) / sizeof(stats[0]); i++) {
		len = sizeof(buffer);
		EXPECT(get(stats[i].name, buffer, &len) == 0 && len == stats[i].size);
	}
	/* A segment that came is counted, in both layouts of the structure. */
	len = 904;
	EXPECT(get("net.inet.tcp.stats", tcp, &len) == 0 && len == 904);
	len = tcp[27];
	EXPECT_EQ(get("net.inet.tcp.stats", tcp, &(size_t){sizeof(tcp)}), 0);
	EXPECT(tcp[28] >= len);
	len = sizeof(buffer);
	EXPECT_EQ(result(sys(SYS___sysctl, ((int[]){4, 18, 0, 2, 1, 1}), 6, buffer, &len, NULL, 0)),
		  0);
	EXPECT(len == 208 && buffer[0]);
	EXPECT_ERROR(
	    result(sys(SYS___sysctl, ((int[]){4, 18, 0, 2, 30000, 1}), 6, buffer, &len, NULL, 0)),
	    ENOENT);
	EXPECT(number("net.link.generic.system.ifcount") >= 1);
}

/* Kinds of jail parameters, as libjail(3) asks for them, file systems and terminals. */
static void others(void)
{
	int oid[24], question[24] = {0, 4};
	size_t len = sizeof(oid);
	struct {
		u32 kind;
		char format[60];
	} f;

	EXPECT_EQ(result(sys(SYS___sysctl, ((int[]){0, 3}), 2, oid, &len,
			     "security.jail.param.host.", 25)),
		  0);
	EXPECT_EQ(len, 5 * sizeof(int));
	memcpy(question + 2, oid, len);
	len = sizeof(f);
	EXPECT_EQ(result(sys(SYS___sysctl, question, 7, &f, &len, NULL, 0)), 0);
	EXPECT((f.kind & 15) == 2 && strcmp(f.format, "E,jailsys") == 0);
	len = sizeof(buffer);
	EXPECT(get("security.jail.param.path", buffer, &len) == 0 && len == 5);
	EXPECT(strcmp((char *)buffer, "1024") == 0);
	EXPECT_EQ(number("security.jail.param.ip6.addr"), 16);
	EXPECT_EQ(number("security.jail.param.jid"), 0);
	len = sizeof(buffer);
	EXPECT(get("vfs.conflist", buffer, &len) == 0 && len > 0 && len % 48 == 0);
	len = sizeof(buffer);
	EXPECT(get("kern.ttys", buffer, &len) == 0 && len % 88 == 0);
}

int main(void)
{
	size_t len = sizeof(buffer);

	memory();
	devices();
	swap();
	network();
	others();
	EXPECT(get("vm.zone_stats", buffer, &len) == 0 && len == 16 && ((u32 *)buffer)[2] == 0);
	EXPECT(number("kern.fscale") == 2048 && number("kern.ccpu") == 0);
	EXPECT(number("kern.lastpid") > 0);
	return 0;
}
