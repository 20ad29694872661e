/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/door.c: making doors, asking about them, and the system call; door.h. */
#include "personality/illumos/door.h"
#include "core/signal.h"
#include "core/socket.h"
#include "lib/mem.h"
#include "personality/illumos/convert_ucred.h"
#include "personality/illumos/priv.h"

/* What the server's end of a door is bound to, in the hub's space of names without files. */
struct door_name {
	u16 family;
	char magic[10]; /* NUL first */
	i32 pid;
	u32 attributes;
	u64 id, pc, data, number;
} __attribute__((packed));
SIZE_ASSERT(struct door_name, 52);

static const char magic[10] = "\0fb-door 1";

struct exo_lock illumos_doors_lock;
static struct illumos_door *doors; /* this process's own */
static u32 last_id;
static u32 unref_doors; /* doors that are to be told of their last reference */

/* ---- the life of a door -------------------------------------------------------------------- */

void illumos_door_drop(struct illumos_door *d)
{
	struct illumos_door **at = &doors;

	if (--d->uses)
		return;
	while (*at && *at != d)
		at = &(*at)->next;
	if (*at)
		*at = d->next;
	if (d->own.started) {
		exo_unhide_fd(d->own.bell);
		exo_unhide_fd(d->own.epoll);
	}
	exo_pages_free(d, sizeof(*d));
}

/* With one pair left in a pool: which it is. */
static void find_only(struct illumos_door_pool *pool)
{
	pool->only = NULL;
	for (struct illumos_door *d = doors; d; d = d->next)
		if (illumos_door_pool_of(d) == pool && d->pairs)
			pool->only = d->pairs;
}

static void close_channels(struct illumos_door_channel **list)
{
	struct illumos_door_channel *c;

	while ((c = *list)) {
		*list = c->next;
		exo_unhide_fd(c->fd);
		exo_pages_free(c, sizeof(*c));
	}
}

struct illumos_door_pair *illumos_door_find_pair(u64 address)
{
	for (struct illumos_door *d = doors; d; d = d->next)
		for (struct illumos_door_pair *p = d->pairs; p; p = p->next)
			if ((u64)p == address)
				return p;
	return NULL;
}

void illumos_door_unpair(struct illumos_door_pair *p)
{
	struct illumos_door *d = p->door;

	for (struct illumos_door_pair **at = &d->pairs; *at; at = &(*at)->next) {
		if (*at != p)
			continue;
		*at = p->next;
		close_channels(&p->channels);
		p->dead = true;
		illumos_door_pool_of(d)->count--;
		illumos_door_nudge(illumos_door_pool_of(d));
		find_only(illumos_door_pool_of(d));
		if (!p->direct) /* else the thread that waits for it closes it */
			exo_unhide_fd(p->fd);
		if (p->nudge >= 0)
			exo_unhide_fd(p->nudge);
		if (p->handed)
			illumos_door_check_unref(d, d->note.refs);
		if (!p->busy)
			exo_pages_free(p, sizeof(*p));
		illumos_door_drop(d);
		return;
	}
}

static void release(struct core_fd_note *note)
{
	struct illumos_door *d = (struct illumos_door *)note;

	exo_lock(&illumos_doors_lock);
	d->open = false;
	close_channels(&d->channels);
	if (d->pid == core_self()->pid) { /* now the end of the others is to be seen */
		illumos_door_nudge(illumos_door_pool_of(d));
		for (struct illumos_door_pair *p = d->pairs; p; p = p->next) {
			if (p->nudge >= 0)
				exo_unhide_fd(p->nudge);
			p->nudge = -1;
		}
	}
	illumos_door_drop(d);
	exo_unlock(&illumos_doors_lock);
}

static const struct core_fd_ops door_ops = {.kind = CORE_FD_DOOR, .release = release};

static struct illumos_door *make(i32 pid, u32 attributes, u64 pc, u64 data, u64 id)
{
	struct illumos_door *d = exo_pages_alloc(sizeof(*d));

	if (!d)
		return NULL;
	illumos_fork_resets = true;
	*d =
	    (struct illumos_door){.uses = 1,
				  .pid = pid,
				  .attributes = attributes,
				  .pc = pc,
				  .data = data,
				  .id = id,
				  .data_max = UINT64_MAX,
				  .desc_max = attributes & ILLUMOS_DOOR_REFUSE_DESC ? 0 : INT32_MAX,
				  .open = true};
	return d;
}

/* A new pair for d: the end to give away, or an error. */
static long make_pair(struct illumos_door *d, bool handed)
{
	struct door_name name = {.family = CORE_AF_UNIX,
				 .pid = d->pid,
				 .attributes = d->attributes,
				 .id = d->id,
				 .pc = d->pc,
				 .data = d->data};
	struct illumos_door_pair *p = exo_pages_alloc(sizeof(*p));
	int sv[2], on = 1;
	long r;

	if (!p)
		return -CORE_ENOMEM;
	r = EXO_NOW(socketpair, CORE_AF_UNIX, CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC, 0, sv);
	if (r < 0) {
		exo_pages_free(p, sizeof(*p));
		return r;
	}
	memcpy(name.magic, magic, sizeof(magic));
	EXO_NOW(getrandom, &name.number, sizeof(name.number), 0);
	*p = (struct illumos_door_pair){
	    .door = d, .handed = handed, .fd = exo_hide_fd(sv[1]), .nudge = -1};
	if (!handed) {
		r = EXO_NOW(fcntl, sv[0], CORE_F_DUPFD_CLOEXEC, 0);
		p->nudge = r < 0 ? -1 : exo_hide_fd((int)r);
	}
	r = p->fd;
	if (r >= 0)
		r = EXO_NOW(bind, p->fd, &name, sizeof(name));
	if (r >= 0)
		r = EXO_NOW(setsockopt, p->fd, CORE_SOL_SOCKET, CORE_SO_PASSCRED, &on, sizeof(on));
	if (r >= 0) {
		exo_lock(&illumos_doors_lock);
		r = illumos_door_listen(d, p);
		if (r >= 0) {
			struct illumos_door_pool *pool = illumos_door_pool_of(d);

			p->next = d->pairs;
			d->pairs = p;
			d->uses++;
			pool->count++;
			illumos_door_nudge(pool);
			pool->only = p;
		}
		exo_unlock(&illumos_doors_lock);
	}
	if (r >= 0)
		return sv[0];
	if (p->fd >= 0)
		exo_unhide_fd(p->fd);
	EXO_NOW(close, sv[0]);
	exo_pages_free(p, sizeof(*p));
	return r;
}

/* Somebody closes descriptors: is it the last but one of a door that wants to know? */
static void closing(u32 first, u32 last)
{
	if (LIKELY(!__atomic_load_n(&unref_doors, __ATOMIC_RELAXED)))
		return;
	for (u32 fd = first; fd <= last && fd < first + 65536; fd++) {
		struct illumos_door *d = (struct illumos_door *)core_fd_get((int)fd, CORE_FD_DOOR);

		if (!d)
			continue;
		exo_lock(&illumos_doors_lock);
		/* the one that goes, the hold here, and what is left */
		illumos_door_check_unref(d, d->note.refs - 2);
		exo_unlock(&illumos_doors_lock);
		core_fd_put(&d->note);
	}
}

static const struct core_fd_keeper keeper = {.closing = closing};

static long door_create(struct core_thread *t, u64 pc, u64 data, u32 attributes)
{
	const u32 both = ILLUMOS_DOOR_UNREF | ILLUMOS_DOOR_UNREF_MULTI;
	struct illumos_door *d;
	long fd;

	if ((attributes & ~(u32)ILLUMOS_DOOR_CREATE_MASK) || (attributes & both) == both)
		return -CORE_EINVAL;
	if (t->proc->borrows) /* a vfork's child: the threads that would serve are not its own */
		return -CORE_ILLUMOS_ENOTSUP;
	d = make(t->pid, attributes, pc, data, __atomic_fetch_add(&last_id, 1, __ATOMIC_RELAXED));
	if (!d)
		return -CORE_EMFILE;
	/* Identifiers differ from process to process as well. */
	d->id |= (u64)(u32)t->pid << 32;
	if (attributes & both) {
		__atomic_add_fetch(&unref_doors, 1, __ATOMIC_RELAXED);
		core_fd_keep(&keeper);
	}
	fd = make_pair(d, false);
	if (fd < 0) {
		exo_pages_free(d, sizeof(*d));
		return -CORE_EMFILE;
	}
	exo_lock(&illumos_doors_lock);
	d->next = doors;
	doors = d;
	exo_unlock(&illumos_doors_lock);
	if (core_fd_attach((int)fd, &door_ops, &d->note) < 0) {
		EXO_NOW(close, fd);
		return -CORE_EMFILE;
	}
	return fd;
}

/* ---- recognising one ----------------------------------------------------------------------- */

static bool read_name(int fd, struct door_name *name)
{
	struct core_sockaddr_storage peer;
	u32 len = sizeof(peer);

	if (core_fd_hidden(fd) || EXO_NOW(getpeername, fd, &peer, &len) < 0 || len != sizeof(*name))
		return false;
	memcpy(name, &peer, sizeof(*name));
	return name->family == CORE_AF_UNIX && !memcmp(name->magic, magic, sizeof(magic));
}

struct illumos_door *illumos_door_get(int fd)
{
	struct illumos_door *d = (struct illumos_door *)core_fd_get(fd, CORE_FD_DOOR), *ours;
	i32 me = core_self()->pid;
	struct door_name name;

	if (LIKELY(d != NULL))
		return d;
	if (core_fd_kind(fd) != CORE_FD_PLAIN || !read_name(fd, &name))
		return NULL;
	if (name.pid == me) { /* our own, come back */
		exo_lock(&illumos_doors_lock);
		for (ours = doors; ours; ours = ours->next)
			if (ours->id == name.id && ours->open)
				break;
		if (ours && !core_fd_use(&ours->note))
			ours = NULL;
		exo_unlock(&illumos_doors_lock);
		if (ours && core_fd_attach_used(fd, &ours->note) == 0)
			return (struct illumos_door *)core_fd_get(fd, CORE_FD_DOOR);
	}
	d = make(name.pid, name.attributes, name.pc, name.data, name.id);
	if (!d)
		return NULL;
	if (core_fd_attach(fd, &door_ops, &d->note) < 0) {
		exo_pages_free(d, sizeof(*d));
		return NULL;
	}
	return (struct illumos_door *)core_fd_get(fd, CORE_FD_DOOR);
}

void illumos_door_put(struct illumos_door *d)
{
	core_fd_put(&d->note);
}

bool illumos_door_is(int fd)
{
	struct illumos_door *d = illumos_door_get(fd);

	if (d)
		illumos_door_put(d);
	return d != NULL;
}

/* The server's end is closed. */
static bool is_gone(int fd)
{
	struct core_pollfd p = {.fd = fd};

	return EXO_NOW(poll, &p, 1, 0) > 0 && (p.revents & CORE_POLLHUP);
}

static u32 attributes_of(struct core_thread *t, const struct illumos_door *d, int fd)
{
	u32 a = d->attributes;

	if (illumos_door_is_ours(t, d))
		return a | ILLUMOS_DOOR_LOCAL;
	return is_gone(fd) ? a | ILLUMOS_DOOR_REVOKED : a;
}

void illumos_door_describe(struct core_thread *t, int fd, struct illumos_door_desc *to)
{
	struct illumos_door *d = illumos_door_get(fd);

	*to = (struct illumos_door_desc){ILLUMOS_DOOR_DESCRIPTOR, fd, 0, {0}};
	if (!d)
		return;
	to->d_attributes |= attributes_of(t, d, fd);
	to->d_id = d->id;
	illumos_door_put(d);
}

int illumos_door_hand_out(int fd)
{
	struct illumos_door *d = (struct illumos_door *)core_fd_get(fd, CORE_FD_DOOR);
	long r = fd;

	if (LIKELY(!d))
		return fd;
	if (d->pid == core_self()->pid &&
	    (d->attributes & (ILLUMOS_DOOR_UNREF | ILLUMOS_DOOR_UNREF_MULTI))) {
		r = make_pair(d, true);
		if (r < 0)
			r = fd;
	}
	illumos_door_put(d);
	return (int)r;
}

/* ---- the simple calls ---------------------------------------------------------------------- */

/* Calls that no thread has taken yet will not be. */
static void tell_callers(struct illumos_door_pair *p)
{
	struct illumos_wire_fds none;

	none.n = 0;
	for (struct illumos_door_channel *c = p->channels; c; c = c->next) {
		struct illumos_wire w = {
		    .kind = ILLUMOS_WIRE_REPLY, .channel = c->id, .error = CORE_EBADF};

		illumos_wire_send(c->fd, &w, 0, &none);
	}
}

static long door_revoke(struct core_thread *t, int fd)
{
	struct illumos_door *d = illumos_door_get(fd);

	if (!d)
		return -CORE_EBADF;
	if (!illumos_door_is_ours(t, d)) {
		illumos_door_put(d);
		return -CORE_EPERM;
	}
	exo_lock(&illumos_doors_lock);
	d->attributes |= ILLUMOS_DOOR_REVOKED;
	while (d->pairs) {
		tell_callers(d->pairs);
		illumos_door_unpair(d->pairs);
	}
	exo_unlock(&illumos_doors_lock);
	illumos_door_put(d);
	return core_close(fd);
}

static long door_info(struct core_thread *t, int fd, guest_ptr out)
{
	struct illumos_door_server *self;
	struct illumos_door_info info = {0};
	struct illumos_door *d = NULL;

	if (fd == ILLUMOS_DOOR_QUERY) {
		self = illumos_door_self(t, false);
		d = self ? self->bound : NULL;
		if (!d)
			return -CORE_EBADF;
		info.di_attributes = d->attributes | ILLUMOS_DOOR_LOCAL;
	} else {
		d = illumos_door_get(fd);
		if (!d)
			return -CORE_EBADF;
		info.di_attributes = attributes_of(t, d, fd);
		/* the descriptor and the hold */
		if (illumos_door_is_ours(t, d) && d->note.refs <= 2 && d->uses <= 2)
			info.di_attributes |= ILLUMOS_DOOR_IS_UNREF;
	}
	info.di_target = info.di_attributes & ILLUMOS_DOOR_REVOKED ? -1 : d->pid;
	info.di_proc = d->pc;
	info.di_data = d->data;
	info.di_uniquifier = d->id;
	if (fd != ILLUMOS_DOOR_QUERY)
		illumos_door_put(d);
	return copy_to_guest(out, &info, sizeof(info));
}

static long set_param(struct core_thread *t, struct illumos_door *d, int type, u64 value)
{
	if (!illumos_door_is_ours(t, d))
		return -CORE_EPERM;
	switch (type) {
	case ILLUMOS_DOOR_PARAM_DESC_MAX:
		if (value > INT32_MAX)
			return -CORE_ERANGE;
		if ((d->attributes & ILLUMOS_DOOR_REFUSE_DESC) && value)
			return -CORE_ILLUMOS_ENOTSUP;
		d->desc_max = (u32)value;
		return 0;
	case ILLUMOS_DOOR_PARAM_DATA_MIN:
		if (value > d->data_max)
			return -CORE_EINVAL;
		d->data_min = value;
		return 0;
	case ILLUMOS_DOOR_PARAM_DATA_MAX:
		if (value < d->data_min)
			return -CORE_EINVAL;
		d->data_max = value;
		return 0;
	default:
		return -CORE_EINVAL;
	}
}

static long door_setparam(struct core_thread *t, int fd, int type, u64 value)
{
	struct illumos_door *d = illumos_door_get(fd);
	long r;

	if (!d)
		return -CORE_EBADF;
	exo_lock(&illumos_doors_lock);
	r = set_param(t, d, type, value);
	exo_unlock(&illumos_doors_lock);
	illumos_door_put(d);
	return r;
}

/* Of another process's door: what it was made with, and not what was changed since. */
static long door_getparam(int fd, int type, guest_ptr out)
{
	struct illumos_door *d = illumos_door_get(fd);
	u64 value;
	long r = 0;

	if (!d)
		return -CORE_EBADF;
	exo_lock(&illumos_doors_lock);
	if (type == ILLUMOS_DOOR_PARAM_DESC_MAX)
		value = d->desc_max;
	else if (type == ILLUMOS_DOOR_PARAM_DATA_MIN)
		value = d->data_min;
	else if (type == ILLUMOS_DOOR_PARAM_DATA_MAX)
		value = d->data_max;
	else
		r = -CORE_EINVAL;
	exo_unlock(&illumos_doors_lock);
	illumos_door_put(d);
	return r < 0 ? r : guest_write_u64(out, value);
}

static long door_bind(struct core_thread *t, int fd)
{
	struct illumos_door *d = illumos_door_get(fd);
	struct illumos_door_server *self;
	long r = 0;

	if (!d)
		return -CORE_EBADF;
	self = illumos_door_self(t, true);
	exo_lock(&illumos_doors_lock);
	if (!(d->attributes & ILLUMOS_DOOR_PRIVATE) || !illumos_door_is_ours(t, d)) {
		r = -CORE_EINVAL;
	} else if (!self) {
		r = -CORE_EAGAIN;
	} else {
		if (self->bound)
			illumos_door_drop(self->bound);
		self->bound = d;
		self->unbound_by_fork = false;
		d->uses++;
	}
	exo_unlock(&illumos_doors_lock);
	illumos_door_put(d);
	return r;
}

static long door_unbind(struct core_thread *t)
{
	struct illumos_door_server *self = illumos_door_self(t, false);
	long r = -CORE_EBADF;

	if (!self)
		return r;
	exo_lock(&illumos_doors_lock);
	if (self->unbound_by_fork || self->bound)
		r = 0;
	self->unbound_by_fork = false;
	if (self->bound)
		illumos_door_drop(self->bound);
	self->bound = NULL;
	exo_unlock(&illumos_doors_lock);
	return r;
}

/* Who calls. Of another process the machine tells one user and one group. */
static long door_ucred(struct core_thread *t, guest_ptr out)
{
	struct illumos_door_server *self = illumos_door_self(t, false);
	struct illumos_cred c = {0};
	struct illumos_priv_set sets[ILLUMOS_PRIV_NSET];
	u32 n, groups[1];
	u8 built[512];

	if (!self || (!self->call && !self->pair))
		return -CORE_EINVAL;
	if (self->call)
		c = (struct illumos_cred){t->pid,
					  (u32)EXO_NOW(geteuid),
					  (u32)EXO_NOW(getuid),
					  (u32)EXO_NOW(geteuid),
					  (u32)EXO_NOW(getegid),
					  (u32)EXO_NOW(getgid),
					  (u32)EXO_NOW(getegid),
					  1,
					  groups,
					  NULL,
					  0};
	else
		c = (struct illumos_cred){self->from.pid,
					  self->from.uid,
					  self->from.uid,
					  self->from.uid,
					  self->from.gid,
					  self->from.gid,
					  self->from.gid,
					  1,
					  groups,
					  NULL,
					  0};
	groups[0] = c.egid;
	illumos_cred_privileges(t, &c, sets);
	n = illumos_to_ucred(&c, built, sizeof(built));
	return copy_to_guest(out, built, n);
}

long illumos_door(struct core_thread *t, ULONG a0, ULONG a1, ULONG a2, ULONG a3, ULONG a4,
		  INT subcode)
{
	struct illumos_door_return_desc d = {0};

	switch (subcode) {
	case ILLUMOS_DOOR_CALL:
		return illumos_door_call(t, (int)a0, gp(a1));
	case ILLUMOS_DOOR_RETURN:
		/* Not by set_errno: the original gives the number as a result. */
		if (a2 && copy_from_guest(&d, gp(a2), sizeof(d)) < 0)
			return CORE_EFAULT;
		return illumos_door_return(t, a0, a1, d.desc_ptr, d.desc_num, a3, a4);
	case ILLUMOS_DOOR_RETURN_OLD:
		return illumos_door_return(t, a0, a1, a2, (u32)a3, a4, 0);
	case ILLUMOS_DOOR_CREATE:
		return door_create(t, a0, a1, (u32)a2);
	case ILLUMOS_DOOR_REVOKE:
		return door_revoke(t, (int)a0);
	case ILLUMOS_DOOR_INFO:
		return door_info(t, (int)a0, gp(a1));
	case ILLUMOS_DOOR_BIND:
		return door_bind(t, (int)a0);
	case ILLUMOS_DOOR_UNBIND:
		return door_unbind(t);
	case ILLUMOS_DOOR_UNREFSYS:
		return illumos_door_unref_wait(t);
	case ILLUMOS_DOOR_UCRED:
		return door_ucred(t, gp(a0));
	case ILLUMOS_DOOR_GETPARAM:
		return door_getparam((int)a0, (int)a1, gp(a2));
	case ILLUMOS_DOOR_SETPARAM:
		return door_setparam(t, (int)a0, (int)a1, a2);
	default:
		return -CORE_EINVAL;
	}
}

/*
 * The child has its parent's doors as any other process has them: the parent's ends of the pairs
 * are closed here, so that they end when the parent does.
 */
static void forget_pool(struct illumos_door_pool *p)
{
	if (p->started) {
		exo_unhide_fd(p->epoll);
		exo_unhide_fd(p->bell);
	}
	*p = (struct illumos_door_pool){0};
}

static struct illumos_door_pool shared;

struct illumos_door_pool *illumos_door_pool_of(struct illumos_door *d)
{
	return d && (d->attributes & ILLUMOS_DOOR_PRIVATE) ? &d->own : &shared;
}

void illumos_doors_forked(struct core_thread *t)
{
	struct illumos_door_server *self = illumos_door_self(t, false);

	exo_lock_reset(&illumos_doors_lock);
	for (struct illumos_door *d = doors; d; d = d->next) {
		struct illumos_door_pair *p;

		while ((p = d->pairs)) {
			d->pairs = p->next;
			exo_unhide_fd(p->fd);
			if (p->nudge >= 0)
				exo_unhide_fd(p->nudge);
			for (struct illumos_door_channel *c = p->channels; c; c = c->next)
				exo_unhide_fd(c->fd);
		}
		forget_pool(&d->own);
		d->uses = 1; /* the note's: leaked where there is none, with the parent's threads */
	}
	forget_pool(&shared);
	doors = NULL;
	unref_doors = 0;
	if (self) {
		self->unbound_by_fork = self->bound != NULL;
		self->bound = NULL;
		self->call = NULL;
		self->pair = NULL;
		self->channel = NULL;
	}
}
