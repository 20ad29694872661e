/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/filio.h, ioccom.h. */
#ifndef _FB_ILLUMOS_SYS_FILIO_H
#define _FB_ILLUMOS_SYS_FILIO_H

#define _IOCPARM(size) ((unsigned)((size)&0xff) << 16)
#define _IO(x, y)      (0x20000000 | (x) << 8 | (y))
#define _IOR(x, y, t)  ((int)(0x40000000 | _IOCPARM(sizeof(t)) | (x) << 8 | (y)))
#define _IOW(x, y, t)  ((int)(0x80000000 | _IOCPARM(sizeof(t)) | (x) << 8 | (y)))
#define _IOWR(x, y, t) ((int)(0xc0000000 | _IOCPARM(sizeof(t)) | (x) << 8 | (y)))

#define FIOCLEX	 _IO('f', 1)
#define FIONCLEX _IO('f', 2)
#define FIONREAD _IOR('f', 127, int)
#define FIONBIO	 _IOW('f', 126, int)
#define FIOASYNC _IOW('f', 125, int)

#endif
