/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/system.c: what the system says of itself.
 *
 * Facts: uname(2), sysinfo(2), getrandom(2), getloadavg(3C), ustat(2); usr/src/uts/common/syscall/
 * {uname,systeminfo,getloadavg,utssys}.c, sys/systeminfo.h; the strings: conf/param.c and
 * i86pc/os/mp_machdep.c, usr/src/uts/i86pc/os/mlsetup.c (isa_list).
 */
#include "lib/mem.h"
#include "exo/info.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/abi_system.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/illumos.h"

long illumos_uname(struct core_thread *t, OUT name)
{
	struct illumos_utsname out;
	struct core_utsname host;

	(void)t;
	EXO_NOW(uname, &host);
	memset(&out, 0, sizeof(out));
	fb_strlcpy(out.sysname, "SunOS", sizeof(out.sysname));
	fb_strlcpy(out.nodename, host.nodename, sizeof(out.nodename));
	fb_strlcpy(out.release, "5.11", sizeof(out.release));
	fb_strlcpy(out.version, ILLUMOS_VERSION, sizeof(out.version));
	fb_strlcpy(out.machine, "i86pc", sizeof(out.machine));
	return copy_to_guest(name, &out, sizeof(out)) < 0 ? -CORE_EFAULT : 1;
}

long illumos_getrandom(struct core_thread *t, OUT buf, SIZE len, HEX flags)
{
	u32 core = 0;

	(void)t;
	if (flags & ~(u32)(ILLUMOS_GRND_NONBLOCK | ILLUMOS_GRND_RANDOM))
		return -CORE_EINVAL;
	if (flags & ILLUMOS_GRND_NONBLOCK)
		core |= CORE_GRND_NONBLOCK;
	if (flags & ILLUMOS_GRND_RANDOM)
		core |= CORE_GRND_RANDOM;
	return EXO(getrandom, buf.addr, len, core);
}

/* ---- sysinfo(2) --------------------------------------------------------------------------- */

/* 31 bits of what the host calls itself by, as a decimal number (zone_get_hostid). */
static const char *host_id(char buf[16])
{
	char hex[33];
	u32 id = 0;

	if (exo_machine_id(hex) >= 0)
		for (u32 i = 0; i < 8; i++)
			id = id << 4 |
			     (u32)(hex[i] <= '9' ? hex[i] - '0' : (hex[i] | 0x20) - 'a' + 10);
	fb_format(buf, 16, "%u", id & 0x7fffffff);
	return buf;
}

static const char *system_string(int command, char id[16], struct core_utsname *host)
{
	switch (command) {
	case ILLUMOS_SI_SYSNAME:
		return "SunOS";
	case ILLUMOS_SI_HOSTNAME:
		return host->nodename;
	case ILLUMOS_SI_RELEASE:
		return "5.11";
	case ILLUMOS_SI_VERSION:
		return ILLUMOS_VERSION;
	case ILLUMOS_SI_MACHINE:
	case ILLUMOS_SI_PLATFORM:
		return "i86pc";
	case ILLUMOS_SI_ARCHITECTURE:
	case ILLUMOS_SI_ARCHITECTURE_32:
		return "i386";
	case ILLUMOS_SI_ARCHITECTURE_64:
	case ILLUMOS_SI_ARCHITECTURE_K:
	case ILLUMOS_SI_ARCHITECTURE_NATIVE:
		return "amd64";
	case ILLUMOS_SI_HW_SERIAL:
		return host_id(id);
	case ILLUMOS_SI_ISALIST:
		return "amd64 pentium_pro+mmx pentium_pro pentium+mmx pentium i486 i386 i86";
	case ILLUMOS_SI_HW_PROVIDER:
	case ILLUMOS_SI_SRPC_DOMAIN:
	case ILLUMOS_SI_DHCP_CACHE:
		return "";
	default:
		return NULL;
	}
}

long illumos_systeminfo(struct core_thread *t, INT command, INOUT buf, LONG count)
{
	bool sets = command == ILLUMOS_SI_SET_HOSTNAME || command == ILLUMOS_SI_SET_SRPC_DOMAIN;
	struct core_utsname host;
	const char *text;
	char id[16];
	size_t n;
	char nul = '\0';

	(void)t;
	if (count < 0 && !sets)
		return -CORE_EINVAL;
	if (sets)
		return -CORE_EPERM;
	EXO_NOW(uname, &host);
	text = system_string(command, id, &host);
	if (!text)
		return -CORE_EINVAL;
	n = strlen(text);
	/* What has no room loses its end, and still ends. */
	if (count > 0 && (u64)count <= n) {
		if (copy_to_guest(gp_add(buf, (u64)count - 1), &nul, 1) < 0 ||
		    copy_to_guest(buf, text, (size_t)count - 1) < 0)
			return -CORE_EFAULT;
	} else if (count > 0 && copy_to_guest(buf, text, n + 1) < 0) {
		return -CORE_EFAULT;
	}
	return (long)n + 1;
}

#define LOADS	    3
#define HOST_FSHIFT 16
#define FSHIFT	    8 /* sys/param.h */

long illumos_getloadavg(struct core_thread *t, OUT loadavg, INT nelem)
{
	struct core_sysinfo info;
	i32 loads[LOADS];

	(void)t;
	if (nelem < 0)
		return -CORE_EINVAL;
	nelem = MIN(nelem, LOADS);
	EXO_NOW(sysinfo, &info);
	for (u32 i = 0; i < LOADS; i++)
		loads[i] = (i32)(info.loads[i] >> (HOST_FSHIFT - FSHIFT));
	if (copy_to_guest(loadavg, loads, (size_t)nelem * sizeof(*loads)) < 0)
		return -CORE_EFAULT;
	return nelem;
}

/* ---- utssys -------------------------------------------------------------------------------- */

struct search {
	u64 device; /* illumos's */
	struct core_statfs fs;
	bool found;
};

static bool is_it(void *ctx, const struct exo_mount *m)
{
	struct search *s = ctx;
	struct core_stat st;

	if (EXO_NOW(newfstatat, CORE_AT_FDCWD, m->within, &st, 0) < 0 ||
	    core_to_illumos_dev(st.st_dev) != s->device)
		return true;
	s->found = EXO_NOW(statfs, m->within, &s->fs) >= 0;
	return !s->found;
}

long illumos_utssys(struct core_thread *t, OUT buf, ULONG arg, INT type, OUT out)
{
	struct search s = {.device = arg};
	struct illumos_ustat u = {0};

	(void)out;
	if (type != ILLUMOS_UTS_USTAT)
		return -CORE_EINVAL;
	exo_mounts(is_it, &s);
	if (!s.found)
		return -CORE_EINVAL;
	u.f_tfree = (i64)s.fs.f_bfree * ((s.fs.f_frsize ? s.fs.f_frsize : s.fs.f_bsize) / 512);
	u.f_tinode = s.fs.f_ffree;
	return copy_to_guest(buf, &u, sizeof(u)) < 0 ? -CORE_EFAULT : illumos_two(t, 0, 0);
}
