/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/trace.c: ptrace.
 *
 * A process that wants to be traced stops by itself (SIGSTOP of the host) whenever a signal is
 * about to take effect: then all of its state is in its memory, where the tracer, its parent,
 * looks and writes. What it is to do next it finds there when it goes on. Both run the same
 * image, so that the places have the same addresses in both; `mark` says that it is so. A
 * process of the host's, or of another system, is not traced, whatever it is stopped by.
 *
 * The user structure (user.c) is made as the process stops, and the registers are taken back from
 * it as it goes on; System III's goes on where the PC is, whatever address it is given. Facts:
 * usr/sys/sys/sig.c (ptrace, procxmt, stop) of the Seventh Edition, sys/sys_process.c of 2.11BSD,
 * os/sig.c of System III; their adb's runpcs.c.
 */
#include "core/process.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "loader/exec.h"
#include "personality/research/calls.h"

#define MARK   0x6670747261636531UL
#define TRACED ";traced=1"

enum request {
	READ_TEXT = 1,
	READ_DATA,
	READ_USER,
	WRITE_TEXT,
	WRITE_DATA,
	WRITE_USER,
	CONTINUE,
	END,
	STEP
};

struct research_trace {
	u64 mark; /* MARK of a process that may be traced */
	u32 stopped;
	u16 signal; /* it stopped by */
	/* From the tracer: */
	u16 request; /* CONTINUE, END or STEP */
	u16 addr, data;
	bool text_changed;
};
static struct research_trace trace;

/* ---- the traced one ------------------------------------------------------------------------ */

static size_t option_at; /* of TRACED in what the next program is told; 0: not there */

static void forget(struct core_thread *t)
{
	trace.mark = 0;
	core_signal_traced(t, false);
	if (option_at)
		loader_inherit.options[option_at] = '\0';
	option_at = 0;
}

static void be_traced(struct core_thread *t)
{
	size_t n = strlen(loader_inherit.options);

	if (!option_at && n + sizeof(TRACED) <= sizeof(loader_inherit.options)) {
		option_at = n;
		memcpy(loader_inherit.options + n, TRACED, sizeof(TRACED));
	}
	trace.mark = MARK;
	core_signal_traced(t, true);
}

void research_trace_start(struct core_thread *t)
{
	if (!t->proc->traced)
		return;
	be_traced(t);
	research_raise(t, 5); /* of every exec */
}

void research_trace_forked(struct core_thread *t)
{
	forget(t);
}

bool research_trace_stop(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si)
{
	struct pdp11 *cpu = &research.cpu;
	u16 pc;

	if (trace.mark != MARK)
		return true;
	research_user_put(t, f);
	pc = cpu->r[PDP11_PC];
	trace.signal = (u16)research_signal_from_core(si->si_signo);
	trace.request = 0;
	trace.stopped = 1;
	while (!*(volatile u16 *)&trace.request)
		EXO_NOW(kill, t->pid, CORE_SIGSTOP);
	trace.stopped = 0;
	if (trace.request == END)
		exo_die_of_signal(si->si_signo);
	research_user_take();
	if (trace.text_changed)
		research_engine_text_changed();
	trace.text_changed = false;
	if (trace.request == STEP)
		cpu->psw |= PDP11_T;
	if (trace.addr != 1 && !research.version->usg)
		cpu->r[PDP11_PC] = trace.addr;
	if (cpu->r[PDP11_PC] != pc) {
		f->rip = cpu->r[PDP11_PC];
		research.skip = 0;
	}
	f->rsp = cpu->r[PDP11_SP];
	f->rax = cpu->r[0];
	f->rflags = (f->rflags & ~(u64)PDP11_C) | (cpu->psw & PDP11_C);
	if (!trace.data)
		return false;
	si->si_signo = research_signal_to_core(trace.data);
	return true;
}

/* ---- the tracer ---------------------------------------------------------------------------- */

static int memory_of(i32 pid)
{
	char path[40];

	fb_format(path, sizeof(path), "/proc/%d/mem", pid);
	return (int)EXO_NOW(open, path, CORE_O_RDWR | CORE_O_CLOEXEC);
}

static bool get(int mem, const void *here, void *to, u32 n)
{
	return EXO_NOW(pread64, mem, to, n, here) == (long)n;
}

static bool put(int mem, const void *here, const void *from, u32 n)
{
	return EXO_NOW(pwrite64, mem, from, n, here) == (long)n;
}

static bool is_stopped(int mem)
{
	struct research_trace other;

	return get(mem, &trace, &other, sizeof(other)) && other.mark == MARK && other.stopped;
}

/* What wait says of a child that is stopped: its signal, or 0 where that is no matter of ours. */
u16 research_trace_signal(i32 pid)
{
	struct research_trace other = {0};
	int mem = memory_of(pid);

	if (mem < 0)
		return 0;
	if (!get(mem, &trace, &other, sizeof(other)) || other.mark != MARK || !other.stopped)
		other.signal = 0;
	EXO_NOW(close, mem);
	return other.signal;
}

static long user(int mem, u16 addr, const u16 *value)
{
	u8 *at = research_user + (addr & ~1u);
	u16 word = value ? *value : 0;
	bool done;

	if (addr >= research_user_size() || (value && !research_user_writable(addr, &word)))
		return -CORE_EIO;
	done = value ? put(mem, at, &word, 2) : get(mem, at, &word, 2);
	return done ? word : -CORE_EIO;
}

static long space(int mem, bool text, u16 addr, const u16 *value)
{
	struct pdp11 cpu;
	const u8 *at;
	u16 word;

	if (!get(mem, &research.cpu, &cpu, sizeof(cpu)))
		return -CORE_EIO;
	if (!((text ? cpu.text_read : cpu.data_read) >> (addr / PDP11_PAGE) & 1))
		return -CORE_EIO;
	at = (text ? cpu.text : cpu.data) + (addr & ~1u);
	if (value) {
		bool changed = true;

		return put(mem, at, value, 2) &&
			       put(mem, &trace.text_changed, &changed, sizeof(changed))
			   ? *value
			   : -CORE_EIO;
	}
	return get(mem, at, &word, 2) ? word : -CORE_EIO;
}

static long go_on(int mem, i32 pid, u32 request, u16 addr, u16 data)
{
	struct research_trace other;
	long r;

	if (!get(mem, &trace, &other, sizeof(other)))
		return -CORE_EIO;
	other.request = (u16)request;
	other.addr = addr;
	other.data = data;
	if (!put(mem, &trace, &other, sizeof(other)))
		return -CORE_EIO;
	r = EXO_NOW(kill, pid, CORE_SIGCONT);
	return r < 0 ? r : data;
}

static long ask(int mem, i32 pid, u32 request, u16 addr, u16 data)
{
	switch (request) {
	case READ_TEXT:
	case WRITE_TEXT:
		return space(mem, true, addr, request == WRITE_TEXT ? &data : NULL);
	case READ_DATA:
	case WRITE_DATA:
		return space(mem, false, addr, request == WRITE_DATA ? &data : NULL);
	case READ_USER:
	case WRITE_USER:
		return user(mem, addr, request == WRITE_USER ? &data : NULL);
	case CONTINUE:
	case STEP:
		if (data && !research_signal_to_core(data))
			return -CORE_EIO;
		return go_on(mem, pid, request, addr, data);
	case END:
		return go_on(mem, pid, request, addr, data);
	default:
		return -CORE_EIO;
	}
}

long research_bsd_ptrace(struct core_thread *t, INT request, PID guest, UINT addr, INT data)
{
	return research_ptrace(t, data, guest, addr, request);
}

long research_ptrace(struct core_thread *t, INT data, PID guest, UINT addr, INT request)
{
	i32 pid;
	int mem;
	long r;

	if ((i16)request <= 0) {
		be_traced(t);
		return 0;
	}
	pid = research_pid_back((u16)guest);
	mem = memory_of(pid);
	if (mem < 0)
		return -CORE_ESRCH;
	r = is_stopped(mem) ? ask(mem, pid, (u32)request, (u16)addr, (u16)data) : -CORE_ESRCH;
	EXO_NOW(close, mem);
	return r;
}
