/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is as a program's release had it (sys/param.h, P_OSREL_*): this one carries the note
 * of FreeBSD 10.2. Memory totals were narrow before FreeBSD 12 (vm_meter.c), a shutdown of
 * what is not connected was no error before 11 (uipc_syscalls.c), a file could be mapped
 * neither shared nor private (vm_mmap.c), and counts were 32 bits (vm_meter.c).
 */
#include "guest.h"

#define SYS_shutdown 134
#define AF_UNIX	     1
#define AF_INET	     2
#define SOCK_STREAM  1
#define CTL_KERN     1
#define KERN_PROC    14
#define PROC_OSREL   40
#define CTL_NET	     4
#define PF_ROUTE     17
#define RT_IFLIST    3

__asm__(".pushsection .note.tag, \"a\", @note\n"
	".long 8, 4, 1\n"
	".asciz \"FreeBSD\"\n"
	".long 1002000\n"
	".popsection\n");

static int sysctlbyname(const char *name, void *old, size_t *oldlen)
{
	return (int)result(sys(SYS___sysctlbyname, name, strlen(name), old, oldlen, NULL, 0UL));
}

/* The lists of sockets had the kernel's own structures in them (netinet/in_pcb.h). */
static void sockets(void)
{
	static u8 list[4 << 20];
	struct {
		u8 len, family;
		u16 port;
		u32 addr;
		u64 zero;
	} in = {.len = 16, .family = AF_INET};
	long fd = sys(SYS_socket, AF_INET, SOCK_STREAM, 0);
	size_t len = 16, at;
	u64 size;
	u32 state;
	int seen = 0;

	EXPECT_EQ(sys(SYS_bind, fd, &in, 16UL), 0);
	EXPECT_EQ(sys(SYS_listen, fd, 5), 0);
	EXPECT_EQ(sys(SYS_getsockname, fd, &in, &len), 0);
	len = sizeof(list);
	EXPECT_EQ(sysctlbyname("net.inet.tcp.pcblist", list, &len), 0);
	memcpy(&size, list, sizeof(size));
	EXPECT_EQ(size, 32);
	for (at = 32; at + 32 < len; at += 1216) {
		memcpy(&state, list + at + 400 + 48, sizeof(state));
		seen += memcmp(list + at + 8 + 192 + 6, &in.port, 2) == 0 && state == 1;
	}
	EXPECT(at + 32 == len && seen == 1);
	len = sizeof(list);
	EXPECT_EQ(sysctlbyname("net.local.stream.pcblist", list, &len), 0);
	EXPECT((len - 64) % 920 == 0);
	len = sizeof(list);
	EXPECT_EQ(sysctlbyname("kern.file", list, &len), 0);
	EXPECT(len > 0 && len % 80 == 0);
	close((int)fd);
}

int main(void)
{
	int oid[4] = {CTL_KERN, KERN_PROC, PROC_OSREL, (int)getpid()}, osrel = 0, file;
	static u8 list[16384];
	u32 total[32], narrow = 0;
	u64 wide = 0;
	size_t len = sizeof(osrel);
	long socket;

	EXPECT_EQ(sys(SYS___sysctl, oid, 4, &osrel, &len, NULL, 0UL), 0);
	EXPECT_EQ(osrel, 1002000);
	len = sizeof(total);
	EXPECT_EQ(sysctlbyname("vm.vmtotal", total, &len), 0);
	EXPECT_EQ(len, 48);
	EXPECT(total[11] > 0 && total[5] > 0);
	len = sizeof(narrow);
	EXPECT_EQ(sysctlbyname("vm.stats.sys.v_swtch", &narrow, &len), 0);
	EXPECT(len == 4 && narrow > 0);
	len = sizeof(wide);
	EXPECT_EQ(sysctlbyname("vm.stats.sys.v_swtch", &wide, &len), 0);
	EXPECT(len == 8 && wide > 0);
	/* net/if.h: the length of struct if_data is its eighth byte, and what counts is long. */
	len = sizeof(list);
	EXPECT_EQ(sys(SYS___sysctl, ((int[]){CTL_NET, PF_ROUTE, 0, 0, RT_IFLIST, 1}), 6, list, &len,
		      NULL, 0UL),
		  0);
	EXPECT(len > 168 && list[16 + 7] == 152);
	memcpy(&wide, list + 16 + 8, sizeof(wide));
	EXPECT(wide >= 1280 && wide <= 65536);
	socket = sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	EXPECT(socket >= 0);
	EXPECT_EQ(sys(SYS_shutdown, socket, 2), 0);
	EXPECT_EQ(sys(SYS_shutdown, 99, 2), -EBADF);
	sockets();
	file = open("file", O_CREAT | O_RDWR, 0600);
	EXPECT_EQ(write(file, "x", 1), 1);
	EXPECT(sys(SYS_mmap, NULL, 4096UL, PROT_READ, 0, file, 0L) > 0);
	return 0;
}
