/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/guest.h: reading and writing the guest's memory with faults caught.
 *
 * Each returns 0 or -CORE_EFAULT and never lets a fault of the guest's escape.
 * Addresses that belong to the runtime are refused as if they were unmapped.
 * Single aligned words of 1, 2, 4 and 8 bytes are copied in one access.
 */
#ifndef FB_CORE_GUEST_H
#define FB_CORE_GUEST_H

#include "core/guest_ptr.h"

long copy_from_guest(void *dst, guest_ptr src, size_t n);
long copy_to_guest(guest_ptr dst, const void *src, size_t n);
long zero_guest(guest_ptr dst, size_t n);

/*
 * Copies a NUL-terminated string of at most size bytes, the NUL included.
 * Returns its length without the NUL, -CORE_EFAULT, or -CORE_ENAMETOOLONG when
 * no NUL was found in size bytes.
 */
long copy_str_from_guest(char *dst, guest_ptr src, size_t size);

/* Single words; the value read is stored through *out. */
long guest_read_u32(guest_ptr p, u32 *out);
long guest_read_u64(guest_ptr p, u64 *out);
long guest_write_u32(guest_ptr p, u32 v);
long guest_write_u64(guest_ptr p, u64 v);

/* Atomic compare-and-exchange of a 32-bit word: *old is the expected value on entry and the
 * value found on return. Returns 0 or -CORE_EFAULT; it succeeded when *old is unchanged. */
long guest_cas_u32(guest_ptr p, u32 *old, u32 new_value);

#endif
