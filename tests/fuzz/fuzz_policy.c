/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the reader of policies and what it makes of them: every chain must end, and name rules and
 * conditions that are there, whose paths lie within the memory.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/audit/policy.h"

static bool is_sound(const struct audit_policy *m, const struct audit_condition *k)
{
	const char *base = (const char *)m;

	switch (k->test) {
	case AUDIT_UNDER:
	case AUDIT_IS:
		return k->text < m->size && base[k->text] == '/' &&
		       memchr(base + k->text, 0, m->size - k->text) != NULL;
	case AUDIT_NET:
		return k->prefix <= 128 && k->bits <= AUDIT_MMSGHDR;
	case AUDIT_PORT:
		return k->value <= k->mask && k->mask <= UINT16_MAX;
	default:
		return k->test <= AUDIT_LOCAL;
	}
}

static void check(const struct audit_policy *m)
{
	const char *base = (const char *)m;
	const struct audit_rule *rules = (const struct audit_rule *)(base + m->rules_at);
	const struct audit_condition *conditions =
	    (const struct audit_condition *)(base + m->conditions_at);
	const u16 *links = (const u16 *)(base + m->links_at);

	if (m->size > AUDIT_SIZE)
		abort();
	for (u32 i = 0; i < m->links; i++)
		if ((links[i] & ~AUDIT_END) >= m->rules)
			abort();
	if (m->links != 0 && !(links[m->links - 1] & AUDIT_END))
		abort();
	for (u32 i = 0; i < m->rules; i++)
		if (rules[i].first + rules[i].conditions > m->conditions ||
		    rules[i].bucket > AUDIT_BUCKETS || rules[i].line == 0)
			abort();
	for (u32 i = 0; i < m->conditions; i++)
		if (!is_sound(m, &conditions[i]))
			abort();
	for (u32 a = 0; a < TRACE_ABIS; a++)
		for (u32 nr = 0; nr < TRACE_NUMBERS; nr++)
			if (m->chain[a][nr] > m->links)
				abort();
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	static int fd = -1;
	static char name[32];
	struct policy p;
	struct audit_policy *m = NULL;

	if (fd < 0) {
		fd = memfd_create("policy", 0);
		snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
		close(2);
		open("/dev/null", O_WRONLY);
	}
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	if (policy_read(&p, name, "b") == CLI_OK)
		m = policy_compile(&p, 3);
	if (m != NULL)
		check(m);
	free(m);
	policy_free(&p);
	return 0;
}
