/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/audit_path.c: where a path leads, as it is written; core/audit.h.
 *
 * It is never laid down whole: what is kept of it while it is read is how deep it is, and how many
 * of its first parts are those of the directory in question.
 */
#include "core/abi_file.h"
#include "core/audit.h"
#include "core/guest.h"
#include "exo/exo.h"
#include "lib/mem.h"

#define PIECE	   64
#define PATH_MOST  4096
#define WHERE_ROOM 1024

struct compared {
	const char *dir;
	u32 parts; /* of dir */
	u32 depth, common;
	/* The part under way: how long it is, and whether it is still that of dir. */
	u32 length;
	bool dots, same;
	const char *expected;
};

static const char *part_of(const char *dir, u32 n)
{
	while (*dir == '/')
		dir++;
	for (; n && *dir; n--) {
		while (*dir && *dir != '/')
			dir++;
		while (*dir == '/')
			dir++;
	}
	return dir;
}

static void part_starts(struct compared *m)
{
	m->length = 0;
	m->dots = m->same = true;
	m->expected = part_of(m->dir, m->common);
}

static void start(struct compared *m, const char *dir)
{
	*m = (struct compared){.dir = dir};
	for (const char *p = part_of(dir, 0); *p; p = part_of(p, 1))
		m->parts++;
	part_starts(m);
}

static void part_ends(struct compared *m)
{
	char next = m->same ? m->expected[m->length] : '\0';

	if (m->length == 0 || (m->dots && m->length == 1)) {
		/* nothing, or where we are */
	} else if (m->dots && m->length == 2) {
		m->depth -= m->depth > 0;
		m->common = MIN(m->common, m->depth);
	} else {
		if (m->depth == m->common && m->common < m->parts && m->same &&
		    (next == '\0' || next == '/'))
			m->common++;
		m->depth++;
	}
	part_starts(m);
}

static void feed(struct compared *m, char c)
{
	if (c == '/') {
		part_ends(m);
		return;
	}
	m->dots &= c == '.';
	m->same = m->same && m->expected[m->length] == c;
	m->length++;
}

/* The path of the directory that a relative one begins at. */
static bool feed_where(struct compared *m, i32 fd)
{
	char where[WHERE_ROOM], link[40];
	long n;

	if (fd < 0) {
		n = EXO_NOW(getcwd, where, sizeof(where)) - 1;
	} else {
		fb_format(link, sizeof(link), "/proc/self/fd/%d", fd);
		n = EXO_NOW(readlinkat, CORE_AT_FDCWD, link, where, sizeof(where));
	}
	if (n <= 0 || n == sizeof(where) || where[0] != '/')
		return false;
	for (long i = 0; i < n; i++)
		feed(m, where[i]);
	part_ends(m);
	return true;
}

static enum audit_answer leads(u64 path, i32 fd, const char *dir, bool below)
{
	struct compared m;
	char piece[PIECE];

	start(&m, dir);
	for (u32 at = 0; at < PATH_MOST; at += PIECE) {
		/* The page behind a string's end may not be there. */
		size_t left = exo_copy(piece, (const void *)(path + at), PIECE);
		size_t n = PIECE - left;

		if (at == 0 && n && piece[0] != '/' && !feed_where(&m, fd))
			return AUDIT_UNKNOWN;
		for (size_t i = 0; i < n; i++) {
			if (piece[i] == '\0') {
				part_ends(&m);
				return m.common == m.parts && (below || m.depth == m.parts)
					   ? AUDIT_YES
					   : AUDIT_NO;
			}
			feed(&m, piece[i]);
		}
		if (left)
			return AUDIT_UNKNOWN;
	}
	return AUDIT_UNKNOWN;
}

enum audit_answer core_audit_path(const struct trace_call *c, const struct audit_condition *k,
				  const char *dir, bool all)
{
	struct audit_tally n = {.all = all};

	for (u32 i = 0; i < c->nargs && c->words; i++) {
		bool at = i > 0 && c->words[i - 1] == WORD_FD;

		if (c->words[i] == WORD_PATH &&
		    !audit_tally(&n,
				 leads(c->args[i], at ? (i32)c->args[i - 1] : -1, dir,
				       k->test == AUDIT_UNDER),
				 k->negated))
			break;
	}
	return audit_outcome(&n);
}
