/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/pipe.c: commands run by the shell. Facts: system(3C), popen(3C); that the
 * shell is /usr/xpg4/bin/sh or /bin/sh: usr/src/lib/libc/port/stdio/{system,popen}.c. Only the
 * second is looked for here, because it is every system's.
 */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest/illumos/libc/stdio.h"

#define SHELL "/bin/sh"

EXPORT int system(const char *command)
{
	struct sigaction ignore = {0}, interrupt, quit;
	sigset_t child, before, defaults;
	posix_spawnattr_t attr;
	char *argv[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};
	pid_t pid, r;
	int status = -1, error;

	if (!command)
		return access(SHELL, X_OK) == 0;
	ignore.sa_handler = SIG_IGN;
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &before);
	sigemptyset(&defaults);
	if (interrupt.sa_handler != SIG_IGN)
		sigaddset(&defaults, SIGINT);
	if (quit.sa_handler != SIG_IGN)
		sigaddset(&defaults, SIGQUIT);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &before);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
					    POSIX_SPAWN_NOSIGCHLD_NP | POSIX_SPAWN_WAITPID_NP);
	error = posix_spawn(&pid, SHELL, NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	if (!error) {
		do
			r = waitpid(pid, &status, 0);
		while (r < 0 && self()->error == EINTR);
		if (r < 0)
			status = -1;
	}
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (error)
		self()->error = error;
	return status;
}

/* ---- pipes to and from commands ------------------------------------------------------------ */

struct command {
	struct command *next;
	FILE *f;
	pid_t pid;
};
static struct command *commands;
static pthread_mutex_t lock = LOCK_INIT;

EXPORT FILE *popen(const char *command, const char *mode)
{
	int write = *mode == 'w', fds[2], mine, error;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	struct command *c;
	char *argv[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};

	if (*mode != 'r' && *mode != 'w')
		return fail_with(EINVAL), NULL;
	c = malloc(sizeof(*c));
	if (!c || pipe2(fds, O_CLOEXEC) < 0) {
		free(c);
		return NULL;
	}
	mine = fds[write];
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_NOSIGCHLD_NP | POSIX_SPAWN_WAITPID_NP);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fds[!write], !write);
	pthread_mutex_lock(&lock);
	for (struct command *other = commands; other; other = other->next)
		if (fileno(other->f) != !write)
			posix_spawn_file_actions_addclose(&actions, fileno(other->f));
	error = posix_spawn(&c->pid, SHELL, &actions, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	close(fds[!write]);
	c->f = error ? NULL : fdopen(mine, write ? "w" : "r");
	if (c->f) {
		if (!strchr(mode, 'e'))
			fcntl(mine, F_SETFD, 0);
		c->next = commands;
		commands = c;
	}
	pthread_mutex_unlock(&lock);
	if (!c->f) {
		close(mine);
		free(c);
		return error ? (fail_with(error), NULL) : NULL;
	}
	return c->f;
}

EXPORT int pclose(FILE *f)
{
	struct command *c = NULL;
	int status = -1;
	pid_t r;

	pthread_mutex_lock(&lock);
	for (struct command **at = &commands; *at; at = &(*at)->next) {
		if ((*at)->f == f) {
			c = *at;
			*at = c->next;
			break;
		}
	}
	pthread_mutex_unlock(&lock);
	if (!c)
		return (int)fail_with(ECHILD);
	fclose(f);
	do
		r = waitpid(c->pid, &status, 0);
	while (r < 0 && self()->error == EINTR);
	free(c);
	return r < 0 ? -1 : status;
}
