/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/mmapobj.c: mmapobj(2), by which a dynamic linker maps an object whole.
 *
 * An object that is position-independent gets one range for all its segments, and what lies
 * between them is given back; one that is not goes where it says, if nothing is there. Facts:
 * mmapobj(2); usr/src/uts/common/os/mmapobj.c (process_phdr, calc_loadable, mmapobj_map_elf),
 * syscall/mmapobjsys.c, sys/mman.h. What cannot be interpreted is ENOTSUP.
 */
#include "core/fd.h"
#include "core/memory.h"
#include "lib/mem.h"
#include "loader/elffile.h"
#include "personality/illumos/abi_memory.h"
#include "personality/illumos/illumos.h"

#define SEGMENTS_MAX 32
#define HEADERS_MAX  512

struct object {
	int fd;
	u64 padding;
	struct elf64_header header;
	struct elf64_phdr *phdrs;
	u32 count; /* results */
	struct illumos_mmapobj_result result[SEGMENTS_MAX + 2];
	u64 len, align; /* of all segments; of an object that may go anywhere */
	u64 start;
};

static int to_prot(u32 flags)
{
	return (flags & ELF_PF_R ? CORE_PROT_READ : 0) | (flags & ELF_PF_W ? CORE_PROT_WRITE : 0) |
	       (flags & ELF_PF_X ? CORE_PROT_EXEC : 0);
}

/* ---- a file as it is ---------------------------------------------------------------------- */

static struct illumos_mmapobj_result padding_at(u64 addr, u64 len)
{
	return (struct illumos_mmapobj_result){
	    .mr_addr = addr, .mr_msize = len, .mr_flags = ILLUMOS_MR_PADDING};
}

static long reserve(u64 addr, u64 len, u64 align)
{
	int flags = CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE;

	return core_mmap(addr, len, 0, addr ? flags | CORE_MAP_FIXED_NOREPLACE : flags, -1, 0,
			 align > PAGE_SIZE ? align : 0);
}

static long map_flat(struct object *o, u32 room, u32 flags)
{
	u32 need = o->padding ? 3 : 1;
	struct core_stat st;
	long r = EXO(fstat, o->fd, &st);
	u64 len, addr = 0;

	o->count = need;
	if (r < 0)
		return r;
	if (room < need)
		return -CORE_E2BIG;
	len = (u64)st.st_size;
	if (len == 0 || len > EXO_GUEST_HIGH || o->padding > EXO_GUEST_HIGH)
		return -CORE_ENOMEM;
	if (o->padding) {
		r = reserve(0, ALIGN_UP(len, PAGE_SIZE) + 2 * o->padding, 0);
		if (r < 0)
			return r;
		addr = (u64)r + o->padding;
	}
	r = core_mmap(addr, len, CORE_PROT_READ, CORE_MAP_PRIVATE | (addr ? CORE_MAP_FIXED : 0),
		      o->fd, 0, 0);
	if (r < 0) {
		if (addr)
			core_munmap(addr - o->padding, ALIGN_UP(len, PAGE_SIZE) + 2 * o->padding);
		return r;
	}
	addr = (u64)r;
	o->result[o->padding ? 1 : 0] = (struct illumos_mmapobj_result){.mr_addr = addr,
									.mr_msize = len,
									.mr_fsize = len,
									.mr_prot = CORE_PROT_READ,
									.mr_flags = flags};
	if (o->padding) {
		o->result[0] = padding_at(addr - o->padding, o->padding);
		o->result[2] = padding_at(addr + ALIGN_UP(len, PAGE_SIZE), o->padding);
	}
	return 0;
}

/* ---- ELF ----------------------------------------------------------------------------------- */

/* Every segment's place relative to the object's, first of all; addresses are not rounded yet. */
static long plan(struct object *o)
{
	bool anywhere = o->header.type == ELF_ET_DYN;
	u64 end = 0, first = 0;

	o->count = o->padding ? 1 : 0;
	for (u32 i = 0; i < o->header.phnum; i++) {
		const struct elf64_phdr *p = &o->phdrs[i];
		struct illumos_mmapobj_result *m;
		u64 extra = 0;

		if ((p->type != ELF_PT_LOAD && p->type != ELF_PT_SUNWBSS) || p->memsz == 0)
			continue;
		if (p->vaddr >= EXO_GUEST_HIGH || p->memsz > EXO_GUEST_HIGH ||
		    p->filesz > p->memsz || p->offset > INT64_MAX - p->filesz ||
		    p->offset >= EXO_GUEST_HIGH)
			return -CORE_ILLUMOS_ENOTSUP;
		if (end == 0) {
			if (anywhere && p->vaddr >= PAGE_SIZE)
				return -CORE_ILLUMOS_ENOTSUP;
			first = p->vaddr;
			extra = p->offset; /* the header is mapped as well */
		} else if (p->vaddr < end || o->count == SEGMENTS_MAX) {
			return p->vaddr < end ? -CORE_ILLUMOS_ENOTSUP : -CORE_ENOMEM;
		}
		m = &o->result[o->count++];
		*m = (struct illumos_mmapobj_result){.mr_addr = anywhere && end == 0 ? 0 : p->vaddr,
						     .mr_msize = p->memsz,
						     .mr_fsize = p->filesz,
						     .mr_offset = p->offset,
						     .mr_prot = (u32)to_prot(p->flags)};
		if (end == 0 && p->filesz) {
			m->mr_flags = ILLUMOS_MR_HDR_ELF;
			if (anywhere) {
				m->mr_offset = 0;
				m->mr_msize += extra;
				m->mr_fsize += extra;
			}
		}
		end = ALIGN_UP(p->vaddr + p->memsz + extra, PAGE_SIZE);
		if (p->align > 1)
			o->align = MAX(o->align, MAX(p->align, PAGE_SIZE));
	}
	o->len = end - (anywhere ? 0 : first & ~PAGE_MASK);
	if (end == 0)
		return -CORE_ILLUMOS_ENOTSUP;
	while (o->align & (o->align - 1)) /* what is no power of two is the next one */
		o->align += o->align & -o->align;
	o->start = anywhere ? 0 : first & ~PAGE_MASK;
	return 0;
}

/* The range for all of it; padding lies before and behind. */
static long place(struct object *o)
{
	bool anywhere = o->header.type == ELF_ET_DYN;
	u64 before = ALIGN_UP(o->padding, MAX(o->align, PAGE_SIZE));
	long r;

	if (o->padding > EXO_GUEST_HIGH / 4 || o->align > EXO_GUEST_HIGH / 4)
		return -CORE_ENOMEM;
	if (!anywhere) {
		if (o->start < o->padding)
			return -CORE_ENOMEM;
		r = reserve(o->start - o->padding, o->len + 2 * o->padding, 0);
		if (r < 0)
			return r == -CORE_EEXIST ? -CORE_EADDRINUSE : r;
		return 0;
	}
	r = reserve(0, before + o->len + o->padding, o->align);
	if (r < 0)
		return r;
	if (before > o->padding)
		core_munmap((u64)r, before - o->padding);
	o->start = (u64)r + before;
	return 0;
}

static u64 range_low(const struct object *o)
{
	return o->start - o->padding;
}

static long zero_tail(u64 from, u64 to, int prot)
{
	long r = 0;

	if (from >= to)
		return 0;
	if (!(prot & CORE_PROT_WRITE))
		r = core_mprotect(from & ~PAGE_MASK, PAGE_SIZE, prot | CORE_PROT_WRITE);
	if (r >= 0)
		r = zero_guest(gp(from), (size_t)(to - from));
	if (r >= 0 && !(prot & CORE_PROT_WRITE))
		r = core_mprotect(from & ~PAGE_MASK, PAGE_SIZE, prot);
	return r;
}

/* One segment, at addr, which is not rounded. */
static long map_segment(const struct object *o, u64 addr, const struct illumos_mmapobj_result *m)
{
	u64 low = addr & ~PAGE_MASK, file_end = addr + m->mr_fsize, end = addr + m->mr_msize;
	u64 bss = ALIGN_UP(file_end, PAGE_SIZE);
	int prot = (int)m->mr_prot;
	long r = 0;

	if (m->mr_fsize) {
		if ((m->mr_offset & PAGE_MASK) != (addr & PAGE_MASK))
			return -CORE_ILLUMOS_ENOTSUP;
		r = core_mmap(low, file_end - low, prot, CORE_MAP_PRIVATE | CORE_MAP_FIXED, o->fd,
			      (i64)(m->mr_offset & ~PAGE_MASK), 0);
		if (r >= 0 && end > file_end)
			r = zero_tail(file_end, MIN(bss, end), prot);
	} else {
		bss = low;
	}
	if (r >= 0 && ALIGN_UP(end, PAGE_SIZE) > bss)
		r = core_mmap(bss, ALIGN_UP(end, PAGE_SIZE) - bss, prot,
			      CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_FIXED, -1, 0, 0);
	return r < 0 ? r : 0;
}

/* What lies between the segments of one that may go anywhere. */
static void drop_holes(const struct object *o)
{
	for (u32 i = 0; i + 1 < o->count; i++) {
		u64 low = ALIGN_UP(o->result[i].mr_addr + o->result[i].mr_msize, PAGE_SIZE);
		u64 high = o->result[i + 1].mr_addr;

		if (low < high)
			core_munmap(low, high - low);
	}
}

static long map_elf(struct object *o)
{
	u32 first = o->padding ? 1 : 0, last = o->count - (o->padding ? 1 : 0);
	long r = place(o);
	u64 bias;

	if (r < 0)
		return r;
	bias = o->header.type == ELF_ET_DYN ? o->start : 0;
	for (u32 i = first; i < last && r >= 0; i++) {
		struct illumos_mmapobj_result *m = &o->result[i];
		u64 addr = bias + m->mr_addr;

		r = map_segment(o, addr, m);
		m->mr_addr = addr & ~PAGE_MASK;
		m->mr_msize += addr & PAGE_MASK;
		m->mr_offset = addr & PAGE_MASK;
	}
	if (r < 0) {
		core_munmap(range_low(o), o->len + 2 * o->padding);
		return r;
	}
	if (o->padding) {
		o->result[0] = padding_at(range_low(o), o->padding);
		o->result[last] = padding_at(o->start + o->len, o->padding);
	}
	drop_holes(o);
	return 0;
}

static long read_headers(struct object *o)
{
	u64 size = (u64)o->header.phnum * sizeof(*o->phdrs);
	long r;

	if (o->header.phentsize != sizeof(*o->phdrs) || o->header.phnum == 0)
		return -CORE_ILLUMOS_ENOTSUP;
	if (o->header.phnum > HEADERS_MAX)
		return -CORE_ENOMEM;
	o->phdrs = exo_pages_alloc(size);
	if (!o->phdrs)
		return -CORE_ENOMEM;
	r = EXO(pread64, o->fd, o->phdrs, size, o->header.phoff);
	return r < 0 ? r : (u64)r != size ? -CORE_ILLUMOS_ENOTSUP : 0;
}

static long interpret(struct object *o, u32 room)
{
	long r = EXO(pread64, o->fd, &o->header, sizeof(o->header), 0);

	if (r < 0)
		return r;
	if ((u64)r < sizeof(o->header) || memcmp(o->header.ident, "\177ELF", 4) != 0 ||
	    o->header.ident[ELF_IDENT_CLASS] != ELF_CLASS_64)
		return -CORE_ILLUMOS_ENOTSUP;
	if (o->header.type == ELF_ET_REL || o->header.type == ELF_ET_CORE)
		return map_flat(o, room, ILLUMOS_MR_HDR_ELF);
	if (o->header.type != ELF_ET_EXEC && o->header.type != ELF_ET_DYN)
		return -CORE_ILLUMOS_ENOTSUP;
	r = read_headers(o);
	if (r >= 0)
		r = plan(o);
	if (r < 0)
		return r;
	if (o->padding)
		o->count++;
	return o->count > room ? -CORE_E2BIG : map_elf(o);
}

static long do_mmapobj(struct object *o, u32 flags, guest_ptr storage, guest_ptr elements)
{
	u32 room;
	long r, w;

	if (guest_read_u32(elements, &room) < 0)
		return -CORE_EFAULT;
	r = flags & ILLUMOS_MMOBJ_INTERPRET ? interpret(o, room) : map_flat(o, room, 0);
	if (r < 0 && r != -CORE_E2BIG)
		return r;
	w = guest_write_u32(elements, o->count);
	if (w == 0 && r == 0)
		w = copy_to_guest(storage, o->result, o->count * sizeof(*o->result));
	if (w < 0 && r == 0)
		for (u32 i = 0; i < o->count; i++)
			core_munmap(o->result[i].mr_addr,
				    ALIGN_UP(o->result[i].mr_msize, PAGE_SIZE));
	return w < 0 ? -CORE_EFAULT : r;
}

long illumos_mmapobj(struct core_thread *t, FD fd, HEX flags, OUT storage, INOUT elements, IN arg)
{
	struct object *o;
	u64 padding = 0;
	long r;

	(void)t;
	if (flags & ~(u32)(ILLUMOS_MMOBJ_PADDING | ILLUMOS_MMOBJ_INTERPRET) ||
	    (!(flags & ILLUMOS_MMOBJ_PADDING) && arg.addr))
		return -CORE_EINVAL;
	r = core_fd_hidden(fd) ? -CORE_EBADF : EXO(fcntl, fd, CORE_F_GETFL);
	if (r < 0)
		return r;
	if ((r & CORE_O_ACCMODE) == CORE_O_WRONLY)
		return -CORE_EACCES;
	if (flags & ILLUMOS_MMOBJ_PADDING) {
		if (guest_read_u64(arg, &padding) < 0)
			return -CORE_EFAULT;
		if (padding && ALIGN_UP(padding, PAGE_SIZE) == 0)
			return -CORE_ENOMEM;
		padding = ALIGN_UP(padding, PAGE_SIZE);
	}
	o = exo_pages_alloc(sizeof(*o));
	if (!o)
		return -CORE_ENOMEM;
	o->fd = fd;
	o->padding = padding;
	r = do_mmapobj(o, flags, storage, elements);
	if (o->phdrs)
		exo_pages_free(o->phdrs, (u64)o->header.phnum * sizeof(*o->phdrs));
	exo_pages_free(o, sizeof(*o));
	return r;
}
