/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/run.c: `fbird run`: prepares environment and directory, finds the program, and
 * becomes fbird-rt.
 *
 * What the file is, is decided in fbird-rt, because a guest's own execve must decide it
 * too; all that is told here is whether there is a file to run at all, and whether it is a
 * Linux program, which is executed and done with. The runtime reads
 *
 *	argv[0] "fbird-rt"
 *	argv[1] "FBIRD1;key=value;..."	personality=NAME  missing=1  linux=1  host=FD  root=PATH
 *	                     tree=PATH  login=NAME (who logged in)  zone=MINUTES (cli/zone.c)
 *	argv[2] the program's path
 *	argv[3] and on: the guest's own argv
 *
 * (host: this process is in a view, and that is the host's root directory; root: no view was
 * to be had; tree: what is "/" in the view, for fbird ps) and takes the environment as the
 * guest's. In values ';', '%' and control characters are written as %XX.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "cli/cli.h"
#include "cli/inside.h"
#include "cli/confine.h"
#include "cli/program.h"
#include "cli/run_root.h"
#include "cli/view.h"
#include "cli/zone.h"
#include "loader/detect.h"

struct run_options {
	const char *personality;
	const char *root;
	const char *argv0;
	const char *directory;
	bool missing;
	bool native_children;
	bool debugged;	  /* by a debugger, which puts what it takes for the program first */
	int debug_socket; /* 0, or a debugger's (core/debugged.h) */
	bool leave_code;  /* the runtime is not to change the program's code */
	int trace_memory; /* -1, or a descriptor of it (trace/trace.h) */
	int policy;	  /* and of that of trace/policy.h */
	struct confine confine;
	bool entered; /* the view is a namespace, and this process is in it */
	struct view_options view;
};

enum {
	OPT_PERSONALITY = 256,
	OPT_MISSING,
	OPT_ENV,
	OPT_UNSETENV,
	OPT_CHDIR,
	OPT_ARGV0,
	OPT_ROOT,
	OPT_NATIVE_CHILDREN,
	OPT_VIEW,
	OPT_READ_ONLY,
	OPT_OVERLAY,
	OPT_BIND,
	OPT_TRACE_MEMORY,
	OPT_POLICY_MEMORY,
	OPT_RULES,
	OPT_FILTER,
	OPT_CAPABILITIES,
	OPT_DEBUGGED,
	OPT_LEAVE_CODE,
	OPT_DEBUG_SOCKET,
};

static const struct option long_options[] = {
    {"personality", required_argument, NULL, OPT_PERSONALITY},
    {"missing", no_argument, NULL, OPT_MISSING},
    {"env", required_argument, NULL, OPT_ENV},
    {"unsetenv", required_argument, NULL, OPT_UNSETENV},
    {"chdir", required_argument, NULL, OPT_CHDIR},
    {"argv0", required_argument, NULL, OPT_ARGV0},
    {"root", required_argument, NULL, OPT_ROOT},
    {"native-children", no_argument, NULL, OPT_NATIVE_CHILDREN},
    {"view", required_argument, NULL, OPT_VIEW},
    {"read-only", no_argument, NULL, OPT_READ_ONLY},
    {"overlay", optional_argument, NULL, OPT_OVERLAY},
    {"bind", required_argument, NULL, OPT_BIND},
    {"trace-memory", required_argument, NULL, OPT_TRACE_MEMORY},   /* of fbird trace */
    {"policy-memory", required_argument, NULL, OPT_POLICY_MEMORY}, /* of fbird audit */
    {"confine-rules", required_argument, NULL, OPT_RULES},
    {"confine-calls", required_argument, NULL, OPT_FILTER},
    {"confine-capabilities", required_argument, NULL, OPT_CAPABILITIES},
    {"debugged", required_argument, NULL, OPT_DEBUGGED}, /* of fbird debug */
    {"leave-code", no_argument, NULL, OPT_LEAVE_CODE},
    {"debug-socket", required_argument, NULL, OPT_DEBUG_SOCKET},
    {0},
};

static int set_environment(char *assignment)
{
	char *equals = strchr(assignment, '=');

	if (equals == NULL || equals == assignment)
		return fail(CLI_RUN_FAILED, "'--env %s' is not of the form NAME=VALUE", assignment);
	*equals = '\0';
	if (setenv(assignment, equals + 1, 1) != 0)
		return fail(CLI_RUN_FAILED, "cannot set the variable %s: %s", assignment,
			    strerror(errno));
	return CLI_OK;
}

static int set_view(const char *name, struct view_options *o)
{
	if (strcmp(name, "auto") == 0)
		o->kind = VIEW_AUTO;
	else if (strcmp(name, "namespace") == 0)
		o->kind = VIEW_NAMESPACE;
	else if (strcmp(name, "in-process") == 0)
		o->kind = VIEW_IN_PROCESS;
	else
		return fail(CLI_RUN_FAILED,
			    "'--view %s' is none of 'auto', 'namespace' and 'in-process'", name);
	return CLI_OK;
}

static int add_bind(const char *text, struct view_options *o)
{
	if (o->nbinds == VIEW_BINDS_MAX)
		return fail(CLI_RUN_FAILED, "more than %d times '--bind'", VIEW_BINDS_MAX);
	o->binds[o->nbinds++] = text;
	return CLI_OK;
}

/* The runtime's descriptors keep away from those a program counts on. */
static int high_descriptor(int fd)
{
	int high = fcntl(fd, F_DUPFD, 960);

	return high >= 0 ? high : fcntl(fd, F_DUPFD, 20);
}

static int move_high(int fd)
{
	int high = high_descriptor(fd);

	if (high < 0)
		return fd;
	close(fd);
	return high;
}

/* What a debugger has open and the program shall not: "3,4". */
static void close_list(const char *text)
{
	for (char *end;; text = end + 1) {
		long fd = strtol(text, &end, 10);

		if (end == text)
			return;
		close((int)fd);
		if (*end != ',')
			return;
	}
}

static int parse_options(int argc, char **argv, struct run_options *o)
{
	int answer;

	while ((answer = getopt_long(argc, argv, "+:", long_options, NULL)) != -1) {
		switch (answer) {
		case OPT_PERSONALITY:
			o->personality = optarg;
			break;
		case OPT_MISSING:
			o->missing = true;
			break;
		case OPT_ENV:
			if (set_environment(optarg) != CLI_OK)
				return CLI_RUN_FAILED;
			break;
		case OPT_UNSETENV:
			if (unsetenv(optarg) != 0)
				return fail(CLI_RUN_FAILED, "cannot unset the variable '%s': %s",
					    optarg, strerror(errno));
			break;
		case OPT_CHDIR:
			o->directory = optarg;
			break;
		case OPT_ARGV0:
			o->argv0 = optarg;
			break;
		case OPT_ROOT:
			o->root = optarg;
			break;
		case OPT_NATIVE_CHILDREN:
			o->native_children = true;
			break;
		case OPT_VIEW:
			if (set_view(optarg, &o->view) != CLI_OK)
				return CLI_RUN_FAILED;
			break;
		case OPT_READ_ONLY:
			o->view.read_only = true;
			break;
		case OPT_OVERLAY:
			o->view.overlay = true;
			o->view.layer = optarg;
			break;
		case OPT_BIND:
			if (add_bind(optarg, &o->view) != CLI_OK)
				return CLI_RUN_FAILED;
			break;
		case OPT_TRACE_MEMORY:
			o->trace_memory = move_high(atoi(optarg));
			break;
		case OPT_POLICY_MEMORY:
			o->policy = move_high(atoi(optarg));
			break;
		case OPT_RULES:
			o->confine.rules = move_high(atoi(optarg));
			break;
		case OPT_FILTER:
			o->confine.filter = move_high(atoi(optarg));
			break;
		case OPT_CAPABILITIES:
			o->confine.limits_capabilities = true;
			o->confine.capabilities = strtoull(optarg, NULL, 16);
			break;
		case OPT_DEBUGGED:
			o->debugged = true;
			close_list(optarg);
			break;
		case OPT_DEBUG_SOCKET:
			o->debug_socket = move_high(atoi(optarg));
			break;
		case OPT_LEAVE_CODE:
			o->leave_code = true;
			break;
		default:
			return fail_option(CLI_RUN_FAILED, "run", answer, argv);
		}
	}
	optind += o->debugged;
	if (optind >= argc)
		return fail(
		    CLI_RUN_FAILED,
		    "no program given; the form is 'fbird run [OPTIONS] PROGRAM [ARGS...]'");
	return CLI_OK;
}

/* 0, or why a path is nothing that can be executed. */
static int why_not_executable(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return errno;
	if (S_ISDIR(st.st_mode))
		return EISDIR;
	if (!S_ISREG(st.st_mode) || access(path, X_OK) != 0)
		return EACCES;
	return 0;
}

/*
 * Searches PATH as a shell does: a match that may not be executed is remembered, not taken,
 * and a directory that may not be searched holds nothing.
 */
static char *search_path(const char *name, int *why)
{
	const char *path = getenv("PATH");
	const char *end;

	if (path == NULL)
		path = "/bin:/usr/bin";
	*why = ENOENT;
	for (;; path = end + 1) {
		char *candidate;
		int answer;

		end = strchrnul(path, ':');
		candidate = format_string("%.*s%s%s", (int)(end - path), path,
					  end == path ? "" : "/", name);
		answer = why_not_executable(candidate);
		if (answer == 0)
			return candidate;
		if (answer == EACCES && access(candidate, F_OK) == 0)
			*why = EACCES;
		free(candidate);
		if (*end == '\0')
			return NULL;
	}
}

static int find_program(const char *name, char **found)
{
	int why;

	if (strchr(name, '/') == NULL) {
		*found = search_path(name, &why);
		if (*found != NULL)
			return CLI_OK;
		if (why == EACCES)
			return fail(CLI_CANNOT_RUN,
				    "cannot run %s: what PATH leads to may not be executed", name);
		return fail(CLI_NOT_FOUND, "cannot find the program '%s' in PATH", name);
	}
	why = why_not_executable(name);
	switch (why) {
	case 0:
		*found = format_string("%s", name);
		return CLI_OK;
	case ENOENT:
	case ENOTDIR:
		return fail(CLI_NOT_FOUND, "cannot find the program %s: %s", name, strerror(why));
	case EISDIR:
		return fail(CLI_CANNOT_RUN, "cannot run %s: it is a directory", name);
	case EACCES:
		return fail(
		    CLI_CANNOT_RUN,
		    "cannot run %s: it may not be executed; if it is a program, 'chmod +x' it",
		    name);
	default:
		return fail(CLI_CANNOT_RUN, "cannot run %s: %s", name, strerror(why));
	}
}

static void put_value(FILE *out, const char *key, const char *value)
{
	fprintf(out, ";%s=", key);
	for (const unsigned char *p = (const unsigned char *)value; *p != '\0'; p++) {
		if (*p == ';' || *p == '%' || *p < 0x20 || *p == 0x7f)
			fprintf(out, "%%%02X", *p);
		else
			fputc(*p, out);
	}
}

/* Who logged in, as login(1) says it: asking the user database costs more than it all. */
static const char *login_name(void)
{
	const char *name = getenv("LOGNAME");

	if (name == NULL || *name == '\0')
		name = getenv("USER");
	if (name == NULL || *name == '\0')
		name = getuid() == 0 ? "root" : NULL;
	return name;
}

/* May it be a program whose kernel keeps a time zone, or start one? */
static bool wants_zone(const char *program)
{
	struct program_file file CLEAN_PROGRAM = {.fd = -1};
	char head[4];

	return program_open(&file, program) == 0 &&
	       file.source.pread(file.source.ctx, head, sizeof(head), 0) == sizeof(head) &&
	       memcmp(head, "\177ELF", sizeof(head)) != 0;
}

static char *configuration(const struct run_options *o, int host, const char *program)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL)
		exit(fail(CLI_RUN_FAILED, "out of memory"));
	fputs("FBIRD1", out);
	if (o->personality != NULL)
		put_value(out, "personality", o->personality);
	if (o->view.edition != NULL)
		put_value(out, "edition", o->view.edition);
	if (o->missing)
		put_value(out, "missing", "1");
	if (o->debug_socket > 0)
		fprintf(out, ";debug=%d", o->debug_socket);
	if (o->leave_code)
		put_value(out, "leave-code", "1");
	/* In a view the kernel by itself would find neither program nor interpreter. */
	if (o->trace_memory >= 0)
		fprintf(out, ";trace=%d", o->trace_memory);
	if (o->policy >= 0)
		fprintf(out, ";policy=%d", o->policy);
	/* Who is traced or debugged is so whatever its system is. */
	if (o->trace_memory >= 0 || o->debugged ||
	    (!o->native_children && (host >= 0 || !binfmt_registered())))
		put_value(out, "linux", "1");
	if (host >= 0)
		fprintf(out, ";host=%d", host);
	else if (o->view.tree != NULL && !o->entered)
		put_value(out, "root", o->view.tree);
	if (o->entered && o->view.tree != NULL)
		put_value(out, "tree", o->view.tree);
	if (login_name() != NULL)
		put_value(out, "login", login_name());
	if (o->view.pdp11 || wants_zone(program)) {
		CLEAN_FREE char *zone = zone_text(time(NULL));

		if (strcmp(zone, "0") != 0) /* Greenwich is understood */
			put_value(out, "zone", zone);
	}
	if (fclose(out) != 0)
		exit(fail(CLI_RUN_FAILED, "out of memory"));
	return text;
}

/* By what the host's kernel is to refuse. In a view that was entered the runtime is a file alone.
 */
static int confine_to(const struct run_options *o, int runtime, const char *name)
{
	CLEAN_FREE char *directory = format_string("%s", name);
	CLEAN_FD int own = -1;

	*strrchr(directory, '/') = '\0';
	own = runtime >= 0 ? dup(runtime) : open(directory, O_PATH | O_CLOEXEC);
	return confine(&o->confine, runtime >= 0 || o->view.tree == NULL ? "" : o->view.tree, own);
}

static int become_runtime(const struct run_options *o, int runtime, const char *name, int host,
			  char *program, int argc, char **argv)
{
	CLEAN_FREE char *config = configuration(o, host, program);
	CLEAN_FREE char **vector = allocate(((size_t)argc + 4) * sizeof(*vector));
	int n = 0, status = confine_to(o, runtime, name);

	if (status != CLI_OK)
		return status;
	vector[n++] = (char[]){"fbird-rt"};
	vector[n++] = config;
	vector[n++] = program;
	vector[n++] = o->argv0 != NULL ? (char *)o->argv0 : argv[0];
	for (int i = 1; i < argc; i++)
		vector[n++] = argv[i];
	vector[n] = NULL;
	if (runtime >= 0) /* its path is the host's, and we are not there any more */
		syscall(SYS_execveat, runtime, "", vector, environ, AT_EMPTY_PATH);
	else
		execv(name, vector);
	if (errno == E2BIG)
		return fail(CLI_CANNOT_RUN,
			    "cannot run %s: its arguments and environment are too "
			    "long for this machine",
			    program);
	return fail(CLI_RUN_FAILED, "cannot execute the runtime image %s: %s", name,
		    strerror(errno));
}

/*
 * A program of this machine's own system needs none of us. With --root it does: its
 * interpreter and libraries are then not where the kernel would look.
 */
static bool runs_by_itself(const struct run_options *o, const char *path)
{
	struct program_file file CLEAN_PROGRAM = {.fd = -1};
	struct loader_verdict verdict;

	if (o->personality != NULL || o->root != NULL || o->trace_memory >= 0 || o->debugged ||
	    program_open(&file, path) != 0)
		return false;
	return loader_detect(&file.source, &verdict) == 0 && verdict.personality != NULL &&
	       strcmp(verdict.personality, "linux") == 0 &&
	       (verdict.format == LOADER_ELF64 || verdict.format == LOADER_ELF32);
}

static int cannot_change(const char *directory)
{
	return fail(CLI_RUN_FAILED, "cannot change to the directory %s: %s", directory,
		    strerror(errno));
}

/* The program by its name in the view; else, by a name with a slash, where the view has the
 * host's files. */
static int find_in_view(const struct view *v, char *name, char **found)
{
	CLEAN_FREE char *there = NULL;

	if (strchr(name, '/') == NULL || why_not_executable(name) != ENOENT)
		return find_program(name, found);
	there = *name == '/' ? format_string(VIEW_HOST "%s", name)
			     : format_string(VIEW_HOST "%s/%s", v->directory, name);
	return find_program(why_not_executable(there) == ENOENT ? name : there, found);
}

/* The same where the runtime looks names up itself: in the root first, the host second. */
static int find_in_tree(const char *tree, const char *name, char **found)
{
	CLEAN_FD int root = open(tree, O_PATH | O_DIRECTORY | O_CLOEXEC);
	const char *path = getenv("PATH");

	if (strchr(name, '/') != NULL) {
		CLEAN_FD int fd = *name == '/' ? open_inside(root, name, O_PATH) : -1;

		if (fd < 0)
			return find_program(name, found);
		*found = format_string("%s", name);
		return CLI_OK;
	}
	for (const char *p = path; p != NULL;) {
		int n = (int)(strchrnul(p, ':') - p);
		char *there = format_string("%.*s/%s", n, p, name);
		CLEAN_FD int fd = *p == '/' ? open_inside(root, there, O_PATH) : -1;

		if (fd >= 0) {
			*found = there;
			return CLI_OK;
		}
		free(there);
		p = p[n] == ':' ? p + n + 1 : NULL;
	}
	return find_program(name, found);
}

static int change_directory(const char *tree, const char *directory)
{
	CLEAN_FD int root = open(tree != NULL ? tree : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	CLEAN_FD int fd = open_inside(root, directory, O_PATH | O_DIRECTORY);

	if (fd < 0 || fchdir(fd) != 0)
		return fail(CLI_RUN_FAILED, "cannot change to the directory %s: %s", directory,
			    strerror(errno));
	return CLI_OK;
}

/* The directory of a program of the host that is named with a slash, and is none of the root's;
 * it may start others. */
static void directory_of(const char *tree, const char *name, char directory[PATH_MAX])
{
	CLEAN_FREE char *copy = format_string("%s", name);
	CLEAN_FD int root = open(tree, O_PATH | O_DIRECTORY | O_CLOEXEC);
	CLEAN_FD int there = *name == '/' ? open_inside(root, name, O_PATH) : -1;
	char *slash = strrchr(copy, '/');

	directory[0] = '\0';
	if (slash == NULL || there >= 0 || why_not_executable(name) != 0)
		return;
	slash[slash == copy] = '\0';
	if (realpath(copy, directory) == NULL)
		directory[0] = '\0';
}

/* name: the program to look for, where it is not argv[0]'s. */
static int run_in_view(struct run_options *o, char *name, int argc, char **argv)
{
	CLEAN_FREE char *runtime = find_runtime();
	CLEAN_FREE char *program = NULL;
	CLEAN_FD int image = -1;
	struct view v;
	bool own = run_root_is_linux(o->view.tree);
	bool moved = o->directory == NULL || chdir(o->directory) == 0;
	int status;

	if (runtime == NULL)
		return CLI_RUN_FAILED;
	image = open(runtime, O_RDONLY | O_CLOEXEC);
	directory_of(o->view.tree, name, o->view.program);
	run_root_prefer_path(&o->view);
	tzset(); /* while its files can be found */
	status = view_enter(&o->view, &v);
	if (status != CLI_OK)
		return status;
	o->entered = v.entered;
	if (!moved)
		status = change_directory(v.entered ? NULL : o->view.tree, o->directory);
	if (status != CLI_OK)
		return status;
	if (!v.entered) {
		status = find_in_tree(o->view.tree, name, &program);
		return status != CLI_OK ? status
					: become_runtime(o, -1, runtime, -1, program, argc, argv);
	}
	if (!own)
		run_root_extend_path();
	status = find_in_view(&v, name, &program);
	if (status != CLI_OK)
		return status;
	return become_runtime(o, image, runtime, own ? -1 : high_descriptor(v.host), program, argc,
			      argv);
}

static int run_on_host(struct run_options *o, int argc, char **argv)
{
	CLEAN_FREE char *runtime = NULL;
	CLEAN_FREE char *program = NULL;
	int status;

	if (o->directory != NULL && chdir(o->directory) != 0)
		return cannot_change(o->directory);
	status = find_program(argv[0], &program);
	if (status != CLI_OK || program == NULL)
		return status;
	if (runs_by_itself(o, program)) {
		char *name = argv[0];

		if (o->argv0 != NULL)
			argv[0] = (char *)o->argv0;
		execv(program, argv);
		return fail(CLI_CANNOT_RUN, "cannot run %s, a Linux program: %s", name,
			    strerror(errno));
	}
	status = run_root_default(program, &o->view);
	if (status != CLI_OK)
		return status;
	if (o->view.tree != NULL) {
		o->directory = NULL;
		return run_in_view(o, program, argc, argv);
	}
	runtime = find_runtime();
	return runtime == NULL ? CLI_RUN_FAILED
			       : become_runtime(o, -1, runtime, -1, program, argc, argv);
}

static int run_main(int argc, char **argv)
{
	struct run_options o = {
	    .trace_memory = -1, .policy = -1, .confine = {.filter = -1, .rules = -1}};
	int status = parse_options(argc, argv, &o);

	if (status != CLI_OK)
		return status;
	if (o.root == NULL)
		return run_on_host(&o, argc - optind, argv + optind);
	/* A relative root means the directory fbird was started in, wherever --chdir leads. */
	status = run_root_named(o.root, &o.view);
	return status != CLI_OK ? status
				: run_in_view(&o, argv[optind], argc - optind, argv + optind);
}

const struct command command_run = {
    .name = "run",
    .summary = "run a program",
    .help =
	"usage: fbird run [OPTIONS] PROGRAM [ARGS...]\n"
	"\n"
	"Runs PROGRAM as the system it was made for would, and ends as it ended. Without a\n"
	"slash in its name it is searched in PATH. Options end at PROGRAM or at '--'.\n"
	"\n"
	"  --personality NAME  do not detect what the program is; 'freebsd', 'illumos', 'linux',\n"
	"                      'feuerbird', or of the PDP-11 'v1', 'v2', 'v5', 'v6', 'pwb', 'v7',\n"
	"                      'sysv-pdp11', 'bsd29', 'bsd211'\n"
	"  --missing           at the end, list the system calls it asked for that are not there\n"
	"  --env NAME=VALUE    set a variable of its environment (any number of times)\n"
	"  --unsetenv NAME     take a variable out of its environment\n"
	"  --chdir DIR         start it in DIR; a relative PROGRAM is looked up from there\n"
	"  --argv0 NAME        let it see NAME as its own name\n"
	"  --native-children   let the host alone run the Linux programs it executes; they then\n"
	"                      find no FreeBSD programs, unless 'fbird binfmt' registered them\n"
	"  --root NAME|DIR     run it in that root (fbird help root), or that tree of its system\n"
	"  --read-only         let nothing in the root be changed\n"
	"  --overlay[=DIR]     keep changes to the root in DIR; in memory, until the end, without\n"
	"  --bind SRC:DST[:ro] let it see SRC of this machine as DST (any number of times)\n"
	"  --view KIND         how it sees the root: 'namespace', 'in-process', or what the host\n"
	"                      allows, 'auto'\n"
	"\n"
	"Exit status: the program's own; 125 when fbird itself failed, 126 when PROGRAM cannot\n"
	"be run, 127 when there is none. A program killed by a signal is reported as killed by "
	"it.\n",
    .main = run_main,
};
