/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/signal.c: dispositions, masks and delivery.
 *
 * The host keeps what is pending and applies the mask, except for the four signals the
 * runtime itself lives on (SEGV, BUS, TRAP, SYS): the host never blocks those, so one that
 * the guest blocks is held here until it is let through. A signal is delivered at one
 * place, core_signal_dispatch, on the way back to the guest: one frame-building path for
 * signals that interrupted guest code and for those that interrupted a call.
 *
 * A personality may put signals off beside the mask (`defers`): one that came all the same is given
 * back to the host, which blocks every signal until core_signal_resume.
 *
 * A disposition is told to the host first and remembered second, so the host's handler
 * can find a disposition that changed under it: dispatch looks at the table, not at why
 * the host called.
 */
#include "core/signal.h"
#include "core/debugged.h"
#include "core/missing.h"
#include "core/personality.h"
#include "core/threads.h"
#include "core/traced.h"
#include "exo/note.h"
#include "lib/mem.h"

/*
 * Signals a kqueue watches (EVFILT_SIGNAL counts what is sent, even what is ignored or
 * blocked): the host delivers them whatever the guest's disposition and mask, and what the
 * guest does not want yet or at all is held or dropped here.
 */
static FB_HOT u64 watched;
static void (*watcher)(int sig); /* is told of those */
static u16 watchers[CORE_NSIG];

static bool ignored_by_default(const struct core_thread *t, int sig)
{
	return (t->abi->default_ignored & CORE_SIGBIT(sig)) != 0;
}

static bool ignores(const struct core_thread *t, int sig, const struct core_action *a)
{
	return a->handler == CORE_SIG_IGN ||
	       (a->handler == CORE_SIG_DFL && ignored_by_default(t, sig));
}

static long tell_host(struct core_thread *t, int sig, const struct core_action *a)
{
	enum exo_disposition how = EXO_CATCH;
	u64 flags = a->flags;

	if (watched & CORE_SIGBIT(sig)) {
		if (a->handler == CORE_SIG_IGN) /* of SIGCHLD this says more than the host hears */
			flags |= CORE_SA_NOCLDWAIT;
	} else if (ignores(t, sig, a)) {
		how = EXO_IGNORE;
	} else if (a->handler == CORE_SIG_DFL) {
		how = t->abi->dumps & CORE_SIGBIT(sig) ? EXO_CATCH : EXO_DEFAULT;
	}
	if (UNLIKELY(t->proc->traced) && sig != CORE_SIGCHLD && sig != CORE_SIGCONT)
		how = EXO_CATCH;
	/* A child's end must be told natively, or wait(2) would lose its status. */
	if (how == EXO_IGNORE && sig == CORE_SIGCHLD && a->handler == CORE_SIG_DFL)
		how = EXO_DEFAULT;
	return exo_signal_set(sig, how, flags);
}

long core_sigaction(struct core_thread *t, int sig, const struct core_action *act,
		    struct core_action *old)
{
	struct core_process *p = t->proc->handlers;
	long r = 0;

	if (sig < 1 || sig >= CORE_NSIG)
		return -CORE_EINVAL;
	exo_lock(&p->lock);
	if (old)
		*old = p->action[sig];
	if (act) {
		/* Saying once more that it is ignored drops what the host has kept of it. */
		if (t->abi->discards_ignored && ignores(t, sig, &p->action[sig]) &&
		    !ignores(t, sig, act) &&
		    ((t->exo.mask & CORE_SIGBIT(sig)) || t->proc->refs > 1))
			tell_host(t, sig, &p->action[sig]);
		r = tell_host(t, sig, act);
		if (r == 0) {
			p->action[sig] = *act;
			p->action[sig].abi = t->calling ? t->calling : t->abi;
		}
	}
	exo_unlock(&p->lock);
	return r;
}

/* Those held that may be delivered. */
static u64 ready(const struct core_thread *t)
{
	return t->deferring ? 0 : t->held & ~t->exo.mask;
}

void core_sigmask_apply(const struct core_thread *t, u64 more)
{
	exo_mask_set(t->deferring ? ~0UL : t->exo.mask | more);
}

void core_sigmask_set(struct core_thread *t, u64 mask)
{
	t->exo.mask = mask & ~CORE_SIG_UNBLOCKABLE;
	core_sigmask_apply(t, 0);
	if (ready(t))
		t->exo.interrupted = 1;
}

void core_signal_resume(struct core_thread *t)
{
	t->deferring = false;
	core_sigmask_set(t, t->exo.mask);
}

long core_sigprocmask(struct core_thread *t, int how, u64 set, u64 *old)
{
	u64 now = t->exo.mask, next;

	if (old)
		*old = now;
	switch (how) {
	case CORE_SIG_BLOCK:
		next = now | set;
		break;
	case CORE_SIG_UNBLOCK:
		next = now & ~set;
		break;
	case CORE_SIG_SETMASK:
		next = set;
		break;
	default:
		return -CORE_EINVAL;
	}
	next &= ~CORE_SIG_UNBLOCKABLE;
	if (next != now)
		core_sigmask_set(t, next);
	return 0;
}

void core_sigmask_during_call(struct core_thread *t, u64 mask)
{
	if (!t->restore_mask) {
		t->saved_mask = t->exo.mask;
		t->restore_mask = true;
	}
	core_sigmask_set(t, mask);
}

u64 core_signal_discarded(const struct core_thread *t)
{
	u64 set = 0;

	if (!t->abi->discards_ignored)
		return 0;
	for (int sig = 1; sig < CORE_NSIG; sig++)
		if (sig != CORE_SIGCONT && ignores(t, sig, &t->proc->action[sig]))
			set |= CORE_SIGBIT(sig);
	return set;
}

u64 core_sigpending(struct core_thread *t)
{
	u64 set = 0;

	EXO_NOW(rt_sigpending, &set, 8);
	set |= t->held;
	return set & ~core_signal_discarded(t);
}

bool core_on_altstack(const struct core_thread *t, u64 sp)
{
	return !(t->altstack.ss_flags & CORE_SS_DISABLE) && t->altstack.ss_size != 0 &&
	       sp - t->altstack.ss_sp <= t->altstack.ss_size;
}

u64 core_signal_stack(const struct core_thread *t, const struct exo_frame *f,
		      const struct core_action *a)
{
	if ((a->flags & CORE_SA_ONSTACK) && t->altstack.ss_size != 0 &&
	    !(t->altstack.ss_flags & CORE_SS_DISABLE) && !core_on_altstack(t, f->rsp))
		return t->altstack.ss_sp + t->altstack.ss_size;
	return f->rsp;
}

void core_signal_die(struct core_thread *t, struct exo_frame *f, int sig)
{
	exo_note(ROOM_CORE, NOTE_INFO, "the host's signal %d ends the process", sig);
	if (trace_on())
		core_trace_death(t, sig);
	if (t->abi->dies)
		t->abi->dies(t, f, sig);
	exo_die_of_signal(sig);
}

/* The default of a signal that reached us: the machine's own default is asked to act. */
static void default_action(struct core_thread *t, struct exo_frame *f, int sig)
{
	if (ignored_by_default(t, sig))
		return;
	switch (sig) {
	case CORE_SIGCHLD:
	case CORE_SIGURG:
	case CORE_SIGWINCH:
	case CORE_SIGCONT:
		return;
	case CORE_SIGTSTP:
	case CORE_SIGTTIN:
	case CORE_SIGTTOU:
		EXO_NOW(kill, t->pid, CORE_SIGSTOP);
		return;
	default:
		core_end_peers(t);
		core_missing_report(t->abi);
		core_signal_die(t, f, sig);
	}
}

static bool is_fault(const struct core_siginfo *si)
{
	return si->si_code > 0 && si->si_code != CORE_SI_KERNEL
		   ? si->si_signo == CORE_SIGSEGV || si->si_signo == CORE_SIGBUS ||
			 si->si_signo == CORE_SIGILL || si->si_signo == CORE_SIGFPE ||
			 si->si_signo == CORE_SIGTRAP || si->si_signo == CORE_SIGSYS
		   : si->si_code == CORE_SI_KERNEL &&
			 (si->si_signo == CORE_SIGSEGV || si->si_signo == CORE_SIGBUS ||
			  si->si_signo == CORE_SIGTRAP);
}

/* What becomes of an interrupted call, once it is known which handler (or none) runs. */
static void settle_call(struct exo_frame *f, long *result, const struct core_action *a)
{
	bool again;

	switch (-*result) {
	case CORE_ERESTART_ALWAYS:
		again = true;
		break;
	case CORE_ERESTART_NOHAND:
		again = a == NULL;
		break;
	case CORE_EINTR:
		again = a == NULL || (a->flags & CORE_SA_RESTART);
		break;
	case CORE_EINTR_FINAL:
		again = false;
		break;
	default:
		return;
	}
	if (!again) {
		*result = -CORE_EINTR;
		return;
	}
	exo_frame_complete(f);
	f->kind |= EXO_FRAME_AGAIN;
	f->rip -= 2;
	f->rax = f->nr;
	*result = -CORE_EJUSTRETURN;
}

__attribute__((noinline)) void core_signal_caught(int sig, const struct core_siginfo *si)
{
	__asm__ volatile("" : : "r"(sig), "r"(si) : "memory");
}

static void run_handler(struct core_thread *t, struct exo_frame *f, struct core_action *a,
			const struct core_siginfo *si, const struct exo_event *ev)
{
	u64 before = t->restore_mask ? t->saved_mask : t->exo.mask;
	u64 during = t->exo.mask | a->mask;

	t->restore_mask = false;
	t->handled++;
	__atomic_add_fetch(&t->proc->handled, 1, __ATOMIC_RELAXED);
	exo_frame_complete(f);
	core_signal_caught(si->si_signo, si);
	if (!(a->flags & CORE_SA_NODEFER))
		during |= CORE_SIGBIT(si->si_signo);
	if (a->flags & CORE_SA_RESETHAND) {
		struct core_action dfl = {0};

		core_sigaction(t, si->si_signo, &dfl, NULL);
	}
	if ((a->abi ? a->abi : t->abi)->signal_frame(t, f, a, si, ev, before) < 0)
		core_signal_die(t, f, CORE_SIGSEGV);
	f->kind |= EXO_FRAME_HANDLER;
	t->exo.mask = during & ~CORE_SIG_UNBLOCKABLE;
}

/* Each signal once, though it be passed on; a vfork child's are not its parent's. */
void core_signal_count(struct core_thread *t, int sig)
{
	u64 bit = CORE_SIGBIT(sig);

	if (LIKELY(!(watched & bit)))
		return;
	if (__atomic_fetch_and(&t->counted, ~bit, __ATOMIC_RELAXED) & bit || t->proc->borrows)
		return;
	watcher(sig);
}

static struct core_siginfo *held_info(struct core_thread *t, int sig)
{
	for (u32 i = 0; i < ARRAY_LEN(t->held_info); i++)
		if (t->held_info[i].si_signo == sig)
			return &t->held_info[i];
	return NULL;
}

/* Of more signals than there is room for only the number is kept. */
static void hold(struct core_thread *t, const struct core_siginfo *si)
{
	struct core_siginfo *info = held_info(t, si->si_signo);

	for (u32 i = 0; !info && i < ARRAY_LEN(t->held_info); i++)
		if (!t->held_info[i].si_signo || !(t->held & CORE_SIGBIT(t->held_info[i].si_signo)))
			info = &t->held_info[i];
	if (info)
		*info = *si;
	t->held |= CORE_SIGBIT(si->si_signo);
}

/* Faults are never put off: one that the guest cannot take now ends it. */
static bool defers(struct core_thread *t, const struct core_siginfo *si)
{
	if (!t->abi->defers || !t->abi->defers(t))
		return false;
	if (is_fault(si))
		exo_die_of_signal(si->si_signo);
	return true;
}

/*
 * Gives a signal back to the machine, all of them blocked: what was meant for the process is
 * another thread's, if it wants it. Those the machine cannot block are held.
 */
static void put_off(struct core_thread *t, const struct core_siginfo *si)
{
	u64 bit = CORE_SIGBIT(si->si_signo);
	long r;

	t->deferring = true;
	core_sigmask_apply(t, 0);
	if (bit & exo_mask_sync())
		r = -CORE_EPERM;
	else if (si->si_code == CORE_SI_TKILL)
		r = EXO_NOW(rt_tgsigqueueinfo, t->pid, t->exo.tid, si->si_signo, si);
	else
		r = EXO_NOW(rt_sigqueueinfo, t->pid, si->si_signo, si);
	if (r < 0)
		hold(t, si);
}

static bool deliver(struct core_thread *t, struct exo_frame *f, const struct core_siginfo *si,
		    const struct exo_event *ev, long *result)
{
	struct core_siginfo changed;
	int sig = si->si_signo;
	struct core_action a;

	if (UNLIKELY(t->abi->signal_comes != NULL)) {
		changed = *si;
		if (!t->abi->signal_comes(t, f, &changed))
			return false;
		si = &changed;
		sig = si->si_signo;
	}
	if (sig < 1 || sig >= CORE_NSIG)
		return false;
	core_signal_count(t, sig);
	if (t->exo.mask & CORE_SIGBIT(sig) & exo_mask_sync()) {
		if (is_fault(si)) /* a blocked fault cannot wait */
			core_signal_die(t, f, sig);
		if (watched & CORE_SIGBIT(sig) &&
		    (ignores(t, sig, &t->proc->action[sig]) || core_thread_pass_signal(t, si)))
			return false;
		hold(t, si);
		return false;
	}
	a = t->proc->action[sig];
	if (a.handler == CORE_SIG_IGN && !is_fault(si))
		return false;
	if (defers(t, si)) {
		put_off(t, si);
		return false;
	}
	if (trace_on())
		core_trace_signal(t, si);
	if (a.handler == CORE_SIG_IGN || a.handler == CORE_SIG_DFL) {
		default_action(t, f, sig);
		return false;
	}
	if (!(f->kind & EXO_FRAME_ASYNC)) {
		settle_call(f, result, &a);
		if (*result != -CORE_EJUSTRETURN)
			core_call_result(t->calling ? t->calling : t->abi, f, *result);
		*result = -CORE_EJUSTRETURN;
	}
	exo_note(ROOM_CORE, NOTE_INFO, "the host's signal %d, of code %d, goes to %lx", sig,
		 si->si_code, a.handler);
	run_handler(t, f, &a, si, ev);
	return true;
}

void core_signal_take_held(struct core_thread *t, int sig, struct core_siginfo *si)
{
	const struct core_siginfo *info = held_info(t, sig);

	t->held &= ~CORE_SIGBIT(sig);
	*si = info ? *info : (struct core_siginfo){.si_signo = sig, .si_code = CORE_SI_KERNEL};
}

static bool take_held(struct core_thread *t, struct core_siginfo *si)
{
	u64 set = ready(t);
	int sig;

	if (!set)
		return false;
	sig = __builtin_ctzl(set) + 1;
	core_signal_take_held(t, sig, si);
	/* It was counted when it came. */
	__atomic_or_fetch(&t->counted, CORE_SIGBIT(sig) & watched, __ATOMIC_RELAXED);
	return true;
}

static bool take_raised(struct core_thread *t, struct core_siginfo *si)
{
	if (!t->has_raised)
		return false;
	t->has_raised = false;
	*si = t->raised;
	return true;
}

void core_signal_dispatch(struct core_thread *t, struct exo_frame *f, long result)
{
	struct exo_event ev;
	struct core_siginfo si;

	if (UNLIKELY(t->exo.refused)) {
		t->exo.refused = 0;
		if (result == -CORE_EINTR || result == -CORE_ERESTART_ALWAYS)
			result = -CORE_EINTR_FINAL;
	}
	for (;;) {
		bool had = exo_event_take(&ev);

		if (had) {
			memcpy(&si, ev.siginfo, sizeof(si));
			if (t->abi->fault && is_fault(&si) && si.si_signo != CORE_SIGSYS)
				t->abi->fault(&si, &ev, f);
		} else if (take_raised(t, &si) || take_held(t, &si)) {
			memset(&ev, 0, sizeof(ev));
			memcpy(ev.siginfo, &si, sizeof(si));
		} else {
			break;
		}
		deliver(t, f, &si, &ev, &result);
		core_sigmask_apply(t, 0); /* the machine's handler left everything blocked */
	}
	if (t->restore_mask) { /* no handler ran */
		t->restore_mask = false;
		core_sigmask_set(t, t->saved_mask);
	}
	if (f->kind & EXO_FRAME_ASYNC)
		return;
	settle_call(f, &result, NULL);
	if (result != -CORE_EJUSTRETURN)
		core_call_result(t->calling ? t->calling : t->abi, f, result);
}

static bool has_handler(const struct core_thread *t, int sig)
{
	return sig >= 1 && sig < CORE_NSIG && t->proc->action[sig].handler > CORE_SIG_IGN &&
	       !(t->exo.mask & CORE_SIGBIT(sig));
}

bool core_signal_absorb(struct core_thread *t)
{
	struct core_siginfo si;
	struct exo_event ev;
	long none = 0;
	bool any = false;

	if (t->exo.refused)
		return false;
	/* Nothing has come: the machine had an errand for the thread, or stopped it. */
	t->exo.interrupted = 0;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	if (!t->exo.has_event && !t->has_raised && !ready(t)) {
		/* A debugger that comes waits for nobody: the call is made again. */
		t->exo.interrupted = t->exo.asked && core_debugged.possible;
		return !t->exo.interrupted;
	}
	t->exo.interrupted = 1;
	while (t->exo.has_event) {
		memcpy(&si, t->exo.event.siginfo, sizeof(si));
		if (has_handler(t, si.si_signo) && !defers(t, &si))
			return false;
		exo_event_take(&ev);
		deliver(t, t->exo.frame, &si, &ev, &none);
		core_sigmask_apply(t, 0);
		any = true;
	}
	if (any && (t->has_raised || ready(t))) {
		t->exo.interrupted = 1;
		return false;
	}
	return any;
}

bool core_signal_restarts(const struct core_thread *t)
{
	struct core_siginfo si;

	if (!t->exo.has_event)
		return true;
	memcpy(&si, t->exo.event.siginfo, sizeof(si));
	return !has_handler(t, si.si_signo) ||
	       (t->proc->action[si.si_signo].flags & CORE_SA_RESTART);
}

void core_signal_watch(struct core_thread *t, int sig, bool on, void (*told)(int sig))
{
	u64 bit, pending = 0;

	if (sig < 1 || sig >= CORE_NSIG || (CORE_SIGBIT(sig) & CORE_SIG_UNBLOCKABLE))
		return;
	bit = CORE_SIGBIT(sig);
	exo_lock(&t->proc->handlers->lock);
	watcher = told;
	watchers[sig] = (u16)(watchers[sig] + (on ? 1 : -1));
	if (watchers[sig] == on) {
		/* One that was sent before will come now, and does not count. */
		if (on && (t->exo.mask & bit))
			EXO_NOW(rt_sigpending, &pending, 8);
		__atomic_or_fetch(&t->counted, pending & bit, __ATOMIC_RELAXED);
		watched = on ? watched | bit : watched & ~bit;
		exo_mask_open(watched);
		tell_host(t, sig, &t->proc->action[sig]);
		core_sigmask_apply(t, 0);
	}
	exo_unlock(&t->proc->handlers->lock);
}

void core_signal_unwatch(struct core_thread *t)
{
	u64 was = watched;

	if (LIKELY(!was))
		return;
	memset(watchers, 0, sizeof(watchers));
	watched = 0;
	exo_mask_open(0);
	for (int sig = 1; sig < CORE_NSIG; sig++)
		if (was & CORE_SIGBIT(sig))
			tell_host(t, sig, &t->proc->action[sig]);
	core_sigmask_apply(t, 0);
}

/* A program starts with what is ignored and blocked in the guest's eyes, not the host's. */
void core_signal_before_exec(struct core_thread *t)
{
	u64 blocked = exo_mask_sync() & t->exo.mask, ignored = core_signal_ignored(t->proc);

	exo_signal_ignore_for_exec(ignored);
	for (int sig = 1; sig < CORE_NSIG; sig++)
		if (watched & ignored & CORE_SIGBIT(sig))
			exo_signal_set(sig, EXO_IGNORE, 0);
	if (!blocked)
		return;
	EXO_NOW(rt_sigprocmask, CORE_SIG_BLOCK, &blocked, 0, 8);
	for (int sig = 1; sig < CORE_NSIG; sig++) { /* what waits goes on waiting */
		struct core_siginfo si;

		if (!(t->held & blocked & CORE_SIGBIT(sig)))
			continue;
		core_signal_take_held(t, sig, &si);
		t->counted |= CORE_SIGBIT(sig);
		EXO_NOW(rt_tgsigqueueinfo, t->pid, t->exo.tid, sig, &si);
	}
}

void core_signal_after_exec(struct core_thread *t)
{
	exo_signal_after_exec();
	for (int sig = 1; sig < CORE_NSIG; sig++)
		if (watched & CORE_SIGBIT(sig))
			tell_host(t, sig, &t->proc->action[sig]);
	if (exo_mask_sync() & t->exo.mask)
		core_sigmask_apply(t, 0);
}

void core_signal_raise(struct core_thread *t, const struct core_siginfo *si)
{
	t->raised = *si;
	t->has_raised = true;
	t->exo.interrupted = 1;
}

bool core_signal_self(struct core_thread *t, int sig, int code)
{
	struct core_siginfo si = {.si_signo = sig, .si_code = code};

	if (sig < 1 || sig >= CORE_NSIG || t->has_raised || (t->exo.mask & CORE_SIGBIT(sig)) ||
	    t->proc->action[sig].handler <= CORE_SIG_IGN)
		return false;
	si.kill.pid = t->pid;
	si.kill.uid = (u32)EXO_NOW(getuid);
	core_signal_raise(t, &si);
	return true;
}

void core_signal_inherit(struct core_process *p, bool said, u64 ignored)
{
	for (int sig = 1; sig < CORE_NSIG; sig++)
		if (said ? (ignored & CORE_SIGBIT(sig)) != 0
			 : exo_signal_inherited(sig) == EXO_IGNORE)
			p->action[sig].handler = CORE_SIG_IGN;
}

void core_signal_start(struct core_thread *t)
{
	u64 set =
	    t->abi->default_ignored & ~(CORE_SIGBIT(CORE_SIGCHLD) | CORE_SIGBIT(CORE_SIGURG) |
					CORE_SIGBIT(CORE_SIGWINCH) | CORE_SIGBIT(CORE_SIGCONT));

	for (; set; set &= set - 1) {
		int sig = __builtin_ctzl(set) + 1;

		if (t->proc->action[sig].handler == CORE_SIG_DFL)
			exo_signal_set(sig, EXO_IGNORE, 0);
	}
	for (set = t->abi->dumps; set; set &= set - 1) {
		int sig = __builtin_ctzl(set) + 1;

		if (t->proc->action[sig].handler == CORE_SIG_DFL)
			exo_signal_set(sig, EXO_CATCH, 0);
	}
}

void core_signal_traced(struct core_thread *t, bool on)
{
	t->proc->traced = on;
	for (int sig = 1; sig < CORE_NSIG && on; sig++)
		tell_host(t, sig, &t->proc->action[sig]);
}

u64 core_signal_ignored(const struct core_process *p)
{
	u64 set = 0;

	for (int sig = 1; sig < CORE_NSIG; sig++)
		if (p->action[sig].handler == CORE_SIG_IGN)
			set |= CORE_SIGBIT(sig);
	return set;
}
