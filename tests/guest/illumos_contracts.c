/* SPDX-License-Identifier: BSD-2-Clause */
/* Contracts by libcontract: what tests/tap/illumos-contracts.t runs. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libcontract.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/contract/process.h>
#include <sys/ctfs.h>
#include <sys/procset.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern int contract_latest(ctid_t *);
extern int contract_open(ctid_t, const char *, const char *, int);
extern ctid_t getctid(void);

static void check(int good, const char *what)
{
	printf("%s %s\n", good ? "ok" : "not ok", what);
	fflush(stdout);
}

static int template(void)
{
	return open(CTFS_ROOT "/process/template", O_RDWR);
}

static pid_t spawn_in(int tmpl, ctid_t *id)
{
	pid_t pid;

	ct_tmpl_activate(tmpl);
	pid = fork();
	ct_tmpl_clear(tmpl); /* a child has it as well */
	if (pid != 0)
		contract_latest(id);
	return pid;
}

static int has_event(int fd, int ms)
{
	struct pollfd p = {fd, POLLIN, 0};

	return poll(&p, 1, ms) == 1 && p.revents & POLLIN;
}

struct seen {
	uint_t type, flags;
	ctid_t id;
	ctevid_t evid;
	pid_t pid, ppid, sender;
	int status, signal;
	ctid_t senderct;
};

static int next(int fd, struct seen *s)
{
	ct_evthdl_t h;
	int r = ct_event_read(fd, &h);

	memset(s, 0, sizeof(*s));
	s->status = s->signal = s->sender = s->senderct = -1;
	if (r)
		return r;
	s->type = ct_event_get_type(h);
	s->flags = ct_event_get_flags(h);
	s->id = ct_event_get_ctid(h);
	s->evid = ct_event_get_evid(h);
	ct_pr_event_get_pid(h, &s->pid);
	ct_pr_event_get_ppid(h, &s->ppid);
	ct_pr_event_get_exitstatus(h, &s->status);
	ct_pr_event_get_signal(h, &s->signal);
	ct_pr_event_get_sender(h, &s->sender);
	ct_pr_event_get_senderct(h, &s->senderct);
	ct_event_free(h);
	return 0;
}

/* ---- templates --------------------------------------------------------------------------- */

static void templates(void)
{
	char text[40];
	uint_t word = 0;
	uint64_t cookie = 0;
	ctid_t id;
	int fd = template();

	check(fd >= 0, "a template");
	check(
	    ct_tmpl_get_informative(fd, &word) == 0 && word == (CT_PR_EV_CORE | CT_PR_EV_SIGNAL) &&
		ct_tmpl_get_critical(fd, &word) == 0 && word == (CT_PR_EV_EMPTY | CT_PR_EV_HWERR) &&
		ct_pr_tmpl_get_fatal(fd, &word) == 0 && word == CT_PR_EV_HWERR &&
		ct_pr_tmpl_get_param(fd, &word) == 0 && word == 0,
	    "its terms are the original's");
	check(ct_tmpl_set_cookie(fd, 0x123456789abcdefULL) == 0 &&
		  ct_tmpl_get_cookie(fd, &cookie) == 0 && cookie == 0x123456789abcdefULL,
	      "a cookie");
	check(ct_tmpl_set_informative(fd, 0x40) == EINVAL &&
		  ct_tmpl_set_critical(fd, 0x40) == EINVAL &&
		  ct_pr_tmpl_set_param(fd, 0x10) == EINVAL &&
		  ct_pr_tmpl_set_fatal(fd, CT_PR_EV_EMPTY) == EINVAL,
	      "unknown terms are EINVAL");
	check(ct_tmpl_set_critical(fd, CT_PR_EV_FORK | CT_PR_EV_EMPTY) == (geteuid() ? EPERM : 0),
	      "critical events that are not fatal are a privilege");
	check(ct_pr_tmpl_set_transfer(fd, 99999999) == ESRCH, "no such contract to transfer");
	check(ct_pr_tmpl_set_svc_aux(fd, "aux") == 0 &&
		  ct_pr_tmpl_get_svc_aux(fd, text, sizeof(text)) == 4 && strcmp(text, "aux") == 0,
	      "a text");
	check(ct_pr_tmpl_get_svc_aux(fd, text, 2) == 4 && strcmp(text, "a") == 0,
	      "a text without room is cut, and its size told");
	check(ct_pr_tmpl_get_svc_fmri(fd, text, sizeof(text)) == 9 &&
		  strcmp(text, CT_PR_SVC_DEFAULT) == 0,
	      "no service of its own");
	check(ct_pr_tmpl_set_svc_fmri(fd, "svc:/test:default") == (geteuid() ? EPERM : 0),
	      "to name the service is a privilege");
	check(ct_tmpl_create(fd, &id) == EINVAL, "process contracts begin with a fork");
	check(ct_ctl_abandon(fd) == EINVAL, "a template is no contract");
	check(open(CTFS_ROOT "/process/template", O_RDONLY) == -1 && errno == EINVAL,
	      "a template is opened for both");
	check(open(CTFS_ROOT "/process/latest", O_RDONLY) == -1 && errno == ESRCH,
	      "none is latest");
	check(open(CTFS_ROOT "/process/bundle", O_RDWR) == -1 && errno == EACCES,
	      "a bundle is not written");
	check(open(CTFS_ROOT "/process/none", O_RDONLY) == -1 && errno == ENOENT, "no such name");
	close(fd);
}

/* ---- one contract from its beginning to its end ------------------------------------------ */

static void life(void)
{
	int tmpl = template(), bundle = open(CTFS_ROOT "/process/pbundle", O_RDONLY), ctl, st,
	    go[2];
	ct_stathdl_t h;
	struct seen e;
	ctid_t id = -1, *ids;
	pid_t pid, *pids;
	uint_t n = 0;
	int status;
	char c, *text = NULL;
	struct stat sb;

	ct_pr_tmpl_set_fatal(tmpl, 0);
	ct_tmpl_set_critical(tmpl, CT_PR_EV_EMPTY);
	ct_tmpl_set_informative(tmpl, CT_PR_EV_FORK | CT_PR_EV_EXIT | CT_PR_EV_SIGNAL);
	ct_tmpl_set_cookie(tmpl, 42);
	pipe(go);
	pid = spawn_in(tmpl, &id);
	if (pid == 0) {
		read(go[0], &c, 1);
		if (fork() == 0)
			_exit(3);
		wait(&status);
		_exit(getctid() == getppid() ? 1 : 7);
	}
	check(id > 1, "a fork makes a contract");
	check(getctid() == 1, "the parent is not in it");
	check(has_event(bundle, 1000) && next(bundle, &e) == 0 && e.type == CT_PR_EV_FORK &&
		  e.id == id && e.pid == pid && e.ppid == getpid() && e.flags == CTE_INFO,
	      "the fork is told");
	check(!has_event(bundle, 0), "and nothing else");
	st = contract_open(id, "process", "status", O_RDONLY);
	check(ct_status_read(st, CTD_ALL, &h) == 0, "its status");
	check(ct_status_get_id(h) == id && ct_status_get_holder(h) == getpid() &&
		  ct_status_get_state(h) == CTS_OWNED && ct_status_get_cookie(h) == 42 &&
		  ct_status_get_nevents(h) == 0 && ct_status_get_critical(h) == CT_PR_EV_EMPTY &&
		  strcmp(ct_status_get_type(h), "process") == 0 && ct_status_get_ntime(h) == -1,
	      "is as it should be");
	check(ct_pr_status_get_members(h, &pids, &n) == 0 && n == 1 && pids[0] == pid &&
		  ct_pr_status_get_contracts(h, &ids, &n) == 0 && n == 0,
	      "the child is its member");
	check(ct_pr_status_get_svc_creator(h, &text) == 0 && strcmp(text, "contracts") == 0 &&
		  ct_pr_status_get_svc_fmri(h, &text) == 0 &&
		  strcmp(text, "svc:/system/init:default") == 0,
	      "who made it, for which service");
	ct_status_free(h);
	check(fstat(st, &sb) == 0 && S_ISREG(sb.st_mode) && (sb.st_mode & 0777) == 0444,
	      "fstat of a status file");
	ctl = contract_open(id, "all", "ctl", O_WRONLY);
	check(ctl >= 0, "its ctl file, by all");
	write(go[1], "x", 1);
	check(next(bundle, &e) == 0 && e.type == CT_PR_EV_FORK && e.ppid == pid, "a grandchild");
	check(next(bundle, &e) == 0 && e.type == CT_PR_EV_EXIT && e.status == 3 << 8,
	      "which ends with 3");
	check(next(bundle, &e) == 0 && e.type == CT_PR_EV_EXIT && e.pid == pid &&
		  e.status == 7 << 8,
	      "the child ends with 7");
	check(next(bundle, &e) == 0 && e.type == CT_PR_EV_EMPTY && e.flags == 0 && e.id == id,
	      "and the contract is empty");
	check(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 7,
	      "the child is waited for");
	check(ct_status_read(st, CTD_COMMON, &h) == 0 && ct_status_get_nevents(h) == 1,
	      "one critical event waits");
	ct_status_free(h);
	e.type = 0;
	check(ct_event_reset(bundle) == 0, "from the beginning");
	while (e.type != CT_PR_EV_EMPTY && next(bundle, &e) == 0)
		;
	check(e.type == CT_PR_EV_EMPTY && e.flags == 0, "until it is acknowledged it stays");
	check(ct_ctl_nack(ctl, e.evid) == ESRCH && ct_ctl_qack(ctl, e.evid) == ESRCH &&
		  ct_ctl_ack(ctl, e.evid + 1000) == ESRCH,
	      "nothing is negotiated");
	check(ct_ctl_ack(ctl, e.evid) == 0 && ct_ctl_ack(ctl, e.evid) == ESRCH,
	      "acknowledged once");
	check(ct_ctl_abandon(ctl) == 0 && ct_ctl_abandon(ctl) == EINVAL, "abandoned once");
	check(ct_status_read(st, CTD_COMMON, &h) == 0 && ct_status_get_state(h) == CTS_DEAD &&
		  ct_status_get_holder(h) == 0,
	      "it is dead");
	ct_status_free(h);
	check(contract_open(id, "process", "ctl", O_WRONLY) == -1 && errno == EACCES,
	      "nobody controls it");
	close(ctl);
	close(st);
	close(bundle);
	close(tmpl);
}

/* ---- ends by signals --------------------------------------------------------------------- */

static void signals(void)
{
	int tmpl = template(), fd = open(CTFS_ROOT "/process/pbundle", O_RDONLY | O_NONBLOCK);
	struct seen e;
	pid_t pid, other;
	ctid_t id;
	int status, p[2];
	char c;

	ct_pr_tmpl_set_fatal(tmpl, CT_PR_EV_SIGNAL | CT_PR_EV_CORE);
	ct_tmpl_set_critical(tmpl, CT_PR_EV_EMPTY | CT_PR_EV_SIGNAL | CT_PR_EV_CORE);
	ct_tmpl_set_informative(tmpl, CT_PR_EV_EXIT);
	check(next(fd, &e) == EAGAIN, "no event, and no waiting");
	pid = spawn_in(tmpl, &id);
	if (pid == 0) {
		pause();
		_exit(1);
	}
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	check(next(fd, &e) == 0 && e.type == CT_PR_EV_SIGNAL && e.pid == pid &&
		  e.signal == SIGTERM && e.sender == getpid() && e.senderct == 1 && !e.flags,
	      "a signal from outside, and who sent it");
	check(next(fd, &e) == 0 && e.type == CT_PR_EV_EXIT && e.status == SIGTERM &&
		  next(fd, &e) == 0 && e.type == CT_PR_EV_EMPTY,
	      "the end by it");
	pid = spawn_in(tmpl, &id);
	if (pid == 0)
		abort();
	waitpid(pid, &status, 0);
	check(next(fd, &e) == 0 && e.type == CT_PR_EV_CORE && e.pid == pid && next(fd, &e) == 0 &&
		  e.type == CT_PR_EV_EXIT && e.status == SIGABRT,
	      "a fault of its own is a core event");
	while (next(fd, &e) == 0)
		;
	/* By a member, to its group: nothing from outside. */
	pid = spawn_in(tmpl, &id);
	if (pid == 0) {
		setpgid(0, 0);
		kill(0, SIGTERM);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	check(next(fd, &e) == 0 && e.type == CT_PR_EV_EXIT && e.status == SIGTERM &&
		  next(fd, &e) == 0 && e.type == CT_PR_EV_EMPTY,
	      "a signal from within is no event");
	/* A fatal event ends all members. */
	pipe(p);
	pid = spawn_in(tmpl, &id);
	if (pid == 0) {
		close(p[0]);
		other = fork();
		if (other == 0) {
			pause();
			_exit(1);
		}
		write(p[1], "x", 1);
		pause();
		_exit(1);
	}
	close(p[1]);
	read(p[0], &c, 1);
	kill(pid, SIGKILL);
	check(waitpid(pid, &status, 0) == pid && read(p[0], &c, 1) == 0,
	      "SIGKILL of one, where signals are fatal, ends them all");
	check(next(fd, &e) == 0 && e.type == CT_PR_EV_SIGNAL && e.signal == SIGKILL &&
		  e.sender == getpid(),
	      "told once");
	check(has_event(fd, 1000) && next(fd, &e) == 0 && e.type == CT_PR_EV_EXIT &&
		  e.status == SIGKILL,
	      "with its end");
	check(has_event(fd, 1000) && next(fd, &e) == 0 && e.type == CT_PR_EV_EXIT && e.pid != pid &&
		  has_event(fd, 1000) && next(fd, &e) == 0 && e.type == CT_PR_EV_EMPTY,
	      "and the other's");
	/* The whole of a contract by its id. */
	pid = spawn_in(tmpl, &id);
	if (pid == 0) {
		pause();
		_exit(1);
	}
	check(sigsend(P_CTID, id, SIGHUP) == 0 && waitpid(pid, &status, 0) == pid &&
		  WTERMSIG(status) == SIGHUP,
	      "sigsend to a contract");
	check(sigsend(P_CTID, id, SIGHUP) == -1 && errno == ESRCH, "which is then empty");
	close(fd);
	close(tmpl);
}

/* ---- what becomes of contracts when their owner ends ------------------------------------- */

static pid_t owner(uint_t params, int noise, int wait_for)
{
	pid_t pid = fork();

	if (pid == 0) {
		int tmpl = template(), p[2];
		ctid_t id;
		char c;

		ct_pr_tmpl_set_param(tmpl, params);
		pipe(p);
		if (spawn_in(tmpl, &id) == 0) {
			write(p[1], "x", 1);
			if (wait_for >= 0)
				read(wait_for, &c, 1);
			else
				pause();
			_exit(0);
		}
		read(p[0], &c, 1);
		write(noise, &id, sizeof(id));
		_exit(0);
	}
	return pid;
}

static ctstate_t state_of(ctid_t id, id_t *holder)
{
	int fd = contract_open(id, "process", "status", O_RDONLY);
	ctstate_t s = CTS_DEAD;
	ct_stathdl_t h;

	if (fd >= 0 && ct_status_read(fd, CTD_COMMON, &h) == 0) {
		s = ct_status_get_state(h);
		if (holder)
			*holder = ct_status_get_holder(h);
		ct_status_free(h);
	}
	close(fd);
	return s;
}

static void owners(void)
{
	int tell[2], hold[2], status, tmpl, ctl, fd;
	struct seen e;
	ctid_t id, regent, own;
	id_t holder = 0;
	pid_t pid;
	char c;

	pipe(tell);
	pipe(hold);
	pid = owner(0, tell[1], hold[0]);
	read(tell[0], &id, sizeof(id));
	waitpid(pid, &status, 0);
	check(state_of(id, NULL) == CTS_ORPHAN, "an owner's end leaves an orphan");
	write(hold[1], "x", 1);
	for (int i = 0; i < 1000 && state_of(id, NULL) != CTS_DEAD; i++)
		poll(NULL, 0, 1);
	check(state_of(id, NULL) == CTS_DEAD, "which ends with its last member");
	pid = owner(CT_PR_NOORPHAN, tell[1], -1);
	read(tell[0], &id, sizeof(id));
	waitpid(pid, &status, 0);
	for (int i = 0; i < 1000 && state_of(id, NULL) != CTS_DEAD; i++)
		poll(NULL, 0, 1);
	check(state_of(id, NULL) == CTS_DEAD, "one that may be none is killed");

	/* A regent: what its members owned it inherits, and who is in it may adopt. */
	tmpl = template();
	ct_pr_tmpl_set_param(tmpl, CT_PR_REGENT);
	ct_tmpl_set_critical(tmpl, CT_PR_EV_EMPTY);
	own = -1;
	pid = spawn_in(tmpl, &regent);
	if (pid == 0) {
		int failed = 0;
		pid_t maker = owner(CT_PR_INHERIT, tell[1], hold[0]);

		read(tell[0], &id, sizeof(id));
		waitpid(maker, &status, 0);
		regent = getctid();
		failed |= (state_of(id, &holder) != CTS_INHERITED) << 0;
		failed |= (holder != regent) << 1;
		fd = open(CTFS_ROOT "/process/pbundle", O_RDONLY);
		ctl = contract_open(id, "process", "ctl", O_WRONLY);
		failed |= (ctl < 0) << 2;
		failed |= (ct_ctl_abandon(ctl) != EINVAL) << 3;
		failed |= (ct_ctl_adopt(ctl) != 0) << 4;
		failed |= (ct_ctl_adopt(ctl) != EINVAL) << 5;
		failed |= (state_of(id, &holder) != CTS_OWNED || holder != getpid()) << 6;
		write(hold[1], "x", 1);
		failed |= (next(fd, &e) != 0 || e.type != CT_PR_EV_EMPTY || e.id != id) << 7;
		_exit(failed);
	}
	waitpid(pid, &status, 0);
	if (WEXITSTATUS(status))
		printf("# %x\n", WEXITSTATUS(status));
	check(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a regent inherits, a member adopts");
	/* Its own contract is empty: another takes over what it has inherited. */
	check(state_of(regent, NULL) == CTS_OWNED && ct_pr_tmpl_set_transfer(tmpl, regent) == 0,
	      "an empty contract is to be transferred");
	pid = spawn_in(tmpl, &own);
	if (pid == 0)
		_exit(0);
	waitpid(pid, &status, 0);
	check(own > 0 && own != regent && state_of(regent, NULL) == CTS_DEAD,
	      "and is gone with the new one's beginning");
	close(tmpl);
	(void)c;
}

/* ---- LWPs, vfork, exec, names ------------------------------------------------------------ */

static void *forks(void *arg)
{
	ctid_t *id = arg;
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	contract_latest(id);
	waitpid(pid, NULL, 0);
	return NULL;
}

static void others(const char *self)
{
	int tmpl = template(), fd = open(CTFS_ROOT "/process/pbundle", O_RDONLY | O_NONBLOCK),
	    all = open(CTFS_ROOT "/process/bundle", O_RDONLY | O_NONBLOCK);
	ctid_t mine = -1, theirs = -1, id = -1;
	char text[64], want[64];
	struct dirent *d;
	struct stat sb;
	struct seen e;
	pthread_t t;
	int found = 0, status, n;
	pid_t pid;
	DIR *dir;

	ct_tmpl_set_critical(tmpl, CT_PR_EV_EMPTY);
	ct_tmpl_set_informative(tmpl, CT_PR_EV_FORK);
	ct_tmpl_activate(tmpl);
	pthread_create(&t, NULL, forks, &theirs);
	pthread_join(t, NULL);
	check(theirs > 1, "a new LWP has its maker's template");
	check(contract_latest(&mine) == 0 && mine != theirs, "and a newest contract of its own");
	pid = vfork();
	if (pid == 0) {
		execl(self, self, "id", NULL);
		_exit(99);
	}
	contract_latest(&mine);
	ct_tmpl_clear(tmpl);
	waitpid(pid, &status, 0);
	check(WIFEXITED(status) && WEXITSTATUS(status) == (mine & 0xff) && mine > theirs,
	      "vfork and exec: the program is in the new contract");
	n = 0;
	while (next(fd, &e) == 0)
		n += e.type == CT_PR_EV_FORK && (e.id == mine || e.id == theirs);
	check(n == 2, "the process's bundle has the forks of both");
	/* Informative events of others may be gone when a contract that died was read from. */
	n = 0;
	while (next(all, &e) == 0)
		n += e.type == CT_PR_EV_EMPTY && (e.id == mine || e.id == theirs);
	check(n == 2, "and everybody's their ends");
	pid = fork();
	if (pid == 0)
		_exit(getctid() == 1 ? 0 : 1);
	waitpid(pid, &status, 0);
	check(WEXITSTATUS(status) == 0, "without a template a child is where its parent is");
	dir = opendir(CTFS_ROOT "/all");
	snprintf(want, sizeof(want), "%d", mine);
	while (dir && (d = readdir(dir)))
		found |= strcmp(d->d_name, want) == 0;
	check(found, "a contract in its directory");
	if (dir)
		closedir(dir);
	snprintf(text, sizeof(text), CTFS_ROOT "/all/%d", mine);
	n = (int)readlink(text, want, sizeof(want) - 1);
	want[n < 0 ? 0 : n] = 0;
	snprintf(text, sizeof(text), "../process/%d", mine);
	check(strcmp(text, want) == 0, "and a link to it");
	snprintf(text, sizeof(text), CTFS_ROOT "/process/%d", mine);
	check(stat(text, &sb) == 0 && S_ISDIR(sb.st_mode) && strcmp(sb.st_fstype, "ctfs") == 0,
	      "stat of a contract");
	check(access(CTFS_ROOT "/process/template", R_OK | W_OK) == 0 &&
		  access(CTFS_ROOT "/process/template", X_OK) == -1 && errno == EACCES,
	      "access");
	check(open(CTFS_ROOT "/process/1/ctl", O_WRONLY) == -1 && errno == EACCES,
	      "the system's contract is the system's");
	n = open(CTFS_ROOT "/process/1/events", O_RDONLY);
	check(geteuid() ? n == -1 && errno == EPERM : n >= 0, "its events are the superuser's");
	(void)id;
	close(all);
	close(fd);
	close(tmpl);
}

static void bad_input(void)
{
	int tmpl = template(), fd = open(CTFS_ROOT "/process/bundle", O_RDONLY | O_NONBLOCK);
	uint64_t v = 0;
	ct_param_t p = {CTP_COOKIE, 4, &v};
	ct_event_t ev = {0};

	check(ioctl(tmpl, CT_TSET, (void *)8) == -1 && errno == EFAULT, "a parameter nowhere");
	check(ioctl(tmpl, CT_TSET, &p) == -1 && errno == EINVAL, "a term of four bytes");
	p.ctpm_size = 0;
	check(ioctl(tmpl, CT_TGET, &p) == -1 && errno == EINVAL, "of none");
	p.ctpm_size = CT_PARAM_MAX_SIZE + 1;
	check(ioctl(tmpl, CT_TSET, &p) == -1 && errno == EINVAL, "of too many");
	p.ctpm_size = 8;
	p.ctpm_value = (void *)16;
	check(ioctl(tmpl, CT_TSET, &p) == -1 && errno == EFAULT && ioctl(tmpl, CT_TGET, &p) == -1 &&
		  errno == EFAULT,
	      "a value nowhere");
	p.ctpm_id = 77;
	p.ctpm_value = &v;
	check(ioctl(tmpl, CT_TSET, &p) == -1 && errno == EINVAL, "an unknown term");
	check(ioctl(tmpl, CTFS_TMPL(9), &p) == -1 && errno == EINVAL &&
		  ioctl(tmpl, CT_ERECV, &ev) == -1 && errno == EINVAL &&
		  ioctl(fd, CT_SSTATUS, &ev) == -1 && errno == EINVAL,
	      "requests to the wrong file");
	check(ioctl(1, CT_ERECV, &ev) == -1 && ioctl(-1, CT_ERECV, &ev) == -1 && errno == EBADF,
	      "and to others");
	check(ioctl(fd, CT_ENEXT, (void *)8) == -1 && errno == EFAULT, "an event's number nowhere");
	check(ct_event_reliable(fd) == (geteuid() ? EPERM : 0), "reliable delivery is a privilege");
	close(tmpl);
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "id") == 0)
		return getctid() & 0xff;
	if (argc > 1 && strcmp(argv[1], "hold") == 0) {
		int fd = template();

		pause();
		return fd;
	}
	templates();
	life();
	signals();
	owners();
	others(argv[0]);
	bad_input();
	printf("done\n");
	return 0;
}
