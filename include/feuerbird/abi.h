/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * feuerbird/abi.h: the system-call interface of FeuerBird's own programs.
 *
 * A call number is a class in the upper eight bits and an index in the lower 24. Class 0
 * is whatever the calling thread's class 0 is set to (FB_CLASS_NATIVE at start); the other
 * classes are always what they say, so one thread can wait on a kqueue and on an epoll.
 * Arguments go in rdi, rsi, rdx, r10, r8, r9 and the result comes in rax; a class reports
 * errors as its own kernel does: the native class and Linux as -errno, FreeBSD with the
 * carry flag and a positive errno.
 *
 * A program says that it is native with an ELF note of owner "FeuerBird", type 1, whose
 * descriptor is the interface version as one 32-bit word (guest/feuerbird/start.S has it).
 */
#ifndef FEUERBIRD_ABI_H
#define FEUERBIRD_ABI_H

#define FB_ABI_VERSION 1

#define FB_CLASS(n)	 ((unsigned)(n) << 24)
#define FB_CLASS_CURRENT FB_CLASS(0)
#define FB_CLASS_NATIVE	 FB_CLASS(1)
#define FB_CLASS_LINUX	 FB_CLASS(2)
#define FB_CLASS_FREEBSD FB_CLASS(3)

/* The calls of the native class. Errors: Linux's numbers, negated. */
#define FB_SYS_null	       (FB_CLASS_NATIVE | 0) /* () = 0 */
#define FB_SYS_version	       (FB_CLASS_NATIVE | 1) /* () = FB_ABI_VERSION */
#define FB_SYS_feature	       (FB_CLASS_NATIVE | 2) /* (feature) = 1 or 0; ENOENT: unknown */
#define FB_SYS_current	       (FB_CLASS_NATIVE | 3) /* () = the class that class 0 is now */
#define FB_SYS_set_personality (FB_CLASS_NATIVE | 4) /* (class) = the former one; EINVAL */
#define FB_SYS_class_name                                                                          \
	(FB_CLASS_NATIVE | 5) /* (class, buf, size) = length; ENOENT, EFAULT, ERANGE */

/* What FB_SYS_feature can be asked for. */
#define FB_FEATURE_CLASSES     1 /* calls by class */
#define FB_FEATURE_CHEAP_CALLS 2 /* trapped call sites are patched */
#define FB_FEATURE_KQUEUE      3 /* the FreeBSD class has kqueue */

#endif
