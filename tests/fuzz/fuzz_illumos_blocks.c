/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the blocks of illumos that are full of offsets: what spawn(2) is given, which when it is
 * found whole is walked through as the child walks through it; and lists of names and values, which
 * libcontract looks things up in.
 */
#include <stdlib.h>
#include <string.h>

#include "personality/illumos/spawn.h"

static u8 *exactly(const u8 *data, size_t n)
{
	u8 *p = malloc(n ? n : 1); /* its own block: the sanitizer sees a byte too far */

	if (n)
		memcpy(p, data, n);
	return p;
}

static unsigned long sum; /* what was read is used */

static void read_text(const u8 *at)
{
	sum += strlen((const char *)at);
}

static void param(const u8 *data, size_t n)
{
	struct illumos_spawn_param *p = (void *)exactly(data, n);
	u32 off;

	if (n < sizeof(*p))
		goto out;
	p->sp_size = (u32)n;
	p->sp_datalen = (u32)(n - sizeof(*p));
	if (!illumos_spawn_param_good(p, (u32)n))
		goto out;
	if (illumos_spawn_attr(p))
		sum += illumos_spawn_attr(p)->sa_sigmask.bits[3];
	off = p->sp_fattr_off;
	for (u32 i = 0; i < p->sp_fattr_cnt; i++) {
		const struct illumos_kfile_attr *k = (const void *)&p->sp_data[off];

		if (k->kfa_type == ILLUMOS_FA_OPEN || k->kfa_type == ILLUMOS_FA_CHDIR)
			read_text((const u8 *)k->kfa_path);
		off += k->kfa_len;
	}
	if (p->sp_path_len)
		read_text(&p->sp_data[p->sp_path_off]);
	if (p->sp_shell_len)
		read_text(&p->sp_data[p->sp_shell_off]);
	if (p->sp_sched_len)
		sum += p->sp_data[p->sp_sched_off + sizeof(struct illumos_kspawn_sched) - 1];
out:
	free(p);
}

static void args(const u8 *data, size_t n)
{
	struct illumos_spawn_args *a = (void *)exactly(data, n);
	u32 off;

	if (n < sizeof(*a))
		goto out;
	a->sa_size = (u32)n;
	a->sa_datalen = (u32)(n - sizeof(*a));
	if (!illumos_spawn_args_good(a, (u32)n))
		goto out;
	off = a->sa_arg_off;
	for (u32 i = 0; i < a->sa_arg_cnt + a->sa_env_cnt; i++) {
		read_text(&a->sa_data[off]);
		off += (u32)strlen((const char *)&a->sa_data[off]) + 1;
	}
	if (off != a->sa_datalen)
		abort();
out:
	free(a);
}

/* ---- lists, as guest/illumos/contract reads them ------------------------------------------- */

#include "guest/illumos/contract/packed.h"

static void list(const u8 *data, size_t n)
{
	struct packed l = {(char *)exactly(data, n), n};
	unsigned count;
	char *value;

	if (packed_is_whole(&l)) {
		if (packed_find(&l, "a", PACKED_STRING, &value, NULL) == 0)
			read_text((const u8 *)value);
		if (packed_find(&l, "b", PACKED_UINT32_ARRAY, &value, &count) == 0 && count)
			sum += (unsigned long)value[count * 4ul - 1];
		if (packed_find(&l, "c", PACKED_UINT32, &value, NULL) == 0)
			sum += (unsigned long)value[3];
	}
	free(l.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n < 1 || n > 65536)
		return 0;
	switch (data[0] % 3) {
	case 0:
		param(data + 1, n - 1);
		break;
	case 1:
		args(data + 1, n - 1);
		break;
	default:
		list(data + 1, n - 1);
		break;
	}
	return 0;
}
