/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/port_file.c: files as sources of events (PORT_SOURCE_FILE).
 *
 * An association is for one event, and is known by the address of the program's struct file_obj.
 * What the structure says of the file's times is compared first: a change between the program's
 * stat and now is told at once. Then an inotify instance of its own in the port's epoll waits for
 * the rest. Beside it a descriptor that opens nothing tells what the file has become: one without
 * names is deleted, one that is shorter than it was has been cut off.
 *
 * Facts: port_associate(3C), usr/src/uts/common/fs/portfs/port_fop.c, sys/port.h.
 */
#include "lib/mem.h"
#include "personality/illumos/port.h"

#define FILES		 256
#define FILE_ACCESS	 0x1
#define FILE_MODIFIED	 0x2
#define FILE_ATTRIB	 0x4
#define FILE_DELETE	 0x10
#define FILE_RENAME_FROM 0x40
#define FILE_TRUNC	 0x100000
#define FILE_NOFOLLOW	 0x10000000
#define FILE_UNMOUNTED	 0x20000000

struct file_obj {
	struct core_timespec atime, mtime, ctime;
	u64 pad[3];
	u64 name;
};
SIZE_ASSERT(struct file_obj, 80);

static struct port_file {
	struct illumos_port *port; /* not referenced: a port that ends takes its files along */
	u64 object, user;
	u32 events;
	int fd;	  /* the inotify's, hidden, */
	int file; /* and the file's; -1: none */
	i64 size;
} files[FILES];
static struct exo_lock lock;

static void end(struct port_file *f)
{
	exo_unhide_fd(f->fd);
	if (f->file >= 0)
		exo_unhide_fd(f->file);
	f->port = NULL;
}

static struct port_file *find(const struct illumos_port *port, u64 object)
{
	for (u32 i = 0; i < FILES; i++)
		if (files[i].port == port && files[i].object == object)
			return &files[i];
	return NULL;
}

static bool same(const struct core_timespec *a, const struct core_timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

/* What has changed since the program looked, of what it wants to know. */
static u32 changed(const struct file_obj *o, const struct core_stat *st, u32 events)
{
	u32 found = 0;

	if (!same(&o->atime, &st->st_atim))
		found |= FILE_ACCESS;
	if (!same(&o->mtime, &st->st_mtim))
		found |= FILE_MODIFIED;
	if (!same(&o->ctime, &st->st_ctim))
		found |= FILE_ATTRIB;
	return found & events;
}

/* Opens nothing of it; -1: it is told of by the inotify alone. */
static int hold(const char *name, u32 events)
{
	long fd =
	    EXO_NOW(open, name,
		    CORE_O_PATH | CORE_O_CLOEXEC | (events & FILE_NOFOLLOW ? CORE_O_NOFOLLOW : 0));

	return fd < 0 ? -1 : exo_hide_fd((int)fd);
}

static long watch(struct illumos_port *port, const char *name, u64 object, u32 events, u64 user,
		  i64 size)
{
	u32 mask = CORE_IN_DELETE_SELF | CORE_IN_MOVE_SELF | CORE_IN_ATTRIB, at = 0;
	struct port_file *old;
	long fd = EXO_NOW(inotify_init1, CORE_O_CLOEXEC | CORE_O_NONBLOCK), r;

	if (fd < 0)
		return -CORE_EAGAIN;
	if (events & FILE_ACCESS)
		mask |= CORE_IN_ACCESS;
	if (events & (FILE_MODIFIED | FILE_TRUNC))
		mask |= CORE_IN_MODIFY;
	if (events & FILE_NOFOLLOW)
		mask |= CORE_IN_DONT_FOLLOW;
	r = EXO_NOW(inotify_add_watch, fd, name, mask);
	if (r >= 0)
		r = fd = exo_hide_fd((int)fd);
	if (r < 0) {
		if (fd >= 0)
			EXO_NOW(close, fd);
		return r == -CORE_ENOSPC ? -CORE_EAGAIN : r;
	}
	exo_lock(&lock);
	old = find(port, object); /* associating again replaces what there was */
	if (old)
		end(old);
	while (at < FILES && files[at].port)
		at++;
	r = at < FILES ? illumos_port_watch_file(port, (int)fd, at) : -CORE_EAGAIN;
	if (r == 0)
		files[at] = (struct port_file){
		    port, object, user, events, (int)fd, hold(name, events), size};
	illumos_fork_resets = true;
	exo_unlock(&lock);
	if (r < 0)
		exo_unhide_fd((int)fd);
	return r;
}

long illumos_port_associate_file(struct illumos_port *port, u64 object, u32 events, u64 user)
{
	struct illumos_port_event e = {.portev_source = ILLUMOS_PORT_SOURCE_FILE,
				       .portev_object = object,
				       .portev_user = user};
	const u32 known = FILE_ACCESS | FILE_MODIFIED | FILE_ATTRIB | FILE_TRUNC | FILE_NOFOLLOW;
	struct core_stat st;
	struct file_obj o;
	char name[1024];
	long r;

	if (!events || (events & ~known))
		return -CORE_EINVAL;
	if (copy_from_guest(&o, gp(object), sizeof(o)) < 0)
		return -CORE_EFAULT;
	r = copy_str_from_guest(name, gp(o.name), sizeof(name));
	if (r < 0)
		return r;
	r = EXO_NOW(newfstatat, CORE_AT_FDCWD, name, &st,
		    events & FILE_NOFOLLOW ? CORE_AT_SYMLINK_NOFOLLOW : 0);
	if (r < 0)
		return r;
	e.portev_events = (i32)changed(&o, &st, events);
	if (!e.portev_events)
		return watch(port, name, object, events, user, st.st_size);
	illumos_port_dissociate_file(port, object);
	return illumos_port_post(port, &e);
}

long illumos_port_dissociate_file(struct illumos_port *port, u64 object)
{
	struct port_file *f;

	exo_lock(&lock);
	f = find(port, object);
	if (f)
		end(f);
	exo_unlock(&lock);
	return f ? 0 : -CORE_ENOENT;
}

static u32 to_events(struct port_file *f, u32 mask)
{
	struct core_stat st;
	bool known = f->file >= 0 && EXO_NOW(fstat, f->file, &st) == 0;
	u32 found = 0;

	if (mask & CORE_IN_ACCESS)
		found |= FILE_ACCESS;
	if (mask & CORE_IN_MODIFY)
		found |= FILE_MODIFIED;
	if (mask & CORE_IN_MODIFY && known) {
		if (st.st_size < f->size || (st.st_size == 0 && f->size == 0))
			found |= FILE_TRUNC;
		f->size = st.st_size;
	}
	if (mask & CORE_IN_ATTRIB)
		found |= FILE_ATTRIB;
	found &= f->events;
	if (mask & CORE_IN_DELETE_SELF || (mask & CORE_IN_ATTRIB && known && st.st_nlink == 0))
		found = (found & ~(u32)FILE_ATTRIB) | FILE_DELETE; /* its last name went */
	if (mask & CORE_IN_MOVE_SELF)
		found |= FILE_RENAME_FROM;
	if (mask & CORE_IN_UNMOUNT)
		found |= FILE_UNMOUNTED;
	return found;
}

bool illumos_port_file_event(u32 place, struct illumos_port_event *e)
{
	u32 words[64], mask = 0, found = 0;
	struct port_file *f;
	long n;

	if (place >= FILES)
		return false;
	f = &files[place];
	exo_lock(&lock);
	n = f->port ? EXO_NOW(read, f->fd, words, sizeof(words)) : 0;
	/* struct inotify_event: wd, mask, cookie, length of the name, which a file's has none of */
	for (long i = 0; i + 16 <= n; i += 16)
		mask |= words[i / 4 + 1];
	if (n > 0)
		found = to_events(f, mask);
	if (found) {
		*e = (struct illumos_port_event){.portev_events = (i32)found,
						 .portev_source = ILLUMOS_PORT_SOURCE_FILE,
						 .portev_object = f->object,
						 .portev_user = f->user};
		end(f);
	}
	exo_unlock(&lock);
	return found != 0;
}

void illumos_port_files_end(const struct illumos_port *port)
{
	exo_lock(&lock);
	for (u32 i = 0; i < FILES; i++)
		if (files[i].port && (!port || files[i].port == port))
			end(&files[i]);
	exo_unlock(&lock);
}

void illumos_port_files_forked(void)
{
	exo_lock_reset(&lock);
	illumos_port_files_end(NULL);
}
