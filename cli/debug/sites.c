/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/sites.c: the code of a guest that runs already, as its file has it.
 *
 * The runtime makes call sites cheap by a jump in place of an instruction (docs/design.md, section
 * 4). A breakpoint behind the first of them would not be reached, one on the call would spoil the
 * jump. So gdb is told to put back what the file has, and the runtime, by the plate, to leave it
 * so. What is changed is found by comparing: it is a jump to a place that holds what the file has
 * here, and leads to behind the call. Anything else that differs is the guest's own doing.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/debug/debug.h"
#include "cli/guests.h"

/* As exo/linux/x86_64/trampoline.c makes them. */
#define TRAMPOLINE 32
#define RETURN_AT  24
#define CALL	   2 /* bytes of the call's instruction */
#define LONGEST	   16
#define JUMP	   0xe9
#define JUMP_SIZE  5
#define PIECE	   (1u << 16)

/* Bytes from there on that are to be put back, the call's included; 0: it is no such jump. */
static u32 changed(int pid, u64 at, const u8 *now, const u8 *file, size_t left)
{
	u8 code[TRAMPOLINE];
	i32 distance;
	u64 back;

	if (left < JUMP_SIZE || now[0] != JUMP)
		return 0;
	memcpy(&distance, now + 1, sizeof(distance));
	if (!guest_read(pid, at + JUMP_SIZE + (u64)(i64)distance, code, sizeof(code)))
		return 0;
	memcpy(&back, code + RETURN_AT, sizeof(back));
	if (back <= at + CALL || back - at > LONGEST || back - at > left ||
	    memcmp(code, file, back - at - CALL) != 0)
		return 0;
	return (u32)(back - at);
}

static void compare(int pid, u64 at, const u8 *now, const u8 *file, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		u32 bytes = now[i] == file[i] ? 0 : changed(pid, at + i, now + i, file + i, n - i);

		if (bytes == 0)
			continue;
		printf("set {unsigned char[%u]}%p = {", bytes, (void *)(at + i));
		for (u32 k = 0; k < bytes; k++)
			printf("%s0x%x", k > 0 ? ", " : "", file[i + k]);
		puts("}");
		i += bytes - 1;
	}
}

static void compare_mapping(int pid, const struct debug_mapping *m)
{
	static u8 now[PIECE + LONGEST], file[PIECE + LONGEST];
	CLEAN_FREE char *name = debug_name_here(pid, m);
	CLEAN_FD int fd = name != NULL ? open(name, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	/* Pieces overlap by as much as a site can have. */
	for (u64 at = m->start; at < m->end; at += PIECE) {
		size_t want = (size_t)MIN(m->end - at, (u64)sizeof(now));
		ssize_t n = pread(fd, file, want, (off_t)(m->offset + (at - m->start)));

		if (n <= 0 || !guest_read(pid, at, now, (size_t)n))
			break;
		if (memcmp(now, file, (size_t)n) != 0)
			compare(pid, at, now, file, (size_t)n);
	}
}

int debug_print_sites(int pid)
{
	return debug_each_mapping(pid, compare_mapping);
}
