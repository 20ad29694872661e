/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Code made at run time: its calls are caught, code written over it is what runs next, and
 * nothing of an old mapping haunts a new one at the same address.
 */
#include "guest.h"

/* mov $nr, %eax; syscall; ret */
static void emit(u8 *code, u32 nr)
{
	code[0] = 0xb8;
	memcpy(code + 1, &nr, 4);
	code[5] = 0x0f;
	code[6] = 0x05;
	code[7] = 0xc3;
}

typedef long function(void);

static int call_often(u8 *code, long want)
{
	int wrong = 0;

	for (int i = 0; i < 100; i++)
		wrong += ((function *)code)() != want;
	return wrong;
}

int main(void)
{
	long pid = getpid(), parent = getppid();
	int rwx = PROT_READ | PROT_WRITE | PROT_EXEC;
	u8 *code = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);

	EXPECT(code != MAP_FAILED);
	emit(code, SYS_getpid);
	EXPECT_EQ(mprotect(code, 8192, PROT_READ | PROT_EXEC), 0);
	EXPECT_EQ(call_often(code, pid), 0);

	print("made writable, written over, made executable\n");
	EXPECT_EQ(mprotect(code, 8192, PROT_READ | PROT_WRITE), 0);
	emit(code, SYS_getppid);
	EXPECT_EQ(mprotect(code, 8192, PROT_READ | PROT_EXEC), 0);
	EXPECT_EQ(call_often(code, parent), 0);

	print("unmapped, and other code mapped there\n");
	EXPECT_EQ(munmap(code, 8192), 0);
	EXPECT(mmap(code, 8192, rwx, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) == code);
	emit(code + 1, SYS_getpid);
	EXPECT_EQ(call_often(code + 1, pid), 0);

	print("writable and executable at once\n");
	for (int i = 0; i < 10; i++) {
		emit(code + 1, i % 2 ? SYS_getpid : SYS_getppid);
		if (call_often(code + 1, i % 2 ? pid : parent) != 0)
			print("FAILED round %d\n", i);
	}
	EXPECT_EQ(code[0], 0);
	EXPECT_EQ(code[9], 0);

	print("a call that ends a page\n");
	emit(code + 4096 - 7, SYS_getpid);
	EXPECT_EQ(call_often(code + 4096 - 7, pid), 0);
	return 0;
}
