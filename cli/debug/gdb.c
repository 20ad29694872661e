/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/gdb.c: `fbird debug` for programs of this machine's processor: gdb, told how.
 *
 * gdb executes the runtime's image, by way of `fbird run` (its exec-wrapper), and so debugs one
 * process from its first moment, with a terminal and process group as gdb makes them. It is given
 * no symbols of the image: a program's `read` is then the program's, not ours. What is mapped
 * for the guest it learns of from our commands (cli/debug/helper.c), which a breakpoint in the
 * runtime runs when code is mapped. Where gdb has Python, cli/debug/fbird.py adds what takes it:
 * stacks through the runtime, names of signals, breakpoints that do not disturb.
 *
 * The runtime does not change the guest's code (--leave-code): a displaced instruction would be
 * one that a breakpoint or a step does not meet.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>

#include "cli/debug/debug.h"
#include "cli/debug/script.h"
#include "cli/guests.h"

/* ---- the runtime's image ---------------------------------------------------------------- */

int debug_plate(const char *runtime, struct trace_plate *plate)
{
	CLEAN_FD int fd = open(runtime, O_RDONLY | O_CLOEXEC);
	Elf64_Ehdr eh;
	Elf64_Phdr ph;

	if (fd < 0 || pread(fd, &eh, sizeof(eh), 0) != sizeof(eh) ||
	    memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0 || eh.e_phentsize != sizeof(ph))
		return fail(CLI_RUN_FAILED, "cannot read the runtime image %s", runtime);
	for (u32 i = 0; i < eh.e_phnum; i++) {
		if (pread(fd, &ph, sizeof(ph), (off_t)(eh.e_phoff + i * sizeof(ph))) != sizeof(ph))
			break;
		if (ph.p_type != PT_LOAD || TRACE_PLATE_AT < ph.p_vaddr ||
		    TRACE_PLATE_AT - ph.p_vaddr >= ph.p_filesz)
			continue;
		if (pread(fd, plate, sizeof(*plate),
			  (off_t)(ph.p_offset + (TRACE_PLATE_AT - ph.p_vaddr))) == sizeof(*plate) &&
		    plate->magic == TRACE_PLATE_MAGIC && plate->size == sizeof(*plate))
			return CLI_OK;
	}
	return fail(CLI_RUN_FAILED,
		    "the runtime image %s is of another version than this program; install them "
		    "together",
		    runtime);
}

/* ---- words in a script ------------------------------------------------------------------ */

/* A word of a shell's command, in single quotes. */
static void put_word(FILE *out, const char *word)
{
	fputc('\'', out);
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			fputs("'\\''", out);
		else
			fputc(*word, out);
	}
	fputs("' ", out);
}

/* gdb's commands are lines. */
static int check_words(char *const *words, int n)
{
	for (int i = 0; i < n; i++)
		if (strpbrk(words[i], "\n\r") != NULL)
			return fail(CLI_USAGE,
				    "a word with a line's end in it cannot be given to gdb");
	return CLI_OK;
}

static bool has_python(const char *gdb)
{
	CLEAN_FREE char *command =
	    format_string("'%s' -nx -batch -ex 'python print(\"fb\" + \"ird\")' 2>/dev/null", gdb);
	FILE *p = popen(command, "re");
	char line[64] = "";
	bool yes;

	if (p == NULL)
		return false;
	yes = fgets(line, sizeof(line), p) != NULL && strcmp(line, "fbird\n") == 0;
	pclose(p);
	return yes;
}

/* ---- the script ------------------------------------------------------------------------- */

static void put_settings(const struct script *s, const struct debug_options *o, int argc,
			 char **argv)
{
	FILE *out = s->out;

	/* A call that is stepped in the place gdb copies it to, in our code, is one of the host. */
	fputs("set confirm off\nset breakpoint pending on\nset osabi GNU/Linux\n"
	      "set displaced-stepping off\n",
	      out);
	/* The runtime's own: a guest's call, and what it does to the code of several threads. */
	fputs("handle SIGSYS nostop noprint pass\n", out);
	if (o->pid != 0) {
		fprintf(out, "set exec-file-mismatch off\nexec-file %s\n", s->runtime);
		return;
	}
	fprintf(out, "exec-file %s\nset startup-with-shell on\nset exec-wrapper ", s->runtime);
	put_word(out, s->self);
	fprintf(out, "run --debugged %d,%d,%d ", s->exchange_fd, s->script_fd, s->symbols_fd);
	if (!o->patch)
		fputs("--leave-code ", out);
	for (u32 i = 0; i < o->run.n; i++)
		put_word(out, o->run.word[i]);
	fputs("--\nset args ", out);
	for (int i = 0; i < argc; i++)
		put_word(out, argv[i]);
	if (s->shell != NULL)
		fprintf(out, "\nset environment SHELL=%s\n", s->shell);
	else
		fputs("\nunset environment SHELL\n", out);
}

/* In the runtime a fault is expected, and dealt with: of those nobody is told. */
static void put_faults(const struct script *s)
{
	static const char *const signals[] = {"SIGSEGV", "SIGBUS"};

	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		fprintf(s->out,
			"handle %s nostop noprint pass\ncatch signal %s\n"
			"condition $bpnum $pc < 0x%llx\n",
			signals[i], signals[i], (unsigned long long)TRACE_PLATE_AT - PAGE_SIZE);
}

/* When it begins another program, or maps code. */
static void put_followers(const struct script *s)
{
	if (s->python == NULL)
		fprintf(s->out, "break *%p\ncommands\nsilent\nfbird-libraries\ncontinue\nend\n",
			s->plate.code_mapped);
	else
		fprintf(s->out, "python fbird_begun()\n");
}

/* What is said first. */
static void put_greeting(const struct script *s, const char *how)
{
	fprintf(s->out,
		"set $fbird_begun = 1\n"
		"printf \"fbird: %%s, a program for \", $fbird_chars + "
		"$fbird_words[(%p + %zu) / 8]\n"
		"printf \"%%s, %s; 'help user' lists our commands\\n\", "
		"$fbird_chars + $fbird_words[%p / 8]\n",
		(void *)s->plate.facts, offsetof(struct trace_facts, program), how,
		(void *)s->plate.facts);
}

static void put_attach(const struct script *s, const struct debug_options *o)
{
	CLEAN_FREE char *how = format_string("as process %d", o->pid);

	fprintf(s->out, "attach %d\n", o->pid);
	if (!o->patch) {
		fprintf(s->out, "set *(unsigned *)%p = 1\n", (void *)s->plate.code_kept);
		script_ask(s, "sites");
	}
	script_ask(s, "start");
	put_followers(s);
	put_faults(s);
	put_greeting(s, how);
}

static void put_start(const struct script *s)
{
	FILE *out = s->out;

	/* It may never come there: what the matter is has been told then. */
	fprintf(out, "tbreak *%p\nrun\nif $_thread == 0\nfbird-quit-unless-begun\nend\n",
		s->plate.begins);
	script_ask(s, "start");
	put_followers(s);
	fprintf(out, "tbreak *$fbird_words[(%p + %zu) / 8]\ncontinue\n", (void *)s->plate.facts,
		offsetof(struct trace_facts, entry));
	put_faults(s);
	put_greeting(s, "at its first instruction");
}

static void put_python(const struct script *s, const struct debug_options *o)
{
	FILE *out = s->out;

	fprintf(out, "source %s\n", s->python);
	fprintf(out,
		"python fbird_setup(facts=%p, begins=%p, code_mapped=%p, low=%p, high=%p, "
		"thread_frame=%llu, exchange='%s', code_kept=%llu)\n",
		(void *)s->plate.facts, s->plate.begins, s->plate.code_mapped,
		(const void *)s->plate.low, (const void *)s->plate.high,
		(unsigned long long)s->plate.thread_frame, s->exchange,
		o->pid != 0 && !o->patch ? (unsigned long long)s->plate.code_kept : 0);
}

static int memory_file(const char *name, int *fd, char path[64])
{
	*fd = memfd_create(name, 0);
	if (*fd < 0)
		return fail(CLI_RUN_FAILED, "cannot make a file in memory: %s", strerror(errno));
	snprintf(path, 64, "/proc/%d/fd/%d", getpid(), *fd);
	return CLI_OK;
}

static int become_gdb(const struct debug_options *o, const char *script)
{
	const char *v[DEBUG_WORDS * 2 + 16];
	int n = 0;

	v[n++] = o->gdb;
	v[n++] = "-q";
	if (o->batch)
		v[n++] = "-batch";
	v[n++] = "-x";
	v[n++] = script;
	v[n++] = "-ex";
	v[n++] = "fbird-quit-unless-begun";
	for (int i = 0; i < o->ndebugger; i++)
		v[n++] = o->debugger[i];
	v[n] = NULL;
	setenv("SHELL", "/bin/sh", 1); /* gdb's way to the program; the guest's stays as it is */
	execvp(o->gdb, (char *const *)v);
	return fail(errno == ENOENT ? CLI_NOT_FOUND : CLI_RUN_FAILED,
		    "cannot execute %s: %s; 'fbird debug' for such a program takes gdb, --gdb "
		    "names one",
		    o->gdb, strerror(errno));
}

int debug_gdb(const struct debug_options *o, int argc, char **argv)
{
	struct script s = {.shell = getenv("SHELL")};
	struct trace_facts facts;
	char path[64], self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int status = check_words(argv, argc);

	if (n <= 0)
		return fail(CLI_RUN_FAILED, "cannot tell where this program is: %s",
			    strerror(errno));
	self[n] = '\0';
	s.self = self;
	if (o->pid != 0) {
		/* It may be of another version, and is what counts. */
		s.runtime = format_string("/proc/%d/exe", o->pid);
		if (!guest_facts(o->pid, &s.plate, &facts))
			return fail(CLI_FAILED,
				    "process %d may not be looked into by you: this host lets "
				    "nobody but a process's parents (Yama)",
				    o->pid);
	} else {
		s.runtime = find_runtime();
		if (s.runtime == NULL)
			return CLI_RUN_FAILED;
		if (status == CLI_OK)
			status = debug_plate(s.runtime, &s.plate);
	}
	if (status == CLI_OK)
		status = memory_file("fbird-exchange", &s.exchange_fd, s.exchange);
	if (status == CLI_OK)
		status = memory_file("fbird-symbols", &s.symbols_fd, s.symbols);
	if (status == CLI_OK)
		status = memory_file("fbird-script", &s.script_fd, path);
	if (status != CLI_OK)
		return status;
	if (!o->plain && has_python(o->gdb)) {
		s.python = find_part("FBIRD_GDB_SCRIPT", "fbird.py");
		if (s.python == NULL)
			return CLI_RUN_FAILED;
	}
	s.out = fopen(path, "w");
	if (s.out == NULL)
		return fail(CLI_RUN_FAILED, "cannot write %s: %s", path, strerror(errno));
	put_settings(&s, o, argc, argv);
	script_commands(&s);
	if (s.python != NULL)
		put_python(&s, o);
	if (o->pid != 0)
		put_attach(&s, o);
	else
		put_start(&s);
	if (fclose(s.out) != 0)
		return fail(CLI_RUN_FAILED, "cannot write %s: %s", path, strerror(errno));
	return become_gdb(o, path);
}
