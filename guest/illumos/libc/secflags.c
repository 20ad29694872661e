/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/secflags.c: process security flags: sets, their words, and the call. Facts:
 * psecflags(2), security-flags(7), usr/src/common/secflags/secflags.c,
 * usr/src/lib/libc/port/gen/secflags.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/procset.h>
#include <sys/secflags.h>

#include "guest/illumos/libc/libc.h"

static const struct {
	secflag_t flag;
	const char *name;
} names[] = {{PROC_SEC_ASLR, "aslr"},
	     {PROC_SEC_FORBIDNULLMAP, "forbidnullmap"},
	     {PROC_SEC_NOEXECSTACK, "noexecstack"}};

#define NAMES (sizeof(names) / sizeof(names[0]))

EXPORT secflagset_t secflag_to_bit(secflag_t flag)
{
	return 1UL << flag;
}

EXPORT boolean_t secflag_isset(secflagset_t s, secflag_t flag)
{
	return (s & secflag_to_bit(flag)) != 0;
}

EXPORT void secflag_clear(secflagset_t *s, secflag_t flag)
{
	*s &= ~secflag_to_bit(flag);
}

EXPORT void secflag_set(secflagset_t *s, secflag_t flag)
{
	*s |= secflag_to_bit(flag);
}

EXPORT boolean_t secflags_isempty(secflagset_t s)
{
	return s == 0;
}

EXPORT void secflags_zero(secflagset_t *s)
{
	*s = 0;
}

EXPORT void secflags_fullset(secflagset_t *s)
{
	*s = PROC_SEC_MASK;
}

EXPORT void secflags_copy(secflagset_t *to, const secflagset_t *from)
{
	*to = *from;
}

EXPORT boolean_t secflags_issubset(secflagset_t a, secflagset_t b)
{
	return (a & ~b) == 0;
}

EXPORT boolean_t secflags_issuperset(secflagset_t a, secflagset_t b)
{
	return (b & ~a) == 0;
}

EXPORT boolean_t secflags_intersection(secflagset_t a, secflagset_t b)
{
	return (a & b) != 0;
}

EXPORT void secflags_union(secflagset_t *to, const secflagset_t *with)
{
	*to |= *with;
}

EXPORT void secflags_difference(secflagset_t *from, const secflagset_t *what)
{
	*from &= ~*what;
}

EXPORT boolean_t psecflags_validate_delta(const psecflags_t *s, const secflagdelta_t *d)
{
	if (d->psd_ass_active)
		return !(d->psd_assign & ~s->psf_upper) && !(s->psf_lower & ~d->psd_assign) &&
		       !(d->psd_assign & ~PROC_SEC_MASK);
	return !(d->psd_add & ~s->psf_upper) && !(d->psd_rem & s->psf_lower) &&
	       !((d->psd_add | d->psd_rem) & ~PROC_SEC_MASK);
}

EXPORT boolean_t psecflags_validate(const psecflags_t *s)
{
	secflagset_t all = s->psf_lower | s->psf_inherit | s->psf_effective | s->psf_upper;

	return !(all & ~PROC_SEC_MASK) && !(s->psf_lower & ~s->psf_inherit) &&
	       !(s->psf_lower & ~s->psf_upper) && !(s->psf_inherit & ~s->psf_upper);
}

EXPORT void psecflags_default(psecflags_t *s)
{
	*s = (psecflags_t){0, 0, 0, PROC_SEC_MASK};
}

EXPORT boolean_t secflag_by_name(const char *name, secflag_t *flag)
{
	for (size_t i = 0; i < NAMES; i++) {
		if (strcasecmp(name, names[i].name) == 0) {
			*flag = names[i].flag;
			return B_TRUE;
		}
	}
	return B_FALSE;
}

EXPORT const char *secflag_to_str(secflag_t flag)
{
	for (size_t i = 0; i < NAMES; i++)
		if (names[i].flag == flag)
			return names[i].name;
	return NULL;
}

EXPORT void secflags_to_str(secflagset_t s, char *buf, size_t size)
{
	char rest[24];

	if (size)
		buf[0] = '\0';
	if (!s) {
		strlcpy(buf, "none", size);
		return;
	}
	for (size_t i = 0; i < NAMES; i++) {
		if (!secflag_isset(s, names[i].flag))
			continue;
		if (size && buf[0])
			strlcat(buf, ",", size);
		strlcat(buf, names[i].name, size);
		secflag_clear(&s, names[i].flag);
	}
	if (s) { /* what has no name */
		snprintf(rest, sizeof(rest), "%s%#llx", size && buf[0] ? "," : "",
			 (unsigned long long)s);
		strlcat(buf, rest, size);
	}
}

/* One word of a list: false for none. */
static bool apply(secflagdelta_t *d, const secflagset_t *defaults, const char *word, bool *current)
{
	bool less = *word == '-' || *word == '!';
	secflag_t flag;

	if (strcasecmp(word, "default") == 0) {
		if (defaults)
			d->psd_add |= *defaults;
		return defaults != NULL;
	}
	if (strcasecmp(word, "all") == 0)
		d->psd_add = PROC_SEC_MASK;
	else if (strcasecmp(word, "none") == 0)
		d->psd_rem = PROC_SEC_MASK;
	else if (strcasecmp(word, "current") == 0)
		*current = true;
	else if (secflag_by_name(less || *word == '+' ? word + 1 : word, &flag))
		secflag_set(less ? &d->psd_rem : &d->psd_add, flag);
	else
		return false;
	return true;
}

EXPORT int secflags_parse(const secflagset_t *defaults, const char *text, secflagdelta_t *d)
{
	char *copy = strdup(text), *rest = copy, *word;
	bool current = false, good = true;

	memset(d, 0, sizeof(*d));
	if (!copy)
		return -1;
	while (good && (word = strsep(&rest, ",")) != NULL)
		good = apply(d, defaults, word, &current);
	free(copy);
	if (!good)
		return (int)fail_with(EINVAL);
	if (!current) { /* all there is to be, and what is taken away wins */
		d->psd_assign = d->psd_add & ~d->psd_rem;
		d->psd_ass_active = B_TRUE;
		d->psd_add = d->psd_rem = 0;
	}
	return 0;
}

EXPORT int psecflags(idtype_t type, id_t id, psecflagwhich_t which, secflagdelta_t *delta)
{
	procset_t set = {POP_AND, type, id, P_ALL, 0};

	return (int)result(SYSCALL(SYS_psecflags, &set, which, delta));
}
