/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu/pdp11/stub.c: packets and their answers; cpu/pdp11/stub.h. */
#include "cpu/pdp11/stub.h"
#include "cpu/pdp11/stub_target.h"
#include "lib/mem.h"

enum state { IDLE, BODY, SUM_HIGH, SUM_LOW };

/* ---- writing answers -------------------------------------------------------------------- */

static void put(struct pdp11_stub *s, char c)
{
	if (s->len < STUB_PACKET)
		s->out[s->len++] = (u8)c;
}

static void put_text(struct pdp11_stub *s, const char *text)
{
	while (*text)
		put(s, *text++);
}

static void put_hex(struct pdp11_stub *s, u32 byte)
{
	static const char digit[] = "0123456789abcdef";

	put(s, digit[byte >> 4 & 15]);
	put(s, digit[byte & 15]);
}

static void put_number(struct pdp11_stub *s, u32 n)
{
	char text[12];

	fb_format(text, sizeof(text), "%x", n);
	put_text(s, text);
}

/* An answer begins; whatever was sent is gone. */
static void begin(struct pdp11_stub *s)
{
	s->len = 0;
	put(s, '$');
}

static void finish(struct pdp11_stub *s)
{
	u8 sum = 0;

	for (u32 i = 1; i < s->len; i++)
		sum = (u8)(sum + s->out[i]);
	s->out[s->len++] = '#';
	s->out[s->len++] = (u8) "0123456789abcdef"[sum >> 4];
	s->out[s->len++] = (u8) "0123456789abcdef"[sum & 15];
}

/* The acknowledgement of a packet comes before its answer. */
static void answer(struct pdp11_stub *s, const char *text)
{
	begin(s);
	put_text(s, text);
}

/* ---- reading packets -------------------------------------------------------------------- */

static int hex(u8 c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A number at *p, which is moved behind it; false: there is none, or it is too large. */
static bool number(const u8 **p, u32 *n)
{
	bool any = false;

	for (*n = 0; hex(**p) >= 0; ++*p, any = true) {
		if (*n >> 24)
			return false;
		*n = *n << 4 | (u32)hex(**p);
	}
	return any;
}

static bool skip(const u8 **p, char c)
{
	if (**p != (u8)c)
		return false;
	++*p;
	return true;
}

/* n bytes in hexadecimal. */
static bool take_bytes(const u8 *p, u8 *to, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		int high = hex(p[2 * i]), low = high < 0 ? -1 : hex(p[2 * i + 1]);

		if (low < 0)
			return false;
		to[i] = (u8)(high << 4 | low);
	}
	return true;
}

static bool begins(const u8 *p, const char *word)
{
	return strncmp((const char *)p, word, strlen(word)) == 0;
}

/* ---- registers -------------------------------------------------------------------------- */

static u32 register_bytes(u32 n)
{
	return n < STUB_AC0 ? 2 : 8;
}

static u64 register_value(const struct pdp11 *cpu, u32 n)
{
	if (n < STUB_PS)
		return cpu->r[n];
	if (n == STUB_PS)
		return cpu->psw;
	return n == STUB_FPS ? cpu->fps : cpu->ac[n - STUB_AC0];
}

static void set_register(struct pdp11 *cpu, u32 n, u64 value)
{
	if (n < STUB_PS)
		cpu->r[n] = (u16)value;
	else if (n == STUB_PS) /* the rest is not a user's to change */
		cpu->psw = (u16)((cpu->psw & ~(PDP11_N | PDP11_Z | PDP11_V | PDP11_C | PDP11_T)) |
				 (value & (PDP11_N | PDP11_Z | PDP11_V | PDP11_C | PDP11_T)));
	else if (n == STUB_FPS)
		cpu->fps = (u16)value;
	else
		cpu->ac[n - STUB_AC0] = value;
}

static void put_register(struct pdp11_stub *s, u32 n)
{
	u64 value = register_value(s->cpu, n);

	for (u32 i = 0; i < register_bytes(n); i++)
		put_hex(s, (u32)(value >> 8 * i) & 0xff);
}

static bool take_register(struct pdp11_stub *s, u32 n, const u8 *p)
{
	u8 bytes[8];
	u64 value = 0;

	if (!take_bytes(p, bytes, register_bytes(n)))
		return false;
	for (u32 i = register_bytes(n); i > 0; i--)
		value = value << 8 | bytes[i - 1];
	set_register(s->cpu, n, value);
	return true;
}

static void read_registers(struct pdp11_stub *s)
{
	begin(s);
	for (u32 n = 0; n < STUB_REGISTERS; n++)
		put_register(s, n);
}

static void write_registers(struct pdp11_stub *s, const u8 *p)
{
	u32 have = s->n - 1, need = 0;

	for (u32 n = 0; n < STUB_REGISTERS; n++)
		need += 2 * register_bytes(n);
	/* Checked as a whole first: all are written, or none. */
	for (u32 i = 0; i < have && i < need; i++)
		if (hex(p[i]) < 0)
			have = 0;
	if (have != need) {
		answer(s, "E01");
		return;
	}
	for (u32 n = 0; n < STUB_REGISTERS; n++) {
		take_register(s, n, p);
		p += 2 * register_bytes(n);
	}
	answer(s, "OK");
}

/* p N, P N=VALUE */
static void one_register(struct pdp11_stub *s, const u8 *p, bool write)
{
	u32 n;

	if (!number(&p, &n) || n >= STUB_REGISTERS ||
	    (write ? !skip(&p, '=') || !take_register(s, n, p) : *p != '\0')) {
		answer(s, "E01");
	} else if (write) {
		answer(s, "OK");
	} else {
		begin(s);
		put_register(s, n);
	}
}

/* ---- memory ----------------------------------------------------------------------------- */

/* ADDR,LENGTH within one space. */
static bool range(const u8 **p, u32 *addr, u32 *n)
{
	return number(p, addr) && skip(p, ',') && number(p, n) && *addr < 2 * PDP11_SPACE &&
	       (*addr & 0xffff) + *n <= PDP11_SPACE;
}

static void read_memory(struct pdp11_stub *s, const u8 *p)
{
	u8 bytes[(STUB_PACKET - 8) / 2];
	u32 addr, n;

	if (!range(&p, &addr, &n) || *p != '\0') {
		answer(s, "E01");
		return;
	}
	n = MIN(n, (u32)sizeof(bytes)); /* less may be answered than was asked for */
	/* As much of it as is there. */
	while (n > 0 && !s->read(s->ctx, addr, bytes, n))
		n /= 2;
	if (n == 0) {
		answer(s, "E14");
		return;
	}
	begin(s);
	for (u32 i = 0; i < n; i++)
		put_hex(s, bytes[i]);
}

static void write_memory(struct pdp11_stub *s, const u8 *p, bool binary)
{
	u8 bytes[STUB_PACKET];
	const u8 *end = s->in + s->n;
	u32 addr, n, got = 0;

	if (!range(&p, &addr, &n) || !skip(&p, ':') || n > sizeof(bytes)) {
		answer(s, "E01");
		return;
	}
	if (binary) {
		for (; p < end && got < n; p++) {
			bool quoted = *p == '}';

			p += quoted;
			if (p < end)
				bytes[got++] = (u8)(*p ^ (quoted ? 0x20 : 0));
		}
	} else if ((u32)(end - p) == 2 * n && take_bytes(p, bytes, n)) {
		got = n;
		p = end;
	}
	if (got != n || p < end)
		answer(s, "E01");
	else if (n > 0 && !s->write(s->ctx, addr, bytes, n))
		answer(s, "E14");
	else
		answer(s, "OK");
}

/* ---- places to stop --------------------------------------------------------------------- */

static bool set_breakpoint(struct pdp11_stub *s, u16 at, bool on)
{
	u32 i = 0;

	while (i < s->nbreakpoints && s->breakpoint[i] != at)
		i++;
	if (on && i == s->nbreakpoints) {
		if (i == STUB_BREAKPOINTS)
			return false;
		s->breakpoint[s->nbreakpoints++] = at;
	} else if (!on && i < s->nbreakpoints) {
		s->breakpoint[i] = s->breakpoint[--s->nbreakpoints];
	}
	return true;
}

static bool set_watchpoint(struct pdp11_stub *s, u32 kind, u32 at, u32 len, bool on)
{
	const struct stub_range want = {(u16)at, (u16)len, (u8)kind};
	u32 i = 0;

	while (i < s->nwatch && (s->watch[i].at != want.at || s->watch[i].len != want.len ||
				 s->watch[i].kind != want.kind))
		i++;
	if (on && i == s->nwatch) {
		if (i == STUB_WATCHPOINTS)
			return false;
		s->watch[s->nwatch++] = want;
	} else if (!on && i < s->nwatch) {
		s->watch[i] = s->watch[--s->nwatch];
	}
	return true;
}

/* TYPE,ADDR,KIND: conditions after a ';' we do not know, and gdb was not told that we did. */
static void point(struct pdp11_stub *s, const u8 *p, bool on)
{
	u32 type, addr, len;
	bool done;

	if (!number(&p, &type) || !skip(&p, ',') || !range(&p, &addr, &len) || *p != '\0') {
		answer(s, "E01");
		return;
	}
	if (type > STUB_ACCESS) {
		answer(s, "");
		return;
	}
	if (type < STUB_WRITE)
		done = set_breakpoint(s, (u16)addr, on);
	else
		done = len > 0 && set_watchpoint(s, type, addr & 0xffff, len, on);
	answer(s, done ? "OK" : "E0c");
}

bool pdp11_stub_at_breakpoint(const struct pdp11_stub *s, u16 pc)
{
	for (u32 i = 0; i < s->nbreakpoints; i++)
		if (s->breakpoint[i] == pc)
			return true;
	return false;
}

static bool touches(const struct pdp11_touch *t, const struct stub_range *w)
{
	if (!(w->kind == STUB_ACCESS || (w->kind == STUB_READ ? t->read : t->written)))
		return false;
	return (u16)(t->at - w->at) < w->len || (u16)(w->at - t->at) < t->len;
}

const struct stub_range *pdp11_stub_touched(const struct pdp11_stub *s, const struct pdp11_touch *t,
					    u16 *at)
{
	for (u32 k = 0; k < s->nwatch; k++) {
		const struct stub_range *w = &s->watch[k];

		if (!touches(t, w))
			continue;
		*at = (u16)(t->at - w->at) < w->len ? t->at : w->at;
		return w;
	}
	return NULL;
}

const struct stub_range *pdp11_stub_watch(const struct pdp11_stub *s, u16 *at)
{
	struct pdp11_touch t[PDP11_TOUCHES];
	u32 n = s->nwatch ? pdp11_touches(s->cpu, t) : 0;
	const struct stub_range *w = NULL;

	for (u32 i = 0; i < n && !w; i++)
		w = pdp11_stub_touched(s, &t[i], at);
	return w;
}

bool pdp11_stub_catches(const struct pdp11_stub *s, u32 nr)
{
	return nr < STUB_CALLS && s->calls[nr / 64] >> nr % 64 & 1;
}

/* QCatchSyscalls:0, :1 for all, :1;NR;NR... */
static void catch_calls(struct pdp11_stub *s, const u8 *p)
{
	u32 nr;

	memset(s->calls, 0, sizeof(s->calls));
	if (p[0] == '1' && p[1] == '\0')
		memset(s->calls, 0xff, sizeof(s->calls));
	for (p++; *p == ';';) {
		p++;
		if (!number(&p, &nr))
			break;
		if (nr < STUB_CALLS)
			s->calls[nr / 64] |= 1UL << nr % 64;
	}
	answer(s, "OK");
}

static void pass_signals(struct pdp11_stub *s, const u8 *p)
{
	u32 nr;

	s->pass = 0;
	while (number(&p, &nr)) {
		if (nr < 64)
			s->pass |= 1UL << nr;
		if (!skip(&p, ';'))
			break;
	}
	answer(s, "OK");
}

/* ---- what is asked ---------------------------------------------------------------------- */

/* OFFSET,LENGTH of the target's description. */
static void transfer(struct pdp11_stub *s, const u8 *p)
{
	u32 offset, n;

	if (!number(&p, &offset) || !skip(&p, ',') || !number(&p, &n)) {
		answer(s, "E01");
		return;
	}
	offset = MIN(offset, (u32)sizeof(target) - 1);
	n = MIN(n, (u32)sizeof(target) - 1 - offset);
	n = MIN(n, STUB_PACKET - 8u);
	begin(s);
	put(s, offset + n < sizeof(target) - 1 ? 'm' : 'l');
	for (u32 i = 0; i < n; i++)
		put(s, target[offset + i]);
}

static void query(struct pdp11_stub *s, const u8 *p)
{
	static const char features[] = "qXfer:features:read:target.xml:";

	if (begins(p, "qSupported")) {
		answer(s, "PacketSize=");
		put_number(s, STUB_PACKET);
		put_text(s, ";QStartNoAckMode+;qXfer:features:read+;QCatchSyscalls+;"
			    "QPassSignals+;vContSupported+");
	} else if (begins(p, features)) {
		transfer(s, p + sizeof(features) - 1);
	} else if (begins(p, "qXfer:features:read:")) {
		answer(s, "E00");
	} else if (begins(p, "QStartNoAckMode")) {
		s->no_ack = true;
		answer(s, "OK");
	} else if (begins(p, "QCatchSyscalls:")) {
		catch_calls(s, p + 15);
	} else if (begins(p, "QPassSignals:")) {
		pass_signals(s, p + 13);
	} else if (begins(p, "QFbirdFollow:")) {
		s->follow = p[13] == '1';
		answer(s, "OK");
	} else if (begins(p, "qAttached")) {
		answer(s, "0");
	} else if (begins(p, "qfThreadInfo")) {
		answer(s, "m1");
	} else if (begins(p, "qsThreadInfo")) {
		answer(s, "l");
	} else if (begins(p, "qSymbol")) {
		answer(s, "OK");
	} else if (p[0] == 'q' && p[1] == 'C' && p[2] == '\0') {
		answer(s, "QC1");
	} else {
		answer(s, "");
	}
}

/* c, s, C SIG, S SIG, each with an address to go on at; and what vCont says first. */
static enum stub_event go(struct pdp11_stub *s, const u8 *p)
{
	u32 signal = 0, addr;
	u8 how = *p++;

	if ((how == 'C' || how == 'S') && (!number(&p, &signal) || signal >= STUB_SIGNALS)) {
		answer(s, "E01");
		return STUB_ANSWER;
	}
	if (how == 'C' || how == 'S')
		skip(&p, ';');
	if (*p != '\0' && *p != ';' && *p != ':') {
		if (!number(&p, &addr) || addr >= PDP11_SPACE) {
			answer(s, "E01");
			return STUB_ANSWER;
		}
		s->cpu->r[PDP11_PC] = (u16)addr;
	}
	s->stepping = how == 's' || how == 'S';
	s->signal = (u8)signal;
	s->len = 0;
	return STUB_GO;
}

static enum stub_event verbose(struct pdp11_stub *s, const u8 *p)
{
	if (begins(p, "vCont?")) {
		answer(s, "vCont;c;C;s;S");
	} else if (begins(p, "vCont;")) {
		if (p[6] == 'c' || p[6] == 's' || p[6] == 'C' || p[6] == 'S')
			return go(s, p + 6);
		answer(s, "E01");
	} else if (begins(p, "vKill")) {
		answer(s, "OK");
		return STUB_KILL;
	} else {
		answer(s, "");
	}
	return STUB_ANSWER;
}

static enum stub_event packet(struct pdp11_stub *s)
{
	const u8 *p = s->in;

	switch (*p) {
	case '?':
		answer(s, (const char *)s->last);
		break;
	case 'g':
		read_registers(s);
		break;
	case 'G':
		write_registers(s, p + 1);
		break;
	case 'p':
	case 'P':
		one_register(s, p + 1, *p == 'P');
		break;
	case 'm':
		read_memory(s, p + 1);
		break;
	case 'M':
	case 'X':
		write_memory(s, p + 1, *p == 'X');
		break;
	case 'Z':
	case 'z':
		point(s, p + 1, *p == 'Z');
		break;
	case 'c':
	case 's':
	case 'C':
	case 'S':
		return go(s, p);
	case 'v':
		return verbose(s, p);
	case 'q':
	case 'Q':
		query(s, p);
		break;
	case 'H':
	case 'T':
		answer(s, "OK");
		break;
	case 'k':
		s->len = 0;
		return STUB_KILL;
	case 'D':
		answer(s, "OK");
		return STUB_DETACH;
	default:
		answer(s, "");
		break;
	}
	return STUB_ANSWER;
}

/* ---- bytes ------------------------------------------------------------------------------ */

static enum stub_event whole(struct pdp11_stub *s)
{
	bool ack = !s->no_ack;
	enum stub_event event;

	s->in[s->n] = '\0';
	event = packet(s);
	if (s->len)
		finish(s);
	if (ack) {
		memmove(s->out + 1, s->out, s->len);
		s->out[0] = '+';
		s->len++;
	}
	return event;
}

static enum stub_event refuse(struct pdp11_stub *s)
{
	s->state = IDLE;
	s->len = 0;
	if (s->no_ack)
		return STUB_MORE;
	s->out[s->len++] = '-';
	return STUB_ANSWER;
}

enum stub_event pdp11_stub_byte(struct pdp11_stub *s, u8 byte)
{
	switch (s->state) {
	case IDLE:
		if (byte == 3)
			return STUB_INTERRUPT;
		if (byte == '-' && !s->no_ack && s->len)
			return STUB_ANSWER; /* once more */
		if (byte == '$') {
			s->state = BODY;
			s->n = 0;
			s->sum = 0;
		}
		return STUB_MORE;
	case BODY:
		if (byte == '#') {
			s->state = SUM_HIGH;
		} else if (s->n == STUB_PACKET) { /* more than we said we could take */
			return refuse(s);
		} else {
			s->in[s->n++] = byte;
			s->sum = (u8)(s->sum + byte);
		}
		return STUB_MORE;
	case SUM_HIGH:
		if (hex(byte) < 0)
			return refuse(s);
		s->said = (u8)(hex(byte) << 4);
		s->state = SUM_LOW;
		return STUB_MORE;
	default:
		if (hex(byte) < 0 || (s->said | hex(byte)) != s->sum)
			return refuse(s);
		s->state = IDLE;
		return whole(s);
	}
}

/* ---- stops ------------------------------------------------------------------------------ */

static void stop(struct pdp11_stub *s, u32 signal)
{
	begin(s);
	put(s, 'T');
	put_hex(s, signal);
	put_text(s, "thread:1;");
	if (s->child) {
		put_text(s, "fbird-child:");
		put_number(s, s->child);
		put(s, ';');
		s->child = 0;
	}
}

/* Remembered without its frame, for who asks again. */
static void stop_end(struct pdp11_stub *s)
{
	u32 n = MIN(s->len - 1, (u32)sizeof(s->last) - 1);

	memcpy(s->last, s->out + 1, n);
	s->last[n] = '\0';
	finish(s);
}

void pdp11_stub_stopped(struct pdp11_stub *s, u32 signal)
{
	stop(s, signal);
	stop_end(s);
}

void pdp11_stub_watched(struct pdp11_stub *s, const struct stub_range *w, u32 at)
{
	stop(s, STUB_SIGTRAP);
	put_text(s, w->kind == STUB_WRITE  ? "watch:"
		    : w->kind == STUB_READ ? "rwatch:"
					   : "awatch:");
	put_number(s, at);
	put(s, ';');
	stop_end(s);
}

void pdp11_stub_called(struct pdp11_stub *s, u32 nr, bool returned)
{
	stop(s, STUB_SIGTRAP);
	put_text(s, returned ? "syscall_return:" : "syscall_entry:");
	put_number(s, nr);
	put(s, ';');
	stop_end(s);
}

void pdp11_stub_start(struct pdp11_stub *s, struct pdp11 *cpu)
{
	memset(s, 0, sizeof(*s));
	s->cpu = cpu;
	memcpy(s->last, "T05thread:1;", 13);
}
