/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_stats.h: what sysctl(3) counts, as FreeBSD/amd64 lays it out.
 * Facts: sys/devicestat.h, vm/vm_param.h, vm/swap_pager.c (xswdev11), vm/uma.h, sys/malloc.h,
 * net/if_mib.h, netinet/{tcp,udp,ip,icmp,igmp}_var.h, netinet6/ip6_var.h, netinet/icmp6.h.
 */
#ifndef FB_FREEBSD_ABI_STATS_H
#define FB_FREEBSD_ABI_STATS_H

#include "personality/freebsd/abi_route.h"

#define FREEBSD_DEVSTAT_READ		1
#define FREEBSD_DEVSTAT_WRITE		2
#define FREEBSD_DEVSTAT_FREE		3
#define FREEBSD_DEVSTAT_NO_ORDERED_TAGS 0x2
#define FREEBSD_DEVSTAT_TYPE_DIRECT	0x0
#define FREEBSD_DEVSTAT_TYPE_IF_OTHER	0x30
#define FREEBSD_DEVSTAT_PRIORITY_DISK	0x110

/* Seconds and their fraction in units of 2^-64. */
struct freebsd_bintime {
	i64 sec;
	u64 frac;
};

struct freebsd_devstat {
	u32 sequence0;
	i32 allocated;
	u32 start_count;
	u32 end_count;
	struct freebsd_bintime busy_from;
	u64 dev_links;
	u32 device_number;
	char device_name[16];
	i32 unit_number;
	u64 bytes[4];
	u64 operations[4];
	struct freebsd_bintime duration[4];
	struct freebsd_bintime busy_time;
	struct freebsd_bintime creation_time;
	u32 block_size;
	u32 pad0;
	u64 tag_types[3];
	i32 flags;
	i32 device_type;
	i32 priority;
	i32 pad1;
	u64 id;
	u32 sequence1;
	u32 pad2;
};
SIZE_ASSERT(struct freebsd_devstat, 288);
OFFSET_ASSERT(struct freebsd_devstat, device_number, 40);
OFFSET_ASSERT(struct freebsd_devstat, bytes, 64);
OFFSET_ASSERT(struct freebsd_devstat, block_size, 224);
OFFSET_ASSERT(struct freebsd_devstat, flags, 256);
OFFSET_ASSERT(struct freebsd_devstat, sequence1, 280);

#define FREEBSD_XSWDEV_VERSION	 2
#define FREEBSD_XSWDEV11_VERSION 1

struct freebsd_xswdev {
	u32 xsw_version;
	u32 pad0;
	u64 xsw_dev;
	i32 xsw_flags;
	i32 xsw_nblks; /* pages */
	i32 xsw_used;
	u32 pad1;
};
SIZE_ASSERT(struct freebsd_xswdev, 32);

struct freebsd11_xswdev {
	u32 xsw_version;
	u32 xsw_dev;
	i32 xsw_flags;
	i32 xsw_nblks;
	i32 xsw_used;
};
SIZE_ASSERT(struct freebsd11_xswdev, 20);

/* Before the records of vm.zone_stats and of kern.malloc_stats. */
struct freebsd_stream_header {
	u32 version;
	u32 maxcpus;
	u32 count;
	u32 pad;
};
SIZE_ASSERT(struct freebsd_stream_header, 16);

#define FREEBSD_IFMIB_SYSTEM	  1
#define FREEBSD_IFMIB_IFDATA	  2
#define FREEBSD_IFMIB_IFCOUNT	  1
#define FREEBSD_IFDATA_GENERAL	  1
#define FREEBSD_IFDATA_DRIVERNAME 3

struct freebsd_ifmibdata {
	char ifmd_name[16];
	i32 ifmd_pcount;
	i32 ifmd_flags;
	i32 ifmd_snd_len;
	i32 ifmd_snd_maxlen;
	i32 ifmd_snd_drops;
	i32 ifmd_filler[4];
	i32 pad;
	struct freebsd_if_data ifmd_data;
};
SIZE_ASSERT(struct freebsd_ifmibdata, 208);
OFFSET_ASSERT(struct freebsd_ifmibdata, ifmd_data, 56);

#endif
