/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/linux.h: what the files of the hosted machine share among themselves.
 *
 * The machine is a Linux process. intercept.c catches the guest's calls, upcall.c the
 * signals, patch.c makes trapped call sites cheap, thread.c starts and ends threads,
 * memory.c keeps the runtime's own arena, hide.c its descriptors, time.c its vDSO; info.c
 * reads what the host tells.
 */
#ifndef FB_EXO_LINUX_LINUX_H
#define FB_EXO_LINUX_LINUX_H

#include "exo/exo.h"

/* A host call by Linux's own number; -errno. Up to six arguments after the number. */
long linux_call(long nr, u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5);
#define LINUX_PAD_(nr, a, b, c, d, e, g, ...)                                                      \
	linux_call(nr, (u64)(a), (u64)(b), (u64)(c), (u64)(d), (u64)(e), (u64)(g))
#define LINUX(nr, ...) LINUX_PAD_(nr, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

long linux_host_clone(u64 flags, u64 stack, u64 ptid, u64 ctid, u64 tls, void (*start)(void *),
		      void *arg);
void linux_thread_end(void) NORETURN;
void linux_sigreturn(void);

extern const u16 exo_linux_numbers[];

/* The runtime's image, from the linker. */
extern const char linux_text_start[] __asm__("__executable_start");
extern const char linux_text_end[] __asm__("etext");
extern const char linux_image_end[] __asm__("end");
extern char linux_first_block[] __asm__("exo_first_block");

static inline bool linux_in_text(u64 pc)
{
	return pc >= (u64)linux_text_start && pc < (u64)linux_text_end;
}

/* intercept.c */
void linux_intercept_start(const struct exo_boot *boot);
void linux_intercept_arm(void);

/* x86_64/hostcall.S: the thread's host mask, unless an event waits */
void linux_mask_set(const u64 *mask);

/* upcall.c */
void linux_handlers_start(void);
/* Is this signal an errand of exo_call_in? It is done then. */
bool linux_errand(struct exo_thread *t, const void *siginfo);
/* sample.c: the signal of its timers, its bit while there are any, and for how many one stands. */
#define LINUX_SAMPLE_SIGNAL 64
extern u64 linux_sample_bit;
bool linux_is_sample(const void *siginfo);
u32 linux_samples(const void *siginfo);
/* attach.c, in a signal handler */
void linux_asked(struct exo_thread *t, u64 value);
void linux_kept_set(int fd); /* what exo_kept_drop drops, hidden already */
void linux_altstack_set(struct exo_thread *t);

/* memory.c */
void *linux_pages_map(u64 len, u64 gap);
void linux_range_add(u64 addr, u64 len); /* more memory that is the runtime's */

/* thread.c */
void linux_gs_set(u64 base);
void linux_thread_start(const struct exo_boot *boot);

/* start.c: before a fork */
void linux_boot_stack_drop(void);

/* time.c */
void linux_time_start(u64 vdso);
void linux_time_find(void); /* for linux_in_vdso */
bool linux_in_vdso(u64 pc);

/* info.c: a small file's text and its length, or -errno; the number at p, what is behind it. */
long linux_file_read(const char *path, char *buf, u64 size);
const char *linux_number(const char *p, i64 *out);
/* What /proc's directory of a process or thread says that it waits for. */
int linux_process_wait(const char *dir);
/* Sends one dump request and gives every message of the answer to handle, until it answers
 * false: 0 or -errno. */
struct nlmsghdr;
long linux_netlink_dump(int protocol, const void *ask, u64 len,
			bool (*handle)(const struct nlmsghdr *h, void *ctx), void *ctx);

/*
 * What is in the way of calls. hostcall.S looks at both words at once: lookup.c is, while a view
 * is made in the process, and awake.c, while some thread must not sleep.
 */
struct linux_detours {
	u32 view;
	u32 awake; /* threads */
} __attribute__((aligned(8)));
extern struct linux_detours linux_detours;
typedef long linux_plain_call(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 a5, u64 op);
/* exo_call6 and exo_call_now6, nothing in the way */
linux_plain_call linux_plain6, linux_plain_now6;
long linux_detour_call(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op);
linux_plain_call linux_detour_call6;

/* lookup.c: calls go through these */
/* The name that a path of the host, of n bytes, has in the view, in place; its new length. */
long linux_view_name(char *path, long n);
linux_plain_call linux_view_call6, linux_view_call_now6;
long linux_view_call_now(u64 a0, u64 a1, u64 a2, u64 a3, u64 a4, u64 op);

/* returns.c */
extern bool linux_returns_stale;

/* hide.c */
void linux_hide_start(void);
void linux_shared_set(enum exo_shared what, int fd); /* a hidden one */

/* x86_64/patch.c: a site that trapped may be made cheap; pc is the return address. */
void linux_patch_site(struct exo_frame *f);
void linux_patch_before_thread(void); /* another one is about to run in this memory */
/* Is pc in a trampoline? *site gets the guest's pc of the instruction it stands for. */
bool linux_patch_owns(u64 pc, u64 *site);
/* A breakpoint trap at pc-1: true when it is ours, and the instruction can be tried again. */
bool linux_patch_trap(u64 pc);

/* Locks of the machine that fork must hold. */
void linux_patch_fork(bool before);
/* In a fork's child, before it is anybody; shares_files: its descriptors are its parent's. */
void linux_patch_forked(bool shares_files);
void linux_memory_fork(bool before);
void linux_hide_fork(bool before);

#endif
