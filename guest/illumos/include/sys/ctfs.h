/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/ctfs.h: requests to the files of the contract file system. Facts: contract(4), sys/ctfs.h. */
#ifndef _SYS_CTFS_H
#define _SYS_CTFS_H

#include <sys/contract.h>

#define CTFS_ROOT "/system/contract"

#define CTFS_PREFIX    ('c' << 24 | 't' << 16)
#define CTFS_IOC(x, y) (CTFS_PREFIX | (x) << 8 | (y))

#define CTFS_TMPL(n) CTFS_IOC('t', n)
#define CT_TACTIVATE CTFS_TMPL(0)
#define CT_TCLEAR    CTFS_TMPL(1)
#define CT_TCREATE   CTFS_TMPL(2)
#define CT_TSET	     CTFS_TMPL(3)
#define CT_TGET	     CTFS_TMPL(4)

#define CTFS_CTL(n) CTFS_IOC('c', n)
#define CT_CABANDON CTFS_CTL(0)
#define CT_CACK	    CTFS_CTL(1)
#define CT_CQREQ    CTFS_CTL(2)
#define CT_CADOPT   CTFS_CTL(3)
#define CT_CNEWCT   CTFS_CTL(4)
#define CT_CNACK    CTFS_CTL(5)

#define CTFS_STAT(n) CTFS_IOC('s', n)
#define CT_SSTATUS   CTFS_STAT(0)

#define CTFS_EVT(n)  CTFS_IOC('e', n)
#define CT_ERESET    CTFS_EVT(0)
#define CT_ERECV     CTFS_EVT(1)
#define CT_ECRECV    CTFS_EVT(2)
#define CT_ENEXT     CTFS_EVT(3)
#define CT_ERELIABLE CTFS_EVT(4)

#endif
