/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/procfs_text.c: what is in the files of /proc, put into words.
 *
 * What is known of a process is what sysctl(3) tells of it; here it is asked the same way.
 * Facts: procfs(5), and in sys/fs/procfs procfs_status.c, procfs_map.c, procfs_rlimit.c,
 * procfs_type.c, procfs_osrel.c; rlimit_ident of sys/resource.h.
 */
#include "lib/mem.h"
#include "personality/freebsd/abi_process.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/procfs.h"
#include "personality/freebsd/sysctl.h"
#include "personality/freebsd/tty.h"

#define RECORDS_MAX (2u << 20)
#define NO_DEVICE   (~0UL)

/* kern.proc.WHAT.PID */
static long ask(struct core_thread *t, i32 what, i32 pid, void *buf, u64 size)
{
	const i32 name[] = {FREEBSD_CTL_KERN, FREEBSD_KERN_PROC, what, pid};

	return freebsd_sysctl_ask(t, name, ARRAY_LEN(name), buf, size);
}

long freebsd_procfs_program(struct core_thread *t, i32 pid, char path[FREEBSD_PATH_MAX])
{
	long n = ask(t, FREEBSD_KERN_PROC_PATHNAME, pid, path, FREEBSD_PATH_MAX);

	return n > 0 ? n - 1 : n; /* without its NUL */
}

/* ---- status ------------------------------------------------------------------------------ */

static size_t put_name(const char *comm, char *buf, size_t size)
{
	size_t n = 0;

	for (const char *p = comm; *p; p++) {
		u8 c = (u8)*p;

		if (c < 33 || c > 126 || c == '\\')
			n += fb_format(buf + n, size - n, "\\%u%u%u", c >> 6, c >> 3 & 7, c & 7);
		else
			n += fb_format(buf + n, size - n, "%c", c);
	}
	return n;
}

static size_t put_terminal(const struct freebsd_kinfo_proc *ki, char *buf, size_t size)
{
	u64 dev = freebsd_to_core_dev(ki->ki_tdev);

	if (ki->ki_tdev == NO_DEVICE)
		return fb_format(buf, size, "- ");
	return fb_format(buf, size, freebsd_tty_is_pts(dev) ? "pts/%u " : "tty%u ",
			 core_dev_minor(dev));
}

static long status(struct core_thread *t, i32 pid, char *buf, u64 size)
{
	const u32 ctty = FREEBSD_KI_CTTY, leader = FREEBSD_KI_SLEADER;
	struct freebsd_kinfo_proc ki;
	size_t n;
	long r = ask(t, FREEBSD_KERN_PROC_PID, pid, &ki, sizeof(ki));

	if (r < 0)
		return r;
	n = put_name(ki.ki_comm, buf, size);
	n += fb_format(buf + n, size - n, " %d %d %d %d ", ki.ki_pid, ki.ki_ppid, ki.ki_pgid,
		       ki.ki_sid);
	n += put_terminal(&ki, buf + n, size - n);
	n += fb_format(buf + n, size - n, "%s%s%s", (u32)ki.ki_kiflag & ctty ? "ctty" : "",
		       ((u32)ki.ki_kiflag & (ctty | leader)) == (ctty | leader) ? "," : "",
		       (u32)ki.ki_kiflag & leader ? "sldr"
		       : (u32)ki.ki_kiflag & ctty ? ""
						  : "noflags");
	n += fb_format(buf + n, size - n, " %ld,%ld %ld,%ld %ld,%ld %s %u %u %u",
		       ki.ki_start.tv_sec, ki.ki_start.tv_usec, ki.ki_rusage.ru_utime.tv_sec,
		       ki.ki_rusage.ru_utime.tv_usec, ki.ki_rusage.ru_stime.tv_sec,
		       ki.ki_rusage.ru_stime.tv_usec, ki.ki_wmesg[0] ? ki.ki_wmesg : "nochan",
		       ki.ki_uid, ki.ki_ruid, ki.ki_rgid);
	for (i32 i = 0; i < ki.ki_ngroups; i++)
		n += fb_format(buf + n, size - n, ",%u", ki.ki_groups[i]);
	return (long)(n + fb_format(buf + n, size - n, " -\n"));
}

/* ---- map --------------------------------------------------------------------------------- */

static size_t put_mapping(const struct freebsd_kinfo_vmentry *kve, u32 uid, char *buf, size_t size)
{
	bool vnode = kve->kve_type == FREEBSD_KVME_TYPE_VNODE;
	const char *type = vnode				     ? "vnode"
			   : kve->kve_type == FREEBSD_KVME_TYPE_SWAP ? "swap"
								     : "none";

	return fb_format(buf, size, "0x%lx 0x%lx %d %d 0 %s%s%s %d %d 0x0 %s %s %s %s %s %d\n",
			 kve->kve_start, kve->kve_end, kve->kve_resident, kve->kve_private_resident,
			 kve->kve_protection & FREEBSD_KVME_PROT_READ ? "r" : "-",
			 kve->kve_protection & FREEBSD_KVME_PROT_WRITE ? "w" : "-",
			 kve->kve_protection & FREEBSD_KVME_PROT_EXEC ? "x" : "-",
			 kve->kve_ref_count, kve->kve_shadow_count,
			 kve->kve_flags & FREEBSD_KVME_FLAG_COW ? "COW" : "NCOW", "NNC", type,
			 vnode ? kve->kve_path : "-", vnode ? "NCH" : "CH", vnode ? -1 : (i32)uid);
}

/* Lines that do not fit are left out. */
static long map(struct core_thread *t, i32 pid, char *buf, u64 size)
{
	char *records = exo_pages_alloc(RECORDS_MAX);
	u32 uid = (u32)EXO_NOW(getuid);
	size_t n = 0;
	long len;

	if (!records)
		return -CORE_ENOMEM;
	len = ask(t, FREEBSD_KERN_PROC_VMMAP, pid, records, RECORDS_MAX);
	for (long at = 0; at < len;) {
		const struct freebsd_kinfo_vmentry *kve = (void *)(records + at);
		size_t line = put_mapping(kve, uid, buf + n, size - n);

		if (kve->kve_structsize <= 0 || line >= size - n)
			break;
		n += line;
		at += kve->kve_structsize;
	}
	exo_pages_free(records, RECORDS_MAX);
	return len < 0 ? len : (long)n;
}

/* ---- the small ones ---------------------------------------------------------------------- */

static size_t put_limit(u64 limit, char end, char *buf, size_t size)
{
	return limit == FREEBSD_RLIM_INFINITY ? fb_format(buf, size, "-1%c", end)
					      : fb_format(buf, size, "%lu%c", limit, end);
}

static long rlimit(struct core_thread *t, i32 pid, char *buf, u64 size)
{
	static const char *const names[FREEBSD_RLIM_NLIMITS] = {
	    "cpu",    "fsize",	"data", "stack", "core", "rss",	    "memlock", "nproc",
	    "nofile", "sbsize", "vmem", "npts",	 "swap", "kqueues", "umtx"};
	struct freebsd_rlimit limit;
	size_t n = 0;

	for (i32 i = 0; i < FREEBSD_RLIM_NLIMITS; i++) {
		const i32 name[] = {FREEBSD_CTL_KERN, FREEBSD_KERN_PROC, FREEBSD_KERN_PROC_RLIMIT,
				    pid, i};
		long r = freebsd_sysctl_ask(t, name, ARRAY_LEN(name), &limit, sizeof(limit));

		if (r < 0)
			return r;
		n += fb_format(buf + n, size - n, "%s ", names[i]);
		n += put_limit(limit.rlim_cur, ' ', buf + n, size - n);
		n += put_limit(limit.rlim_max, '\n', buf + n, size - n);
	}
	return (long)n;
}

static long etype(struct core_thread *t, i32 pid, char *buf, u64 size)
{
	long n = ask(t, FREEBSD_KERN_PROC_SV_NAME, pid, buf, size);

	if (n > 0)
		buf[n - 1] = '\n';
	return n;
}

static long osrel(struct core_thread *t, i32 pid, char *buf, u64 size)
{
	i32 release;
	long r = ask(t, FREEBSD_KERN_PROC_OSREL, pid, &release, sizeof(release));

	return r < 0 ? r : (long)fb_format(buf, size, "%d\n", release);
}

long freebsd_procfs_text(struct core_thread *t, i32 pid, enum freebsd_procfs_file file, char *buf,
			 u64 size)
{
	switch (file) {
	case FREEBSD_PROCFS_CMDLINE:
		return ask(t, FREEBSD_KERN_PROC_ARGS, pid, buf, size);
	case FREEBSD_PROCFS_ETYPE:
		return etype(t, pid, buf, size);
	case FREEBSD_PROCFS_MAP:
		return map(t, pid, buf, size);
	case FREEBSD_PROCFS_OSREL:
		return osrel(t, pid, buf, size);
	case FREEBSD_PROCFS_RLIMIT:
		return rlimit(t, pid, buf, size);
	case FREEBSD_PROCFS_STATUS:
		return status(t, pid, buf, size);
	default:
		return -CORE_ENOENT;
	}
}
