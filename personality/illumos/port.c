/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/port.c: event ports.
 *
 * A port's descriptor is an epoll instance, so that it can be polled, copied and handed on. A
 * descriptor is associated for one event (EPOLLONESHOT); what the epoll is told of it is its number
 * and how often it was associated, so that an event of an association that is gone is known. Other
 * events (sent, timers) wait in a queue, and while there are any an eventfd in the epoll is ready.
 *
 * Who asks for one event, which is nearly everybody, gets what the epoll says as it is; who asks
 * for more waits until the queue holds them, for until then none is taken. Facts:
 * port_associate(3C), port_get(3C), usr/src/uts/common/fs/portfs/{port,port_fd}.c.
 */
#include "personality/illumos/port.h"
#include "core/signal.h"
#include "core/slab.h"
#include "lib/mem.h"
#include "personality/bits.h"
#include "personality/illumos/lwp.h"
#include "personality/illumos/port_events.h"

#define BATCH	  64	     /* events asked of the epoll at once */
#define QUEUE_MAX 65536	     /* process.port-max-events */
#define OWN	  0xffffffff /* the eventfd, in place of a descriptor */
#define LEAF	  512
#define LEAVES	  2048

/* One descriptor's association. */
struct association {
	u64 user;
	u32 times; /* it was made; odd: it is there */
	u32 known; /* the epoll has the descriptor */
};

struct illumos_port {
	struct core_fd_note note;
	struct illumos_port *next;
	struct exo_lock lock;
	int epoll;  /* the runtime's own copies: */
	int signal; /* the eventfd */
	u32 queued;
	u32 room;   /* a futex: how often the full queue got some */
	bool ready; /* the eventfd is */
	bool alert;
	struct illumos_port_event alert_event;
	struct illumos_port_item *first, **last;
	struct core_slab items;
	struct association *leaf[LEAVES];
};

static struct exo_lock ports_lock;
static struct illumos_port *ports; /* all there are */

/* ---- making and closing -------------------------------------------------------------------- */

static void release(struct core_fd_note *note)
{
	struct illumos_port *p = (struct illumos_port *)note, **at = &ports;

	exo_lock(&ports_lock);
	while (*at && *at != p)
		at = &(*at)->next;
	if (*at)
		*at = p->next;
	exo_unlock(&ports_lock);
	illumos_port_files_end(p);
	exo_unhide_fd(p->signal);
	exo_unhide_fd(p->epoll);
	for (u32 i = 0; i < LEAVES; i++)
		if (p->leaf[i])
			exo_pages_free(p->leaf[i], LEAF * sizeof(struct association));
	core_slab_end(&p->items);
	exo_pages_free(p, sizeof(*p));
}

static const struct core_fd_ops port_ops = {.kind = CORE_FD_PORT, .release = release};

static struct association *slot(struct illumos_port *p, u32 fd, bool make)
{
	struct association **leaf;

	if (fd >= LEAF * LEAVES)
		return NULL;
	leaf = &p->leaf[fd / LEAF];
	if (!*leaf && make)
		*leaf = exo_pages_alloc(LEAF * sizeof(struct association));
	return *leaf ? &(*leaf)[fd % LEAF] : NULL;
}

static bool associated(const struct association *a)
{
	return a && a->times & 1;
}

static void forget(struct illumos_port *p, u32 fd)
{
	struct association *a = slot(p, fd, false);

	if (!a || (!a->known && !associated(a)))
		return;
	exo_lock(&p->lock);
	a->times += a->times & 1;
	if (a->known)
		EXO_NOW(epoll_ctl, p->epoll, CORE_EPOLL_CTL_DEL, fd, NULL);
	a->known = 0;
	exo_unlock(&p->lock);
}

/* A descriptor that is closed leaves every port. */
static void closing(u32 first, u32 last)
{
	if (!__atomic_load_n(&ports, __ATOMIC_RELAXED))
		return;
	exo_lock(&ports_lock);
	for (struct illumos_port *p = ports; p; p = p->next) {
		for (u32 l = first / LEAF; l <= last / LEAF && l < LEAVES; l++) {
			u32 from = MAX(first, l * LEAF), to = MIN(last, l * LEAF + LEAF - 1);

			for (u32 fd = from; p->leaf[l] && fd <= to; fd++)
				forget(p, fd);
		}
	}
	exo_unlock(&ports_lock);
}

static const struct core_fd_keeper keeper = {.closing = closing};

static int hidden_copy(long fd)
{
	long copy = fd < 0 ? fd : EXO_NOW(fcntl, fd, CORE_F_DUPFD_CLOEXEC, 0);

	return copy < 0 ? (int)copy : exo_hide_fd((int)copy);
}

static int make_signal(int epoll)
{
	struct core_epoll_event ev = {.events = CORE_EPOLLIN, .data = OWN};
	long fd = EXO_NOW(eventfd2, 0, CORE_EFD_CLOEXEC | CORE_EFD_NONBLOCK), r;

	if (fd < 0)
		return (int)fd;
	r = EXO_NOW(epoll_ctl, epoll, CORE_EPOLL_CTL_ADD, fd, &ev);
	if (r < 0) {
		EXO_NOW(close, fd);
		return (int)r;
	}
	return exo_hide_fd((int)fd);
}

static long port_create(void)
{
	struct illumos_port *p = exo_pages_alloc(sizeof(*p));
	long fd = p ? EXO(epoll_create1, 0) : -CORE_EAGAIN;

	if (fd < 0) {
		if (p)
			exo_pages_free(p, sizeof(*p));
		return fd == -CORE_ENFILE ? -CORE_EAGAIN : fd;
	}
	p->epoll = hidden_copy(fd);
	p->signal = make_signal((int)fd);
	p->last = &p->first;
	core_slab_start(&p->items, sizeof(struct illumos_port_item));
	core_fd_keep(&keeper);
	exo_lock(&ports_lock);
	p->next = ports;
	ports = p;
	exo_unlock(&ports_lock);
	if (p->epoll < 0 || p->signal < 0 || core_fd_attach((int)fd, &port_ops, &p->note) < 0) {
		release(&p->note);
		EXO_NOW(close, fd);
		return -CORE_EMFILE;
	}
	return fd;
}

struct illumos_port *illumos_port_get(int fd, long *error)
{
	struct illumos_port *p = (struct illumos_port *)core_fd_get(fd, CORE_FD_PORT);

	if (!p)
		*error = core_fd_hidden(fd) || EXO_NOW(fcntl, fd, CORE_F_GETFD) < 0 ? -CORE_EBADF
										    : -CORE_EBADFD;
	return p;
}

void illumos_port_put(struct illumos_port *p)
{
	core_fd_put(&p->note);
}

/* ---- the queue ----------------------------------------------------------------------------- */

/* With the lock held: the eventfd is ready while something is to be had. */
static void show(struct illumos_port *p)
{
	bool now = p->queued || p->alert;
	u64 n = 1;

	if (now == p->ready)
		return;
	p->ready = now;
	if (now)
		EXO_NOW(write, p->signal, &n, sizeof(n));
	else
		EXO_NOW(read, p->signal, &n, sizeof(n));
}

static long enqueue(struct illumos_port *p, const struct illumos_port_event *e)
{
	struct illumos_port_item *i = p->queued < QUEUE_MAX ? core_slab_take(&p->items) : NULL;

	if (!i)
		return -CORE_EAGAIN;
	i->event = *e;
	i->next = NULL;
	*p->last = i;
	p->last = &i->next;
	p->queued++;
	return 0;
}

/* An item that is in the queue no more. */
static void take_out(struct illumos_port *p, struct illumos_port_item *i)
{
	core_slab_give(&p->items, i);
	if (UNLIKELY(p->queued-- == QUEUE_MAX)) {
		p->room++;
		illumos_wake_word((u64)&p->room, INT32_MAX, false);
	}
}

static bool dequeue(struct illumos_port *p, struct illumos_port_event *e)
{
	struct illumos_port_item *i = p->first;

	if (!i)
		return false;
	*e = i->event;
	p->first = i->next;
	if (!p->first)
		p->last = &p->first;
	take_out(p, i);
	return true;
}

long illumos_port_post(struct illumos_port *p, const struct illumos_port_event *e)
{
	long r;

	exo_lock(&p->lock);
	r = enqueue(p, e);
	show(p);
	exo_unlock(&p->lock);
	return r;
}

u32 *illumos_port_room(struct illumos_port *p)
{
	return &p->room;
}

int illumos_port_epoll(const struct illumos_port *p)
{
	return p->epoll;
}

/* ---- associations -------------------------------------------------------------------------- */

/* What the host cannot wait for (a file) is ready at once, or never when nothing is asked. */
static long always_ready(struct illumos_port *p, struct association *a, u32 fd, u32 events)
{
	struct illumos_port_event e = {
	    .portev_events = (i32)(events & (ILLUMOS_POLLIN | ILLUMOS_POLLOUT | ILLUMOS_POLLRDNORM |
					     ILLUMOS_POLLRDBAND | ILLUMOS_POLLWRBAND)),
	    .portev_source = ILLUMOS_PORT_SOURCE_FD,
	    .portev_object = fd,
	    .portev_user = a->user};

	if (!e.portev_events)
		return 0;
	a->times++;
	return enqueue(p, &e);
}

static long associate(struct illumos_port *p, u64 object, u32 events, u64 user)
{
	u32 fd = (u32)object, core;
	struct core_epoll_event ev;
	struct association *a;
	long r;

	if (object > INT32_MAX || core_fd_hidden((int)fd))
		return -CORE_EBADFD;
	/* Without any the ends alone are told, POLLHUP and POLLERR. */
	bits_to_core(events_map, ARRAY_LEN(events_map), events, &core);
	exo_lock(&p->lock);
	a = slot(p, fd, true);
	if (!a) {
		exo_unlock(&p->lock);
		return -CORE_EAGAIN;
	}
	a->times = (a->times | 1) + (a->times & 1 ? 2 : 0);
	a->user = user;
	ev = (struct core_epoll_event){.events = core | CORE_EPOLLONESHOT,
				       .data = (u64)a->times << 32 | fd};
	r = EXO_NOW(epoll_ctl, p->epoll, a->known ? CORE_EPOLL_CTL_MOD : CORE_EPOLL_CTL_ADD, fd,
		    &ev);
	if (r == -CORE_ENOENT || r == -CORE_EEXIST) /* another file has the number since */
		r = EXO_NOW(epoll_ctl, p->epoll,
			    r == -CORE_ENOENT ? CORE_EPOLL_CTL_ADD : CORE_EPOLL_CTL_MOD, fd, &ev);
	if (r == 0)
		a->known = 1;
	else if (r == -CORE_EPERM)
		r = always_ready(p, a, fd, events);
	else
		a->times++;
	show(p);
	exo_unlock(&p->lock);
	return r == -CORE_EBADF ? -CORE_EBADFD : r;
}

/* An event of it that waits in the queue goes as well. */
static bool drop_queued(struct illumos_port *p, u32 source, u64 object)
{
	for (struct illumos_port_item **at = &p->first, *i; (i = *at); at = &i->next) {
		if (i->event.portev_source != source || i->event.portev_object != object)
			continue;
		*at = i->next;
		if (!*at)
			p->last = at;
		take_out(p, i);
		show(p);
		return true;
	}
	return false;
}

static long dissociate(struct illumos_port *p, u64 object)
{
	struct core_epoll_event ev = {0};
	struct association *a;
	long r = -CORE_ENOENT;

	if (object > INT32_MAX || EXO_NOW(fcntl, object, CORE_F_GETFD) < 0)
		return -CORE_EBADFD;
	exo_lock(&p->lock);
	a = slot(p, (u32)object, false);
	if (drop_queued(p, ILLUMOS_PORT_SOURCE_FD, object))
		r = 0;
	if (associated(a)) {
		a->times++;
		EXO_NOW(epoll_ctl, p->epoll, CORE_EPOLL_CTL_MOD, object, &ev);
		r = 0;
	}
	exo_unlock(&p->lock);
	return r;
}

/* ---- taking events ------------------------------------------------------------------------- */

/* An epoll's event becomes the port's; false: of an association that is gone. */
static bool convert(struct illumos_port *p, const struct core_epoll_event *ev,
		    struct illumos_port_event *e)
{
	u32 fd = (u32)ev->data, events;
	struct association *a;

	if (UNLIKELY(fd == ILLUMOS_PORT_TIMER))
		return illumos_port_timer_event((u32)(ev->data >> 32), e);
	if (UNLIKELY(fd == ILLUMOS_PORT_FILE))
		return illumos_port_file_event((u32)(ev->data >> 32), e);
	a = slot(p, fd, false);
	if (!associated(a) || a->times != (u32)(ev->data >> 32))
		return false;
	a->times++;
	bits_to_guest(events_map, ARRAY_LEN(events_map), ev->events, &events);
	*e = (struct illumos_port_event){.portev_events = (i32)events,
					 .portev_source = ILLUMOS_PORT_SOURCE_FD,
					 .portev_object = fd,
					 .portev_user = a->user};
	return true;
}

/* The epoll's events into the queue. */
static void harvest(struct illumos_port *p)
{
	struct core_epoll_event ev[BATCH];
	struct illumos_port_event e;
	long n;

	do {
		n = EXO_NOW(epoll_wait, p->epoll, ev, BATCH, 0);
		for (long i = 0; i < n; i++)
			if (ev[i].data != OWN && convert(p, &ev[i], &e))
				enqueue(p, &e);
	} while (n == BATCH);
	show(p);
}

static long give(guest_ptr list, u32 at, const struct illumos_port_event *e)
{
	return copy_to_guest(gp(list.addr + at * sizeof(*e)), e, sizeof(*e));
}

/* From the queue, at most max. */
static long give_queued(struct illumos_port *p, guest_ptr list, u32 from, u32 max)
{
	struct illumos_port_event e;
	u32 n = from;
	long r = 0;

	while (n < max && r == 0 && dequeue(p, &e)) {
		r = give(list, n, &e);
		n += r == 0;
	}
	show(p);
	return r < 0 ? r : n;
}

/* One is wanted: what the epoll has goes straight to the guest. */
static long get_any(struct core_thread *t, struct illumos_port *p, guest_ptr list, u32 max,
		    const struct illumos_wait *w)
{
	struct core_epoll_event ev[BATCH];
	struct illumos_port_event e;
	u32 given = 0;
	bool queue;
	long n, r = 0;

	for (;;) {
		n = illumos_port_sleep(t, p->epoll, ev, (int)MIN(max, (u32)BATCH), w);
		if (n <= 0)
			return n < 0 ? n : -CORE_ETIME;
		queue = false;
		exo_lock(&p->lock);
		if (p->alert) { /* get() looks again; what the epoll told is told once */
			for (long i = 0; i < n; i++)
				if (ev[i].data != OWN && convert(p, &ev[i], &e))
					enqueue(p, &e);
			exo_unlock(&p->lock);
			return -CORE_ERESTART_ALWAYS;
		}
		for (long i = 0; i < n && r == 0; i++) {
			if (ev[i].data == OWN) {
				queue = true;
			} else if (convert(p, &ev[i], &e)) {
				r = give(list, given, &e);
				given += r == 0;
			}
		}
		if (queue && r == 0) {
			r = give_queued(p, list, given, max);
			if (r >= 0) {
				given = (u32)r;
				r = 0;
			}
		}
		exo_unlock(&p->lock);
		if (r < 0)
			return r;
		if (given)
			return given;
	}
}

/* Many are wanted: none is taken before there are as many, or the time is up. */
static long get_many(struct core_thread *t, struct illumos_port *p, guest_ptr list, u32 max,
		     u32 want, const struct illumos_wait *w, bool *late)
{
	struct core_epoll_event ev;
	long r;

	for (;;) {
		bool ready;

		exo_lock(&p->lock);
		harvest(p);
		ready = p->queued >= want || p->alert;
		if (ready || *late) {
			r = give_queued(p, list, 0, max);
			exo_unlock(&p->lock);
			return r;
		}
		/* Only what is new is to wake us: the queue is nothing new. */
		if (p->ready) {
			u64 n;

			EXO_NOW(read, p->signal, &n, sizeof(n));
			p->ready = false;
		}
		exo_unlock(&p->lock);
		r = illumos_port_sleep(t, p->epoll, &ev, 1, w);
		if (r > 0 && (u32)ev.data != OWN) { /* it was told only once: keep it */
			struct illumos_port_event e;

			exo_lock(&p->lock);
			if (convert(p, &ev, &e))
				enqueue(p, &e);
			exo_unlock(&p->lock);
		}
		if (r < 0)
			return r;
		*late = r == 0;
	}
}

static long available(struct illumos_port *p)
{
	long n;

	exo_lock(&p->lock);
	harvest(p);
	n = p->queued;
	exo_unlock(&p->lock);
	return n;
}

/* How many events were given; *late: the time was up. */
static long get(struct core_thread *t, struct illumos_port *p, guest_ptr list, u32 max, u32 want,
		const struct illumos_wait *w, bool *late)
{
	long r;

	if (!list.addr)
		return -CORE_EFAULT;
	if (want == 0)
		return 0;
	for (;;) {
		exo_lock(&p->lock);
		if (p->alert) {
			r = give(list, 0, &p->alert_event);
			exo_unlock(&p->lock);
			return r < 0 ? r : 1;
		}
		exo_unlock(&p->lock);
		if (want == 1)
			r = get_any(t, p, list, max, w);
		else
			r = get_many(t, p, list, max, want, w, late);
		if (r != -CORE_ERESTART_ALWAYS)
			return r;
	}
}

/* ---- portfs -------------------------------------------------------------------------------- */

static long port_alert(struct illumos_port *p, u32 flags, i32 events, u64 user)
{
	const u32 both = ILLUMOS_PORT_ALERT_SET | ILLUMOS_PORT_ALERT_UPDATE;
	long r = 0;

	if ((flags & both) == both)
		return -CORE_EINVAL;
	exo_lock(&p->lock);
	if (!events) {
		p->alert = false;
	} else if (flags == ILLUMOS_PORT_ALERT_UPDATE && p->alert) {
		r = -CORE_EBUSY;
	} else {
		p->alert = true;
		p->alert_event =
		    (struct illumos_port_event){.portev_events = events,
						.portev_source = ILLUMOS_PORT_SOURCE_ALERT,
						.portev_user = user};
	}
	show(p);
	exo_unlock(&p->lock);
	return r;
}

/* port_get has its time in registers and is told by ETIME alone. */
static long port_get(struct core_thread *t, struct illumos_port *p, guest_ptr event, guest_ptr time)
{
	struct illumos_wait w;
	bool late = false;
	long r = illumos_wait_begin(time, &w);

	if (r == 0)
		r = get(t, p, event, 1, 1, &w, &late);
	return r > 0 ? 0 : r;
}

/* port_getn says how many there are, and beside it whether the time was up; who did not want to
 * wait is not late. */
static long port_getn(struct core_thread *t, struct illumos_port *p, guest_ptr list, u32 max,
		      u32 want, guest_ptr time)
{
	struct illumos_wait w;
	bool late = false;
	long r;

	if (max == 0)
		return illumos_two(t, available(p), 0);
	if (want > max)
		return -CORE_EINVAL;
	r = illumos_wait_begin(time, &w);
	if (r == 0)
		r = get(t, p, list, max, want, &w, &late);
	if (r == -CORE_ETIME) {
		late = true;
		r = 0;
	}
	if (r < 0)
		return r;
	return illumos_two(t, r, late && !w.now ? ILLUMOS_ETIME : 0);
}

static long port_associate(struct illumos_port *p, i32 source, u64 object, u32 events, u64 user)
{
	if (source == ILLUMOS_PORT_SOURCE_FILE)
		return illumos_port_associate_file(p, object, events, user);
	return source == ILLUMOS_PORT_SOURCE_FD ? associate(p, object, events, user) : -CORE_EINVAL;
}

static long port_dissociate(struct illumos_port *p, i32 source, u64 object)
{
	if (source == ILLUMOS_PORT_SOURCE_FILE)
		return illumos_port_dissociate_file(p, object);
	return source == ILLUMOS_PORT_SOURCE_FD ? dissociate(p, object) : -CORE_EINVAL;
}

long illumos_portfs(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4,
		    ULONG a5)
{
	struct illumos_port *p;
	long r;

	t->exo.frame->rdx = 0;
	if (code & ILLUMOS_PORT_SYS_NOPORT) {
		switch (code & ILLUMOS_PORT_CODE_MASK) {
		case ILLUMOS_PORT_CREATE:
			return port_create();
		case ILLUMOS_PORT_SENDN:
			return illumos_port_sendn(gp(a1), gp(a2), (u32)a3, (i32)a4, a5);
		default:
			break;
		}
	}
	p = illumos_port_get((int)a1, &r);
	if (!p)
		return r;
	switch (code & ILLUMOS_PORT_CODE_MASK) {
	case ILLUMOS_PORT_ASSOCIATE:
		r = port_associate(p, (i32)a2, a3, (u32)a4, a5);
		break;
	case ILLUMOS_PORT_DISSOCIATE:
		r = port_dissociate(p, (i32)a2, a3);
		break;
	case ILLUMOS_PORT_SEND:
		r = illumos_port_send(p, (i32)a2, a3);
		break;
	case ILLUMOS_PORT_GET:
		r = port_get(t, p, gp(a2), gp(a5));
		break;
	case ILLUMOS_PORT_GETN:
		r = port_getn(t, p, gp(a2), (u32)a3, (u32)a4, gp(a5));
		break;
	case ILLUMOS_PORT_DISPATCH:
		r = illumos_port_dispatch(t, p, (i32)a2, (i32)a3, a4, a5);
		break;
	case ILLUMOS_PORT_ALERT:
		r = port_alert(p, (u32)a2, (i32)a3, a4);
		break;
	default:
		r = -CORE_EINVAL;
		break;
	}
	illumos_port_put(p);
	return r;
}
