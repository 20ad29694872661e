/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/dl.c: objects that come and go while the program runs.
 *
 * Facts: dlopen(3C), dlsym(3C), dlinfo(3C), dl_iterate_phdr(3C), sys/link.h and dlfcn.h of illumos.
 * The library calls these with its lock held.
 */
#include "guest/illumos/rtld/dl.h"
#include "guest/illumos/rtld/object.h"

/* An entry of an array of functions. 0 and -1 are none, and what is no code is not called. */
static void call(struct object *o, void (*f)(void))
{
	const struct object *in = object_at((void *)f);

	if ((uint64_t)f + 1 <= 1)
		return;
	if (!in || !object_runs(in, (uint64_t)f)) {
		fail(o->name, ": a function to be called is not in any object", "");
		die();
	}
	f();
}

/* In the order of need: an object after what it needs, and nothing twice. */
static void init_one(struct object *o)
{
	if (o->initialised)
		return;
	o->initialised = true;
	for (size_t i = 0; i < o->needs.n; i++)
		init_one(o->needs.v[i]);
	if (o == &program)
		for (size_t i = 0; i < o->preinit_count; i++)
			call(o, o->preinit_array[i]);
	/* The program's own _init is its start-up code's to call. */
	if (o->init && o != &program)
		o->init();
	for (size_t i = 0; i < o->init_count; i++)
		call(o, o->init_array[i]);
}

void objects_init(const struct object_list *l)
{
	for (size_t i = l->n; i-- > 0;)
		init_one(l->v[i]);
}

static void fini_one(struct object *o)
{
	if (!o->initialised || o->finished)
		return;
	o->finished = true;
	for (size_t i = o->fini_count; i-- > 0;)
		call(o, o->fini_array[i]);
	if (o->fini && o != &program)
		o->fini();
}

/* The last loaded first: what needs another was loaded before it, and is still whole. */
void objects_finish(void)
{
	for (struct object *o = objects; o; o = o->next)
		fini_one(o);
}

/* ---- opening ------------------------------------------------------------------------------- */

static void make_global(struct object *o)
{
	for (size_t i = 0; i < o->group.n; i++)
		o->group.v[i]->global = true;
}

void *dl_open(const char *path, int mode, const void *caller)
{
	struct object *by = object_at(caller), *o;

	if (!by)
		by = &program;
	if (!path)
		return &program;
	o = object_get(path, by, mode & RTLD_NOLOAD);
	if (!o || !object_get_needed(o))
		return NULL;
	for (size_t i = o->group.n; i-- > 0;) {
		struct object *g = o->group.v[i];

		if (!g->group.n && !object_get_needed(g))
			return NULL;
		/* Bound in the scope of the group it came with, where it has none yet. */
		if (!g->relocated && !object_relocate(g))
			return NULL;
	}
	if (mode & RTLD_GLOBAL)
		make_global(o);
	if (mode & RTLD_NODELETE)
		o->no_delete = true;
	o->opened++;
	objects_init(&o->group);
	return o;
}

static bool is_object(const void *handle)
{
	for (struct object *o = objects; o; o = o->next)
		if (o == handle)
			return true;
	return false;
}

/* Does anything that stays need it? */
static bool wanted(const struct object *o)
{
	for (struct object *other = objects; other; other = other->next)
		if ((other->at_start || other->opened || other->no_delete) &&
		    list_has(&other->group, o))
			return true;
	return false;
}

static void unlink_object(struct object *o)
{
	struct object **at = &objects;

	while (*at && *at != o)
		at = &(*at)->next;
	if (*at)
		*at = o->next;
}

int dl_close(void *handle)
{
	struct object *o = handle;
	struct object_list group;

	if (!is_object(handle) || (!o->opened && !o->at_start)) {
		fail("dlclose: ", "", "invalid handle");
		return -1;
	}
	if (!o->opened || --o->opened)
		return 0;
	group = o->group;
	for (size_t i = 0; i < group.n; i++)
		if (!wanted(group.v[i]))
			fini_one(group.v[i]);
	for (size_t i = group.n; i-- > 0;) {
		struct object *g = group.v[i];

		if (wanted(g))
			continue;
		unlink_object(g);
		tls_forget(g);
		object_unmap(g);
	}
	return 0;
}

/* ---- asking -------------------------------------------------------------------------------- */

static struct symbol find_next(const char *name, struct object *after)
{
	for (struct object *o = after->next; o; o = o->next) {
		struct symbol s = symbol_in(name, o);

		if (s.sym && (o->global || list_has(&after->group, o)))
			return s;
	}
	return (struct symbol){0};
}

void *dl_symbol(void *handle, const char *name, const void *caller)
{
	struct object *by = object_at(caller);
	struct symbol s;

	if (!by)
		by = &program;
	if (handle == RTLD_DEFAULT || handle == RTLD_PROBE)
		s = symbol_find(name, by, NULL);
	else if (handle == RTLD_NEXT)
		s = find_next(name, by);
	else if (handle == RTLD_SELF)
		s = symbol_in(name, by);
	else if (handle == &program)
		s = symbol_find(name, &program, NULL);
	else if (is_object(handle))
		s = symbol_in_list(name, &((struct object *)handle)->group);
	else {
		fail("dlsym: ", "", "invalid handle");
		return NULL;
	}
	if (!s.sym) {
		fail("", name, ": can't find symbol");
		return NULL;
	}
	return symbol_address(&s);
}

int dl_address(const void *address, void *out)
{
	struct object *o = object_at(address);
	const struct elf_sym *best = NULL;
	struct dl_info *info = out;
	uint64_t at;

	if (!o)
		return 0;
	at = (uint64_t)address - o->base;
	for (uint64_t i = 0; i < o->symbol_count; i++) {
		const struct elf_sym *s = &o->symtab[i];

		if (s->section == SHN_UNDEF || (s->info & 15) == STT_TLS || s->value > at ||
		    (s->size && at >= s->value + s->size))
			continue;
		if (!best || s->value > best->value)
			best = s;
	}
	*info = (struct dl_info){.fname = o->name, .fbase = (void *)o->low};
	if (best) {
		info->sname = o->strtab + best->name;
		info->saddr = (void *)(o->base + best->value);
	}
	return 1;
}

int dl_iterate(int (*each)(struct dl_phdr_info *, size_t, void *), void *arg)
{
	int r = 0;

	for (struct object *o = objects; o && r == 0; o = o->next) {
		struct dl_phdr_info info = {.addr = o->base,
					    .name = o->name,
					    .phdr = o->phdr,
					    .phnum = (uint16_t)o->phnum,
					    .adds = 0,
					    .subs = 0,
					    .tls_module = o->tls_module};

		r = each(&info, sizeof(info), arg);
	}
	return r;
}

/* The public list of objects: made anew when it is asked for, because objects come and go. */
static struct link_map *link_maps(struct object *want)
{
	struct link_map *before = NULL;

	for (struct object *o = objects; o; o = o->next) {
		o->map = (struct link_map){.addr = o->base,
					   .name = (char *)o->name,
					   .dynamic = o->dynamic,
					   .before = before};
		if (before)
			before->next = &o->map;
		before = &o->map;
	}
	return &want->map;
}

int dl_info(void *handle, int request, void *arg, const void *caller)
{
	struct object *o = handle == RTLD_SELF ? object_at(caller) : handle;
	struct dl_argsinfo *args = arg;
	const char *slash;
	size_t n;

	if (!is_object(o)) {
		fail("dlinfo: ", "", "invalid handle");
		return -1;
	}
	switch (request) {
	case RTLD_DI_LMID:
		*(unsigned long *)arg = 0;
		return 0;
	case RTLD_DI_LINKMAP:
		*(struct link_map **)arg = link_maps(o);
		return 0;
	case RTLD_DI_ORIGIN:
		slash = text_last(o->name, '/');
		n = slash ? (size_t)(slash - o->name) : 1;
		memory_copy(arg, slash ? o->name : ".", n);
		((char *)arg)[n] = '\0';
		return 0;
	case RTLD_DI_ARGSINFO:
		*args = (struct dl_argsinfo){_fb_rtld.argc, _fb_rtld.argv, _fb_rtld.envp,
					     (void *)_fb_rtld.auxv};
		return 0;
	default:
		fail("dlinfo: ", "", "unsupported request");
		return -1;
	}
}
