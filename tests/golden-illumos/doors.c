/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doors between two processes: data of every size both ways, descriptors, limits, credentials,
 * a door within a door, revocation, and a server that ends in the middle of a call.
 */
#include "socket.h"

#define DOOR_CREATE   0
#define DOOR_REVOKE   1
#define DOOR_INFO     2
#define DOOR_CALL     3
#define DOOR_BIND     6
#define DOOR_UNBIND   7
#define DOOR_UCRED    9
#define DOOR_GETPARAM 11
#define DOOR_SETPARAM 12

#define DOOR_LOCAL	0x4
#define DOOR_REVOKED	0x8
#define DOOR_DESCRIPTOR 0x10000
#define DOOR_RELEASE	0x40000

struct __attribute__((packed, aligned(4))) desc {
	u32 attributes;
	i32 fd;
	u64 id;
	u32 pad[2];
};

struct __attribute__((packed, aligned(4))) info {
	i32 target;
	u64 proc, data;
	u32 attributes;
	u64 id;
	i32 resv[4];
};

struct arg {
	void *data;
	u64 size;
	struct desc *desc;
	u32 ndesc;
	void *rbuf;
	u64 rsize;
};

struct results {
	u64 cookie;
	char *data;
	u64 size;
	struct desc *desc;
	u64 ndesc, pc;
	i32 nservers;
	u64 info;
};

#define door(code, a, b, c) sys6(SYS_door, (long)(a), (long)(b), (long)(c), 0, 0, code)

/* ---- the server ---------------------------------------------------------------------------- */

/* Returns results and waits; the next call is served on the stack, by served(). */
__asm__(".globl serve\n"
	"serve:\n"
	"	movq %rcx, %r10\n"
	"	movl $10, %r9d\n"
	"	movl $201, %eax\n"
	"	syscall\n"
	"	jc 1f\n"
	"	movq %rsp, %rdi\n"
	"	call served\n"
	"1:	ret\n");
/* The error number, when it comes back. */
int serve(const void *data, u64 size, const void *desc, void *stack, u64 stack_size);
void served(const struct results *r);

static int server_door;
static char stack[1 << 20] __attribute__((aligned(16)));
static char large[300000];

static void answer(const void *data, u64 size, struct desc *desc, u32 n)
{
	struct {
		struct desc *desc;
		u32 n;
	} list = {desc, n};
	int error =
	    serve(data, size, n ? &list : NULL, stack + sizeof(stack), sizeof(stack) - 4096);

	print("server: error %d\n", error); /* and the caller waits on */
	serve(NULL, 0, NULL, stack + sizeof(stack), sizeof(stack) - 4096);
}

void served(const struct results *r)
{
	struct desc d = {DOOR_DESCRIPTOR | DOOR_RELEASE, -1, 0, {0}};
	u32 ucred[256];
	u64 sum = 0;
	int fds[2];

	switch (r->size ? r->data[0] : 'n') {
	case 'e': /* echo */
		answer(r->data, r->size, NULL, 0);
		break;
	case 'l': /* a large answer to anything */
		for (u64 i = 0; i < r->size; i++)
			sum += (u8)r->data[i];
		memcpy(large, &sum, 8);
		large[sizeof(large) - 1] = 'z';
		answer(large, sizeof(large), NULL, 0);
		break;
	case 'w': /* write to the descriptor that came */
		write(r->desc[0].fd, "written by the server\n", 22);
		close(r->desc[0].fd);
		answer(&r->ndesc, 8, NULL, 0);
		break;
	case 'p': /* give a pipe's end with something in it */
		pipe2(fds, 0);
		write(fds[1], "from the pipe\n", 14);
		close(fds[1]);
		d.fd = fds[0];
		answer("pipe", 4, &d, 1);
		break;
	case 'b': /* a bad descriptor */
		d.fd = 777;
		answer("bad", 3, &d, 1);
		break;
	case 'u':
		door(DOOR_UCRED, ucred, 0, 0);
		answer(&ucred[3], 4, NULL, 0);
		break;
	case 'r': /* revoked while it serves */
		door(DOOR_REVOKE, server_door, 0, 0);
		answer("revoked", 7, NULL, 0);
		break;
	case 'x':
		exit(0);
	default:
		answer(NULL, 0, NULL, 0);
	}
}

/* ---- the caller ---------------------------------------------------------------------------- */

static char buffer[100];

static long call(int d, void *data, u64 size, struct arg *a)
{
	*a = (struct arg){data, size, NULL, 0, buffer, sizeof(buffer)};
	return door(DOOR_CALL, d, a, 0);
}

static void data(int d)
{
	struct arg a;
	char *big = (char *)sys(SYS_mmap, 0, 1 << 20, 3, 0x102, -1, 0);
	u64 sum = 'l';

	print("data\n");
	EXPECT_EQ(call(d, "echo", 4, &a), 0);
	EXPECT(a.size == 4 && a.data == buffer && !memcmp(buffer, "echo", 4) && a.ndesc == 0);
	EXPECT_EQ(call(d, NULL, 0, &a), 0);
	EXPECT_EQ(a.size, 0);
	EXPECT_EQ(door(DOOR_CALL, d, NULL, 0), 0);
	EXPECT_EQ(call(d, (void *)8, 5, &a), -EFAULT);
	big[0] = 'l';
	for (int i = 1; i < 700000; i++)
		sum += (u8)(big[i] = (char)i);
	EXPECT_EQ(call(d, big, 700000, &a), 0);
	EXPECT_EQ(a.size, sizeof(large)); /* did not fit: it is in memory of its own */
	EXPECT(a.rbuf != buffer && a.data == a.rbuf && a.rsize >= sizeof(large));
	EXPECT_EQ(*(u64 *)a.data, sum);
	EXPECT_EQ(((char *)a.data)[sizeof(large) - 1], 'z');
	big[0] = 'e';
	EXPECT_EQ(call(d, big, 5000, &a), 0);
	EXPECT(a.rbuf != buffer && !memcmp(a.data, big, 5000));
	EXPECT_EQ(call(d, big, 1048000, &a), -E2BIG); /* more than the server's stack */
}

static void descriptors(int d)
{
	struct desc list = {DOOR_DESCRIPTOR | DOOR_RELEASE, -1, 0, {0}};
	struct arg a = {"write", 5, &list, 1, buffer, sizeof(buffer)};
	char text[32] = "";
	int fds[2];

	print("descriptors\n");
	pipe2(fds, 0);
	list.fd = fds[1];
	EXPECT_EQ(door(DOOR_CALL, d, &a, 0), 0);
	EXPECT_EQ(*(u64 *)buffer, 1);
	EXPECT_ERROR(fcntl(fds[1], F_GETFD, 0), EBADF); /* released */
	EXPECT_EQ(read(fds[0], text, 32), 22);
	EXPECT_EQ(read(fds[0], text + 22, 1), 0);
	print("%s", text);
	EXPECT_EQ(call(d, "pipe", 4, &a), 0);
	EXPECT(a.size == 4 && a.ndesc == 1 && (char *)a.desc == buffer + 24);
	EXPECT_EQ(a.desc->attributes, DOOR_DESCRIPTOR);
	EXPECT_EQ(read(a.desc->fd, text, 32), 14);
	list.fd = 777;
	a = (struct arg){"write", 5, &list, 1, buffer, sizeof(buffer)};
	EXPECT_EQ(door(DOOR_CALL, d, &a, 0), -EINVAL);
}

/* What a process sees of a door of its own. */
static void own(void)
{
	struct info info;
	int d = (int)door(DOOR_CREATE, 0x1234, 3, 0);
	u64 value = 7;

	print("a door\n");
	EXPECT_EQ(d, 3);
	EXPECT_EQ(fcntl(d, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(door(DOOR_CREATE, 0, 0, 0x1000), -EINVAL);
	EXPECT_EQ(door(DOOR_CREATE, 0, 0, 0x11), -EINVAL);
	EXPECT_EQ(door(DOOR_INFO, 1, &info, 0), -EBADF);
	EXPECT_EQ(door(DOOR_INFO, -2, &info, 0), -EBADF);
	EXPECT_EQ(door(DOOR_INFO, d, &info, 0), 0);
	EXPECT(info.target == getpid() && info.proc == 0x1234 && info.data == 3 &&
	       (info.attributes & DOOR_LOCAL));
	EXPECT_EQ(door(DOOR_BIND, d, 0, 0), -EINVAL);
	EXPECT_EQ(door(DOOR_UNBIND, 0, 0, 0), -EBADF);
	EXPECT_EQ(door(DOOR_UCRED, &info, 0, 0), -EINVAL);
	EXPECT_EQ(door(DOOR_GETPARAM, d, 3, &value), 0);
	EXPECT_EQ(value, 0);
	EXPECT_EQ(door(DOOR_SETPARAM, d, 2, 1 << 20), 0);
	EXPECT_EQ(door(DOOR_SETPARAM, d, 3, 2 << 20), -EINVAL);
	EXPECT_EQ(door(99, 0, 0, 0), -EINVAL);
	EXPECT_EQ(door(DOOR_REVOKE, d, 0, 0), 0);
	EXPECT_EQ(door(DOOR_INFO, d, &info, 0), -EBADF);
}

static void be_server(int s)
{
	int fds[2] = {(int)door(DOOR_CREATE, 0x1234, 4, 0), (int)door(DOOR_CREATE, 0x4321, 5, 0)};

	server_door = fds[0];
	door(DOOR_SETPARAM, fds[0], 2, 1 << 20);
	send_fds(s, fds, 2);
	close(s);
	serve(NULL, 0, NULL, stack + sizeof(stack), sizeof(stack) - 4096);
	exit(1);
}

int main(void)
{
	char control[CMSG_SPACE(8)];
	int sv[2], fds[2], pid, d, e, status;
	struct info info;
	struct msghdr m;
	struct arg a;

	own();
	sv[0] = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, NULL, 1);
	sv[1] = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, NULL, 1);
	sys(SYS_so_socketpair, sv);
	pid = fork();
	if (pid == 0)
		be_server(sv[1]);
	EXPECT_EQ(receive(sv[0], &m, control, sizeof(control), 0), 1);
	memcpy(fds, CMSG_DATA(control), 8);
	d = fds[0];
	EXPECT_EQ(door(DOOR_INFO, d, &info, 0), 0);
	EXPECT(info.target == pid && info.data == 4 && !(info.attributes & DOOR_LOCAL));
	EXPECT_EQ(door(DOOR_SETPARAM, d, 2, 1), -EPERM);
	EXPECT_EQ(door(DOOR_REVOKE, d, 0, 0), -EPERM);
	data(d);
	descriptors(d);
	print("limits, credentials\n");
	EXPECT_EQ(call(d, (void *)sys(SYS_mmap, 0, 2 << 20, 3, 0x102, -1, 0), 2 << 20, &a),
		  -ENOBUFS);
	EXPECT_EQ(call(d, "ucred", 5, &a), 0);
	EXPECT_EQ(*(i32 *)buffer, getpid());
	e = dup(d);
	EXPECT_EQ(call(e, "echo", 4, &a), 0);
	print("the end\n");
	EXPECT_EQ(call(d, "revoke", 6, &a), 0);
	EXPECT_EQ(a.size, 7);
	EXPECT_EQ(call(d, "echo", 4, &a), -EBADF);
	EXPECT_EQ(door(DOOR_INFO, d, &info, 0), 0);
	EXPECT(info.target == -1 && (info.attributes & DOOR_REVOKED));
	EXPECT_EQ(call(fds[1], "echo", 4, &a), 0);
	EXPECT_EQ(call(fds[1], "x", 1, &a), -EINTR);
	EXPECT_EQ(call(fds[1], "echo", 4, &a), -EBADF);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(status, 0);
	return 0;
}
