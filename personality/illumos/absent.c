/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/absent.c: parts of the kernel that a machine may be without: it is in no
 * cluster, and the zone has no brand. Facts: usr/src/uts/common/syscall/{cladm,brandsys}.c, os/
 * session.c (vhangup), sys/cladm.h, usr/src/uts/intel/syscall/install_utrap.c.
 */
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"

enum { CL_INITIALIZE, CL_CONFIG };
enum { CL_GET_BOOTFLAG };
enum { CL_NODEID };

long illumos_cladm(struct core_thread *t, INT facility, INT cmd, INOUT arg)
{
	(void)t;
	if (facility == CL_INITIALIZE)
		return cmd == CL_GET_BOOTFLAG ? guest_write_u32(arg, 0) : -CORE_EINVAL;
	return facility == CL_CONFIG && cmd == CL_NODEID ? -CORE_ENOSYS : -CORE_EINVAL;
}

long illumos_brandsys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	(void)t, (void)code, (void)a1, (void)a2, (void)a3, (void)a4;
	return -CORE_ENOSYS;
}

/* The original has never done anything but ask for the privilege (its comment says so). */
long illumos_vhangup(struct core_thread *t)
{
	return illumos_priv_has(t, ILLUMOS_PRIV_SYS_CONFIG) ? 0 : -CORE_EPERM;
}

/* Traps are SPARC's. */
long illumos_install_utrap(struct core_thread *t, INT type, ADDR new, OUT old)
{
	(void)t, (void)type, (void)new, (void)old;
	return -CORE_ENOSYS;
}
