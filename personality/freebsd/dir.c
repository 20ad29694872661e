/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/dir.c: reading directories.
 *
 * Entries pass through a small buffer, converted one by one, for a FreeBSD entry is up to
 * eight bytes longer than the hub's. When one no longer fits, the directory is sought back
 * to where it begins, so that the descriptor's offset and every d_off mean what they say.
 * Facts: getdirentries(2), sys/dirent.h.
 */
#include "core/fd.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"

enum layout { INO64, INO32 };

#define BOUNCE 1536

static size_t put_entry(const struct core_dirent64 *d, enum layout layout, guest_ptr to, u64 room)
{
	union {
		struct freebsd_dirent now;
		struct freebsd11_dirent old;
	} entry;
	size_t size = layout == INO64 ? core_to_freebsd_dirent(d, &entry.now)
				      : core_to_freebsd11_dirent(d, &entry.old);

	if (size > room)
		return 0;
	return copy_to_guest(to, &entry, size) < 0 ? SIZE_MAX : size;
}

/* Of /dev/fd the runtime's own are left out; the guest's are devices there. */
static bool show_descriptor(struct core_dirent64 *d)
{
	int fd = 0;

	if (d->d_name[0] < '0' || d->d_name[0] > '9')
		return true;
	for (const char *p = d->d_name; *p; p++)
		fd = fd * 10 + (*p - '0');
	d->d_type = CORE_DT_CHR;
	return !core_fd_hidden(fd);
}

/* next: where the directory stands. */
static long read_dir(int fd, guest_ptr buf, u64 count, i64 next, enum layout layout)
{
	u8 bounce[BOUNCE] __attribute__((aligned(8)));
	bool descriptors = core_fd_kind(fd) == CORE_FD_DIR;
	u64 done = 0;

	do {
		long got = EXO(getdents64, fd, bounce, sizeof(bounce));

		if (got <= 0)
			return done ? (long)done : got;
		for (long at = 0; at < got;) {
			struct core_dirent64 *d = (void *)(bounce + at);
			size_t size;

			if (descriptors && !show_descriptor(d)) {
				next = d->d_off;
				at += d->d_reclen;
				continue;
			}
			size = put_entry(d, layout, gp_add(buf, done), count - done);

			if (size == 0 || size == SIZE_MAX) {
				EXO_NOW(lseek, fd, next, CORE_SEEK_SET);
				if (done)
					return (long)done;
				return size ? -CORE_EFAULT : -CORE_EINVAL;
			}
			done += size;
			next = d->d_off;
			at += d->d_reclen;
		}
	} while (count - done >= sizeof(struct freebsd_dirent));
	return (long)done;
}

static long read_dir_from(int fd, guest_ptr buf, u64 count, guest_ptr basep, enum layout layout)
{
	i64 base = EXO(lseek, fd, 0, CORE_SEEK_CUR);
	long r = base;

	if (count > INT64_MAX)
		return -CORE_EINVAL;
	if (r >= 0)
		r = read_dir(fd, buf, count, base, layout);
	/* What is no directory is EINVAL there, unless it cannot be read at all. */
	if (r == -CORE_ENOTDIR || r == -CORE_ESPIPE)
		return (EXO_NOW(fcntl, fd, CORE_F_GETFL) & CORE_O_ACCMODE) == CORE_O_WRONLY
			   ? -CORE_EBADF
			   : -CORE_EINVAL;
	if (r >= 0 && basep.addr && guest_write_u64(basep, (u64)base) < 0)
		return -CORE_EFAULT;
	return r;
}

long freebsd_getdirentries(struct core_thread *t, FD fd, OUT buf, SIZE count, OUT basep)
{
	(void)t;
	return read_dir_from(fd, buf, count, basep, INO64);
}

long freebsd_freebsd11_getdirentries(struct core_thread *t, FD fd, OUT buf, UINT count, OUT basep)
{
	(void)t;
	return read_dir_from(fd, buf, count, basep, INO32);
}

long freebsd_freebsd11_getdents(struct core_thread *t, FD fd, OUT buf, SIZE count)
{
	(void)t;
	return read_dir_from(fd, buf, count, gp(0), INO32);
}
