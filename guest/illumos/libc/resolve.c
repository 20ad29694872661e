/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/resolve.c: asks /etc/hosts, and then the name servers of /etc/resolv.conf.
 *
 * A server is asked over UDP, and over TCP when the answer was cut. What comes back is not trusted:
 * it must be of the server, have the question's number and name, and every length is checked.
 * Facts: RFC 1035, RFC 3596, resolv.conf(4), hosts(4).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/resolve.h"

#define SERVERS 3
#define MESSAGE 4096

enum { TYPE_A = 1, TYPE_CNAME = 5, TYPE_PTR = 12, TYPE_AAAA = 28 };

struct config {
	struct sockaddr_storage server[SERVERS];
	int servers, ndots, timeout, attempts, domains;
	char search[6][256];
};

/* ---- files --------------------------------------------------------------------------------- */

static void add(struct host *h, int family, const void *bytes)
{
	if (h->n == HOST_ADDRESSES)
		return;
	h->address[h->n].family = family;
	memcpy(h->address[h->n++].bytes, bytes, family == AF_INET ? 4 : 16);
}

static int parse_address(const char *text, uint8_t out[16])
{
	if (inet_pton(AF_INET, text, out) == 1)
		return AF_INET;
	return inet_pton(AF_INET6, text, out) == 1 ? AF_INET6 : AF_UNSPEC;
}

static char *next_word(char **p)
{
	char *word = *p + strspn(*p, " \t\r\n");

	*p = word + strcspn(word, " \t\r\n");
	if (**p)
		*(*p)++ = '\0';
	return *word ? word : NULL;
}

static bool by_file(const char *name, int family, struct host *out)
{
	FILE *f = fopen("/etc/hosts", "re");
	char line[1024];

	out->n = 0;
	while (f && fgets(line, sizeof(line), f)) {
		char *p = line, *text, *first, *word;
		uint8_t bytes[16];
		int is;

		line[strcspn(line, "#")] = '\0';
		text = next_word(&p);
		is = text ? parse_address(text, bytes) : AF_UNSPEC;
		if (is == AF_UNSPEC)
			continue;
		for (word = first = next_word(&p); word; word = next_word(&p)) {
			if (strcasecmp(word, name) != 0)
				continue;
			if (out->n == 0)
				strlcpy(out->name, first, sizeof(out->name));
			if (family == AF_UNSPEC || family == is)
				add(out, is, bytes);
			break;
		}
	}
	if (f)
		fclose(f);
	return out->n > 0;
}

static void add_server(struct config *c, const char *text)
{
	uint8_t bytes[16];
	int family = parse_address(text, bytes);
	struct sockaddr_in *in = (struct sockaddr_in *)&c->server[c->servers];
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&c->server[c->servers];

	if (family == AF_UNSPEC || c->servers == SERVERS)
		return;
	if (family == AF_INET) {
		in->sin_family = AF_INET;
		in->sin_port = htons(53);
		memcpy(&in->sin_addr, bytes, 4);
	} else {
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons(53);
		memcpy(&in6->sin6_addr, bytes, 16);
	}
	c->servers++;
}

static void option(struct config *c, const char *word)
{
	if (strncmp(word, "ndots:", 6) == 0)
		c->ndots = atoi(word + 6);
	else if (strncmp(word, "timeout:", 8) == 0)
		c->timeout = atoi(word + 8);
	else if (strncmp(word, "attempts:", 9) == 0)
		c->attempts = atoi(word + 9);
}

static void configure(struct config *c)
{
	FILE *f = fopen("/etc/resolv.conf", "re");
	char line[1024];

	memset(c, 0, sizeof(*c));
	c->ndots = 1;
	c->timeout = 5;
	c->attempts = 2;
	while (f && fgets(line, sizeof(line), f)) {
		char *p = line, *key, *word;

		line[strcspn(line, "#;")] = '\0';
		key = next_word(&p);
		if (!key)
			continue;
		if (strcmp(key, "search") == 0 || strcmp(key, "domain") == 0)
			c->domains = 0;
		while ((word = next_word(&p)) != NULL) {
			if (strcmp(key, "nameserver") == 0)
				add_server(c, word);
			else if (strcmp(key, "options") == 0)
				option(c, word);
			else if ((strcmp(key, "search") == 0 || strcmp(key, "domain") == 0) &&
				 c->domains < 6)
				strlcpy(c->search[c->domains++], word, sizeof(c->search[0]));
		}
	}
	if (f)
		fclose(f);
	if (c->servers == 0)
		add_server(c, "127.0.0.1");
	if (c->timeout < 1 || c->timeout > 30)
		c->timeout = 5;
	if (c->attempts < 1 || c->attempts > 5)
		c->attempts = 2;
}

/* ---- messages ------------------------------------------------------------------------------ */

/* The question; 0: no such name. */
size_t fb_dns_question(uint8_t *m, uint16_t id, const char *name, int type)
{
	size_t n = 12;

	memset(m, 0, 12);
	m[0] = (uint8_t)(id >> 8);
	m[1] = (uint8_t)id;
	m[2] = 1; /* recursion is wanted */
	m[5] = 1;
	while (*name) {
		size_t k = strcspn(name, ".");

		if (k == 0 || k > 63 || n + k > 12 + 253)
			return 0;
		m[n++] = (uint8_t)k;
		memcpy(m + n, name, k);
		n += k;
		name += k;
		if (*name == '.')
			name++;
	}
	m[n++] = 0;
	m[n++] = 0;
	m[n++] = (uint8_t)type;
	m[n++] = 0;
	m[n++] = 1;
	return n;
}

/* A name at `at`; where the next thing is, or 0. */
size_t fb_dns_name(const uint8_t *m, size_t size, size_t at, char out[256])
{
	size_t n = 0, end = 0;

	for (int jumps = 0; at < size;) {
		unsigned k = m[at];

		if (k >= 0xc0) {
			if (at + 1 >= size || ++jumps > 32)
				return 0;
			if (!end)
				end = at + 2;
			at = (k & 0x3f) << 8 | m[at + 1];
			continue;
		}
		if (k > 63 || at + 1 + k > size || n + k + 1 >= 256)
			return 0;
		if (k == 0) {
			out[n ? n - 1 : 0] = '\0';
			return end ? end : at + 1;
		}
		memcpy(out + n, m + at + 1, k);
		n += k;
		out[n++] = '.';
		at += 1 + k;
	}
	return 0;
}

static unsigned be16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

/* EAI_, or 0 and what was found added. */
static int answer(const uint8_t *m, size_t size, int type, struct host *out, char *pointer)
{
	unsigned records = be16(m + 6), code = m[3] & 15;
	char name[256];
	size_t at;
	bool any = false;

	if (code == 3)
		return EAI_NONAME;
	if (code)
		return code == 2 ? EAI_AGAIN : EAI_FAIL;
	at = fb_dns_name(m, size, 12, name);
	if (!at || at + 4 > size)
		return EAI_FAIL;
	at += 4;
	if (out)
		strlcpy(out->name, name, sizeof(out->name));
	while (records--) {
		unsigned is, length;

		at = fb_dns_name(m, size, at, name);
		if (!at || at + 10 > size)
			return any ? 0 : EAI_FAIL;
		is = be16(m + at);
		length = be16(m + at + 8);
		at += 10;
		if (at + length > size)
			return any ? 0 : EAI_FAIL;
		if (is == TYPE_CNAME && out && fb_dns_name(m, size, at, name))
			strlcpy(out->name, name, sizeof(out->name));
		if ((int)is == type) {
			if (type == TYPE_PTR && pointer) {
				any = fb_dns_name(m, size, at, pointer) != 0;
			} else if (length == (type == TYPE_A ? 4u : 16u) && out) {
				add(out, type == TYPE_A ? AF_INET : AF_INET6, m + at);
				any = true;
			}
		}
		at += length;
	}
	return any ? 0 : EAI_NODATA;
}

/* Is it to this question? */
static bool matches(const uint8_t *m, size_t n, const uint8_t *asked, size_t asked_size)
{
	char name[256], other[256];
	size_t at;

	if (n < 12 || m[0] != asked[0] || m[1] != asked[1] || !(m[2] & 0x80) || be16(m + 4) != 1)
		return false;
	at = fb_dns_name(m, n, 12, name);
	return at && at + 4 <= n && fb_dns_name(asked, asked_size, 12, other) &&
	       strcasecmp(name, other) == 0 && memcmp(m + at, asked + asked_size - 4, 4) == 0;
}

static long milliseconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static socklen_t length_of(const struct sockaddr_storage *s)
{
	return s->ss_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

static bool ready(int fd, short events, long until)
{
	struct pollfd p = {.fd = fd, .events = events};
	long left = until - milliseconds();

	return left > 0 && poll(&p, 1, (int)left) == 1;
}

static bool transfer(int fd, void *data, size_t n, bool out, long until)
{
	char *p = data;

	while (n) {
		ssize_t k;

		if (!ready(fd, out ? POLLOUT : POLLIN, until))
			return false;
		k = out ? write(fd, p, n) : read(fd, p, n);
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static size_t over_tcp(const struct sockaddr_storage *to, const uint8_t *ask, size_t size,
		       uint8_t *reply, long until)
{
	int fd = socket(to->ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0), error = 0;
	uint8_t head[2] = {(uint8_t)(size >> 8), (uint8_t)size};
	socklen_t len = sizeof(error);
	size_t n = 0;

	if (fd < 0)
		return 0;
	fcntl(fd, F_SETFL, O_NONBLOCK);
	if ((connect(fd, (const struct sockaddr *)to, length_of(to)) == 0 ||
	     (self()->error == EINPROGRESS && ready(fd, POLLOUT, until) &&
	      getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == 0 && error == 0)) &&
	    transfer(fd, head, 2, true, until) && transfer(fd, (void *)ask, size, true, until) &&
	    transfer(fd, head, 2, false, until)) {
		n = be16(head);
		if (n > MESSAGE || !transfer(fd, reply, n, false, until))
			n = 0;
	}
	close(fd);
	return n;
}

static size_t ask_one(const struct sockaddr_storage *to, const uint8_t *ask, size_t size,
		      uint8_t *reply, int seconds)
{
	int fd = socket(to->ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	long until = milliseconds() + seconds * 1000L;
	size_t n = 0;

	if (fd < 0)
		return 0;
	/* Connected: only the server's answers come in. */
	if (connect(fd, (const struct sockaddr *)to, length_of(to)) == 0 &&
	    write(fd, ask, size) == (ssize_t)size) {
		while (!n && ready(fd, POLLIN, until)) {
			ssize_t k = read(fd, reply, MESSAGE);

			if (k < 0)
				break;
			if (matches(reply, (size_t)k, ask, size))
				n = (size_t)k;
		}
	}
	close(fd);
	if (n && reply[2] & 2) { /* cut */
		size_t more = over_tcp(to, ask, size, reply, until);

		n = matches(reply, more, ask, size) ? more : 0;
	}
	return n;
}

static int ask(const struct config *c, const char *name, int type, struct host *out, char *pointer)
{
	uint8_t *buf = malloc(MESSAGE + 512), *query = buf + MESSAGE;
	int r = EAI_AGAIN;
	size_t size;

	if (!buf)
		return EAI_MEMORY;
	size = fb_dns_question(query, (uint16_t)arc4random(), name, type);
	if (!size) {
		free(buf);
		return EAI_NONAME;
	}
	for (int i = 0; i < c->attempts * c->servers; i++) {
		size_t n = ask_one(&c->server[i % c->servers], query, size, buf, c->timeout);

		if (!n)
			continue;
		r = answer(buf, n, type, out, pointer);
		if (r != EAI_AGAIN && r != EAI_FAIL)
			break;
	}
	free(buf);
	return r;
}

/* For libresolv's interface: a whole message there and back. */
size_t fb_dns_send(const uint8_t *query, size_t n, uint8_t *reply)
{
	struct config *c = malloc(sizeof(*c));
	size_t got = 0;

	if (!c)
		return 0;
	configure(c);
	for (int i = 0; i < c->attempts * c->servers && !got; i++)
		got = ask_one(&c->server[i % c->servers], query, n, reply, c->timeout);
	free(c);
	return got;
}

bool fb_dns_domain(int n, char out[256], int *ndots)
{
	struct config *c = malloc(sizeof(*c));
	bool is = false;

	if (!c)
		return false;
	configure(c);
	*ndots = c->ndots;
	is = n < c->domains;
	if (is)
		strcpy(out, c->search[n]);
	free(c);
	return is;
}

static int both(const struct config *c, const char *name, int family, struct host *out)
{
	int r4 = EAI_NONAME, r6 = EAI_NONAME;

	out->n = 0;
	if (family != AF_INET)
		r6 = ask(c, name, TYPE_AAAA, out, NULL);
	if (family != AF_INET6)
		r4 = ask(c, name, TYPE_A, out, NULL);
	if (out->n)
		return 0;
	if (family == AF_INET)
		return r4;
	return family == AF_INET6 ? r6 : r4 == EAI_NONAME ? r6 : r4;
}

int fb_host_find(const char *name, int family, struct host *out)
{
	struct config *c;
	size_t length = strlen(name);
	int dots = 0, r = EAI_NONAME, later = 0;

	if (length == 0 || length > 253)
		return EAI_NONAME;
	if (by_file(name, family, out))
		return 0;
	c = malloc(sizeof(*c));
	if (!c)
		return EAI_MEMORY;
	configure(c);
	for (const char *p = name; *p; p++)
		dots += *p == '.';
	if (dots >= c->ndots || name[length - 1] == '.') {
		r = both(c, name, family, out);
		later = r;
	}
	if (r != 0 && r != EAI_AGAIN && name[length - 1] != '.') {
		for (int i = 0; i < c->domains && r != 0; i++) {
			char whole[512];

			snprintf(whole, sizeof(whole), "%s.%s", name, c->search[i]);
			r = both(c, whole, family, out);
		}
		if (r != 0 && dots < c->ndots)
			r = both(c, name, family, out);
		if (r != 0 && later)
			r = later;
	}
	free(c);
	return r;
}

int fb_host_name(int family, const void *address, char *out, size_t size)
{
	const uint8_t *b = address;
	char line[1024], name[256], *p = name;
	FILE *f = fopen("/etc/hosts", "re");
	struct config *c;
	int r;

	while (f && fgets(line, sizeof(line), f)) {
		char *q = line, *text, *first;
		uint8_t bytes[16];

		line[strcspn(line, "#")] = '\0';
		text = next_word(&q);
		first = next_word(&q);
		if (text && first && parse_address(text, bytes) == family &&
		    memcmp(bytes, b, family == AF_INET ? 4 : 16) == 0) {
			fclose(f);
			return strlcpy(out, first, size) < size ? 0 : EAI_OVERFLOW;
		}
	}
	if (f)
		fclose(f);
	if (family == AF_INET) {
		sprintf(name, "%d.%d.%d.%d.in-addr.arpa", b[3], b[2], b[1], b[0]);
	} else {
		for (int i = 15; i >= 0; i--)
			p += sprintf(p, "%x.%x.", b[i] & 15, b[i] >> 4);
		strcpy(p, "ip6.arpa");
	}
	c = malloc(sizeof(*c));
	if (!c)
		return EAI_MEMORY;
	configure(c);
	r = ask(c, name, TYPE_PTR, NULL, name);
	free(c);
	if (r == 0 && strlcpy(out, name, size) >= size)
		r = EAI_OVERFLOW;
	return r;
}
