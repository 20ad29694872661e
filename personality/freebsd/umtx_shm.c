/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx_shm.c: UMTX_OP_SHM, a page of shared memory for an address: where
 * libthr keeps mutexes, condition variables and the like that processes share. Facts:
 * _umtx_op(2), umtx_shm() of sys/kern/kern_umtx.c of FreeBSD 14.
 *
 * The kernel knows an address by the object that is mapped there and the offset in it. Here
 * shared memory is known by the device and inode of what is mapped, which unnamed shared
 * memory has on the host too: the page is a file of that name among those of shared memory,
 * so that whoever maps the same finds it. Private memory is known by its address: its pages
 * are unnamed and kept by the process, and by the children it has.
 */
#include "core/slab.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/umtx.h"

#define ALL                                                                                        \
	(FREEBSD_UMTX_SHM_CREAT | FREEBSD_UMTX_SHM_LOOKUP | FREEBSD_UMTX_SHM_DESTROY |             \
	 FREEBSD_UMTX_SHM_ALIVE)

/* Where an address leads. */
struct place {
	u64 addr;
	u64 device, inode, offset;
	bool mapped, shared;
};

/* A page for private memory. */
struct page {
	struct page *next;
	u64 addr;
	int fd; /* hidden */
};

/* A lock of the process's covers them, which no fork cuts in two. */
static struct page *pages;
static struct core_slab slab;

static bool look(void *ctx, const struct exo_mapping *m)
{
	struct place *p = ctx;

	if (p->addr < m->low)
		return false;
	if (p->addr >= m->high)
		return true;
	p->mapped = true;
	p->shared = m->shared;
	p->device = m->device;
	p->inode = m->inode;
	p->offset = m->offset + (p->addr - m->low);
	return false;
}

static long find_place(struct core_thread *t, u64 addr, struct place *p)
{
	long r;

	*p = (struct place){.addr = addr};
	if (addr >= EXO_GUEST_HIGH)
		return -CORE_EFAULT;
	r = exo_process_maps(t->pid, look, p);
	if (r < 0)
		return r;
	return p->mapped ? 0 : -CORE_EFAULT;
}

/* ---- shared memory ------------------------------------------------------------------------ */

static long open_named(const struct place *p, u32 flags)
{
	char path[128];
	long fd, r;

	fb_format(path, sizeof(path), "%s/feuerbird.umtx.%lx.%lx.%lx", exo_shared_memory_dir(),
		  p->device, p->inode, p->offset);
	if (flags & FREEBSD_UMTX_SHM_DESTROY) {
		r = EXO_NOW(unlink, path);
		return r == -CORE_ENOENT ? -CORE_ESRCH : r;
	}
	fd = EXO_NOW(open, path,
		     CORE_O_RDWR | CORE_O_CLOEXEC | CORE_O_NOFOLLOW |
			 (flags & FREEBSD_UMTX_SHM_CREAT ? CORE_O_CREAT : 0),
		     0600);
	if (fd < 0)
		return fd == -CORE_ENOENT ? -CORE_ESRCH : fd;
	r = EXO_NOW(ftruncate, fd, PAGE_SIZE);
	if (r < 0)
		EXO_NOW(close, fd);
	return r < 0 ? r : fd;
}

/* ---- private memory ----------------------------------------------------------------------- */

static struct page **find_page(u64 addr)
{
	struct page **at = &pages;

	while (*at && (*at)->addr != addr)
		at = &(*at)->next;
	return at;
}

static long make_page(u64 addr)
{
	struct page *p;
	long fd, r;

	if (!slab.size)
		core_slab_start(&slab, sizeof(*p));
	p = core_slab_take(&slab);
	if (!p)
		return -CORE_ENOMEM;
	fd = EXO_NOW(memfd_create, "umtx", CORE_MFD_CLOEXEC);
	if (fd >= 0) {
		r = EXO_NOW(ftruncate, fd, PAGE_SIZE);
		fd = r < 0 ? r : exo_hide_fd((int)fd);
	}
	if (fd < 0) {
		core_slab_give(&slab, p);
		return -CORE_ENOMEM;
	}
	p->addr = addr;
	p->fd = (int)fd;
	p->next = pages;
	pages = p;
	return 0;
}

static long open_private(struct core_thread *t, u64 addr, u32 flags)
{
	struct page **at, *p;
	long r = 0;

	exo_lock(&t->proc->handlers->lock);
	at = find_page(addr);
	p = *at;
	if (!p && (flags & FREEBSD_UMTX_SHM_CREAT)) {
		r = make_page(addr);
		p = pages;
	} else if (!p) {
		r = -CORE_ESRCH;
	}
	if (r == 0 && (flags & FREEBSD_UMTX_SHM_DESTROY)) {
		*at = p->next;
		exo_unhide_fd(p->fd);
		core_slab_give(&slab, p);
	} else if (r == 0) {
		r = EXO_NOW(fcntl, p->fd, CORE_F_DUPFD_CLOEXEC, 0);
	}
	exo_unlock(&t->proc->handlers->lock);
	return r;
}

long freebsd_umtx_shm(struct core_thread *t, guest_ptr key, u64 flags)
{
	struct place p;
	long r;

	if (!(flags & ALL) || (flags & ALL & ((flags & ALL) - 1))) /* exactly one */
		return -CORE_EINVAL;
	r = find_place(t, key.addr, &p);
	if (r < 0 || (flags & FREEBSD_UMTX_SHM_ALIVE))
		return r;
	return p.shared ? open_named(&p, (u32)flags) : open_private(t, p.addr, (u32)flags);
}
