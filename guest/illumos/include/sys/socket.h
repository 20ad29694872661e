/* SPDX-License-Identifier: BSD-2-Clause */
/* Sockets. Source: usr/src/uts/common/sys/{socket,socket_impl}.h. Calls are the standard's kind,
 * __xnet_, whose msghdr has msg_control. */
#ifndef _FB_ILLUMOS_SYS_SOCKET_H
#define _FB_ILLUMOS_SYS_SOCKET_H

#include <sys/types.h>
#include <sys/uio.h>

typedef uint32_t socklen_t;
typedef uint16_t sa_family_t;

struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};
struct sockaddr_storage {
	sa_family_t ss_family;
	char _ss_pad1[6];
	double _ss_align;
	char _ss_pad2[240];
};
struct linger {
	int l_onoff, l_linger;
};
struct msghdr {
	void *msg_name;
	socklen_t msg_namelen;
	struct iovec *msg_iov;
	int msg_iovlen;
	void *msg_control;
	socklen_t msg_controllen;
	int msg_flags;
};
struct cmsghdr {
	socklen_t cmsg_len;
	int cmsg_level, cmsg_type;
};

#define SOCK_DGRAM     1
#define SOCK_STREAM    2
#define SOCK_RAW       4
#define SOCK_RDM       5
#define SOCK_SEQPACKET 6
#define SOCK_CLOEXEC   0x080000
#define SOCK_NONBLOCK  0x100000
#define SOCK_NDELAY    0x200000

#define AF_UNSPEC 0
#define AF_UNIX	  1
#define AF_INET	  2
#define AF_ROUTE  24
#define AF_LINK	  25
#define AF_INET6  26
#define AF_PACKET 32
#define PF_UNSPEC AF_UNSPEC
#define PF_UNIX	  AF_UNIX
#define PF_INET	  AF_INET
#define PF_INET6  AF_INET6
#define AF_LOCAL  AF_UNIX
#define PF_LOCAL  AF_UNIX

#define SOL_SOCKET    0xffff
#define SO_DEBUG      0x0001
#define SO_ACCEPTCONN 0x0002
#define SO_REUSEADDR  0x0004
#define SO_KEEPALIVE  0x0008
#define SO_DONTROUTE  0x0010
#define SO_BROADCAST  0x0020
#define SO_LINGER     0x0080
#define SO_OOBINLINE  0x0100
#define SO_RECVUCRED  0x0400
#define SO_SNDBUF     0x1001
#define SO_RCVBUF     0x1002
#define SO_SNDLOWAT   0x1003
#define SO_RCVLOWAT   0x1004
#define SO_SNDTIMEO   0x1005
#define SO_RCVTIMEO   0x1006
#define SO_ERROR      0x1007
#define SO_TYPE	      0x1008
#define SO_PROTOTYPE  0x1009
#define SO_PROTOCOL   SO_PROTOTYPE
#define SO_DOMAIN     0x100c
#define SCM_RIGHTS    0x1010
#define SCM_UCRED     0x1012
#define SO_TIMESTAMP  0x1013
#define SCM_TIMESTAMP SO_TIMESTAMP
#define SO_EXCLBIND   0x1015
#define SOMAXCONN     128

#define MSG_OOB	      0x1
#define MSG_PEEK      0x2
#define MSG_DONTROUTE 0x4
#define MSG_EOR	      0x8
#define MSG_CTRUNC    0x10
#define MSG_TRUNC     0x20
#define MSG_WAITALL   0x40
#define MSG_DONTWAIT  0x80
#define MSG_NOSIGNAL  0x200

#define SHUT_RD	  0
#define SHUT_WR	  1
#define SHUT_RDWR 2

#define _CMSG_ALIGN(n) (((size_t)(n) + 3) & ~(size_t)3)
#define CMSG_DATA(c)   ((unsigned char *)(c) + _CMSG_ALIGN(sizeof(struct cmsghdr)))
#define CMSG_SPACE(n)  ((unsigned)_CMSG_ALIGN(sizeof(struct cmsghdr) + (n)))
#define CMSG_LEN(n)    ((unsigned)(_CMSG_ALIGN(sizeof(struct cmsghdr)) + (n)))
#define CMSG_FIRSTHDR(m)                                                                           \
	((m)->msg_controllen < sizeof(struct cmsghdr) ? (struct cmsghdr *)0                        \
						      : (struct cmsghdr *)(m)->msg_control)
#define CMSG_NXTHDR(m, c)                                                                          \
	((char *)(c) + _CMSG_ALIGN((c)->cmsg_len) + sizeof(struct cmsghdr) >                       \
		 (char *)(m)->msg_control + (m)->msg_controllen                                    \
	     ? (struct cmsghdr *)0                                                                 \
	     : (struct cmsghdr *)((char *)(c) + _CMSG_ALIGN((c)->cmsg_len)))

#define _XNET(name) __asm__("__xnet_" #name)
__BEGIN_DECLS
int socket(int, int, int) _XNET(socket);
int socketpair(int, int, int, int[2]) _XNET(socketpair);
int bind(int, const struct sockaddr *, socklen_t) _XNET(bind);
int listen(int, int) _XNET(listen);
int connect(int, const struct sockaddr *, socklen_t) _XNET(connect);
int accept(int, struct sockaddr *_RESTRICT_KYWD, socklen_t *_RESTRICT_KYWD);
int accept4(int, struct sockaddr *_RESTRICT_KYWD, socklen_t *_RESTRICT_KYWD, int);
int getsockname(int, struct sockaddr *_RESTRICT_KYWD, socklen_t *_RESTRICT_KYWD);
int getpeername(int, struct sockaddr *_RESTRICT_KYWD, socklen_t *_RESTRICT_KYWD);
int getsockopt(int, int, int, void *_RESTRICT_KYWD, socklen_t *_RESTRICT_KYWD) _XNET(getsockopt);
int setsockopt(int, int, int, const void *, socklen_t);
ssize_t recv(int, void *, size_t, int);
ssize_t recvfrom(int, void *_RESTRICT_KYWD, size_t, int, struct sockaddr *_RESTRICT_KYWD,
		 socklen_t *_RESTRICT_KYWD);
ssize_t recvmsg(int, struct msghdr *, int) _XNET(recvmsg);
ssize_t send(int, const void *, size_t, int);
ssize_t sendto(int, const void *, size_t, int, const struct sockaddr *, socklen_t) _XNET(sendto);
ssize_t sendmsg(int, const struct msghdr *, int) _XNET(sendmsg);
int shutdown(int, int);
int sockatmark(int);
__END_DECLS

#endif
