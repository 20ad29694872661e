/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/priv_sets.h: what privsys(2) asks of priv_sets.c. */
#ifndef FB_ILLUMOS_PRIV_SETS_H
#define FB_ILLUMOS_PRIV_SETS_H

#include "personality/illumos/priv.h"

/* given is added to a set (on, and keep what is there), taken from it (not on) or becomes it (on,
 * and not keep). 0 or -CORE_EPERM. */
long illumos_privs_change(struct core_thread *t, int which, const struct illumos_priv_set *given,
			  bool on, bool keep);
/* setpflags and getpflags: 0, a flag's value, -CORE_EINVAL or -CORE_EPERM. */
long illumos_privs_set_flag(struct core_thread *t, u32 flag, u32 on);
long illumos_privs_flag(const struct core_thread *t, u32 flag);

#endif
