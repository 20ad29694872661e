/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of the network. Source: usr/src/head/netdb.h. */
#ifndef _FB_ILLUMOS_NETDB_H
#define _FB_ILLUMOS_NETDB_H

#include <netinet/in.h>

struct hostent {
	char *h_name, **h_aliases;
	int h_addrtype, h_length;
	char **h_addr_list;
};
#define h_addr h_addr_list[0]
struct servent {
	char *s_name, **s_aliases;
	int s_port;
	char *s_proto;
};
struct protoent {
	char *p_name, **p_aliases;
	int p_proto;
};
struct netent {
	char *n_name, **n_aliases;
	int n_addrtype;
	in_addr_t n_net;
};
struct addrinfo {
	int ai_flags, ai_family, ai_socktype, ai_protocol;
	socklen_t ai_addrlen;
	char *ai_canonname;
	struct sockaddr *ai_addr;
	struct addrinfo *ai_next;
};

#define AI_V4MAPPED    0x0001
#define AI_ALL	       0x0002
#define AI_ADDRCONFIG  0x0004
#define AI_PASSIVE     0x0008
#define AI_CANONNAME   0x0010
#define AI_NUMERICHOST 0x0020
#define AI_NUMERICSERV 0x0040

#define EAI_ADDRFAMILY 1
#define EAI_AGAIN      2
#define EAI_BADFLAGS   3
#define EAI_FAIL       4
#define EAI_FAMILY     5
#define EAI_MEMORY     6
#define EAI_NODATA     7
#define EAI_NONAME     8
#define EAI_SERVICE    9
#define EAI_SOCKTYPE   10
#define EAI_SYSTEM     11
#define EAI_OVERFLOW   12
#define EAI_PROTOCOL   13

#define NI_NOFQDN      0x0001
#define NI_NUMERICHOST 0x0002
#define NI_NAMEREQD    0x0004
#define NI_NUMERICSERV 0x0008
#define NI_DGRAM       0x0010
#define NI_MAXHOST     1025
#define NI_MAXSERV     32

#define NETDB_INTERNAL (-1)
#define HOST_NOT_FOUND 1
#define TRY_AGAIN      2
#define NO_RECOVERY    3
#define NO_DATA	       4

__BEGIN_DECLS
int *__h_errno(void);
#define h_errno (*__h_errno())
int getaddrinfo(const char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD,
		const struct addrinfo *_RESTRICT_KYWD, struct addrinfo **_RESTRICT_KYWD);
void freeaddrinfo(struct addrinfo *);
const char *gai_strerror(int);
int getnameinfo(const struct sockaddr *_RESTRICT_KYWD, socklen_t, char *_RESTRICT_KYWD, socklen_t,
		char *_RESTRICT_KYWD, socklen_t, int);
struct hostent *gethostbyname(const char *);
struct hostent *gethostbyname2(const char *, int);
struct hostent *gethostbyaddr(const void *, socklen_t, int);
const char *hstrerror(int);
void herror(const char *);
struct servent *getservbyname(const char *, const char *);
struct servent *getservbyport(int, const char *);
struct servent *getservent(void);
int setservent(int);
int endservent(void);
struct protoent *getprotobyname(const char *);
struct protoent *getprotobynumber(int);
__END_DECLS

#endif
