/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/upcall.c: from the host's signals to up-calls.
 *
 * There is one handler, on the thread's own handler stack with everything masked. It
 * decides by where the thread was:
 *
 *  - a system-call instruction of the guest (SIGSYS): the saved context is rewritten to
 *    enter gateway_entry_trapped as the `syscall` instruction would have left it;
 *  - in guest code: the registers go to the thread's frame, the saved context is pointed
 *    at gateway_event on the kernel stack, and the event is noted;
 *  - in the runtime, a trampoline or the vDSO: the event is noted, everything is masked
 *    in the saved context, and the gateway finds it on the way out. Inside the restart
 *    window of exo_call, or on the way out itself, the program counter is moved so that
 *    the event cannot be overlooked;
 *  - a fault in an access that expects one: on to its fix-up.
 *
 * One slot for an event is enough, because after the first everything is masked until
 * the gateway has dealt with it; the four signals that cannot be masked, sent by somebody,
 * have a second.
 */
#include <asm/unistd_64.h>
#include <linux/errno.h>

#include "exo/linux/linux.h"
#include "exo/linux/x86_64/context.h"
#include "lib/mem.h"

#define CODE_SYS_USER_DISPATCH 2 /* si_code of SIGSYS, asm-generic/siginfo.h */
#define CODE_SYS_SECCOMP       1
#define TRAP_PROTECTION	       13
#define INTERRUPT_GATE	       2 /* in an error code: the index is one of the interrupt table */
#define SIGNAL_BIT(n)	       (1UL << ((n)-1))
#define SYNC_SIGNALS                                                                               \
	(SIGNAL_BIT(SIGSEGV) | SIGNAL_BIT(SIGBUS) | SIGNAL_BIT(SIGTRAP) | SIGNAL_BIT(SIGSYS))

extern const char gateway_entry_trapped[], gateway_event[], gateway_exit[], gateway_exit_end[],
    gateway_iret[];
extern const char linux_mask_window[], linux_mask_window_end[];
extern const char exo_call_window[], exo_call_window_end[], exo_call_interrupted[];

struct expected_fault {
	i32 at;
	i32 fixup;
};
extern const struct expected_fault faults_start[] __asm__("__start_fb_faults");
extern const struct expected_fault faults_end[] __asm__("__stop_fb_faults");

struct linux_action {
	u64 handler;
	u64 flags;
	u64 restorer;
	u64 mask;
};

/* exo_code_made */
static u64 made_low, made_size, made_landing;

void exo_code_made(u64 low, u64 high, u64 at)
{
	made_low = low;
	made_size = high - low;
	made_landing = at;
}

/* exo_interrupt_calls */
static struct {
	u32 error; /* the processor's error code for it */
	u32 base;
} interrupt_call[2];

void exo_interrupt_calls(u8 vector, u32 base)
{
	u32 i = interrupt_call[0].error != 0;

	interrupt_call[i].error = (u32)vector << 3 | INTERRUPT_GATE;
	interrupt_call[i].base = base;
}

static u64 fixup_for(u64 pc)
{
	const struct expected_fault *e;

	for (e = faults_start; e < faults_end; e++)
		if ((u64)&e->at + (u64)(i64)e->at == pc)
			return (u64)&e->fixup + (u64)(i64)e->fixup;
	return 0;
}

static bool on_own_stack(const struct exo_thread *t, u64 sp)
{
	return sp - t->block < EXO_BLOCK_SIZE;
}

static bool is_fault(int sig, const siginfo_t *si)
{
	return si->si_code > 0 && (sig == SIGSEGV || sig == SIGBUS || sig == SIGFPE ||
				   sig == SIGILL || sig == SIGTRAP);
}

static void note(struct exo_thread *t, const siginfo_t *si, const struct ucontext *uc)
{
	if (UNLIKELY(t->has_event)) { /* only what cannot be masked comes second */
		memcpy(t->late, si, sizeof(t->late));
		t->has_late = 1;
		return;
	}
	memcpy(t->event.siginfo, si, sizeof(t->event.siginfo));
	t->event.trap = uc->uc_mcontext.trapno;
	t->event.error = uc->uc_mcontext.err;
	t->event.addr = uc->uc_mcontext.cr2;
	t->has_event = 1;
	t->interrupted = 1;
}

static void mask_all(struct ucontext *uc)
{
	*(u64 *)&uc->uc_sigmask = ~SYNC_SIGNALS;
}

static void interrupt_guest(struct exo_thread *t, const siginfo_t *si, struct ucontext *uc)
{
	linux_frame_from_context(t->frame, uc);
	note(t, si, uc);
	uc->uc_mcontext.rip = (u64)gateway_event;
	uc->uc_mcontext.rsp = (u64)t->frame;
	uc->uc_mcontext.eflags &= ~0x500UL; /* direction, single step */
	mask_all(uc);
}

static bool reporting;

NORETURN static void fault_in_runtime(int sig, const struct exo_thread *t,
				      const struct ucontext *uc)
{
	u64 addr = uc->uc_mcontext.cr2, image = (u64)linux_text_start;
	struct exo_frame f;

	linux_frame_from_context(&f, uc);
	exo_log("fbird-rt: signal %d inside the runtime at %lx (image %lx), address %lx, "
		"guest call %ld; this is a bug of FeuerBird\n",
		sig, f.rip, image, addr, (long)t->frame->nr);
	exo_log("  rax %lx rbx %lx rcx %lx rdx %lx rsi %lx rdi %lx rbp %lx rsp %lx\n", f.rax, f.rbx,
		f.rcx, f.rdx, f.rsi, f.rdi, f.rbp, f.rsp);
	exo_log("  r8 %lx r9 %lx r10 %lx r11 %lx r12 %lx r13 %lx r14 %lx r15 %lx\n", f.r8, f.r9,
		f.r10, f.r11, f.r12, f.r13, f.r14, f.r15);
	if (!reporting) { /* the report may fault as well */
		reporting = true;
		exo_up_crash();
	}
	exo_die_of_signal(sig);
}

static void guest_call(struct ucontext *uc)
{
	struct sigcontext *m = &uc->uc_mcontext;

	if (linux_in_vdso(m->rip)) {
		m->rax =
		    (u64)linux_call((long)m->rax, m->rdi, m->rsi, m->rdx, m->r10, m->r8, m->r9);
		return;
	}
	m->rcx = m->rip;
	m->r11 = m->eflags;
	m->rip = (u64)gateway_entry_trapped;
}

/*
 * Of a SIGSYS that was sent to this thread, and one for a call that it makes, the host tells the
 * first alone when they come together: it takes the call back, and the guest goes on behind the
 * instruction as if it had been made. That is where no way back leads with these registers
 * (exo_frame_complete), so it is made again. (Linux: legacy_queue() in kernel/signal.c.)
 */
static void make_lost_call_again(struct sigcontext *m)
{
	u8 code[2];

	if (m->rcx == m->rip && m->r11 & EXO_RFLAGS_SET && !linux_in_text(m->rip) &&
	    exo_copy(code, (const void *)(m->rip - 2), 2) == 0 && code[0] == 0x0f &&
	    code[1] == 0x05)
		m->rip -= 2;
}

/*
 * An `int` of a vector that the host keeps to itself is a general protection fault at the
 * instruction. True when it was a call of this guest.
 */
static bool interrupt_is_call(struct ucontext *uc)
{
	struct sigcontext *m = &uc->uc_mcontext;

	if (LIKELY(m->trapno != TRAP_PROTECTION || !m->err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(interrupt_call); i++) {
		if (m->err != interrupt_call[i].error)
			continue;
		m->rip += 2; /* cd and the vector */
		m->rax = (u32)m->rax + interrupt_call[i].base;
		guest_call(uc);
		return true;
	}
	return false;
}

/* True when the fault was expected, and the thread can go on. */
static bool recover(struct exo_thread *t, const siginfo_t *si, struct ucontext *uc)
{
	struct sigcontext *m = &uc->uc_mcontext;
	u64 site;

	if (m->rip == (u64)gateway_iret) { /* the guest asked for an impossible address */
		u64 trap = m->trapno, error = m->err, addr = m->cr2;

		note(t, si, uc);
		t->event.trap = trap;
		t->event.error = error;
		t->event.addr = addr;
		m->rip = (u64)gateway_event;
		m->rsp = (u64)t->frame;
		mask_all(uc);
		return true;
	}
	if (m->rip - made_low < made_size) {
		m->r11 = m->rip;
		m->rip = made_landing;
		return true;
	}
	if (linux_in_text(m->rip)) {
		u64 to = fixup_for(m->rip);

		if (to)
			m->rip = to;
		return to != 0;
	}
	if (linux_patch_owns(m->rip, &site)) { /* a displaced instruction of the guest faulted */
		m->rip = site;
		interrupt_guest(t, si, uc);
		return true;
	}
	return false;
}

static u16 more(u16 have, const siginfo_t *si)
{
	return (u16)MIN(have + linux_samples(si), (u32)UINT16_MAX);
}

/* Where it is in the guest's code the thread comes to the gateway, as for an event, of which there
 * is none. In the runtime it is counted. */
static void take_sample(struct exo_thread *t, const siginfo_t *si, struct ucontext *uc)
{
	struct sigcontext *m = &uc->uc_mcontext;
	u64 site;

	/* Most calls the host begins again by itself (SA_RESTART); of the others a wait that the
	 * signal ended is to be begun again. */
	if (m->rip == (u64)exo_call_window_end && (long)m->rax == -EINTR)
		t->interrupted = 1;
	if (linux_in_text(m->rip) || on_own_stack(t, m->rsp) || linux_patch_owns(m->rip, &site) ||
	    linux_in_vdso(m->rip)) {
		t->sampled_inside = more(t->sampled_inside, si);
		return;
	}
	t->sampled = more(t->sampled, si);
	t->interrupted = 1;
	linux_frame_from_context(t->frame, uc);
	m->rip = (u64)gateway_event;
	m->rsp = (u64)t->frame;
	m->eflags &= ~0x500UL; /* direction, single step */
}

static void on_signal(int sig, siginfo_t *si, struct ucontext *uc)
{
	struct exo_thread *t = exo_self();
	struct sigcontext *m = &uc->uc_mcontext;
	u64 site;
	bool runtime;

	/* Both leave the number in rax and the program counter behind the instruction. */
	if (sig == SIGSYS && (si->si_code == CODE_SYS_USER_DISPATCH ||
			      (si->si_code == CODE_SYS_SECCOMP && !linux_in_text(m->rip)))) {
		guest_call(uc);
		return;
	}
	if (sig == SIGSYS)
		make_lost_call_again(m);
	if (sig == SIGSYS && linux_errand(t, si))
		return;
	if (sig == LINUX_SAMPLE_SIGNAL && linux_is_sample(si)) {
		take_sample(t, si, uc);
		return;
	}
	if (sig == SIGTRAP && linux_patch_trap(m->rip)) {
		m->rip--;
		if (si->si_code > 0)
			return;
	}
	runtime = linux_in_text(m->rip) || on_own_stack(t, m->rsp);
	if (is_fault(sig, si)) {
		if ((runtime || linux_patch_owns(m->rip, &site))) {
			if (!recover(t, si, uc))
				fault_in_runtime(sig, t, uc);
			return;
		}
		if (!interrupt_is_call(uc))
			interrupt_guest(t, si, uc);
		return;
	}
	if (!runtime && !linux_patch_owns(m->rip, &site)) {
		interrupt_guest(t, si, uc);
		return;
	}
	note(t, si, uc);
	mask_all(uc);
	if ((m->rip >= (u64)exo_call_window && m->rip < (u64)exo_call_window_end) ||
	    (m->rip >= (u64)linux_mask_window && m->rip < (u64)linux_mask_window_end))
		m->rip = (u64)exo_call_interrupted;
	else if (m->rip >= (u64)gateway_exit && m->rip < (u64)gateway_exit_end) {
		m->rip = (u64)gateway_exit;
		m->rsp = (u64)t->frame;
	}
}

static long action_set(int sig, u64 handler, u64 flags, u64 mask)
{
	struct linux_action a = {handler, flags | SA_RESTORER, (u64)linux_sigreturn, mask};

	return LINUX(__NR_rt_sigaction, sig, &a, 0, 8);
}

long exo_signal_set(int sig, enum exo_disposition how, u64 flags)
{
	u64 keep = flags & (SA_NOCLDSTOP | SA_NOCLDWAIT);

	if (SIGNAL_BIT(sig) & (SYNC_SIGNALS | linux_sample_bit))
		how = EXO_CATCH;
	if (how != EXO_CATCH)
		return action_set(sig, how == EXO_IGNORE ? 1 : 0, keep, 0);
	if (SIGNAL_BIT(sig) & linux_sample_bit)
		keep |= SA_RESTART;
	return action_set(sig, (u64)on_signal, keep | SA_SIGINFO | SA_ONSTACK, ~0UL);
}

/* Those of the signals we cannot do without that the process was started with ignored. */
static u64 found_ignored;

enum exo_disposition exo_signal_inherited(int sig)
{
	struct linux_action a = {0};

	if (SIGNAL_BIT(sig) & SYNC_SIGNALS)
		return found_ignored & SIGNAL_BIT(sig) ? EXO_IGNORE : EXO_DEFAULT;
	LINUX(__NR_rt_sigaction, sig, 0, &a, 8);
	return a.handler == 1 ? EXO_IGNORE : EXO_DEFAULT;
}

void exo_signal_ignore_for_exec(u64 set)
{
	for (int sig = 1; sig <= 64; sig++)
		if ((SIGNAL_BIT(sig) & SYNC_SIGNALS) && (set & SIGNAL_BIT(sig)))
			action_set(sig, 1, 0, 0);
}

/* Which of them were ignored. */
static u64 catch_sync(void)
{
	struct linux_action a = {(u64)on_signal, SA_SIGINFO | SA_ONSTACK | SA_RESTORER,
				 (u64)linux_sigreturn, ~0UL},
			    old;
	u64 ignored = 0;

	for (int sig = 1; sig <= 64; sig++) {
		if (!(SIGNAL_BIT(sig) & SYNC_SIGNALS))
			continue;
		old.handler = 0;
		LINUX(__NR_rt_sigaction, sig, &a, &old, 8);
		if (old.handler == 1)
			ignored |= SIGNAL_BIT(sig);
	}
	return ignored;
}

void exo_signal_after_exec(void)
{
	catch_sync();
}

static u64 more_open; /* than SYNC_SIGNALS */

u64 exo_mask_sync(void)
{
	return SYNC_SIGNALS | more_open | linux_sample_bit;
}

void exo_mask_open(u64 set)
{
	more_open = set;
}

void exo_mask_set(u64 mask)
{
	u64 m = mask & ~exo_mask_sync();

	linux_mask_set(&m);
}

bool exo_event_take(struct exo_event *ev)
{
	struct exo_thread *t = exo_self();

	t->interrupted = 0;
	if (!t->has_event)
		return false;
	*ev = t->event;
	if (UNLIKELY(t->has_late)) {
		memset(&t->event, 0, sizeof(t->event));
		memcpy(t->event.siginfo, t->late, sizeof(t->late));
		t->has_late = 0;
		t->interrupted = 1;
	} else {
		t->has_event = 0;
	}
	return true;
}

void exo_die_of_signal(int sig)
{
	long pid = LINUX(__NR_getpid), tid = LINUX(__NR_gettid);
	u64 m = ~SIGNAL_BIT(sig);

	action_set(sig, 0, 0, 0);
	LINUX(__NR_tgkill, pid, tid, sig);
	LINUX(__NR_rt_sigprocmask, SIG_SETMASK, &m, 0, 8);
	exo_exit(128 + sig);
}

void linux_altstack_set(struct exo_thread *t)
{
	stack_t ss = {.ss_sp = (void *)(t->block + EXO_ALTSTACK_LOW),
		      .ss_size = EXO_ALTSTACK_HIGH - EXO_ALTSTACK_LOW};

	LINUX(__NR_sigaltstack, &ss, 0);
}

void linux_handlers_start(void)
{
	found_ignored = catch_sync();
}
