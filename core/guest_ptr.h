/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/guest_ptr.h: the type of an address the guest gave us.
 *
 * It is never dereferenced directly: core/guest.h copies through it with faults
 * caught, and the host kernel checks it where one is handed down.
 */
#ifndef FB_CORE_GUEST_PTR_H
#define FB_CORE_GUEST_PTR_H

#include "lib/base.h"

typedef struct {
	u64 addr;
} guest_ptr;

static inline guest_ptr gp(u64 addr)
{
	return (guest_ptr){addr};
}

static inline guest_ptr gp_add(guest_ptr p, u64 off)
{
	return (guest_ptr){p.addr + off};
}

#endif
