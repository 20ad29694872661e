/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_tty.h: terminal settings. Facts: sys/_termios.h, termios(4).
 */
#ifndef FB_FREEBSD_CONVERT_TTY_H
#define FB_FREEBSD_CONVERT_TTY_H

#include "core/abi.h"
#include "personality/freebsd/abi_tty.h"

/*
 * The answer is false when a flag was set that the other side lacks: towards the hub
 * ONOEOT, ALTWERASE, and hardware flow control other than by RTS and CTS both; towards
 * FreeBSD the delays, case folding and CMSPAR. Bits that FreeBSD itself clears are cleared.
 * NOKERNINFO leaves no trace: nothing answers ^T here.
 */
bool freebsd_to_core_termios(const struct freebsd_termios *from, struct core_termios2 *to);
bool core_to_freebsd_termios(const struct core_termios2 *from, struct freebsd_termios *to);

/* TIOCMGET's modem lines and TIOCPKT's bits are the same numbers in both. */
#endif
