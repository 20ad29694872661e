/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/names.c: the lists by which the personalities convert errors and signals, read for
 * their names.
 */
#include "cli/trace/names.h"

#include <string.h>

#include "core/abi.h"
#include "lib/base.h"

struct name {
	const char *name;
	int number, core;
};

static const struct name core_errors[] = {
#define CORE_E(name, number) {#name, number, number},
#include "core/errno.def"
#undef CORE_E
};

static const struct name freebsd_errors[] = {
#define FBSD_E(name, number, core) {#name, number, core},
#define FBSD_E_FROM_CORE(name, core)
#include "personality/freebsd/errno.def"
#undef FBSD_E
#undef FBSD_E_FROM_CORE
};

static const struct name illumos_errors[] = {
#define ILLUMOS_E(name, number, core) {#name, number, core},
#define ILLUMOS_E_FROM_CORE(name, core)
#include "personality/illumos/errno.def"
#undef ILLUMOS_E
#undef ILLUMOS_E_FROM_CORE
};

/* The numbers alone are listed: the names are the hub's. */
static const struct name research_errors[] = {
#define OLD_E(number, core) {&#core[5], number, core},
#define OLD_E_NEAR(from, core)
#include "personality/research/errno.def"
#include "personality/research/errno_bsd.def"
#undef OLD_E
#undef OLD_E_NEAR
};

static const struct name freebsd_signals[] = {
#define FBSD_SIG(name, number, core, action) {#name, number, core},
#define FBSD_SIG_RANGE(first, last, core, action)
#include "personality/freebsd/signal.def"
#undef FBSD_SIG
#undef FBSD_SIG_RANGE
};

static const struct name illumos_signals[] = {
#define ILLUMOS_SIG(name, number, core, action) {#name, number, core},
#define ILLUMOS_SIG_RANGE(first, last, core, action)
#define ILLUMOS_SIG_ALONE(name, number, action)
#include "personality/illumos/signal.def"
#undef ILLUMOS_SIG
#undef ILLUMOS_SIG_RANGE
#undef ILLUMOS_SIG_ALONE
};

static const struct name core_signals[] = {
#define S(name)                                                                                    \
	{                                                                                          \
#name, CORE_##name, CORE_##name                                                    \
	}
    S(SIGHUP),	S(SIGINT),  S(SIGQUIT),	  S(SIGILL),	S(SIGTRAP), S(SIGABRT),	 S(SIGBUS),
    S(SIGFPE),	S(SIGKILL), S(SIGUSR1),	  S(SIGSEGV),	S(SIGUSR2), S(SIGPIPE),	 S(SIGALRM),
    S(SIGTERM), S(SIGCHLD), S(SIGCONT),	  S(SIGSTOP),	S(SIGTSTP), S(SIGTTIN),	 S(SIGTTOU),
    S(SIGURG),	S(SIGXCPU), S(SIGXFSZ),	  S(SIGVTALRM), S(SIGPROF), S(SIGWINCH), S(SIGIO),
    S(SIGPWR),	S(SIGSYS),  S(SIGSTKFLT),
#undef S
};

static const struct {
	const struct name *errors, *signals;
	size_t nerrors, nsignals;
} lists[] = {
    [NAMES_CORE] = {core_errors, core_signals, ARRAY_LEN(core_errors), ARRAY_LEN(core_signals)},
    [NAMES_FREEBSD] = {freebsd_errors, freebsd_signals, ARRAY_LEN(freebsd_errors),
		       ARRAY_LEN(freebsd_signals)},
    [NAMES_ILLUMOS] = {illumos_errors, illumos_signals, ARRAY_LEN(illumos_errors),
		       ARRAY_LEN(illumos_signals)},
    [NAMES_RESEARCH] = {research_errors, core_signals, ARRAY_LEN(research_errors),
			ARRAY_LEN(core_signals)},
};

int error_named(const char *name)
{
	for (size_t which = 0; which < ARRAY_LEN(lists); which++)
		for (size_t i = 0; i < lists[which].nerrors; i++)
			if (strcmp(lists[which].errors[i].name, name) == 0)
				return lists[which].errors[i].core;
	return 0;
}

const char *name_of_error(enum names names, int number, int *core)
{
	const struct name *n = lists[names].errors;

	for (size_t i = 0; i < lists[names].nerrors; i++)
		if (n[i].number == number) {
			*core = n[i].core;
			return n[i].name;
		}
	*core = number;
	return NULL;
}

const char *name_of_signal(enum names names, int core)
{
	const struct name *n = lists[names].signals;

	for (size_t i = 0; i < lists[names].nsignals; i++)
		if (n[i].core == core)
			return n[i].name;
	return NULL;
}

int signal_number(enum names names, const char *name)
{
	const struct name *n = lists[names].signals;

	for (size_t i = 0; i < lists[names].nsignals; i++)
		if (strcmp(n[i].name, name) == 0)
			return n[i].number;
	return 0;
}

int number_of_signal(enum names names, int core)
{
	const struct name *n = lists[names].signals;

	for (size_t i = 0; i < lists[names].nsignals; i++)
		if (n[i].core == core)
			return n[i].number;
	return 0;
}
