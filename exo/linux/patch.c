/* SPDX-License-Identifier: BSD-2-Clause */
/* exo/linux/patch.c: trapped call sites, made cheap. */
#include "exo/linux/linux.h"

void linux_patch_start(void)
{
}

void linux_patch_site(struct exo_frame *f)
{
	(void)f;
}

bool linux_patch_owns(u64 pc, u64 *site)
{
	(void)pc;
	(void)site;
	return false;
}

bool linux_patch_trap(u64 pc)
{
	(void)pc;
	return false;
}

void linux_patch_fork(bool before)
{
	(void)before;
}

void exo_code_gone(u64 addr, u64 len)
{
	(void)addr;
	(void)len;
}

void exo_code_mapped(u64 addr, u64 len)
{
	(void)addr;
	(void)len;
}
