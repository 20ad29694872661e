/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * _umtx_op(2): condition variables, readers' and writers' locks, both kinds of semaphore;
 * among threads and, in shared memory, among processes.
 */
#include "freebsd_umtx.h"

#define THREADS 6

static struct thread threads[THREADS];
static struct umutex m;
static struct ucond cv;
static struct urwlock rw;
static struct usem old_sem;
static struct usem2 sem;
static volatile u32 handled, arrived, done, inside;
static volatile long answer;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handled++;
}

static u32 reaches(volatile u32 *what, u32 n)
{
	for (int i = 0; i < 300 && *what < n; i++)
		pause_ms(1);
	pause_ms(10);
	return *what;
}

/* One call in another thread, its answer when it ends. */
static struct {
	volatile void *object;
	int op;
	u64 value, size;
	void *time;
} call;

static void make_call(void *arg)
{
	(void)arg;
	answer = umtx(call.object, call.op, call.value, call.size, call.time);
}

static void start_call(volatile void *object, int op, u64 value, u64 size, void *time)
{
	answer = 1;
	call.object = object;
	call.op = op;
	call.value = value;
	call.size = size;
	call.time = time;
	thread_start(&threads[0], make_call, NULL);
	pause_ms(40);
}

static void interrupt_call(int flags)
{
	on_signal(SIGUSR1, note, flags);
	handled = 0;
	sys(SYS_thr_kill, threads[0].tid, SIGUSR1);
	pause_ms(40);
	EXPECT_EQ(handled, 1);
}

/* ---- condition variables -------------------------------------------------------------- */

static void wait_on_condition(void *arg)
{
	u32 id = (u32)my_tid();

	(void)arg;
	mutex_lock(&m, id);
	__atomic_add_fetch(&arrived, 1, __ATOMIC_SEQ_CST);
	if (umtx(&cv, UMTX_OP_CV_WAIT, 0, (u64)&m, NULL) != 0)
		print("FAILED wait\n");
	mutex_lock(&m, id);
	__atomic_add_fetch(&done, 1, __ATOMIC_SEQ_CST);
	mutex_unlock(&m);
}

static void own_and_wait(void *arg)
{
	struct timespec *time = arg;

	mutex_lock(&m, (u32)my_tid());
	answer = umtx(&cv, UMTX_OP_CV_WAIT, 0, (u64)&m, time);
}

static void conditions(void)
{
	u32 id = (u32)my_tid();
	struct timespec soon = {0, 20000000}, bad = {0, 1000000000}, at;

	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], wait_on_condition, NULL);
	EXPECT_EQ(reaches(&arrived, THREADS), THREADS);
	mutex_lock(&m, id); /* so all have let go of it */
	mutex_unlock(&m);
	pause_ms(20);
	EXPECT(cv.has_waiters != 0);
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_SIGNAL, 0, 0, NULL), 0);
	EXPECT_EQ(reaches(&done, 1), 1);
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_BROADCAST, 0, 0, NULL), 0);
	EXPECT_EQ(reaches(&done, THREADS), THREADS);
	EXPECT_EQ(cv.has_waiters, 0);
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	thread_start(&threads[0], wait_on_condition, NULL);
	EXPECT_EQ(reaches(&arrived, THREADS + 1), THREADS + 1);
	mutex_lock(&m, id);
	mutex_unlock(&m);
	pause_ms(20);
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_SIGNAL, 0, 0, NULL), 0);
	EXPECT_EQ(cv.has_waiters, 0); /* it was the last */
	thread_join(&threads[0]);

	m.owner = id;
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_WAIT, 0, (u64)&m, &soon), -ETIMEDOUT);
	EXPECT_EQ(m.owner, 0); /* it comes back unlocked */
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_WAIT, 0, (u64)&m, &soon), -EPERM);
	m.owner = id;
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_WAIT, 0, (u64)&m, &bad), -EINVAL);
	EXPECT_EQ(m.owner, id);
	at = in_ms(CLOCK_REALTIME, 20);
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_WAIT, CVWAIT_ABSTIME, (u64)&m, &at), -ETIMEDOUT);
	for (u32 clock = CLOCK_MONOTONIC; clock <= CLOCK_UPTIME; clock++) {
		m.owner = id;
		cv.clock = clock;
		at = in_ms((int)clock, 20);
		EXPECT_EQ(umtx(&cv, UMTX_OP_CV_WAIT, CVWAIT_ABSTIME | CVWAIT_CLOCKID, (u64)&m, &at),
			  -ETIMEDOUT);
	}
	m.owner = id;
	cv.clock = CLOCK_THREAD_CPUTIME_ID;
	EXPECT_EQ(umtx(&cv, UMTX_OP_CV_WAIT, CVWAIT_CLOCKID, (u64)&m, &soon), -EINVAL);
	m.owner = 0;
	EXPECT_EQ(umtx((void *)8, UMTX_OP_CV_WAIT, 0, (u64)&m, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_CV_SIGNAL, 0, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_CV_BROADCAST, 0, 0, NULL), -EFAULT);
	for (int flags = 0; flags <= SA_RESTART; flags += SA_RESTART) {
		answer = 1;
		thread_start(&threads[0], own_and_wait, NULL);
		pause_ms(40);
		interrupt_call(flags);
		thread_join(&threads[0]);
		EXPECT_EQ(answer, -EINTR);
		EXPECT_EQ(m.owner, 0);
	}
}

/* ---- readers and writers ------------------------------------------------------------------ */

static u32 wrong;

static void read_and_write(void *arg)
{
	for (int i = 0; i < 2000; i++) {
		bool writes = (i + (int)(long)arg) % 4 == 0;

		if (umtx(&rw, writes ? UMTX_OP_RW_WRLOCK : UMTX_OP_RW_RDLOCK, 0, 0, NULL) != 0)
			wrong++;
		if (writes) {
			if (inside++ != 0)
				wrong++;
			inside--;
		} else if (inside != 0) {
			wrong++;
		}
		if (umtx(&rw, UMTX_OP_RW_UNLOCK, 0, 0, NULL) != 0)
			wrong++;
	}
}

static void contend(const char *what, u32 flags)
{
	rw = (struct urwlock){.flags = flags};
	wrong = 0;
	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], read_and_write, (void *)(long)i);
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	print("%s: %u wrong, state %x\n", what, wrong, rw.state);
}

static void readers_writers(void)
{
	struct umtx_time limit = {{0, 30000000}, 0, CLOCK_MONOTONIC};

	contend("many", 0);
	contend("many, readers first", URWLOCK_PREFER_READER);
	contend("many, shared", USYNC_PROCESS_SHARED);
	rw = (struct urwlock){.state = 0};
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_UNLOCK, 0, 0, NULL), -EPERM);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, 0, 0, NULL), 0);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, 0, 0, NULL), 0);
	EXPECT_EQ(rw.state, 2);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_WRLOCK, 0, sizeof(limit), &limit), -ETIMEDOUT);
	EXPECT_EQ(rw.state, 2);
	print("a reader stands back for a writer, unless it is preferred\n");
	start_call(&rw, UMTX_OP_RW_WRLOCK, 0, 0, NULL);
	EXPECT_EQ(rw.state, 2 | URWLOCK_WRITE_WAITERS);
	EXPECT_EQ(rw.blocked_writers, 1);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, 0, sizeof(limit), &limit), -ETIMEDOUT);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, URWLOCK_PREFER_READER, sizeof(limit), &limit), 0);
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(umtx(&rw, UMTX_OP_RW_UNLOCK, 0, 0, NULL), 0);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, 0);
	EXPECT_EQ(rw.state, URWLOCK_WRITE_OWNER);
	EXPECT_EQ(rw.blocked_writers, 0);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_WRLOCK, 0, sizeof(limit), &limit), -ETIMEDOUT);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, 0, sizeof(limit), &limit), -ETIMEDOUT);
	EXPECT_EQ(rw.state, URWLOCK_WRITE_OWNER);
	print("a writer that gives up lets the readers behind it in\n");
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_UNLOCK, 0, 0, NULL), 0);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, 0, 0, NULL), 0);
	limit.timeout.tv_nsec = 120000000;
	start_call(&rw, UMTX_OP_RW_WRLOCK, 0, sizeof(limit), &limit);
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, 0, 0, NULL), 0);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, -ETIMEDOUT);
	EXPECT_EQ(rw.state, 2);
	rw.state = URWLOCK_MAX_READERS;
	EXPECT_EQ(umtx(&rw, UMTX_OP_RW_RDLOCK, 0, 0, NULL), -EAGAIN);
	print("signals end it\n");
	rw.state = URWLOCK_WRITE_OWNER;
	for (int op = UMTX_OP_RW_RDLOCK; op <= UMTX_OP_RW_WRLOCK; op++) {
		start_call(&rw, op, 0, 0, NULL);
		interrupt_call(op == UMTX_OP_RW_RDLOCK ? SA_RESTART : 0);
		thread_join(&threads[0]);
		EXPECT_EQ(answer, -EINTR);
		EXPECT_EQ(rw.state, URWLOCK_WRITE_OWNER);
	}
	for (int op = UMTX_OP_RW_RDLOCK; op <= UMTX_OP_RW_UNLOCK; op++)
		EXPECT_EQ(umtx((void *)8, op, 0, 0, NULL), -EFAULT);
}

/* ---- semaphores ---------------------------------------------------------------------------- */

static bool try_sem(void)
{
	u32 count = sem.count;

	while (count & ~USEM_HAS_WAITERS)
		if (__atomic_compare_exchange_n(&sem.count, &count, count - 1, false,
						__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
			return true;
	return false;
}

static void take_some(void *arg)
{
	(void)arg;
	for (int i = 0; i < 1000; i++)
		while (!try_sem())
			umtx(&sem, UMTX_OP_SEM2_WAIT, 0, 0, NULL);
	__atomic_add_fetch(&done, 1000, __ATOMIC_SEQ_CST);
}

static void post_some(void *arg)
{
	(void)arg;
	for (int i = 0; i < 1000; i++)
		if (__atomic_fetch_add(&sem.count, 1, __ATOMIC_SEQ_CST) & USEM_HAS_WAITERS)
			umtx(&sem, UMTX_OP_SEM2_WAKE, 0, 0, NULL);
}

static void semaphores(void)
{
	struct timespec soon = {0, 20000000};
	struct {
		struct umtx_time limit;
		struct timespec left;
	} wait = {{{5, 0}, 0, CLOCK_MONOTONIC}, {-1, -1}};
	struct umtx_time at = {{0, 0}, UMTX_ABSTIME, CLOCK_REALTIME};

	done = 0;
	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], i % 2 ? take_some : post_some, NULL);
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(done, 3000);
	EXPECT_EQ(sem.count & ~USEM_HAS_WAITERS, 0);
	sem.count = 3;
	EXPECT_EQ(umtx(&sem, UMTX_OP_SEM2_WAIT, 0, 0, NULL), 0);
	EXPECT_EQ(sem.count, 3);
	sem.count = 0;
	EXPECT_EQ(umtx(&sem, UMTX_OP_SEM2_WAIT, 0, sizeof(soon), &soon), -ETIMEDOUT);
	EXPECT_EQ(sem.count, USEM_HAS_WAITERS);
	at.timeout = in_ms(CLOCK_REALTIME, 20);
	EXPECT_EQ(umtx(&sem, UMTX_OP_SEM2_WAIT, 0, sizeof(at), &at), -ETIMEDOUT);
	print("nobody waits: nothing is touched\n");
	EXPECT_EQ(umtx(&sem, UMTX_OP_SEM2_WAKE, 0, 0, NULL), 0);
	EXPECT_EQ(sem.count, USEM_HAS_WAITERS);
	print("one waits: the flag goes\n");
	start_call(&sem, UMTX_OP_SEM2_WAIT, 0, 0, NULL);
	sem.count = USEM_HAS_WAITERS | 1;
	EXPECT_EQ(umtx(&sem, UMTX_OP_SEM2_WAKE, 0, 0, NULL), 0);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, 0);
	EXPECT_EQ(sem.count, 1);
	print("what is left of the time is told\n");
	sem.count = 0;
	start_call(&sem, UMTX_OP_SEM2_WAIT, 0, sizeof(wait), &wait);
	interrupt_call(SA_RESTART);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, -EINTR);
	EXPECT(wait.left.tv_sec == 4 && wait.left.tv_nsec > 0);
	print("without a relative limit SA_RESTART decides\n");
	for (int flags = 0; flags <= SA_RESTART; flags += SA_RESTART) {
		sem.count = 0;
		start_call(&sem, UMTX_OP_SEM2_WAIT, 0, 0, NULL);
		interrupt_call(flags);
		EXPECT_EQ(answer, flags ? 1 : -EINTR);
		sem.count = USEM_HAS_WAITERS | 1;
		umtx(&sem, UMTX_OP_SEM2_WAKE, 0, 0, NULL);
		thread_join(&threads[0]);
		EXPECT_EQ(answer, flags ? 0 : -EINTR);
	}
	print("the old kind\n");
	EXPECT_EQ(umtx(&old_sem, UMTX_OP_SEM_WAIT, 0, sizeof(soon), &soon), -ETIMEDOUT);
	start_call(&old_sem, UMTX_OP_SEM_WAIT, 0, 0, NULL);
	EXPECT_EQ(old_sem.has_waiters, 1);
	old_sem.count = 1;
	EXPECT_EQ(umtx(&old_sem, UMTX_OP_SEM_WAKE, 0, 0, NULL), 0);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, 0);
	EXPECT_EQ(old_sem.has_waiters, 0);
	EXPECT_EQ(umtx(&old_sem, UMTX_OP_SEM_WAIT, 0, 0, NULL), 0);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_SEM_WAIT, 0, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_SEM_WAKE, 0, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_SEM2_WAIT, 0, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_SEM2_WAKE, 0, 0, NULL), -EFAULT);
}

/* ---- among processes --------------------------------------------------------------------------
 */

struct shared {
	struct umutex m;
	struct ucond cv;
	struct urwlock rw;
	struct usem2 sem;
	u32 by_mutex, by_rwlock, turn;
};

static void work(struct shared *s, u32 me)
{
	u32 id = (u32)my_tid();

	for (int i = 0; i < 500; i++) {
		mutex_lock(&s->m, id);
		while (s->turn != me) {
			umtx(&s->cv, UMTX_OP_CV_WAIT, 0, (u64)&s->m, NULL);
			mutex_lock(&s->m, id);
		}
		s->turn = !me;
		s->by_mutex++;
		umtx(&s->cv, UMTX_OP_CV_SIGNAL, 0, 0, NULL);
		mutex_unlock(&s->m);
		umtx(&s->rw, UMTX_OP_RW_WRLOCK, 0, 0, NULL);
		s->by_rwlock++;
		umtx(&s->rw, UMTX_OP_RW_UNLOCK, 0, 0, NULL);
	}
}

static void among_processes(void)
{
	struct shared *s = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	int status, pid;

	s->m.flags = s->cv.flags = s->rw.flags = s->sem.flags = USYNC_PROCESS_SHARED;
	pid = fork();
	work(s, pid == 0);
	if (pid == 0) {
		__atomic_fetch_add(&s->sem.count, 1, __ATOMIC_SEQ_CST);
		umtx(&s->sem, UMTX_OP_SEM2_WAKE, 0, 0, NULL);
		exit(0);
	}
	while ((s->sem.count & ~USEM_HAS_WAITERS) == 0)
		umtx(&s->sem, UMTX_OP_SEM2_WAIT, 0, 0, NULL);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(s->turn, 0);
	EXPECT_EQ(s->by_mutex, 1000);
	EXPECT_EQ(s->by_rwlock, 1000);
}

int main(void)
{
	print("conditions\n");
	conditions();
	print("readers and writers\n");
	readers_writers();
	print("semaphores\n");
	semaphores();
	print("among processes\n");
	among_processes();
	return 0;
}
