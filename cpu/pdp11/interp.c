/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/interp.c: the PDP-11/70 in user mode, one instruction after the other: the reference
 * for every other engine, and fast enough to be the only one. How an instruction finds its
 * handler is said in interp_dst.h; the FP11 is in interp_fp.c.
 *
 * PC and the condition codes are kept in local variables while it runs. PC is in cpu->r[7] as
 * well, since it may be any operand's register.
 *
 * Facts: PDP11 Processor Handbook 1981, chapters 3 and 4; PDP-11 Architecture Handbook, appendix
 * B (11/70: `mov r,(r)+` stores the old r, JMP and JSR to a register trap to 10, RESET and SPL
 * do nothing in user mode and HALT traps to 4). RTI may set the bits of PSW that choose modes
 * and the other set of registers; no UNIX gives a program that set, and here it is not there. What
 * the handbooks leave open is as the microcode has it, by the notes of w11 (doc/simh_diff_*.md,
 * checked with DEC's diagnostics): JSR SP pushes SP as it was, and whether RTI and RTT end in a
 * trace trap depends on the T bit they load alone. N and Z after a DIV that sets V are undefined:
 * here N is the quotient's sign and Z is clear, or set by a division by zero.
 */
#include "cpu/pdp11/access.h"
#include "cpu/pdp11/interp_dst.h"

/*
 * Rows of `second` for instructions with one operand; 1 to 6 and 9 to 14 are by the opcode. Those
 * that are seldom share how their operand is found: CHANGE and CHANGEB what they read and write,
 * EIS what they read.
 */
enum row {
	CLR = 16,
	CLRB,
	INC,
	DEC,
	TST,
	TSTB,
	SXT,
	CHANGE,
	CHANGEB,
	EIS,
	JMP,
	JSR,
	ROWS,
};

/*
 * The operations: `old` is what the destination held, `src` the source. Those that a word and a
 * byte have take the number of bits they have less than a word; `s` makes bit 15 of a sign.
 */
#define CUT(s)	  (0xffffU >> (s))
#define TOP(s)	  (0x8000U >> (s))
#define DO_MOV(s) (res = src, NZ(s, res), v = 0)
#define DO_CMP(s)                                                                                  \
	(res = (src - old) & CUT(s), NZ(s, res), v = ((src ^ old) & (src ^ res)) << (s),           \
	 c = src < old)
#define DO_BIT(s) (res = old & src, NZ(s, res), v = 0)
#define DO_BIC(s) (res = old & ~src, NZ(s, res), v = 0)
#define DO_BIS(s) (res = old | src, NZ(s, res), v = 0)
#define DO_ADD	  (res = old + src, v = ~(old ^ src) & (old ^ res), c = res >> 16, NZ(0, res))
#define DO_SUB                                                                                     \
	(res = (old - src) & 0xffff, NZ(0, res), v = (src ^ old) & (old ^ res), c = old < src)
#define DO_XOR	  (res = old ^ src, NZ(0, res), v = 0)
#define DO_CLR	  (res = n = z = v = c = 0)
#define DO_COM(s) (res = ~old & CUT(s), NZ(s, res), v = 0, c = 1)
#define DO_INC(s) (res = (old + 1) & CUT(s), NZ(s, res), v = (res & ~old) << (s))
#define DO_DEC(s) (res = (old - 1) & CUT(s), NZ(s, res), v = (old & ~res) << (s))
#define DO_NEG(s) (res = -old & CUT(s), NZ(s, res), v = (old & res) << (s), c = res != 0)
#define DO_ADC(s)                                                                                  \
	(res = (old + c) & CUT(s), NZ(s, res), v = (res & ~old) << (s), c = c & (res == 0))
#define DO_SBC(s)                                                                                  \
	(res = (old - c) & CUT(s), NZ(s, res), v = (old & ~res) << (s), c = c & (old == 0))
#define DO_TST(s)	(NZ(s, old), v = c = 0)
#define DO_ROR(s)	(res = old >> 1 | (c ? TOP(s) : 0), SHIFTED(s, old & 1))
#define DO_ROL(s)	(res = (old << 1 | c) & CUT(s), SHIFTED(s, old / TOP(s)))
#define DO_ASR(s)	(res = old >> 1 | (old & TOP(s)), SHIFTED(s, old & 1))
#define DO_ASL(s)	(res = (old << 1) & CUT(s), SHIFTED(s, old / TOP(s)))
#define SHIFTED(s, out) (c = (out), NZ(s, res), v = n ^ c << 15)
#define DO_SWAB		(res = (old << 8 & 0xff00) | old >> 8, NZ(8, res & 0xff), v = c = 0)
#define DO_SXT		(res = NEGATIVE ? 0xffff : 0, z = res, v = 0)

/* JMP and JSR want the address alone. */
#define pdp11_may_any(pages, address) true
#define WHERE_any		      0
#define STEP_any(reg)		      2

/* Branches: by the first jump it is known whether one goes back. */
#define BRANCH(name, when)                                                                         \
	name##_on : if (when)                                                                      \
	{                                                                                          \
		pc = (pc + (word & 0xff) * 2) & 0xffff;                                            \
		r[PDP11_PC] = (u16)pc;                                                             \
	}                                                                                          \
	NEXT;                                                                                      \
	name##_back : if (when)                                                                    \
	{                                                                                          \
		pc = (pc + (word & 0xff) * 2 - 0x200) & 0xffff;                                    \
		goto jumped;                                                                       \
	}                                                                                          \
	NEXT;
#define FIRST_BRANCH(at, name)                                                                     \
	[(at)...(at) + 1] = OFFSET(name##_on), [(at) + 2 ...(at) + 3] = OFFSET(name##_back)
#define FIRST_SOURCE(op, name) ROW_READER((op)*64, name)

#define SINGLE(row, name)                                                                          \
	name:                                                                                      \
	if (LIKELY((word & 077) < PDP11_PC))                                                       \
		goto name##_reg;                                                                   \
	SECOND(row);

#define PACKED ((u16)((cpu->psw & ~017) | NEGATIVE << 3 | (ZERO ? PDP11_Z : 0) | OVERFLOW << 1 | c))
#define UNPACK                                                                                     \
	do {                                                                                       \
		n = (cpu->psw & PDP11_N) << 12;                                                    \
		z = !(cpu->psw & PDP11_Z);                                                         \
		v = (cpu->psw & PDP11_V) << 14;                                                    \
		c = cpu->psw & PDP11_C;                                                            \
	} while (0)

#define SELDOM(name, size, row, DO)                                                                \
	name:                                                                                      \
	if (word & 070)                                                                            \
		SECOND(row);                                                                       \
	old = GET_##size(&DST_REG);                                                                \
	DO;                                                                                        \
	PUT_##size(&DST_REG);                                                                      \
	goto jumped_r7;                                                                            \
	name##_there : old = LOAD_##size;                                                          \
	DO;                                                                                        \
	STORE_##size(res);                                                                         \
	goto jumped;

static const u32 never;

/* The source operand of an instruction with two has been taken: put its register back. */
static void undo_source(u16 *r, u32 word)
{
	u32 mode = (word >> 9) & 7, reg = (word >> 6) & 7, step = 2;

	if (mode < 2 || mode > 5)
		return;
	if ((mode & 1) == 0 && (word & 0100000) && word >> 12 != 016)
		step = STEP_byte(reg);
	r[reg] = (u16)(mode < 4 ? r[reg] - step : r[reg] + step);
}

/*
 * ASH and ASHC: `value` of 16 or 32 bits shifted by the low six bits of `count`, of which the
 * upper half is negative and means to the right. V: the sign changed on the way.
 */
static u32 shift(i32 value, u32 count, u32 bits, u32 *v, u32 *c)
{
	u64 wide = (u64)(i64)value;
	i64 signs;

	*v = *c = 0;
	count &= 077;
	if (count == 0)
		return (u32)value;
	if (count >= 040) {
		i64 right = value;

		*c = (right >> (63 - count)) & 1;
		return (u32)(right >> (64 - count));
	}
	wide <<= count;
	signs = (i64)wide >> (bits - 1);
	*c = (wide >> bits) & 1;
	*v = signs != 0 && signs != -1 ? 0x8000 : 0;
	return (u32)wide;
}

/*
 * Runs from cpu->r[7]. `once`: the table of the first jump is one that stops, but for the first
 * instruction. There can be but one copy of it, since the tables have its labels.
 */
#ifdef __clang__
#define ONE_COPY __attribute__((noinline))
#else
#define ONE_COPY __attribute__((noinline, noclone))
#endif
static ONE_COPY enum pdp11_stop run(struct pdp11 *cpu, bool once, u8 *visits)
{
#include "cpu/pdp11/interp_tables.h"
	const i32 *first = once ? stop_first : first_jump;
	u16 *const r = cpu->r;
	u8 *const text = cpu->text, *const data = cpu->data;
	const u32 text_read = cpu->text_read, data_read = cpu->data_read;
	const u32 text_write = cpu->text_write, data_write = cpu->data_write;
	const u32 text_change = text_read & text_write, data_change = data_read & data_write;
	const volatile u32 *const event = cpu->event ? cpu->event : &never;
	u32 pc = r[PDP11_PC], start = pc, word = 0, where = 0;
	u32 n, z, v, c, src = 0, old, res, a, b, reg;
	u16 keep = 0;
	enum pdp11_stop stop;
	u8 *p;

	UNPACK;
	NEED(word, text_read, pc, PDP11_IN_TEXT, failed);
	word = pdp11_load(text + pc);
	SKIP;
	goto *(&&illegal + first_jump[word >> 6]);

illegal:
	stop = PDP11_ILLEGAL;
	goto again;

	MEMORY(srcw, word, data_read, text_read, SRC_REG, ((word >> 6) & 7), failed,
	       src = LOAD_word;
	       SECOND(word >> 12))
	MEMORY_PC(srcw, word, data_read, text_read, failed, src = LOAD_word; SECOND(word >> 12))
	MEMORY(srcb, byte, data_read, text_read, SRC_REG, ((word >> 6) & 7), failed,
	       src = LOAD_byte;
	       SECOND(word >> 12))
	MEMORY_PC(srcb, byte, data_read, text_read, failed, src = LOAD_byte; SECOND(word >> 12))
srcw_reg:
	src = SRC_REG;
	SECOND(word >> 12);
srcb_reg:
	src = SRC_REG & 0xff;
	SECOND(word >> 12);

	WRITER(mov, word, word, failed_second, DO_MOV(0))
	WRITER(movb, byte, movb, failed_second, DO_MOV(8))
	READER(cmp, word, failed_second, DO_CMP(0))
	READER(cmpb, byte, failed_second, DO_CMP(8))
	READER(bit, word, failed_second, DO_BIT(0))
	READER(bitb, byte, failed_second, DO_BIT(8))
	CHANGER(bic, word, failed_second, DO_BIC(0))
	CHANGER(bicb, byte, failed_second, DO_BIC(8))
	CHANGER(bis, word, failed_second, DO_BIS(0))
	CHANGER(bisb, byte, failed_second, DO_BIS(8))
	CHANGER(add, word, failed_second, DO_ADD)
	CHANGER(sub, word, failed_second, DO_SUB)

	SINGLE(CLR, clr)
	WRITER(clr, word, word, failed, DO_CLR)
	SINGLE(CLRB, clrb)
	WRITER(clrb, byte, byte, failed, DO_CLR)
	SINGLE(SXT, sxt)
	WRITER(sxt, word, word, failed, DO_SXT)
	SINGLE(TST, tst)
	READER(tst, word, failed, DO_TST(0))
	SINGLE(TSTB, tstb)
	READER(tstb, byte, failed, DO_TST(8))
	SINGLE(INC, inc)
	CHANGER(inc, word, failed, DO_INC(0))
	SINGLE(DEC, dec)
	CHANGER(dec, word, failed, DO_DEC(0))

	SELDOM(com, word, CHANGE, DO_COM(0))
	SELDOM(neg, word, CHANGE, DO_NEG(0))
	SELDOM(adc, word, CHANGE, DO_ADC(0))
	SELDOM(sbc, word, CHANGE, DO_SBC(0))
	SELDOM(ror, word, CHANGE, DO_ROR(0))
	SELDOM(rol, word, CHANGE, DO_ROL(0))
	SELDOM(asr, word, CHANGE, DO_ASR(0))
	SELDOM(asl, word, CHANGE, DO_ASL(0))
	SELDOM(swab, word, CHANGE, DO_SWAB)
	xor : src = SRC_REG; /* before the operand is found, which may step it */
	goto xor_with;
	SELDOM(xor_with, word, CHANGE, DO_XOR)
	SELDOM(comb, byte, CHANGEB, DO_COM(8))
	SELDOM(incb, byte, CHANGEB, DO_INC(8))
	SELDOM(decb, byte, CHANGEB, DO_DEC(8))
	SELDOM(negb, byte, CHANGEB, DO_NEG(8))
	SELDOM(adcb, byte, CHANGEB, DO_ADC(8))
	SELDOM(sbcb, byte, CHANGEB, DO_SBC(8))
	SELDOM(rorb, byte, CHANGEB, DO_ROR(8))
	SELDOM(rolb, byte, CHANGEB, DO_ROL(8))
	SELDOM(asrb, byte, CHANGEB, DO_ASR(8))
	SELDOM(aslb, byte, CHANGEB, DO_ASL(8))
	MEMORY(change, word, data_change, text_change, DST_REG, 0, failed, goto changing)
	MEMORY_PC(change, word, data_change, text_change, failed, goto changing)
	MEMORY(changeb, byte, data_change, text_change, DST_REG, (word & 7), failed, goto changing)
	MEMORY_PC(changeb, byte, data_change, text_change, failed, goto changing)
changing:
	switch (word >> 6) {
	case 0003:
		goto swab_there;
	case 0051:
		goto com_there;
	case 0054:
		goto neg_there;
	case 0055:
		goto adc_there;
	case 0056:
		goto sbc_there;
	case 0060:
		goto ror_there;
	case 0061:
		goto rol_there;
	case 0062:
		goto asr_there;
	case 0063:
		goto asl_there;
	case 01051:
		goto comb_there;
	case 01052:
		goto incb_there;
	case 01053:
		goto decb_there;
	case 01054:
		goto negb_there;
	case 01055:
		goto adcb_there;
	case 01056:
		goto sbcb_there;
	case 01060:
		goto rorb_there;
	case 01061:
		goto rolb_there;
	case 01062:
		goto asrb_there;
	case 01063:
		goto aslb_there;
	default:
		goto xor_with_there;
	}

	BRANCH(br, true)
	BRANCH(bne, !ZERO)
	BRANCH(beq, ZERO)
	BRANCH(bge, !LESS)
	BRANCH(blt, LESS)
	BRANCH(bgt, !ZERO && !LESS)
	BRANCH(ble, ZERO || LESS)
	BRANCH(bpl, !NEGATIVE)
	BRANCH(bmi, NEGATIVE)
	BRANCH(bhi, !c && !ZERO)
	BRANCH(blos, c || ZERO)
	BRANCH(bvc, !OVERFLOW)
	BRANCH(bvs, OVERFLOW)
	BRANCH(bcc, !c)
	BRANCH(bcs, c)
sob:
	if (--SRC_REG == 0)
		NEXT;
	pc = (r[PDP11_PC] - (word & 077) * 2) & 0xffff;
	goto jumped;

jmp:
	SECOND(JMP);
	MEMORY(jmp, any, 0, 0, DST_REG, 0, failed, pc = a; goto jumped)
	MEMORY_PC(jmp, any, 0, 0, failed, pc = a; goto jumped)
jsr:
	keep = DST_REG;
	SECOND(JSR);
	MEMORY(jsr, any, 0, 0, DST_REG, 0, failed, goto push)
	MEMORY_PC(jsr, any, 0, 0, failed, goto push)
push:
	b = (r[PDP11_SP] - 2) & 0xffff;
	if (UNLIKELY(!pdp11_may_word(data_write, b))) {
		DST_REG = keep;
		where = b;
		goto failed;
	}
	src = SRC_REG; /* JSR SP pushes what SP was */
	r[PDP11_SP] = (u16)b;
	pdp11_store(data + b, src);
	pdp11_stored(cpu, b);
	SRC_REG = (u16)pc;
	pc = a;
	goto jumped;
mark:
	a = (pc + (word & 077) * 2) & 0xffff;
	POINTER(b, a, mark_failed);
	pc = r[5];
	r[5] = (u16)b;
	r[PDP11_SP] = (u16)(a + 2);
	goto jumped;

no_operand:
	switch (word) {
	case 0: /* HALT */
		where = start | PDP11_IN_TEXT;
		stop = PDP11_ODD;
		goto report;
	case 2: /* RTI */
	case 6: /* RTT */
		a = r[PDP11_SP];
		b = (a + 2) & 0xffff;
		POINTER(pc, a, failed);
		POINTER(src, b, failed);
		r[PDP11_SP] = (u16)(a + 4);
		r[PDP11_PC] = (u16)pc;
		cpu->psw = (u16)((cpu->psw & ~037) | (src & 037));
		UNPACK;
		if (!(src & PDP11_T))
			goto jumped;
		stop = word == 2 ? PDP11_TRACE : PDP11_EVENT;
		goto leave;
	case 3:
		stop = PDP11_BPT;
		goto leave;
	case 4:
		stop = PDP11_IOT;
		goto leave;
	case 1: /* WAIT, RESET */
	case 5:
		NEXT;
	default:
		goto illegal;
	}
codes:
	if (word < 0210) { /* RTS */
		a = r[PDP11_SP];
		POINTER(b, a, rts_failed);
		r[PDP11_PC] = DST_REG;
		r[PDP11_SP] = (u16)(a + 2);
		DST_REG = (u16)b;
		goto jumped_r7;
	}
	if (word < 0230)
		goto illegal;
	if (word < 0240) /* SPL */
		NEXT;
	b = word & 020;
	if (word & PDP11_N)
		n = b << 11;
	if (word & PDP11_Z)
		z = !b;
	if (word & PDP11_V)
		v = b << 11;
	if (word & PDP11_C)
		c = b != 0;
	NEXT;
emt:
	stop = PDP11_EMT;
	goto leave;
trap:
	stop = PDP11_TRAP;
	goto leave;

eis:
	if (word & 070)
		SECOND(EIS);
	old = DST_REG;
	goto extended;
	MEMORY(eis, word, data_read, text_read, DST_REG, 0, failed, old = LOAD_word; goto extended)
	MEMORY_PC(eis, word, data_read, text_read, failed, old = LOAD_word; goto extended)
extended:
	switch ((word >> 9) & 3) {
	case 0:
		goto mul;
	case 1:
		goto div;
	case 2:
		goto ash;
	default:
		goto ashc;
	}
mul:
	a = (u32)((i16)SRC_REG * (i16)old);
	reg = (word >> 6) & 7;
	r[reg] = (u16)(a >> 16);
	r[reg | 1] = (u16)a;
	n = a >> 16;
	z = a != 0;
	v = 0;
	c = (i32)a != (i16)a;
	goto jumped_r7;
div:
	reg = (word >> 6) & 7;
	a = (u32)r[reg] << 16 | r[reg | 1];
	if (old == 0) {
		n = z = 0;
		v = 0x8000;
		c = 1;
		goto jumped_r7;
	}
	v = 0x8000;
	c = 0;
	z = 1;
	if (a == 0x80000000 && old == 0xffff) {
		n = 0;
		goto jumped_r7;
	}
	b = (u32)((i32)a / (i16)old);
	n = b >> 16;
	if ((i32)b == (i16)b) {
		r[reg] = (u16)b;
		r[reg | 1] = (u16)((i32)a % (i16)old);
		z = b;
		v = 0;
	}
	goto jumped_r7;
ash:
	res = shift((i16)SRC_REG, old, 16, &v, &c);
	SRC_REG = (u16)res;
	NZ(0, res & 0xffff);
	goto jumped_r7;
ashc:
	reg = (word >> 6) & 7;
	res = shift((i32)((u32)r[reg] << 16 | r[reg | 1]), old, 32, &v, &c);
	r[reg] = (u16)(res >> 16);
	r[reg | 1] = (u16)res;
	n = res >> 16;
	z = res != 0;
	goto jumped_r7;

/* What functions of other files do; some have the codes in cpu->psw. */
between:
	cpu->psw = PACKED;
	stop = pdp11_between_spaces(cpu, word);
	UNPACK;
	goto back;
fp_codes:
	cpu->psw = PACKED;
	stop = pdp11_fp(cpu, word);
	UNPACK;
	goto back;
fp:
	stop = pdp11_fp(cpu, word);
back:
	if (LIKELY(stop == PDP11_EVENT))
		goto jumped_r7;
	if (stop != PDP11_FPE)
		goto again;
	pc = r[PDP11_PC];
	goto leave;

jumped_r7:
	pc = r[PDP11_PC];
jumped:
	r[PDP11_PC] = (u16)pc;
	if (UNLIKELY(*event) || (visits && ++visits[pc / 2] >= cpu->hot)) {
		stop = PDP11_EVENT;
		goto leave;
	}
	NEXT;

stepped:
	pc = start;
step_done:
	stop = PDP11_EVENT;
	goto leave;
next_failed:
	if (once)
		goto step_done;
	start = pc;
	where = pc | PDP11_IN_TEXT;
	goto failed;
/* These take PC from the register before they look at the stack. */
mark_failed:
	pc = r[5];
	goto failed;
rts_failed:
	pc = DST_REG;
	goto failed;
failed_second:
	undo_source(r, word);
failed:
	stop = (where & 1) && !(where & WHERE_byte) ? PDP11_ODD : PDP11_SEGV;
report:
	cpu->stop_addr = (u16)where;
	cpu->stop_text = (where & PDP11_IN_TEXT) != 0;
	cpu->stop_pc = (u16)pc;
again:
	pc = start;
leave:
	r[PDP11_PC] = (u16)pc;
	cpu->psw = PACKED;
	cpu->stop_word = (u16)word;
	return stop;
}

/* RTI and RTT trap, or do not, by the T bit they load; see run. */
static bool loads_psw(const struct pdp11 *cpu)
{
	u16 pc = cpu->r[PDP11_PC];

	return pdp11_may_word(cpu->text_read, pc) && (pdp11_load(cpu->text + pc) & ~4U) == 2;
}

enum pdp11_stop pdp11_step(struct pdp11 *cpu)
{
	bool traced = (cpu->psw & PDP11_T) && !loads_psw(cpu);
	enum pdp11_stop stop = run(cpu, true, NULL);

	return stop == PDP11_EVENT && traced ? PDP11_TRACE : stop;
}

enum pdp11_stop pdp11_interp(struct pdp11 *cpu)
{
	enum pdp11_stop stop;

	/* RTT comes back here when it has set T: it is one instruction later that it traps. */
	do {
		stop = cpu->psw & PDP11_T ? pdp11_step(cpu) : run(cpu, false, NULL);
	} while (stop == PDP11_EVENT && !(cpu->event && *cpu->event));
	return stop;
}

enum pdp11_stop pdp11_cold(struct pdp11 *cpu)
{
	return run(cpu, false, cpu->visits);
}
