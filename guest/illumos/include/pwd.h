/* SPDX-License-Identifier: BSD-2-Clause */
/* Users. Source: usr/src/head/pwd.h. */
#ifndef _FB_ILLUMOS_PWD_H
#define _FB_ILLUMOS_PWD_H

#include <sys/types.h>
#include <stdio.h>

struct passwd {
	char *pw_name, *pw_passwd;
	uid_t pw_uid;
	gid_t pw_gid;
	char *pw_age, *pw_comment, *pw_gecos, *pw_dir, *pw_shell;
};

__BEGIN_DECLS
struct passwd *getpwuid(uid_t);
struct passwd *getpwnam(const char *);
struct passwd *getpwent(void);
struct passwd *getpwent_r(struct passwd *, char *, int);
void setpwent(void);
void endpwent(void);
int __posix_getpwuid_r(uid_t, struct passwd *, char *, size_t, struct passwd **);
int __posix_getpwnam_r(const char *, struct passwd *, char *, size_t, struct passwd **);
#define getpwuid_r(uid, pw, buf, n, out)  __posix_getpwuid_r(uid, pw, buf, n, out)
#define getpwnam_r(name, pw, buf, n, out) __posix_getpwnam_r(name, pw, buf, n, out)
__END_DECLS

#endif
