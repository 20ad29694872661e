/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/env.c: the environment. What is replaced is not given back: others may have a
 * pointer into it, as in the original. Facts: getenv(3C), putenv(3C).
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/locks.h"

static pthread_mutex_t lock = LOCK_INIT;
static char **own; /* environ, when the library made it */

void fb_env_locks(bool take)
{
	if (take)
		pthread_mutex_lock(&lock);
	else
		pthread_mutex_unlock(&lock);
}

static bool names(const char *entry, const char *name, size_t n)
{
	return strncmp(entry, name, n) == 0 && entry[n] == '=';
}

EXPORT char *getenv(const char *name)
{
	size_t n = strlen(name);

	for (char **e = environ; e && *e; e++)
		if (names(*e, name, n))
			return *e + n + 1;
	return NULL;
}

EXPORT char *secure_getenv(const char *name)
{
	return issetugid() ? NULL : getenv(name);
}

static int set(char *entry, size_t n, bool replace)
{
	size_t count = 0;
	char **bigger;

	for (char **e = environ; e && *e; e++, count++) {
		if (names(*e, entry, n)) {
			if (replace)
				*e = entry;
			return replace ? 0 : 1;
		}
	}
	bigger = malloc((count + 2) * sizeof(*bigger));
	if (!bigger)
		return -1;
	memcpy(bigger, environ, count * sizeof(*bigger));
	bigger[count] = entry;
	bigger[count + 1] = NULL;
	/* Readers without the lock may still be in the old one. */
	own = bigger;
	environ = own;
	return 0;
}

EXPORT int setenv(const char *name, const char *value, int replace)
{
	size_t n = name ? strlen(name) : 0;
	char *entry;
	int r;

	if (n == 0 || strchr(name, '='))
		return (int)fail_with(EINVAL);
	entry = malloc(n + strlen(value) + 2);
	if (!entry)
		return -1;
	memcpy(entry, name, n);
	entry[n] = '=';
	strcpy(entry + n + 1, value);
	pthread_mutex_lock(&lock);
	r = set(entry, n, replace);
	pthread_mutex_unlock(&lock);
	if (r)
		free(entry);
	return r < 0 ? -1 : 0;
}

EXPORT int putenv(char *entry)
{
	const char *equals = strchr(entry, '=');
	int r;

	if (!equals)
		return unsetenv(entry);
	pthread_mutex_lock(&lock);
	r = set(entry, (size_t)(equals - entry), true);
	pthread_mutex_unlock(&lock);
	return r;
}

EXPORT int unsetenv(const char *name)
{
	size_t n = name ? strlen(name) : 0;
	char **to;

	if (n == 0 || strchr(name, '='))
		return (int)fail_with(EINVAL);
	pthread_mutex_lock(&lock);
	to = environ;
	for (char **e = environ; e && *e; e++)
		if (!names(*e, name, n))
			*to++ = *e;
	if (to)
		*to = NULL;
	pthread_mutex_unlock(&lock);
	return 0;
}

EXPORT int clearenv(void)
{
	static char *nothing[1];

	environ = nothing;
	return 0;
}

/* ---- names of the program ------------------------------------------------------------------ */

static const char *program_name;

EXPORT const char *getprogname(void)
{
	const char *slash;

	if (program_name)
		return program_name;
	if (_fb_rtld.argc < 1)
		return "";
	slash = strrchr(_fb_rtld.argv[0], '/');
	return slash ? slash + 1 : _fb_rtld.argv[0];
}

EXPORT void setprogname(const char *name)
{
	const char *slash = strrchr(name, '/');

	program_name = slash ? slash + 1 : name;
}
