/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/confine.c: cli/confine.h, by the host's own calls: what is linked to fbird is loaded by each
 * `fbird run`, so there is no library here.
 *
 * Facts: landlock(7), seccomp(2), capabilities(7).
 */
#include "cli/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "cli/cli.h"

#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define MAKES                                                                                      \
	(LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |                          \
	 LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |                              \
	 LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |                              \
	 LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |                            \
	 LANDLOCK_ACCESS_FS_MAKE_SYM)
#define REFERS	  (1ull << 13) /* LANDLOCK_ACCESS_FS_REFER, of ABI 2 */
#define TRUNCATES (1ull << 14) /* LANDLOCK_ACCESS_FS_TRUNCATE, of ABI 3 */
/* Of ABI 4 (linux/landlock.h of Linux 6.7). */
#define BINDS	  (1ull << 0) /* LANDLOCK_ACCESS_NET_BIND_TCP */
#define CONNECTS  (1ull << 1) /* LANDLOCK_ACCESS_NET_CONNECT_TCP */
#define RULE_PORT 2	      /* LANDLOCK_RULE_NET_PORT */
#define OF_FILES                                                                                   \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |                              \
	 LANDLOCK_ACCESS_FS_READ_FILE | TRUNCATES)

/* ---- Landlock ------------------------------------------------------------------------------- */

/* landlock_ruleset_attr, with what ABI 4 has. */
struct handled {
	u64 files, net;
};

/* landlock_net_port_attr */
struct port {
	u64 access, port;
};

static long version(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static u64 file_rights(void)
{
	long abi = version();
	u64 all = READS | MAKES | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE;

	if (abi < 1)
		return 0;
	return all | (abi >= 2 ? REFERS : 0) | (abi >= 3 ? TRUNCATES : 0);
}

static u64 access_of(unsigned long rights)
{
	return (rights & 1 ? READS : 0) |
	       (rights & 2 ? LANDLOCK_ACCESS_FS_WRITE_FILE | MAKES | REFERS | TRUNCATES : 0) |
	       (rights & 4 ? LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE : 0);
}

/* 0 or errno. */
static int allow_fd(int ruleset, int fd, u64 access)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = access};
	struct stat st;

	if (fstat(fd, &st) != 0)
		return errno;
	if (!S_ISDIR(st.st_mode))
		rule.allowed_access &= OF_FILES;
	rule.parent_fd = fd;
	return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0
		   ? 0
		   : errno;
}

static int allow(int ruleset, const char *path, u64 access)
{
	CLEAN_FD int fd = open(path, O_PATH | O_CLOEXEC);

	return fd < 0 ? errno : allow_fd(ruleset, fd, access);
}

static int add_path(int ruleset, const char *where, const char *path, const char *tree, u64 access)
{
	CLEAN_FREE char *full = format_string("%s%s", tree, path);
	int error = allow(ruleset, full, access);

	/* Names that are looked up in the process are the root's or, failing that, the host's. */
	if (*tree != '\0' && (error == 0 || error == ENOENT)) {
		int host = allow(ruleset, path, access);

		error = host == ENOENT ? error : host;
	}
	if (error != 0)
		return fail(
		    CLI_RUN_FAILED,
		    "%s: cannot let the program have %s: %s; a path rule names what is there",
		    where, path, strerror(error));
	return CLI_OK;
}

static int add_ports(int ruleset, const char *where, const char *ports, unsigned long rights)
{
	struct port rule = {.access = (rights & 1 ? CONNECTS : 0) | (rights & 2 ? BINDS : 0)};
	unsigned from, to;

	if (sscanf(ports, "%u %u", &from, &to) != 2)
		return fail(CLI_RUN_FAILED, "%s: ports that make no sense: '%s'", where, ports);
	for (rule.port = from; rule.port <= to; rule.port++)
		if (syscall(SYS_landlock_add_rule, ruleset, RULE_PORT, &rule, 0) != 0)
			return fail(CLI_RUN_FAILED, "%s: cannot let the program have port %u: %s",
				    where, (unsigned)rule.port, strerror(errno));
	return CLI_OK;
}

/* "path RIGHTS WHERE\tPATH" or "port RIGHTS WHERE\tFROM TO" */
static int add_line(int ruleset, char *line, const char *tree, const struct handled *all)
{
	char *where, *what, *end;
	unsigned long rights = strtoul(line + 5, &end, 10);

	line[strcspn(line, "\n")] = '\0';
	where = end + (*end == ' ');
	what = strchr(where, '\t');
	if (what == NULL)
		return fail(CLI_RUN_FAILED, "a rule that makes no sense: '%s'", line);
	*what++ = '\0';
	if (strncmp(line, "path ", 5) == 0)
		return add_path(ruleset, where, what, tree, access_of(rights) & all->files);
	return add_ports(ruleset, where, what, rights);
}

/*
 * What the runtime itself needs: its own image and the libraries beside it, to execute and read;
 * /proc, by which it looks at its own process; and where terminals and null devices are.
 */
static int allow_runtime(int ruleset, int own, u64 all)
{
	static const char *const needs[] = {"/proc",	 "/dev/null",	"/dev/zero",   "/dev/tty",
					    "/dev/full", "/dev/random", "/dev/urandom"};
	int error = allow_fd(ruleset, own, access_of(1 | 4) & all);

	if (error != 0)
		return fail(CLI_RUN_FAILED, "cannot let the runtime have its own files: %s",
			    strerror(error));
	for (size_t i = 0; i < ARRAY_LEN(needs); i++)
		allow(ruleset, needs[i],
		      (access_of(1) | LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATES) & all);
	return CLI_OK;
}

/* From the first rule of its kind on, everything else of the kind is refused. */
static int what_is_handled(FILE *f, struct handled *all)
{
	char *line = NULL;
	size_t room = 0;

	*all = (struct handled){0, 0};
	while (getline(&line, &room, f) > 0)
		if (strncmp(line, "path ", 5) == 0)
			all->files = file_rights();
		else
			all->net |= (strtoul(line + 5, NULL, 10) & 1 ? CONNECTS : 0) |
				    (strtoul(line + 5, NULL, 10) & 2 ? BINDS : 0);
	free(line);
	rewind(f);
	if (version() < 1)
		return fail(CLI_RUN_FAILED,
			    "this host has no Landlock, which path and port rules take (Linux "
			    "5.13, with 'landlock' among the security modules); --no-host runs "
			    "without them");
	if (all->net != 0 && version() < 4)
		return fail(CLI_RUN_FAILED, "this host's Landlock knows no ports, which port rules "
					    "take (Linux 6.7); --no-host runs without them");
	return CLI_OK;
}

static int confine_by_landlock(FILE *f, const char *tree, int own)
{
	struct handled all;
	CLEAN_FD int ruleset = -1;
	CLEAN_FREE char *line = NULL;
	size_t room = 0;
	int status = what_is_handled(f, &all);

	if (status != CLI_OK)
		return status;
	ruleset = (int)syscall(SYS_landlock_create_ruleset, &all,
			       all.net != 0 ? sizeof(all) : sizeof(all.files), 0);
	if (ruleset < 0)
		return fail(CLI_RUN_FAILED, "cannot make a Landlock ruleset: %s", strerror(errno));
	if (all.files != 0)
		status = allow_runtime(ruleset, own, all.files);
	while (status == CLI_OK && getline(&line, &room, f) > 0)
		status = add_line(ruleset, line, tree, &all);
	if (status == CLI_OK && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		status =
		    fail(CLI_RUN_FAILED, "cannot take the Landlock rules on: %s", strerror(errno));
	return status;
}

static int confine_rules(int fd, const char *tree, int own)
{
	FILE *f = lseek(fd, 0, SEEK_SET) == 0 ? fdopen(fd, "r") : NULL;
	int status;

	if (f == NULL)
		return fail(CLI_RUN_FAILED, "cannot read the path and port rules: %s",
			    strerror(errno));
	status = confine_by_landlock(f, tree, own);
	fclose(f);
	return status;
}

/* ---- the others ----------------------------------------------------------------------------- */

static int confine_calls(int fd)
{
	struct stat st;
	struct sock_fprog program;
	CLEAN_FREE void *code = NULL;

	if (fstat(fd, &st) != 0 || st.st_size <= 0 || st.st_size > 4096 * 8)
		return fail(CLI_RUN_FAILED, "the seccomp filter is none");
	code = allocate((size_t)st.st_size);
	if (pread(fd, code, (size_t)st.st_size, 0) != st.st_size)
		return fail(CLI_RUN_FAILED, "cannot read the seccomp filter: %s", strerror(errno));
	program.len = (unsigned short)((size_t)st.st_size / sizeof(struct sock_filter));
	program.filter = code;
	close(fd);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
		return fail(CLI_RUN_FAILED, "cannot take the seccomp filter on: %s",
			    strerror(errno));
	return CLI_OK;
}

static int confine_capabilities(u64 keep)
{
	struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];

	for (int cap = 0; cap < 64 && prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
		if (!(keep >> cap & 1) && prctl(PR_CAPBSET_READ, cap, 0, 0, 0) == 1 &&
		    prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) != 0 && errno != EPERM)
			return fail(CLI_RUN_FAILED, "cannot give capability %d up: %s", cap,
				    strerror(errno));
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capget, &head, data) != 0)
		return fail(CLI_RUN_FAILED, "cannot read the capabilities: %s", strerror(errno));
	for (u32 i = 0; i < 2; i++) {
		data[i].effective &= (u32)(keep >> 32 * i);
		data[i].permitted &= (u32)(keep >> 32 * i);
		data[i].inheritable &= (u32)(keep >> 32 * i);
	}
	if (syscall(SYS_capset, &head, data) != 0)
		return fail(CLI_RUN_FAILED, "cannot give capabilities up: %s", strerror(errno));
	return CLI_OK;
}

int confine(const struct confine *c, const char *tree, int own)
{
	int status = CLI_OK;

	if (c->filter < 0 && c->rules < 0 && !c->limits_capabilities)
		return CLI_OK;
	/* Nothing it executes gets rights that it has not: the filters ask for that. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return fail(CLI_RUN_FAILED, "cannot set no_new_privs: %s", strerror(errno));
	if (c->rules >= 0)
		status = confine_rules(c->rules, tree, own);
	if (status == CLI_OK && c->limits_capabilities)
		status = confine_capabilities(c->capabilities);
	if (status == CLI_OK && c->filter >= 0)
		status = confine_calls(c->filter);
	return status;
}
