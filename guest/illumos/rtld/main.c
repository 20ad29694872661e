/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/main.c: from the kernel's stack to a program that is bound and initialised.
 */
#include "guest/illumos/rtld/dl.h"
#include "guest/illumos/rtld/object.h"
#include "guest/illumos/syscall.h"

enum {
	AT_NULL = 0,
	AT_PHDR = 3,
	AT_PHENT = 4,
	AT_PHNUM = 5,
	AT_PAGESZ = 6,
	AT_BASE = 7,
	AT_ENTRY = 9,
	AT_SUN_LDNAME = 2006,
	AT_SUN_EXECNAME = 2014,
	AT_SUN_AUXFLAGS = 2017,
};
#define AF_SUN_SETUGID 1

struct auxv {
	uint64_t type, value;
};

/* TLS descriptors' and the general model's way to a variable (psABI). */
struct tls_index {
	size_t module, offset;
};
void *__tls_get_addr(struct tls_index *i) __attribute__((visibility("default")));

void *__tls_get_addr(struct tls_index *i)
{
	return tls_address(i->module, i->offset);
}

struct rtld_ops _fb_rtld = {
    .tls_align = 64,
    .tls_begin = tls_begin,
    .tls_end = tls_end,
    .tls_address = tls_address,
    .open = dl_open,
    .close = dl_close,
    .symbol = dl_symbol,
    .address = dl_address,
    .info = dl_info,
    .iterate = dl_iterate,
    .error = error_take,
    .finish = objects_finish,
};

/* Handed to the program in rdx: the library's exit calls it. */
void rtld_at_exit(void);
void rtld_at_exit(void)
{
	objects_finish();
}

static uint64_t aux(const struct auxv *v, uint64_t type)
{
	for (; v->type != AT_NULL; v++)
		if (v->type == type)
			return v->value;
	return 0;
}

extern const struct elf_ehdr __ehdr_start __attribute__((visibility("hidden")));

/* The linker itself was linked at zero; everything in it is its own. */
static void relocate_self(uint64_t base, const struct elf_dyn *d)
{
	const struct elf_rela *r = NULL;
	size_t n = 0;

	for (; d->tag != DT_NULL; d++) {
		if (d->tag == DT_RELA)
			r = (const struct elf_rela *)(base + d->value);
		if (d->tag == DT_RELASZ)
			n = d->value / sizeof(*r);
	}
	for (; n; n--, r++)
		if ((uint32_t)r->info == R_RELATIVE)
			*(uint64_t *)(base + r->offset) = base + (uint64_t)r->addend;
}

static const char *directory_of(const char *path)
{
	const char *slash = path ? text_last(path, '/') : NULL;
	char *dir = slash ? text_copy(path) : NULL;

	if (dir)
		dir[slash - path] = '\0';
	return dir;
}

static void describe_program(const struct auxv *v)
{
	program.name = (const char *)aux(v, AT_SUN_EXECNAME);
	program.phdr = (const struct elf_phdr *)aux(v, AT_PHDR);
	program.phnum = aux(v, AT_PHNUM);
	/* Where PT_PHDR lies in memory tells what was added to every address. */
	for (size_t i = 0; i < program.phnum; i++)
		if (program.phdr[i].type == 6 /* PT_PHDR */)
			program.base = (uint64_t)program.phdr - program.phdr[i].vaddr;
	object_read(&program);
	if (program.dynamic && !object_check(&program)) {
		fail(program.name, ": corrupt or truncated file", "");
		die();
	}
	tls_register(&program);
	object_link(&program);
}

static void describe_self(const struct auxv *v)
{
	const char *name = (const char *)aux(v, AT_SUN_LDNAME);

	linker.name = name ? name : "/usr/lib/amd64/ld.so.1";
	linker.base = (uint64_t)&__ehdr_start;
	linker.phdr = (const struct elf_phdr *)(linker.base + __ehdr_start.phoff);
	linker.phnum = __ehdr_start.phnum;
	object_read(&linker);
	object_check(&linker);
	linker.relocated = true;
	object_link(&linker);
}

static void start_all(void)
{
	if (!objects_preload() || !object_get_needed(&program) ||
	    !list_add(&program.group, &linker))
		die();
	/* The program's storage comes first: its code has the offset built in. */
	for (size_t i = 0; i < program.group.n; i++) {
		struct object *o = program.group.v[i];

		o->at_start = o->global = true;
		tls_place(o);
	}
	tls_start();
	/* What others need is bound first; the program's copies come last. */
	for (size_t i = program.group.n; i-- > 0;)
		if (!object_relocate(program.group.v[i]))
			die();
}

uint64_t rtld_start(long *stack, const struct elf_dyn *dynamic);
uint64_t rtld_start(long *stack, const struct elf_dyn *dynamic)
{
	char **argv = (char **)(stack + 1), **envp = argv + stack[0] + 1;
	const struct auxv *v;
	char **end = envp;

	relocate_self((uint64_t)&__ehdr_start, dynamic);
	while (*end)
		end++;
	v = (const struct auxv *)(end + 1);
	_fb_rtld.exec_name = (const char *)aux(v, AT_SUN_EXECNAME);
	_fb_rtld.argc = stack[0];
	_fb_rtld.argv = argv;
	_fb_rtld.envp = envp;
	_fb_rtld.auxv = v;
	_fb_rtld.page_size = aux(v, AT_PAGESZ);
	paths_start(envp, aux(v, AT_SUN_AUXFLAGS) & AF_SUN_SETUGID,
		    directory_of((const char *)aux(v, AT_SUN_LDNAME)));
	describe_program(v);
	describe_self(v);
	start_all();
	objects_init(&program.group);
	return aux(v, AT_ENTRY);
}
