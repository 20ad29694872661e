/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/object.h: the objects of a process, shared among the dynamic linker's files.
 *
 * All symbols are bound when an object is loaded: there is no lazy binding, and so no lock but the
 * one the library holds around dlopen and its like.
 */
#ifndef FB_GUEST_ILLUMOS_OBJECT_H
#define FB_GUEST_ILLUMOS_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "guest/illumos/rtld.h"
#include "guest/illumos/rtld/elf.h"

#define PATH_BYTES 1024

struct object_list {
	struct object **v;
	size_t n, room;
};

/* Link_map: what programs see of an object (sys/link.h). */
struct link_map {
	uint64_t addr;
	char *name;
	const struct elf_dyn *dynamic;
	struct link_map *next, *before;
	char *refname;
};

struct object {
	struct object *next; /* in the order of loading */
	const char *name;    /* as it was found */
	const char *soname;  /* or NULL */
	uint64_t dev, ino;   /* one file is one object, whatever it is called */
	uint64_t base;	     /* added to every address */
	uint64_t low, high;  /* what is mapped */
	const struct elf_phdr *phdr;
	size_t phnum;
	const struct elf_dyn *dynamic;

	const struct elf_sym *symtab;
	const char *strtab;
	uint64_t strtab_size, symbol_count; /* as far as anything names them */
	const uint32_t *hash, *gnu_hash;
	const struct elf_rela *rela, *plt;
	size_t rela_count, plt_count;
	void (*init)(void), (*fini)(void);
	void (**init_array)(void), (**fini_array)(void), (**preinit_array)(void);
	size_t init_count, fini_count, preinit_count;
	const char *runpath;
	uint64_t relro, relro_size;

	size_t tls_module; /* 0: it has none */
	uint64_t tls_image, tls_file_size, tls_size, tls_align;
	int64_t tls_offset; /* from the thread pointer, of static storage; 0: dynamic */

	struct object_list needs; /* DT_NEEDED, in order */
	struct object_list group; /* itself and all it needs, breadth first: its scope */
	struct link_map map;
	unsigned opened; /* by dlopen; the ones there at start are never closed */
	bool has_needs, at_start, global, relocated, initialised, finished, filtered, no_delete;
};

/* ---- object.c ------------------------------------------------------------------------------ */

extern struct object *objects; /* the program first */
extern struct object program, linker;

void object_link(struct object *o);
/* Reads phdr and dynamic of an object that is mapped. */
void object_read(struct object *o);
struct object *object_at(const void *address);
bool list_add(struct object_list *l, struct object *o);
bool list_has(const struct object_list *l, const struct object *o);

/* ---- check.c ------------------------------------------------------------------------------- */

/* The first n bytes of a file: NULL and the addresses it takes, or what is wrong with it. */
const char *file_check(const struct elf_ehdr *h, size_t n, uint64_t file_size, uint64_t *low,
		       uint64_t *high);
bool object_check_dynamic(const struct object *o);
/* After object_read: can its tables be believed? */
bool object_check(struct object *o);
/* Is it all in one segment? Is it code? */
bool object_has(const struct object *o, uint64_t offset, uint64_t n);
bool object_runs(const struct object *o, uint64_t address);
bool object_is_table(const struct object *o, uint64_t offset);

/* ---- find.c, load.c ------------------------------------------------------------------------ */

/* The object called name that `by` wants, loaded unless it is there; NULL and an error. */
struct object *object_get(const char *name, struct object *by, bool only_loaded);
/* Loads all that o needs, and what that needs; false and an error. */
bool object_get_needed(struct object *o);
bool objects_preload(void);
void object_unmap(struct object *o);
void paths_start(char **envp, bool secure, const char *own_directory);

/* ---- symbol.c ------------------------------------------------------------------------------ */

struct symbol {
	const struct elf_sym *sym; /* NULL: not found */
	struct object *object;
};
/* In the objects that are global, and then in o's group. skip: an object left out. */
struct symbol symbol_find(const char *name, struct object *o, const struct object *skip);
struct symbol symbol_in(const char *name, struct object *o);
struct symbol symbol_in_list(const char *name, const struct object_list *l);
/* Its address; resolves what is found by calling a function. */
void *symbol_address(const struct symbol *s);

/* ---- relocate.c ---------------------------------------------------------------------------- */

bool object_relocate(struct object *o);

/* ---- tls.c --------------------------------------------------------------------------------- */

/* Gives o a module number and, before the first thread is made, a place. */
void tls_register(struct object *o);
void tls_place(struct object *o);
/* The first thread's block; after it nothing is placed any more. */
void tls_start(void);
void tls_begin(struct tcb *tcb);
void tls_end(struct tcb *tcb);
void *tls_address(size_t module, size_t offset);
void tls_forget(struct object *o);

/* ---- dl.c ---------------------------------------------------------------------------------- */

void objects_init(const struct object_list *l);
void objects_finish(void);

/* ---- base.c -------------------------------------------------------------------------------- */

void *allocate(size_t bytes);
void release(void *p);
char *text_copy(const char *s);
void memory_copy(void *to, const void *from, size_t n);
void memory_zero(void *to, size_t n);
size_t text_length(const char *s);
int text_compare(const char *a, const char *b);
int text_compare_n(const char *a, const char *b, size_t n);
const char *text_last(const char *s, char c);
/* "%s" parts joined into what error() tells; returns false. */
bool fail(const char *what, const char *on, const char *why);
/* A symbol that is nowhere. */
bool fail_symbol(const char *file, const char *symbol);
char *error_take(void);
/* Says what fail was told and ends the process, as the original does. */
void die(void) __attribute__((noreturn));

#endif
