/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/guests.c: guests among the processes of this machine. Each executes the runtime's image,
 * which a note in it says (trace/attach.h); the note also says where in its memory a process keeps
 * what it is. Facts: proc_pid_stat(5), proc_pid_status(5), proc_pid_mountinfo(5), elf(5).
 */
#include "cli/guests.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>

#include "cli/cli.h"
#include "trace/attach.h"

#define NOTES_MOST   4096
#define HEADERS_MOST 64
#define STRING_MOST  4096
#define TEXT_MOST    (256u << 10)

/* ---- the image ------------------------------------------------------------------------------ */

/* The contents of our note among n bytes of notes. */
static bool find_note(const u8 *p, size_t n, struct sign_note *out)
{
	size_t at = 0;

	while (n - at >= sizeof(Elf64_Nhdr)) {
		Elf64_Nhdr h;
		size_t name, contents;

		memcpy(&h, p + at, sizeof(h));
		at += sizeof(h);
		name = ALIGN_UP((size_t)h.n_namesz, 4u);
		contents = ALIGN_UP((size_t)h.n_descsz, 4u);
		if (name > n - at || contents > n - at - name)
			return false;
		if (h.n_type == SIGN_TYPE && h.n_namesz == sizeof(SIGN_OWNER) &&
		    memcmp(p + at, SIGN_OWNER, sizeof(SIGN_OWNER)) == 0 &&
		    h.n_descsz >= sizeof(*out)) {
			memcpy(out, p + at + name, sizeof(*out));
			return true;
		}
		at += name + contents;
	}
	return false;
}

static bool read_note(int fd, struct sign_note *out)
{
	Elf64_Ehdr e;
	Elf64_Phdr ph[HEADERS_MOST];
	size_t count;

	if (pread(fd, &e, sizeof(e), 0) != sizeof(e) || memcmp(e.e_ident, ELFMAG, SELFMAG) != 0 ||
	    e.e_ident[EI_CLASS] != ELFCLASS64 || e.e_phentsize != sizeof(ph[0]))
		return false;
	count = MIN(e.e_phnum, HEADERS_MOST);
	if (pread(fd, ph, count * sizeof(ph[0]), (off_t)e.e_phoff) !=
	    (ssize_t)(count * sizeof(ph[0])))
		return false;
	for (size_t i = 0; i < count; i++) {
		u8 notes[NOTES_MOST];
		ssize_t n;

		if (ph[i].p_type != PT_NOTE)
			continue;
		n = pread(fd, notes, MIN(ph[i].p_filesz, sizeof(notes)), (off_t)ph[i].p_offset);
		if (n > 0 && find_note(notes, (size_t)n, out))
			return true;
	}
	return false;
}

/* Many processes execute the same file: what was found of the last one is kept. */
static int note_of(pid_t pid, struct sign_note *out)
{
	static struct {
		dev_t dev;
		ino_t ino;
		struct timespec changed;
		bool is;
		struct sign_note note;
	} last;
	CLEAN_FREE char *path = format_string("/proc/%d/exe", (int)pid);
	CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0) /* ENOENT: a thread of the kernel's, or a zombie */
		return errno == EACCES || errno == EPERM     ? EACCES
		       : kill(pid, 0) != 0 && errno == ESRCH ? ESRCH
							     : ENOEXEC;
	if (last.ino != st.st_ino || last.dev != st.st_dev ||
	    memcmp(&last.changed, &st.st_ctim, sizeof(last.changed)) != 0) {
		last.dev = st.st_dev;
		last.ino = st.st_ino;
		last.changed = st.st_ctim;
		last.is = read_note(fd, &last.note) && last.note.version == SIGN_VERSION;
	}
	*out = last.note;
	return last.is ? 0 : ENOEXEC;
}

int guest_is(pid_t pid)
{
	struct sign_note note;

	return note_of(pid, &note);
}

/* ---- what the host says --------------------------------------------------------------------- */

/* A file of /proc's directory of the process, with a NUL; NULL: it cannot be read. */
static char *read_text(pid_t pid, const char *name, size_t *size)
{
	CLEAN_FREE char *path = format_string("/proc/%d/%s", (int)pid, name);
	CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text;
	size_t n = 0;
	ssize_t r = 1;

	if (fd < 0)
		return NULL;
	text = allocate(TEXT_MOST + 1);
	while (n < TEXT_MOST && (r = read(fd, text + n, TEXT_MOST - n)) > 0)
		n += (size_t)r;
	if (r < 0) {
		free(text);
		return NULL;
	}
	text[n] = '\0';
	text = realloc(text, n + 1);
	if (text == NULL)
		abort();
	if (size != NULL)
		*size = n;
	return text;
}

bool guest_status(pid_t pid, const char *key, int base, u64 *value)
{
	CLEAN_FREE char *text = read_text(pid, "status", NULL);
	CLEAN_FREE char *line = format_string("\n%s:", key);
	const char *at = text != NULL ? strstr(text, line) : NULL;

	if (at == NULL)
		return false;
	*value = strtoull(at + strlen(line), NULL, base);
	return true;
}

/* Behind the name, which can hold anything: state, parent ... */
static bool read_stat(struct guest *g)
{
	CLEAN_FREE char *text = read_text(g->pid, "stat", NULL);
	const char *p = text != NULL ? strrchr(text, ')') : NULL;
	unsigned long long user, system, start;
	long threads;
	int parent;
	struct timespec now;
	double hz = (double)sysconf(_SC_CLK_TCK);

	if (p == NULL ||
	    sscanf(p,
		   ") %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %*d %*d %*d %*d %ld "
		   "%*d %llu",
		   &g->state, &parent, &user, &system, &threads, &start) != 6)
		return false;
	clock_gettime(CLOCK_BOOTTIME, &now);
	g->parent = parent;
	g->threads = (u32)threads;
	g->cpu = (double)(user + system) / hz;
	g->elapsed = (double)now.tv_sec + (double)now.tv_nsec / 1e9 - (double)start / hz;
	g->elapsed = MAX(g->elapsed, 0.0);
	return true;
}

/* What is mounted at "/", where that is a directory of another file system. */
static char *root_by_mounts(pid_t pid)
{
	CLEAN_FREE char *text = read_text(pid, "mountinfo", NULL);
	CLEAN_FREE char *own = read_text(getpid(), "mountinfo", NULL);
	char *line, *rest = text, root[STRING_MOST], at[STRING_MOST];

	if (text == NULL || own == NULL || strcmp(text, own) == 0)
		return NULL;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (sscanf(line, "%*d %*d %*s %4095s %4095s", root, at) == 2 &&
		    strcmp(at, "/") == 0 && strcmp(root, "/") != 0)
			return format_string("%s", root);
	return NULL;
}

/* ---- what it says itself -------------------------------------------------------------------- */

static bool read_memory(pid_t pid, u64 from, void *to, size_t n)
{
	struct iovec local = {to, n}, remote = {(void *)from, n};

	return process_vm_readv(pid, &local, 1, &remote, 1, 0) == (ssize_t)n;
}

/* A string, page by page: the next one may not be there. */
static char *read_string(pid_t pid, u64 from)
{
	char text[STRING_MOST];
	size_t n = 0;

	while (from != 0 && n < sizeof(text)) {
		size_t piece = MIN(4096 - from % 4096, sizeof(text) - n);

		if (!read_memory(pid, from, text + n, piece))
			return NULL;
		if (memchr(text + n, '\0', piece) != NULL)
			return format_string("%s", text);
		n += piece;
		from += piece;
	}
	return NULL;
}

static void read_sign(struct guest *g, const struct sign_note *note)
{
	struct sign sign;

	if (note->size < sizeof(sign) || !read_memory(g->pid, note->board, &sign, sizeof(sign)))
		return;
	snprintf(g->abi, sizeof(g->abi), "%.*s", (int)sizeof(sign.abi) - 1, sign.abi);
	g->program = read_string(g->pid, sign.program);
	g->root = read_string(g->pid, sign.root);
}

int guest_read(pid_t pid, struct guest *g)
{
	struct sign_note note;
	u64 uid = 0;
	int error = note_of(pid, &note);

	*g = (struct guest){.pid = pid};
	if (error != 0)
		return error;
	if (!read_stat(g) || !guest_status(pid, "Uid", 10, &uid))
		return ESRCH;
	g->uid = (uid_t)uid;
	g->arguments = read_text(pid, "cmdline", &g->arguments_size);
	read_sign(g, &note);
	if (g->root == NULL)
		g->root = root_by_mounts(pid);
	return 0;
}

void guest_free(struct guest *g)
{
	free(g->program);
	free(g->root);
	free(g->arguments);
}
