/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/priv_sets.c: the four sets of a process, and how they change.
 *
 * A process that is not aware of privileges has, while its effective user is root, what its limit
 * set says, whatever its effective set; the same for the permitted set and any of its user ids.
 * Whoever changes a set but the inheritable one becomes aware, and then has what the sets say. An
 * exec makes effective and permitted what was inheritable, within the limit.
 *
 * Facts: privileges(7); usr/src/uts/common/syscall/ppriv.c (setppriv, setpflags), os/priv.c
 * (priv_set_PA, priv_can_clear_PA, priv_adjust_PA, priv_reset_PA), os/exec.c (execsetid, gexec),
 * syscall/uid.c, sys/priv_impl.h.
 */
#include "personality/illumos/priv_sets.h"
#include "core/personality.h"
#include "core/threads.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/procfs_peer.h"

#define PR_SET_KEEPCAPS 8

static struct exo_lock lock;

struct ids {
	u32 real, effective, saved;
};

static struct ids ids_now(void)
{
	struct ids i;

	EXO_NOW(getresuid, &i.real, &i.effective, &i.saved);
	return i;
}

static bool any_root(const struct ids *i)
{
	return i->real == 0 || i->effective == 0 || i->saved == 0;
}

static bool within(const struct illumos_priv_set *a, const struct illumos_priv_set *b)
{
	for (u32 i = 0; i < ILLUMOS_PRIV_SETSIZE; i++)
		if (a->bits[i] & ~b->bits[i])
			return false;
	return true;
}

static bool same(const struct illumos_priv_set *a, const struct illumos_priv_set *b)
{
	return within(a, b) && within(b, a);
}

static void unite(struct illumos_priv_set *to, const struct illumos_priv_set *with)
{
	for (u32 i = 0; i < ILLUMOS_PRIV_SETSIZE; i++)
		to->bits[i] |= with->bits[i];
}

static void intersect(struct illumos_priv_set *to, const struct illumos_priv_set *with)
{
	for (u32 i = 0; i < ILLUMOS_PRIV_SETSIZE; i++)
		to->bits[i] &= with->bits[i];
}

static void default_sets(struct illumos_privs *p)
{
	illumos_priv_basic(&p->set[ILLUMOS_EFFECTIVE]);
	p->set[ILLUMOS_INHERITABLE] = p->set[ILLUMOS_PERMITTED] = p->set[ILLUMOS_EFFECTIVE];
	illumos_priv_all(&p->set[ILLUMOS_LIMIT]);
}

/* What is stored, or would be. */
static struct illumos_privs stored(const struct core_process *p)
{
	struct illumos_privs s = *illumos_privs(p);

	if (!(s.flags & ILLUMOS_PRIVS_BEGUN))
		default_sets(&s);
	return s;
}

static struct illumos_priv_set observed(const struct illumos_privs *s, int which,
					const struct ids *i)
{
	if (!(s->flags & ILLUMOS_PRIV_AWARE) &&
	    ((which == ILLUMOS_EFFECTIVE && i->effective == 0) ||
	     (which == ILLUMOS_PERMITTED && any_root(i))))
		return s->set[ILLUMOS_LIMIT];
	return s->set[which];
}

struct illumos_priv_set illumos_priv_observed(const struct core_process *p, int which)
{
	struct illumos_privs s = stored(p);
	struct ids i = ids_now();

	return observed(&s, which, &i);
}

bool illumos_priv_has(const struct core_thread *t, enum illumos_priv p)
{
	struct illumos_priv_set e = illumos_priv_observed(t->proc, ILLUMOS_EFFECTIVE);

	return illumos_priv_in(&e, p);
}

bool illumos_priv_has_all(const struct core_thread *t)
{
	struct illumos_priv_set e = illumos_priv_observed(t->proc, ILLUMOS_EFFECTIVE), all;

	illumos_priv_all(&all);
	return within(&all, &e);
}

void illumos_cred_privileges(const struct core_thread *t, struct illumos_cred *c,
			     struct illumos_priv_set sets[ILLUMOS_PRIV_NSET])
{
	struct ids i = {c->ruid, c->euid, c->suid};
	struct illumos_privs s;
	struct illumos_public p;

	if (!illumos_public_of(t, c->pid, &p))
		return;
	memcpy(&s, &p.abi_data[ILLUMOS_P_PRIVS], sizeof(s));
	if (!(s.flags & ILLUMOS_PRIVS_BEGUN))
		return;
	for (int which = 0; which < ILLUMOS_PRIV_NSET; which++)
		sets[which] = observed(&s, which, &i);
	c->sets = sets;
	c->privflags = s.flags & ~ILLUMOS_PRIVS_BEGUN;
}

/* ---- awareness ----------------------------------------------------------------------------- */

static void become_aware(struct illumos_privs *s, const struct ids *i)
{
	if ((s->flags & (ILLUMOS_PRIV_AWARE | ILLUMOS_PRIV_AWARE_RESET)) == ILLUMOS_PRIV_AWARE)
		return;
	s->flags = (s->flags | ILLUMOS_PRIV_AWARE) & ~ILLUMOS_PRIV_AWARE_RESET;
	if (i->effective == 0)
		unite(&s->set[ILLUMOS_EFFECTIVE], &s->set[ILLUMOS_LIMIT]);
	if (any_root(i))
		unite(&s->set[ILLUMOS_PERMITTED], &s->set[ILLUMOS_LIMIT]);
}

static bool may_forget(const struct illumos_privs *s, const struct ids *i)
{
	const struct illumos_priv_set *limit = &s->set[ILLUMOS_LIMIT];

	return !any_root(i) || (same(&s->set[ILLUMOS_PERMITTED], limit) &&
				(i->effective != 0 || same(&s->set[ILLUMOS_EFFECTIVE], limit)));
}

/* No longer aware, where that gives it nothing it has not. */
static void forget(struct illumos_privs *s, const struct ids *i)
{
	if (!(s->flags & ILLUMOS_PRIV_AWARE) || !may_forget(s, i)) {
		s->flags &= ~ILLUMOS_PRIV_AWARE_RESET;
		return;
	}
	if (s->flags & ILLUMOS_PRIV_AWARE_INHERIT)
		return;
	if (i->effective == 0)
		intersect(&s->set[ILLUMOS_EFFECTIVE], &s->set[ILLUMOS_INHERITABLE]);
	if (any_root(i))
		intersect(&s->set[ILLUMOS_PERMITTED], &s->set[ILLUMOS_INHERITABLE]);
	s->flags &= ~(ILLUMOS_PRIV_AWARE | ILLUMOS_PRIV_AWARE_RESET);
}

static void inherit(struct illumos_privs *s)
{
	s->set[ILLUMOS_EFFECTIVE] = s->set[ILLUMOS_INHERITABLE];
	intersect(&s->set[ILLUMOS_EFFECTIVE], &s->set[ILLUMOS_LIMIT]);
}

/* PRIV_AWARE_RESET: user ids changed. */
static void reset_at_change(struct illumos_privs *s, const struct ids *i, bool final)
{
	const u32 both = ILLUMOS_PRIV_AWARE | ILLUMOS_PRIV_AWARE_RESET;

	if ((s->flags & both) != both) {
		s->flags &= ~ILLUMOS_PRIV_AWARE_RESET;
		return;
	}
	if (i->saved == i->real && i->saved == i->effective) {
		if (final || i->effective != 0) {
			inherit(s);
			s->set[ILLUMOS_PERMITTED] = s->set[ILLUMOS_EFFECTIVE];
			s->flags &= ~both;
		} else {
			s->set[ILLUMOS_EFFECTIVE] = s->set[ILLUMOS_PERMITTED];
		}
	} else if (i->effective != 0 && (i->real == 0 || i->saved == 0)) {
		inherit(s);
	}
}

/* ---- taking effect ------------------------------------------------------------------------- */

static void guard(struct core_thread *t)
{
	core_thread_set_abi(t, &illumos_guarded);
}

static void unguard(struct core_thread *t)
{
	core_thread_set_abi(t, &illumos_personality);
}

/* What users of its kind have: no call need be looked at. */
static bool is_usual(const struct illumos_priv_set *e, const struct ids *i)
{
	struct illumos_priv_set usual;

	if (i->effective == 0)
		illumos_priv_all(&usual);
	else
		illumos_priv_basic(&usual);
	return same(e, &usual);
}

static void take_effect(struct core_thread *t)
{
	const struct illumos_privs *s = illumos_privs(t->proc);
	struct ids i = ids_now();
	struct illumos_priv_set e = observed(s, ILLUMOS_EFFECTIVE, &i);
	void (*set)(struct core_thread *) = is_usual(&e, &i) ? unguard : guard;

	set(t);
	core_thread_each_other(t, set);
	illumos_priv_to_host(t);
	illumos_publish(t);
}

static void begin(struct illumos_privs *s)
{
	if (s->flags & ILLUMOS_PRIVS_BEGUN)
		return;
	default_sets(s);
	s->flags = ILLUMOS_PRIVS_BEGUN;
	illumos_fork_resets = true;
}

/* ---- changes ------------------------------------------------------------------------------- */

static bool may_change(const struct illumos_privs *s, int which,
		       const struct illumos_priv_set *given, const struct ids *i)
{
	struct illumos_priv_set permitted = observed(s, ILLUMOS_PERMITTED, i);
	struct illumos_priv_set now = observed(s, which, i);

	if (which == ILLUMOS_LIMIT && !within(given, &s->set[ILLUMOS_LIMIT]))
		return false;
	return within(given, &permitted) || within(given, &now);
}

static void change(struct illumos_privs *s, int which, const struct illumos_priv_set *given,
		   bool on, bool keep, const struct ids *i)
{
	struct illumos_priv_set *to = &s->set[which];

	if (which != ILLUMOS_INHERITABLE)
		become_aware(s, i);
	for (u32 w = 0; w < ILLUMOS_PRIV_SETSIZE; w++) {
		u32 bits = given->bits[w];

		to->bits[w] = !on ? to->bits[w] & ~bits : keep ? to->bits[w] | bits : bits;
	}
	if (which == ILLUMOS_PERMITTED && !(on && keep))
		intersect(&s->set[ILLUMOS_EFFECTIVE], to);
}

long illumos_privs_change(struct core_thread *t, int which, const struct illumos_priv_set *given,
			  bool on, bool keep)
{
	struct illumos_privs *s = illumos_privs(t->proc);
	struct ids i = ids_now();
	bool may;

	exo_lock(&lock);
	begin(s);
	may = !on || may_change(s, which, given, &i);
	if (may)
		change(s, which, given, on, keep, &i);
	exo_unlock(&lock);
	if (!may)
		return -CORE_EPERM;
	take_effect(t);
	return 0;
}

static bool is_flag(u32 f)
{
	return f == ILLUMOS_PRIV_DEBUG || f == ILLUMOS_PRIV_AWARE || f == ILLUMOS_NET_MAC_AWARE ||
	       f == ILLUMOS_NET_MAC_INHERIT || f == ILLUMOS_PRIV_XPOLICY ||
	       f == ILLUMOS_PRIV_AWARE_RESET || f == ILLUMOS_PRIV_PFEXEC;
}

static long set_flag(struct illumos_privs *s, u32 flag, bool on, bool mac_aware,
		     const struct ids *i)
{
	u32 now = s->flags;

	if (on && flag == ILLUMOS_PRIV_AWARE)
		now &= ~ILLUMOS_PRIV_AWARE_RESET;
	now = on ? now | flag : now & ~flag;
	if (now == s->flags)
		return 0;
	if (on && flag & (ILLUMOS_NET_MAC_AWARE | ILLUMOS_NET_MAC_INHERIT) && !mac_aware)
		return -CORE_EPERM;
	if (flag != ILLUMOS_PRIV_AWARE) {
		s->flags = now;
	} else if (on) {
		become_aware(s, i);
	} else {
		if (!may_forget(s, i))
			return -CORE_EPERM;
		forget(s, i);
	}
	return 0;
}

long illumos_privs_set_flag(struct core_thread *t, u32 flag, u32 on)
{
	bool mac_aware = illumos_priv_has(t, ILLUMOS_PRIV_NET_MAC_AWARE);
	struct illumos_privs *s = illumos_privs(t->proc);
	struct ids i = ids_now();
	long r;

	if (on > 1 || (!is_flag(flag) && flag != ILLUMOS_PROC_PROTECT))
		return -CORE_EINVAL;
	if (flag == ILLUMOS_PROC_PROTECT) /* no core files, which there are not anyway */
		return 0;
	exo_lock(&lock);
	begin(s);
	r = set_flag(s, flag, on, mac_aware, &i);
	exo_unlock(&lock);
	if (r == 0)
		take_effect(t);
	return r;
}

long illumos_privs_flag(const struct core_thread *t, u32 flag)
{
	return is_flag(flag) ? (illumos_privs(t->proc)->flags & flag) != 0 : -CORE_EINVAL;
}

/* ---- changes of user ids ------------------------------------------------------------------- */

/* Who is aware keeps what it has; the host would take it with the last id that is root's. */
void illumos_priv_ids_change(struct core_thread *t)
{
	if (UNLIKELY(illumos_privs(t->proc)->flags & ILLUMOS_PRIV_AWARE))
		core_call_everywhere(t, EXO_prctl, PR_SET_KEEPCAPS, 1, 0);
}

void illumos_priv_ids_changed(struct core_thread *t, bool final)
{
	struct illumos_privs *s = illumos_privs(t->proc);
	struct ids i;

	if (LIKELY(!(s->flags & ILLUMOS_PRIVS_BEGUN)))
		return;
	i = ids_now();
	exo_lock(&lock);
	reset_at_change(s, &i, final);
	exo_unlock(&lock);
	take_effect(t);
}

/* ---- the next program ---------------------------------------------------------------------- */

static struct illumos_privs after_exec(const struct core_process *p)
{
	struct illumos_privs s = stored(p);
	const u32 aware = ILLUMOS_PRIV_AWARE | ILLUMOS_PRIV_AWARE_INHERIT;
	struct illumos_priv_set *inheritable = &s.set[ILLUMOS_INHERITABLE];
	struct ids i = ids_now();

	if ((s.flags & aware) == ILLUMOS_PRIV_AWARE ||
	    !same(&s.set[ILLUMOS_EFFECTIVE], inheritable) ||
	    !within(inheritable, &s.set[ILLUMOS_LIMIT]) ||
	    !same(&s.set[ILLUMOS_PERMITTED], inheritable)) {
		forget(&s, &i);
		intersect(inheritable, &s.set[ILLUMOS_LIMIT]);
		s.set[ILLUMOS_EFFECTIVE] = s.set[ILLUMOS_PERMITTED] = *inheritable;
		forget(&s, &i);
	}
	if (!(s.flags & ILLUMOS_NET_MAC_INHERIT))
		s.flags &= ~ILLUMOS_NET_MAC_AWARE;
	s.flags &= ~ILLUMOS_NET_MAC_INHERIT;
	return s;
}

#define WORDS (ILLUMOS_PRIV_NSET * ILLUMOS_PRIV_SETSIZE)

void illumos_priv_hand_on(struct core_thread *t, char *text, size_t room)
{
	u32 secflags = illumos_secflags_next(t->proc);
	struct illumos_privs s = after_exec(t->proc);
	size_t n = 0;

	text[0] = '\0';
	if (!(s.flags & ILLUMOS_PRIVS_BEGUN) && !secflags)
		return;
	n = fb_format(text, room, "%x.%x", secflags, s.flags);
	for (u32 i = 0; i < WORDS && n < room; i++)
		n += fb_format(text + n, room - n, ".%x",
			       s.set[i / ILLUMOS_PRIV_SETSIZE].bits[i % ILLUMOS_PRIV_SETSIZE]);
}

/* The next of numbers with points between. */
static bool next_number(const char **text, u32 *value)
{
	const char *p = *text;
	u32 n = 0;

	while ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'f'))
		n = n << 4 | (u32)(*p <= '9' ? *p++ - '0' : *p++ - 'a' + 10);
	if (p == *text || (*p && *p != '.'))
		return false;
	*value = n;
	*text = *p ? p + 1 : p;
	return true;
}

void illumos_priv_take_over(struct core_thread *t, const char *text)
{
	struct illumos_privs s = {0};
	u32 secflags;

	if (!next_number(&text, &secflags) || !next_number(&text, &s.flags))
		return;
	for (u32 i = 0; i < WORDS; i++)
		if (!next_number(&text,
				 &s.set[i / ILLUMOS_PRIV_SETSIZE].bits[i % ILLUMOS_PRIV_SETSIZE]))
			return;
	illumos_secflags_take_over(t->proc, secflags);
	if (!(s.flags & ILLUMOS_PRIVS_BEGUN))
		return;
	*illumos_privs(t->proc) = s;
	illumos_fork_resets = true;
	take_effect(t);
}

/* In the child, where nobody holds the lock. */
void illumos_priv_forked(void)
{
	exo_lock_reset(&lock);
}
