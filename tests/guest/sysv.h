/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/sysv.h: System V IPC by each system's calls, with its numbers and
 * layouts (FreeBSD, illumos: sys/ipc.h, sem.h, msg.h, shm.h; Linux: linux/ipc.h, sem.h, msg.h,
 * shm.h).
 */
#ifndef FB_TESTS_GUEST_SYSV_H
#define FB_TESTS_GUEST_SYSV_H

#include "guest.h"

#define IPC_PRIVATE 0
#define IPC_CREAT   01000
#define IPC_EXCL    02000
#define IPC_NOWAIT  04000
#ifdef __sun__
#define IPC_RMID 10
#define IPC_SET	 11
#define IPC_STAT 12
#else
#define IPC_RMID 0
#define IPC_SET	 1
#define IPC_STAT 2
#endif
#define SEM_UNDO    010000
#define MSG_NOERROR 010000
#define SHM_RDONLY  010000
#define SHM_RND	    020000

struct sembuf {
	u16 sem_num;
	i16 sem_op;
	i16 sem_flg;
};

struct message {
	long type;
	char text[64];
};

#ifdef __FreeBSD__
#define SYS_semget 221
#define SYS_semop  222
#define SYS_semctl 510
#define SYS_msgget 225
#define SYS_msgsnd 226
#define SYS_msgrcv 227
#define SYS_msgctl 511
#define SYS_shmat  228
#define SYS_shmdt  230
#define SYS_shmget 231
#define SYS_shmctl 512
#define SHM_REMAP  030000
#define GETNCNT	   3
#define GETPID	   4
#define GETVAL	   5
#define GETALL	   6
#define GETZCNT	   7
#define SETVAL	   8
#define SETALL	   9

struct ipc_perm {
	u32 cuid, cgid, uid, gid;
	u16 mode, seq;
	i64 key;
};

struct semid_ds {
	struct ipc_perm perm;
	u64 base;
	u16 nsems;
	i64 otime, ctime;
};

struct msqid_ds {
	struct ipc_perm perm;
	u64 first, last, cbytes, qnum, qbytes;
	i32 lspid, lrpid;
	i64 stime, rtime, ctime;
};

struct shmid_ds {
	struct ipc_perm perm;
	u64 segsz;
	i32 lpid, cpid;
	u32 nattch;
	i64 atime, dtime, ctime;
};
#elif defined(__sun__)
#define GETNCNT 3
#define GETPID	4
#define GETVAL	5
#define GETALL	6
#define GETZCNT 7
#define SETVAL	8
#define SETALL	9

struct ipc_perm {
	u32 uid, gid, cuid, cgid, mode, seq;
	i32 key;
};

struct semid_ds {
	struct ipc_perm perm;
	u64 base;
	u16 nsems;
	i64 otime, ctime;
	i32 binary;
	u64 pad[3];
};

struct msqid_ds {
	struct ipc_perm perm;
	u64 first, last, cbytes, qnum, qbytes;
	i32 lspid, lrpid;
	i64 stime, rtime, ctime;
	u16 cv[2];
	u64 pad[3];
};

struct shmid_ds {
	struct ipc_perm perm;
	u64 segsz, amp;
	u16 lkcnt;
	i32 lpid, cpid;
	u64 nattch, cnattch;
	i64 atime, dtime, ctime, pad[4];
};
#else
#define SHM_REMAP 040000
#define GETPID	  11
#define GETVAL	  12
#define GETALL	  13
#define GETNCNT	  14
#define GETZCNT	  15
#define SETVAL	  16
#define SETALL	  17

struct ipc_perm {
	i32 key;
	u32 uid, gid, cuid, cgid, mode;
	u16 seq;
	u64 unused[2];
};

struct semid_ds {
	struct ipc_perm perm;
	i64 otime, unused1, ctime, unused2;
	u64 nsems, unused3[2];
};

struct msqid_ds {
	struct ipc_perm perm;
	i64 stime, rtime, ctime;
	u64 cbytes, qnum, qbytes;
	i32 lspid, lrpid;
	u64 unused[2];
};

struct shmid_ds {
	struct ipc_perm perm;
	u64 segsz;
	i64 atime, dtime, ctime;
	i32 cpid, lpid;
	u64 nattch, unused[2];
};
#endif

#ifdef __sun__
/* illumos has three calls, each told by its first argument which of several it is. */
#define CALL_semget SYS_semsys, 1
#define CALL_semop  SYS_semsys, 2
#define CALL_msgget SYS_msgsys, 0
#define CALL_msgsnd SYS_msgsys, 3
#define CALL_msgrcv SYS_msgsys, 2
#define CALL_msgctl SYS_msgsys, 1
#define CALL_shmget SYS_shmsys, 3
#define CALL_shmat  SYS_shmsys, 0
#define CALL_shmdt  SYS_shmsys, 2
#define CALL_shmctl SYS_shmsys, 1
#else
#define CALL_semget (SYS_semget)
#define CALL_semop  (SYS_semop)
#define CALL_msgget (SYS_msgget)
#define CALL_msgsnd (SYS_msgsnd)
#define CALL_msgrcv (SYS_msgrcv)
#define CALL_msgctl (SYS_msgctl)
#define CALL_shmget (SYS_shmget)
#define CALL_shmat  (SYS_shmat)
#define CALL_shmdt  (SYS_shmdt)
#define CALL_shmctl (SYS_shmctl)
#endif
#define ipc_call(name, ...) sys(CALL_##name, __VA_ARGS__)

static inline int semget(long key, int nsems, int flags)
{
	return (int)result(ipc_call(semget, key, nsems, flags));
}

static inline int semop(int id, const struct sembuf *ops, size_t n)
{
	return (int)result(ipc_call(semop, id, ops, n));
}

/* arg: the number, or the address, that the command wants. */
static inline int semctl(int id, int which, int cmd, const void *arg)
{
#ifdef __FreeBSD__
	return (int)result(sys(SYS_semctl, id, which, cmd, &arg));
#elif defined(__sun__)
	return (int)result(sys(SYS_semsys, 0, id, which, cmd, arg));
#else
	return (int)result(sys(SYS_semctl, id, which, cmd, arg));
#endif
}

static inline int msgget(long key, int flags)
{
	return (int)result(ipc_call(msgget, key, flags));
}

static inline int msgsnd(int id, const void *message, size_t size, int flags)
{
	return (int)result(ipc_call(msgsnd, id, message, size, flags));
}

static inline long msgrcv(int id, void *message, size_t size, long type, int flags)
{
	return result(ipc_call(msgrcv, id, message, size, type, flags));
}

static inline int msgctl(int id, int cmd, struct msqid_ds *ds)
{
	return (int)result(ipc_call(msgctl, id, cmd, ds));
}

static inline int shmget(long key, size_t size, int flags)
{
	return (int)result(ipc_call(shmget, key, size, flags));
}

static inline void *shmat(int id, const void *address, int flags)
{
	return (void *)result(ipc_call(shmat, id, address, flags));
}

static inline int shmdt(const void *address)
{
	return (int)result(ipc_call(shmdt, address));
}

static inline int shmctl(int id, int cmd, struct shmid_ds *ds)
{
	return (int)result(ipc_call(shmctl, id, cmd, ds));
}

#endif
