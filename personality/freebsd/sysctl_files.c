/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_files.c: kern.proc's answers about the descriptors and the
 * mappings of a process, as packed struct kinfo_file and kinfo_vmentry.
 *
 * What is the runtime's own is left out. Records are as long as their path: cut behind its
 * NUL, rounded up to 8 bytes. Facts: sys/user.h, sys/kern/kern_descrip.c
 * (sysctl_kern_proc_filedesc), sys/kern/kern_proc.c (sysctl_kern_proc_vmmap).
 */
#include "core/fd.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/convert_socket.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysctl.h"
#include "personality/freebsd/sysctl_sockets.h"

#define FD_LIST_MAX 65536

static long named_process(const struct freebsd_sysctl *req, i32 *pid, bool *self)
{
	struct exo_process p;

	if (req->nrest != 1)
		return -CORE_EINVAL;
	*self = req->rest[0] == -1 || req->rest[0] == req->t->pid;
	*pid = *self ? req->t->pid : req->rest[0];
	if (*self)
		return 0;
	return *pid > 0 ? exo_process_info(*pid, 0, &p) : -CORE_ESRCH;
}

/* The length of a record whose last member is a path. */
static i32 packed(u64 path_offset, const char *path)
{
	return (i32)ALIGN_UP(path_offset + strlen(path) + 1, 8);
}

/* ---- descriptors ------------------------------------------------------------------------- */

static bool starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static i32 vnode_type(u32 mode)
{
	switch (mode & CORE_S_IFMT) {
	case CORE_S_IFREG:
		return FREEBSD_KF_VTYPE_VREG;
	case CORE_S_IFDIR:
		return FREEBSD_KF_VTYPE_VDIR;
	case CORE_S_IFBLK:
		return FREEBSD_KF_VTYPE_VBLK;
	case CORE_S_IFCHR:
		return FREEBSD_KF_VTYPE_VCHR;
	case CORE_S_IFLNK:
		return FREEBSD_KF_VTYPE_VLNK;
	case CORE_S_IFSOCK:
		return FREEBSD_KF_VTYPE_VSOCK;
	case CORE_S_IFIFO:
		return FREEBSD_KF_VTYPE_VFIFO;
	default:
		return FREEBSD_KF_VTYPE_VNON;
	}
}

/* fd: the caller's own, or -1: then path decides alone. */
static void fill_file(int fd, const char *path, struct freebsd_kinfo_file *kf)
{
	struct core_statx sx;
	struct freebsd_stat st;
	long r;

	memset(&sx, 0, sizeof(sx));
	if (fd >= 0)
		r = EXO_NOW(statx, fd, "", CORE_AT_EMPTY_PATH, CORE_STATX_BASIC_STATS, &sx);
	else
		r = EXO_NOW(statx, CORE_AT_FDCWD, path, 0, CORE_STATX_BASIC_STATS, &sx);
	if (r < 0)
		return;
	core_to_freebsd_stat(&sx, &st);
	kf->kf_un.kf_file.kf_file_type = vnode_type(sx.stx_mode);
	kf->kf_un.kf_file.kf_file_nlink = st.st_nlink;
	kf->kf_un.kf_file.kf_file_fsid = st.st_dev;
	kf->kf_un.kf_file.kf_file_rdev = st.st_rdev;
	kf->kf_un.kf_file.kf_file_fileid = st.st_ino;
	kf->kf_un.kf_file.kf_file_size = (u64)st.st_size;
	kf->kf_un.kf_file.kf_file_mode = st.st_mode;
	kf->kf_un.kf_file.kf_file_fsid_freebsd11 = (u32)st.st_dev;
	kf->kf_un.kf_file.kf_file_rdev_freebsd11 = (u32)st.st_rdev;
	kf->kf_status = FREEBSD_KF_ATTR_VALID;
}

static void socket_address(int fd, bool peer, u8 out[128])
{
	struct freebsd_sockaddr_storage fs;
	struct core_sockaddr_storage ss;
	u32 len = sizeof(ss);
	long r = peer ? EXO_NOW(getpeername, fd, &ss, &len) : EXO_NOW(getsockname, fd, &ss, &len);

	memset(&fs, 0, sizeof(fs));
	if (r >= 0 && len <= sizeof(ss))
		core_to_freebsd_sockaddr(&ss, len, &fs);
	memcpy(out, &fs, 128);
}

static i32 socket_option(int fd, int name)
{
	i32 value = 0;
	u32 len = sizeof(value);

	EXO_NOW(getsockopt, fd, CORE_SOL_SOCKET, name, &value, &len);
	return value;
}

static void fill_socket(int fd, u64 id, struct freebsd_kinfo_file *kf)
{
	int family = 0;

	core_to_freebsd_family(socket_option(fd, CORE_SO_DOMAIN), &family);
	kf->kf_un.kf_sock.kf_sock_pcb = freebsd_kernel_addr(FREEBSD_KVA_PCB, id);
	if (family != FREEBSD_AF_UNIX)
		kf->kf_un.kf_sock.kf_sock_inpcb = kf->kf_un.kf_sock.kf_sock_pcb;
	kf->kf_un.kf_sock.kf_sock_domain0 = family;
	kf->kf_un.kf_sock.kf_sock_type0 = socket_option(fd, CORE_SO_TYPE);
	kf->kf_un.kf_sock.kf_sock_protocol0 = socket_option(fd, CORE_SO_PROTOCOL);
	socket_address(fd, false, kf->kf_un.kf_sock.kf_sa_local);
	socket_address(fd, true, kf->kf_un.kf_sock.kf_sa_peer);
	kf->kf_status = FREEBSD_KF_ATTR_VALID;
}

i32 freebsd_open_file_type(const char *path, enum core_fd_kind kind)
{
	if (kind == CORE_FD_KQUEUE)
		return FREEBSD_KF_TYPE_KQUEUE;
	if (kind == CORE_FD_PROCDESC || starts(path, "anon_inode:[pidfd]"))
		return FREEBSD_KF_TYPE_PROCDESC;
	if (kind == CORE_FD_SHM || starts(path, "/memfd:") || starts(path, "/dev/shm/"))
		return FREEBSD_KF_TYPE_SHM;
	if (starts(path, "socket:"))
		return FREEBSD_KF_TYPE_SOCKET;
	if (starts(path, "pipe:"))
		return FREEBSD_KF_TYPE_PIPE;
	if (starts(path, "/dev/ptmx") || starts(path, "/dev/pts/ptmx"))
		return FREEBSD_KF_TYPE_PTS;
	if (starts(path, "anon_inode:[eventfd]"))
		return FREEBSD_KF_TYPE_EVENTFD;
	return path[0] == '/' ? FREEBSD_KF_TYPE_VNODE : FREEBSD_KF_TYPE_UNKNOWN;
}

static void fill_pipe(const struct exo_open_file *open, struct freebsd_kinfo_file *kf)
{
	u64 id = freebsd_open_file_id(open->path);
	u64 reads = freebsd_kernel_addr(FREEBSD_KVA_PIPE, id);
	u64 writes = freebsd_kernel_addr(FREEBSD_KVA_PIPE_WRITE, id);
	bool writer = open->flags & CORE_O_ACCMODE;

	kf->kf_un.kf_pipe.kf_pipe_addr = writer ? writes : reads;
	kf->kf_un.kf_pipe.kf_pipe_peer = writer ? reads : writes;
	kf->kf_status = FREEBSD_KF_ATTR_VALID;
}

static i32 file_flags(u64 flags)
{
	static const u8 access[4] = {FREEBSD_KF_FLAG_READ, FREEBSD_KF_FLAG_WRITE,
				     FREEBSD_KF_FLAG_READ | FREEBSD_KF_FLAG_WRITE, 0};
	i32 out = access[flags & 3];

	out |= flags & CORE_O_APPEND ? FREEBSD_KF_FLAG_APPEND : 0;
	out |= flags & CORE_O_NONBLOCK ? FREEBSD_KF_FLAG_NONBLOCK : 0;
	out |= flags & CORE_O_DIRECT ? FREEBSD_KF_FLAG_DIRECT : 0;
	out |= flags & CORE_O_ASYNC ? FREEBSD_KF_FLAG_ASYNC : 0;
	return out;
}

static long out_old_file(struct freebsd_sysctl *req, const struct freebsd_kinfo_file *kf)
{
	struct freebsd_kinfo_ofile old = {
	    .kf_structsize = sizeof(old),
	    .kf_type = kf->kf_type,
	    .kf_fd = kf->kf_fd,
	    .kf_ref_count = kf->kf_ref_count,
	    .kf_flags = kf->kf_flags,
	    .kf_offset = kf->kf_offset,
	};

	if (kf->kf_type == FREEBSD_KF_TYPE_SOCKET) {
		old.kf_sock_domain = kf->kf_un.kf_sock.kf_sock_domain0;
		old.kf_sock_type = kf->kf_un.kf_sock.kf_sock_type0;
		old.kf_sock_protocol = kf->kf_un.kf_sock.kf_sock_protocol0;
		memcpy(old.kf_sa_local, kf->kf_un.kf_sock.kf_sa_local, sizeof(old.kf_sa_local));
		memcpy(old.kf_sa_peer, kf->kf_un.kf_sock.kf_sa_peer, sizeof(old.kf_sa_peer));
	} else if (kf->kf_status & FREEBSD_KF_ATTR_VALID && kf->kf_type == FREEBSD_KF_TYPE_VNODE) {
		old.kf_vnode_type = kf->kf_un.kf_file.kf_file_type;
	}
	fb_strlcpy(old.kf_path, kf->kf_path, sizeof(old.kf_path));
	return freebsd_sysctl_out(req, &old, sizeof(old));
}

static long out_file(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row,
		     struct freebsd_kinfo_file *kf)
{
	if (row->number == FREEBSD_KERN_PROC_OFILEDESC)
		return out_old_file(req, kf);
	kf->kf_structsize = packed(offsetof(struct freebsd_kinfo_file, kf_path), kf->kf_path);
	return freebsd_sysctl_out(req, kf, (u64)kf->kf_structsize);
}

/* One of the places a process has beside its descriptors. */
static long out_place(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row, i32 pid,
		      enum exo_process_text what, i32 number, struct freebsd_kinfo_file *kf)
{
	long n;

	memset(kf, 0, sizeof(*kf));
	n = what == EXO_PROCESS_PROGRAM
		? freebsd_process_program(req->t, pid, kf->kf_path, sizeof(kf->kf_path))
		: exo_process_text(pid, what, 0, kf->kf_path, sizeof(kf->kf_path) - 1);
	if (n < 0)
		return 0; /* what may not be seen is not in the list */
	kf->kf_path[n] = '\0';
	kf->kf_type = FREEBSD_KF_TYPE_VNODE;
	kf->kf_fd = number;
	kf->kf_ref_count = -1;
	kf->kf_flags = FREEBSD_KF_FLAG_READ;
	kf->kf_offset = -1;
	fill_file(-1, kf->kf_path, kf);
	return out_file(req, row, kf);
}

/* Working memory of the two lists, too large for a kernel stack. */
struct workspace {
	struct freebsd_kinfo_file kf;
	struct exo_open_file open;
	struct freebsd_sockets sockets;
	bool guest;
	i32 fds[FD_LIST_MAX];
};

static long out_descriptor(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row,
			   i32 pid, bool self, i32 fd, struct workspace *w)
{
	struct freebsd_kinfo_file *kf = &w->kf;
	struct exo_open_file *open = &w->open;

	if (self && exo_fd_hidden(fd))
		return 0;
	if (exo_process_fd(pid, fd, open) < 0)
		return 0; /* closed in the meantime */
	if (!self && w->guest && freebsd_runtimes_own(fd, open))
		return 0;
	memset(kf, 0, sizeof(*kf));
	kf->kf_fd = fd;
	kf->kf_ref_count = 1;
	kf->kf_type = freebsd_open_file_type(open->path, self ? core_fd_kind(fd) : CORE_FD_PLAIN);
	kf->kf_flags = file_flags(open->flags);
	kf->kf_offset = open->offset;
	if (open->path[0] == '/')
		fb_strlcpy(kf->kf_path, open->path, sizeof(kf->kf_path));
	if (kf->kf_type == FREEBSD_KF_TYPE_SOCKET && self)
		fill_socket(fd, freebsd_open_file_id(open->path), kf);
	else if (kf->kf_type == FREEBSD_KF_TYPE_SOCKET)
		freebsd_socket_fill(&w->sockets, freebsd_open_file_id(open->path), kf);
	else if (kf->kf_type == FREEBSD_KF_TYPE_PIPE)
		fill_pipe(open, kf);
	else if (kf->kf_type == FREEBSD_KF_TYPE_VNODE || kf->kf_type == FREEBSD_KF_TYPE_SHM)
		fill_file(self ? fd : -1, open->path, kf);
	return out_file(req, row, kf);
}

long freebsd_sysctl_proc_filedesc(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct workspace *w;
	bool self;
	i32 pid;
	long r = named_process(req, &pid, &self), n;

	if (r < 0)
		return r;
	w = exo_pages_alloc(sizeof(*w));
	if (!w)
		return -CORE_ENOMEM;
	w->guest = freebsd_is_guest(req->t, pid);
	n = exo_process_fds(self ? 0 : pid, w->fds, FD_LIST_MAX);
	r = n < 0 ? n : 0;
	if (r == 0)
		r = out_place(req, row, pid, EXO_PROCESS_PROGRAM, FREEBSD_KF_FD_TYPE_TEXT, &w->kf);
	if (r == 0)
		r = out_place(req, row, pid, EXO_PROCESS_CWD, FREEBSD_KF_FD_TYPE_CWD, &w->kf);
	if (r == 0)
		r = out_place(req, row, pid, EXO_PROCESS_ROOT, FREEBSD_KF_FD_TYPE_ROOT, &w->kf);
	for (long i = 0; i < MIN(n, (long)FD_LIST_MAX) && r == 0; i++)
		r = out_descriptor(req, row, pid, self, w->fds[i], w);
	freebsd_sockets_free(&w->sockets);
	exo_pages_free(w, sizeof(*w));
	return r == -CORE_EACCES ? -CORE_EPERM : r;
}

/* Of the process itself alone, named by 0. */
long freebsd_sysctl_proc_nfds(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	i32 *fds, count = 0;
	long r;

	(void)row;
	if (req->nrest != 1 || req->rest[0] != 0)
		return -CORE_EINVAL;
	fds = exo_pages_alloc(FD_LIST_MAX * sizeof(*fds));
	if (!fds)
		return -CORE_ENOMEM;
	r = exo_process_fds(0, fds, FD_LIST_MAX);
	for (long i = 0; i < MIN(r, (long)FD_LIST_MAX); i++)
		count += !exo_fd_hidden(fds[i]);
	exo_pages_free(fds, FD_LIST_MAX * sizeof(*fds));
	return r < 0 ? r : freebsd_sysctl_out(req, &count, sizeof(count));
}

long freebsd_sysctl_proc_cwd(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_kinfo_file kf;
	bool self;
	i32 pid;
	long r = named_process(req, &pid, &self);

	return r < 0 ? r : out_place(req, row, pid, EXO_PROCESS_CWD, FREEBSD_KF_FD_TYPE_CWD, &kf);
}

/* ---- mappings ------------------------------------------------------------------------------ */

struct map_walk {
	struct freebsd_sysctl *req;
	struct freebsd_kinfo_vmentry *kve;
	bool self, old;
	long result;
};

static long out_old_mapping(struct freebsd_sysctl *req, const struct freebsd_kinfo_vmentry *kve)
{
	struct freebsd_kinfo_ovmentry old = {
	    .kve_structsize = sizeof(old),
	    .kve_type = kve->kve_type,
	    .kve_start = kve->kve_start,
	    .kve_end = kve->kve_end,
	    .kve_flags = kve->kve_flags,
	    .kve_resident = kve->kve_resident,
	    .kve_private_resident = kve->kve_private_resident,
	    .kve_protection = kve->kve_protection,
	    .kve_ref_count = kve->kve_ref_count,
	    .kve_shadow_count = kve->kve_shadow_count,
	    .kve_offset = (i64)kve->kve_offset,
	    .kve_fileid = kve->kve_vn_fileid,
	    .kve_fsid = kve->kve_vn_fsid_freebsd11,
	};

	fb_strlcpy(old.kve_path, kve->kve_path, sizeof(old.kve_path));
	return freebsd_sysctl_out(req, &old, sizeof(old));
}

static bool out_mapping(void *ctx, const struct exo_mapping *m)
{
	struct map_walk *w = ctx;
	struct freebsd_kinfo_vmentry *kve = w->kve;
	bool named = m->path[0] == '/';

	if (w->self && exo_is_ours(m->low, m->high - m->low))
		return true;
	if (m->low >= EXO_GUEST_HIGH)
		return true; /* the host's own pages and, in a guest, the runtime */
	memset(kve, 0, sizeof(*kve));
	kve->kve_type = named ? FREEBSD_KVME_TYPE_VNODE : FREEBSD_KVME_TYPE_SWAP;
	if (!named && !m->prot)
		kve->kve_type = FREEBSD_KVME_TYPE_GUARD;
	kve->kve_start = m->low;
	kve->kve_end = m->high;
	kve->kve_offset = m->offset;
	kve->kve_protection = (m->prot & CORE_PROT_READ ? FREEBSD_KVME_PROT_READ : 0) |
			      (m->prot & CORE_PROT_WRITE ? FREEBSD_KVME_PROT_WRITE : 0) |
			      (m->prot & CORE_PROT_EXEC ? FREEBSD_KVME_PROT_EXEC : 0);
	kve->kve_flags = named && !m->shared ? FREEBSD_KVME_FLAG_COW : 0;
	kve->kve_ref_count = 1;
	if (named) {
		kve->kve_vn_fileid = m->inode;
		kve->kve_vn_fsid = core_to_freebsd_dev(m->device);
		kve->kve_vn_fsid_freebsd11 = (u32)kve->kve_vn_fsid;
		kve->kve_vn_type = FREEBSD_KF_VTYPE_VREG;
		fb_strlcpy(kve->kve_path, m->path, sizeof(kve->kve_path));
	}
	kve->kve_structsize =
	    packed(offsetof(struct freebsd_kinfo_vmentry, kve_path), kve->kve_path);
	w->result = w->old ? out_old_mapping(w->req, kve)
			   : freebsd_sysctl_out(w->req, kve, (u64)kve->kve_structsize);
	return w->result == 0;
}

long freebsd_sysctl_proc_vmmap(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_kinfo_vmentry kve;
	struct map_walk w = {
	    .req = req, .kve = &kve, .old = row->number == FREEBSD_KERN_PROC_OVMMAP};
	i32 pid;
	long r = named_process(req, &pid, &w.self);

	if (r < 0)
		return r;
	r = exo_process_maps(w.self ? 0 : pid, out_mapping, &w);
	if (r < 0)
		return r == -CORE_EACCES ? -CORE_EPERM : r;
	return w.result;
}
