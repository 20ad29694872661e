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
