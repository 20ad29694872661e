/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_sockets.c: kern.file, the open files of every process, and what
 * is behind the sockets among them.
 *
 * Of its own sockets a process is asked directly; those of others are found in the machine's
 * lists by their id, which are read once for a whole answer. Facts: sys/file.h,
 * sys/kern/kern_descrip.c (sysctl_kern_file), sys/kern/sys_socket.c (soo_fill_kinfo).
 */
#include "personality/freebsd/sysctl_sockets.h"
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_pcb.h"
#include "personality/freebsd/convert_socket.h"
#include "personality/freebsd/freebsd.h"

#define SOCKETS_MAX 8192
#define LIST_MAX    16384
#define FD_LIST_MAX 65536
#define OWN_LOW	    960 /* where the runtime keeps its descriptors */
#define OWN_HIGH    1024
#define SLACK	    32 /* files a size is estimated above what there are */

u64 freebsd_open_file_id(const char *path)
{
	const char *open = strchr(path, '[');
	u64 id = 0;

	for (const char *p = open ? open + 1 : ""; *p >= '0' && *p <= '9'; p++)
		id = id * 10 + (u64)(*p - '0');
	return id;
}

bool freebsd_runtimes_own(i32 fd, const struct exo_open_file *open)
{
	static const char image[] = "/fbird-rt";
	size_t n = strlen(open->path), tail = sizeof(image) - 1;

	if (fd < OWN_LOW || fd >= OWN_HIGH || !(open->flags & CORE_O_CLOEXEC))
		return false;
	return open->flags & CORE_O_PATH || strncmp(open->path, "anon_inode:", 11) == 0 ||
	       (n > tail && strcmp(open->path + n - tail, image) == 0);
}

/* ---- the machine's sockets --------------------------------------------------------------------
 */

static bool keep(void *ctx, const struct exo_socket *s)
{
	struct freebsd_sockets *all = ctx;

	if (s->id && all->count < SOCKETS_MAX)
		all->list[all->count++] = *s;
	return all->count < SOCKETS_MAX;
}

const struct exo_socket *freebsd_sockets_find(struct freebsd_sockets *all, u64 id)
{
	static const u8 protocols[] = {CORE_IPPROTO_TCP, CORE_IPPROTO_UDP, 0};

	if (!all->list) {
		all->list = exo_pages_alloc(SOCKETS_MAX * sizeof(*all->list));
		if (!all->list)
			return NULL;
		exo_sockets(CORE_AF_UNIX, 0, keep, all);
		for (u32 i = 0; i < ARRAY_LEN(protocols); i++) {
			exo_sockets(CORE_AF_INET, protocols[i], keep, all);
			exo_sockets(CORE_AF_INET6, protocols[i], keep, all);
		}
	}
	for (u32 i = 0; i < all->count; i++)
		if (all->list[i].id == id)
			return &all->list[i];
	return NULL;
}

void freebsd_sockets_free(struct freebsd_sockets *all)
{
	if (all->list)
		exo_pages_free(all->list, SOCKETS_MAX * sizeof(*all->list));
}

static void set_address(const struct exo_socket *s, bool remote, u8 out[128])
{
	struct freebsd_sockaddr_storage fs;

	memset(&fs, 0, sizeof(fs));
	if (s->family == CORE_AF_INET) {
		struct freebsd_sockaddr_in *in = (void *)&fs;

		in->sin_len = sizeof(*in);
		in->sin_family = FREEBSD_AF_INET;
		in->sin_port = remote ? s->remote_port : s->local_port;
		memcpy(&in->sin_addr, remote ? s->remote : s->local, 4);
	} else if (s->family == CORE_AF_INET6) {
		struct freebsd_sockaddr_in6 *in6 = (void *)&fs;

		in6->sin6_len = sizeof(*in6);
		in6->sin6_family = FREEBSD_AF_INET6;
		in6->sin6_port = remote ? s->remote_port : s->local_port;
		memcpy(in6->sin6_addr, remote ? s->remote : s->local, 16);
	} else {
		struct freebsd_sockaddr_un *un = (void *)&fs;

		un->sun_len = sizeof(*un);
		un->sun_family = FREEBSD_AF_UNIX;
		if (!remote)
			fb_strlcpy(un->sun_path, s->name, sizeof(un->sun_path));
	}
	memcpy(out, &fs, 128);
}

void freebsd_socket_fill(struct freebsd_sockets *all, u64 id, struct freebsd_kinfo_file *kf)
{
	const struct exo_socket *s = freebsd_sockets_find(all, id), *peer;
	int family;

	kf->kf_un.kf_sock.kf_sock_pcb = freebsd_kernel_addr(FREEBSD_KVA_PCB, id);
	if (!s || !core_to_freebsd_family(s->family, &family))
		return;
	kf->kf_un.kf_sock.kf_sock_domain0 = family;
	kf->kf_un.kf_sock.kf_sock_type0 = s->type;
	kf->kf_un.kf_sock.kf_sock_protocol0 = s->protocol;
	kf->kf_un.kf_sock.kf_sock_sendq = s->send_queue;
	kf->kf_un.kf_sock.kf_sock_recvq = s->recv_queue;
	if (s->family != CORE_AF_UNIX)
		kf->kf_un.kf_sock.kf_sock_inpcb = kf->kf_un.kf_sock.kf_sock_pcb;
	set_address(s, false, kf->kf_un.kf_sock.kf_sa_local);
	set_address(s, true, kf->kf_un.kf_sock.kf_sa_peer);
	if (s->peer) {
		kf->kf_un.kf_sock.kf_sock_unpconn = freebsd_kernel_addr(FREEBSD_KVA_PCB, s->peer);
		peer = freebsd_sockets_find(all, s->peer);
		if (peer)
			set_address(peer, false, kf->kf_un.kf_sock.kf_sa_peer);
	}
	kf->kf_status = FREEBSD_KF_ATTR_VALID;
}

/* ---- kern.file
 * ----------------------------------------------------------------------------------- */

struct workspace {
	i32 pids[LIST_MAX], fds[FD_LIST_MAX];
	struct exo_process process;
	struct exo_open_file open;
};

static i16 type_of(i32 kf_type)
{
	switch (kf_type) {
	case FREEBSD_KF_TYPE_PROCDESC:
		return FREEBSD_DTYPE_PROCDESC;
	case FREEBSD_KF_TYPE_DEV:
		return FREEBSD_DTYPE_DEV;
	case FREEBSD_KF_TYPE_UNKNOWN:
		return FREEBSD_DTYPE_NONE;
	default:
		return (i16)kf_type;
	}
}

/* FREAD and FWRITE of sys/fcntl.h, beside the open flags fcntl(2) gives. */
static u32 flags_of(u64 flags)
{
	static const u8 access[4] = {1, 2, 3, 0};

	return access[flags & 3] | (flags & CORE_O_NONBLOCK ? FREEBSD_O_NONBLOCK : 0u) |
	       (flags & CORE_O_APPEND ? FREEBSD_O_APPEND : 0u) |
	       (flags & CORE_O_ASYNC ? FREEBSD_O_ASYNC : 0u);
}

static long out_file(struct freebsd_sysctl *req, struct workspace *w, i32 pid, bool guest, i32 fd)
{
	bool self = pid == req->t->pid;
	struct freebsd_xfile x;
	u64 id;
	i32 type;

	if ((self && exo_fd_hidden(fd)) || exo_process_fd(pid, fd, &w->open) < 0)
		return 0;
	if (guest && !self && freebsd_runtimes_own(fd, &w->open))
		return 0;
	memset(&x, 0, sizeof(x));
	id = freebsd_open_file_id(w->open.path);
	type = freebsd_open_file_type(w->open.path, self ? core_fd_kind(fd) : CORE_FD_PLAIN);
	x.xf_size = sizeof(x);
	x.xf_pid = pid;
	x.xf_uid = w->process.euid;
	x.xf_fd = fd;
	x.xf_file = freebsd_kernel_addr(FREEBSD_KVA_FILE, (u64)pid << 16 | (u32)fd);
	x.xf_type = type_of(type);
	x.xf_count = 1;
	x.xf_offset = w->open.offset;
	x.xf_flag = flags_of(w->open.flags);
	if (type == FREEBSD_KF_TYPE_SOCKET)
		x.xf_data = freebsd_kernel_addr(FREEBSD_KVA_SOCKET, id);
	else if (type == FREEBSD_KF_TYPE_PIPE)
		x.xf_data = freebsd_kernel_addr(
		    w->open.flags & 3 ? FREEBSD_KVA_PIPE_WRITE : FREEBSD_KVA_PIPE, id);
	else if (type == FREEBSD_KF_TYPE_VNODE)
		x.xf_vnode = x.xf_data = x.xf_file + FREEBSD_KVA_VNODE;
	else
		x.xf_data = x.xf_file;
	if (freebsd_older_than(req->t, FREEBSD_OSREL_XFILE))
		x.xf_size = FREEBSD11_XFILE_SIZE;
	return freebsd_sysctl_out(req, &x, x.xf_size);
}

long freebsd_sysctl_files(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct workspace *w;
	long n, r = 0;

	(void)row;
	if (!req->old.addr) {
		i64 files = exo_setting(EXO_SETTING_FILES_NOW, 1024);

		return freebsd_sysctl_out(req, NULL,
					  (u64)(files + SLACK) * 2 * sizeof(struct freebsd_xfile));
	}
	w = exo_pages_alloc(sizeof(*w));
	if (!w)
		return -CORE_ENOMEM;
	n = MIN(exo_process_list(0, w->pids, LIST_MAX), (long)LIST_MAX);
	for (long i = 0; i < n && r == 0; i++) {
		long count = exo_process_fds(w->pids[i], w->fds, FD_LIST_MAX);
		bool guest = freebsd_is_guest(req->t, w->pids[i]);

		if (count <= 0 || exo_process_info(w->pids[i], 0, &w->process) < 0)
			continue;
		for (long k = 0; k < MIN(count, (long)FD_LIST_MAX) && r == 0; k++)
			r = out_file(req, w, w->pids[i], guest, w->fds[k]);
	}
	exo_pages_free(w, sizeof(*w));
	return r;
}
