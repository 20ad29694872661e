/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/module.c: the kernel's modules, for programs that look for one before
 * they use what is in it.
 *
 * One file, the kernel, and in it those modules of FreeBSD's whose calls the runtime has and
 * which some kernels are without. None can be loaded, and none goes away. Facts: sys/module.h,
 * sys/linker.h, kern_module.c, kern_linker.c; the names are those of the sources that declare
 * them (vfs_aio.c, uipc_mqueue.c, uipc_sem.c, sysv_*.c).
 */
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/freebsd.h"

#define MAXMODNAME 32
#define KERNEL	   1 /* the number of the one file */

struct module_stat {
	i32 version; /* the structure's size */
	char name[MAXMODNAME];
	i32 refs;
	i32 id;
	u32 padding;
	u64 data;
};
SIZE_ASSERT(struct module_stat, 56);

struct kld_file_stat {
	i32 version; /* likewise */
	char name[FREEBSD_PATH_MAX];
	i32 refs;
	i32 id;
	u32 padding;
	u64 address;
	u64 size;
	char pathname[FREEBSD_PATH_MAX];
};
SIZE_ASSERT(struct kld_file_stat, 2080);
OFFSET_ASSERT(struct kld_file_stat, address, 1040);
#define SIZE_BEFORE_PATHNAME offsetof(struct kld_file_stat, pathname)
#define SIZE_BEFORE_DATA     44 /* of a module */

/* In order of their numbers, from 1 on. */
static const char *const modules[] = {"aio", "mqueuefs", "sem", "sysvmsg", "sysvsem", "sysvshm"};

static bool is_module(int id)
{
	return id >= 1 && id <= (int)ARRAY_LEN(modules);
}

static long after(int id)
{
	if (!is_module(id))
		return -CORE_ENOENT;
	return id < (int)ARRAY_LEN(modules) ? id + 1 : 0;
}

long freebsd_modnext(struct core_thread *t, INT modid)
{
	(void)t;
	return modid == 0 ? 1 : after(modid);
}

long freebsd_modfnext(struct core_thread *t, INT modid)
{
	(void)t;
	return after(modid);
}

long freebsd_modfind(struct core_thread *t, STR name)
{
	char wanted[MAXMODNAME];
	long r = copy_str_from_guest(wanted, name, sizeof(wanted));

	(void)t;
	if (r < 0)
		return r;
	for (u32 i = 0; i < ARRAY_LEN(modules); i++)
		if (strcmp(wanted, modules[i]) == 0)
			return (long)i + 1;
	return -CORE_ENOENT;
}

long freebsd_modstat(struct core_thread *t, INT modid, OUT stat)
{
	struct module_stat st = {.refs = 1, .id = modid};
	u32 version;

	(void)t;
	if (!is_module(modid))
		return -CORE_ENOENT;
	if (guest_read_u32(stat, &version) < 0)
		return -CORE_EFAULT;
	if (version != sizeof(st) && version != SIZE_BEFORE_DATA)
		return -CORE_EINVAL;
	st.version = (i32)version;
	fb_strlcpy(st.name, modules[modid - 1], sizeof(st.name));
	return copy_to_guest(stat, &st, version);
}

/* ---- files ------------------------------------------------------------------------------- */

long freebsd_kldfind(struct core_thread *t, PATH file)
{
	char path[FREEBSD_PATH_MAX];
	long r = copy_str_from_guest(path, file, sizeof(path));
	const char *base = path;

	(void)t;
	if (r < 0)
		return r;
	for (const char *c = path; *c; c++)
		if (*c == '/')
			base = c + 1;
	return strcmp(base, "kernel") == 0 ? KERNEL : -CORE_ENOENT;
}

long freebsd_kldnext(struct core_thread *t, INT fileid)
{
	(void)t;
	if (fileid == 0)
		return KERNEL;
	return fileid == KERNEL ? 0 : -CORE_ENOENT;
}

long freebsd_kldfirstmod(struct core_thread *t, INT fileid)
{
	(void)t;
	return fileid == KERNEL ? 1 : -CORE_ENOENT;
}

long freebsd_kldstat(struct core_thread *t, INT fileid, OUT stat)
{
	struct kld_file_stat st = {
	    .name = "kernel", .refs = 1, .id = fileid, .pathname = "/boot/kernel/kernel"};
	u32 version;

	(void)t;
	if (guest_read_u32(stat, &version) < 0)
		return -CORE_EFAULT;
	if (version != sizeof(st) && version != SIZE_BEFORE_PATHNAME)
		return -CORE_EINVAL;
	if (fileid != KERNEL)
		return -CORE_ENOENT;
	st.version = (i32)version;
	return copy_to_guest(stat, &st, version);
}
