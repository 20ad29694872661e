/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals. Source: usr/src/uts/common/sys/{signal,siginfo}.h, usr/src/head/signal.h. */
#ifndef _FB_ILLUMOS_SIGNAL_H
#define _FB_ILLUMOS_SIGNAL_H

#include <sys/procset.h>
#include <sys/types.h>
#include <ucontext.h>

#define SIGHUP	   1
#define SIGINT	   2
#define SIGQUIT	   3
#define SIGILL	   4
#define SIGTRAP	   5
#define SIGABRT	   6
#define SIGEMT	   7
#define SIGFPE	   8
#define SIGKILL	   9
#define SIGBUS	   10
#define SIGSEGV	   11
#define SIGSYS	   12
#define SIGPIPE	   13
#define SIGALRM	   14
#define SIGTERM	   15
#define SIGUSR1	   16
#define SIGUSR2	   17
#define SIGCLD	   18
#define SIGPWR	   19
#define SIGWINCH   20
#define SIGURG	   21
#define SIGPOLL	   22
#define SIGSTOP	   23
#define SIGTSTP	   24
#define SIGCONT	   25
#define SIGTTIN	   26
#define SIGTTOU	   27
#define SIGVTALRM  28
#define SIGPROF	   29
#define SIGXCPU	   30
#define SIGXFSZ	   31
#define SIGWAITING 32
#define SIGLWP	   33
#define SIGFREEZE  34
#define SIGTHAW	   35
#define SIGCANCEL  36
#define SIGLOST	   37
#define SIGXRES	   38
#define SIGJVM1	   39
#define SIGJVM2	   40
#define SIGIOT	   6
#define SIGCHLD	   SIGCLD
#define SIGIO	   SIGPOLL
#define _SIGRTMIN  41
#define _SIGRTMAX  72
#define SIGRTMIN   _SIGRTMIN
#define SIGRTMAX   _SIGRTMAX
#define NSIG	   73

#define SIG_DFL	 ((void (*)(int))0)
#define SIG_ERR	 ((void (*)(int)) - 1)
#define SIG_HOLD ((void (*)(int))2)
#define SIG_IGN	 ((void (*)(int))1)
#define SIG_HOLD ((void (*)(int))2)

#define SIG_BLOCK   1
#define SIG_UNBLOCK 2
#define SIG_SETMASK 3

#define SA_ONSTACK   0x1
#define SA_RESETHAND 0x2
#define SA_RESTART   0x4
#define SA_SIGINFO   0x8
#define SA_NODEFER   0x10
#define SA_NOCLDWAIT 0x10000
#define SA_NOCLDSTOP 0x20000

#define SS_ONSTACK  1
#define SS_DISABLE  2
#define MINSIGSTKSZ 2048
#define SIGSTKSZ    8192

#define SI_NOINFO  32767
#define SI_USER	   0
#define SI_LWP	   (-1)
#define SI_QUEUE   (-2)
#define SI_TIMER   (-3)
#define SI_ASYNCIO (-4)
#define SI_MESGQ   (-5)

#define ILL_ILLOPC    1
#define FPE_INTDIV    1
#define FPE_INTOVF    2
#define FPE_FLTDIV    3
#define SEGV_MAPERR   1
#define SEGV_ACCERR   2
#define BUS_ADRALN    1
#define BUS_ADRERR    2
#define BUS_OBJERR    3
#define TRAP_BRKPT    1
#define TRAP_TRACE    2
#define CLD_EXITED    1
#define CLD_KILLED    2
#define CLD_DUMPED    3
#define CLD_TRAPPED   4
#define CLD_STOPPED   5
#define CLD_CONTINUED 6

union sigval {
	int sival_int;
	void *sival_ptr;
};

struct sigevent {
	int sigev_notify;
	int sigev_signo;
	union sigval sigev_value;
	void (*sigev_notify_function)(union sigval);
	pthread_attr_t *sigev_notify_attributes;
	int __sigev_pad2;
};
#define SIGEV_NONE   1
#define SIGEV_SIGNAL 2
#define SIGEV_THREAD 3
#define SIGEV_PORT   4

typedef struct siginfo {
	int si_signo;
	int si_code;
	int si_errno;
	int si_pad;
	union {
		struct {
			pid_t __pid;
			union {
				struct {
					uid_t __uid;
					union sigval __value;
				} __kill;
				struct {
					clock_t __utime;
					int __status;
					clock_t __stime;
				} __cld;
			} __pdata;
			ctid_t __ctid;
			zoneid_t __zoneid;
		} __proc;
		struct {
			void *__addr;
			int __trapno;
			caddr_t __pc;
		} __fault;
		struct {
			int __fd;
			long __band;
		} __file;
		int __pad[60];
	} __data;
} siginfo_t;
#define si_pid	  __data.__proc.__pid
#define si_ctid	  __data.__proc.__ctid
#define si_zoneid __data.__proc.__zoneid
#define si_status __data.__proc.__pdata.__cld.__status
#define si_stime  __data.__proc.__pdata.__cld.__stime
#define si_utime  __data.__proc.__pdata.__cld.__utime
#define si_uid	  __data.__proc.__pdata.__kill.__uid
#define si_value  __data.__proc.__pdata.__kill.__value
#define si_addr	  __data.__fault.__addr
#define si_trapno __data.__fault.__trapno
#define si_pc	  __data.__fault.__pc
#define si_fd	  __data.__file.__fd
#define si_band	  __data.__file.__band

struct sigaction {
	int sa_flags;
	union {
		void (*_handler)(int);
		void (*_sigaction)(int, siginfo_t *, void *);
	} _funcptr;
	sigset_t sa_mask;
};
#define sa_handler   _funcptr._handler
#define sa_sigaction _funcptr._sigaction

typedef int sig_atomic_t;

__BEGIN_DECLS
struct timespec;
int kill(pid_t, int);
int raise(int);
int sigaction(int, const struct sigaction *, struct sigaction *);
int sigprocmask(int, const sigset_t *, sigset_t *);
int sigpending(sigset_t *);
int sigsuspend(const sigset_t *);
int sigaltstack(const stack_t *, stack_t *);
int sigemptyset(sigset_t *);
int sigfillset(sigset_t *);
int sigaddset(sigset_t *, int);
int sigdelset(sigset_t *, int);
int sigismember(const sigset_t *, int);
int sigwait(const sigset_t *, int *);
int sigwaitinfo(const sigset_t *, siginfo_t *);
int sigtimedwait(const sigset_t *, siginfo_t *, const struct timespec *);
int sigsend(idtype_t, id_t, int);
int sigsendset(const procset_t *, int);
int sigqueue(pid_t, int, const union sigval);
void (*signal(int, void (*)(int)))(int);
int pthread_kill(pthread_t, int);
int pthread_sigmask(int, const sigset_t *, sigset_t *);
#define SIG2STR_MAX 32
int sig2str(int, char *);
int str2sig(const char *, int *);
void (*sigset(int, void (*)(int)))(int);
int sighold(int);
int sigrelse(int);
int sigignore(int);
int sigpause(int);
int sigsend(idtype_t, id_t, int);
int sigsendset(const procset_t *, int);
void psignal(int, const char *);
void psiginfo(const siginfo_t *, const char *);
__END_DECLS

#endif
