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

#endif
