/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/process.c: what exo/info.h tells of processes, from /proc: proc(5).
 */
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/fcntl.h>

#include "exo/info.h"
#include "exo/linux/linux.h"
#include "lib/mem.h"

struct linux_dirent {
	u64 ino;
	i64 off;
	u16 reclen;
	u8 type;
	char name[];
};

long exo_process_list(i32 pid, i32 *ids, u32 max)
{
	_Alignas(8) char buf[1024];
	char path[32];
	long fd, n;
	u32 count = 0;

	fb_format(path, sizeof(path), pid > 0 ? "/proc/%d/task" : "/proc", pid);
	fd = LINUX(__NR_open, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return fd == -ENOENT && pid > 0 ? -ESRCH : fd;
	while ((n = LINUX(__NR_getdents64, fd, buf, sizeof(buf))) > 0) {
		for (long at = 0; at < n;) {
			const struct linux_dirent *d = (const struct linux_dirent *)(buf + at);
			i64 id;

			at += d->reclen;
			if (d->name[0] < '1' || d->name[0] > '9')
				continue;
			linux_number(d->name, &id);
			if (count < max)
				ids[count] = (i32)id;
			count++;
		}
	}
	LINUX(__NR_close, fd);
	return n < 0 ? n : (long)count;
}
