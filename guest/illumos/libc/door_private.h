/* SPDX-License-Identifier: BSD-2-Clause */
/* guest/illumos/libc/door_private.h: what door.c and door_xcreate.c know of each other. */
#ifndef FB_GUEST_DOOR_PRIVATE_H
#define FB_GUEST_DOOR_PRIVATE_H

#include <door.h>

/* A door, and the thread for notices about it; no thread that serves it yet. */
int fb_door_create(door_server_procedure_t *f, void *cookie, uint_t flags)
    __attribute__((visibility("hidden")));
/* The pool of a door of door_xcreate is short of threads; a thread serves none any more. */
void fb_door_more(door_info_t *info) __attribute__((visibility("hidden")));
void fb_door_unbound(void) __attribute__((visibility("hidden")));

#endif
