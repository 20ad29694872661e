/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/door_client.c: door_call.
 *
 * A call to another process's door goes as a message by the door itself and is answered by a
 * channel: a pair of sockets of which the server keeps one end for as long as it is the caller's
 * process's. When it ends instead of answering, the server is gone: EINTR, or EBADF when only its
 * door is.
 */
#include "core/memory.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/door.h"

#define DESC sizeof(struct illumos_door_desc)

/* ---- channels ------------------------------------------------------------------------------ */

static void end_channel(struct illumos_door_channel *c)
{
	exo_unhide_fd(c->fd);
	exo_pages_free(c, sizeof(*c));
}

/* A channel to d that nobody uses; *fresh gets the server's end when it is new. */
static struct illumos_door_channel *take_channel(struct core_thread *t, struct illumos_door *d,
						 int *fresh)
{
	struct illumos_door_channel *c;
	int sv[2];

	*fresh = -1;
	exo_lock(&illumos_doors_lock);
	if (d->channels_pid != t->pid) { /* a parent's are not ours */
		while ((c = d->channels)) {
			d->channels = c->next;
			if (!t->proc->borrows)
				end_channel(c);
		}
		d->channels_pid = t->pid;
	}
	c = d->channels;
	if (c)
		d->channels = c->next;
	exo_unlock(&illumos_doors_lock);
	if (c)
		return c;
	c = exo_pages_alloc(sizeof(*c));
	if (!c)
		return NULL;
	if (EXO_NOW(socketpair, CORE_AF_UNIX, CORE_SOCK_SEQPACKET | CORE_SOCK_CLOEXEC, 0, sv) < 0) {
		exo_pages_free(c, sizeof(*c));
		return NULL;
	}
	EXO_NOW(getrandom, &c->id, sizeof(c->id), 0);
	c->fd = exo_hide_fd(sv[0]);
	if (c->fd < 0) {
		EXO_NOW(close, sv[1]);
		exo_pages_free(c, sizeof(*c));
		return NULL;
	}
	*fresh = sv[1];
	return c;
}

static void give_channel(struct core_thread *t, struct illumos_door *d,
			 struct illumos_door_channel *c)
{
	exo_lock(&illumos_doors_lock);
	if (d->channels_pid == t->pid && d->open) {
		c->next = d->channels;
		d->channels = c;
		c = NULL;
	}
	exo_unlock(&illumos_doors_lock);
	if (c)
		end_channel(c);
}

/* ---- another process's door ---------------------------------------------------------------- */

static long receive(struct core_thread *t, int fd, struct illumos_wire *w,
		    const struct illumos_door_arg *a, struct illumos_wire_fds *fds)
{
	long r;

	do
		r = illumos_wire_receive(fd, w, a->rbuf, a->rsize, fds, NULL, false);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}

/* Data that lie in a file, and descriptors, into the caller's buffer or a new one. */
static long place_results(struct core_thread *t, const struct illumos_wire *w,
			  const struct illumos_wire_fds *fds, struct illumos_door_arg *a)
{
	u64 list = (w->size + DESC - 1) / DESC * DESC,
	    need = w->fds ? list + w->fds * DESC : w->size;
	bool file = w->flags & ILLUMOS_WIRE_FILE, overflow = need > a->rsize;
	u64 from = a->rbuf;
	long r = 0;

	if (overflow) {
		u64 n = ALIGN_UP(need, 4096ul);

		r = core_mmap(0, n, CORE_PROT_READ | CORE_PROT_WRITE,
			      CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS, -1, 0, 0);
		if (r < 0)
			return -CORE_EOVERFLOW;
		a->rbuf = (u64)r;
		a->rsize = n;
		if (!file && exo_copy((void *)a->rbuf, (const void *)from, w->size))
			r = -CORE_EFAULT;
	}
	r = MIN(r, 0L);
	if (file && r == 0)
		r = illumos_wire_read(fds->fd[0], a->rbuf, w->size);
	for (u32 i = 0; r == 0 && i < w->fds; i++) {
		struct illumos_door_desc d;

		illumos_door_describe(t, fds->fd[file + i], &d);
		r = copy_to_guest(gp(a->rbuf + list + i * DESC), &d, DESC);
	}
	if (r < 0) {
		if (overflow)
			core_munmap(a->rbuf, a->rsize);
		return r;
	}
	if (w->size)
		a->data_ptr = a->rbuf;
	if (w->fds)
		a->desc_ptr = a->rbuf + list;
	a->data_size = w->size;
	a->desc_num = w->fds;
	return 0;
}

/* The server is told, where there is room for a message and the door does not mind. */
static void leave(const struct illumos_door *d, int fd, u64 channel)
{
	struct illumos_wire w = {.kind = ILLUMOS_WIRE_LEAVE, .channel = channel};

	if (!(d->attributes & ILLUMOS_DOOR_NO_CANCEL))
		EXO_NOW(sendto, fd, &w, sizeof(w), CORE_MSG_NOSIGNAL | CORE_MSG_DONTWAIT, 0, 0);
}

static long call_remote(struct core_thread *t, struct illumos_door *d, int fd,
			struct illumos_door_arg *a, bool nothing)
{
	struct illumos_wire w = {.kind = ILLUMOS_WIRE_CALL,
				 .flags = nothing ? ILLUMOS_WIRE_NOTHING : 0,
				 .size = a->data_size,
				 .rsize = a->rsize};
	struct illumos_wire_fds fds;
	struct illumos_door_channel *c;
	int fresh;
	u32 own = 0;
	long r;

	if (a->desc_num && (d->attributes & ILLUMOS_DOOR_REFUSE_DESC))
		return -CORE_ILLUMOS_ENOTSUP;
	illumos_door_will_block(t);
	c = take_channel(t, d, &fresh);
	if (!c)
		return -CORE_EAGAIN;
	w.channel = c->id;
	fds.n = 0;
	if (fresh >= 0) {
		fds.fd[fds.n++] = fresh;
		w.flags |= ILLUMOS_WIRE_CHANNEL;
		own = 1;
	}
	r = illumos_door_gather(a->desc_ptr, a->desc_num, &fds);
	if (r == 0)
		r = illumos_wire_send(fd, &w, a->data_ptr, &fds);
	if (fresh >= 0)
		EXO_NOW(close, fresh);
	if (r < 0) {
		end_channel(c);
		return r == -CORE_EPIPE || r == -CORE_ECONNRESET || r == -CORE_ECONNREFUSED
			   ? -CORE_EBADF
			   : r;
	}
	illumos_door_release_descs(a->desc_ptr, a->desc_num, &fds, own);
	r = receive(t, c->fd, &w, a, &fds);
	if (r < 0) {
		if (r == -CORE_EINTR_FINAL)
			leave(d, fd, c->id);
		end_channel(c);
		return r == -CORE_EPIPE ? -CORE_EINTR_FINAL : r; /* the server is gone */
	}
	give_channel(t, d, c);
	r = w.error ? -(long)(u16)w.error : place_results(t, &w, &fds, a);
	if (r < 0)
		illumos_wire_close(&fds, w.flags & ILLUMOS_WIRE_FILE ? 1 : 0);
	if ((w.flags & ILLUMOS_WIRE_FILE) && fds.n)
		EXO_NOW(close, fds.fd[0]);
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

/* ---- the call ------------------------------------------------------------------------------ */

static long call_local(struct core_thread *t, struct illumos_door *d, struct illumos_door_arg *a,
		       bool nothing)
{
	struct illumos_door_call c = {.door = d, .arg = *a, .nothing = nothing};
	long r;

	r = illumos_door_local(t, &c);
	*a = c.arg;
	return r;
}

/* The host is given these as they are: they must not be the runtime's. */
static bool is_guests(u64 addr, u64 n)
{
	return n == 0 || (addr < EXO_GUEST_HIGH && n <= EXO_GUEST_HIGH - addr);
}

long illumos_door_call(struct core_thread *t, int fd, guest_ptr args)
{
	struct illumos_door_arg a = {0};
	struct illumos_door *d;
	long r;

	if (args.addr && copy_from_guest(&a, args, sizeof(a)) < 0)
		return -CORE_EFAULT;
	if (!is_guests(a.data_ptr, a.data_size) || !is_guests(a.rbuf, a.rsize))
		return -CORE_EFAULT;
	d = illumos_door_get(fd);
	if (!d)
		return -CORE_EBADF;
	if (illumos_door_is_ours(t, d))
		r = call_local(t, d, &a, !args.addr);
	else
		r = call_remote(t, d, fd, &a, !args.addr);
	illumos_door_put(d);
	if (r == 0 && args.addr)
		r = copy_to_guest(args, &a, sizeof(a));
	return r;
}
