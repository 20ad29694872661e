/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/linux_flags.c: flags and names of Linux that belong to one call, by the machine's
 * headers; what those of the library leave out: linux/{memfd,membarrier,close_range,prctl}.h.
 */
#include "cli/trace/linux_struct.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

#define N(name)                                                                                    \
	{                                                                                          \
		(u64)(name), #name                                                                 \
	}

static const struct flag renames[] = {
    {1, "RENAME_NOREPLACE"}, {2, "RENAME_EXCHANGE"}, {4, "RENAME_WHITEOUT"}};
static const struct flag fallocs[] = {
    {1, "FALLOC_FL_KEEP_SIZE"},	     {2, "FALLOC_FL_PUNCH_HOLE"},  {4, "FALLOC_FL_NO_HIDE_STALE"},
    {8, "FALLOC_FL_COLLAPSE_RANGE"}, {16, "FALLOC_FL_ZERO_RANGE"}, {32, "FALLOC_FL_INSERT_RANGE"},
    {64, "FALLOC_FL_UNSHARE_RANGE"},
};
static const struct flag memfds[] = {{1, "MFD_CLOEXEC"},
				     {2, "MFD_ALLOW_SEALING"},
				     {4, "MFD_HUGETLB"},
				     {8, "MFD_NOEXEC_SEAL"},
				     {16, "MFD_EXEC"}};
static const struct flag priorities[] = {N(PRIO_PROCESS), N(PRIO_PGRP), N(PRIO_USER)};
static const struct flag epolls[] = {N(EPOLL_CLOEXEC)};
static const struct flag eventfds[] = {N(EFD_SEMAPHORE), N(EFD_CLOEXEC), N(EFD_NONBLOCK)};
static const struct flag inotifys[] = {N(IN_CLOEXEC), N(IN_NONBLOCK)};
static const struct flag signalfds[] = {N(SFD_CLOEXEC), N(SFD_NONBLOCK)};
static const struct flag timerfds[] = {N(TFD_CLOEXEC), N(TFD_NONBLOCK)};
static const struct flag timerfd_set[] = {N(TFD_TIMER_ABSTIME), N(TFD_TIMER_CANCEL_ON_SET)};
static const struct flag accepts[] = {N(SOCK_CLOEXEC), N(SOCK_NONBLOCK)};
static const struct flag ranges[] = {{2, "CLOSE_RANGE_UNSHARE"}, {4, "CLOSE_RANGE_CLOEXEC"}};
static const struct flag splices[] = {N(SPLICE_F_MOVE), N(SPLICE_F_NONBLOCK), N(SPLICE_F_MORE),
				      N(SPLICE_F_GIFT)};
static const struct flag mremaps[] = {N(MREMAP_MAYMOVE), N(MREMAP_FIXED), {4, "MREMAP_DONTUNMAP"}};
static const struct flag msyncs[] = {N(MS_ASYNC), N(MS_INVALIDATE), N(MS_SYNC)};
static const struct flag mlocks[] = {N(MCL_CURRENT), N(MCL_FUTURE), {4, "MCL_ONFAULT"}};
static const struct flag timers[] = {{1, "TIMER_ABSTIME"}};
static const struct flag policies[] = {N(SCHED_OTHER), N(SCHED_FIFO), N(SCHED_RR), N(SCHED_BATCH),
				       N(SCHED_IDLE)};
static const struct flag membarriers[] = {
    {0, "MEMBARRIER_CMD_QUERY"},
    {1, "MEMBARRIER_CMD_GLOBAL"},
    {2, "MEMBARRIER_CMD_GLOBAL_EXPEDITED"},
    {4, "MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED"},
    {8, "MEMBARRIER_CMD_PRIVATE_EXPEDITED"},
    {16, "MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED"},
    {32, "MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE"},
    {64, "MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE"},
};
static const struct flag prctls[] = {
    N(PR_SET_PDEATHSIG),
    N(PR_GET_PDEATHSIG),
    N(PR_GET_DUMPABLE),
    N(PR_SET_DUMPABLE),
    N(PR_GET_KEEPCAPS),
    N(PR_SET_KEEPCAPS),
    N(PR_SET_NAME),
    N(PR_GET_NAME),
    N(PR_GET_SECCOMP),
    N(PR_SET_SECCOMP),
    N(PR_CAPBSET_READ),
    N(PR_CAPBSET_DROP),
    N(PR_GET_TIMERSLACK),
    N(PR_SET_TIMERSLACK),
    N(PR_SET_CHILD_SUBREAPER),
    N(PR_GET_CHILD_SUBREAPER),
    N(PR_SET_NO_NEW_PRIVS),
    N(PR_GET_NO_NEW_PRIVS),
    N(PR_SET_MM),
    N(PR_CAP_AMBIENT),
    {0x53564d41, "PR_SET_VMA"},
};
static const struct flag protocols[] = {
    N(IPPROTO_IP),   N(IPPROTO_ICMP),	N(IPPROTO_IGMP), N(IPPROTO_TCP),     N(IPPROTO_UDP),
    N(IPPROTO_IPV6), N(IPPROTO_ICMPV6), N(IPPROTO_SCTP), N(IPPROTO_UDPLITE), N(IPPROTO_RAW)};
/* linux/netlink.h */
static const struct flag netlinks[] = {{0, "NETLINK_ROUTE"},	  {4, "NETLINK_SOCK_DIAG"},
				       {9, "NETLINK_AUDIT"},	  {11, "NETLINK_CONNECTOR"},
				       {12, "NETLINK_NETFILTER"}, {15, "NETLINK_KOBJECT_UEVENT"},
				       {16, "NETLINK_GENERIC"}};
static const struct flag flushes[] = {{0, "TCIFLUSH"}, {1, "TCOFLUSH"}, {2, "TCIOFLUSH"}};
static const struct flag flows[] = {{0, "TCOOFF"}, {1, "TCOON"}, {2, "TCIOFF"}, {3, "TCION"}};

/* What an argument of a call is. */
static const struct {
	const char *call;
	u8 arg;
	bool bits;
	const struct flag *f;
	u32 n;
} by_call[] = {
#define BITS(call, arg, list)                                                                      \
	{                                                                                          \
#call, arg, true, list, ARRAY_LEN(list)                                            \
	}
#define NAME(call, arg, list)                                                                      \
	{                                                                                          \
#call, arg, false, list, ARRAY_LEN(list)                                           \
	}
    BITS(renameat2, 4, renames),
    BITS(fallocate, 1, fallocs),
    BITS(memfd_create, 1, memfds),
    NAME(getpriority, 0, priorities),
    NAME(setpriority, 0, priorities),
    BITS(epoll_create1, 0, epolls),
    BITS(eventfd2, 1, eventfds),
    BITS(inotify_init1, 0, inotifys),
    BITS(signalfd4, 3, signalfds),
    BITS(timerfd_create, 1, timerfds),
    BITS(timerfd_settime, 1, timerfd_set),
    BITS(accept4, 3, accepts),
    BITS(close_range, 2, ranges),
    BITS(splice, 5, splices),
    BITS(tee, 3, splices),
    BITS(vmsplice, 3, splices),
    BITS(mremap, 3, mremaps),
    BITS(msync, 2, msyncs),
    BITS(mlockall, 0, mlocks),
    BITS(clock_nanosleep, 1, timers),
    BITS(timer_settime, 1, timers),
    NAME(sched_setscheduler, 1, policies),
    NAME(sched_get_priority_max, 0, policies),
    NAME(sched_get_priority_min, 0, policies),
    NAME(membarrier, 0, membarriers),
    NAME(prctl, 0, prctls),
#undef BITS
#undef NAME
};

static bool show_protocol(struct text *t, const struct event *e)
{
	u32 family = (u32)e->r->args[0], protocol = (u32)e->r->args[2];

	if (family == AF_NETLINK)
		value_name(t, netlinks, ARRAY_LEN(netlinks), protocol);
	else if (family == AF_INET || family == AF_INET6)
		value_name(t, protocols, ARRAY_LEN(protocols), protocol);
	else
		return false;
	return true;
}

bool linux_flags(struct text *t, const struct event *e, u32 i)
{
	const char *call = e->call->name;
	u64 v = e->r->args[i];

	for (size_t k = 0; k < ARRAY_LEN(by_call); k++) {
		if (by_call[k].arg != i || strcmp(by_call[k].call, call) != 0)
			continue;
		if (by_call[k].bits)
			value_flags(t, by_call[k].f, by_call[k].n, (u32)v, "0");
		else
			value_name(t, by_call[k].f, by_call[k].n, (i32)v);
		return true;
	}
	if (i == 2 && (strcmp(call, "socket") == 0 || strcmp(call, "socketpair") == 0))
		return show_protocol(t, e);
	if (strcmp(call, "statx") == 0 && (i == 2 || i == 3)) {
		if (i == 2)
			linux_statx_flags(t, (u32)v);
		else
			linux_statx_mask(t, (u32)v);
		return true;
	}
	if (strcmp(call, "timerfd_create") == 0 && i == 0) {
		posix_name(t, &linux_posix, LIST_CLOCK, (i32)v);
		return true;
	}
	if (strcmp(call, "ioctl") == 0 && i == 2) {
		const char *name = posix_name_of(&linux_posix, LIST_IOCTL, e->r->args[1]);

		if (name == NULL || (strcmp(name, "TCFLSH") != 0 && strcmp(name, "TCXONC") != 0))
			return false;
		if (strcmp(name, "TCFLSH") == 0)
			value_name(t, flushes, ARRAY_LEN(flushes), (i32)v);
		else
			value_name(t, flows, ARRAY_LEN(flows), (i32)v);
		return true;
	}
	return false;
}
