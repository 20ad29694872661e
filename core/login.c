/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/login.c: the session's login name.
 */
#include "core/login.h"

#include "lib/mem.h"

static char login[CORE_LOGIN_MAX];

const char *core_login(void)
{
	return login;
}

void core_login_set(const char *name)
{
	fb_strlcpy(login, name, sizeof(login));
}

void core_login_to_text(char text[CORE_LOGIN_TEXT])
{
	size_t at = 0;

	text[0] = '\0';
	if (!login[0])
		return;
	at = fb_format(text, CORE_LOGIN_TEXT, ";login=");
	for (const char *p = login; *p; p++) {
		u8 c = (u8)*p;
		bool plain =
		    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		at += fb_format(text + at, CORE_LOGIN_TEXT - at, plain ? "%c" : "%%%02x", c);
	}
}
