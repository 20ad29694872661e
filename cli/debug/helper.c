/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/helper.c: commands for gdb about a guest it has.
 *
 * gdb knows the host's ways of finding libraries and calls; a guest's are its own system's. So
 * our commands in gdb (cli/debug/gdb.c) run this, and read what it prints. It is told the process
 * by what our command fbird-state says, and looks at what is mapped there, which is true
 * whatever dynamic linker did it. Memory it does not read: gdb does, and some hosts let nobody
 * else (Yama).
 */
#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/debug/catch.h"
#include "cli/debug/go_symbols.h"
#include "cli/guests.h"
#include "core/abi.h"

#define PHDRS_MAX 64

/* ---- the process ------------------------------------------------------------------------ */

/* What fbird-state says (cli/debug/commands.c). */
struct state {
	int pid;
	char personality[32];
	long value;
	char enabled[4096]; /* numbers of breakpoints, apart by blanks */
};

/* "12      breakpoint     keep y   0x...": a number, its kind, what becomes of it. */
static void note_breakpoint(const char *line, struct state *s)
{
	size_t n = strlen(s->enabled);
	const char *keep = strstr(line, " keep ");
	char *end;
	long number = strtol(line, &end, 10);

	if (number > 0 && *end == ' ' && keep != NULL && strncmp(keep, " keep y", 7) == 0)
		snprintf(s->enabled + n, sizeof(s->enabled) - n, " %ld", number);
}

/* "* 1    process 4711  ...", "personality NAME", "value NUMBER", and breakpoints. */
static void read_state(FILE *in, struct state *s)
{
	char line[PATH_MAX + 256];

	*s = (struct state){.pid = -1};
	while (fgets(line, sizeof(line), in) != NULL) {
		const char *at = line[0] == '*' ? strstr(line, "process ") : NULL;

		if (at != NULL)
			s->pid = atoi(at + 8);
		else if (strncmp(line, "value ", 6) == 0)
			s->value = strtol(line + 6, NULL, 10);
		else if (sscanf(line, "personality %31s", s->personality) != 1)
			note_breakpoint(line, s);
	}
}

/* ---- what is mapped --------------------------------------------------------------------- */

static bool parse_mapping(char *line, struct debug_mapping *m)
{
	unsigned long long start, end, offset;
	char rights[8];
	int at = 0;

	line[strcspn(line, "\n")] = '\0';
	if (sscanf(line, "%llx-%llx %7s %llx %*x:%*x %lu %n", &start, &end, rights, &offset,
		   &m->inode, &at) < 5 ||
	    at == 0)
		return false;
	*m = (struct debug_mapping){start, end, offset, m->inode, rights[2] == 'x', line + at};
	return m->path[0] == '/';
}

/* Also when the process has ended. */
char *debug_name_here(int pid, const struct debug_mapping *m)
{
	struct trace_plate plate;
	struct trace_facts facts;
	char root[PATH_MAX] = "";
	char *name[3];
	char *found = NULL;
	struct stat st;

	if (guest_facts(pid, &plate, &facts) && facts.root != NULL && !facts.in_process &&
	    !guest_string(pid, facts.root, root, sizeof(root)))
		root[0] = '\0';
	name[0] = format_string("%s%s", root, m->path);
	name[1] = format_string("%s", m->path);
	name[2] = format_string("/proc/%d/root%s", pid, m->path);
	for (size_t i = 0; i < ARRAY_LEN(name); i++) {
		if (found == NULL && stat(name[i], &st) == 0 && S_ISREG(st.st_mode) &&
		    st.st_ino == m->inode)
			found = name[i];
		else
			free(name[i]);
	}
	return found;
}

/* By how much the file was moved when this part of it was mapped; false: that makes no sense. */
static bool bias_of(const char *path, const struct debug_mapping *m, u64 *bias)
{
	CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	Elf64_Phdr ph[PHDRS_MAX];
	Elf64_Ehdr eh;
	ssize_t n;

	if (fd < 0 || pread(fd, &eh, sizeof(eh), 0) != sizeof(eh) ||
	    memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0 || eh.e_ident[EI_CLASS] != ELFCLASS64 ||
	    eh.e_phentsize != sizeof(ph[0]) || eh.e_phnum > PHDRS_MAX || eh.e_phoff > INT64_MAX)
		return false;
	n = (ssize_t)(eh.e_phnum * sizeof(ph[0]));
	if (pread(fd, ph, (size_t)n, (off_t)eh.e_phoff) != n)
		return false;
	for (u32 i = 0; i < eh.e_phnum; i++) {
		u64 offset = ALIGN_DOWN(ph[i].p_offset, PAGE_SIZE);

		if (ph[i].p_type != PT_LOAD || !(ph[i].p_flags & PF_X) || m->offset < offset ||
		    m->offset >= ph[i].p_offset + ph[i].p_filesz)
			continue;
		*bias = m->start - (ALIGN_DOWN(ph[i].p_vaddr, PAGE_SIZE) + (m->offset - offset));
		return true;
	}
	return false;
}

/* Names in gdb's commands are in quotes, where a backslash quotes. */
static void print_quoted(const char *s)
{
	putchar('\'');
	for (; *s != '\0'; s++) {
		if (*s == '\'' || *s == '\\')
			putchar('\\');
		putchar(*s);
	}
	putchar('\'');
}

/* A word of a shell's. */
static void print_word(const char *s)
{
	putchar('\'');
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			fputs("'\\'", stdout);
		putchar(*s);
	}
	putchar('\'');
}

static const char *self_name(void)
{
	static char name[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", name, sizeof(name) - 1);

	name[MAX(n, (ssize_t)0)] = '\0';
	return name;
}

/* Where symbols are put that are made; "": nowhere. */
static const char *symbols_file = "";

/*
 * gdb itself remembers what it has, by variables named after place and file, until it is told that
 * another round begins.
 */
static void print_object(int pid, const struct debug_mapping *m)
{
	static char last[PATH_MAX];
	CLEAN_FREE char *name = debug_name_here(pid, m);
	char var[64];
	u64 bias;

	if (strcmp(m->path, last) == 0) /* its first part has told */
		return;
	snprintf(last, sizeof(last), "%s", m->path);
	if (name == NULL || strpbrk(name, "\n\r") != NULL || !bias_of(name, m, &bias))
		return;
	snprintf(var, sizeof(var), "$fbird_has_%llx_%lx", (unsigned long long)bias, m->inode);
	printf("if $_isvoid(%s)\nset %s = 0\nend\n", var, var);
	printf("if %s != $fbird_round\nset %s = $fbird_round\n", var, var);
	if (symbols_file[0] != '\0' && go_symbols_wanted(name)) {
		/* In its place: gdb looks in one file for what is at an address. */
		/* gdb takes some of Go's names for another language's, and prints them so. */
		printf("set print demangle off\nshell '%s' debug --helper go-symbols ",
		       self_name());
		print_word(name);
		printf(" %s\nadd-symbol-file %s", symbols_file, symbols_file);
	} else {
		printf("add-symbol-file ");
		print_quoted(name);
	}
	printf(" -o 0x%llx\n", (unsigned long long)bias);
	puts("end");
}

int debug_each_mapping(int pid, void (*each)(int pid, const struct debug_mapping *m))
{
	char path[64], line[PATH_MAX + 256];
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	maps = fopen(path, "re");
	if (maps == NULL)
		return CLI_FAILED;
	while (fgets(line, sizeof(line), maps) != NULL) {
		struct debug_mapping m;

		if (parse_mapping(line, &m) && m.exec && m.start < TRACE_PLATE_AT - PAGE_SIZE)
			each(pid, &m);
	}
	fclose(maps);
	return CLI_OK;
}

/* ---- signals ---------------------------------------------------------------------------- */

/* For each of the host's signals that the guest knows by another name or number. */
static void print_signals(const char *personality, bool table)
{
	enum names names = debug_names_of(personality);

	for (int core = 1; core <= 64; core++) {
		const char *host = name_of_signal(NAMES_CORE, core);
		const char *guest = name_of_signal(names, core);
		int number = number_of_signal(names, core);
		char text[16];

		if (number == 0)
			continue;
		if (host == NULL) { /* gdb calls all that have no other name so */
			snprintf(text, sizeof(text), "SIG%d", core);
			host = text;
		}
		if (table)
			printf("%-10s %-10s %d\n", host, guest != NULL ? guest : "", number);
		else if (guest != NULL && (strcmp(host, guest) != 0 || number != core))
			printf("fbird-signal %s %s %d\n", host, guest, number);
	}
}

/*
 * What, and more words: start FILE, libraries FILE, go-symbols FROM FILE, sites, signals; catch
 * CALL, catch-return CALL, catch-signal SIGNAL, error CALL, handle SIGNAL ACTION..., condition N
 * WORD...
 */
int debug_helper(int argc, char **argv)
{
	const char *what = argc > 0 ? argv[0] : "", *word = argc > 1 ? argv[1] : "";
	struct state s;

	if (strcmp(what, "go-symbols") == 0)
		return argc > 2 ? go_symbols_write(word, argv[2]) : CLI_USAGE;
	read_state(stdin, &s);
	if (strcmp(what, "signals") == 0) {
		print_signals(s.personality, true);
		return CLI_OK;
	}
	if (strcmp(what, "catch") == 0 || strcmp(what, "catch-return") == 0)
		return debug_catch(s.personality, word, strcmp(what, "catch") != 0);
	if (strcmp(what, "catch-signal") == 0)
		return debug_catch_signal(s.personality, word);
	if (strcmp(what, "error") == 0)
		return debug_error(s.personality, word, (int)s.value);
	if (strcmp(what, "handle") == 0)
		return debug_handle(s.personality, argv + 1, argc - 1);
	if (strcmp(what, "condition") == 0)
		return debug_condition(s.value, argv + 1, argc - 1);
	if (s.pid <= 0)
		return fail(CLI_FAILED, "gdb has no process at the moment");
	if (strcmp(what, "sites") == 0)
		return debug_print_sites(s.pid);
	if (strcmp(what, "start") == 0)
		print_signals(s.personality, false);
	symbols_file = word;
	/* gdb disables one whose function is, between two libraries, nowhere but in stubs for it.
	 */
	if (debug_each_mapping(s.pid, print_object) != CLI_OK)
		return CLI_FAILED;
	if (s.enabled[0] != '\0')
		printf("enable%s\n", s.enabled);
	return CLI_OK;
}
