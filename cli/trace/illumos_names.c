/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/illumos_names.c: the names of illumos's constants, by the headers of its personality.
 */
#include "cli/trace/posix.h"
#include "personality/illumos/abi_file.h"
#include "personality/illumos/abi_memory.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/abi_signal.h"
#include "personality/illumos/abi_socket.h"
#include "personality/illumos/abi_tty.h"
#include "personality/illumos/abi_time.h"
#include "personality/illumos/abi_port.h"
#include "personality/illumos/procset.h"

#define N(name)                                                                                    \
	{                                                                                          \
		(u64)(ILLUMOS_##name), #name                                                       \
	}

static const struct flag oflags[] = {
    N(O_SYNC),	  N(O_CREAT),	  N(O_EXCL),	  N(O_NOCTTY),	 N(O_TRUNC),
    N(O_APPEND),  N(O_NONBLOCK),  N(O_NDELAY),	  N(O_DSYNC),	 N(O_RSYNC),
    N(O_DIRECT),  N(O_LARGEFILE), N(O_DIRECTORY), N(O_NOFOLLOW), N(O_CLOEXEC),
    N(O_CLOFORK), N(O_EXEC),	  N(O_SEARCH),	  N(O_XATTR),	 N(O_NOLINKS),
};
static const struct flag map[] = {
    N(MAP_SHARED),    N(MAP_PRIVATE), N(MAP_FIXED), N(MAP_ANON),
    N(MAP_NORESERVE), N(MAP_ALIGN),   N(MAP_TEXT),  N(MAP_INITDATA),
};
static const struct flag at[] = {
    N(AT_SYMLINK_NOFOLLOW),
    N(AT_EACCESS),
    N(AT_REMOVEDIR),
    N(AT_SYMLINK_FOLLOW),
};
static const struct flag fcntl[] = {
    N(F_ALLOCSP),      N(F_BADFD),	    N(F_BLKSIZE),	 N(F_BLOCKS),
    N(F_DUP2FD),       N(F_DUP2FD_CLOEXEC), N(F_DUP2FD_CLOFORK), N(F_DUP3FD),
    N(F_DUPFD),	       N(F_DUPFD_CLOEXEC),  N(F_DUPFD_CLOFORK),	 N(F_FLOCK),
    N(F_FLOCKW),       N(F_FREESP),	    N(F_GETFD),		 N(F_GETFL),
    N(F_GETLK),	       N(F_GETOWN),	    N(F_GETXFL),	 N(F_HASREMOTELOCKS),
    N(F_ISSTREAM),     N(F_NPRIV),	    N(F_OFD_GETLK),	 N(F_OFD_SETLK),
    N(F_OFD_SETLKW),   N(F_PRIV),	    N(F_QUOTACTL),	 N(F_REVOKE),
    N(F_SETFD),	       N(F_SETFL),	    N(F_SETLK),		 N(F_SETLKW),
    N(F_SETLK_NBMAND), N(F_SETOWN),	    N(F_SHARE),		 N(F_SHARE_NBMAND),
    N(F_UNSHARE),
};
static const struct flag wait[] = {
    N(WNOHANG), N(WSTOPPED), N(WCONTINUED), N(WNOWAIT), N(WEXITED), N(WTRAPPED),
};
static const struct flag sighow[] = {
    N(SIG_BLOCK),
    N(SIG_UNBLOCK),
    N(SIG_SETMASK),
};
static const struct flag family[] = {
    N(AF_INET),
    N(AF_INET6),
    N(AF_UNIX),
    N(AF_UNSPEC),
};
static const struct flag socktype[] = {
    N(SOCK_STREAM), N(SOCK_DGRAM), N(SOCK_RAW), N(SOCK_RDM), N(SOCK_SEQPACKET),
};
static const struct flag sockflag[] = {
    N(SOCK_CLOEXEC),
    N(SOCK_NONBLOCK),
    N(SOCK_NDELAY),
    N(SOCK_CLOFORK),
};
static const struct flag msg[] = {
    N(MSG_OOB),	     N(MSG_PEEK),	  N(MSG_DONTROUTE), N(MSG_CTRUNC),
    N(MSG_TRUNC),    N(MSG_DONTWAIT),	  N(MSG_EOR),	    N(MSG_WAITALL),
    N(MSG_NOSIGNAL), N(MSG_CMSG_CLOEXEC), N(MSG_XPG4_2),
};
static const struct flag sockopt[] = {
    N(SO_ACCEPTCONN),  N(SO_ALLZONES),	 N(SO_BROADCAST), N(SO_DEBUG),	   N(SO_DGRAM_ERRIND),
    N(SO_DOMAIN),      N(SO_DONTROUTE),	 N(SO_ERROR),	  N(SO_EXCLBIND),  N(SO_KEEPALIVE),
    N(SO_LINGER),      N(SO_MAXARGSIZE), N(SO_OOBINLINE), N(SO_PROTOTYPE), N(SO_RCVBUF),
    N(SO_RCVLOWAT),    N(SO_RCVPSH),	 N(SO_RCVTIMEO),  N(SO_RECVUCRED), N(SO_REUSEADDR),
    N(SO_SNDBUF),      N(SO_SNDLOWAT),	 N(SO_SNDTIMEO),  N(SO_TIMESTAMP), N(SO_TYPE),
    N(SO_USELOOPBACK),
};
static const struct flag madv[] = {
    N(MADV_ACCESS_DEFAULT), N(MADV_ACCESS_LWP), N(MADV_ACCESS_MANY), N(MADV_DONTNEED),
    N(MADV_FREE),	    N(MADV_NORMAL),	N(MADV_PURGE),	     N(MADV_RANDOM),
    N(MADV_SEQUENTIAL),	    N(MADV_WILLNEED),
};
static const struct flag rlimit[] = {
    N(RLIMIT_CORE),  N(RLIMIT_CPU),    N(RLIMIT_DATA),
    N(RLIMIT_FSIZE), N(RLIMIT_NOFILE), N(RLIMIT_STACK),
};
static const struct flag clock[] = {
    N(CLOCK_MONOTONIC), N(CLOCK_PROCESS_CPUTIME_ID), N(CLOCK_REALTIME),
    N(CLOCK_REALTIME0), N(CLOCK_THREAD_CPUTIME_ID),  N(CLOCK_VIRTUAL),
};
static const struct flag poll[] = {
    N(POLLIN),	 N(POLLPRI),	N(POLLOUT),    N(POLLERR),    N(POLLHUP),
    N(POLLNVAL), N(POLLRDNORM), N(POLLRDBAND), N(POLLWRBAND), N(POLLRDHUP),
};
static const struct flag sa[] = {
    N(SA_ONSTACK),   N(SA_RESTART),   N(SA_NODEFER), N(SA_RESETHAND),
    N(SA_NOCLDSTOP), N(SA_NOCLDWAIT), N(SA_SIGINFO),
};
static const struct flag ipproto[] = {
    N(IPPROTO_ICMPV6), N(IPPROTO_IP),  N(IPPROTO_IPV6),
    N(IPPROTO_MAX),    N(IPPROTO_TCP), N(IPPROTO_UDP),
};
static const struct flag tcp[] = {
    N(TCP_ABORT_THRESHOLD),
    N(TCP_CONGESTION),
    N(TCP_CORK),
    N(TCP_KEEPALIVE_ABORT_THRESHOLD),
    N(TCP_KEEPALIVE_THRESHOLD),
    N(TCP_KEEPCNT),
    N(TCP_KEEPIDLE),
    N(TCP_KEEPINTVL),
    N(TCP_LINGER2),
    N(TCP_MAXSEG),
    N(TCP_NODELAY),
    N(TCP_QUICKACK),
};

/* sys/unistd.h, sys/mman.h, sys/socket.h, sys/time.h, unistd.h: the numbers the hub has too. */
static const struct flag whence[] = {
    {0, "SEEK_SET"}, {1, "SEEK_CUR"}, {2, "SEEK_END"}, {3, "SEEK_DATA"}, {4, "SEEK_HOLE"}};
static const struct flag prot[] = {{1, "PROT_READ"}, {2, "PROT_WRITE"}, {4, "PROT_EXEC"}};
static const struct flag shut[] = {{0, "SHUT_RD"}, {1, "SHUT_WR"}, {2, "SHUT_RDWR"}};
static const struct flag access[] = {{4, "R_OK"}, {2, "W_OK"}, {1, "X_OK"}};
static const struct flag itimer[] = {
    {0, "ITIMER_REAL"}, {1, "ITIMER_VIRTUAL"}, {2, "ITIMER_PROF"}, {3, "ITIMER_REALPROF"}};
static const struct flag idtype[] = {N(P_PID), N(P_PPID),  N(P_PGID),	N(P_SID),
				     N(P_ALL), N(P_LWPID), N(P_TASKID), N(P_PROJID)};

static const struct flag scm[] = {N(SCM_RIGHTS), N(SCM_UCRED)};
static const struct flag flocktype[] = {N(F_RDLCK), N(F_WRLCK), N(F_UNLCK)};
static const struct flag ss[] = {N(SS_ONSTACK), N(SS_DISABLE)};

static const struct flag ioctls[] = {
    N(TCGETA),	    N(TCSETA),	    N(TCSETAW),	   N(TCSETAF),	 N(TCSBRK),	N(TCXONC),
    N(TCFLSH),	    N(TCGETS),	    N(TCSETS),	   N(TCSETSW),	 N(TCSETSF),	N(TIOCSWINSZ),
    N(TIOCGWINSZ),  N(TIOCEXCL),    N(TIOCNXCL),   N(TIOCFLUSH), N(TIOCGPGRP),	N(TIOCSPGRP),
    N(TIOCGSID),    N(TIOCSTI),	    N(TIOCMSET),   N(TIOCMBIS),	 N(TIOCMBIC),	N(TIOCMGET),
    N(TIOCSTART),   N(TIOCSTOP),    N(TIOCNOTTY),  N(TIOCOUTQ),	 N(TIOCCBRK),	N(TIOCSBRK),
    N(TIOCSCTTY),   N(FIOCLEX),	    N(FIONCLEX),   N(FIOGETOWN), N(FIOSETOWN),	N(FIOASYNC),
    N(FIONBIO),	    N(FIONREAD),    N(SIOCATMARK), N(SIOCSPGRP), N(SIOCGPGRP),	N(I_NREAD),
    N(I_PUSH),	    N(I_POP),	    N(I_LOOK),	   N(I_FLUSH),	 N(I_SRDOPT),	N(I_GRDOPT),
    N(I_STR),	    N(I_SETSIG),    N(I_GETSIG),   N(I_FIND),	 N(I_E_RECVFD), N(I_PEEK),
    N(I_FDINSERT),  N(I_SENDFD),    N(I_RECVFD),   N(I_LIST),	 N(I_CKBAND),	N(I_GETBAND),
    N(I_SETCLTIME), N(I_GETCLTIME), N(I_CANPUT),   N(ISPTM),	 N(UNLKPT),	N(PTSSTTY),
    N(OWNERPT),
};

const struct posix illumos_posix = {
    .list =
	{
	    [LIST_OFLAGS] = {oflags, ARRAY_LEN(oflags)},
	    [LIST_WHENCE] = {whence, ARRAY_LEN(whence)},
	    [LIST_PROT] = {prot, ARRAY_LEN(prot)},
	    [LIST_SHUT] = {shut, ARRAY_LEN(shut)},
	    [LIST_ACCESS] = {access, ARRAY_LEN(access)},
	    [LIST_ITIMER] = {itimer, ARRAY_LEN(itimer)},
	    [LIST_IOCTL] = {ioctls, ARRAY_LEN(ioctls)},
	    [LIST_SCM] = {scm, ARRAY_LEN(scm)},
	    [LIST_FLOCKTYPE] = {flocktype, ARRAY_LEN(flocktype)},
	    [LIST_SS] = {ss, ARRAY_LEN(ss)},
	    [LIST_IDTYPE] = {idtype, ARRAY_LEN(idtype)},
	    [LIST_MAP] = {map, ARRAY_LEN(map)},
	    [LIST_AT] = {at, ARRAY_LEN(at)},
	    [LIST_FCNTL] = {fcntl, ARRAY_LEN(fcntl)},
	    [LIST_WAIT] = {wait, ARRAY_LEN(wait)},
	    [LIST_SIGHOW] = {sighow, ARRAY_LEN(sighow)},
	    [LIST_FAMILY] = {family, ARRAY_LEN(family)},
	    [LIST_SOCKTYPE] = {socktype, ARRAY_LEN(socktype)},
	    [LIST_SOCKFLAG] = {sockflag, ARRAY_LEN(sockflag)},
	    [LIST_MSG] = {msg, ARRAY_LEN(msg)},
	    [LIST_SOCKOPT] = {sockopt, ARRAY_LEN(sockopt)},
	    [LIST_MADV] = {madv, ARRAY_LEN(madv)},
	    [LIST_RLIMIT] = {rlimit, ARRAY_LEN(rlimit)},
	    [LIST_CLOCK] = {clock, ARRAY_LEN(clock)},
	    [LIST_POLL] = {poll, ARRAY_LEN(poll)},
	    [LIST_SA] = {sa, ARRAY_LEN(sa)},
	    [LIST_IPPROTO] = {ipproto, ARRAY_LEN(ipproto)},
	    [LIST_TCP] = {tcp, ARRAY_LEN(tcp)},
	},
    .at_fdcwd = (i32)ILLUMOS_AT_FDCWD,
    .accmode = 3,
    .sol_socket = ILLUMOS_SOL_SOCKET,
    .set_words = 4,
    .sigaction = {.handler = 8, .flags = 0, .mask = 16, .size = 32},
    .scm_rights = ILLUMOS_SCM_RIGHTS,
    .utime_now = ILLUMOS_UTIME_NOW,
    .utime_omit = ILLUMOS_UTIME_OMIT,
    .cmsg_align = 4,
    .flock = {.type = 0, .whence = 2, .start = 8, .len = 16},
    .stack = {.flags = 16, .size = 8},
};
