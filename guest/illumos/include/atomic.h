/* SPDX-License-Identifier: BSD-2-Clause */
/* Atomic operations. Source: usr/src/head/atomic.h, usr/src/uts/common/sys/atomic.h. */
#ifndef _FB_ILLUMOS_ATOMIC_H
#define _FB_ILLUMOS_ATOMIC_H

#include <sys/types.h>

__BEGIN_DECLS
#define _ATOMIC(u, s, type, add)                                                                   \
	void atomic_inc_##u(volatile type *);                                                      \
	type atomic_inc_##u##_nv(volatile type *);                                                 \
	void atomic_dec_##u(volatile type *);                                                      \
	type atomic_dec_##u##_nv(volatile type *);                                                 \
	void atomic_add_##s(volatile type *, add);                                                 \
	type atomic_add_##s##_nv(volatile type *, add);                                            \
	void atomic_or_##u(volatile type *, type);                                                 \
	type atomic_or_##u##_nv(volatile type *, type);                                            \
	void atomic_and_##u(volatile type *, type);                                                \
	type atomic_and_##u##_nv(volatile type *, type);                                           \
	type atomic_cas_##u(volatile type *, type, type);                                          \
	type atomic_swap_##u(volatile type *, type)
_ATOMIC(8, 8, uint8_t, int8_t);
_ATOMIC(uchar, char, uchar_t, signed char);
_ATOMIC(16, 16, uint16_t, int16_t);
_ATOMIC(ushort, short, ushort_t, short);
_ATOMIC(32, 32, uint32_t, int32_t);
_ATOMIC(uint, int, uint_t, int);
_ATOMIC(64, 64, uint64_t, int64_t);
_ATOMIC(ulong, long, ulong_t, long);
#undef _ATOMIC
void atomic_add_ptr(volatile void *, ssize_t);
void *atomic_add_ptr_nv(volatile void *, ssize_t);
void *atomic_cas_ptr(volatile void *, void *, void *);
void *atomic_swap_ptr(volatile void *, void *);
int atomic_set_long_excl(volatile ulong_t *, uint_t);
int atomic_clear_long_excl(volatile ulong_t *, uint_t);
void membar_enter(void);
void membar_exit(void);
void membar_producer(void);
void membar_consumer(void);
__END_DECLS

#endif
