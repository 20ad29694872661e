/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of illumos/amd64. Source: usr/src/uts/common/sys/types.h. */
#ifndef _FB_ILLUMOS_SYS_TYPES_H
#define _FB_ILLUMOS_SYS_TYPES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/cdefs.h>

typedef unsigned char uchar_t;
typedef unsigned short ushort_t;
typedef unsigned int uint_t;
typedef unsigned long ulong_t;
typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef long long longlong_t;
typedef unsigned long long u_longlong_t;
typedef unsigned long upad64_t;
typedef char *caddr_t;
typedef long daddr_t;
typedef long off_t;
typedef long off64_t;
typedef long long offset_t;
typedef unsigned long ino_t;
typedef unsigned long ino64_t;
typedef long blkcnt_t;
typedef unsigned long fsblkcnt_t;
typedef unsigned long fsfilcnt_t;
typedef int blksize_t;
typedef unsigned long dev_t;
typedef unsigned int mode_t;
typedef unsigned int nlink_t;
typedef int pid_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
typedef int id_t;
typedef id_t taskid_t;
typedef id_t projid_t;
typedef id_t poolid_t;
typedef id_t zoneid_t;
typedef id_t ctid_t;
typedef unsigned int useconds_t;
typedef long suseconds_t;
typedef long time_t;
typedef long clock_t;
typedef int clockid_t;
typedef int timer_t;
typedef long ssize_t;
typedef int key_t;
typedef long long hrtime_t;
typedef int processorid_t;
typedef int psetid_t;
typedef enum { B_FALSE, B_TRUE } boolean_t;

typedef unsigned int pthread_t;
typedef unsigned int pthread_key_t;
typedef unsigned int thread_t;
typedef unsigned int lwpid_t;

typedef struct _pthread_mutex {
	struct {
		uint16_t __pthread_mutex_flag1;
		uint8_t __pthread_mutex_flag2;
		uint8_t __pthread_mutex_ceiling;
		uint16_t __pthread_mutex_type;
		uint16_t __pthread_mutex_magic;
	} __pthread_mutex_flags;
	union {
		struct {
			uint8_t __pthread_mutex_pad[8];
		} __pthread_mutex_lock64;
		struct {
			uint32_t __pthread_ownerpid;
			uint32_t __pthread_lockword;
		} __pthread_mutex_lock32;
		upad64_t __pthread_mutex_owner64;
	} __pthread_mutex_lock;
	upad64_t __pthread_mutex_data;
} pthread_mutex_t;

typedef struct _pthread_cond {
	struct {
		uint8_t __pthread_cond_flag[4];
		uint16_t __pthread_cond_type;
		uint16_t __pthread_cond_magic;
	} __pthread_cond_flags;
	upad64_t __pthread_cond_data;
} pthread_cond_t;

typedef struct _pthread_rwlock {
	int32_t __pthread_rwlock_readers;
	uint16_t __pthread_rwlock_type;
	uint16_t __pthread_rwlock_magic;
	pthread_mutex_t __pthread_rwlock_mutex;
	pthread_cond_t __pthread_rwlock_readercv;
	pthread_cond_t __pthread_rwlock_writercv;
} pthread_rwlock_t;

typedef struct {
	uint32_t __pthread_barrier_count;
	uint32_t __pthread_barrier_current;
	upad64_t __pthread_barrier_cycle;
	upad64_t __pthread_barrier_reserved;
	pthread_mutex_t __pthread_barrier_lock;
	pthread_cond_t __pthread_barrier_cond;
} pthread_barrier_t;

typedef pthread_mutex_t pthread_spinlock_t;

typedef struct _pthread_attr {
	void *__pthread_attrp;
} pthread_attr_t;
typedef struct _pthread_mutexattr {
	void *__pthread_mutexattrp;
} pthread_mutexattr_t;
typedef struct _pthread_condattr {
	void *__pthread_condattrp;
} pthread_condattr_t;
typedef struct _pthread_rwlockattr {
	void *__pthread_rwlockattrp;
} pthread_rwlockattr_t;
typedef struct {
	void *__pthread_barrierattrp;
} pthread_barrierattr_t;

typedef struct _once {
	upad64_t __pthread_once_pad[4];
} pthread_once_t;

#endif
