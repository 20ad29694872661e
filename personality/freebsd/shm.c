/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/shm.c: POSIX shared memory. Facts: shm_open(2), sys/mman.h,
 * sys/kern/uipc_shm.c.
 *
 * Names are not paths: "/a/b" is one name, whatever directories there are, and all users
 * share them. A named object is a file in the host's directory for such, its name with
 * slashes written %2f; an anonymous one is the host's own kind.
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/shm.h"

#define ANONYMOUS	 1 /* SHM_ANON, instead of a path's address */
#define ALLOW_SEALING	 0x1
#define GROW_ON_WRITE	 0x2
#define LARGEPAGE	 0x4
#define RENAME_NOREPLACE 0x1
#define RENAME_EXCHANGE	 0x2
#define PREFIX		 "/feuerbird.shm."
#define OPEN_FLAGS                                                                                 \
	(FREEBSD_O_ACCMODE | FREEBSD_O_CREAT | FREEBSD_O_EXCL | FREEBSD_O_TRUNC | FREEBSD_O_CLOEXEC)

long freebsd_shared_name(guest_ptr name, const char *prefix, struct freebsd_shared_name *out)
{
	char text[FREEBSD_PATH_MAX];
	long r = copy_str_from_guest(text, name, sizeof(text));
	size_t at;

	if (r < 0)
		return r;
	if (text[0] != '/')
		return -CORE_EINVAL;
	at = fb_format(out->path, sizeof(out->path), "%s%s", exo_shared_memory_dir(), prefix);
	for (const char *p = text + 1; *p; p++) {
		if (at + 4 > sizeof(out->path))
			return -CORE_ENAMETOOLONG;
		if (*p == '/' || *p == '%')
			at += fb_format(out->path + at, 4, "%%%x", *p);
		else
			out->path[at++] = *p;
	}
	out->path[at] = '\0';
	return 0;
}

static long file_of(guest_ptr name, struct freebsd_shared_name *out)
{
	return freebsd_shared_name(name, PREFIX, out);
}

static long open_named(guest_ptr name, int flags, u32 mode)
{
	struct freebsd_shared_name file;
	int core;
	long r = file_of(name, &file);

	if (r < 0)
		return r;
	if (!freebsd_to_core_oflags(flags, &core))
		return -CORE_EINVAL;
	core |= CORE_O_NOFOLLOW;
	/* An existing object of somebody else's may be refused to who says O_CREAT. */
	if (!(flags & FREEBSD_O_EXCL)) {
		r = EXO(open, file.path, core & ~CORE_O_CREAT, 0);
		if (r != -CORE_ENOENT || !(flags & FREEBSD_O_CREAT))
			return r;
	}
	return EXO(open, file.path, core, mode & 0777);
}

static long shm_open(guest_ptr path, int flags, u32 mode, u32 shmflags)
{
	int access = flags & FREEBSD_O_ACCMODE;

	if (flags & ~OPEN_FLAGS || (access != FREEBSD_O_RDONLY && access != FREEBSD_O_RDWR) ||
	    shmflags & ~(u32)(ALLOW_SEALING | GROW_ON_WRITE | LARGEPAGE))
		return -CORE_EINVAL;
	if (shmflags & LARGEPAGE)
		return -CORE_ENOTTY; /* as a machine without large pages */
	if (path.addr != ANONYMOUS)
		return open_named(path, flags, mode);
	if (access != FREEBSD_O_RDWR)
		return -CORE_EINVAL;
	return EXO(memfd_create, "SHM_ANON",
		   (flags & FREEBSD_O_CLOEXEC ? CORE_MFD_CLOEXEC : 0) |
		       (shmflags & ALLOW_SEALING ? CORE_MFD_ALLOW_SEALING : 0));
}

long freebsd_shm_open2(struct core_thread *t, STR path, OFLAGS flags, MODE mode, HEX shmflags,
		       STR name)
{
	(void)t, (void)name; /* the name is for procstat(1) */
	return shm_open(path, flags, mode, shmflags);
}

long freebsd_freebsd12_shm_open(struct core_thread *t, STR path, OFLAGS flags, MODE mode)
{
	(void)t;
	return shm_open(path, flags | FREEBSD_O_CLOEXEC, mode, 0);
}

long freebsd_shm_unlink(struct core_thread *t, STR path)
{
	struct freebsd_shared_name file;
	long r = file_of(path, &file);

	(void)t;
	if (r == 0)
		r = EXO(unlink, file.path);
	return r == -CORE_EPERM ? -CORE_EACCES : r; /* of somebody else */
}

long freebsd_shm_rename(struct core_thread *t, STR path_from, STR path_to, HEX flags)
{
	struct freebsd_shared_name *both;
	long r;

	(void)t;
	if (flags & ~(u32)(RENAME_NOREPLACE | RENAME_EXCHANGE) ||
	    flags == (RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -CORE_EINVAL;
	both = exo_pages_alloc(2 * sizeof(*both));
	if (!both)
		return -CORE_ENOMEM;
	r = file_of(path_from, &both[0]);
	if (r == 0)
		r = file_of(path_to, &both[1]);
	/* The two bits have the host's values. */
	if (r == 0)
		r = EXO(renameat2, CORE_AT_FDCWD, both[0].path, CORE_AT_FDCWD, both[1].path, flags);
	exo_pages_free(both, 2 * sizeof(*both));
	return r == -CORE_EPERM ? -CORE_EACCES : r;
}
