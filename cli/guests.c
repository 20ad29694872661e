/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/guests.c: looking through /proc for guests.
 *
 * A guest is a process in which the runtime's plate lies where it must (trace/plate.h): neither the
 * name of a file nor of a process says so, and either may be anything. Figures are the host
 * kernel's, in proc_pid_stat(5). All that comes out of another process's memory is taken for
 * what a stranger says.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "cli/cli.h"
#include "cli/guests.h"
#include "cli/store.h"
#include "trace/trace.h"

#define COMMAND_MAX 4096

/* ---- memory of others ------------------------------------------------------------------- */

/* 0, or the errno. */
static int read_memory(pid_t pid, const void *at, void *out, size_t n)
{
	struct iovec here = {out, n}, there = {(void *)at, n};
	ssize_t r = process_vm_readv(pid, &here, 1, &there, 1, 0);

	if (r < 0)
		return errno;
	return (size_t)r == n ? 0 : EFAULT;
}

bool guest_read(pid_t pid, u64 at, void *out, size_t n)
{
	return read_memory(pid, (const void *)at, out, n) == 0;
}

bool guest_string(pid_t pid, const void *at, char *out, size_t size)
{
	size_t n = 0;

	/* Piece by piece: what follows the string may not be there. */
	while (n + 1 < size) {
		size_t piece = MIN(size - 1 - n, (size_t)(64 - ((uintptr_t)at + n) % 64));
		char *end;

		if (read_memory(pid, (const char *)at + n, out + n, piece) != 0)
			return false;
		end = memchr(out + n, '\0', piece);
		if (end != NULL)
			return true;
		n += piece;
	}
	out[n] = '\0';
	return true;
}

static int read_plate(pid_t pid, struct trace_plate *plate)
{
	int r = read_memory(pid, (const void *)(uintptr_t)TRACE_PLATE_AT, plate, sizeof(*plate));

	if (r == 0 && (plate->magic != TRACE_PLATE_MAGIC || plate->size != sizeof(*plate)))
		return ENOEXEC;
	return r;
}

bool guest_facts(pid_t pid, struct trace_plate *plate, struct trace_facts *facts)
{
	return read_plate(pid, plate) == 0 &&
	       read_memory(pid, plate->facts, facts, sizeof(*facts)) == 0;
}

bool guest_calls(pid_t pid, u64 *calls)
{
	struct trace_plate plate = {0};
	u64 at = 0;
	struct trace_slot *slots;
	u32 used = 0;
	bool good;

	*calls = 0;
	if (read_plate(pid, &plate) != 0 || read_memory(pid, plate.traced, &at, sizeof(at)) != 0 ||
	    at == 0 ||
	    read_memory(pid, (const void *)(at + offsetof(struct trace_header, slots_used)), &used,
			sizeof(used)) != 0)
		return false;
	used = MIN(used, (u32)TRACE_SLOTS);
	slots = allocate((used + 1) * sizeof(*slots));
	good = used == 0 || read_memory(pid, (const void *)(at + sizeof(struct trace_header)),
					slots, used * sizeof(*slots)) == 0;
	for (u32 i = 0; good && i < used; i++)
		if (slots[i].state == TRACE_CLAIMED && slots[i].pid == (u32)pid)
			*calls += slots[i].laid + slots[i].calls;
	free(slots);
	return good;
}

/* ---- /proc ------------------------------------------------------------------------------ */

static ssize_t read_file(pid_t pid, const char *name, char *out, size_t size)
{
	char path[64];
	int fd;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = read(fd, out, size - 1);
	close(fd);
	if (n >= 0)
		out[n] = '\0';
	return n;
}

bool guest_status(pid_t pid, const char *key, int base, u64 *value)
{
	CLEAN_FREE char *line = format_string("\n%s:", key);
	char text[8192];
	const char *at =
	    read_file(pid, "status", text, sizeof(text)) > 0 ? strstr(text, line) : NULL;

	if (at == NULL)
		return false;
	*value = strtoull(at + strlen(line), NULL, base);
	return true;
}

/* Fields are numbered as proc_pid_stat(5) does; the name in the second may hold anything. */
static bool read_stat(pid_t pid, struct guest *g)
{
	char text[1024], *p;
	u64 field[25] = {0};

	if (read_file(pid, "stat", text, sizeof(text)) <= 0)
		return false;
	p = strrchr(text, ')');
	if (p == NULL || p[1] != ' ' || p[2] == '\0' || p[3] != ' ')
		return false;
	g->state = p[2];
	p += 3;
	for (int i = 4; i < (int)ARRAY_LEN(field); i++)
		field[i] = strtoull(p, &p, 10);
	g->ppid = (pid_t)field[4];
	g->pgid = (pid_t)field[5];
	g->sid = (pid_t)field[6];
	g->vsz = field[23];
	g->ticks = field[14] + field[15];
	g->threads = (long)field[20];
	g->began = field[22];
	g->rss = field[24] * (u64)sysconf(_SC_PAGESIZE);
	return true;
}

static bool read_owner(pid_t pid, uid_t *uid)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d", pid);
	if (stat(path, &st) != 0)
		return false;
	*uid = st.st_uid;
	return true;
}

/*
 * The words of the command line, apart by blanks. Where the host could not be told of the guest's
 * own (an interpreted program), it has the runtime's: name, options, path and then those.
 */
static char *read_command(pid_t pid, const char *program)
{
	char text[COMMAND_MAX], *p = text, *end;
	ssize_t n = read_file(pid, "cmdline", text, sizeof(text));
	int skip = 0;
	char *out;

	if (n <= 0 || *program == '[')
		return format_string("%s", program);
	end = text + n;
	if (strcmp(text, "fbird-rt") == 0 && strncmp(text + 9, "FBIRD1", 6) == 0)
		skip = 3;
	else if (n > 9 && strlen(text) > 8 && strcmp(text + strlen(text) - 8, "fbird-rt") == 0)
		skip = 2; /* started by the kernel: itself, the program, and then those */
	for (; skip > 0 && p < end; skip--)
		p += strlen(p) + 1;
	if (p >= end)
		return format_string("%s", program);
	out = allocate((size_t)(end - p) + 1);
	memcpy(out, p, (size_t)(end - p));
	n = end - p;
	while (n > 1 && out[n - 1] == '\0')
		n--;
	for (ssize_t i = 0; i < n; i++) {
		if (out[i] == '\0')
			out[i] = ' ';
		else if (iscntrl((unsigned char)out[i]))
			out[i] = '?';
	}
	out[n] = '\0';
	return out;
}

/* ---- roots ------------------------------------------------------------------------------ */

/* NAME of STORE/NAME/tree; NULL. */
static char *name_in_store(const char *root)
{
	static char *store;
	char real[PATH_MAX];
	const char *rest, *slash;

	if (store == NULL) {
		CLEAN_FREE char *path = store_path();

		store = format_string("%s", path != NULL && realpath(path, real) ? real : "");
	}
	if (*store == '\0' || strncmp(root, store, strlen(store)) != 0)
		return NULL;
	rest = root + strlen(store);
	if (*rest++ != '/')
		return NULL;
	slash = strchr(rest, '/');
	if (slash == NULL || strcmp(slash, "/tree") != 0)
		return NULL;
	return format_string("%.*s", (int)(slash - rest), rest);
}

/* What a chroot of the guest's added is the kernel's to say. */
static char *root_of(pid_t pid, const char *said)
{
	char path[64], below[PATH_MAX];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/root", pid);
	n = readlink(path, below, sizeof(below) - 1);
	below[MAX(n, (ssize_t)0)] = '\0';
	if (n <= 1)
		return format_string("%s", *said != '\0' ? said : "/");
	/* The host's tree in a view: the guest is a program of the host's. */
	if (*said == '\0' && strcmp(below, "/compat/linux") == 0)
		return format_string("/");
	return format_string("%s%s", said, below);
}

/* ---- looking ---------------------------------------------------------------------------- */

static void no_controls(char *s)
{
	for (; *s != '\0'; s++)
		if (iscntrl((unsigned char)*s))
			*s = '?';
}

/*
 * A host may let nobody but ancestors read memory (Yama's ptrace_scope) and yet show what is
 * mapped: then that it is a guest can be seen, and no more.
 */
static bool is_mapped(pid_t pid)
{
	char path[64], line[PATH_MAX + 128], file[16];
	unsigned long long at = 0;
	bool found = false;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	in = fopen(path, "re");
	while (in != NULL && !found && fgets(line, sizeof(line), in) != NULL) {
		const char *slash = strrchr(line, '/');

		found = sscanf(line, "%llx-", &at) == 1 &&
			ALIGN_UP(at, PAGE_SIZE * 2) == TRACE_PLATE_AT && slash != NULL &&
			sscanf(slash, "/%15s", file) == 1 && strcmp(file, "fbird-rt") == 0;
	}
	if (in != NULL)
		fclose(in);
	return found;
}

static enum guest_look look_from_afar(pid_t pid, struct guest *g)
{
	if (!is_mapped(pid) || !read_stat(pid, g) || !read_owner(pid, &g->uid))
		return GUEST_CLOSED;
	memcpy(g->personality, "?", 2);
	g->root = format_string("?");
	g->program = format_string("?");
	g->command = read_command(pid, "?");
	return GUEST_IS;
}

enum guest_look guest_look(pid_t pid, struct guest *g)
{
	char program[1024] = "", root[PATH_MAX] = "";
	struct trace_plate plate = {0};
	struct trace_facts facts = {0};
	int error = read_plate(pid, &plate);

	memset(g, 0, sizeof(*g));
	g->pid = pid;
	if (error == EPERM || error == EACCES)
		return look_from_afar(pid, g);
	if (error == ESRCH && kill(pid, 0) != 0 && errno == ESRCH)
		return GUEST_GONE;
	if (error != 0 || read_memory(pid, plate.facts, &facts, sizeof(facts)) != 0 ||
	    facts.personality == NULL)
		return GUEST_NOT;
	if (!guest_string(pid, facts.personality, g->personality, sizeof(g->personality)) ||
	    !read_stat(pid, g) || !read_owner(pid, &g->uid))
		return GUEST_NOT;
	if (facts.root != NULL)
		guest_string(pid, facts.root, root, sizeof(root));
	if (facts.program != NULL)
		guest_string(pid, facts.program, program, sizeof(program));
	no_controls(g->personality);
	no_controls(program);
	no_controls(root);
	g->in_process = facts.in_process == 1;
	g->interpreted = facts.interpreted == 1;
	g->root = root_of(pid, root);
	g->name = name_in_store(g->root);
	g->command = read_command(pid, program);
	g->program = format_string("%s", program);
	return GUEST_IS;
}

void guest_free(struct guest *g)
{
	free(g->root);
	free(g->name);
	free(g->program);
	free(g->command);
}

static int by_pid(const void *a, const void *b)
{
	pid_t x = ((const struct guest *)a)->pid, y = ((const struct guest *)b)->pid;

	return (x > y) - (x < y);
}

static void add(struct guests *all, const struct guest *g)
{
	if (all->count % 64 == 0) {
		all->list = realloc(all->list, (all->count + 64) * sizeof(*all->list));
		if (all->list == NULL)
			exit(fail(CLI_FAILED, "out of memory"));
	}
	all->list[all->count++] = *g;
}

bool guests_find(struct guests *all, bool everybody)
{
	DIR *proc = opendir("/proc");
	struct dirent *e;

	memset(all, 0, sizeof(*all));
	if (proc == NULL)
		return false;
	while ((e = readdir(proc)) != NULL) {
		char *end;
		long pid = strtol(e->d_name, &end, 10);
		struct guest g;
		uid_t uid;

		if (*end != '\0' || pid <= 0 || pid > INT_MAX || !read_owner((pid_t)pid, &uid) ||
		    (!everybody && uid != geteuid()))
			continue;
		switch (guest_look((pid_t)pid, &g)) {
		case GUEST_IS:
			add(all, &g);
			break;
		case GUEST_CLOSED:
			all->closed++;
			break;
		case GUEST_NOT:
		case GUEST_GONE:
			break;
		}
	}
	closedir(proc);
	if (all->count > 0)
		qsort(all->list, all->count, sizeof(*all->list), by_pid);
	return true;
}

void guests_count_calls(struct guests *all)
{
	for (size_t i = 0; i < all->count; i++)
		all->list[i].traced = guest_calls(all->list[i].pid, &all->list[i].calls);
}

void guests_free(struct guests *all)
{
	for (size_t i = 0; i < all->count; i++)
		guest_free(&all->list[i]);
	free(all->list);
}

/* ---- names ------------------------------------------------------------------------------ */

const char *guest_user(uid_t uid)
{
	static char text[64];
	const struct passwd *pw = getpwuid(uid);

	if (pw != NULL)
		snprintf(text, sizeof(text), "%s", pw->pw_name);
	else
		snprintf(text, sizeof(text), "%u", uid);
	return text;
}

const char *guest_root(const struct guest *g)
{
	return g->name != NULL ? g->name : g->root;
}
