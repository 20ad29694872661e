/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/procfs_peer.c: procfs_peer.h has the essay. */
#include "personality/illumos/procfs_peer.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/illumos.h"

static FB_HOT struct illumos_public here;

/* Who borrows its parent's memory must not speak for it. */
void illumos_publish(struct core_thread *t)
{
	if (t->proc->borrows)
		return;
	here.magic = 0;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	here.pid = (u64)t->pid;
	memcpy(here.abi_data, t->proc->abi_data, sizeof(here.abi_data));
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	here.magic = ILLUMOS_PUBLIC_MAGIC;
}

long illumos_peer_memory(i32 pid, u64 at, void *buf, u64 n)
{
	char path[32];
	long fd, r;

	fb_format(path, sizeof(path), "/proc/%d/mem", pid);
	fd = EXO_NOW(openat, CORE_AT_FDCWD, path, CORE_O_RDONLY | CORE_O_CLOEXEC);
	if (fd < 0)
		return fd;
	r = EXO_NOW(pread64, fd, buf, n, at);
	EXO_NOW(close, fd);
	return r;
}

/* The mapping of the runtime's file that its code is in. */
struct text {
	u64 code; /* an address in it, or 0: */
	struct exo_mapping like;
	u64 low;
	bool found;
};

static bool is_text(void *ctx, const struct exo_mapping *m)
{
	struct text *x = ctx;

	x->found = x->code ? x->code >= m->low && x->code < m->high
			   : m->inode == x->like.inode && m->device == x->like.device &&
				 m->offset == x->like.offset && m->prot == x->like.prot &&
				 m->high - m->low == x->like.high - x->like.low;
	if (x->found) {
		x->like = *m;
		x->low = m->low;
	}
	return !x->found;
}

bool illumos_public_of(const struct core_thread *t, i32 pid, struct illumos_public *out)
{
	struct text mine = {.code = (u64)illumos_publish}, theirs;

	if (pid == t->pid) {
		out->magic = ILLUMOS_PUBLIC_MAGIC;
		out->pid = (u64)pid;
		memcpy(out->abi_data, t->proc->abi_data, sizeof(out->abi_data));
		return true;
	}
	if (exo_process_maps(t->pid, is_text, &mine) < 0 || !mine.found || !mine.like.inode)
		return false;
	theirs = (struct text){.like = mine.like};
	if (exo_process_maps(pid, is_text, &theirs) < 0 || !theirs.found)
		return false;
	return illumos_peer_memory(pid, (u64)&here - mine.low + theirs.low, out, sizeof(*out)) ==
		   sizeof(*out) &&
	       out->magic == ILLUMOS_PUBLIC_MAGIC;
}
