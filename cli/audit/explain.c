/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/explain.c: `fbird audit explain`: of each rule, which calls it is about and who
 * enforces it; and what the host's kernel refuses besides.
 */
#include <string.h>
#include <sys/capability.h>

#include "cli/audit/audit.h"
#include "cli/audit/host.h"

#define WIDTH 100

static void show_calls(const struct rule *r, const struct abi *a)
{
	u32 column = 0, n = 0;

	for (u32 nr = 0; nr < TRACE_NUMBERS; nr++)
		n += r->covers[a->number][nr / 64] >> nr % 64 & 1;
	for (u32 k = 0; k < r->parts; k++)
		n += r->part[k].abi == a->number;
	if (n == 0)
		return;
	if (n > 40) {
		printf("    %s: %u numbers\n", a->name, n);
		return;
	}
	column = (u32)printf("    %s:", a->name);
	for (u32 nr = 0; nr < TRACE_NUMBERS; nr++) {
		const struct call_info *c = abi_call(a, nr);

		if (!(r->covers[a->number][nr / 64] >> nr % 64 & 1) || c == NULL)
			continue;
		if (column + strlen(c->name) + 1 > WIDTH)
			column = (u32)printf("\n       ") - 1;
		column += (u32)printf(" %s", c->name);
	}
	for (u32 k = 0; k < r->parts; k++)
		if (r->part[k].abi == a->number)
			printf(" %s", r->part[k].part);
	putchar('\n');
}

static void show_rules(const struct policy *p)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	for (u32 i = 0; i < p->count; i++) {
		const struct rule *r = &p->rules[i];

		printf("%s:%u: %s\n  the runtime%s\n", p->file, r->line, r->text,
		       r->bucket != 0 ? ", by a bucket that all processes share" : "");
		for (u32 a = 0; a < n; a++)
			show_calls(r, &all[a]);
		if (r->not_for != 0) {
			printf("    without effect, for want of the argument or the value, on "
			       "calls of:");
			for (u32 a = 0; a < n; a++)
				if (r->not_for >> a & 1)
					printf(" %s", all[a].name);
			putchar('\n');
		}
	}
}

static void show_default(const struct policy *p)
{
	static const char *const names[] = {"allowed", "allowed and logged", "refused", "killed"};
	u32 n;
	const struct abi *all = abi_all(&n);

	for (u32 i = 0; i < n; i++)
		if (p->otherwise[i].line != 0)
			printf("%s:%u: every other call of %s is %s, but what ends a thread or "
			       "process or returns from a handler\n  the runtime\n",
			       p->file, p->otherwise[i].line, all[i].name,
			       names[p->otherwise[i].action]);
}

static void show_ring(const struct policy *p)
{
	u32 line = policy_refuses(p);

	if (line != 0)
		printf("%s:%u: io_uring_setup, when no rule names it, is refused with ENOSYS: what "
		       "a ring is asked for\n  passes all of these by\n  the runtime\n",
		       p->file, line);
}

static void show_paths(const struct policy *p)
{
	for (u32 i = 0; i < p->path_count; i++) {
		u32 r = p->paths[i].rights;

		printf("%s:%u:%s%s%s %s\n", p->file, p->paths[i].line, r & PATH_READ ? " read" : "",
		       r & PATH_WRITE ? " write" : "", r & PATH_EXECUTE ? " execute" : "",
		       p->paths[i].path);
		puts("  the host, by Landlock: wherever a symbolic link leads, and for descriptors "
		     "passed on");
		if (r & PATH_EXECUTE)
			puts("  and the runtime, which executes foreign programs by reading them: "
			     "by "
			     "the name as it is written");
	}
	if (p->path_count != 0)
		puts("  All other files are refused by the host, but what the runtime needs: its "
		     "own "
		     "in lib/fbird,\n  /proc, and /dev/null, zero, full, random, urandom and tty.");
}

static void show_ports(const struct policy *p)
{
	u32 rights = 0;

	for (u32 i = 0; i < p->port_count; i++) {
		const struct port_rule *r = &p->ports[i];

		rights |= r->rights;
		printf("%s:%u:%s%s port %u", p->file, r->line,
		       r->rights & PORT_CONNECT ? " connect" : "",
		       r->rights & PORT_BIND ? " bind" : "", r->from);
		printf(r->to != r->from ? "-%u\n  the host, by Landlock: TCP\n"
					: "\n  the host, by Landlock: TCP\n",
		       r->to);
	}
	if (rights != 0)
		printf("  All other TCP ports are refused by the host to %s.\n",
		       rights == PORT_CONNECT ? "connect"
		       : rights == PORT_BIND  ? "bind"
					      : "connect and bind");
}

static void show_capabilities(const struct policy *p)
{
	if (!p->limits_capabilities)
		return;
	printf("capabilities that the program may have:");
	for (int cap = 0; cap <= CAP_LAST_CAP; cap++)
		if (p->capabilities >> cap & 1) {
			char *name = cap_to_name(cap);

			printf(" %s", name != NULL ? name : "?");
			cap_free(name);
		}
	puts(p->capabilities == 0 ? " none\n  the host, by its capability sets"
				  : "\n  the host, by its capability sets");
}

static void show_host(const struct audit_policy *m)
{
	u32 column = WIDTH;
	bool any = false;

	for (u32 i = 0; i < host_calls_count; i++) {
		if (!host_is_closed(m, &host_calls[i]))
			continue;
		if (!any)
			printf("calls that the host refuses as well, by seccomp, for no program "
			       "gets them through:");
		if (column > WIDTH - 20)
			column = (u32)printf("\n ");
		column += (u32)printf(" %s%s", host_calls[i].name,
				      host_calls[i].inet ? " (but AF_UNIX and AF_NETLINK)" : "");
		any = true;
	}
	puts(any ? ""
		 : "The host's seccomp refuses nothing: each call that it could refuse without "
		   "harm gets through\nin some system.");
}

int audit_explain(const char *file, const char *box)
{
	CLEAN_FREE struct audit_policy *m = NULL;
	struct policy p;
	int status = policy_read(&p, file, box);

	if (status == CLI_OK) {
		m = policy_compile(&p, 1);
		status = m != NULL ? CLI_OK : CLI_USAGE;
	}
	if (status == CLI_OK) {
		show_rules(&p);
		show_default(&p);
		show_ring(&p);
		show_paths(&p);
		show_ports(&p);
		show_capabilities(&p);
		show_host(m);
	}
	policy_free(&p);
	return status;
}
