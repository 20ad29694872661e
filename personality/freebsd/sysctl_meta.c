/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_meta.c: the names below sysctl (number 0), which describe the
 * tree itself: sysctl(3) and sysctl(8) find names, formats and the next entry with them.
 * Facts: sys/kern/kern_sysctl.c, sysctl(9).
 */
#include "exo/note.h"
#include "lib/mem.h"
#include "personality/freebsd/sysctl.h"

#define NAME_MAX_BYTES 1024 /* MAXPATHLEN, which bounds a name */

static bool is_node(const struct freebsd_sysctl_row *row)
{
	return (row->kind & FREEBSD_CTLTYPE) == FREEBSD_CTLTYPE_NODE;
}

static bool in_table(const struct freebsd_sysctl_row *row)
{
	return row < freebsd_sysctl_rows + freebsd_sysctl_count;
}

/* The number at the end of the row's own name. */
static i32 last_number(const struct freebsd_sysctl_row *row)
{
	i32 oid[FREEBSD_CTL_MAXNAME] = {0};

	return oid[freebsd_sysctl_oid(row, oid) - 1];
}

/* Among the rows of one level from row on, the one with that number; NULL: none. */
static const struct freebsd_sysctl_row *level_find(const struct freebsd_sysctl_row *row, u32 depth,
						   i32 number)
{
	for (; row && in_table(row) && row->depth >= depth; row++)
		if (row->depth == depth && last_number(row) == number)
			return row;
	return NULL;
}

/* sysctl.name: the dotted name; numbers that lead nowhere are written as they are. */
long freebsd_sysctl_meta_name(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	const struct freebsd_sysctl_row *level = freebsd_sysctl_rows;

	(void)row;
	for (u32 i = 0; i < req->nrest; i++) {
		const struct freebsd_sysctl_row *found = level_find(level, i, req->rest[i]);
		char digits[12];
		const char *part = digits;
		long r = 0;

		if (found)
			part = found->name;
		else
			fb_format(digits, sizeof(digits), "%d", req->rest[i]);
		if (i)
			r = freebsd_sysctl_out(req, ".", 1);
		if (r == 0)
			r = freebsd_sysctl_out(req, part, strlen(part));
		if (r < 0)
			return r;
		level = found && is_node(found) && !found->handler ? found + 1 : NULL;
	}
	return freebsd_sysctl_out(req, "", 1);
}

static int compare(const i32 *a, u32 alen, const i32 *b, u32 blen)
{
	for (u32 i = 0; i < alen && i < blen; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return alen < blen ? -1 : alen > blen;
}

/* The numeric name of what follows and has an answer of its own. */
static long next(struct freebsd_sysctl *req, bool all)
{
	const struct freebsd_sysctl_row *row;
	i32 path[FREEBSD_CTL_MAXNAME];

	for (row = freebsd_sysctl_rows; in_table(row); row++) {
		u32 len;

		if (!row->handler || (!all && row->kind & FREEBSD_CTLFLAG_SKIP))
			continue;
		len = freebsd_sysctl_oid(row, path);
		if (compare(path, len, req->rest, req->nrest) > 0)
			return freebsd_sysctl_out(req, path, len * sizeof(i32));
	}
	return -CORE_ENOENT;
}

long freebsd_sysctl_meta_next(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	(void)row;
	return next(req, false);
}

long freebsd_sysctl_meta_next_all(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	(void)row;
	return next(req, true);
}

long freebsd_sysctl_by_name(guest_ptr name, u64 len, const struct freebsd_sysctl_row **row)
{
	char text[NAME_MAX_BYTES + 1], *p = text;
	const struct freebsd_sysctl_row *at = freebsd_sysctl_rows;
	u32 depth = 0;

	if (len >= NAME_MAX_BYTES)
		return -CORE_ENAMETOOLONG;
	if (copy_from_guest(text, name, len) < 0)
		return -CORE_EFAULT;
	text[len] = '\0';
	if (!*p)
		return -CORE_ENOENT;
	while (in_table(at) && at->depth >= depth) {
		size_t n = strlen(at->name);

		if (at->depth > depth || strncmp(p, at->name, n) != 0 || (p[n] && p[n] != '.')) {
			at++;
			continue;
		}
		*row = at;
		/* "host." is what jail(8) calls the child of "host" that has no name. */
		if (p[n] == '.' && !p[n + 1] && in_table(at + 1) && at[1].depth == depth + 1 &&
		    !at[1].name[0])
			*row = at + 1;
		p += n + (p[n] == '.');
		if (!*p)
			return 0;
		if (!is_node(at) || at->handler)
			break;
		depth++;
		at++;
	}
	exo_note(ROOM_PERSONALITY, NOTE_WARN, "sysctl %s is not known", text);
	return -CORE_ENOENT;
}

/* sysctl.name2oid: "writes" a dotted name and reads the numeric one. */
long freebsd_sysctl_meta_name2oid(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	i32 oid[FREEBSD_CTL_MAXNAME];
	long r;

	if (!req->newlen || !req->new.addr)
		return -CORE_ENOENT;
	r = freebsd_sysctl_by_name(req->new, req->newlen, &row);
	if (r < 0)
		return r;
	return freebsd_sysctl_out(req, oid, freebsd_sysctl_oid(row, oid) * sizeof(i32));
}

static const struct freebsd_sysctl_row *described(struct freebsd_sysctl *req, long *error)
{
	u32 used;

	*error = -CORE_ENOENT;
	if (req->nrest == 0)
		return NULL;
	return freebsd_sysctl_find(req->rest, req->nrest, &used, error);
}

long freebsd_sysctl_meta_oidfmt(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	long r;

	row = described(req, &r);
	if (!row)
		return r;
	r = freebsd_sysctl_out(req, &row->kind, sizeof(row->kind));
	return r < 0 ? r : freebsd_sysctl_out_string(req, row->format);
}

long freebsd_sysctl_meta_oiddescr(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	long r;

	row = described(req, &r);
	return row ? freebsd_sysctl_out_string(req, row->descr) : r;
}

/* Labels are for exporters of statistics; no row here has one. */
long freebsd_sysctl_meta_oidlabel(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	long r;

	row = described(req, &r);
	return row ? -CORE_ENOENT : r;
}
