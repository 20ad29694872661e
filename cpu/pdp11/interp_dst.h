/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/interp_dst.h: the macros interp.c's handlers are made of. It is part of that file's
 * one function and uses its variables and labels.
 *
 * An instruction is taken in two jumps. The first is by the word without its last six bits: that
 * fetches the source operand of an instruction with two, or knows a branch. The second is by the
 * operation and those six bits, to a handler that has the operation and its operand's mode
 * unrolled. A register is stepped only when all that could go wrong on the way has gone right,
 * so a fault has nothing to undo but the source operand's stepping, which FAIL knows of.
 */
#ifndef FB_CPU_PDP11_INTERP_DST_H
#define FB_CPU_PDP11_INTERP_DST_H

#define SKIP	(pc = (pc + 2) & 0xffff, r[PDP11_PC] = (u16)pc)
#define SRC_REG r[(word >> 6) & 7]
#define DST_REG r[word & 7]

/* Flags: the signs of n and v are bit 15; Z is set when the lower half of z is 0. */
#define NZ(shift, value) (n = z = (value) << (shift))
#define NEGATIVE	 ((n >> 15) & 1)
#define OVERFLOW	 ((v >> 15) & 1)
#define ZERO		 ((u16)z == 0)
#define LESS		 (((n ^ v) >> 15) & 1)

#define NEXT                                                                                       \
	do {                                                                                       \
		if (UNLIKELY(!pdp11_may_word(text_read, pc)))                                      \
			goto next_failed;                                                          \
		word = pdp11_load(text + pc);                                                      \
		start = pc;                                                                        \
		SKIP;                                                                              \
		goto *(&&illegal + first[word >> 6]);                                              \
	} while (0)

#define SECOND(row) goto *(&&illegal + second[(row)*64 + (word & 077)])

/* One page check; a word's also sees to it that its address is even. */
#define NEED(size, pages, address, flags, FAIL)                                                    \
	do {                                                                                       \
		if (UNLIKELY(!pdp11_may_##size(pages, address))) {                                 \
			where = (address) | (flags) | WHERE_##size;                                \
			goto FAIL;                                                                 \
		}                                                                                  \
	} while (0)
#define WHERE_word 0
#define WHERE_byte 0x20000

/* The next word of the instruction; a pointer that an operand lies behind. */
#define FETCH(into, FAIL)                                                                          \
	do {                                                                                       \
		NEED(word, text_read, pc, PDP11_IN_TEXT, FAIL);                                    \
		(into) = pdp11_load(text + pc);                                                    \
		SKIP;                                                                              \
	} while (0)
#define POINTER(into, address, FAIL)                                                               \
	do {                                                                                       \
		NEED(word, data_read, address, 0, FAIL);                                           \
		(into) = pdp11_load(data + (address));                                             \
	} while (0)

#define STEP_word(reg) 2
#define STEP_byte(reg) (1 + ((reg) >= PDP11_SP))

/*
 * The handlers of an operand that is no register, one for each way to name it; `a` is its
 * address, and `p` where the host has it. USE reads it, works on it, writes it. `pages` are
 * those it needs of the data space, `text_pages` of text. R is the register, REG its number.
 */
#define MEMORY(name, size, pages, text_pages, R, REG, FAIL, USE)                                   \
	name##_def : a = R;                                                                        \
	NEED(size, pages, a, 0, FAIL);                                                             \
	p = data + a;                                                                              \
	USE;                                                                                       \
	name##_inc : a = R;                                                                        \
	NEED(size, pages, a, 0, FAIL);                                                             \
	R = (u16)(a + STEP_##size(REG));                                                           \
	p = data + a;                                                                              \
	USE;                                                                                       \
	name##_incd : b = R;                                                                       \
	POINTER(a, b, FAIL);                                                                       \
	NEED(size, pages, a, 0, FAIL);                                                             \
	R = (u16)(b + 2);                                                                          \
	p = data + a;                                                                              \
	USE;                                                                                       \
	name##_dec : a = (R - STEP_##size(REG)) & 0xffff;                                          \
	NEED(size, pages, a, 0, FAIL);                                                             \
	R = (u16)a;                                                                                \
	p = data + a;                                                                              \
	USE;                                                                                       \
	name##_decd : b = (R - 2) & 0xffff;                                                        \
	POINTER(a, b, FAIL);                                                                       \
	NEED(size, pages, a, 0, FAIL);                                                             \
	R = (u16)b;                                                                                \
	p = data + a;                                                                              \
	USE;                                                                                       \
	name##_idx : FETCH(a, FAIL);                                                               \
	a = (a + R) & 0xffff;                                                                      \
	NEED(size, pages, a, 0, FAIL);                                                             \
	p = data + a;                                                                              \
	USE;                                                                                       \
	name##_idxd : FETCH(a, FAIL);                                                              \
	b = (a + R) & 0xffff;                                                                      \
	POINTER(a, b, FAIL);                                                                       \
	NEED(size, pages, a, 0, FAIL);                                                             \
	p = data + a;                                                                              \
	USE;                                                                                       \
	name##_imm : a = pc;                                                                       \
	NEED(size, text_pages, a, PDP11_IN_TEXT, FAIL);                                            \
	SKIP;                                                                                      \
	p = text + a;                                                                              \
	USE;                                                                                       \
	name##_abs : FETCH(a, FAIL);                                                               \
	NEED(size, pages, a, 0, FAIL);                                                             \
	p = data + a;                                                                              \
	USE;

/* And three of PC that nobody writes on purpose: what they step back over is run next. */
#define MEMORY_PC(name, size, pages, text_pages, FAIL, USE)                                        \
	name##_def7 : a = pc;                                                                      \
	NEED(size, text_pages, a, PDP11_IN_TEXT, FAIL);                                            \
	p = text + a;                                                                              \
	USE;                                                                                       \
	name##_dec7 : a = (pc - 2) & 0xffff;                                                       \
	NEED(size, text_pages, a, PDP11_IN_TEXT, FAIL);                                            \
	r[PDP11_PC] = (u16)(pc = a);                                                               \
	p = text + a;                                                                              \
	USE;                                                                                       \
	name##_decd7 : b = (pc - 2) & 0xffff;                                                      \
	NEED(word, text_read, b, PDP11_IN_TEXT, FAIL);                                             \
	a = pdp11_load(text + b);                                                                  \
	NEED(size, pages, a, 0, FAIL);                                                             \
	r[PDP11_PC] = (u16)(pc = b);                                                               \
	p = data + a;                                                                              \
	USE;

#define LOAD_word     pdp11_load(p)
#define LOAD_byte     (*p)
#define STORE_word(x) (pdp11_store(p, x), pdp11_stored(cpu, a))
#define STORE_byte(x) (*p = (u8)(x), pdp11_stored(cpu, a))
#define GET_word(d)   (*(d))
#define GET_byte(d)   (*(d)&0xff)
#define PUT_word(d)   (*(d) = (u16)res)
#define PUT_byte(d)   (*(d) = (u16)((*(d)&0xff00) | (res & 0xff)))
/* MOVB and nothing else extends the sign when it writes a register. */
#define PUT_movb(d) (*(d) = (u16)(i8)res)

/*
 * An instruction's last operand. READER only looks at it, CHANGER writes what it made of it,
 * WRITER does not look. DO takes `src` and `old` and leaves `res` and the flags. Where PC is
 * written, or stepped back, the next instruction is a jump's target.
 */
#define READER(name, size, FAIL, DO)                                                               \
	name##_reg : old = GET_##size(&DST_REG);                                                   \
	DO;                                                                                        \
	NEXT;                                                                                      \
	MEMORY(name, size, data_read, text_read, DST_REG, (word & 7), FAIL, old = LOAD_##size; DO; \
	       NEXT)                                                                               \
	MEMORY_PC(name, size, data_read, text_read, FAIL, old = LOAD_##size; DO; goto jumped)

#define CHANGER(name, size, FAIL, DO)                                                              \
	name##_reg : old = GET_##size(&DST_REG);                                                   \
	DO;                                                                                        \
	PUT_##size(&DST_REG);                                                                      \
	NEXT;                                                                                      \
	name##_pc : old = GET_##size(&r[PDP11_PC]);                                                \
	DO;                                                                                        \
	PUT_##size(&r[PDP11_PC]);                                                                  \
	goto jumped_r7;                                                                            \
	MEMORY(name, size, data_change, text_change, DST_REG, (word & 7), FAIL, old = LOAD_##size; \
	       DO; STORE_##size(res); NEXT)                                                        \
	MEMORY_PC(name, size, data_change, text_change, FAIL, old = LOAD_##size; DO;               \
		  STORE_##size(res); goto jumped)

#define WRITER(name, size, put, FAIL, DO)                                                          \
	name##_reg : DO;                                                                           \
	PUT_##put(&DST_REG);                                                                       \
	NEXT;                                                                                      \
	name##_pc : DO;                                                                            \
	PUT_##put(&r[PDP11_PC]);                                                                   \
	goto jumped_r7;                                                                            \
	MEMORY(name, size, data_write, text_write, DST_REG, (word & 7), FAIL, DO;                  \
	       STORE_##size(res); NEXT)                                                            \
	MEMORY_PC(name, size, data_write, text_write, FAIL, DO; STORE_##size(res); goto jumped)

/* A row of a table of handlers, 64 ways to name an operand; `at` is where in the table. */
#define OFFSET(label) (&&label - &&illegal)
#define ROW_MEMORY(at, name)                                                                       \
	[(at) + 010 ...(at) +                                                                      \
	    016] = OFFSET(name##_def),                                                             \
	    [(at) + 017] = OFFSET(name##_def7), [(at) + 020 ...(at) + 026] = OFFSET(name##_inc),   \
	    [(at) + 027] = OFFSET(name##_imm), [(at) + 030 ...(at) + 036] = OFFSET(name##_incd),   \
	    [(at) + 037] = OFFSET(name##_abs), [(at) + 040 ...(at) + 046] = OFFSET(name##_dec),    \
	    [(at) + 047] = OFFSET(name##_dec7), [(at) + 050 ...(at) + 056] = OFFSET(name##_decd),  \
	    [(at) + 057] = OFFSET(name##_decd7), [(at) + 060 ...(at) + 067] = OFFSET(name##_idx),  \
	    [(at) + 070 ...(at) + 077] = OFFSET(name##_idxd)
#define ROW_READER(at, name) [(at) + 000 ...(at) + 007] = OFFSET(name##_reg), ROW_MEMORY(at, name)
#define ROW(at, name)                                                                              \
	[(at) + 000 ...(at) + 006] = OFFSET(name##_reg), [(at) + 007] = OFFSET(name##_pc),         \
			      ROW_MEMORY(at, name)

#endif
