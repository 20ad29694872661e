/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/admin.c: administration of a machine that is not FreeBSD's to run.
 *
 * Nobody is privileged towards a FreeBSD kernel here, so what needs privilege there answers
 * EPERM, as it does to an ordinary user; questions about kernel modules find none. Facts:
 * the ERRORS sections of mount(2), getfh(2), kldload(2), getfsstat(2).
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"

#define REFUSED(name, ...)                                                                         \
	long freebsd_##name(struct core_thread *t, ##__VA_ARGS__)                                  \
	{                                                                                          \
		(void)t;                                                                           \
		return -CORE_EPERM;                                                                \
	}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
REFUSED(mount, STR type, PATH path, HEX flags, IN data)
REFUSED(nmount, IN iovp, UINT iovcnt, HEX flags)
REFUSED(unmount, PATH path, HEX flags)
REFUSED(swapon, PATH name)
REFUSED(swapoff, PATH name, HEX flags)
REFUSED(freebsd13_swapoff, PATH name)
REFUSED(reboot, INT opt)
REFUSED(acct, PATH path)
REFUSED(getfh, PATH fname, OUT fhp)
REFUSED(lgetfh, PATH fname, OUT fhp)
REFUSED(getfhat, FD fd, PATH path, OUT fhp, ATFLAGS flags)
REFUSED(fhopen, IN u_fhp, OFLAGS flags)
REFUSED(fhstat, IN u_fhp, OUT sb)
REFUSED(fhstatfs, IN u_fhp, OUT buf)
REFUSED(freebsd4_fhstatfs, IN u_fhp, OUT buf)
REFUSED(freebsd11_fhstat, IN u_fhp, OUT sb)
REFUSED(freebsd11_fhstatfs, IN u_fhp, OUT buf)
REFUSED(fhlink, IN fhp, PATH to)
REFUSED(fhlinkat, IN fhp, FD tofd, PATH to)
REFUSED(fhreadlink, IN fhp, OUT buf, SIZE bufsize)
REFUSED(kldload, PATH file)
REFUSED(kldunload, INT fileid)
REFUSED(kldunloadf, INT fileid, HEX flags)
REFUSED(setloginclass, STR namebuf)
#pragma GCC diagnostic pop

/* ---- mounted file systems ---------------------------------------------------------------- */

/* As many as have room; the count of all when there is no room at all. */
struct listing {
	guest_ptr to;
	u64 room; /* structures */
	u64 count;
	bool old; /* FreeBSD 11's layout */
	long result;
};

static void describe_mount(const struct exo_mount *m, struct freebsd_statfs *fs)
{
	struct core_statfs core;

	if (EXO_NOW(statfs, m->within, &core) < 0)
		memset(&core, 0, sizeof(core)); /* one that may not be looked at has no numbers */
	core_to_freebsd_statfs(&core, fs);
	if (strcmp(m->on, "/dev") == 0)
		fb_strlcpy(fs->f_fstypename, "devfs", sizeof(fs->f_fstypename));
	if (strcmp(m->on, "/") == 0)
		fs->f_flags |= FREEBSD_MNT_ROOTFS;
	fb_strlcpy(fs->f_mntonname, m->on, sizeof(fs->f_mntonname));
	fb_strlcpy(fs->f_mntfromname, m->from, sizeof(fs->f_mntfromname));
}

static bool list_mount(void *ctx, const struct exo_mount *m)
{
	struct listing *l = ctx;
	struct freebsd_statfs fs;
	struct freebsd11_statfs old;

	if (!l->to.addr) {
		l->count++;
		return true;
	}
	if (l->count == l->room)
		return false;
	describe_mount(m, &fs);
	if (l->old) {
		freebsd_to_freebsd11_statfs(&fs, &old);
		l->result =
		    copy_to_guest(gp(l->to.addr + l->count * sizeof(old)), &old, sizeof(old));
	} else {
		l->result = copy_to_guest(gp(l->to.addr + l->count * sizeof(fs)), &fs, sizeof(fs));
	}
	l->count++;
	return l->result == 0;
}

static long list_mounts(guest_ptr buf, long bufsize, int mode, bool old)
{
	struct listing l = {.to = buf, .old = old};
	long r;

	if (bufsize < 0 || (mode != FREEBSD_MNT_WAIT && mode != FREEBSD_MNT_NOWAIT))
		return -CORE_EINVAL;
	l.room =
	    (u64)bufsize / (old ? sizeof(struct freebsd11_statfs) : sizeof(struct freebsd_statfs));
	r = exo_mounts(list_mount, &l);
	if (r < 0)
		return r;
	return l.result < 0 ? l.result : (long)l.count;
}

long freebsd_getfsstat(struct core_thread *t, OUT buf, LONG bufsize, INT mode)
{
	(void)t;
	return list_mounts(buf, bufsize, mode, false);
}

long freebsd_freebsd11_getfsstat(struct core_thread *t, OUT buf, LONG bufsize, INT mode)
{
	(void)t;
	return list_mounts(buf, bufsize, mode, true);
}
