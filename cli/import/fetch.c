/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/fetch.c: `fbird root fetch freebsd:14.3`: the official base system, by libcurl.
 *
 * MIRROR/14.3-RELEASE/ holds base.txz and MANIFEST, whose lines are tab-separated: file,
 * SHA-256, number of files, ... (FreeBSD's release/scripts/make-manifest.sh). A download that
 * was cut off goes on where it ended, as long as the server can; nothing is unpacked that is
 * not what the manifest says. The mirror is --from, else $FBIRD_FREEBSD_MIRROR, else FreeBSD's own.
 */
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "cli/import/import.h"
#include "cli/store.h"

#define MIRROR	     "https://download.freebsd.org/releases/amd64"
#define MANIFEST_MAX (1 << 20)

struct transfer {
	FILE *out;
	int64_t start, limit; /* bytes there already; most there may be */
	struct progress bar;
};

static void cleanup_file(FILE **f)
{
	if (*f != NULL)
		fclose(*f);
}
#define CLEAN_FILE __attribute__((cleanup(cleanup_file)))

static int on_progress(void *ctx, curl_off_t total, curl_off_t now, curl_off_t u, curl_off_t un)
{
	struct transfer *t = ctx;

	(void)u, (void)un;
	if (total > 0)
		t->bar.total = t->start + total;
	progress_show(&t->bar, t->start + now);
	return t->limit > 0 && t->start + now > t->limit; /* non-zero ends it */
}

/* Appends url to t->out from t->start on. *code: the server's answer. */
static CURLcode get(struct transfer *t, const char *url, long *code, char error[CURL_ERROR_SIZE])
{
	CURL *c = curl_easy_init();
	CURLcode r = CURLE_FAILED_INIT;

	*code = 0;
	*error = '\0';
	if (c == NULL)
		return r;
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(c, CURLOPT_MAXREDIRS, 10L);
	curl_easy_setopt(c, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 30L);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L); /* a minute without a byte */
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 60L);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, t->out);
	curl_easy_setopt(c, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)t->start);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
	progress_start(&t->bar, url, 0);
	r = curl_easy_perform(c);
	progress_end(&t->bar);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, code);
	if (r != CURLE_OK && *error == '\0')
		snprintf(error, CURL_ERROR_SIZE, "%s", curl_easy_strerror(r));
	curl_easy_cleanup(c);
	if (r == CURLE_OK && fflush(t->out) != 0) {
		snprintf(error, CURL_ERROR_SIZE, "%s", strerror(errno));
		r = CURLE_WRITE_ERROR;
	}
	return r;
}

/* ---- the manifest ----------------------------------------------------------------------- */

static bool is_digest(const char *s, size_t n)
{
	return n == DIGEST_HEX - 1 && strspn(s, "0123456789abcdef") == n;
}

/* Finds the line of a file: its digest, and true; false when there is no such line. */
static bool find_digest(char *text, const char *file, char hex[DIGEST_HEX])
{
	for (char *rest = text, *line; (line = strsep(&rest, "\n")) != NULL;) {
		const char *name = strsep(&line, "\t");
		const char *digest = strsep(&line, "\t");

		if (digest == NULL || strcmp(name, file) != 0 || !is_digest(digest, strlen(digest)))
			continue;
		memcpy(hex, digest, DIGEST_HEX);
		return true;
	}
	return false;
}

static int get_digest(const char *url, const char *file, char hex[DIGEST_HEX])
{
	char error[CURL_ERROR_SIZE];
	CLEAN_FREE char *text = NULL;
	size_t size = 0;
	struct transfer t = {.out = open_memstream(&text, &size), .limit = MANIFEST_MAX};
	CURLcode r;
	long code;

	if (t.out == NULL)
		return fail(CLI_FAILED, "out of memory, fetching %s", url);
	r = get(&t, url, &code, error);
	if (fclose(t.out) != 0 || r != CURLE_OK)
		return fail(CLI_FAILED, "cannot fetch %s: %s%s", url, error,
			    code == 404 ? "; is there such a release, and is it still on that "
					  "mirror (--from names another)?"
					: "");
	if (!find_digest(text, file, hex))
		return fail(CLI_FAILED, "cannot trust %s: it gives no SHA-256 for %s", url, file);
	return CLI_OK;
}

/* ---- the archive ------------------------------------------------------------------------ */

static int get_archive(const char *url, const char *path)
{
	char error[CURL_ERROR_SIZE];
	FILE *out CLEAN_FILE = fopen(path, "ab");
	struct transfer t = {.out = out};
	struct stat st;
	CURLcode r;
	long code;

	if (out == NULL || fstat(fileno(out), &st) != 0)
		return fail(CLI_FAILED, "cannot write %s: %s", path, strerror(errno));
	t.start = st.st_size;
	r = get(&t, url, &code, error);
	/* 416: nothing is left to send. The digest will tell whether that is so. */
	if (r == CURLE_HTTP_RETURNED_ERROR && code == 416 && t.start > 0)
		return CLI_OK;
	if (r == CURLE_RANGE_ERROR && t.start > 0) {
		fprintf(stderr, "fbird: %s cannot be resumed; it is fetched from its beginning\n",
			url);
		if (ftruncate(fileno(out), 0) != 0)
			return fail(CLI_FAILED, "cannot empty %s: %s", path, strerror(errno));
		t.start = 0;
		r = get(&t, url, &code, error);
	}
	if (r != CURLE_OK)
		return fail(CLI_FAILED, "cannot fetch %s: %s; the same command resumes it", url,
			    error);
	return CLI_OK;
}

static int check_archive(const char *url, const char *path, const char *wanted)
{
	CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	char hex[DIGEST_HEX];
	int error = fd < 0 ? errno : digest_file(fd, hex);

	if (error != 0)
		return fail(CLI_FAILED, "cannot read %s: %s", path, strerror(error));
	if (strcmp(hex, wanted) == 0)
		return CLI_OK;
	unlink(path);
	return fail(CLI_FAILED,
		    "cannot trust %s: its SHA-256 is %s, and MANIFEST says %s; it was thrown away",
		    url, hex, wanted);
}

/* "14.3" is 14.3-RELEASE; "14.3-RC1" and the like are themselves. */
static char *release_name(const char *version)
{
	size_t n = strspn(version, "0123456789.");

	if (n == 0 || !root_name_ok(version) || (version[n] != '\0' && version[n] != '-'))
		return NULL;
	return format_string("%s%s", version, version[n] == '\0' ? "-RELEASE" : "");
}

static int fetch_into(const struct import_options *o, const char *mirror, const char *release,
		      const char *cache)
{
	CLEAN_FREE char *manifest = format_string("%s/%s/MANIFEST", mirror, release);
	CLEAN_FREE char *url = format_string("%s/%s/base.txz", mirror, release);
	CLEAN_FREE char *path = format_string("%s/freebsd-%s-base.txz", cache, release);
	CLEAN_FD int lock = -1;
	char hex[DIGEST_HEX];
	int status = get_digest(manifest, "base.txz", hex);

	if (status != CLI_OK)
		return status;
	if (mkdir(cache, 0755) != 0 && errno != EEXIST)
		return fail(CLI_FAILED, "cannot make the folder %s: %s", cache, strerror(errno));
	lock = open(cache, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0)
		return fail(CLI_FAILED, "cannot download into %s: %s", cache,
			    errno == EWOULDBLOCK ? "another fbird does" : strerror(errno));
	status = get_archive(url, path);
	if (status == CLI_OK)
		status = check_archive(url, path, hex);
	if (status == CLI_OK)
		status = import_root(o, path, url);
	if (status == CLI_OK)
		unlink(path);
	return status;
}

int fetch_root(const struct import_options *o, const char *what, const char *base)
{
	const char *mirror = base != NULL ? base : getenv("FBIRD_FREEBSD_MIRROR");
	struct import_options options = *o;
	CLEAN_FREE char *release = NULL;
	CLEAN_FREE char *name = NULL;
	CLEAN_FREE char *store = NULL;
	CLEAN_FREE char *cache = NULL;
	CLEAN_FREE char *taken = NULL;

	if (strncmp(what, "freebsd:", 8) != 0)
		return fail(CLI_USAGE,
			    "cannot fetch '%s'; the form is freebsd:VERSION, such as "
			    "freebsd:14.3",
			    what);
	release = release_name(what + 8);
	if (release == NULL)
		return fail(CLI_USAGE, "'%s' is no version of FreeBSD; 14.3 is one", what + 8);
	name = format_string("freebsd-%s", what + 8);
	if (options.name == NULL)
		options.name = name;
	store = store_path();
	if (store == NULL || make_folders(store) != CLI_OK)
		return CLI_FAILED;
	taken = format_string("%s/%s", store, options.name);
	if (access(taken, F_OK) == 0)
		return fail(CLI_FAILED,
			    "there is a root '%s' already; --name gives the new one another",
			    options.name);
	cache = format_string("%s/.cache", store);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	return fetch_into(&options, mirror != NULL && *mirror != '\0' ? mirror : MIRROR, release,
			  cache);
}
