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
	EXO_SETTING_COUNT
};
i64 exo_setting(enum exo_setting what, i64 fallback);

/* 32 hexadecimal digits that name this machine and stay, and a NUL; or -CORE_E. */
long exo_machine_id(char out[33]);

/* The processors that programs here may use, bit n for number n: bytes written, or -CORE_E. */
long exo_cpus(u64 *mask, u64 bytes);

/*
 * Ids of the processes there are, or (pid > 0) of the threads of one, ascending: how many,
 * of which at most max are written; or -CORE_E. Some may be gone by the time they are used.
 */
long exo_process_list(i32 pid, i32 *ids, u32 max);

#endif
