/* SPDX-License-Identifier: BSD-2-Clause */
/* spawn(2): what libc of illumos of 2026 makes posix_spawn of: attributes, file actions, search. */
#include "guest.h"

#define SYS_spawn 143

#define SETPGROUP  0x02
#define SETSIGDEF  0x04
#define SETSIGMASK 0x08
#define SETSID	   0x40
#define SETSIGIGN  0x0800
#define NOSIGCHLD  0x1000
#define WAITPID	   0x2000
#define NOEXECERR  0x4000

enum { FA_OPEN, FA_CLOSE, FA_DUP2, FA_CLOSEFROM, FA_CHDIR, FA_FCHDIR };

struct attr {
	i32 flags, priority, policy, pgroup;
	u32 sigdefault[4], sigignore[4], sigmask[4];
};
struct action {
	u32 len, type, pathsize, oflag, mode;
	i32 fd, newfd;
	char path[];
};
struct param {
	u32 size, datalen, attr_off, attr_len, act_off, act_cnt, shell_off, shell_len, path_off,
	    path_len, sched_off, sched_len;
	u8 data[2000];
};
struct args {
	u32 size, datalen, arg_off, arg_cnt, env_off, env_cnt;
	u8 data[1000];
};

static struct param param;
static struct args args;
static struct siginfo info;
static volatile int signals;
static char *self;

static void note(int sig, struct siginfo *si, void *context)
{
	(void)sig, (void)si, (void)context;
	signals++;
}

static void begin(void)
{
	memset(&param, 0, sizeof(param));
	memset(&args, 0, sizeof(args));
}

static struct attr *attr(int flags)
{
	struct attr *a = (void *)param.data;

	param.attr_len = sizeof(*a);
	param.datalen = sizeof(*a);
	a->flags = flags;
	return a;
}

static struct action *action(u32 type, int fd, int newfd, const char *path)
{
	struct action *k = (void *)(param.data + param.datalen);
	u32 n = path ? (u32)strlen(path) + 1 : 0;

	if (!param.act_cnt++)
		param.act_off = param.datalen;
	*k = (struct action){.type = type, .pathsize = n, .fd = fd, .newfd = newfd};
	memcpy(k->path, path ? path : "", n);
	k->len = (u32)(sizeof(*k) + n + 3) & ~3u;
	param.datalen += k->len;
	return k;
}

static void text(u32 *off, u32 *len, const char *s)
{
	*off = param.datalen;
	*len = (u32)strlen(s) + 1;
	memcpy(param.data + *off, s, *len);
	param.datalen += (*len + 3) & ~3u;
}

static void put(const char *s, bool env)
{
	u32 n = (u32)strlen(s) + 1;

	memcpy(args.data + args.datalen, s, n);
	args.datalen += n;
	if (env) {
		args.env_cnt++;
	} else {
		args.arg_cnt++;
		args.env_off = args.datalen;
	}
}

static long spawn(const char *path)
{
	param.size = param.datalen + 48;
	args.size = args.datalen + 24;
	return sys(SYS_spawn, path, param.datalen ? &param : NULL, param.datalen ? param.size : 0,
		   &args, args.size);
}

static int wait_for(long pid)
{
	memset(&info, 0, sizeof(info));
	if (sys(SYS_waitid, P_PID, pid, &info, WEXITED) != 0)
		return -1;
	return info.si_code == CLD_EXITED ? info.si_status : 1000 + info.si_status;
}

static void simple(void)
{
	long pid;

	begin();
	put(self, false);
	put("exit", false);
	put("NUMBER=7", true);
	pid = spawn(self);
	EXPECT(pid > 0);
	EXPECT_EQ(wait_for(pid), 7);
	EXPECT_EQ(signals, 1);
	EXPECT_EQ(spawn("/nowhere/at/all"), -ENOENT);
	EXPECT_EQ(spawn("/"), -EACCES);
	EXPECT_EQ(sys(SYS_waitid, P_ALL, 0, &info, WEXITED), -ECHILD);
	EXPECT_EQ(signals, 1);
}

static void attributes(void)
{
	struct attr *a;
	u64 old;
	long pid;

	begin();
	a = attr(SETSIGMASK | SETSIGIGN | SETSIGDEF | SETSID);
	a->sigmask[0] = 1u << (SIGUSR1 - 1);
	a->sigignore[0] = 1u << (SIGUSR2 - 1);
	put(self, false);
	put("state", false);
	pid = spawn(self);
	EXPECT_EQ(wait_for(pid), 0);
	signal_mask(SIG_SETMASK, 0, &old);
	begin();
	a = attr(SETPGROUP | NOSIGCHLD);
	put(self, false);
	put("group", false);
	signals = 0;
	pid = spawn(self);
	EXPECT_EQ(wait_for(pid), 0);
	EXPECT_EQ(signals, 0);
	begin();
	a = attr(SETPGROUP);
	a->pgroup = 0x3fffffff;
	put(self, false);
	EXPECT(spawn(self) < 0);
	EXPECT_EQ(sys(SYS_waitid, P_ALL, 0, &info, WEXITED), -ECHILD);
	begin();
	attr(WAITPID | NOSIGCHLD);
	put(self, false);
	put("exit", false);
	put("NUMBER=9", true);
	pid = spawn(self);
	EXPECT_EQ(sys(SYS_waitid, P_ALL, 0, &info, WEXITED), -ECHILD);
	EXPECT_EQ(wait_for(pid), 9);
	begin();
	attr(NOEXECERR);
	put(self, false);
	pid = spawn("/nowhere/at/all");
	EXPECT(pid > 0);
	EXPECT_EQ(wait_for(pid), 127);
}

static void actions(void)
{
	char line[16] = "";
	int p[2], null = open("/dev/null", O_RDWR);
	long pid;

	pipe2(p, 0);
	begin();
	action(FA_DUP2, p[1], 15, NULL);
	action(FA_CLOSE, p[1], 0, NULL);
	action(FA_CLOSE, 300, 0, NULL);
	action(FA_OPEN, 16, 0, "/dev/null")->oflag = O_RDWR;
	action(FA_CLOSEFROM, 17, 0, NULL);
	action(FA_CHDIR, 0, 0, "/dev");
	put(self, false);
	put("write", false);
	pid = spawn(self);
	EXPECT(pid > 0);
	close(p[1]);
	EXPECT_EQ(read(p[0], line, sizeof(line)), 4);
	EXPECT(memcmp(line, "/dev", 4) == 0);
	EXPECT_EQ(wait_for(pid), 0);
	begin();
	action(FA_DUP2, 300, 5, NULL);
	put(self, false);
	EXPECT_EQ(spawn(self), -EBADF);
	begin();
	action(FA_FCHDIR, null, 0, NULL);
	put(self, false);
	EXPECT_EQ(spawn(self), -ENOTDIR);
	begin();
	action(FA_OPEN, 5, 0, "/nowhere/at/all");
	put(self, false);
	EXPECT_EQ(spawn(self), -ENOENT);
	close(p[0]);
	close(null);
}

/* Along a path, what cannot be executed and is no script is the shell's. */
static void search(char *name)
{
	char dir[256], list[300];
	size_t n = strlen(self) - strlen(name) - 1;
	long pid;

	memcpy(dir, self, n);
	dir[n] = 0;
	memcpy(list, "/nowhere:/:", 11);
	memcpy(list + 11, dir, n + 1);
	begin();
	text(&param.path_off, &param.path_len, list);
	put(name, false);
	put("exit", false);
	put("NUMBER=8", true);
	pid = spawn(name);
	EXPECT(pid > 0);
	EXPECT_EQ(wait_for(pid), 8);
	begin();
	text(&param.path_off, &param.path_len, "/nowhere:/");
	put("x", false);
	EXPECT_EQ(spawn("none"), -ENOENT);
}

static void bad(void)
{
	struct action *k;

	begin();
	put(self, false);
	args.size = args.datalen + 24;
	EXPECT_EQ(sys(SYS_spawn, NULL, NULL, 0, &args, args.size), -EINVAL);
	EXPECT_EQ(sys(SYS_spawn, self, NULL, 0, NULL, args.size), -EINVAL);
	EXPECT_EQ(sys(SYS_spawn, self, NULL, 0, &args, 23), -EINVAL);
	EXPECT_EQ(sys(SYS_spawn, self, NULL, 0, &args, 0x200001), -E2BIG);
	EXPECT_EQ(sys(SYS_spawn, self, &param, 47, &args, args.size), -EINVAL);
	EXPECT_EQ(sys(SYS_spawn, self, 8, 48, &args, args.size), -EFAULT);
	EXPECT_EQ(sys(SYS_spawn, self, NULL, 0, 8, args.size), -EFAULT);
	EXPECT_EQ(sys(SYS_spawn, 8, NULL, 0, &args, args.size), -EFAULT);
	args.arg_cnt++;
	EXPECT_EQ(spawn(self), -EINVAL);
	args.arg_cnt--;
	args.env_off++;
	EXPECT_EQ(spawn(self), -EINVAL);
	args.env_off--;
	attr(0x8000);
	EXPECT_EQ(spawn(self), -EINVAL);
	attr(0)->pgroup = -1;
	EXPECT_EQ(spawn(self), -EINVAL);
	attr(0)->pgroup = 0;
	param.attr_off = 0xffffffe0;
	EXPECT_EQ(spawn(self), -EINVAL);
	param.attr_off = 0;
	param.sched_len = 40;
	EXPECT_EQ(spawn(self), -EINVAL);
	param.sched_len = 0;
	k = action(FA_OPEN, 5, 0, "/dev/null");
	k->len += 4;
	EXPECT_EQ(spawn(self), -EINVAL);
	k->len -= 4;
	k->pathsize = 0xfffffff0;
	EXPECT_EQ(spawn(self), -EINVAL);
	k->pathsize = 0;
	EXPECT_EQ(spawn(self), -EINVAL);
	k->type = 99;
	EXPECT_EQ(spawn(self), -EINVAL);
	param.act_cnt = 0xffffffff;
	EXPECT_EQ(spawn(self), -EINVAL);
	begin();
	put(self, false);
	text(&param.path_off, &param.path_len, "/");
	param.path_len--;
	EXPECT_EQ(spawn(self), -EINVAL);
	EXPECT_EQ(sys(SYS_waitid, P_ALL, 0, &info, WEXITED), -ECHILD);
}

static int state(void)
{
	u64 mask = 0;

	signal_mask(SIG_BLOCK, 0, &mask);
	if (mask != SIGNAL_BIT(SIGUSR1))
		return 1;
	kill(getpid(), SIGUSR2); /* ignored */
	return sys(SYS_pgrpsys, 2, 0) == getpid() ? 0 : 2;
}

int main(int argc, char **argv, char **envp)
{
	static char whole[600];
	char buf[64], *name;
	size_t n = 0;

	if (argv[0][0] != '/') {
		getcwd(whole, sizeof(whole));
		n = strlen(whole);
		whole[n++] = '/';
	}
	memcpy(whole + n, argv[0], strlen(argv[0]) + 1);
	self = whole;
	if (argc > 1 && argv[1][0] == 'e')
		return envp[0] ? envp[0][7] - '0' : 99;
	if (argc > 1 && argv[1][0] == 's')
		return state();
	if (argc > 1 && argv[1][0] == 'g')
		return sys(SYS_pgrpsys, 0) == getpid() ? 0 : 1;
	if (argc > 1) {
		getcwd(buf, sizeof(buf));
		if (fcntl(16, F_GETFD, 0) < 0 || fcntl(17, F_GETFD, 0) >= 0)
			return 1;
		return write(15, buf, strlen(buf)) == 4 ? 0 : 2;
	}
	on_signal(SIGCLD, note, 0);
	simple();
	attributes();
	actions();
	for (name = self + strlen(self); name > self && name[-1] != '/';)
		name--;
	search(name);
	bad();
	print("done\n");
	return 0;
}
