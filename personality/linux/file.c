/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/linux/file.c: descriptors, and the one path that must not show the runtime:
 * /proc/self/exe (proc(5)).
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/linux/linux.h"

bool linux_is_self_exe(struct core_thread *t, guest_ptr path)
{
	char text[40], own[40];

	if (copy_str_from_guest(text, path, sizeof(text)) < 0 || memcmp(text, "/proc/", 6) != 0)
		return false;
	fb_format(own, sizeof(own), "/proc/%d/exe", t->pid);
	return strcmp(text, "/proc/self/exe") == 0 || strcmp(text, "/proc/thread-self/exe") == 0 ||
	       strcmp(text, own) == 0;
}

static long read_link(struct core_thread *t, guest_ptr buf, i32 size)
{
	size_t n = MIN(strlen(t->proc->exec_path), (size_t)MAX(size, 0));

	if (size <= 0)
		return -CORE_EINVAL;
	return copy_to_guest(buf, t->proc->exec_path, n) < 0 ? -CORE_EFAULT : (long)n;
}

long linux_readlink(struct core_thread *t, PATH path, OUT buf, SIZE bufsiz)
{
	if (linux_is_self_exe(t, path))
		return read_link(t, buf, (i32)bufsiz);
	return EXO(readlink, path.addr, buf.addr, (i32)bufsiz);
}

long linux_readlinkat(struct core_thread *t, FD dfd, PATH pathname, OUT buf, SIZE bufsiz)
{
	if (linux_is_self_exe(t, pathname))
		return read_link(t, buf, (i32)bufsiz);
	return EXO(readlinkat, dfd, pathname.addr, buf.addr, (i32)bufsiz);
}

long linux_openat(struct core_thread *t, FD dfd, PATH filename, OFLAGS flags, MODE mode)
{
	if (linux_is_self_exe(t, filename))
		return EXO(openat, CORE_AT_FDCWD, t->proc->exec_path, flags, mode);
	return EXO(openat, dfd, filename.addr, flags, mode);
}

long linux_open(struct core_thread *t, PATH filename, OFLAGS flags, MODE mode)
{
	return linux_openat(t, CORE_AT_FDCWD, filename, flags, mode);
}

long linux_close(struct core_thread *t, FD fd)
{
	(void)t;
	return core_close(fd);
}

long linux_dup(struct core_thread *t, FD fildes)
{
	(void)t;
	return core_dup(fildes);
}

long linux_dup2(struct core_thread *t, FD oldfd, FD newfd)
{
	(void)t;
	if (oldfd == newfd) {
		long r = exo_fd_hidden(oldfd) ? -CORE_EBADF : EXO(fcntl, oldfd, CORE_F_GETFD);

		return r < 0 ? r : newfd;
	}
	return core_dup2(oldfd, newfd, 0);
}

long linux_dup3(struct core_thread *t, FD oldfd, FD newfd, INT flags)
{
	(void)t;
	if (oldfd == newfd || (flags & ~CORE_O_CLOEXEC))
		return -CORE_EINVAL;
	return core_dup2(oldfd, newfd, flags);
}

long linux_fcntl(struct core_thread *t, FD fd, FCNTLCMD cmd, ULONG arg)
{
	(void)t;
	if (cmd == CORE_F_DUPFD || cmd == CORE_F_DUPFD_CLOEXEC)
		return core_dup_from(fd, (int)arg, cmd == CORE_F_DUPFD_CLOEXEC);
	if (exo_fd_hidden(fd))
		return -CORE_EBADF;
	return EXO(fcntl, fd, cmd, arg);
}

long linux_close_range(struct core_thread *t, FD fd, UINT max_fd, HEX flags)
{
	(void)t;
	return core_close_range((u32)fd, max_fd, flags);
}
