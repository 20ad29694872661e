/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/tables.c: the tables of the personalities' .def files as they stand, the same that make the
 * dispatch tables; cli/tables.h.
 */
#include "cli/tables.h"

#include <string.h>

#include "lib/base.h"

#define ROW(nr, name, state, result, args, note, where, passed)                                    \
	{nr, name, state, result, args, note, where, passed},
#define SYS(nr, name, state, result, args, note)                                                   \
	ROW(nr, #name, #state, #result, #args, note, NULL, false)
#define PASS(nr, name, state, result, args, note)                                                  \
	ROW(nr, #name, #state, #result, #args, note, NULL, true)
#define PASS_EINTR PASS
#define MISS(nr, name, result, args, note)                                                         \
	ROW(nr, #name, "MISSING", #result, #args, note, NULL, false)
#define GAP(nr, name, reason, note) ROW(nr, #name, #reason, "", "", note, NULL, false)
/* personality/research/table.h */
#define OLD(nr, name, handler, state, result, where, args, note)                                   \
	ROW(nr, #name, #state, #result, #args, note, #where, false)
#define LACK(nr, name, result, where, args, note)                                                  \
	ROW(nr, #name, "MISSING", #result, #args, note, #where, false)
#define NONE(nr, name, reason, note) ROW(nr, #name, #reason, "", "", note, NULL, false)

static const struct row freebsd_rows[] = {
#include "personality/freebsd/syscalls.def"
};
static const struct row illumos_rows[] = {
#include "personality/illumos/syscalls.def"
};
static const struct row linux_rows[] = {
#include "personality/linux/syscalls.def"
};
static const struct row feuerbird_rows[] = {
#include "personality/feuerbird/syscalls.def"
};

static const struct row bsd211_rows[] = {
#include "personality/research/bsd211.def"
};
static const struct row bsd29_rows[] = {
#include "personality/research/bsd29.def"
};
static const struct row pwb_rows[] = {
#include "personality/research/pwb.def"
};
static const struct row sysv_rows[] = {
#include "personality/research/sysv.def"
};
static const struct row v1_rows[] = {
#include "personality/research/v1.def"
};
static const struct row v5_rows[] = {
#include "personality/research/v5.def"
};
static const struct row v6_rows[] = {
#include "personality/research/v6.def"
};
static const struct row v7_rows[] = {
#include "personality/research/v7.def"
};

const struct table tables[] = {
    {"freebsd", "FreeBSD 14 amd64", "freebsd/syscalls.def", freebsd_rows, ARRAY_LEN(freebsd_rows)},
    {"illumos", "illumos amd64", "illumos/syscalls.def", illumos_rows, ARRAY_LEN(illumos_rows)},
    {"linux", "Linux x86-64", "linux/syscalls.def", linux_rows, ARRAY_LEN(linux_rows)},
    {"feuerbird", "FeuerBird", "feuerbird/syscalls.def", feuerbird_rows, ARRAY_LEN(feuerbird_rows)},
    {"v1", "First and Second Edition UNIX", "research/v1.def", v1_rows, ARRAY_LEN(v1_rows)},
    {"v5", "Fifth Edition UNIX", "research/v5.def", v5_rows, ARRAY_LEN(v5_rows)},
    {"v6", "Sixth Edition UNIX", "research/v6.def", v6_rows, ARRAY_LEN(v6_rows)},
    {"pwb", "PWB/UNIX 1.0", "research/pwb.def", pwb_rows, ARRAY_LEN(pwb_rows)},
    {"v7", "Seventh Edition UNIX", "research/v7.def", v7_rows, ARRAY_LEN(v7_rows)},
    {"sysv-pdp11", "System III UNIX on the PDP-11", "research/sysv.def", sysv_rows,
     ARRAY_LEN(sysv_rows)},
    {"bsd29", "2.9BSD", "research/bsd29.def", bsd29_rows, ARRAY_LEN(bsd29_rows)},
    {"bsd211", "2.11BSD", "research/bsd211.def", bsd211_rows, ARRAY_LEN(bsd211_rows)},
    {0},
};

const struct table *table_find(const char *name)
{
	for (const struct table *t = tables; t->name != NULL; t++)
		if (strcmp(t->name, name) == 0)
			return t;
	return NULL;
}
