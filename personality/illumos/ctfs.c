/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/ctfs.c: the names below /system/contract.
 *
 * There is no file system: a name is recognised when it is given from "/" on, as in /proc
 * (procfs.c). What it is open on afterwards is the keeper's business; a directory is a list that is
 * made when it is opened. Facts: contract(4), usr/src/uts/common/fs/ctfs/ctfs_{root,adir,tdir,cdir,
 * ctl,event,latest,sym,tmpl}.c, sys/ctfs_impl.h (inode numbers).
 */
#include "core/fd.h"
#include "core/textfile.h"
#include "lib/mem.h"
#include "personality/illumos/abi_file.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/procfs.h"

#define LIST_MAX (KEEPER_DATA_MAX * 8)
#define DEVICE	 0xfc7f5 /* a number that no file system of the hub has */

enum node { ROOT, ALL, TYPE, CONTRACT, LINK, LATEST, FILE_NODE };

struct place {
	enum node node;
	enum illumos_ct_type type;
	enum keeper_what what; /* of a FILE_NODE */
	i32 id;
};

static const char *const types[ILLUMOS_CTT_TYPES] = {"process", "device"};
static const struct {
	const char *name;
	enum keeper_what what;
	u16 mode, index;
} in_type[] = {{"bundle", KEEPER_BUNDLE, 0444, 0},
	       {"pbundle", KEEPER_PBUNDLE, 0444, 1},
	       {"template", KEEPER_TEMPLATE, 0666, 2}},
  in_contract[] = {{"ctl", KEEPER_CTL, 0222, 0},
		   {"status", KEEPER_STATUS_FILE, 0444, 1},
		   {"events", KEEPER_EVENTS, 0444, 2}};

/* ---- names ------------------------------------------------------------------------------- */

/* The next component goes to word; what is behind it. NULL: there is none, or it is too long. */
static const char *component(const char *p, char word[32])
{
	u32 n = 0;

	while (*p == '/')
		p++;
	if (!*p)
		return NULL;
	for (; *p && *p != '/'; p++) {
		if (n == 31)
			return NULL;
		word[n++] = *p;
	}
	word[n] = '\0';
	return p;
}

static bool is_contract(struct core_thread *t, i32 id)
{
	struct keeper_request q = {.op = KEEPER_LOOK, .pid = id};
	struct keeper_reply a;

	if (id == ILLUMOS_CONTRACT_ROOT && !illumos_contracts(t))
		return true;
	return illumos_keeper_ask(t, &q, NULL, &a, NULL, 0, false) == 0;
}

static long in_a_contract(const char *rest, struct place *to)
{
	char word[32];

	to->node = CONTRACT;
	rest = component(rest, word);
	if (!rest)
		return 0;
	for (u32 i = 0; i < ARRAY_LEN(in_contract); i++) {
		if (strcmp(word, in_contract[i].name) != 0)
			continue;
		to->node = FILE_NODE;
		to->what = in_contract[i].what;
		return component(rest, word) ? -CORE_ENOTDIR : 0;
	}
	return -CORE_ENOENT;
}

static long in_a_type(struct core_thread *t, const char *rest, struct place *to)
{
	char word[32];
	const char *end;

	to->node = TYPE;
	rest = component(rest, word);
	if (!rest)
		return 0;
	for (u32 i = 0; i < ARRAY_LEN(in_type); i++) {
		if (strcmp(word, in_type[i].name) != 0)
			continue;
		to->node = FILE_NODE;
		to->what = in_type[i].what;
		return component(rest, word) ? -CORE_ENOTDIR : 0;
	}
	if (strcmp(word, "latest") == 0) {
		to->node = LATEST;
		return component(rest, word) ? -CORE_ENOTDIR : 0;
	}
	end = core_path_number(word, &to->id);
	if (!end || *end || to->type != ILLUMOS_CTT_PROCESS || !is_contract(t, to->id))
		return -CORE_ENOENT;
	return in_a_contract(rest, to);
}

/* A link is one when it is the last component and not to be followed. */
static long in_all(struct core_thread *t, const char *rest, bool follow, struct place *to)
{
	char word[32];
	const char *end;

	to->node = ALL;
	rest = component(rest, word);
	if (!rest)
		return 0;
	end = core_path_number(word, &to->id);
	if (!end || *end || !is_contract(t, to->id))
		return -CORE_ENOENT;
	if (!*rest && !follow) {
		to->node = LINK;
		return 0;
	}
	return in_a_contract(rest, to);
}

/* 0, an error, or that it is another name. */
static long find(struct core_thread *t, guest_ptr path, bool follow, struct place *to)
{
	char text[128], word[32];
	const char *rest;

	if (copy_str_from_guest(text, path, sizeof(text)) < 0)
		return ILLUMOS_PROCFS_OTHER;
	rest = core_path_behind(text, "/system/contract");
	if (!rest)
		return ILLUMOS_PROCFS_OTHER;
	memset(to, 0, sizeof(*to));
	rest = component(rest, word);
	if (!rest)
		return 0; /* ROOT */
	if (strcmp(word, "all") == 0)
		return in_all(t, rest, follow, to);
	for (u32 i = 0; i < ILLUMOS_CTT_TYPES; i++) {
		if (strcmp(word, types[i]) == 0) {
			to->type = (enum illumos_ct_type)i;
			return in_a_type(t, rest, to);
		}
	}
	return -CORE_ENOENT;
}

/* ---- what they are ----------------------------------------------------------------------- */

static u64 inode(const struct place *p)
{
	u64 ct = (u64)(u32)p->id, type = (u64)p->type + 1;

	switch (p->node) {
	case ROOT:
		return 0;
	case ALL:
		return (ILLUMOS_CTT_TYPES + 1) << 16;
	case TYPE:
		return type << 16;
	case LATEST:
		return type << 16 | 4;
	case LINK:
		return 1ul << 63 | 1ul << 32 | ct;
	case CONTRACT:
		return 1ul << 63 | ct;
	default:
		for (u32 i = 0; i < 3; i++) {
			if (in_type[i].what == p->what)
				return type << 16 | (i + 1);
			if (in_contract[i].what == p->what)
				return 1ul << 63 | (u64)(i + 2) << 32 | ct;
		}
		return 0;
	}
}

static u32 mode_of(const struct place *p)
{
	if (p->node == LINK)
		return CORE_S_IFLNK | 0444;
	if (p->node < LINK)
		return CORE_S_IFDIR | 0555;
	for (u32 i = 0; p->node == FILE_NODE && i < 3; i++) {
		if (in_type[i].what == p->what)
			return CORE_S_IFREG | in_type[i].mode;
		if (in_contract[i].what == p->what)
			return CORE_S_IFREG | in_contract[i].mode;
	}
	return CORE_S_IFREG | 0444;
}

static u32 list(struct core_thread *t, const struct place *p, i32 *ids)
{
	struct keeper_request q = {.op = KEEPER_LIST,
				   .a = p->node == ALL ? (u64)ILLUMOS_CTT_TYPES : p->type};
	struct keeper_reply a;

	if (illumos_keeper_ask(t, &q, NULL, &a, ids, KEEPER_DATA_MAX, false) == 0)
		return a.len / sizeof(*ids);
	ids[0] = ILLUMOS_CONTRACT_ROOT; /* nobody keeps any but that */
	return p->node == ALL || p->type == ILLUMOS_CTT_PROCESS;
}

static void describe(struct core_thread *t, const struct place *p, struct core_stat *st)
{
	struct keeper_request q = {.op = KEEPER_LOOK, .pid = p->id ? p->id : ILLUMOS_CONTRACT_ROOT};
	struct keeper_reply a;
	char text[32];

	memset(st, 0, sizeof(*st));
	st->st_dev = DEVICE;
	st->st_ino = inode(p);
	st->st_mode = mode_of(p);
	st->st_nlink = p->node == ROOT	     ? 2 + ILLUMOS_CTT_TYPES + 1
		       : p->node == TYPE     ? 2 + 4
		       : p->node == CONTRACT ? 2 + 3
		       : p->node == ALL	     ? 2
					     : 1;
	st->st_blksize = 512;
	if (p->node < LINK)
		st->st_size = (i64)st->st_nlink;
	else if (p->node == LINK)
		st->st_size = (i64)fb_format(text, sizeof(text), "../%s/%d", types[p->type], p->id);
	st->st_blocks = (st->st_size + 511) / 512;
	if (illumos_keeper_ask(t, &q, NULL, &a, NULL, 0, false) == 0)
		st->st_atim.tv_sec = st->st_mtim.tv_sec = st->st_ctim.tv_sec = (i64)a.value;
}

long illumos_ctfs_stat(struct core_thread *t, guest_ptr path, bool follow, struct core_stat *st)
{
	struct place p;
	long r = find(t, path, follow, &p);

	if (r == 0)
		describe(t, &p, st);
	return r;
}

long illumos_ctfs_readlink(struct core_thread *t, guest_ptr path, char *text, u64 size)
{
	struct place p;
	long r = find(t, path, false, &p);

	if (r < 0)
		return r;
	if (p.node != LINK)
		return -CORE_EINVAL;
	return (long)fb_format(text, size, "../%s/%d", types[p.type], p.id);
}

/* ---- directories ------------------------------------------------------------------------- */

struct listing {
	u8 *to;
	u64 at;
	i64 next;
};

static void entry(struct listing *l, const char *name, const struct place *p)
{
	struct illumos_dirent *d = (void *)(l->to + l->at);
	size_t n = strlen(name);

	if (l->at + 64 > LIST_MAX)
		return;
	d->d_ino = inode(p);
	d->d_reclen = (u16)ALIGN_UP(offsetof(struct illumos_dirent, d_name) + n + 1, 8);
	l->at += d->d_reclen;
	d->d_off = (i64)l->at;
	memcpy(d->d_name, name, n + 1);
}

static void contracts(struct core_thread *t, struct listing *l, const struct place *dir)
{
	i32 *ids = exo_pages_alloc(KEEPER_DATA_MAX);
	struct place p = {.node = dir->node == ALL ? LINK : CONTRACT};
	u32 n = ids ? list(t, dir, ids) : 0;
	char name[16];

	for (u32 i = 0; i < n; i++) {
		p.id = ids[i];
		fb_format(name, sizeof(name), "%d", p.id);
		entry(l, name, &p);
	}
	if (ids)
		exo_pages_free(ids, KEEPER_DATA_MAX);
}

static void make_list(struct core_thread *t, struct listing *l, const struct place *dir)
{
	struct place p = *dir, up = {.node = ROOT};

	if (dir->node == CONTRACT)
		up = (struct place){.node = TYPE, .type = dir->type};
	entry(l, ".", dir);
	entry(l, "..", &up);
	switch (dir->node) {
	case ROOT:
		for (u32 i = 0; i < ILLUMOS_CTT_TYPES; i++) {
			p = (struct place){.node = TYPE, .type = (enum illumos_ct_type)i};
			entry(l, types[i], &p);
		}
		p.node = ALL;
		entry(l, "all", &p);
		break;
	case TYPE:
		p.node = FILE_NODE;
		for (u32 i = 0; i < ARRAY_LEN(in_type); i++) {
			p.what = in_type[i].what;
			entry(l, in_type[i].name, &p);
		}
		p.node = LATEST;
		entry(l, "latest", &p);
		contracts(t, l, dir);
		break;
	case ALL:
		contracts(t, l, dir);
		break;
	default:
		p.node = FILE_NODE;
		for (u32 i = 0; i < ARRAY_LEN(in_contract); i++) {
			p.what = in_contract[i].what;
			entry(l, in_contract[i].name, &p);
		}
		break;
	}
}

static void release(struct core_fd_note *note)
{
	(void)note;
}

/* One for all: it says that what is in the file is a directory's list. */
static const struct core_fd_ops list_ops = {.kind = CORE_FD_LIST, .release = release};
static struct core_fd_note list_note;

static long open_directory(struct core_thread *t, const struct place *p, i32 flags)
{
	struct listing l = {.to = exo_pages_alloc(LIST_MAX)};
	long fd;

	if (!l.to)
		return -CORE_ENOMEM;
	make_list(t, &l, p);
	fd = core_text_file("contract", l.to, l.at, flags & ILLUMOS_O_CLOEXEC ? CORE_O_CLOEXEC : 0);
	exo_pages_free(l.to, LIST_MAX);
	if (fd >= 0)
		core_fd_attach((int)fd, &list_ops, &list_note);
	return fd;
}

/* Whole entries from where the file is on, as many as there is room for. */
long illumos_ctfs_getdents(int fd, guest_ptr buf, u64 nbyte)
{
	union {
		struct illumos_dirent d;
		u8 room[64];
	} e;
	i64 at;
	u64 done = 0;

	if (core_fd_kind(fd) != CORE_FD_LIST)
		return -CORE_ENOTDIR;
	at = EXO(lseek, fd, 0, CORE_SEEK_CUR);
	while (EXO_NOW(pread64, fd, &e, sizeof(e), at) >= 24) {
		if (e.d.d_reclen > sizeof(e) || e.d.d_reclen < 24)
			return -CORE_EIO;
		if (done + e.d.d_reclen > nbyte)
			break;
		if (copy_to_guest(gp_add(buf, done), &e, e.d.d_reclen) < 0)
			return -CORE_EFAULT;
		done += e.d.d_reclen;
		at = e.d.d_off;
	}
	if (!done && EXO_NOW(pread64, fd, &e, 1, at) == 1)
		return -CORE_EINVAL; /* no room for one */
	EXO_NOW(lseek, fd, at, CORE_SEEK_SET);
	return (long)done;
}

/* ---- opening ----------------------------------------------------------------------------- */

/* What the file's modes refuse, and then what its own open does. */
static long check_flags(const struct place *p, i32 flags)
{
	i32 mode = flags & 3;
	i32 more = flags & ~(3 | ILLUMOS_O_CLOEXEC | ILLUMOS_O_CLOFORK | ILLUMOS_O_LARGEFILE |
			     ILLUMOS_O_NOFOLLOW | ILLUMOS_O_NOCTTY);
	u32 may = mode_of(p);

	if ((mode != ILLUMOS_O_WRONLY && !(may & 0444)) || (mode && !(may & 0222)))
		return -CORE_EACCES;
	switch (p->node == LATEST ? KEEPER_STATUS_FILE : p->what) {
	case KEEPER_TEMPLATE:
		return mode != ILLUMOS_O_RDWR || more ? -CORE_EINVAL : 0;
	case KEEPER_CTL:
		return mode != ILLUMOS_O_WRONLY || more ? -CORE_EINVAL : 0;
	case KEEPER_STATUS_FILE:
		return p->node == LATEST && more ? -CORE_EINVAL : 0;
	default:
		return more & ~ILLUMOS_O_NONBLOCK ? -CORE_EINVAL : 0;
	}
}

long illumos_ctfs_open(struct core_thread *t, guest_ptr path, i32 flags)
{
	struct keeper_request q = {0};
	struct place p;
	long r = find(t, path, !(flags & ILLUMOS_O_NOFOLLOW), &p);

	if (r < 0)
		return r;
	if (p.node == LINK)
		return -CORE_ELOOP;
	if (flags & ILLUMOS_O_CREAT && flags & ILLUMOS_O_EXCL)
		return -CORE_EEXIST;
	if (p.node < LINK)
		return flags & 3 ? -CORE_EISDIR : open_directory(t, &p, flags);
	if (flags & ILLUMOS_O_DIRECTORY)
		return -CORE_ENOTDIR;
	r = check_flags(&p, flags);
	if (r < 0)
		return r;
	q.a = p.what;
	q.b = p.type;
	q.pid = p.id;
	q.nonblock = (flags & ILLUMOS_O_NONBLOCK) != 0;
	if (p.node == LATEST) {
		q.a = KEEPER_STATUS_FILE;
		q.pid = p.type == ILLUMOS_CTT_PROCESS ? (i32)t->abi_data[ILLUMOS_T_CONTRACT] : 0;
		if (!q.pid)
			return -CORE_ESRCH;
	}
	return illumos_keeper_open(t, &q, flags & ILLUMOS_O_CLOEXEC);
}

bool illumos_ctfs_fstat(struct core_thread *t, int fd, struct core_stat *st)
{
	struct keeper_request q = {.op = KEEPER_DESCRIBE};
	struct place p = {.node = FILE_NODE};
	struct keeper_reply a;

	if (core_fd_kind(fd) == CORE_FD_LIST) {
		st->st_mode = CORE_S_IFDIR | 0555;
		return true;
	}
	if (!illumos_contracts(t) || !illumos_keeper_file(fd, &q.object) ||
	    illumos_keeper_ask(t, &q, NULL, &a, NULL, 0, false) < 0)
		return false;
	p.what = (enum keeper_what)(a.value & 0xff);
	p.type = a.value >> 8 & 0xff ? ILLUMOS_CTT_DEVICE : ILLUMOS_CTT_PROCESS;
	p.id = (i32)(a.value >> 32);
	describe(t, &p, st);
	return true;
}
