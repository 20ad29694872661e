/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/aout_detect.c: which PDP-11 UNIX an executable was made for.
 *
 * A C program begins with its system's crt0, and three kinds of those tell the Sixth Edition
 * and before, the Seventh and its descendants, and 2.11BSD apart: facts of each system's
 * crt0.s. The Fifth Edition's is the Sixth's, but its functions begin in rsave (s4/rsave.s),
 * where later compilers have csv. Descendants of the Seventh share its crt0 and most of its
 * calls; what only one of them has decides. Assembler programs are known by the shape of the
 * one call that changed under its number, seek. What remains is a guess, and says so: whoever knows
 * the root the program came from knows better (verdict.weak).
 */
#include "core/abi.h"
#include "lib/mem.h"
#include "loader/aout.h"
#include "loader/detect.h"

#define SYS(n)	   (0104400 + (n))
#define CRT0_WORDS 5
#define WINDOW	   5 /* words that are looked at together */

/* Calls that are evidence; sysent.c of each. */
#define SYS_OPEN   SYS(5)
#define SYS_SEEK   SYS(19)
#define SYS_ALARM  SYS(27)
#define SYS_PAUSE  SYS(29)
#define SYS_ACCESS SYS(33)
#define SYS_PGRP   SYS(39) /* both, too */
#define SYS_IOCTL  SYS(54)
#define SYS_UTSSYS SYS(57) /* System III; PWB/UNIX */
#define SYS_LOCAL  SYS(58) /* 2.9BSD */
#define SYS_EXECE  SYS(59)
#define SYS_FCNTL  SYS(62) /* System III */
#define SYS_ULIMIT SYS(63) /* System III */

struct evidence {
	u32 new_seek, old_seek; /* by its arguments */
	u32 v7, usg, local;
	u32 pwb;   /* what the Sixth Edition has not, but PWB/UNIX */
	u32 rsave; /* of the Fifth Edition's compiler */
	u32 ke11;  /* the extended arithmetic element of the 11/20 */
};

static void decide(struct loader_verdict *v, const char *personality, const char *kind,
		   const char *why)
{
	v->personality = personality;
	v->reason_kind = kind;
	fb_strlcpy(v->reason, why, sizeof(v->reason));
}

static bool begins(const u16 *text, const u16 *with, u32 n)
{
	for (u32 i = 0; i < n; i++)
		if (text[i] != with[i])
			return false;
	return true;
}

static bool absolute(u16 instruction)
{
	return (instruction & 077) == 037 || (instruction >> 6 & 077) == 037;
}

static bool is_call(u16 word)
{
	return (word & ~0377) == SYS(0);
}

static const u16 rsave[WINDOW] = {010446, 010346, 010246, 0162006, 0110};

/* w: words of the file behind one another. */
static void weigh(struct evidence *e, const u16 *w)
{
	/* AC, MQ and MUL of the KE11-A, by mode 37. */
	if (w[1] >= 0177302 && w[1] <= 0177306 && absolute(w[0]))
		e->ke11++;
	e->pwb += w[0] == SYS_ALARM || w[0] == SYS_PAUSE || w[0] == SYS_ACCESS ||
		  w[0] == SYS_PGRP || w[0] == SYS_UTSSYS;
	e->rsave += begins(w, rsave, WINDOW);
	switch (w[0]) {
	case SYS_SEEK: /* the old one has offset and kind behind it, the new one a long offset */
		if (w[3] <= 2 && w[2] > 5)
			e->new_seek++;
		else if (w[2] <= 5 && w[3] > 2)
			e->old_seek++;
		else if (w[3] <= 2)
			e->new_seek++;
		break;
	case SYS_OPEN: /* among the data, room for its arguments: System III's has three */
		if (!w[1] && !w[2] && !w[3] && is_call(w[4]))
			e->usg += 2;
		break;
	case SYS_ALARM:
	case SYS_ACCESS:
	case SYS_IOCTL:
	case SYS_EXECE:
		e->v7++;
		break;
	case SYS_PGRP:
	case SYS_UTSSYS:
	case SYS_FCNTL:
	case SYS_ULIMIT:
		e->usg++;
		break;
	case SYS_LOCAL:
		e->local++;
		break;
	default:
		break;
	}
}

static long scan(struct loader_window *w, const struct loader_aout *a, struct evidence *e)
{
	u32 end = a->data_off + a->data;
	u8 raw[128];
	u16 last[WINDOW] = {0};

	for (u32 off = a->text_off; off < end; off += sizeof(raw)) {
		u32 n = MIN((u32)sizeof(raw), end - off);
		long r = loader_window_read(w, raw, n, off);

		if (r == -CORE_ENOEXEC)
			return 0;
		if (r < 0)
			return r;
		for (u32 i = 0; i + 1 < n; i += 2) {
			memmove(last, last + 1, (WINDOW - 1) * sizeof(last[0]));
			last[WINDOW - 1] = loader_aout_word(raw + i);
			weigh(e, last);
		}
	}
	return 0;
}

static void weigh_descendants(struct loader_verdict *v, const struct evidence *e)
{
	if (e->local > 1)
		decide(v, "bsd29", "calls", "it makes calls that only 2.9BSD has");
	else if (e->usg > 1)
		decide(v, "sysv-pdp11", "calls", "it makes calls that only System III and V have");
	else
		decide(v, "v7", "start-up code", "it begins as a Seventh Edition C program does");
	v->weak = e->local <= 1 && e->usg <= 1;
}

static void weigh_sixth(struct loader_verdict *v, const struct evidence *e)
{
	if (e->pwb)
		decide(v, "pwb", "calls", "it makes calls that the Sixth Edition has not");
	else if (e->rsave)
		decide(v, "v5", "start-up code",
		       "its functions begin in the Fifth Edition's rsave");
	else
		decide(v, "v6", "start-up code", "it begins as a Sixth Edition C program does");
	v->weak = !e->pwb; /* PWB/UNIX has all that the Sixth Edition has, and more room */
}

static void weigh_assembler(struct loader_verdict *v, const struct evidence *e)
{
	if (e->old_seek > e->new_seek)
		decide(v, "v6", "calls", "it seeks as programs of the Sixth Edition do");
	else if (e->new_seek || e->v7)
		decide(v, "v7", "calls", "it makes calls of the Seventh Edition");
	else
		decide(v, "v7", "fallback",
		       "nothing in it tells the edition; the Seventh is assumed");
	v->weak = true;
	if (e->ke11 && !e->v7 && !e->new_seek)
		decide(v, "v2", "calls", "it uses the arithmetic element of the 11/20");
}

static bool is_one_of(const char *name, const char *const *list)
{
	while (*list && strcmp(*list, name) != 0)
		list++;
	return *list != NULL;
}

const char *loader_aout_edition(const struct loader_verdict *v, const char *tree)
{
	static const char *const sixth[] = {"v5", "v6", "pwb", NULL};
	static const char *const descendants[] = {"v7", "sysv-pdp11", "bsd29", NULL};
	const char *own = v->personality;
	const char *kind = v->reason_kind ? v->reason_kind : "";
	bool start = strcmp(kind, "start-up code") == 0;

	if (!own && v->format == LOADER_UNKNOWN && tree && strcmp(tree, "v1") == 0)
		return tree;
	if (!own || !v->weak || !tree)
		return own;
	if (strcmp(tree, "v1") == 0 || strcmp(tree, "v2") == 0) /* six words: of the First */
		return start ? own : "v2";
	if (is_one_of(tree, sixth))
		return start && !is_one_of(own, sixth) ? own : tree;
	if (is_one_of(tree, descendants))
		return is_one_of(own, sixth) ? own : tree;
	return strcmp(kind, "fallback") == 0 ? tree : own;
}

/* Text has no bytes like those. */
bool loader_aout_raw(const u8 *head, u32 len)
{
	for (u32 i = 0; i < MIN(len, 16u); i++)
		if (head[i] > 0x7e || (head[i] < ' ' && (head[i] < '\b' || head[i] > '\r')))
			return true;
	return false;
}

long loader_aout_detect(const struct loader_source *src, struct loader_verdict *v)
{
	static const u16 v6[CRT0_WORDS] = {0170011, 010600, 011046, 005720, 010066};
	static const u16 v7[CRT0_WORDS] = {0170011, 016600, 000002, 005060, 0177776};
	static const u16 bsd[3] = {0170011, 0162706, 000004};
	struct evidence e = {0};
	u16 text[CRT0_WORDS] = {0};
	struct loader_window w;
	struct loader_aout a;
	u8 raw[2 * CRT0_WORDS];
	long r = loader_aout_plan(src, "v7", &a, NULL);

	if (r < 0) {
		fb_format(v->reason, sizeof(v->reason), "its a.out header fits no PDP-11");
		return 0;
	}
	if (a.magic == 0405) {
		decide(v, "v1", "magic", "it has the six-word header of the First Edition, 0405");
		return 0;
	}
	loader_window_init(&w, src);
	if (loader_window_read(&w, raw, sizeof(raw), a.text_off) == 0)
		for (u32 i = 0; i < CRT0_WORDS; i++)
			text[i] = loader_aout_word(raw + 2 * i);
	if (a.magic == 0430 || a.magic == 0431 || begins(text, bsd, ARRAY_LEN(bsd))) {
		bool short_header = a.magic > 0411 && a.text_off < 48;

		decide(v, short_header ? "bsd29" : "bsd211",
		       a.magic > 0411 ? "magic" : "start-up code",
		       a.magic > 0411
			   ? "it has overlays, as only programs of the Berkeley systems have"
			   : "it begins as a 2.11BSD C program does");
		return 0;
	}
	r = scan(&w, &a, &e);
	if (r < 0)
		return r;
	if (begins(text, v6, ARRAY_LEN(v6)))
		weigh_sixth(v, &e);
	else if (begins(text, v7, ARRAY_LEN(v7)))
		weigh_descendants(v, &e);
	else
		weigh_assembler(v, &e);
	return 0;
}
