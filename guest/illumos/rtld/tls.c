/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/tls.c: thread-local storage.
 *
 * Objects that are there at the start have theirs below the thread pointer, at offsets that are the
 * same in every thread. One opened later gets a block in each thread that asks, found by the
 * module's number. Numbers are not used again. Source: "ELF Handling For Thread-Local Storage",
 * variant II.
 */
#include "guest/illumos/rtld/object.h"
#include "guest/illumos/syscall.h"

#define LWP_SETPRIVATE 0
#define LWP_FSBASE     0
#define MODULES	       1024

static struct object *modules[MODULES]; /* by number */
static size_t module_count = 1;
static bool started;

void tls_register(struct object *o)
{
	if (o->tls_size && !o->tls_module && module_count < MODULES) {
		o->tls_module = module_count;
		modules[module_count++] = o;
	}
}

void tls_place(struct object *o)
{
	struct rtld_ops *ops = &_fb_rtld;

	if (!o->tls_size || started || o->tls_offset)
		return;
	if (o->tls_align > ops->tls_align)
		ops->tls_align = o->tls_align;
	ops->tls_size += o->tls_size;
	/* The image begins where its own address does, modulo the alignment. */
	ops->tls_size = (ops->tls_size + o->tls_align - 1) & ~(o->tls_align - 1);
	o->tls_offset = -(int64_t)ops->tls_size;
}

void tls_forget(struct object *o)
{
	if (o->tls_module)
		modules[o->tls_module] = NULL;
}

void tls_begin(struct tcb *tcb)
{
	for (size_t i = 1; i < module_count; i++) {
		struct object *o = modules[i];
		char *to;

		if (!o || !o->tls_offset)
			continue;
		to = (char *)tcb + o->tls_offset;
		memory_copy(to, (void *)o->tls_image, o->tls_file_size);
		memory_zero(to + o->tls_file_size, o->tls_size - o->tls_file_size);
	}
	tcb->self = tcb;
	tcb->dtv = NULL;
	tcb->dtv_size = 0;
}

static struct tcb *self(void)
{
	struct tcb *t;

	__asm__("movq %%fs:0, %0" : "=r"(t));
	return t;
}

void tls_end(struct tcb *tcb)
{
	for (size_t i = 1; i < tcb->dtv_size; i++)
		release(tcb->dtv[i]);
	release(tcb->dtv);
	tcb->dtv = NULL;
	tcb->dtv_size = 0;
}

static bool dtv_grow(struct tcb *t, size_t module)
{
	size_t n = (module + 16) & ~15UL;
	void **v = allocate(n * sizeof(*v));

	if (!v)
		return false;
	memory_copy(v, t->dtv, t->dtv_size * sizeof(*v));
	release(t->dtv);
	t->dtv = v;
	t->dtv_size = n;
	return true;
}

void *tls_address(size_t module, size_t offset)
{
	struct object *o = module < module_count ? modules[module] : NULL;
	struct tcb *t = self();

	if (!o)
		return NULL;
	if (o->tls_offset)
		return (char *)t + o->tls_offset + offset;
	if (module >= t->dtv_size && !dtv_grow(t, module)) {
		fail("", "", "no memory for thread-local storage");
		die();
	}
	if (!t->dtv[module]) {
		/* The library's memory is aligned to 16; what wants more gets room to move. */
		char *p = allocate(o->tls_size + o->tls_align);

		if (!p) {
			fail("", "", "no memory for thread-local storage");
			die();
		}
		memory_copy((char *)(((uint64_t)p + o->tls_align - 1) & ~(o->tls_align - 1)),
			    (void *)o->tls_image, o->tls_file_size);
		t->dtv[module] = p;
	}
	return (char *)(((uint64_t)t->dtv[module] + o->tls_align - 1) & ~(o->tls_align - 1)) +
	       offset;
}

void tls_start(void)
{
	struct rtld_ops *ops = &_fb_rtld;
	char *block;
	struct tcb *tcb;

	ops->tls_size = (ops->tls_size + ops->tls_align - 1) & ~(ops->tls_align - 1);
	block = allocate(ops->tls_size + ops->tls_align + THREAD_BLOCK_SIZE);
	if (!block) {
		fail("", "", "no memory for the first thread");
		die();
	}
	tcb = (struct tcb *)(((uint64_t)block + ops->tls_size + ops->tls_align - 1) &
			     ~(ops->tls_align - 1));
	memory_zero(tcb, THREAD_BLOCK_SIZE);
	tls_begin(tcb);
	started = true;
	SYSCALL(SYS_lwp_private, LWP_SETPRIVATE, LWP_FSBASE, tcb);
}
