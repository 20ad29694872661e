/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/skeleton/skeleton.c: a machine that has nothing.
 *
 * Every operation of exo/exo.h is here and answers "not here", in the order of that header.
 * It is always built and linked with everything above, so that whoever lets a room reach
 * past exo.h for something Linux happens to have sees it at once. It is also where a new
 * machine begins: copy the folder, and make one group after another true. The image is
 * never run; exo_start() would end it before any other operation is asked for.
 */
#include "exo/exo.h"
#include "exo/note.h"
#include "exo/lock.h"

#define NOT_HERE (-38L) /* -CORE_ENOSYS: neutral numbers are fixed by definition */

/* ---- neutral POSIX operations ---------------------------------------------------- */

long exo_call(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op)
{
	(void)op, (void)a0, (void)a1, (void)a2, (void)a3, (void)a4;
	return NOT_HERE;
}

long exo_call6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op)
{
	(void)op, (void)a0, (void)a1, (void)a2, (void)a3, (void)a4, (void)a5;
	return NOT_HERE;
}

long exo_call_now(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op)
{
	(void)op, (void)a0, (void)a1, (void)a2, (void)a3, (void)a4;
	return NOT_HERE;
}

long exo_call_now6(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op)
{
	(void)op, (void)a0, (void)a1, (void)a2, (void)a3, (void)a4, (void)a5;
	return NOT_HERE;
}

long exo_sample_start(u64 ns)
{
	(void)ns;
	return NOT_HERE;
}

void exo_sample_stop(void)
{
}

/* ---- threads: blocks of memory, processors to run on, and locks ------------------- */

struct exo_thread *exo_thread_alloc(void)
{
	return NULL;
}

void exo_thread_free(struct exo_thread *t)
{
	(void)t;
}

long exo_thread_start(struct exo_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
		      void (*start)(struct exo_thread *child))
{
	(void)child, (void)flags, (void)ptid, (void)ctid, (void)tls, (void)start;
	return NOT_HERE;
}

void exo_thread_open(struct exo_thread *child)
{
	(void)child;
}

void exo_thread_exit(void)
{
	exo_exit(126);
}

long exo_fork(u64 flags, u64 ptid, u64 ctid, u64 tls)
{
	(void)flags, (void)ptid, (void)ctid, (void)tls;
	return NOT_HERE;
}

long exo_vfork(struct exo_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
	       void (*start)(struct exo_thread *child))
{
	(void)child, (void)flags, (void)ptid, (void)ctid, (void)tls, (void)start;
	return NOT_HERE;
}

u64 exo_tls_get(void)
{
	return 0;
}

void exo_tls_set(u64 base)
{
	(void)base;
}

/* With one thread and no interruptions there is nobody to wait for. */
void exo_lock_wait(struct exo_lock *l)
{
	(void)l;
	exo_fatal("a lock is held on a machine without threads");
}

void exo_lock_wake(struct exo_lock *l)
{
	(void)l;
}

/* ---- events: faults, signals, timers ---------------------------------------------- */

void exo_call_in(struct exo_errand *list, u32 n, enum exo_op op, u64 a0, u64 a1, u64 a2)
{
	(void)list, (void)n, (void)op, (void)a0, (void)a1, (void)a2;
}

long exo_signal_set(int sig, enum exo_disposition how, u64 flags)
{
	(void)sig, (void)how, (void)flags;
	return NOT_HERE;
}

enum exo_disposition exo_signal_inherited(int sig)
{
	(void)sig;
	return EXO_DEFAULT;
}

void exo_signal_ignore_for_exec(u64 set)
{
	(void)set;
}

void exo_signal_after_exec(void)
{
}

void exo_mask_set(u64 mask)
{
	(void)mask;
}

void exo_stay_awake(bool on)
{
	(void)on;
}

void exo_mask_open(u64 set)
{
	(void)set;
}

u64 exo_mask_sync(void)
{
	return 0;
}

bool exo_event_take(struct exo_event *ev)
{
	(void)ev;
	return false;
}

void exo_die_of_signal(int sig)
{
	exo_exit(128 + sig);
}

/* ---- memory: access with faults caught, pages, extended state, code ---------------- */

size_t exo_copy(void *dst, const void *src, size_t n)
{
	(void)dst, (void)src;
	return n;
}

size_t exo_zero(void *dst, size_t n)
{
	(void)dst;
	return n;
}

long exo_strnlen(const char *s, size_t max)
{
	(void)s, (void)max;
	return -1;
}

int exo_load_u32(u64 addr, u32 *out)
{
	(void)addr, (void)out;
	return -1;
}

int exo_load_u64(u64 addr, u64 *out)
{
	(void)addr, (void)out;
	return -1;
}

int exo_store_u32(u64 addr, u32 v)
{
	(void)addr, (void)v;
	return -1;
}

int exo_store_u64(u64 addr, u64 v)
{
	(void)addr, (void)v;
	return -1;
}

int exo_cas_u32(u64 addr, u32 *expected, u32 value)
{
	(void)addr, (void)expected, (void)value;
	return -1;
}

int exo_cas_u64(u64 addr, u64 *expected, u64 value)
{
	(void)addr, (void)expected, (void)value;
	return -1;
}

bool exo_is_ours(u64 addr, u64 len)
{
	(void)addr, (void)len;
	return true;
}

void *exo_pages_alloc(size_t bytes)
{
	(void)bytes;
	return NULL;
}

void exo_pages_free(void *p, size_t bytes)
{
	(void)p, (void)bytes;
}

size_t exo_xstate_size(void)
{
	return 0;
}

void exo_xstate_save(void *area, u64 features)
{
	(void)area, (void)features;
}

int exo_xstate_restore(const void *area, u64 features)
{
	(void)area, (void)features;
	return -1;
}

u64 exo_xstate_features(void)
{
	return 0;
}

bool exo_xstate_part(u32 n, u32 *offset, u32 *size)
{
	(void)n, (void)offset, (void)size;
	return false;
}

void exo_interrupt_calls(u8 vector, u32 base)
{
	(void)vector, (void)base;
}

void exo_code_gone(u64 addr, u64 len)
{
	(void)addr, (void)len;
}

void exo_code_mapped(u64 addr, u64 len)
{
	(void)addr, (void)len;
}

void exo_code_leave_alone(void)
{
}

u32 exo_code_kept;

void exo_code_made(u64 low, u64 high, u64 at)
{
	(void)low, (void)high, (void)at;
}

/* entry.S comes here for a call that was trapped: the place to make its site cheaper. */
void exo_trapped_call(struct exo_frame *f);
void exo_trapped_call(struct exo_frame *f)
{
	exo_up_call(f);
}

/* ---- time --------------------------------------------------------------------------- */

long exo_clock_gettime(int clock, struct exo_time *out)
{
	(void)clock, (void)out;
	return NOT_HERE;
}

/* ---- start -------------------------------------------------------------------------- */

u64 exo_auxv(const struct exo_boot *b, u64 type, u64 fallback)
{
	(void)b, (void)type;
	return fallback;
}

const u64 *exo_machine_auxv(void)
{
	return NULL;
}

struct exo_thread *exo_start(const struct exo_boot *boot)
{
	(void)boot;
	exo_fatal("this is the skeleton of a machine: it runs nothing");
}

void exo_arm(void)
{
}

void exo_machine_told(int earlier)
{
	(void)earlier;
}

int exo_machine_known(void)
{
	return 0;
}

bool exo_catches_executed(void)
{
	return false;
}

void exo_caught_already(void)
{
}

const char *exo_intercept_name(void)
{
	return "not at all";
}

void exo_image_open(int left)
{
	(void)left;
}

long exo_image_name(char *buf, size_t size)
{
	(void)buf, (void)size;
	return NOT_HERE;
}

void exo_image_leave(bool on)
{
	(void)on;
}

void exo_view_set(const char *root, const char *home)
{
	(void)root, (void)home;
}

void exo_other_root_take(int left)
{
	(void)left;
}

void *exo_shared_take(enum exo_shared what, int left, size_t bytes)
{
	(void)what, (void)left, (void)bytes;
	return NULL;
}

bool exo_kept_take(int left)
{
	(void)left;
	return false;
}

int exo_kept_fetch(u64 asked, bool wanted)
{
	(void)asked, (void)wanted;
	return -1;
}

void exo_kept_drop(void)
{
}

int exo_shared_fd(enum exo_shared what)
{
	(void)what;
	return -1;
}

void exo_shared_drop(enum exo_shared what)
{
	(void)what;
}

u64 exo_asked(void)
{
	return 0;
}

void exo_ask_again(struct exo_thread *t, u64 asked)
{
	(void)t, (void)asked;
}

void *exo_shared_fetch(enum exo_shared what, u64 asked, size_t bytes, u64 magic, void *over)
{
	(void)what, (void)asked, (void)bytes, (void)magic, (void)over;
	return NULL;
}

void exo_shared_refuse(u64 asked, bool no_room)
{
	(void)asked, (void)no_room;
}

int exo_other_root(void)
{
	return -1;
}

long exo_other_root_enter(void)
{
	return NOT_HERE;
}

int exo_image_fd(void)
{
	return (int)NOT_HERE;
}

int exo_hide_fd(int fd)
{
	(void)fd;
	return (int)NOT_HERE;
}

void exo_unhide_fd(int fd)
{
	(void)fd;
}

bool exo_fd_hidden(int fd)
{
	(void)fd;
	return false;
}

int exo_fd_hidden_low(void)
{
	return INT32_MAX;
}

/* A machine that has no way to stop stands still. */
void exo_describe(u64 args, u64 args_len, u64 env_len, u64 code_low, u64 code_high)
{
	(void)args, (void)args_len, (void)env_len, (void)code_low, (void)code_high;
}

bool exo_alone(void)
{
	return true;
}

void exo_boot_end(const struct exo_boot *boot)
{
	(void)boot;
}

void exo_exit(int status)
{
	(void)status;
	for (;;)
		__builtin_ia32_pause();
}

void exo_log(const char *fmt, ...)
{
	(void)fmt;
}

u8 exo_note_levels[ROOM_COUNT];

void exo_note_text(enum exo_room room, const char *fmt, ...)
{
	(void)room, (void)fmt;
}

void exo_fatal(const char *fmt, ...)
{
	(void)fmt;
	exo_exit(126);
}
