/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/research_struct.c: structures of the PDP-11's systems, by each system's layout and the
 * names of its manual or its headers. Layouts: personality/research/abi_*.h; times(2) and ftime(2)
 * of the Seventh Edition's manual, times(II) and stat(II) of the Sixth's; ioctl.h and sys/time.h of
 * 2.11BSD.
 */
#include "cli/trace/research.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/abi_file.h"
#include "personality/research/abi_tty.h"
#include "personality/research/abi_usg.h"

bool research_is(const struct event *e, const char *name)
{
	return strcmp(e->abi->name, name) == 0;
}

bool research_is_old(const struct event *e)
{
	return !research_is(e, "v7") && !research_is(e, "sysv-pdp11") &&
	       strncmp(e->abi->name, "bsd", 3) != 0;
}

void research_member(struct text *t, const char *label, i64 n)
{
	text_str(t, label);
	text_dec(t, n);
}

void research_octal(struct text *t, const char *label, u64 n)
{
	text_str(t, label);
	text_oct(t, n);
}

/* ---- files ---------------------------------------------------------------------------------- */

static void show_device(struct text *t, u32 dev)
{
	research_member(t, ", st_rdev=makedev(", dev >> 8);
	research_member(t, ", ", dev & 0xff);
	text_char(t, ')');
}

static void show_v7_stat(struct text *t, const void *at)
{
	u32 mode = research_word(at, offsetof(struct v7_stat, mode)), type = mode & 0170000;

	text_str(t, "{st_mode=");
	value_mode(t, mode);
	if (type == 0020000 || type == 0060000)
		show_device(t, research_word(at, offsetof(struct v7_stat, rdev)));
	else
		research_member(
		    t, ", st_size=", (i32)research_long(at, offsetof(struct v7_stat, size)));
	text_str(t, ", ...}");
}

/* An inode, as stat(II) has it. */
static void show_v6_stat(struct text *t, const void *at)
{
	static const struct flag bits[] = {{V6_IALLOC, "IALLOC"},
					   {V6_ILARG, "ILARG"},
					   {04000, "ISUID"},
					   {02000, "ISGID"},
					   {01000, "ISVTX"}};
	static const struct flag types[] = {
	    {V6_IFBLK, "IFBLK"}, {V6_IFDIR, "IFDIR"}, {V6_IFCHR, "IFCHR"}};
	u32 flags = research_word(at, offsetof(struct v6_stat, mode)), type = flags & V6_IFBLK;

	text_str(t, "{flags=");
	for (size_t i = 0; i < ARRAY_LEN(bits); i++)
		if (flags & bits[i].value) {
			text_str(t, bits[i].name);
			text_char(t, '|');
		}
	if (type != 0) {
		value_name(t, types, ARRAY_LEN(types), type);
		text_char(t, '|');
	}
	value_mode(t, flags & 0777);
	if (type == V6_IFCHR || type == V6_IFBLK)
		research_octal(t, ", addr=[", research_word(at, offsetof(struct v6_stat, addr)));
	else
		research_member(t, ", size=",
				(i64)((const u8 *)at)[offsetof(struct v6_stat, size0)] << 16 |
				    research_word(at, offsetof(struct v6_stat, size1)));
	text_str(t, type == V6_IFCHR || type == V6_IFBLK ? ", ...], ...}" : ", ...}");
}

static void show_v1_stat(struct text *t, const void *at)
{
	research_octal(t, "{flags=", research_word(at, offsetof(struct v1_stat, flags)));
	research_member(t, ", size=", research_word(at, offsetof(struct v1_stat, size)));
	text_str(t, ", ...}");
}

bool research_stat(struct text *t, const struct event *e, const void *at, u32 n)
{
	u32 least = research_is(e, "bsd211")			    ? sizeof(struct bsd_stat)
		    : !research_is_old(e)			    ? sizeof(struct v7_stat)
		    : *e->abi->name == 'v' && e->abi->name[1] < '3' ? sizeof(struct v1_stat)
								    : sizeof(struct v6_stat);

	if (n < least)
		return false;
	if (least == sizeof(struct v1_stat))
		show_v1_stat(t, at);
	else if (least == sizeof(struct v6_stat))
		show_v6_stat(t, at);
	else
		show_v7_stat(t, at); /* which 2.11BSD's begins as */
	return true;
}
_Static_assert(offsetof(struct bsd_stat, size) == offsetof(struct v7_stat, size), "as V7's");
_Static_assert(offsetof(struct bsd_stat, rdev) == offsetof(struct v7_stat, rdev), "as V7's");

void research_statfs(struct text *t, const void *at)
{
	research_member(t, "{f_bsize=", research_word(at, offsetof(struct bsd_statfs, bsize)));
	research_member(t,
			", f_blocks=", (i32)research_long(at, offsetof(struct bsd_statfs, blocks)));
	research_member(t,
			", f_bfree=", (i32)research_long(at, offsetof(struct bsd_statfs, bfree)));
	text_str(t, ", ...}");
}

/* ---- times ---------------------------------------------------------------------------------- */

void research_times(struct text *t, const struct event *e, const void *at)
{
	static const char *const names[] = {"{proc_user_time=", ", proc_system_time=",
					    ", child_user_time=", ", child_system_time="};

	for (u32 i = 0; i < 4; i++)
		if (!research_is_old(e))
			research_member(t, names[i], (i32)research_long(at, i * 4));
		else if (i < 2)
			research_member(t, names[i], research_word(at, i * 2));
		else
			research_member(t, names[i], (i32)research_long(at, i * 4 - 4));
	text_char(t, '}');
}

void research_timeval(struct text *t, const void *at, const char *unit)
{
	research_member(t, "{tv_sec=", (i32)research_long(at, 0));
	text_str(t, ", ");
	text_str(t, unit);
	research_member(t, "=", (i32)research_long(at, 4));
	text_char(t, '}');
}

void research_timevals(struct text *t, const void *at, const char *first, const char *second,
		       const char *end)
{
	text_str(t, first);
	research_timeval(t, at, "tv_usec");
	text_str(t, second);
	research_timeval(t, (const u8 *)at + 8, "tv_usec");
	text_str(t, end);
}

void research_utimes(struct text *t, const struct event *e, const void *at)
{
	bool named = research_is(e, "sysv-pdp11");

	research_member(t, named ? "{actime=" : "[", (i32)research_long(at, 0));
	research_member(t, named ? ", modtime=" : ", ", (i32)research_long(at, 4));
	text_char(t, named ? '}' : ']');
}

void research_timeb(struct text *t, const void *at)
{
	research_member(t, "{time=", (i32)research_long(at, 0));
	research_member(t, ", millitm=", research_word(at, 4));
	research_member(t, ", timezone=", (i16)research_word(at, 6));
	research_member(t, ", dstflag=", (i16)research_word(at, 8));
	text_char(t, '}');
}

/* ---- terminals ------------------------------------------------------------------------------ */

static void show_character(struct text *t, const char *label, u8 c)
{
	text_str(t, label);
	if (c == OLD_OFF) {
		text_str(t, "-1");
		return;
	}
	text_char(t, '\'');
	if (c >= ' ' && c < 0177) {
		text_char(t, (char)c);
	} else {
		text_char(t, '\\');
		text_digits(t, (u64)(c >> 6) * 100 + (c >> 3 & 7) * 10 + (c & 7), 3);
	}
	text_char(t, '\'');
}

void research_sgttyb(struct text *t, const struct event *e, const u8 *at)
{
	text_str(t, "{sg_ispeed=");
	research_speed(t, at[offsetof(struct old_sgttyb, ispeed)]);
	text_str(t, ", sg_ospeed=");
	research_speed(t, at[offsetof(struct old_sgttyb, ospeed)]);
	show_character(t, ", sg_erase=", at[offsetof(struct old_sgttyb, erase)]);
	show_character(t, ", sg_kill=", at[offsetof(struct old_sgttyb, kill)]);
	text_str(t, ", sg_flags=");
	research_modes(t, e->abi, research_word(at, offsetof(struct old_sgttyb, flags)));
	text_char(t, '}');
}

static void show_characters(struct text *t, const char *const *names, u32 n, const u8 *at)
{
	for (u32 i = 0; i < n; i++)
		show_character(t, names[i], at[i]);
	text_char(t, '}');
}

static void show_termio(struct text *t, const u8 *at)
{
	research_octal(t, "{c_iflag=", research_word(at, offsetof(struct usg_termio, iflag)));
	research_octal(t, ", c_oflag=", research_word(at, offsetof(struct usg_termio, oflag)));
	research_octal(t, ", c_cflag=", research_word(at, offsetof(struct usg_termio, cflag)));
	research_octal(t, ", c_lflag=", research_word(at, offsetof(struct usg_termio, lflag)));
	research_member(t, ", c_line=", at[offsetof(struct usg_termio, line)]);
	text_str(t, ", ...}");
}

static bool ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && strcmp(name + n - m, end) == 0;
}

/* What an ioctl's argument points at, says the request. */
static bool show_pointed(struct text *t, const struct event *e, u32 i, const u8 *at)
{
	static const char *const tchars[] = {
	    "{t_intrc=", ", t_quitc=", ", t_startc=", ", t_stopc=", ", t_eofc=", ", t_brkc="};
	static const char *const ltchars[] = {
	    "{t_suspc=", ", t_dsuspc=", ", t_rprntc=", ", t_flushc=", ", t_werasc=", ", t_lnextc="};
	static const char *const words[] = {"TIOCGETD", "TIOCSETD", "TIOCLBIS",	 "TIOCLBIC",
					    "TIOCLSET", "TIOCLGET", "TIOCGPGRP", "TIOCSPGRP",
					    "TIOCOUTQ", "FIONBIO",  "TIOCFLUSH"};
	const char *name = research_request((u32)e->r->args[i - 1]);

	if (name == NULL)
		return false;
	if (ends_in(name, "GETP") || ends_in(name, "SETP") || ends_in(name, "SETN"))
		research_sgttyb(t, e, at);
	else if (strcmp(name, "TIOCGETC") == 0 || strcmp(name, "TIOCSETC") == 0)
		show_characters(t, tchars, ARRAY_LEN(tchars), at);
	else if (ends_in(name, "LTC"))
		show_characters(t, ltchars, ARRAY_LEN(ltchars), at);
	else if (strcmp(name, "TCGETA") == 0 || strncmp(name, "TCSETA", 6) == 0)
		show_termio(t, at);
	else if (ends_in(name, "WINSZ")) {
		research_member(t, "{ws_row=", research_word(at, 0));
		research_member(t, ", ws_col=", research_word(at, 2));
		research_member(t, ", ws_xpixel=", research_word(at, 4));
		research_member(t, ", ws_ypixel=", research_word(at, 6));
		text_char(t, '}');
	} else if (strcmp(name, "FIONREAD") == 0) {
		research_member(t, "[", (i32)research_long(at, 0));
		text_char(t, ']');
	} else {
		for (size_t k = 0; k < ARRAY_LEN(words); k++)
			if (strcmp(name, words[k]) == 0) {
				research_octal(t, "[", research_word(at, 0));
				text_char(t, ']');
				return true;
			}
		return false;
	}
	return true;
}

/* A request that reads is shown as it was left, one that sets as it came. */
bool research_ioctl(struct text *t, const struct event *e, u32 i)
{
	const char *name = research_request((u32)e->r->args[i - 1]);
	struct shown_data d;
	bool set = name != NULL && (strstr(name, "SET") != NULL || strstr(name, "LBI") != NULL ||
				    strncmp(name, "TIOCS", 5) == 0 || ends_in(name, "NBIO") ||
				    ends_in(name, "FLUSH"));

	if (!set && (!e->done || e->r->flags & TRACE_R_CARRY))
		return false;
	d = event_data(e, i, !set, 0);
	return d.p != NULL && d.n >= sizeof(struct usg_termio) && show_pointed(t, e, i, d.p);
}
