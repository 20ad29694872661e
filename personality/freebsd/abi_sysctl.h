/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_sysctl.h: sysctl(3) names and what they answer,
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/sysctl.h, vm/vm_param.h,
 * sys/user.h, sys/proc.h, sys/socket.h.
 */
#ifndef FB_FREEBSD_ABI_SYSCTL_H
#define FB_FREEBSD_ABI_SYSCTL_H

#include "core/abi_types.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/abi_signal.h"

/* Top level (sys/sysctl.h) */
#define FREEBSD_CTL_AUTO_START	      256
#define FREEBSD_CTL_SYSCTL	      0
#define FREEBSD_CTL_KERN	      1
#define FREEBSD_CTL_VM		      2
#define FREEBSD_CTL_VFS		      3
#define FREEBSD_CTL_NET		      4
#define FREEBSD_CTL_DEBUG	      5
#define FREEBSD_CTL_HW		      6
#define FREEBSD_CTL_MACHDEP	      7
#define FREEBSD_CTL_USER	      8
#define FREEBSD_CTL_SYSCTL_DEBUG      0
#define FREEBSD_CTL_SYSCTL_NAME	      1
#define FREEBSD_CTL_SYSCTL_NEXT	      2
#define FREEBSD_CTL_SYSCTL_NAME2OID   3
#define FREEBSD_CTL_SYSCTL_OIDFMT     4
#define FREEBSD_CTL_SYSCTL_OIDDESCR   5
#define FREEBSD_CTL_SYSCTL_OIDLABEL   6
#define FREEBSD_CTL_SYSCTL_NEXTNOSKIP 7
#define FREEBSD_CTL_MAXNAME	      24

/* CTL_KERN (sys/sysctl.h) */
#define FREEBSD_KERN_OSTYPE	     1
#define FREEBSD_KERN_OSRELEASE	     2
#define FREEBSD_KERN_OSREV	     3
#define FREEBSD_KERN_VERSION	     4
#define FREEBSD_KERN_MAXVNODES	     5
#define FREEBSD_KERN_MAXPROC	     6
#define FREEBSD_KERN_MAXFILES	     7
#define FREEBSD_KERN_ARGMAX	     8
#define FREEBSD_KERN_SECURELVL	     9
#define FREEBSD_KERN_HOSTNAME	     10
#define FREEBSD_KERN_HOSTID	     11
#define FREEBSD_KERN_CLOCKRATE	     12
#define FREEBSD_KERN_VNODE	     13
#define FREEBSD_KERN_PROC	     14
#define FREEBSD_KERN_FILE	     15
#define FREEBSD_KERN_PROF	     16
#define FREEBSD_KERN_POSIX1	     17
#define FREEBSD_KERN_NGROUPS	     18
#define FREEBSD_KERN_JOB_CONTROL     19
#define FREEBSD_KERN_SAVED_IDS	     20
#define FREEBSD_KERN_BOOTTIME	     21
#define FREEBSD_KERN_NISDOMAINNAME   22
#define FREEBSD_KERN_UPDATEINTERVAL  23
#define FREEBSD_KERN_OSRELDATE	     24
#define FREEBSD_KERN_NTP_PLL	     25
#define FREEBSD_KERN_BOOTFILE	     26
#define FREEBSD_KERN_MAXFILESPERPROC 27
#define FREEBSD_KERN_MAXPROCPERUID   28
#define FREEBSD_KERN_DUMPDEV	     29
#define FREEBSD_KERN_IPC	     30
#define FREEBSD_KERN_DUMMY	     31
#define FREEBSD_KERN_PS_STRINGS	     32
#define FREEBSD_KERN_USRSTACK	     33
#define FREEBSD_KERN_LOGSIGEXIT	     34
#define FREEBSD_KERN_IOV_MAX	     35
#define FREEBSD_KERN_HOSTUUID	     36
#define FREEBSD_KERN_ARND	     37
#define FREEBSD_KERN_MAXPHYS	     38
#define FREEBSD_KERN_LOCKF	     39

/* KERN_PROC (sys/sysctl.h) */
#define FREEBSD_KERN_PROC_ALL	     0
#define FREEBSD_KERN_PROC_PID	     1
#define FREEBSD_KERN_PROC_PGRP	     2
#define FREEBSD_KERN_PROC_SESSION    3
#define FREEBSD_KERN_PROC_TTY	     4
#define FREEBSD_KERN_PROC_UID	     5
#define FREEBSD_KERN_PROC_RUID	     6
#define FREEBSD_KERN_PROC_ARGS	     7
#define FREEBSD_KERN_PROC_PROC	     8
#define FREEBSD_KERN_PROC_SV_NAME    9
#define FREEBSD_KERN_PROC_RGID	     10
#define FREEBSD_KERN_PROC_GID	     11
#define FREEBSD_KERN_PROC_PATHNAME   12
#define FREEBSD_KERN_PROC_OVMMAP     13
#define FREEBSD_KERN_PROC_OFILEDESC  14
#define FREEBSD_KERN_PROC_KSTACK     15
#define FREEBSD_KERN_PROC_INC_THREAD 16
#define FREEBSD_KERN_PROC_VMMAP	     32
#define FREEBSD_KERN_PROC_FILEDESC   33
#define FREEBSD_KERN_PROC_GROUPS     34
#define FREEBSD_KERN_PROC_ENV	     35
#define FREEBSD_KERN_PROC_AUXV	     36
#define FREEBSD_KERN_PROC_RLIMIT     37
#define FREEBSD_KERN_PROC_PS_STRINGS 38
#define FREEBSD_KERN_PROC_UMASK	     39
#define FREEBSD_KERN_PROC_OSREL	     40
#define FREEBSD_KERN_PROC_SIGTRAMP   41
#define FREEBSD_KERN_PROC_CWD	     42
#define FREEBSD_KERN_PROC_NFDS	     43
#define FREEBSD_KERN_PROC_SIGFASTBLK 44

/* DTYPE of kern.file, where kinfo_file's types differ (sys/file.h) */
#define FREEBSD_DTYPE_NONE     0
#define FREEBSD_DTYPE_DEV      11
#define FREEBSD_DTYPE_PROCDESC 12

/* KERN_IPC (sys/sysctl.h) */
#define FREEBSD_KIPC_MAXSOCKBUF	   1
#define FREEBSD_KIPC_SOCKBUF_WASTE 2
#define FREEBSD_KIPC_SOMAXCONN	   3
#define FREEBSD_KIPC_MAX_LINKHDR   4
#define FREEBSD_KIPC_MAX_PROTOHDR  5
#define FREEBSD_KIPC_MAX_HDR	   6
#define FREEBSD_KIPC_MAX_DATALEN   7

/* CTL_HW (sys/sysctl.h) */
#define FREEBSD_HW_MACHINE	1
#define FREEBSD_HW_MODEL	2
#define FREEBSD_HW_NCPU		3
#define FREEBSD_HW_BYTEORDER	4
#define FREEBSD_HW_PHYSMEM	5
#define FREEBSD_HW_USERMEM	6
#define FREEBSD_HW_PAGESIZE	7
#define FREEBSD_HW_DISKNAMES	8
#define FREEBSD_HW_DISKSTATS	9
#define FREEBSD_HW_FLOATINGPT	10
#define FREEBSD_HW_MACHINE_ARCH 11
#define FREEBSD_HW_REALMEM	12

/* CTL_USER (sys/sysctl.h) */
#define FREEBSD_USER_CS_PATH	      1
#define FREEBSD_USER_BC_BASE_MAX      2
#define FREEBSD_USER_BC_DIM_MAX	      3
#define FREEBSD_USER_BC_SCALE_MAX     4
#define FREEBSD_USER_BC_STRING_MAX    5
#define FREEBSD_USER_COLL_WEIGHTS_MAX 6
#define FREEBSD_USER_EXPR_NEST_MAX    7
#define FREEBSD_USER_LINE_MAX	      8
#define FREEBSD_USER_RE_DUP_MAX	      9
#define FREEBSD_USER_POSIX2_VERSION   10
#define FREEBSD_USER_POSIX2_C_BIND    11
#define FREEBSD_USER_POSIX2_C_DEV     12
#define FREEBSD_USER_POSIX2_CHAR_TERM 13
#define FREEBSD_USER_POSIX2_FORT_DEV  14
#define FREEBSD_USER_POSIX2_FORT_RUN  15
#define FREEBSD_USER_POSIX2_LOCALEDEF 16
#define FREEBSD_USER_POSIX2_SW_DEV    17
#define FREEBSD_USER_POSIX2_UPE	      18
#define FREEBSD_USER_STREAM_MAX	      19
#define FREEBSD_USER_TZNAME_MAX	      20
#define FREEBSD_USER_LOCALBASE	      21

/* CTL_VM (vm/vm_param.h) */
#define FREEBSD_VM_TOTAL	      1
#define FREEBSD_VM_METER	      1
#define FREEBSD_VM_LOADAVG	      2
#define FREEBSD_VM_V_FREE_MIN	      3
#define FREEBSD_VM_V_FREE_TARGET      4
#define FREEBSD_VM_V_FREE_RESERVED    5
#define FREEBSD_VM_V_INACTIVE_TARGET  6
#define FREEBSD_VM_V_PAGEOUT_FREE_MIN 9
#define FREEBSD_VM_SWAPPING_ENABLED   11
#define FREEBSD_VM_OVERCOMMIT	      12

/* CTLTYPE (sys/sysctl.h) */
#define FREEBSD_CTLTYPE	       0xf
#define FREEBSD_CTLTYPE_NODE   0x1
#define FREEBSD_CTLTYPE_INT    0x2
#define FREEBSD_CTLTYPE_STRING 0x3
#define FREEBSD_CTLTYPE_S64    0x4
#define FREEBSD_CTLTYPE_OPAQUE 0x5
#define FREEBSD_CTLTYPE_STRUCT 0x5
#define FREEBSD_CTLTYPE_UINT   0x6
#define FREEBSD_CTLTYPE_LONG   0x7
#define FREEBSD_CTLTYPE_ULONG  0x8
#define FREEBSD_CTLTYPE_U64    0x9
#define FREEBSD_CTLTYPE_U8     0xa
#define FREEBSD_CTLTYPE_U16    0xb
#define FREEBSD_CTLTYPE_S8     0xc
#define FREEBSD_CTLTYPE_S16    0xd
#define FREEBSD_CTLTYPE_S32    0xe
#define FREEBSD_CTLTYPE_U32    0xf

/* kinfo_proc (sys/user.h) */
#define FREEBSD_KI_NSPARE_INT	       2
#define FREEBSD_KI_NSPARE_LONG	       12
#define FREEBSD_KI_NSPARE_PTR	       5
#define FREEBSD_WMESGLEN	       8
#define FREEBSD_LOCKNAMELEN	       8
#define FREEBSD_TDNAMLEN	       16
#define FREEBSD_COMMLEN		       19
#define FREEBSD_KI_EMULNAMELEN	       16
#define FREEBSD_KI_NGROUPS	       16
#define FREEBSD_LOGNAMELEN	       17
#define FREEBSD_LOGINCLASSLEN	       17
#define FREEBSD_KI_CRF_CAPABILITY_MODE 1
#define FREEBSD_KI_CRF_GRP_OVERFLOW    2147483648u
#define FREEBSD_KI_CTTY		       1
#define FREEBSD_KI_SLEADER	       2
#define FREEBSD_KI_LOCKBLOCK	       4
#define FREEBSD_KF_ATTR_VALID	       1
#define FREEBSD_KF_TYPE_NONE	       0
#define FREEBSD_KF_TYPE_VNODE	       1
#define FREEBSD_KF_TYPE_SOCKET	       2
#define FREEBSD_KF_TYPE_PIPE	       3
#define FREEBSD_KF_TYPE_FIFO	       4
#define FREEBSD_KF_TYPE_KQUEUE	       5
#define FREEBSD_KF_TYPE_MQUEUE	       7
#define FREEBSD_KF_TYPE_SHM	       8
#define FREEBSD_KF_TYPE_SEM	       9
#define FREEBSD_KF_TYPE_PTS	       10
#define FREEBSD_KF_TYPE_PROCDESC       11
#define FREEBSD_KF_TYPE_DEV	       12
#define FREEBSD_KF_TYPE_EVENTFD	       13
#define FREEBSD_KF_TYPE_UNKNOWN	       255
#define FREEBSD_KF_VTYPE_VNON	       0
#define FREEBSD_KF_VTYPE_VREG	       1
#define FREEBSD_KF_VTYPE_VDIR	       2
#define FREEBSD_KF_VTYPE_VBLK	       3
#define FREEBSD_KF_VTYPE_VCHR	       4
#define FREEBSD_KF_VTYPE_VLNK	       5
#define FREEBSD_KF_VTYPE_VSOCK	       6
#define FREEBSD_KF_VTYPE_VFIFO	       7
#define FREEBSD_KF_VTYPE_UNKNOWN       255
#define FREEBSD_KF_FD_TYPE_CWD	       (-1)
#define FREEBSD_KF_FD_TYPE_ROOT	       (-2)
#define FREEBSD_KF_FD_TYPE_JAIL	       (-3)
#define FREEBSD_KF_FD_TYPE_TRACE       (-4)
#define FREEBSD_KF_FD_TYPE_TEXT	       (-5)
#define FREEBSD_KF_FD_TYPE_CTTY	       (-6)
#define FREEBSD_KF_FLAG_READ	       1
#define FREEBSD_KF_FLAG_WRITE	       2
#define FREEBSD_KF_FLAG_APPEND	       4
#define FREEBSD_KF_FLAG_ASYNC	       8
#define FREEBSD_KF_FLAG_FSYNC	       16
#define FREEBSD_KF_FLAG_NONBLOCK       32
#define FREEBSD_KF_FLAG_DIRECT	       64
#define FREEBSD_KF_FLAG_HASLOCK	       128
#define FREEBSD_KF_FLAG_SHLOCK	       256
#define FREEBSD_KF_FLAG_EXLOCK	       512
#define FREEBSD_KF_FLAG_NOFOLLOW       1024
#define FREEBSD_KF_FLAG_CREAT	       2048
#define FREEBSD_KF_FLAG_TRUNC	       4096
#define FREEBSD_KF_FLAG_EXCL	       8192
#define FREEBSD_KF_FLAG_EXEC	       16384
#define FREEBSD_KINFO_OFILE_SIZE       1328
#define FREEBSD_KINFO_FILE_SIZE	       1392
#define FREEBSD_KVME_TYPE_NONE	       0
#define FREEBSD_KVME_TYPE_DEFAULT      1
#define FREEBSD_KVME_TYPE_VNODE	       2
#define FREEBSD_KVME_TYPE_SWAP	       3
#define FREEBSD_KVME_TYPE_DEVICE       4
#define FREEBSD_KVME_TYPE_PHYS	       5
#define FREEBSD_KVME_TYPE_DEAD	       6
#define FREEBSD_KVME_TYPE_SG	       7
#define FREEBSD_KVME_TYPE_MGTDEVICE    8
#define FREEBSD_KVME_TYPE_GUARD	       9
#define FREEBSD_KVME_TYPE_UNKNOWN      255
#define FREEBSD_KVME_PROT_READ	       1
#define FREEBSD_KVME_PROT_WRITE	       2
#define FREEBSD_KVME_PROT_EXEC	       4
#define FREEBSD_KVME_FLAG_COW	       1
#define FREEBSD_KVME_FLAG_NEEDS_COPY   2
#define FREEBSD_KVME_FLAG_NOCOREDUMP   4
#define FREEBSD_KVME_FLAG_SUPER	       8
#define FREEBSD_KVME_FLAG_GROWS_UP     16
#define FREEBSD_KVME_FLAG_GROWS_DOWN   32
#define FREEBSD_KVME_FLAG_USER_WIRED   64
#define FREEBSD_KINFO_OVMENTRY_SIZE    1168
#define FREEBSD_KINFO_VMENTRY_SIZE     1160
#define FREEBSD_KINFO_KSTACK_SIZE      1096

/* p_flag and process states (sys/proc.h) */
#define FREEBSD_P_CONTROLT   0x2
#define FREEBSD_P_KPROC	     0x4
#define FREEBSD_P_HADTHREADS 0x80
#define FREEBSD_P_SUGID	     0x100
#define FREEBSD_P_SYSTEM     0x200
#define FREEBSD_P_WEXIT	     0x2000
#define FREEBSD_P_TRACED     0x800
#define FREEBSD_P_EXEC	     0x4000
#define FREEBSD_P_INMEM	     0x10000000
#define FREEBSD_TDF_SINTR    0x8
#define FREEBSD_SIDL	     0x1
#define FREEBSD_SRUN	     0x2
#define FREEBSD_SSLEEP	     0x3
#define FREEBSD_SSTOP	     0x4
#define FREEBSD_SZOMB	     0x5
#define FREEBSD_SWAIT	     0x6
#define FREEBSD_SLOCK	     0x7

/* CTL_NET (sys/socket.h) */
#define FREEBSD_PF_ROUTE	17
#define FREEBSD_NET_RT_DUMP	1
#define FREEBSD_NET_RT_FLAGS	2
#define FREEBSD_NET_RT_IFLIST	3
#define FREEBSD_NET_RT_IFMALIST 4
#define FREEBSD_NET_RT_IFLISTL	5
#define FREEBSD_NET_RT_NHOP	6
#define FREEBSD_NET_RT_NHGRP	7

/* net.inet.* (netinet/in.h, tcp_var.h, udp_var.h, icmp_var.h, ...) */
#define FREEBSD_TCPCTL_MSSDFLT	   3
#define FREEBSD_TCPCTL_STATS	   4
#define FREEBSD_TCPCTL_KEEPIDLE	   6
#define FREEBSD_TCPCTL_KEEPINTVL   7
#define FREEBSD_TCPCTL_SENDSPACE   8
#define FREEBSD_TCPCTL_RECVSPACE   9
#define FREEBSD_TCPCTL_KEEPINIT	   10
#define FREEBSD_TCPCTL_PCBLIST	   11
#define FREEBSD_TCPCTL_STATES	   16
#define FREEBSD_UDPCTL_STATS	   2
#define FREEBSD_UDPCTL_MAXDGRAM	   3
#define FREEBSD_UDPCTL_RECVSPACE   4
#define FREEBSD_UDPCTL_PCBLIST	   5
#define FREEBSD_IPCTL_FORWARDING   1
#define FREEBSD_IPCTL_DEFTTL	   3
#define FREEBSD_IPCTL_STATS	   12
#define FREEBSD_ICMPCTL_STATS	   2
#define FREEBSD_IGMPCTL_STATS	   1
#define FREEBSD_IPV6CTL_FORWARDING 1
#define FREEBSD_IPV6CTL_DEFHLIM	   3
#define FREEBSD_IPV6CTL_STATS	   6
#define FREEBSD_IPV6CTL_V6ONLY	   24
#define FREEBSD_ICMPV6CTL_STATS	   1

struct freebsd_priority {
	u8 pri_class;
	u8 pri_level;
	u8 pri_native;
	u8 pri_user;
};
SIZE_ASSERT(struct freebsd_priority, 4);

/* KERN_PROC's record; kernel addresses in it are zero here. */
struct freebsd_kinfo_proc {
	i32 ki_structsize;
	i32 ki_layout;
	u64 ki_args;
	u64 ki_paddr;
	u64 ki_addr;
	u64 ki_tracep;
	u64 ki_textvp;
	u64 ki_fd;
	u64 ki_vmspace;
	u64 ki_wchan;
	i32 ki_pid;
	i32 ki_ppid;
	i32 ki_pgid;
	i32 ki_tpgid;
	i32 ki_sid;
	i32 ki_tsid;
	i16 ki_jobc;
	i16 ki_spare_short1;
	u32 ki_tdev_freebsd11;
	struct freebsd_sigset ki_siglist;
	struct freebsd_sigset ki_sigmask;
	struct freebsd_sigset ki_sigignore;
	struct freebsd_sigset ki_sigcatch;
	u32 ki_uid;
	u32 ki_ruid;
	u32 ki_svuid;
	u32 ki_rgid;
	u32 ki_svgid;
	i16 ki_ngroups;
	i16 ki_spare_short2;
	u32 ki_groups[FREEBSD_KI_NGROUPS];
	u64 ki_size;   /* bytes */
	i64 ki_rssize; /* pages, as the four below */
	i64 ki_swrss;
	i64 ki_tsize;
	i64 ki_dsize;
	i64 ki_ssize;
	u16 ki_xstat;
	u16 ki_acflag;
	u32 ki_pctcpu;
	u32 ki_estcpu;
	u32 ki_slptime;
	u32 ki_swtime;
	u32 ki_cow;
	u64 ki_runtime; /* microseconds */
	struct core_timeval ki_start;
	struct core_timeval ki_childtime;
	i64 ki_flag;
	i64 ki_kiflag;
	i32 ki_traceflag;
	u8 ki_stat;
	i8 ki_nice;
	u8 ki_lock;
	u8 ki_rqindex;
	u8 ki_oncpu_old;
	u8 ki_lastcpu_old;
	char ki_tdname[FREEBSD_TDNAMLEN + 1];
	char ki_wmesg[FREEBSD_WMESGLEN + 1];
	char ki_login[FREEBSD_LOGNAMELEN + 1];
	char ki_lockname[FREEBSD_LOCKNAMELEN + 1];
	char ki_comm[FREEBSD_COMMLEN + 1];
	char ki_emul[FREEBSD_KI_EMULNAMELEN + 1];
	char ki_loginclass[FREEBSD_LOGINCLASSLEN + 1];
	char ki_moretdname[4];
	char ki_sparestrings[46];
	i32 ki_spareints[FREEBSD_KI_NSPARE_INT];
	u64 ki_tdev;
	i32 ki_oncpu;
	i32 ki_lastcpu;
	i32 ki_tracer;
	i32 ki_flag2;
	i32 ki_fibnum;
	u32 ki_cr_flags;
	i32 ki_jid;
	i32 ki_numthreads;
	i32 ki_tid;
	struct freebsd_priority ki_pri;
	struct freebsd_rusage ki_rusage;
	struct freebsd_rusage ki_rusage_ch;
	u64 ki_pcb;
	u64 ki_kstack;
	u64 ki_udata;
	u64 ki_tdaddr;
	u64 ki_pd;
	u64 ki_spareptrs[FREEBSD_KI_NSPARE_PTR];
	i64 ki_sparelongs[FREEBSD_KI_NSPARE_LONG];
	i64 ki_sflag;
	i64 ki_tdflags;
};
SIZE_ASSERT(struct freebsd_kinfo_proc, 1088);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_pid, 72);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_siglist, 104);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_uid, 168);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_size, 256);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_runtime, 328);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_stat, 388);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_tdname, 394);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_comm, 447);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_tdev, 560);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_tid, 600);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_rusage, 608);
OFFSET_ASSERT(struct freebsd_kinfo_proc, ki_tdflags, 1080);

struct freebsd_kinfo_file {
	i32 kf_structsize; /* variable: records are packed */
	i32 kf_type;
	i32 kf_fd;
	i32 kf_ref_count;
	i32 kf_flags;
	i32 kf_pad0;
	i64 kf_offset;
	union {
		struct {
			u32 kf_sock_sendq;
			i32 kf_sock_domain0;
			i32 kf_sock_type0;
			i32 kf_sock_protocol0;
			u8 kf_sa_local[128];
			u8 kf_sa_peer[128];
			u64 kf_sock_pcb;
			u64 kf_sock_inpcb;
			u64 kf_sock_unpconn;
			u16 kf_sock_snd_sb_state;
			u16 kf_sock_rcv_sb_state;
			u32 kf_sock_recvq;
		} kf_sock;
		struct {
			i32 kf_file_type;
			i32 kf_spareint[3];
			u64 kf_spareint64[29];
			u64 kf_file_nlink;
			u64 kf_file_fsid;
			u64 kf_file_rdev;
			u64 kf_file_fileid;
			u64 kf_file_size;
			u32 kf_file_fsid_freebsd11;
			u32 kf_file_rdev_freebsd11;
			u16 kf_file_mode;
			u16 kf_file_pad0;
			u32 kf_file_pad1;
		} kf_file;
		struct {
			u32 kf_spareint[4];
			u64 kf_spareint64[32];
			i32 kf_pid;
		} kf_proc;
		struct {
			u32 kf_spareint[4];
			u64 kf_spareint64[32];
			u64 kf_pipe_addr;
			u64 kf_pipe_peer;
			u32 kf_pipe_buffer_cnt;
		} kf_pipe;
		u8 bytes[304];
	} kf_un;
	u16 kf_status;
	u16 kf_pad1;
	i32 kf_ispare0;
	u64 kf_cap_rights[2];
	u64 kf_cap_spare;
	char kf_path[FREEBSD_PATH_MAX]; /* cut after its NUL, to a multiple of 8 bytes */
};
SIZE_ASSERT(struct freebsd_kinfo_file, 1392);
OFFSET_ASSERT(struct freebsd_kinfo_file, kf_status, 336);
OFFSET_ASSERT(struct freebsd_kinfo_file, kf_path, 368);

/* The records of FreeBSD 7: of one length. */
struct freebsd_kinfo_ofile {
	i32 kf_structsize;
	i32 kf_type;
	i32 kf_fd;
	i32 kf_ref_count;
	i32 kf_flags;
	i32 pad;
	i64 kf_offset;
	i32 kf_vnode_type;
	i32 kf_sock_domain;
	i32 kf_sock_type;
	i32 kf_sock_protocol;
	char kf_path[FREEBSD_PATH_MAX];
	u8 kf_sa_local[128];
	u8 kf_sa_peer[128];
};
SIZE_ASSERT(struct freebsd_kinfo_ofile, FREEBSD_KINFO_OFILE_SIZE);

struct freebsd_kinfo_ovmentry {
	i32 kve_structsize;
	i32 kve_type;
	u64 kve_start;
	u64 kve_end;
	i32 kve_flags;
	i32 kve_resident;
	i32 kve_private_resident;
	i32 kve_protection;
	i32 kve_ref_count;
	i32 kve_shadow_count;
	char kve_path[FREEBSD_PATH_MAX];
	u64 kve_pspare[8];
	i64 kve_offset;
	u64 kve_fileid;
	u32 kve_fsid;
	i32 kve_ispare[3];
};
SIZE_ASSERT(struct freebsd_kinfo_ovmentry, FREEBSD_KINFO_OVMENTRY_SIZE);

struct freebsd_kinfo_vmentry {
	i32 kve_structsize;
	i32 kve_type;
	u64 kve_start;
	u64 kve_end;
	u64 kve_offset;
	u64 kve_vn_fileid;
	u32 kve_vn_fsid_freebsd11;
	i32 kve_flags;
	i32 kve_resident;
	i32 kve_private_resident;
	i32 kve_protection;
	i32 kve_ref_count;
	i32 kve_shadow_count;
	i32 kve_vn_type;
	u64 kve_vn_size;
	u32 kve_vn_rdev_freebsd11;
	u16 kve_vn_mode;
	u16 kve_status;
	u64 kve_vn_fsid;
	u64 kve_vn_rdev;
	i32 kve_ispare[8];
	char kve_path[FREEBSD_PATH_MAX];
};
SIZE_ASSERT(struct freebsd_kinfo_vmentry, 1160);
OFFSET_ASSERT(struct freebsd_kinfo_vmentry, kve_path, 136);

struct freebsd_loadavg {
	u32 ldavg[3];
	i64 fscale;
};
SIZE_ASSERT(struct freebsd_loadavg, 24);

struct freebsd_clockinfo {
	i32 hz;
	i32 tick;
	i32 spare;
	i32 stathz;
	i32 profhz;
};
SIZE_ASSERT(struct freebsd_clockinfo, 20);

struct freebsd_vmtotal {
	u64 t_vm;
	u64 t_avm;
	u64 t_rm;
	u64 t_arm;
	u64 t_vmshr;
	u64 t_avmshr;
	u64 t_rmshr;
	u64 t_armshr;
	u64 t_free;
	i16 t_rq;
	i16 t_dw;
	i16 t_pw;
	i16 t_sl;
	i16 t_sw;
	u16 t_pad[3];
};
SIZE_ASSERT(struct freebsd_vmtotal, 88);

/* Until FreeBSD 12 (sys/vm/vm_meter.c) */
struct freebsd11_vmtotal {
	i16 t_rq;
	i16 t_dw;
	i16 t_pw;
	i16 t_sl;
	i16 t_sw;
	i32 t_vm;
	i32 t_avm;
	i32 t_rm;
	i32 t_arm;
	i32 t_vmshr;
	i32 t_avmshr;
	i32 t_rmshr;
	i32 t_armshr;
	i32 t_free;
};
SIZE_ASSERT(struct freebsd11_vmtotal, 48);

/* vfs.conflist (sys/mount.h) */
#define FREEBSD_VFCF_NETWORK 0x20000

struct freebsd_xvfsconf {
	u64 vfc_vfsops;
	char vfc_name[16];
	i32 vfc_typenum;
	i32 vfc_refcount;
	i32 vfc_flags;
	i32 pad;
	u64 vfc_next;
};
SIZE_ASSERT(struct freebsd_xvfsconf, 48);

/* kern.ttys (sys/tty.h) */
struct freebsd_xtty {
	u64 xt_size;
	u64 xt_insize, xt_incc, xt_inlc, xt_inlow;
	u64 xt_outsize, xt_outcc, xt_outlow;
	u32 xt_column;
	i32 xt_pgid;
	i32 xt_sid;
	u32 xt_flags;
	u32 xt_dev;
	u32 pad;
};
SIZE_ASSERT(struct freebsd_xtty, 88);

struct freebsd_kinfo_sigtramp {
	u64 ksigtramp_start;
	u64 ksigtramp_end;
	u64 ksigtramp_spare[4];
};
SIZE_ASSERT(struct freebsd_kinfo_sigtramp, 48);

#endif
