/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/door_pool.c: pools of threads that serve doors, and how calls reach them.
 *
 * A thread of a pool waits either on a futex, for callers of its own process, or (one at a time)
 * for messages. Calls are short: who takes a message calls nobody to its place, and an idle thread
 * looks every so often whether it has been away for too long.
 */
#include "core/memory.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/door.h"

#define PATIENCE 1000000 /* nanoseconds */

/* ---- pools --------------------------------------------------------------------------------- */

static long start(struct illumos_door_pool *pool)
{
	struct core_epoll_event ev = {.events = CORE_EPOLLIN | CORE_EPOLLET, .data = 0};
	long ep = EXO_NOW(epoll_create1, CORE_EPOLL_CLOEXEC), bell;

	if (ep < 0)
		return ep;
	bell = EXO_NOW(eventfd2, 0, CORE_EFD_CLOEXEC | CORE_EFD_NONBLOCK);
	if (bell < 0) {
		EXO_NOW(close, ep);
		return bell;
	}
	EXO_NOW(epoll_ctl, ep, CORE_EPOLL_CTL_ADD, bell, &ev);
	pool->epoll = exo_hide_fd((int)ep);
	pool->bell = exo_hide_fd((int)bell);
	if (pool->epoll < 0 || pool->bell < 0)
		return -CORE_EMFILE;
	pool->started = true;
	return 0;
}

long illumos_door_listen(struct illumos_door *d, struct illumos_door_pair *p)
{
	struct illumos_door_pool *pool = illumos_door_pool_of(d);
	struct core_epoll_event ev = {.events = CORE_EPOLLIN | CORE_EPOLLET, .data = (u64)p};
	bool first = !pool->started;
	long r = first ? start(pool) : 0;

	if (r < 0)
		return r;
	r = EXO_NOW(epoll_ctl, pool->epoll, CORE_EPOLL_CTL_ADD, p->fd, &ev);
	if (first && pool->idle) { /* who waited before there was anything to listen to */
		struct illumos_door_server *s = pool->idle;

		pool->idle = s->next;
		s->polls = true;
		__atomic_store_n(&s->wake, 1, __ATOMIC_RELEASE);
		illumos_wake_word((u64)&s->wake, 1, false);
	}
	return r;
}

static void leave_idle(struct illumos_door_pool *pool, struct illumos_door_server *s)
{
	for (struct illumos_door_server **at = &pool->idle; *at; at = &(*at)->next) {
		if (*at == s) {
			*at = s->next;
			return;
		}
	}
}

/* With the lock held: who is to wait for messages now, if nobody does; to be woken without it. */
static struct illumos_door_server *promote(struct illumos_door_pool *pool)
{
	struct illumos_door_server *s = pool->idle;

	if (pool->pollers || !s)
		return NULL;
	pool->idle = s->next;
	s->polls = true;
	__atomic_store_n(&s->wake, 1, __ATOMIC_RELEASE);
	return s;
}

/*
 * With the lock held, a message taken and nobody left to wait for the next: calls are short, so
 * the thread that serves is soon back, and nobody is woken for each. An idle one looks every so
 * often whether that holds (wait_for_call); it is told to begin with the first call after a while.
 */
static struct illumos_door_server *leave_place(struct illumos_door_pool *pool)
{
	struct illumos_door_server *s = pool->idle;

	pool->seq++;
	if (pool->pollers || pool->watched || !s)
		return NULL;
	pool->watched = true;
	pool->idle = s->next;
	__atomic_store_n(&s->wake, 1, __ATOMIC_RELEASE);
	return s;
}

void illumos_door_will_block(struct core_thread *t)
{
	struct illumos_door_server *self = illumos_door_self(t, false), *next;

	if (LIKELY(!self || !self->pair))
		return;
	exo_lock(&illumos_doors_lock);
	next = promote(illumos_door_pool_of(self->bound));
	exo_unlock(&illumos_doors_lock);
	if (next)
		illumos_wake_word((u64)&next->wake, 1, false);
}

void illumos_door_nudge(struct illumos_door_pool *pool)
{
	struct illumos_door_pair *p = pool->only;
	struct illumos_wire w = {.kind = ILLUMOS_WIRE_NUDGE};
	struct illumos_wire_fds none;

	none.n = 0;
	if (p && p->direct && p->nudge >= 0)
		illumos_wire_send(p->nudge, &w, 0, &none);
}

/*
 * With the lock held: messages are told of once, when they come. Another one that lies behind the
 * one taken is told of anew, for another thread.
 */
static void tell_of_more(struct illumos_door_pool *pool, struct illumos_door_pair *p)
{
	struct core_epoll_event ev = {.events = CORE_EPOLLIN | CORE_EPOLLET, .data = (u64)p};
	u8 byte;

	if (EXO_NOW(recvfrom, p->fd, &byte, 1, CORE_MSG_PEEK | CORE_MSG_DONTWAIT, NULL, NULL) !=
	    -CORE_EAGAIN)
		EXO_NOW(epoll_ctl, pool->epoll, CORE_EPOLL_CTL_MOD, p->fd, &ev);
}

/* ---- taking calls -------------------------------------------------------------------------- */

static long check_limits(const struct illumos_door *d, u64 size, u32 ndesc, bool unref)
{
	if ((size < d->data_min && !unref) || size > d->data_max)
		return -CORE_ENOBUFS;
	if (ndesc && (d->attributes & ILLUMOS_DOOR_REFUSE_DESC))
		return -CORE_ILLUMOS_ENOTSUP;
	return ndesc > d->desc_max ? -CORE_ENFILE : 0;
}

/* With the lock held: the call of a message is over, however. */
void illumos_door_let_go(struct illumos_door_server *s)
{
	struct illumos_door_pair *p = s->pair;
	struct illumos_door *d = s->door;

	if (!p)
		return;
	s->pair = NULL;
	p->busy--;
	for (struct illumos_door_server **at = &p->serving; *at; at = &(*at)->next_serving) {
		if (*at == s) {
			*at = s->next_serving;
			break;
		}
	}
	if (s->channel) {
		if (p->dead) {
			exo_unhide_fd(s->channel->fd);
			exo_pages_free(s->channel, sizeof(*s->channel));
		} else {
			s->channel->next = p->channels;
			p->channels = s->channel;
		}
		s->channel = NULL;
	}
	if (p->dead && !p->busy)
		exo_pages_free(p, sizeof(*p));
	illumos_door_drop(d);
}

void illumos_door_lose_channel(struct illumos_door_server *s)
{
	exo_unhide_fd(s->channel->fd);
	exo_pages_free(s->channel, sizeof(*s->channel));
	s->channel = NULL;
}

void illumos_door_answer(struct illumos_door_server *s, long error)
{
	struct illumos_wire w = {
	    .kind = ILLUMOS_WIRE_REPLY, .channel = s->wire.channel, .error = (i32)-error};
	struct illumos_wire_fds none;

	none.n = 0;
	if (s->channel && illumos_wire_send(s->channel->fd, &w, 0, &none) < 0)
		illumos_door_lose_channel(s);
}

/* Callers that are gone leave their channels: every so often they are looked through. */
static void sweep(struct illumos_door_pair *p)
{
	for (struct illumos_door_channel **at = &p->channels, *c; (c = *at);) {
		struct core_pollfd q = {.fd = c->fd};

		if (EXO_NOW(poll, &q, 1, 0) > 0 && (q.revents & CORE_POLLHUP)) {
			*at = c->next;
			exo_unhide_fd(c->fd);
			exo_pages_free(c, sizeof(*c));
		} else {
			at = &c->next;
		}
	}
}

/* Where the message in s is to be answered; NULL: nowhere. */
static struct illumos_door_channel *channel_of(struct illumos_door_server *s,
					       struct illumos_door_pair *p)
{
	struct illumos_door_channel *c;

	if (s->wire.flags & ILLUMOS_WIRE_CHANNEL) {
		c = exo_pages_alloc(sizeof(*c));
		if (!c)
			return NULL;
		c->id = s->wire.channel;
		c->pid = s->from.pid;
		c->fd = exo_hide_fd(s->fds.fd[0]);
		if (c->fd >= 0) {
			sweep(p);
			return c;
		}
		exo_pages_free(c, sizeof(*c));
		return NULL;
	}
	for (struct illumos_door_channel **at = &p->channels; (c = *at); at = &c->next) {
		if (c->id == s->wire.channel && c->pid == s->from.pid) {
			*at = c->next;
			return c;
		}
	}
	return NULL;
}

/* The message in s is of a caller that another thread serves, or has served. */
static void leave(struct illumos_door_server *s, struct illumos_door_pair *p)
{
	illumos_wire_close(&s->fds, 0);
	for (struct illumos_door_server *o = p->serving; o; o = o->next_serving)
		if (o->channel && o->channel->id == s->wire.channel &&
		    o->channel->pid == s->from.pid)
			illumos_door_left(o->door, o);
}

/* With the lock held: a message has come by p. True when it is a call to be served. */
static bool take(struct illumos_door_server *s, struct illumos_door_pair *p)
{
	u32 own = s->wire.flags & ILLUMOS_WIRE_CHANNEL ? 1 : 0;
	long r;

	if (s->wire.kind == ILLUMOS_WIRE_NUDGE) {
		illumos_wire_close(&s->fds, 0);
		return false;
	}
	if (s->wire.kind == ILLUMOS_WIRE_LEAVE) {
		leave(s, p);
		return false;
	}
	s->channel = channel_of(s, p);
	if (!s->channel || s->wire.kind != ILLUMOS_WIRE_CALL) {
		illumos_wire_close(&s->fds, s->channel ? own : 0);
		if (s->channel)
			illumos_door_lose_channel(s);
		return false;
	}
	s->pair = p;
	s->door = p->door;
	p->busy++;
	s->next_serving = p->serving;
	p->serving = s;
	p->door->uses++;
	r = check_limits(p->door, s->wire.size, s->wire.fds, false);
	if (r == 0)
		return true;
	illumos_wire_close(&s->fds, own);
	illumos_door_answer(s, r);
	illumos_door_let_go(s);
	return false;
}

static void wake_done(struct illumos_door_call **done)
{
	if (*done)
		illumos_wake_word((u64) & (*done)->state, 1, false);
	*done = NULL;
}

/* Where there is but one pair, a thread waits for its messages alone, which costs a call less. */
static long wait_direct(struct core_thread *t, struct illumos_door_server *s,
			struct illumos_door_pair *p, struct illumos_door_call **done)
{
	long r;

	p->direct = true;
	p->busy++;
	exo_unlock(&illumos_doors_lock);
	wake_done(done);
	do
		r = illumos_wire_receive(p->fd, &s->wire, (u64)s->buffer, ILLUMOS_DOOR_INLINE,
					 &s->fds, &s->from, false);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	exo_lock(&illumos_doors_lock);
	p->direct = false;
	p->busy--;
	if (p->dead) {
		illumos_wire_close(&s->fds, 0);
		exo_unhide_fd(p->fd);
		if (!p->busy)
			exo_pages_free(p, sizeof(*p));
		return 0;
	}
	if (r == -CORE_EPIPE)
		illumos_door_unpair(p);
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL
							      : r == 0 && take(s, p);
}

static long wait_any(struct core_thread *t, struct illumos_door_server *s,
		     struct illumos_door_pool *pool, struct illumos_door_call **done)
{
	struct core_epoll_event ev;
	struct illumos_door_pair *p;
	u64 n;
	long r;

	exo_unlock(&illumos_doors_lock);
	wake_done(done);
	do
		r = EXO(epoll_wait, pool->epoll, &ev, 1, -1);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	exo_lock(&illumos_doors_lock);
	if (r < 0)
		return -CORE_EINTR_FINAL;
	if (!ev.data) {
		EXO_NOW(read, pool->bell, &n, sizeof(n));
		return 0;
	}
	p = illumos_door_find_pair(ev.data);
	if (!p)
		return 0;
	r = illumos_wire_receive(p->fd, &s->wire, (u64)s->buffer, ILLUMOS_DOOR_INLINE, &s->fds,
				 &s->from, true);
	if (r == -CORE_EPIPE)
		illumos_door_unpair(p);
	else if (r != -CORE_EAGAIN)
		tell_of_more(pool, p);
	return r == 0 && take(s, p);
}

/* With the lock held, which is let go meanwhile. 1: a call; 0: look again; or an error. */
static long poll_once(struct core_thread *t, struct illumos_door_server *s,
		      struct illumos_door_pool *pool, struct illumos_door_call **done)
{
	long r;

	if (!s->buffer)
		s->buffer = exo_pages_alloc(ILLUMOS_DOOR_INLINE);
	if (!s->buffer)
		return -CORE_EAGAIN;
	pool->pollers++;
	if (pool->count == 1 && pool->only && pool->only->nudge >= 0 && !pool->only->direct)
		r = wait_direct(t, s, pool->only, done);
	else
		r = wait_any(t, s, pool, done);
	pool->pollers--;
	return r;
}

/* How long a thread that serves a message is thought to be soon back. */
static void look_again_soon(struct illumos_wait *w)
{
	struct exo_time now;

	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	*w = (struct illumos_wait){.timed = true, .until = {now.sec, now.nsec + PATIENCE}};
	if (w->until.tv_nsec >= 1000000000) {
		w->until.tv_nsec -= 1000000000;
		w->until.tv_sec++;
	}
}

/*
 * With the lock held, which is let go while s sleeps. True: it is to wait for messages, because the
 * thread that did has been away with one call for too long.
 */
static bool sleep_idle(struct core_thread *t, struct illumos_door_server *s,
		       struct illumos_door_pool *pool, struct illumos_door_call **done,
		       bool watching, long *r)
{
	struct illumos_wait w = {0};

	s->wake = 0;
	s->polls = false;
	s->seen = pool->seq;
	s->next = pool->idle;
	pool->idle = s;
	exo_unlock(&illumos_doors_lock);
	wake_done(done);
	if (watching)
		look_again_soon(&w);
	while (*r == 0 && !__atomic_load_n(&s->wake, __ATOMIC_ACQUIRE))
		*r = illumos_wait_word(t, (u64)&s->wake, 0, false, &w);
	exo_lock(&illumos_doors_lock);
	if (!s->wake)
		leave_idle(pool, s);
	if (*r == -CORE_ETIME)
		*r = 0;
	return s->polls || (watching && s->seen == pool->seq && !pool->pollers);
}

/*
 * With the lock held, which is let go: waits until there is a call for s: 0, or why not. done: a
 * caller to be woken first, once s can be seen to wait.
 */
long illumos_door_wait(struct core_thread *t, struct illumos_door_server *s,
		       struct illumos_door_pool *pool, struct illumos_door_call *done)
{
	struct illumos_door_server *watcher = NULL;
	bool first = true, polls = false, watching = false;
	struct illumos_door_call *c;
	long r = 0;

	while (r == 0 && !s->call) {
		c = pool->waiting;
		if (c) {
			pool->waiting = c->next;
			c->server = s;
			c->state = ILLUMOS_DOOR_COPY;
			s->call = c;
		} else if (pool->started && !pool->pollers && (first || polls)) {
			r = poll_once(t, s, pool, &done);
			if (r > 0) {
				watcher = leave_place(pool);
				break;
			}
		} else {
			u32 before = pool->seq;

			first = false;
			polls = sleep_idle(t, s, pool, &done, watching, &r);
			if (watching && (polls || (before == pool->seq && pool->pollers)))
				watching = pool->watched = false; /* all is quiet, or s is needed */
			else if (!watching && !polls && !s->call && pool->watched && r == 0)
				watching = true;
		}
	}
	if (watching) /* it has a call itself */
		pool->watched = false;
	exo_unlock(&illumos_doors_lock);
	wake_done(&done);
	if (watcher)
		illumos_wake_word((u64)&watcher->wake, 1, false);
	return MIN(r, 0L);
}

/* ---- the caller's side within the process -------------------------------------------------- */

/* With the lock held: c goes to a thread, or waits for one. */
static void hand_over(struct illumos_door_call *c)
{
	struct illumos_door_pool *pool = illumos_door_pool_of(c->door);
	struct illumos_door_server *s = pool->idle;
	u64 one = 1;

	if (s) {
		pool->idle = s->next;
		c->server = s;
		c->state = ILLUMOS_DOOR_COPY;
		s->call = c;
		__atomic_store_n(&s->wake, 1, __ATOMIC_RELEASE);
		return; /* whoever watched is served instead: the next message tells another to */
	}
	c->next = NULL;
	if (!pool->waiting)
		pool->last = &pool->waiting;
	*pool->last = c;
	pool->last = &c->next;
	if (pool->pollers)
		EXO_NOW(write, pool->bell, &one, sizeof(one));
	illumos_door_nudge(pool);
}

static void leave_queue(struct illumos_door_call *c)
{
	struct illumos_door_pool *pool = illumos_door_pool_of(c->door);

	for (struct illumos_door_call **at = &pool->waiting; *at; at = &(*at)->next) {
		if (*at != c)
			continue;
		*at = c->next;
		if (!*at)
			pool->last = at;
		return;
	}
}

/* The caller is interrupted: true when the call is over for it. */
static bool give_up(struct illumos_door_call *c)
{
	bool over = true;

	exo_lock(&illumos_doors_lock);
	switch (c->state) {
	case ILLUMOS_DOOR_QUEUED:
		leave_queue(c);
		break;
	case ILLUMOS_DOOR_SERVED:
		c->server->call = NULL;
		illumos_door_left(c->door, c->server);
		break;
	default:
		over = false; /* what is being copied has to be awaited */
	}
	exo_unlock(&illumos_doors_lock);
	return over;
}

long illumos_door_local(struct core_thread *t, struct illumos_door_call *c)
{
	static const struct illumos_wait forever;
	struct illumos_door_server *s;
	long r;
	u32 state;

	illumos_door_will_block(t);
	exo_lock(&illumos_doors_lock);
	if (c->door->attributes & ILLUMOS_DOOR_REVOKED) {
		exo_unlock(&illumos_doors_lock);
		return -CORE_EBADF;
	}
	r = check_limits(c->door, c->arg.data_size, c->arg.desc_num, c->unref);
	if (r < 0) {
		exo_unlock(&illumos_doors_lock);
		return r;
	}
	c->state = ILLUMOS_DOOR_QUEUED;
	hand_over(c);
	s = c->server;
	exo_unlock(&illumos_doors_lock);
	if (s)
		illumos_wake_word((u64)&s->wake, 1, false);
	while ((state = __atomic_load_n(&c->state, __ATOMIC_ACQUIRE)) != ILLUMOS_DOOR_DONE) {
		r = illumos_wait_word(t, (u64)&c->state, state, false, &forever);
		if (r < 0 && give_up(c))
			break;
		if (r < 0)
			EXO_NOW(sched_yield);
	}
	return state == ILLUMOS_DOOR_DONE ? c->error : r;
}
