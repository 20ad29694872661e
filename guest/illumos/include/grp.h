/* SPDX-License-Identifier: BSD-2-Clause */
/* Groups. Source: usr/src/head/grp.h. */
#ifndef _FB_ILLUMOS_GRP_H
#define _FB_ILLUMOS_GRP_H

#include <sys/types.h>
#include <stdio.h>

struct group {
	char *gr_name, *gr_passwd;
	gid_t gr_gid;
	char **gr_mem;
};

__BEGIN_DECLS
struct group *getgrgid(gid_t);
struct group *getgrnam(const char *);
struct group *getgrent(void);
struct group *getgrent_r(struct group *, char *, int);
void setgrent(void);
void endgrent(void);
int initgroups(const char *, gid_t);
int getgrouplist(const char *, gid_t, gid_t *, int *);
int __posix_getgrgid_r(gid_t, struct group *, char *, size_t, struct group **);
int __posix_getgrnam_r(const char *, struct group *, char *, size_t, struct group **);
#define getgrgid_r(gid, gr, buf, n, out)  __posix_getgrgid_r(gid, gr, buf, n, out)
#define getgrnam_r(name, gr, buf, n, out) __posix_getgrnam_r(name, gr, buf, n, out)
__END_DECLS

#endif
