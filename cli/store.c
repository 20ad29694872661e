/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/store.c: the folder of named roots; cli/store.h says how it is laid out. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/store.h"

#define NAME_LENGTH 64

char *store_path(void)
{
	const char *given = getenv("FBIRD_ROOTS");
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	if (given != NULL && *given == '/')
		return format_string("%s", given);
	if (given != NULL && *given != '\0') {
		fail(CLI_FAILED, "FBIRD_ROOTS is '%s', which is not an absolute path", given);
		return NULL;
	}
	/* The XDG base directory specification wants relative values ignored. */
	if (data != NULL && *data == '/')
		return format_string("%s/fbird/roots", data);
	if (home != NULL && *home == '/')
		return format_string("%s/.local/share/fbird/roots", home);
	fail(CLI_FAILED, "cannot tell where roots are kept: none of FBIRD_ROOTS, XDG_DATA_HOME and "
			 "HOME is an absolute path");
	return NULL;
}

bool root_name_ok(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > NAME_LENGTH || *name == '.' || *name == '-')
		return false;
	for (; *name != '\0'; name++) {
		if (!isalnum((unsigned char)*name) && strchr("._-", *name) == NULL)
			return false;
	}
	return true;
}

void root_info_free(struct root_info *info)
{
	free(info->personality);
	free(info->version);
	free(info->source);
	free(info->imported);
	*info = (struct root_info){0};
}

/* What a description says goes to a terminal: nothing in it may command that. */
static char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	char *copy = format_string("%s", text != NULL ? text : "");

	for (char *p = copy; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	}
	return copy;
}

int root_load(const char *store, const char *name, struct root_info *info)
{
	CLEAN_FREE char *path = format_string("%s/%s/root.json", store, name);
	json_error_t error;
	json_t *object;

	*info = (struct root_info){0};
	if (access(path, R_OK) != 0)
		return errno;
	object = json_load_file(path, 0, &error);
	if (!json_is_object(object)) {
		json_decref(object);
		return EINVAL;
	}
	info->personality = text_of(object, "personality");
	info->version = text_of(object, "version");
	info->source = text_of(object, "source");
	info->imported = text_of(object, "imported");
	json_decref(object);
	return 0;
}

int root_describe(const char *dir, const struct root_info *info)
{
	CLEAN_FREE char *path = format_string("%s/root.json", dir);
	json_t *object =
	    json_pack("{s:s, s:s+, s:s, s:s}", "personality", info->personality, "version",
		      info->version, "", "source", info->source, "imported", info->imported);
	int failed;

	if (object == NULL)
		return fail(CLI_FAILED, "cannot describe the root: '%s' is not UTF-8",
			    info->source);
	failed = json_dump_file(object, path, JSON_INDENT(2));
	json_decref(object);
	if (failed)
		return fail(CLI_FAILED, "cannot write %s: %s", path, strerror(errno));
	return CLI_OK;
}

char *root_default(const char *store, const char *personality)
{
	CLEAN_FREE char *link = format_string("%s/.default-%s", store, personality);
	CLEAN_FREE char *tree = NULL;
	char name[NAME_LENGTH + 2];
	ssize_t n = readlink(link, name, sizeof(name) - 1);

	if (n <= 0)
		return NULL;
	name[n] = '\0';
	tree = format_string("%s/%s/tree", store, name);
	if (!root_name_ok(name) || access(tree, F_OK) != 0)
		return NULL;
	return format_string("%s", name);
}

int root_set_default(const char *store, const char *personality, const char *name)
{
	CLEAN_FREE char *link = format_string("%s/.default-%s", store, personality);
	CLEAN_FREE char *next = format_string("%s/.next-%d", store, (int)getpid());

	unlink(next);
	if (symlink(name, next) != 0 || rename(next, link) != 0)
		return fail(CLI_FAILED, "cannot make %s the default root for %s: %s", name,
			    personality, strerror(errno));
	return CLI_OK;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **root_names(const char *store)
{
	DIR *dir = opendir(store);
	const struct dirent *entry;
	size_t count = 0, room = 16;
	char **names = allocate(room * sizeof(*names));

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		CLEAN_FREE char *described = format_string("%s/%s/root.json", store, entry->d_name);

		if (!root_name_ok(entry->d_name) || access(described, F_OK) != 0)
			continue;
		if (count + 1 == room) {
			room *= 2;
			names = reallocarray(names, room, sizeof(*names));
			if (names == NULL)
				exit(fail(CLI_FAILED, "out of memory, listing %s", store));
		}
		names[count++] = format_string("%s", entry->d_name);
	}
	if (dir != NULL)
		closedir(dir);
	qsort(names, count, sizeof(*names), by_name);
	names[count] = NULL;
	return names;
}

void root_names_free(char **names)
{
	for (char **n = names; *n != NULL; n++)
		free(*n);
	free(names);
}

int remove_tree(const char *path)
{
	char *const paths[] = {(char *)path, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL, NULL);
	const FTSENT *e;
	int error = 0;

	if (tree == NULL)
		return errno;
	while ((e = fts_read(tree)) != NULL) {
		int failed = 0;

		switch (e->fts_info) {
		case FTS_D:
			/* Systems ship folders that not even their owner may write. */
			failed = chmod(e->fts_accpath, 0700);
			break;
		case FTS_DP:
			failed = rmdir(e->fts_accpath);
			break;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			errno = e->fts_errno;
			failed = errno != ENOENT;
			break;
		default:
			failed = unlink(e->fts_accpath);
		}
		if (failed && error == 0)
			error = errno;
	}
	fts_close(tree);
	return error;
}
