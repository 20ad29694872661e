/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls and constants of POSIX. Source: usr/src/head/unistd.h, usr/src/uts/common/sys/unistd.h. */
#ifndef _FB_ILLUMOS_UNISTD_H
#define _FB_ILLUMOS_UNISTD_H

#include <sys/types.h>

#define STDIN_FILENO  0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define F_OK	      0
#define X_OK	      1
#define W_OK	      2
#define R_OK	      4
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define F_ULOCK	  0
#define F_LOCK	  1
#define F_TLOCK	  2
#define F_TEST	  3
#define SEEK_DATA 3
#define SEEK_HOLE 4

#define _SC_ARG_MAX			 1
#define _SC_CHILD_MAX			 2
#define _SC_CLK_TCK			 3
#define _SC_NGROUPS_MAX			 4
#define _SC_OPEN_MAX			 5
#define _SC_JOB_CONTROL			 6
#define _SC_SAVED_IDS			 7
#define _SC_VERSION			 8
#define _SC_PASS_MAX			 9
#define _SC_LOGNAME_MAX			 10
#define _SC_PAGESIZE			 11
#define _SC_XOPEN_VERSION		 12
#define _SC_NPROCESSORS_CONF		 14
#define _SC_NPROCESSORS_ONLN		 15
#define _SC_STREAM_MAX			 16
#define _SC_TZNAME_MAX			 17
#define _SC_AIO_LISTIO_MAX		 18
#define _SC_AIO_MAX			 19
#define _SC_AIO_PRIO_DELTA_MAX		 20
#define _SC_ASYNCHRONOUS_IO		 21
#define _SC_DELAYTIMER_MAX		 22
#define _SC_FSYNC			 23
#define _SC_MAPPED_FILES		 24
#define _SC_MEMLOCK			 25
#define _SC_MEMLOCK_RANGE		 26
#define _SC_MEMORY_PROTECTION		 27
#define _SC_MESSAGE_PASSING		 28
#define _SC_MQ_OPEN_MAX			 29
#define _SC_MQ_PRIO_MAX			 30
#define _SC_PRIORITIZED_IO		 31
#define _SC_PRIORITY_SCHEDULING		 32
#define _SC_REALTIME_SIGNALS		 33
#define _SC_RTSIG_MAX			 34
#define _SC_SEMAPHORES			 35
#define _SC_SEM_NSEMS_MAX		 36
#define _SC_SEM_VALUE_MAX		 37
#define _SC_SHARED_MEMORY_OBJECTS	 38
#define _SC_SIGQUEUE_MAX		 39
#define _SC_SIGRT_MIN			 40
#define _SC_SIGRT_MAX			 41
#define _SC_SYNCHRONIZED_IO		 42
#define _SC_TIMERS			 43
#define _SC_TIMER_MAX			 44
#define _SC_2_C_BIND			 45
#define _SC_2_C_DEV			 46
#define _SC_2_C_VERSION			 47
#define _SC_2_FORT_DEV			 48
#define _SC_2_FORT_RUN			 49
#define _SC_2_LOCALEDEF			 50
#define _SC_2_SW_DEV			 51
#define _SC_2_UPE			 52
#define _SC_2_VERSION			 53
#define _SC_BC_BASE_MAX			 54
#define _SC_BC_DIM_MAX			 55
#define _SC_BC_SCALE_MAX		 56
#define _SC_BC_STRING_MAX		 57
#define _SC_COLL_WEIGHTS_MAX		 58
#define _SC_EXPR_NEST_MAX		 59
#define _SC_LINE_MAX			 60
#define _SC_RE_DUP_MAX			 61
#define _SC_XOPEN_CRYPT			 62
#define _SC_XOPEN_ENH_I18N		 63
#define _SC_XOPEN_SHM			 64
#define _SC_2_CHAR_TERM			 66
#define _SC_XOPEN_XCU_VERSION		 67
#define _SC_ATEXIT_MAX			 76
#define _SC_IOV_MAX			 77
#define _SC_XOPEN_UNIX			 78
#define _SC_PAGE_SIZE			 _SC_PAGESIZE
#define _SC_T_IOV_MAX			 79
#define _SC_PHYS_PAGES			 500
#define _SC_AVPHYS_PAGES		 501
#define _SC_COHER_BLKSZ			 503
#define _SC_SPLIT_CACHE			 504
#define _SC_ICACHE_SZ			 505
#define _SC_DCACHE_SZ			 506
#define _SC_ICACHE_LINESZ		 507
#define _SC_DCACHE_LINESZ		 508
#define _SC_ICACHE_BLKSZ		 509
#define _SC_DCACHE_BLKSZ		 510
#define _SC_DCACHE_TBLKSZ		 511
#define _SC_ICACHE_ASSOC		 512
#define _SC_DCACHE_ASSOC		 513
#define _SC_MAXPID			 514
#define _SC_STACK_PROT			 515
#define _SC_NPROCESSORS_MAX		 516
#define _SC_CPUID_MAX			 517
#define _SC_EPHID_MAX			 518
#define _SC_THREAD_DESTRUCTOR_ITERATIONS 568
#define _SC_GETGR_R_SIZE_MAX		 569
#define _SC_GETPW_R_SIZE_MAX		 570
#define _SC_LOGIN_NAME_MAX		 571
#define _SC_THREAD_KEYS_MAX		 572
#define _SC_THREAD_STACK_MIN		 573
#define _SC_THREAD_THREADS_MAX		 574
#define _SC_TTY_NAME_MAX		 575
#define _SC_THREADS			 576
#define _SC_THREAD_ATTR_STACKADDR	 577
#define _SC_THREAD_ATTR_STACKSIZE	 578
#define _SC_THREAD_PRIORITY_SCHEDULING	 579
#define _SC_THREAD_PRIO_INHERIT		 580
#define _SC_THREAD_PRIO_PROTECT		 581
#define _SC_THREAD_PROCESS_SHARED	 582
#define _SC_THREAD_SAFE_FUNCTIONS	 583
#define _SC_XOPEN_LEGACY		 717
#define _SC_XOPEN_REALTIME		 718
#define _SC_XOPEN_REALTIME_THREADS	 719
#define _SC_XBS5_ILP32_OFF32		 720
#define _SC_XBS5_ILP32_OFFBIG		 721
#define _SC_XBS5_LP64_OFF64		 722
#define _SC_XBS5_LPBIG_OFFBIG		 723
#define _SC_2_PBS			 724
#define _SC_2_PBS_ACCOUNTING		 725
#define _SC_2_PBS_CHECKPOINT		 726
#define _SC_2_PBS_LOCATE		 728
#define _SC_2_PBS_MESSAGE		 729
#define _SC_2_PBS_TRACK			 730
#define _SC_ADVISORY_INFO		 731
#define _SC_BARRIERS			 732
#define _SC_CLOCK_SELECTION		 733
#define _SC_CPUTIME			 734
#define _SC_HOST_NAME_MAX		 735
#define _SC_MONOTONIC_CLOCK		 736
#define _SC_READER_WRITER_LOCKS		 737
#define _SC_REGEXP			 738
#define _SC_SHELL			 739
#define _SC_SPAWN			 740
#define _SC_SPIN_LOCKS			 741
#define _SC_SPORADIC_SERVER		 742
#define _SC_SS_REPL_MAX			 743
#define _SC_SYMLOOP_MAX			 744
#define _SC_THREAD_CPUTIME		 745
#define _SC_THREAD_SPORADIC_SERVER	 746
#define _SC_TIMEOUTS			 747
#define _SC_TRACE			 748
#define _SC_TRACE_EVENT_FILTER		 749
#define _SC_TRACE_EVENT_NAME_MAX	 750
#define _SC_TRACE_INHERIT		 751
#define _SC_TRACE_LOG			 752
#define _SC_TRACE_NAME_MAX		 753
#define _SC_TRACE_SYS_MAX		 754
#define _SC_TRACE_USER_EVENT_MAX	 755
#define _SC_TYPED_MEMORY_OBJECTS	 756
#define _SC_V6_ILP32_OFF32		 757
#define _SC_V6_ILP32_OFFBIG		 758
#define _SC_V6_LP64_OFF64		 759
#define _SC_V6_LPBIG_OFFBIG		 760
#define _SC_XOPEN_STREAMS		 761
#define _SC_IPV6			 762
#define _SC_RAW_SOCKETS			 763
#define _CS_PATH			 65
#define _PC_LINK_MAX			 1
#define _PC_MAX_CANON			 2
#define _PC_MAX_INPUT			 3
#define _PC_NAME_MAX			 4
#define _PC_PATH_MAX			 5
#define _PC_PIPE_BUF			 6
#define _PC_NO_TRUNC			 7
#define _PC_VDISABLE			 8
#define _PC_CHOWN_RESTRICTED		 9
#define _PC_ASYNC_IO			 10
#define _PC_PRIO_IO			 11
#define _PC_SYNC_IO			 12
#define _PC_ALLOC_SIZE_MIN		 13
#define _PC_REC_INCR_XFER_SIZE		 14
#define _PC_REC_MAX_XFER_SIZE		 15
#define _PC_REC_MIN_XFER_SIZE		 16
#define _PC_REC_XFER_ALIGN		 17
#define _PC_SYMLINK_MAX			 18
#define _PC_2_SYMLINKS			 19
#define _PC_ACL_ENABLED			 20
#define _PC_MIN_HOLE_SIZE		 21
#define _PC_CASE_BEHAVIOR		 22
#define _PC_SATTR_ENABLED		 23
#define _PC_SATTR_EXISTS		 24
#define _PC_ACCESS_FILTERING		 25
#define _PC_TIMESTAMP_RESOLUTION	 26
#define _PC_FILESIZEBITS		 67
#define _PC_XATTR_ENABLED		 100
#define _PC_XATTR_EXISTS		 101
#define _PC_LAST			 101
#define _SC_TTYNAME_MAX			 _SC_TTY_NAME_MAX

__BEGIN_DECLS
extern char **environ;
ssize_t read(int, void *, size_t);
ssize_t write(int, const void *, size_t);
ssize_t pread(int, void *, size_t, off_t);
ssize_t pwrite(int, const void *, size_t, off_t);
int close(int);
off_t lseek(int, off_t, int);
int dup(int);
int dup2(int, int);
int pipe(int[2]);
int pipe2(int[2], int);
int fsync(int);
int fdatasync(int);
int ftruncate(int, off_t);
int truncate(const char *, off_t);
int access(const char *, int);
int faccessat(int, const char *, int, int);
int chdir(const char *);
int fchdir(int);
int chroot(const char *);
int chown(const char *, uid_t, gid_t);
int fchown(int, uid_t, gid_t);
int lchown(const char *, uid_t, gid_t);
int fchownat(int, const char *, uid_t, gid_t, int);
int link(const char *, const char *);
int linkat(int, const char *, int, const char *, int);
int symlink(const char *, const char *);
int symlinkat(const char *, int, const char *);
ssize_t readlink(const char *, char *, size_t);
ssize_t readlinkat(int, const char *, char *, size_t);
int unlink(const char *);
int unlinkat(int, const char *, int);
int rmdir(const char *);
void sync(void);
char *getcwd(char *, size_t);
pid_t getpid(void);
pid_t getppid(void);
pid_t getpgrp(void);
pid_t getpgid(pid_t);
pid_t getsid(pid_t);
pid_t setsid(void);
int setpgid(pid_t, pid_t);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int setuid(uid_t);
int setgid(gid_t);
int seteuid(uid_t);
int setegid(gid_t);
int setreuid(uid_t, uid_t);
int setregid(gid_t, gid_t);
int getgroups(int, gid_t *);
int setgroups(int, const gid_t *);
int issetugid(void);
int execve(const char *, char *const[], char *const[]);
void _exit(int) __NORETURN;
unsigned int alarm(unsigned int);
unsigned int sleep(unsigned int);
int usleep(useconds_t);
int profil(unsigned short *, size_t, unsigned long, unsigned int);
int pause(void);
int nice(int);
long sysconf(int);
int getpagesize(void);
int getdtablesize(void);
int gethostname(char *, int);
int sethostname(char *, int);
int gethostid(void);
int ioctl(int, int, ...);
int dup3(int, int, int);
int lockf(int, int, off_t);
long pathconf(const char *, int);
long fpathconf(int, int);
size_t confstr(int, char *, size_t);
int isatty(int);
char *ttyname(int);
int ttyname_r(int, char *, int);
pid_t tcgetpgrp(int);
int tcsetpgrp(int, pid_t);
char *getlogin(void);
int getlogin_r(char *, int);
char *getpass(const char *);
char *getwd(char *);
char *get_current_dir_name(void);
pid_t fork(void);
pid_t vfork(void) __RETURNS_TWICE;
pid_t forkx(int);
pid_t forkall(void);
int setpgrp(void);
int initgroups(const char *, gid_t);
int execv(const char *, char *const[]);
int execvp(const char *, char *const[]);
int execvpe(const char *, char *const[], char *const[]);
int execl(const char *, const char *, ...);
int execle(const char *, const char *, ...);
int execlp(const char *, const char *, ...);
int fexecve(int, char *const[], char *const[]);
void *sbrk(intptr_t);
int brk(void *);
int acct(const char *);
int lchmod(const char *, mode_t);
void swab(const void *, void *, ssize_t);
int getentropy(void *, size_t);
useconds_t ualarm(useconds_t, useconds_t);
int fchroot(int);
int resolvepath(const char *, char *, size_t);
long ulimit(int, ...);
int getopt(int, char *const[], const char *);
extern char *optarg;
extern int optind, opterr, optopt;
__END_DECLS

#endif
