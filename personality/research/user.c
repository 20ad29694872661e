/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/user.c: the user structure, as debuggers know it.
 *
 * What a kernel of these systems keeps of a process is written before the process's memory into
 * a core file, and ptrace reads it word by word: the registers where a trap leaves them on the
 * kernel's stack, the floating registers, sizes, actions of signals, the program's header and
 * name. The rest (pointers into the kernel, the state of a transfer) is zero. It is made when
 * somebody is going to look, of what is elsewhere, and the registers are taken back from it.
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/research/abi_user.h"
#include "personality/research/calls.h"

#define USER_MODE  0170000 /* of a status word */
#define PRIORITY   0340
#define CODES	   (PDP11_C | PDP11_V | PDP11_Z | PDP11_N)
#define NO_GROUP   0177777
#define AR0_TO_END 6 /* r0, pc and ps are the last words of the kernel's stack */

u8 research_user[USER_SIZE_MAX];

/* Where things are; 0 for what a system does not have. Registers: in words from r0. */
struct research_user_layout {
	u16 size, fps, fpsaved, ar0, tsize, signal, sep, uid, comm, comm_len, exdata, exdata_len,
	    ovdata, fec, groups, arg;
	u8 nsig;
	bool byte_ids;
	i8 regs[6]; /* r1 ... r5 and sp; the pc is behind r0, the status behind it */
	u8 ac[6];   /* the floating registers in the order they are kept in */
};

#define REGS_V7                                                                                    \
	{                                                                                          \
		-2, -9, -8, -7, -6, -3                                                             \
	}
#define REGS_BSD                                                                                   \
	{                                                                                          \
		-3, -11, -10, -9, -7, -4                                                           \
	}
#define AC_V6                                                                                      \
	{                                                                                          \
		0, 4, 5, 1, 2, 3                                                                   \
	}
#define AC_V7                                                                                      \
	{                                                                                          \
		0, 1, 2, 3, 4, 5                                                                   \
	}
#define AT(type, field) ((u16)offsetof(struct type, field))

const struct research_user_layout research_user_v5 = {
    .size = USER_SIZE,
    .fps = AT(v5_user, fps),
    .ar0 = AT(v5_user, ar0),
    .tsize = AT(v5_user, tsize),
    .arg = AT(v5_user, arg),
    .signal = AT(v5_user, signal),
    .uid = AT(v5_user, uid),
    .nsig = 13,
    .byte_ids = true,
    .regs = REGS_V7,
    .ac = AC_V6,
};

const struct research_user_layout research_user_v6 = {
    .size = USER_SIZE,
    .fps = AT(v6_user, fps),
    .ar0 = AT(v6_user, ar0),
    .tsize = AT(v6_user, tsize),
    .arg = AT(v6_user, arg),
    .signal = AT(v6_user, signal),
    .sep = AT(v6_user, sep),
    .uid = AT(v6_user, uid),
    .nsig = 20,
    .byte_ids = true,
    .regs = REGS_V7,
    .ac = AC_V6,
};

const struct research_user_layout research_user_pwb = {
    .size = PWB_USER_SIZE,
    .fps = AT(pwb_user, fps),
    .ar0 = AT(pwb_user, ar0),
    .tsize = AT(pwb_user, tsize),
    .arg = AT(pwb_user, arg),
    .signal = AT(pwb_user, signal),
    .sep = AT(pwb_user, sep),
    .uid = AT(pwb_user, uid),
    .exdata = AT(pwb_user, exdata),
    .exdata_len = 12,
    .nsig = 16,
    .byte_ids = true,
    .regs = REGS_V7,
    .ac = AC_V6,
};

const struct research_user_layout research_user_usg = {
    .size = USER_SIZE,
    .fps = AT(usg_user, fps),
    .fpsaved = AT(usg_user, fpsaved),
    .ar0 = AT(usg_user, ar0),
    .tsize = AT(usg_user, tsize),
    .signal = AT(usg_user, signal) - 2, /* the first is signal 1's */
    .sep = AT(usg_user, sep),
    .uid = AT(usg_user, uid),
    .comm = AT(usg_user, comm),
    .comm_len = 14,
    .exdata = AT(usg_user, exdata),
    .exdata_len = 16,
    .nsig = 21,
    .regs = REGS_V7,
    .ac = AC_V7,
};

const struct research_user_layout research_user_v7 = {
    .size = USER_SIZE,
    .fps = AT(v7_user, fps),
    .fpsaved = AT(v7_user, fpsaved),
    .ar0 = AT(v7_user, ar0),
    .tsize = AT(v7_user, tsize),
    .signal = AT(v7_user, signal),
    .sep = AT(v7_user, sep),
    .uid = AT(v7_user, uid),
    .comm = AT(v7_user, comm),
    .comm_len = 14,
    .exdata = AT(v7_user, exdata),
    .exdata_len = 16,
    .nsig = 17,
    .regs = REGS_V7,
    .ac = AC_V7,
};

const struct research_user_layout research_user_bsd29 = {
    .size = USER_SIZE,
    .fps = AT(bsd29_user, fps),
    .fpsaved = AT(bsd29_user, fpsaved),
    .ar0 = AT(bsd29_user, ar0),
    .tsize = AT(bsd29_user, tsize),
    .signal = AT(bsd29_user, signal),
    .sep = AT(bsd29_user, sep),
    .uid = AT(bsd29_user, uid),
    .comm = AT(bsd29_user, comm),
    .comm_len = 14,
    .exdata = AT(bsd29_user, exdata),
    .exdata_len = 16,
    .ovdata = AT(bsd29_user, ovdata),
    .fec = AT(bsd29_user, fec),
    .nsig = 32,
    .regs = REGS_BSD,
    .ac = AC_V7,
};

const struct research_user_layout research_user_bsd211 = {
    .size = BSD211_USER_SIZE,
    .fps = AT(bsd211_user, fps),
    .fpsaved = AT(bsd211_user, fpsaved),
    .ar0 = AT(bsd211_user, ar0),
    .tsize = AT(bsd211_user, tsize),
    .signal = AT(bsd211_user, signal),
    .sep = AT(bsd211_user, sep),
    .uid = AT(bsd211_user, uid),
    .comm = AT(bsd211_user, comm),
    .comm_len = 63,
    .ovdata = AT(bsd211_user, ovdata),
    .fec = AT(bsd211_user, fec),
    .groups = AT(bsd211_user, groups),
    .nsig = 32,
    .regs = REGS_BSD,
    .ac = AC_V7,
};

static void put(u32 at, u32 value)
{
	research_user[at] = (u8)value;
	research_user[at + 1] = (u8)(value >> 8);
}

static u16 get(u32 at)
{
	return (u16)(research_user[at] | research_user[at + 1] << 8);
}

u32 research_user_size(void)
{
	const struct research_user_layout *u = research.version->user;

	return u ? u->size : 0;
}

/* Where r0 is, and number 1 to 6: r1 ... sp. */
static u32 reg_at(const struct research_user_layout *u, u32 n)
{
	u32 r0 = u->size - AR0_TO_END;

	return n ? (u32)((i32)r0 + 2 * u->regs[n - 1]) : r0;
}

static u32 pc_at(const struct research_user_layout *u)
{
	return u->size - 4u;
}

static u32 ps_at(const struct research_user_layout *u)
{
	return u->size - 2u;
}

/* ---- who and what --------------------------------------------------------------------------- */

static void put_ids(const struct research_user_layout *u)
{
	u32 ids[4] = {(u32)EXO_NOW(geteuid), (u32)EXO_NOW(getegid), (u32)EXO_NOW(getuid),
		      (u32)EXO_NOW(getgid)};
	u32 n[4];

	for (u32 i = 0; i < 4; i++)
		n[i] = research_uid(ids[i]);
	if (u->groups) { /* effective, saved and real user, saved and real group, groups */
		put(u->uid, n[0]);
		put(u->uid + 2u, n[0]);
		put(u->uid + 4u, n[2]);
		put(u->uid + 6u, n[1]);
		put(u->uid + 8u, n[3]);
		put(u->groups, n[1]);
		for (u32 i = 1; i < 16; i++)
			put(u->groups + 2 * i, NO_GROUP);
		return;
	}
	for (u32 i = 0; i < 4; i++)
		if (u->byte_ids)
			research_user[u->uid + i] = (u8)n[i];
		else
			put(u->uid + 2 * i, n[i]);
}

static void put_signals(const struct research_user_layout *u, struct core_thread *t)
{
	const struct research_signal *s = research.version->signals;

	for (; s->number; s++) {
		u64 handler = t->proc->action[s->core].handler;

		if (s->number < u->nsig)
			put(u->signal + 2u * s->number, (u16)handler);
	}
}

static void put_program(const struct research_user_layout *u, struct core_thread *t)
{
	const char *slash = strrchr(t->proc->exec_path, '/');
	const char *name = slash ? slash + 1 : t->proc->exec_path;

	put(u->tsize, research.text);
	put(u->tsize + 2u, research.data);
	put(u->tsize + 4u, research.stack);
	if (u->sep)
		research_user[u->sep] = research.split;
	for (u32 i = 0; i < u->comm_len && name[i]; i++)
		research_user[u->comm + i] = (u8)name[i];
	if (u->exdata)
		memcpy(research_user + u->exdata, research.header, u->exdata_len);
	if (u->ovdata) {
		put(u->ovdata, research.current_overlay);
		put(u->ovdata + 2u, research.overlay_base);
	}
}

/* ---- registers ------------------------------------------------------------------------------ */

static void put_registers(const struct research_user_layout *u)
{
	const struct pdp11 *cpu = &research.cpu;

	for (u32 i = 0; i <= PDP11_SP; i++)
		put(reg_at(u, i), cpu->r[i]);
	put(pc_at(u), cpu->r[PDP11_PC]);
	put(ps_at(u), USER_MODE | cpu->psw);
	put(u->ar0, USER_BASE + reg_at(u, 0));
	if (u->arg) { /* u_rsav, the kernel's own r5 and sp: by these PWB's adb knows a core */
		put(0, USER_BASE + reg_at(u, 2));
		put(2, USER_BASE + reg_at(u, 2));
	}
	if (u->fpsaved)
		put(u->fpsaved, 1);
	put(u->fps, cpu->fps);
	for (u32 i = 0; i < 24; i++) /* the first word is the uppermost */
		put(u->fps + 2 + 2 * i, (u16)(cpu->ac[u->ac[i / 4]] >> (48 - 16 * (i % 4))));
	if (u->fec) {
		put(u->fec, cpu->fec);
		put(u->fec + 2u, cpu->fea);
	}
}

/* PC is behind what follows the interrupted call's instruction. */
static void from_frame(const struct exo_frame *f)
{
	struct pdp11 *cpu = &research.cpu;

	cpu->r[PDP11_PC] = (u16)(f->rip + (f->rip == research.call_pc ? research.skip : 0));
	cpu->r[PDP11_SP] = (u16)f->rsp;
	cpu->r[0] = (u16)f->rax;
	cpu->psw = (u16)((cpu->psw & ~PDP11_C) | (f->rflags & PDP11_C));
}

void research_user_put(struct core_thread *t, const struct exo_frame *f)
{
	const struct research_user_layout *u = research.version->user;

	from_frame(f);
	if (!u)
		return;
	memset(research_user, 0, sizeof(research_user));
	put_ids(u);
	put_signals(u, t);
	put_program(u, t);
	put_registers(u);
}

/* Up to the Sixth Edition the signal is where a call's arguments are. */
void research_user_signal(u16 number)
{
	const struct research_user_layout *u = research.version->user;

	if (u && u->arg)
		put(u->arg, number);
}

void research_user_take(void)
{
	const struct research_user_layout *u = research.version->user;
	struct pdp11 *cpu = &research.cpu;

	if (!u)
		return;
	for (u32 i = 0; i <= PDP11_SP; i++)
		cpu->r[i] = get(reg_at(u, i));
	cpu->r[PDP11_PC] = get(pc_at(u));
	cpu->psw = get(ps_at(u)) & (CODES | PDP11_T);
	cpu->fps = get(u->fps);
	for (u32 i = 0; i < 6; i++) {
		u64 v = 0;

		for (u32 k = 0; k < 4; k++)
			v = v << 16 | get(u->fps + 2 + 8 * i + 2 * k);
		cpu->ac[u->ac[i]] = v;
	}
	if (u->ovdata && research.overlay_base && get(u->ovdata) != research.current_overlay)
		research_overlay_select(get(u->ovdata));
}

bool research_user_writable(u32 addr, u16 *value)
{
	const struct research_user_layout *u = research.version->user;

	addr &= ~1u;
	if (!u)
		return false;
	if (addr >= u->fps && addr < u->fps + sizeof(struct user_fps))
		return true;
	if (addr == ps_at(u)) {
		*value = (u16)((*value | USER_MODE) & ~PRIORITY);
		return true;
	}
	if (u->groups && addr == u->ovdata)
		return research.overlay_base && *value <= 15;
	for (u32 i = 0; i <= PDP11_SP; i++)
		if (addr == reg_at(u, i))
			return true;
	return addr == pc_at(u);
}
