/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/inside.c: openat2(2); struct and values are those of its manual page. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/inside.h"

#define RESOLVE_NO_MAGICLINKS 0x02
#define RESOLVE_IN_ROOT	      0x10

int open_inside(int tree, const char *path, int flags)
{
	struct {
		uint64_t flags, mode, resolve;
	} how = {(uint64_t)(flags | O_CLOEXEC), 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS};

	return (int)syscall(SYS_openat2, tree, path, &how, sizeof(how));
}
