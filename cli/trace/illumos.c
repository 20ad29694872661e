/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/illumos.c: arguments as illumos has them. Several of its calls are many, by a code
 * among their arguments: they go by the names of the library's functions, without the code. Layouts
 * and codes: personality/illumos/abi_*.h.
 */
#include "cli/trace/struct.h"
#include "personality/illumos/abi_door.h"
#include "personality/illumos/abi_file.h"
#include "personality/illumos/abi_ipc.h"
#include "personality/illumos/abi_port.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/abi_signal.h"

/* One of the calls that a number is: which argument says so, and how many of the others count. */
struct part {
	const char *call;
	u8 at;
	u32 code;
	const char *name;
	u8 count;
};

static const struct part parts[] = {
    {"door", 5, ILLUMOS_DOOR_CREATE, "door_create", 3},
    {"door", 5, ILLUMOS_DOOR_REVOKE, "door_revoke", 1},
    {"door", 5, ILLUMOS_DOOR_INFO, "door_info", 2},
    {"door", 5, ILLUMOS_DOOR_CALL, "door_call", 2},
    {"door", 5, ILLUMOS_DOOR_BIND, "door_bind", 1},
    {"door", 5, ILLUMOS_DOOR_UNBIND, "door_unbind", 0},
    {"door", 5, ILLUMOS_DOOR_UNREFSYS, "door_unref", 0},
    {"door", 5, ILLUMOS_DOOR_UCRED, "door_ucred", 1},
    {"door", 5, ILLUMOS_DOOR_RETURN, "door_return", 5},
    {"door", 5, ILLUMOS_DOOR_GETPARAM, "door_getparam", 3},
    {"door", 5, ILLUMOS_DOOR_SETPARAM, "door_setparam", 3},
    {"portfs", 0, ILLUMOS_PORT_CREATE, "port_create", 0},
    {"portfs", 0, ILLUMOS_PORT_ASSOCIATE, "port_associate", 5},
    {"portfs", 0, ILLUMOS_PORT_DISSOCIATE, "port_dissociate", 3},
    {"portfs", 0, ILLUMOS_PORT_SEND, "port_send", 3},
    {"portfs", 0, ILLUMOS_PORT_SENDN, "port_sendn", 5},
    {"portfs", 0, ILLUMOS_PORT_GET, "port_get", 3},
    {"portfs", 0, ILLUMOS_PORT_GETN, "port_getn", 5},
    {"portfs", 0, ILLUMOS_PORT_ALERT, "port_alert", 4},
    {"portfs", 0, ILLUMOS_PORT_DISPATCH, "port_dispatch", 5},
    {"msgsys", 0, ILLUMOS_MSGGET, "msgget", 2},
    {"msgsys", 0, ILLUMOS_MSGCTL, "msgctl", 3},
    {"msgsys", 0, ILLUMOS_MSGRCV, "msgrcv", 5},
    {"msgsys", 0, ILLUMOS_MSGSND, "msgsnd", 4},
    {"semsys", 0, ILLUMOS_SEMCTL, "semctl", 4},
    {"semsys", 0, ILLUMOS_SEMGET, "semget", 3},
    {"semsys", 0, ILLUMOS_SEMOP, "semop", 3},
    {"semsys", 0, ILLUMOS_SEMTIMEDOP, "semtimedop", 4},
    {"shmsys", 0, ILLUMOS_SHMAT, "shmat", 3},
    {"shmsys", 0, ILLUMOS_SHMCTL, "shmctl", 3},
    {"shmsys", 0, ILLUMOS_SHMDT, "shmdt", 1},
    {"shmsys", 0, ILLUMOS_SHMGET, "shmget", 3},
    {"forksys", 0, ILLUMOS_FORKX, "forkx", 1},
    {"forksys", 0, ILLUMOS_VFORKX, "vforkx", 1},
    {"utimesys", 0, ILLUMOS_FUTIMENS, "futimens", 2},
    {"utimesys", 0, ILLUMOS_UTIMENSAT, "utimensat", 4},
    {"getsetcontext", 0, 0, "getcontext", 1},
    {"getsetcontext", 0, 1, "setcontext", 1},
};

static const struct part *part_of(const struct event *e)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		u32 code = (u32)e->r->args[parts[i].at];

		if (strcmp(parts[i].call, "portfs") == 0)
			code &= ILLUMOS_PORT_CODE_MASK;
		if (code == parts[i].code && e->r->nargs > parts[i].at &&
		    strcmp(parts[i].call, e->call->name) == 0)
			return &parts[i];
	}
	return NULL;
}

bool illumos_part_code(const char *name, u32 *arg, u64 *mask, u64 *code)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (strcmp(parts[i].name, name) == 0) {
			*arg = parts[i].at;
			*mask = strcmp(parts[i].call, "portfs") == 0 ? ILLUMOS_PORT_CODE_MASK
								     : UINT32_MAX;
			*code = parts[i].code;
			return true;
		}
	return false;
}

bool illumos_has_part(const char *call, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (strcmp(parts[i].call, call) == 0 && strcmp(parts[i].name, name) == 0)
			return true;
	return false;
}

const char *illumos_name(const struct event *e)
{
	const struct part *p = part_of(e);

	return p != NULL ? p->name : e->call->name;
}

static void show_word(struct text *t, u64 v)
{
	if (v < 4096 || v > UINT64_MAX - 4096)
		text_dec(t, (i64)v);
	else
		text_hex(t, v);
}

bool illumos_arguments(struct text *t, const struct event *e)
{
	const struct part *p = part_of(e);
	u32 shown = 0, n = e->r->nargs;

	if (p == NULL) {
		/* The sockets' calls end with a version, and fcntl has a fourth argument for one
		 * command. */
		if (n > 1 && strcmp(e->call->arg[n - 1], "version") == 0)
			n--;
		if (strcmp(e->call->name, "fcntl") == 0)
			n = 3;
		for (u32 i = 0; i < MIN(n, value_count(e)); i++) {
			if (i != 0)
				text_str(t, ", ");
			value_show(t, e, i);
		}
		return true;
	}
	for (u32 i = 0; i < n && shown < p->count; i++) {
		if (i == p->at)
			continue;
		if (shown++ != 0)
			text_str(t, ", ");
		if (e->call->word[i] == WORD_ULONG)
			show_word(t, e->r->args[i]);
		else
			value_show(t, e, i);
	}
	return true;
}

static bool illumos_stat(struct posix_stat *s, const struct event *e, const void *p, u32 n)
{
	struct illumos_stat st;

	(void)e;
	if (n < sizeof(st))
		return false;
	memcpy(&st, p, sizeof(st));
	*s = (struct posix_stat){st.st_mode, (u64)st.st_size, st.st_rdev};
	return true;
}

static const char *illumos_signal(int number)
{
	static const struct flag signals[] = {
#define ILLUMOS_SIG(name, nr, core, action) {nr, #name},
#define ILLUMOS_SIG_RANGE(first, last, core, action)
#define ILLUMOS_SIG_ALONE(name, nr, action) {nr, #name},
#include "personality/illumos/signal.def"
#undef ILLUMOS_SIG
#undef ILLUMOS_SIG_RANGE
#undef ILLUMOS_SIG_ALONE
	};

	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		if (signals[i].value == (u64)number)
			return signals[i].name;
	return NULL;
}

/* {si_signo=SIGCLD, si_code=1, si_pid=7, si_status=0} */
static void show_siginfo(struct text *t, const void *at)
{
	const char *name = illumos_signal((int)value_u32(at, 0));

	text_str(t, "{si_signo=");
	text_str(t, name != NULL ? name : "0");
	text_str(t, ", si_code=");
	text_dec(t, (i32)value_u32(at, 4));
	text_str(t, ", si_pid=");
	text_udec(t, value_u32(at, offsetof(struct illumos_siginfo, cld.pid)));
	if (name != NULL && value_u32(at, 0) == 18) {
		text_str(t, ", si_status=");
		text_dec(t, (i32)value_u32(at, offsetof(struct illumos_siginfo, cld.status)));
	}
	text_char(t, '}');
}

static bool illumos_ioctl(struct text *t, const struct event *e, const struct posix *p, u64 request,
			  struct shown_data d)
{
	static const char *const ints[] = {"FIONREAD",	"FIONBIO",   "FIOASYNC",  "FIOGETOWN",
					   "FIOSETOWN", "TIOCGPGRP", "TIOCSPGRP", "TIOCGSID",
					   "TIOCOUTQ",	"I_NREAD",   "I_GRDOPT",  "SIOCATMARK",
					   "SIOCGPGRP", "SIOCSPGRP"};
	const char *name = posix_name_of(p, LIST_IOCTL, (u32)request);

	if (name == NULL || (e->r->flags & TRACE_R_CARRY && strchr(name, 'G') != NULL))
		return false; /* what it was to get is not there */
	if (strcmp(name, "I_PUSH") == 0 || strcmp(name, "I_FIND") == 0) {
		text_quoted(t, d.p, strnlen((const char *)d.p, d.n));
		return true;
	}
	if (strcmp(name + 4, "GWINSZ") == 0 || strcmp(name + 4, "SWINSZ") == 0) {
		if (d.n < 8)
			return false;
		posix_winsize(t, d.p);
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(ints); i++)
		if (strcmp(ints[i], name) == 0 && d.n >= 4) {
			text_char(t, '[');
			text_dec(t, (i32)value_u32(d.p, 0));
			text_char(t, ']');
			return true;
		}
	if (strncmp(name, "TCGETS", 6) != 0 && strncmp(name, "TCSETS", 6) != 0)
		return false;
	if (d.n < 36)
		return false;
	for (u32 i = 0; i < 4; i++) {
		static const char *const members[] = {
		    "{c_iflag=", ", c_oflag=", ", c_cflag=", ", c_lflag="};

		text_str(t, members[i]);
		text_oct(t, value_u32(d.p, 4 * i));
	}
	text_str(t, ", ...}");
	return true;
}

bool illumos_value(struct text *t, const struct event *e, u32 i)
{
	static struct posix p;
	const void *at;

	if (p.stat == NULL) {
		p = illumos_posix;
		p.stat = illumos_stat;
		p.signal = illumos_signal;
		p.ioctl = illumos_ioctl;
	}
	switch (e->call->word[i]) {
	case WORD_IOCTL:
		return value_named(t, p.list[LIST_IOCTL].f, p.list[LIST_IOCTL].n,
				   (u32)e->r->args[i]);
	case WORD_SIGINFO_OUT:
		at = value_struct(e, i, true, 48);
		if (at == NULL)
			return false;
		show_siginfo(t, at);
		return true;
	case WORD_HEX:
		if (strcmp(e->call->name, "waitsys") == 0)
			posix_flags(t, &p, LIST_WAIT, (u32)e->r->args[i], "0");
		else if (strcmp(e->call->name, "pipe") == 0)
			posix_flags(t, &p, LIST_OFLAGS, (u32)e->r->args[i], "0");
		else
			return false;
		return true;
	default:
		return posix_value(t, e, i, &p);
	}
}
