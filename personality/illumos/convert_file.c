/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_file.c: open flags and places of the *at calls.
 */
#include "personality/illumos/convert_file.h"
#include "personality/bits.h"

static const struct bit_pair oflags[] = {
    {ILLUMOS_O_WRONLY, CORE_O_WRONLY},
    {ILLUMOS_O_RDWR, CORE_O_RDWR},
    {ILLUMOS_O_APPEND, CORE_O_APPEND},
    {ILLUMOS_O_SYNC, CORE_O_SYNC},
    {ILLUMOS_O_DSYNC, CORE_O_DSYNC},
    {ILLUMOS_O_NONBLOCK, CORE_O_NONBLOCK},
    {ILLUMOS_O_NDELAY, CORE_O_NONBLOCK}, /* towards the hub only, as the next two */
    {ILLUMOS_O_RSYNC, 0},		 /* reads wait for writes anyway */
    {ILLUMOS_O_LARGEFILE, 0},
    {ILLUMOS_O_CREAT, CORE_O_CREAT},
    {ILLUMOS_O_TRUNC, CORE_O_TRUNC},
    {ILLUMOS_O_EXCL, CORE_O_EXCL},
    {ILLUMOS_O_NOCTTY, CORE_O_NOCTTY},
    {ILLUMOS_O_NOFOLLOW, CORE_O_NOFOLLOW},
    {ILLUMOS_O_CLOEXEC, CORE_O_CLOEXEC},
};

bool illumos_to_core_oflags(i32 flags, i32 *core)
{
	u32 out;
	bool known = bits_to_core(oflags, ARRAY_LEN(oflags), (u32)flags, &out);

	*core = (i32)out;
	return known;
}

i32 core_to_illumos_oflags(i32 core)
{
	u32 out;

	bits_to_guest(oflags, ARRAY_LEN(oflags), (u32)core, &out);
	return (i32)out;
}
