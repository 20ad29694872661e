/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_process.c: kern.proc's answers about one process: its program,
 * arguments, environment, limits and the rest. Facts: sys/kern/kern_proc.c,
 * sys/kern/kern_resource.c (sysctl_kern_proc_rlimit), procstat(1), setproctitle(3).
 *
 * Of the calling process these are read from its memory. Another guest of ours has its
 * ps_strings at the same place, so that a title it set is seen; where its memory may not be
 * read, and of programs that are no guests, the host tells, less what the runtime put before
 * a guest's own arguments.
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "loader/exec.h"
#include "personality/freebsd/abi_exec.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysctl.h"

#define TITLE_MAX  248 /* ps_arg_cache_limit less its header: what the kernel keeps of a title */
#define TEXT_MAX   65536
#define STRING_MAX 4096
#define VECTOR_MAX 65536 /* arguments a ps_strings may have */

/* The one process that the name ends with; *self when that is the caller. */
static long named_process(const struct freebsd_sysctl *req, bool *self)
{
	struct exo_process p;

	if (req->nrest != 1)
		return -CORE_EINVAL;
	*self = req->rest[0] == -1 || req->rest[0] == req->t->pid;
	if (*self)
		return 0;
	return req->rest[0] > 0 ? exo_process_info(req->rest[0], 0, &p) : -CORE_ESRCH;
}

/*
 * The host's words for a process, allocated: TEXT_MAX bytes of its arguments. For a guest of
 * ours *start is behind the three words of the runtime's own, *program the third of them.
 */
static char *host_args(i32 pid, u64 *len, u64 *start, const char **program)
{
	char *text = exo_pages_alloc(TEXT_MAX);
	long n = text ? exo_process_text(pid, EXO_PROCESS_ARGS, 0, text, TEXT_MAX - 1) : 0;
	u64 at = 0;

	*len = n > 0 ? (u64)n : 0;
	*start = 0;
	*program = NULL;
	for (u32 word = 0; text && word < 3; word++) {
		if (word == 1 && strncmp(text + at, LOADER_RT_MAGIC, strlen(LOADER_RT_MAGIC)) != 0)
			return text;
		if (word == 2)
			*program = text + at;
		at += strlen(text + at) + 1;
		if (at > *len)
			return text;
	}
	*start = at;
	return text;
}

/* ---- another process's memory -------------------------------------------------------------- */

static long peek(i32 pid, u64 at, void *to, u64 n)
{
	struct core_iovec local = {(u64)to, n}, remote = {at, n};

	return EXO_NOW(process_vm_readv, pid, &local, 1, &remote, 1, 0) == (long)n ? 0
										   : -CORE_EPERM;
}

/* A guest of ours executes what the caller does. */
bool freebsd_is_guest(const struct core_thread *t, i32 pid)
{
	char own[512], other[512]; /* a longer one is not compared to its end */
	long n = exo_process_text(t->pid, EXO_PROCESS_PROGRAM, 0, own, sizeof(own));

	return n > 0 && exo_process_text(pid, EXO_PROCESS_PROGRAM, 0, other, sizeof(other)) == n &&
	       memcmp(own, other, (size_t)n) == 0;
}

/* Its ps_strings, when it is a guest of ours and this is what lies there. */
static long peek_ps_strings(const struct core_thread *t, i32 pid, struct freebsd_ps_strings *ps)
{
	u64 end[2];

	if (!freebsd_is_guest(t, pid) ||
	    peek(pid, t->proc->abi_data[FREEBSD_P_PS_STRINGS], ps, sizeof(*ps)) < 0)
		return -CORE_EPERM;
	if (ps->ps_nargvstr > VECTOR_MAX || ps->ps_nenvstr > VECTOR_MAX ||
	    peek(pid, ps->ps_argvstr + 8UL * ps->ps_nargvstr, &end[0], 8) < 0 ||
	    peek(pid, ps->ps_envstr + 8UL * ps->ps_nenvstr, &end[1], 8) < 0 || end[0] || end[1])
		return -CORE_EPERM;
	return 0;
}

static long out_peeked_string(struct freebsd_sysctl *req, u64 at)
{
	bool ended = false;
	char text[1024];
	long r = 0;

	while (r == 0 && !ended) {
		u64 room = MIN(sizeof(text), PAGE_SIZE - at % PAGE_SIZE), n = 0;

		r = peek(req->rest[0], at, text, room);
		while (r == 0 && n < room && !ended)
			ended = !text[n++];
		if (r == 0)
			r = freebsd_sysctl_out(req, text, n);
		at += n;
	}
	return r;
}

/* The strings a vector in its memory points at. */
static long out_peeked(struct freebsd_sysctl *req, u64 vector, u32 count)
{
	long r = 0;

	for (u32 i = 0; i < count && r == 0; i++) {
		u64 at;

		r = peek(req->rest[0], vector + 8UL * i, &at, sizeof(at));
		if (r == 0)
			r = out_peeked_string(req, at);
	}
	return r;
}

/* Arguments or environment; -CORE_EPERM, with nothing answered, when they cannot be had so. */
static long out_guest_strings(struct freebsd_sysctl *req, bool environment)
{
	struct freebsd_ps_strings ps;
	u64 before = req->oldidx;
	long r = peek_ps_strings(req->t, req->rest[0], &ps);

	if (r == 0)
		r = environment ? out_peeked(req, ps.ps_envstr, ps.ps_nenvstr)
				: out_peeked(req, ps.ps_argvstr, ps.ps_nargvstr);
	if (r == -CORE_EPERM)
		req->oldidx = before;
	return r;
}

/* The path its exec left in the auxiliary vector; its length or -CORE_EPERM. */
static long peek_path(const struct core_thread *t, i32 pid, char *path, u64 size)
{
	struct freebsd_ps_strings ps = {0};
	u64 at, pair[2], n = 0;
	long r = peek_ps_strings(t, pid, &ps);

	for (at = ps.ps_envstr + 8UL * (ps.ps_nenvstr + 1); r == 0; at += sizeof(pair)) {
		r = peek(pid, at, pair, sizeof(pair));
		if (r == 0 && pair[0] == FREEBSD_AT_NULL)
			r = -CORE_EPERM;
		if (r == 0 && pair[0] == FREEBSD_AT_EXECPATH)
			break;
	}
	if (r < 0)
		return r;
	while (n < size) { /* it may end just before memory that is not there */
		u64 from = pair[1] + n,
		    part = MIN(MIN(64UL, size - n), PAGE_SIZE - from % PAGE_SIZE);

		if (peek(pid, from, path + n, part) < 0)
			break;
		for (u64 end = n + part; n < end; n++)
			if (!path[n])
				return n ? (long)n : -CORE_EPERM;
	}
	return -CORE_EPERM;
}

long freebsd_process_program(const struct core_thread *t, i32 pid, char *path, u64 size)
{
	u64 len, start;
	const char *program;
	char *text;
	long n;

	if (pid == t->pid)
		return (long)fb_strlcpy(path, t->proc->exec_path, size);
	n = peek_path(t, pid, path, size);
	if (n > 0)
		return n;
	text = host_args(pid, &len, &start, &program);
	if (program && *program == '/') {
		n = (long)fb_strlcpy(path, program, size);
	} else {
		n = exo_process_text(pid, EXO_PROCESS_PROGRAM, 0, path, size - 1);
		if (n >= 0)
			path[n] = '\0';
	}
	if (text)
		exo_pages_free(text, TEXT_MAX);
	return n;
}

/* ---- the program's path ------------------------------------------------------------------ */

long freebsd_sysctl_proc_path(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	char path[FREEBSD_PATH_MAX];
	bool self;
	long r = named_process(req, &self);

	(void)row;
	if (r < 0)
		return r;
	r = freebsd_process_program(req->t, self ? req->t->pid : req->rest[0], path, sizeof(path));
	if (r < 0)
		return r == -CORE_EACCES ? -CORE_EPERM : r;
	return freebsd_sysctl_out_string(req, path);
}

/* ---- arguments and environment ------------------------------------------------------------- */

static char title[TITLE_MAX];
static u64 title_len;

static long set_title(struct freebsd_sysctl *req)
{
	if (req->newlen > TITLE_MAX) {
		title_len = 0; /* too long to keep: what the process's memory says counts */
		return 0;
	}
	title_len = 0;
	if (copy_from_guest(title, req->new, req->newlen) < 0)
		return -CORE_EFAULT;
	title_len = req->newlen;
	return 0;
}

/* The strings a vector in the caller's memory points at. */
static long out_vector(struct freebsd_sysctl *req, u64 vector, u32 count)
{
	char text[STRING_MAX / 2];

	for (u32 i = 0; i < count; i++) {
		u64 at;

		if (guest_read_u64(gp(vector + 8UL * i), &at) < 0)
			return -CORE_EFAULT;
		for (long n = 0, r; at;) {
			n = copy_str_from_guest(text, gp(at), sizeof(text));
			if (n < 0 && n != -CORE_ENAMETOOLONG)
				return n;
			if (n >= 0) {
				r = freebsd_sysctl_out(req, text, (u64)n + 1);
				at = 0;
			} else {
				r = freebsd_sysctl_out(req, text, sizeof(text));
				at += sizeof(text);
			}
			if (r < 0)
				return r;
		}
	}
	return 0;
}

static long own_strings(struct freebsd_sysctl *req, bool environment)
{
	struct freebsd_ps_strings ps;

	if (copy_from_guest(&ps, gp(req->t->proc->abi_data[FREEBSD_P_PS_STRINGS]), sizeof(ps)) < 0)
		return -CORE_EFAULT;
	return environment ? out_vector(req, ps.ps_envstr, ps.ps_nenvstr)
			   : out_vector(req, ps.ps_argvstr, ps.ps_nargvstr);
}

long freebsd_sysctl_proc_args(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	const char *program;
	u64 len, start;
	char *text;
	bool self;
	long r;

	(void)row;
	if (req->nrest == 1 && req->rest[0] == -1)
		return 0;
	r = named_process(req, &self);
	if (r < 0)
		return r;
	if (req->new.addr && !self)
		return -CORE_EPERM;
	if (self && title_len)
		r = freebsd_sysctl_out(req, title, title_len);
	else if (self)
		r = own_strings(req, false);
	if (self)
		return r == 0 && req->new.addr ? set_title(req) : r;
	r = out_guest_strings(req, false);
	if (r != -CORE_EPERM)
		return r;
	text = host_args(req->rest[0], &len, &start, &program);
	if (!text)
		return -CORE_ENOMEM;
	r = freebsd_sysctl_out(req, text + start, len - start);
	exo_pages_free(text, TEXT_MAX);
	return r;
}

long freebsd_sysctl_proc_env(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	char text[1024];
	bool self;
	long r = named_process(req, &self), n;

	(void)row;
	if (r < 0)
		return r;
	if (self)
		return own_strings(req, true);
	r = out_guest_strings(req, true);
	if (r != -CORE_EPERM)
		return r;
	r = 0;
	for (u64 at = 0; r == 0; at += (u64)n) {
		n = exo_process_text(req->rest[0], EXO_PROCESS_ENV, at, text, sizeof(text));
		if (n <= 0)
			return n == -CORE_EACCES ? -CORE_EPERM : n;
		r = freebsd_sysctl_out(req, text, (u64)n);
	}
	return r;
}

/* The auxiliary vector lies behind the environment's. */
long freebsd_sysctl_proc_auxv(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_ps_strings ps;
	bool self;
	long r = named_process(req, &self);
	u64 at, pair[2];

	(void)row;
	if (r < 0)
		return r;
	if (!self)
		r = peek_ps_strings(req->t, req->rest[0], &ps);
	else if (copy_from_guest(&ps, gp(req->t->proc->abi_data[FREEBSD_P_PS_STRINGS]),
				 sizeof(ps)) < 0)
		r = -CORE_EFAULT;
	if (r < 0)
		return r;
	at = ps.ps_envstr + 8UL * (ps.ps_nenvstr + 1);
	do {
		if (!self)
			r = peek(req->rest[0], at, pair, sizeof(pair));
		else if (copy_from_guest(pair, gp(at), sizeof(pair)) < 0)
			r = -CORE_EFAULT;
		if (r == 0)
			r = freebsd_sysctl_out(req, pair, sizeof(pair));
		at += sizeof(pair);
	} while (r == 0 && pair[0] != FREEBSD_AT_NULL);
	return r;
}

/* ---- numbers ------------------------------------------------------------------------------- */

long freebsd_sysctl_proc_sv_name(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	bool self;
	long r = named_process(req, &self);

	(void)row;
	if (r < 0)
		return r;
	return freebsd_sysctl_out_string(
	    req, self || freebsd_is_guest(req->t, req->rest[0]) ? "FreeBSD ELF64" : "Linux ELF64");
}

long freebsd_sysctl_proc_groups(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct exo_process p;
	bool self;
	long r = named_process(req, &self);

	(void)row;
	if (r == 0)
		r = exo_process_info(self ? req->t->pid : req->rest[0], 0, &p);
	if (r == 0)
		r = freebsd_sysctl_out(req, &p.egid, sizeof(p.egid));
	if (r == 0)
		r = freebsd_sysctl_out(req, p.groups,
				       MIN(p.group_count, (u32)ARRAY_LEN(p.groups)) * sizeof(u32));
	return r;
}

long freebsd_sysctl_proc_umask(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct exo_process p = {0};
	bool self;
	long r = named_process(req, &self);
	u16 mask;

	(void)row;
	if (r == 0)
		r = exo_process_info(self ? req->t->pid : req->rest[0], 0, &p);
	if (r < 0)
		return r;
	mask = (u16)p.umask;
	return freebsd_sysctl_out(req, &mask, sizeof(mask));
}

long freebsd_sysctl_proc_osrel(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	i32 osrel = FREEBSD_OSRELDATE;
	bool self;
	long r = named_process(req, &self);

	(void)row;
	if (r == 0 && self)
		osrel = (i32)req->t->proc->abi_data[FREEBSD_P_OSREL];
	return r < 0 ? r : freebsd_sysctl_out(req, &osrel, sizeof(osrel));
}

long freebsd_sysctl_proc_ps_strings(struct freebsd_sysctl *req,
				    const struct freebsd_sysctl_row *row)
{
	struct freebsd_ps_strings ps;
	bool self;
	long r = named_process(req, &self);

	(void)row;
	if (r == 0 && !self)
		r = peek_ps_strings(req->t, req->rest[0], &ps);
	if (r < 0)
		return r;
	return freebsd_sysctl_out(req, &req->t->proc->abi_data[FREEBSD_P_PS_STRINGS], 8);
}

/* Where the code that ends a signal handler lies, for unwinders. */
long freebsd_sysctl_proc_sigtramp(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_kinfo_sigtramp tramp = {0};
	bool self;
	long r = named_process(req, &self);

	(void)row;
	if (r < 0 || !self)
		return r < 0 ? r : -CORE_EPERM;
	tramp.ksigtramp_start = freebsd_sigcode_addr(req->t->proc);
	tramp.ksigtramp_end = tramp.ksigtramp_start + freebsd_sigcode_size(req->t->proc);
	return freebsd_sysctl_out(req, &tramp, sizeof(tramp));
}

long freebsd_sysctl_proc_rlimit(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct freebsd_rlimit limit = {FREEBSD_RLIM_INFINITY, FREEBSD_RLIM_INFINITY};
	struct core_rlimit core;
	int resource;
	long r;

	(void)row;
	if (req->nrest != 2 || req->rest[1] < 0 || req->rest[1] >= FREEBSD_RLIM_NLIMITS)
		return -CORE_EINVAL;
	if (freebsd_to_core_rlimit(req->rest[1], &resource)) {
		r = EXO_NOW(prlimit64, MAX(req->rest[0], 0), resource, 0, &core);
		if (r < 0)
			return r;
		limit.rlim_cur = core_to_freebsd_rlim(core.rlim_cur);
		limit.rlim_max = core_to_freebsd_rlim(core.rlim_max);
	}
	return freebsd_sysctl_out(req, &limit, sizeof(limit));
}
