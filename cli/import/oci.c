/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/oci.c: an OCI image layout as the source of a root.
 *
 * index.json names manifests, perhaps by way of further indexes; a manifest names the layers,
 * lowest first. Every blob is named by its SHA-256 and is used only when it has it. Of several
 * images the one for amd64 is taken, FreeBSD's before others. Facts: the OCI image
 * specification, image-layout.md, image-index.md, manifest.md and layer.md.
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/import/import.h"
#include "cli/import/unpack.h"
#include "cli/inside.h"

#define JSON_MAX    (4 << 20) /* what the specification wants every reader to accept */
#define INDEX_DEPTH 4
#define LAYERS_MAX  1000
#define HEX	    64

struct image {
	int layout;
	const char *name;
};

static void cleanup_json(json_t **j)
{
	json_decref(*j);
}
#define CLEAN_JSON __attribute__((cleanup(cleanup_json)))

bool oci_is_layout(int dir)
{
	CLEAN_FD int marker = open_inside(dir, "oci-layout", O_PATH);
	CLEAN_FD int index = open_inside(dir, "index.json", O_PATH);

	return marker >= 0 && index >= 0;
}

static json_t *read_json(const struct image *im, int fd, const char *what)
{
	CLEAN_FREE char *text = NULL;
	json_error_t error;
	json_t *object;
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > JSON_MAX) {
		fail(CLI_FAILED, "cannot import %s: its %s is no file of a sensible size", im->name,
		     what);
		return NULL;
	}
	text = allocate((size_t)st.st_size + 1);
	if (pread(fd, text, (size_t)st.st_size, 0) != st.st_size) {
		fail(CLI_FAILED, "cannot import %s: its %s cannot be read", im->name, what);
		return NULL;
	}
	object = json_loadb(text, (size_t)st.st_size, 0, &error);
	if (!json_is_object(object)) {
		fail(CLI_FAILED, "cannot import %s: its %s is not a JSON object: %s", im->name,
		     what, error.text);
		json_decref(object);
		return NULL;
	}
	return object;
}

/* Opens what a descriptor names and sees that it is that; -1 after a sentence. */
static int open_blob(const struct image *im, const json_t *descriptor)
{
	const char *digest = json_string_value(json_object_get(descriptor, "digest"));
	CLEAN_FREE char *path = NULL;
	char hex[DIGEST_HEX];
	struct stat st;
	int fd, error;

	if (digest == NULL || strncmp(digest, "sha256:", 7) != 0 ||
	    strspn(digest + 7, "0123456789abcdef") != HEX || strlen(digest) != 7 + HEX) {
		fail(CLI_FAILED, "cannot import %s: '%.100s' is not the SHA-256 of a blob",
		     im->name, digest != NULL ? digest : "");
		return -1;
	}
	path = format_string("blobs/sha256/%s", digest + 7);
	fd = open_inside(im->layout, path, O_RDONLY | O_NONBLOCK);
	error = fd < 0 || fstat(fd, &st) != 0 ? errno : S_ISREG(st.st_mode) ? 0 : EINVAL;
	if (error == 0)
		error = digest_file(fd, hex);
	if (error == 0 && strcmp(hex, digest + 7) == 0)
		return fd;
	if (error != 0)
		fail(CLI_FAILED, "cannot import %s: its %s: %s", im->name, path, strerror(error));
	else
		fail(CLI_FAILED, "cannot import %s: its %s is damaged, its SHA-256 is %s", im->name,
		     path, hex);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* How well an entry of an index suits us; 0: not at all. */
static int suits(const json_t *descriptor)
{
	const json_t *platform = json_object_get(descriptor, "platform");
	const char *os = json_string_value(json_object_get(platform, "os"));
	const char *machine = json_string_value(json_object_get(platform, "architecture"));

	if (platform == NULL)
		return 1;
	if (machine != NULL && strcmp(machine, "amd64") != 0)
		return 0;
	return os != NULL && strcmp(os, "freebsd") == 0 ? 3 : 2;
}

static bool is_index(const json_t *descriptor)
{
	const char *type = json_string_value(json_object_get(descriptor, "mediaType"));

	return type != NULL &&
	       (strstr(type, ".image.index.") != NULL || strstr(type, ".manifest.list.") != NULL);
}

/* From an index down to a manifest; NULL after a sentence. */
static json_t *find_manifest(const struct image *im)
{
	CLEAN_FD int first = open_inside(im->layout, "index.json", O_RDONLY | O_NONBLOCK);
	json_t *index = read_json(im, first, "index.json");

	for (int depth = 0; index != NULL && depth < INDEX_DEPTH; depth++) {
		const json_t *list = json_object_get(index, "manifests");
		const json_t *entry, *best = NULL;
		CLEAN_FD int fd = -1;
		bool again;
		size_t i;

		json_array_foreach(list, i, entry)
		{
			if (suits(entry) > (best != NULL ? suits(best) : 0))
				best = entry;
		}
		if (best == NULL) {
			fail(CLI_FAILED, "cannot import %s: it has no image for amd64", im->name);
			json_decref(index);
			return NULL;
		}
		fd = open_blob(im, best);
		again = is_index(best);
		json_decref(index);
		if (fd < 0)
			return NULL;
		index = read_json(im, fd, "manifest");
		if (!again)
			return index;
	}
	if (index != NULL)
		fail(CLI_FAILED, "cannot import %s: its indexes lead to no manifest", im->name);
	json_decref(index);
	return NULL;
}

int oci_import(int layout, struct unpack *u, const char *name)
{
	struct image im = {layout, name};
	json_t *manifest CLEAN_JSON = find_manifest(&im);
	const json_t *layers = json_object_get(manifest, "layers");
	size_t count = json_array_size(layers);
	int status = CLI_OK;

	if (manifest == NULL)
		return CLI_FAILED;
	if (count == 0 || count > LAYERS_MAX)
		return fail(CLI_FAILED, "cannot import %s: its manifest has %zu layers", name,
			    count);
	u->layers = true;
	for (size_t i = 0; i < count && status == CLI_OK; i++) {
		CLEAN_FREE char *title = format_string("layer %zu of %zu", i + 1, count);
		CLEAN_FD int fd = open_blob(&im, json_array_get(layers, i));

		if (fd < 0)
			return CLI_FAILED;
		if (i > 0)
			status = unpack_whiteouts(u, fd, title);
		if (status == CLI_OK)
			status = unpack_archive(u, fd, title);
	}
	return status;
}
