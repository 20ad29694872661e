/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_stats.c: what the machine counts: memory, faults, swap space,
 * disks, interrupts, the log; the names of devices.
 *
 * Disks and interrupts keep the host's names. FreeBSD's kernel allocates from zones, which
 * this one has none of: their lists are there and empty. Facts: sys/vm/vm_meter.c,
 * sys/vm/swap_pager.c (sysctl_vm_swap_info), sys/kern/subr_devstat.c, sys/kern/kern_intr.c,
 * sys/kern/subr_prf.c (sysctl_kern_msgbuf), sys/kern/kern_conf.c (sysctl_devname).
 */
#include "core/abi.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_stats.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/sysctl.h"

#define MAX_CPUS 1024
#define LOG_ROOM 98304 /* MSGBUF_SIZE */

/* argument: an exo_count. A counter is given to FreeBSD 11's programs in 4 bytes, whose it is. */
long freebsd_sysctl_counted(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u64 n = exo_count((enum exo_count)row->value);

	if ((row->kind & FREEBSD_CTLTYPE) == FREEBSD_CTLTYPE_U64 && req->oldlen == sizeof(u32))
		n &= INT32_MAX;
	return freebsd_sysctl_out_widened(req, row, (i64)n);
}

/* What the machine has no number for, in the two sizes of a counter. */
long freebsd_sysctl_not_counted(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u64 n = 0;

	(void)row;
	return freebsd_sysctl_out(
	    req, &n, req->old.addr && req->oldlen == sizeof(u32) ? sizeof(u32) : sizeof(n));
}

/* argument: how many bytes of nothing */
long freebsd_sysctl_zeros(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u8 zeros[64] = {0};

	return freebsd_sysctl_out(req, zeros, (u64)row->value);
}

/* argument: an exo_count of bytes, in pages */
long freebsd_sysctl_pages(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_number(req, row,
					 (i64)(exo_count((enum exo_count)row->value) / PAGE_SIZE));
}

/* What is neither free nor in a queue the machine could empty. */
long freebsd_sysctl_wired(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u64 all = exo_count(EXO_COUNT_MEMORY);
	u64 rest = exo_count(EXO_COUNT_MEMORY_FREE) + exo_count(EXO_COUNT_MEMORY_ACTIVE) +
		   exo_count(EXO_COUNT_MEMORY_INACTIVE);

	return freebsd_sysctl_out_number(req, row,
					 (i64)((all > rest ? all - rest : 0) / PAGE_SIZE));
}

/* ---- swap space ----------------------------------------------------------------------------- */

struct swap_walk {
	struct freebsd_sysctl *req;
	i32 want, at;
	long result;
};

static bool each_swap(void *ctx, const struct exo_swap *s)
{
	struct swap_walk *w = ctx;
	struct freebsd_xswdev x = {.xsw_version = FREEBSD_XSWDEV_VERSION};

	if (w->at++ != w->want)
		return true;
	x.xsw_dev = s->device ? core_to_freebsd_dev(s->device) : ~0UL;
	x.xsw_nblks = (i32)(s->size / PAGE_SIZE);
	x.xsw_used = (i32)(s->used / PAGE_SIZE);
	if (w->req->oldlen == sizeof(struct freebsd11_xswdev)) {
		struct freebsd11_xswdev old = {FREEBSD_XSWDEV11_VERSION, (u32)x.xsw_dev, 0,
					       x.xsw_nblks, x.xsw_used};

		w->result = freebsd_sysctl_out(w->req, &old, sizeof(old));
	} else {
		w->result = freebsd_sysctl_out(w->req, &x, sizeof(x));
	}
	return false;
}

/* The rest of the name: which one. */
long freebsd_sysctl_swap_info(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct swap_walk w = {.req = req, .result = -CORE_ENOENT};

	(void)row;
	if (req->nrest != 1)
		return -CORE_EINVAL;
	w.want = req->rest[0];
	exo_swaps(each_swap, &w);
	return w.result;
}

long freebsd_sysctl_swap_devices(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct swap_walk w = {.req = req, .want = -1};

	exo_swaps(each_swap, &w);
	return freebsd_sysctl_out_number(req, row, w.at);
}

/* ---- disks ---------------------------------------------------------------------------------- */

struct disk_walk {
	struct freebsd_sysctl *req;
	u32 count;
	bool records, names;
	long result;
};

static struct freebsd_bintime bintime(u64 msec)
{
	/* 2^64 / 1000 */
	return (struct freebsd_bintime){(i64)(msec / 1000), msec % 1000 * 18446744073709551UL};
}

static long out_disk(struct freebsd_sysctl *req, const struct exo_disk *d, u32 number)
{
	struct freebsd_devstat s;
	size_t n = strlen(d->name);

	memset(&s, 0, sizeof(s));
	/* The name is shown with the unit behind it. */
	while (n > 1 && d->name[n - 1] >= '0' && d->name[n - 1] <= '9')
		n--;
	fb_strlcpy(s.device_name, d->name, MIN(n + 1, sizeof(s.device_name)));
	for (const char *p = d->name + n; *p; p++)
		s.unit_number = s.unit_number * 10 + (*p - '0');
	s.allocated = 1;
	s.device_number = number;
	s.end_count = (u32)(d->reads + d->writes + d->frees);
	s.start_count = s.end_count + d->pending;
	s.bytes[FREEBSD_DEVSTAT_READ] = d->read_bytes;
	s.bytes[FREEBSD_DEVSTAT_WRITE] = d->write_bytes;
	s.bytes[FREEBSD_DEVSTAT_FREE] = d->free_bytes;
	s.operations[FREEBSD_DEVSTAT_READ] = d->reads;
	s.operations[FREEBSD_DEVSTAT_WRITE] = d->writes;
	s.operations[FREEBSD_DEVSTAT_FREE] = d->frees;
	s.duration[FREEBSD_DEVSTAT_READ] = bintime(d->read_msec);
	s.duration[FREEBSD_DEVSTAT_WRITE] = bintime(d->write_msec);
	s.duration[FREEBSD_DEVSTAT_FREE] = bintime(d->free_msec);
	s.busy_time = bintime(d->busy_msec);
	s.block_size = 512;
	s.flags = FREEBSD_DEVSTAT_NO_ORDERED_TAGS;
	s.device_type = FREEBSD_DEVSTAT_TYPE_DIRECT | FREEBSD_DEVSTAT_TYPE_IF_OTHER;
	s.priority = FREEBSD_DEVSTAT_PRIORITY_DISK;
	s.id = d->device;
	return freebsd_sysctl_out(req, &s, sizeof(s));
}

static bool each_disk(void *ctx, const struct exo_disk *d)
{
	struct disk_walk *w = ctx;
	u32 number = w->count++;

	if (w->records)
		w->result = out_disk(w->req, d, number);
	if (w->names && number)
		w->result = freebsd_sysctl_out(w->req, " ", 1);
	if (w->names && w->result == 0)
		w->result = freebsd_sysctl_out(w->req, d->name, strlen(d->name));
	return w->result == 0;
}

long freebsd_sysctl_disk_count(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct disk_walk w = {.req = req};

	exo_disks(each_disk, &w);
	return freebsd_sysctl_out_number(req, row, w.count);
}

/* The list's generation comes first; disks come and go without its changing. */
long freebsd_sysctl_disks(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct disk_walk w = {.req = req, .records = true};
	i64 generation = 1;
	long r = freebsd_sysctl_out(req, &generation, sizeof(generation));

	(void)row;
	if (r < 0)
		return r;
	exo_disks(each_disk, &w);
	return w.result;
}

long freebsd_sysctl_disk_names(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct disk_walk w = {.req = req, .names = true};

	(void)row;
	exo_disks(each_disk, &w);
	return w.result < 0 ? w.result : freebsd_sysctl_out(req, "", 1);
}

/* ---- interrupts, the log, devices ------------------------------------------------------------ */

struct interrupt_walk {
	struct freebsd_sysctl *req;
	bool names;
	long result;
};

static bool each_interrupt(void *ctx, const struct exo_interrupt *i)
{
	struct interrupt_walk *w = ctx;

	w->result = w->names ? freebsd_sysctl_out_string(w->req, i->name)
			     : freebsd_sysctl_out(w->req, &i->count, sizeof(i->count));
	return w->result == 0;
}

/* argument 1: the names, each with its NUL; 0: the numbers */
long freebsd_sysctl_interrupts(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct interrupt_walk w = {.req = req, .names = row->value};

	exo_interrupts(each_interrupt, &w);
	return w.result;
}

/* argument: no records of version 1 follow */
long freebsd_sysctl_no_zones(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_stream_header h = {.version = 1, .maxcpus = MAX_CPUS, .count = 0};

	(void)row;
	return freebsd_sysctl_out(req, &h, sizeof(h));
}

long freebsd_sysctl_log(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	char *text = exo_pages_alloc(LOG_ROOM);
	long n;

	(void)row;
	if (!text)
		return -CORE_ENOMEM;
	n = exo_kernel_log(text, LOG_ROOM - 1);
	if (n >= 0) {
		text[n] = '\0';
		n = freebsd_sysctl_out(req, text, (u64)n + 1);
	}
	exo_pages_free(text, LOG_ROOM);
	return n;
}

/* "Writes" the number of a device, in 8 bytes or in FreeBSD 11's 4, and reads its name. */
long freebsd_sysctl_device_name(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	char name[64];
	u64 dev = 0;
	long r;

	(void)row;
	if (!req->new.addr || (req->newlen != sizeof(u64) && req->newlen != sizeof(u32)))
		return -CORE_EINVAL;
	if (copy_from_guest(&dev, req->new, req->newlen) < 0)
		return -CORE_EFAULT;
	if (dev == (req->newlen == sizeof(u64) ? ~0UL : ~0u))
		return -CORE_EINVAL;
	r = exo_device_name(freebsd_to_core_dev(dev), name, sizeof(name));
	return r < 0 ? -CORE_ENOENT : freebsd_sysctl_out_string(req, name);
}
