/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/res.c: libresolv's interface: questions to name servers and the names in their
 * answers. What is set up is what /etc/resolv.conf says; there is no state to change, and names are
 * not made shorter by pointing to others (dn_comp). Facts: resolver(3RESOLV),
 * usr/src/head/resolv.h, RFC 1035.
 */
#include <errno.h>
#include <netdb.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/resolve.h"

#define QUERY	 0 /* opcode */
#define INTERNET 1 /* class */

static int fail(int error)
{
	self()->h_error = error;
	return -1;
}

EXPORT int res_init(void)
{
	return 0;
}

EXPORT int res_mkquery(int opcode, const char *name, int class, int type, const uchar_t *data,
		       int n, const uchar_t *new, uchar_t *buf, int room)
{
	uint8_t m[12 + 256 + 4];
	size_t size;

	(void)data, (void)n, (void)new;
	if (opcode != QUERY || class < 0 || class > 0xffff || type < 0 || type > 0xffff)
		return -1;
	size = fb_dns_question(m, (uint16_t)arc4random(), name, type);
	if (size == 0 || room < 0 || size > (size_t)room)
		return -1;
	m[size - 4] = (uint8_t)(type >> 8);
	m[size - 2] = (uint8_t)(class >> 8);
	m[size - 1] = (uint8_t) class;
	memcpy(buf, m, size);
	return (int)size;
}

/* The whole length of the answer, of which as much is given as there is room for. */
EXPORT int res_send(const uchar_t *query, int n, uchar_t *answer, int room)
{
	uint8_t *reply = malloc(DNS_MESSAGE);
	size_t got = 0;

	if (reply && n >= 12 && room >= 12)
		got = fb_dns_send(query, (size_t)n, reply);
	if (got)
		memcpy(answer, reply, got < (size_t)room ? got : (size_t)room);
	free(reply);
	return got ? (int)got : (int)fail_with(n < 12 || room < 12 ? EINVAL : ETIMEDOUT);
}

EXPORT int res_query(const char *name, int class, int type, uchar_t *answer, int room)
{
	uchar_t query[12 + 256 + 4];
	int n = res_mkquery(QUERY, name, class, type, NULL, 0, NULL, query, sizeof(query));

	if (n < 0)
		return fail(NO_RECOVERY);
	n = res_send(query, n, answer, room);
	if (n < 0)
		return fail(TRY_AGAIN);
	switch (answer[3] & 15) {
	case 0:
		return answer[6] || answer[7] ? n : fail(NO_DATA);
	case 2: /* the server failed */
		return fail(TRY_AGAIN);
	case 3: /* no such name */
		return fail(HOST_NOT_FOUND);
	default:
		return fail(NO_RECOVERY);
	}
}

EXPORT int res_querydomain(const char *name, const char *domain, int class, int type,
			   uchar_t *answer, int room)
{
	char whole[512];

	if (!domain)
		return res_query(name, class, type, answer, room);
	if (snprintf(whole, sizeof(whole), "%s.%s", name, domain) >= (int)sizeof(whole))
		return fail(NO_RECOVERY);
	return res_query(whole, class, type, answer, room);
}

/* A name with enough dots as it is first, others in the domains first. */
EXPORT int res_search(const char *name, int class, int type, uchar_t *answer, int room)
{
	size_t length = strlen(name);
	bool whole = length && name[length - 1] == '.', tried;
	char domain[256];
	int dots = 0, ndots = 1, n = -1, error = HOST_NOT_FOUND;

	for (const char *p = name; *p; p++)
		dots += *p == '.';
	fb_dns_domain(0, domain, &ndots);
	tried = whole || dots >= ndots;
	if (tried) {
		n = res_query(name, class, type, answer, room);
		error = self()->h_error;
		if (n >= 0 || whole || error == TRY_AGAIN)
			return n;
	}
	for (int i = 0; n < 0 && fb_dns_domain(i, domain, &ndots); i++) {
		n = res_querydomain(name, domain, class, type, answer, room);
		if (n < 0 && self()->h_error == TRY_AGAIN)
			return n;
		if (n < 0 && self()->h_error == NO_DATA)
			error = NO_DATA;
	}
	if (n < 0 && !tried) {
		n = res_query(name, class, type, answer, room);
		if (self()->h_error != HOST_NOT_FOUND)
			error = self()->h_error;
	}
	return n < 0 ? fail(error) : n;
}

/* ---- names in messages --------------------------------------------------------------------- */

EXPORT int dn_expand(const uchar_t *message, const uchar_t *end, const uchar_t *from, char *out,
		     int room)
{
	size_t size = (size_t)(end - message), at = (size_t)(from - message), next, length;
	char name[256];

	if (from < message || from >= end || room <= 0)
		return (int)fail_with(EMSGSIZE);
	next = fb_dns_name(message, size, at, name);
	length = strlen(name);
	if (next == 0 || length >= (size_t)room)
		return (int)fail_with(EMSGSIZE);
	memcpy(out, name, length + 1);
	return (int)(next - at);
}

EXPORT int dn_skipname(const uchar_t *from, const uchar_t *end)
{
	const uchar_t *p = from;

	while (p < end && *p && *p < 64)
		p += 1 + *p;
	if (p < end && *p >= 0xc0)
		p++;
	else if (p < end && *p)
		p = end;
	return p < end ? (int)(p + 1 - from) : (int)fail_with(EMSGSIZE);
}

EXPORT int dn_comp(const char *name, uchar_t *out, int room, uchar_t **names, uchar_t **last)
{
	uint8_t m[12 + 256 + 4];
	size_t n = fb_dns_question(m, 0, *name == '.' && !name[1] ? "" : name, 0);

	(void)names, (void)last;
	if (n == 0 || room < 0 || n - 16 > (size_t)room)
		return (int)fail_with(EMSGSIZE);
	memcpy(out, m + 12, n - 16);
	return (int)(n - 16);
}
