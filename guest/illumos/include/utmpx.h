/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is logged in. Source: usr/src/head/utmpx.h. */
#ifndef _FB_ILLUMOS_UTMPX_H
#define _FB_ILLUMOS_UTMPX_H

#include <sys/time.h>
#include <utmp.h>

#define UTMPX_FILE "/var/adm/utmpx"
#define WTMPX_FILE "/var/adm/wtmpx"

struct utmpx {
	char ut_user[32];
	char ut_id[4];
	char ut_line[32];
	pid_t ut_pid;
	short ut_type;
	struct exit_status ut_exit;
	struct timeval ut_tv;
	int ut_session;
	int pad[5];
	short ut_syslen;
	char ut_host[257];
};
#define ut_xtime ut_tv.tv_sec

__BEGIN_DECLS
struct utmpx *getutxent(void);
struct utmpx *getutxid(const struct utmpx *);
struct utmpx *getutxline(const struct utmpx *);
struct utmpx *pututxline(const struct utmpx *);
void setutxent(void);
void endutxent(void);
int utmpxname(const char *);
struct utmpx *makeutx(const struct utmpx *);
struct utmpx *modutx(const struct utmpx *);
void getutmp(const struct utmpx *, struct utmp *);
void getutmpx(const struct utmp *, struct utmpx *);
void updwtmp(const char *, struct utmp *);
void updwtmpx(const char *, struct utmpx *);
__END_DECLS

#endif
