/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/session.c: the program is a child, executed as `fbird run`, with one end of a pair of
 * sockets.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "cli/debug/session.h"
#include "cli/guests.h"
#include "cli/others.h"
#include "trace/attach.h"

static int execute(const struct debug_options *o, int socket, int argc, char **argv)
{
	char **all = allocate(((size_t)argc + RUN_WORDS + 8) * sizeof(*all));
	int n = 0;

	all[n++] = (char *)"fbird";
	all[n++] = (char *)"run";
	all[n++] = format_string("--debug-socket=%d", socket);
	for (u32 i = 0; i < o->run.n; i++)
		all[n++] = (char *)o->run.word[i];
	all[n++] = (char *)"--";
	for (int i = 0; i < argc; i++)
		all[n++] = argv[i];
	all[n] = NULL;
	execv("/proc/self/exe", all);
	return fail(CLI_RUN_FAILED, "cannot execute fbird again: %s", strerror(errno));
}

int session_start(struct session *s, const struct debug_options *o, int argc, char **argv)
{
	int pair[2];

	memset(s, 0, sizeof(*s));
	s->socket = s->process = -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return fail(CLI_RUN_FAILED, "cannot make a pair of sockets: %s", strerror(errno));
	s->pid = fork();
	if (s->pid < 0)
		return fail(CLI_RUN_FAILED, "cannot start a process: %s", strerror(errno));
	if (s->pid == 0) {
		fcntl(pair[1], F_SETFD, 0);
		_exit(execute(o, pair[1], argc, argv));
	}
	close(pair[1]);
	s->socket = pair[0];
	s->process = (int)syscall(SYS_pidfd_open, s->pid, 0);
	/* What a terminal sends is the program's. */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	if (s->process < 0) {
		session_end(s);
		return fail(CLI_RUN_FAILED, "cannot watch the process: %s", strerror(errno));
	}
	return CLI_OK;
}

/* ---- one that runs already ---------------------------------------------------------------- */

#define PATIENCE_MS 5000

/* It has no terminal of ours: an interrupt is sent on. */
static volatile sig_atomic_t interrupted;

static void interrupt(int sig)
{
	interrupted = sig;
}

static void catch_interrupts(void)
{
	struct sigaction a = {.sa_handler = interrupt};

	sigaction(SIGINT, &a, NULL);
}

void session_adopt(struct session *s, pid_t pid)
{
	if (s->process >= 0)
		close(s->process);
	s->pid = pid;
	s->adopted = true;
	s->process = (int)syscall(SYS_pidfd_open, pid, 0);
	catch_interrupts();
}

static int wait_for_it(struct session *s, int listener)
{
	struct pollfd p[2] = {{listener, POLLIN, 0}, {s->process, POLLIN, 0}};
	struct ucred who = {0};
	socklen_t size = sizeof(who);
	int n;

	while ((n = poll(p, 2, PATIENCE_MS)) < 0 && errno == EINTR)
		;
	if (n == 0)
		return fail(CLI_FAILED,
			    "process %d has not come: it is stopped, or has another network or "
			    "more than one user",
			    s->pid);
	if (!p[0].revents)
		return fail(CLI_FAILED, "process %d has ended", s->pid);
	s->socket = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (s->socket < 0 || getsockopt(s->socket, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0 ||
	    who.pid != s->pid)
		return fail(CLI_FAILED, "somebody else came in place of process %d", s->pid);
	return CLI_OK;
}

int session_attach(struct session *s, pid_t pid)
{
	u64 value = attach_value(ATTACH_TAG_DEBUG), uid = 0;
	int listener, status = attach_check(pid);

	memset(s, 0, sizeof(*s));
	s->socket = s->process = -1;
	if (status != CLI_OK)
		return status;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	session_adopt(s, pid);
	if (s->process < 0 || !guest_status(pid, "Uid", 10, &uid))
		return fail(CLI_FAILED, "there is no process %d", pid);
	listener = attach_listen(value, (uid_t)uid, SOCK_STREAM);
	if (listener < 0)
		return fail(CLI_FAILED, "cannot make a socket for process %d to come to: %s", pid,
			    strerror(errno));
	if (attach_ask_thread(value, pid, pid) != 0)
		status = fail(CLI_FAILED, "cannot ask process %d: %s", pid, strerror(errno));
	if (status == CLI_OK)
		status = wait_for_it(s, listener);
	close(listener);
	return status;
}

static bool adopted_ended(struct session *s, bool wait)
{
	struct pollfd p = {s->process, POLLIN, 0};

	if (!s->ended && (s->process < 0 || poll(&p, 1, wait ? -1 : 0) > 0)) {
		s->ended = true;
		s->status = -1;
	}
	return s->ended;
}

bool session_ended(struct session *s, bool wait)
{
	if (s->adopted)
		return adopted_ended(s, wait);
	while (!s->ended) {
		pid_t r = waitpid(s->pid, &s->status, wait ? 0 : WNOHANG);

		if (r == s->pid)
			s->ended = true;
		else if (r == 0 || errno != EINTR)
			break;
	}
	return s->ended;
}

void session_end(struct session *s)
{
	if (!session_ended(s, false)) {
		kill(s->pid, SIGKILL);
		session_ended(s, true);
	}
	if (s->socket >= 0)
		close(s->socket);
	s->socket = -1;
}

int session_leave_as(const struct session *s)
{
	const struct rlimit none = {0, 0};

	if (!s->ended || s->status < 0)
		return CLI_OK;
	if (WIFEXITED(s->status))
		return WEXITSTATUS(s->status);
	setrlimit(RLIMIT_CORE, &none);
	signal(WTERMSIG(s->status), SIG_DFL);
	raise(WTERMSIG(s->status));
	return 128 + WTERMSIG(s->status);
}

/* ---- packets ----------------------------------------------------------------------------- */

static void lose(struct session *s)
{
	if (s->socket >= 0)
		close(s->socket);
	s->socket = -1;
}

/* One byte of what the stub says; -1: nothing more will come. */
static int next_byte(struct session *s)
{
	struct pollfd p[2] = {{s->socket, POLLIN, 0}, {s->process, POLLIN, 0}};
	unsigned char c;
	ssize_t n;

	if (s->socket < 0)
		return -1;
	while (poll(p, 2, -1) < 0 && errno == EINTR) {
		if (interrupted)
			kill(s->pid, SIGINT);
		interrupted = 0;
	}
	if (!(p[0].revents & (POLLIN | POLLHUP))) { /* it has ended and said nothing more */
		session_ended(s, true);
		lose(s);
		return -1;
	}
	n = read(s->socket, &c, 1);
	if (n == 1)
		return c;
	lose(s);
	/* A process that ends closes its descriptors a moment before. */
	for (int i = 0; i < 50 && !session_ended(s, false); i++)
		poll(&p[1], 1, 10);
	return -1;
}

bool session_wait(struct session *s)
{
	size_t n = 0;
	int c;

	do
		c = next_byte(s);
	while (c >= 0 && c != '$');
	while (c >= 0 && (c = next_byte(s)) >= 0 && c != '#')
		if (n + 1 < sizeof(s->answer))
			s->answer[n++] = (char)c;
	s->answer[n] = '\0';
	/* The sum is for lines that lose something. */
	if (c < 0 || next_byte(s) < 0 || next_byte(s) < 0)
		return false;
	return true;
}

static bool send_packet(struct session *s, const char *text)
{
	CLEAN_FREE char *packet = NULL;
	unsigned sum = 0;
	size_t done = 0, n;

	for (const char *p = text; *p != '\0'; p++)
		sum += (unsigned char)*p;
	packet = format_string("+$%s#%02x", text, sum & 0xff);
	n = strlen(packet);
	while (s->socket >= 0 && done < n) {
		ssize_t r = write(s->socket, packet + done, n - done);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			lose(s);
		else
			done += (size_t)r;
	}
	return s->socket >= 0;
}

bool session_ask(struct session *s, const char *fmt, ...)
{
	CLEAN_FREE char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	if (text == NULL || !send_packet(s, text)) {
		session_ended(s, false);
		return false;
	}
	return session_wait(s);
}
