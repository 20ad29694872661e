/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_system.c: what sysctl(3) says of the machine and the kernel.
 *
 * Limits are the host's where it tells them, in the units FreeBSD has. Facts: layouts in
 * sys/time.h, sys/vmparam.h; the meaning of each name in sysctl(3) and sysctl(8).
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysctl.h"

#define LOAD_SHIFT 5 /* the host's load averages have 16 fraction bits, FreeBSD's 11 */
#define FSCALE	   2048

/* ---- limits ------------------------------------------------------------------------- */

static i64 process_limit(int which, i64 fallback)
{
	u64 lim[2];

	if (EXO_NOW(prlimit64, 0, which, 0, lim) < 0)
		return fallback;
	return (i64)MIN(lim[1], (u64)INT32_MAX);
}

long freebsd_sysctl_limit(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	i64 n = 0;

	switch ((enum freebsd_sysctl_limit)row->value) {
	case FREEBSD_SYSCTL_MAXVNODES:
	case FREEBSD_SYSCTL_MAXFILES:
		n = MIN(exo_setting(EXO_SETTING_OPEN_FILES, 1048576), INT32_MAX);
		break;
	case FREEBSD_SYSCTL_MAXPROC:
		n = exo_setting(EXO_SETTING_PID_MAX, 99999);
		break;
	case FREEBSD_SYSCTL_MAXPROCPERUID:
		n = process_limit(CORE_RLIMIT_NPROC, 99999);
		break;
	case FREEBSD_SYSCTL_MAXFILESPERPROC:
		n = process_limit(CORE_RLIMIT_NOFILE, 65536);
		break;
	case FREEBSD_SYSCTL_SOMAXCONN:
		n = exo_setting(EXO_SETTING_LISTEN_QUEUE, 128);
		break;
	}
	return freebsd_sysctl_out_widened(req, row, n);
}

/* argument: an exo_setting as it is; the other gives seconds in milliseconds */
long freebsd_sysctl_setting(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_widened(
	    req, row, MIN(exo_setting((enum exo_setting)row->value, 0), INT32_MAX));
}

long freebsd_sysctl_milliseconds(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	i64 sec = exo_setting((enum exo_setting)row->value, 0);

	return freebsd_sysctl_out_number(req, row, MIN(sec, INT32_MAX / 1000) * 1000);
}

long freebsd_sysctl_open_files(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_number(req, row, exo_setting(EXO_SETTING_FILES_NOW, 0));
}

/* ---- names -------------------------------------------------------------------------- */

long freebsd_sysctl_host_name(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct core_utsname u;

	(void)row;
	EXO_NOW(uname, &u);
	return freebsd_sysctl_out_string(req, u.nodename);
}

long freebsd_sysctl_domain_name(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct core_utsname u;

	(void)row;
	EXO_NOW(uname, &u);
	/* The host's word for none; FreeBSD's is nothing. */
	return freebsd_sysctl_out_string(req, strcmp(u.domainname, "(none)") ? u.domainname : "");
}

static const char no_uuid[] = "00000000-0000-0000-0000-000000000000";

/* The host's machine id in the shape of a UUID. */
static void host_uuid(char out[37])
{
	char id[33];
	u32 at = 0;

	fb_strlcpy(out, no_uuid, 37);
	if (exo_machine_id(id) < 0)
		return;
	for (u32 i = 0; i < 36; i++)
		if (out[i] != '-')
			out[i] = id[at++];
}

long freebsd_sysctl_host_uuid(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	char uuid[37];

	(void)row;
	host_uuid(uuid);
	return freebsd_sysctl_out_string(req, uuid);
}

/* rc.d/hostid of FreeBSD makes it of the UUID; any number that stays will do. */
long freebsd_sysctl_host_id(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	char uuid[37];
	u32 id = 0;

	host_uuid(uuid);
	if (strcmp(uuid, no_uuid) != 0)
		for (const char *p = uuid; *p; p++)
			id = id * 31 + (u8)*p;
	return freebsd_sysctl_out_number(req, row, id);
}

/* ---- times -------------------------------------------------------------------------- */

long freebsd_sysctl_clock_rate(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_clockinfo c = {
	    .hz = FREEBSD_HZ, .tick = 1000000 / FREEBSD_HZ, .stathz = 127, .profhz = 8126};

	(void)row;
	return freebsd_sysctl_out(req, &c, sizeof(c));
}

long freebsd_sysctl_boot_time(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct exo_time now = {0, 0}, up = {0, 0};
	struct core_timeval tv;
	i64 nsec;

	(void)row;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	exo_clock_gettime(CORE_CLOCK_BOOTTIME, &up);
	nsec = (now.sec - up.sec) * 1000000000 + now.nsec - up.nsec;
	/* Rounded: the two clocks are read one after the other. */
	tv.tv_sec = (nsec + 500000000) / 1000000000;
	tv.tv_usec = 0;
	return freebsd_sysctl_out(req, &tv, sizeof(tv));
}

long freebsd_sysctl_load_average(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_loadavg load;
	struct core_sysinfo si;

	(void)row;
	memset(&load, 0, sizeof(load));
	memset(&si, 0, sizeof(si));
	EXO_NOW(sysinfo, &si);
	for (u32 i = 0; i < ARRAY_LEN(load.ldavg); i++)
		load.ldavg[i] = (u32)(si.loads[i] >> LOAD_SHIFT);
	load.fscale = FSCALE;
	return freebsd_sysctl_out(req, &load, sizeof(load));
}

/* ---- processors and memory ------------------------------------------------------------ */

/* argument 0: how many; 1: the highest number */
long freebsd_sysctl_cpus(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u64 mask[FREEBSD_CPU_MAXSIZE / 64];
	i64 n = 0, highest = 0;

	exo_cpus(mask, sizeof(mask));
	for (i64 i = 0; i < FREEBSD_CPU_MAXSIZE; i++)
		if (mask[i / 64] >> i % 64 & 1) {
			n++;
			highest = i;
		}
	return freebsd_sysctl_out_number(req, row, row->value ? highest : MAX(n, 1));
}

/* argument 1: the kernel's own size; 0: the fewest bytes for the processors there are */
long freebsd_sysctl_mask_bytes(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u64 mask[FREEBSD_CPU_MAXSIZE / 64];
	i64 n = sizeof(mask);

	exo_cpus(mask, sizeof(mask));
	while (!row->value && n > 1 && !((const u8 *)mask)[n - 1])
		n--;
	return freebsd_sysctl_out_number(req, row, n);
}

/* CPUSTATES of sys/resource.h, in ticks of stathz there and of 1/100 s here; kern.clockrate
 * says 127, so they are counted up to that. */
#define STATHZ 127

static long out_times(struct freebsd_sysctl *req, i32 cpu)
{
	u64 times[5] = {0};

	exo_cpu_times(cpu, times);
	for (u32 i = 0; i < ARRAY_LEN(times); i++)
		times[i] = times[i] * STATHZ / 100;
	return freebsd_sysctl_out(req, times, sizeof(times));
}

long freebsd_sysctl_cp_time(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	(void)row;
	return out_times(req, EXO_ALL_CPUS);
}

long freebsd_sysctl_cp_times(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u64 mask[FREEBSD_CPU_MAXSIZE / 64];
	i32 highest = 0;
	long r = 0;

	(void)row;
	exo_cpus(mask, sizeof(mask));
	for (i32 i = 0; i < FREEBSD_CPU_MAXSIZE; i++)
		if (mask[i / 64] >> i % 64 & 1)
			highest = i;
	for (i32 i = 0; i <= highest && r == 0; i++)
		r = out_times(req, i);
	return r;
}

long freebsd_sysctl_memory(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct core_sysinfo si;
	u64 n = 0;

	memset(&si, 0, sizeof(si));
	EXO_NOW(sysinfo, &si);
	switch ((enum freebsd_sysctl_memory)row->value) {
	case FREEBSD_SYSCTL_PHYSMEM:
		n = si.totalram * si.mem_unit;
		break;
	case FREEBSD_SYSCTL_USERMEM:
		n = (si.freeram + si.bufferram) * si.mem_unit;
		break;
	case FREEBSD_SYSCTL_AVAILPAGES:
		n = si.totalram * si.mem_unit / PAGE_SIZE;
		break;
	case FREEBSD_SYSCTL_SWAP:
		n = si.totalswap * si.mem_unit;
		break;
	}
	return freebsd_sysctl_out_number(req, row, (i64)n);
}

static long out_old_total(struct freebsd_sysctl *req, const struct freebsd_vmtotal *total)
{
	struct freebsd11_vmtotal old = {
	    .t_rq = total->t_rq,
	    .t_dw = total->t_dw,
	    .t_sl = total->t_sl,
	    .t_vm = (i32)MIN(total->t_vm, (u64)INT32_MAX),
	    .t_avm = (i32)MIN(total->t_avm, (u64)INT32_MAX),
	    .t_rm = (i32)MIN(total->t_rm, (u64)INT32_MAX),
	    .t_arm = (i32)MIN(total->t_arm, (u64)INT32_MAX),
	    .t_vmshr = (i32)MIN(total->t_vmshr, (u64)INT32_MAX),
	    .t_rmshr = (i32)MIN(total->t_rmshr, (u64)INT32_MAX),
	    .t_free = (i32)MIN(total->t_free, (u64)INT32_MAX),
	};

	return freebsd_sysctl_out(req, &old, sizeof(old));
}

long freebsd_sysctl_vm_total(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_vmtotal total;
	struct core_sysinfo si;

	(void)row;
	memset(&total, 0, sizeof(total));
	memset(&si, 0, sizeof(si));
	EXO_NOW(sysinfo, &si);
	total.t_free = exo_count(EXO_COUNT_MEMORY_FREE) / PAGE_SIZE;
	total.t_rm = exo_count(EXO_COUNT_MEMORY) / PAGE_SIZE - total.t_free;
	total.t_arm = exo_count(EXO_COUNT_MEMORY_ACTIVE) / PAGE_SIZE;
	total.t_vm = exo_count(EXO_COUNT_MEMORY_PROMISED) / PAGE_SIZE;
	total.t_avm = total.t_vm;
	total.t_vmshr = total.t_rmshr = exo_count(EXO_COUNT_MEMORY_SHARED) / PAGE_SIZE;
	total.t_rq = (i16)MIN(exo_count(EXO_COUNT_RUNNING), (u64)INT16_MAX);
	total.t_dw = (i16)MIN(exo_count(EXO_COUNT_BLOCKED), (u64)INT16_MAX);
	total.t_sl = (i16)MIN((i64)si.procs - total.t_rq - total.t_dw, INT16_MAX);
	if (freebsd_older_than(req->t, FREEBSD_OSREL_VMTOTAL64))
		return out_old_total(req, &total);
	return freebsd_sysctl_out(req, &total, sizeof(total));
}

long freebsd_sysctl_page_sizes(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	/* MAXPAGESIZES of sys/amd64/include/param.h places; large pages are the host's secret. */
	static const u64 sizes[3] = {PAGE_SIZE, 0, 0};

	(void)row;
	return freebsd_sysctl_out(req, sizes, sizeof(sizes));
}

static void cpuid(u32 leaf, u32 reg[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(reg[0]), "=b"(reg[1]), "=c"(reg[2]), "=d"(reg[3])
			 : "a"(leaf), "c"(0));
}

/* The processor's own name, as FreeBSD's identcpu.c reads it. */
long freebsd_sysctl_cpu_model(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u32 brand[13] = {0};
	const char *s = (const char *)brand;

	(void)row;
	cpuid(0x80000000u, brand);
	if (brand[0] < 0x80000004u)
		return freebsd_sysctl_out_string(req, "amd64");
	for (u32 i = 0; i < 3; i++)
		cpuid(0x80000002u + i, brand + 4 * i);
	brand[12] = 0;
	while (*s == ' ')
		s++;
	return freebsd_sysctl_out_string(req, s);
}

static u64 read_tsc(void)
{
	u32 lo, hi;

	__asm__ volatile("rdtsc" : "=a"(lo), "=d"(hi));
	return (u64)hi << 32 | lo;
}

/* Measured once against the clock: processors rarely tell, and virtual ones lie. */
static u64 tsc_frequency(void)
{
	static u64 known;
	u64 hz = __atomic_load_n(&known, __ATOMIC_RELAXED), tsc;
	struct exo_time from, now;
	i64 nsec;

	if (hz)
		return hz;
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &from);
	tsc = read_tsc();
	do {
		exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
		nsec = (now.sec - from.sec) * 1000000000 + now.nsec - from.nsec;
	} while (nsec < 2000000);
	hz = (read_tsc() - tsc) * 1000 / ((u64)nsec / 1000) * 1000;
	__atomic_store_n(&known, hz, __ATOMIC_RELAXED);
	return hz;
}

/* argument: what to divide Hz by */
long freebsd_sysctl_tsc(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_number(req, row, (i64)tsc_frequency() / row->value);
}

/* ---- the calling process's ------------------------------------------------------------- */

long freebsd_sysctl_ps_strings(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_number(req, row,
					 (i64)req->t->proc->abi_data[FREEBSD_P_PS_STRINGS]);
}

long freebsd_sysctl_usr_stack(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_number(req, row, (i64)req->t->proc->stack_high);
}

/* At most 256 bytes a time, as there. */
long freebsd_sysctl_arandom(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u8 buf[256];
	long n;

	(void)row;
	n = EXO_NOW(getrandom, buf, MIN(req->oldlen, sizeof(buf)), 0);
	return n < 0 ? n : freebsd_sysctl_out(req, buf, (u64)n);
}

/* ---- jails and file systems ---------------------------------------------------------------- */

/* libjail(3) learns a parameter's kind from its row, and from this its greatest length:
 * sysctl_jail_param of sys/kern/kern_jail.c. */
long freebsd_sysctl_jail_param(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	char digits[12];

	switch (row->kind & FREEBSD_CTLTYPE) {
	case FREEBSD_CTLTYPE_STRING:
		fb_format(digits, sizeof(digits), "%ld", row->value);
		return freebsd_sysctl_out_string(req, digits);
	case FREEBSD_CTLTYPE_STRUCT:
		return freebsd_sysctl_out(req, &row->value, 8);
	default:
		return freebsd_sysctl_out_number(req, row, 0);
	}
}

/* Every name that statfs(2) may say. */
long freebsd_sysctl_file_systems(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_xvfsconf conf;
	const char *name, *last = "";
	bool remote;
	long r = 0;

	(void)row;
	for (u32 i = 0; r == 0 && (name = freebsd_file_system(i, &remote)) != NULL; i++) {
		if (strcmp(name, last) == 0)
			continue; /* one name for two of the host's */
		last = name;
		memset(&conf, 0, sizeof(conf));
		fb_strlcpy(conf.vfc_name, name, sizeof(conf.vfc_name));
		conf.vfc_typenum = (i32)i + 1;
		conf.vfc_flags = remote ? FREEBSD_VFCF_NETWORK : 0;
		r = freebsd_sysctl_out(req, &conf, sizeof(conf));
	}
	return r;
}
