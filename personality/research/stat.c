/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/stat.c: stat and fstat, from the host's structure to each system's.
 *
 * What these systems have no type for looks like what it behaves as: pipes and FIFOs as files,
 * sockets as character devices. Symbolic links are followed. Sizes and times beyond a long are
 * the largest there is.
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/abi_file.h"
#include "personality/research/calls.h"

static u32 mode_of(const struct core_stat *st)
{
	u32 type = st->st_mode & CORE_S_IFMT, rights = st->st_mode & 07777;

	switch (type) {
	case CORE_S_IFIFO:
		return (research.version->usg ? CORE_S_IFIFO : CORE_S_IFREG) | rights;
	case CORE_S_IFSOCK:
		return CORE_S_IFCHR | rights;
	default:
		return type | rights;
	}
}

static bool is_device(const struct core_stat *st)
{
	u32 type = st->st_mode & CORE_S_IFMT;

	return type == CORE_S_IFCHR || type == CORE_S_IFBLK;
}

static long put_v7(guest_ptr to, const struct core_stat *st)
{
	struct v7_stat s = {
	    .dev = pdp_word(research_dev(st->st_dev)),
	    .ino = pdp_word(research_ino(st->st_dev, st->st_ino)),
	    .mode = pdp_word(mode_of(st)),
	    .nlink = pdp_word(MIN(st->st_nlink, 32767UL)),
	    .uid = pdp_word(research_uid(st->st_uid)),
	    .gid = pdp_word(research_uid(st->st_gid)),
	    .rdev = pdp_word(is_device(st) ? research_rdev(st->st_rdev) : 0),
	    .size = pdp_long((u32)pdp_clamp_long(is_device(st) ? 0 : st->st_size)),
	    .atime = pdp_long((u32)pdp_clamp_long(st->st_atim.tv_sec)),
	    .mtime = pdp_long((u32)pdp_clamp_long(st->st_mtim.tv_sec)),
	    .ctime = pdp_long((u32)pdp_clamp_long(st->st_ctim.tv_sec)),
	};

	return copy_to_guest(to, &s, sizeof(s));
}

static long put_v6(guest_ptr to, const struct core_stat *st)
{
	u32 size = (u32)MIN(st->st_size, 0xffffffL), rdev = research_rdev(st->st_rdev);
	u32 mode = V6_IALLOC | (mode_of(st) & 07777);
	u16 dev = research_dev(st->st_dev);
	struct v6_stat s = {
	    .minor = (u8)dev,
	    .major = (u8)(dev >> 8),
	    .ino = pdp_word(research_ino(st->st_dev, st->st_ino)),
	    .nlink = (u8)MIN(st->st_nlink, 127UL),
	    .uid = (u8)research_uid(st->st_uid),
	    .gid = (u8)research_uid(st->st_gid),
	    .atime = pdp_long((u32)pdp_clamp_long(st->st_atim.tv_sec)),
	    .mtime = pdp_long((u32)pdp_clamp_long(st->st_mtim.tv_sec)),
	};

	switch (mode_of(st) & CORE_S_IFMT) {
	case CORE_S_IFDIR:
		mode |= V6_IFDIR;
		break;
	case CORE_S_IFCHR:
		mode |= V6_IFCHR;
		break;
	case CORE_S_IFBLK:
		mode |= V6_IFBLK;
		break;
	default:
		break;
	}
	if (is_device(st)) {
		s.addr[0] = pdp_word(rdev);
		size = 0;
	} else if (size > V7_SMALL_FILE) {
		mode |= V6_ILARG;
	}
	s.mode = pdp_word(mode);
	s.size0 = (u8)(size >> 16);
	s.size1 = pdp_word(size);
	return copy_to_guest(to, &s, sizeof(s));
}

static u16 v1_flags(const struct core_stat *st)
{
	u32 m = st->st_mode, f = V1_ALLOC | V1_MODIFIED;

	f |= (m & CORE_S_IFMT) == CORE_S_IFDIR ? V1_DIR : 0;
	f |= st->st_size > V7_SMALL_FILE ? V1_LARGE : 0;
	f |= m & CORE_S_ISUID ? V1_SETUID : 0;
	f |= m & 0111 ? V1_EXEC : 0;
	f |= m & 0400 ? V1_READ : 0;
	f |= m & 0200 ? V1_WRITE : 0;
	f |= m & 0004 ? V1_READ_OTHER : 0;
	f |= m & 0002 ? V1_WRITE_OTHER : 0;
	return (u16)f;
}

static long put_v1(guest_ptr to, const struct core_stat *st)
{
	struct v1_stat s = {
	    .ino = pdp_word(research_ino(st->st_dev, st->st_ino)),
	    .flags = pdp_word(v1_flags(st)),
	    .nlink = (u8)MIN(st->st_nlink, 127UL),
	    .uid = (u8)research_uid(st->st_uid),
	    .size = pdp_word((u64)MIN(st->st_size, 0xffffL)),
	    .ctime = pdp_long(research_sixtieths(st->st_ctim.tv_sec)),
	    .mtime = pdp_long(research_sixtieths(st->st_mtim.tv_sec)),
	};

	return copy_to_guest(to, &s, sizeof(s));
}

static long put_bsd(guest_ptr to, const struct core_stat *st)
{
	u32 type = st->st_mode & CORE_S_IFMT;
	struct bsd_stat s = {
	    .dev = pdp_word(research_dev(st->st_dev)),
	    .ino = pdp_word(research_ino(st->st_dev, st->st_ino)),
	    .mode = pdp_word(type == CORE_S_IFIFO ? CORE_S_IFSOCK | (st->st_mode & 07777)
						  : st->st_mode),
	    .nlink = pdp_word(MIN(st->st_nlink, 32767UL)),
	    .uid = pdp_word(research_uid(st->st_uid)),
	    .gid = pdp_word(research_uid(st->st_gid)),
	    .rdev = pdp_word(is_device(st) ? research_rdev(st->st_rdev) : 0),
	    .size = pdp_long((u32)pdp_clamp_long(st->st_size)),
	    .atime = pdp_long((u32)pdp_clamp_long(st->st_atim.tv_sec)),
	    .mtime = pdp_long((u32)pdp_clamp_long(st->st_mtim.tv_sec)),
	    .ctime = pdp_long((u32)pdp_clamp_long(st->st_ctim.tv_sec)),
	    .blksize = pdp_long(1024),
	    .blocks = pdp_long((u32)pdp_clamp_long(st->st_blocks)),
	};

	return copy_to_guest(to, &s, sizeof(s));
}

long research_put_stat(guest_ptr to, const struct core_stat *st)
{
	const struct research_version *v = research.version;

	return v->bsd	     ? put_bsd(to, st)
	       : v->first    ? put_v1(to, st)
	       : v->old_stat ? put_v6(to, st)
			     : put_v7(to, st);
}

long research_stat(struct core_thread *t, guest_ptr path, guest_ptr to)
{
	char name[RESEARCH_PATH];
	struct core_stat st = {0};
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	if (r == 0)
		r = EXO(stat, name, &st);
	if (r < 0)
		return r;
	research_tty_identity(name, &st);
	if ((st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR)
		st.st_size = research_dir_size(CORE_AT_FDCWD, name);
	return research_put_stat(to, &st);
}

long research_fstat_of(int fd, struct core_stat *st)
{
	long r = research_dir_stat(fd, st);

	if (r == 0) {
		r = EXO(fstat, fd, st);
		if (r < 0)
			return r;
		research_tty_identity(NULL, st);
		if ((st->st_mode & CORE_S_IFMT) == CORE_S_IFDIR)
			st->st_size = research_dir_size(fd, ".");
		return 0;
	}
	return r < 0 ? r : 0;
}

long research_fstat(struct core_thread *t, i32 fd, guest_ptr to)
{
	struct core_stat st = {0};
	long r = research_fd(fd);

	(void)t;
	if (r == 0)
		r = research_fstat_of(fd, &st);
	return r < 0 ? r : research_put_stat(to, &st);
}
