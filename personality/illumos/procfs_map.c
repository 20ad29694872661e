/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procfs_map.c: what a process has mapped: map, xmap, pagedata, and the names
 * in object and path.
 *
 * What is locked the host does not tell page by page: pr_locked is 0. Facts: proc(5);
 * usr/src/uts/common/fs/proc/prsubr.c (prgetmap, prgetxmap, prpdread, pr_object_name).
 */
#include "core/fd.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/abi_procfs.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/fstype.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/procfs.h"

#define MAPPINGS_MAX 8192

struct mapping {
	struct illumos_prmap *to;
	struct identity {
		u64 device, inode;
	} * ids; /* of what is mapped, or NULL */
	u32 count, room;
	char program[ILLUMOS_PATH_MAX];
	const struct core_process *self;
	/* or: look for a name */
	const char *name;
	char *path;
};

static void name_mapping(const struct mapping *c, const struct exo_mapping *m,
			 char out[ILLUMOS_PRMAPSZ])
{
	char fstype[ILLUMOS_FSTYPSZ];
	u64 dev = core_to_illumos_dev(m->device);

	out[0] = '\0';
	if (m->path[0] != '/' || !m->inode)
		return;
	if (strcmp(m->path, c->program) == 0) {
		fb_strlcpy(out, "a.out", ILLUMOS_PRMAPSZ);
		return;
	}
	illumos_stat_fstype(CORE_AT_FDCWD, (u64)m->path, 0, m->device, fstype);
	fb_format(out, ILLUMOS_PRMAPSZ, "%s.%u.%u.%lu", fstype, (u32)(dev >> 32), (u32)dev,
		  m->inode);
}

static bool one_mapping(void *ctx, const struct exo_mapping *m)
{
	struct mapping *c = ctx;
	struct illumos_prmap e = {.pr_vaddr = m->low,
				  .pr_size = m->high - m->low,
				  .pr_offset = (i64)m->offset,
				  .pr_pagesize = PAGE_SIZE,
				  .pr_shmid = -1};

	if (m->low >= EXO_GUEST_HIGH) /* the runtime's */
		return false;
	name_mapping(c, m, e.pr_mapname);
	if (c->name) {
		if (strcmp(e.pr_mapname, c->name) != 0)
			return true;
		fb_strlcpy(c->path, m->path, ILLUMOS_PATH_MAX);
		c->count = 1;
		return false;
	}
	if (c->count == c->room)
		return false;
	e.pr_mflags = (m->prot & CORE_PROT_READ ? ILLUMOS_MA_READ : 0) |
		      (m->prot & CORE_PROT_WRITE ? ILLUMOS_MA_WRITE : 0) |
		      (m->prot & CORE_PROT_EXEC ? ILLUMOS_MA_EXEC : 0) |
		      (m->shared ? ILLUMOS_MA_SHARED : 0) | (m->inode ? 0 : ILLUMOS_MA_ANON);
	if (c->self && m->low < c->self->brk_now && m->high > c->self->brk_start && !m->inode)
		e.pr_mflags |= ILLUMOS_MA_BREAK;
	if (c->self && m->low < c->self->stack_high && m->high > c->self->stack_low)
		e.pr_mflags |= ILLUMOS_MA_STACK;
	if (c->ids)
		c->ids[c->count] = (struct identity){m->device, m->inode};
	c->to[c->count++] = e;
	return true;
}

static long program_of(i32 pid, char *path)
{
	long n = exo_process_text(pid, EXO_PROCESS_PROGRAM, 0, path, ILLUMOS_PATH_MAX - 1);

	path[MAX(n, 0L)] = '\0';
	return n;
}

/* Of its own process the runtime knows what was executed; others' host says what it says. */
long illumos_procfs_executed(const struct core_thread *t, i32 pid, char path[ILLUMOS_PATH_MAX])
{
	if (pid != t->pid)
		return program_of(pid, path);
	fb_strlcpy(path, t->proc->exec_path, ILLUMOS_PATH_MAX);
	return (long)strlen(path);
}

/* ---- map, xmap and pagedata ---------------------------------------------------------------- */

/* The pages of a mapping, a part at a time: how many are present, and of those nobody's file's. */
#define PART 1024

static void count_pages(i32 pid, struct illumos_prxmap *x)
{
	u8 state[PART];

	for (u64 at = x->pr_vaddr; at < x->pr_vaddr + x->pr_size;) {
		u64 want = MIN((x->pr_vaddr + x->pr_size - at) / PAGE_SIZE, (u64)PART);
		long n = exo_process_pages(pid, at, state, want);

		for (long i = 0; i < n; i++) {
			x->pr_rss += (state[i] & EXO_PAGE_PRESENT) != 0;
			x->pr_anon +=
			    (state[i] & (EXO_PAGE_PRESENT | EXO_PAGE_FILE)) == EXO_PAGE_PRESENT;
		}
		if (n <= 0)
			return;
		at += (u64)n * PAGE_SIZE;
	}
}

static long xmap(i32 pid, const struct mapping *c, u8 *buf, u64 size)
{
	struct illumos_prxmap *out = (void *)buf;
	u64 n = MIN((u64)c->count, size / sizeof(*out));

	for (u64 i = 0; i < n; i++) {
		const struct illumos_prmap *m = &c->to[i];

		memset(&out[i], 0, sizeof(out[i]));
		out[i].pr_vaddr = m->pr_vaddr;
		out[i].pr_size = m->pr_size;
		memcpy(out[i].pr_mapname, m->pr_mapname, sizeof(m->pr_mapname));
		out[i].pr_offset = m->pr_offset;
		out[i].pr_mflags = m->pr_mflags;
		out[i].pr_pagesize = m->pr_pagesize;
		out[i].pr_shmid = m->pr_shmid;
		out[i].pr_dev =
		    c->ids[i].inode ? core_to_illumos_dev(c->ids[i].device) : ILLUMOS_PRNODEV;
		out[i].pr_ino = c->ids[i].inode;
		out[i].pr_hatpagesize = PAGE_SIZE;
		count_pages(pid, &out[i]);
	}
	return (long)(n * sizeof(*out));
}

/* The host remembers no references: a page that is there may have been used, and one that is
 * the process's own may have been changed. */
static u8 page_flags(u8 state)
{
	if (!(state & EXO_PAGE_PRESENT))
		return 0;
	return ILLUMOS_PG_HWMAPPED | ILLUMOS_PG_REFERENCED |
	       (state & EXO_PAGE_FILE ? 0 : ILLUMOS_PG_MODIFIED);
}

static long pagedata(i32 pid, const struct mapping *c, u8 *buf, u64 size)
{
	struct illumos_prpageheader *h = (void *)buf;
	u64 at = sizeof(*h);
	struct exo_time now;

	memset(buf, 0, sizeof(*h));
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	h->pr_tstamp = (struct core_timespec){now.sec, now.nsec};
	h->pr_nmap = c->count;
	for (u32 i = 0; i < c->count; i++) {
		const struct illumos_prmap *m = &c->to[i];
		struct illumos_prasmap a = {.pr_vaddr = m->pr_vaddr,
					    .pr_npage = m->pr_size / PAGE_SIZE,
					    .pr_offset = m->pr_offset,
					    .pr_mflags = m->pr_mflags,
					    .pr_pagesize = m->pr_pagesize,
					    .pr_shmid = -1};
		u64 room = ALIGN_UP(a.pr_npage, 8UL);
		long n;

		if (size - at < sizeof(a) || size - at - sizeof(a) < room)
			return -CORE_ENOMEM;
		memcpy(a.pr_mapname, m->pr_mapname, sizeof(a.pr_mapname));
		memcpy(buf + at, &a, sizeof(a));
		at += sizeof(a);
		memset(buf + at, 0, room);
		n = exo_process_pages(pid, a.pr_vaddr, buf + at, a.pr_npage);
		for (long k = 0; k < n; k++)
			buf[at + (u64)k] = page_flags(buf[at + (u64)k]);
		at += room;
		h->pr_npage += (i64)a.pr_npage;
	}
	return (long)at;
}

long illumos_procfs_map(const struct core_thread *t, i32 pid, enum illumos_procfs_file file,
			u8 *buf, u64 size)
{
	struct mapping c = {.self = pid == t->pid ? t->proc : NULL};
	u64 held = 0;
	long r;

	c.room = (u32)(size / sizeof(struct illumos_prmap));
	c.to = (void *)buf;
	if (file != ILLUMOS_PROCFS_MAP) {
		c.room = MAPPINGS_MAX;
		held = c.room * (sizeof(*c.to) + sizeof(*c.ids));
		c.to = exo_pages_alloc(held);
		if (!c.to)
			return -CORE_ENOMEM;
		c.ids = (void *)(c.to + c.room);
	}
	illumos_procfs_executed(t, pid, c.program);
	r = exo_process_maps(pid, one_mapping, &c);
	if (r >= 0)
		r = file == ILLUMOS_PROCFS_MAP	  ? (long)(c.count * sizeof(struct illumos_prmap))
		    : file == ILLUMOS_PROCFS_XMAP ? xmap(pid, &c, buf, size)
						  : pagedata(pid, &c, buf, size);
	if (held)
		exo_pages_free(c.to, held);
	return r;
}

/* ---- names --------------------------------------------------------------------------------- */

long illumos_procfs_object(i32 pid, const char *name, char path[ILLUMOS_PATH_MAX])
{
	const struct core_thread *t = core_self();
	struct mapping c = {.name = name, .path = path};
	struct exo_open_file f;
	long n = -CORE_ENOENT;
	i32 fd = 0;

	if (strcmp(name, "a.out") == 0)
		return illumos_procfs_executed(t, pid, path);
	if (strcmp(name, "cwd") == 0 || strcmp(name, "root") == 0) {
		n = exo_process_text(pid, name[0] == 'c' ? EXO_PROCESS_CWD : EXO_PROCESS_ROOT, 0,
				     path, ILLUMOS_PATH_MAX - 1);
		path[MAX(n, 0L)] = '\0';
		return n;
	}
	for (const char *p = name; fd >= 0 && *p; p++)
		fd = *p >= '0' && *p <= '9' && fd < 10000000 ? fd * 10 + (*p - '0') : -1;
	if (fd >= 0) {
		if (pid == t->pid && core_fd_hidden(fd))
			return -CORE_ENOENT;
		n = exo_process_fd(pid, fd, &f);
		if (n < 0 || f.path[0] != '/')
			return -CORE_ENOENT;
		fb_strlcpy(path, f.path, ILLUMOS_PATH_MAX);
		return (long)strlen(path);
	}
	illumos_procfs_executed(t, pid, c.program);
	n = exo_process_maps(pid, one_mapping, &c);
	return n < 0 ? n : c.count ? (long)strlen(path) : -CORE_ENOENT;
}
