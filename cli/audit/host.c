/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/host.c: which of the host's calls a policy closes.
 *
 * The runtime makes calls of its own in the guest's process, so the host's filter can only refuse
 * what the runtime itself never needs: calls that nothing but a guest's call of the same name, or
 * of one of those listed beside it, comes to. One is closed when no personality's program ever
 * gets such a call through, for the filter stays whatever is executed.
 */
#include "cli/audit/host.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

const struct host_call host_calls[] = {
    {"ptrace", "", false},
    {"mount", "nmount", false},
    {"umount2", "unmount umount", false},
    {"move_mount", "", false},
    {"fsopen", "", false},
    {"fsmount", "", false},
    {"fsconfig", "", false},
    {"open_tree", "", false},
    {"mount_setattr", "", false},
    {"pivot_root", "", false},
    {"setns", "", false},
    {"init_module", "kldload modctl", false},
    {"finit_module", "kldload modctl", false},
    {"delete_module", "kldunload modctl", false},
    {"kexec_load", "", false},
    {"kexec_file_load", "", false},
    {"bpf", "", false},
    {"perf_event_open", "cpc", false},
    {"userfaultfd", "", false},
    {"io_uring_setup", "", false},
    {"io_uring_enter", "", false},
    {"io_uring_register", "", false},
    {"keyctl", "", false},
    {"add_key", "", false},
    {"request_key", "", false},
    {"open_by_handle_at", "fhopen", false},
    {"fanotify_init", "", false},
    {"swapon", "swapctl", false},
    {"swapoff", "swapctl", false},
    {"reboot", "uadmin", false},
    {"acct", "sysacct", false},
    {"quotactl", "", false},
    {"settimeofday", "stime clock_settime adjtime", false},
    {"clock_settime", "stime settimeofday", false},
    {"adjtimex", "adjtime ntp_adjtime ntp_gettime", false},
    {"clock_adjtime", "adjtime ntp_adjtime", false},
    {"sethostname", "systeminfo sysctl __sysctl", false},
    {"setdomainname", "systeminfo sysctl __sysctl", false},
    {"iopl", "sysarch sysi86", false},
    {"ioperm", "sysarch sysi86", false},
    {"syslog", "", false},
    {"process_vm_writev", "ptrace", false},
    {"kcmp", "", false},
    {"mq_open", "kmq_open", false},
    {"mknod", "mkfifo mkfifoat mknodat freebsd11_*", false},
    {"mknodat", "mknod mkfifo mkfifoat freebsd11_*", false},
    {"socket", "so_socket bsd_socket", true},
};

const u32 host_calls_count = ARRAY_LEN(host_calls);

static bool gets_through(const struct audit_policy *m, const struct abi *a,
			 const struct host_call *h, bool by_others)
{
	for (u32 nr = 0; nr < a->count; nr++) {
		const struct call_info *c = abi_call(a, nr);

		if (c != NULL &&
		    (strcmp(h->name, c->name) == 0 ||
		     (by_others && *h->others != '\0' && name_is_among(c->name, h->others))) &&
		    !policy_never(m, a->number, nr))
			return true;
	}
	return false;
}

bool host_is_closed(const struct audit_policy *m, const struct host_call *h)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	/* Most are found by their own names in the first table that has them. */
	for (u32 pass = 0; pass < 2; pass++)
		for (u32 i = 0; i < n; i++)
			if (gets_through(m, &all[i], h, pass == 1))
				return false;
	return true;
}

static int close_family(scmp_filter_ctx f, int nr, enum scmp_compare how, u32 family)
{
	struct scmp_arg_cmp first = {.arg = 0, .op = how, .datum_a = family};

	return seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EPERM), nr, 1, &first);
}

static int close_call(scmp_filter_ctx f, const struct host_call *h)
{
	int nr = seccomp_syscall_resolve_name(h->name), error = 0;

	if (nr == __NR_SCMP_ERROR)
		return 0; /* this libseccomp does not know it yet */
	if (!h->inet)
		return seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), nr, 0);
	for (u32 family = AF_UNIX + 1; family < AF_NETLINK && error == 0; family++)
		error = close_family(f, nr, SCMP_CMP_EQ, family);
	return error != 0 ? error : close_family(f, nr, SCMP_CMP_GT, AF_NETLINK);
}

int host_filter(const struct audit_policy *m, int *status)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	int fd = -1, error = f == NULL ? -ENOMEM : 0;
	u32 closed = 0;

	*status = CLI_OK;
	for (u32 i = 0; i < host_calls_count && error == 0; i++)
		if (host_is_closed(m, &host_calls[i])) {
			error = close_call(f, &host_calls[i]);
			closed++;
		}
	if (error == 0 && closed != 0) {
		fd = memfd_create("fbird-seccomp", MFD_CLOEXEC);
		error = fd < 0 ? -errno : seccomp_export_bpf(f, fd);
	}
	if (f != NULL)
		seccomp_release(f);
	if (error != 0) {
		*status = fail(CLI_FAILED, "cannot make a seccomp filter: %s", strerror(-error));
		return -1;
	}
	return fd;
}

int host_rules(const struct policy *p, int *status)
{
	int fd;
	FILE *f;

	*status = CLI_OK;
	if (p->path_count == 0 && p->port_count == 0)
		return -1;
	fd = memfd_create("fbird-rules", MFD_CLOEXEC);
	f = fd < 0 ? NULL : fdopen(dup(fd), "w");
	for (u32 i = 0; f != NULL && i < p->path_count; i++)
		fprintf(f, "path %u %s:%u\t%s\n", p->paths[i].rights, p->file, p->paths[i].line,
			p->paths[i].path);
	for (u32 i = 0; f != NULL && i < p->port_count; i++)
		fprintf(f, "port %u %s:%u\t%u %u\n", p->ports[i].rights, p->file, p->ports[i].line,
			p->ports[i].from, p->ports[i].to);
	if (f == NULL || fclose(f) != 0)
		*status =
		    fail(CLI_FAILED, "cannot hand the path and port rules on: %s", strerror(errno));
	return fd;
}
