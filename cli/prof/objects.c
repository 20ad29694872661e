/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/objects.c: cli/prof/objects.h. */
#include "cli/prof/objects.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/prof/aout.h"
#include "cli/prof/intern.h"
#include "cli/prof/symbols.h"

#define OPEN_MOST 400
#define LOOKED	  1024

struct object {
	const char *name;
	int fd;
	bool tool, looked, looked_lines, looked_cfi;
	struct elf_symbols *symbols;
	struct lines *lines;
	struct cfi *cfi;
	const char *personality; /* of a PDP-11 program; NULL: it is none */
	struct aout_symbols *aout;
};

struct objects {
	struct intern known; /* of struct identity and path */
	struct object *v;
	u32 n, room, open;
	struct stat tool;
	struct looked {
		u32 object;
		bool known, is;
		u64 offset;
	} looked[LOOKED];
};

struct identity {
	u32 major, minor;
	u64 ino;
};

static u32 add(struct objects *o, const char *name, int fd)
{
	o->v = grow(o->v, &o->room, o->n, sizeof(*o->v));
	o->v[o->n] = (struct object){.name = name, .fd = fd};
	return o->n++;
}

struct objects *objects_new(const char *tool)
{
	struct objects *o = allocate(sizeof(*o));

	*o = (struct objects){0};
	if (stat(tool, &o->tool) != 0)
		o->tool.st_ino = 0;
	add(o, "[fbird]", -1);
	add(o, "[unknown]", -1);
	add(o, "[call]", -1);
	add(o, "[thread]", -1);
	return o;
}

static bool is_file(const char *path)
{
	return path[0] == '/' && path[1] != '/';
}

/* The same file under this name, for other file systems over it may number it their own way. */
static bool same(int fd, const struct object_seen *seen)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	return seen->ino == 0 || st.st_ino == seen->ino || major(st.st_dev) != seen->major ||
	       minor(st.st_dev) != seen->minor;
}

static int open_file(const struct object_seen *seen)
{
	CLEAN_FREE char *within = format_string("/proc/%u/root%s", seen->pid, seen->path);
	const char *paths[] = {within, seen->path};

	for (u32 i = 0; i < ARRAY_LEN(paths); i++) {
		int fd = open(paths[i], O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

		if (fd >= 0 && same(fd, seen))
			return fd;
		if (fd >= 0)
			close(fd);
	}
	return -1;
}

static const char *name_for(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (strcmp(path, "//anon") == 0)
		return "[code without a file]";
	if (path[0] != '/' || slash[1] == '\0')
		return format_string("%s", path);
	return format_string("%s", slash + 1);
}

u32 objects_add(struct objects *o, const struct object_seen *seen)
{
	struct identity id = {seen->major, seen->minor, seen->ino};
	size_t length = strlen(seen->path);
	CLEAN_FREE char *key = allocate(sizeof(id) + length);
	u32 n = o->known.n, number;
	struct stat st;
	int fd = -1;

	memcpy(key, &id, sizeof(id));
	memcpy(key + sizeof(id), seen->path, length);
	number = intern(&o->known, key, sizeof(id) + length);
	if (number < n)
		return number + OBJECT_OTHERS;
	if (is_file(seen->path) && o->open < OPEN_MOST)
		fd = open_file(seen);
	number = add(o, name_for(seen->path), fd);
	if (fd >= 0) {
		o->open++;
		o->v[number].tool = fstat(fd, &st) == 0 && o->tool.st_ino != 0 &&
				    st.st_ino == o->tool.st_ino && st.st_dev == o->tool.st_dev;
	}
	return number;
}

u32 objects_add_aout(struct objects *o, const char *path, u32 pid, const char *personality)
{
	CLEAN_FREE char *within = format_string("/proc/%u/cwd/%s", pid, path);
	struct object_seen seen = {.path = *path == '/' ? path : within, .pid = pid};
	u32 n = o->n, object = objects_add(o, &seen);

	/* What began where we did. */
	if (object == n && o->v[object].fd < 0 && *path != '/' && o->open < OPEN_MOST) {
		o->v[object].fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		o->open += o->v[object].fd >= 0;
	}
	o->v[object].personality = personality;
	return object;
}

void objects_set_runtime(struct objects *o, u32 object)
{
	o->v[object].name = "[fbird]";
}

bool objects_is_tool(const struct objects *o, u32 object)
{
	return o->v[object].tool;
}

const char *object_name(const struct objects *o, u32 object)
{
	return o->v[object].name;
}

static struct elf_symbols *symbols_of(struct objects *o, u32 object)
{
	struct object *x = &o->v[object];

	if (!x->looked) {
		x->looked = true;
		if (x->fd >= 0)
			x->symbols = elf_symbols_read(x->fd);
	}
	return x->symbols;
}

static const char *elf_function(struct objects *o, u32 object, u64 offset)
{
	struct elf_symbols *s = symbols_of(o, object);

	return s != NULL ? elf_symbols_find(s, offset) : NULL;
}

static const char *aout_function(struct object *x, u64 address)
{
	if (!x->looked) {
		x->looked = true;
		if (x->fd >= 0)
			x->aout = aout_symbols_read(x->fd, x->personality);
	}
	return x->aout != NULL ? aout_symbols_find(x->aout, (u16)address) : NULL;
}

const char *object_function(struct objects *o, u32 object, u64 offset)
{
	if (o->v[object].personality != NULL)
		return aout_function(&o->v[object], offset);
	return elf_function(o, object, offset);
}

u32 object_lines(struct objects *o, u32 object, u64 offset, struct line_at *v, u32 room)
{
	struct object *x = &o->v[object];

	if (!x->looked_lines) {
		x->looked_lines = true;
		if (x->fd >= 0)
			x->lines = lines_read(x->fd);
	}
	return x->lines != NULL ? lines_find(x->lines, offset, v, room) : 0;
}

struct cfi *object_cfi(struct objects *o, u32 object)
{
	struct object *x = &o->v[object];

	if (!x->looked_cfi) {
		x->looked_cfi = true;
		if (x->fd >= 0)
			x->cfi = cfi_read(x->fd);
	}
	return x->cfi;
}

bool object_is_file(const struct objects *o, u32 object)
{
	return o->v[object].name[0] != '[';
}

u64 object_into_function(struct objects *o, u32 object, u64 offset)
{
	struct elf_symbols *s = symbols_of(o, object);

	return s != NULL ? elf_symbols_into(s, offset) : UINT64_MAX;
}

/* Bytes of a call through memory or a register, FF /2, by its second byte and the one behind; of
 * the processor's manual, "ModR/M" and "SIB". */
static u32 call_length(u8 modrm, u8 sib)
{
	u32 mod = modrm >> 6, rm = modrm & 7, length = 2;

	if ((modrm >> 3 & 7) != 2)
		return 0;
	if (mod == 3)
		return 2;
	if (rm == 4)
		length++;
	if (mod == 1)
		length += 1;
	else if (mod == 2 || rm == 5 || (rm == 4 && (sib & 7) == 5))
		length += 4;
	return length;
}

static bool look_behind_call(const struct objects *o, u32 object, u64 offset)
{
	u8 b[9] = {0}; /* the last is of nobody */

	if (o->v[object].fd < 0 || offset < 8 ||
	    pread(o->v[object].fd, b, 8, (off_t)(offset - 8)) != 8)
		return false;
	if (b[3] == 0xe8)
		return true;
	for (u32 length = 2; length <= 7; length++) {
		u32 at = 8 - length;

		if (b[at] == 0xff && call_length(b[at + 1], length > 2 ? b[at + 2] : 0) == length)
			return true;
	}
	return false;
}

/* The same few are asked for again and again. */
bool object_is_behind_call(struct objects *o, u32 object, u64 offset)
{
	struct looked *l = &o->looked[(offset ^ object * 31) % LOOKED];

	if (l->object != object || l->offset != offset || !l->known)
		*l = (struct looked){object, true, look_behind_call(o, object, offset), offset};
	return l->is;
}
