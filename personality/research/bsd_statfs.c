/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_statfs.c: what file systems 2.11BSD has. The host's are all of its one
 * type, in blocks of 1 KiB; counts end at the largest number of their field. Facts:
 * usr/sys/sys/ufs_syscalls2.c, usr/sys/h/mount.h.
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

static struct pdp_long kibibytes(u64 blocks, u64 size)
{
	u64 n = blocks > INT32_MAX ? (u64)INT32_MAX : blocks * size / BSD_MAXBSIZE;

	return pdp_long(MIN(n, (u64)INT32_MAX));
}

static u32 flags(i64 host)
{
	return (host & CORE_ST_RDONLY ? BSD_MNT_RDONLY : 0) |
	       (host & CORE_ST_SYNCHRONOUS ? BSD_MNT_SYNCHRONOUS : 0) |
	       (host & CORE_ST_NOEXEC ? BSD_MNT_NOEXEC : 0) |
	       (host & CORE_ST_NOSUID ? BSD_MNT_NOSUID : 0) |
	       (host & CORE_ST_NODEV ? BSD_MNT_NODEV : 0) |
	       (host & CORE_ST_NOATIME ? BSD_MNT_NOATIME : 0);
}

static void describe(const struct core_statfs *c, struct bsd_statfs *b)
{
	u64 size = (u64)(c->f_frsize ? c->f_frsize : c->f_bsize);

	memset(b, 0, sizeof(*b));
	b->type = pdp_word(BSD_MOUNT_UFS);
	b->flags = pdp_word(flags(c->f_flags));
	b->bsize = b->iosize = pdp_word(BSD_MAXBSIZE);
	b->blocks = kibibytes(c->f_blocks, size);
	b->bfree = kibibytes(c->f_bfree, size);
	b->bavail = kibibytes(c->f_bavail, size);
	b->files = pdp_word(MIN(c->f_files, 0xffffUL));
	b->ffree = pdp_word(MIN(c->f_ffree, 0xffffUL));
	b->fsid[0] = pdp_long((u32)c->f_fsid[0]);
	b->fsid[1] = pdp_long((u32)c->f_fsid[1]);
}

static void name(struct bsd_statfs *b, const struct exo_mount *m)
{
	fb_strlcpy(b->mntonname, m->on, sizeof(b->mntonname));
	fb_strlcpy(b->mntfromname, m->from, sizeof(b->mntfromname));
}

static bool take_name(void *ctx, const struct exo_mount *m)
{
	name(ctx, m);
	return false;
}

/* One of fd, or of path where fd is the directory paths begin at. */
static long statfs_of(int fd, const char *path, guest_ptr buf)
{
	struct core_statfs c;
	struct core_statx stx = {0};
	struct bsd_statfs b;
	long r = *path ? EXO(statfs, path, &c) : EXO(fstatfs, fd, &c);

	if (r < 0)
		return r;
	describe(&c, &b);
	r = EXO(statx, fd, path, *path ? 0 : CORE_AT_EMPTY_PATH, CORE_STATX_MNT_ID, &stx);
	if (r == 0 && (stx.stx_mask & CORE_STATX_MNT_ID))
		exo_mount(stx.stx_mnt_id, take_name, &b);
	return copy_to_guest(buf, &b, sizeof(b));
}

long research_bsd_statfs(struct core_thread *t, PATH path, OUT buf)
{
	char host[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, host);

	(void)t;
	return r < 0 ? r : statfs_of(CORE_AT_FDCWD, host, buf);
}

long research_bsd_fstatfs(struct core_thread *t, FD fd, OUT buf)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : statfs_of(fd, "", buf);
}

struct listing {
	guest_ptr to;
	u32 room, count;
	long result;
};

static bool list(void *ctx, const struct exo_mount *m)
{
	struct listing *l = ctx;
	struct core_statfs c;
	struct bsd_statfs b;

	if (l->count++ >= l->room)
		return true;
	if (EXO_NOW(statfs, m->within, &c) < 0)
		memset(&c, 0, sizeof(c)); /* one that may not be looked at has no numbers */
	describe(&c, &b);
	name(&b, m);
	l->result = copy_to_guest(gp_add(l->to, (l->count - 1) * sizeof(b)), &b, sizeof(b));
	return l->result == 0;
}

/* Without a buffer: how many there are. */
long research_bsd_getfsstat(struct core_thread *t, OUT buf, UINT size, INT flag)
{
	struct listing l = {.to = buf, .room = size / (u32)sizeof(struct bsd_statfs)};
	long r;

	(void)t;
	(void)flag;
	if (!research_addr(buf))
		l.room = 0;
	r = exo_mounts(list, &l);
	if (r < 0 || l.result < 0)
		return r < 0 ? r : l.result;
	return research_addr(buf) ? MIN(l.count, l.room) : l.count;
}
