/* SPDX-License-Identifier: BSD-2-Clause */
/* Locality groups and processors: one group with all that the machine has. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/lgrp_user.h>
#include <unistd.h>

static void say(const char *what, long r)
{
	printf("%s: %ld%s%s\n", what, r, r < 0 ? " " : "", r < 0 ? strerror(errno) : "");
}

int main(void)
{
	lgrp_cookie_t c = lgrp_init(LGRP_VIEW_OS), mine = lgrp_init(LGRP_VIEW_CALLER);
	processorid_t cpus[1024];
	lgrp_id_t groups[4] = {9};
	processor_info_t info;
	int n;

	printf("%d %d\n", c != LGRP_COOKIE_NONE, mine != LGRP_COOKIE_NONE);
	say("version", lgrp_version(LGRP_VER_CURRENT));
	say("a version there is not", lgrp_version(77));
	say("view", lgrp_view(c));
	say("view", lgrp_view(mine));
	say("groups", lgrp_nlgrps(c));
	say("root", lgrp_root(c));
	say("parents", lgrp_parents(c, 0, groups, 4));
	say("children", lgrp_children(c, 0, groups, 4));
	say("no group", lgrp_children(c, 5, groups, 4));
	say("not even one", lgrp_children(c, -1, groups, 4));
	say("with memory", lgrp_resources(c, 0, groups, 4, LGRP_RSRC_MEM));
	say("which", groups[0]);
	say("no resource", lgrp_resources(c, 0, groups, 4, 7));
	n = lgrp_cpus(mine, 0, cpus, 1024, LGRP_CONTENT_ALL);
	printf("all processors: %d\n", n == sysconf(_SC_NPROCESSORS_ONLN));
	say("processor", p_online(cpus[0], P_STATUS));
	say("its kind", processor_info(cpus[0], &info));
	printf("%d %s\n", info.pi_state, info.pi_processor_type);
	printf("all memory: %d\n",
	       lgrp_mem_size(c, 0, LGRP_MEM_SZ_INSTALLED, LGRP_CONTENT_DIRECT) ==
		   (long long)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE));
	printf("some free: %d\n", lgrp_mem_size(c, 0, LGRP_MEM_SZ_FREE, LGRP_CONTENT_DIRECT) > 0);
	say("no such size", (long)lgrp_mem_size(c, 0, 5, LGRP_CONTENT_DIRECT));
	say("latency", lgrp_latency(0, 0));
	say("of none", lgrp_latency(0, 3));
	say("home", lgrp_home(P_LWPID, P_MYID));
	say("affinity", lgrp_affinity_set(P_LWPID, P_MYID, 0, LGRP_AFF_STRONG));
	say("stale", lgrp_cookie_stale(mine));
	say("end", lgrp_fini(mine));
	say("view of a number", (int)lgrp_view(LGRP_COOKIE_NONE));
	return 0;
}
