/* SPDX-License-Identifier: BSD-2-Clause */
/* Directories. Source: usr/src/head/dirent.h, usr/src/uts/common/sys/dirent.h. */
#ifndef _FB_ILLUMOS_DIRENT_H
#define _FB_ILLUMOS_DIRENT_H

#include <sys/types.h>

#define MAXNAMLEN 512

typedef struct dirent {
	ino_t d_ino;
	off_t d_off;
	unsigned short d_reclen;
	char d_name[1];
} dirent_t;
typedef struct {
	int dd_fd, dd_loc, dd_size;
	char *dd_buf;
} DIR;

__BEGIN_DECLS
DIR *opendir(const char *);
DIR *fdopendir(int);
int closedir(DIR *);
struct dirent *readdir(DIR *);
int __posix_readdir_r(DIR *, struct dirent *, struct dirent **);
#define readdir_r(dir, entry, out) __posix_readdir_r(dir, entry, out)
void rewinddir(DIR *);
void seekdir(DIR *, long);
long telldir(DIR *);
int dirfd(DIR *);
int scandir(const char *, struct dirent ***, int (*)(const struct dirent *),
	    int (*)(const struct dirent **, const struct dirent **));
int alphasort(const struct dirent **, const struct dirent **);
int getdents(int, struct dirent *, size_t);
__END_DECLS

#endif
