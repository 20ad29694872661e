/* SPDX-License-Identifier: BSD-2-Clause */
/* Zones, privileges, credentials, auditing, labels, asynchronous I/O as files have it. */
#include "socket.h"

struct set {
	u32 bits[3];
};

static bool has(const struct set *s, u32 n)
{
	return s->bits[n / 32] & 1u << (31 - n % 32);
}

static void zones(void)
{
	char name[16] = "";
	i32 ids[4] = {-1, -1, -1, -1};
	u32 n = 4;

	print("zones\n");
	EXPECT_EQ(sys(SYS_zone, 6, NULL), 0);
	EXPECT_EQ(sys(SYS_zone, 6, "global"), 0);
	EXPECT_EQ(sys(SYS_zone, 6, "other"), -EINVAL);
	EXPECT_EQ(sys(SYS_zone, 2, 0, 2, name, sizeof(name)), 7);
	print("%s\n", name);
	EXPECT_EQ(sys(SYS_zone, 2, 0, 2, name, 3), 7);
	EXPECT_EQ(sys(SYS_zone, 2, 1, 2, name, 3), -EINVAL);
	EXPECT_EQ(sys(SYS_zone, 4, ids, &n), 0);
	EXPECT(n == 1 && ids[0] == 0 && ids[1] == -1);
	EXPECT_EQ(sys(SYS_zone, 1, 1), -EPERM);
	EXPECT_EQ(sys(SYS_zone, 99), -EINVAL);
}

/* The number of a privilege, by what the kernel says of itself. */
static u32 number_of(const char *wanted)
{
	static char info[4096];
	const u32 *header = (const u32 *)info;
	const char *at = info + 28;
	u32 i = 0;

	EXPECT_EQ(sys(SYS_privsys, 2, 0, 0, info, sizeof(info)), 0);
	EXPECT(header[0] == 28 && header[2] == 4 && header[3] == 3);
	at += ((const u32 *)at)[1]; /* behind the names of the sets */
	EXPECT_EQ(((const u32 *)at)[0], 2);
	at += 12;
	while (i < header[4] && strcmp(at, wanted)) {
		at += strlen(at) + 1;
		i++;
	}
	return i;
}

static void privileges(void)
{
	u32 fork_any = number_of("proc_fork"), link_any = number_of("file_link_any");
	struct set s = {{0}}, drop = {{0}};

	print("privileges\n");
	EXPECT_EQ(sys(SYS_privsys, 1, 0, 0, &s, sizeof(s)), 0);
	EXPECT(has(&s, fork_any) && has(&s, link_any));
	EXPECT_EQ(sys(SYS_privsys, 1, 0, 4, &s, sizeof(s)), -EINVAL);
	EXPECT_EQ(sys(SYS_privsys, 1, 0, 0, &s, 4), -ENOMEM);
	EXPECT_EQ(sys(SYS_privsys, 4, 2), 0); /* not aware of privileges */
	drop.bits[link_any / 32] = 1u << (31 - link_any % 32);
	EXPECT_EQ(sys(SYS_privsys, 0, 1, 2, &drop, sizeof(drop)), 0);
	EXPECT_EQ(sys(SYS_privsys, 4, 2), 1);
	EXPECT_EQ(sys(SYS_privsys, 1, 0, 0, &s, sizeof(s)), 0);
	EXPECT(has(&s, fork_any) && !has(&s, link_any));
	EXPECT_EQ(sys(SYS_privsys, 0, 0, 2, &drop, sizeof(drop)), -EPERM); /* gone for good */
	EXPECT_EQ(sys(SYS_privsys, 4, 0x1000), -EINVAL);
}

static void credentials(void)
{
	static u32 u[2048];
	int sv[2] = {(int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, NULL, 1),
		     (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, NULL, 1)};

	print("credentials\n");
	EXPECT_EQ(sys(SYS_ucredsys, 0, -1, u), 0);
	EXPECT_EQ(u[3], (u32)getpid());
	EXPECT_EQ(u[u[1] / 4 + 1], (u32)sys(SYS_getuid));
	EXPECT_EQ(sys(SYS_ucredsys, 0, -2, u), -EINVAL);
	EXPECT_EQ(sys(SYS_ucredsys, 1, sv[0], u), -ENOTCONN);
	EXPECT_EQ(sys(SYS_so_socketpair, sv), 0);
	EXPECT_EQ(sys(SYS_ucredsys, 1, sv[0], u), 0);
	EXPECT_EQ(u[3], (u32)getpid());
	EXPECT_EQ(sys(SYS_ucredsys, 1, 777, u), -EBADF);
	EXPECT_EQ(sys(SYS_ucredsys, 7, 0, u), -EINVAL);
}

static void others(void)
{
	i64 now[2] = {0, 0};

	print("others\n");
	EXPECT_EQ(sys(SYS_auditsys, 19), -ENOTSUP);
	EXPECT_EQ(sys(SYS_labelsys, 1), 0);
	EXPECT_EQ(sys(SYS_labelsys, 5, "/", now), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 2, now, 0), -EINVAL); /* AIOWAIT before AIOINIT */
	EXPECT_EQ(sys(SYS_kaio, 5), 0);
	EXPECT_EQ(sys(SYS_kaio, 0, 0, now, 8), -EBADFD);
	EXPECT_EQ(sys(SYS_kaio, 0, 777, now, 8), -EBADF);
	EXPECT_EQ(sys(SYS_kaio, 2, now, 0), 0);
	EXPECT_EQ(sys(SYS_kaio, 2, NULL, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 4), 0);
	EXPECT_EQ(sys(SYS_kaio, 2, NULL, 0), 1);
	EXPECT_EQ(sys(SYS_kaio, 3, 0, NULL), 1);
}

int main(void)
{
	zones();
	privileges();
	credentials();
	others();
	return 0;
}
