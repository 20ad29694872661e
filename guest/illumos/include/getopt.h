/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/getopt.h. */
#ifndef _FB_ILLUMOS_GETOPT_H
#define _FB_ILLUMOS_GETOPT_H

#include <unistd.h>

#define no_argument	  0
#define required_argument 1
#define optional_argument 2

struct option {
	char *name;
	int has_arg;
	int *flag;
	int val;
};

__BEGIN_DECLS
int getopt_long(int, char *const *, const char *, const struct option *, int *);
int getopt_long_only(int, char *const *, const char *, const struct option *, int *);
__END_DECLS

#endif
