/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setlogin(2) and getlogin(2): what is executed has the name too, whatever is in it. A user
 * without privilege cannot set one and has none here, because the runner names nobody.
 */
#include "guest.h"

#define SYS_geteuid  25
#define SYS_getlogin 49
#define SYS_setlogin 50

static const char odd[] = "a;login=b%41 c";

int main(int argc, char **argv)
{
	char name[33] = "", long_name[40];
	char *again[] = {argv[0], "again", NULL};
	bool root = sys(SYS_geteuid) == 0;

	if (argc > 1) {
		EXPECT_EQ(sys(SYS_getlogin, name, sizeof(name)), 0);
		EXPECT(strcmp(name, root ? odd : "") == 0);
		return 0;
	}
	memset(long_name, 'x', sizeof(long_name));
	long_name[33] = '\0';
	EXPECT_EQ(sys(SYS_setlogin, long_name), root ? -EINVAL : -EPERM);
	EXPECT_EQ(sys(SYS_setlogin, odd), root ? 0 : -EPERM);
	EXPECT_EQ(sys(SYS_getlogin, name, sizeof(name)), 0);
	EXPECT(strcmp(name, root ? odd : "") == 0);
	EXPECT_EQ(sys(SYS_execve, argv[0], again, NULL), 0);
	return 1;
}
