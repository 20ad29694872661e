/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A page of system call stubs as FreeBSD's libraries have them: one is made cheap when two of
 * them have been called, and all of them then. Every stub works before and after, with results,
 * errors, six arguments and jumps straight to its call; what only looks like a stub stays as it is.
 */
#include "guest.h"

#define STUB(name, load)                                                                           \
	long name(long, long, long, long, long, long);                                             \
	__asm__(".balign 16\n" #name ":\n	" load "\n	movq %rcx, %r10\n"                      \
		"	syscall\n	jb stub_error\n	ret\n")

long page_of_stubs(void);
__asm__(".text\n.balign 4096\npage_of_stubs:\n	movl $-1, %eax\n	ret\n"
	/* The error comes back as its negative number; far enough for the long branch. */
	".balign 16\nstub_error:\n	negq %rax\n	ret\n");
STUB(stub_getpid, "movl $20, %eax");
STUB(stub_getppid, "movl $39, %eax");
STUB(stub_close, "movq $6, %rax");
STUB(stub_pread, ".byte 0x48, 0xc7, 0xc0; .long 475");
STUB(stub_mmap, "movl $477, %eax");
STUB(stub_never, "movl $3, %eax");
__asm__(".fill 300, 1, 0x90\n");
STUB(stub_far, "movl $20, %eax"); /* its branch is a long one */
/* The number is too large, the branch is another, there is no return, it is not aligned. */
__asm__(".balign 16\ndecoys:\n"
	"	.byte 0xb8, 3, 0, 1, 0, 0x49, 0x89, 0xca, 0x0f, 0x05, 0x72, 0, 0xc3\n"
	".balign 16\n"
	"	.byte 0xb8, 3, 0, 0, 0, 0x49, 0x89, 0xca, 0x0f, 0x05, 0x73, 0, 0xc3\n"
	".balign 16\n"
	"	.byte 0xb8, 3, 0, 0, 0, 0x49, 0x89, 0xca, 0x0f, 0x05, 0x72, 0, 0x90\n"
	".balign 16\n	nop\n"
	"	.byte 0xb8, 3, 0, 0, 0, 0x49, 0x89, 0xca, 0x0f, 0x05, 0x72, 0, 0xc3\n"
	".balign 16\ndecoys_end:\n");
long jump_to(long nr, const void *call);
__asm__("jump_to:\n	movq %rdi, %rax\n	jmp *%rsi\n"
	".balign 4096\n");
extern const u8 decoys[], decoys_end[];

static u8 before[128];

static bool unchanged(void)
{
	return memcmp(before, decoys, (size_t)(decoys_end - decoys)) == 0;
}

static bool is_jump(const void *code)
{
	return *(const u8 *)code == 0xe9;
}

static int all_wrong(long pid, long parent)
{
	char text[4] = "";
	int fd = open("/dev/zero", O_RDONLY), wrong = 0;

	wrong += stub_getpid(0, 0, 0, 0, 0, 0) != pid;
	wrong += stub_far(0, 0, 0, 0, 0, 0) != pid;
	wrong += stub_getppid(0, 0, 0, 0, 0, 0) != parent;
	wrong += stub_close(-1, 0, 0, 0, 0, 0) != -EBADF;
	wrong += stub_pread(fd, (long)text, 2, 0, 0, 0) != (fd < 0 ? -EBADF : 2);
	wrong += stub_mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0) < 4096;
	wrong += stub_mmap(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0) != -EINVAL;
	if (fd >= 0)
		close(fd);
	return wrong;
}

int main(void)
{
	long pid = getpid(), parent = getppid();
	int wrong = 0, status;

	memcpy(before, decoys, (size_t)(decoys_end - decoys));
	EXPECT(!is_jump((void *)stub_never));
	EXPECT_EQ(stub_getpid(0, 0, 0, 0, 0, 0), pid);
	EXPECT(!is_jump((void *)stub_never)); /* one call says nothing yet */
	EXPECT_EQ(stub_getppid(0, 0, 0, 0, 0, 0), parent);
	EXPECT(is_jump((void *)stub_never));
	EXPECT(is_jump((void *)stub_far));
	EXPECT(unchanged());
	for (int i = 0; i < 100; i++)
		wrong += all_wrong(pid, parent);
	EXPECT_EQ(wrong, 0);

	/* The syscall instruction itself is still there, eight bytes behind the start. */
	EXPECT_EQ(jump_to(SYS_getpid, (const u8 *)stub_getppid + 8), pid);
	EXPECT_EQ(jump_to(SYS_getppid, (const u8 *)stub_getpid + 8), parent);
	for (int i = 0; i < 10; i++)
		wrong += jump_to(SYS_getpid, (const u8 *)stub_getppid + 8) != pid;
	wrong += all_wrong(pid, parent);
	EXPECT_EQ(wrong, 0);

	if (fork() == 0)
		exit(all_wrong(getpid(), pid));
	waitpid(-1, &status, 0);
	EXPECT_EQ(status, 0);
	EXPECT(unchanged());
	return 0;
}
