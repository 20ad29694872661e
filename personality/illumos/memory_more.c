/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/memory_more.c: questions about memory, and copies that may fault.
 *
 * Facts: mincore(2), getpagesizes(3C), uucopy(2); usr/src/uts/common/os/grow.c and vm/vm_as.c
 * (mincore), syscall/{getpagesizes,uucopy}.c.
 */
#include "core/guest.h"
#include "personality/illumos/illumos.h"

#define CHUNK 1024

long illumos_mincore(struct core_thread *t, ADDR addr, SIZE len, OUT vec)
{
	(void)t;
	if (addr & PAGE_MASK || len == 0)
		return -CORE_EINVAL;
	if (addr >= EXO_GUEST_HIGH || len > EXO_GUEST_HIGH - addr || exo_is_ours(addr, len))
		return -CORE_ENOMEM;
	return EXO(mincore, addr, ALIGN_UP(len, PAGE_SIZE), vec.addr);
}

/* The sizes of a machine with pages of 2 MiB; who asks in the old way is told of both as well. */
long illumos_getpagesizes(struct core_thread *t, INT legacy, OUT buf, INT nelem)
{
	static const u64 sizes[] = {PAGE_SIZE, 2UL << 20};

	(void)t, (void)legacy;
	if (nelem < 0 || (nelem == 0) != (buf.addr == 0))
		return -CORE_EINVAL;
	if (nelem == 0)
		return ARRAY_LEN(sizes);
	nelem = MIN(nelem, (i32)ARRAY_LEN(sizes));
	return copy_to_guest(buf, sizes, (size_t)nelem * sizeof(*sizes)) < 0 ? -CORE_EFAULT : nelem;
}

long illumos_uucopy(struct core_thread *t, IN from, OUT to, SIZE size)
{
	u8 bytes[CHUNK];

	(void)t;
	for (u64 at = 0; at < size; at += CHUNK) {
		size_t n = (size_t)MIN(size - at, (u64)CHUNK);

		if (copy_from_guest(bytes, gp_add(from, at), n) < 0 ||
		    copy_to_guest(gp_add(to, at), bytes, n) < 0)
			return -CORE_EFAULT;
	}
	return 0;
}

/* Up to size bytes, with the string's end if it is among them: how many. */
long illumos_uucopystr(struct core_thread *t, IN from, OUT to, SIZE size)
{
	char bytes[CHUNK];
	u64 at = 0;

	(void)t;
	while (at < size) {
		size_t room = (size_t)MIN(size - at, (u64)CHUNK), n;
		long len = from.addr + at < EXO_GUEST_HIGH
			       ? exo_strnlen((const char *)(from.addr + at), room)
			       : -1;

		if (len < 0)
			return -CORE_EFAULT;
		n = MIN((size_t)len + 1, room);
		if (copy_from_guest(bytes, gp_add(from, at), n) < 0 ||
		    copy_to_guest(gp_add(to, at), bytes, n) < 0)
			return -CORE_EFAULT;
		at += n;
		if ((size_t)len < room)
			break;
	}
	return (long)at;
}
