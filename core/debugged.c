/* SPDX-License-Identifier: BSD-2-Clause */
/* core/debugged.c: who debugs this process; core/debugged.h. */
#include "core/debugged.h"
#include "exo/exo.h"
#include "lib/mem.h"

struct core_debugged core_debugged;

void core_debugged_set(const char *text)
{
	int fd = 0;

	for (; *text >= '0' && *text <= '9' && fd < 1 << 20; text++)
		fd = fd * 10 + (*text - '0');
	if (!exo_kept_take(fd))
		return;
	core_debugged.fd = fd;
	core_debugged.again = *text != '\0';
	core_debugged.no_ack = *text == 'n';
}

void core_debugged_to_text(char text[CORE_DEBUGGED_TEXT])
{
	text[0] = '\0';
	if (core_debugged.fd)
		fb_format(text, CORE_DEBUGGED_TEXT, ";debug=%d%c", core_debugged.fd,
			  core_debugged.no_ack ? 'n' : 'a');
}

void core_debugged_asked(u64 asked)
{
	int fd = exo_kept_fetch(asked, core_debugged.possible && !core_debugged.fd);

	if (fd < 0)
		return;
	core_debugged.fd = fd;
	core_debugged.again = core_debugged.no_ack = false;
}

void core_debugged_end(void)
{
	exo_kept_drop();
	core_debugged.fd = 0;
}
