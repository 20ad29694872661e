/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program in the manner of ctrun(1): runs a command in a process contract of its own, says what
 * happens in it, and ends as the command ends: with -l child when that does, with -l contract when
 * the contract is empty. -o noorphan kills what is left.
 */
#include <errno.h>
#include <fcntl.h>
#include <libcontract.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/contract/process.h>
#include <sys/ctfs.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *event_name(uint_t type)
{
	switch (type) {
	case CT_PR_EV_EMPTY:
		return "empty";
	case CT_PR_EV_FORK:
		return "fork";
	case CT_PR_EV_EXIT:
		return "exit";
	case CT_PR_EV_CORE:
		return "core";
	case CT_PR_EV_SIGNAL:
		return "signal";
	default:
		return "other";
	}
}

static int open_of(ctid_t id, const char *file, int flags)
{
	char path[64];

	snprintf(path, sizeof(path), CTFS_ROOT "/process/%d/%s", id, file);
	return open(path, flags);
}

static void fail(const char *what, int error)
{
	fprintf(stderr, "ctrun: %s: %s\n", what, strerror(error));
	exit(123);
}

/* Tells of events until the contract is empty, or, for children, that one is over. */
static void watch(int fd, int ctl, pid_t child, int whole)
{
	for (;;) {
		ct_evthdl_t e;
		pid_t pid = 0;
		uint_t type;
		int r = ct_event_read(fd, &e), done;

		if (r)
			fail("reading events", r);
		type = ct_event_get_type(e);
		ct_pr_event_get_pid(e, &pid);
		printf("%s %s%s\n", event_name(type), pid == child ? "child" : "other",
		       ct_event_get_flags(e) & CTE_INFO ? "" : " critical");
		fflush(stdout);
		if (!(ct_event_get_flags(e) & CTE_INFO))
			ct_ctl_ack(ctl, ct_event_get_evid(e));
		done = type == CT_PR_EV_EMPTY || (!whole && type == CT_PR_EV_EXIT && pid == child);
		ct_event_free(e);
		if (done)
			return;
	}
}

int main(int argc, char **argv)
{
	int c, whole = 1, tmpl, events, ctl, latest, status, r, go[2];
	ct_stathdl_t h;
	uint_t params = 0;
	ctid_t id;
	pid_t child;
	char byte;

	while ((c = getopt(argc, argv, "l:o:")) != -1) {
		if (c == 'l')
			whole = strcmp(optarg, "contract") == 0;
		else if (c == 'o' && strcmp(optarg, "noorphan") == 0)
			params |= CT_PR_NOORPHAN;
		else
			return 2;
	}
	if (optind == argc)
		return 2;
	tmpl = open(CTFS_ROOT "/process/template", O_RDWR);
	if (tmpl < 0)
		fail("template", errno);
	if ((r = ct_pr_tmpl_set_param(tmpl, params)) || (r = ct_pr_tmpl_set_fatal(tmpl, 0)) ||
	    (r = ct_tmpl_set_critical(tmpl, CT_PR_EV_EMPTY)) ||
	    (r = ct_tmpl_set_informative(tmpl, CT_PR_EV_FORK | CT_PR_EV_EXIT | CT_PR_EV_SIGNAL |
						   CT_PR_EV_CORE)) ||
	    (r = ct_tmpl_activate(tmpl)))
		fail("terms", r);
	if (pipe(go) < 0)
		fail("pipe", errno);
	child = fork();
	if (child < 0)
		fail("fork", errno);
	if (child == 0) {
		close(go[1]);
		read(go[0], &byte, 1); /* until somebody watches */
		fcntl(go[0], F_SETFD, FD_CLOEXEC);
		execvp(argv[optind], argv + optind);
		_exit(errno == ENOENT ? 127 : 126);
	}
	ct_tmpl_clear(tmpl);
	close(tmpl);
	latest = open(CTFS_ROOT "/process/latest", O_RDONLY);
	if (latest < 0 || (r = ct_status_read(latest, CTD_COMMON, &h)))
		fail("status", latest < 0 ? errno : r);
	id = ct_status_get_id(h);
	ct_status_free(h);
	close(latest);
	events = open_of(id, "events", O_RDONLY);
	ctl = open_of(id, "ctl", O_WRONLY);
	if (events < 0 || ctl < 0)
		fail("contract", errno);
	close(go[0]);
	close(go[1]);
	watch(events, ctl, child, whole);
	waitpid(child, &status, 0);
	r = ct_ctl_abandon(ctl);
	if (r)
		fail("abandon", r);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
