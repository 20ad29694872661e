/* SPDX-License-Identifier: BSD-2-Clause */
/* Error numbers of FreeBSD: one list, both directions, nothing left out. */
#include "personality/freebsd/convert_errno.h"
#include "tests/unit/tap.h"

static const struct {
	const char *name;
	int number, core;
} rows[] = {
#define FBSD_E(name, number, core) {#name, number, core},
#define FBSD_E_FROM_CORE(name, core)
#include "personality/freebsd/errno.def"
#undef FBSD_E
#undef FBSD_E_FROM_CORE
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

	for (unsigned i = 0; i < ARRAY_LEN(rows); i++) {
		int number = rows[i].number, core = rows[i].core;

		ok(freebsd_to_core_errno(number) == core && core_to_freebsd_errno(core) == number,
		   "%s there and back", rows[i].name);
		ok(!seen[core], "%s shares its hub number with none", rows[i].name);
		seen[core] = true;
	}
	is_number(ARRAY_LEN(rows), 97, "FreeBSD 14 has the numbers 1 to 97");
	for (unsigned i = 0; i < ARRAY_LEN(hub); i++) {
		int number = freebsd_errno_from_core[hub[i].number];

		ok(number >= 1 && number <= 97, "the hub's %s has an answer", hub[i].name);
	}
	is_number(core_to_freebsd_errno(CORE_EAGAIN), 35, "EAGAIN is 35");
	is_number(core_to_freebsd_errno(CORE_EDEADLK), 11, "EDEADLK is 11");
	is_number(core_to_freebsd_errno(CORE_ENOSYS), 78, "ENOSYS is 78");
	is_number(core_to_freebsd_errno(0), 0, "no error stays none");
	is_number(core_to_freebsd_errno(-5), FREEBSD_EINVAL, "a negative number is EINVAL");
	is_number(core_to_freebsd_errno(4000), FREEBSD_EINVAL, "so is one beyond the table");
	is_number(freebsd_to_core_errno(98), CORE_EINVAL, "98 is no FreeBSD error");
	return tap_end();
}
