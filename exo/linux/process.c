/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/process.c: what exo/info.h tells of processes, from /proc: proc(5).
 */
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/mman.h>

#include "exo/info.h"
#include "exo/linux/linux.h"
#include "lib/mem.h"

#define TICK_USEC 10000 /* times in /proc/PID/stat come in hundredths of a second */
#define TEXT_ROOM 16384

struct linux_dirent {
	u64 ino;
	i64 off;
	u16 reclen;
	u8 type;
	char name[];
};

/* /proc/ID when one is named, /proc/self for 0. */
static void process_path(char *path, size_t size, i32 pid, const char *rest)
{
	if (pid)
		fb_format(path, size, "/proc/%d%s", pid, rest);
	else
		fb_format(path, size, "/proc/self%s", rest);
}

/* The entries of a directory that are numbers. */
static long list_numbers(const char *path, i32 *ids, u32 max)
{
	_Alignas(8) char buf[1024];
	long fd = LINUX(__NR_open, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), n;
	u32 count = 0;

	if (fd < 0)
		return fd;
	while ((n = LINUX(__NR_getdents64, fd, buf, sizeof(buf))) > 0) {
		for (long at = 0; at < n;) {
			const struct linux_dirent *d = (const struct linux_dirent *)(buf + at);
			i64 id;

			at += d->reclen;
			if (d->name[0] < '0' || d->name[0] > '9')
				continue;
			linux_number(d->name, &id);
			if (id == fd && strcmp(path, "/proc/self/fd") == 0)
				continue;
			if (count < max)
				ids[count] = (i32)id;
			count++;
		}
	}
	LINUX(__NR_close, fd);
	return n < 0 ? n : (long)count;
}

static long no_process(long r)
{
	return r == -ENOENT ? -ESRCH : r;
}

long exo_process_list(i32 pid, i32 *ids, u32 max)
{
	char path[40];

	if (pid <= 0)
		return list_numbers("/proc", ids, max);
	fb_format(path, sizeof(path), "/proc/%d/task", pid);
	return no_process(list_numbers(path, ids, max));
}

long exo_process_fds(i32 pid, i32 *fds, u32 max)
{
	char path[40];

	process_path(path, sizeof(path), pid, "/fd");
	return no_process(list_numbers(path, fds, max));
}

/* ---- stat and status ----------------------------------------------------------------- */

/* Behind "NAME:" of a status file, or an empty text. */
static const char *field(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = text; p; p = strchr(p, '\n')) {
		p += *p == '\n';
		if (strncmp(p, name, len) == 0 && p[len] == ':')
			return p + len + 1;
	}
	return "";
}

static u64 number_field(const char *text, const char *name)
{
	i64 n;

	linux_number(field(text, name), &n);
	return (u64)n;
}

static u64 mask_field(const char *text, const char *name)
{
	u64 n = 0;

	for (const char *p = field(text, name); *p && *p != '\n'; p++) {
		if (*p >= '0' && *p <= '9')
			n = n << 4 | (u64)(*p - '0');
		else if (*p >= 'a' && *p <= 'f')
			n = n << 4 | (u64)(*p - 'a' + 10);
	}
	return n;
}

static void from_status(const char *text, struct exo_process *out)
{
	i64 id[4] = {0};
	const char *p = field(text, "Uid");

	for (u32 i = 0; i < 3; i++)
		p = linux_number(p, &id[i]);
	out->uid = (u32)id[0], out->euid = (u32)id[1], out->suid = (u32)id[2];
	p = field(text, "Gid");
	for (u32 i = 0; i < 3; i++)
		p = linux_number(p, &id[i]);
	out->gid = (u32)id[0], out->egid = (u32)id[1], out->sgid = (u32)id[2];
	p = field(text, "Groups");
	while (*p && *p != '\n') {
		if (*p < '0' || *p > '9') {
			p++;
			continue;
		}
		p = linux_number(p, &id[0]);
		if (out->group_count < ARRAY_LEN(out->groups))
			out->groups[out->group_count] = (u32)id[0];
		out->group_count++;
	}
	out->tracer = (i32)number_field(text, "TracerPid");
	out->peak_resident = number_field(text, "VmHWM") * 1024;
	out->text = number_field(text, "VmExe") * 1024;
	out->data = number_field(text, "VmData") * 1024;
	out->stack = number_field(text, "VmStk") * 1024;
	out->swapped = number_field(text, "VmSwap") * 1024;
	out->locked = number_field(text, "VmLck") * 1024;
	out->pending = mask_field(text, "SigPnd") | mask_field(text, "ShdPnd");
	out->blocked = mask_field(text, "SigBlk");
	out->ignored = mask_field(text, "SigIgn");
	out->caught = mask_field(text, "SigCgt");
	for (p = field(text, "Umask"); *p && *p != '\n'; p++)
		if (*p >= '0' && *p <= '7')
			out->umask = out->umask << 3 | (u32)(*p - '0');
	out->switches = number_field(text, "voluntary_ctxt_switches");
	out->forced_switches = number_field(text, "nonvoluntary_ctxt_switches");
}

/* The name is in brackets and may hold any character, brackets too: it ends at the last one. */
static long from_stat(const char *text, struct exo_process *out)
{
	const char *open = strchr(text, '('), *close = strrchr(text, ')'), *p;
	struct exo_time now, up;
	i64 n[53] = {0};
	u64 usec;

	if (!open || !close || close[1] != ' ')
		return -ESRCH;
	fb_strlcpy(out->name, open + 1, MIN(sizeof(out->name), (size_t)(close - open)));
	linux_number(text, &n[1]);
	out->pid = (i32)n[1];
	out->state = close[2];
	p = close + 3;
	for (u32 i = 4; i < ARRAY_LEN(n); i++) /* numbered from 1, as proc(5) does */
		p = linux_number(p, &n[i]);
	out->ppid = (i32)n[4];
	out->pgid = (i32)n[5];
	out->sid = (i32)n[6];
	out->tty = (u64)n[7];
	out->tty_pgid = (i32)n[8];
	out->minor_faults = (u64)n[10];
	out->child_minor_faults = (u64)n[11];
	out->major_faults = (u64)n[12];
	out->child_major_faults = (u64)n[13];
	out->user_usec = (u64)n[14] * TICK_USEC;
	out->system_usec = (u64)n[15] * TICK_USEC;
	out->child_user_usec = (u64)n[16] * TICK_USEC;
	out->child_system_usec = (u64)n[17] * TICK_USEC;
	out->urgency = n[18] < 0 ? (i32)(-1 - n[18]) : 0;
	out->nice = (i32)n[19];
	out->threads = (i32)n[20];
	out->size = (u64)n[23];
	out->resident = (u64)n[24] * PAGE_SIZE;
	out->exit_signal = (i32)n[38];
	out->cpu = (i32)n[39];
	out->own_urgency = (i32)n[40];
	out->policy = (i32)n[41];
	out->exit_status = (i32)n[52];
	exo_clock_gettime(0, &now); /* CLOCK_REALTIME, CLOCK_BOOTTIME */
	exo_clock_gettime(7, &up);
	usec = (u64)(now.sec - up.sec) * 1000000 + (u64)((now.nsec - up.nsec) / 1000) +
	       (u64)n[22] * TICK_USEC;
	out->start_sec = (i64)(usec / 1000000);
	out->start_usec = (i64)(usec % 1000000);
	return 0;
}

long exo_process_info(i32 pid, i32 tid, struct exo_process *out)
{
	char path[64], dir[40] = "", *text = exo_pages_alloc(TEXT_ROOM);
	long r;

	if (!text)
		return -ENOMEM;
	memset(out, 0, sizeof(*out));
	if (tid)
		fb_format(dir, sizeof(dir), "/task/%d", tid);
	fb_format(path, sizeof(path), "/proc/%d%s/stat", pid, dir);
	r = linux_file_read(path, text, TEXT_ROOM);
	if (r > 0)
		r = from_stat(text, out);
	if (r >= 0) {
		fb_format(path, sizeof(path), "/proc/%d%s/status", pid, dir);
		r = linux_file_read(path, text, TEXT_ROOM);
		if (r > 0)
			from_status(text, out);
		fb_format(path, sizeof(path), "/proc/%d%s", pid, dir);
		if (out->state == 'S' || out->state == 'D')
			out->wait = (enum exo_wait)linux_process_wait(path);
	}
	exo_pages_free(text, TEXT_ROOM);
	return r < 0 ? no_process(r) : 0;
}

/* ---- texts and mappings ------------------------------------------------------------------ */

long exo_process_text(i32 pid, enum exo_process_text what, u64 offset, char *buf, u64 size)
{
	static const char *const names[] = {
	    [EXO_PROCESS_ARGS] = "/cmdline", [EXO_PROCESS_ENV] = "/environ",
	    [EXO_PROCESS_PROGRAM] = "/exe",  [EXO_PROCESS_CWD] = "/cwd",
	    [EXO_PROCESS_ROOT] = "/root",
	};
	char path[40];
	long fd, n;

	process_path(path, sizeof(path), pid, names[what]);
	if (what != EXO_PROCESS_ARGS && what != EXO_PROCESS_ENV) {
		n = LINUX(__NR_readlink, path, buf, size);
		return n > 0 && linux_detours.view ? linux_view_name(buf, n) : no_process(n);
	}
	fd = LINUX(__NR_open, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return no_process(fd);
	n = LINUX(__NR_pread64, fd, buf, size, offset);
	LINUX(__NR_close, fd);
	return n;
}

static const char *hex_number(const char *p, u64 *out)
{
	*out = 0;
	for (;; p++) {
		if (*p >= '0' && *p <= '9')
			*out = *out << 4 | (u64)(*p - '0');
		else if (*p >= 'a' && *p <= 'f')
			*out = *out << 4 | (u64)(*p - 'a' + 10);
		else
			return p;
	}
}

/* low-high rwxp offset major:minor inode path */
static void parse_mapping(const char *p, struct exo_mapping *m)
{
	u64 major, minor;
	i64 inode;

	p = hex_number(p, &m->low);
	p = hex_number(p + 1, &m->high);
	m->prot = (p[1] == 'r' ? PROT_READ : 0) | (p[2] == 'w' ? PROT_WRITE : 0) |
		  (p[3] == 'x' ? PROT_EXEC : 0);
	m->shared = p[4] == 's';
	p = hex_number(p + 6, &m->offset);
	p = hex_number(p + 1, &major);
	p = hex_number(p + 1, &minor);
	m->device = major << 8 | (minor & 0xff) | (minor & 0xfff00) << 12;
	p = linux_number(p, &inode);
	m->inode = (u64)inode;
	while (*p == ' ')
		p++;
	m->path = p;
}

long exo_process_maps(i32 pid, bool (*each)(void *ctx, const struct exo_mapping *m), void *ctx)
{
	char path[40], *text;
	struct exo_mapping m;
	u64 held = 0;
	long fd, n;
	bool on = true;

	process_path(path, sizeof(path), pid, "/maps");
	fd = LINUX(__NR_open, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return no_process(fd);
	text = exo_pages_alloc(TEXT_ROOM);
	if (!text) {
		LINUX(__NR_close, fd);
		return -ENOMEM;
	}
	while (on && (n = LINUX(__NR_read, fd, text + held, TEXT_ROOM - 1 - held)) > 0) {
		char *line = text, *end;

		held += (u64)n;
		text[held] = '\0';
		while (on && (end = strchr(line, '\n')) != NULL) {
			*end = '\0';
			parse_mapping(line, &m);
			on = each(ctx, &m);
			line = end + 1;
		}
		held -= (u64)(line - text);
		memmove(text, line, held);
	}
	exo_pages_free(text, TEXT_ROOM);
	LINUX(__NR_close, fd);
	return 0;
}

/* A word for each page (Documentation/admin-guide/mm/pagemap.rst). */
#define PAGEMAP_PRESENT (1UL << 63)
#define PAGEMAP_SWAPPED (1UL << 62)
#define PAGEMAP_FILE	(1UL << 61)
#define PAGEMAP_PART	128

long exo_process_pages(i32 pid, u64 at, u8 *state, u64 pages)
{
	u64 words[PAGEMAP_PART], done = 0;
	char path[40];
	long fd, n = 0;

	process_path(path, sizeof(path), pid, "/pagemap");
	fd = LINUX(__NR_open, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return no_process(fd);
	while (done < pages) {
		u64 want = MIN(pages - done, (u64)PAGEMAP_PART);

		n = LINUX(__NR_pread64, fd, words, want * 8, (at / PAGE_SIZE + done) * 8);
		if (n < 8)
			break;
		for (long i = 0; i < n / 8; i++)
			state[done++] = (u8)((words[i] & PAGEMAP_PRESENT ? EXO_PAGE_PRESENT : 0) |
					     (words[i] & PAGEMAP_SWAPPED ? EXO_PAGE_SWAPPED : 0) |
					     (words[i] & PAGEMAP_FILE ? EXO_PAGE_FILE : 0));
	}
	LINUX(__NR_close, fd);
	return n < 0 ? n : (long)done;
}

long exo_process_fd(i32 pid, i32 fd, struct exo_open_file *out)
{
	char path[48], part[24], text[512];
	const char *p;
	long r;

	memset(out, 0, sizeof(*out));
	fb_format(part, sizeof(part), "/fd/%d", fd);
	process_path(path, sizeof(path), pid, part);
	r = LINUX(__NR_readlink, path, out->path, sizeof(out->path) - 1);
	if (r < 0)
		return r == -ENOENT ? -EBADF : r;
	if (linux_detours.view)
		out->path[linux_view_name(out->path, r)] = '\0';
	fb_format(part, sizeof(part), "/fdinfo/%d", fd);
	process_path(path, sizeof(path), pid, part);
	r = linux_file_read(path, text, sizeof(text));
	if (r < 0)
		return 0; /* its name is known, the rest is not */
	out->offset = (i64)number_field(text, "pos");
	for (p = field(text, "flags"); *p && *p != '\n'; p++) /* octal */
		if (*p >= '0' && *p <= '7')
			out->flags = out->flags << 3 | (u64)(*p - '0');
	return 0;
}
