/* SPDX-License-Identifier: BSD-2-Clause */
/* Mutexes, condition variables, semaphores and read-write locks by their calls. */
#include "illumos_thread.h"

#define USYNC_PROCESS 1
#define LOCK_ROBUST   0x40
#define LOCK_INITED   4

struct mutex {
	u16 flag;
	u8 flag2, ceiling;
	u16 type, magic;
	u32 ownerpid;
	u8 spinners, pad, waiters, lock;
	u64 data;
};

struct cond {
	u8 flag[3], waiters;
	u16 type, magic;
	u64 data;
};

struct sema {
	u32 count;
	u16 type, magic;
	u8 flags[7], waiters;
	u64 data;
};

struct rwlock {
	u32 readers;
	u16 type, magic;
	struct mutex mutex;
	struct cond readercv, writercv;
};

struct shared {
	struct mutex m;
	struct cond c;
	struct sema s;
	struct rwlock rw;
	volatile long sum;
	volatile int turn;
};

#define ROUNDS 2000

static struct shared private;
static struct thread threads[4];

static void add(struct shared *p)
{
	for (int i = 0; i < ROUNDS; i++) {
		sys(SYS_lwp_mutex_timedlock, &p->m, 0, 1);
		p->sum++;
		sys(SYS_lwp_mutex_unlock, &p->m);
		sys(SYS_lwp_sema_timedwait, &p->s, 0, 0);
		p->sum++;
		sys(SYS_lwp_sema_post, &p->s);
	}
}

static void add_thread(void *arg)
{
	add(arg);
}

/* Two take turns, each waking the other by the condition variable. */
static void take_turns(struct shared *p, int who)
{
	for (int i = 0; i < 200; i++) {
		sys(SYS_lwp_mutex_timedlock, &p->m, 0, 1);
		while (p->turn != who) {
			sys(SYS_lwp_cond_wait, &p->c, &p->m, 0, 0);
			sys(SYS_lwp_mutex_timedlock, &p->m, 0, 1);
		}
		p->turn = !who;
		sys(SYS_lwp_cond_broadcast, &p->c);
		sys(SYS_lwp_mutex_unlock, &p->m);
	}
}

static void turns_thread(void *arg)
{
	take_turns(arg, 1);
}

static void single(struct shared *p)
{
	struct timespec none = {0, 0}, soon = {0, 1000000}, bad = {-1, 0};

	EXPECT_EQ(sys(SYS_lwp_mutex_trylock, &p->m, 7), 0);
	EXPECT_EQ(p->m.data, 7);
	EXPECT_EQ(p->m.lock, 1);
	EXPECT_EQ(sys(SYS_lwp_mutex_trylock, &p->m, 7), -EBUSY);
	EXPECT_EQ(sys(SYS_lwp_mutex_timedlock, &p->m, &none, 7), -ETIME);
	EXPECT_EQ(sys(SYS_lwp_mutex_timedlock, &p->m, &soon, 7), -ETIME);
	EXPECT_EQ(sys(SYS_lwp_mutex_timedlock, &p->m, &bad, 7), -EINVAL);
	EXPECT_EQ(sys(SYS_lwp_mutex_unlock, &p->m), 0);
	EXPECT(p->m.data == 0 && p->m.lock == 0);
	EXPECT_EQ(sys(SYS_lwp_mutex_timedlock, &p->m, &bad, 7), 0); /* it need not wait */
	soon = (struct timespec){0, 1000000};
	EXPECT_EQ(sys(SYS_lwp_cond_wait, &p->c, &p->m, &soon, 0), -ETIME);
	EXPECT_EQ(p->m.lock, 0); /* the library takes it again by itself */
	EXPECT_EQ(sys(SYS_lwp_cond_signal, &p->c), 0);
	EXPECT_EQ(sys(SYS_lwp_sema_trywait, &p->s), -EBUSY);
	EXPECT_EQ(sys(SYS_lwp_sema_timedwait, &p->s, &none, 0), -ETIME);
	EXPECT_EQ(sys(SYS_lwp_sema_post, &p->s), 0);
	EXPECT_EQ(p->s.count, 1);
	EXPECT_EQ(sys(SYS_lwp_sema_trywait, &p->s), 0);
	p->s.count = 0x7fffffff;
	EXPECT_EQ(sys(SYS_lwp_sema_post, &p->s), -EOVERFLOW);
	p->s.count = 1;
	EXPECT_EQ(sys(SYS_lwp_mutex_trylock, 8, 7), -EFAULT);
	EXPECT_EQ(sys(SYS_lwp_sema_post, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_lwp_cond_signal, 8), -EFAULT);
}

static void among_threads(void)
{
	single(&private);
	for (int i = 0; i < 4; i++)
		thread_start(&threads[i], add_thread, &private);
	for (int i = 0; i < 4; i++)
		thread_join(&threads[i]);
	EXPECT(private.sum > 4 * ROUNDS && private.sum <= 8 * ROUNDS); /* two locks guard it */
	thread_start(&threads[0], turns_thread, &private);
	take_turns(&private, 0);
	thread_join(&threads[0]);
	EXPECT_EQ(private.turn, 0);
}

static void read_and_write(struct shared *p)
{
	for (int i = 0; i < ROUNDS; i++) {
		bool write = i % 4 == 0;
		long seen;

		sys(SYS_lwp_mutex_timedlock, &p->rw.mutex, 0, 1);
		if (sys(SYS_lwp_rwlock_sys, write, &p->rw, 0) != 0)
			exit(2);
		seen = p->sum;
		for (volatile int k = 0; k < 20; k++)
			;
		if (p->sum != seen)
			exit(3);
		if (write)
			p->sum = seen + 1;
		sys(SYS_lwp_rwlock_sys, 4, &p->rw, 0);
	}
}

static int children(void (*body)(struct shared *), struct shared *p)
{
	int bad = 0;

	for (int i = 0; i < 3; i++)
		if (fork() == 0) {
			body(p);
			exit(0);
		}
	for (int i = 0; i < 3; i++) {
		int status = 1;

		waitpid(-1, &status, 0);
		bad += status != 0;
	}
	return bad;
}

static void add_one_lock(struct shared *p)
{
	for (int i = 0; i < ROUNDS; i++) {
		sys(SYS_lwp_mutex_timedlock, &p->m, 0, 1);
		p->sum++;
		sys(SYS_lwp_mutex_unlock, &p->m);
	}
}

static void post_many(struct shared *p)
{
	for (int i = 0; i < ROUNDS; i++) {
		sys(SYS_lwp_sema_timedwait, &p->s, 0, 0);
		p->sum++;
		sys(SYS_lwp_sema_post, &p->s);
	}
}

static void among_processes(struct shared *p)
{
	p->m.type = p->c.type = p->s.type = p->rw.type = p->rw.mutex.type = USYNC_PROCESS;
	single(p);
	p->sum = 0;
	EXPECT_EQ(children(add_one_lock, p), 0);
	EXPECT_EQ(p->sum, 3 * ROUNDS);
	p->sum = 0;
	EXPECT_EQ(children(post_many, p), 0);
	EXPECT_EQ(p->sum, 3 * ROUNDS);
	p->sum = 0;
	EXPECT_EQ(children(read_and_write, p), 0);
	EXPECT_EQ(p->sum, 3 * ROUNDS / 4);
	EXPECT_EQ(p->rw.readers, 0);
	if (fork() == 0) {
		take_turns(p, 1);
		exit(0);
	}
	take_turns(p, 0);
	waitpid(-1, NULL, 0);
	EXPECT_EQ(p->turn, 0);
	sys(SYS_lwp_mutex_timedlock, &p->rw.mutex, 0, 1);
	EXPECT_EQ(sys(SYS_lwp_rwlock_sys, 2, &p->rw, 0), 0); /* tries to read */
	EXPECT_EQ(p->rw.mutex.lock, 0);
	EXPECT_EQ(sys(SYS_lwp_rwlock_sys, 3, &p->rw, 0), -EBUSY); /* tries to write */
	EXPECT_EQ(sys(SYS_lwp_rwlock_sys, 4, &p->rw, 0), 0);
	EXPECT_EQ(sys(SYS_lwp_rwlock_sys, 5, &p->rw, 0), -EINVAL);
	p->rw.type = 0;
	EXPECT_EQ(sys(SYS_lwp_rwlock_sys, 0, &p->rw, 0), -EINVAL);
}

/* An owner's process ends by itself, is killed, or becomes another program. */
static void robust(struct mutex *m, int how)
{
	static char *const argv[] = {"true", NULL};
	char *const *no_environment = argv + 1;
	int go[2], status = -1, pid;
	char byte;

	*m = (struct mutex){.type = USYNC_PROCESS | LOCK_ROBUST, .flag = LOCK_INITED};
	EXPECT_EQ(sys(SYS_lwp_mutex_register, m, 0), 0);
	pipe2(go, 0);
	pid = fork();
	if (pid == 0) {
		struct timespec moment = {0, 30000000};

		sys(SYS_lwp_mutex_register, m, 0);
		sys(SYS_lwp_mutex_timedlock, m, 0, 9);
		write(go[1], "x", 1);
		sys(SYS_nanosleep, &moment, 0);
		if (how == 0)
			exit(0);
		if (how == 1)
			kill(getpid(), SIGKILL);
		sys(SYS_execve, "/bin/true", argv, no_environment, 0);
		exit(1);
	}
	read(go[0], &byte, 1);
	close(go[0]);
	close(go[1]);
	EXPECT_EQ(sys(SYS_lwp_mutex_trylock, m, 5), -EBUSY);
	EXPECT_EQ(sys(SYS_lwp_mutex_timedlock, m, 0, 5), -EOWNERDEAD);
	EXPECT(m->lock == 1 && m->data == 5);
	print("flag %d\n", m->flag);
	EXPECT_EQ(sys(SYS_lwp_mutex_unlock, m), 0); /* without having made it good */
	print("flag %d\n", m->flag);
	EXPECT_EQ(sys(SYS_lwp_mutex_timedlock, m, 0, 5), -ENOTRECOVERABLE);
	EXPECT_EQ(sys(SYS_lwp_mutex_trylock, m, 5), -ENOTRECOVERABLE);
	waitpid(pid, &status, 0);
}

int main(void)
{
	struct shared *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);

	among_threads();
	among_processes(p);
	for (int how = 0; how < 3; how++)
		robust(&p->m, how);
	p->m.type = 0;
	EXPECT_EQ(sys(SYS_lwp_mutex_register, &p->m, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_lwp_mutex_register, 8, 0), -EFAULT);
	return 0;
}
