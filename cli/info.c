/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/info.c: `fbird info`: says what a file is, which system it was made for, and on what
 * evidence; then what would be mapped where if it were run. It looks with the same eyes as
 * the runtime (loader/), so what it says is what happens.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "core/abi.h"
#include "loader/aout.h"
#include "loader/detect.h"
#include "loader/elf.h"
#include "loader/elffile.h"
#include "loader/script.h"

struct program_file {
	const char *path;
	int fd;
	struct loader_source source;
};

static long read_file(void *ctx, void *buf, size_t n, u64 off)
{
	const struct program_file *f = ctx;
	ssize_t got = pread(f->fd, buf, n, (off_t)off);

	/* Neutral error numbers are this host's. */
	return got < 0 ? -errno : got;
}

/* A name as it stands, else, when it has no slash, what PATH leads to. */
static char *locate(const char *name)
{
	const char *path = getenv("PATH");

	if (strchr(name, '/') != NULL || access(name, F_OK) == 0 || path == NULL)
		return format_string("%s", name);
	for (const char *end;; path = end + 1) {
		char *candidate;

		end = strchrnul(path, ':');
		candidate = format_string("%.*s%s%s", (int)(end - path), path,
					  end == path ? "" : "/", name);
		if (access(candidate, F_OK) == 0)
			return candidate;
		free(candidate);
		if (*end == '\0')
			return format_string("%s", name);
	}
}

/* fd: what open(2) answered for the path. */
static int look_at(const char *path, int fd, struct program_file *f)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		return fail(errno == ENOENT || errno == ENOTDIR ? CLI_NOT_FOUND : CLI_CANNOT_RUN,
			    "cannot look at %s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return fail(CLI_CANNOT_RUN, "cannot look at %s: it is %s, not a program", path,
			    S_ISDIR(st.st_mode) ? "a directory" : "a device, pipe or socket");
	f->path = path;
	f->fd = fd;
	f->source = (struct loader_source){.pread = read_file, .ctx = f, .size = (u64)st.st_size};
	return CLI_OK;
}

static void row(const char *label, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void row(const char *label, const char *fmt, ...)
{
	va_list ap;

	printf("  %-13s ", label);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* Text from the file goes to a terminal: nothing in it may command that. */
static const char *printable(char *text)
{
	for (char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	}
	return text;
}

static void print_release(const struct loader_verdict *v)
{
	u32 n = v->abi_version;

	if (v->personality == NULL || n == 0)
		return;
	/* sys/param.h of each system says how its number is made. */
	if (v->is_android)
		row("made for", "Android, API level %u", n);
	else if (strcmp(v->personality, "freebsd") == 0 && n >= 500000)
		row("made for", "FreeBSD %u.%u or later", n / 100000, n / 1000 % 100);
	else if (strcmp(v->personality, "linux") == 0)
		row("made for", "Linux %u.%u.%u or later", n >> 16, n >> 8 & 0xff, n & 0xff);
	else if (strcmp(v->personality, "netbsd") == 0)
		row("made for", "NetBSD %u.%u or later", n / 100000000, n / 1000000 % 100);
}

static void print_verdict(const struct program_file *f, struct loader_verdict *v)
{
	const char *machine = elf_machine_name(v->machine);
	bool elf = v->format == LOADER_ELF64 || v->format == LOADER_ELF32;

	printf("%s: %s", f->path, loader_format_name(v->format));
	if (elf && machine != NULL)
		printf(", %s", machine);
	else if (elf)
		printf(", processor number %u", v->machine);
	if (elf && v->elf_type == ELF_ET_EXEC)
		printf(", executable at a fixed address");
	if (elf && v->elf_type == ELF_ET_DYN)
		printf(", position-independent");
	putchar('\n');
	if (elf || v->format == LOADER_PDP11)
		row("system", "%s%s", v->personality != NULL ? v->personality : "not known",
		    v->weak ? ", or what its root is" : "");
	row("because", "%s%s%s%s", printable(v->reason), v->reason_kind != NULL ? " (" : "",
	    v->reason_kind != NULL ? v->reason_kind : "", v->reason_kind != NULL ? ")" : "");
	print_release(v);
	if (v->is_go)
		row("language", "Go, by its build id note");
}

static void print_library(void *ctx, u64 tag, const char *value)
{
	char *copy = format_string("%s", value);

	(void)ctx;
	row(tag == ELF_DT_NEEDED   ? "library"
	    : tag == ELF_DT_SONAME ? "own name"
				   : "library path",
	    "%s", printable(copy));
	free(copy);
}

static void print_segments(const struct loader_elf_plan *plan)
{
	for (u32 i = 0; i < plan->nsegments; i++) {
		const struct loader_segment *s = &plan->segment[i];

		row(i == 0 ? "segments" : "",
		    "0x%-12lx to 0x%-12lx %c%c%c  0x%lx bytes from file offset 0x%lx", s->vaddr,
		    s->vaddr + s->memsz, s->prot & CORE_PROT_READ ? 'r' : '-',
		    s->prot & CORE_PROT_WRITE ? 'w' : '-', s->prot & CORE_PROT_EXEC ? 'x' : '-',
		    s->filesz, s->offset);
	}
}

static int print_elf(const struct program_file *f)
{
	struct loader_elf_plan plan;
	struct loader_error why;

	if (loader_elf_plan(&f->source, &plan, &why) != 0)
		return fail(CLI_CANNOT_RUN, "%s cannot be run: %s", f->path, why.text);
	row("entry point", "0x%lx", plan.entry);
	row("memory", "0x%lx to 0x%lx%s", plan.lo, plan.hi,
	    plan.type == LOADER_ELF_DYN ? ", moved to where there is room" : "");
	print_segments(&plan);
	if (plan.interp[0] != '\0')
		row("interpreter", "%s", printable(plan.interp));
	else
		row("interpreter", "none: %s",
		    plan.has_needed ? "a dynamic linker, or a library that can be started"
				    : "it is static");
	if (loader_elf_dynamic(&f->source, print_library, NULL) < 0)
		row("library", "its list is damaged and cannot be read further");
	row("stack", "%s",
	    !plan.has_stack		       ? "it does not say whether executable"
	    : plan.stack_prot & CORE_PROT_EXEC ? "asks for an executable one"
					       : "not executable");
	row("thread data", "%s", plan.has_tls ? "has initial thread-local data" : "none");
	return CLI_OK;
}

static int print_pdp11(const struct program_file *f, const struct loader_verdict *v)
{
	const char *system = v->personality != NULL ? v->personality : "v7";
	struct loader_aout a;
	struct loader_error why;

	if (loader_aout_plan(&f->source, system, &a, &why) != 0)
		return fail(CLI_CANNOT_RUN, "%s cannot be run: %s", f->path, why.text);
	row("magic number", "0%o: %s", a.magic,
	    a.split	  ? "text and data in spaces of their own"
	    : a.pure	  ? "text that is not written"
	    : a.text_addr ? "of the First or Second Edition"
			  : "text and data in one");
	row("entry point", "0%o", a.entry);
	row("text", "0%o to 0%o", a.text_addr, a.text_addr + a.text);
	row("data", "0%o to 0%o, the last %u bytes zero", a.data_addr, a.data_addr + a.data + a.bss,
	    a.bss);
	for (u32 i = 0; i < LOADER_AOUT_OVERLAYS; i++) {
		if (a.overlay[i] != 0)
			row("overlay", "%u: %u bytes at 0%o", i + 1, a.overlay[i], a.overlay_addr);
	}
	return CLI_OK;
}

static int print_script(const struct program_file *f)
{
	CLEAN_FREE char *head = allocate(LOADER_SCRIPT_MAX);
	struct loader_script script;
	struct loader_error why;
	long n = read_file((void *)f, head, LOADER_SCRIPT_MAX, 0);

	if (n < 0)
		return fail(CLI_CANNOT_RUN, "cannot read %s: %s", f->path, strerror((int)-n));
	if (loader_script_parse(&loader_script_freebsd, head, (u32)n, &script, &why) != 0)
		return fail(CLI_CANNOT_RUN, "%s cannot be run: %s", f->path, why.text);
	row("system", "that of its interpreter");
	row("interpreter", "%s", printable(script.interp));
	if (script.arg != NULL)
		row("argument", "%s", printable(script.arg));
	return CLI_OK;
}

static int describe(const char *name)
{
	CLEAN_FREE char *path = locate(name);
	CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct program_file f;
	struct loader_verdict verdict;
	int status = look_at(path, fd, &f);
	long err;

	if (status != CLI_OK)
		return status;
	err = loader_detect(&f.source, &verdict);
	if (err != 0)
		return fail(CLI_CANNOT_RUN, "cannot read %s: %s", path, strerror((int)-err));
	print_verdict(&f, &verdict);
	switch (verdict.format) {
	case LOADER_ELF64:
	case LOADER_ELF32:
		return print_elf(&f);
	case LOADER_PDP11:
		return print_pdp11(&f, &verdict);
	case LOADER_SCRIPT:
		return print_script(&f);
	default:
		return fail(
		    CLI_CANNOT_RUN,
		    "%s cannot be run: only ELF and PDP-11 programs and #! scripts can, and %s",
		    path, verdict.reason);
	}
}

static int info_main(int argc, char **argv)
{
	static const struct option none[] = {{0}};
	int status = CLI_OK;
	int answer = getopt_long(argc, argv, "+:", none, NULL);

	if (answer != -1)
		return fail_option(CLI_USAGE, "info", answer, argv);
	if (optind >= argc)
		return fail(CLI_USAGE, "no program given; the form is 'fbird info PROGRAM...'");
	for (int i = optind; i < argc; i++) {
		int one = describe(argv[i]);

		if (status == CLI_OK)
			status = one;
	}
	return status;
}

const struct command command_info = {
    .name = "info",
    .summary = "say what a program is, and why",
    .help =
	"usage: fbird info PROGRAM...\n"
	"\n"
	"Says of each file what it is, which system it was made for and which piece of\n"
	"evidence decided that: a note, the interpreter, a segment or section, EI_OSABI, or\n"
	"nothing (then Linux is assumed). Then its entry point, segments, interpreter and\n"
	"libraries. A name without a slash that is not in this directory is searched in PATH.\n"
	"\n"
	"Exit status: 0; 126 when a file is no program that can be run, 127 when there is none.\n",
    .main = info_main,
};
