/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/linux_names.c: the names of Linux's constants, by the headers of its personality. */
#include "cli/trace/posix.h"
#include "core/abi.h"

#define N(name)                                                                                    \
	{                                                                                          \
		(u64)(CORE_##name), #name                                                          \
	}

static const struct flag oflags[] = {
    N(O_CREAT),	  N(O_EXCL),	N(O_NOCTTY), N(O_TRUNC),   N(O_APPEND),	   N(O_NONBLOCK),
    N(O_SYNC),	  N(O_DSYNC),	N(O_ASYNC),  N(O_DIRECT),  N(O_LARGEFILE), N(O_NOFOLLOW),
    N(O_NOATIME), N(O_CLOEXEC), N(O_PATH),   N(O_TMPFILE), N(O_DIRECTORY),
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
    N(MAP_SHARED_VALIDATE), N(MAP_SHARED),     N(MAP_PRIVATE),
    N(MAP_FIXED_NOREPLACE), N(MAP_FIXED),      N(MAP_ANONYMOUS),
    N(MAP_STACK),	    N(MAP_32BIT),      N(MAP_GROWSDOWN),
    N(MAP_DENYWRITE),	    N(MAP_EXECUTABLE), N(MAP_LOCKED),
    N(MAP_NORESERVE),	    N(MAP_POPULATE),   N(MAP_NONBLOCK),
    N(MAP_HUGETLB),	    N(MAP_SYNC),
};
static const struct flag at[] = {
    N(AT_SYMLINK_NOFOLLOW), N(AT_EACCESS),    N(AT_REMOVEDIR), N(AT_SYMLINK_FOLLOW),
    N(AT_NO_AUTOMOUNT),	    N(AT_EMPTY_PATH), N(AT_RECURSIVE),
};
static const struct flag whence[] = {
    N(SEEK_SET), N(SEEK_CUR), N(SEEK_END), N(SEEK_DATA), N(SEEK_HOLE),
};
static const struct flag fcntl[] = {
    N(F_ADD_SEALS),  N(F_DUPFD),     N(F_DUPFD_CLOEXEC), N(F_GETFD),	  N(F_GETFL),
    N(F_GETLEASE),   N(F_GETLK),     N(F_GETOWN),	 N(F_GETOWN_EX),  N(F_GETPIPE_SZ),
    N(F_GETSIG),     N(F_GET_SEALS), N(F_NOTIFY),	 N(F_OFD_GETLK),  N(F_OFD_SETLK),
    N(F_OFD_SETLKW), N(F_SETFD),     N(F_SETFL),	 N(F_SETLEASE),	  N(F_SETLK),
    N(F_SETLKW),     N(F_SETOWN),    N(F_SETOWN_EX),	 N(F_SETPIPE_SZ), N(F_SETSIG),
};
static const struct flag wait[] = {
    N(WNOHANG), N(WUNTRACED), N(WSTOPPED), N(WEXITED), N(WCONTINUED), N(WNOWAIT),
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
    N(AF_ALG), N(AF_APPLETALK), N(AF_AX25),   N(AF_BLUETOOTH), N(AF_INET),   N(AF_INET6),
    N(AF_IPX), N(AF_NETLINK),	N(AF_PACKET), N(AF_UNIX),      N(AF_UNSPEC), N(AF_VSOCK),
};
static const struct flag socktype[] = {
    N(SOCK_STREAM), N(SOCK_DGRAM), N(SOCK_RAW), N(SOCK_RDM), N(SOCK_SEQPACKET),
};
static const struct flag sockflag[] = {
    N(SOCK_CLOEXEC),
    N(SOCK_NONBLOCK),
};
static const struct flag msg[] = {
    N(MSG_OOB),		 N(MSG_PEEK),	    N(MSG_DONTROUTE), N(MSG_CTRUNC),   N(MSG_PROXY),
    N(MSG_TRUNC),	 N(MSG_DONTWAIT),   N(MSG_EOR),	      N(MSG_WAITALL),  N(MSG_FIN),
    N(MSG_SYN),		 N(MSG_CONFIRM),    N(MSG_RST),	      N(MSG_ERRQUEUE), N(MSG_NOSIGNAL),
    N(MSG_MORE),	 N(MSG_WAITFORONE), N(MSG_BATCH),     N(MSG_ZEROCOPY), N(MSG_FASTOPEN),
    N(MSG_CMSG_CLOEXEC),
};
static const struct flag sockopt[] = {
    N(SO_ACCEPTCONN), N(SO_BINDTODEVICE), N(SO_BINDTOIFINDEX), N(SO_BROADCAST),
    N(SO_BSDCOMPAT),  N(SO_DEBUG),	  N(SO_DOMAIN),	       N(SO_DONTROUTE),
    N(SO_ERROR),      N(SO_KEEPALIVE),	  N(SO_LINGER),	       N(SO_MARK),
    N(SO_NO_CHECK),   N(SO_OOBINLINE),	  N(SO_PASSCRED),      N(SO_PASSSEC),
    N(SO_PEERCRED),   N(SO_PEERGROUPS),	  N(SO_PEERNAME),      N(SO_PEERSEC),
    N(SO_PRIORITY),   N(SO_PROTOCOL),	  N(SO_RCVBUF),	       N(SO_RCVBUFFORCE),
    N(SO_RCVLOWAT),   N(SO_RCVTIMEO),	  N(SO_REUSEADDR),     N(SO_REUSEPORT),
    N(SO_SNDBUF),     N(SO_SNDBUFFORCE),  N(SO_SNDLOWAT),      N(SO_SNDTIMEO),
    N(SO_TIMESTAMP),  N(SO_TIMESTAMPING), N(SO_TIMESTAMPNS),   N(SO_TYPE),
};
static const struct flag madv[] = {
    N(MADV_COLD),	N(MADV_DODUMP),	       N(MADV_DOFORK),	       N(MADV_DONTDUMP),
    N(MADV_DONTFORK),	N(MADV_DONTNEED),      N(MADV_FREE),	       N(MADV_HUGEPAGE),
    N(MADV_KEEPONFORK), N(MADV_MERGEABLE),     N(MADV_NOHUGEPAGE),     N(MADV_NORMAL),
    N(MADV_PAGEOUT),	N(MADV_POPULATE_READ), N(MADV_POPULATE_WRITE), N(MADV_RANDOM),
    N(MADV_REMOVE),	N(MADV_SEQUENTIAL),    N(MADV_UNMERGEABLE),    N(MADV_WILLNEED),
    N(MADV_WIPEONFORK),
};
static const struct flag rlimit[] = {
    N(RLIMIT_AS),     N(RLIMIT_CORE),	N(RLIMIT_CPU),	      N(RLIMIT_DATA),
    N(RLIMIT_FSIZE),  N(RLIMIT_LOCKS),	N(RLIMIT_MEMLOCK),    N(RLIMIT_MSGQUEUE),
    N(RLIMIT_NICE),   N(RLIMIT_NOFILE), N(RLIMIT_NPROC),      N(RLIMIT_RSS),
    N(RLIMIT_RTPRIO), N(RLIMIT_RTTIME), N(RLIMIT_SIGPENDING), N(RLIMIT_STACK),
};
static const struct flag rusage[] = {
    N(RUSAGE_SELF),
    N(RUSAGE_CHILDREN),
    N(RUSAGE_THREAD),
};
static const struct flag clock[] = {
    N(CLOCK_BOOTTIME),		N(CLOCK_BOOTTIME_ALARM),
    N(CLOCK_MONOTONIC),		N(CLOCK_MONOTONIC_COARSE),
    N(CLOCK_MONOTONIC_RAW),	N(CLOCK_PROCESS_CPUTIME_ID),
    N(CLOCK_REALTIME),		N(CLOCK_REALTIME_ALARM),
    N(CLOCK_REALTIME_COARSE),	N(CLOCK_TAI),
    N(CLOCK_THREAD_CPUTIME_ID),
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
    N(POLLIN),	   N(POLLPRI),	  N(POLLOUT),	 N(POLLERR),	N(POLLHUP), N(POLLNVAL),
    N(POLLRDNORM), N(POLLWRNORM), N(POLLRDBAND), N(POLLWRBAND), N(POLLMSG), N(POLLRDHUP),
};
static const struct flag sa[] = {
    N(SA_RESTORER),  N(SA_ONSTACK),   N(SA_RESTART),   N(SA_NODEFER),
    N(SA_RESETHAND), N(SA_NOCLDSTOP), N(SA_NOCLDWAIT), N(SA_SIGINFO),
};
static const struct flag epollop[] = {
    N(EPOLL_CTL_ADD),
    N(EPOLL_CTL_DEL),
    N(EPOLL_CTL_MOD),
};
static const struct flag epoll[] = {
    N(EPOLLIN),	    N(EPOLLPRI),       N(EPOLLOUT),    N(EPOLLERR),	N(EPOLLHUP),
    N(EPOLLRDNORM), N(EPOLLRDBAND),    N(EPOLLWRNORM), N(EPOLLWRBAND),	N(EPOLLMSG),
    N(EPOLLRDHUP),  N(EPOLLEXCLUSIVE), N(EPOLLWAKEUP), N(EPOLLONESHOT), N(EPOLLET),
};
static const struct flag clone[] = {
    N(CLONE_CHILD_CLEARTID), N(CLONE_CHILD_SETTID), N(CLONE_CLEAR_SIGHAND), N(CLONE_DETACHED),
    N(CLONE_FILES),	     N(CLONE_FS),	    N(CLONE_INTO_CGROUP),   N(CLONE_IO),
    N(CLONE_NEWCGROUP),	     N(CLONE_NEWIPC),	    N(CLONE_NEWNET),	    N(CLONE_NEWNS),
    N(CLONE_NEWPID),	     N(CLONE_NEWUSER),	    N(CLONE_NEWUTS),	    N(CLONE_PARENT),
    N(CLONE_PARENT_SETTID),  N(CLONE_PIDFD),	    N(CLONE_PTRACE),	    N(CLONE_SETTLS),
    N(CLONE_SIGHAND),	     N(CLONE_SYSVSEM),	    N(CLONE_THREAD),	    N(CLONE_UNTRACED),
    N(CLONE_VFORK),	     N(CLONE_VM),
};
static const struct flag futex[] = {
    N(FUTEX_WAIT),	  N(FUTEX_WAKE),	N(FUTEX_FD),	      N(FUTEX_REQUEUE),
    N(FUTEX_CMP_REQUEUE), N(FUTEX_WAKE_OP),	N(FUTEX_LOCK_PI),     N(FUTEX_UNLOCK_PI),
    N(FUTEX_TRYLOCK_PI),  N(FUTEX_WAIT_BITSET), N(FUTEX_WAKE_BITSET), N(FUTEX_LOCK_PI2),
};
static const struct flag ipproto[] = {
    N(IPPROTO_ICMP), N(IPPROTO_ICMPV6), N(IPPROTO_IGMP), N(IPPROTO_IP),	 N(IPPROTO_IPV6),
    N(IPPROTO_RAW),  N(IPPROTO_SCTP),	N(IPPROTO_TCP),	 N(IPPROTO_UDP), N(IPPROTO_UDPLITE),
};
static const struct flag tcp[] = {
    N(TCP_CONGESTION),	     N(TCP_CORK),	   N(TCP_DEFER_ACCEPT), N(TCP_FASTOPEN),
    N(TCP_FASTOPEN_CONNECT), N(TCP_INFO),	   N(TCP_KEEPCNT),	N(TCP_KEEPIDLE),
    N(TCP_KEEPINTVL),	     N(TCP_LINGER2),	   N(TCP_MAXSEG),	N(TCP_MD5SIG),
    N(TCP_NODELAY),	     N(TCP_NOTSENT_LOWAT), N(TCP_QUICKACK),	N(TCP_SYNCNT),
    N(TCP_USER_TIMEOUT),     N(TCP_WINDOW_CLAMP),
};
static const struct flag idtype[] = {
    N(P_PID),
    N(P_PGID),
    N(P_ALL),
    N(P_PIDFD),
};

static const struct flag ioctls[] = {
    N(SIOCSPGRP),      N(SIOCGPGRP),	N(SIOCATMARK),	 N(FIONREAD),	    N(TIOCOUTQ),
    N(SIOCGIFCONF),    N(SIOCGIFFLAGS), N(SIOCGIFADDR),	 N(SIOCGIFDSTADDR), N(SIOCGIFBRDADDR),
    N(SIOCGIFNETMASK), N(SIOCGIFMTU),	N(SIOCGIFINDEX), N(SIOCGIFNAME),    N(SIOCGIFHWADDR),
    N(TCGETS),	       N(TCSETS),	N(TCSETSW),	 N(TCSETSF),	    N(TCSBRK),
    N(TCXONC),	       N(TCFLSH),	N(TIOCEXCL),	 N(TIOCNXCL),	    N(TIOCSCTTY),
    N(TIOCGPGRP),      N(TIOCSPGRP),	N(TIOCOUTQ),	 N(TIOCSTI),	    N(TIOCGWINSZ),
    N(TIOCSWINSZ),     N(TIOCMGET),	N(TIOCMBIS),	 N(TIOCMBIC),	    N(TIOCMSET),
    N(FIONREAD),       N(TIOCCONS),	N(TIOCPKT),	 N(FIONBIO),	    N(TIOCNOTTY),
    N(TIOCSETD),       N(TIOCGETD),	N(TCSBRKP),	 N(TIOCSBRK),	    N(TIOCCBRK),
    N(TIOCGSID),       N(TCGETS2),	N(TCSETS2),	 N(TCSETSW2),	    N(TCSETSF2),
    N(TIOCGPTN),       N(TIOCSPTLCK),	N(TIOCGPTLCK),	 N(TIOCVHANGUP),    N(TIOCGPTPEER),
    N(FIONCLEX),       N(FIOCLEX),	N(FIOASYNC),	 N(FIOQSIZE),
};

static const struct flag scm[] = {
    N(SCM_RIGHTS),
    N(SCM_CREDENTIALS),
    N(SCM_TIMESTAMP),
    N(SCM_TIMESTAMPNS),
};
/* linux/in.h, linux/in6.h */
static const struct flag ip[] = {
    {1, "IP_TOS"},
    {2, "IP_TTL"},
    {3, "IP_HDRINCL"},
    {4, "IP_OPTIONS"},
    {6, "IP_RECVOPTS"},
    {8, "IP_PKTINFO"},
    {9, "IP_PKTOPTIONS"},
    {10, "IP_MTU_DISCOVER"},
    {11, "IP_RECVERR"},
    {12, "IP_RECVTTL"},
    {13, "IP_RECVTOS"},
    {14, "IP_MTU"},
    {15, "IP_FREEBIND"},
    {19, "IP_TRANSPARENT"},
    {24, "IP_BIND_ADDRESS_NO_PORT"},
    {32, "IP_MULTICAST_IF"},
    {33, "IP_MULTICAST_TTL"},
    {34, "IP_MULTICAST_LOOP"},
    {35, "IP_ADD_MEMBERSHIP"},
    {36, "IP_DROP_MEMBERSHIP"},
};
static const struct flag ipv6[] = {
    {16, "IPV6_UNICAST_HOPS"},	 {17, "IPV6_MULTICAST_IF"},
    {18, "IPV6_MULTICAST_HOPS"}, {19, "IPV6_MULTICAST_LOOP"},
    {20, "IPV6_ADD_MEMBERSHIP"}, {21, "IPV6_DROP_MEMBERSHIP"},
    {23, "IPV6_MTU_DISCOVER"},	 {24, "IPV6_MTU"},
    {25, "IPV6_RECVERR"},	 {26, "IPV6_V6ONLY"},
    {49, "IPV6_RECVPKTINFO"},	 {50, "IPV6_PKTINFO"},
    {51, "IPV6_RECVHOPLIMIT"},	 {66, "IPV6_RECVTCLASS"},
    {67, "IPV6_TCLASS"},
};
static const struct flag flocktype[] = {N(F_RDLCK), N(F_WRLCK), N(F_UNLCK)};
static const struct flag ss[] = {N(SS_ONSTACK), N(SS_DISABLE)};

const struct posix linux_posix =
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
		[LIST_EPOLLOP] = {epollop, ARRAY_LEN(epollop)},
		[LIST_EPOLL] = {epoll, ARRAY_LEN(epoll)},
		[LIST_CLONE] = {clone, ARRAY_LEN(clone)},
		[LIST_FUTEX] = {futex, ARRAY_LEN(futex)},
		[LIST_IPPROTO] = {ipproto, ARRAY_LEN(ipproto)},
		[LIST_TCP] = {tcp, ARRAY_LEN(tcp)},
		[LIST_IOCTL] = {ioctls, ARRAY_LEN(ioctls)},
		[LIST_SCM] = {scm, ARRAY_LEN(scm)},
		[LIST_IP] = {ip, ARRAY_LEN(ip)},
		[LIST_IPV6] = {ipv6, ARRAY_LEN(ipv6)},
		[LIST_FLOCKTYPE] = {flocktype, ARRAY_LEN(flocktype)},
		[LIST_SS] = {ss, ARRAY_LEN(ss)},
		[LIST_IDTYPE] = {idtype, ARRAY_LEN(idtype)},
	    },
	.at_fdcwd = CORE_AT_FDCWD,
	.accmode = CORE_O_ACCMODE,
	.sol_socket = CORE_SOL_SOCKET,
	.set_words = 2,
	.sigaction = {0, 8, 24, 32, 16},
	.scm_rights = CORE_SCM_RIGHTS,
	.utime_now = CORE_UTIME_NOW,
	.utime_omit = CORE_UTIME_OMIT,
	.cmsg_align = 8,
	.wide_control = true,
	.time_left = true,
	.flock = {.type = 0, .whence = 2, .start = 8, .len = 16},
	.stack = {.flags = 8, .size = 16},
};
