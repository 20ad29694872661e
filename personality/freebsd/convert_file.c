/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_file.c: files, descriptors and file systems between
 * FreeBSD's numbers and layouts and the hub's.
 */
#include "lib/mem.h"
#include "personality/bits.h"
#include "personality/freebsd/convert_file.h"

/* ---- open(2) flags ------------------------------------------------------------ */

static const struct bit_pair oflags[] = {
    {FREEBSD_O_NONBLOCK, CORE_O_NONBLOCK}, {FREEBSD_O_APPEND, CORE_O_APPEND},
    {FREEBSD_O_ASYNC, CORE_O_ASYNC},	   {FREEBSD_O_FSYNC, CORE_O_SYNC},
    {FREEBSD_O_DSYNC, CORE_O_DSYNC},	   {FREEBSD_O_NOFOLLOW, CORE_O_NOFOLLOW},
    {FREEBSD_O_CREAT, CORE_O_CREAT},	   {FREEBSD_O_TRUNC, CORE_O_TRUNC},
    {FREEBSD_O_EXCL, CORE_O_EXCL},	   {FREEBSD_O_NOCTTY, CORE_O_NOCTTY},
    {FREEBSD_O_DIRECT, CORE_O_DIRECT},	   {FREEBSD_O_DIRECTORY, CORE_O_DIRECTORY},
    {FREEBSD_O_CLOEXEC, CORE_O_CLOEXEC},   {FREEBSD_O_PATH, CORE_O_PATH},
};

bool freebsd_to_core_oflags(int flags, int *core)
{
	u32 rest = (u32)flags & ~(u32)(FREEBSD_O_ACCMODE | FREEBSD_O_BY_HANDLER), out;
	bool known = bits_to_core(oflags, ARRAY_LEN(oflags), rest, &out);

	*core = (int)out | (flags & FREEBSD_O_ACCMODE);
	return known;
}

bool core_to_freebsd_oflags(int core, int *flags)
{
	/* The host adds O_LARGEFILE itself; nothing in FreeBSD answers to O_NOATIME. */
	u32 rest = (u32)core & ~(u32)(CORE_O_ACCMODE | CORE_O_LARGEFILE | CORE_O_NOATIME), out;
	bool known = bits_to_guest(oflags, ARRAY_LEN(oflags), rest, &out);

	*flags = (int)out | (core & CORE_O_ACCMODE);
	return known;
}

/* ---- the *at calls ------------------------------------------------------------- */

static const struct bit_pair atflags[] = {
    {FREEBSD_AT_EACCESS, CORE_AT_EACCESS},
    {FREEBSD_AT_SYMLINK_NOFOLLOW, CORE_AT_SYMLINK_NOFOLLOW},
    {FREEBSD_AT_SYMLINK_FOLLOW, CORE_AT_SYMLINK_FOLLOW},
    {FREEBSD_AT_REMOVEDIR, CORE_AT_REMOVEDIR},
    {FREEBSD_AT_EMPTY_PATH, CORE_AT_EMPTY_PATH},
    {FREEBSD_AT_RESOLVE_BENEATH, 0},
};

bool freebsd_to_core_atflags(int flags, int allowed, int *core)
{
	u32 out;
	bool known = bits_to_core(atflags, ARRAY_LEN(atflags), (u32)flags, &out);

	*core = (int)out;
	return known && (flags & ~allowed) == 0;
}

/* ---- stat ----------------------------------------------------------------------- */

u64 core_to_freebsd_dev(u64 dev)
{
	if (dev == ~0ull)
		return dev;
	return freebsd_makedev(core_dev_major(dev), core_dev_minor(dev));
}

u64 freebsd_to_core_dev(u64 dev)
{
	if (dev == ~0ull)
		return dev;
	return core_makedev(freebsd_dev_major(dev), freebsd_dev_minor(dev));
}

static struct core_timespec statx_time(struct core_statx_timestamp t)
{
	return (struct core_timespec){t.tv_sec, t.tv_nsec};
}

/* Only a privileged user sets the host's attributes, so the first two are the SF_ kind. */
static const struct bit_pair file_flags[] = {
    {FREEBSD_SF_IMMUTABLE, CORE_STATX_ATTR_IMMUTABLE},
    {FREEBSD_SF_APPEND, CORE_STATX_ATTR_APPEND},
    {FREEBSD_UF_NODUMP, CORE_STATX_ATTR_NODUMP},
};

bool freebsd_to_core_fileflags(u32 flags, u32 *out)
{
	return bits_to_core(file_flags, ARRAY_LEN(file_flags), flags, out);
}

u32 core_fileflags_known(void)
{
	u32 all = 0;

	for (u32 i = 0; i < ARRAY_LEN(file_flags); i++)
		all |= file_flags[i].core;
	return all;
}

void core_to_freebsd_stat(const struct core_statx *from, struct freebsd_stat *to)
{
	u32 flags;

	/* Attributes FreeBSD has no word for (compressed, encrypted, mount root, dax) go. */
	bits_to_guest(file_flags, ARRAY_LEN(file_flags), (u32)from->stx_attributes, &flags);
	*to = (struct freebsd_stat){
	    .st_dev = freebsd_makedev(from->stx_dev_major, from->stx_dev_minor),
	    .st_ino = from->stx_ino,
	    .st_nlink = from->stx_nlink,
	    .st_mode = from->stx_mode,
	    .st_uid = from->stx_uid,
	    .st_gid = from->stx_gid,
	    .st_rdev = freebsd_makedev(from->stx_rdev_major, from->stx_rdev_minor),
	    .st_atim = statx_time(from->stx_atime),
	    .st_mtim = statx_time(from->stx_mtime),
	    .st_ctim = statx_time(from->stx_ctime),
	    .st_birthtim = {-1, 0},
	    .st_size = (i64)from->stx_size,
	    .st_blocks = (i64)from->stx_blocks,
	    .st_blksize = (i32)from->stx_blksize,
	    .st_flags = flags,
	};
	if (from->stx_mask & CORE_STATX_BTIME)
		to->st_birthtim = statx_time(from->stx_btime);
}

void freebsd_to_freebsd11_stat(const struct freebsd_stat *from, struct freebsd11_stat *to)
{
	*to = (struct freebsd11_stat){
	    .st_dev = (u32)from->st_dev,
	    .st_ino = (u32)from->st_ino,
	    .st_mode = from->st_mode,
	    .st_nlink = (u16)MIN(from->st_nlink, 0xffffull),
	    .st_uid = from->st_uid,
	    .st_gid = from->st_gid,
	    .st_rdev = (u32)from->st_rdev,
	    .st_atim = from->st_atim,
	    .st_mtim = from->st_mtim,
	    .st_ctim = from->st_ctim,
	    .st_size = from->st_size,
	    .st_blocks = from->st_blocks,
	    .st_blksize = from->st_blksize,
	    .st_flags = from->st_flags,
	    .st_gen = (u32)from->st_gen,
	    .st_birthtim = from->st_birthtim,
	};
}

void freebsd_to_freebsd11_nstat(const struct freebsd_stat *from, struct freebsd11_nstat *to)
{
	*to = (struct freebsd11_nstat){
	    .st_dev = (u32)from->st_dev,
	    .st_ino = (u32)from->st_ino,
	    .st_mode = from->st_mode,
	    .st_nlink = (u32)MIN(from->st_nlink, 0xffffffffull),
	    .st_uid = from->st_uid,
	    .st_gid = from->st_gid,
	    .st_rdev = (u32)from->st_rdev,
	    .st_atim = from->st_atim,
	    .st_mtim = from->st_mtim,
	    .st_ctim = from->st_ctim,
	    .st_size = from->st_size,
	    .st_blocks = from->st_blocks,
	    .st_blksize = from->st_blksize,
	    .st_flags = from->st_flags,
	    .st_gen = (u32)from->st_gen,
	    .st_birthtim = from->st_birthtim,
	};
}

/* ---- directory entries -------------------------------------------------------- */

/* d_type is the same list of numbers in both. */
_Static_assert(FREEBSD_DT_FIFO == CORE_DT_FIFO && FREEBSD_DT_REG == CORE_DT_REG &&
		   FREEBSD_DT_LNK == CORE_DT_LNK && FREEBSD_DT_WHT == CORE_DT_WHT,
	       "d_type passes through");

size_t core_to_freebsd_dirent(const struct core_dirent64 *from, struct freebsd_dirent *to)
{
	size_t len = strnlen(from->d_name, CORE_NAME_MAX);
	size_t size = FREEBSD_DIRENT_SIZE(len);

	memset(to, 0, size);
	to->d_fileno = from->d_ino;
	to->d_off = from->d_off;
	to->d_reclen = (u16)size;
	to->d_type = from->d_type;
	to->d_namlen = (u16)len;
	memcpy(to->d_name, from->d_name, len);
	return size;
}

size_t core_to_freebsd11_dirent(const struct core_dirent64 *from, struct freebsd11_dirent *to)
{
	size_t len = strnlen(from->d_name, CORE_NAME_MAX);
	size_t size = FREEBSD11_DIRENT_SIZE(len);

	memset(to, 0, size);
	to->d_fileno = (u32)from->d_ino;
	to->d_reclen = (u16)size;
	to->d_type = from->d_type;
	to->d_namlen = (u8)len;
	memcpy(to->d_name, from->d_name, len);
	return size;
}

/* ---- fcntl(2) ------------------------------------------------------------------ */

static const struct bit_pair lock_types[] = {
    {FREEBSD_F_RDLCK, CORE_F_RDLCK},
    {FREEBSD_F_UNLCK, CORE_F_UNLCK},
    {FREEBSD_F_WRLCK, CORE_F_WRLCK},
};

_Static_assert(FREEBSD_SEEK_END == CORE_SEEK_END && FREEBSD_SEEK_HOLE == CORE_SEEK_HOLE,
	       "whence passes through");
_Static_assert(FREEBSD_LOCK_UN == CORE_LOCK_UN && FREEBSD_LOCK_NB == CORE_LOCK_NB,
	       "flock(2) operations pass through");
_Static_assert(FREEBSD_F_SEAL_WRITE == CORE_F_SEAL_WRITE, "seals pass through");

bool freebsd_to_core_flock(const struct freebsd_flock *from, struct core_flock *to)
{
	u32 type;

	if (!value_to_core(lock_types, ARRAY_LEN(lock_types), (u16)from->l_type, &type))
		return false;
	*to = (struct core_flock){.l_type = (i16)type,
				  .l_whence = from->l_whence,
				  .l_start = from->l_start,
				  .l_len = from->l_len,
				  .l_pid = from->l_pid};
	return true;
}

bool core_to_freebsd_flock(const struct core_flock *from, struct freebsd_flock *to)
{
	u32 type;

	if (!value_to_guest(lock_types, ARRAY_LEN(lock_types), (u16)from->l_type, &type))
		return false;
	*to = (struct freebsd_flock){.l_type = (i16)type,
				     .l_whence = from->l_whence,
				     .l_start = from->l_start,
				     .l_len = from->l_len,
				     .l_pid = from->l_pid};
	return true;
}

static const struct bit_pair commands[] = {
    {FREEBSD_F_DUPFD, CORE_F_DUPFD},	     {FREEBSD_F_GETFD, CORE_F_GETFD},
    {FREEBSD_F_SETFD, CORE_F_SETFD},	     {FREEBSD_F_GETOWN, CORE_F_GETOWN},
    {FREEBSD_F_SETOWN, CORE_F_SETOWN},	     {FREEBSD_F_OGETLK, CORE_F_GETLK},
    {FREEBSD_F_OSETLK, CORE_F_SETLK},	     {FREEBSD_F_OSETLKW, CORE_F_SETLKW},
    {FREEBSD_F_GETLK, CORE_F_GETLK},	     {FREEBSD_F_SETLK, CORE_F_SETLK},
    {FREEBSD_F_SETLKW, CORE_F_SETLKW},	     {FREEBSD_F_DUPFD_CLOEXEC, CORE_F_DUPFD_CLOEXEC},
    {FREEBSD_F_ADD_SEALS, CORE_F_ADD_SEALS}, {FREEBSD_F_GET_SEALS, CORE_F_GET_SEALS},
};

bool freebsd_to_core_fcntl(int cmd, int *core)
{
	u32 out;

	if (!value_to_core(commands, ARRAY_LEN(commands), (u32)cmd, &out))
		return false;
	*core = (int)out;
	return true;
}

struct core_timespec freebsd_to_core_utime(struct core_timespec t)
{
	if (t.tv_nsec == FREEBSD_UTIME_NOW)
		t.tv_nsec = CORE_UTIME_NOW;
	else if (t.tv_nsec == FREEBSD_UTIME_OMIT)
		t.tv_nsec = CORE_UTIME_OMIT;
	else if (t.tv_nsec == CORE_UTIME_NOW || t.tv_nsec == CORE_UTIME_OMIT)
		t.tv_nsec = -1; /* no nanoseconds FreeBSD takes: the host must refuse them */
	return t;
}

/* ---- poll(2) --------------------------------------------------------------------- */

/* POLLWRNORM is POLLOUT itself in FreeBSD. */
static const struct bit_pair poll_events[] = {
    {FREEBSD_POLLIN, CORE_POLLIN},
    {FREEBSD_POLLPRI, CORE_POLLPRI},
    {FREEBSD_POLLOUT, CORE_POLLOUT},
    {FREEBSD_POLLERR, CORE_POLLERR},
    {FREEBSD_POLLHUP, CORE_POLLHUP},
    {FREEBSD_POLLNVAL, CORE_POLLNVAL},
    {FREEBSD_POLLRDNORM, CORE_POLLRDNORM},
    {FREEBSD_POLLRDBAND, CORE_POLLRDBAND},
    {FREEBSD_POLLWRBAND, CORE_POLLWRBAND},
    {FREEBSD_POLLRDHUP, CORE_POLLRDHUP},
    {FREEBSD_POLLINIGNEOF, 0},
};

bool freebsd_to_core_poll(i16 events, i16 *core)
{
	u32 out;
	bool known = bits_to_core(poll_events, ARRAY_LEN(poll_events), (u16)events, &out);

	*core = (i16)out;
	return known;
}

i16 core_to_freebsd_poll(i16 revents)
{
	u32 out;

	/* POLLWRNORM comes with POLLOUT, which says the same; POLLMSG is never reported. */
	bits_to_guest(poll_events, ARRAY_LEN(poll_events),
		      (u16)revents & ~(u32)(CORE_POLLWRNORM | CORE_POLLMSG), &out);
	return (i16)out;
}
