/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/tr.h: between the files that write a region's code.
 *
 * An instruction's registers change only after its last access to memory, so that one that
 * faults leaves them as they were; what its operands' modes will add is `pending` till then.
 */
#ifndef FB_CPU_PDP11_X86_64_TR_H
#define FB_CPU_PDP11_X86_64_TR_H

#include "cpu/pdp11/x86_64/regs.h"

#define NZV	  (PDP11_N | PDP11_Z | PDP11_V)
#define CARRY	  PDP11_C
#define COLD_MAX  (REGION_MAX * 4)
#define FIXUP_MAX (REGION_MAX * 2)

/* What is rarely done, behind the region: a jump there, and how the code is left. */
struct cold {
	u8 *from;
	u16 pc;
	u8 exit;
	bool in_r8; /* EXIT_CODE: the word's number is in r8d; else it is `word` */
	u16 word;
};

struct tr {
	struct x86 x;
	struct pdp11_code *c;
	struct pdp11_region *r;
	const struct pdp11_insn *in;
	u32 i;
	/* Where the condition codes are: in the host's flags, in memory. */
	u8 flags, mem;
	u8 even;     /* registers known to be even: bit n for Rn */
	bool failed; /* it is the interpreter's after all */
	struct {
		u8 reg;
		i8 delta;
	} pending[2];
	u32 pendings;
	struct cold cold[COLD_MAX];
	u32 colds;
	struct {
		u8 *where;
		u16 index;
	} fixup[FIXUP_MAX];
	u32 fixups;
};

_Static_assert(sizeof(struct tr) <= sizeof(((struct pdp11_code *)NULL)->work), "room for it");

/* An operand whose address, if it has one, is computed. */
enum ea_kind { EA_REG, EA_VALUE, EA_MEM };
struct ea {
	u8 kind;
	u8 reg;	   /* EA_REG: of the PDP-11's */
	u16 value; /* EA_VALUE; or EA_MEM's address when it is known */
	bool known;
	u8 at;	 /* EA_MEM, not known: the host's register that holds the address */
	u8 base; /* the PDP-11's that it was made of, by adding something even; X86_NONE */
	struct x86_mem m;
};

static const u8 tr_host[] = PDP11_HOST_REGS;

/* codes must survive in memory what comes next. */
void tr_keep(struct tr *t, u8 codes);
/* And these in the host's flags. */
void tr_want(struct tr *t, u8 codes);
/* The host's flags are these codes now, of which the others are where they were. */
static inline void tr_made(struct tr *t, u8 codes)
{
	t->flags = codes;
	t->mem &= (u8)~codes;
}
/* Somebody changed the host's flags. */
static inline void tr_lost(struct tr *t)
{
	t->flags = 0;
}

/* size 1, 2 or 8; temp: a host's register for the address. after: the program counter once the
 * operand's word has been read. */
void tr_operand(struct tr *t, const struct pdp11_operand *o, u32 size, u32 temp, u32 after,
		struct ea *ea);
/* An access to a word at ea may be odd. */
void tr_check_even(struct tr *t, const struct ea *ea);
/* A store of size bytes to ea may hit translated code. */
void tr_check_store(struct tr *t, const struct ea *ea, u32 size);
/* Registers get what the modes added. */
void tr_commit(struct tr *t);
bool tr_is_pending(const struct tr *t, u32 reg);
/* Rn was given another value. */
static inline void tr_changed(struct tr *t, u32 reg)
{
	t->even &= (u8) ~(1u << reg);
}

/* A jump that leads out of the region's code. */
void tr_cold(struct tr *t, u8 *from, u16 pc, enum pdp11_exit exit);

/* The two-operand group to DIV and ASHC (ops.c). */
void tr_operation(struct tr *t);
/* Between ops.c and ops_wide.c: the codes it sets that somebody looks at; the last operand; a
 * word with its sign in 32 bits; N and Z of a register of the host's; the host's carry to memory.
 */
u8 tr_wanted(const struct tr *t);
void tr_destination(struct tr *t, struct ea *ea, bool written);
void tr_load_signed(struct tr *t, const struct ea *ea, u32 host);
void tr_test_host(struct tr *t, u32 size, u32 host);
void tr_save_carry(struct tr *t);
void tr_mul(struct tr *t);
void tr_divide(struct tr *t);
void tr_ash(struct tr *t);
void tr_ashc(struct tr *t);
/* The FP11's (float.c). */
void tr_float(struct tr *t);

#endif
