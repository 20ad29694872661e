/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/stack.h: the pieces from which each personality builds a new program's first stack.
 *
 * Every kernel puts strings at the top, vectors of pointers to them below, and the auxiliary
 * vector in between; the order and the contents are its own business and stay in
 * personality/<abi>/exec_stack.c. Here is only the growing downwards: nothing is buffered,
 * everything goes straight to its final address through put(). With put == NULL nothing is
 * written and the run is a measurement: the stack needs top - sp bytes.
 */
#ifndef FB_LOADER_STACK_H
#define FB_LOADER_STACK_H

#include "loader/elf.h"

struct loader_stack {
	u64 sp;	   /* everything at and above it is taken */
	u64 limit; /* the lowest address that may be taken */
	long (*put)(void *ctx, u64 addr, const void *p, size_t n); /* 0 or -CORE_E... */
	void *ctx;
	long error; /* the first failure; afterwards nothing more is written */
};

/*
 * Takes n bytes below sp, rounds down to align (a power of two), and returns their address.
 * -CORE_E2BIG in error when the limit is reached.
 */
u64 loader_stack_take(struct loader_stack *s, u64 n, u64 align);

/* Writes n bytes of p at an address taken before. */
void loader_stack_put(struct loader_stack *s, u64 addr, const void *p, size_t n);
void loader_stack_put_u64(struct loader_stack *s, u64 addr, u64 value);

/* Takes room for the bytes and writes them. */
u64 loader_stack_push(struct loader_stack *s, const void *p, size_t n, u64 align);

/* A NULL-terminated list of strings, counted once. */
struct loader_strings {
	const char *const *v;
	u64 count;
	u64 bytes; /* with their NULs */
};
struct loader_strings loader_strings(const char *const *v);

/* Writes the strings from addr upwards, without gaps, and returns the address behind them. */
u64 loader_stack_put_strings(struct loader_stack *s, u64 addr, const struct loader_strings *l);

/*
 * Writes the pointers to strings laid out so from strings_at, then a NULL, to addr;
 * returns the address behind the NULL.
 */
u64 loader_stack_put_vector(struct loader_stack *s, u64 addr, const struct loader_strings *l,
			    u64 strings_at);

struct loader_aux {
	u64 type, value;
};

/* ---- what a personality is told, and what it answers --------------------------------- */

struct loader_program {
	const char *const *argv; /* NULL-terminated */
	const char *const *envp;
	const char *execname; /* as execve was given it */
	const char *execpath; /* absolute, or NULL when not known */
	const struct loader_elf_plan *plan;
	u64 bias;		/* of the program */
	bool has_interp;	/* the dynamic linker is mapped too ... */
	u64 interp_base;	/* ... with this bias, */
	u64 interp_data;	/* and its writable part here, 0: it has none */
	const char *own_linker; /* the path of it, where it is ours; else NULL */
	u64 stack_limit;	/* RLIMIT_STACK's soft value, bytes */
	u8 random[64];		/* fresh random bytes, for canaries */
	u32 ncpus;
	u32 abi_version; /* of the system it was built for (loader/detect.h), 0 unknown */
	u32 uid, euid, gid, egid;
	bool secure; /* set-id or otherwise privileged */
};

struct loader_entry {
	u64 sp;
	u64 arg0; /* first argument register at the entry point; the others are zero */
	u64 argv, envv;
	u64 auxv, auxv_size; /* address, bytes */
	u64 ps_strings;	     /* FreeBSD's; 0 elsewhere */
};

#endif
