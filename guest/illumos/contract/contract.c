/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/contract/contract.c: libcontract: contracts.
 *
 * Each function is a request to an open file of /system/contract, or takes a field out of what
 * such a request gave. What comes as a list of names and values is looked up in its packed form,
 * once it is known to be whole. Facts: libcontract(3LIB) and the pages it names;
 * usr/src/lib/libcontract/common, usr/src/common/nvpair/nvpair.c (the native encoding).
 */
#include <errno.h>
#include <fcntl.h>
#include <libcontract.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/contract/process.h>
#include <sys/ctfs.h>
#include <unistd.h>

#include "guest/illumos/contract/packed.h"

#define EXPORT __attribute__((visibility("default")))

struct status {
	ct_status_t s;
	struct packed list;
};

struct event {
	ct_event_t e;
	struct packed list;
};

/* ---- lists ------------------------------------------------------------------------------- */

static int find_word(const struct packed *l, const char *name, int type, void *to)
{
	char *value;
	int r = packed_find(l, name, type, &value, NULL);

	if (r == 0)
		memcpy(to, value, sizeof(int));
	return r;
}

static int find_text(const struct packed *l, const char *name, const char **to)
{
	char *value;
	int r = packed_find(l, name, PACKED_STRING, &value, NULL);

	if (r == 0)
		*to = value;
	return r;
}

/* ---- requests ---------------------------------------------------------------------------- */

static int ask(int fd, int request, void *arg)
{
	return ioctl(fd, request, arg) == -1 ? errno : 0;
}

static int set(int fd, uint_t id, uint64_t value)
{
	ct_param_t p = {id, sizeof(value), &value};

	return ask(fd, CT_TSET, &p);
}

static int get(int fd, uint_t id, uint64_t *value)
{
	ct_param_t p = {id, sizeof(*value), value};

	return ask(fd, CT_TGET, &p);
}

static int get_word(int fd, uint_t id, void *to)
{
	uint64_t value;
	int r = get(fd, id, &value);

	if (r == 0)
		*(uint_t *)to = (uint_t)value;
	return r;
}

static int set_text(int fd, uint_t id, const char *text)
{
	ct_param_t p = {id, 0, (void *)text};

	if (!text)
		return EINVAL;
	p.ctpm_size = (uint32_t)strlen(text) + 1;
	return ask(fd, CT_TSET, &p);
}

/* How long it is, or -1. */
static int get_text(int fd, uint_t id, char *buf, size_t size)
{
	ct_param_t p = {id, (uint32_t)size, buf};

	return ioctl(fd, CT_TGET, &p) == -1 ? -1 : (int)p.ctpm_size;
}

EXPORT int ct_tmpl_activate(int fd)
{
	return ask(fd, CT_TACTIVATE, NULL);
}

EXPORT int ct_tmpl_clear(int fd)
{
	return ask(fd, CT_TCLEAR, NULL);
}

EXPORT int ct_tmpl_create(int fd, ctid_t *id)
{
	int r = ioctl(fd, CT_TCREATE, NULL);

	if (r == -1)
		return errno;
	*id = r;
	return 0;
}

#define TERM(name, id)                                                                             \
	EXPORT int ct_tmpl_set_##name(int fd, uint_t value)                                        \
	{                                                                                          \
		return set(fd, id, value);                                                         \
	}                                                                                          \
	EXPORT int ct_tmpl_get_##name(int fd, uint_t *value)                                       \
	{                                                                                          \
		return get_word(fd, id, value);                                                    \
	}
TERM(critical, CTP_EV_CRITICAL)
TERM(informative, CTP_EV_INFO)

EXPORT int ct_tmpl_set_cookie(int fd, uint64_t cookie)
{
	return set(fd, CTP_COOKIE, cookie);
}

EXPORT int ct_tmpl_get_cookie(int fd, uint64_t *cookie)
{
	return get(fd, CTP_COOKIE, cookie);
}

#define PR_TERM(name, type, id)                                                                    \
	EXPORT int ct_pr_tmpl_set_##name(int fd, type value)                                       \
	{                                                                                          \
		return set(fd, id, (uint64_t)value);                                               \
	}                                                                                          \
	EXPORT int ct_pr_tmpl_get_##name(int fd, type *value)                                      \
	{                                                                                          \
		return get_word(fd, id, value);                                                    \
	}
PR_TERM(transfer, ctid_t, CTPP_SUBSUME)
PR_TERM(fatal, uint_t, CTPP_EV_FATAL)
PR_TERM(param, uint_t, CTPP_PARAMS)

#define PR_TEXT(name, id)                                                                          \
	EXPORT int ct_pr_tmpl_set_##name(int fd, const char *text)                                 \
	{                                                                                          \
		return set_text(fd, id, text);                                                     \
	}                                                                                          \
	EXPORT int ct_pr_tmpl_get_##name(int fd, char *buf, size_t size)                           \
	{                                                                                          \
		return get_text(fd, id, buf, size);                                                \
	}
PR_TEXT(svc_fmri, CTPP_SVC_FMRI)
PR_TEXT(svc_aux, CTPP_CREATOR_AUX)

EXPORT int ct_ctl_adopt(int fd)
{
	return ask(fd, CT_CADOPT, NULL);
}

EXPORT int ct_ctl_abandon(int fd)
{
	return ask(fd, CT_CABANDON, NULL);
}

EXPORT int ct_ctl_newct(int fd, ctevid_t event, int template)
{
	(void)event;
	return ioctl(fd, CT_CNEWCT, template) == -1 ? errno : 0;
}

EXPORT int ct_ctl_ack(int fd, ctevid_t event)
{
	return ask(fd, CT_CACK, &event);
}

EXPORT int ct_ctl_nack(int fd, ctevid_t event)
{
	return ask(fd, CT_CNACK, &event);
}

EXPORT int ct_ctl_qack(int fd, ctevid_t event)
{
	return ask(fd, CT_CQREQ, &event);
}

/* ---- status ------------------------------------------------------------------------------ */

static int grow(struct packed *l, size_t size)
{
	char *at = realloc(l->at, size);

	if (!at)
		return ENOMEM;
	l->at = at;
	l->size = size;
	return 0;
}

EXPORT int ct_status_read(int fd, int detail, ct_stathdl_t *to)
{
	struct status *h = calloc(1, sizeof(*h));
	int r;

	if (!h)
		return errno;
	h->s.ctst_detail = (uint_t)detail;
	for (;;) {
		h->s.ctst_nbytes = h->list.size;
		h->s.ctst_buffer = h->list.at;
		do
			r = ask(fd, CT_SSTATUS, &h->s);
		while (r == EINTR);
		if (r || detail == CTD_COMMON || h->s.ctst_nbytes <= h->list.size)
			break;
		r = grow(&h->list, h->s.ctst_nbytes);
		if (r)
			break;
	}
	if (r == 0 && detail != CTD_COMMON) {
		h->list.size = h->s.ctst_nbytes;
		r = packed_is_whole(&h->list) ? 0 : EFAULT;
	}
	if (r) {
		ct_status_free(h);
		return r;
	}
	*to = h;
	return 0;
}

EXPORT void ct_status_free(ct_stathdl_t handle)
{
	struct status *h = handle;

	free(h->list.at);
	free(h);
}

#define STATUS(type, name, field)                                                                  \
	EXPORT type ct_status_get_##name(ct_stathdl_t h)                                           \
	{                                                                                          \
		return ((struct status *)h)->s.field;                                              \
	}
STATUS(ctid_t, id, ctst_id)
STATUS(zoneid_t, zoneid, ctst_zoneid)
STATUS(id_t, holder, ctst_holder)
STATUS(ctstate_t, state, ctst_state)
STATUS(int, nevents, ctst_nevents)
STATUS(int, ntime, ctst_ntime)
STATUS(int, qtime, ctst_qtime)
STATUS(ctevid_t, nevid, ctst_nevid)
STATUS(uint_t, informative, ctst_informative)
STATUS(uint_t, critical, ctst_critical)
STATUS(uint64_t, cookie, ctst_cookie)

EXPORT const char *ct_status_get_type(ct_stathdl_t h)
{
	return ((struct status *)h)->s.ctst_type == CTT_PROCESS ? "process" : "device";
}

static int status_of(struct status *h, ct_typeid_t type)
{
	if (h->s.ctst_type != type)
		return EINVAL;
	return h->list.at ? 0 : ENOENT;
}

#define STATUS_WORD(kind, contract, name, type, nv, key)                                           \
	EXPORT int ct_##kind##_status_get_##name(ct_stathdl_t h, type *to)                         \
	{                                                                                          \
		int r = status_of(h, contract);                                                    \
                                                                                                   \
		return r ? r : find_word(&((struct status *)h)->list, key, nv, to);                \
	}
#define STATUS_TEXT(kind, contract, name, key)                                                     \
	EXPORT int ct_##kind##_status_get_##name(ct_stathdl_t h, char **to)                        \
	{                                                                                          \
		int r = status_of(h, contract);                                                    \
                                                                                                   \
		return r ? r : find_text(&((struct status *)h)->list, key, (const char **)to);     \
	}
#define STATUS_LIST(name, type, key)                                                               \
	EXPORT int ct_pr_status_get_##name(ct_stathdl_t h, type **to, uint_t *n)                   \
	{                                                                                          \
		int r = status_of(h, CTT_PROCESS);                                                 \
                                                                                                   \
		return r ? r                                                                       \
			 : packed_find(&((struct status *)h)->list, key, PACKED_UINT32_ARRAY,      \
				       (char **)to, n);                                            \
	}
STATUS_WORD(pr, CTT_PROCESS, param, uint_t, PACKED_UINT32, CTPS_PARAMS)
STATUS_WORD(pr, CTT_PROCESS, fatal, uint_t, PACKED_UINT32, CTPS_EV_FATAL)
STATUS_WORD(pr, CTT_PROCESS, svc_ctid, ctid_t, PACKED_INT32, CTPS_SVC_CTID)
STATUS_LIST(members, pid_t, CTPS_MEMBERS)
STATUS_LIST(contracts, ctid_t, CTPS_CONTRACTS)
STATUS_TEXT(pr, CTT_PROCESS, svc_fmri, CTPS_SVC_FMRI)
STATUS_TEXT(pr, CTT_PROCESS, svc_aux, CTPS_CREATOR_AUX)
STATUS_TEXT(pr, CTT_PROCESS, svc_creator, CTPS_SVC_CREATOR)

/* ---- events ------------------------------------------------------------------------------ */

static int read_event(int fd, int request, ct_evthdl_t *to)
{
	struct event *h = calloc(1, sizeof(*h));
	int r;

	if (!h)
		return errno;
	for (;;) {
		h->e.ctev_nbytes = (uint32_t)h->list.size;
		h->e.ctev_buffer = h->list.at;
		do
			r = ask(fd, request, &h->e);
		while (r == EINTR);
		if (r || h->e.ctev_nbytes <= h->list.size)
			break;
		r = grow(&h->list, h->e.ctev_nbytes);
		if (r)
			break;
	}
	/* What only the global zone is told of would follow, and there is no other zone. */
	if (r == 0 && h->list.at) {
		h->list.size = h->e.ctev_goffset <= h->e.ctev_nbytes ? h->e.ctev_goffset : 0;
		r = packed_is_whole(&h->list) ? 0 : EFAULT;
	}
	if (r) {
		ct_event_free(h);
		return r;
	}
	*to = h;
	return 0;
}

EXPORT int ct_event_read(int fd, ct_evthdl_t *to)
{
	return read_event(fd, CT_ERECV, to);
}

EXPORT int ct_event_read_critical(int fd, ct_evthdl_t *to)
{
	return read_event(fd, CT_ECRECV, to);
}

EXPORT int ct_event_reset(int fd)
{
	return ask(fd, CT_ERESET, NULL);
}

EXPORT int ct_event_reliable(int fd)
{
	return ask(fd, CT_ERELIABLE, NULL);
}

EXPORT void ct_event_free(ct_evthdl_t handle)
{
	struct event *h = handle;

	free(h->list.at);
	free(h);
}

#define EVENT(type, name, field)                                                                   \
	EXPORT type ct_event_get_##name(ct_evthdl_t h)                                             \
	{                                                                                          \
		return ((struct event *)h)->e.field;                                               \
	}
EVENT(uint_t, flags, ctev_flags)
EVENT(ctid_t, ctid, ctev_id)
EVENT(ctevid_t, evid, ctev_evid)
EVENT(uint_t, type, ctev_type)

EXPORT int ct_event_get_nevid(ct_evthdl_t h, ctevid_t *to)
{
	char *value;

	if (packed_find(&((struct event *)h)->list, CTS_NEVID, PACKED_UINT64, &value, NULL) != 0)
		return EINVAL;
	memcpy(to, value, sizeof(*to));
	return 0;
}

EXPORT int ct_event_get_newct(ct_evthdl_t h, ctid_t *to)
{
	return find_word(&((struct event *)h)->list, CTS_NEWCT, PACKED_INT32, to) ? EINVAL : 0;
}

static int event_of(struct event *h, uint_t type)
{
	if (h->e.ctev_cttype != CTT_PROCESS || (type && h->e.ctev_type != type))
		return EINVAL;
	return h->list.at ? 0 : ENOENT;
}

#define EVENT_WORD(name, type, of, nv, key)                                                        \
	EXPORT int ct_pr_event_get_##name(ct_evthdl_t h, type *to)                                 \
	{                                                                                          \
		int r = event_of(h, of);                                                           \
                                                                                                   \
		return r ? r : find_word(&((struct event *)h)->list, key, nv, to);                 \
	}
#define EVENT_TEXT(name, key)                                                                      \
	EXPORT int ct_pr_event_get_##name(ct_evthdl_t h, const char **to)                          \
	{                                                                                          \
		int r = event_of(h, CT_PR_EV_CORE);                                                \
                                                                                                   \
		return r ? r : find_text(&((struct event *)h)->list, key, to);                     \
	}
EVENT_WORD(pid, pid_t, 0, PACKED_UINT32, CTPE_PID)
EVENT_WORD(ppid, pid_t, CT_PR_EV_FORK, PACKED_UINT32, CTPE_PPID)
EVENT_WORD(signal, int, CT_PR_EV_SIGNAL, PACKED_UINT32, CTPE_SIGNAL)
EVENT_WORD(sender, pid_t, CT_PR_EV_SIGNAL, PACKED_UINT32, CTPE_SENDER)
EVENT_WORD(senderct, ctid_t, CT_PR_EV_SIGNAL, PACKED_UINT32, CTPE_SENDCT)
EVENT_WORD(exitstatus, int, CT_PR_EV_EXIT, PACKED_INT32, CTPE_EXITSTATUS)
EVENT_TEXT(pcorefile, CTPE_PCOREFILE)
EVENT_TEXT(gcorefile, CTPE_GCOREFILE)
EVENT_TEXT(zcorefile, CTPE_ZCOREFILE)

/* ---- devices: sys/contract/device.h ------------------------------------------------------ */

enum { CTDP_ACCEPT = 1, CTDP_NONEG = 2, CTDP_MINOR = 4 };

EXPORT int ct_dev_tmpl_set_minor(int fd, char *minor)
{
	return set_text(fd, CTDP_MINOR, minor);
}

EXPORT int ct_dev_tmpl_set_aset(int fd, uint_t set_of)
{
	return set(fd, CTDP_ACCEPT, set_of);
}

EXPORT int ct_dev_tmpl_set_noneg(int fd)
{
	return set(fd, CTDP_NONEG, 1);
}

EXPORT int ct_dev_tmpl_clear_noneg(int fd)
{
	return set(fd, CTDP_NONEG, 0);
}

EXPORT int ct_dev_tmpl_get_minor(int fd, char *buf, size_t *size)
{
	int r = get_text(fd, CTDP_MINOR, buf, *size);

	if (r == -1)
		return errno;
	if ((size_t)r < *size)
		return 0;
	*size = (size_t)r + 1;
	return EOVERFLOW;
}

EXPORT int ct_dev_tmpl_get_aset(int fd, uint_t *to)
{
	return get_word(fd, CTDP_ACCEPT, to);
}

EXPORT int ct_dev_tmpl_get_noneg(int fd, uint_t *to)
{
	return get_word(fd, CTDP_NONEG, to);
}

STATUS_WORD(dev, CTT_DEVICE, aset, uint_t, PACKED_UINT32, "ctds_aset")
STATUS_WORD(dev, CTT_DEVICE, noneg, uint_t, PACKED_UINT32, "ctds_noneg")
STATUS_WORD(dev, CTT_DEVICE, dev_state, uint_t, PACKED_UINT32, "ctds_state")
STATUS_TEXT(dev, CTT_DEVICE, minor, "ctds_minor")

/* ---- for commands of the system itself --------------------------------------------------- */

EXPORT int contract_latest(ctid_t *);
EXPORT int contract_open(ctid_t, const char *, const char *, int);
EXPORT int contract_abandon_id(ctid_t);
EXPORT ctid_t getctid(void);

EXPORT int contract_latest(ctid_t *id)
{
	ct_stathdl_t h;
	int fd = open(CTFS_ROOT "/process/latest", O_RDONLY), r;

	if (fd == -1)
		return errno;
	r = ct_status_read(fd, CTD_COMMON, &h);
	close(fd);
	if (r)
		return r;
	*id = ct_status_get_id(h);
	ct_status_free(h);
	return 0;
}

EXPORT int contract_open(ctid_t id, const char *type, const char *file, int flags)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), CTFS_ROOT "/%s/%d/%s", type ? type : "all", id, file);
	fd = open(path, flags);
	if (fd != -1)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

EXPORT int contract_abandon_id(ctid_t id)
{
	int fd = contract_open(id, "all", "ctl", O_WRONLY), r;

	if (fd == -1)
		return errno;
	r = ct_ctl_abandon(fd);
	close(fd);
	return r;
}

#define PSINFO	    416 /* sizeof(psinfo_t), and pr_contract in it: sys/procfs.h */
#define PR_CONTRACT 280

EXPORT ctid_t getctid(void)
{
	char psinfo[PSINFO];
	int fd = open("/proc/self/psinfo", O_RDONLY), id = -1;

	if (fd == -1)
		return -1;
	if (read(fd, psinfo, sizeof(psinfo)) == sizeof(psinfo))
		memcpy(&id, psinfo + PR_CONTRACT, sizeof(id));
	close(fd);
	return id;
}
