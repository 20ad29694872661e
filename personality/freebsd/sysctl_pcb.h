/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_pcb.h: a socket of a list as FreeBSD 10's programs read it.
 */
#ifndef FB_FREEBSD_SYSCTL_PCB_H
#define FB_FREEBSD_SYSCTL_PCB_H

#include "personality/freebsd/abi_pcb.h"
#include "personality/freebsd/sysctl.h"

long freebsd10_out_tcp(struct freebsd_sysctl *req, const struct freebsd_xtcpcb *x);
long freebsd10_out_inet(struct freebsd_sysctl *req, const struct freebsd_xinpcb *x);
long freebsd10_out_local(struct freebsd_sysctl *req, const struct freebsd_xunpcb *x);

#endif
