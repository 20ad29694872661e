/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/illumos.h: the numbers and layouts of illumos/amd64 that the test programs use, from
 * the headers named above each group.
 */
#ifndef FB_TESTS_GUEST_ILLUMOS_H
#define FB_TESTS_GUEST_ILLUMOS_H

/* system calls (sys/syscall.h) */
#define SYS_exit		1
#define SYS_psecflags		2
#define SYS_read		3
#define SYS_write		4
#define SYS_open		5
#define SYS_close		6
#define SYS_linkat		7
#define SYS_link		9
#define SYS_unlink		10
#define SYS_symlinkat		11
#define SYS_chdir		12
#define SYS_time		13
#define SYS_mknod		14
#define SYS_chmod		15
#define SYS_chown		16
#define SYS_brk			17
#define SYS_stat		18
#define SYS_lseek		19
#define SYS_getpid		20
#define SYS_mount		21
#define SYS_readlinkat		22
#define SYS_setuid		23
#define SYS_getuid		24
#define SYS_stime		25
#define SYS_pcsample		26
#define SYS_alarm		27
#define SYS_fstat		28
#define SYS_pause		29
#define SYS_stty		31
#define SYS_gtty		32
#define SYS_access		33
#define SYS_nice		34
#define SYS_sync		36
#define SYS_kill		37
#define SYS_pgrpsys		39
#define SYS_uucopystr		40
#define SYS_pipe		42
#define SYS_times		43
#define SYS_profil		44
#define SYS_faccessat		45
#define SYS_setgid		46
#define SYS_getgid		47
#define SYS_mknodat		48
#define SYS_msgsys		49
#define SYS_sysi86		50
#define SYS_acct		51
#define SYS_shmsys		52
#define SYS_semsys		53
#define SYS_ioctl		54
#define SYS_uadmin		55
#define SYS_fchownat		56
#define SYS_utssys		57
#define SYS_fdsync		58
#define SYS_execve		59
#define SYS_umask		60
#define SYS_chroot		61
#define SYS_fcntl		62
#define SYS_ulimit		63
#define SYS_renameat		64
#define SYS_unlinkat		65
#define SYS_fstatat		66
#define SYS_openat		68
#define SYS_tasksys		70
#define SYS_acctctl		71
#define SYS_exacctsys		72
#define SYS_getpagesizes	73
#define SYS_rctlsys		74
#define SYS_sidsys		75
#define SYS_lwp_park		77
#define SYS_sendfilev		78
#define SYS_rmdir		79
#define SYS_mkdir		80
#define SYS_getdents		81
#define SYS_privsys		82
#define SYS_ucredsys		83
#define SYS_sysfs		84
#define SYS_getmsg		85
#define SYS_putmsg		86
#define SYS_lstat		88
#define SYS_symlink		89
#define SYS_readlink		90
#define SYS_setgroups		91
#define SYS_getgroups		92
#define SYS_fchmod		93
#define SYS_fchown		94
#define SYS_sigprocmask		95
#define SYS_sigsuspend		96
#define SYS_sigaltstack		97
#define SYS_sigaction		98
#define SYS_sigpending		99
#define SYS_context		100
#define SYS_fchmodat		101
#define SYS_mkdirat		102
#define SYS_statvfs		103
#define SYS_fstatvfs		104
#define SYS_getloadavg		105
#define SYS_nfssys		106
#define SYS_waitid		107
#define SYS_sigsendsys		108
#define SYS_hrtsys		109
#define SYS_utimesys		110
#define SYS_sigresend		111
#define SYS_priocntlsys		112
#define SYS_pathconf		113
#define SYS_mincore		114
#define SYS_mmap		115
#define SYS_mprotect		116
#define SYS_munmap		117
#define SYS_fpathconf		118
#define SYS_vfork		119
#define SYS_fchdir		120
#define SYS_readv		121
#define SYS_writev		122
#define SYS_mmapobj		127
#define SYS_setrlimit		128
#define SYS_getrlimit		129
#define SYS_lchown		130
#define SYS_memcntl		131
#define SYS_getpmsg		132
#define SYS_putpmsg		133
#define SYS_rename		134
#define SYS_uname		135
#define SYS_setegid		136
#define SYS_sysconfig		137
#define SYS_adjtime		138
#define SYS_systeminfo		139
#define SYS_sharefs		140
#define SYS_seteuid		141
#define SYS_forksys		142
#define SYS_sigtimedwait	144
#define SYS_lwp_info		145
#define SYS_yield		146
#define SYS_lwp_sema_post	148
#define SYS_lwp_sema_trywait	149
#define SYS_lwp_detach		150
#define SYS_corectl		151
#define SYS_modctl		152
#define SYS_fchroot		153
#define SYS_vhangup		155
#define SYS_gettimeofday	156
#define SYS_getitimer		157
#define SYS_setitimer		158
#define SYS_lwp_create		159
#define SYS_lwp_exit		160
#define SYS_lwp_suspend		161
#define SYS_lwp_continue	162
#define SYS_lwp_kill		163
#define SYS_lwp_self		164
#define SYS_lwp_sigmask		165
#define SYS_lwp_private		166
#define SYS_lwp_wait		167
#define SYS_lwp_mutex_wakeup	168
#define SYS_lwp_cond_wait	170
#define SYS_lwp_cond_signal	171
#define SYS_lwp_cond_broadcast	172
#define SYS_pread		173
#define SYS_pwrite		174
#define SYS_inst_sync		176
#define SYS_brandsys		177
#define SYS_brand		177
#define SYS_kaio		178
#define SYS_cpc			179
#define SYS_lgrpsys		180
#define SYS_rusagesys		181
#define SYS_port		182
#define SYS_pollsys		183
#define SYS_labelsys		184
#define SYS_acl			185
#define SYS_auditsys		186
#define SYS_processor_bind	187
#define SYS_processor_info	188
#define SYS_p_online		189
#define SYS_sigqueue		190
#define SYS_clock_gettime	191
#define SYS_clock_settime	192
#define SYS_clock_getres	193
#define SYS_timer_create	194
#define SYS_timer_delete	195
#define SYS_timer_settime	196
#define SYS_timer_gettime	197
#define SYS_timer_getoverrun	198
#define SYS_nanosleep		199
#define SYS_facl		200
#define SYS_door		201
#define SYS_setreuid		202
#define SYS_setregid		203
#define SYS_install_utrap	204
#define SYS_signotify		205
#define SYS_schedctl		206
#define SYS_pset		207
#define SYS_sparc_utrap_install 208
#define SYS_resolvepath		209
#define SYS_lwp_mutex_timedlock 210
#define SYS_lwp_sema_timedwait	211
#define SYS_lwp_rwlock_sys	212
#define SYS_rpcsys		226
#define SYS_zone		227
#define SYS_autofssys		228
#define SYS_getcwd		229
#define SYS_so_socket		230
#define SYS_so_socketpair	231
#define SYS_bind		232
#define SYS_listen		233
#define SYS_accept		234
#define SYS_connect		235
#define SYS_shutdown		236
#define SYS_recv		237
#define SYS_recvfrom		238
#define SYS_recvmsg		239
#define SYS_send		240
#define SYS_sendmsg		241
#define SYS_sendto		242
#define SYS_getpeername		243
#define SYS_getsockname		244
#define SYS_getsockopt		245
#define SYS_setsockopt		246
#define SYS_sockconfig		247
#define SYS_ntp_gettime		248
#define SYS_ntp_adjtime		249
#define SYS_lwp_mutex_unlock	250
#define SYS_lwp_mutex_trylock	251
#define SYS_lwp_mutex_register	252
#define SYS_cladm		253
#define SYS_uucopy		254
#define SYS_umount2		255
/* of 2014 and later */
#define SYS_preadv    123
#define SYS_pwritev   124
#define SYS_upanic    125
#define SYS_getrandom 126

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
#define EAGAIN		11
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
#define ENOMSG		35
#define EIDRM		36
#define ECHRNG		37
#define EL2NSYNC	38
#define EL3HLT		39
#define EL3RST		40
#define ELNRNG		41
#define EUNATCH		42
#define ENOCSI		43
#define EL2HLT		44
#define EDEADLK		45
#define ENOLCK		46
#define ECANCELED	47
#define ENOTSUP		48
#define EDQUOT		49
#define EBADE		50
#define EBADR		51
#define EXFULL		52
#define ENOANO		53
#define EBADRQC		54
#define EBADSLT		55
#define EDEADLOCK	56
#define EBFONT		57
#define EOWNERDEAD	58
#define ENOTRECOVERABLE 59
#define ENOSTR		60
#define ENODATA		61
#define ETIME		62
#define ENOSR		63
#define ENONET		64
#define ENOPKG		65
#define EREMOTE		66
#define ENOLINK		67
#define EADV		68
#define ESRMNT		69
#define ECOMM		70
#define EPROTO		71
#define ELOCKUNMAPPED	72
#define ENOTACTIVE	73
#define EMULTIHOP	74
#define EBADMSG		77
#define ENAMETOOLONG	78
#define EOVERFLOW	79
#define ENOTUNIQ	80
#define EBADFD		81
#define EREMCHG		82
#define ELIBACC		83
#define ELIBBAD		84
#define ELIBSCN		85
#define ELIBMAX		86
#define ELIBEXEC	87
#define EILSEQ		88
#define ENOSYS		89
#define ELOOP		90
#define ERESTART	91
#define ESTRPIPE	92
#define ENOTEMPTY	93
#define EUSERS		94
#define ENOTSOCK	95
#define EDESTADDRREQ	96
#define EMSGSIZE	97
#define EPROTOTYPE	98
#define ENOPROTOOPT	99
#define EPROTONOSUPPORT 120
#define ESOCKTNOSUPPORT 121
#define EOPNOTSUPP	122
#define EPFNOSUPPORT	123
#define EAFNOSUPPORT	124
#define EADDRINUSE	125
#define EADDRNOTAVAIL	126
#define ENETDOWN	127
#define ENETUNREACH	128
#define ENETRESET	129
#define ECONNABORTED	130
#define ECONNRESET	131
#define ENOBUFS		132
#define EISCONN		133
#define ENOTCONN	134
#define ESHUTDOWN	143
#define ETOOMANYREFS	144
#define ETIMEDOUT	145
#define ECONNREFUSED	146
#define EHOSTDOWN	147
#define EHOSTUNREACH	148
#define EALREADY	149
#define EINPROGRESS	150
#define ESTALE		151

/* signals (sys/iso/signal_iso.h, sys/signal.h, sys/siginfo.h, sys/machsig.h) */
#define SIGHUP	      1
#define SIGINT	      2
#define SIGQUIT	      3
#define SIGILL	      4
#define SIGTRAP	      5
#define SIGIOT	      6
#define SIGABRT	      6
#define SIGEMT	      7
#define SIGFPE	      8
#define SIGKILL	      9
#define SIGBUS	      10
#define SIGSEGV	      11
#define SIGSYS	      12
#define SIGPIPE	      13
#define SIGALRM	      14
#define SIGTERM	      15
#define SIGUSR1	      16
#define SIGUSR2	      17
#define SIGCLD	      18
#define SIGCHLD	      18
#define SIGPWR	      19
#define SIGWINCH      20
#define SIGURG	      21
#define SIGPOLL	      22
#define SIGSTOP	      23
#define SIGTSTP	      24
#define SIGCONT	      25
#define SIGTTIN	      26
#define SIGTTOU	      27
#define SIGVTALRM     28
#define SIGPROF	      29
#define SIGXCPU	      30
#define SIGXFSZ	      31
#define SIGWAITING    32
#define SIGLWP	      33
#define SIGFREEZE     34
#define SIGTHAW	      35
#define SIGCANCEL     36
#define SIGLOST	      37
#define SIGXRES	      38
#define SIGJVM1	      39
#define SIGJVM2	      40
#define SIGSTKSZ      8192
#define SIGIO	      SIGPOLL
#define SIGRTMIN      41
#define SIGRTMAX      72
#define SIGNALS	      72
#define SA_ONSTACK    0x1
#define SA_RESETHAND  0x2
#define SA_RESTART    0x4
#define SA_SIGINFO    0x8
#define SA_NODEFER    0x10
#define SA_NOCLDWAIT  0x10000
#define SA_NOCLDSTOP  0x20000
#define SIG_BLOCK     1
#define SIG_UNBLOCK   2
#define SIG_SETMASK   3
#define SI_USER	      0
#define SI_LWP	      (-1)
#define SI_QUEUE      (-2)
#define SI_TIMER      (-3)
#define SS_ONSTACK    1
#define SS_DISABLE    2
#define CLD_EXITED    1
#define CLD_KILLED    2
#define CLD_DUMPED    3
#define CLD_TRAPPED   4
#define CLD_STOPPED   5
#define CLD_CONTINUED 6
#define SETCONTEXT    1 /* a code of SYS_context */

/* files (sys/fcntl.h, sys/stat.h, sys/unistd.h) */
#define O_RDONLY	    0x0
#define O_WRONLY	    0x1
#define O_RDWR		    0x2
#define O_NDELAY	    0x4
#define O_APPEND	    0x8
#define O_SYNC		    0x10
#define O_DSYNC		    0x40
#define O_NONBLOCK	    0x80
#define O_CREAT		    0x100
#define O_TRUNC		    0x200
#define O_EXCL		    0x400
#define O_NOCTTY	    0x800
#define O_XATTR		    0x4000
#define O_NOFOLLOW	    0x20000
#define O_NOLINKS	    0x40000
#define O_SEARCH	    0x200000
#define O_EXEC		    0x400000
#define O_CLOEXEC	    0x800000
#define O_DIRECTORY	    0x1000000
#define O_CLOFORK	    0x4000000
#define O_ACCMODE	    (O_SEARCH | O_EXEC | 3)
#define AT_FDCWD	    ((int)0xffd19553)
#define AT_SYMLINK_NOFOLLOW 0x1000
#define AT_SYMLINK_FOLLOW   0x2000
#define AT_REMOVEDIR	    0x1
#define AT_EACCESS	    0x4
#define F_DUPFD		    0
#define F_GETFD		    1
#define F_SETFD		    2
#define F_GETFL		    3
#define F_SETFL		    4
#define F_SETLK		    6
#define F_SETLKW	    7
#define F_DUP2FD	    9
#define F_ALLOCSP	    10
#define F_FREESP	    11
#define F_GETLK		    14
#define F_DUP2FD_CLOEXEC    36
#define F_DUPFD_CLOEXEC	    37
#define F_SHARE		    40
#define F_GETXFL	    45
#define F_OFD_GETLK	    47
#define F_OFD_SETLK	    48
#define F_OFD_SETLKW	    49
#define F_FLOCK		    53
#define F_DUP2FD_CLOFORK    57
#define F_DUPFD_CLOFORK	    58
#define F_DUP3FD	    59
#define FD_CLOEXEC	    1
#define FD_CLOFORK	    2
#define F_RDLCK		    1
#define F_WRLCK		    2
#define F_UNLCK		    3
#define SEEK_SET	    0
#define SEEK_CUR	    1
#define SEEK_END	    2

#define S_IFMT	0170000
#define S_IFIFO 0010000
#define S_IFCHR 0020000
#define S_IFDIR 0040000
#define S_IFREG 0100000
#define S_IFLNK 0120000

/* memory (sys/mman.h) */
#define PROT_NONE   0x0
#define PROT_READ   0x1
#define PROT_WRITE  0x2
#define PROT_EXEC   0x4
#define MAP_SHARED  0x1
#define MAP_PRIVATE 0x2
#define MAP_FIXED   0x10
#define MAP_ANON    0x100

/* time (sys/time_impl.h) */
#define CLOCK_THREAD_CPUTIME_ID	 2
#define CLOCK_REALTIME		 3
#define CLOCK_MONOTONIC		 4
#define CLOCK_PROCESS_CPUTIME_ID 5

/* sys/wait.h, sys/procset.h */
#define WEXITED	   0001
#define WTRAPPED   0002
#define WSTOPPED   0004
#define WCONTINUED 0010
#define WNOHANG	   0100
#define WNOWAIT	   0200
#define P_PID	   0
#define P_PGID	   2
#define P_ALL	   7

/* auxiliary vector (sys/auxv.h) */
#define AT_NULL		0
#define AT_PHDR		3
#define AT_PHENT	4
#define AT_PHNUM	5
#define AT_PAGESZ	6
#define AT_BASE		7
#define AT_FLAGS	8
#define AT_ENTRY	9
#define AT_SUN_PLATFORM 2008
#define AT_SUN_EXECNAME 2014

/* A directory with something in it cannot be removed: this error is the one that differs. */
#define EDIRFULL EEXIST

struct stat {
	u64 st_dev;
	u64 st_ino;
	u32 st_mode;
	u32 st_nlink;
	u32 st_uid;
	u32 st_gid;
	u64 st_rdev;
	i64 st_size;
	struct timespec st_atim;
	struct timespec st_mtim;
	struct timespec st_ctim;
	i32 st_blksize;
	i64 st_blocks;
	char st_fstype[16];
};
_Static_assert(sizeof(struct stat) == 128, "struct stat");

struct flock {
	i16 l_type;
	i16 l_whence;
	i64 l_start;
	i64 l_len;
	i32 l_sysid;
	i32 l_pid;
	i64 l_pad[4];
};
_Static_assert(sizeof(struct flock) == 64, "struct flock");

struct siginfo {
	i32 si_signo;
	i32 si_code;
	i32 si_errno;
	i32 si_padding;
	union {
		struct {
			i32 si_pid;
			i32 si_padding2;
			union {
				u32 si_uid;
				i64 si_utime;
			};
			union {
				u64 si_value;
				i32 si_status;
			};
			i64 si_stime;
		};
		u64 si_addr;
		u8 si_rest[240];
	};
};
_Static_assert(sizeof(struct siginfo) == 256, "struct siginfo");

struct stack {
	u64 ss_sp;
	u64 ss_size;
	i32 ss_flags;
};

/* A call with both its results; the first negative for an error. */
struct two {
	long first, second;
};
struct two sys_two(long nr, long a, long b, long c, long d, long e, long f);

#endif
