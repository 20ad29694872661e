/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/lwp.h. */
#ifndef _FB_ILLUMOS_SYS_LWP_H
#define _FB_ILLUMOS_SYS_LWP_H

#include <synch.h>
#include <ucontext.h>

#define LWP_DAEMON    0x00000020
#define LWP_DETACHED  0x00000040
#define LWP_SUSPENDED 0x00000080

__BEGIN_DECLS
lwpid_t _lwp_self(void);
int _lwp_kill(lwpid_t, int);
int _lwp_suspend(lwpid_t);
int _lwp_continue(lwpid_t);
__END_DECLS

#endif
