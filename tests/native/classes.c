/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The native class: its own calls, the other classes by number, each with its own way of
 * reporting an error, and class 0 switched from one personality to another.
 */
#include <stdbool.h>
#include <stddef.h>

#include <feuerbird/syscall.h>

#define LINUX(nr)   (FB_CLASS_LINUX | (nr))
#define FREEBSD(nr) (FB_CLASS_FREEBSD | (nr))

static void say(const char *text)
{
	long length = 0;

	while (text[length] != '\0')
		length++;
	fb_call(LINUX(1), 1, (long)text, length, 0, 0, 0);
}

static bool same(const char *a, const char *b)
{
	for (; *a != '\0' && *a == *b; a++, b++)
		;
	return *a == *b;
}

#define EXPECT(what) (say((what) ? "ok " : "FAILED "), say(#what "\n"))

static long native(unsigned nr, long a, long b, long c)
{
	return fb_call(nr, a, b, c, 0, 0, 0);
}

static void the_native_class(void)
{
	char name[32];

	EXPECT(native(FB_SYS_null, 0, 0, 0) == 0);
	EXPECT(native(FB_SYS_version, 0, 0, 0) == FB_ABI_VERSION);
	EXPECT(native(FB_SYS_feature, FB_FEATURE_CLASSES, 0, 0) == 1);
	EXPECT(native(FB_SYS_feature, 12345, 0, 0) == -2);
	EXPECT(native(FB_SYS_class_name, FB_CLASS_FREEBSD, (long)name, sizeof(name)) == 7);
	EXPECT(same(name, "freebsd"));
	EXPECT(native(FB_SYS_class_name, FB_CLASS_LINUX, (long)name, sizeof(name)) == 5);
	EXPECT(same(name, "linux"));
	EXPECT(native(FB_SYS_class_name, FB_CLASS_LINUX, (long)name, 3) == -34);
	EXPECT(native(FB_SYS_class_name, FB_CLASS_LINUX, 8, 32) == -14);
	EXPECT(native(FB_SYS_class_name, FB_CLASS(77), (long)name, sizeof(name)) == -2);
	EXPECT(native(FB_CLASS_NATIVE | 9999, 0, 0, 0) == -38);
}

static void the_other_classes(void)
{
	long pid = fb_call(LINUX(39), 0, 0, 0, 0, 0, 0);

	EXPECT(pid > 0);
	EXPECT(fb_call_bsd(FREEBSD(20), 0, 0, 0, 0, 0, 0) == pid);
	/* A would-be blocking read is error 11 of Linux and error 35 of FreeBSD. */
	int fds[2];

	EXPECT(fb_call(LINUX(293), (long)fds, 04000, 0, 0, 0, 0) == 0);
	EXPECT(fb_call(LINUX(0), fds[0], (long)&pid, 1, 0, 0, 0) == -11);
	EXPECT(fb_call_bsd(FREEBSD(3), fds[0], (long)&pid, 1, 0, 0, 0) == -35);
	EXPECT(fb_call_bsd(FREEBSD(4), fds[1], (long)"x", 1, 0, 0, 0) == 1);
	EXPECT(fb_call(LINUX(0), fds[0], (long)&pid, 1, 0, 0, 0) == 1);
	EXPECT(fb_call(FB_CLASS(77) | 1, 0, 0, 0, 0, 0, 0) == -38);
}

static void class_zero(void)
{
	EXPECT((unsigned)native(FB_SYS_current, 0, 0, 0) == FB_CLASS_NATIVE);
	EXPECT(fb_call(1, 0, 0, 0, 0, 0, 0) == FB_ABI_VERSION);
	EXPECT((unsigned)native(FB_SYS_set_personality, FB_CLASS_FREEBSD, 0, 0) == FB_CLASS_NATIVE);
	EXPECT(fb_call_bsd(20, 0, 0, 0, 0, 0, 0) == fb_call(LINUX(39), 0, 0, 0, 0, 0, 0));
	EXPECT((unsigned)native(FB_SYS_current, 0, 0, 0) == FB_CLASS_FREEBSD);
	EXPECT((unsigned)native(FB_SYS_set_personality, FB_CLASS_LINUX, 0, 0) == FB_CLASS_FREEBSD);
	EXPECT(fb_call(39, 0, 0, 0, 0, 0, 0) == fb_call(LINUX(39), 0, 0, 0, 0, 0, 0));
	EXPECT(native(FB_SYS_set_personality, FB_CLASS(77), 0, 0) == -22);
	EXPECT((unsigned)native(FB_SYS_set_personality, FB_CLASS_NATIVE, 0, 0) == FB_CLASS_LINUX);
}

long fb_main(long argc, char **argv, char **envp);
long fb_main(long argc, char **argv, char **envp)
{
	(void)argv, (void)envp;
	EXPECT(argc == 1);
	the_native_class();
	the_other_classes();
	class_zero();
	return 5;
}
