/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/hide.c: the few descriptors that are the runtime's, out of the guest's sight.
 *
 * They live just below the soft descriptor limit or 1024, whichever is less: a guest's
 * lowest-free allocation seldom gets there, and a fork copies the descriptor table up to
 * the highest one, which near a limit of a million is most of what a fork would do. All
 * are close-on-exec. A small table says which they are.
 */
#include <asm/fcntl.h>
#include <linux/resource.h>
#include <asm/unistd_64.h>
#include <linux/fcntl.h>

#include "exo/linux/linux.h"
#include "exo/lock.h"

#define HIDDEN_MAX 1024
#define HEADROOM   64 /* below the limit, so that several find room */
#define CEILING	   1024

static int hidden[HIDDEN_MAX];
static u32 hidden_count;
static int hidden_low = INT32_MAX;
static struct exo_lock hidden_lock;
static int image_fd = -1;

int exo_image_fd(void)
{
	return image_fd;
}

bool exo_fd_hidden(int fd)
{
	bool found = false;

	if (LIKELY(fd < __atomic_load_n(&hidden_low, __ATOMIC_RELAXED)))
		return false;
	exo_lock(&hidden_lock);
	for (u32 i = 0; i < hidden_count && !found; i++)
		found = hidden[i] == fd;
	exo_unlock(&hidden_lock);
	return found;
}

int exo_fd_hidden_low(void)
{
	return hidden_low;
}

static void find_lowest(void)
{
	int low = INT32_MAX;

	for (u32 i = 0; i < hidden_count; i++)
		low = MIN(low, hidden[i]);
	hidden_low = low;
}

int exo_hide_fd(int fd)
{
	struct rlimit limit = {1024, 1024};
	u64 top;
	long r = -24; /* EMFILE */

	LINUX(__NR_prlimit64, 0, RLIMIT_NOFILE, 0, &limit);
	top = MIN(limit.rlim_cur, (u64)CEILING);
	exo_lock(&hidden_lock);
	if (hidden_count < HIDDEN_MAX) {
		for (u64 room = HEADROOM; r < 0 && room / 2 < top; room *= 2)
			r = LINUX(__NR_fcntl, fd, F_DUPFD_CLOEXEC, top > room ? top - room : 0);
		if (r >= 0) {
			hidden[hidden_count++] = (int)r;
			hidden_low = MIN(hidden_low, (int)r);
		}
	}
	exo_unlock(&hidden_lock);
	if (r >= 0)
		LINUX(__NR_close, fd);
	return (int)r;
}

void exo_unhide_fd(int fd)
{
	exo_lock(&hidden_lock);
	for (u32 i = 0; i < hidden_count; i++) {
		if (hidden[i] != fd)
			continue;
		hidden[i] = hidden[--hidden_count];
		LINUX(__NR_close, fd);
		break;
	}
	find_lowest();
	exo_unlock(&hidden_lock);
}

void linux_hide_start(void)
{
	long fd = LINUX(__NR_open, "/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		image_fd = exo_hide_fd((int)fd);
}
