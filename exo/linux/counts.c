/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/counts.c: what exo/info.h tells of memory, swap space, disks, interrupts, the log
 * and devices: proc(5), syslog(2), the kernel's Documentation/admin-guide/iostats.rst.
 */
#include "exo/info.h"

#include <asm/stat.h>
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

#define TEXT_ROOM	65536
#define SECTOR		512
#define SYSLOG_READ_ALL 3
#define PTS_MAJOR	136 /* to 143: pseudo-terminals */
#define MODE_TYPE	0170000
#define MODE_CHAR	0020000

struct linux_dirent {
	u64 ino;
	i64 off;
	u16 reclen;
	u8 type;
	char name[];
};

static const struct {
	const char *file, *key;
	u64 unit; /* what one of it is; less than a page: pages are asked for */
} counts[EXO_COUNTS] = {
    [EXO_COUNT_SWITCHES] = {"/proc/stat", "ctxt", 1},
    [EXO_COUNT_INTERRUPTS] = {"/proc/stat", "intr", 1},
    [EXO_COUNT_SOFT_INTERRUPTS] = {"/proc/stat", "softirq", 1},
    [EXO_COUNT_FORKS] = {"/proc/stat", "processes", 1},
    [EXO_COUNT_RUNNING] = {"/proc/stat", "procs_running", 1},
    [EXO_COUNT_BLOCKED] = {"/proc/stat", "procs_blocked", 1},
    [EXO_COUNT_FAULTS] = {"/proc/vmstat", "pgfault", 1},
    [EXO_COUNT_MAJOR_FAULTS] = {"/proc/vmstat", "pgmajfault", 1},
    [EXO_COUNT_READ] = {"/proc/vmstat", "pgpgin", 1},
    [EXO_COUNT_WRITTEN] = {"/proc/vmstat", "pgpgout", 1},
    [EXO_COUNT_SWAPPED_IN] = {"/proc/vmstat", "pswpin", 1},
    [EXO_COUNT_SWAPPED_OUT] = {"/proc/vmstat", "pswpout", 1},
    [EXO_COUNT_FREED] = {"/proc/vmstat", "pgfree", 1},
    [EXO_COUNT_SCANNED] = {"/proc/vmstat", "pgscan_kswapd", 1},
    [EXO_COUNT_REACTIVATED] = {"/proc/vmstat", "pgactivate", 1},
    [EXO_COUNT_MEMORY] = {"/proc/meminfo", "MemTotal:", 1024},
    [EXO_COUNT_MEMORY_FREE] = {"/proc/meminfo", "MemFree:", 1024},
    [EXO_COUNT_MEMORY_ACTIVE] = {"/proc/meminfo", "Active:", 1024},
    [EXO_COUNT_MEMORY_INACTIVE] = {"/proc/meminfo", "Inactive:", 1024},
    [EXO_COUNT_MEMORY_LOCKED] = {"/proc/meminfo", "Mlocked:", 1024},
    [EXO_COUNT_MEMORY_BUFFERS] = {"/proc/meminfo", "Buffers:", 1024},
    [EXO_COUNT_MEMORY_PROMISED] = {"/proc/meminfo", "Committed_AS:", 1024},
    [EXO_COUNT_MEMORY_SHARED] = {"/proc/meminfo", "Shmem:", 1024},
};

/* A whole file in allocated memory of TEXT_ROOM bytes; NULL: there is none. */
static char *read_text(const char *path)
{
	char *text = exo_pages_alloc(TEXT_ROOM);

	if (text && linux_file_read(path, text, TEXT_ROOM) > 0)
		return text;
	if (text)
		exo_pages_free(text, TEXT_ROOM);
	return NULL;
}

static const char *next_line(const char *p)
{
	p = strchr(p, '\n');
	return p && p[1] ? p + 1 : NULL;
}

static const char *word(const char *p, char *to, size_t size)
{
	size_t n = 0;

	while (*p == ' ' || *p == '\t')
		p++;
	for (; *p > ' '; p++)
		if (n + 1 < size)
			to[n++] = *p;
	to[n] = '\0';
	return p;
}

/* The last word of /proc/loadavg. */
static u64 last_pid(void)
{
	char text[128];
	const char *blank;
	i64 n = 0;

	if (linux_file_read("/proc/loadavg", text, sizeof(text)) > 0 &&
	    (blank = strrchr(text, ' ')) != NULL)
		linux_number(blank, &n);
	return (u64)n;
}

u64 exo_count(enum exo_count what)
{
	char *text, key[48];
	i64 n = 0;

	if (what == EXO_COUNT_LAST_PID)
		return last_pid();
	text = read_text(counts[what].file);
	if (!text)
		return 0;
	for (const char *p = text; p; p = next_line(p)) {
		const char *rest = word(p, key, sizeof(key));

		if (strcmp(key, counts[what].key) == 0) {
			linux_number(rest, &n);
			break;
		}
	}
	exo_pages_free(text, TEXT_ROOM);
	if (what == EXO_COUNT_READ || what == EXO_COUNT_WRITTEN)
		return (u64)n / (PAGE_SIZE / 1024); /* counted in KiB */
	return (u64)n * counts[what].unit;
}

/* ---- lists ---------------------------------------------------------------------------------- */

/* A line of titles, then "NAME type KIB USED priority". */
long exo_swaps(bool (*each)(void *ctx, const struct exo_swap *s), void *ctx)
{
	char *text = read_text("/proc/swaps"), name[256], type[16];
	bool more = true;

	if (!text)
		return 0;
	for (const char *p = next_line(text); p && more; p = next_line(p)) {
		struct exo_swap s = {0, 0, 0};
		const char *q = word(p, name, sizeof(name));
		i64 n;

		q = word(q, type, sizeof(type));
		q = linux_number(q, &n);
		s.size = (u64)n * 1024;
		linux_number(q, &n);
		s.used = (u64)n * 1024;
		more = each(ctx, &s);
	}
	exo_pages_free(text, TEXT_ROOM);
	return 0;
}

/* "MAJOR MINOR NAME" and counts: the disks' partitions follow them, with names that begin alike. */
long exo_disks(bool (*each)(void *ctx, const struct exo_disk *d), void *ctx)
{
	enum {
		READS,
		R_MERGED,
		R_SECTORS,
		R_MSEC,
		WRITES,
		W_MERGED,
		W_SECTORS,
		W_MSEC,
		PENDING,
		BUSY,
		QUEUED,
		FREES,
		F_MERGED,
		F_SECTORS,
		F_MSEC,
		COUNT
	};
	char *text = read_text("/proc/diskstats"), whole[32] = "";
	bool more = true;

	if (!text)
		return 0;
	for (const char *p = text; p && more; p = next_line(p)) {
		i64 major, minor, n[COUNT] = {0};
		struct exo_disk d;
		const char *q;

		memset(&d, 0, sizeof(d));
		q = linux_number(p, &major);
		q = linux_number(q, &minor);
		q = word(q, d.name, sizeof(d.name));
		if (whole[0] && strncmp(d.name, whole, strlen(whole)) == 0)
			continue;
		fb_strlcpy(whole, d.name, sizeof(whole));
		for (u32 i = 0; i < COUNT && *q && *q != '\n'; i++)
			q = linux_number(q, &n[i]);
		if (n[READS] + n[WRITES] == 0)
			continue;
		d.device = (u64)major << 8 | ((u64)minor & 0xff) | ((u64)minor & 0xfff00) << 12;
		d.reads = (u64)n[READS];
		d.read_bytes = (u64)n[R_SECTORS] * SECTOR;
		d.read_msec = (u64)n[R_MSEC];
		d.writes = (u64)n[WRITES];
		d.write_bytes = (u64)n[W_SECTORS] * SECTOR;
		d.write_msec = (u64)n[W_MSEC];
		d.frees = (u64)n[FREES];
		d.free_bytes = (u64)n[F_SECTORS] * SECTOR;
		d.free_msec = (u64)n[F_MSEC];
		d.busy_msec = (u64)n[BUSY];
		d.pending = (u32)n[PENDING];
		more = each(ctx, &d);
	}
	exo_pages_free(text, TEXT_ROOM);
	return 0;
}

/* A line of processors, then "ID: COUNT COUNT ... what it is". */
long exo_interrupts(bool (*each)(void *ctx, const struct exo_interrupt *i), void *ctx)
{
	char *text = read_text("/proc/interrupts"), id[16], part[32];
	bool more = true;

	if (!text)
		return 0;
	for (const char *p = next_line(text); p && more; p = next_line(p)) {
		struct exo_interrupt out = {"", 0};
		const char *q = word(p, id, sizeof(id));
		bool numbered = id[0] >= '0' && id[0] <= '9';
		i64 n;

		for (;;) {
			while (*q == ' ')
				q++;
			if (*q < '0' || *q > '9')
				break;
			q = linux_number(q, &n);
			out.count += (u64)n;
		}
		part[0] = '\0';
		/* Of a device's, the last word says whose it is; of the others, all do. */
		while (numbered && *q && *q != '\n')
			q = word(q, part, sizeof(part));
		for (u32 i = 0; !numbered && i + 1 < sizeof(part) && *q && *q != '\n'; i++) {
			part[i] = *q++;
			part[i + 1] = '\0';
		}
		fb_format(out.name, sizeof(out.name), "%s%s %s", numbered ? "irq" : "", id, part);
		more = each(ctx, &out);
	}
	exo_pages_free(text, TEXT_ROOM);
	return 0;
}

long exo_kernel_log(char *buf, u64 size)
{
	return LINUX(__NR_syslog, SYSLOG_READ_ALL, buf, size);
}

/* Of /dev's own entries, the one that is that device. */
long exo_device_name(u64 device, char *buf, u64 size)
{
	u32 major = (u32)(device >> 8 & 0xfff);
	u32 minor = (u32)((device & 0xff) | (device >> 12 & 0xfff00));
	_Alignas(8) char entries[1024];
	long fd, n, r = -ENOENT;

	if (major >= PTS_MAJOR && major < PTS_MAJOR + 8) {
		fb_format(buf, size, "pts/%u", minor + (major - PTS_MAJOR) * 256);
		return 0;
	}
	fd = LINUX(__NR_open, "/dev", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -ENOENT;
	while (r < 0 && (n = LINUX(__NR_getdents64, fd, entries, sizeof(entries))) > 0) {
		for (long at = 0; at < n && r < 0;) {
			const struct linux_dirent *d = (const void *)(entries + at);
			struct stat st;

			at += d->reclen;
			/* A view binds devices over files, which is what the entry's type says. */
			if (LINUX(__NR_newfstatat, fd, d->name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
			    (st.st_mode & MODE_TYPE) != MODE_CHAR || st.st_rdev != device)
				continue;
			fb_strlcpy(buf, d->name, size);
			r = 0;
		}
	}
	LINUX(__NR_close, fd);
	return r;
}
