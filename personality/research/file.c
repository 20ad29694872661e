/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/file.c: descriptors. Facts: sys2.c, sys3.c, pipe.c, fio.c (V7); ken/sys2.c,
 * sys3.c (V6).
 */
#include "core/fd.h"
#include "personality/research/calls.h"

long research_fd(i32 fd)
{
	return fd < 0 || fd >= research.version->nofile ? -CORE_EBADF : 0;
}

long research_new_fd(long fd)
{
	if (fd < research.version->nofile)
		return fd;
	core_close((int)fd);
	return -CORE_EMFILE;
}

long research_read(struct core_thread *t, FD fd, OUT buf, UINT n)
{
	long r = research_fd(fd);

	(void)t;
	if (r == 0)
		r = EXO(read, fd, buf.addr, n);
	if (UNLIKELY(r == -CORE_EISDIR)) {
		r = research_dir_open(fd);
		if (r == 0)
			r = EXO(read, fd, buf.addr, n);
	}
	if (r > 0)
		research_engine_wrote(research_addr(buf), (u32)r);
	return r;
}

long research_write(struct core_thread *t, FD fd, IN buf, UINT n)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(write, fd, buf.addr, n);
}

long research_open(struct core_thread *t, PATH path, INT mode)
{
	/* One more than the mode has a bit each for reading and writing. */
	static const int flags[] = {CORE_O_PATH, CORE_O_RDONLY, CORE_O_WRONLY, CORE_O_RDWR};
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	if (r == 0)
		r = EXO(open, name, flags[(mode + 1) & 3]);
	return research_new_fd(r);
}

long research_creat(struct core_thread *t, PATH path, MODE mode)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_NAME, name);

	(void)t;
	if (r == 0)
		r = EXO(open, name, CORE_O_WRONLY | CORE_O_CREAT | CORE_O_TRUNC, mode & 06777);
	return research_new_fd(r);
}

long research_close(struct core_thread *t, FD fd)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : core_close(fd);
}

/* With 0100 in the descriptor the second one is where the copy goes: dup2. */
long research_dup(struct core_thread *t, INT fd, FD to)
{
	i32 from = fd & 077;
	long r = research_fd(from);

	(void)t;
	if (r < 0)
		return r;
	if (!(fd & 0100))
		return research_new_fd(core_dup(from));
	if (research_fd(to) < 0)
		return -CORE_EBADF;
	if (from == to) {
		r = EXO(fcntl, from, CORE_F_GETFD);
		return r < 0 ? r : to;
	}
	return core_dup2(from, to, 0);
}

long research_dup_plain(struct core_thread *t, FD fd)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : research_new_fd(core_dup(fd));
}

long research_pipe(struct core_thread *t)
{
	i32 fds[2];
	long r = EXO(pipe2, fds, 0);

	(void)t;
	if (r < 0)
		return r;
	if (fds[0] >= research.version->nofile || fds[1] >= research.version->nofile) {
		core_close(fds[0]);
		core_close(fds[1]);
		return -CORE_EMFILE;
	}
	return research_pair((u16)fds[0], (u16)fds[1]);
}

/* A whence these systems do not know is the beginning. */
long research_lseek(struct core_thread *t, FD fd, OFF off, UINT whence)
{
	long r = research_fd(fd);

	(void)t;
	if (r == 0)
		r = EXO(lseek, fd, off, whence > 2 ? CORE_SEEK_SET : (int)whence);
	return r < 0 ? r : research_long((u32)r);
}

/*
 * Of the Sixth Edition and before: 0 to 2 in bytes, an offset from the beginning without a sign;
 * 3 to 5 in blocks of 512.
 */
long research_seek(struct core_thread *t, FD fd, UINT off, UINT whence)
{
	i64 to = whence == 0 || whence == 3 ? (i64)off : (i16)off;
	long r = research_fd(fd);

	(void)t;
	if (r < 0)
		return r;
	if (whence > 2)
		to *= 512;
	r = EXO(lseek, fd, to,
		whence % 3 == 0	  ? CORE_SEEK_SET
		: whence % 3 == 1 ? CORE_SEEK_CUR
				  : CORE_SEEK_END);
	return r < 0 ? r : 0;
}

long research_sync(struct core_thread *t)
{
	(void)t;
	EXO(sync);
	return 0;
}
