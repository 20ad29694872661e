/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/dir.c: directories that are read like files.
 *
 * To these systems a directory is a file of entries, each a number and a name; programs open,
 * read and seek it. The first read of one here makes a picture of it in such entries, in memory,
 * and puts it in the descriptor's place; what fstat says stays the directory's. The picture is as
 * the directory was then: who reads on while files come and go sees neither, where the systems
 * showed some. "." and ".." come first.
 */
#include "core/fd.h"
#include "core/slab.h"
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/abi_file.h"
#include "personality/research/calls.h"

#define SEALS (CORE_F_SEAL_SEAL | CORE_F_SEAL_SHRINK | CORE_F_SEAL_GROW | CORE_F_SEAL_WRITE)

struct picture {
	struct core_fd_note note;
	struct core_stat st;
};
static FB_LARGE struct core_slab pictures;

static void release(struct core_fd_note *note)
{
	core_slab_give(&pictures, note);
}

static const struct core_fd_ops ops = {.kind = CORE_FD_DIR, .release = release};

#define FEW 64

struct writer {
	int dir, out;
	u64 dev;
	bool few; /* entries */
	u32 used, last;
	u8 buf[1024];
};

static long flush(struct writer *w)
{
	u32 done = 0;

	while (done < w->used) {
		long r = EXO_NOW(write, w->out, w->buf + done, w->used - done);

		if (r < 0)
			return r;
		done += (u32)r;
	}
	w->used = 0;
	return 0;
}

/* The buffer holds one block: the last entry of it takes what is left. */
static long close_block(struct writer *w)
{
	struct bsd_direct d;

	if (!w->used)
		return 0;
	memcpy(&d, w->buf + w->last, sizeof(d));
	d.reclen = pdp_word(BSD_DIRBLKSIZ - w->last);
	memcpy(w->buf + w->last, &d, sizeof(d));
	memset(w->buf + w->used, 0, BSD_DIRBLKSIZ - w->used);
	w->used = BSD_DIRBLKSIZ;
	return flush(w);
}

/* 2.11BSD: entries of any length, none across blocks of 512 bytes, the last up to its block's end.
 */
static long put_bsd_entry(struct writer *w, const char *name, u16 ino)
{
	char shown[BSD_MAXNAMLEN + 1] = {0};
	struct bsd_direct d = {.ino = pdp_word(ino)};
	u32 n, size;
	long r;

	research_entry_name(name, shown);
	n = (u32)strlen(shown);
	size = ALIGN_UP((u32)sizeof(d) + n + 1, 4);
	if (w->used + size > BSD_DIRBLKSIZ) {
		r = close_block(w);
		if (r < 0)
			return r;
	}
	d.reclen = pdp_word(size);
	d.namlen = pdp_word(n);
	memset(w->buf + w->used, 0, size);
	memcpy(w->buf + w->used, &d, sizeof(d));
	memcpy(w->buf + w->used + sizeof(d), shown, n);
	w->last = w->used;
	w->used += size;
	return 0;
}

static long put_entry(struct writer *w, const char *name, u64 dev, u64 ino)
{
	u32 size = 2u + research.version->name_max;
	struct pdp_word n = pdp_word(research_ino(dev, ino));
	long r;

	if (research.version->bsd)
		return put_bsd_entry(w, name, pdp_get(n));
	r = w->used + size > sizeof(w->buf) ? flush(w) : 0;

	memcpy(w->buf + w->used, &n, 2);
	research_entry_name(name, (char *)w->buf + w->used + 2);
	w->used += size;
	return r;
}

/*
 * The number that stat has: of what is mounted there. Directories may be mounts, in a small
 * directory anything may, as in a view's /dev; asking of all in a large one would take its time.
 */
static long put_looked_at(struct writer *w, const char *name, u64 ino)
{
	struct core_stat st = {0};

	if (EXO_NOW(newfstatat, w->dir, name, &st, 0) == 0) {
		research_tty_identity(NULL, &st);
		return put_entry(w, name, st.st_dev, st.st_ino);
	}
	return put_entry(w, name, w->dev, ino);
}

static bool is_dots(const char *s)
{
	return s[0] == '.' && (!s[1] || (s[1] == '.' && !s[2]));
}

static long put_some(struct writer *w, const u8 *from, long n)
{
	long r = 0;

	for (long at = 0; at < n && r == 0;) {
		const struct core_dirent64 *d = (const struct core_dirent64 *)(from + at);
		bool look;

		at += d->d_reclen;
		if (is_dots(d->d_name))
			continue;
		look = d->d_type == CORE_DT_DIR || (w->few && d->d_type != CORE_DT_LNK);
		r = look ? put_looked_at(w, d->d_name, d->d_ino)
			 : put_entry(w, d->d_name, w->dev, d->d_ino);
	}
	return r;
}

static long draw(struct writer *w)
{
	u64 buf[128];
	long r = EXO_NOW(lseek, w->dir, 0, CORE_SEEK_SET), n;

	if (r >= 0)
		r = put_looked_at(w, ".", 0);
	if (r == 0)
		r = put_looked_at(w, "..", 0);
	while (r == 0) {
		n = EXO_NOW(getdents64, w->dir, buf, sizeof(buf));
		if (n <= 0)
			return n < 0 ? n : research.version->bsd ? close_block(w) : flush(w);
		r = put_some(w, (u8 *)buf, n);
	}
	return r;
}

/* Programs read as many bytes as stat says there are. */
i64 research_dir_size(int at, const char *name)
{
	long fd = EXO_NOW(openat, at, name, CORE_O_RDONLY | CORE_O_DIRECTORY | CORE_O_CLOEXEC);
	u64 buf[256];
	i64 entries = 0;
	long n;

	while (fd >= 0 && (n = EXO_NOW(getdents64, fd, buf, sizeof(buf))) > 0)
		for (long i = 0; i < n; entries++)
			i += ((const struct core_dirent64 *)((u8 *)buf + i))->d_reclen;
	if (fd >= 0)
		EXO_NOW(close, fd);
	return MAX(entries, 2L) * (2 + MIN(research.version->name_max, (u8)14));
}

static long remember(int fd, const struct core_stat *st)
{
	struct picture *p;

	if (!pictures.size)
		core_slab_start(&pictures, sizeof(struct picture));
	p = core_slab_take(&pictures);
	if (!p)
		return -CORE_ENOMEM;
	p->note.refs = 1;
	p->st = *st;
	return core_fd_attach(fd, &ops, &p->note);
}

long research_dir_open(int fd)
{
	long at = EXO_NOW(lseek, fd, 0, CORE_SEEK_CUR), r, out;
	long cloexec = EXO_NOW(fcntl, fd, CORE_F_GETFD);
	struct core_stat st = {0};
	struct writer w = {.dir = fd};

	r = EXO_NOW(fstat, fd, &st);
	if (r < 0)
		return r;
	out = EXO_NOW(memfd_create, "directory", CORE_MFD_ALLOW_SEALING | CORE_MFD_CLOEXEC);
	if (out < 0)
		return out;
	w.out = (int)out;
	w.dev = st.st_dev;
	w.few = research_dir_size(fd, ".") <= FEW * OLD_ENTRY_MAX;
	r = draw(&w);
	if (r == 0) {
		EXO_NOW(fcntl, out, CORE_F_ADD_SEALS, SEALS);
		EXO_NOW(lseek, out, at, CORE_SEEK_SET);
		r = core_dup2((int)out, fd, cloexec & CORE_FD_CLOEXEC ? CORE_O_CLOEXEC : 0);
	}
	EXO_NOW(close, out);
	return r < 0 ? r : remember(fd, &st);
}

long research_dir_stat(int fd, struct core_stat *st)
{
	struct core_fd_note *note = core_fd_get(fd, CORE_FD_DIR);
	struct core_stat picture;

	if (!note)
		return 0;
	*st = ((struct picture *)note)->st;
	core_fd_put(note);
	if (EXO_NOW(fstat, fd, &picture) == 0)
		st->st_size = picture.st_size;
	return 1;
}
