/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/lgrp.c: liblgrp's view of the machine: one locality group, the root, with all
 * processors and all memory, as the original sees a machine whose memory is equally far from every
 * processor. A cookie is a snapshot, and its own address is the sign that it is one.
 *
 * Facts: lgrp_*(3LGRP), usr/src/uts/common/sys/lgrp_user.h, usr/src/lib/liblgrp/common/lgrp.c (the
 * order of the errors).
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/lgrp_user.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

#define ROOT 0

struct snapshot {
	lgrp_cookie_t magic;
	lgrp_view_t view;
	lgrp_gen_t generation;
	psetid_t set;
	unsigned n;
	processorid_t cpus[];
};

static int call(int code, long a, const void *b)
{
	return (int)result(SYSCALL(SYS_lgrpsys, code, a, b));
}

static struct snapshot *snapshot_of(lgrp_cookie_t cookie)
{
	struct snapshot *s = (struct snapshot *)cookie;

	if (s == NULL || s->magic != cookie) {
		errno = EINVAL;
		return NULL;
	}
	return s;
}

/* Is there such a group? -1 with its error otherwise; `ok`: the other arguments are good. */
static int check_group(lgrp_cookie_t cookie, lgrp_id_t group, int ok)
{
	if (snapshot_of(cookie) == NULL)
		return -1;
	if (group < 0 || !ok)
		errno = EINVAL;
	else if (group != ROOT)
		errno = ESRCH;
	else
		return 0;
	return -1;
}

EXPORT int lgrp_version(int version)
{
	return call(LGRP_SYS_VERSION, version, NULL);
}

EXPORT lgrp_cookie_t lgrp_init(lgrp_view_t view)
{
	struct snapshot *s;
	unsigned n = 0;

	if (view != LGRP_VIEW_OS && view != LGRP_VIEW_CALLER) {
		errno = EINVAL;
		return LGRP_COOKIE_NONE;
	}
	if (pset_info(PS_MYID, NULL, &n, NULL) < 0)
		return LGRP_COOKIE_NONE;
	s = malloc(sizeof(*s) + n * sizeof(s->cpus[0]));
	if (s == NULL)
		return LGRP_COOKIE_NONE;
	s->n = n;
	s->view = view;
	s->generation = (lgrp_gen_t)call(LGRP_SYS_GENERATION, view, NULL);
	s->magic = (lgrp_cookie_t)s;
	if (pset_info(PS_MYID, NULL, &s->n, s->cpus) < 0 ||
	    pset_bind(PS_QUERY, P_LWPID, P_MYID, &s->set) < 0) {
		free(s);
		return LGRP_COOKIE_NONE;
	}
	if (s->n > n)
		s->n = n;
	return s->magic;
}

EXPORT int lgrp_fini(lgrp_cookie_t cookie)
{
	struct snapshot *s = snapshot_of(cookie);

	if (s == NULL)
		return -1;
	s->magic = LGRP_COOKIE_NONE;
	free(s);
	return 0;
}

EXPORT int lgrp_cookie_stale(lgrp_cookie_t cookie)
{
	struct snapshot *s = snapshot_of(cookie);
	psetid_t set;

	if (s == NULL)
		return -1;
	if (s->generation != (lgrp_gen_t)call(LGRP_SYS_GENERATION, s->view, NULL))
		return 1;
	if (s->view != LGRP_VIEW_CALLER)
		return 0;
	if (pset_bind(PS_QUERY, P_LWPID, P_MYID, &set) < 0)
		return -1;
	return set != s->set;
}

EXPORT lgrp_view_t lgrp_view(lgrp_cookie_t cookie)
{
	struct snapshot *s = snapshot_of(cookie);

	return s != NULL ? s->view : (lgrp_view_t)-1;
}

EXPORT int lgrp_nlgrps(lgrp_cookie_t cookie)
{
	return snapshot_of(cookie) != NULL ? 1 : -1;
}

EXPORT lgrp_id_t lgrp_root(lgrp_cookie_t cookie)
{
	return snapshot_of(cookie) != NULL ? ROOT : -1;
}

/* The root has no parents, and alone no children. */
EXPORT int lgrp_parents(lgrp_cookie_t cookie, lgrp_id_t group, lgrp_id_t *parents, unsigned count)
{
	(void)parents, (void)count;
	return check_group(cookie, group, 1);
}

EXPORT int lgrp_children(lgrp_cookie_t cookie, lgrp_id_t group, lgrp_id_t *children, unsigned count)
{
	(void)children, (void)count;
	return check_group(cookie, group, 1);
}

EXPORT int lgrp_resources(lgrp_cookie_t cookie, lgrp_id_t group, lgrp_id_t *groups, unsigned count,
			  lgrp_rsrc_t type)
{
	if (check_group(cookie, group, type == LGRP_RSRC_CPU || type == LGRP_RSRC_MEM) < 0)
		return -1;
	if (groups != NULL && count > 0)
		groups[0] = ROOT;
	return 1;
}

EXPORT int lgrp_cpus(lgrp_cookie_t cookie, lgrp_id_t group, processorid_t *cpus, unsigned count,
		     lgrp_content_t content)
{
	struct snapshot *s = (struct snapshot *)cookie;

	if (check_group(cookie, group,
			content == LGRP_CONTENT_DIRECT || content == LGRP_CONTENT_ALL) < 0)
		return -1;
	for (unsigned i = 0; cpus != NULL && i < s->n && i < count; i++)
		cpus[i] = s->cpus[i];
	return (int)s->n;
}

EXPORT lgrp_mem_size_t lgrp_mem_size(lgrp_cookie_t cookie, lgrp_id_t group,
				     lgrp_mem_size_flag_t what, lgrp_content_t content)
{
	bool ok = (content == LGRP_CONTENT_DIRECT || content == LGRP_CONTENT_ALL) &&
		  (what == LGRP_MEM_SZ_FREE || what == LGRP_MEM_SZ_INSTALLED);

	if (check_group(cookie, group, ok) < 0)
		return -1;
	return (lgrp_mem_size_t)sysconf(what == LGRP_MEM_SZ_FREE ? _SC_AVPHYS_PAGES
								 : _SC_PHYS_PAGES) *
	       sysconf(_SC_PAGESIZE);
}

EXPORT int lgrp_latency(lgrp_id_t from, lgrp_id_t to)
{
	return call(LGRP_SYS_LATENCY, from, (void *)(intptr_t)to);
}

EXPORT int lgrp_latency_cookie(lgrp_cookie_t cookie, lgrp_id_t from, lgrp_id_t to,
			       lgrp_lat_between_t between)
{
	if (check_group(cookie, from, between == LGRP_LAT_CPU_TO_MEM && to >= 0) < 0 ||
	    check_group(cookie, to, 1) < 0)
		return -1;
	return lgrp_latency(from, to);
}

EXPORT lgrp_id_t lgrp_home(idtype_t type, id_t id)
{
	return call(LGRP_SYS_HOME, type, (void *)(intptr_t)id);
}

EXPORT lgrp_affinity_t lgrp_affinity_get(idtype_t type, id_t id, lgrp_id_t group)
{
	lgrp_affinity_args_t a = {type, id, group, LGRP_AFF_NONE};

	return call(LGRP_SYS_AFFINITY_GET, 0, &a);
}

EXPORT int lgrp_affinity_set(idtype_t type, id_t id, lgrp_id_t group, lgrp_affinity_t affinity)
{
	lgrp_affinity_args_t a = {type, id, group, affinity};

	return call(LGRP_SYS_AFFINITY_SET, 0, &a);
}
