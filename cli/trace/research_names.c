/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/research_names.c: the names that the PDP-11's systems have for their numbers. Facts:
 * signal.h and sgtty.h of the Seventh Edition (usr/include), which the earlier ones' are among but
 * for the first two bits of a terminal's mode (stty(II) of the Sixth); fcntl.h of System III
 * (usr/src/head); fcntl.h (usr/include), file.h, signal.h, socket.h, resource.h, time.h, wait.h and
 * ioctl.h (usr/sys/h) of 2.11BSD.
 */
#include "cli/trace/research.h"

#include <stdio.h>

#include "core/abi.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/abi_tty.h"
#include "personality/research/abi_usg.h"

#define N(prefix, name)                                                                            \
	{                                                                                          \
		prefix##name, #name                                                                \
	}

static const struct flag usg_oflags[] = {
    N(USG_, O_NDELAY), N(USG_, O_APPEND), N(USG_, O_CREAT), N(USG_, O_TRUNC), N(USG_, O_EXCL),
};
static const struct flag usg_fcntl[] = {
    {0, "F_DUPFD"}, {1, "F_GETFD"}, {2, "F_SETFD"}, {3, "F_GETFL"}, {4, "F_SETFL"},
};

static const struct flag oflags[] = {
    N(BSD_, O_NONBLOCK), N(BSD_, O_APPEND), N(BSD_, O_SHLOCK), N(BSD_, O_EXLOCK), N(BSD_, O_ASYNC),
    N(BSD_, O_FSYNC),	 N(BSD_, O_CREAT),  N(BSD_, O_TRUNC),  N(BSD_, O_EXCL),
};
static const struct flag access[] = {{4, "R_OK"}, {2, "W_OK"}, {1, "X_OK"}};
static const struct flag whence[] = {{0, "L_SET"}, {1, "L_INCR"}, {2, "L_XTND"}};
static const struct flag fcntl[] = {
    {0, "F_DUPFD"}, {1, "F_GETFD"},  {2, "F_SETFD"},  {3, "F_GETFL"},
    {4, "F_SETFL"}, {5, "F_GETOWN"}, {6, "F_SETOWN"},
};
static const struct flag wait[] = {{1, "WNOHANG"}, {2, "WUNTRACED"}};
static const struct flag sighow[] = {{1, "SIG_BLOCK"}, {2, "SIG_UNBLOCK"}, {3, "SIG_SETMASK"}};
static const struct flag family[] = {
    {0, "AF_UNSPEC"},	  {1, "AF_UNIX"},    {2, "AF_INET"},   {3, "AF_IMPLINK"},
    {4, "AF_PUP"},	  {5, "AF_CHAOS"},   {6, "AF_NS"},     {7, "AF_NBS"},
    {8, "AF_ECMA"},	  {9, "AF_DATAKIT"}, {10, "AF_CCITT"}, {11, "AF_SNA"},
    {12, "AF_DECnet"},	  {13, "AF_DLI"},    {14, "AF_LAT"},   {15, "AF_HYLINK"},
    {16, "AF_APPLETALK"},
};
static const struct flag socktype[] = {
    {1, "SOCK_STREAM"}, {2, "SOCK_DGRAM"}, {3, "SOCK_RAW"}, {4, "SOCK_RDM"}, {5, "SOCK_SEQPACKET"},
};
static const struct flag msg[] = {{1, "MSG_OOB"}, {2, "MSG_PEEK"}, {4, "MSG_DONTROUTE"}};
static const struct flag sockopt[] = {
    {0x0001, "SO_DEBUG"},	{0x0002, "SO_ACCEPTCONN"}, {0x0004, "SO_REUSEADDR"},
    {0x0008, "SO_KEEPALIVE"},	{0x0010, "SO_DONTROUTE"},  {0x0020, "SO_BROADCAST"},
    {0x0040, "SO_USELOOPBACK"}, {0x0080, "SO_LINGER"},	   {0x0100, "SO_OOBINLINE"},
    {0x1001, "SO_SNDBUF"},	{0x1002, "SO_RCVBUF"},	   {0x1003, "SO_SNDLOWAT"},
    {0x1004, "SO_RCVLOWAT"},	{0x1005, "SO_SNDTIMEO"},   {0x1006, "SO_RCVTIMEO"},
    {0x1007, "SO_ERROR"},	{0x1008, "SO_TYPE"},
};
static const struct flag rlimit[] = {
    {0, "RLIMIT_CPU"},	 {1, "RLIMIT_FSIZE"}, {2, "RLIMIT_DATA"},
    {3, "RLIMIT_STACK"}, {4, "RLIMIT_CORE"},  {5, "RLIMIT_RSS"},
};
static const struct flag rusage[] = {{0, "RUSAGE_SELF"}, {(u64)-1, "RUSAGE_CHILDREN"}};
static const struct flag itimer[] = {{0, "ITIMER_REAL"}, {1, "ITIMER_VIRTUAL"}, {2, "ITIMER_PROF"}};
static const struct flag sa[] = {N(BSD_, SA_ONSTACK), N(BSD_, SA_RESTART), N(BSD_, SA_DISABLE),
				 N(BSD_, SA_NOCLDSTOP)};

static const struct posix usg = {
    .list =
	{
	    [LIST_OFLAGS] = {usg_oflags, ARRAY_LEN(usg_oflags)},
	    [LIST_FCNTL] = {usg_fcntl, ARRAY_LEN(usg_fcntl)},
	},
    .at_fdcwd = INT32_MIN,
    .accmode = USG_O_ACCMODE,
    .signal = research_usg_signal_name,
};

static const struct posix bsd211 = {
    .list =
	{
	    [LIST_OFLAGS] = {oflags, ARRAY_LEN(oflags)},
	    [LIST_ACCESS] = {access, ARRAY_LEN(access)},
	    [LIST_WHENCE] = {whence, ARRAY_LEN(whence)},
	    [LIST_FCNTL] = {fcntl, ARRAY_LEN(fcntl)},
	    [LIST_WAIT] = {wait, ARRAY_LEN(wait)},
	    [LIST_SIGHOW] = {sighow, ARRAY_LEN(sighow)},
	    [LIST_FAMILY] = {family, ARRAY_LEN(family)},
	    [LIST_SOCKTYPE] = {socktype, ARRAY_LEN(socktype)},
	    [LIST_MSG] = {msg, ARRAY_LEN(msg)},
	    [LIST_SOCKOPT] = {sockopt, ARRAY_LEN(sockopt)},
	    [LIST_RLIMIT] = {rlimit, ARRAY_LEN(rlimit)},
	    [LIST_RUSAGE] = {rusage, ARRAY_LEN(rusage)},
	    [LIST_ITIMER] = {itimer, ARRAY_LEN(itimer)},
	    [LIST_SA] = {sa, ARRAY_LEN(sa)},
	},
    .at_fdcwd = INT32_MIN,
    .accmode = BSD_O_ACCMODE,
    .sol_socket = (i16)BSD_SOL_SOCKET,
    .set_words = 1,
    .signal = research_bsd_signal_name,
};

const struct posix *research_posix(const struct abi *a)
{
	if (strcmp(a->name, "bsd211") == 0)
		return &bsd211;
	return strcmp(a->name, "sysv-pdp11") == 0 ? &usg : NULL;
}

/* ---- signals -------------------------------------------------------------------------------- */

struct old_signal {
	const char *name;
	int number, core;
};

struct signals {
	const struct old_signal *s;
	size_t n;
};

#define OLD_SIG(number, name, core, dumps) {#name, number, core},
#define OLD_SIG_V7
static const struct old_signal v7_signals[] = {
#include "personality/research/signal.def"
};
#undef OLD_SIG_V7
#define OLD_SIG_USG
static const struct old_signal usg_signals[] = {
#include "personality/research/signal.def"
};
#undef OLD_SIG_USG
#define OLD_SIG_BSD
static const struct old_signal bsd_signals[] = {
#include "personality/research/signal.def"
};
#undef OLD_SIG_BSD
#undef OLD_SIG

static const struct signals v7_list = {v7_signals, ARRAY_LEN(v7_signals)};
static const struct signals usg_list = {usg_signals, ARRAY_LEN(usg_signals)};
static const struct signals bsd_list = {bsd_signals, ARRAY_LEN(bsd_signals)};

static const struct signals *signals_of(const struct abi *a)
{
	if (strncmp(a->name, "bsd", 3) == 0)
		return &bsd_list;
	return strcmp(a->name, "sysv-pdp11") == 0 ? &usg_list : &v7_list;
}

static const char *signal_named(const struct signals *l, int number)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->s[i].number == number)
			return l->s[i].name;
	return NULL;
}

const char *research_usg_signal_name(int number)
{
	return signal_named(&usg_list, number);
}

const char *research_bsd_signal_name(int number)
{
	return signal_named(&bsd_list, number);
}

const char *research_signal_name(const struct abi *a, int number)
{
	return signal_named(signals_of(a), number);
}

const char *research_signal_of_core(const struct abi *a, int core)
{
	static char text[8];
	const struct signals *l = signals_of(a);

	for (size_t i = 0; i < l->n; i++)
		if (l->s[i].core == core && *l->s[i].name == '\0') {
			snprintf(text, sizeof(text), "%d", l->s[i].number);
			return text;
		} else if (l->s[i].core == core) {
			return l->s[i].name;
		}
	return NULL;
}

/* ---- terminals ------------------------------------------------------------------------------ */

static const struct flag modes[] = {
    N(OLD_, TANDEM), N(OLD_, CBREAK), N(OLD_, LCASE), N(OLD_, ECHO),  N(OLD_, CRMOD),
    N(OLD_, RAW),    N(OLD_, ODDP),   N(OLD_, EVENP), N(OLD_, XTABS),
};
static const struct flag old_modes[] = {
    N(V6_, HUPCL),  N(V6_, XTABS), N(OLD_, LCASE), N(OLD_, ECHO),
    N(OLD_, CRMOD), N(OLD_, RAW),  N(OLD_, ODDP),  N(OLD_, EVENP),
};
static const char *const speeds[] = {
    "B0",   "B50",   "B75",   "B110",  "B134",	"B150",	 "B200", "B300",
    "B600", "B1200", "B1800", "B2400", "B4800", "B9600", "EXTA", "EXTB",
};

/* In System III's stty and gtty, too: sys/ttold.h there. */
static bool has_old_modes(const struct abi *a)
{
	return strncmp(a->name, "bsd", 3) != 0 && strcmp(a->name, "v7") != 0;
}

void research_modes(struct text *t, const struct abi *a, u32 v)
{
	bool old = has_old_modes(a);
	const struct flag *f = old ? old_modes : modes;

	u32 known = 0, n = old ? ARRAY_LEN(old_modes) : ARRAY_LEN(modes);

	for (u32 i = 0; i < n; i++)
		if ((v & f[i].value) == f[i].value)
			known |= (u32)f[i].value;
	value_flags(t, f, n, known, v == 0 ? "0" : "");
	if (v & ~known) {
		if (known)
			text_char(t, '|');
		text_oct(t, v & ~known);
	}
}

void research_speed(struct text *t, u32 v)
{
	if (v < ARRAY_LEN(speeds))
		text_str(t, speeds[v]);
	else
		text_udec(t, v);
}

static const struct flag requests[] = {
    N(OLD_, TIOCGETD),
    N(OLD_, TIOCSETD),
    N(OLD_, TIOCHPCL),
    N(OLD_, TIOCGETP),
    N(OLD_, TIOCSETP),
    N(OLD_, TIOCSETN),
    N(OLD_, TIOCEXCL),
    N(OLD_, TIOCNXCL),
    N(OLD_, TIOCFLUSH),
    N(OLD_, TIOCSETC),
    N(OLD_, TIOCGETC),
    N(OLD_, FIOCLEX),
    N(OLD_, FIONCLEX),
    N(BSD_, TIOCLBIS),
    N(BSD_, TIOCLBIC),
    N(BSD_, TIOCLSET),
    N(BSD_, TIOCLGET),
    N(BSD_, TIOCGPGRP),
    N(BSD_, TIOCSPGRP),
    N(BSD_, TIOCSLTC),
    N(BSD_, TIOCGLTC),
    N(BSD_, TIOCOUTQ),
    N(BSD_, TIOCSTI),
    N(BSD_, TIOCNOTTY),
    N(BSD_, TIOCSTOP),
    N(BSD_, TIOCSTART),
    N(BSD_, TIOCGWINSZ),
    N(BSD_, TIOCSWINSZ),
    N(BSD_, FIONREAD),
    N(BSD_, FIONBIO),
    N(USG_, TCGETA),
    N(USG_, TCSETA),
    N(USG_, TCSETAW),
    N(USG_, TCSETAF),
    N(USG_, TCSBRK),
    N(USG_, TCXONC),
    N(USG_, TCFLSH),
    {'t' << 8 | 3, "TIOCMODG"},
    {'t' << 8 | 4, "TIOCMODS"},
};

const char *research_request(u32 request)
{
	/* 2.11BSD has the size of what it points at in the upper half. */
	for (size_t i = 0; i < ARRAY_LEN(requests); i++)
		if (requests[i].value == (request & 0xffff))
			return requests[i].name;
	return NULL;
}
