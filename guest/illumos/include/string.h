/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/string.h, iso/string_iso.h. */
#ifndef _FB_ILLUMOS_STRING_H
#define _FB_ILLUMOS_STRING_H

#include <sys/types.h>

__BEGIN_DECLS
void *memcpy(void *_RESTRICT_KYWD, const void *_RESTRICT_KYWD, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memchr(const void *, int, size_t);
void *memmem(const void *, size_t, const void *, size_t);
void *memccpy(void *_RESTRICT_KYWD, const void *_RESTRICT_KYWD, int, size_t);
char *strcpy(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD);
char *strncpy(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t);
char *stpcpy(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD);
char *stpncpy(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t);
char *strcat(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD);
char *strncat(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t);
int strcmp(const char *, const char *);
int strncmp(const char *, const char *, size_t);
int strcoll(const char *, const char *);
size_t strxfrm(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, size_t);
char *strchr(const char *, int);
char *strrchr(const char *, int);
char *strchrnul(const char *, int);
size_t strspn(const char *, const char *);
size_t strcspn(const char *, const char *);
char *strpbrk(const char *, const char *);
char *strstr(const char *, const char *);
char *strnstr(const char *, const char *, size_t);
char *strcasestr(const char *, const char *);
char *strtok(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD);
char *strtok_r(char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, char **_RESTRICT_KYWD);
char *strsep(char **, const char *);
size_t strlen(const char *);
size_t strnlen(const char *, size_t);
size_t strlcpy(char *, const char *, size_t);
size_t strlcat(char *, const char *, size_t);
char *strdup(const char *);
char *strndup(const char *, size_t);
char *strerror(int);
int strerror_r(int, char *, size_t);
char *strsignal(int);
void explicit_bzero(void *, size_t);
__END_DECLS
#include <strings.h>

#endif
