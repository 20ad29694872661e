/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/store.h: where named roots are kept.
 *
 *	STORE/NAME/tree        the root itself
 *	STORE/NAME/root.json   what it is (struct root_info)
 *	STORE/.default-SYSTEM  a symbolic link whose text is the name of SYSTEM's default root
 *	STORE/.new-... .gone-  what is on its way in or out; never a root, because of the dot
 *	STORE/.cache           what `root fetch` downloads
 *
 * STORE is $FBIRD_ROOTS, else fbird/roots in the user's XDG data directory. A root comes and
 * goes by one rename, so whoever lists the store sees it whole or not at all.
 */
#ifndef FB_CLI_STORE_H
#define FB_CLI_STORE_H

#include <stdbool.h>

struct root_info {
	char *personality; /* "freebsd", ...; of a PDP-11's, a name of loader/aout_detect.c */
	char *version;	   /* as its system writes it, "14.3-RELEASE"; "" when not known */
	char *source;	   /* what it was made from */
	char *imported;	   /* when: 2025-01-31T12:00:00Z */
};

/* The store's path, or NULL after a sentence. It need not exist. */
char *store_path(void);

/* May a root be called so? Letters, digits, '.', '_', '-'; no '.' or '-' first; 64 at most. */
bool root_name_ok(const char *name);

/* Reads a root's description: 0, or the errno of what failed (EINVAL: it makes no sense). */
int root_load(const char *store, const char *name, struct root_info *info);
void root_info_free(struct root_info *info);
/* Writes dir/root.json; a status after a sentence. */
int root_describe(const char *dir, const struct root_info *info);

/* Name of the default root of a system; NULL when there is none (any more). */
char *root_default(const char *store, const char *personality);
int root_set_default(const char *store, const char *personality, const char *name);

/* The names in the store, sorted, NULL-terminated; free with root_names_free. */
char **root_names(const char *store);
void root_names_free(char **names);

/* Removes a tree, whatever the modes in it; follows no link. 0 or errno. */
int remove_tree(const char *path);

#define CLEAN_ROOT __attribute__((cleanup(root_info_free)))

#endif
