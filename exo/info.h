/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/info.h: what a machine tells about itself and about what runs on it.
 *
 * Nothing here changes anything. A machine that does not know answers -CORE_ENOSYS, or the
 * fallback it was given; callers then say what an idle machine would.
 */
#ifndef FB_EXO_INFO_H
#define FB_EXO_INFO_H

#include "lib/base.h"

enum exo_setting {
	EXO_SETTING_OPEN_FILES, /* most open files of the machine */
	EXO_SETTING_PID_MAX,
	EXO_SETTING_LISTEN_QUEUE,
	EXO_SETTING_PORT_FIRST, /* range of ports given out */
	EXO_SETTING_PORT_LAST,
	EXO_SETTING_SEND_SPACE, /* bytes of a new TCP socket's buffers */
	EXO_SETTING_RECV_SPACE,
	EXO_SETTING_SOCKBUF_MAX,
	EXO_SETTING_KEEP_IDLE, /* TCP keep-alive: seconds, seconds, probes */
	EXO_SETTING_KEEP_INTERVAL,
	EXO_SETTING_KEEP_COUNT,
	EXO_SETTING_FILES_NOW, /* open files of the machine at present */
	EXO_SETTING_INODES_NOW,
	EXO_SETTING_INODES_FREE, /* of those, not in use */
	EXO_SETTING_COUNT
};
i64 exo_setting(enum exo_setting what, i64 fallback);

/* 32 hexadecimal digits that name this machine and stay, and a NUL; or -CORE_E. */
long exo_machine_id(char out[33]);

/* The processors that programs here may use, bit n for number n: bytes written, or -CORE_E. */
long exo_cpus(u64 *mask, u64 bytes);

/* The directory whose files are memory that all may share by name. */
const char *exo_shared_memory_dir(void);

/* Ticks (100 a second) all processors, or one, spent: user, nice, system, interrupts, idle. */
long exo_cpu_times(i32 cpu, u64 out[5]);
#define EXO_ALL_CPUS (-1)

/* What the machine counts; memory in bytes. */
enum exo_count {
	EXO_COUNT_SWITCHES, /* since it began */
	EXO_COUNT_INTERRUPTS,
	EXO_COUNT_SOFT_INTERRUPTS,
	EXO_COUNT_FORKS,
	EXO_COUNT_FAULTS,
	EXO_COUNT_MAJOR_FAULTS,
	EXO_COUNT_READ, /* pages of files and devices */
	EXO_COUNT_WRITTEN,
	EXO_COUNT_SWAPPED_IN, /* pages */
	EXO_COUNT_SWAPPED_OUT,
	EXO_COUNT_FREED,
	EXO_COUNT_SCANNED, /* in search of free ones */
	EXO_COUNT_REACTIVATED,
	EXO_COUNT_RUNNING, /* threads now */
	EXO_COUNT_BLOCKED,
	EXO_COUNT_LAST_PID,
	EXO_COUNT_MEMORY, /* now */
	EXO_COUNT_MEMORY_FREE,
	EXO_COUNT_MEMORY_ACTIVE,
	EXO_COUNT_MEMORY_INACTIVE,
	EXO_COUNT_MEMORY_LOCKED,
	EXO_COUNT_MEMORY_BUFFERS,
	EXO_COUNT_MEMORY_PROMISED,
	EXO_COUNT_MEMORY_SHARED,
	EXO_COUNTS
};
/* 0 where the machine does not know. */
u64 exo_count(enum exo_count what);

/* Each list calls each(ctx, ...) until it answers false; 0 or -CORE_E. */
struct exo_swap {
	u64 size, used; /* bytes */
	u64 device;	/* 0: a file */
};
long exo_swaps(bool (*each)(void *ctx, const struct exo_swap *s), void *ctx);

struct exo_disk {
	char name[32];
	u64 device;
	u64 reads, read_bytes, read_msec, writes, write_bytes, write_msec, frees, free_bytes,
	    free_msec, busy_msec;
	u32 pending;
};
/* Whole disks that something was read from or written to. */
long exo_disks(bool (*each)(void *ctx, const struct exo_disk *d), void *ctx);

struct exo_interrupt {
	char name[48];
	u64 count;
};
long exo_interrupts(bool (*each)(void *ctx, const struct exo_interrupt *i), void *ctx);

/* The newest bytes of the kernel's log, each line with its level in angle brackets. */
long exo_kernel_log(char *buf, u64 size);

/* Writes the name below /dev of a character device and a NUL, or -CORE_ENOENT. */
long exo_device_name(u64 device, char *buf, u64 size);

struct exo_mount {
	const char *from, *on; /* what is mounted, and where */
	const char *within;    /* a path of that file system */
};
/*
 * Calls each for every mounted file system, the root's first, until it answers false: not
 * for what is covered by another at the same place, nor for what only makes a root's tree
 * whole. 0 or -CORE_E.
 */
long exo_mounts(bool (*each)(void *ctx, const struct exo_mount *m), void *ctx);
/* The same for the one with the number a statx gave, or the one of those told that it is in. */
long exo_mount(u64 id, bool (*each)(void *ctx, const struct exo_mount *m), void *ctx);

/* ---- processes -------------------------------------------------------------------------- */

/*
 * Ids of the processes there are, or (pid > 0) of the threads of one: how many, of which at
 * most max are written; or -CORE_E. Some may be gone by the time they are used.
 */
long exo_process_list(i32 pid, i32 *ids, u32 max);
/* The same for the numbers of a process's open descriptors. */
long exo_process_fds(i32 pid, i32 *fds, u32 max);

/* What a thread that sleeps waits for, where the machine tells. */
enum exo_wait {
	EXO_WAIT_UNKNOWN,
	EXO_WAIT_CHILD,
	EXO_WAIT_POLL,
	EXO_WAIT_EVENTS,
	EXO_WAIT_WORD, /* a futex */
	EXO_WAIT_TIME,
	EXO_WAIT_SIGNAL,
	EXO_WAIT_PIPE_READ,
	EXO_WAIT_PIPE_WRITE,
	EXO_WAIT_SOCKET,
	EXO_WAIT_CONNECTION,
	EXO_WAIT_TERMINAL,
	EXO_WAIT_DISK,
};

struct exo_process {
	i32 pid, ppid, pgid, sid, tty_pgid, tracer;
	u64 tty; /* device of the controlling terminal, 0 for none */
	u32 uid, euid, suid, gid, egid, sgid;
	u32 group_count, groups[16];
	char state; /* R running, S sleeping, D waiting for the machine, T stopped, Z zombie, ... */
	char name[32];
	enum exo_wait wait;
	i32 nice, threads, cpu;
	i32 policy;		  /* CORE_SCHED_* */
	i32 urgency, own_urgency; /* real-time priority, 0: none; what it has without loans */
	i32 exit_signal;	  /* what its parent is told by, 0: by nothing */
	i32 exit_status;	  /* of one that has ended, as wait(2) gives it */
	u64 size, resident, text, data, stack, swapped, locked; /* bytes */
	u64 user_usec, system_usec, child_user_usec, child_system_usec;
	u64 minor_faults, major_faults, child_minor_faults, child_major_faults;
	u64 peak_resident;
	u64 switches, forced_switches;
	i64 start_sec, start_usec; /* date */
	u64 pending, blocked, ignored, caught;
	u32 umask;
};
/* tid 0: the process as a whole. -CORE_ESRCH when there is none. */
long exo_process_info(i32 pid, i32 tid, struct exo_process *out);

enum exo_process_text {
	EXO_PROCESS_ARGS, /* strings, each with its NUL */
	EXO_PROCESS_ENV,
	EXO_PROCESS_PROGRAM, /* path, without a NUL */
	EXO_PROCESS_CWD,
	EXO_PROCESS_ROOT,
};
/* Up to size bytes of it from offset on (paths: from 0): how many, or -CORE_E. */
long exo_process_text(i32 pid, enum exo_process_text what, u64 offset, char *buf, u64 size);

struct exo_mapping {
	u64 low, high, offset, inode;
	u64 device;
	u32 prot; /* CORE_PROT_* */
	bool shared;
	const char *path; /* "" for memory without a file */
};
/* Calls each for every mapping, ascending, until it answers false. 0 or -CORE_E. */
long exo_process_maps(i32 pid, bool (*each)(void *ctx, const struct exo_mapping *m), void *ctx);

/* What the machine says of pages from address at on, a byte each: how many, or -CORE_E. */
#define EXO_PAGE_PRESENT 1
#define EXO_PAGE_SWAPPED 2
#define EXO_PAGE_FILE	 4 /* a file's, or shared */
long exo_process_pages(i32 pid, u64 at, u8 *state, u64 pages);

/* What is behind a descriptor: its path or the machine's name for it, open flags, offset. */
struct exo_open_file {
	u64 flags; /* CORE_O_* */
	i64 offset;
	char path[1024];
};
long exo_process_fd(i32 pid, i32 fd, struct exo_open_file *out);

#endif
