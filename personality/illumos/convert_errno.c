/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_errno.c: error numbers, both ways, from errno.def.
 */
#include "personality/illumos/convert_errno.h"

const i16 illumos_errno_from_core[ERRORS_COUNT] = {
#define ILLUMOS_E(name, number, core)	[core] = number,
#define ILLUMOS_E_FROM_CORE(name, core) [core] = ILLUMOS_##name,
#include "personality/illumos/errno.def"
#undef ILLUMOS_E
#undef ILLUMOS_E_FROM_CORE
};

static const u8 core_from_illumos[] = {
#define ILLUMOS_E(name, number, core) [number] = core,
#define ILLUMOS_E_FROM_CORE(name, core)
#include "personality/illumos/errno.def"
#undef ILLUMOS_E
#undef ILLUMOS_E_FROM_CORE
};

int core_to_illumos_errno(int core)
{
	return errors_to_guest(illumos_errno_from_core, core);
}

int illumos_to_core_errno(int number)
{
	return errors_to_core(core_from_illumos, ARRAY_LEN(core_from_illumos), number);
}
