/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/exec_note.h: files opened for execution alone (O_EXEC, O_SEARCH; open(2)).
 *
 * To the hub they are mere places, which have no flags: that they are something else, and the
 * flags, is remembered here. A program that is executed finds a place (O_PATH).
 */
#ifndef FB_FREEBSD_EXEC_NOTE_H
#define FB_FREEBSD_EXEC_NOTE_H

#include "lib/base.h"

/* fd was opened so, with these flags of FreeBSD's: fd, or closed and -CORE_EACCES when it may
 * not be executed, -CORE_ENOMEM. */
long freebsd_exec_opened(long fd, int flags);
/* The flags, with O_EXEC; -1: it is no such file. */
int freebsd_exec_flags(int fd);
/* Replaces what F_SETFL may. False: it is no such file, or one that has none (O_PATH). */
bool freebsd_exec_set_flags(int fd, int flags);

#endif
