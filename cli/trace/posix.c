/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/posix.c: flags by their names, times, sets of signals, addresses, files' attributes: in
 * the notation of strace(1). What a call wrote is shown as it left it, and as an address when it
 * failed.
 */
#include "cli/trace/posix.h"
#include "cli/trace/fds.h"
#include "cli/trace/message.h"
#include "cli/trace/ready.h"
#include "cli/trace/research.h"
#include "cli/trace/struct.h"

#include <arpa/inet.h>

void posix_flags(struct text *t, const struct posix *p, enum list l, u64 v, const char *none)
{
	value_flags(t, p->list[l].f, p->list[l].n, v, none);
}

void posix_name(struct text *t, const struct posix *p, enum list l, i64 v)
{
	value_name(t, p->list[l].f, p->list[l].n, v);
}

const struct posix *posix_of(const struct abi *a)
{
	switch (a->names) {
	case NAMES_CORE:
		return &linux_posix;
	case NAMES_FREEBSD:
		return &freebsd_posix;
	case NAMES_ILLUMOS:
		return &illumos_posix;
	default:
		return research_posix(a);
	}
}

u64 posix_value_named(const struct posix *p, enum list l, const char *name)
{
	for (u32 i = 0; i < p->list[l].n; i++)
		if (strcmp(p->list[l].f[i].name, name) == 0)
			return p->list[l].f[i].value;
	return 0;
}

const char *posix_name_of(const struct posix *p, enum list l, u64 v)
{
	for (u32 i = 0; i < p->list[l].n; i++)
		if (p->list[l].f[i].value == v)
			return p->list[l].f[i].name;
	return NULL;
}

bool posix_named(const struct posix *p, const char *name, u64 *value)
{
	static const char *const how[] = {"O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"};

	for (u32 i = 0; i < ARRAY_LEN(how); i++)
		if (strcmp(how[i], name) == 0) {
			*value = i == 3 ? p->accmode : i;
			return true;
		}
	for (u32 l = 0; l < LIST_COUNT; l++)
		for (u32 i = 0; i < p->list[l].n; i++)
			if (strcmp(p->list[l].f[i].name, name) == 0) {
				*value = p->list[l].f[i].value;
				return true;
			}
	return false;
}

void posix_open_flags(struct text *t, const struct posix *p, u32 v)
{
	static const char *const how[] = {"O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"};
	u32 rest = v & ~p->accmode;

	text_str(t, how[v & 3]);
	if (rest == 0)
		return;
	text_char(t, '|');
	posix_flags(t, p, LIST_OFLAGS, rest, "0");
}

void posix_time(struct text *t, const void *at, const char *unit)
{
	text_str(t, "{tv_sec=");
	text_dec(t, (i64)value_u64(at, 0));
	text_str(t, ", ");
	text_str(t, unit);
	text_char(t, '=');
	text_dec(t, (i64)value_u64(at, 8));
	text_char(t, '}');
}

void posix_sigset(struct text *t, const struct posix *p, const void *set, u32 n)
{
	u32 members = 0, all = MIN(p->set_words, n / 4) * 32;
	bool inverted, first = true;

	for (u32 i = 0; i < all; i++)
		members += value_u32(set, i / 32 * 4) >> i % 32 & 1;
	inverted = members > all * 2 / 3;
	text_str(t, inverted ? "~[" : "[");
	for (u32 sig = 1; sig <= all; sig++) {
		bool in = value_u32(set, (sig - 1) / 32 * 4) >> (sig - 1) % 32 & 1;
		const char *name = p->signal((int)sig);

		if (in == inverted || (inverted && name == NULL))
			continue;
		if (!first)
			text_char(t, ' ');
		first = false;
		if (name != NULL && *name != '\0') {
			text_str(t, strncmp(name, "SIG", 3) == 0 ? name + 3 : name);
		} else {
			text_udec(t, sig);
		}
	}
	text_char(t, ']');
}

static void show_ip(struct text *t, int family, const void *address, const char *before)
{
	char text[INET6_ADDRSTRLEN];

	text_str(t, before);
	text_str(t, inet_ntop(family, address, text, sizeof(text)) != NULL ? text : "?");
	text_str(t, "\")");
}

void posix_sockaddr(struct text *t, const struct posix *p, const u8 *at, u32 n)
{
	u32 family;
	const char *name = NULL;

	if (n < 2) {
		text_str(t, "{}");
		return;
	}
	family = p->sa_len ? at[1] : value_u16(at, 0);
	for (u32 i = 0; i < p->list[LIST_FAMILY].n && name == NULL; i++)
		if (p->list[LIST_FAMILY].f[i].value == family)
			name = p->list[LIST_FAMILY].f[i].name;
	text_str(t, "{sa_family=");
	posix_name(t, p, LIST_FAMILY, family);
	if (name != NULL && strcmp(name, "AF_UNIX") == 0) {
		const u8 *path = at + 2;
		u32 room = n - 2;

		if (room != 0) {
			bool abstract = !p->sa_len && path[0] == 0 && room > 1 && path[1] != 0;

			text_str(t, abstract ? ", sun_path=@" : ", sun_path=");
			text_quoted(t, path + abstract,
				    abstract ? room - 1 : strnlen((const char *)path, room));
		}
	} else if (name != NULL && strcmp(name, "AF_INET") == 0 && n >= 8) {
		text_str(t, ", sin_port=htons(");
		text_udec(t, ntohs(value_u16(at, 2)));
		show_ip(t, AF_INET, at + 4, "), sin_addr=inet_addr(\"");
	} else if (name != NULL && strcmp(name, "AF_INET6") == 0 && n >= 28) {
		text_str(t, ", sin6_port=htons(");
		text_udec(t, ntohs(value_u16(at, 2)));
		text_str(t, "), sin6_flowinfo=htonl(");
		text_udec(t, ntohl(value_u32(at, 4)));
		show_ip(t, AF_INET6, at + 8, "), inet_pton(AF_INET6, \"");
		t->n--;
		text_str(t, ", &sin6_addr), sin6_scope_id=");
		text_udec(t, value_u32(at, 24));
	} else if (name != NULL && strcmp(name, "AF_NETLINK") == 0 && n >= 12 && !p->sa_len) {
		text_str(t, ", nl_pid=");
		text_udec(t, value_u32(at, 4));
		text_str(t, ", nl_groups=");
		for (i32 shift = 28; shift >= 0; shift -= 4)
			text_char(t, "0123456789abcdef"[value_u32(at, 8) >> shift & 15]);
	} else if (n > 2) {
		text_str(t, ", sa_data=");
		text_quoted(t, at + 2, n - 2);
	}
	text_char(t, '}');
}

static void show_stat(struct text *t, const struct event *e, const struct posix *p, const void *at,
		      u32 n)
{
	struct posix_stat st;

	if (!p->stat(&st, e, at, n)) {
		value_address(t, e, 0);
		return;
	}
	text_str(t, "{st_mode=");
	value_mode(t, st.mode);
	if ((st.mode & 0170000) == 0020000 || (st.mode & 0170000) == 0060000) {
		text_str(t, ", st_rdev=makedev(");
		text_hex(t, (st.rdev >> 8 & 0xfff) | (st.rdev >> 32 & ~0xfffu));
		text_str(t, ", ");
		text_hex(t, (st.rdev & 0xff) | (st.rdev >> 12 & ~0xffu));
		text_char(t, ')');
	} else {
		text_str(t, ", st_size=");
		text_udec(t, st.size);
	}
	text_str(t, ", ...}");
}

static void show_sigaction(struct text *t, const struct posix *p, const void *at)
{
	u64 handler = value_u64(at, p->sigaction.handler);

	text_str(t, "{sa_handler=");
	if (handler <= 1)
		text_str(t, handler == 0 ? "SIG_DFL" : "SIG_IGN");
	else
		text_hex(t, handler);
	text_str(t, ", sa_mask=");
	posix_sigset(t, p, (const u8 *)at + p->sigaction.mask, p->set_words * 4);
	text_str(t, ", sa_flags=");
	posix_flags(t, p, LIST_SA, value_u32(at, p->sigaction.flags), "0");
	if (p->sigaction.restorer != 0 && value_u32(at, p->sigaction.flags) & 0x04000000) {
		text_str(t, ", sa_restorer=");
		text_hex(t, value_u64(at, p->sigaction.restorer));
	}
	text_char(t, '}');
}

static void show_status(struct text *t, const struct posix *p, u32 s)
{
	const char *name;

	text_char(t, '[');
	if ((s & 0x7f) == 0) {
		text_str(t, "{WIFEXITED(s) && WEXITSTATUS(s) == ");
		text_udec(t, s >> 8 & 0xff);
	} else if ((s & 0xff) == 0x7f) {
		name = p->signal((int)(s >> 8 & 0xff));
		text_str(t, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		text_str(t, name != NULL ? name : "?");
	} else {
		name = p->signal((int)(s & 0x7f));
		text_str(t, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		text_str(t, name != NULL ? name : "?");
		if (s & 0x80)
			text_str(t, " && WCOREDUMP(s)");
	}
	text_str(t, "}]");
}

static void show_limit(struct text *t, u64 v)
{
	if (v == UINT64_MAX || v == INT64_MAX)
		text_str(t, v == UINT64_MAX ? "RLIM64_INFINITY" : "RLIM_INFINITY");
	else if (v > 1024 && v % 1024 == 0) {
		text_udec(t, v / 1024);
		text_str(t, "*1024");
	} else
		text_udec(t, v);
}

/* sockaddrs: how long it is, says the next argument, itself or the word behind it. */
static u32 address_length(const struct event *e, u32 i, u32 n)
{
	const void *len;

	if (i + 1 >= e->r->nargs)
		return n;
	if (e->call->word[i + 1] != WORD_LENP)
		return MIN(n, (u32)e->r->args[i + 1]);
	len = value_struct(e, i + 1, true, 4);
	return len != NULL ? MIN(n, value_u32(len, 0)) : 0;
}

/* What fcntl's argument is, says the command. */
static bool show_fcntl(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	const char *cmd = posix_name_of(p, LIST_FCNTL, (u32)e->r->args[i - 1]);
	u64 v = e->r->args[i];

	if (cmd == NULL)
		return false;
	if (strcmp(cmd, "F_SETFD") == 0)
		text_str(t, v == 1 ? "FD_CLOEXEC" : v == 0 ? "0" : "???");
	else if (strcmp(cmd, "F_SETFL") == 0)
		posix_open_flags(t, p, (u32)v);
	else if (strstr(cmd, "LK") != NULL) {
		if (!posix_flock(t, e, i, p, strstr(cmd, "GETLK") != NULL))
			value_address(t, e, v);
	} else
		text_dec(t, (i64)v);
	return true;
}

void posix_level(struct text *t, const struct posix *p, i32 level)
{
	if (level == p->sol_socket)
		text_str(t, "SOL_SOCKET");
	else if (level == 6)
		text_str(t, "SOL_TCP");
	else if (level == 0)
		text_str(t, "SOL_IP");
	else if (level == 41)
		text_str(t, "SOL_IPV6");
	else
		text_dec(t, level);
}

static bool show_option(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	i32 level = (i32)e->r->args[i];

	switch (e->call->word[i]) {
	case WORD_SOCKLEVEL:
		posix_level(t, p, level);
		return true;
	case WORD_SOCKOPT:
		level = (i32)e->r->args[i - 1];
		if (level == p->sol_socket)
			posix_name(t, p, LIST_SOCKOPT, (i32)e->r->args[i]);
		else if (level == 6)
			posix_name(t, p, LIST_TCP, (i32)e->r->args[i]);
		else if (level == 0)
			posix_name(t, p, LIST_IP, (i32)e->r->args[i]);
		else if (level == 41)
			posix_name(t, p, LIST_IPV6, (i32)e->r->args[i]);
		else
			text_dec(t, (i32)e->r->args[i]);
		return true;
	default:
		return false;
	}
}

/* fcntl.h of both */
static const struct flag fadvice[] = {
    {0, "POSIX_FADV_NORMAL"},	{1, "POSIX_FADV_RANDOM"},   {2, "POSIX_FADV_SEQUENTIAL"},
    {3, "POSIX_FADV_WILLNEED"}, {4, "POSIX_FADV_DONTNEED"}, {5, "POSIX_FADV_NOREUSE"},
};

static bool show_scalar(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	static const struct {
		u8 word, list;
		bool bits;
	} by_list[] = {
	    {WORD_WHENCE, LIST_WHENCE, false},	   {WORD_FCNTLCMD, LIST_FCNTL, false},
	    {WORD_SIGHOW, LIST_SIGHOW, false},	   {WORD_SHUTHOW, LIST_SHUT, false},
	    {WORD_FAMILY, LIST_FAMILY, false},	   {WORD_MADVICE, LIST_MADV, false},
	    {WORD_RESOURCE, LIST_RLIMIT, false},   {WORD_RUSAGEWHO, LIST_RUSAGE, false},
	    {WORD_CLOCKID, LIST_CLOCK, false},	   {WORD_ITIMER, LIST_ITIMER, false},
	    {WORD_EPOLLOP, LIST_EPOLLOP, false},   {WORD_UMTXOP, LIST_UMTX, false},
	    {WORD_IDTYPE, LIST_IDTYPE, false},	   {WORD_WAITFLAGS, LIST_WAIT, true},
	    {WORD_ATFLAGS, LIST_AT, true},	   {WORD_MAPFLAGS, LIST_MAP, true},
	    {WORD_MSGFLAGS, LIST_MSG, true},	   {WORD_FLOCKOP, LIST_FLOCK, true},
	    {WORD_CREATEFLAGS, LIST_OFLAGS, true},
	};
	u64 v = e->r->args[i];
	u8 word = e->call->word[i];

	for (size_t k = 0; k < ARRAY_LEN(by_list); k++) {
		if (by_list[k].word != word || p->list[by_list[k].list].n == 0)
			continue;
		if (by_list[k].bits)
			posix_flags(t, p, by_list[k].list, (u32)v, "0");
		else
			posix_name(t, p, by_list[k].list, (i32)v);
		return true;
	}
	switch (word) {
	case WORD_FD:
		if ((i32)v != p->at_fdcwd) {
			value_fd(t, e, (i32)v);
			return true;
		}
		text_str(t, "AT_FDCWD");
		if (fds_followed() && fds_cwd(e) != NULL) {
			text_char(t, '<');
			text_str(t, fds_cwd(e));
			text_char(t, '>');
		}
		return true;
	case WORD_FADVICE:
		value_name(t, fadvice, ARRAY_LEN(fadvice), (i32)v);
		return true;
	case WORD_OFLAGS:
		posix_open_flags(t, p, (u32)v);
		return true;
	case WORD_ACCMODE:
		posix_flags(t, p, LIST_ACCESS, (u32)v, "F_OK");
		return true;
	case WORD_PROT:
		posix_flags(t, p, LIST_PROT, (u32)v, "PROT_NONE");
		return true;
	case WORD_SOCKTYPE: {
		u32 type = (u32)v & 0xf, rest = (u32)v & ~0xfu;

		posix_name(t, p, LIST_SOCKTYPE, type);
		if (rest != 0) {
			text_char(t, '|');
			posix_flags(t, p, LIST_SOCKFLAG, rest, "0");
		}
		return true;
	}
	case WORD_SIG: {
		const char *name = p->signal((int)v);

		if (name == NULL)
			return false;
		text_str(t, name);
		return true;
	}
	default:
		return show_option(t, e, i, p);
	}
}

/* A time a file is to have; utimensat(2) has two that are none. */
static void show_new_time(struct text *t, const struct event *e, u32 i, const struct posix *p,
			  const void *at)
{
	i64 nsec = (i64)value_u64(at, 8);

	if (e->call->word[i] == WORD_TIMEVALS)
		posix_time(t, at, "tv_usec");
	else if (nsec == p->utime_now)
		text_str(t, "UTIME_NOW");
	else if (nsec == p->utime_omit)
		text_str(t, "UTIME_OMIT");
	else
		posix_time(t, at, "tv_nsec");
}

/* What the word says is a structure of at least n bytes. */
static bool show_struct(struct text *t, const struct event *e, u32 i, const struct posix *p,
			const void *at, u32 n)
{
	switch (e->call->word[i]) {
	case WORD_INTP:
	case WORD_LENP:
		text_char(t, '[');
		text_dec(t, (i32)value_u32(at, 0));
		text_char(t, ']');
		return true;
	case WORD_LONGP:
	case WORD_SIZEP:
		text_char(t, '[');
		text_dec(t, (i64)value_u64(at, 0));
		text_char(t, ']');
		return true;
	case WORD_STATUSP:
		show_status(t, p, value_u32(at, 0));
		return true;
	case WORD_FDPAIR:
		text_char(t, '[');
		text_dec(t, (i32)value_u32(at, 0));
		text_str(t, ", ");
		text_dec(t, (i32)value_u32(at, 4));
		text_char(t, ']');
		return true;
	case WORD_TIMESPEC:
	case WORD_TIMESPEC_OUT:
		posix_time(t, at, "tv_nsec");
		return true;
	case WORD_TIMEVAL:
	case WORD_TIMEVAL_OUT:
		posix_time(t, at, "tv_usec");
		return true;
	case WORD_TIMESPECS:
	case WORD_TIMEVALS:
		text_char(t, '[');
		show_new_time(t, e, i, p, at);
		text_str(t, ", ");
		show_new_time(t, e, i, p, (const u8 *)at + 16);
		text_char(t, ']');
		return true;
	case WORD_ITIMERVAL:
	case WORD_ITIMERVAL_OUT:
	case WORD_ITIMERSPEC:
	case WORD_ITIMERSPEC_OUT: {
		bool micro =
		    e->call->word[i] == WORD_ITIMERVAL || e->call->word[i] == WORD_ITIMERVAL_OUT;

		text_str(t, "{it_interval=");
		posix_time(t, at, micro ? "tv_usec" : "tv_nsec");
		text_str(t, ", it_value=");
		posix_time(t, (const u8 *)at + 16, micro ? "tv_usec" : "tv_nsec");
		text_char(t, '}');
		return true;
	}
	case WORD_STAT:
		show_stat(t, e, p, at, n);
		return true;
	case WORD_RLIMIT:
	case WORD_RLIMIT_OUT:
		text_str(t, "{rlim_cur=");
		show_limit(t, value_u64(at, 0));
		text_str(t, ", rlim_max=");
		show_limit(t, value_u64(at, 8));
		text_char(t, '}');
		return true;
	case WORD_RUSAGE:
		text_str(t, "{ru_utime=");
		posix_time(t, at, "tv_usec");
		text_str(t, ", ru_stime=");
		posix_time(t, (const u8 *)at + 16, "tv_usec");
		text_str(t, ", ...}");
		return true;
	case WORD_SIGSET:
	case WORD_SIGSET_OUT:
		posix_sigset(t, p, at, n);
		return true;
	case WORD_SIGACT:
	case WORD_SIGACT_OUT:
		show_sigaction(t, p, at);
		return true;
	case WORD_SOCKADDR:
	case WORD_SOCKADDR_OUT:
		posix_sockaddr(t, p, at, address_length(e, i, n));
		return true;
	case WORD_OPTVAL:
	case WORD_OPTVAL_OUT:
		posix_option(t, e, i, p, at);
		return true;
	case WORD_STACKT:
	case WORD_STACKT_OUT:
		posix_stack(t, e, p, at);
		return true;
	case WORD_SIGINFO:
	case WORD_SIGINFO_OUT:
		return p->siginfo != NULL && p->siginfo(t, e, at, n);
	case WORD_UTSNAME:
		posix_utsname(t, at, n);
		return true;
	default:
		return false;
	}
}

static u32 least(u8 word, const struct posix *p)
{
	switch (word) {
	case WORD_STAT:
		return 64;
	case WORD_SIGSET:
	case WORD_SIGSET_OUT:
		return p->set_words * 4;
	case WORD_SIGACT:
	case WORD_SIGACT_OUT:
		return p->sigaction.size;
	case WORD_SOCKADDR:
	case WORD_SOCKADDR_OUT:
		return 2;
	case WORD_OPTVAL:
	case WORD_OPTVAL_OUT:
		return 4;
	case WORD_SIGINFO:
	case WORD_SIGINFO_OUT:
		return 48;
	case WORD_RUSAGE:
		return 32;
	default:
		return trace_taken[word].size;
	}
}

bool posix_value(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	u8 word = e->call->word[i], take = trace_taken[word].take;
	bool after = take == TRACE_STRUCT_OUT || take == TRACE_ARRAY_OUT;
	struct shown_data d;

	if (take == TRACE_VALUE)
		return show_scalar(t, e, i, p);
	switch (word) {
	case WORD_POLLFD:
	case WORD_FDSET:
		return posix_ready(t, e, i, p);
	case WORD_MSGHDR:
	case WORD_MSGHDR_OUT:
		return posix_message(t, e, i, p);
	case WORD_MMSGHDR:
	case WORD_MMSGHDR_OUT:
		return posix_messages(t, e, i, p);
	case WORD_DIRENTS:
	case WORD_DIRENTS_OLD:
		return posix_entries(t, e, i);
	case WORD_FCNTLARG:
		return show_fcntl(t, e, i, p);
	case WORD_IOCTLDATA:
		return posix_ioctl(t, e, i, p);
	case WORD_SIGSETP:
		return posix_sigset_at(t, e, i, p);
	default:
		break;
	}
	if (take != TRACE_STRUCT_IN && take != TRACE_STRUCT_OUT && take != TRACE_STRUCT_IO)
		return false;
	d = event_data(e, i, after || (take == TRACE_STRUCT_IO && e->done), 0);
	if (d.p == NULL && take == TRACE_STRUCT_IO)
		d = event_data(e, i, false, 0);
	return d.p != NULL && d.n >= least(word, p) && show_struct(t, e, i, p, d.p, d.n);
}
