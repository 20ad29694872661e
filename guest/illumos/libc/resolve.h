/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/resolve.h: hosts and their addresses.
 */
#ifndef FB_GUEST_ILLUMOS_RESOLVE_H
#define FB_GUEST_ILLUMOS_RESOLVE_H

#include <netdb.h>
#include <stdbool.h>

#define HOST_ADDRESSES 32

struct host {
	char name[256]; /* its own, not an alias */
	size_t n;
	struct {
		int family;
		uint8_t bytes[16];
	} address[HOST_ADDRESSES];
};

/* Of /etc/hosts, and else of a name server. family may be AF_UNSPEC. EAI_ or 0. */
int fb_host_find(const char *name, int family, struct host *out);
/* The name of an address. EAI_ or 0. */
int fb_host_name(int family, const void *address, char *out, size_t size);

/* Messages of name servers (resolve.c), for libresolv's interface (res.c). */
#define DNS_MESSAGE 65535
/* The question for an internet type; how many bytes, 0: no such name. Of 12 + 256 + 4 bytes at
 * most. */
size_t fb_dns_question(uint8_t *m, uint16_t id, const char *name, int type);
/* A name at `at`; where the next thing is, or 0. */
size_t fb_dns_name(const uint8_t *m, size_t size, size_t at, char out[256]);
/* reply has room for DNS_MESSAGE bytes. 0: nobody answered. */
size_t fb_dns_send(const uint8_t *query, size_t n, uint8_t *reply);
/* The nth domain names are looked up in; false: there is none. */
bool fb_dns_domain(int n, char out[256], int *ndots);

#endif
