/* SPDX-License-Identifier: BSD-2-Clause */
/* /proc as ps, pargs and pfiles read it: the structures, of oneself and of another process. */
#include "guest.h"

static u8 buffer[65536];

static long slurp(const char *path)
{
	int fd = open(path, O_RDONLY);
	long n = 0, more;

	if (fd < 0)
		return -errno;
	while ((more = read(fd, buffer + n, sizeof(buffer) - (size_t)n)) > 0)
		n += more;
	close(fd);
	return n;
}

static i32 word(size_t at)
{
	i32 w;

	memcpy(&w, buffer + at, sizeof(w));
	return w;
}

static i64 wide(size_t at)
{
	i64 w;

	memcpy(&w, buffer + at, sizeof(w));
	return w;
}

/* "/proc/N/WHAT" */
static const char *of(int pid, const char *what)
{
	static char path[100];
	char digits[12];
	size_t n = 0, m = 0;

	memcpy(path, "/proc/", 6);
	n = 6;
	for (; pid > 0; pid /= 10)
		digits[m++] = (char)('0' + pid % 10);
	while (m > 0)
		path[n++] = digits[--m];
	path[n++] = '/';
	memcpy(path + n, what, strlen(what) + 1);
	return path;
}

static void information(const char *name)
{
	int pid = getpid();

	print("psinfo\n");
	EXPECT_EQ(slurp("/proc/self/psinfo"), 416);
	EXPECT(word(8) == pid && word(12) == getppid() && word(4) == 1);
	EXPECT_EQ(word(16), sys(SYS_pgrpsys, 0));
	EXPECT_EQ((u32)word(24), sys(SYS_getuid));
	EXPECT(wide(48) > 0 && wide(56) > 0);		      /* sizes */
	EXPECT(wide(88) > 1600000000 && wide(88) < 1L << 33); /* when it began */
	EXPECT(strcmp((char *)buffer + 136, name) == 0);
	EXPECT(strncmp((char *)buffer + 152, "", 1) != 0);
	EXPECT_EQ(word(236), 2); /* arguments */
	EXPECT_EQ(**(char **)wide(240), '/');
	EXPECT_EQ(buffer[256], 2);   /* PR_MODEL_LP64 */
	EXPECT_EQ(word(288 + 4), 1); /* the LWP */
	print("state %c, class %s\n", buffer[288 + 26], buffer + 288 + 72);
	EXPECT_EQ(slurp(of(pid, "psinfo")), 416);
	EXPECT_EQ(slurp("/proc/self/lpsinfo"), 16 + 128);
	EXPECT(wide(0) == 1 && wide(8) == 128 && word(16 + 4) == 1);
	EXPECT_EQ(slurp("/proc/self/lwp/1/lwpsinfo"), 128);
	EXPECT_EQ(slurp("/proc/self/lwp/7/lwpsinfo"), -ENOENT);
	EXPECT_EQ(slurp("/proc/self/argv") > 2, true);
	EXPECT_EQ(buffer[0], '/');
}

static void state(void)
{
	u64 mask;

	print("status\n");
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), &mask);
	EXPECT_EQ(slurp("/proc/self/status"), 384 + 1296);
	EXPECT(word(8) == getpid() && word(4) == 1);
	EXPECT((u64)&mask >= (u64)wide(64) && (u64)&mask < (u64)(wide(64) + wide(72)));
	EXPECT_EQ(buffer[304], 2);
	EXPECT_EQ(word(384 + 4), 1);
	EXPECT_EQ(word(384 + 16 + 256 + 16), SIGNAL_BIT(SIGUSR1)); /* pr_lwphold */
	EXPECT_EQ(slurp("/proc/self/lstatus"), 16 + 1296);
	EXPECT_EQ(slurp("/proc/self/usage"), 504);
	EXPECT(word(0) == 0 && word(4) == 1 && wide(8) > 0);
	EXPECT_EQ(slurp("/proc/self/lusage"), 16 + 2 * 504);
	EXPECT(wide(0) == 2 && word(16) == 0 && word(16 + 504) == 1);
	EXPECT_EQ(slurp("/proc/self/sigact"), 72 * 32);
	EXPECT(slurp("/proc/self/cred") >= 32);
	EXPECT_EQ((u32)word(4), sys(SYS_getuid));
	EXPECT_EQ(slurp("/proc/self/auxv") % 16, 0);
	signal_mask(SIG_UNBLOCK, SIGNAL_BIT(SIGUSR1), &mask);
}

static void memory(void)
{
	bool program = false, stack = false, sound = true;
	long n = slurp("/proc/self/map");
	struct stat st;
	int fd;
	u32 value;

	print("map\n");
	EXPECT(n > 0 && n % 104 == 0);
	for (long at = 0; at < n; at += 104) {
		u64 low = (u64)wide((size_t)at), len = (u64)wide((size_t)at + 8);
		i32 flags = word((size_t)at + 88);

		sound &= low % 4096 == 0 && len % 4096 == 0 && low < 1UL << 47;
		if ((u64)memory >= low && (u64)memory < low + len)
			program = flags & 1 && strcmp((char *)buffer + at + 16, "a.out") == 0;
		if ((u64)&st >= low && (u64)&st < low + len)
			stack = (flags & 0x66) == 0x66; /* MA_STACK, MA_ANON, read and written */
	}
	EXPECT(sound);
	EXPECT(program);
	EXPECT(stack);
	fd = open("/proc/self/as", O_RDONLY);
	EXPECT(fd >= 0);
	EXPECT_EQ(sys(SYS_pread, fd, &value, 4, (u64) "in memory"), 4);
	EXPECT(memcmp(&value, "in m", 4) == 0);
	EXPECT_EQ(stat("/proc/self/psinfo", &st), 0);
	EXPECT_EQ(st.st_mode & S_IFMT, S_IFREG);
	EXPECT_EQ(sys(SYS_access, "/proc/self/map", 4), 0);
	EXPECT_EQ(sys(SYS_open, "/proc/self/psinfo", O_RDWR), -EACCES);
	EXPECT_EQ(sys(SYS_open, "/proc/self/ctl", O_RDONLY), -EACCES);
}

/* What each page is, privileges and flags, registers. */
static void more(void)
{
	u64 mine[3] = {0}, sp = (u64)__builtin_frame_address(0);
	bool stack = false;
	long n = slurp("/proc/self/xmap"), at = 32;

	print("xmap, pagedata, priv\n");
	EXPECT(n > 0 && n % 216 == 0);
	for (long i = 0; i < n; i += 216) {
		u64 low = (u64)wide((size_t)i), len = (u64)wide((size_t)i + 8);

		if ((u64)more >= low && (u64)more < low + len)
			EXPECT(wide((size_t)i + 120) > 0 && wide((size_t)i + 112) > 0 &&
			       wide((size_t)i + 104) != -1); /* pr_rss, pr_ino, pr_dev */
		if (sp >= low && sp < low + len)
			stack = wide((size_t)i + 120) > 0 &&
				wide((size_t)i + 128) == wide((size_t)i + 120) &&
				wide((size_t)i + 104) == -1;
	}
	EXPECT(stack);
	n = slurp("/proc/self/pagedata");
	EXPECT(n > 32 && wide(16) > 2 && wide(24) > 8);
	stack = false;
	for (i64 left = wide(16), pages; left > 0 && at < n; left--) {
		u64 low = (u64)wide((size_t)at);

		pages = wide((size_t)at + 8);
		if (sp >= low && sp < low + (u64)pages * 4096)
			stack = buffer[at + 104 + (long)((sp - low) / 4096)] == 7;
		at += 104 + (pages + 7) / 8 * 8;
	}
	EXPECT(stack && at == n);
	EXPECT_EQ(slurp("/proc/self/watch"), 0);
	EXPECT_EQ(slurp("/proc/self/priv"), 72);
	EXPECT(word(0) == 4 && word(4) == 3 && word(8) == 12);
	sys(SYS_privsys, 1, 0, 1, mine, 12); /* inheritable */
	EXPECT(memcmp(mine, buffer + 12 + 12, 12) == 0);
	EXPECT_EQ(slurp("/proc/self/secflags"), 40);
	EXPECT(word(0) == 1 && wide(8) == 0 && wide(32) == 7);
	EXPECT_EQ(slurp("/proc/self/lwp/1/lwpstatus"), 1296);
	EXPECT((word(0) & 0x20) == 0);						/* no PR_PCINVAL */
	EXPECT((u64)wide(544 + 20 * 8) - (sp - 4096) < 8192);			/* REG_RSP */
	EXPECT((u64)wide(544 + 17 * 8) - ((u64)more & ~0xfffffUL) < 1UL << 21); /* REG_RIP */
}

static void control(int pid)
{
	const i64 kill_it[2] = {9, SIGKILL}, nicer[2] = {21, 1}, stop[1] = {1}, none[1] = {77},
		  less[1] = {9}, wrong[2] = {9, 99}, nothing[2] = {0, 0};
	int fd = open(of(pid, "ctl"), O_WRONLY), status;

	EXPECT(fd >= 0);
	EXPECT_EQ(sys(SYS_write, fd, nothing, sizeof(nothing)), 16);
	EXPECT_EQ(sys(SYS_write, fd, stop, sizeof(stop)), -EBUSY);
	EXPECT_EQ(sys(SYS_write, fd, none, sizeof(none)), -EINVAL);
	EXPECT_EQ(sys(SYS_write, fd, less, sizeof(less)), -EINVAL);
	EXPECT_EQ(sys(SYS_write, fd, wrong, sizeof(wrong)), -EINVAL);
	EXPECT_EQ(sys(SYS_write, fd, NULL, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_write, fd, stop, 3), -EINVAL);
	EXPECT_EQ(sys(SYS_write, fd, nicer, sizeof(nicer)), 16);
	EXPECT_EQ(slurp(of(pid, "psinfo")), 416);
	EXPECT_EQ(buffer[288 + 27], 21); /* pr_nice */
	EXPECT_EQ(sys(SYS_open, of(pid, "lwp/9/lwpctl"), O_WRONLY), -ENOENT);
	EXPECT(sys(SYS_open, of(pid, "lwp/1/lwpctl"), O_WRONLY) >= 0);
	EXPECT_EQ(sys(SYS_write, fd, kill_it, sizeof(kill_it)), 16);
	waitpid(pid, &status, 0);
	EXPECT_EQ(WTERMSIG(status), SIGKILL);
	EXPECT_EQ(sys(SYS_write, fd, kill_it, sizeof(kill_it)), -ENOENT);
	close(fd);
}

static void files(void)
{
	int fd = open("file", O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC, 0600), other;
	char link[1024];
	long n, named = 0;

	print("files\n");
	write(fd, "contents", 8);
	lseek(fd, 3, SEEK_SET);
	fcntl(fd, F_DUPFD, 30);
	n = slurp("/proc/self/fdinfo/30");
	EXPECT(n > 204 && word(0) == 30 && word(4) == (S_IFREG | 0600));
	EXPECT(wide(16) == 8 && wide(24) == 3);
	EXPECT_EQ(word(56), O_RDWR | O_APPEND);
	EXPECT_EQ(word(60), 0);
	EXPECT(word(196) == n - 8 - 196 && word(200) == 0);
	EXPECT_EQ(sys(SYS_readlink, "/proc/self/path/30", link, sizeof(link)), word(196) - 9);
	EXPECT(memcmp(link, buffer + 204, (size_t)word(196) - 9) == 0);
	EXPECT_EQ(slurp("/proc/self/path/30"), 8);
	EXPECT_EQ(slurp("/proc/self/fdinfo/31"), -ENOENT);
	n = slurp("/proc/self/execname");
	EXPECT(n > 1 && sys(SYS_readlink, "/proc/self/path/a.out", link, sizeof(link)) == n - 1);
	EXPECT_EQ(slurp("/proc/self/object/a.out") > 64, true);
	EXPECT(memcmp(buffer, "\177ELF", 4) == 0);
	EXPECT(sys(SYS_readlink, "/proc/self/path/cwd", link, sizeof(link)) > 0);
	/* A name in /dev/fd is the descriptor. */
	other = open("/dev/fd/30", O_WRONLY);
	EXPECT(other >= 0);
	EXPECT_EQ(fcntl(other, F_GETFL, 0), O_RDWR | O_APPEND);
	EXPECT_EQ(lseek(other, 5, SEEK_SET), 5);
	EXPECT_EQ(lseek(fd, 0, SEEK_CUR), 5);
	/* Nobody sees the runtime's. */
	other = open("/proc/self/fd", O_RDONLY);
	while ((n = sys(SYS_getdents, other, buffer, sizeof(buffer))) > 0)
		for (long at = 0; at < n; at += *(u16 *)(buffer + at + 16))
			named += buffer[at + 18] != '.';
	n = 0;
	for (int i = 0; i < 65536; i++)
		n += fcntl(i, F_GETFD, 0) >= 0;
	EXPECT_EQ(named, n);
}

static void another(void)
{
	struct timespec forever = {100, 0};
	u64 strings, string = 0;
	int pid, status, fd;
	u32 dropped[3] = {0};
	char first[8];

	print("another\n");
	pid = fork();
	if (pid == 0) {
		nanosleep(&forever, NULL);
		exit(0);
	}
	control(pid);
	pid = fork();
	if (pid == 0) { /* proc_info, number 40, is given up */
		dropped[1] = 1u << 23;
		sys(SYS_privsys, 0, 1, 0, dropped, sizeof(dropped));
		nanosleep(&forever, NULL);
		exit(0);
	}
	for (int i = 0; i < 100 && slurp(of(pid, "priv")) == 72 && word(16) & 1 << 23; i++)
		sys(SYS_yield);
	EXPECT((word(16) & 1 << 23) == 0 && (word(16 + 12) & 1 << 23) != 0);
	EXPECT_EQ(slurp(of(pid, "psinfo")), 416);
	EXPECT(word(8) == pid && word(12) == getpid());
	EXPECT_EQ(slurp(of(pid, "status")), 384 + 1296);
	/* Its arguments, as pargs finds them. */
	EXPECT_EQ(slurp(of(pid, "psinfo")), 416);
	strings = (u64)wide(240);
	EXPECT(strings != 0);
	fd = open(of(pid, "as"), O_RDONLY);
	EXPECT_EQ(sys(SYS_pread, fd, &string, 8, strings), 8);
	EXPECT_EQ(sys(SYS_pread, fd, first, sizeof(first), string), sizeof(first));
	EXPECT_EQ(first[0], '/');
	close(fd);
	EXPECT_EQ(slurp(of(pid, "auxv")), slurp("/proc/self/auxv"));
	EXPECT_EQ(slurp(of(pid, "priv")), 72);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, 4); /* WSTOPPED */
	EXPECT_EQ(slurp(of(pid, "psinfo")), 416);
	EXPECT_EQ(buffer[288 + 26], 'T');
	EXPECT_EQ(slurp(of(pid, "status")), 384 + 1296);
	EXPECT(word(384) & 1 && (word(384 + 8) & 0xffff) == 5); /* PR_STOPPED, PR_JOBCONTROL */
	kill(pid, SIGKILL);
	sys(SYS_waitid, P_PID, pid, buffer, WEXITED | WNOWAIT);
	EXPECT_EQ(slurp(of(pid, "psinfo")), 416);
	EXPECT(buffer[288 + 26] == 'Z' && word(4) == 0);
	waitpid(pid, &status, 0);
	EXPECT_EQ(slurp(of(pid, "psinfo")), -ENOENT);
}

int main(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	information("procfs");
	state();
	memory();
	more();
	files();
	another();
	return 0;
}
