/* SPDX-License-Identifier: BSD-2-Clause */
/* Error numbers of illumos: one list, both directions, nothing left out. */
#include "personality/illumos/convert_errno.h"
#include "tests/unit/tap.h"

static const struct {
	const char *name;
	int number, core;
} rows[] = {
#define ILLUMOS_E(name, number, core) {#name, number, core},
#define ILLUMOS_E_FROM_CORE(name, core)
#include "personality/illumos/errno.def"
#undef ILLUMOS_E
#undef ILLUMOS_E_FROM_CORE
};

static const struct {
	const char *name;
	int number;
} hub[] = {
#define CORE_E(name, number) {#name, number},
#include "core/errno.def"
#undef CORE_E
};

int main(void)
{
	bool seen[ERRORS_COUNT] = {0};
	int last = 0;

	for (unsigned i = 0; i < ARRAY_LEN(rows); i++) {
		int number = rows[i].number, core = rows[i].core;

		ok(illumos_to_core_errno(number) == core && core_to_illumos_errno(core) == number,
		   "%s there and back", rows[i].name);
		ok(!seen[core], "%s shares its hub number with none", rows[i].name);
		seen[core] = true;
		last = number > last ? number : last;
	}
	is_number(last, 151, "ESTALE is the last");
	for (unsigned i = 0; i < ARRAY_LEN(hub); i++) {
		int number = illumos_errno_from_core[hub[i].number];

		ok(number >= 1 && number <= 151, "the hub's %s has an answer", hub[i].name);
	}
	is_number(core_to_illumos_errno(CORE_EAGAIN), 11, "EAGAIN is 11");
	is_number(core_to_illumos_errno(CORE_EDEADLK), 45, "EDEADLK is 45");
	is_number(core_to_illumos_errno(CORE_ENOSYS), 89, "ENOSYS is 89");
	is_number(core_to_illumos_errno(CORE_EOPNOTSUPP), 122, "EOPNOTSUPP is 122");
	is_number(core_to_illumos_errno(CORE_ILLUMOS_ENOTSUP), 48, "and ENOTSUP another: 48");
	is_number(core_to_illumos_errno(CORE_ETIME), 62, "ETIME is 62");
	is_number(core_to_illumos_errno(CORE_ETIMEDOUT), 145, "ETIMEDOUT is 145");
	is_number(core_to_illumos_errno(0), 0, "no error stays none");
	is_number(core_to_illumos_errno(-5), ILLUMOS_EINVAL, "a negative number is EINVAL");
	is_number(core_to_illumos_errno(4000), ILLUMOS_EINVAL, "so is one beyond the table");
	is_number(illumos_to_core_errno(75), CORE_EINVAL, "75 is no illumos error");
	is_number(illumos_to_core_errno(152), CORE_EINVAL, "nor is 152");
	return tap_end();
}
