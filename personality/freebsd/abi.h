/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi.h: the FreeBSD/amd64 ABI in numbers and layouts, all of it.
 *
 * Names are the system's own with FREEBSD_ or freebsd_ before them; freebsd11_ marks what
 * changed when inode numbers grew to 64 bits. Read from the headers of FreeBSD 13.5, with
 * what 14 added; every layout is asserted. Addresses inside structures are u64; times and
 * vectors, which are the same as the hub's, are the hub's types.
 */
#ifndef FB_FREEBSD_ABI_H
#define FB_FREEBSD_ABI_H

#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/abi_memory.h"
#include "personality/freebsd/abi_signal.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/abi_umtx.h"
#include "personality/freebsd/abi_event.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/abi_tty.h"
#include "personality/freebsd/abi_sysctl.h"
#include "personality/freebsd/abi_exec.h"

#endif
