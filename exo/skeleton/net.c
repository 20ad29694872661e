/* SPDX-License-Identifier: BSD-2-Clause */
/* exo/skeleton/net.c: exo/net.h of a machine without a network. */
#include "exo/net.h"

long exo_interfaces(bool (*each)(void *ctx, const struct exo_interface *i), void *ctx)
{
	(void)each, (void)ctx;
	return 0;
}

long exo_addresses(bool (*each)(void *ctx, const struct exo_address *a), void *ctx)
{
	(void)each, (void)ctx;
	return 0;
}

long exo_groups(bool (*each)(void *ctx, const struct exo_group *g), void *ctx)
{
	(void)each, (void)ctx;
	return 0;
}

long exo_routes(bool (*each)(void *ctx, const struct exo_route *r), void *ctx)
{
	(void)each, (void)ctx;
	return 0;
}

long exo_sockets(u16 family, u8 protocol, bool (*each)(void *ctx, const struct exo_socket *s),
		 void *ctx)
{
	(void)family, (void)protocol, (void)each, (void)ctx;
	return 0;
}

bool exo_counters_read(struct exo_counters *c)
{
	(void)c;
	return false;
}

u64 exo_counter(const struct exo_counters *c, const char *group, const char *name)
{
	(void)c, (void)group, (void)name;
	return 0;
}

void exo_counters_free(struct exo_counters *c)
{
	(void)c;
}
