/* SPDX-License-Identifier: BSD-2-Clause */
/* loader/map.c: maps the segments of an ELF plan. */

#include "core/abi.h"
#include "core/guest.h"
#include "exo/exo.h"
#include "loader/map.h"

static long map_at(u64 addr, u64 size, u32 prot, u32 flags, int fd, u64 off)
{
	long got = EXO_NOW(mmap, addr, size, prot, flags, (i64)fd, off);

	if (got < 0)
		return got;
	if ((u64)got != addr) {
		EXO_NOW(munmap, got, size);
		return -CORE_EEXIST;
	}
	return 0;
}

/* The zero-filled part of a segment: the rest of the file's last page, then fresh pages. */
static long map_bss(const struct loader_segment *s, u64 start, u32 prot)
{
	u64 data_end = start + s->filesz;
	u64 end = start + s->memsz;
	u64 page = s->filesz ? ALIGN_UP(data_end, PAGE_SIZE) : ALIGN_DOWN(start, PAGE_SIZE);
	long err;

	if (s->filesz && data_end < page) {
		/* To the end of the page, as kernels do: programs have come to rely on it. */
		err = zero_guest(gp(data_end), page - data_end);
		if (err)
			return err;
	}
	if (end <= page)
		return 0;
	return map_at(page, ALIGN_UP(end, PAGE_SIZE) - page, prot,
		      CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_FIXED, -1, 0);
}

static long map_segment(const struct loader_segment *s, u64 bias, int fd)
{
	u64 start = bias + s->vaddr;
	u64 page = ALIGN_DOWN(start, PAGE_SIZE);
	bool zero_tail = s->filesz && s->filesz < s->memsz && ((start + s->filesz) & PAGE_MASK);
	/* Writable for as long as the tail is being zeroed, and never executable then. */
	u32 prot = zero_tail ? CORE_PROT_READ | CORE_PROT_WRITE : s->prot;
	long err;

	if (s->filesz) {
		u64 size = ALIGN_UP(start + s->filesz, PAGE_SIZE) - page;

		err = map_at(page, size, prot, CORE_MAP_PRIVATE | CORE_MAP_FIXED, fd,
			     ALIGN_DOWN(s->offset, PAGE_SIZE));
		if (err)
			return err;
		if (s->filesz < s->memsz)
			err = map_bss(s, start, s->prot);
		if (!err && prot != s->prot)
			err = EXO_NOW(mprotect, page, size, s->prot);
		return err;
	}
	return map_bss(s, start, s->prot);
}

/* Can the first segment's mapping reserve the place for all, because the others cover the rest? */
static bool first_reserves(const struct loader_elf_plan *plan)
{
	const struct loader_segment *s = plan->segment;

	if (!s->filesz || s->filesz != s->memsz)
		return false;
	for (u32 i = 1; i < plan->nsegments; i++)
		if (ALIGN_DOWN(s[i].vaddr, PAGE_SIZE) >
		    ALIGN_UP(s[i - 1].vaddr + s[i - 1].memsz, PAGE_SIZE))
			return false;
	return true;
}

/* All of the span, and nothing of anybody else's. */
static long reserve(const struct loader_elf_plan *plan, const struct loader_image *image, int fd)
{
	const struct loader_segment *s = plan->segment;
	u64 size = image->hi - image->lo;

	if (first_reserves(plan))
		return map_at(image->lo, size, s->prot, CORE_MAP_PRIVATE | CORE_MAP_FIXED_NOREPLACE,
			      fd, ALIGN_DOWN(s->offset, PAGE_SIZE));
	return map_at(image->lo, size, CORE_PROT_NONE,
		      CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE |
			  CORE_MAP_FIXED_NOREPLACE,
		      -1, 0);
}

long loader_map(const struct loader_elf_plan *plan, int fd, u64 bias, struct loader_image *image,
		struct loader_error *err)
{
	const struct loader_segment *last = &plan->segment[plan->nsegments - 1];
	long rc;

	*image = (struct loader_image){
	    .bias = bias,
	    .lo = plan->lo + bias,
	    .hi = plan->hi + bias,
	    .entry = plan->entry + bias,
	    .phdr = plan->phdr ? plan->phdr + bias : 0,
	    .data_end = last->vaddr + last->memsz + bias,
	};
	if (image->lo >= image->hi || image->hi > LOADER_ADDR_MAX || image->lo < PAGE_SIZE)
		return loader_fail(err, -CORE_ENOMEM,
				   "it does not fit into the address space at 0x%lx", image->lo);
	rc = reserve(plan, image, fd);
	if (rc == -CORE_EEXIST)
		return loader_fail(err, rc, "the addresses it wants, 0x%lx to 0x%lx, are taken",
				   image->lo, image->hi);
	if (rc)
		return loader_fail(err, rc,
				   "the addresses 0x%lx to 0x%lx cannot be had (error %ld)",
				   image->lo, image->hi, -rc);
	for (u32 i = 0; i < plan->nsegments; i++) {
		const struct loader_segment *s = &plan->segment[i];

		rc = i == 0 && first_reserves(plan) ? 0 : map_segment(s, bias, fd);
		if (rc) {
			loader_unmap(image);
			return loader_fail(err, rc,
					   "its segment at 0x%lx cannot be mapped (error %ld)",
					   s->vaddr + bias, -rc);
		}
		if (s->prot & CORE_PROT_EXEC)
			image->text_size += s->memsz;
		else
			image->data_size += s->memsz;
	}
	return 0;
}

void loader_unmap(const struct loader_image *image)
{
	EXO_NOW(munmap, image->lo, image->hi - image->lo);
}
