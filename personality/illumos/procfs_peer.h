/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procfs_peer.h: what processes of this personality tell each other.
 *
 * The machine knows nothing of a guest's privileges or where its arguments lie. Every process
 * keeps that in one place of its runtime, and who may read another's memory finds it there: the
 * image is the same file, wherever it is mapped. What is read is another process's word, so it is
 * looked at as such.
 */
#ifndef FB_ILLUMOS_PROCFS_PEER_H
#define FB_ILLUMOS_PROCFS_PEER_H

#include "core/thread.h"

#define ILLUMOS_PUBLIC_MAGIC 0x6662696c6c756d01UL

struct illumos_public {
	u64 magic;
	u64 pid;
	u64 abi_data[16]; /* core_process.abi_data */
};

/* The calling process's data changed. */
void illumos_publish(struct core_thread *t);
/* That of a process, the caller's own or another; false where it cannot be had. */
bool illumos_public_of(const struct core_thread *t, i32 pid, struct illumos_public *out);
/* n bytes of a process's memory: how many, or -CORE_E. */
long illumos_peer_memory(i32 pid, u64 at, void *buf, u64 n);

#endif
