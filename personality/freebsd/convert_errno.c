/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_errno.c: error numbers, both ways, from errno.def.
 */
#include "personality/freebsd/convert_errno.h"

const i16 freebsd_errno_from_core[ERRORS_COUNT] = {
#define FBSD_E(name, number, core)   [core] = number,
#define FBSD_E_FROM_CORE(name, core) [core] = FREEBSD_##name,
#include "personality/freebsd/errno.def"
#undef FBSD_E
#undef FBSD_E_FROM_CORE
};

static const u8 core_from_freebsd[] = {
#define FBSD_E(name, number, core) [number] = core,
#define FBSD_E_FROM_CORE(name, core)
#include "personality/freebsd/errno.def"
#undef FBSD_E
#undef FBSD_E_FROM_CORE
};

int core_to_freebsd_errno(int core)
{
	return errors_to_guest(freebsd_errno_from_core, core);
}

int freebsd_to_core_errno(int number)
{
	return errors_to_core(core_from_freebsd, ARRAY_LEN(core_from_freebsd), number);
}
