/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/sigframe.c: the frame a handler finds, and contexts.
 *
 * A handler starts with a return address that is not one: the C library's own handler, which
 * is the one the kernel knows, calls the program's and then setcontext(2). From the top: 128
 * bytes the interrupted code may use, the siginfo if there is one, what the processor has beyond
 * SSE, the ucontext, and the three words a debugger walks the stack by.
 *
 * Facts: usr/src/uts/intel/ia32/os/sendsig.c (sendsig), usr/src/uts/intel/ia32/syscall/
 * getcontext.c; the form of what is beyond SSE: uts/intel/os/fpu.c of 2023, "Signal handling and
 * the ucontext_t". A handler gets the siginfo only when SA_SIGINFO was asked for.
 */
#include "core/process.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"

#define RED_ZONE    128
#define LEGACY_SIZE 512
#define HEADER_SIZE 64
#define FLAGS_USER  0x240dd5UL /* what setgregs lets a program change: PSL_USERMASK and ID */
#define FLAGS_BASE  0x202UL

/* In the order of their bits: AVX; opmask; upper halves of ZMM0-15; ZMM16-31. */
static const u8 parts[] = {2, 5, 6, 7};
#define PARTS_MASK 0xe4UL

struct linkage {
	u64 retaddr, signo, siginfo;
};
SIZE_ASSERT(struct linkage, 24);

static void put_registers(const struct exo_frame *f, const struct exo_event *ev, u64 *g)
{
	g[ILLUMOS_REG_R15] = f->r15;
	g[ILLUMOS_REG_R14] = f->r14;
	g[ILLUMOS_REG_R13] = f->r13;
	g[ILLUMOS_REG_R12] = f->r12;
	g[ILLUMOS_REG_R11] = f->r11;
	g[ILLUMOS_REG_R10] = f->r10;
	g[ILLUMOS_REG_R9] = f->r9;
	g[ILLUMOS_REG_R8] = f->r8;
	g[ILLUMOS_REG_RDI] = f->rdi;
	g[ILLUMOS_REG_RSI] = f->rsi;
	g[ILLUMOS_REG_RBP] = f->rbp;
	g[ILLUMOS_REG_RBX] = f->rbx;
	g[ILLUMOS_REG_RDX] = f->rdx;
	g[ILLUMOS_REG_RCX] = f->rcx;
	g[ILLUMOS_REG_RAX] = f->rax;
	g[ILLUMOS_REG_RIP] = f->rip;
	g[ILLUMOS_REG_RFL] = f->rflags;
	g[ILLUMOS_REG_RSP] = f->rsp;
	g[ILLUMOS_REG_CS] = ILLUMOS_UCS_SEL;
	g[ILLUMOS_REG_SS] = ILLUMOS_UDS_SEL;
	g[ILLUMOS_REG_DS] = ILLUMOS_UDS_SEL;
	g[ILLUMOS_REG_ES] = ILLUMOS_UDS_SEL;
	g[ILLUMOS_REG_FSBASE] = exo_tls_get();
	if (ev) {
		g[ILLUMOS_REG_TRAPNO] = ev->trap;
		g[ILLUMOS_REG_ERR] = ev->error;
	}
}

void illumos_context_registers(const struct core_thread *t, u64 *g)
{
	exo_frame_complete(t->exo.frame);
	put_registers(t->exo.frame, NULL, g);
}

static void get_registers(struct exo_frame *f, const u64 *g)
{
	f->r15 = g[ILLUMOS_REG_R15];
	f->r14 = g[ILLUMOS_REG_R14];
	f->r13 = g[ILLUMOS_REG_R13];
	f->r12 = g[ILLUMOS_REG_R12];
	f->r11 = g[ILLUMOS_REG_R11];
	f->r10 = g[ILLUMOS_REG_R10];
	f->r9 = g[ILLUMOS_REG_R9];
	f->r8 = g[ILLUMOS_REG_R8];
	f->rdi = g[ILLUMOS_REG_RDI];
	f->rsi = g[ILLUMOS_REG_RSI];
	f->rbp = g[ILLUMOS_REG_RBP];
	f->rbx = g[ILLUMOS_REG_RBX];
	f->rdx = g[ILLUMOS_REG_RDX];
	f->rcx = g[ILLUMOS_REG_RCX];
	f->rax = g[ILLUMOS_REG_RAX];
	f->rip = g[ILLUMOS_REG_RIP];
	f->rflags = (g[ILLUMOS_REG_RFL] & FLAGS_USER) | FLAGS_BASE;
	f->rsp = g[ILLUMOS_REG_RSP];
}

/* What uc_stack says: the stack a program registered (setustack), the alternate one while it is
 * in use, or the first thread's. */
static void put_stack(const struct core_thread *t, const struct exo_frame *f,
		      struct illumos_stack *out)
{
	u64 registered = t->abi_data[ILLUMOS_T_USTACK];

	if (registered && copy_from_guest(out, gp(registered), sizeof(*out)) == 0 && out->ss_size)
		return;
	*out = (struct illumos_stack){0};
	if (core_on_altstack(t, f->rsp)) {
		out->ss_sp = t->altstack.ss_sp;
		out->ss_size = t->altstack.ss_size;
		out->ss_flags = ILLUMOS_SS_ONSTACK;
	} else {
		out->ss_sp = t->proc->stack_low;
		out->ss_size = t->proc->stack_high - t->proc->stack_low;
	}
}

/* The context of f, without the extended state. */
static void put_context(const struct core_thread *t, const struct exo_frame *f,
			const struct exo_event *ev, u64 mask, struct illumos_ucontext *uc)
{
	memset(uc, 0, sizeof(*uc));
	uc->uc_flags = ILLUMOS_UC_ALL;
	uc->uc_link = t->abi_data[ILLUMOS_T_OLDCONTEXT];
	core_to_illumos_sigset(mask, t->abi_data[ILLUMOS_T_ALONE], &uc->uc_sigmask);
	put_stack(t, f, &uc->uc_stack);
	put_registers(f, ev, uc->gregs);
}

/* Which parts beyond SSE are in use, of what area holds, and their bytes with the header. */
static u64 parts_in(const u8 *area, u64 *bytes)
{
	u64 bv = *(const u64 *)(area + LEGACY_SIZE) & exo_xstate_features() & PARTS_MASK;
	u32 at, size;

	*bytes = sizeof(struct illumos_uc_xsave);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (bv >> parts[i] & 1 && exo_xstate_part(parts[i], &at, &size))
			*bytes += size;
	return bv;
}

static long put_parts(const u8 *area, u64 bv, u64 bytes, u64 to)
{
	struct illumos_uc_xsave head = {.vers = ILLUMOS_UC_XSAVE_VERS, .len = (u32)bytes, .bv = bv};
	long r = copy_to_guest(gp(to), &head, sizeof(head));
	u32 at, size;

	to += sizeof(head);
	for (size_t i = 0; i < ARRAY_LEN(parts) && r == 0; i++) {
		if (!(bv >> parts[i] & 1) || !exo_xstate_part(parts[i], &at, &size))
			continue;
		r = copy_to_guest(gp(to), area + at, size);
		to += size;
	}
	return r;
}

/* The extended state as it is, in the thread's scratch; NULL when it is larger. */
static u8 *save_xstate(u64 features)
{
	u8 *area = exo_thread_scratch(exo_self());

	if (exo_xstate_size() > EXO_SCRATCH_SIZE)
		return NULL;
	memset(area, 0, LEGACY_SIZE + HEADER_SIZE);
	exo_xstate_save(area, exo_xstate_features() & features);
	return area;
}

static void put_fpregs(const u8 *area, struct illumos_fpregset *fp)
{
	memcpy(fp->fxsave, area, LEGACY_SIZE);
}

long illumos_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			  const struct core_siginfo *si, const struct exo_event *ev, u64 mask)
{
	bool fault =
	    si->si_code > 0 && si->si_code != CORE_SI_KERNEL && si->si_signo != CORE_SIGCHLD;
	struct linkage link = {.retaddr = ~0UL};
	struct illumos_ucontext uc;
	u64 sp = core_signal_stack(t, f, a), bytes, bv;
	u8 *area = save_xstate(~0UL);

	if (!area)
		return -CORE_EFAULT;
	if (sp == f->rsp)
		sp -= RED_ZONE;
	put_context(t, f, fault ? ev : NULL, mask, &uc);
	put_fpregs(area, &uc.fpregs);
	if (a->flags & CORE_SA_SIGINFO) {
		struct illumos_siginfo info;

		core_to_illumos_siginfo(si, fault ? ev->trap : 0, f->rip, &info);
		sp = ALIGN_DOWN(sp - sizeof(info), 16UL);
		link.siginfo = sp;
		if (copy_to_guest(gp(sp), &info, sizeof(info)) < 0)
			return -CORE_EFAULT;
	}
	bv = parts_in(area, &bytes);
	if (bv) {
		sp = ALIGN_DOWN(sp - bytes, 64UL);
		uc.uc_flags |= ILLUMOS_UC_XSAVE;
		uc.uc_xsave = sp;
		if (put_parts(area, bv, bytes, sp) < 0)
			return -CORE_EFAULT;
	}
	sp = ALIGN_DOWN(sp - sizeof(uc), 16UL);
	if (copy_to_guest(gp(sp), &uc, sizeof(uc)) < 0)
		return -CORE_EFAULT;
	link.signo = (u64)core_to_illumos_signal(si->si_signo);
	if (copy_to_guest(gp(sp - sizeof(link)), &link, sizeof(link)) < 0)
		return -CORE_EFAULT;
	t->abi_data[ILLUMOS_T_OLDCONTEXT] = sp;
	f->rdi = link.signo;
	f->rsi = link.siginfo;
	f->rdx = sp;
	f->rsp = sp - sizeof(link);
	f->rip = a->handler;
	f->rflags = FLAGS_BASE;
	return 0;
}

/* Reads the parts of uc_xsave into area, whose header says which there are. */
static long get_parts(u64 from, u8 *area)
{
	struct illumos_uc_xsave head;
	u64 *bv = (u64 *)(area + LEGACY_SIZE), left;
	u32 at, size;

	if (copy_from_guest(&head, gp(from), sizeof(head)) < 0)
		return -CORE_EFAULT;
	if (head.vers != ILLUMOS_UC_XSAVE_VERS || head.len < sizeof(head) ||
	    head.bv & ~(exo_xstate_features() & PARTS_MASK))
		return -CORE_EINVAL;
	left = head.len - sizeof(head);
	from += sizeof(head);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (!(head.bv >> parts[i] & 1) || !exo_xstate_part(parts[i], &at, &size))
			continue;
		if (size > left)
			return -CORE_EOVERFLOW;
		if (copy_from_guest(area + at, gp(from), size) < 0)
			return -CORE_EFAULT;
		left -= size;
		from += size;
	}
	*bv |= head.bv;
	return 0;
}

/* Without UC_XSAVE what is beyond SSE stays as it is. */
static long get_xstate(const struct illumos_ucontext *uc)
{
	u8 *area = exo_thread_scratch(exo_self());
	u64 *header = (u64 *)(area + LEGACY_SIZE), features = 3;
	long r;

	if (exo_xstate_size() > EXO_SCRATCH_SIZE)
		return -CORE_EINVAL;
	memcpy(area, uc->fpregs.fxsave, LEGACY_SIZE);
	memset(header, 0, HEADER_SIZE);
	header[0] = 3;
	if (uc->uc_flags & ILLUMOS_UC_XSAVE) {
		r = get_parts(uc->uc_xsave, area);
		if (r < 0)
			return r;
		features |= exo_xstate_features() & PARTS_MASK;
	}
	return exo_xstate_restore(area, features) ? -CORE_EINVAL : 0;
}

static void get_stack(struct core_thread *t, const struct illumos_stack *s)
{
	u64 registered = t->abi_data[ILLUMOS_T_USTACK];

	if (s->ss_flags == ILLUMOS_SS_ONSTACK) {
		t->altstack.ss_sp = s->ss_sp;
		t->altstack.ss_size = s->ss_size;
		t->altstack.ss_flags = 0;
	}
	if (registered)
		copy_to_guest(gp(registered), s, sizeof(*s));
}

void illumos_context_mask(struct core_thread *t, const struct illumos_sigset *set)
{
	t->deferring = false;
	core_sigmask_set(t, illumos_to_core_sigset(set, &t->abi_data[ILLUMOS_T_ALONE]));
}

static long set_context(struct core_thread *t, guest_ptr ucp)
{
	struct illumos_ucontext uc;
	struct exo_frame *f = t->exo.frame;
	long r;

	if (!ucp.addr)
		core_exit(t, 0);
	if (copy_from_guest(&uc, ucp, sizeof(uc)) < 0)
		return -CORE_EFAULT;
	if (uc.uc_flags & ILLUMOS_UC_CPU && uc.gregs[ILLUMOS_REG_FSBASE] >= EXO_GUEST_HIGH)
		return -CORE_EINVAL;
	if (uc.uc_flags & ILLUMOS_UC_FPU) {
		r = get_xstate(&uc);
		if (r < 0)
			return r;
	}
	t->abi_data[ILLUMOS_T_OLDCONTEXT] = uc.uc_link;
	if (uc.uc_flags & ILLUMOS_UC_STACK)
		get_stack(t, &uc.uc_stack);
	if (uc.uc_flags & ILLUMOS_UC_CPU) {
		/* The kernel sets the base only with the old selector that says so. */
		get_registers(f, uc.gregs);
		f->kind |= EXO_FRAME_FULL | EXO_FRAME_ASYNC;
	}
	if (uc.uc_flags & ILLUMOS_UC_SIGMASK)
		illumos_context_mask(t, &uc.uc_sigmask);
	return uc.uc_flags & ILLUMOS_UC_CPU ? -CORE_EJUSTRETURN : 0;
}

static long get_context(struct core_thread *t, guest_ptr ucp, bool extended)
{
	struct illumos_ucontext uc;
	u64 bytes, bv, to = 0;
	u8 *area;

	if (extended &&
	    guest_read_u64(gp(ucp.addr + offsetof(struct illumos_ucontext, uc_xsave)), &to) < 0)
		return -CORE_EFAULT;
	area = save_xstate(to ? ~0UL : 3);
	if (!area)
		return -CORE_EFAULT;
	core_call_complete(t);
	put_context(t, t->exo.frame, NULL, core_sigmask(t), &uc);
	uc.gregs[ILLUMOS_REG_RAX] = 0;
	uc.gregs[ILLUMOS_REG_RDX] = 0;
	put_fpregs(area, &uc.fpregs);
	bv = parts_in(area, &bytes);
	if (to) {
		uc.uc_flags |= ILLUMOS_UC_XSAVE;
		uc.uc_xsave = to;
		if (put_parts(area, bv, bytes, to) < 0)
			return -CORE_EFAULT;
	}
	return copy_to_guest(ucp, &uc, sizeof(uc));
}

long illumos_getsetcontext(struct core_thread *t, INT code, INOUT arg)
{
	struct illumos_stack stack;

	switch (code) {
	case ILLUMOS_GETCONTEXT:
	case ILLUMOS_GETCONTEXT_EXTD:
		return get_context(t, arg, code == ILLUMOS_GETCONTEXT_EXTD);
	case ILLUMOS_SETCONTEXT:
		return set_context(t, arg);
	case ILLUMOS_GETUSTACK:
		return guest_write_u64(arg, t->abi_data[ILLUMOS_T_USTACK]);
	case ILLUMOS_SETUSTACK:
		if (copy_from_guest(&stack, arg, sizeof(stack)) < 0)
			return -CORE_EFAULT;
		t->abi_data[ILLUMOS_T_USTACK] = arg.addr;
		return 0;
	default:
		return -CORE_EINVAL;
	}
}

/* For a thread that begins in a context: registers alone, as lwp_load has them. */
void illumos_context_begin(struct exo_frame *f, const struct illumos_ucontext *uc)
{
	get_registers(f, uc->gregs);
	f->rflags = FLAGS_BASE;
}
