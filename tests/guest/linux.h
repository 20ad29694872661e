/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/linux.h: the numbers and layouts of Linux/x86-64 for the twins of the test
 * programs: the kernel's own headers where they can be included next to guest.h, and by
 * hand (asm-generic/signal.h, asm/stat.h, linux/time.h) where their names would clash.
 */
#ifndef FB_TESTS_GUEST_LINUX_H
#define FB_TESTS_GUEST_LINUX_H

#include <asm/errno.h>
#include <asm/fcntl.h>
#include <linux/mman.h>
#include <linux/auxvec.h>
#include <sys/syscall.h>

#define SYS_pread  __NR_pread64
#define SYS_pwrite __NR_pwrite64
/* A test program ends with all its threads. */
#undef SYS_exit
#define SYS_exit   __NR_exit_group
#define SYS_chroot __NR_chroot

#define AT_FDCWD	    (-100)
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR	    0x200
#define F_DUPFD_CLOEXEC	    1030
#define MAP_ANON	    MAP_ANONYMOUS

#define CLOCK_REALTIME		 0
#define CLOCK_MONOTONIC		 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID	 3

#define SIGHUP	  1
#define SIGINT	  2
#define SIGQUIT	  3
#define SIGILL	  4
#define SIGTRAP	  5
#define SIGABRT	  6
#define SIGBUS	  7
#define SIGFPE	  8
#define SIGKILL	  9
#define SIGUSR1	  10
#define SIGSEGV	  11
#define SIGUSR2	  12
#define SIGPIPE	  13
#define SIGALRM	  14
#define SIGTERM	  15
#define SIGCHLD	  17
#define SIGCONT	  18
#define SIGSTOP	  19
#define SIGTSTP	  20
#define SIGTTIN	  21
#define SIGTTOU	  22
#define SIGURG	  23
#define SIGXCPU	  24
#define SIGXFSZ	  25
#define SIGVTALRM 26
#define SIGPROF	  27
#define SIGWINCH  28
#define SIGIO	  29
#define SIGSYS	  31

#define SA_NOCLDSTOP 0x00000001
#define SA_NOCLDWAIT 0x00000002
#define SA_SIGINFO   0x00000004
#define SA_RESTORER  0x04000000
#define SA_ONSTACK   0x08000000
#define SA_RESTART   0x10000000
#define SA_NODEFER   0x40000000
#define SA_RESETHAND 0x80000000

#define SIG_BLOCK   0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
#define SI_USER	    0
#define SI_QUEUE    (-1)
#define SI_LWP	    (-6) /* SI_TKILL */
#define SS_ONSTACK  1
#define SS_DISABLE  2
#define WNOHANG	    1

#define S_IFMT	0170000
#define S_IFIFO 0010000
#define S_IFCHR 0020000
#define S_IFDIR 0040000
#define S_IFREG 0100000
#define S_IFLNK 0120000

#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

/* Removing a directory with something in it. */
#define EDIRFULL ENOTEMPTY

struct stat {
	u64 st_dev;
	u64 st_ino;
	u64 st_nlink;
	u32 st_mode;
	u32 st_uid;
	u32 st_gid;
	u32 st_padding;
	u64 st_rdev;
	i64 st_size;
	i64 st_blksize;
	i64 st_blocks;
	struct timespec st_atim;
	struct timespec st_mtim;
	struct timespec st_ctim;
	i64 st_spare[3];
};
_Static_assert(sizeof(struct stat) == 144, "struct stat");

/* The members of the union that the tests look at; which are valid depends on si_code. */
struct siginfo {
	i32 si_signo;
	i32 si_errno;
	i32 si_code;
	i32 si_padding;
	union {
		struct {
			i32 si_pid;
			u32 si_uid;
			union {
				i32 si_status;
				u64 si_value;
			};
		};
		u64 si_addr;
		u8 si_rest[112];
	};
};
_Static_assert(sizeof(struct siginfo) == 128, "struct siginfo");

struct stack {
	u64 ss_sp;
	i32 ss_flags;
	u64 ss_size;
};

#endif
