/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/serve.c: `fbird debug --listen`: one debugger from elsewhere, by a Unix socket or, when
 * somebody asks for that, by TCP.
 *
 * Everything is handed on as it comes, but for the byte that means "stop" between packets: the
 * program may be asleep in a call, and is sent a signal. Its end is told from here, since it is
 * in no state to do so.
 */
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "cli/debug/session.h"

#define INTERRUPT 3

static int listen_unix(const char *path)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int fd;

	if (strlen(path) >= sizeof(a.sun_path))
		return errno = ENAMETOOLONG, -1;
	memcpy(a.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0 || listen(fd, 1) != 0)
		return -1;
	return fd;
}

/* ADDRESS:PORT, the address in brackets if it has colons. */
static int listen_tcp(const char *text)
{
	struct addrinfo want = {.ai_socktype = SOCK_STREAM,
				.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV};
	CLEAN_FREE char *host = format_string("%s", text);
	char *port = strrchr(host, ':');
	struct addrinfo *a = NULL;
	int fd = -1, on = 1;

	if (port == NULL)
		return errno = EINVAL, -1;
	*port++ = '\0';
	if (host[0] == '[' && port - host > 2 && port[-2] == ']')
		port[-2] = '\0';
	if (getaddrinfo(host[0] == '[' ? host + 1 : host, port, &want, &a) != 0)
		return errno = EINVAL, -1;
	fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (fd < 0 || bind(fd, a->ai_addr, a->ai_addrlen) != 0 || listen(fd, 1) != 0) {
		int error = errno;

		if (fd >= 0)
			close(fd);
		fd = -1;
		errno = error;
	}
	freeaddrinfo(a);
	return fd;
}

static bool send_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t r = write(fd, p, n);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return false;
		p += r;
		n -= (size_t)r;
	}
	return true;
}

/* Where in the debugger's stream we are: a packet may hold the byte that stops. */
enum where { OUTSIDE, INSIDE, SUM_1, SUM_2 };

static bool from_debugger(struct session *s, const char *in, ssize_t n, enum where *where)
{
	char out[1024];
	size_t k = 0;

	for (ssize_t i = 0; i < n; i++) {
		char c = in[i];

		if (*where == OUTSIDE && c == INTERRUPT) {
			kill(s->pid, SIGINT);
			continue;
		}
		if (*where == OUTSIDE)
			*where = c == '$' ? INSIDE : OUTSIDE;
		else if (*where == INSIDE)
			*where = c == '#' ? SUM_1 : INSIDE;
		else
			*where = *where == SUM_1 ? SUM_2 : OUTSIDE;
		out[k++] = c;
	}
	return send_all(s->socket, out, k);
}

static void tell_end(const struct session *s, int debugger)
{
	bool exited = WIFEXITED(s->status);
	CLEAN_FREE char *text = format_string(
	    "%c%02x", exited ? 'W' : 'X', exited ? WEXITSTATUS(s->status) : WTERMSIG(s->status));
	CLEAN_FREE char *packet = NULL;
	unsigned sum = 0;

	for (const char *p = text; *p != '\0'; p++)
		sum += (unsigned char)*p;
	packet = format_string("$%s#%02x", text, sum & 0xff);
	send_all(debugger, packet, strlen(packet));
}

static void relay(struct session *s, int debugger)
{
	struct pollfd p[3] = {
	    {debugger, POLLIN, 0}, {s->socket, POLLIN, 0}, {s->process, POLLIN, 0}};
	enum where where = OUTSIDE;
	char buf[1024];
	ssize_t n;

	for (;;) {
		if (poll(p, 3, -1) < 0) {
			if (errno == EINTR)
				continue;
			return;
		}
		if (p[1].revents) {
			n = read(s->socket, buf, sizeof(buf));
			if (n <= 0)
				p[1].fd = -1;
			else if (!send_all(debugger, buf, (size_t)n))
				return;
		} else if (p[2].revents) {
			session_ended(s, true);
			tell_end(s, debugger);
			return;
		}
		if (p[0].revents) {
			n = read(debugger, buf, sizeof(buf));
			if (n <= 0 || (p[1].fd >= 0 && !from_debugger(s, buf, n, &where)))
				return;
		}
	}
}

int session_serve(struct session *s, const char *address)
{
	bool local = strchr(address, '/') != NULL;
	int fd = local ? listen_unix(address) : listen_tcp(address), debugger;
	struct pollfd p[2] = {{fd, POLLIN, 0}, {s->process, POLLIN, 0}};

	if (fd < 0)
		return fail(CLI_FAILED, "cannot listen at '%s': %s; it is ADDRESS:PORT, or a path",
			    address, strerror(errno));
	fprintf(stderr, "fbird: waiting for a debugger at %s\n", address);
	while (poll(p, 2, -1) < 0 && errno == EINTR)
		;
	debugger = p[0].revents ? accept(fd, NULL, NULL) : -1;
	close(fd);
	if (local)
		unlink(address);
	if (debugger >= 0) {
		relay(s, debugger);
		close(debugger);
	}
	/* It goes on without one. */
	close(s->socket);
	s->socket = -1;
	session_ended(s, true);
	return session_leave_as(s);
}
