/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/prompt.c: the commands of the small debugger for PDP-11 programs.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "cli/debug/prompt.h"

#define LINE_MAX_ 1024

static const char *skip_blanks(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static bool alive(const struct prompt *p)
{
	if (p->s.socket < 0)
		printf("There is no program any more.\n");
	return p->s.socket >= 0;
}

/* ---- points ------------------------------------------------------------------------------ */

static void add_point(struct prompt *p, char kind, u16 addr, u16 len)
{
	struct point *b = &p->point[p->npoints];

	if (p->npoints == POINTS_MAX || !session_ask(&p->s, "Z%c,%x,%x", kind, addr, len) ||
	    strcmp(p->s.answer, "OK") != 0) {
		printf("There is no room for one more.\n");
		return;
	}
	p->npoints++;
	*b = (struct point){++p->next_id, kind, addr, len, 0};
	if (kind != '0')
		prompt_word(p, addr, &b->value);
	printf("%s %d at %s\n", kind == '0' ? "Breakpoint" : "Watchpoint", b->id,
	       prompt_place(p, addr, kind == '0'));
}

static void do_break(struct prompt *p, const char *args)
{
	u16 addr = p->r[7];

	if (*args != '\0' && !prompt_only_value(p, args, &addr))
		return;
	if (addr & 1)
		printf("No instruction is at an odd address.\n");
	else
		add_point(p, '0', addr, 2);
}

/* ADDR[, BYTES] */
static void watch(struct prompt *p, const char *args, char kind)
{
	u16 addr, len = 2;

	if (!prompt_value(p, &args, &addr))
		return;
	args = skip_blanks(args);
	if (*args == ',' ? !prompt_only_value(p, args + 1, &len) : *args != '\0') {
		if (*args != ',')
			printf("'%s' makes no sense there.\n", args);
		return;
	}
	add_point(p, kind, addr, len);
}

static void do_watch(struct prompt *p, const char *args)
{
	watch(p, args, '2');
}

static void do_rwatch(struct prompt *p, const char *args)
{
	watch(p, args, '3');
}

static void do_awatch(struct prompt *p, const char *args)
{
	watch(p, args, '4');
}

static void do_delete(struct prompt *p, const char *args)
{
	char *end;
	long id = strtol(args, &end, 10);
	bool any = false;

	if (*args != '\0' && *skip_blanks(end) != '\0') {
		printf("'%s' is no number of a breakpoint.\n", args);
		return;
	}
	if (*args == '\0')
		p->ncaught = 0;
	for (int i = p->npoints - 1; i >= 0; i--) {
		if (*args != '\0' && p->point[i].id != id)
			continue;
		session_ask(&p->s, "z%c,%x,%x", p->point[i].kind, p->point[i].addr,
			    p->point[i].len);
		memmove(&p->point[i], &p->point[i + 1],
			(size_t)(p->npoints - i - 1) * sizeof(p->point[0]));
		p->npoints--;
		any = true;
	}
	if (!any && *args != '\0')
		printf("There is no breakpoint %ld.\n", id);
}

static void catch_one(struct prompt *p, const char *name)
{
	for (size_t i = 0; p->calls != NULL && i < p->calls->count; i++) {
		const struct row *r = &p->calls->rows[i];

		if (strcmp(r->name, name) != 0)
			continue;
		if (p->ncaught == CAUGHT_MAX) {
			printf("There is no room for one more.\n");
			return;
		}
		p->caught[p->ncaught++] = r->nr;
		printf("Catchpoint (call %s, number %d)\n", r->name, r->nr);
		return;
	}
	printf("%s has no call '%s'; 'fbird syscalls %s' lists them.\n", p->personality, name,
	       p->calls != NULL ? p->calls->name : p->personality);
}

static void do_catch(struct prompt *p, const char *args)
{
	CLEAN_FREE char *copy = format_string("%s", args);
	char *rest = NULL;

	if (*args == '\0')
		printf("catch CALL...: names of system calls are missing.\n");
	for (char *w = strtok_r(copy, " \t", &rest); w != NULL; w = strtok_r(NULL, " \t", &rest))
		catch_one(p, w);
}

/* ---- looking ----------------------------------------------------------------------------- */

static void do_registers(struct prompt *p, const char *args)
{
	(void)args;
	for (int i = 0; i < 6; i++)
		printf("r%d %06o  ", i, p->r[i]);
	printf("\nsp %06o  pc %s  ps %06o %c%c%c%c%c\n", p->r[6], prompt_place(p, p->r[7], true),
	       p->ps, p->ps & 020 ? 'T' : '-', p->ps & 010 ? 'N' : '-', p->ps & 4 ? 'Z' : '-',
	       p->ps & 2 ? 'V' : '-', p->ps & 1 ? 'C' : '-');
}

static void list_points(const struct prompt *p)
{
	static const char *const kinds[] = {"breakpoint", "", "watch", "rwatch", "awatch"};

	for (int i = 0; i < p->npoints; i++)
		printf("%-3d %-10s %s\n", p->point[i].id, kinds[p->point[i].kind - '0'],
		       prompt_place(p, p->point[i].addr, p->point[i].kind == '0'));
	for (int i = 0; i < p->ncaught; i++)
		printf("    catch      call number %d\n", p->caught[i]);
	if (p->npoints + p->ncaught == 0)
		printf("There are no breakpoints.\n");
}

static void do_info(struct prompt *p, const char *args)
{
	if (*args == 'b')
		list_points(p);
	else if (*args == 'r')
		do_registers(p, "");
	else
		printf("info breakpoints, or info registers.\n");
}

static void do_print(struct prompt *p, const char *args)
{
	u16 value;

	if (prompt_only_value(p, args, &value))
		printf("%#o  %d  %#x\n", value, (i16)value, value);
}

static void do_disassemble(struct prompt *p, const char *args)
{
	u16 addr = p->listed;
	u32 n;

	if (*args != '\0' && !prompt_only_value(p, args, &addr))
		return;
	addr &= 0xfffe;
	for (int i = 0; i < 10; i++) {
		n = prompt_instruction(p, addr, addr == p->r[7] ? "=> " : "   ");
		if (n == 0)
			break;
		addr = (u16)(addr + n);
	}
	p->listed = addr;
}

static void do_backtrace(struct prompt *p, const char *args)
{
	(void)args;
	prompt_backtrace(p);
}

static void do_symbols(struct prompt *p, const char *args)
{
	for (size_t i = 0; i < p->symbols.count; i++) {
		const struct symbol *s = &p->symbols.list[i];

		if (*args == '\0' || strstr(s->name, args) != NULL)
			printf("%06o %s %s\n", s->value, s->text ? "text" : "data", s->name);
	}
	if (p->symbols.count == 0)
		printf("%s has no symbols.\n", p->program);
}

/* ---- changing ---------------------------------------------------------------------------- */

/* [byte] PLACE = VALUE; a place is a register, a symbol (the word there) or *ADDRESS. */
static void do_set(struct prompt *p, const char *args)
{
	bool byte = strncmp(args, "byte", 4) == 0 && isspace((unsigned char)args[4]);
	const char *at = skip_blanks(byte ? args + 4 : args);
	const char *equals = strchr(at, '=');
	CLEAN_FREE char *place = NULL;
	u16 addr, value;
	size_t n;
	int reg;

	if (equals == NULL) {
		printf("set [byte] PLACE = VALUE\n");
		return;
	}
	n = (size_t)(equals - at);
	while (n > 0 && isspace((unsigned char)at[n - 1]))
		n--;
	place = format_string("%.*s", (int)n, at);
	if (!prompt_only_value(p, equals + 1, &value))
		return;
	reg = *place == '$' ? register_named(place + 1, n - 1) : register_named(place, n);
	if (reg >= 0 && symbol_named(&p->symbols, place) == NULL) {
		prompt_set_register(p, reg, value);
	} else if (prompt_only_value(p, *place == '*' ? place + 1 : place, &addr)) {
		const u8 bytes[2] = {(u8)value, (u8)(value >> 8)};

		if (!byte && (addr & 1))
			printf("No word is at an odd address; set byte *ADDR = VALUE.\n");
		else
			prompt_store(p, addr, bytes, byte ? 1 : 2);
	}
}

static void do_signal(struct prompt *p, const char *args)
{
	u16 n;

	if (!prompt_only_value(p, args, &n))
		return;
	if (n > 32)
		printf("There is no signal %u.\n", n);
	else
		p->signal = (u8)n;
}

/* ---- going on ---------------------------------------------------------------------------- */

static long count_of(const char *args)
{
	char *end;
	long n = strtol(args, &end, 10);

	if (*args == '\0')
		return 1;
	if (*skip_blanks(end) != '\0' || n < 1 || n > 10000000) {
		printf("'%s' is no number of steps.\n", args);
		return 0;
	}
	return n;
}

static void do_continue(struct prompt *p, const char *args)
{
	(void)args;
	prompt_continue(p);
}

static void do_step(struct prompt *p, const char *args)
{
	long n = count_of(args);

	if (n > 0)
		prompt_step(p, n, false);
}

static void do_next(struct prompt *p, const char *args)
{
	long n = count_of(args);

	if (n > 0)
		prompt_step(p, n, true);
}

static void do_finish(struct prompt *p, const char *args)
{
	(void)args;
	prompt_finish(p);
}

static void do_kill(struct prompt *p, const char *args)
{
	(void)args;
	session_end(&p->s);
	printf("The program is killed.\n");
}

static void do_detach(struct prompt *p, const char *args)
{
	(void)args;
	session_ask(&p->s, "D");
	if (!p->s.adopted)
		session_ended(&p->s, true);
	p->quit = true;
}

static void do_floats(struct prompt *p, const char *args)
{
	(void)args;
	prompt_floats(p);
}

static void do_follow(struct prompt *p, const char *args)
{
	if (strcmp(args, "child") != 0 && strcmp(args, "parent") != 0) {
		printf("follow child, or follow parent: now it is the %s.\n",
		       p->follow_child ? "child" : "parent");
		return;
	}
	p->follow_child = *args == 'c';
}

static void do_quit(struct prompt *p, const char *args)
{
	(void)args;
	p->quit = true;
}

static void do_help(struct prompt *p, const char *args);

/* ---- the table --------------------------------------------------------------------------- */

/* An empty line does again what may be done again. */
static const struct command_row {
	const char *name, *alias;
	void (*run)(struct prompt *p, const char *args);
	bool needs_program, again;
	const char *help;
} rows[] = {
    {"break", "b", do_break, true, false, "break [ADDR]: stop there; here"},
    {"watch", "", do_watch, true, false, "watch ADDR[, BYTES]: stop behind what writes there"},
    {"rwatch", "", do_rwatch, true, false, "the same for what reads"},
    {"awatch", "", do_awatch, true, false, "for either"},
    {"catch", "", do_catch, true, false, "catch CALL...: stop at system calls of these names"},
    {"delete", "d", do_delete, true, false, "delete [N]: a breakpoint; all"},
    {"info", "i", do_info, true, false, "info breakpoints, info registers"},
    {"continue", "c", do_continue, true, true, "go on"},
    {"step", "s", do_step, true, true, "step [N]: instructions"},
    {"next", "n", do_next, true, true, "next [N]: the same, subroutines as one"},
    {"stepi", "si", do_step, true, true, "as step"},
    {"nexti", "ni", do_next, true, true, "as next"},
    {"finish", "fin", do_finish, true, true, "to the end of a function of C"},
    {"regs", "r", do_registers, true, false, "the registers"},
    {"floats", "", do_floats, true, false, "the registers of floating point"},
    {"print", "p", do_print, true, false, "print VALUE: numbers, symbols, registers, + - *ADDR"},
    {"x", "", prompt_examine, true, true, "x[/COUNT FORMAT] [ADDR]: memory as o d u x c s b i"},
    {"set", "", do_set, true, false, "set [byte] PLACE = VALUE: a register, symbol or *ADDR"},
    {"disassemble", "dis", do_disassemble, true, true, "disassemble [ADDR]: ten instructions"},
    {"backtrace", "bt", do_backtrace, true, false, "the functions of C that are under way"},
    {"symbols", "", do_symbols, true, false, "symbols [PART]: those with that in their names"},
    {"signal", "", do_signal, true, false, "signal N: what the program gets when it goes on; 0"},
    {"follow", "", do_follow, true, false, "follow child|parent: which fork goes on under us"},
    {"kill", "k", do_kill, true, false, "the program"},
    {"detach", "", do_detach, true, false, "let the program go on alone, to its end"},
    {"quit", "q", do_quit, false, false, "kill the program, unless it ran before us, and end"},
    {"help", "h", do_help, false, false, "this list"},
};

static void do_help(struct prompt *p, const char *args)
{
	(void)p, (void)args;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		printf("%-12s%-5s%s\n", rows[i].name, rows[i].alias, rows[i].help);
}

/* By its name, its alias, or a beginning that is nothing else's. */
static const struct command_row *find(const char *name, size_t n)
{
	const struct command_row *found = NULL;
	int count = 0;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct command_row *r = &rows[i];

		if ((strlen(r->name) == n && strncmp(r->name, name, n) == 0) ||
		    (strlen(r->alias) == n && strncmp(r->alias, name, n) == 0))
			return r;
		if (n > 0 && strncmp(r->name, name, n) == 0) {
			found = r;
			count++;
		}
	}
	return count == 1 ? found : NULL;
}

static void obey(struct prompt *p, const char *line)
{
	static char last[LINE_MAX_];
	const char *at = skip_blanks(line);
	CLEAN_FREE char *copy = NULL;
	const struct command_row *row;
	size_t n, len;

	if (*at == '#')
		return;
	if (*at == '\0') {
		at = last;
		if (*at == '\0')
			return;
	}
	copy = format_string("%s", at);
	for (len = strlen(copy); len > 0 && isspace((unsigned char)copy[len - 1]);)
		copy[--len] = '\0';
	for (n = 0; isalpha((unsigned char)copy[n]);)
		n++;
	row = find(copy, n);
	if (row == NULL) {
		printf("There is no command '%s'; 'help' lists them.\n", copy);
		return;
	}
	if (at != last)
		snprintf(last, sizeof(last), "%s", row->again ? copy : "");
	/* Memory is shown on from where it ended. */
	if (row->run == prompt_examine || row->run == do_disassemble)
		snprintf(last, sizeof(last), "%s", row->name);
	if (row->needs_program && !alive(p))
		return;
	row->run(p, skip_blanks(copy + n));
}

/* ---- where commands come from ------------------------------------------------------------- */

/* A line, without more of a shared input than that. */
static bool read_line(int fd, char *line, size_t size)
{
	size_t n = 0;
	char c = '\n';
	ssize_t r;

	memset(line, 0, size);
	for (;;) {
		r = read(fd, &c, 1);
		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0 && n == 0)
			return false;
		if (r <= 0 || c == '\n')
			break;
		if (n + 1 < size)
			line[n++] = c;
	}
	line[n] = '\0';
	return true;
}

static int obey_file(struct prompt *p, const char *path)
{
	char line[LINE_MAX_];
	FILE *in = fopen(path, "re");

	if (in == NULL)
		return fail(CLI_FAILED, "cannot read %s: %s", path, strerror(errno));
	while (!p->quit && fgets(line, sizeof(line), in) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (*skip_blanks(line) != '\0')
			obey(p, line);
	}
	fclose(in);
	return CLI_OK;
}

static int obey_options(struct prompt *p, const struct debug_options *o)
{
	int status = CLI_OK;

	for (int i = 0; i + 1 < o->ndebugger && !p->quit && status == CLI_OK; i += 2) {
		if (strcmp(o->debugger[i], "-x") == 0)
			status = obey_file(p, o->debugger[i + 1]);
		else
			obey(p, o->debugger[i + 1]);
		fflush(stdout);
	}
	return status;
}

static void converse(struct prompt *p)
{
	char line[LINE_MAX_];

	while (!p->quit) {
		printf("(fbird) ");
		fflush(stdout);
		if (!read_line(STDIN_FILENO, line, sizeof(line))) {
			putchar('\n');
			break;
		}
		obey(p, line);
	}
}

/* An end of ours is none of a program that ran before. */
static void leave(struct prompt *p)
{
	if (p->attached && !session_ended(&p->s, false)) {
		session_ask(&p->s, "D");
		printf("The program goes on.\n");
		p->s.ended = true;
	}
	session_end(&p->s);
}

int debug_pdp11(const struct debug_options *o, int argc, char **argv)
{
	struct prompt *p = allocate(sizeof(*p));
	int status;

	memset(p, 0, sizeof(*p));
	p->format = 'o';
	p->attached = o->pid != 0;
	status = p->attached ? session_attach(&p->s, o->pid) : session_start(&p->s, o, argc, argv);
	if (status == CLI_OK && o->listen != NULL)
		return session_serve(&p->s, o->listen);
	if (status != CLI_OK)
		return status;
	/* It answers when it is there. */
	if (!session_ask(&p->s, "?") || !session_ask(&p->s, "QStartNoAckMode") ||
	    !prompt_registers(p)) {
		if (p->attached)
			return fail(CLI_FAILED,
				    "process %d is debugged already, or is of another version",
				    o->pid);
		session_ended(&p->s, true);
		return session_leave_as(&p->s);
	}
	prompt_look(p, true);
	if (p->calls == NULL) {
		session_end(&p->s);
		return fail(CLI_RUN_FAILED, "process %d may not be looked into", p->s.pid);
	}
	printf("fbird: %s, a program of %s, ", p->program, p->personality);
	if (p->attached)
		printf("as process %d", o->pid);
	else
		printf("at its first instruction");
	printf("; 'help' lists the commands\n");
	p->listed = p->r[7];
	prompt_instruction(p, p->r[7], "=> ");
	status = obey_options(p, o);
	if (status == CLI_OK && !o->batch)
		converse(p);
	leave(p);
	symbols_free(&p->symbols);
	free(p);
	return status;
}
