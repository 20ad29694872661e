/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld.h: what the dynamic linker and the C library know of each other.
 *
 * Both are FeuerBird's, guest code for illumos programs when there is no illumos root. The
 * library finds the linker by the one symbol at the end, which is private to the two.
 */
#ifndef FB_GUEST_ILLUMOS_RTLD_H
#define FB_GUEST_ILLUMOS_RTLD_H

#include <stddef.h>
#include <stdint.h>

/*
 * The head of a thread, where %fs points. Thread-local storage of the objects that were there at
 * the start lies below it, in the places the System V ABI gives them (variant II); dtv leads to
 * that of objects opened later.
 */
struct tcb {
	struct tcb *self;
	void **dtv;	 /* by module; 0 is not a module. NULL: not allocated yet */
	size_t dtv_size; /* entries */
};

/* What libc's struct thread may be at most, with this at its head. */
#define THREAD_BLOCK_SIZE 4096

struct dl_phdr_info;

struct rtld_ops {
	/* Static thread-local storage below a tcb: bytes, and the alignment of the tcb. */
	size_t tls_size, tls_align;
	/* Fills it, for a thread about to run. */
	void (*tls_begin)(struct tcb *tcb);
	/* What a thread has of opened objects; release gives each block back. */
	void (*tls_end)(struct tcb *tcb);
	void *(*tls_address)(size_t module, size_t offset);

	/* dlopen(3C) and its like. Errors are told by `error`, which returns and forgets. */
	void *(*open)(const char *path, int mode, const void *caller);
	int (*close)(void *handle);
	void *(*symbol)(void *handle, const char *name, const void *caller);
	int (*address)(const void *address, void *info);
	int (*info)(void *handle, int request, void *arg, const void *caller);
	int (*iterate)(int (*each)(struct dl_phdr_info *, size_t, void *), void *arg);
	char *(*error)(void);
	/* Destructors of everything still open, the last opened first. */
	void (*finish)(void);

	/* For the library's start: the program's own. */
	const char *exec_name; /* AT_SUN_EXECNAME */
	long argc;
	char **argv, **envp;
	const void *auxv;
	uint64_t page_size;

	/* Memory of objects opened later comes from the library once it is there. */
	void *(*allocate)(size_t bytes);
	void (*release)(void *p);
};

extern struct rtld_ops _fb_rtld __attribute__((visibility("default")));

#endif
