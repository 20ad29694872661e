/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Privileges that are given up: what each refuses and with which error, how sets change, and what
 * an exec and a change of user make of them. Numbers are those of uts/common/os/priv_defs.
 */
#include "guest.h"

/* Quiet while it holds: root and others go different ways, and say the same. */
#undef EXPECT
#undef EXPECT_EQ
#define EXPECT(what)	     expect(what, 1, __LINE__)
#define EXPECT_EQ(got, want) expect(got, want, __LINE__)

static int failures;

static void expect(long got, long want, int line)
{
	if (got == want)
		return;
	failures++;
	print("line %d: %ld, not %ld\n", line, got, want);
}

enum {
	FILE_CHOWN = 7,
	FILE_CHOWN_SELF = 8,
	FILE_DAC_READ = 10,
	FILE_DAC_WRITE = 12,
	FILE_LINK_ANY = 15,
	FILE_READ = 17,
	FILE_WRITE = 20,
	NET_ACCESS = 27,
	PROC_EXEC = 38,
	PROC_FORK = 39,
	PROC_INFO = 40,
	PROC_LOCK_MEMORY = 41,
	PROC_SESSION = 47,
	PROC_SETID = 48,
	SYS_TIME = 71,
};

enum { EFFECTIVE, INHERITABLE, PERMITTED, LIMIT };
enum { ON, OFF, SET };

struct set {
	u32 bits[3];
};

static struct set one(u32 n)
{
	struct set s = {{0}};

	s.bits[n / 32] = 1u << (31 - n % 32);
	return s;
}

static long change(int op, int which, struct set s)
{
	return sys(SYS_privsys, 0, op, which, &s, sizeof(s));
}

static struct set get(int which)
{
	struct set s = {{~0u, ~0u, ~0u}};

	EXPECT_EQ(sys(SYS_privsys, 1, 0, which, &s, sizeof(s)), 0);
	return s;
}

static bool has(int which, u32 n)
{
	struct set s = get(which), w = one(n);

	return s.bits[n / 32] & w.bits[n / 32];
}

static bool is_root(void)
{
	return sys(SYS_getuid) == 0;
}

/* In a child of its own, as each of these is for good. */
static void apart(const char *name, void (*test)(void))
{
	int pid, status = -1;

	print("%s\n", name);
	pid = fork();
	if (pid == 0) {
		test();
		exit(failures != 0);
	}
	waitpid(pid, &status, 0);
	EXPECT_EQ(status, 0);
}

static void without_write(void)
{
	int fd = open("there", O_CREAT | O_WRONLY, 0600);

	close(fd);
	mkdir("dir", 0700);
	EXPECT_EQ(change(OFF, EFFECTIVE, one(FILE_WRITE)), 0);
	EXPECT_EQ(sys(SYS_open, "there", O_WRONLY), -EACCES);
	EXPECT_EQ(sys(SYS_open, "there", O_RDWR), -EACCES);
	EXPECT_EQ(sys(SYS_open, "there", O_RDONLY | O_TRUNC), -EACCES);
	EXPECT_EQ(sys(SYS_open, "there", O_WRONLY | O_CREAT | O_EXCL, 0600), -EEXIST);
	EXPECT_EQ(sys(SYS_open, "not there", O_WRONLY), -ENOENT);
	EXPECT_EQ(sys(SYS_open, "not there", O_WRONLY | O_CREAT, 0600), -EACCES);
	EXPECT_EQ(sys(SYS_open, "no/where", O_WRONLY | O_CREAT, 0600), -ENOENT);
	EXPECT_EQ(sys(SYS_open, NULL, O_WRONLY), -EFAULT);
	EXPECT_EQ(sys(SYS_open, -8L, O_WRONLY), -EFAULT);
	EXPECT_EQ(sys(SYS_mkdir, "new", 0700), -EACCES);
	EXPECT_EQ(sys(SYS_mkdir, "dir", 0700), -EEXIST);
	EXPECT_EQ(sys(SYS_rmdir, "dir"), -EACCES);
	EXPECT_EQ(sys(SYS_unlink, "there"), -EACCES);
	EXPECT_EQ(sys(SYS_unlink, "not there"), -ENOENT);
	EXPECT_EQ(sys(SYS_rename, "there", "elsewhere"), -EACCES);
	EXPECT_EQ(sys(SYS_link, "there", "again"), -EACCES);
	EXPECT_EQ(sys(SYS_symlink, "there", "link"), -EACCES);
	EXPECT_EQ(sys(SYS_mknod, "fifo", S_IFIFO | 0600, 0), -EACCES);
	EXPECT_EQ(sys(SYS_access, "there", 2), -EACCES);
	EXPECT_EQ(sys(SYS_access, "there", 4), 0);
	fd = open("there", O_RDONLY);
	EXPECT(fd >= 0);
	EXPECT_EQ(sys(SYS_chmod, "there", 0640), 0);
	/* It is still permitted, and comes back. */
	EXPECT_EQ(change(ON, EFFECTIVE, one(FILE_WRITE)), 0);
	EXPECT_EQ(sys(SYS_unlink, "there"), 0);
	EXPECT_EQ(sys(SYS_rmdir, "dir"), 0);
}

static void without_read(void)
{
	int fd = open("there", O_CREAT | O_WRONLY, 0600);

	close(fd);
	EXPECT_EQ(change(OFF, EFFECTIVE, one(FILE_READ)), 0);
	EXPECT_EQ(sys(SYS_open, "there", O_RDONLY), -EACCES);
	EXPECT_EQ(sys(SYS_open, ".", O_RDONLY), -EACCES);
	EXPECT_EQ(sys(SYS_open, "not there", O_RDONLY), -ENOENT);
	EXPECT_EQ(sys(SYS_access, "there", 4), -EACCES);
	EXPECT_EQ(sys(SYS_access, "not there", 4), -ENOENT);
	fd = open("there", O_WRONLY);
	EXPECT(fd >= 0);
	close(fd);
	fd = open("new", O_CREAT | O_RDWR, 0600);
	EXPECT(fd >= 0);
	EXPECT_EQ(unlink("new"), 0);
	EXPECT_EQ(unlink("there"), 0);
	EXPECT(open("/proc/self/psinfo", O_RDONLY) >= 0);
}

static void without_net(void)
{
	EXPECT(sys(SYS_so_socket, 2, 2, 0, NULL, 1) >= 0);
	EXPECT_EQ(change(OFF, EFFECTIVE, one(NET_ACCESS)), 0);
	EXPECT_EQ(sys(SYS_so_socket, 2, 2, 0, NULL, 1), -EACCES);
	EXPECT_EQ(sys(SYS_so_socket, 26, 1, 0, NULL, 1), -EACCES);
	EXPECT_EQ(sys(SYS_so_socket, 99, 1, 0, NULL, 1), -EAFNOSUPPORT);
	EXPECT(sys(SYS_so_socket, 1, 2, 0, NULL, 1) >= 0);
}

static char *self;

static void without_exec(void)
{
	char *const argv[] = {self, "nothing", NULL}, *const envp[] = {NULL};

	EXPECT_EQ(change(OFF, EFFECTIVE, one(PROC_EXEC)), 0);
	EXPECT_EQ(sys(SYS_execve, self, argv, envp, 0), -EPERM);
	EXPECT_EQ(sys(SYS_execve, "/not/there", argv, envp, 0), -ENOENT);
	EXPECT_EQ(sys(143, self, NULL, 0, NULL, 0), -EPERM); /* spawn */
}

static void without_fork(void)
{
	EXPECT_EQ(change(OFF, EFFECTIVE, one(PROC_FORK)), 0);
	EXPECT_EQ(sys(SYS_forksys, 0, 0), -EPERM);
	EXPECT_EQ(sys(SYS_forksys, 2, 0), -EPERM);
	EXPECT_EQ(sys(SYS_vfork), -EPERM);
	EXPECT_EQ(sys(SYS_forksys, 0, 0x100), -EINVAL);
	EXPECT_EQ(sys(143, self, NULL, 0, NULL, 0), -EPERM); /* spawn */
}

static void without_link(void)
{
	const char *theirs = is_root() ? "theirs" : "/etc/passwd";
	int fd = open("mine", O_CREAT | O_WRONLY, 0600);

	close(fd);
	if (is_root()) {
		close(open("theirs", O_CREAT | O_WRONLY, 0666));
		EXPECT_EQ(sys(SYS_chown, "theirs", 1, 1), 0);
	}
	EXPECT_EQ(change(OFF, EFFECTIVE, one(FILE_LINK_ANY)), 0);
	EXPECT_EQ(sys(SYS_link, theirs, "linked"), -EPERM);
	EXPECT_EQ(sys(SYS_link, "mine", "linked"), 0);
	unlink("linked");
	unlink("mine");
	unlink("theirs");
}

/* Does /proc have it? */
static bool is_listed(int pid)
{
	static u8 entries[4096];
	int fd = open("/proc", O_RDONLY);
	bool found = false;
	long n;

	while ((n = sys(SYS_getdents, fd, entries, sizeof(entries))) > 0)
		for (long at = 0; at < n; at += *(u16 *)(entries + at + 16))
			found |= (int)decimal((char *)entries + at + 18) == pid;
	close(fd);
	return found;
}

/* To another session: neither a signal nor, with proc_info gone as well, a look. */
static void without_session(void)
{
	struct timespec forever = {100, 0};
	i32 set[5] = {1, 0, 0, 7, 0}, nice[2] = {1, 1}; /* POP_AND, P_PID, P_ALL */
	int ready[2], pid, status;
	char path[40] = "/proc/", digits[12], c;
	size_t n = 6, m = 0;

	pipe2(ready, 0);
	pid = fork();
	if (pid == 0) {
		sys(SYS_pgrpsys, 3); /* setsid */
		write(ready[1], "x", 1);
		nanosleep(&forever, NULL);
		exit(0);
	}
	read(ready[0], &c, 1);
	for (int p = pid; p > 0; p /= 10)
		digits[m++] = (char)('0' + p % 10);
	while (m > 0)
		path[n++] = digits[--m];
	memcpy(path + n, "/psinfo", 8);
	EXPECT_EQ(kill(pid, 0), 0);
	EXPECT_EQ(change(OFF, EFFECTIVE, one(PROC_SESSION)), 0);
	EXPECT_EQ(sys(SYS_kill, pid, 0), -EPERM);
	EXPECT_EQ(sys(SYS_kill, pid, SIGTERM), -EPERM);
	EXPECT_EQ(sys(SYS_sigqueue, pid, SIGTERM, 0, -2, 0), -EPERM);
	EXPECT_EQ(sys(SYS_kill, -1, SIGTERM), -EPERM);
	set[2] = pid;
	EXPECT_EQ(sys(SYS_sigsendsys, set, SIGTERM), -EPERM);
	EXPECT_EQ(sys(SYS_priocntlsys, 1, set, 6, nice, 0), -EPERM); /* PC_DONICE */
	EXPECT_EQ(sys(SYS_kill, getpid(), 0), 0);
	EXPECT_EQ(sys(SYS_kill, getppid(), 0), 0);
	EXPECT(open(path, O_RDONLY) >= 0);
	EXPECT(is_listed(pid));
	EXPECT_EQ(change(OFF, EFFECTIVE, one(PROC_INFO)), 0);
	EXPECT_EQ(sys(SYS_open, path, O_RDONLY), -ENOENT);
	EXPECT_EQ(sys(SYS_access, path, 0), -ENOENT);
	EXPECT(is_listed(getpid()) && is_listed(getppid()) && !is_listed(pid));
	EXPECT_EQ(change(ON, EFFECTIVE, one(PROC_INFO)), 0);
	EXPECT_EQ(change(ON, EFFECTIVE, one(PROC_SESSION)), 0);
	EXPECT_EQ(kill(pid, SIGKILL), 0);
	waitpid(pid, &status, 0);
}

/* What only root has; nobody is refused anyway. */
static void without_root_s(void)
{
	char page[1] = {0};
	int fd;

	if (is_root()) {
		fd = open("theirs", O_CREAT | O_WRONLY, 0600);
		close(fd);
		sys(SYS_chmod, "theirs", 0);
		EXPECT_EQ(sys(SYS_chown, "theirs", 7, 7), 0);
		EXPECT(open("theirs", O_RDWR) >= 0);
		EXPECT_EQ(change(OFF, EFFECTIVE, one(FILE_DAC_WRITE)), 0);
		EXPECT(open("theirs", O_RDONLY) >= 0);
		EXPECT_EQ(sys(SYS_open, "theirs", O_WRONLY), -EACCES);
		EXPECT_EQ(change(OFF, EFFECTIVE, one(FILE_DAC_READ)), 0);
		EXPECT_EQ(sys(SYS_open, "theirs", O_RDONLY), -EACCES);
		EXPECT_EQ(change(ON, EFFECTIVE, one(FILE_DAC_READ)), 0);
		EXPECT_EQ(change(ON, EFFECTIVE, one(FILE_DAC_WRITE)), 0);
		EXPECT(open("theirs", O_RDWR) >= 0);
		EXPECT_EQ(change(OFF, EFFECTIVE, one(FILE_CHOWN)), 0);
		EXPECT_EQ(sys(SYS_chown, "theirs", 0, 0), -EPERM);
		close(open("mine", O_CREAT | O_WRONLY, 0600));
		EXPECT_EQ(sys(SYS_chown, "mine", 7, 7), 0); /* file_chown_self */
		EXPECT_EQ(sys(SYS_chown, "mine", 0, 0), -EPERM);
		unlink("mine");
		unlink("theirs");
		EXPECT_EQ(change(OFF, EFFECTIVE, one(PROC_SETID)), 0);
		EXPECT_EQ(sys(SYS_setuid, 7), -EPERM);
	}
	change(OFF, EFFECTIVE, one(SYS_TIME));
	EXPECT_EQ(sys(SYS_stime, 1), -EPERM);
	change(OFF, EFFECTIVE, one(PROC_LOCK_MEMORY));
	EXPECT_EQ(sys(SYS_memcntl, (u64)page & ~4095UL, 4096, 2, 0, 0, 0), -EPERM);
}

static void sets(void)
{
	struct set all = get(LIMIT), none = {{0}};

	EXPECT_EQ(sys(SYS_privsys, 4, 2), 0);
	/* The limit shrinks only, and counts at the next exec, but for an unaware root. */
	EXPECT_EQ(change(OFF, LIMIT, one(SYS_TIME)), 0);
	EXPECT_EQ(change(ON, LIMIT, one(SYS_TIME)), -EPERM);
	EXPECT_EQ(change(SET, LIMIT, all), -EPERM);
	EXPECT_EQ(sys(SYS_privsys, 4, 2), 1); /* aware now */
	EXPECT_EQ(has(EFFECTIVE, SYS_TIME), is_root());
	/* What is permitted no more is effective no more. */
	EXPECT_EQ(change(OFF, PERMITTED, one(PROC_INFO)), 0);
	EXPECT(!has(EFFECTIVE, PROC_INFO) && has(INHERITABLE, PROC_INFO));
	EXPECT_EQ(change(ON, EFFECTIVE, one(PROC_INFO)), -EPERM);
	EXPECT_EQ(change(ON, PERMITTED, one(PROC_INFO)), -EPERM);
	/* Inheritable is what is permitted, or is inheritable already. */
	EXPECT_EQ(change(OFF, INHERITABLE, one(PROC_INFO)), 0);
	EXPECT_EQ(change(ON, INHERITABLE, one(PROC_INFO)), -EPERM);
	EXPECT_EQ(change(SET, INHERITABLE, none), 0);
	EXPECT_EQ(change(ON, INHERITABLE, one(PROC_EXEC)), 0);
	/* Bad input. */
	EXPECT_EQ(sys(SYS_privsys, 0, 3, 0, &none, sizeof(none)), -EINVAL);
	EXPECT_EQ(sys(SYS_privsys, 0, 0, 4, &none, sizeof(none)), -EINVAL);
	EXPECT_EQ(sys(SYS_privsys, 0, 0, -1, &none, sizeof(none)), -EINVAL);
	EXPECT_EQ(sys(SYS_privsys, 0, 0, 0, &none, 11), -ENOMEM);
	EXPECT_EQ(sys(SYS_privsys, 0, 0, 0, NULL, sizeof(none)), -EFAULT);
	EXPECT_EQ(sys(SYS_privsys, 3, 1, 2), -EINVAL);	   /* a flag is 0 or 1 */
	EXPECT_EQ(sys(SYS_privsys, 3, 0x400, 1), -EINVAL); /* no such flag */
	EXPECT_EQ(sys(SYS_privsys, 3, 1, 1), 0);	   /* PRIV_DEBUG */
	EXPECT_EQ(sys(SYS_privsys, 4, 1), 1);
	EXPECT_EQ(sys(SYS_privsys, 3, 2, 0), is_root() ? -EPERM : 0);	 /* PRIV_AWARE */
	EXPECT_EQ(sys(SYS_privsys, 3, 0x10, 1), is_root() ? 0 : -EPERM); /* NET_MAC_AWARE */
	EXPECT_EQ(sys(SYS_privsys, 99), -EINVAL);
}

/* The other program: what is effective is what was inheritable, within the limit. */
static void executed(void)
{
	EXPECT(!has(EFFECTIVE, PROC_FORK) && !has(PERMITTED, PROC_FORK));
	EXPECT(!has(INHERITABLE, PROC_FORK) && !has(LIMIT, SYS_TIME));
	EXPECT(has(EFFECTIVE, PROC_EXEC));
	EXPECT_EQ(sys(SYS_forksys, 0, 0), -EPERM);
	EXPECT_EQ(change(ON, EFFECTIVE, one(PROC_FORK)), -EPERM);
	EXPECT(!has(EFFECTIVE, SYS_TIME));
	EXPECT_EQ(sys(SYS_privsys, 4, 1), 1);
	exit(failures != 0);
}

static void over_exec(void)
{
	char *const argv[] = {self, "executed", NULL}, *const envp[] = {NULL};

	EXPECT_EQ(change(OFF, INHERITABLE, one(PROC_FORK)), 0);
	EXPECT_EQ(change(OFF, LIMIT, one(PROC_FORK)), 0);
	EXPECT_EQ(change(OFF, LIMIT, one(SYS_TIME)), 0);
	EXPECT_EQ(sys(SYS_privsys, 3, 1, 1), 0);
	EXPECT(has(EFFECTIVE, PROC_FORK));
	EXPECT_EQ(sys(SYS_execve, self, argv, envp, 0), 0);
}

/* Root that is aware keeps what it has when it becomes another; who is not loses it. */
static void users(void)
{
	int fd;

	if (!is_root()) {
		EXPECT_EQ(sys(SYS_setuid, 0), -EPERM);
		return;
	}
	close(open("theirs", O_CREAT | O_WRONLY, 0600));
	EXPECT_EQ(sys(SYS_seteuid, 7), 0);
	EXPECT(!has(EFFECTIVE, FILE_DAC_READ) && has(PERMITTED, FILE_DAC_READ));
	EXPECT_EQ(sys(SYS_open, "theirs", O_RDONLY), -EACCES);
	EXPECT_EQ(change(ON, EFFECTIVE, one(FILE_DAC_READ)), 0);
	EXPECT(has(EFFECTIVE, FILE_DAC_READ));
	EXPECT_EQ(sys(SYS_seteuid, 0), 0);
	EXPECT_EQ(sys(SYS_privsys, 3, 2, 1), 0);
	EXPECT_EQ(change(ON, EFFECTIVE, get(LIMIT)), 0);
	EXPECT_EQ(sys(SYS_setuid, 7), 0);
	EXPECT(has(EFFECTIVE, FILE_DAC_WRITE));
	fd = open("theirs", O_RDWR);
	EXPECT(fd >= 0);
	unlink("theirs");
}

/* The child runs on its parent's stack, so it calls nothing, gives up s and ends with the answer.
 */
static int vfork_without(struct set s)
{
	register long size __asm__("r8") = sizeof(s);
	register const struct set *set __asm__("r10") = &s;
	long first = SYS_vfork, second = 0;

	__asm__ volatile("	syscall\n"
			 "	testq %%rdx, %%rdx\n"
			 "	jz 1f\n"
			 "	movl %[privsys], %%eax\n"
			 "	xorl %%edi, %%edi\n"
			 "	movl $1, %%esi\n"
			 "	xorl %%edx, %%edx\n"
			 "	syscall\n"
			 "	movl %%eax, %%edi\n"
			 "	movl %[exit], %%eax\n"
			 "	syscall\n"
			 "1:\n"
			 : "+a"(first), "+d"(second), "+r"(size), "+r"(set)
			 : [privsys] "i"(SYS_privsys), [exit] "i"(SYS_exit)
			 : "rdi", "rsi", "rcx", "r9", "r11", "memory", "cc");
	return (int)first;
}

int main(int argc, char **argv)
{
	int pid, status = 0;

	self = argv[0];
	if (argc > 1)
		executed();
	apart("file_write", without_write);
	apart("file_read", without_read);
	apart("net_access", without_net);
	apart("proc_exec", without_exec);
	apart("proc_fork", without_fork);
	apart("file_link_any", without_link);
	apart("proc_session, proc_info", without_session);
	apart("of root's", without_root_s);
	apart("sets", sets);
	apart("exec", over_exec);
	apart("users", users);
	/* A child of vfork changes its own. */
	print("vfork\n");
	pid = vfork_without(one(PROC_INFO));
	waitpid(pid, &status, 0);
	EXPECT_EQ(status, 0);
	EXPECT(has(EFFECTIVE, PROC_INFO));
	return 0;
}
