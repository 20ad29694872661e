/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/hide.c: the few descriptors that are the runtime's, out of the guest's sight.
 *
 * They live just below the soft descriptor limit or 1024, whichever is less: a guest's
 * lowest-free allocation seldom gets there, and a fork copies the descriptor table up to
 * the highest one, which near a limit of a million is most of what a fork would do. All
 * are close-on-exec. A bit map says which they are, without a lock, because every call
 * with a high descriptor asks.
 */
#include <asm/fcntl.h>
#include <linux/resource.h>
#include <asm/unistd_64.h>
#include <linux/fcntl.h>
#include <asm/stat.h>
#include <linux/mman.h>

#include "exo/linux/linux.h"
#include "exo/lock.h"

#define FDS_MAX	 (1 << 20) /* fs.nr_open as Linux sets it */
#define HEADROOM 64	   /* below the limit, so that several find room */
#define CEILING	 1024

static u64 hidden_near[CEILING / 64]; /* nearly always all */
static FB_LARGE u64 hidden_far[FDS_MAX / 64];
static int hidden_low;
static FB_HOT struct exo_lock hidden_lock;
static int image_fd;
static int other_root;
static int shared_fd[EXO_SHARED_COUNT];
static int kept_fd;

void linux_hide_start(void)
{
	hidden_low = INT32_MAX;
	image_fd = -1;
	other_root = -1;
	for (u32 i = 0; i < EXO_SHARED_COUNT; i++)
		shared_fd[i] = -1;
	kept_fd = -1;
}

int exo_image_fd(void)
{
	return image_fd;
}

static u64 *word_of(int fd)
{
	return fd < CEILING ? &hidden_near[fd / 64] : &hidden_far[fd / 64];
}

bool exo_fd_hidden(int fd)
{
	if (LIKELY(fd < __atomic_load_n(&hidden_low, __ATOMIC_RELAXED)) || fd >= FDS_MAX)
		return false;
	return (__atomic_load_n(word_of(fd), __ATOMIC_RELAXED) >> (fd % 64)) & 1;
}

static void mark(int fd, bool on)
{
	u64 bit = 1UL << (fd % 64);

	if (on)
		__atomic_or_fetch(word_of(fd), bit, __ATOMIC_RELAXED);
	else
		__atomic_and_fetch(word_of(fd), ~bit, __ATOMIC_RELAXED);
}

int exo_fd_hidden_low(void)
{
	return hidden_low;
}

int exo_hide_fd(int fd)
{
	struct rlimit limit = {1024, 1024};
	u64 top;
	long r = -24; /* EMFILE */

	LINUX(__NR_prlimit64, 0, RLIMIT_NOFILE, 0, &limit);
	top = MIN(limit.rlim_cur, (u64)CEILING);
	exo_lock(&hidden_lock);
	for (u64 room = HEADROOM; r < 0 && room / 2 < top; room *= 2)
		r = LINUX(__NR_fcntl, fd, F_DUPFD_CLOEXEC, top > room ? top - room : 0);
	if (r >= FDS_MAX) {
		LINUX(__NR_close, r);
		r = -24;
	}
	if (r >= 0) {
		mark((int)r, true);
		hidden_low = MIN(hidden_low, (int)r);
	}
	exo_unlock(&hidden_lock);
	if (r >= 0)
		LINUX(__NR_close, fd);
	return (int)r;
}

/* The lowest stays the lowest: only the search for others would start higher. */
void exo_unhide_fd(int fd)
{
	if (!exo_fd_hidden(fd))
		return;
	mark(fd, false); /* once it is closed the number may be the guest's */
	LINUX(__NR_close, fd);
}

void linux_hide_fork(bool before)
{
	if (before)
		exo_lock(&hidden_lock);
	else
		exo_unlock(&hidden_lock);
}

/* A descriptor that an earlier image left for this one. */
static bool take_over(int fd)
{
	if (fd < 0 || fd >= FDS_MAX || LINUX(__NR_fcntl, fd, F_SETFD, FD_CLOEXEC) != 0)
		return false;
	mark(fd, true);
	hidden_low = MIN(hidden_low, fd);
	return true;
}

/* A path would not be found again after chroot, nor where there is no /proc. */
void exo_image_open(int left)
{
	long fd;

	if (take_over(left)) {
		image_fd = left;
		return;
	}
	fd = LINUX(__NR_open, "/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		image_fd = exo_hide_fd((int)fd);
}

long exo_image_name(char *buf, size_t size)
{
	long n = LINUX(__NR_readlink, "/proc/self/exe", buf, size - 1);

	buf[MAX(n, 0L)] = '\0';
	return n;
}

void exo_image_leave(bool on)
{
	LINUX(__NR_fcntl, image_fd, F_SETFD, on ? 0 : FD_CLOEXEC);
	if (other_root >= 0)
		LINUX(__NR_fcntl, other_root, F_SETFD, on ? 0 : FD_CLOEXEC);
	for (u32 i = 0; i < EXO_SHARED_COUNT; i++)
		if (shared_fd[i] >= 0)
			LINUX(__NR_fcntl, shared_fd[i], F_SETFD, on ? 0 : FD_CLOEXEC);
	if (kept_fd >= 0)
		LINUX(__NR_fcntl, kept_fd, F_SETFD, on ? 0 : FD_CLOEXEC);
}

bool exo_kept_take(int left)
{
	if (!take_over(left))
		return false;
	kept_fd = left;
	return true;
}

void linux_kept_set(int fd)
{
	kept_fd = fd;
}

void exo_kept_drop(void)
{
	if (kept_fd >= 0)
		exo_unhide_fd(kept_fd);
	kept_fd = -1;
}

void *exo_shared_take(enum exo_shared what, int left, size_t bytes)
{
	bool sealed = what == EXO_SHARED_POLICY;
	struct stat st;
	void *at;

	if (!take_over(left) || LINUX(__NR_fstat, left, &st) < 0 || (u64)st.st_size < bytes)
		return NULL;
	if (sealed && !(LINUX(__NR_fcntl, left, F_GET_SEALS) & F_SEAL_WRITE))
		return NULL;
	at = exo_pages_alloc(bytes);
	if (!at || LINUX(__NR_mmap, at, bytes, sealed ? PROT_READ : PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_FIXED, left, 0) < 0)
		return NULL;
	shared_fd[what] = left;
	return at;
}

int exo_shared_fd(enum exo_shared what)
{
	return shared_fd[what];
}

void linux_shared_set(enum exo_shared what, int fd)
{
	shared_fd[what] = fd;
}

void exo_shared_drop(enum exo_shared what)
{
	int fd = shared_fd[what];

	shared_fd[what] = -1;
	if (fd >= 0)
		exo_unhide_fd(fd);
}

void exo_other_root_take(int left)
{
	if (take_over(left))
		other_root = left;
}

int exo_other_root(void)
{
	return other_root;
}

/* Facts: chroot(2), getcwd(2): a directory out of reach is "(unreachable)...". */
long exo_other_root_enter(void)
{
	char here[1024];
	long root = LINUX(__NR_open, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	long n = LINUX(__NR_getcwd, here, sizeof(here));
	long r = root < 0 ? root : LINUX(__NR_fchdir, other_root);

	if (r == 0)
		r = LINUX(__NR_chroot, ".");
	if (n <= 0 || here[0] != '/' || LINUX(__NR_chdir, here) != 0)
		LINUX(__NR_chdir, "/");
	if (r != 0) {
		LINUX(__NR_close, root);
		return r;
	}
	exo_unhide_fd(other_root);
	other_root = exo_hide_fd((int)root);
	return 0;
}
