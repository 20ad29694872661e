/* SPDX-License-Identifier: BSD-2-Clause */
/* What is illumos's own: its threads and locks, atomic operations, walks, layouts of what programs
 * compiled elsewhere share with the library. */
#include <atomic.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netdb.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/systeminfo.h>
#include <termios.h>
#include <thread.h>
#include <ucontext.h>
#include <unistd.h>

static mutex_t lock = DEFAULTMUTEX;
static sema_t sema;
static uint_t count;
static int files, directories;

static void *work(void *arg)
{
	for (int i = 0; i < 1000; i++)
		atomic_inc_uint(&count);
	mutex_lock(&lock);
	mutex_unlock(&lock);
	sema_post(&sema);
	return arg;
}

static int seen(const char *path, const struct stat *st, int what, struct FTW *at)
{
	(void)path, (void)st;
	files += what == FTW_F;
	directories += what == FTW_DP && at->level <= 1;
	return 0;
}

int main(void)
{
	thread_t t, who;
	timestruc_t moment = {0, 1000};
	void *r;
	char text[64];
	uint64_t wide = 5;
	FILE *f;

	printf("FILE %zu, jmp_buf %zu, sigjmp_buf %zu, ucontext %zu, stat %zu, siginfo %zu, "
	       "termios %zu, DIR %zu\n",
	       sizeof(FILE), sizeof(jmp_buf), sizeof(sigjmp_buf), sizeof(ucontext_t),
	       sizeof(struct stat), sizeof(siginfo_t), sizeof(struct termios), sizeof(DIR));
	printf("mutex %zu, cond %zu, sema %zu, rwlock %zu, msghdr %zu, addrinfo %zu, passwd %zu, "
	       "name at %zu\n",
	       sizeof(mutex_t), sizeof(cond_t), sizeof(sema_t), sizeof(rwlock_t),
	       sizeof(struct msghdr), sizeof(struct addrinfo), sizeof(struct passwd),
	       offsetof(struct dirent, d_name));
	printf("%d %d %d\n", stdout == &__iob[1], (__ctype + 1)['a'] == (_L | _X),
	       (__ctype + 258)['q'] == 'Q');
	sema_init(&sema, 0, USYNC_THREAD, NULL);
	mutex_lock(&lock);
	for (int i = 0; i < 4; i++)
		thr_create(NULL, 0, work, &files, 0, &t);
	mutex_unlock(&lock);
	for (int i = 0; i < 4; i++) {
		sema_wait(&sema);
		if (thr_join(0, &who, &r) || r != &files)
			printf("thr_join failed\n");
	}
	printf("count %u, trywait %d, reltimedwait %d\n", count, sema_trywait(&sema) == EBUSY,
	       sema_reltimedwait(&sema, &moment) == ETIME);
	printf("%d %llu %u\n", (int)atomic_add_64_nv(&wide, 3),
	       (unsigned long long)atomic_cas_64(&wide, 8, 1), (unsigned)wide);
	mkdir("w", 0700);
	mkdir("w/d", 0700);
	f = fopen("w/d/f", "w");
	fprintf(f, "x");
	fclose(f);
	printf("walk %d", nftw("w", seen, 8, FTW_PHYS | FTW_DEPTH));
	printf(" %d files, %d directories\n", files, directories);
	unlink("w/d/f"), rmdir("w/d"), rmdir("w");
	printf("%s %s\n", strerror(EPERM), strerror(ENOTSUP));
	printf("sysinfo %d", sysinfo(SI_SYSNAME, text, sizeof(text)) > 0);
	printf(" %s\n", text);
	printf("%s\n", strsignal(SIGSEGV));
	return 0;
}
