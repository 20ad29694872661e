/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/interfaces.c: the network's interfaces, asked for with SIOCGLIF requests.
 * Facts: if(7P), getifaddrs(3SOCKET), if_nametoindex(3SOCKET).
 */
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sockio.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

/* All of a family, into memory of the caller's to free; how many, or -1. */
static int list(int fd, sa_family_t family, struct lifreq **out)
{
	struct lifnum n = {.lifn_family = family};
	struct lifconf c = {.lifc_family = family};

	*out = NULL;
	if (ioctl(fd, SIOCGLIFNUM, &n) < 0)
		return -1;
	if (n.lifn_count <= 0)
		return 0;
	n.lifn_count += 4; /* those that come meanwhile */
	c.lifc_len = n.lifn_count * (int)sizeof(struct lifreq);
	c.lifc_buf = calloc(1, (size_t)c.lifc_len);
	if (!c.lifc_buf)
		return -1;
	if (ioctl(fd, SIOCGLIFCONF, &c) < 0) {
		free(c.lifc_buf);
		return -1;
	}
	*out = c.lifc_req;
	return c.lifc_len / (int)sizeof(struct lifreq);
}

static bool ask(int fd, int request, const char *name, struct lifreq *r)
{
	memset(r, 0, sizeof(*r));
	strlcpy(r->lifr_name, name, sizeof(r->lifr_name));
	return ioctl(fd, request, r) == 0;
}

static socklen_t size_of(const struct sockaddr_storage *s)
{
	return s->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
}

struct entry {
	struct ifaddrs a;
	char name[LIFNAMSIZ];
	struct sockaddr_storage address, mask, other;
};

static struct entry *entry(int fd, const char *name)
{
	struct entry *e = calloc(1, sizeof(*e));
	struct lifreq r;

	if (!e || !ask(fd, SIOCGLIFADDR, name, &r)) {
		free(e);
		return NULL;
	}
	strlcpy(e->name, name, sizeof(e->name));
	e->a.ifa_name = e->name;
	memcpy(&e->address, &r.lifr_addr, size_of(&r.lifr_addr));
	e->a.ifa_addr = (struct sockaddr *)&e->address;
	if (ask(fd, SIOCGLIFNETMASK, name, &r)) {
		memcpy(&e->mask, &r.lifr_addr, size_of(&r.lifr_addr));
		e->a.ifa_netmask = (struct sockaddr *)&e->mask;
	}
	if (ask(fd, SIOCGLIFFLAGS, name, &r))
		e->a.ifa_flags = r.lifr_flags;
	if (e->a.ifa_flags & (IFF_BROADCAST | IFF_POINTOPOINT) &&
	    ask(fd, e->a.ifa_flags & IFF_POINTOPOINT ? SIOCGLIFDSTADDR : SIOCGLIFBRDADDR, name,
		&r)) {
		memcpy(&e->other, &r.lifr_addr, size_of(&r.lifr_addr));
		e->a.ifa_broadaddr = (struct sockaddr *)&e->other;
	}
	return e;
}

EXPORT int getifaddrs(struct ifaddrs **out)
{
	static const sa_family_t families[] = {AF_INET, AF_INET6};
	struct ifaddrs **at = out;
	bool any = false;

	*out = NULL;
	for (int i = 0; i < 2; i++) {
		int fd = socket(families[i], SOCK_DGRAM | SOCK_CLOEXEC, 0), n;
		struct lifreq *all;

		if (fd < 0)
			continue;
		n = list(fd, families[i], &all);
		any = any || n >= 0;
		for (int k = 0; k < n; k++) {
			struct entry *e = entry(fd, all[k].lifr_name);

			if (e) {
				*at = &e->a;
				at = &e->a.ifa_next;
			}
		}
		free(all);
		close(fd);
	}
	return any ? 0 : -1;
}

EXPORT void freeifaddrs(struct ifaddrs *a)
{
	while (a) {
		struct ifaddrs *next = a->ifa_next;

		free(a);
		a = next;
	}
}

EXPORT unsigned int if_nametoindex(const char *name)
{
	static const sa_family_t families[] = {AF_INET, AF_INET6};
	unsigned int index = 0;

	for (int i = 0; i < 2 && !index; i++) {
		int fd = socket(families[i], SOCK_DGRAM | SOCK_CLOEXEC, 0);
		struct lifreq r;

		if (fd < 0)
			continue;
		if (ask(fd, SIOCGLIFINDEX, name, &r))
			index = (unsigned int)r.lifr_index;
		close(fd);
	}
	if (!index)
		fail_with(ENXIO);
	return index;
}

EXPORT void if_freenameindex(struct if_nameindex *a)
{
	free(a);
}

/* The names lie after the list, which ends with an empty entry. */
EXPORT struct if_nameindex *if_nameindex(void)
{
	struct ifaddrs *all;
	struct if_nameindex *out;
	size_t n = 0, count = 0;
	char *names;

	if (getifaddrs(&all) < 0)
		return NULL;
	for (struct ifaddrs *a = all; a; a = a->ifa_next)
		count++;
	out = malloc((count + 1) * (sizeof(*out) + LIFNAMSIZ));
	names = (char *)(out + count + 1);
	for (struct ifaddrs *a = all; a && out; a = a->ifa_next) {
		size_t i = 0;

		if (strchr(a->ifa_name, ':')) /* another address of the same */
			continue;
		while (i < n && strcmp(out[i].if_name, a->ifa_name) != 0)
			i++;
		if (i < n)
			continue;
		strlcpy(names, a->ifa_name, LIFNAMSIZ);
		out[n].if_name = names;
		out[n++].if_index = if_nametoindex(a->ifa_name);
		names += LIFNAMSIZ;
	}
	freeifaddrs(all);
	if (out)
		out[n] = (struct if_nameindex){0, NULL};
	return out;
}

EXPORT char *if_indextoname(unsigned int index, char *buf)
{
	struct if_nameindex *all = if_nameindex();

	for (struct if_nameindex *a = all; a && a->if_index; a++) {
		if (a->if_index == index) {
			strlcpy(buf, a->if_name, IF_NAMESIZE);
			if_freenameindex(all);
			return buf;
		}
	}
	if_freenameindex(all);
	return fail_with(ENXIO), NULL;
}
