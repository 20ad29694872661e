/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/events.c: many descriptors, few of them active; and a server of small requests.
 *
 * `events many`: the two ends of 5,000 socket pairs are watched by one queue. Each round makes
 * 100 of them readable, waits until all were told, and reads them; cycles per round.
 *
 * `events serve`: says its port, then answers HTTP requests until its standard input ends.
 * `events ask PORT`: cycles per request, of 32 connections that are kept.
 * bench/run sets the two systems' servers against each other, with the same client.
 */
#include "bench.h"
#include "socket.h"

#define PAIRS	    5000
#define ACTIVE	    100
#define ROUNDS	    200
#define CONNECTIONS 32
#define REQUESTS    (CONNECTIONS * 100)

#ifdef __FreeBSD__
#define RLIMIT_NOFILE 8 /* sys/resource.h */
#define SYS_getrlimit 194
#define SYS_setrlimit 195
#elif defined(__sun)
#define RLIMIT_NOFILE 5 /* sys/resource.h */
#else
#define RLIMIT_NOFILE 7 /* asm-generic/resource.h */
#endif

STUB(call_recvfrom, SYS_recvfrom, int, void *, size_t, int, void *, void *);
STUB(call_sendto, SYS_sendto, int, const void *, size_t, int, const void *, int);

static int pair[PAIRS][2];
static int ready[QUEUE_MAX];
static char buffer[1024];

static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";
static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
			     "Content-Length: 13\r\n\r\nHello, world\n";

static bool socket_pair(int sv[2])
{
#ifdef __sun
	sv[0] = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0, 1);
	sv[1] = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0, 1);
	return sys(SYS_so_socketpair, sv) == 0;
#else
	return sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, sv) == 0;
#endif
}

static int many(void)
{
	u64 limit[2], best = ~0UL;
	int queue = queue_new();

	sys(SYS_getrlimit, RLIMIT_NOFILE, limit);
	limit[0] = limit[1];
	sys(SYS_setrlimit, RLIMIT_NOFILE, limit);
	for (int i = 0; i < PAIRS; i++) {
		if (!socket_pair(pair[i])) {
			print("only %d descriptors; raise the limit (ulimit -n)\n", 2 * i);
			return 1;
		}
		queue_watch(queue, pair[i][0]);
		queue_watch(queue, pair[i][1]);
	}
	for (int round = 0; round < ROUNDS; round++) {
		u64 start = cycles();
		int left = ACTIVE;

		for (int i = 0; i < ACTIVE; i++)
			call_write(pair[(i * 47 + round) % PAIRS][i & 1], buffer, 1);
		while (left > 0) {
			long n = queue_wait(queue, ready);

			for (long i = 0; i < n; i++)
				left -= call_read(ready[i], buffer, 1) == 1;
		}
		start = cycles() - start;
		best = start < best ? start : best;
	}
	print("10,000 descriptors, 100 active %lu\n", best);
	return 0;
}

static int serve(void)
{
	struct sockaddr_in name = inet_name(0);
	u32 size = sizeof(name);
	int listener = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0, 0, 1), queue = queue_new();

	sys(SYS_bind, listener, &name, sizeof(name));
	sys(SYS_listen, listener, 128);
	sys(SYS_getsockname, listener, &name, &size);
	print("%d\n", (name.sin_port >> 8 & 0xff) | (name.sin_port & 0xff) << 8);
	queue_watch(queue, listener);
	queue_watch(queue, 0);
	for (;;) {
		long n = queue_wait(queue, ready);

		for (long i = 0; i < n; i++) {
			int fd = ready[i];

			if (fd == 0)
				return 0;
			if (fd == listener)
				queue_watch(queue, (int)sys(SYS_accept, listener, 0, 0));
			else if (call_recvfrom(fd, buffer, sizeof(buffer), 0, NULL, NULL) > 0)
				call_sendto(fd, answer, sizeof(answer) - 1, 0, NULL, 0);
			else
				close(fd);
		}
	}
}

static int ask(const char *port)
{
	struct sockaddr_in name;
	int fd[CONNECTIONS], n = 0;
	u64 best = ~0UL;

	for (; *port; port++)
		n = n * 10 + *port - '0';
	name = inet_name((u16)(n << 8 | n >> 8));
	for (int i = 0; i < CONNECTIONS; i++) {
		fd[i] = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0, 0, 1);
		if (sys(SYS_connect, fd[i], &name, sizeof(name)) < 0)
			return 1;
	}
	for (int batch = 0; batch < 15; batch++) {
		u64 start = cycles();

		for (int r = 0; r < REQUESTS; r += CONNECTIONS) {
			for (int i = 0; i < CONNECTIONS; i++)
				call_sendto(fd[i], request, sizeof(request) - 1, 0, NULL, 0);
			for (int i = 0; i < CONNECTIONS; i++)
				if (call_recvfrom(fd[i], buffer, sizeof(buffer), 0, NULL, NULL) <=
				    0)
					return 1;
		}
		start = cycles() - start;
		best = start < best ? start : best;
	}
	print("HTTP request %lu\n", best / REQUESTS);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "many") == 0)
		return many();
	if (argc == 2 && strcmp(argv[1], "serve") == 0)
		return serve();
	if (argc == 3 && strcmp(argv[1], "ask") == 0)
		return ask(argv[2]);
	print("usage: events many | serve | ask PORT\n");
	return 2;
}
