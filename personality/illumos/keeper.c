/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper.c: connections, requests and processes; keeper.h has the essay.
 *
 * Whoever connects is who the machine says it is. Strangers are refused: it has to be the keeper's
 * own user, the superuser, or a process that is known already. One request at a time is served, and
 * none waits but for an event, so nothing here is ever locked.
 */
#include "personality/illumos/keeper.h"
#include "core/abi.h"
#include "core/control.h"
#include "exo/exo.h"
#include "lib/mem.h"

#define BATCH	  32
#define LINGER_MS 500

struct keeper *keeper;
static u8 *buffer; /* a message, */
static struct {	   /* and the descriptors that came with it */
	int fd[4];
	u32 count;
} came;
#define BUFFER (sizeof(struct keeper_reply) + KEEPER_DATA_MAX)

static int epoll;

bool keeper_watch(int fd, void *what)
{
	struct core_epoll_event ev = {CORE_EPOLLIN, (u64)what};

	return EXO_NOW(epoll_ctl, epoll, CORE_EPOLL_CTL_ADD, fd, &ev) == 0;
}

/* ---- open files -------------------------------------------------------------------------- */

static struct conn *file_of(u32 object, enum keeper_what what)
{
	struct conn *c = keeper->conns;

	while (c && !(c->open && c->object == object))
		c = c->next;
	if (!c || (what == KEEPER_EVENTS ? c->what < KEEPER_EVENTS : c->what != what))
		return NULL;
	return c;
}

static long open_listener(struct conn *c, struct queue *q, bool checks)
{
	c->listener = q ? listener_add(q, c, checks) : NULL;
	return c->listener ? 0 : CORE_EAGAIN;
}

static long open_file(struct conn *c, const struct keeper_request *q, struct proc *p)
{
	struct contract *ct = NULL;
	bool process = q->b == ILLUMOS_CTT_PROCESS;
	long r = 0;

	if (c->open || q->a > KEEPER_PBUNDLE || q->b >= ILLUMOS_CTT_TYPES)
		return CORE_EINVAL;
	if (q->a == KEEPER_CTL || q->a == KEEPER_STATUS_FILE || q->a == KEEPER_EVENTS) {
		ct = process ? contract_find(q->pid) : NULL;
		if (!ct)
			return CORE_ENOENT;
	}
	c->what = (enum keeper_what)q->a;
	c->type = (enum illumos_ct_type)q->b;
	c->nonblock = q->nonblock;
	switch (c->what) {
	case KEEPER_TEMPLATE:
		c->terms = core_slab_take(&keeper->terms_slab);
		if (!c->terms)
			return CORE_EAGAIN;
		terms_default(c->terms, c->type);
		break;
	case KEEPER_CTL:
		if (!contract_may_control(ct, p))
			return CORE_EACCES;
		break;
	case KEEPER_EVENTS:
		if (c->uid != 0 && !contract_owned(ct, p, c->uid))
			return CORE_EPERM;
		r = open_listener(c, &ct->events, false);
		break;
	case KEEPER_BUNDLE:
		r = open_listener(c, &keeper->bundle[c->type], true);
		break;
	case KEEPER_PBUNDLE:
		r = open_listener(c, process ? queue_of_process(p) : &keeper->bundle[c->type],
				  false);
		break;
	default:
		break;
	}
	if (r)
		return r;
	c->contract = ct;
	if (ct)
		contract_hold(ct);
	c->open = true;
	return 0;
}

/* ---- requests ---------------------------------------------------------------------------- */

/* What comes behind an answer is in the buffer already. */
static u8 *data(void)
{
	return buffer + sizeof(struct keeper_reply);
}

static void answer(struct conn *c, const struct keeper_reply *a)
{
	memcpy(buffer, a, sizeof(*a));
	EXO_NOW(sendto, c->fd, buffer, sizeof(*a) + a->len, CORE_MSG_DONTWAIT | CORE_MSG_NOSIGNAL,
		0);
}

void keeper_answer_read(struct conn *c, struct event *e, long error)
{
	struct keeper_reply a = {.error = (i32)error};

	if (e) {
		c->given = e;
		a.event = (struct illumos_ct_event){.ctev_id = e->contract->id,
						    .ctev_evid = e->id,
						    .ctev_cttype = ILLUMOS_CTT_PROCESS,
						    .ctev_flags = e->flags,
						    .ctev_type = e->type,
						    .ctev_nbytes = e->len,
						    .ctev_goffset = e->len};
		a.len = e->len;
		memcpy(data(), e->data, e->len);
	}
	answer(c, &a);
}

/* True: it is answered, or will be. */
static bool read_event(struct conn *c, const struct keeper_request *q, struct keeper_reply *a)
{
	struct conn *file = file_of(q->object, KEEPER_EVENTS);
	struct event *e;

	if (!file || c->given || c->waits) {
		a->error = CORE_EINVAL;
		return false;
	}
	e = listener_read(file->listener, c, q->a != 0);
	if (!e) {
		a->drain = listener_drain(file->listener);
		if (file->nonblock || file->listener->queue->dead) {
			a->error = file->nonblock ? CORE_EAGAIN : CORE_EIDRM;
			return false;
		}
		c->waits = file->listener;
		c->critical = q->a != 0;
		if (a->drain) { /* an answer that says so, and then the one that is waited for */
			a->error = CORE_EINPROGRESS;
			answer(c, a);
		}
		return true;
	}
	keeper_answer_read(c, e, 0);
	return true;
}

static void took_event(struct conn *c, const struct keeper_request *q, struct keeper_reply *a)
{
	struct conn *file = file_of(q->object, KEEPER_EVENTS);

	if (!file || !c->given || file->listener->copying != c) {
		a->error = CORE_EINVAL;
		return;
	}
	listener_done(file->listener, c, true);
	a->drain = listener_drain(file->listener);
	listeners_wake(file->listener->queue);
}

static void about_events(const struct keeper_request *q, struct keeper_reply *a, u32 uid)
{
	struct conn *file = file_of(q->object, KEEPER_EVENTS);

	if (!file) {
		a->error = CORE_EINVAL;
		return;
	}
	if (q->op == KEEPER_RESET)
		listener_reset(file->listener);
	else if (q->op == KEEPER_NEXT)
		listener_next(file->listener, q->b);
	else if (uid != 0) /* PRIV_CONTRACT_EVENT */
		a->error = CORE_EPERM;
	else
		listener_reliable(file->listener);
	a->drain = listener_drain(file->listener);
	listeners_wake(file->listener->queue);
}

static long about_template(struct conn *c, const struct keeper_request *q, struct keeper_reply *a,
			   struct proc *p, const char *text)
{
	struct conn *file = file_of(q->object, KEEPER_TEMPLATE), as;

	if (!file)
		return CORE_EINVAL;
	as = *file;
	as.uid = c->uid;
	as.pid = c->pid;
	switch (q->op) {
	case KEEPER_SET:
		return terms_set(&as, q, text);
	case KEEPER_GET:
		return terms_get(&as, q, a, (char *)data());
	case KEEPER_ACTIVATE: /* of devices nothing is ever made */
		return file->type == ILLUMOS_CTT_PROCESS ? proc_activate(p, q->lwp, file->terms)
							 : 0;
	case KEEPER_CLEAR:
		if (file->type == ILLUMOS_CTT_PROCESS)
			proc_clear(p, q->lwp);
		a->value = file->type == ILLUMOS_CTT_PROCESS;
		return 0;
	default: /* a process contract begins with a fork, and there are no devices */
		return CORE_EINVAL;
	}
}

static long about_contract(const struct keeper_request *q, struct proc *p)
{
	struct conn *file = file_of(q->object, KEEPER_CTL);

	if (!file)
		return CORE_EINVAL;
	switch (q->op) {
	case KEEPER_ABANDON:
		return contract_abandon(file->contract, p, true);
	case KEEPER_ACK:
	case KEEPER_NACK:
		return contract_ack(file->contract, q->b, q->op == KEEPER_NACK);
	case KEEPER_MORE_TIME:
		return CORE_ESRCH;
	case KEEPER_ADOPT:
		return contract_adopt(file->contract, p);
	default: /* KEEPER_NEWCT */
		return 0;
	}
}

static long about_status(const struct keeper_request *q, struct keeper_reply *a)
{
	struct conn *file = file_of(q->object, KEEPER_STATUS_FILE);

	if (!file || q->a > ILLUMOS_CTD_ALL)
		return CORE_EINVAL;
	contract_status(file->contract, (u32)q->a, &a->status);
	if (q->a != ILLUMOS_CTD_COMMON) {
		a->len = contract_details(file->contract, (u32)q->a, data(), KEEPER_DATA_MAX);
		if (!a->len)
			return CORE_ENOMEM;
	}
	return 0;
}

static long forking(const struct keeper_request *q, struct keeper_reply *a, struct proc *p,
		    const char *text)
{
	struct active *t = proc_active_of(p, q->lwp);
	struct contract *c;

	if (!t)
		return 0;
	if (q->len)
		fb_strlcpy(p->name, text, sizeof(p->name));
	c = contract_create(&t->terms, p, q->lwp, p->uid);
	if (!c)
		return CORE_EAGAIN;
	a->value = (u64)c->id;
	return 0;
}

static long told_of_child(const struct keeper_request *q, struct proc *p)
{
	struct proc *child = keeper_proc(q->pid);

	if (child && child->parent == p->pid && proc_is_over(child))
		proc_bury(child, (u32)q->a);
	return 0;
}

static void list(const struct keeper_request *q, struct keeper_reply *a)
{
	i32 *to = (i32 *)(void *)data();
	u32 n = 0;

	if (q->a == ILLUMOS_CTT_DEVICE)
		return;
	for (struct contract *c = keeper->contracts; c; c = c->next) {
		u32 at = n;

		if ((u64)(u32)c->id < q->b || n == KEEPER_DATA_MAX / sizeof(*to))
			continue;
		for (; at && to[at - 1] > c->id; at--)
			to[at] = to[at - 1];
		to[at] = c->id;
		n++;
	}
	a->len = n * (u32)sizeof(*to);
}

static long describe(const struct keeper_request *q, struct keeper_reply *a)
{
	struct conn *c = keeper->conns;

	while (c && !(c->open && c->object == q->object))
		c = c->next;
	if (!c)
		return CORE_EINVAL;
	a->value = (u64)c->what | (u64)c->type << 8;
	if (c->contract)
		a->value |= (u64)(u32)c->contract->id << 32;
	return 0;
}

/* pid as kill(2) takes it. */
static void kills(const struct proc *by, i32 pid, u32 sig)
{
	i32 group = pid == 0 ? by->group : -pid;

	for (struct proc *p = keeper->procs; p; p = p->next) {
		if (!p->contract || (pid > 0 && p->pid != pid) ||
		    (pid <= 0 && pid != -1 && EXO_NOW(getpgid, p->pid) != group))
			continue;
		p->killer = by->pid;
		p->kill_sig = sig;
		p->kill_known = true;
	}
}

static long request(struct conn *c, const struct keeper_request *q, struct keeper_reply *a,
		    struct proc *p, const char *text)
{
	struct proc *other;
	struct active *t;
	struct contract *made;

	switch (q->op) {
	case KEEPER_OPEN:
		return open_file(c, q, p);
	case KEEPER_SET ... KEEPER_CREATE:
		return about_template(c, q, a, p, text);
	case KEEPER_ABANDON ... KEEPER_ADOPT:
		return about_contract(q, p);
	case KEEPER_STATUS:
		return about_status(q, a);
	case KEEPER_FORKING:
		return forking(q, a, p, text);
	case KEEPER_NOT_FORKED:
		made = contract_find((i32)q->a);
		return made && made->owner == p ? contract_abandon(made, p, true) : 0;
	case KEEPER_FORKED:
		return proc_born(p, q->lwp, q->pid, p->uid, (i32)q->a, c->pid);
	case KEEPER_LWP:
		t = proc_active_of(p, q->lwp);
		return t ? proc_activate(p, (u32)q->a, &t->terms) : 0;
	case KEEPER_EXIT:
		proc_bury(p, (u32)q->a);
		return 0;
	case KEEPER_DIED:
		return told_of_child(q, p);
	case KEEPER_KILLS:
		kills(p, q->pid, (u32)q->a);
		return 0;
	case KEEPER_MEMBER:
		other = keeper_proc(q->pid);
		a->value = (u64)(other ? other->contract->id : KEEPER_ROOT);
		return 0;
	case KEEPER_LIST:
		list(q, a);
		return 0;
	case KEEPER_LOOK:
		made = contract_find(q->pid);
		a->value = made ? (u64)made->ctime : 0;
		return made ? 0 : CORE_ENOENT;
	case KEEPER_ATTACH:
		return name_attach(q, text, came.fd, came.count);
	case KEEPER_DESCRIBE:
		return describe(q, a);
	default:
		return CORE_EINVAL;
	}
}

/* A child's own word of its birth comes before it is known. */
static struct proc *who(struct conn *c, const struct keeper_request *q)
{
	struct proc *parent;

	if (q->op == KEEPER_BORN) {
		parent = keeper_proc(q->pid);
		if (!parent && proc_is_child(c->pid, q->pid))
			parent = proc_known(q->pid, c->uid);
		if (!parent)
			return NULL;
		proc_born(parent, q->lwp, c->pid, c->uid, (i32)q->a, c->pid);
	}
	return proc_known(c->pid, c->uid);
}

static void serve(struct conn *c, long got)
{
	static struct keeper_request q;
	static char text[KEEPER_TEXT_MAX];
	struct keeper_reply a = {0};
	struct proc *p;

	if (got < (long)sizeof(q))
		return;
	memcpy(&q, buffer, sizeof(q));
	if (q.len > (u64)got - sizeof(q) || q.len > sizeof(text))
		return;
	memcpy(text, buffer + sizeof(q), q.len);
	text[q.len ? q.len - 1 : 0] = '\0';
	p = q.op == KEEPER_MEMBER ? NULL : who(c, &q);
	if (!p && q.op != KEEPER_MEMBER) {
		a.error = CORE_ESRCH;
	} else if (q.op == KEEPER_READ) {
		if (read_event(c, &q, &a))
			return;
	} else if (q.op == KEEPER_TAKEN) {
		took_event(c, &q, &a);
	} else if (q.op == KEEPER_RESET || q.op == KEEPER_NEXT || q.op == KEEPER_RELIABLE) {
		about_events(&q, &a, c->uid);
	} else if (q.op != KEEPER_BORN) {
		a.error = (i32)request(c, &q, &a, p, text);
		if (q.op == KEEPER_ATTACH && !a.error)
			came.count = 0; /* they stay */
	}
	answer(c, &a);
}

/* ---- connections ------------------------------------------------------------------------- */

static void hang_up(struct conn *c)
{
	struct conn **at = &keeper->conns;
	struct queue *q = NULL;

	if (c->given) {
		for (struct conn *f = keeper->conns; f; f = f->next)
			if (f->listener && f->open && f->listener->copying == c)
				q = f->listener->queue, listener_done(f->listener, c, false);
		if (c->given)
			event_rele(c->given);
	}
	if (c->open && c->listener) {
		for (struct conn *w = keeper->conns; w; w = w->next) {
			if (w->waits != c->listener)
				continue;
			w->waits = NULL;
			keeper_answer_read(w, NULL, CORE_EBADF);
		}
		if (c->listener->queue == q)
			q = NULL;
		listener_remove(c->listener);
	}
	while (*at && *at != c)
		at = &(*at)->next;
	if (*at)
		*at = c->next;
	EXO_NOW(close, c->fd);
	if (c->terms) {
		terms_drop(c->terms);
		core_slab_give(&keeper->terms_slab, c->terms);
	}
	if (c->contract)
		contract_rele(c->contract);
	core_slab_give(&keeper->conn_slab, c);
	if (q)
		listeners_wake(q);
}

static void greet(int listener, u32 user)
{
	struct core_timespec rest = {0, 1000000};
	struct core_sockaddr_un name = {0};
	struct core_ucred peer;
	u32 len = sizeof(peer), name_len = sizeof(name);
	long fd = EXO_NOW(accept4, listener, &name, &name_len, CORE_SOCK_CLOEXEC);
	struct conn *c;

	if (fd < 0) { /* out of descriptors, most likely: others have to go first */
		EXO_NOW(nanosleep, &rest, 0);
		return;
	}
	c = core_slab_take(&keeper->conn_slab);
	if (!c || EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_PEERCRED, &peer, &len) < 0 ||
	    peer.pid <= 0 || (peer.uid != user && peer.uid != 0 && !keeper_proc(peer.pid)))
		goto fail;
	*c = (struct conn){.tag = TAG_CONN,
			   .fd = (int)fd,
			   .pid = peer.pid,
			   .uid = peer.uid,
			   .object = name_len >= 8 ? keeper_object(name.sun_path + 1) : 0,
			   .next = keeper->conns};
	if (!keeper_watch(c->fd, c))
		goto fail;
	keeper->conns = c;
	return;
fail:
	if (c)
		core_slab_give(&keeper->conn_slab, c);
	EXO_NOW(close, fd);
}

/* Descriptors that came are the keeper's own only if the request takes them. */
static long receive(struct conn *c)
{
	u8 control[CORE_CMSG_SPACE(sizeof(came.fd))];
	u64 iov[2] = {(u64)buffer, BUFFER};
	struct core_msghdr m = {.msg_iov = (u64)iov,
				.msg_iovlen = 1,
				.msg_control = (u64)control,
				.msg_controllen = sizeof(control)};
	long got = EXO_NOW(recvmsg, c->fd, &m, CORE_MSG_DONTWAIT | CORE_MSG_CMSG_CLOEXEC);
	struct core_rights rights;
	int fd;

	came.count = 0;
	if (got < 0 || !m.msg_controllen)
		return got;
	rights = (struct core_rights){control, m.msg_controllen, 0, 0};
	while (core_rights_next(&rights, &fd)) {
		if (came.count < ARRAY_LEN(came.fd))
			came.fd[came.count++] = fd;
		else
			EXO_NOW(close, fd);
	}
	return got;
}

static void hear(struct conn *c)
{
	long got = receive(c);

	if (got == -CORE_EAGAIN || got == -CORE_EINTR)
		return;
	if (got <= 0)
		hang_up(c);
	else
		serve(c, got);
	while (came.count)
		EXO_NOW(close, came.fd[--came.count]);
}

/* What an event is about may have gone by the ones before it. */
static void *still_there(u64 tag)
{
	for (struct proc *p = keeper->procs; p; p = p->next)
		if ((u64)p == tag)
			return p;
	for (struct conn *c = keeper->conns; c; c = c->next)
		if ((u64)c == tag)
			return c;
	return name_find((void *)tag);
}

static bool begin(void)
{
	static struct proc kernel;
	struct terms *t;

	keeper = exo_pages_alloc(sizeof(*keeper));
	buffer = exo_pages_alloc(BUFFER);
	if (!keeper || !buffer)
		return false;
	core_slab_start(&keeper->proc_slab, sizeof(struct proc));
	core_slab_start(&keeper->contract_slab, sizeof(struct contract));
	core_slab_start(&keeper->event_slab, sizeof(struct event));
	core_slab_start(&keeper->conn_slab, sizeof(struct conn));
	core_slab_start(&keeper->listener_slab, sizeof(struct listener));
	core_slab_start(&keeper->terms_slab, sizeof(struct terms));
	core_slab_start(&keeper->active_slab, sizeof(struct active));
	core_slab_start(&keeper->queue_slab, sizeof(struct queue));
	core_slab_start(&keeper->name_slab, sizeof(struct named));
	for (u32 i = 0; i < ILLUMOS_CTT_TYPES; i++)
		keeper->bundle[i].kind = QUEUE_BUNDLE;
	keeper->kernel = &kernel;
	fb_strlcpy(kernel.name, "sched", sizeof(kernel.name));
	t = core_slab_take(&keeper->terms_slab);
	if (!t)
		return false;
	/* As init's is: nobody's but the kernel's (contract_process_init). */
	t->params = ILLUMOS_CT_PR_NOORPHAN;
	t->fatal = ILLUMOS_CT_PR_EV_HWERR;
	t->has_fmri = true;
	fb_strlcpy(t->fmri, "svc:/system/init:default", sizeof(t->fmri));
	keeper->root = contract_create(t, keeper->kernel, 0, 0);
	return keeper->root != NULL;
}

void illumos_keeper(int listener)
{
	struct core_epoll_event ev[BATCH];
	struct core_rlimit limit;
	u32 user = (u32)EXO_NOW(geteuid);
	static u64 listening; /* its address says what an event is about */
	long n;

	if (EXO_NOW(prlimit64, 0, CORE_RLIMIT_NOFILE, 0, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		EXO_NOW(prlimit64, 0, CORE_RLIMIT_NOFILE, &limit, 0);
	}
	EXO_NOW(prctl, CORE_PR_SET_NAME, "fbird-contracts");
	epoll = (int)EXO_NOW(epoll_create1, CORE_EPOLL_CLOEXEC);
	if (epoll < 0 || !begin() || !keeper_watch(listener, &listening))
		exo_exit(1);
	for (;;) {
		n = EXO_NOW(epoll_wait, epoll, ev, BATCH,
			    keeper->procs || keeper->conns || keeper->names ? -1 : LINGER_MS);
		if (n == 0)
			exo_exit(0);
		for (long i = 0; i < n; i++) {
			struct conn *c;

			if (ev[i].data == (u64)&listening) {
				greet(listener, user);
				continue;
			}
			c = still_there(ev[i].data);
			if (c && c->tag == TAG_CONN)
				hear(c);
			else if (c && c->tag == TAG_NAME)
				name_event((struct named *)(void *)c);
			else if (c)
				proc_ended((struct proc *)(void *)c);
		}
	}
}
