/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/ids.c: numbers of the host that are too large for 16 bits.
 *
 * Inodes: who looks for the name of a directory compares numbers, so two files a process sees
 * must not share one. Each process remembers which it has given out: a file's number is its own
 * low half where that is free, else the next that is. Numbers of devices likewise. So they agree
 * within a process, and between processes as long as no two files collide. Every root
 * directory has the number its system gives roots.
 *
 * Processes: a number that is positive in 16 bits is itself, though these systems count to 30000
 * only; a larger one is folded. What a process knows (itself, its parent, its children) is found
 * again, and what another told it, as /bin/kill is told, among the processes of its session.
 */
#include "lib/mem.h"
#include "personality/research/research.h"

#define INODES	  65536u
#define DEVICES	  64u
#define CHILDREN  64u
#define PID_MAX	  32767
#define HOST_PIDS 0x400000 /* PID_MAX_LIMIT of Linux's threads.h */

struct seen {
	u64 dev, ino;
};
static FB_LARGE struct seen inodes[INODES];
static u64 devices[DEVICES];
static i32 children[CHILDREN];
static u32 next_child;
static bool root_known;

static void know_root(void)
{
	struct core_stat st = {0};

	root_known = true;
	if (EXO_NOW(stat, "/", &st) == 0)
		inodes[research.version->root_ino] = (struct seen){st.st_dev, st.st_ino};
}

/* ln of the Sixth Edition looks for a directory's bits in the number, where they never are on a
 * disk of its time. */
static bool looks_like_directory(u32 n)
{
	return (n & 060000) == 040000;
}

/* du of the First Edition tells devices by numbers up to 40, and a large one is negative to it
 * (`cmp', `bgt' in the Second's cmd/dusg.s). */
static bool looks_like_device(u32 n)
{
	return n > 077777;
}

u16 research_ino(u64 dev, u64 ino)
{
	u32 n = (u32)(ino ^ ino >> 16 ^ ino >> 32) % INODES;

	if (!root_known)
		know_root();
	if (inodes[research.version->root_ino].dev == dev &&
	    inodes[research.version->root_ino].ino == ino)
		return research.version->root_ino;
	for (u32 tries = 0; tries < INODES; tries++, n = (n + 1) % INODES) {
		if (n <= research.version->root_ino ||
		    (research.version->old_stat && looks_like_directory(n)) ||
		    (research.version->first && looks_like_device(n)))
			continue;
		if (!inodes[n].dev && !inodes[n].ino)
			inodes[n] = (struct seen){dev, ino};
		if (inodes[n].dev == dev && inodes[n].ino == ino)
			return (u16)n;
	}
	return (u16)(ino | 8); /* more files than numbers */
}

/* major and minor of the host's number (makedev(3)), eight bits each. */
u16 research_rdev(u64 dev)
{
	u32 major = (u32)(dev >> 8 & 0xfff), minor = (u32)((dev & 0xff) | (dev >> 12 & 0xfff00));

	return (u16)(major << 8 | (minor & 0xff));
}

u16 research_dev(u64 dev)
{
	u32 i = 0;

	/* 0 is no device to some: the first has number 1 in the table. */
	while (i < DEVICES && devices[i] && devices[i] != dev + 1)
		i++;
	if (i == DEVICES)
		return research_rdev(dev);
	devices[i] = dev + 1;
	return (u16)(i + 1);
}

bool research_dev_back(u16 dev, u64 *host)
{
	if (dev == 0 || dev > DEVICES || !devices[dev - 1])
		return false;
	*host = devices[dev - 1] - 1;
	return true;
}

u16 research_uid(u32 id)
{
	if (research.version->bytes_for_ids)
		return (u16)(id < 256 ? id : 128 + id % 127);
	return (u16)(id < 65536 ? id : 32768 + id % 32767);
}

u32 research_uid_back(u16 id, u32 own)
{
	return research_uid(own) == id ? own : id;
}

u16 research_pid(i32 pid)
{
	return (u16)(pid <= PID_MAX ? pid : pid % (PID_MAX - 2) + 2);
}

void research_pid_new(i32 pid)
{
	if (pid > PID_MAX)
		children[next_child++ % CHILDREN] = pid;
}

static i32 in_session(i32 pid)
{
	long session = EXO_NOW(getsid, 0);

	if (pid <= 0 || EXO_NOW(getsid, pid) == session)
		return pid;
	for (i32 p = pid - 2 + PID_MAX - 2; p < HOST_PIDS; p += PID_MAX - 2)
		if (p > PID_MAX && research_pid(p) == pid && EXO_NOW(getsid, p) == session)
			return p;
	return pid;
}

i32 research_pid_back(u16 pid)
{
	const i32 self = core_self()->pid, parent = (i32)EXO_NOW(getppid);

	if (self > PID_MAX && research_pid(self) == pid)
		return self;
	if (parent > PID_MAX && research_pid(parent) == pid)
		return parent;
	for (u32 i = 1; i <= CHILDREN; i++) { /* the youngest first */
		i32 child = children[(next_child - i) % CHILDREN];

		if (child && research_pid(child) == pid)
			return child;
	}
	return in_session((i16)pid);
}
