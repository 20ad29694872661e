/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper_name.c: descriptors that have a name (namefs.c), kept.
 *
 * Whoever connects to a name's socket is sent what is attached to it. A name lasts as long as its
 * socket is in the file system: when it has been removed, or the covered file been put back over
 * it, the last is let go of, and what still lies aside is removed, as what a removed mount point
 * covered is (VFS_UNLINKABLE, usr/src/uts/common/fs/namefs/namevfs.c).
 */
#include "core/abi.h"
#include "core/control.h"
#include "exo/exo.h"
#include "lib/mem.h"
#include "personality/illumos/keeper.h"

static int watcher; /* 0: none yet */

/* The one who watches says that something happened to some; which is looked up. */
static struct named watching;

static void release(struct named *n)
{
	struct named **at = &keeper->names;
	struct core_stat st;

	if (EXO_NOW(newfstatat, n->dir, n->aside, &st, CORE_AT_SYMLINK_NOFOLLOW) == 0 &&
	    st.st_ino == n->inode)
		EXO_NOW(unlinkat, n->dir, n->aside, 0);
	while (*at && *at != n)
		at = &(*at)->next;
	if (*at)
		*at = n->next;
	EXO_NOW(inotify_rm_watch, watcher, n->watch);
	EXO_NOW(close, n->listener);
	EXO_NOW(close, n->target);
	EXO_NOW(close, n->dir);
	EXO_NOW(close, n->node);
	core_slab_give(&keeper->name_slab, n);
}

static bool begin(void)
{
	if (watcher > 0)
		return true;
	watcher = (int)EXO_NOW(inotify_init1, CORE_IN_NONBLOCK | CORE_IN_CLOEXEC);
	watching.tag = TAG_NAME;
	return watcher > 0 && keeper_watch(watcher, &watching);
}

long name_attach(const struct keeper_request *q, const char *aside, const int *fds, u32 count)
{
	struct named *n;
	char path[32];

	if (count != 4 || !q->len || strlen(aside) >= sizeof(n->aside) || strchr(aside, '/'))
		return CORE_EINVAL;
	n = begin() ? core_slab_take(&keeper->name_slab) : NULL;
	if (!n)
		return CORE_EAGAIN;
	*n = (struct named){.tag = TAG_NAME,
			    .next = keeper->names,
			    .listener = fds[0],
			    .target = fds[1],
			    .dir = fds[2],
			    .node = fds[3],
			    .inode = q->a};
	fb_strlcpy(n->aside, aside, sizeof(n->aside));
	fb_format(path, sizeof(path), "/proc/self/fd/%d", n->node);
	n->watch = (int)EXO_NOW(inotify_add_watch, watcher, path, CORE_IN_ATTRIB);
	if (n->watch < 0 || !keeper_watch(n->listener, n)) {
		core_slab_give(&keeper->name_slab, n);
		return CORE_EAGAIN;
	}
	keeper->names = n;
	return 0;
}

static void look_at_all(void)
{
	u8 events[1024];
	struct named *n, *next;
	struct core_stat st;

	while (EXO_NOW(read, watcher, events, sizeof(events)) > 0)
		;
	for (n = keeper->names; n; n = next) {
		next = n->next;
		if (EXO_NOW(fstat, n->node, &st) < 0 || st.st_nlink == 0)
			release(n);
	}
}

void name_event(struct named *n)
{
	u8 control[CORE_CMSG_SPACE(sizeof(i32))];
	struct core_control o = {control, sizeof(control), 0};
	u64 iov[2] = {(u64) "", 1};
	struct core_msghdr m = {.msg_iov = (u64)iov, .msg_iovlen = 1, .msg_control = (u64)control};
	i32 target;
	long fd;

	if (n == &watching) {
		look_at_all();
		return;
	}
	fd = EXO_NOW(accept4, n->listener, 0, 0, CORE_SOCK_CLOEXEC);
	if (fd < 0)
		return;
	target = n->target;
	memcpy(core_control_add(&o, CORE_SOL_SOCKET, CORE_SCM_RIGHTS, sizeof(target)), &target,
	       sizeof(target));
	m.msg_controllen = o.len;
	EXO_NOW(sendmsg, fd, &m, CORE_MSG_DONTWAIT | CORE_MSG_NOSIGNAL);
	EXO_NOW(close, fd);
}

struct named *name_find(const void *what)
{
	if (what == &watching)
		return &watching;
	for (struct named *n = keeper->names; n; n = n->next)
		if (n == what)
			return n;
	return NULL;
}
