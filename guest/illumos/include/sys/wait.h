/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for processes. Source: usr/src/uts/common/sys/wait.h. */
#ifndef _FB_ILLUMOS_SYS_WAIT_H
#define _FB_ILLUMOS_SYS_WAIT_H

#include <sys/types.h>
#include <signal.h>
#include <sys/procset.h>
#include <sys/resource.h>

#define WEXITED	   0001
#define WTRAPPED   0002
#define WUNTRACED  0004
#define WSTOPPED   WUNTRACED
#define WCONTINUED 0010
#define WNOHANG	   0100
#define WNOWAIT	   0200

#define WSTOPFLG 0177
#define WCONTFLG 0177777
#define WCOREFLG 0200

#define WIFEXITED(s)	((int)((s)&0xff) == 0)
#define WIFSIGNALED(s)	((int)((s)&0xff) > 0 && (int)((s)&0xff00) == 0)
#define WIFSTOPPED(s)	((int)((s)&0xff) == 0177 && (int)((s)&0xff00) != 0)
#define WIFCONTINUED(s) (((int)(s)&0177777) == WCONTFLG)
#define WEXITSTATUS(s)	((int)((s) >> 8 & 0xff))
#define WTERMSIG(s)	((int)((s)&0x7f))
#define WSTOPSIG(s)	((int)((s) >> 8 & 0xff))
#define WCOREDUMP(s)	((s)&WCOREFLG)

__BEGIN_DECLS
pid_t wait(int *);
pid_t waitpid(pid_t, int *, int);
int waitid(idtype_t, id_t, siginfo_t *, int);
pid_t wait3(int *, int, struct rusage *);
pid_t wait4(pid_t, int *, int, struct rusage *);
__END_DECLS

#endif
