/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/clofork.h: clofork.c has the essay. */
#ifndef FB_ILLUMOS_CLOFORK_H
#define FB_ILLUMOS_CLOFORK_H

#include "lib/base.h"

void illumos_clofork_set(int fd, bool on);
bool illumos_clofork_get(int fd);
/* In the child of a fork. */
void illumos_clofork_forked(void);

#endif
