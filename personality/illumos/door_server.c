/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/door_server.c: serving calls.
 *
 * What a call brings is laid out on the stack the thread named, below it the results structure, and
 * the thread returns there: as libc's door_return expects it.
 */
#include "core/memory.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/door.h"

#define STACK_ALIGN 16ul
#define DESC	    sizeof(struct illumos_door_desc)
#define SLOP	    65535ul /* more than everything of fixed size together */

static struct illumos_door *unref_list;
static u32 unref_word; /* a futex: how many have been queued */
static bool unref_thread;

struct illumos_door_server *illumos_door_self(struct core_thread *t, bool make)
{
	struct illumos_door_server *s = (struct illumos_door_server *)t->abi_data[ILLUMOS_T_DOOR];

	if (!s && make) {
		s = exo_pages_alloc(sizeof(*s));
		if (s)
			s->tid = (i32)t->exo.tid;
		t->abi_data[ILLUMOS_T_DOOR] = (u64)s;
		illumos_fork_resets = true;
	}
	return s;
}

void illumos_door_left(const struct illumos_door *d, const struct illumos_door_server *s)
{
	if (!(d->attributes & ILLUMOS_DOOR_NO_CANCEL))
		EXO_NOW(tgkill, core_self()->pid, s->tid,
			illumos_to_core_signal(ILLUMOS_SIGCANCEL));
}

/* From the guest's memory to the guest's memory. */
static long copy_guest(u64 to, u64 from, u64 n)
{
	if (n == 0)
		return 0;
	if (to >= EXO_GUEST_HIGH || n > EXO_GUEST_HIGH - to || from >= EXO_GUEST_HIGH ||
	    n > EXO_GUEST_HIGH - from)
		return -CORE_EFAULT;
	return exo_copy((void *)to, (const void *)from, n) ? -CORE_EFAULT : 0;
}

/* ---- dispatch ------------------------------------------------------------------------------ */

struct layout {
	u64 desc, data, info, results;
};

static long lay_out(const struct illumos_door_server *s, u64 size, u32 ndesc, bool info,
		    struct layout *l)
{
	u64 base = s->sp, descs = ndesc * DESC;

	if (size >= UINT64_MAX - SLOP - descs || base >= EXO_GUEST_HIGH)
		return -CORE_E2BIG;
	l->desc = (base - descs) & -STACK_ALIGN;
	l->data = (l->desc - size) & -STACK_ALIGN;
	l->info = info ? (l->data - sizeof(struct illumos_door_info)) & -STACK_ALIGN : l->data;
	l->results = (l->info - sizeof(struct illumos_door_results)) & -STACK_ALIGN;
	if (l->results > base || (s->ssize && base - l->results > s->ssize))
		return -CORE_E2BIG;
	return 0;
}

static void close_descs(u64 list, u32 n)
{
	struct illumos_door_desc d;

	for (u32 i = 0; i < n; i++)
		if (copy_from_guest(&d, gp(list + i * DESC), DESC) == 0)
			core_close(d.d_descriptor);
}

/* n descriptors of a list in this process become new ones, described in another list. */
static long copy_descs(struct core_thread *t, u64 from, u32 n, u64 to)
{
	struct illumos_door_desc d;
	u32 i;
	long r = 0;

	for (i = 0; i < n && r == 0; i++) {
		long fd;

		if (copy_from_guest(&d, gp(from + i * DESC), DESC) < 0) {
			r = -CORE_EFAULT;
			break;
		}
		if (!(d.d_attributes & ILLUMOS_DOOR_DESCRIPTOR)) {
			r = -CORE_EINVAL;
			break;
		}
		fd = core_dup(d.d_descriptor);
		if (fd < 0) {
			r = fd == -CORE_EBADF ? -CORE_EINVAL : fd;
			break;
		}
		if (d.d_attributes & ILLUMOS_DOOR_RELEASE)
			core_close(d.d_descriptor);
		illumos_door_describe(t, (int)fd, &d);
		if (copy_to_guest(gp(to + i * DESC), &d, DESC) < 0) {
			core_close((int)fd);
			r = -CORE_E2BIG;
			break;
		}
	}
	if (r < 0)
		close_descs(to, i);
	return r;
}

/* Those that came in a message. */
static long put_descs(struct core_thread *t, const struct illumos_wire_fds *fds, u32 first, u64 to)
{
	for (u32 i = first; i < fds->n; i++) {
		struct illumos_door_desc d;

		illumos_door_describe(t, fds->fd[i], &d);
		if (copy_to_guest(gp(to + (i - first) * DESC), &d, DESC) < 0)
			return -CORE_E2BIG;
	}
	return 0;
}

static long fill_local(struct core_thread *t, const struct illumos_door_call *c,
		       const struct layout *l)
{
	long r = copy_descs(t, c->arg.desc_ptr, c->arg.desc_num, l->desc);

	if (r == 0 && copy_guest(l->data, c->arg.data_ptr, c->arg.data_size) < 0) {
		close_descs(l->desc, c->arg.desc_num);
		r = -CORE_EFAULT;
	}
	return r;
}

static long fill_remote(struct core_thread *t, struct illumos_door_server *s,
			const struct layout *l)
{
	u32 at = s->wire.flags & ILLUMOS_WIRE_CHANNEL ? 1 : 0;
	long r;

	if (s->wire.flags & ILLUMOS_WIRE_FILE) {
		int file = s->fds.fd[at++];

		r = illumos_wire_read(file, l->data, s->wire.size);
		EXO_NOW(close, file);
	} else {
		r = copy_to_guest(gp(l->data), s->buffer, s->wire.size);
	}
	if (r == 0)
		r = put_descs(t, &s->fds, at, l->desc);
	if (r < 0)
		illumos_wire_close(&s->fds, at);
	return r < 0 ? -CORE_E2BIG : 0;
}

/* The call that s has is laid out; the thread returns into it. */
static long dispatch(struct core_thread *t, struct illumos_door_server *s,
		     struct illumos_door_pool *pool)
{
	struct illumos_door *d = s->call ? s->call->door : s->door;
	const bool unref = s->call && s->call->unref;
	u64 size = s->call ? s->call->arg.data_size : s->wire.size;
	u32 ndesc = s->call ? s->call->arg.desc_num : s->wire.fds;
	bool empty = !pool->idle && !pool->pollers;
	bool info = empty && (d->attributes & ILLUMOS_DOOR_PRIVATE);
	struct illumos_door_results res = {0};
	struct layout l;
	long r;

	r = lay_out(s, size, ndesc, info, &l);
	if (r < 0) {
		if (!s->call)
			illumos_wire_close(&s->fds, s->wire.flags & ILLUMOS_WIRE_CHANNEL ? 1 : 0);
		return r;
	}
	r = s->call ? fill_local(t, s->call, &l) : fill_remote(t, s, &l);
	if (r < 0)
		return r;
	res.cookie = d->data;
	res.data_ptr = unref ? ILLUMOS_DOOR_UNREF_DATA : size ? l.data : 0;
	res.data_size = size;
	res.desc_ptr = ndesc ? l.desc : 0;
	res.desc_num = ndesc;
	res.pc = d->pc;
	res.nservers = !empty;
	if (info) {
		struct illumos_door_info i = {
		    .di_target = t->pid,
		    .di_proc = d->pc,
		    .di_data = d->data,
		    .di_attributes = d->attributes | ILLUMOS_DOOR_LOCAL,
		    .di_uniquifier = d->id,
		};

		res.door_info = l.info;
		if (copy_to_guest(gp(l.info), &i, sizeof(i)) < 0)
			return -CORE_E2BIG;
	}
	if (copy_to_guest(gp(l.results), &res, sizeof(res)) < 0)
		return -CORE_E2BIG;
	t->exo.frame->rsp = l.results;
	t->exo.frame->rbp = 0;
	return 0;
}

/* ---- results ------------------------------------------------------------------------------- */

/* A caller within the process that still waits; NULL when it is gone. */
static struct illumos_door_call *hold_caller(struct illumos_door_server *s)
{
	struct illumos_door_call *c;

	exo_lock(&illumos_doors_lock);
	c = s->call;
	if (c)
		c->state = ILLUMOS_DOOR_COPY;
	exo_unlock(&illumos_doors_lock);
	return c;
}

/* With the lock held; the caller is to be woken. */
static void end_call(struct illumos_door_server *s, struct illumos_door_call *c, long error)
{
	s->call = NULL;
	c->error = error;
	__atomic_store_n(&c->state, ILLUMOS_DOOR_DONE, __ATOMIC_RELEASE);
}

static u64 result_size(u64 size, u32 ndesc)
{
	return ndesc ? (size + DESC - 1) / DESC * DESC + ndesc * DESC : size;
}

/* 0, or an error of the server's; *theirs becomes one of the caller's. */
static long results_local(struct core_thread *t, struct illumos_door_call *c, u64 data, u64 size,
			  u64 desc, u32 ndesc, long *theirs)
{
	struct illumos_door_arg *a = &c->arg;
	long r;

	if (c->nothing)
		return size || ndesc ? -CORE_E2BIG : 0;
	if (result_size(size, ndesc) > a->rsize) {
		u64 n = ALIGN_UP(result_size(size, ndesc), 4096ul);

		r = core_mmap(0, n, CORE_PROT_READ | CORE_PROT_WRITE,
			      CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS, -1, 0, 0);
		if (r < 0) {
			*theirs = -CORE_EOVERFLOW;
			return 0;
		}
		c->overflow = true;
		a->rbuf = (u64)r;
		a->rsize = n;
	}
	r = copy_guest(a->rbuf, data, size);
	if (r == 0 && ndesc)
		r = copy_descs(t, desc, ndesc, a->rbuf + (size + DESC - 1) / DESC * DESC);
	if (r < 0) {
		if (c->overflow)
			core_munmap(a->rbuf, a->rsize);
		return r;
	}
	if (size)
		a->data_ptr = a->rbuf;
	if (ndesc)
		a->desc_ptr = a->rbuf + (size + DESC - 1) / DESC * DESC;
	a->data_size = size;
	a->desc_num = ndesc;
	return 0;
}

static long gather(u64 desc, u32 n, struct illumos_wire_fds *fds)
{
	struct illumos_door_desc d;

	if (n > ILLUMOS_DOOR_FDS_MOST)
		return -CORE_E2BIG;
	for (u32 i = 0; i < n; i++) {
		if (copy_from_guest(&d, gp(desc + i * DESC), DESC) < 0)
			return -CORE_EFAULT;
		if (!(d.d_attributes & ILLUMOS_DOOR_DESCRIPTOR) || core_fd_hidden(d.d_descriptor) ||
		    EXO_NOW(fcntl, d.d_descriptor, CORE_F_GETFD) < 0)
			return -CORE_EINVAL;
		fds->fd[fds->n++] = d.d_descriptor;
	}
	return 0;
}

/* Those that are given away for good; what was made to be given away. */
void illumos_door_release_descs(u64 desc, u32 n, const struct illumos_wire_fds *sent, u32 first)
{
	struct illumos_door_desc d;

	for (u32 i = 0; i < n; i++) {
		if (copy_from_guest(&d, gp(desc + i * DESC), DESC) < 0)
			return;
		if (sent && sent->fd[first + i] != d.d_descriptor)
			EXO_NOW(close, sent->fd[first + i]);
		if (d.d_attributes & ILLUMOS_DOOR_RELEASE)
			core_close(d.d_descriptor);
	}
}

long illumos_door_gather(u64 desc, u32 n, struct illumos_wire_fds *fds)
{
	u32 first = fds->n;
	long r = gather(desc, n, fds);

	for (u32 i = first; r == 0 && i < fds->n; i++)
		fds->fd[i] = illumos_door_hand_out(fds->fd[i]);
	return r;
}

static long results_remote(struct illumos_door_server *s, u64 data, u64 size, u64 desc, u32 ndesc)
{
	struct illumos_wire w = {.kind = ILLUMOS_WIRE_REPLY,
				 .channel = s->wire.channel,
				 .size = size,
				 .rsize = s->wire.rsize};
	struct illumos_wire_fds *fds = &s->fds; /* what came in it has been laid out */
	long r;

	fds->n = 0;
	if ((s->wire.flags & ILLUMOS_WIRE_NOTHING) && (size || ndesc))
		return -CORE_E2BIG;
	if (size && (data >= EXO_GUEST_HIGH || size > EXO_GUEST_HIGH - data))
		return -CORE_EFAULT;
	r = illumos_door_gather(desc, ndesc, fds);
	if (r < 0)
		return r;
	/* Once it is answered, the caller may call again: its channel has to be back by then. */
	exo_lock(&illumos_doors_lock);
	if (s->channel) {
		r = illumos_wire_send(s->channel->fd, &w, data, fds);
		if (r == -CORE_EFAULT || r == -CORE_EMFILE || r == -CORE_ENOMEM) {
			exo_unlock(&illumos_doors_lock);
			return r;
		}
		if (r < 0) /* the caller is gone */
			illumos_door_lose_channel(s);
	}
	illumos_door_let_go(s);
	exo_unlock(&illumos_doors_lock);
	illumos_door_release_descs(desc, ndesc, fds, 0);
	return 0;
}

/* What the thread has to say to who called it; *done: a caller to be woken. With the lock, when 0.
 */
static long finish(struct core_thread *t, struct illumos_door_server *s, u64 data, u64 size,
		   u64 desc, u32 ndesc, struct illumos_door_call **done)
{
	struct illumos_door_call *c = hold_caller(s);
	long r = 0, theirs = 0;

	*done = c;
	if (c) {
		r = results_local(t, c, data, size, desc, ndesc, &theirs);
		if (r < 0) { /* and the caller waits on */
			__atomic_store_n(&c->state, ILLUMOS_DOOR_SERVED, __ATOMIC_RELEASE);
			return r;
		}
	} else if (s->pair) {
		r = results_remote(s, data, size, desc, ndesc);
		if (r < 0)
			return r;
	} else {
		illumos_door_release_descs(desc, ndesc, NULL, 0);
	}
	exo_lock(&illumos_doors_lock);
	if (c)
		end_call(s, c, theirs);
	return 0;
}

long illumos_door_return(struct core_thread *t, u64 data, u64 size, u64 desc, u32 ndesc, u64 sp,
			 u64 ssize)
{
	struct illumos_door_server *s = illumos_door_self(t, true);
	struct illumos_door_pool *pool;
	struct illumos_door_call *done;
	long r;

	if (!s)
		return -CORE_EAGAIN;
	if (s->unbound_by_fork)
		return -CORE_EINVAL;
	s->sp = sp;
	s->ssize = ssize;
	pool = illumos_door_pool_of(s->bound);
	r = finish(t, s, data, size, desc, ndesc, &done);
	if (r < 0)
		return r;
	for (;;) {
		r = illumos_door_wait(t, s, pool, done);
		if (r < 0)
			return r;
		r = dispatch(t, s, pool);
		done = s->call;
		if (r == 0) {
			if (done)
				__atomic_store_n(&done->state, ILLUMOS_DOOR_SERVED,
						 __ATOMIC_RELEASE);
			return 0;
		}
		exo_lock(&illumos_doors_lock);
		if (done) {
			end_call(s, done, r);
		} else {
			illumos_door_answer(s, r);
			illumos_door_let_go(s);
		}
	}
}

void illumos_door_thread_ends(struct core_thread *t)
{
	struct illumos_door_server *s = illumos_door_self(t, false);
	struct illumos_door_call *c;

	if (LIKELY(!s))
		return;
	c = hold_caller(s);
	exo_lock(&illumos_doors_lock);
	if (c) {
		end_call(s, c, -CORE_EINTR_FINAL);
		illumos_wake_word((u64)&c->state, 1, false);
	}
	if (s->pair) {
		illumos_door_answer(s, -CORE_EINTR);
		illumos_door_let_go(s);
	}
	if (s->bound)
		illumos_door_drop(s->bound);
	exo_unlock(&illumos_doors_lock);
	t->abi_data[ILLUMOS_T_DOOR] = 0;
	if (s->buffer)
		exo_pages_free(s->buffer, ILLUMOS_DOOR_INLINE);
	exo_pages_free(s, sizeof(*s));
}

/* ---- the last reference -------------------------------------------------------------------- */

void illumos_door_check_unref(struct illumos_door *d, u32 refs)
{
	if (!(d->attributes & (ILLUMOS_DOOR_UNREF | ILLUMOS_DOOR_UNREF_MULTI)) || refs != 1 ||
	    d->unref_queued)
		return;
	for (struct illumos_door_pair *p = d->pairs; p; p = p->next)
		if (p->handed)
			return;
	if (!(d->attributes & ILLUMOS_DOOR_UNREF_MULTI))
		d->attributes &= ~(u32)ILLUMOS_DOOR_UNREF; /* once */
	d->unref_queued = true;
	d->uses++;
	d->unref_next = unref_list;
	unref_list = d;
	unref_word++;
	illumos_wake_word((u64)&unref_word, 1, false);
}

/* The thread that is the caller of such notices. */
long illumos_door_unref_wait(struct core_thread *t)
{
	static const struct illumos_wait forever;
	struct illumos_door_call c;
	struct illumos_door *d;
	long r = 0;
	u32 seen;

	exo_lock(&illumos_doors_lock);
	if (unref_thread) {
		exo_unlock(&illumos_doors_lock);
		return -CORE_EALREADY;
	}
	unref_thread = true;
	while (r == 0) {
		d = unref_list;
		if (!d) {
			seen = unref_word;
			exo_unlock(&illumos_doors_lock);
			r = illumos_wait_word(t, (u64)&unref_word, seen, false, &forever);
			exo_lock(&illumos_doors_lock);
			continue;
		}
		unref_list = d->unref_next;
		d->unref_queued = false;
		exo_unlock(&illumos_doors_lock);
		c = (struct illumos_door_call){.door = d, .unref = true};
		illumos_door_local(t, &c);
		exo_lock(&illumos_doors_lock);
		illumos_door_drop(d);
	}
	unref_thread = false;
	exo_unlock(&illumos_doors_lock);
	return r;
}
