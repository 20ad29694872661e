/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/inet.c: addresses of the Internet as text. Facts: inet(3SOCKET),
 * inet_ntop(3SOCKET), RFC 4291 and RFC 5952.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"

EXPORT const struct in6_addr in6addr_any = IN6ADDR_ANY_INIT;
EXPORT const struct in6_addr in6addr_loopback = IN6ADDR_LOOPBACK_INIT;

#undef htonl
#undef htons
#undef ntohl
#undef ntohs
EXPORT uint32_t htonl(uint32_t n)
{
	return __builtin_bswap32(n);
}
EXPORT uint32_t ntohl(uint32_t) __attribute__((alias("htonl")));

EXPORT uint16_t htons(uint16_t n)
{
	return __builtin_bswap16(n);
}
EXPORT uint16_t ntohs(uint16_t) __attribute__((alias("htons")));

/* One to four numbers in C's notation; the last takes what is left of the 32 bits. */
EXPORT int inet_aton(const char *text, struct in_addr *out)
{
	unsigned long part[4];
	int n = 0;
	uint32_t v = 0;

	for (;;) {
		char *end;

		if (!isdigit((unsigned char)*text))
			return 0;
		part[n++] = strtoul(text, &end, 0);
		text = end;
		if (*text != '.')
			break;
		if (n == 4)
			return 0;
		text++;
	}
	if (*text && !isspace((unsigned char)*text))
		return 0;
	for (int i = 0; i < n - 1; i++) {
		if (part[i] > 255)
			return 0;
		v |= (uint32_t)part[i] << (24 - 8 * i);
	}
	if (part[n - 1] > 0xffffffffUL >> 8 * (n - 1))
		return 0;
	out->s_addr = htonl(v | (uint32_t)part[n - 1]);
	return 1;
}

EXPORT in_addr_t inet_addr(const char *text)
{
	struct in_addr a;

	return inet_aton(text, &a) ? a.s_addr : INADDR_NONE;
}

EXPORT char *inet_ntoa_r(struct in_addr a, char *buf)
{
	const uint8_t *b = (const uint8_t *)&a;

	snprintf(buf, INET_ADDRSTRLEN, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
	return buf;
}

EXPORT char *inet_ntoa(struct in_addr a)
{
	static char buf[INET_ADDRSTRLEN];

	return inet_ntoa_r(a, buf);
}

static bool four(const char *text, uint8_t out[4])
{
	for (int i = 0; i < 4; i++) {
		int v = 0, digits = 0;

		for (; isdigit((unsigned char)*text) && digits < 3; digits++)
			v = v * 10 + (*text++ - '0');
		if (digits == 0 || v > 255 || (i < 3 ? *text++ != '.' : *text != '\0'))
			return false;
		out[i] = (uint8_t)v;
	}
	return true;
}

static bool six(const char *text, uint8_t out[16])
{
	uint16_t group[8] = {0};
	int n = 0, gap = -1;

	if (text[0] == ':' && text[1] != ':')
		return false;
	if (text[0] == ':')
		text++;
	while (*text) {
		const char *start = text;
		unsigned v = 0;
		int digits = 0;

		if (*text == ':') {
			if (gap >= 0)
				return false;
			gap = n;
			text++;
			continue;
		}
		for (; isxdigit((unsigned char)*text) && digits < 5; digits++, text++)
			v = v << 4 |
			    (unsigned)(isdigit((unsigned char)*text) ? *text - '0'
								     : (*text | 32) - 'a' + 10);
		if (*text == '.' && n <= 6) {
			uint8_t b[4];

			if (!four(start, b))
				return false;
			group[n++] = (uint16_t)(b[0] << 8 | b[1]);
			group[n++] = (uint16_t)(b[2] << 8 | b[3]);
			break;
		}
		if (digits == 0 || digits > 4 || n == 8)
			return false;
		group[n++] = (uint16_t)v;
		if (*text == ':' && text[1])
			text++;
		else if (*text)
			return false;
	}
	if (gap < 0 ? n != 8 : n > 7)
		return false;
	if (gap >= 0) {
		int tail = n - gap;

		for (int i = 0; i < tail; i++) {
			group[7 - i] = group[n - 1 - i];
			if (n - 1 - i != 7 - i)
				group[n - 1 - i] = 0;
		}
	}
	for (int i = 0; i < 8; i++) {
		out[2 * i] = (uint8_t)(group[i] >> 8);
		out[2 * i + 1] = (uint8_t)group[i];
	}
	return true;
}

EXPORT int inet_pton(int family, const char *text, void *out)
{
	uint8_t b[16];
	bool good;

	if (family != AF_INET && family != AF_INET6)
		return (int)fail_with(EAFNOSUPPORT);
	good = family == AF_INET ? four(text, b) : six(text, b);
	if (good)
		memcpy(out, b, family == AF_INET ? 4 : 16);
	return good;
}

static void six_text(const uint8_t *b, char *out)
{
	int best = -1, length = 1, n = 0;
	bool mapped = memcmp(b, "\0\0\0\0\0\0\0\0\0\0\377\377", 12) == 0;
	int groups = mapped ? 6 : 8;

	for (int i = 0; i < groups; i++) {
		int k = i;

		while (k < groups && !b[2 * k] && !b[2 * k + 1])
			k++;
		if (k - i > length) {
			best = i;
			length = k - i;
		}
	}
	for (int i = 0; i < groups; i++) {
		if (i == best) {
			n += sprintf(out + n, i == 0 ? "::" : ":");
			i += length - 1;
			continue;
		}
		n += sprintf(out + n, "%x%s", b[2 * i] << 8 | b[2 * i + 1],
			     i < groups - 1 || mapped ? ":" : "");
	}
	if (mapped)
		sprintf(out + n, "%d.%d.%d.%d", b[12], b[13], b[14], b[15]);
}

EXPORT const char *inet_ntop(int family, const void *from, char *out, socklen_t size)
{
	char text[INET6_ADDRSTRLEN + 8];
	struct in_addr a;

	if (family == AF_INET) {
		memcpy(&a, from, sizeof(a));
		inet_ntoa_r(a, text);
	} else if (family == AF_INET6) {
		six_text(from, text);
	} else {
		return fail_with(EAFNOSUPPORT), NULL;
	}
	if (strlcpy(out, text, size) >= size)
		return fail_with(ENOSPC), NULL;
	return out;
}
