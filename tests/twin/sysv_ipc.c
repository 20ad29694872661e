/* SPDX-License-Identifier: BSD-2-Clause */
/* System V semaphores, message queues and shared memory: what both systems do alike. */
#include "sysv.h"

#define PAGE 4096

static long key(int n)
{
	return 0x46000000 + getpid() * 16 + n;
}

static void semaphores(void)
{
	u16 values[3] = {1, 2, 3}, now[3] = {0};
	struct semid_ds ds;
	struct sembuf ops[2];
	int id, pid, status;

	EXPECT_ERROR(semget(key(1), 3, 0), ENOENT);
	EXPECT_ERROR(semget(key(1), 0, IPC_CREAT | 0600), EINVAL);
	id = semget(key(1), 3, IPC_CREAT | IPC_EXCL | 0640);
	EXPECT(id >= 0);
	EXPECT_ERROR(semget(key(1), 3, IPC_CREAT | IPC_EXCL | 0600), EEXIST);
	EXPECT_ERROR(semget(key(1), 4, 0), EINVAL);
	EXPECT_EQ(semget(key(1), 0, 0600), id);
	EXPECT_EQ(semctl(id, 0, SETALL, values), 0);
	EXPECT_EQ(semctl(id, 1, GETVAL, NULL), 2);
	EXPECT_EQ(semctl(id, 2, SETVAL, (void *)9), 0);
	EXPECT_EQ(semctl(id, 0, GETALL, now), 0);
	EXPECT(now[0] == 1 && now[1] == 2 && now[2] == 9);
	EXPECT_ERROR(semctl(id, 3, GETVAL, NULL), EINVAL);
	EXPECT_ERROR(semctl(id, 0, SETVAL, (void *)-1), ERANGE);
	EXPECT_ERROR(semctl(id, 0, 99, NULL), EINVAL);
	EXPECT_ERROR(semctl(id, 0, GETALL, (void *)8), EFAULT);

	ops[0] = (struct sembuf){0, -1, IPC_NOWAIT};
	ops[1] = (struct sembuf){1, -3, IPC_NOWAIT};
	EXPECT_ERROR(semop(id, ops, 2), EAGAIN);
	EXPECT_EQ(semctl(id, 0, GETVAL, NULL), 1); /* all or nothing */
	ops[1].sem_op = -2;
	EXPECT_EQ(semop(id, ops, 2), 0);
	EXPECT_EQ(semctl(id, 1, GETVAL, NULL), 0);
	EXPECT(semctl(id, 1, GETPID, NULL) == getpid());
	ops[0] = (struct sembuf){1, 0, 0};
	EXPECT_EQ(semop(id, ops, 1), 0);
	ops[0].sem_num = 3;
	EXPECT_ERROR(semop(id, ops, 1), EFBIG);
	EXPECT_ERROR(semop(id, (void *)8, 1), EFAULT);
	EXPECT_ERROR(semop(id, ops, 100000), E2BIG);

	print("a child waits, and is undone when it ends\n");
	pid = fork();
	if (pid == 0) {
		ops[0] = (struct sembuf){0, -1, 0};
		ops[1] = (struct sembuf){1, 5, SEM_UNDO};
		exit(semop(id, ops, 2) == 0 && semctl(id, 1, GETVAL, NULL) == 5 ? 7 : 1);
	}
	while (semctl(id, 0, GETNCNT, NULL) == 0)
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	ops[0] = (struct sembuf){0, 1, 0};
	EXPECT_EQ(semop(id, ops, 1), 0);
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 7);
	EXPECT_EQ(semctl(id, 1, GETVAL, NULL), 0);

	EXPECT_EQ(semctl(id, 0, IPC_STAT, &ds), 0);
	EXPECT(ds.perm.key == key(1) && (ds.perm.mode & 0777) == 0640 && ds.nsems == 3);
	EXPECT(ds.otime != 0 && ds.ctime != 0);
	ds.perm.mode = 0600;
	EXPECT_EQ(semctl(id, 0, IPC_SET, &ds), 0);
	EXPECT_EQ(semctl(id, 0, IPC_STAT, &ds), 0);
	EXPECT_EQ(ds.perm.mode & 0777, 0600);

	pid = fork();
	if (pid == 0) {
		ops[0] = (struct sembuf){0, -1, 0};
		errno = 0;
		semop(id, ops, 1);
		exit(errno == EIDRM ? 7 : 1);
	}
	while (semctl(id, 0, GETNCNT, NULL) == 0)
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	EXPECT_EQ(semctl(id, 0, IPC_RMID, NULL), 0);
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 7);
	EXPECT_ERROR(semctl(id, 0, GETVAL, NULL), EINVAL);
	EXPECT_ERROR(semop(id, ops, 1), EINVAL);
}

static void messages(void)
{
	struct message m = {1, "one"}, got;
	struct msqid_ds ds;
	int id = msgget(key(2), IPC_CREAT | IPC_EXCL | 0600), n = 0;

	EXPECT(id >= 0);
	EXPECT_ERROR(msgget(key(2), IPC_CREAT | IPC_EXCL | 0600), EEXIST);
	EXPECT_ERROR(msgget(key(3), 0), ENOENT);
	EXPECT_EQ(msgget(key(2), 0), id);
	EXPECT_EQ(msgsnd(id, &m, 4, 0), 0);
	m = (struct message){3, "three"};
	EXPECT_EQ(msgsnd(id, &m, 6, 0), 0);
	m = (struct message){2, "two"};
	EXPECT_EQ(msgsnd(id, &m, 4, 0), 0);
	m.type = 0;
	EXPECT_ERROR(msgsnd(id, &m, 4, 0), EINVAL);
	EXPECT_ERROR(msgsnd(id, (void *)8, 4, 0), EFAULT);
	EXPECT_EQ(msgctl(id, IPC_STAT, &ds), 0);
	EXPECT(ds.qnum == 3 && ds.cbytes == 14 && ds.lspid == getpid() && ds.lrpid == 0);
	EXPECT_EQ(msgrcv(id, &got, 64, 3, 0), 6);
	EXPECT(got.type == 3 && strcmp(got.text, "three") == 0);
	EXPECT_ERROR(msgrcv(id, &got, 1, 0, 0), E2BIG);
	EXPECT_EQ(msgrcv(id, &got, 1, 0, MSG_NOERROR), 1);
	EXPECT(got.type == 1 && got.text[0] == 'o');
	EXPECT_ERROR(msgrcv(id, &got, 64, 7, IPC_NOWAIT), ENOMSG);
	EXPECT_EQ(msgrcv(id, &got, 64, -5, 0), 4);
	EXPECT_EQ(got.type, 2);
	m = (struct message){4, ""};
	while (msgsnd(id, &m, 64, IPC_NOWAIT) == 0)
		n++;
	EXPECT_EQ(errno, EAGAIN);
	EXPECT(n > 8);
	EXPECT_EQ(msgctl(id, IPC_RMID, NULL), 0);
	EXPECT_ERROR(msgrcv(id, &got, 64, 0, 0), EINVAL);
}

static void memory(void)
{
	struct shmid_ds ds;
	char *a, *b, *c;
	int id, pid, status;

	EXPECT_ERROR(shmget(key(4), 0, IPC_CREAT | 0600), EINVAL);
	id = shmget(key(4), 3 * PAGE, IPC_CREAT | IPC_EXCL | 0600);
	EXPECT(id >= 0);
	EXPECT_ERROR(shmget(key(4), 3 * PAGE, IPC_CREAT | IPC_EXCL | 0600), EEXIST);
	EXPECT_ERROR(shmget(key(4), 4 * PAGE, 0), EINVAL);
	EXPECT_ERROR(shmget(key(5), PAGE, 0), ENOENT);
	EXPECT_EQ(shmget(key(4), 0, 0), id);
	a = shmat(id, NULL, 0);
	b = shmat(id, NULL, SHM_RDONLY);
	EXPECT(a != MAP_FAILED && b != MAP_FAILED && a != b);
	a[PAGE] = 'x';
	EXPECT_EQ(b[PAGE], 'x');
	EXPECT_ERROR(shmat(-1, NULL, 0), EINVAL);
	EXPECT_ERROR(shmat(id, a + 1, 0), EINVAL);
	pid = fork();
	if (pid == 0) {
		a[2 * PAGE] = 'c';
		shmctl(id, IPC_STAT, &ds);
		exit((int)ds.nattch);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 4);
	EXPECT_EQ(b[2 * PAGE], 'c');
	EXPECT_EQ(open("/dev/zero", O_RDONLY), 3);
	EXPECT_ERROR(read(3, b, 1), EFAULT);
	EXPECT_EQ(close(3), 0);
	EXPECT_EQ(shmctl(id, IPC_STAT, &ds), 0);
	EXPECT(ds.segsz == 3 * PAGE && ds.nattch == 2 && ds.cpid == getpid());
	EXPECT_EQ(shmdt(b), 0);
	EXPECT_ERROR(shmdt(b), EINVAL);
	EXPECT_ERROR(shmdt((char *)8), EINVAL);
	c = shmat(id, b + 5, SHM_RND);
	EXPECT(c == b);
	EXPECT_EQ(c[PAGE], 'x');
	ds.perm.mode = 0400;
	EXPECT_EQ(shmctl(id, IPC_SET, &ds), 0);
	EXPECT_EQ(shmctl(id, IPC_RMID, NULL), 0);
	EXPECT_ERROR(shmget(key(4), 0, 0), ENOENT);
	EXPECT_EQ(a[PAGE], 'x');
	EXPECT_EQ(shmctl(id, IPC_STAT, &ds), 0);
	EXPECT_EQ(ds.perm.mode & 0777, 0400);
	EXPECT_EQ(shmdt(c), 0);
	EXPECT_EQ(shmdt(a), 0);
	EXPECT_ERROR(shmctl(id, IPC_STAT, &ds), EINVAL);
}

int main(void)
{
	semaphores();
	messages();
	memory();
	return 0;
}
