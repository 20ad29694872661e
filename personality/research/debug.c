/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/debug.c: a program of the PDP-11 under a debugger (core/debugged.h).
 *
 * It is run by the interpreter, one instruction at a time, and cpu/pdp11/stub.c says where to stop.
 * Then the process reads what the debugger wants, and does nothing else, until it is told to go
 * on. A debugger that cannot be read from any more has left, and the program goes on without it.
 * What interrupts a program that runs, or sleeps in a call, is a signal: `fbird debug` sends one.
 * Of fork's two processes one is debugged on, and the other alone. Watched places are compared
 * before and after a call for what it writes; what it reads its table says.
 */
#include "core/debugged.h"
#include "core/signal.h"
#include "core/traced.h"
#include "cpu/pdp11/stub.h"
#include "lib/mem.h"
#include "personality/research/research.h"

static FB_LARGE struct {
	struct pdp11_stub stub;
	u8 in[512]; /* what came, and is not looked at yet */
	u32 have, at;
	bool going;		       /* at least one instruction since it was told to go on */
	u16 from;		       /* where it was told to */
	bool deferred;		       /* the call at hand was caught: its end is, too */
	u64 sum[STUB_WATCHPOINTS];     /* of what was there before it */
	const struct stub_range *read; /* which of them it reads; at: where */
	u16 read_at;
} debug;

/* ---- memory for the debugger -------------------------------------------------------------- */

static u8 *place(u32 addr, u32 n, u16 *pages)
{
	const struct pdp11 *cpu = &research.cpu;
	bool text = addr & STUB_TEXT;

	addr &= 0xffff;
	*pages = 0;
	for (u32 page = addr / PDP11_PAGE; page <= (addr + n - 1) / PDP11_PAGE; page++)
		*pages |= (u16)(1u << page);
	if (*pages & (u16) ~(text ? cpu->text_read : cpu->data_read))
		return NULL;
	return (text ? cpu->text : cpu->data) + addr;
}

static bool read(void *ctx, u32 addr, u8 *to, u32 n)
{
	u16 pages;
	const u8 *at = place(addr, n, &pages);

	(void)ctx;
	return at && exo_copy(to, at, n) == 0;
}

/* Pure text is the debugger's to change. */
static void let_write(u64 at, u32 n, int protection)
{
	u64 low = ALIGN_DOWN(at, PAGE_SIZE);

	EXO_NOW(mprotect, low, ALIGN_UP(at + n, PAGE_SIZE) - low, protection);
}

static bool write(void *ctx, u32 addr, const u8 *from, u32 n)
{
	const struct pdp11 *cpu = &research.cpu;
	u16 pages, writable = addr & STUB_TEXT ? cpu->text_write : cpu->data_write;
	u8 *at = place(addr, n, &pages);
	bool done;

	(void)ctx;
	if (!at)
		return false;
	if (!(pages & (u16)~writable))
		return exo_copy(at, from, n) == 0;
	if (pages & writable) /* half of it is text, and half is not */
		return false;
	let_write((u64)at, n, CORE_PROT_READ | CORE_PROT_WRITE);
	done = exo_copy(at, from, n) == 0;
	let_write((u64)at, n, CORE_PROT_READ);
	return done;
}

/* ---- the debugger ------------------------------------------------------------------------- */

static void leave(struct core_thread *t)
{
	research.debugged = false;
	core_debugged_end();
	core_signal_traced(t, false);
}

static void send(void)
{
	const u8 *p = debug.stub.out;
	u32 left = debug.stub.len;

	while (left > 0) {
		long n = EXO_NOW(sendto, core_debugged.fd, p, left, CORE_MSG_NOSIGNAL, 0, 0);

		if (n == -CORE_EINTR)
			continue;
		if (n <= 0) /* the next read will say so, too */
			return;
		p += n;
		left -= (u32)n;
	}
}

static bool receive(void)
{
	long n;

	if (debug.at < debug.have)
		return true;
	do
		n = EXO_NOW(recvfrom, core_debugged.fd, debug.in, sizeof(debug.in), 0, 0, 0);
	while (n == -CORE_EINTR);
	debug.at = 0;
	debug.have = n > 0 ? (u32)n : 0;
	return n > 0;
}

/* Until the program is to go on. */
static void converse(struct core_thread *t)
{
	struct pdp11_stub *s = &debug.stub;

	while (receive()) {
		switch (pdp11_stub_byte(s, debug.in[debug.at++])) {
		case STUB_ANSWER:
			send();
			break;
		case STUB_GO:
			send();
			core_debugged.no_ack = s->no_ack;
			debug.going = false;
			debug.from = research.cpu.r[PDP11_PC];
			return;
		case STUB_KILL:
			send();
			EXO_NOW(kill, t->pid, CORE_SIGKILL);
			exo_exit(0);
		case STUB_DETACH:
			send();
			leave(t);
			return;
		default:
			break;
		}
	}
	leave(t);
}

static void stop(struct core_thread *t)
{
	send();
	converse(t);
}

/* ---- running ------------------------------------------------------------------------------ */

/* Before an instruction: is this where it stops? */
static void look(struct core_thread *t)
{
	struct pdp11_stub *s = &debug.stub;
	u16 pc = research.cpu.r[PDP11_PC];

	if (!debug.going && pc == debug.from && !s->child)
		return;
	if (s->stepping || s->child || pdp11_stub_at_breakpoint(s, pc)) {
		pdp11_stub_stopped(s, STUB_SIGTRAP);
		stop(t);
	}
}

enum pdp11_stop research_debug_run(struct core_thread *t)
{
	struct pdp11 *cpu = &research.cpu;

	for (;;) {
		const struct stub_range *watch;
		enum pdp11_stop why;
		u16 at = 0;

		look(t);
		if (!research.debugged)
			return research.engine(cpu);
		watch = pdp11_stub_watch(&debug.stub, &at);
		why = pdp11_step(cpu);
		debug.going = true;
		if (watch && (why == PDP11_EVENT || why == PDP11_TRACE)) {
			pdp11_stub_watched(&debug.stub, watch, at);
			stop(t);
			if (!research.debugged)
				return why;
		}
		if (why != PDP11_EVENT)
			return why;
		if (research.undisturbed)
			research.undisturbed--;
		else if (*cpu->event)
			return why;
	}
}

static void called(struct core_thread *t, u32 number, bool returned)
{
	pdp11_stub_called(&debug.stub, number, returned);
	stop(t);
}

/* FNV-1a; what is not there counts for nothing. */
static u64 sum_of(const struct stub_range *w)
{
	u64 sum = 0xcbf29ce484222325;
	u8 b;

	for (u32 i = 0; i < w->len && w->at + i < PDP11_SPACE; i++)
		if (read(NULL, w->at + i, &b, 1))
			sum = (sum ^ b) * 0x100000001b3;
	return sum;
}

static u32 string_length(u16 at)
{
	u32 n = 0;
	u8 b = 1;

	while (b && at + n < PDP11_SPACE && read(NULL, at + n, &b, 1))
		n++;
	return n;
}

/* Does the call read a watched place by one of its arguments? Structures it reads have sizes that
 * only their handlers know, but for a terminal's. */
static const struct stub_range *reads(const struct core_personality *abi, u32 number,
				      const u64 *words, u16 *at)
{
	const u8 *kind = number < abi->table_len ? abi->words[number] : NULL;
	const struct stub_range *w = NULL;

	for (u32 i = 0, n = 0; kind && kind[i] && n + 1 < RESEARCH_CALL_WORDS && !w; i++) {
		struct pdp11_touch t = {(u16)words[n], 0, .read = true};

		n += kind[i] == WORD_OFF || kind[i] == WORD_LONG ? 2 : 1;
		if (trace_taken[kind[i]].take == TRACE_STRING)
			t.len = (u16)string_length(t.at);
		else if (trace_taken[kind[i]].take == TRACE_IN && kind[i + 1])
			t.len = (u16)words[n];
		else if (kind[i] == WORD_SGTTYB)
			t.len = trace_taken[WORD_SGTTYB].size;
		if (t.len)
			w = pdp11_stub_touched(&debug.stub, &t, at);
	}
	return w;
}

static void compare(struct core_thread *t)
{
	const struct pdp11_stub *s = &debug.stub;
	const struct stub_range *w = debug.read;
	u16 at = debug.read_at;

	for (u32 i = 0; i < s->nwatch; i++)
		if (s->watch[i].kind != STUB_READ && sum_of(&s->watch[i]) != debug.sum[i]) {
			w = &s->watch[i];
			at = w->at;
		}
	if (!w)
		return;
	pdp11_stub_watched(&debug.stub, w, at);
	stop(t);
}

void research_debug_call(struct core_thread *t, u32 number, const u64 *words)
{
	const struct pdp11_stub *s = &debug.stub;

	debug.deferred = pdp11_stub_catches(&debug.stub, number);
	if (debug.deferred)
		called(t, number, false);
	debug.read = s->nwatch ? reads(t->abi, number, words, &debug.read_at) : NULL;
	for (u32 i = 0; i < s->nwatch; i++)
		debug.sum[i] = sum_of(&s->watch[i]);
}

void research_debug_called(struct core_thread *t, u32 number)
{
	if (debug.deferred)
		called(t, number, true);
	debug.deferred = false;
	if (research.debugged && debug.stub.nwatch)
		compare(t);
}

/* ---- signals ------------------------------------------------------------------------------ */

/* The hub's, as GDB numbers them (include/gdb/signals.def). */
static const u8 gdb_signals[] = {
    [CORE_SIGHUP] = 1,	 [CORE_SIGINT] = 2,	[CORE_SIGQUIT] = 3,   [CORE_SIGILL] = 4,
    [CORE_SIGTRAP] = 5,	 [CORE_SIGABRT] = 6,	[CORE_SIGSTKFLT] = 7, [CORE_SIGFPE] = 8,
    [CORE_SIGKILL] = 9,	 [CORE_SIGBUS] = 10,	[CORE_SIGSEGV] = 11,  [CORE_SIGSYS] = 12,
    [CORE_SIGPIPE] = 13, [CORE_SIGALRM] = 14,	[CORE_SIGTERM] = 15,  [CORE_SIGURG] = 16,
    [CORE_SIGSTOP] = 17, [CORE_SIGTSTP] = 18,	[CORE_SIGCONT] = 19,  [CORE_SIGCHLD] = 20,
    [CORE_SIGTTIN] = 21, [CORE_SIGTTOU] = 22,	[CORE_SIGIO] = 23,    [CORE_SIGXCPU] = 24,
    [CORE_SIGXFSZ] = 25, [CORE_SIGVTALRM] = 26, [CORE_SIGPROF] = 27,  [CORE_SIGWINCH] = 28,
    [CORE_SIGUSR1] = 30, [CORE_SIGUSR2] = 31,	[CORE_SIGPWR] = 32,
};

static int from_gdb(u32 number)
{
	for (u32 sig = 1; sig < ARRAY_LEN(gdb_signals); sig++)
		if (gdb_signals[sig] == number)
			return (int)sig;
	return 0;
}

bool research_debug_signal(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si)
{
	struct pdp11 *cpu = &research.cpu;
	u32 number = si->si_signo > 0 && (size_t)si->si_signo < ARRAY_LEN(gdb_signals)
			 ? gdb_signals[si->si_signo]
			 : 0;
	/* What follows a call's instruction may be its arguments. */
	u16 pc = (u16)(f->rip + (f->rip == research.call_pc ? research.skip : 0));
	int wanted;

	if (!research.debugged || !number || debug.stub.pass >> number & 1)
		return true;
	cpu->r[PDP11_PC] = pc;
	cpu->r[PDP11_SP] = (u16)f->rsp;
	cpu->r[0] = (u16)f->rax;
	cpu->psw = (u16)((cpu->psw & ~PDP11_C) | (f->rflags & PDP11_C));
	pdp11_stub_stopped(&debug.stub, number);
	/* Should it leave: an interrupt was most likely its own. */
	debug.stub.signal = number == STUB_SIGINT ? 0 : (u8)number;
	stop(t);
	if (cpu->r[PDP11_PC] != pc) {
		f->rip = cpu->r[PDP11_PC];
		research.skip = 0;
	}
	f->rsp = cpu->r[PDP11_SP];
	f->rax = cpu->r[0];
	f->rflags = (f->rflags & ~(u64)PDP11_C) | (cpu->psw & PDP11_C);
	wanted = from_gdb(debug.stub.signal);
	if (wanted)
		si->si_signo = wanted;
	return wanted != 0;
}

/* ---- begin and end ------------------------------------------------------------------------ */

static void begin(struct core_thread *t)
{
	struct pdp11_stub *s = &debug.stub;

	pdp11_stub_start(s, &research.cpu);
	s->read = read;
	s->write = write;
	s->no_ack = core_debugged.no_ack;
	debug.have = debug.at = 0;
	research.debugged = true;
	core_signal_traced(t, true);
}

void research_debug_start(struct core_thread *t)
{
	core_debugged.possible = true;
	if (!core_debugged.fd)
		return;
	begin(t);
	if (core_debugged.again) {
		pdp11_stub_stopped(&debug.stub, STUB_SIGTRAP);
		send();
	}
	converse(t);
}

/* The one who was there, while the program runs or sleeps. */
static bool has_left(void)
{
	u8 byte;

	return EXO_NOW(recvfrom, core_debugged.fd, &byte, 1, CORE_MSG_PEEK | CORE_MSG_DONTWAIT, 0,
		       0) == 0;
}

void research_debug_asked(struct core_thread *t)
{
	if (research.debugged && has_left())
		leave(t);
	core_trace_changed(t);
	if (!core_debugged.fd || research.debugged)
		return;
	begin(t);
	converse(t);
}

void research_debug_forked(struct core_thread *t)
{
	if (!research.debugged)
		return;
	if (debug.stub.follow) {
		debug.stub.child = (u32)t->pid;
		return;
	}
	research.debugged = false;
	core_debugged_end();
	core_signal_traced(t, false);
}

void research_debug_parent(struct core_thread *t)
{
	if (research.debugged && debug.stub.follow)
		leave(t);
}
