/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/freebsd.h: the numbers and layouts of FreeBSD/amd64 that the test programs
 * use, from the headers named above each group, releases 13.5 and 14 alike.
 */
#ifndef FB_TESTS_GUEST_FREEBSD_H
#define FB_TESTS_GUEST_FREEBSD_H

/* system calls (sys/syscall.h) */
#define SYS_exit	   1
#define SYS_fork	   2
#define SYS_read	   3
#define SYS_write	   4
#define SYS_open	   5
#define SYS_close	   6
#define SYS_wait4	   7
#define SYS_link	   9
#define SYS_unlink	   10
#define SYS_chdir	   12
#define SYS_fchdir	   13
#define SYS_chmod	   15
#define SYS_getpid	   20
#define SYS_getuid	   24
#define SYS_recvmsg	   27
#define SYS_sendmsg	   28
#define SYS_getsockname	   32
#define SYS_access	   33
#define SYS_kill	   37
#define SYS_getppid	   39
#define SYS_dup		   41
#define SYS_sigaltstack	   53
#define SYS_ioctl	   54
#define SYS_symlink	   57
#define SYS_readlink	   58
#define SYS_execve	   59
#define SYS_chroot	   61
#define SYS_umask	   60
#define SYS_vfork	   66
#define SYS_munmap	   73
#define SYS_mprotect	   74
#define SYS_getpgrp	   81
#define SYS_setpgid	   82
#define SYS_dup2	   90
#define SYS_fcntl	   92
#define SYS_fsync	   95
#define SYS_socket	   97
#define SYS_connect	   98
#define SYS_bind	   104
#define SYS_setsockopt	   105
#define SYS_listen	   106
#define SYS_getrusage	   117
#define SYS_readv	   120
#define SYS_writev	   121
#define SYS_rename	   128
#define SYS_flock	   131
#define SYS_sendto	   133
#define SYS_socketpair	   135
#define SYS_mkdir	   136
#define SYS_rmdir	   137
#define SYS_setsid	   147
#define SYS_sysarch	   165
#define SYS_poll	   209
#define SYS_clock_gettime  232
#define SYS_nanosleep	   240
#define SYS_issetugid	   253
#define SYS___getcwd	   326
#define SYS_sched_yield	   331
#define SYS_sigprocmask	   340
#define SYS_sigsuspend	   341
#define SYS_sigpending	   343
#define SYS_sigtimedwait   345
#define SYS_kqueue	   362
#define SYS_sigaction	   416
#define SYS_sigreturn	   417
#define SYS_thr_exit	   431
#define SYS_thr_self	   432
#define SYS_thr_kill	   433
#define SYS__umtx_op	   454
#define SYS_thr_new	   455
#define SYS_sigqueue	   456
#define SYS_pread	   475
#define SYS_pwrite	   476
#define SYS_mmap	   477
#define SYS_lseek	   478
#define SYS_truncate	   479
#define SYS_ftruncate	   480
#define SYS_thr_kill2	   481
#define SYS_openat	   499
#define SYS_accept4	   541
#define SYS_pipe2	   542
#define SYS_ppoll	   545
#define SYS_fstat	   551
#define SYS_fstatat	   552
#define SYS_getdirentries  554
#define SYS_kevent	   560
#define SYS_getrandom	   563
#define SYS_close_range	   575
#define SYS___sysctlbyname 570
#define SYS___sysctl	   202

/* errors (sys/errno.h) */
#define EPERM		1
#define ENOENT		2
#define ESRCH		3
#define EINTR		4
#define EIO		5
#define ENXIO		6
#define E2BIG		7
#define ENOEXEC		8
#define EBADF		9
#define ECHILD		10
#define EDEADLK		11
#define ENOMEM		12
#define EACCES		13
#define EFAULT		14
#define ENOTBLK		15
#define EBUSY		16
#define EEXIST		17
#define EXDEV		18
#define ENODEV		19
#define ENOTDIR		20
#define EISDIR		21
#define EINVAL		22
#define ENFILE		23
#define EMFILE		24
#define ENOTTY		25
#define ETXTBSY		26
#define EFBIG		27
#define ENOSPC		28
#define ESPIPE		29
#define EROFS		30
#define EMLINK		31
#define EPIPE		32
#define EDOM		33
#define ERANGE		34
#define EAGAIN		35
#define EINPROGRESS	36
#define EALREADY	37
#define ENOTSOCK	38
#define EDESTADDRREQ	39
#define EMSGSIZE	40
#define EPROTOTYPE	41
#define ENOPROTOOPT	42
#define EPROTONOSUPPORT 43
#define ESOCKTNOSUPPORT 44
#define EOPNOTSUPP	45
#define EPFNOSUPPORT	46
#define EAFNOSUPPORT	47
#define EADDRINUSE	48
#define EADDRNOTAVAIL	49
#define ENETDOWN	50
#define ENETUNREACH	51
#define ENETRESET	52
#define ECONNABORTED	53
#define ECONNRESET	54
#define ENOBUFS		55
#define EISCONN		56
#define ENOTCONN	57
#define ESHUTDOWN	58
#define ETOOMANYREFS	59
#define ETIMEDOUT	60
#define ECONNREFUSED	61
#define ELOOP		62
#define ENAMETOOLONG	63
#define EHOSTDOWN	64
#define EHOSTUNREACH	65
#define ENOTEMPTY	66
#define EPROCLIM	67
#define EUSERS		68
#define EDQUOT		69
#define ESTALE		70
#define EREMOTE		71
#define EBADRPC		72
#define ERPCMISMATCH	73
#define EPROGUNAVAIL	74
#define EPROGMISMATCH	75
#define EPROCUNAVAIL	76
#define ENOLCK		77
#define ENOSYS		78
#define EFTYPE		79
#define EAUTH		80
#define ENEEDAUTH	81
#define EIDRM		82
#define ENOMSG		83
#define EOVERFLOW	84
#define ECANCELED	85
#define EILSEQ		86
#define ENOATTR		87
#define EDOOFUS		88
#define EBADMSG		89
#define EMULTIHOP	90
#define ENOLINK		91
#define EPROTO		92
#define ENOTCAPABLE	93
#define ECAPMODE	94
#define ENOTRECOVERABLE 95
#define EOWNERDEAD	96
#define EINTEGRITY	97

/* files (sys/fcntl.h, sys/unistd.h, sys/stat.h) */
#define O_RDONLY	    0x0000
#define O_WRONLY	    0x0001
#define O_RDWR		    0x0002
#define O_ACCMODE	    0x0003
#define O_NONBLOCK	    0x0004
#define O_APPEND	    0x0008
#define O_SYNC		    0x0080
#define O_NOFOLLOW	    0x0100
#define O_CREAT		    0x0200
#define O_TRUNC		    0x0400
#define O_EXCL		    0x0800
#define O_NOCTTY	    0x8000
#define O_DIRECTORY	    0x00020000
#define O_CLOEXEC	    0x00100000
#define AT_FDCWD	    -100
#define AT_SYMLINK_NOFOLLOW 0x0200
#define AT_REMOVEDIR	    0x0800
#define F_DUPFD		    0
#define F_GETFD		    1
#define F_SETFD		    2
#define F_GETFL		    3
#define F_SETFL		    4
#define F_DUPFD_CLOEXEC	    17
#define FD_CLOEXEC	    1

/* memory (sys/mman.h) */
#define PROT_NONE   0x00
#define PROT_READ   0x01
#define PROT_WRITE  0x02
#define PROT_EXEC   0x04
#define MAP_SHARED  0x0001
#define MAP_PRIVATE 0x0002
#define MAP_FIXED   0x0010
#define MAP_STACK   0x0400
#define MAP_ANON    0x1000
#define MAP_GUARD   0x00002000
#define MAP_EXCL    0x00004000
#define MAP_32BIT   0x00080000

/* time (sys/_clock_id.h) */
#define CLOCK_REALTIME		 0
#define CLOCK_MONOTONIC		 4
#define CLOCK_UPTIME		 5
#define CLOCK_SECOND		 13
#define CLOCK_THREAD_CPUTIME_ID	 14
#define CLOCK_PROCESS_CPUTIME_ID 15

/* signals (sys/signal.h) */
#define SIGHUP	     1
#define SIGINT	     2
#define SIGQUIT	     3
#define SIGILL	     4
#define SIGTRAP	     5
#define SIGABRT	     6
#define SIGEMT	     7
#define SIGFPE	     8
#define SIGKILL	     9
#define SIGBUS	     10
#define SIGSEGV	     11
#define SIGSYS	     12
#define SIGPIPE	     13
#define SIGALRM	     14
#define SIGTERM	     15
#define SIGURG	     16
#define SIGSTOP	     17
#define SIGTSTP	     18
#define SIGCONT	     19
#define SIGCHLD	     20
#define SIGTTIN	     21
#define SIGTTOU	     22
#define SIGIO	     23
#define SIGXCPU	     24
#define SIGXFSZ	     25
#define SIGVTALRM    26
#define SIGPROF	     27
#define SIGWINCH     28
#define SIGINFO	     29
#define SIGUSR1	     30
#define SIGUSR2	     31
#define SIGRTMIN     65
#define SIGRTMAX     126
#define SA_NOCLDSTOP 0x0008
#define SA_ONSTACK   0x0001
#define SA_RESTART   0x0002
#define SA_RESETHAND 0x0004
#define SA_NODEFER   0x0010
#define SA_NOCLDWAIT 0x0020
#define SA_SIGINFO   0x0040
#define SI_USER	     0x10001
#define SI_QUEUE     0x10002
#define SI_TIMER     0x10003
#define SI_ASYNCIO   0x10004
#define SI_MESGQ     0x10005
#define SI_KERNEL    0x10006
#define SI_LWP	     0x10007
#define SS_ONSTACK   0x0001
#define SS_DISABLE   0x0004

/* sys/wait.h */
#define WNOHANG	    1
#define SIG_BLOCK   1
#define SIG_UNBLOCK 2
#define SIG_SETMASK 3

/* auxiliary vector (sys/elf_common.h) */
#define AT_NULL		0
#define AT_PHDR		3
#define AT_PHENT	4
#define AT_PHNUM	5
#define AT_PAGESZ	6
#define AT_BASE		7
#define AT_FLAGS	8
#define AT_ENTRY	9
#define AT_EXECPATH	15
#define AT_CANARY	16
#define AT_CANARYLEN	17
#define AT_OSRELDATE	18
#define AT_NCPUS	19
#define AT_PAGESIZES	20
#define AT_PAGESIZESLEN 21
#define AT_TIMEKEEP	22
#define AT_STACKPROT	23
#define AT_HWCAP	25
#define AT_HWCAP2	26
#define AT_BSDFLAGS	27
#define AT_ARGC		28
#define AT_ARGV		29
#define AT_ENVC		30
#define AT_ENVV		31

#define S_IFMT	0170000
#define S_IFIFO 0010000
#define S_IFCHR 0020000
#define S_IFDIR 0040000
#define S_IFREG 0100000
#define S_IFLNK 0120000

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

/* sys/stat.h, the 64-bit inode layout of release 12 and later */
/* Removing a directory with something in it. */
#define EDIRFULL ENOTEMPTY

struct stat {
	u64 st_dev;
	u64 st_ino;
	u64 st_nlink;
	u16 st_mode;
	i16 st_padding0;
	u32 st_uid;
	u32 st_gid;
	i32 st_padding1;
	u64 st_rdev;
	struct timespec st_atim;
	struct timespec st_mtim;
	struct timespec st_ctim;
	struct timespec st_birthtim;
	i64 st_size;
	i64 st_blocks;
	i32 st_blksize;
	u32 st_flags;
	u64 st_gen;
	u64 st_spare[10];
};
_Static_assert(sizeof(struct stat) == 224, "struct stat");

/* sys/signal.h */
struct siginfo {
	i32 si_signo;
	i32 si_errno;
	i32 si_code;
	i32 si_pid;
	u32 si_uid;
	i32 si_status;
	u64 si_addr;
	u64 si_value;
	i32 si_trapno;
	i32 si_reason[9];
};
_Static_assert(sizeof(struct siginfo) == 80, "struct siginfo");

struct stack {
	u64 ss_sp;
	u64 ss_size;
	i32 ss_flags;
};

#endif
