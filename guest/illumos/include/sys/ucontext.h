/* SPDX-License-Identifier: BSD-2-Clause */
/* Contexts. */
#ifndef _FB_ILLUMOS_SYS_UCONTEXT_H
#define _FB_ILLUMOS_SYS_UCONTEXT_H

#include <ucontext.h>

#endif
