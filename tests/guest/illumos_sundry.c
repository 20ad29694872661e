/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is logged in, caches of objects, names of signals and other small things of libc: what
 * tests/tap/illumos-programs.t runs. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <resolv.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <umem.h>
#include <unistd.h>
#include <utmpx.h>

unsigned getisax(unsigned *, unsigned);
int memset_s(void *, size_t, int, size_t);

static void check(int good, const char *what)
{
	printf("%s %s\n", good ? "ok" : "not ok", what);
}
#define CHECK(what) check(what, #what)

static struct utmpx entry(int type, const char *id, const char *line, const char *user)
{
	struct utmpx u = {.ut_type = (short)type, .ut_pid = 1234567, .ut_tv = {1000000000, 5}};

	strncpy(u.ut_id, id, 4);
	strcpy(u.ut_line, line);
	strcpy(u.ut_user, user);
	strcpy(u.ut_host, "there");
	u.ut_syslen = 6;
	return u;
}

static void logins(void)
{
	struct utmpx boot = entry(BOOT_TIME, "", "system boot", ""),
		     a = entry(USER_PROCESS, "ts/1", "pts/1", "alice"),
		     b = entry(LOGIN_PROCESS, "ts/2", "pts/2", "LOGIN"), *u, key;
	struct utmp *old;
	struct stat st;
	int fd = open("whox", O_RDWR | O_CREAT | O_TRUNC, 0600);

	CHECK(utmpxname("who") == 0 && utmpxname("whox") == 1);
	CHECK(getutxent() == NULL);
	CHECK(pututxline(&boot) && pututxline(&a) && pututxline(&b));
	CHECK(fstat(fd, &st) == 0 && st.st_size == 3 * 372);
	a.ut_type = DEAD_PROCESS; /* in the place of the one with its id */
	CHECK(pututxline(&a) && fstat(fd, &st) == 0 && st.st_size == 3 * 372);
	setutxent();
	CHECK((u = getutxent()) && u->ut_type == BOOT_TIME && u->ut_tv.tv_sec == 1000000000);
	CHECK((u = getutxent()) && u->ut_type == DEAD_PROCESS && !strcmp(u->ut_user, "alice") &&
	      u->ut_pid == 1234567 && !strcmp(u->ut_host, "there"));
	CHECK((u = getutxent()) && !strcmp(u->ut_line, "pts/2") && getutxent() == NULL);
	setutxent();
	key = entry(INIT_PROCESS, "ts/2", "", "");
	CHECK((u = getutxid(&key)) && u->ut_type == LOGIN_PROCESS);
	setutxent();
	strcpy(key.ut_line, "pts/2");
	CHECK((u = getutxline(&key)) && !strcmp(u->ut_user, "LOGIN"));
	strcpy(key.ut_line, "pts/1");
	setutxent();
	CHECK(getutxline(&key) == NULL); /* its process is dead */
	CHECK(utmpname("who") == 1 && (old = getutent()) && old->ut_type == BOOT_TIME);
	updwtmpx("whox", &b);
	ftruncate(fd, 4 * 372 - 1); /* the last one is cut off */
	setutxent();
	CHECK(getutxent() && getutxent() && getutxent() && !getutxent());
	endutxent();
	chmod("whox", 0400);
	if (geteuid())
		CHECK(pututxline(&a) == NULL && errno == EACCES);
	endutxent();
	unlink("whox");
}

static int constructed, destructed, reclaimed, asked;

static int construct(void *p, void *private, int flags)
{
	(void)flags;
	constructed++;
	*(int *)p = *(int *)private;
	return 0;
}

static void destruct(void *p, void *private)
{
	(void)p, (void)private;
	destructed++;
}

static void reclaim(void *private)
{
	(void)private;
	reclaimed++;
}

static int more(void)
{
	return ++asked < 3 ? UMEM_CALLBACK_RETRY : UMEM_CALLBACK_EXIT(7);
}

static void caches(void)
{
	static int seven = 7;
	umem_cache_t *c =
	    umem_cache_create("things", 100, 64, construct, destruct, reclaim, &seven, NULL, 0);
	int *p, *q, child, status;
	char *z = umem_zalloc(1000, UMEM_DEFAULT);

	CHECK(z && z[0] == 0 && z[999] == 0);
	umem_free(z, 1000);
	CHECK(umem_alloc(0, UMEM_DEFAULT) == NULL);
	CHECK(((unsigned long)(z = umem_alloc_align(10, 256, UMEM_DEFAULT)) & 255) == 0 && z);
	umem_free_align(z, 10);
	p = umem_cache_alloc(c, UMEM_DEFAULT);
	CHECK(p && *p == 7 && constructed == 1 && ((unsigned long)p & 63) == 0);
	*p = 8;
	umem_cache_free(c, p);
	q = umem_cache_alloc(c, UMEM_DEFAULT);
	CHECK(q == p && *q == 8 && constructed == 1 && destructed == 0);
	umem_cache_free(c, q);
	umem_reap();
	CHECK(reclaimed == 1 && destructed == 1);
	umem_cache_free(c, umem_cache_alloc(c, UMEM_NOFAIL));
	umem_cache_destroy(c);
	CHECK(constructed == 2 && destructed == 2);
	CHECK(umem_cache_create("bad", 10, 3, NULL, NULL, NULL, NULL, NULL, 0) == NULL &&
	      errno == EINVAL);
	CHECK(umem_alloc(1UL << 60, UMEM_DEFAULT) == NULL);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		umem_nofail_callback(more);
		umem_alloc(1UL << 60, UMEM_NOFAIL);
		_exit(0);
	}
	waitpid(child, &status, 0);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

static void names(void)
{
	char name[SIG2STR_MAX];
	int sig, good = 0;

	for (int i = 0; i < NSIG; i++)
		good += sig2str(i, name) == 0 && str2sig(name, &sig) == 0 && sig == i;
	CHECK(good == NSIG);
	CHECK(sig2str(SIGSEGV, name) == 0 && strcmp(name, "SEGV") == 0);
	CHECK(sig2str(SIGXFSZ, name) == 0 && strcmp(name, "XFSZ") == 0);
	CHECK(sig2str(SIGCANCEL, name) == 0 && strcmp(name, "CANCEL") == 0);
	CHECK(sig2str(SIGRTMAX - 1, name) == 0 && strcmp(name, "RTMAX-1") == 0);
	CHECK(str2sig("CHLD", &sig) == 0 && sig == SIGCLD && str2sig("17", &sig) == 0 && sig == 17);
	CHECK(str2sig("NONE", &sig) == -1 && str2sig("99", &sig) == -1 && sig2str(99, name) == -1);
}

static volatile int handled;

static void handle(int sig)
{
	(void)sig;
	handled++;
}

static void others(void)
{
	unsigned features[4] = {9, 9, 9, 9};
	struct timespec ts;
	char buf[8] = "secret";
	int *numbers = calloc(4, sizeof(int)), state;
	pthread_attr_t attr;

	CHECK(sigset(SIGUSR1, handle) == SIG_DFL);
	CHECK(sigset(SIGUSR1, SIG_HOLD) == handle && sigsend(P_PID, getpid(), SIGUSR1) == 0);
	CHECK(handled == 0 && sigset(SIGUSR1, handle) == SIG_HOLD && handled == 1);
	CHECK(getisax(features, 4) == 2 && features[0] & 0x1000 && features[2] == 0 &&
	      features[3] == 0);
	CHECK(timespec_get(&ts, TIME_UTC) == TIME_UTC && ts.tv_sec > 1600000000);
	CHECK(timespec_get(&ts, 77) == 0);
	CHECK(memset_s(buf, 8, 'x', 3) == 0 && memcmp(buf, "xxxret", 6) == 0);
	CHECK(memset_s(buf, 2, 0, 3) == EOVERFLOW && buf[0] == 0 && buf[1] == 0 && buf[2] == 'x');
	numbers[3] = 5;
	numbers = recallocarray(numbers, 4, 8, sizeof(int));
	CHECK(numbers[3] == 5 && numbers[4] == 0 && numbers[7] == 0);
	CHECK(recallocarray(numbers, 8, (size_t)-1, 8) == NULL && errno == ENOMEM);
	freezero(numbers, 32);
	pthread_attr_init(&attr);
	CHECK(pthread_attr_getdaemonstate_np(&attr, &state) == 0 && state == 0);
	CHECK(pthread_attr_setdaemonstate_np(&attr, PTHREAD_CREATE_DAEMON_NP) == 0);
	CHECK(pthread_attr_getdaemonstate_np(&attr, &state) == 0 &&
	      state == PTHREAD_CREATE_DAEMON_NP);
	CHECK(pthread_attr_setdaemonstate_np(&attr, 5) == EINVAL);
}

/* What needs no server: questions, and names in a message, whole and not. */
static void messages(void)
{
	uchar_t m[600], packed[64];
	char name[300];
	int n = res_mkquery(0, "www.example.org", 1, 257, NULL, 0, NULL, m, sizeof(m));

	CHECK(res_init() == 0 && n == 12 + 17 + 4 && m[2] == 1 && m[5] == 1);
	CHECK(m[n - 4] == 1 && m[n - 3] == 1 && m[n - 1] == 1);
	CHECK(dn_expand(m, m + n, m + 12, name, sizeof(name)) == 17);
	CHECK(strcmp(name, "www.example.org") == 0);
	CHECK(dn_skipname(m + 12, m + n) == 17);
	memcpy(m + n, "\3ftp\300\20", 6); /* ftp, and the rest at 16 */
	CHECK(dn_expand(m, m + n + 6, m + n, name, sizeof(name)) == 6);
	CHECK(strcmp(name, "ftp.example.org") == 0 && dn_skipname(m + n, m + n + 6) == 6);
	CHECK(dn_expand(m, m + n + 6, m + n, name, 15) == -1);
	CHECK(dn_expand(m, m + n + 5, m + n, name, sizeof(name)) == -1);
	CHECK(dn_skipname(m + n, m + n + 5) == -1);
	m[n] = 0xc0; /* it points to itself */
	m[n + 1] = (uchar_t)n;
	CHECK(dn_expand(m, m + n + 2, m + n, name, sizeof(name)) == -1);
	CHECK(dn_comp("a.bc", packed, 64, NULL, NULL) == 6 && memcmp(packed, "\1a\2bc", 6) == 0);
	CHECK(dn_comp("a.bc", packed, 5, NULL, NULL) == -1 &&
	      dn_comp("a..b", packed, 64, NULL, NULL) == -1);
	CHECK(res_mkquery(0, "www", 1, 1, NULL, 0, NULL, m, 10) == -1);
	CHECK(res_mkquery(5, "www", 1, 1, NULL, 0, NULL, m, 512) == -1);
	CHECK(res_send(m, 5, m, 512) == -1 && errno == EINVAL);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	logins();
	caches();
	names();
	others();
	messages();
	printf("done\n");
	return 0;
}
