/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/detect.h: what a file is, which system it was made for, and on what evidence.
 *
 * The order of evidence, strongest first: an ELF note of the system's own; the GNU
 * ABI-tag note with its word for the system; the interpreter's path; segment types and
 * section names only one system uses; EI_OSABI; and last the POSIX fallback, which says
 * "linux" of an ELF file that gives no hint, and says that it is only a fallback. EI_OSABI
 * comes late because GNU linkers set it for a symbol type, whatever the system.
 */
#ifndef FB_LOADER_DETECT_H
#define FB_LOADER_DETECT_H

#include "loader/image.h"

enum loader_format {
	LOADER_UNKNOWN,
	LOADER_ELF64,
	LOADER_ELF32,
	LOADER_SCRIPT,
	LOADER_AOUT,  /* one of the a.out family, by its magic number */
	LOADER_PDP11, /* one of that family whose header is whole and of a PDP-11 */
	LOADER_PE,
	LOADER_MACHO,
	LOADER_EMPTY,
};

struct loader_verdict {
	enum loader_format format;
	/* "freebsd", "linux", "netbsd", "openbsd", "dragonfly", "illumos", "hurd", "haiku",
	 * "feuerbird", the research systems by the names of loader/aout_detect.c, or NULL
	 */
	const char *personality;
	/* "note", "interpreter", "segment", "section", "osabi", "fallback", "magic", "calls",
	 * "start-up code"; NULL: none */
	const char *reason_kind;
	char reason[128]; /* the evidence in words */
	u32 abi_version;  /* FreeBSD's osreldate; NetBSD's and DragonFly's number; Linux
			     a<<16|b<<8|c;  Android's API level; 0 when not said */
	u32 feature_ctl;  /* FreeBSD's NT_FREEBSD_FEATURE_CTL bits */
	bool weak; /* a guess of relatives: who knows where the file comes from knows better */
	bool is_android;
	bool is_go;	/* the file carries Go's build id note */
	bool has_notes; /* it had a PT_NOTE or an SHT_NOTE at all */
	bool big_endian;
	u8 osabi;
	u16 elf_type, machine;
};

/* Returns 0, also for a file nobody knows; else the error of a read. */
long loader_detect(const struct loader_source *src, struct loader_verdict *v);

const char *loader_format_name(enum loader_format format);

#endif
