/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_tty.h: terminal settings. VMIN and VTIME are illumos's VEOF and VEOL
 * while ICANON is not set; the hub keeps all four apart.
 */
#ifndef FB_ILLUMOS_CONVERT_TTY_H
#define FB_ILLUMOS_CONVERT_TTY_H

#include "personality/illumos/abi_tty.h"

void core_to_illumos_termios(const struct core_termios *from, struct illumos_termios *to);
/* *to is what the terminal has: what illumos does not say stays. */
void illumos_to_core_termios(const struct illumos_termios *from, struct core_termios *to);
/* The older form is the lower halves, and eight characters. */
void illumos_to_termio(const struct illumos_termios *from, struct illumos_termio *to);
void illumos_from_termio(const struct illumos_termio *from, struct illumos_termios *to);

#endif
