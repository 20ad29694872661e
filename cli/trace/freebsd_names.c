/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/freebsd_names.c: the names of FreeBSD's constants, by the headers of its personality.
 */
#include "cli/trace/posix.h"
#include "personality/freebsd/abi_event.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/abi_memory.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/abi_signal.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/abi_tty.h"
#include "personality/freebsd/abi_umtx.h"

#define N(name)                                                                                    \
	{                                                                                          \
		(u64)(FREEBSD_##name), #name                                                       \
	}

static const struct flag oflags[] = {
    N(O_SYNC),	     N(O_CREAT),
    N(O_EXCL),	     N(O_NOCTTY),
    N(O_TRUNC),	     N(O_APPEND),
    N(O_NONBLOCK),   N(O_DSYNC),
    N(O_SHLOCK),     N(O_EXLOCK),
    N(O_FSYNC),	     N(O_ASYNC),
    N(O_DIRECT),     N(O_DIRECTORY),
    N(O_NOFOLLOW),   N(O_CLOEXEC),
    N(O_PATH),	     N(O_EXEC),
    N(O_SEARCH),     N(O_TTY_INIT),
    N(O_VERIFY),     N(O_RESOLVE_BENEATH),
    N(O_EMPTY_PATH),
};
static const struct flag access[] = {
    N(R_OK),
    N(W_OK),
    N(X_OK),
};
static const struct flag prot[] = {
    N(PROT_READ),
    N(PROT_WRITE),
    N(PROT_EXEC),
};
static const struct flag map[] = {
    N(MAP_SHARED),	 N(MAP_PRIVATE),       N(MAP_FIXED),  N(MAP_ANON),  N(MAP_ANONYMOUS),
    N(MAP_HASSEMAPHORE), N(MAP_STACK),	       N(MAP_NOSYNC), N(MAP_GUARD), N(MAP_EXCL),
    N(MAP_NOCORE),	 N(MAP_PREFAULT_READ), N(MAP_32BIT),
};
static const struct flag at[] = {
    N(AT_SYMLINK_NOFOLLOW), N(AT_EACCESS),    N(AT_REMOVEDIR),
    N(AT_SYMLINK_FOLLOW),   N(AT_EMPTY_PATH), N(AT_RESOLVE_BENEATH),
};
static const struct flag whence[] = {
    N(SEEK_SET), N(SEEK_CUR), N(SEEK_END), N(SEEK_DATA), N(SEEK_HOLE),
};
static const struct flag fcntl[] = {
    N(F_ADD_SEALS),    N(F_DUP2FD),	  N(F_DUP2FD_CLOEXEC), N(F_DUPFD),  N(F_DUPFD_CLOEXEC),
    N(F_GETFD),	       N(F_GETFL),	  N(F_GETLK),	       N(F_GETOWN), N(F_GET_SEALS),
    N(F_ISUNIONSTACK), N(F_KINFO),	  N(F_OGETLK),	       N(F_OSETLK), N(F_OSETLKW),
    N(F_RDAHEAD),      N(F_READAHEAD),	  N(F_SETFD),	       N(F_SETFL),  N(F_SETLK),
    N(F_SETLKW),       N(F_SETLK_REMOTE), N(F_SETOWN),
};
static const struct flag wait[] = {
    N(WNOHANG), N(WUNTRACED), N(WSTOPPED), N(WCONTINUED),
    N(WNOWAIT), N(WEXITED),   N(WTRAPPED), N(WLINUXCLONE),
};
static const struct flag sighow[] = {
    N(SIG_BLOCK),
    N(SIG_UNBLOCK),
    N(SIG_SETMASK),
};
static const struct flag shut[] = {
    N(SHUT_RD),
    N(SHUT_WR),
    N(SHUT_RDWR),
};
static const struct flag family[] = {
    N(AF_APPLETALK), N(AF_ARP),	      N(AF_ATM),      N(AF_BLUETOOTH), N(AF_CCITT), N(AF_CHAOS),
    N(AF_CNT),	     N(AF_COIP),      N(AF_DATAKIT),  N(AF_DLI),       N(AF_E164),  N(AF_ECMA),
    N(AF_HYLINK),    N(AF_IEEE80211), N(AF_IMPLINK),  N(AF_INET),      N(AF_INET6), N(AF_INET6_SDP),
    N(AF_INET_SDP),  N(AF_IPX),	      N(AF_ISDN),     N(AF_ISO),       N(AF_LAT),   N(AF_LINK),
    N(AF_NATM),	     N(AF_NETBIOS),   N(AF_NETGRAPH), N(AF_NETLINK),   N(AF_OSI),   N(AF_PUP),
    N(AF_ROUTE),     N(AF_SCLUSTER),  N(AF_SIP),      N(AF_SLOW),      N(AF_SNA),   N(AF_UNIX),
    N(AF_UNSPEC),
};
static const struct flag socktype[] = {
    N(SOCK_STREAM), N(SOCK_DGRAM), N(SOCK_RAW), N(SOCK_RDM), N(SOCK_SEQPACKET),
};
static const struct flag sockflag[] = {
    N(SOCK_CLOEXEC),
    N(SOCK_NONBLOCK),
};
static const struct flag msg[] = {
    N(MSG_OOB),		 N(MSG_PEEK), N(MSG_DONTROUTE), N(MSG_CTRUNC),	 N(MSG_TRUNC),
    N(MSG_DONTWAIT),	 N(MSG_EOR),  N(MSG_WAITALL),	N(MSG_NOSIGNAL), N(MSG_WAITFORONE),
    N(MSG_CMSG_CLOEXEC), N(MSG_EOF),  N(MSG_NBIO),
};
static const struct flag sockopt[] = {
    N(SO_ACCEPTCONN),  N(SO_ACCEPTFILTER), N(SO_BINTIME),
    N(SO_BROADCAST),   N(SO_DEBUG),	   N(SO_DOMAIN),
    N(SO_DONTROUTE),   N(SO_ERROR),	   N(SO_KEEPALIVE),
    N(SO_LABEL),       N(SO_LINGER),	   N(SO_LISTENINCQLEN),
    N(SO_LISTENQLEN),  N(SO_LISTENQLIMIT), N(SO_MAX_PACING_RATE),
    N(SO_NOSIGPIPE),   N(SO_NO_DDP),	   N(SO_NO_OFFLOAD),
    N(SO_OOBINLINE),   N(SO_PEERLABEL),	   N(SO_PROTOCOL),
    N(SO_PROTOTYPE),   N(SO_RCVBUF),	   N(SO_RCVLOWAT),
    N(SO_RCVTIMEO),    N(SO_RERROR),	   N(SO_REUSEADDR),
    N(SO_REUSEPORT),   N(SO_REUSEPORT_LB), N(SO_SETFIB),
    N(SO_SNDBUF),      N(SO_SNDLOWAT),	   N(SO_SNDTIMEO),
    N(SO_TIMESTAMP),   N(SO_TYPE),	   N(SO_USELOOPBACK),
    N(SO_USER_COOKIE),
};
static const struct flag madv[] = {
    N(MADV_AUTOSYNC), N(MADV_CORE),	  N(MADV_DONTNEED), N(MADV_FREE),
    N(MADV_NOCORE),   N(MADV_NORMAL),	  N(MADV_NOSYNC),   N(MADV_PROTECT),
    N(MADV_RANDOM),   N(MADV_SEQUENTIAL), N(MADV_WILLNEED),
};
static const struct flag rlimit[] = {
    N(RLIMIT_AS),      N(RLIMIT_CORE),	  N(RLIMIT_CPU),    N(RLIMIT_DATA),  N(RLIMIT_FSIZE),
    N(RLIMIT_KQUEUES), N(RLIMIT_MEMLOCK), N(RLIMIT_NOFILE), N(RLIMIT_NPROC), N(RLIMIT_NPTS),
    N(RLIMIT_RSS),     N(RLIMIT_SBSIZE),  N(RLIMIT_STACK),  N(RLIMIT_SWAP),  N(RLIMIT_UMTXP),
};
static const struct flag rusage[] = {
    N(RUSAGE_SELF),
    N(RUSAGE_CHILDREN),
    N(RUSAGE_THREAD),
};
static const struct flag clock[] = {
    N(CLOCK_BOOTTIME),
    N(CLOCK_MONOTONIC),
    N(CLOCK_MONOTONIC_COARSE),
    N(CLOCK_MONOTONIC_FAST),
    N(CLOCK_MONOTONIC_PRECISE),
    N(CLOCK_PROCESS_CPUTIME_ID),
    N(CLOCK_PROF),
    N(CLOCK_REALTIME),
    N(CLOCK_REALTIME_COARSE),
    N(CLOCK_REALTIME_FAST),
    N(CLOCK_REALTIME_PRECISE),
    N(CLOCK_SECOND),
    N(CLOCK_THREAD_CPUTIME_ID),
    N(CLOCK_UPTIME),
    N(CLOCK_UPTIME_FAST),
    N(CLOCK_UPTIME_PRECISE),
    N(CLOCK_VIRTUAL),
};
static const struct flag itimer[] = {
    N(ITIMER_REAL),
    N(ITIMER_VIRTUAL),
    N(ITIMER_PROF),
};
static const struct flag flock[] = {
    N(LOCK_SH),
    N(LOCK_EX),
    N(LOCK_UN),
    N(LOCK_NB),
};
static const struct flag poll[] = {
    N(POLLIN),	   N(POLLPRI),	  N(POLLOUT),	 N(POLLERR),	N(POLLHUP),   N(POLLNVAL),
    N(POLLRDNORM), N(POLLWRNORM), N(POLLRDBAND), N(POLLWRBAND), N(POLLRDHUP), N(POLLINIGNEOF),
};
static const struct flag sa[] = {
    N(SA_ONSTACK),   N(SA_RESTART),   N(SA_NODEFER), N(SA_RESETHAND),
    N(SA_NOCLDSTOP), N(SA_NOCLDWAIT), N(SA_SIGINFO),
};
static const struct flag umtx[] = {
    N(UMTX_OP_CV_BROADCAST),
    N(UMTX_OP_CV_SIGNAL),
    N(UMTX_OP_CV_WAIT),
    N(UMTX_OP_GET_MIN_TIMEOUT),
    N(UMTX_OP_LOCK),
    N(UMTX_OP_MUTEX_LOCK),
    N(UMTX_OP_MUTEX_TRYLOCK),
    N(UMTX_OP_MUTEX_UNLOCK),
    N(UMTX_OP_MUTEX_WAIT),
    N(UMTX_OP_MUTEX_WAKE),
    N(UMTX_OP_MUTEX_WAKE2),
    N(UMTX_OP_NWAKE_PRIVATE),
    N(UMTX_OP_ROBUST_LISTS),
    N(UMTX_OP_RW_RDLOCK),
    N(UMTX_OP_RW_UNLOCK),
    N(UMTX_OP_RW_WRLOCK),
    N(UMTX_OP_SEM2_WAIT),
    N(UMTX_OP_SEM2_WAKE),
    N(UMTX_OP_SEM_WAIT),
    N(UMTX_OP_SEM_WAKE),
    N(UMTX_OP_SET_CEILING),
    N(UMTX_OP_SET_MIN_TIMEOUT),
    N(UMTX_OP_SHM),
    N(UMTX_OP_UNLOCK),
    N(UMTX_OP_WAIT),
    N(UMTX_OP_WAIT_UINT),
    N(UMTX_OP_WAIT_UINT_PRIVATE),
    N(UMTX_OP_WAKE),
    N(UMTX_OP_WAKE_PRIVATE),
};
static const struct flag ipproto[] = {
    N(IPPROTO_HOPOPTS), N(IPPROTO_ICMP), N(IPPROTO_ICMPV6),  N(IPPROTO_IGMP),
    N(IPPROTO_IP),	N(IPPROTO_IPV6), N(IPPROTO_RAW),     N(IPPROTO_SCTP),
    N(IPPROTO_TCP),	N(IPPROTO_UDP),	 N(IPPROTO_UDPLITE),
};
static const struct flag tcp[] = {
    N(TCP_CCALGOOPT),	 N(TCP_CONGESTION), N(TCP_DELACK),   N(TCP_FASTOPEN),
    N(TCP_FUNCTION_BLK), N(TCP_INFO),	    N(TCP_KEEPCNT),  N(TCP_KEEPIDLE),
    N(TCP_KEEPINIT),	 N(TCP_KEEPINTVL),  N(TCP_LOG),	     N(TCP_MAXSEG),
    N(TCP_MAXUNACKTIME), N(TCP_MD5SIG),	    N(TCP_NODELAY),  N(TCP_NOOPT),
    N(TCP_NOPUSH),	 N(TCP_PCAP_IN),    N(TCP_PCAP_OUT), N(TCP_REMOTE_UDP_ENCAPS_PORT),
    N(TCP_RXTLS_ENABLE), N(TCP_RXTLS_MODE), N(TCP_STATS),    N(TCP_TXTLS_ENABLE),
    N(TCP_TXTLS_MODE),
};
static const struct flag evfilt[] = {
    N(EVFILT_AIO),	N(EVFILT_EMPTY), N(EVFILT_FS),	     N(EVFILT_LIO),    N(EVFILT_PROC),
    N(EVFILT_PROCDESC), N(EVFILT_READ),	 N(EVFILT_SENDFILE), N(EVFILT_SIGNAL), N(EVFILT_TIMER),
    N(EVFILT_USER),	N(EVFILT_VNODE), N(EVFILT_WRITE),
};
static const struct flag ev[] = {
    N(EV_ADD),	     N(EV_DELETE),  N(EV_ENABLE), N(EV_DISABLE), N(EV_FORCEONESHOT),
    N(EV_KEEPUDATA), N(EV_ONESHOT), N(EV_CLEAR),  N(EV_RECEIPT), N(EV_DISPATCH),
    N(EV_EOF),	     N(EV_ERROR),   N(EV_FLAG1),  N(EV_FLAG2),
};
static const struct flag idtype[] = {
    N(P_PID), N(P_PPID), N(P_PGID), N(P_SID), N(P_ALL),
};

static const struct flag scm[] = {
    N(SCM_RIGHTS),   N(SCM_TIMESTAMP), N(SCM_CREDS),	 N(SCM_BINTIME),
    N(SCM_REALTIME), N(SCM_MONOTONIC), N(SCM_TIME_INFO), N(SCM_CREDS2),
};
static const struct flag flocktype[] = {N(F_RDLCK), N(F_WRLCK), N(F_UNLCK)};
static const struct flag ss[] = {N(SS_ONSTACK), N(SS_DISABLE)};

static const struct flag ioctls[] = {
    N(TIOCEXCL),     N(TIOCNXCL),	N(TIOCGPTN),	   N(TIOCFLUSH),      N(TIOCGETA),
    N(TIOCSETA),     N(TIOCSETAW),	N(TIOCSETAF),	   N(TIOCGETD),	      N(TIOCSETD),
    N(TIOCPTMASTER), N(TIOCGDRAINWAIT), N(TIOCSDRAINWAIT), N(TIOCDRAIN),      N(TIOCSIG),
    N(TIOCEXT),	     N(TIOCSCTTY),	N(TIOCCONS),	   N(TIOCGSID),	      N(TIOCSTAT),
    N(TIOCUCNTL),    N(TIOCSWINSZ),	N(TIOCGWINSZ),	   N(TIOCMGET),	      N(TIOCMBIC),
    N(TIOCMBIS),     N(TIOCMSET),	N(TIOCSTART),	   N(TIOCSTOP),	      N(TIOCPKT),
    N(TIOCNOTTY),    N(TIOCSTI),	N(TIOCOUTQ),	   N(TIOCSPGRP),      N(TIOCGPGRP),
    N(TIOCCDTR),     N(TIOCSDTR),	N(TIOCCBRK),	   N(TIOCSBRK),	      N(FIOCLEX),
    N(FIONCLEX),     N(FIONREAD),	N(FIONBIO),	   N(FIOASYNC),	      N(FIOSETOWN),
    N(FIOGETOWN),    N(FIODTYPE),	N(FIOGETLBA),	   N(FIODGNAME),      N(FIONWRITE),
    N(FIONSPACE),    N(FIOBMAP2),	N(FIOSSHMLPGCNF),  N(FIOGSHMLPGCNF),  N(FIOSEEKDATA),
    N(FIOSEEKHOLE),  N(SIOCSHIWAT),	N(SIOCGHIWAT),	   N(SIOCSLOWAT),     N(SIOCGLOWAT),
    N(SIOCATMARK),   N(SIOCSPGRP),	N(SIOCGPGRP),	   N(SIOCGIFADDR),    N(SIOCGIFDSTADDR),
    N(SIOCGIFFLAGS), N(SIOCGIFBRDADDR), N(SIOCGIFCONF),	   N(SIOCGIFNETMASK), N(SIOCGIFMETRIC),
    N(SIOCGIFCAP),   N(SIOCGIFINDEX),	N(SIOCGIFMTU),	   N(SIOCGIFSTATUS),  N(SIOCGIFINFO_IN6),
};

const struct posix freebsd_posix =
    {
	.list =
	    {
		[LIST_OFLAGS] = {oflags, ARRAY_LEN(oflags)},
		[LIST_ACCESS] = {access, ARRAY_LEN(access)},
		[LIST_PROT] = {prot, ARRAY_LEN(prot)},
		[LIST_MAP] = {map, ARRAY_LEN(map)},
		[LIST_AT] = {at, ARRAY_LEN(at)},
		[LIST_WHENCE] = {whence, ARRAY_LEN(whence)},
		[LIST_FCNTL] = {fcntl, ARRAY_LEN(fcntl)},
		[LIST_WAIT] = {wait, ARRAY_LEN(wait)},
		[LIST_SIGHOW] = {sighow, ARRAY_LEN(sighow)},
		[LIST_SHUT] = {shut, ARRAY_LEN(shut)},
		[LIST_FAMILY] = {family, ARRAY_LEN(family)},
		[LIST_SOCKTYPE] = {socktype, ARRAY_LEN(socktype)},
		[LIST_SOCKFLAG] = {sockflag, ARRAY_LEN(sockflag)},
		[LIST_MSG] = {msg, ARRAY_LEN(msg)},
		[LIST_SOCKOPT] = {sockopt, ARRAY_LEN(sockopt)},
		[LIST_MADV] = {madv, ARRAY_LEN(madv)},
		[LIST_RLIMIT] = {rlimit, ARRAY_LEN(rlimit)},
		[LIST_RUSAGE] = {rusage, ARRAY_LEN(rusage)},
		[LIST_CLOCK] = {clock, ARRAY_LEN(clock)},
		[LIST_ITIMER] = {itimer, ARRAY_LEN(itimer)},
		[LIST_FLOCK] = {flock, ARRAY_LEN(flock)},
		[LIST_POLL] = {poll, ARRAY_LEN(poll)},
		[LIST_SA] = {sa, ARRAY_LEN(sa)},
		[LIST_UMTX] = {umtx, ARRAY_LEN(umtx)},
		[LIST_IPPROTO] = {ipproto, ARRAY_LEN(ipproto)},
		[LIST_TCP] = {tcp, ARRAY_LEN(tcp)},
		[LIST_EVFILT] = {evfilt, ARRAY_LEN(evfilt)},
		[LIST_EV] = {ev, ARRAY_LEN(ev)},
		[LIST_IOCTL] = {ioctls, ARRAY_LEN(ioctls)},
		[LIST_SCM] = {scm, ARRAY_LEN(scm)},
		[LIST_FLOCKTYPE] = {flocktype, ARRAY_LEN(flocktype)},
		[LIST_SS] = {ss, ARRAY_LEN(ss)},
		[LIST_IDTYPE] = {idtype, ARRAY_LEN(idtype)},
	    },
	.at_fdcwd = FREEBSD_AT_FDCWD,
	.accmode = FREEBSD_O_ACCMODE,
	.sol_socket = FREEBSD_SOL_SOCKET,
	.sa_len = true,
	.set_words = 4,
	.sigaction = {.handler = 0, .flags = 8, .mask = 12, .size = 32},
	.scm_rights = FREEBSD_SCM_RIGHTS,
	.cmsg_align = 8,
	.flock = {.type = 20, .whence = 22, .start = 0, .len = 8},
	.stack = {.flags = 16, .size = 8},
};
