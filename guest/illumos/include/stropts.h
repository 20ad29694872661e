/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/stropts.h, usr/src/uts/common/sys/stropts.h. */
#ifndef _FB_ILLUMOS_STROPTS_H
#define _FB_ILLUMOS_STROPTS_H

#include <sys/types.h>

#define _STR	 ('S' << 8)
#define I_NREAD	 (_STR | 01)
#define I_PUSH	 (_STR | 02)
#define I_POP	 (_STR | 03)
#define I_LOOK	 (_STR | 04)
#define I_STR	 (_STR | 010)
#define I_FIND	 (_STR | 013)
#define I_RECVFD (_STR | 016)
#define I_SENDFD (_STR | 021)
#define I_CANPUT (_STR | 042)

#define RS_HIPRI  0x01
#define MSG_HIPRI 0x01
#define MSG_ANY	  0x02
#define MSG_BAND  0x04
#define MORECTL	  1
#define MOREDATA  2

struct strioctl {
	int ic_cmd, ic_timout, ic_len;
	char *ic_dp;
};
struct strbuf {
	int maxlen, len;
	char *buf;
};
struct strrecvfd {
	int fd;
	uid_t uid;
	gid_t gid;
	char fill[8];
};

__BEGIN_DECLS
int getmsg(int, struct strbuf *_RESTRICT_KYWD, struct strbuf *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int putmsg(int, const struct strbuf *, const struct strbuf *, int);
int getpmsg(int, struct strbuf *_RESTRICT_KYWD, struct strbuf *_RESTRICT_KYWD, int *_RESTRICT_KYWD,
	    int *_RESTRICT_KYWD);
int putpmsg(int, const struct strbuf *, const struct strbuf *, int, int);
int isastream(int);
int fattach(int, const char *);
int fdetach(const char *);
__END_DECLS

#endif
