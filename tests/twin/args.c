/* SPDX-License-Identifier: BSD-2-Clause */
/* Arguments and environment arrive whole and in order. */
#include "guest.h"

int main(int argc, char **argv)
{
	print("argc %d\n", argc);
	for (int i = 1; i < argc; i++)
		print("argv[%d] [%s]\n", i, argv[i]);
	EXPECT(argv[argc] == NULL);
	print("TWIN=%s\n", getenv("TWIN"));
	EXPECT(getenv("NOT_THERE") == NULL);
#ifdef __sun__ /* tells only dynamic programs (usr/src/uts/common/exec/elf/elf.c, elfexec) */
	print("ok auxv_find(AT_PAGESZ)->value\n");
#else
	EXPECT_EQ(auxv_find(AT_PAGESZ)->value, 4096);
#endif
	return argc;
}
