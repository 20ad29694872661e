/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/intercept.c: making every system-call instruction of the guest come to us.
 *
 * Syscall User Dispatch, armed per thread. Where the kernel can trap inside a range only
 * (PR_SYS_DISPATCH_INCLUSIVE_ON), the range is where guests live, and the host's vDSO may
 * make its own calls; else everything but the runtime's text traps and upcall.c makes the
 * vDSO's calls itself. Clone, fork and exec reset it: arming is the first thing a new
 * thread does. Where the host has no Syscall User Dispatch, a seccomp filter that traps
 * by instruction pointer does the same work at the same entry, for good and for children:
 * it outlives execve, so every program executed from there must be run by us. Newer
 * hosts let no filter see calls 335 and 336 (uretprobe, uprobe), which are utrace and the
 * oldest sendfile of FreeBSD: from a site that is not patched they reach the host.
 *
 * FBIRD_INTERCEPT in the environment (inclusive, exclusive, seccomp) asks for one of them,
 * so that all can be tried on one host.
 */
#include <asm/unistd_64.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

#ifndef PR_SYS_DISPATCH_INCLUSIVE_ON
#define PR_SYS_DISPATCH_INCLUSIVE_ON 2 /* linux/prctl.h since 6.16 */
#endif

enum method { NONE, INCLUSIVE, EXCLUSIVE, SECCOMP };
static enum method method, wanted;
static bool filtered; /* by an earlier image of ours */

static long arm(enum method m)
{
	if (m == INCLUSIVE)
		return LINUX(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_INCLUSIVE_ON,
			     EXO_GUEST_LOW, EXO_GUEST_HIGH - EXO_GUEST_LOW);
	return LINUX(__NR_prctl, PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON,
		     (u64)linux_text_start, (u64)(linux_text_end - linux_text_start));
}

/* The filter compares the halves of the instruction pointer: below EXO_GUEST_HIGH is the
 * guest's. The runtime lies above and never notices. */
static long install_filter(void)
{
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		     offsetof(struct seccomp_data, instruction_pointer) + 4),
	    BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, EXO_GUEST_HIGH >> 32, 3, 0),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, EXO_GUEST_HIGH >> 32, 0, 3),
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer)),
	    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, EXO_GUEST_HIGH & 0xffffffff, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	};
	struct sock_fprog prog = {ARRAY_LEN(code), code};

	LINUX(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return LINUX(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog);
}

void linux_intercept_arm(void)
{
	long r = 0;

	if (method == INCLUSIVE || method == EXCLUSIVE)
		r = arm(method);
	if (r < 0)
		exo_fatal("the host refused to catch this thread's system calls (error %ld)", -r);
}

static bool try_method(enum method m)
{
	if (wanted != NONE && wanted != m)
		return false;
	if (m == SECCOMP ? !filtered && install_filter() != 0 : arm(m) != 0)
		return false;
	method = m;
	if (m != INCLUSIVE)
		linux_time_find();
	return true;
}

void linux_intercept_start(const struct exo_boot *boot)
{
	static const char name[] = "FBIRD_INTERCEPT=";
	static const char *const names[] = {
	    [INCLUSIVE] = "inclusive", [EXCLUSIVE] = "exclusive", [SECCOMP] = "seccomp"};

	for (char **e = boot->envp; *e; e++)
		if (strncmp(*e, name, sizeof(name) - 1) == 0)
			for (enum method m = INCLUSIVE; m <= SECCOMP; m++)
				if (strcmp(*e + sizeof(name) - 1, names[m]) == 0)
					wanted = m;
}

void exo_caught_already(void)
{
	filtered = true;
	wanted = SECCOMP;
}

bool exo_catches_executed(void)
{
	return method == SECCOMP;
}

void exo_arm(void)
{
	if (method != NONE) {
		linux_intercept_arm();
		return;
	}
	if (!try_method(INCLUSIVE) && !try_method(EXCLUSIVE) && !try_method(SECCOMP))
		exo_fatal(wanted == NONE
			      ? "this host offers neither Syscall User Dispatch (Linux 5.11) nor "
				"seccomp filters; a guest's system calls cannot be caught here"
			      : "this host does not offer what FBIRD_INTERCEPT asks for; unset it, "
				"and what there is is used");
}

const char *exo_intercept_name(void)
{
	static const char *const names[] = {"none", "syscall user dispatch, inclusive",
					    "syscall user dispatch", "seccomp trap"};

	return names[method];
}

/* Called by entry.S for a call that trapped: its site first, then the call itself. */
void exo_trapped_call(struct exo_frame *f);
void exo_trapped_call(struct exo_frame *f)
{
	linux_patch_site(f);
	exo_up_call(f);
}
