/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/load.c: finds objects and maps them.
 *
 * A name without a slash is looked for in LD_LIBRARY_PATH (not for set-id programs), in the run
 * path of who wants it ($ORIGIN is its directory), in /lib/64 and /usr/lib/64, and last beside this
 * linker, where FeuerBird's own libraries are. Facts: ld.so.1(1), usr/src/cmd/sgs/rtld.
 */
#include "guest/illumos/rtld/object.h"
#include "guest/illumos/syscall.h"

#define PAGE	      4096UL
#define PROT_NONE     0
#define MAP_PRIVATE   2
#define MAP_FIXED     0x10
#define MAP_ANON      0x100
#define MAP_NORESERVE 0x40

static const char *library_path, *library_path_64, *preload;
static const char *own_directory;

void paths_start(char **envp, bool secure, const char *own)
{
	own_directory = own;
	for (char **e = envp; *e && !secure; e++) {
		if (text_compare_n(*e, "LD_LIBRARY_PATH=", 16) == 0)
			library_path = *e + 16;
		if (text_compare_n(*e, "LD_LIBRARY_PATH_64=", 19) == 0)
			library_path_64 = *e + 19;
		if (text_compare_n(*e, "LD_PRELOAD=", 11) == 0 ||
		    text_compare_n(*e, "LD_PRELOAD_64=", 14) == 0)
			preload = *e + (e[0][10] == '=' ? 11 : 14);
	}
}

/* struct stat of a 64-bit program: st_dev, st_ino, st_mode (sys/stat.h). */
struct file_stat {
	uint64_t dev, ino;
	uint32_t mode, nlink, uid, gid;
	uint64_t rdev, size;
	uint8_t rest[96];
};

static int open_file(const char *path)
{
	struct syscall_answer a = SYSCALL(SYS_open, path, 0x800000 /* O_CLOEXEC */, 0);

	return a.error ? -1 : (int)a.value;
}

/* dir/name in out; false when it does not fit. */
static bool join(char out[PATH_BYTES], const char *dir, size_t n, const char *origin,
		 const char *name)
{
	size_t at = 0;

	if (n >= 7 && text_compare_n(dir, "$ORIGIN", 7) == 0) {
		const char *slash = text_last(origin, '/');
		size_t len = slash ? (size_t)(slash - origin) : 1;

		if (len >= PATH_BYTES)
			return false;
		memory_copy(out, slash ? origin : ".", len);
		at = len;
		dir += 7;
		n -= 7;
	}
	if (at + n + 1 + text_length(name) + 1 > PATH_BYTES)
		return false;
	memory_copy(out + at, dir, n);
	at += n;
	out[at++] = '/';
	memory_copy(out + at, name, text_length(name) + 1);
	return true;
}

static int search(const char *dirs, const char *origin, const char *name, char out[PATH_BYTES])
{
	while (dirs && *dirs) {
		size_t n = 0;
		int fd;

		while (dirs[n] && dirs[n] != ':' && dirs[n] != ';')
			n++;
		if (n && join(out, dirs, n, origin, name)) {
			fd = open_file(out);
			if (fd >= 0)
				return fd;
		}
		dirs += n + (dirs[n] != '\0');
	}
	return -1;
}

static int find_file(const char *name, struct object *by, char out[PATH_BYTES])
{
	static const char defaults[] = "/lib/64:/usr/lib/64:/lib/amd64:/usr/lib/amd64";
	int fd;

	if (text_last(name, '/')) {
		if (text_length(name) >= PATH_BYTES)
			return -1;
		memory_copy(out, name, text_length(name) + 1);
		return open_file(out);
	}
	fd = search(library_path_64 ? library_path_64 : library_path, by->name, name, out);
	if (fd < 0)
		fd = search(by->runpath, by->name, name, out);
	if (fd < 0)
		fd = search(defaults, by->name, name, out);
	if (fd < 0)
		fd = search(own_directory, by->name, name, out);
	return fd;
}

/* ---- mapping ------------------------------------------------------------------------------- */

static int protection(uint32_t flags)
{
	return (flags & PF_R ? 1 : 0) | (flags & PF_W ? 2 : 0) | (flags & PF_X ? 4 : 0);
}

static bool map_segment(int fd, const struct elf_phdr *ph, uint64_t base)
{
	uint64_t low = ph->vaddr & ~(PAGE - 1), file_end = ph->vaddr + ph->filesz;
	uint64_t file_pages = (file_end + PAGE - 1) & ~(PAGE - 1);
	uint64_t end = (ph->vaddr + ph->memsz + PAGE - 1) & ~(PAGE - 1);
	int prot = protection(ph->flags);
	struct syscall_answer a;

	if (ph->filesz) {
		a = SYSCALL(SYS_mmap, base + low, file_pages - low, prot, MAP_PRIVATE | MAP_FIXED,
			    fd, ph->offset & ~(PAGE - 1));
		if (a.error)
			return false;
	} else {
		file_pages = low;
	}
	if (ph->memsz > ph->filesz && ph->flags & PF_W && file_pages > file_end && ph->filesz)
		memory_zero((void *)(base + file_end), file_pages - file_end);
	if (end > file_pages) {
		a = SYSCALL(SYS_mmap, base + file_pages, end - file_pages, prot,
			    MAP_PRIVATE | MAP_FIXED | MAP_ANON, -1, 0);
		if (a.error)
			return false;
	}
	return true;
}

/* All of it is kept free first, so that what is between segments is nobody's. */
static bool map_object(int fd, struct object *o, const char *path, uint64_t file_size)
{
	union {
		struct elf_ehdr header;
		uint8_t bytes[PAGE];
	} first;
	const struct elf_phdr *ph;
	struct syscall_answer a = SYSCALL(SYS_pread, fd, &first, sizeof(first), 0);
	uint64_t low, high;
	const char *wrong;

	wrong = a.error ? ": cannot be read"
			: file_check(&first.header, (size_t)a.value, file_size, &low, &high);
	if (wrong)
		return fail(path, wrong, "");
	ph = (const struct elf_phdr *)(first.bytes + first.header.phoff);
	a = SYSCALL(SYS_mmap, 0, high - low, PROT_NONE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1,
		    0);
	if (a.error)
		return fail(path, ": cannot be mapped", "");
	o->base = (uint64_t)a.value - low;
	o->low = (uint64_t)a.value;
	o->high = o->low + (high - low);
	for (size_t i = 0; i < first.header.phnum; i++) {
		if (ph[i].type == PT_LOAD && ph[i].memsz && !map_segment(fd, &ph[i], o->base)) {
			object_unmap(o);
			return fail(path, ": cannot be mapped", "");
		}
	}
	o->phnum = first.header.phnum;
	o->phdr = allocate(o->phnum * sizeof(*ph));
	if (!o->phdr)
		return fail("", "", "out of memory");
	memory_copy((void *)o->phdr, ph, o->phnum * sizeof(*ph));
	return true;
}

void object_unmap(struct object *o)
{
	SYSCALL(SYS_munmap, o->low, o->high - o->low);
}

/* ---- objects ------------------------------------------------------------------------------- */

static struct object *loaded_as(const char *name)
{
	for (struct object *o = objects; o; o = o->next)
		if ((o->name && text_compare(o->name, name) == 0) ||
		    (o->soname && text_compare(o->soname, name) == 0))
			return o;
	return NULL;
}

static struct object *loaded_file(uint64_t dev, uint64_t ino)
{
	for (struct object *o = objects; o; o = o->next)
		if (o->ino && o->dev == dev && o->ino == ino)
			return o;
	return NULL;
}

static struct object *load(int fd, const char *path, const struct file_stat *st)
{
	struct object *o = allocate(sizeof(*o));

	if (!o || !(o->name = text_copy(path))) {
		fail("", "", "out of memory");
		return NULL;
	}
	o->dev = st->dev;
	o->ino = st->ino;
	if (!map_object(fd, o, path, st->size))
		return NULL;
	object_read(o);
	if (!o->dynamic || !object_check(o)) {
		fail(path, ": corrupt or truncated file", "");
		object_unmap(o);
		return NULL;
	}
	tls_register(o);
	object_link(o);
	return o;
}

struct object *object_get(const char *name, struct object *by, bool only_loaded)
{
	char path[PATH_BYTES];
	struct file_stat st;
	struct object *o = loaded_as(name);
	int fd;

	if (o)
		return o;
	fd = find_file(name, by, path);
	if (fd < 0) {
		fail(name, ": open failed: ", "No such file or directory");
		return NULL;
	}
	if (SYSCALL(SYS_fstat, fd, &st).error)
		st.ino = st.size = 0;
	o = loaded_file(st.dev, st.ino);
	if (!o && !only_loaded)
		o = load(fd, path, &st);
	SYSCALL(SYS_close, fd);
	return o;
}

static bool get_direct(struct object *o)
{
	if (o->has_needs)
		return true;
	o->has_needs = true;
	for (const struct elf_dyn *d = o->dynamic; d && d->tag != DT_NULL; d++) {
		struct object *n;

		if (d->tag != DT_NEEDED && d->tag != DT_FILTER)
			continue;
		n = object_get(o->strtab + d->value, o, false);
		if (!n || !list_add(&o->needs, n))
			return false;
	}
	return true;
}

bool object_get_needed(struct object *o)
{
	if (o->group.n)
		return true;
	if (!list_add(&o->group, o))
		return false;
	for (size_t i = 0; i < o->group.n; i++) {
		struct object *at = o->group.v[i];

		if (!get_direct(at))
			return false;
		for (size_t k = 0; k < at->needs.n; k++)
			if (!list_has(&o->group, at->needs.v[k]) &&
			    !list_add(&o->group, at->needs.v[k]))
				return false;
	}
	return true;
}

/* Objects of LD_PRELOAD come before all that the program needs. */
bool objects_preload(void)
{
	char name[PATH_BYTES];

	for (const char *p = preload; p && *p;) {
		size_t n = 0;
		struct object *o;

		while (*p == ' ' || *p == ':')
			p++;
		while (p[n] && p[n] != ' ' && p[n] != ':')
			n++;
		if (!n)
			break;
		if (n >= sizeof(name))
			return fail("LD_PRELOAD", "", ": name too long");
		memory_copy(name, p, n);
		name[n] = '\0';
		p += n;
		o = object_get(name, &program, false);
		if (!o || !list_add(&program.needs, o))
			return false;
	}
	return true;
}
