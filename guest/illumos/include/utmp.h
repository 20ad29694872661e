/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is logged in, as it was told before utmpx. Source: usr/src/head/utmp.h. */
#ifndef _FB_ILLUMOS_UTMP_H
#define _FB_ILLUMOS_UTMP_H

#include <sys/types.h>

struct exit_status {
	short e_termination;
	short e_exit;
};

struct utmp {
	char ut_user[8];
	char ut_id[4];
	char ut_line[12];
	short ut_pid;
	short ut_type;
	struct exit_status ut_exit;
	time_t ut_time;
};
#define ut_name ut_user

#define EMPTY	      0
#define RUN_LVL	      1
#define BOOT_TIME     2
#define OLD_TIME      3
#define NEW_TIME      4
#define INIT_PROCESS  5
#define LOGIN_PROCESS 6
#define USER_PROCESS  7
#define DEAD_PROCESS  8
#define ACCOUNTING    9
#define DOWN_TIME     10
#define UTMAXTYPE     DOWN_TIME

__BEGIN_DECLS
struct utmp *getutent(void);
struct utmp *getutid(const struct utmp *);
struct utmp *getutline(const struct utmp *);
struct utmp *pututline(const struct utmp *);
void setutent(void);
void endutent(void);
int utmpname(const char *);
__END_DECLS

#endif
