/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi.h: the neutral ABI, the hub every personality translates to and from.
 *
 * By definition its values and layouts are those of the 64-bit POSIX ABI of Linux
 * x86-64, so that an argument which is already neutral costs nothing on the hosted
 * machine. Facts come from Linux's user-space headers (named in each part). Structures
 * overlay guest and host memory: fields are fixed-width, and an address inside one is
 * a u64. This header is the whole of it; a file may include one part only.
 */
#ifndef FB_CORE_ABI_H
#define FB_CORE_ABI_H

#include "core/abi_types.h"
#include "core/abi_file.h"
#include "core/abi_memory.h"
#include "core/abi_signal.h"
#include "core/abi_process.h"
#include "core/abi_poll.h"
#include "core/abi_socket.h"
#include "core/abi_tty.h"

/* Error numbers: CORE_EPERM ... from core/errno.def. Calls return them negated. */
enum {
#define CORE_E(name, number) CORE_##name = number,
#include "core/errno.def"
#undef CORE_E
};

#define CORE_EWOULDBLOCK CORE_EAGAIN
#define CORE_EDEADLOCK	 CORE_EDEADLK
#define CORE_ENOTSUP	 CORE_EOPNOTSUPP
#define CORE_MAX_ERRNO	 4095 /* a result in [-CORE_MAX_ERRNO, -1] is an error */

#endif
