/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/admin.c: administration of a machine that is not FreeBSD's to run.
 *
 * Nobody is privileged towards a FreeBSD kernel here, so what needs privilege there answers
 * EPERM, as it does to an ordinary user; questions about kernel modules find none. Facts:
 * the ERRORS sections of mount(2), getfh(2), kldload(2), modfind(2), getfsstat(2).
 */
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

/* ---- kernel modules: there are none ------------------------------------------------------ */

static long no_such_name(guest_ptr name)
{
	char text[FREEBSD_PATH_MAX];
	long r = copy_str_from_guest(text, name, sizeof(text));

	return r < 0 ? r : -CORE_ENOENT;
}

long freebsd_kldfind(struct core_thread *t, PATH file)
{
	(void)t;
	return no_such_name(file);
}

long freebsd_modfind(struct core_thread *t, STR name)
{
	(void)t;
	return no_such_name(name);
}

/* 0 asks for the first, and is the answer when there is no next. */
static long next_of(int id)
{
	return id == 0 ? 0 : -CORE_ENOENT;
}

long freebsd_kldnext(struct core_thread *t, INT fileid)
{
	(void)t;
	return next_of(fileid);
}

long freebsd_modnext(struct core_thread *t, INT modid)
{
	(void)t;
	return next_of(modid);
}

long freebsd_modfnext(struct core_thread *t, INT modid)
{
	(void)t;
	(void)modid;
	return -CORE_ENOENT;
}

long freebsd_kldstat(struct core_thread *t, INT fileid, OUT stat)
{
	(void)t;
	(void)fileid;
	(void)stat;
	return -CORE_ENOENT;
}

long freebsd_modstat(struct core_thread *t, INT modid, OUT stat)
{
	(void)t;
	(void)modid;
	(void)stat;
	return -CORE_ENOENT;
}

long freebsd_kldfirstmod(struct core_thread *t, INT fileid)
{
	(void)t;
	(void)fileid;
	return -CORE_ENOENT;
}

/* ---- mounted file systems ---------------------------------------------------------------- */

/* The hub has no list of them; the one the root is on is always there. */
static long root_statfs(struct freebsd_statfs *fs)
{
	struct core_statfs core;
	long r = EXO(statfs, "/", &core);

	if (r < 0)
		return r;
	core_to_freebsd_statfs(&core, fs);
	fs->f_flags |= FREEBSD_MNT_ROOTFS;
	fb_strlcpy(fs->f_mntonname, "/", sizeof(fs->f_mntonname));
	fb_strlcpy(fs->f_mntfromname, fs->f_fstypename, sizeof(fs->f_mntfromname));
	return 0;
}

static bool mode_valid(int mode)
{
	return mode == FREEBSD_MNT_WAIT || mode == FREEBSD_MNT_NOWAIT;
}

long freebsd_getfsstat(struct core_thread *t, OUT buf, LONG bufsize, INT mode)
{
	struct freebsd_statfs fs;
	long r;

	(void)t;
	if (bufsize < 0 || !mode_valid(mode))
		return -CORE_EINVAL;
	if (!buf.addr)
		return 1;
	if (bufsize < (long)sizeof(fs))
		return 0;
	r = root_statfs(&fs);
	if (r == 0)
		r = copy_to_guest(buf, &fs, sizeof(fs));
	return r < 0 ? r : 1;
}

long freebsd_freebsd11_getfsstat(struct core_thread *t, OUT buf, LONG bufsize, INT mode)
{
	struct freebsd_statfs fs;
	struct freebsd11_statfs old;
	long r;

	(void)t;
	if (bufsize < 0 || !mode_valid(mode))
		return -CORE_EINVAL;
	if (!buf.addr)
		return 1;
	if (bufsize < (long)sizeof(old))
		return 0;
	r = root_statfs(&fs);
	if (r == 0) {
		freebsd_to_freebsd11_statfs(&fs, &old);
		r = copy_to_guest(buf, &old, sizeof(old));
	}
	return r < 0 ? r : 1;
}
