/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/info.c: exo/info.h from /proc and /etc: proc(5), machine-id(5).
 */
#include "exo/info.h"

#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

static const struct {
	const char *path;
	u32 word; /* which of the numbers in the file */
} settings[EXO_SETTING_COUNT] = {
    [EXO_SETTING_OPEN_FILES] = {"/proc/sys/fs/file-max", 0},
    [EXO_SETTING_PID_MAX] = {"/proc/sys/kernel/pid_max", 0},
    [EXO_SETTING_LISTEN_QUEUE] = {"/proc/sys/net/core/somaxconn", 0},
    [EXO_SETTING_PORT_FIRST] = {"/proc/sys/net/ipv4/ip_local_port_range", 0},
    [EXO_SETTING_PORT_LAST] = {"/proc/sys/net/ipv4/ip_local_port_range", 1},
    [EXO_SETTING_SEND_SPACE] = {"/proc/sys/net/ipv4/tcp_wmem", 1},
    [EXO_SETTING_RECV_SPACE] = {"/proc/sys/net/ipv4/tcp_rmem", 1},
    [EXO_SETTING_SOCKBUF_MAX] = {"/proc/sys/net/core/wmem_max", 0},
    [EXO_SETTING_KEEP_IDLE] = {"/proc/sys/net/ipv4/tcp_keepalive_time", 0},
    [EXO_SETTING_KEEP_INTERVAL] = {"/proc/sys/net/ipv4/tcp_keepalive_intvl", 0},
    [EXO_SETTING_KEEP_COUNT] = {"/proc/sys/net/ipv4/tcp_keepalive_probes", 0},
    [EXO_SETTING_FILES_NOW] = {"/proc/sys/fs/file-nr", 0},
    [EXO_SETTING_INODES_NOW] = {"/proc/sys/fs/inode-nr", 0},
    [EXO_SETTING_INODES_FREE] = {"/proc/sys/fs/inode-nr", 1},
};

long linux_file_read(const char *path, char *buf, u64 size)
{
	long fd = LINUX(__NR_open, path, O_RDONLY | O_CLOEXEC), n;
	u64 at = 0;

	if (fd < 0)
		return fd;
	do {
		n = LINUX(__NR_read, fd, buf + at, size - 1 - at);
		at += n > 0 ? (u64)n : 0;
	} while (n > 0 && at < size - 1);
	LINUX(__NR_close, fd);
	buf[at] = '\0';
	return (long)at;
}

const char *linux_number(const char *p, i64 *out)
{
	u64 n = 0;
	bool minus;

	while (*p == ' ' || *p == '\t' || *p == '\n')
		p++;
	minus = *p == '-';
	p += minus;
	for (; *p >= '0' && *p <= '9'; p++)
		n = n * 10 + (u64)(*p - '0');
	*out = minus ? -(i64)n : (i64)n;
	return p;
}

i64 exo_setting(enum exo_setting what, i64 fallback)
{
	const char *p;
	char text[128];
	i64 n = 0;

	if (linux_file_read(settings[what].path, text, sizeof(text)) <= 0)
		return fallback;
	p = text;
	for (u32 i = 0; i <= settings[what].word; i++)
		p = linux_number(p, &n);
	return n < 0 ? INT64_MAX : n;
}

long exo_machine_id(char out[33])
{
	/* In a view of another root the host's files are there. */
	if (linux_file_read("/etc/machine-id", out, 33) != 32 &&
	    linux_file_read("/compat/linux/etc/machine-id", out, 33) != 32)
		return -ENOENT;
	for (u32 i = 0; i < 32; i++)
		if (!((out[i] >= '0' && out[i] <= '9') || (out[i] >= 'a' && out[i] <= 'f')))
			return -ENOENT;
	return 0;
}

/* Those of the first process: its mask is the machine's, or the container's; the caller's own
 * may have been narrowed since. */
long exo_cpus(u64 *mask, u64 bytes)
{
	long r;

	memset(mask, 0, bytes);
	r = LINUX(__NR_sched_getaffinity, 1, bytes, mask);
	return r > 0 ? r : LINUX(__NR_sched_getaffinity, 0, bytes, mask);
}

/* shm_overview(7) */
const char *exo_shared_memory_dir(void)
{
	return "/dev/shm";
}

/* /proc/stat: user nice system idle iowait irq softirq steal, in hundredths of a second. */
long exo_cpu_times(i32 cpu, u64 out[5])
{
	enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, COUNT };
	u64 room = 64 * 1024;
	char *text = exo_pages_alloc(room), want[16];
	const char *p = NULL;
	i64 n[COUNT] = {0};
	size_t len;

	if (!text)
		return -ENOMEM;
	if (cpu < 0)
		fb_strlcpy(want, "cpu ", sizeof(want));
	else
		fb_format(want, sizeof(want), "cpu%d ", cpu);
	len = strlen(want);
	if (linux_file_read("/proc/stat", text, room) > 0)
		for (p = text; p && strncmp(p, want, len) != 0;) {
			p = strchr(p, '\n');
			p += p != NULL;
		}
	if (p) {
		p += len;
		for (u32 i = 0; i < COUNT; i++)
			p = linux_number(p, &n[i]);
	}
	exo_pages_free(text, room);
	if (!p)
		return -ENOENT;
	out[0] = (u64)n[USER];
	out[1] = (u64)n[NICE];
	out[2] = (u64)(n[SYSTEM] + n[STEAL]);
	out[3] = (u64)(n[IRQ] + n[SOFTIRQ]);
	out[4] = (u64)(n[IDLE] + n[IOWAIT]);
	return 0;
}
