/* SPDX-License-Identifier: BSD-2-Clause */
/* Privileges, credentials, security flags, profiling, and doors whose program makes their threads.
 */
#include <door.h>
#include <errno.h>
#include <fcntl.h>
#include <pcsample.h>
#include <priv.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/secflags.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <ucred.h>
#include <unistd.h>

static void words(const char *text)
{
	const char *end = "";
	priv_set_t *s = priv_str_to_set(text, ",", &end);
	char *literal, *portable, *brief;

	if (!s) {
		printf("%s: none at '%s', errno %d\n", text, end, errno);
		return;
	}
	literal = priv_set_to_str(s, ',', PRIV_STR_LIT);
	portable = priv_set_to_str(s, ',', PRIV_STR_PORT);
	brief = priv_set_to_str(s, ',', PRIV_STR_SHORT);
	printf("%s: %.60s | %.60s | %s\n", text, literal, portable, brief);
	free(literal);
	free(portable);
	free(brief);
	priv_freeset(s);
}

/* What one thread gives up no thread has. */
static pthread_barrier_t dropped;

static void *other(void *arg)
{
	int fd;

	pthread_barrier_wait(&dropped);
	fd = open(arg, O_RDONLY);
	printf("another thread: fork %d %d", fork(), errno);
	printf(", open %d\n", fd);
	return NULL;
}

static void threads_too(void)
{
	char name[] = "/tmp/privileges.XXXXXX";
	pthread_t id;
	int status;

	fchmod(mkstemp(name), 0);
	if (fork() == 0) {
		pthread_barrier_init(&dropped, NULL, 2);
		pthread_create(&id, NULL, other, name);
		priv_set(PRIV_OFF, PRIV_EFFECTIVE, PRIV_PROC_FORK, PRIV_FILE_DAC_READ,
			 (char *)NULL);
		pthread_barrier_wait(&dropped);
		pthread_join(id, NULL);
		_exit(0);
	}
	wait(&status);
	unlink(name);
}

static void sets(void)
{
	ucred_t *u;
	int status;

	words("none");
	words("basic");
	words("all");
	words("zone,!proc_fork");
	words("basic,!proc_info,file_chown");
	words("proc_fork,PRIV_PROC_EXEC");
	words("basic,nonsense,all");
	printf("text: %s\n", priv_gettext("nonsense") ? "some" : "none");
	if (fork() == 0) {
		printf("in effect %d\n", priv_ineffect(PRIV_PROC_INFO));
		printf("dropped %d\n", priv_set(PRIV_OFF, PRIV_EFFECTIVE, PRIV_PROC_INFO,
						PRIV_PROC_FORK, (char *)NULL));
		printf("in effect %d, fork %d %d\n", priv_ineffect(PRIV_PROC_INFO), fork(), errno);
		printf("all sets %d\n",
		       priv_set(PRIV_OFF, PRIV_ALLSETS, PRIV_SYS_TIME, (char *)NULL));
		printf("back %d %d\n",
		       priv_set(PRIV_ON, PRIV_PERMITTED, PRIV_SYS_TIME, (char *)NULL), errno);
		printf("bad %d %d\n", priv_set(PRIV_ON, PRIV_EFFECTIVE, "nonsense", (char *)NULL),
		       errno);
		printf("flags %d %u\n", setpflags(PRIV_DEBUG, 1), getpflags(PRIV_DEBUG));
		u = ucred_get(getpid());
		printf("ucred %d %d %d %u %u\n",
		       priv_ismember(ucred_getprivset(u, PRIV_EFFECTIVE), PRIV_PROC_FORK),
		       priv_ismember(ucred_getprivset(u, PRIV_PERMITTED), PRIV_PROC_FORK),
		       ucred_getprivset(u, "nonsense") != NULL, ucred_getpflags(u, PRIV_DEBUG),
		       ucred_getpflags(u, PRIV_AWARE));
		printf("audit %d %d, label %d\n", ucred_getauid(u) == AU_NOAUDITID,
		       ucred_getamask(u) == NULL, ucred_getlabel(u) == NULL);
		ucred_free(u);
		fflush(stdout);
		_exit(3);
	}
	wait(&status);
	printf("ended %d\n", WEXITSTATUS(status));
}

static void security(void)
{
	secflagset_t defaults = 1;
	secflagdelta_t d;
	char text[64];

	printf("parse %d", secflags_parse(&defaults, "current,aslr,-noexecstack", &d));
	printf(" %d %d %d\n", (int)d.psd_add, (int)d.psd_rem, d.psd_ass_active);
	printf("parse %d", secflags_parse(&defaults, "all,!aslr", &d));
	printf(" %d %d\n", (int)d.psd_assign, d.psd_ass_active);
	printf("parse %d %d\n", secflags_parse(NULL, "default", &d), errno);
	printf("parse %d\n", secflags_parse(NULL, "nonsense", &d));
	secflags_to_str(5, text, sizeof(text));
	printf("%s ", text);
	secflags_to_str(0x11, text, sizeof(text));
	printf("%s ", text);
	secflags_to_str(0, text, sizeof(text));
	printf("%s\n", text);
	secflags_parse(NULL, "current,noexecstack", &d);
	printf("psecflags %d\n", psecflags(P_PID, P_MYID, PSF_INHERIT, &d));
	d.psd_add = 64;
	printf("psecflags %d %d\n", psecflags(P_PID, P_MYID, PSF_INHERIT, &d), errno);
}

static void sampling(void)
{
	static uintptr_t where[256];
	volatile unsigned long n = 0;
	clock_t begin;

	printf("pcsample %ld\n", pcsample(where, 256));
	begin = clock();
	while (clock() - begin < CLOCKS_PER_SEC / 5)
		for (int i = 0; i < 100000; i++)
			n++;
	printf("some %d\n", pcsample(where, 0) > 3 && where[0] != 0);
}

/* ---- doors --------------------------------------------------------------------------------- */

static int made, refuse;
static pthread_t threads[8];

static void answer(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	ucred_t *u = NULL;
	int r[3] = {*(int *)data + (int)(size_t)cookie, 0, 0};

	(void)size;
	(void)desc;
	(void)n;
	r[1] = door_ucred(&u);
	r[2] = ucred_getpid(u) == getpid() && ucred_geteuid(u) == geteuid() &&
	       ucred_getprivset(u, PRIV_LIMIT) != NULL;
	ucred_free(u);
	door_return((char *)r, sizeof(r), NULL, 0);
}

static void set_up(void *cookie)
{
	__atomic_add_fetch((int *)cookie, 1, __ATOMIC_SEQ_CST);
}

static int create(door_info_t *info, void *(*start)(void *), void *arg, void *cookie)
{
	(void)cookie;
	if (made == refuse)
		return info->di_attributes & DOOR_DEPLETION_CB ? 0 : -1;
	return pthread_create(&threads[made++], NULL, start, arg) == 0 ? 1 : -1;
}

static void doors(void)
{
	int ready = 0, in = 35, d, r[3] = {0};
	door_arg_t a = {(char *)&in, sizeof(in), NULL, 0, (char *)r, sizeof(r)};

	refuse = 3;
	d = door_xcreate(answer, (void *)7, 0, create, set_up, &ready, 3);
	printf("door_xcreate %d, threads %d, ready %d\n", d >= 0, made, ready);
	printf("call %d: %d %d %d\n", door_call(d, &a), r[0], r[1], r[2]);
	printf("call %d: %d\n", door_call(d, &a), *(int *)a.rbuf);
	printf("revoke %d\n", door_revoke(d));
	made = 0;
	refuse = 1;
	printf("too few: %d %d\n", door_xcreate(answer, NULL, 0, create, set_up, &ready, 3), errno);
	printf("bad %d %d\n", door_xcreate(answer, NULL, 0, NULL, NULL, NULL, 1), errno);
	printf("bad %d %d\n", door_xcreate(answer, NULL, 0, create, NULL, NULL, 0), errno);
}

int main(void)
{
	setvbuf(stdout, NULL, _IONBF, 0);
	sets();
	threads_too();
	security();
	sampling();
	doors();
	return 0;
}
