/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/textfile.h: files that are made up when they are opened, and names that are recognised.
 */
#ifndef FB_CORE_TEXTFILE_H
#define FB_CORE_TEXTFILE_H

#include "lib/base.h"

/*
 * A descriptor for reading, the lowest that is free, of memory that holds these bytes. oflags: of
 * CORE_O_CLOEXEC and CORE_O_NONBLOCK.
 */
long core_text_file(const char *name, const void *bytes, u64 len, int oflags);

/* fd lists descriptors: those of the runtime are left out for whoever reads the directory. */
void core_fd_lists(int fd);

/* Cuts a prefix that ends a part of the path off; NULL when it is another one. */
const char *core_path_behind(const char *path, const char *prefix);
/* A decimal number of at most nine digits as a part of a path; NULL when it is none. */
const char *core_path_number(const char *p, i32 *out);

#endif
