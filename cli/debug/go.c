/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/go.c: letting a program of the PDP-11 go on, and why it stopped.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "cli/debug/prompt.h"
#include "cli/guests.h"
#include "cli/trace/names.h"
#include "cpu/pdp11/stub.h"

#define JSR	 0004000
#define JSR_MASK 0177000

/* Those of PDP-11 systems, as GDB numbers them (include/gdb/signals.def). */
static const char *const signal_names[] = {
    [1] = "SIGHUP",	[2] = "SIGINT",	  [3] = "SIGQUIT",   [4] = "SIGILL",   [5] = "SIGTRAP",
    [6] = "SIGIOT",	[7] = "SIGEMT",	  [8] = "SIGFPE",    [9] = "SIGKILL",  [10] = "SIGBUS",
    [11] = "SIGSEGV",	[12] = "SIGSYS",  [13] = "SIGPIPE",  [14] = "SIGALRM", [15] = "SIGTERM",
    [16] = "SIGURG",	[17] = "SIGSTOP", [18] = "SIGTSTP",  [19] = "SIGCONT", [20] = "SIGCHLD",
    [21] = "SIGTTIN",	[22] = "SIGTTOU", [23] = "SIGIO",    [24] = "SIGXCPU", [25] = "SIGXFSZ",
    [26] = "SIGVTALRM", [27] = "SIGPROF", [28] = "SIGWINCH", [30] = "SIGUSR1", [31] = "SIGUSR2",
    [32] = "SIGPWR",
};

static const char *signal_name(u32 n)
{
	return n < ARRAY_LEN(signal_names) && signal_names[n] != NULL ? signal_names[n]
								      : "a signal";
}

bool prompt_sync(struct prompt *p)
{
	char list[CAUGHT_MAX * 8] = "";
	size_t n = 0;

	if (!session_ask(&p->s, "QPassSignals:e;14"))
		return false;
	if (!session_ask(&p->s, "QFbirdFollow:%d", p->follow_child))
		return false;
	for (int i = 0; i < p->ncaught; i++)
		n += (size_t)snprintf(list + n, sizeof(list) - n, ";%x", (unsigned)p->caught[i]);
	if (!session_ask(&p->s, "QCatchSyscalls:%d%s", p->ncaught > 0, list))
		return false;
	for (int i = 0; i < p->npoints; i++) {
		const struct point *b = &p->point[i];

		if (!session_ask(&p->s, "Z%c,%x,%x", b->kind, b->addr, b->len))
			return false;
	}
	return true;
}

void prompt_look(struct prompt *p, bool quiet)
{
	char program[sizeof(p->program)] = "", root[4096] = "";
	struct trace_plate plate;
	struct trace_facts facts;
	CLEAN_FREE char *path = NULL;

	if (!guest_facts(p->s.pid, &plate, &facts) || facts.program == NULL ||
	    !guest_string(p->s.pid, facts.program, program, sizeof(program)) ||
	    strcmp(program, p->program) == 0)
		return;
	memcpy(p->program, program, sizeof(program));
	if (!guest_string(p->s.pid, facts.personality, p->personality, sizeof(p->personality)))
		p->personality[0] = '\0';
	if (facts.root != NULL && !guest_string(p->s.pid, facts.root, root, sizeof(root)))
		root[0] = '\0';
	p->calls = table_find(strcmp(p->personality, "v2") == 0 ? "v1" : p->personality);
	symbols_free(&p->symbols);
	path = format_string("%s%s", root, program);
	symbols_load(&p->symbols, access(path, R_OK) == 0 ? path : program, p->personality);
	if (!quiet)
		printf("The program is %s now, of %s.\n", program, p->personality);
}

/* ---- stops ------------------------------------------------------------------------------- */

static void tell_end(struct prompt *p)
{
	if (!p->s.ended && p->s.socket < 0) {
		printf("The program goes on without a debugger: it is none of the PDP-11's any "
		       "more.\n");
		return;
	}
	if (!p->s.ended)
		return;
	if (p->s.status < 0)
		printf("The program has ended.\n");
	else if (WIFEXITED(p->s.status))
		printf("The program has ended with status %d.\n", WEXITSTATUS(p->s.status));
	else
		printf("The program was killed by %s.\n",
		       name_of_signal(NAMES_CORE, WTERMSIG(p->s.status)) != NULL
			   ? name_of_signal(NAMES_CORE, WTERMSIG(p->s.status))
			   : "a signal");
}

static const char *call_name(const struct prompt *p, int nr)
{
	static char text[32];

	for (size_t i = 0; p->calls != NULL && i < p->calls->count; i++)
		if (p->calls->rows[i].nr == nr)
			return p->calls->rows[i].name;
	snprintf(text, sizeof(text), "number %d", nr);
	return text;
}

/* The value of "KEY:" in a stop reply, in hexadecimal. */
static bool value_of(const char *reply, const char *key, unsigned *value)
{
	const char *at = strstr(reply, key);

	if (at == NULL || (at[-1] != ';' && at != reply + 3))
		return false;
	*value = (unsigned)strtoul(at + strlen(key), NULL, 16);
	return true;
}

static void tell_watch(struct prompt *p, unsigned addr)
{
	for (int i = 0; i < p->npoints; i++) {
		struct point *b = &p->point[i];
		u16 now;

		if (b->kind == '0' || (u16)(addr - b->addr) >= b->len)
			continue;
		printf("Watchpoint %d, %s", b->id, prompt_place(p, (u16)addr, false));
		if (prompt_word(p, b->addr, &now))
			printf(": %06o -> %06o", b->value, now);
		putchar('\n');
		b->value = now;
	}
}

static void tell_breakpoint(const struct prompt *p)
{
	for (int i = 0; i < p->npoints; i++)
		if (p->point[i].kind == '0' && p->point[i].addr == p->r[7])
			printf("Breakpoint %d\n", p->point[i].id);
}

/* Why it is back: there is no program any more; by a step or a breakpoint; by something else, which
 * has been told. */
enum stop { GONE, PLAIN, EVENT };

/* Takes a stop reply in. */
static enum stop stopped(struct prompt *p, bool quiet)
{
	CLEAN_FREE char *reply = format_string("%s", p->s.answer);
	unsigned nr, signal;

	if (reply[0] != 'T' || sscanf(reply + 1, "%2x", &signal) != 1 || !prompt_registers(p)) {
		tell_end(p);
		return GONE;
	}
	if (value_of(reply, "fbird-child:", &nr)) {
		session_adopt(&p->s, (pid_t)nr);
		p->attached = false;
		printf("The child, process %u, is debugged on; its parent goes on alone.\n", nr);
	}
	prompt_look(p, false);
	p->signal = 0;
	p->calling = value_of(reply, "syscall_entry:", &nr);
	if (p->calling) {
		printf("The program calls %s.\n", call_name(p, (int)nr));
	} else if (value_of(reply, "syscall_return:", &nr)) {
		printf("%s answers %06o%s.\n", call_name(p, (int)nr), p->r[0],
		       p->ps & 1 ? ", and the carry: an error" : "");
	} else if (value_of(reply, "watch:", &nr) || value_of(reply, "rwatch:", &nr) ||
		   value_of(reply, "awatch:", &nr)) {
		tell_watch(p, nr);
	} else if (signal != STUB_SIGTRAP) {
		printf("The program gets %s.\n", signal_name(signal));
		p->signal = signal == STUB_SIGINT ? 0 : (u8)signal;
	} else {
		if (!quiet)
			tell_breakpoint(p);
		return PLAIN;
	}
	return EVENT;
}

static void show(struct prompt *p)
{
	/* What comes behind a call's instruction may be its arguments. */
	prompt_instruction(p, p->calling ? (u16)(p->r[7] - 2) : p->r[7], "=> ");
	p->listed = p->r[7];
}

/* ---- going ------------------------------------------------------------------------------- */

/* One step, or on to the next stop; where the program then is, in p. */
static enum stop go(struct prompt *p, char how, bool quiet)
{
	fflush(stdout);
	if (!prompt_sync(p) ||
	    !(p->signal != 0 ? session_ask(&p->s, "%c%02x", how - 'a' + 'A', p->signal)
			     : session_ask(&p->s, "%c", how))) {
		tell_end(p);
		return GONE;
	}
	return stopped(p, quiet);
}

void prompt_continue(struct prompt *p)
{
	if (go(p, 'c', false) != GONE)
		show(p);
}

/*
 * On to an address, with the stack not below sp. PLAIN: it is there; or at another breakpoint,
 * which has been told as EVENT.
 */
static enum stop until(struct prompt *p, u16 addr, u16 sp)
{
	struct point *b = NULL;
	enum stop stop;
	bool there = false;

	for (int i = 0; i < p->npoints; i++)
		there |= p->point[i].kind == '0' && p->point[i].addr == addr;
	if (!there) {
		if (p->npoints == POINTS_MAX) {
			printf("There is no room for one more breakpoint.\n");
			return EVENT;
		}
		b = &p->point[p->npoints++];
		*b = (struct point){.id = 0, .kind = '0', .addr = addr, .len = 2};
	}
	do
		stop = go(p, 'c', true);
	while (stop == PLAIN && p->r[7] == addr && p->r[6] < sp);
	if (b != NULL) {
		p->npoints--;
		if (p->s.socket >= 0)
			session_ask(&p->s, "z0,%x,2", addr);
	}
	if (stop == PLAIN && p->r[7] != addr) {
		tell_breakpoint(p);
		stop = EVENT;
	}
	return stop;
}

/* Bytes of the instruction at pc if it calls a subroutine, else 0. */
static u32 call_bytes(struct prompt *p, u16 pc)
{
	u8 b[2];
	u32 spec;

	if (!prompt_read(p, pc, true, b, 2) || ((b[0] | b[1] << 8) & JSR_MASK) != JSR)
		return 0;
	spec = b[0] & 077;
	return (spec & 060) == 060 || spec == 027 || spec == 037 ? 4 : 2;
}

void prompt_step(struct prompt *p, long count, bool over)
{
	enum stop stop = PLAIN;

	for (long i = 0; i < count && stop == PLAIN; i++) {
		u16 pc = p->r[7];
		u32 n = over ? call_bytes(p, pc) : 0;

		stop = n > 0 ? until(p, (u16)(pc + n), p->r[6]) : go(p, 's', true);
	}
	if (stop != GONE)
		show(p);
}

void prompt_finish(struct prompt *p)
{
	enum stop stop;
	u16 back;

	if (!prompt_word(p, (u16)(p->r[5] + 2), &back))
		return;
	printf("On to %s\n", prompt_place(p, back, true));
	stop = until(p, back, p->r[5]);
	if (stop == PLAIN)
		printf("r0 is %06o\n", p->r[0]);
	if (stop != GONE)
		show(p);
}
