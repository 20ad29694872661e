/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/dl.c: objects that are opened: the dynamic linker's work, one at a time.
 *
 * The lock is recursive: initialisers and dl_iterate_phdr's function may ask again. An error is
 * the calling thread's until it is told. Facts: dlopen(3C) and its like, dlinfo(3C).
 */
#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/locks.h"

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void fb_dl_locks(bool take)
{
	if (take)
		pthread_mutex_lock(&lock);
	else
		pthread_mutex_unlock(&lock);
}

static void keep_error(void)
{
	const char *text = _fb_rtld.error();

	free(self()->dl_error);
	self()->dl_error = text ? strdup(text) : NULL;
}

EXPORT char *dlerror(void)
{
	static char last[1024];
	char *text = self()->dl_error;

	if (!text)
		return NULL;
	self()->dl_error = NULL;
	strlcpy(last, text, sizeof(last));
	free(text);
	return last;
}

/* LOCKED(type, expression, when it failed) */
#define LOCKED(type, what, failed)                                                                 \
	type r_;                                                                                   \
	pthread_mutex_lock(&lock);                                                                 \
	r_ = what;                                                                                 \
	if (failed)                                                                                \
		keep_error();                                                                      \
	pthread_mutex_unlock(&lock);                                                               \
	return r_

EXPORT void *dlopen(const char *path, int mode)
{
	const void *caller = __builtin_return_address(0);

	LOCKED(void *, _fb_rtld.open(path, mode, caller), !r_);
}

/* Of the lists of objects that a program may have there is one. */
EXPORT void *dlmopen(Lmid_t list, const char *path, int mode)
{
	const void *caller = __builtin_return_address(0);

	if (list != LM_ID_BASE) {
		free(self()->dl_error);
		self()->dl_error = strdup("ld.so.1: dlmopen: there is one list of objects");
		return NULL;
	}
	LOCKED(void *, _fb_rtld.open(path, mode, caller), !r_);
}

EXPORT void *dlsym(void *handle, const char *name)
{
	const void *caller = __builtin_return_address(0);

	LOCKED(void *, _fb_rtld.symbol(handle, name, caller), !r_);
}

EXPORT int dlclose(void *handle)
{
	LOCKED(int, _fb_rtld.close(handle), r_ != 0);
}

EXPORT int dladdr(void *address, Dl_info *info)
{
	LOCKED(int, _fb_rtld.address(address, info), r_ == 0);
}

EXPORT int dladdr1(void *address, Dl_info *info, void **extra, int flags)
{
	if (flags) {
		free(self()->dl_error);
		self()->dl_error = strdup("ld.so.1: dladdr1: nothing more is told");
		return 0;
	}
	(void)extra;
	return dladdr(address, info);
}

EXPORT int dlinfo(void *handle, int request, void *arg)
{
	const void *caller = __builtin_return_address(0);

	LOCKED(int, _fb_rtld.info(handle, request, arg, caller), r_ != 0);
}

EXPORT int dl_iterate_phdr(int (*each)(struct dl_phdr_info *, size_t, void *), void *arg)
{
	LOCKED(int, _fb_rtld.iterate(each, arg), false);
}
