/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V IPC as FreeBSD has it: its layouts and those of FreeBSD 7, arrays of kern.ipc,
 * waits that no handler restarts, segments of whole pages, SHM_REMAP (sys/kern/sysv_*.c).
 */
#include "sysv.h"

#define SYS_freebsd7___semctl 220
#define SYS_freebsd7_msgctl   224
#define SYS_freebsd7_shmctl   229
#define SYS_setitimer	      83
#define PAGE		      4096

struct perm7 {
	u16 cuid, cgid, uid, gid, mode, seq;
	i64 key;
};

struct semid7 {
	struct perm7 perm;
	u64 base;
	u16 nsems;
	i64 otime, pad1, ctime, pad2, pad3[4];
};

struct msqid7 {
	struct perm7 perm;
	u64 first, last, cbytes, qnum, qbytes;
	i32 lspid, lrpid;
	i64 stime, pad1, rtime, pad2, ctime, pad3, pad4[4];
};

struct shmid7 {
	struct perm7 perm;
	i32 segsz, lpid, cpid;
	i16 nattch;
	i64 atime, dtime, ctime;
	u64 internal;
};

static volatile int alarms;

static void on_alarm(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	alarms++;
}

static void alarm_soon(void)
{
	i64 tv[4] = {0, 20000, 0, 20000};

	alarms = 0;
	sys(SYS_setitimer, 0, tv, NULL);
}

static void alarm_off(void)
{
	i64 tv[4] = {0};

	sys(SYS_setitimer, 0, tv, NULL);
	EXPECT(alarms > 0);
}

/* The element of an array of kern.ipc that id names, and how long the array is. */
static long element(const char *array, const char *limit, size_t size, int id, void *out)
{
	size_t len = 0, want = 0;
	u64 most = 0;
	char *all;

	len = sizeof(most);
	sys(SYS___sysctlbyname, limit, strlen(limit), &most, &len, NULL, 0);
	if (sys(SYS___sysctlbyname, array, strlen(array), NULL, &want, NULL, 0) != 0 ||
	    want != most * size)
		return -1;
	all = mmap(NULL, want, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	if (sys(SYS___sysctlbyname, array, strlen(array), all, &want, NULL, 0) != 0)
		return -1;
	memcpy(out, all + (u64)(id & 0xffff) * size, size);
	munmap(all, want);
	return 0;
}

static void semaphores(void)
{
	struct {
		struct semid_ds u;
		u64 label, cred;
	} kernel;
	struct semid_ds ds, *dsp = &ds;
	struct semid7 ds7, *ds7p = &ds7;
	struct sembuf op = {0, -1, 0};
	int id = semget(IPC_PRIVATE, 2, 0604);

	EXPECT_EQ(sizeof(ds), 64);
	EXPECT_EQ(sizeof(ds7), 104);
	EXPECT(id >= 0);
	EXPECT_EQ(semop(id, NULL, 0), 0);
	EXPECT_ERROR(semop(-1, NULL, 0), EINVAL);
	EXPECT_EQ(semctl(id, 0, IPC_STAT, &ds), 0);
	EXPECT_EQ(ds.perm.mode, 0604 | 01000);
	EXPECT(ds.perm.key == 0 && ds.perm.seq == id >> 16 && ds.nsems == 2 && ds.base == 0);
	EXPECT(ds.perm.uid == (u32)sys(SYS_getuid) && ds.perm.cuid == ds.perm.uid);
	EXPECT_EQ(sys(SYS_freebsd7___semctl, id, 0, IPC_STAT, &ds7p), 0);
	EXPECT(ds7.perm.mode == ds.perm.mode && ds7.nsems == 2 && ds7.ctime == ds.ctime);
	ds7.perm.mode = 0600;
	EXPECT_EQ(sys(SYS_freebsd7___semctl, id, 0, IPC_SET, &ds7p), 0);
	EXPECT_EQ(sys(SYS_semctl, id, 0, IPC_STAT, &dsp), 0);
	EXPECT_EQ(ds.perm.mode, 0600 | 01000);
	EXPECT_ERROR(result(sys(SYS_semctl, id, 0, IPC_STAT, 8)), EFAULT);
	EXPECT_ERROR(semctl(id, 0, IPC_STAT, (void *)8), EFAULT);
	EXPECT_ERROR(semctl(id, 0, SETALL, (void *)0x700000100000), EFAULT);
	EXPECT_ERROR(semctl(id, 0, 11, NULL), EINVAL);
	EXPECT_EQ(element("kern.ipc.sema", "kern.ipc.semmni", 80, id, &kernel), 0);
	EXPECT(memcmp(&kernel, &ds, sizeof(ds)) == 0);

	print("a wait ends at a handler, SA_RESTART or not\n");
	on_signal(SIGALRM, on_alarm, SA_RESTART);
	alarm_soon();
	EXPECT_ERROR(semop(id, &op, 1), EINTR);
	alarm_off();
	EXPECT_EQ(semctl(id, 0, GETNCNT, NULL), 0);
	EXPECT_EQ(semctl(id, 0, IPC_RMID, NULL), 0);
}

static void messages(void)
{
	struct {
		struct msqid_ds u;
		u64 label, cred;
	} kernel;
	struct message m = {1, "text"};
	struct msqid_ds ds;
	struct msqid7 ds7;
	int id = msgget(IPC_PRIVATE, 0600), n = 0;

	EXPECT_EQ(sizeof(ds), 104);
	EXPECT_EQ(sizeof(ds7), 152);
	EXPECT_EQ(msgsnd(id, &m, 5, 0), 0);
	EXPECT_EQ(msgctl(id, IPC_STAT, &ds), 0);
	EXPECT(ds.perm.mode == 0600 && ds.qnum == 1 && ds.cbytes == 5 && ds.stime != 0);
	EXPECT_EQ(sys(SYS_freebsd7_msgctl, id, IPC_STAT, &ds7), 0);
	EXPECT(ds7.qbytes == ds.qbytes && ds7.qnum == 1 && ds7.lspid == getpid() &&
	       ds7.ctime == ds.ctime);
	EXPECT_EQ(element("kern.ipc.msqids", "kern.ipc.msgmni", 120, id, &kernel), 0);
	EXPECT(memcmp(&kernel, &ds, sizeof(ds)) == 0);
	ds.qbytes = 0;
	EXPECT_ERROR(msgctl(id, IPC_SET, &ds), EINVAL);
	ds.qbytes = 20;
	EXPECT_EQ(msgctl(id, IPC_SET, &ds), 0);
	EXPECT_EQ(msgctl(id, IPC_STAT, &ds), 0);
	EXPECT_EQ(ds.qbytes, 20);
	EXPECT_ERROR(msgsnd(id, &m, 21, 0), EINVAL);
	while (msgsnd(id, &m, 5, IPC_NOWAIT) == 0)
		n++;
	EXPECT_EQ(n, 3);
	EXPECT_EQ(errno, EAGAIN);
	alarm_soon();
	EXPECT_ERROR(msgsnd(id, &m, 5, 0), EINTR);
	alarm_off();
	alarm_soon();
	EXPECT_ERROR(msgrcv(id, &m, 5, 9, 0), EINTR);
	alarm_off();
	EXPECT_ERROR(msgctl(id, 3, &ds), EINVAL);
	EXPECT_EQ(sys(SYS_freebsd7_msgctl, id, IPC_RMID, NULL), 0);
}

static void memory(void)
{
	struct {
		struct shmid_ds u;
		u64 object, label, cred;
	} kernel;
	struct shmid_ds ds;
	struct shmid7 ds7;
	char *a, *room;
	int id = shmget(IPC_PRIVATE, 100, 0600);

	EXPECT_EQ(sizeof(ds), 80);
	EXPECT_EQ(sizeof(ds7), 72);
	EXPECT_EQ(shmctl(id, IPC_STAT, &ds), 0);
	EXPECT_EQ(ds.segsz, PAGE);
	EXPECT_EQ(ds.perm.mode, 0600 | 0x800);
	a = shmat(id, NULL, 0);
	EXPECT((u64)a < 0x700000100000);
	EXPECT_EQ(sys(SYS_freebsd7_shmctl, id, IPC_STAT, &ds7), 0);
	EXPECT(ds7.segsz == PAGE && ds7.nattch == 1 && ds7.cpid == getpid());
	EXPECT_ERROR(shmctl(id, 11, &ds), EINVAL);
	EXPECT_ERROR(shmctl(id, 13, &ds), EINVAL);
	EXPECT_ERROR(shmget(IPC_PRIVATE, ~0UL, 0600), EINVAL);

	print("over what is there: only with SHM_REMAP, or one of its bits\n");
	room = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	room[0] = 'r';
	a[0] = 'a';
	EXPECT_ERROR(shmat(id, room, 0), ENOMEM);
	EXPECT_EQ(room[0], 'r');
	EXPECT(shmat(id, room, SHM_REMAP) == room);
	EXPECT_EQ(room[0], 'a');
	EXPECT(shmat(id, room + PAGE, SHM_RDONLY) == room + PAGE);
	EXPECT_EQ(room[PAGE], 'a');
	EXPECT_ERROR(shmat(id, (void *)0x700000100000, SHM_REMAP), ENOMEM);
	EXPECT_EQ(shmctl(id, IPC_STAT, &ds), 0);
	EXPECT_EQ(ds.nattch, 3);
	EXPECT_EQ(element("kern.ipc.shmsegs", "kern.ipc.shmmni", 104, id, &kernel), 0);
	EXPECT(memcmp(&kernel, &ds, sizeof(ds)) == 0);
	EXPECT_EQ(shmctl(id, IPC_RMID, NULL), 0);
	EXPECT_EQ(shmctl(id, IPC_STAT, &ds), 0);
	EXPECT_EQ(ds.perm.mode, 0600 | 0x400 | 0x800);
	EXPECT_EQ(shmdt(a), 0);
	EXPECT_EQ(shmdt(room), 0);
	EXPECT_EQ(shmdt(room + PAGE), 0);
	EXPECT_ERROR(shmctl(id, IPC_STAT, &ds), EINVAL);
}

int main(void)
{
	semaphores();
	messages();
	memory();
	return 0;
}
