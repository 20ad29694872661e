/* SPDX-License-Identifier: BSD-2-Clause */
/* core/guest.c: guest memory access; core/guest.h has the contracts. */
#include "core/guest.h"
#include "core/abi.h"
#include "exo/exo.h"

/*
 * Below the guests' ceiling is only what guests mapped and a few pages of ours that are
 * as harmless to write as the guest's own code; above it nothing is theirs but the vDSO.
 */
static bool beyond(guest_ptr p, size_t n)
{
	return p.addr >= EXO_GUEST_HIGH || n > EXO_GUEST_HIGH - p.addr;
}

long copy_from_guest(void *dst, guest_ptr src, size_t n)
{
	if (UNLIKELY(beyond(src, n)))
		return n ? -CORE_EFAULT : 0;
	return exo_copy(dst, (const void *)src.addr, n) ? -CORE_EFAULT : 0;
}

long copy_to_guest(guest_ptr dst, const void *src, size_t n)
{
	if (UNLIKELY(beyond(dst, n)))
		return n ? -CORE_EFAULT : 0;
	return exo_copy((void *)dst.addr, src, n) ? -CORE_EFAULT : 0;
}

long zero_guest(guest_ptr dst, size_t n)
{
	if (UNLIKELY(beyond(dst, n)))
		return n ? -CORE_EFAULT : 0;
	return exo_zero((void *)dst.addr, n) ? -CORE_EFAULT : 0;
}

long copy_str_from_guest(char *dst, guest_ptr src, size_t size)
{
	long n;

	if (UNLIKELY(src.addr >= EXO_GUEST_HIGH))
		return -CORE_EFAULT;
	n = exo_strnlen((const char *)src.addr, MIN(size, EXO_GUEST_HIGH - src.addr));
	if (n < 0)
		return -CORE_EFAULT;
	if ((size_t)n >= size)
		return -CORE_ENAMETOOLONG;
	if (exo_copy(dst, (const void *)src.addr, (size_t)n + 1))
		return -CORE_EFAULT;
	return dst[n] == '\0' ? n : -CORE_EFAULT; /* changed by another thread meanwhile */
}

long guest_read_u32(guest_ptr p, u32 *out)
{
	return beyond(p, 4) || exo_load_u32(p.addr, out) ? -CORE_EFAULT : 0;
}

long guest_read_u64(guest_ptr p, u64 *out)
{
	return beyond(p, 8) || exo_load_u64(p.addr, out) ? -CORE_EFAULT : 0;
}

long guest_write_u32(guest_ptr p, u32 v)
{
	return beyond(p, 4) || exo_store_u32(p.addr, v) ? -CORE_EFAULT : 0;
}

long guest_write_u64(guest_ptr p, u64 v)
{
	return beyond(p, 8) || exo_store_u64(p.addr, v) ? -CORE_EFAULT : 0;
}

long guest_cas_u32(guest_ptr p, u32 *old, u32 new_value)
{
	return beyond(p, 4) || exo_cas_u32(p.addr, old, new_value) ? -CORE_EFAULT : 0;
}
