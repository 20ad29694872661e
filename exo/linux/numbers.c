/* SPDX-License-Identifier: BSD-2-Clause */
/* exo/linux/numbers.c: neutral operations to Linux's system call numbers. */
#include <asm/unistd_64.h>

#include "exo/linux/linux.h"

const u16 exo_linux_numbers[EXO_OP_COUNT] = {
#define CALL(name) [EXO_##name] = __NR_##name,
#include "exo/calls.def"
#undef CALL
};
