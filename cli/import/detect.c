/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/detect.c: what system a tree holds, told from its own files.
 *
 * The marks on its programs decide, as they do for a single program (loader/detect.c); then
 * the files in which a system writes its release down. FreeBSD's freebsd-version is a script
 * with a line USERLAND_VERSION="14.3-RELEASE" (bin/freebsd-version); os-release(5) has
 * VERSION_ID. Every file is opened inside the tree: a link in it leads nowhere else.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/import/import.h"
#include "cli/inside.h"
#include "cli/program.h"
#include "loader/detect.h"

#define READING (O_RDONLY | O_NONBLOCK) /* a FIFO must not hold us */

/* The dynamic linker of each system is in every root of it; then programs of any. */
static const char *const witnesses[] = {
    "libexec/ld-elf.so.1",
    "libexec/ld-elf.so.2",
    "libexec/ld.elf_so",
    "usr/libexec/ld.elf_so",
    "usr/libexec/ld.so",
    "lib/libc.so.7",
    "bin/sh",
    "bin/busybox",
    "rescue/sh",
    "usr/bin/env",
    "usr/bin/ksh",
    "lib64/ld-linux-x86-64.so.2",
    "lib/ld-musl-x86_64.so.1",
};

static bool ask_witness(int tree, const char *path, struct loader_verdict *verdict)
{
	struct program_file file CLEAN_PROGRAM = {.fd = open_inside(tree, path, READING)};
	struct stat st;

	if (file.fd < 0 || fstat(file.fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	program_use(&file, (u64)st.st_size);
	return loader_detect(&file.source, verdict) == 0 && verdict->personality != NULL;
}

/* The value of NAME=value or NAME="value" on a line of its own, or NULL. */
static char *assignment_in(int tree, const char *path, const char *name)
{
	CLEAN_FREE char *line = NULL;
	int fd = open_inside(tree, path, READING);
	FILE *in = fd >= 0 ? fdopen(fd, "r") : NULL;
	size_t room = 0, n = strlen(name);
	char *found = NULL;

	if (in == NULL) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	for (int i = 0; found == NULL && i < 1000 && getline(&line, &room, in) > 0; i++) {
		char *value = line + n + 1;

		if (strncmp(line, name, n) != 0 || line[n] != '=')
			continue;
		value += *value == '"';
		value[strcspn(value, "\"\n")] = '\0';
		found = format_string("%.60s", value);
	}
	fclose(in);
	return found;
}

static char *release_of(int tree, const struct loader_verdict *v)
{
	char *text = NULL;

	if (strcmp(v->personality, "freebsd") == 0) {
		text = assignment_in(tree, "bin/freebsd-version", "USERLAND_VERSION");
		if (text == NULL && v->abi_version >= 500000)
			text = format_string("%u.%u", v->abi_version / 100000,
					     v->abi_version / 1000 % 100);
	} else {
		text = assignment_in(tree, "etc/os-release", "VERSION_ID");
	}
	return text != NULL ? text : format_string("%s", "");
}

/* As the runtime has it in a tree that nobody described: of a PDP-11's shell that leaves a doubt
 * its ls may know more. */
void detect_root(int tree, char **personality, char **version)
{
	struct loader_verdict v = {0}, second = {0};

	for (size_t i = 0; i < ARRAY_LEN(witnesses); i++) {
		if (!ask_witness(tree, witnesses[i], &v))
			continue;
		if (v.weak && ask_witness(tree, "bin/ls", &second) && !second.weak)
			v = second;
		*personality = format_string("%s", v.personality);
		*version = release_of(tree, &v);
		return;
	}
	*personality = NULL;
	*version = format_string("%s", "");
}
