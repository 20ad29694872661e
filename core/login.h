/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/login.h: the login name of the session, which the BSDs' kernels keep.
 *
 * It is the name of whoever started the first program, until a privileged process sets
 * another; children and programs that are executed inherit it.
 */
#ifndef FB_CORE_LOGIN_H
#define FB_CORE_LOGIN_H

#include "lib/base.h"

#define CORE_LOGIN_MAX	33 /* its NUL included */
#define CORE_LOGIN_TEXT (3 * CORE_LOGIN_MAX + 8)

/* Empty while nobody is known to have logged in. */
const char *core_login(void);
void core_login_set(const char *name);
/* ";login=NAME" for the next image (rt/options.c), or nothing. */
void core_login_to_text(char text[CORE_LOGIN_TEXT]);

#endif
