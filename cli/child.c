/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/child.c: cli/child.h. */
#include "cli/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

int run_words_add(struct run_words *w, const char *name, const char *value)
{
	if (w->n + 8 > RUN_WORDS)
		return fail(CLI_USAGE, "more options for 'fbird run' than there is room for");
	w->word[w->n++] = format_string("--%s", name);
	if (value != NULL)
		w->word[w->n++] = value;
	return CLI_OK;
}

const char *personality_named(const char *name)
{
	return strcmp(name, "bsd") == 0 ? "freebsd" : name;
}

static void become(const struct child *c, int gate, char **vector)
{
	char go;

	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	if (c->keep >= 0)
		fcntl(c->keep, F_SETFD, 0);
	if (gate >= 0 && read(gate, &go, 1) != 1)
		_exit(CLI_RUN_FAILED); /* who should have opened it has said why not */
	execv(c->fbird, vector);
	_exit(fail(CLI_RUN_FAILED, "cannot execute fbird again: %s", strerror(errno)));
}

pid_t child_start(struct child *c, char **argv)
{
	CLEAN_FREE char **vector = NULL;
	u32 n = 0, arguments = 0;
	int gate[2] = {-1, -1};
	pid_t pid;

	while (argv[arguments] != NULL)
		arguments++;
	vector = allocate((c->words->n + arguments + 4) * sizeof(*vector));
	vector[n++] = (char[]){"fbird"};
	vector[n++] = (char[]){"run"};
	memcpy(vector + n, c->words->word, c->words->n * sizeof(*vector));
	n += c->words->n;
	vector[n++] = (char[]){"--"};
	memcpy(vector + n, argv, (arguments + 1) * sizeof(*vector));
	c->gate = -1;
	if (c->held && pipe2(gate, O_CLOEXEC) != 0) {
		fail(CLI_FAILED, "cannot make a pipe: %s", strerror(errno));
		return -1;
	}
	pid = fork();
	if (pid == 0) {
		if (gate[1] >= 0)
			close(gate[1]);
		become(c, gate[0], vector);
	}
	if (gate[0] >= 0)
		close(gate[0]);
	c->gate = gate[1];
	if (pid < 0)
		fail(CLI_FAILED, "cannot start a process: %s", strerror(errno));
	return pid;
}

void child_go(struct child *c)
{
	if (write(c->gate, "", 1) != 1)
		fail(CLI_FAILED, "cannot tell the program to begin: %s", strerror(errno));
	close(c->gate);
	c->gate = -1;
}

static void nothing(int sig)
{
	(void)sig;
}

void child_signals(void)
{
	struct sigaction wake = {.sa_handler = nothing};

	sigaction(SIGCHLD, &wake, NULL);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
}

int child_end_as(int status)
{
	struct rlimit none = {0, 0};

	if (!WIFSIGNALED(status))
		return WEXITSTATUS(status);
	setrlimit(RLIMIT_CORE, &none);
	signal(WTERMSIG(status), SIG_DFL);
	raise(WTERMSIG(status));
	return 128 + WTERMSIG(status);
}
