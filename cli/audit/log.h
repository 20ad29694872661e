/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/log.h: the log: JSON lines, each with the SHA-256 of the line before and of itself, in
 * a file of bounded size and the one before it.
 *
 * A line is {...,"seq":N,"hash":"H"}: H is SHA-256, in hexadecimal, over the H of the line before
 * (64 digits; of 64 zeros for the first), and this line up to the comma before "hash". When the
 * file is full it is renamed FILE.1, over the one that was there, and the chain goes on in a new
 * one. The last line of a run says how many there were. What a chain cannot show by itself is that
 * its end was cut off, or that all of it was written anew: for that the last H is kept elsewhere.
 */
#ifndef FB_CLI_AUDIT_LOG_H
#define FB_CLI_AUDIT_LOG_H

#include <openssl/evp.h>

#include "lib/base.h"

#define LOG_HASH 65 /* hexadecimal digits and a NUL */

struct log {
	const char *file;
	int fd;
	u64 size, most; /* bytes in the file, and at most */
	u64 seq;	/* of the last line */
	int error;	/* errno of a write that failed; nothing is written any more */
	char hash[LOG_HASH];
	EVP_MD_CTX *context;
};

/* Goes on behind what is there, if that is whole. CLI_OK or CLI_FAILED after a sentence. */
int log_open(struct log *l, const char *file, u64 most);
/* A line: a JSON object without what is added, and without its last brace; n bytes. False: the log
 * cannot be written any more, and that was said. */
bool log_line(struct log *l, const char *text, size_t n);
void log_close(struct log *l);

/* Checks a log, and FILE.1 before it when that is there; last: the hash its last line must have, or
 * NULL. CLI_OK after a sentence, CLI_FAILED when it is not whole. */
int log_verify(const char *file, const char *last);

#endif
