/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/audit/log.c: cli/audit/log.h. */
#include "cli/audit/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

#define HASH_KEY   ",\"hash\":\""
#define HASH_END   "\"}"
#define SEQ_KEY	   ",\"seq\":"
#define DIGEST_LEN 32

static void set_first(char *hash)
{
	memset(hash, '0', LOG_HASH - 1);
	hash[LOG_HASH - 1] = '\0';
}

/* The hash of a line of n bytes behind one whose hash is there; it takes that one's place. */
static void chain(EVP_MD_CTX *context, char *hash, const char *text, size_t n)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned int length = 0;

	if (EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1 ||
	    EVP_DigestUpdate(context, hash, LOG_HASH - 1) != 1 ||
	    EVP_DigestUpdate(context, text, n) != 1 ||
	    EVP_DigestFinal_ex(context, sum, &length) != 1 || length != DIGEST_LEN)
		exit(fail(CLI_FAILED, "libcrypto cannot make a SHA-256"));
	for (u32 i = 0; i < DIGEST_LEN; i++)
		snprintf(hash + 2 * (size_t)i, 3, "%02x", sum[i]);
}

static EVP_MD_CTX *new_context(void)
{
	EVP_MD_CTX *c;

	/* No file of the machine's says what SHA-256 is. */
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	c = EVP_MD_CTX_new();

	if (c == NULL)
		exit(fail(CLI_FAILED, "out of memory"));
	return c;
}

/* ---- reading -------------------------------------------------------------------------------- */

struct checked {
	u64 lines, seq;	     /* read; the number of the last one */
	bool any;	     /* a line was read: hash is that of the last one */
	bool first_of_chain; /* the first line there begins one */
	char hash[LOG_HASH];
};

/* The hash a line says it has; where the text it is of ends. NULL: it says none. */
static const char *said_hash(const char *line, size_t n, size_t *text)
{
	size_t tail = strlen(HASH_KEY) + LOG_HASH - 1 + strlen(HASH_END);

	if (n < tail || memcmp(line + n - tail, HASH_KEY, strlen(HASH_KEY)) != 0 ||
	    memcmp(line + n - strlen(HASH_END), HASH_END, strlen(HASH_END)) != 0)
		return NULL;
	*text = n - tail;
	return line + n - tail + strlen(HASH_KEY);
}

/* The number a line says it has; 0: none. */
static u64 said_number(const char *line, size_t n)
{
	size_t at = n;

	while (at > 0 && line[at - 1] >= '0' && line[at - 1] <= '9')
		at--;
	if (at < strlen(SEQ_KEY) || n - at > 19 ||
	    memcmp(line + at - strlen(SEQ_KEY), SEQ_KEY, strlen(SEQ_KEY)) != 0)
		return 0;
	return strtoull(line + at, NULL, 10);
}

/*
 * Checks the lines of a file. Of the oldest file that is left the first line cannot be: the one
 * before it is gone. What `follows` says: the state holds the hash of the line before the first.
 */
static int check_file(const char *file, FILE *f, struct checked *c, bool follows)
{
	EVP_MD_CTX *context = NULL;
	char *line = NULL, hash[LOG_HASH];
	size_t room = 0, text;
	ssize_t n;
	u64 number = 0;
	int status = CLI_OK;

	while (status == CLI_OK && (n = getline(&line, &room, f)) > 0) {
		const char *said;
		bool whole = line[n - 1] == '\n';

		number++;
		n -= whole;
		said = said_hash(line, (size_t)n, &text);
		if (!whole || said == NULL) {
			status = fail(CLI_FAILED, "%s:%llu: this line is not whole", file,
				      (unsigned long long)number);
			break;
		}
		if (context == NULL)
			context = new_context();
		if (!c->any && !follows) {
			set_first(hash);
			chain(context, hash, line, text);
			c->first_of_chain = memcmp(hash, said, LOG_HASH - 1) == 0;
		} else {
			memcpy(hash, c->hash, sizeof(hash));
			chain(context, hash, line, text);
			if (memcmp(hash, said, LOG_HASH - 1) != 0)
				status =
				    fail(CLI_FAILED,
					 "%s:%llu: this line or the one before it was changed, "
					 "or a line between them is missing",
					 file, (unsigned long long)number);
		}
		c->seq = said_number(line, text);
		memcpy(c->hash, said, LOG_HASH - 1);
		c->hash[LOG_HASH - 1] = '\0';
		c->any = true;
		c->lines++;
	}
	if (ferror(f) && status == CLI_OK)
		status = fail(CLI_FAILED, "cannot read %s: %s", file, strerror(errno));
	free(line);
	EVP_MD_CTX_free(context);
	return status;
}

/* The file, and before it the older one when it is there. */
static int check(const char *file, FILE *f, struct checked *c)
{
	CLEAN_FREE char *older = format_string("%s.1", file);
	FILE *o = fopen(older, "re");
	int status = CLI_OK;

	*c = (struct checked){.lines = 0};
	if (o != NULL) {
		status = check_file(older, o, c, false);
		fclose(o);
	}
	return status == CLI_OK ? check_file(file, f, c, c->any) : status;
}

int log_verify(const char *file, const char *last)
{
	FILE *f = fopen(file, "re");
	struct checked c;
	int status;

	if (f == NULL)
		return fail(CLI_FAILED, "cannot open %s: %s", file, strerror(errno));
	status = check(file, f, &c);
	fclose(f);
	if (status != CLI_OK)
		return status;
	if (!c.any)
		return fail(CLI_FAILED, "%s is empty", file);
	if (last != NULL && strcmp(c.hash, last) != 0)
		return fail(CLI_FAILED,
			    "%s: the hash of its last line is %s, not %s: lines are missing at its "
			    "end, or all of it was written anew",
			    file, c.hash, last);
	printf("%s: %llu line%s, %s; %s%s\n", file, (unsigned long long)c.lines,
	       c.lines == 1 ? "" : "s",
	       c.first_of_chain ? "whole from the first on"
				: "whole as far as they go back; older ones gave way",
	       last != NULL ? "the last is the one that was asked for, " : "the last has the hash ",
	       c.hash);
	return CLI_OK;
}

/* ---- writing -------------------------------------------------------------------------------- */

static bool broken(struct log *l, const char *what, int error)
{
	if (l->error == 0)
		fail(CLI_FAILED, "cannot %s %s: %s; the program goes on, and is not logged", what,
		     l->file, strerror(error));
	l->error = error != 0 ? error : EIO;
	return false;
}

static bool write_all(struct log *l, const char *text, size_t n)
{
	while (n != 0) {
		ssize_t done = write(l->fd, text, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return broken(l, "write", errno);
		text += done;
		n -= (size_t)done;
		l->size += (u64)done;
	}
	return true;
}

int log_open(struct log *l, const char *file, u64 most)
{
	struct checked c;
	struct stat st;
	FILE *f;
	int copy;

	*l = (struct log){.file = file, .most = most};
	l->fd = open(file, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (l->fd < 0)
		return fail(CLI_FAILED, "cannot open the log %s: %s", file, strerror(errno));
	if (flock(l->fd, LOCK_EX | LOCK_NB) != 0)
		return fail(CLI_FAILED, "the log %s is being written by another 'fbird audit'",
			    file);
	set_first(l->hash);
	/* A terminal or a pipe holds no earlier lines, and does not turn. */
	if (fstat(l->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		l->most = UINT64_MAX;
		return CLI_OK;
	}
	copy = fcntl(l->fd, F_DUPFD_CLOEXEC, 0);
	f = copy < 0 ? NULL : fdopen(copy, "r");
	if (f == NULL)
		return fail(CLI_FAILED, "cannot read the log %s: %s", file, strerror(errno));
	if (check(file, f, &c) != CLI_OK) {
		fclose(f);
		return fail(CLI_FAILED,
			    "the log %s is not whole, so nothing is added to it; keep it elsewhere "
			    "and name another",
			    file);
	}
	fclose(f);
	l->size = (u64)lseek(l->fd, 0, SEEK_END);
	l->seq = c.seq;
	if (c.any)
		memcpy(l->hash, c.hash, sizeof(l->hash));
	return CLI_OK;
}

/* The file becomes the older one, and a new one begins. */
static bool turn(struct log *l)
{
	CLEAN_FREE char *older = format_string("%s.1", l->file);
	int fd;

	if (rename(l->file, older) != 0)
		return broken(l, "rename", errno);
	fd = open(l->file, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0)
		return broken(l, "open", errno);
	close(l->fd);
	l->fd = fd;
	l->size = 0;
	return true;
}

bool log_line(struct log *l, const char *text, size_t n)
{
	CLEAN_FREE char *line = NULL;
	size_t length;

	if (l->error != 0)
		return false;
	line = format_string("%.*s" SEQ_KEY "%llu%s%s%s\n", (int)n, text,
			     (unsigned long long)l->seq + 1, HASH_KEY, l->hash, HASH_END);
	length = strlen(line);
	if (l->size != 0 && l->size + length > l->most && !turn(l))
		return false;
	n = length - 1 - strlen(HASH_END) - (LOG_HASH - 1) - strlen(HASH_KEY);
	if (l->context == NULL)
		l->context = new_context();
	chain(l->context, l->hash, line, n);
	memcpy(line + n + strlen(HASH_KEY), l->hash, LOG_HASH - 1);
	l->seq++;
	return write_all(l, line, length);
}

void log_close(struct log *l)
{
	if (l->fd >= 0)
		close(l->fd);
	EVP_MD_CTX_free(l->context);
}
