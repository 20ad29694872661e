/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/addrinfo.c: names of hosts and services to socket addresses and back. Facts:
 * getaddrinfo(3SOCKET), getnameinfo(3SOCKET), gethostbyname(3NSL).
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/resolve.h"

int fb_service_port(const char *name, const char *proto);
bool fb_service_name(int port, const char *proto, char *out, size_t size);

static const struct {
	int type, protocol;
	const char *name;
} kinds[] = {
    {SOCK_STREAM, IPPROTO_TCP, "tcp"}, {SOCK_DGRAM, IPPROTO_UDP, "udp"}, {SOCK_RAW, 0, NULL}};

struct entry {
	struct addrinfo info;
	struct sockaddr_storage address;
};

static bool append(struct addrinfo ***at, int family, const uint8_t *bytes, uint32_t scope,
		   int type, int protocol, int port)
{
	struct entry *e = calloc(1, sizeof(*e));
	struct sockaddr_in *in = (struct sockaddr_in *)&e->address;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&e->address;

	if (!e)
		return false;
	e->info = (struct addrinfo){.ai_family = family,
				    .ai_socktype = type,
				    .ai_protocol = protocol,
				    .ai_addr = (struct sockaddr *)&e->address};
	if (family == AF_INET) {
		e->info.ai_addrlen = sizeof(*in);
		in->sin_family = AF_INET;
		in->sin_port = (in_port_t)port;
		memcpy(&in->sin_addr, bytes, 4);
	} else {
		e->info.ai_addrlen = sizeof(*in6);
		in6->sin6_family = AF_INET6;
		in6->sin6_port = (in_port_t)port;
		in6->sin6_scope_id = scope;
		memcpy(&in6->sin6_addr, bytes, 16);
	}
	**at = &e->info;
	*at = &e->info.ai_next;
	return true;
}

EXPORT void freeaddrinfo(struct addrinfo *a)
{
	while (a) {
		struct addrinfo *next = a->ai_next;

		free(a->ai_canonname);
		free(a);
		a = next;
	}
}

/* In the network's order; -1 none, -2 no such kind of socket has it. */
static int port_of(const char *service, int flags, const char *proto)
{
	char *end;
	unsigned long n;

	if (!service || !*service)
		return 0;
	n = strtoul(service, &end, 10);
	if (end != service && !*end)
		return n > 65535 ? -1 : htons((uint16_t)n);
	if (flags & AI_NUMERICSERV || !proto)
		return -1;
	return fb_service_port(service, proto);
}

static bool numeric(const char *name, int family, struct host *h, uint32_t *scope)
{
	char text[256], *percent;
	uint8_t bytes[16];
	struct in_addr a;

	strlcpy(text, name, sizeof(text));
	percent = strchr(text, '%');
	if (percent)
		*percent++ = '\0';
	h->n = 1;
	if (!percent && family != AF_INET6 && inet_aton(text, &a)) {
		h->address[0].family = AF_INET;
		memcpy(h->address[0].bytes, &a, 4);
		return true;
	}
	if (family != AF_INET && inet_pton(AF_INET6, text, bytes) == 1) {
		h->address[0].family = AF_INET6;
		memcpy(h->address[0].bytes, bytes, 16);
		if (percent) {
			*scope = if_nametoindex(percent);
			if (!*scope)
				*scope = (uint32_t)strtoul(percent, NULL, 10);
		}
		return true;
	}
	h->n = 0;
	return false;
}

static int hosts(const char *name, const struct addrinfo *hint, struct host *h, uint32_t *scope)
{
	static const uint8_t any[16], loop4[4] = {127, 0, 0, 1}, loop6[16] = {[15] = 1};

	h->name[0] = '\0';
	h->n = 0;
	if (!name || !*name) {
		bool passive = hint->ai_flags & AI_PASSIVE;

		if (hint->ai_family != AF_INET) {
			h->address[h->n].family = AF_INET6;
			memcpy(h->address[h->n++].bytes, passive ? any : loop6, 16);
		}
		if (hint->ai_family != AF_INET6) {
			h->address[h->n].family = AF_INET;
			memcpy(h->address[h->n++].bytes, passive ? any : loop4, 4);
		}
		return 0;
	}
	if (numeric(name, hint->ai_family, h, scope)) {
		strlcpy(h->name, name, sizeof(h->name));
		return 0;
	}
	if (hint->ai_flags & AI_NUMERICHOST)
		return EAI_NONAME;
	return fb_host_find(name, hint->ai_family, h);
}

EXPORT int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
		       struct addrinfo **out)
{
	static const struct addrinfo none;
	const struct addrinfo *hint = hints ? hints : &none;
	struct addrinfo *first = NULL, **at = &first;
	uint32_t scope = 0;
	struct host *h;
	bool served = false, kind = false;
	int r;

	*out = NULL;
	if (!name && !service)
		return EAI_NONAME;
	if (hint->ai_flags & ~0x7f || (hint->ai_flags & AI_CANONNAME && !name))
		return EAI_BADFLAGS;
	if (hint->ai_family != AF_UNSPEC && hint->ai_family != AF_INET &&
	    hint->ai_family != AF_INET6)
		return EAI_FAMILY;
	h = malloc(sizeof(*h));
	if (!h)
		return EAI_MEMORY;
	r = hosts(name, hint, h, &scope);
	for (size_t i = 0; i < h->n && !r; i++) {
		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds) && !r; k++) {
			int port;

			if ((hint->ai_socktype && hint->ai_socktype != kinds[k].type) ||
			    (hint->ai_protocol && kinds[k].protocol &&
			     hint->ai_protocol != kinds[k].protocol) ||
			    (!hint->ai_socktype && !kinds[k].protocol))
				continue;
			kind = true;
			port = port_of(service, hint->ai_flags, kinds[k].name);
			if (port < 0)
				continue;
			served = true;
			if (!append(&at, h->address[i].family, h->address[i].bytes, scope,
				    kinds[k].type,
				    kinds[k].protocol ? kinds[k].protocol : hint->ai_protocol,
				    port))
				r = EAI_MEMORY;
		}
	}
	if (!r && !kind)
		r = EAI_SOCKTYPE;
	else if (!r && !served)
		r = EAI_SERVICE;
	if (!r && hint->ai_flags & AI_CANONNAME)
		first->ai_canonname = strdup(h->name);
	free(h);
	if (r)
		freeaddrinfo(first);
	else
		*out = first;
	return r;
}
EXPORT int __xnet_getaddrinfo(const char *, const char *, const struct addrinfo *,
			      struct addrinfo **) __attribute__((alias("getaddrinfo")));

EXPORT const char *gai_strerror(int error)
{
	static const char *const said[] = {
	    [0] = "no error",
	    [EAI_ADDRFAMILY] = "address family not supported by host",
	    [EAI_AGAIN] = "temporary name resolution failure",
	    [EAI_BADFLAGS] = "bad flags",
	    [EAI_FAIL] = "non-recoverable failure in name resolution",
	    [EAI_FAMILY] = "address family not supported",
	    [EAI_MEMORY] = "memory allocation failure",
	    [EAI_NODATA] = "no address",
	    [EAI_NONAME] = "node name or service name not known",
	    [EAI_SERVICE] = "service name not available for the specified socket type",
	    [EAI_SOCKTYPE] = "socket type not supported",
	    [EAI_SYSTEM] = "system error",
	    [EAI_OVERFLOW] = "argument buffer overflow",
	    [EAI_PROTOCOL] = "resolved protocol is unknown",
	};

	return error >= 0 && (size_t)error < sizeof(said) / sizeof(*said) && said[error]
		   ? said[error]
		   : "unknown error";
}

EXPORT int getnameinfo(const struct sockaddr *a, socklen_t len, char *host, socklen_t host_size,
		       char *service, socklen_t service_size, int flags)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)a;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)a;
	const void *bytes;
	int r = EAI_NONAME;

	if (!a || (a->sa_family != AF_INET && a->sa_family != AF_INET6))
		return EAI_FAMILY;
	if (len < (a->sa_family == AF_INET ? sizeof(*in) : sizeof(*in6) - 4))
		return EAI_FAMILY;
	bytes =
	    a->sa_family == AF_INET ? (const void *)&in->sin_addr : (const void *)&in6->sin6_addr;
	if (host && host_size) {
		if (!(flags & NI_NUMERICHOST))
			r = fb_host_name(a->sa_family, bytes, host, host_size);
		if (r && flags & NI_NAMEREQD)
			return EAI_NONAME;
		if (r) {
			char zone[IF_NAMESIZE];

			if (!inet_ntop(a->sa_family, bytes, host, host_size))
				return EAI_OVERFLOW;
			if (a->sa_family == AF_INET6 && in6->sin6_scope_id &&
			    if_indextoname(in6->sin6_scope_id, zone) &&
			    (strlcat(host, "%", host_size) >= host_size ||
			     strlcat(host, zone, host_size) >= host_size))
				return EAI_OVERFLOW;
		}
	}
	if (service && service_size &&
	    (flags & NI_NUMERICSERV ||
	     !fb_service_name(in->sin_port, flags & NI_DGRAM ? "udp" : "tcp", service,
			      service_size)) &&
	    (socklen_t)snprintf(service, service_size, "%d", ntohs(in->sin_port)) >= service_size)
		return EAI_OVERFLOW;
	return 0;
}

/* ---- the older functions ------------------------------------------------------------------- */

static struct hostent *old(const struct host *h, int family)
{
	static char name[256], addresses[HOST_ADDRESSES][16], *list[HOST_ADDRESSES + 1],
	    *aliases[1];
	static struct hostent out;
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++) {
		if (h->address[i].family != family)
			continue;
		memcpy(addresses[n], h->address[i].bytes, 16);
		list[n] = addresses[n];
		n++;
	}
	list[n] = NULL;
	strlcpy(name, h->name, sizeof(name));
	out = (struct hostent){name, aliases, family, family == AF_INET ? 4 : 16, list};
	return &out;
}

static int h_error_of(int r)
{
	return r == EAI_NONAME	 ? HOST_NOT_FOUND
	       : r == EAI_AGAIN	 ? TRY_AGAIN
	       : r == EAI_NODATA ? NO_DATA
				 : NO_RECOVERY;
}

EXPORT struct hostent *gethostbyname2(const char *name, int family)
{
	struct host *h = malloc(sizeof(*h));
	struct hostent *out = NULL;
	uint32_t scope;
	int r = EAI_FAIL;

	if (h && numeric(name, family, h, &scope)) {
		strlcpy(h->name, name, sizeof(h->name));
		r = 0;
	} else if (h) {
		r = fb_host_find(name, family, h);
	}
	if (r)
		h_errno = h_error_of(r);
	else
		out = old(h, family);
	free(h);
	return out;
}

EXPORT struct hostent *gethostbyname(const char *name)
{
	return gethostbyname2(name, AF_INET);
}

EXPORT struct hostent *gethostbyaddr(const void *address, socklen_t len, int family)
{
	struct host h = {.n = 1};
	int r;

	if ((family != AF_INET || len < 4) && (family != AF_INET6 || len < 16)) {
		h_errno = NO_RECOVERY;
		return NULL;
	}
	r = fb_host_name(family, address, h.name, sizeof(h.name));
	if (r) {
		h_errno = h_error_of(r);
		return NULL;
	}
	h.address[0].family = family;
	memcpy(h.address[0].bytes, address, family == AF_INET ? 4 : 16);
	return old(&h, family);
}
