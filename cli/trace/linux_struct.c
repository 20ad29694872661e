/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/linux_struct.c: Linux's own structures, in strace's words. Layouts and values are the
 * machine's own headers', and where those of the library leave out what the kernel has, those of
 * linux/magic.h, linux/statfs.h, asm-generic/termbits.h.
 */
#include "cli/trace/linux_struct.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/vfs.h>
#include <termios.h>

#include "cli/trace/struct.h"

#define N(name)                                                                                    \
	{                                                                                          \
		(u64)(name), #name                                                                 \
	}

static const struct flag statx_flags[] = {
    N(AT_STATX_FORCE_SYNC), N(AT_STATX_DONT_SYNC), N(AT_SYMLINK_NOFOLLOW),
    N(AT_NO_AUTOMOUNT),	    N(AT_EMPTY_PATH),
};
static const struct flag statx_mask[] = {
    {0xfff, "STATX_ALL"},
    N(STATX_BASIC_STATS),
    N(STATX_TYPE),
    N(STATX_MODE),
    N(STATX_NLINK),
    N(STATX_UID),
    N(STATX_GID),
    N(STATX_ATIME),
    N(STATX_MTIME),
    N(STATX_CTIME),
    N(STATX_INO),
    N(STATX_SIZE),
    N(STATX_BLOCKS),
    N(STATX_BTIME),
    {0x1000, "STATX_MNT_ID"},
    {0x2000, "STATX_DIOALIGN"},
};
static const struct flag statx_attributes[] = {
    N(STATX_ATTR_COMPRESSED), N(STATX_ATTR_IMMUTABLE), N(STATX_ATTR_APPEND),
    N(STATX_ATTR_NODUMP),     N(STATX_ATTR_ENCRYPTED), N(STATX_ATTR_AUTOMOUNT),
    N(STATX_ATTR_MOUNT_ROOT), N(STATX_ATTR_VERITY),    N(STATX_ATTR_DAX),
};
static const struct flag magics[] = {
    {0xef53, "EXT2_SUPER_MAGIC"},
    {0x9fa0, "PROC_SUPER_MAGIC"},
    {0x01021994, "TMPFS_MAGIC"},
    {0x62656572, "SYSFS_MAGIC"},
    {0x794c7630, "OVERLAYFS_SUPER_MAGIC"},
    {0x58465342, "XFS_SUPER_MAGIC"},
    {0x9123683e, "BTRFS_SUPER_MAGIC"},
    {0x6969, "NFS_SUPER_MAGIC"},
    {0x1cd1, "DEVPTS_SUPER_MAGIC"},
    {0x27e0eb, "CGROUP_SUPER_MAGIC"},
    {0x63677270, "CGROUP2_SUPER_MAGIC"},
    {0x65735546, "FUSE_SUPER_MAGIC"},
    {0x858458f6, "RAMFS_MAGIC"},
    {0x73717368, "SQUASHFS_MAGIC"},
    {0x4d44, "MSDOS_SUPER_MAGIC"},
    {0x9660, "ISOFS_SUPER_MAGIC"},
    {0x01021997, "V9FS_MAGIC"},
    {0x64626720, "DEBUGFS_MAGIC"},
    {0x74726163, "TRACEFS_MAGIC"},
    {0x50495045, "PIPEFS_MAGIC"},
    {0x534f434b, "SOCKFS_MAGIC"},
    {0x6e736673, "NSFS_MAGIC"},
    {0xcafe4a11, "BPF_FS_MAGIC"},
};
static const struct flag mounted[] = {
    {0x20, "ST_VALID"}, N(ST_RDONLY),	N(ST_NOSUID),  N(ST_NODEV),	 N(ST_NOEXEC),
    N(ST_SYNCHRONOUS),	N(ST_MANDLOCK), N(ST_NOATIME), N(ST_NODIRATIME), {4096, "ST_RELATIME"},
};
static const struct flag iflags[] = {
    N(IGNBRK), N(BRKINT), N(IGNPAR), N(PARMRK), N(INPCK), N(ISTRIP),  N(INLCR), N(IGNCR),
    N(ICRNL),  N(IUCLC),  N(IXON),   N(IXANY),	N(IXOFF), N(IMAXBEL), N(IUTF8),
};
static const struct flag oflags[] = {
    N(OPOST), N(OLCUC), N(ONLCR), N(OCRNL), N(ONOCR), N(ONLRET), N(OFILL), N(OFDEL),
};
static const struct flag cflags[] = {
    N(CSTOPB), N(CREAD), N(PARENB), N(PARODD), N(HUPCL), N(CLOCAL), N(CMSPAR), N(CRTSCTS),
};
static const struct flag lflags[] = {
    N(ISIG),   N(ICANON), N(XCASE),   N(ECHO),	  N(ECHOE),  N(ECHOK),	N(ECHONL), N(NOFLSH),
    N(TOSTOP), N(IEXTEN), N(ECHOCTL), N(ECHOPRT), N(ECHOKE), N(FLUSHO), N(PENDIN), N(EXTPROC),
};
static const struct flag speeds[] = {
    N(B0),     N(B50),	  N(B75),    N(B110),	 N(B134),    N(B150),	 N(B200),
    N(B300),   N(B600),	  N(B1200),  N(B1800),	 N(B2400),   N(B4800),	 N(B9600),
    N(B19200), N(B38400), N(B57600), N(B115200), N(B230400), N(B460800), N(B921600),
};
static const struct flag sizes[] = {N(CS5), N(CS6), N(CS7), N(CS8)};

void linux_statx_flags(struct text *t, u32 v)
{
	if (!(v & (AT_STATX_FORCE_SYNC | AT_STATX_DONT_SYNC)))
		text_str(t, v == 0 ? "AT_STATX_SYNC_AS_STAT" : "AT_STATX_SYNC_AS_STAT|");
	if (v != 0)
		value_flags(t, statx_flags, ARRAY_LEN(statx_flags), v, "");
}

void linux_statx_mask(struct text *t, u32 v)
{
	value_flags(t, statx_mask, ARRAY_LEN(statx_mask), v, "0");
}

bool linux_statx(struct text *t, const void *at, u32 n)
{
	struct statx s;

	if (n < sizeof(s))
		return false;
	memcpy(&s, at, sizeof(s));
	text_str(t, "{stx_mask=");
	linux_statx_mask(t, s.stx_mask);
	text_str(t, ", stx_attributes=");
	value_flags(t, statx_attributes, ARRAY_LEN(statx_attributes), s.stx_attributes, "0");
	text_str(t, ", stx_mode=");
	value_mode(t, s.stx_mode);
	text_str(t, ", stx_size=");
	text_udec(t, s.stx_size);
	text_str(t, ", ...}");
	return true;
}

bool linux_sysinfo(struct text *t, const void *at, u32 n)
{
	struct sysinfo s;

	if (n < sizeof(s))
		return false;
	memcpy(&s, at, sizeof(s));
	text_str(t, "{uptime=");
	text_dec(t, s.uptime);
	for (u32 i = 0; i < 3; i++) {
		text_str(t, i == 0 ? ", loads=[" : ", ");
		text_udec(t, s.loads[i]);
	}
	text_str(t, "], totalram=");
	text_udec(t, s.totalram);
	text_str(t, ", freeram=");
	text_udec(t, s.freeram);
	text_str(t, ", sharedram=");
	text_udec(t, s.sharedram);
	text_str(t, ", bufferram=");
	text_udec(t, s.bufferram);
	text_str(t, ", totalswap=");
	text_udec(t, s.totalswap);
	text_str(t, ", freeswap=");
	text_udec(t, s.freeswap);
	text_str(t, ", procs=");
	text_udec(t, s.procs);
	text_str(t, ", totalhigh=");
	text_udec(t, s.totalhigh);
	text_str(t, ", freehigh=");
	text_udec(t, s.freehigh);
	text_str(t, ", mem_unit=");
	text_udec(t, s.mem_unit);
	text_char(t, '}');
	return true;
}

bool linux_statfs(struct text *t, const void *at, u32 n)
{
	static const char *const names[] = {
	    ", f_bsize=", ", f_blocks=", ", f_bfree=", ", f_bavail=", ", f_files=", ", f_ffree="};

	if (n < sizeof(struct statfs))
		return false;
	text_str(t, "{f_type=");
	if (!value_named(t, magics, ARRAY_LEN(magics), value_u64(at, 0)))
		text_hex(t, value_u64(at, 0));
	for (u32 i = 0; i < ARRAY_LEN(names); i++) {
		text_str(t, names[i]);
		text_udec(t, value_u64(at, 8 + 8 * i));
	}
	text_str(t, ", f_fsid={val=[");
	text_hex(t, value_u32(at, 56));
	text_str(t, ", ");
	text_hex(t, value_u32(at, 60));
	text_str(t, "]}, f_namelen=");
	text_udec(t, value_u64(at, 64));
	text_str(t, ", f_frsize=");
	text_udec(t, value_u64(at, 72));
	text_str(t, ", f_flags=");
	value_flags(t, mounted, ARRAY_LEN(mounted), value_u64(at, 80), "0");
	text_char(t, '}');
	return true;
}

/* A field of several bits among flags: BASE and a digit. */
static void show_delay(struct text *t, const char *base, u32 v)
{
	text_str(t, base);
	text_udec(t, v);
	text_char(t, '|');
}

static void show_termios(struct text *t, const void *at)
{
	u32 o = value_u32(at, 4), c = value_u32(at, 8);
	u32 rest = c & ~(u32)(CBAUD | CBAUDEX | CSIZE);

	text_str(t, "{c_iflag=");
	value_flags(t, iflags, ARRAY_LEN(iflags), value_u32(at, 0), "0");
	text_str(t, ", c_oflag=");
	show_delay(t, "NL", o >> 8 & 1);
	show_delay(t, "CR", o >> 9 & 3);
	show_delay(t, "TAB", o >> 11 & 3);
	show_delay(t, "BS", o >> 13 & 1);
	show_delay(t, "VT", o >> 14 & 1);
	show_delay(t, "FF", o >> 15 & 1);
	o &= ~0xff00u;
	if (o == 0)
		t->n--;
	else
		value_flags(t, oflags, ARRAY_LEN(oflags), o, "");
	text_str(t, ", c_cflag=");
	value_name(t, speeds, ARRAY_LEN(speeds), c & (CBAUD | CBAUDEX));
	text_char(t, '|');
	value_name(t, sizes, ARRAY_LEN(sizes), c & CSIZE);
	if (rest != 0) {
		text_char(t, '|');
		value_flags(t, cflags, ARRAY_LEN(cflags), rest, "");
	}
	text_str(t, ", c_lflag=");
	value_flags(t, lflags, ARRAY_LEN(lflags), value_u32(at, 12), "0");
	text_str(t, ", ...}");
}

bool linux_ioctl(struct text *t, const struct event *e, const struct posix *p, u64 request,
		 struct shown_data d)
{
	static const char *const ints[] = {"FIONREAD",	 "FIONBIO",   "FIOASYNC",   "TIOCGPGRP",
					   "TIOCSPGRP",	 "TIOCOUTQ",  "TIOCSPTLCK", "TIOCGPTLCK",
					   "TIOCGPTN",	 "TIOCGSID",  "TIOCGETD",   "TIOCSETD",
					   "SIOCATMARK", "SIOCGPGRP", "SIOCSPGRP",  "SIOCOUTQ"};
	const char *name = posix_name_of(p, LIST_IOCTL, request);

	if (name == NULL || (e->r->flags & TRACE_R_CARRY && strchr(name, 'G') != NULL))
		return false; /* what it was to get is not there */
	if (strncmp(name, "TCGETS", 7) == 0 || strcmp(name, "TCSETS") == 0 ||
	    strcmp(name, "TCSETSW") == 0 || strcmp(name, "TCSETSF") == 0) {
		if (d.n < 36)
			return false;
		show_termios(t, d.p);
		return true;
	}
	if (strcmp(name, "TIOCGWINSZ") == 0 || strcmp(name, "TIOCSWINSZ") == 0) {
		if (d.n < 8)
			return false;
		posix_winsize(t, d.p);
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(ints); i++)
		if (strcmp(ints[i], name) == 0 && d.n >= 4) {
			text_char(t, '[');
			text_dec(t, (i32)value_u32(d.p, 0));
			text_char(t, ']');
			return true;
		}
	return false;
}
