/* SPDX-License-Identifier: BSD-2-Clause */
/* fb_format and fb_strlcpy: against what they promise and, where it can, the libc's printf. */

#include <limits.h>

#include "lib/mem.h"
#include "tests/unit/tap.h"

#define SAME(...)                                                                                  \
	do {                                                                                       \
		char ours[128], theirs[128];                                                       \
		size_t n = fb_format(ours, sizeof(ours), __VA_ARGS__);                             \
		int m = snprintf(theirs, sizeof(theirs), __VA_ARGS__);                             \
		is_string(ours, theirs, "as printf's: case %d", __LINE__);                         \
		is_number((long)n, m, "and its length");                                           \
	} while (0)

int main(void)
{
	char small[4] = "zzz";
	char text[16];

	SAME("plain");
	SAME("%s and %s", "one", "");
	SAME("%d %d %d", 0, -1, INT_MIN);
	SAME("%u %x", UINT_MAX, UINT_MAX);
	SAME("%ld %ld", LONG_MIN, LONG_MAX);
	SAME("%lu %lx", ULONG_MAX, ULONG_MAX);
	SAME("[%5d] [%05d] [%2d]", -42, -42, 12345);
	SAME("[%8x] [%08x] [%016lx]", 0xbeefu, 0xbeefu, 0xbeefUL);
	SAME("[%6s] [%2s]", "abc", "abc");
	SAME("%c%c %%", 'o', 'k');
	SAME("%p", (void *)0x1234);
	is_number((long)fb_format(small, sizeof(small), "%s", "hello"), 5, "the length it needed");
	is_string(small, "hel", "what did not fit is cut");
	is_number((long)fb_format(NULL, 0, "%d", 123), 3, "no buffer at all");
	is_number((long)fb_strlcpy(text, "abc", sizeof(text)), 3, "strlcpy returns the length");
	is_string(text, "abc", "and copies");
	is_number((long)fb_strlcpy(small, "abcdef", sizeof(small)), 6, "also of what did not fit");
	is_string(small, "abc", "which is cut");
	is_number((long)fb_strlcpy(small, "xyz", 0), 3, "size 0 writes nothing");
	is_string(small, "abc", "nothing");
	return tap_end();
}
