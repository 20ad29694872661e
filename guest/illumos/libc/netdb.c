/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/netdb.c: services and protocols, of /etc/services and /etc/protocols. Facts:
 * getservbyname(3SOCKET), getprotobyname(3SOCKET), services(4).
 */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"

#define WORDS 35

EXPORT int *__h_errno(void)
{
	return &self()->h_error;
}

EXPORT const char *hstrerror(int error)
{
	static const char *const said[] = {"Error 0", "Unknown host", "Host name lookup failure",
					   "Unknown server error",
					   "No address associated with name"};

	return error < 0 || error > 4 ? "Unknown resolver error" : said[error];
}

EXPORT void herror(const char *what)
{
	fprintf(stderr, "%s%s%s\n", what ? what : "", what && *what ? ": " : "",
		hstrerror(h_errno));
}

/* The words of a line up to a comment. */
static int words(char *line, char **out, int most)
{
	int n = 0;

	line[strcspn(line, "#\n")] = '\0';
	while (n < most) {
		line += strspn(line, " \t\r");
		if (!*line)
			break;
		out[n++] = line;
		line += strcspn(line, " \t\r");
		if (*line)
			*line++ = '\0';
	}
	return n;
}

static bool one_of(const char *name, char **list)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

struct line {
	char text[1024];
	char *word[WORDS + 2];
};

static bool read_service(FILE *f, struct line *l, struct servent *out)
{
	while (fgets(l->text, sizeof(l->text), f)) {
		int n = words(l->text, l->word, WORDS);
		char *slash;

		if (n < 2 || !(slash = strchr(l->word[1], '/')))
			continue;
		*slash = '\0';
		l->word[n] = NULL;
		*out = (struct servent){.s_name = l->word[0],
					.s_aliases = l->word + 2,
					.s_port = htons((uint16_t)atoi(l->word[1])),
					.s_proto = slash + 1};
		return true;
	}
	return false;
}

static bool service(const char *name, int port, const char *proto, struct line *l,
		    struct servent *out)
{
	FILE *f = fopen("/etc/services", "re");
	bool found = false;

	while (f && !found && read_service(f, l, out))
		found = (!proto || strcmp(proto, out->s_proto) == 0) &&
			(name ? strcmp(name, out->s_name) == 0 || one_of(name, out->s_aliases)
			      : port == out->s_port);
	if (f)
		fclose(f);
	return found;
}

/* For getaddrinfo: the port in the network's order; -1: none. */
int fb_service_port(const char *name, const char *proto);
int fb_service_port(const char *name, const char *proto)
{
	struct line l;
	struct servent s;

	return service(name, 0, proto, &l, &s) ? s.s_port : -1;
}

bool fb_service_name(int port, const char *proto, char *out, size_t size);
bool fb_service_name(int port, const char *proto, char *out, size_t size)
{
	struct line l;
	struct servent s;

	return service(NULL, port, proto, &l, &s) && strlcpy(out, s.s_name, size) < size;
}

static struct line own;
static struct servent own_service;

EXPORT struct servent *getservbyname(const char *name, const char *proto)
{
	return service(name, 0, proto, &own, &own_service) ? &own_service : NULL;
}

EXPORT struct servent *getservbyport(int port, const char *proto)
{
	return service(NULL, port, proto, &own, &own_service) ? &own_service : NULL;
}

static FILE *each;

EXPORT int setservent(int keep)
{
	(void)keep;
	if (each)
		rewind(each);
	return 0;
}

EXPORT int endservent(void)
{
	if (each)
		fclose(each);
	each = NULL;
	return 0;
}

EXPORT struct servent *getservent(void)
{
	if (!each && !(each = fopen("/etc/services", "re")))
		return NULL;
	return read_service(each, &own, &own_service) ? &own_service : NULL;
}

static struct protoent *protocol(const char *name, int number)
{
	static struct line l;
	static struct protoent out;
	FILE *f = fopen("/etc/protocols", "re");
	bool found = false;

	while (f && !found && fgets(l.text, sizeof(l.text), f)) {
		int n = words(l.text, l.word, WORDS);

		if (n < 2)
			continue;
		l.word[n] = NULL;
		out = (struct protoent){l.word[0], l.word + 2, atoi(l.word[1])};
		found = name ? strcmp(name, out.p_name) == 0 || one_of(name, out.p_aliases)
			     : number == out.p_proto;
	}
	if (f)
		fclose(f);
	return found ? &out : NULL;
}

EXPORT struct protoent *getprotobyname(const char *name)
{
	return protocol(name, 0);
}

EXPORT struct protoent *getprotobynumber(int number)
{
	return protocol(NULL, number);
}
