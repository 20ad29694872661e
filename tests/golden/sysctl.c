/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysctl(3): lookups by number and by name, sizes, buffers that are too small, the walk
 * over the tree, and what is refused (sys/kern/kern_sysctl.c).
 */
#include "guest.h"

#define CTL_KERN       1
#define CTL_HW	       6
#define KERN_OSTYPE    1
#define KERN_OSRELDATE 24
#define KERN_ARND      37
#define HW_PAGESIZE    7
#define CTLTYPE	       0xf
#define CTLTYPE_NODE   1
#define CTLTYPE_INT    2
#define CTLTYPE_STRING 3
#define CTLFLAG_RD     0x80000000u
#define CTLFLAG_WR     0x40000000u

static int sysctl(const int *name, unsigned len, void *old, size_t *oldlen, const void *new,
		  size_t newlen)
{
	return (int)result(sys(SYS___sysctl, name, len, old, oldlen, new, newlen));
}

static int sysctlbyname(const char *name, void *old, size_t *oldlen, const void *new, size_t newlen)
{
	return (int)result(sys(SYS___sysctlbyname, name, strlen(name), old, oldlen, new, newlen));
}

static unsigned name2oid(const char *name, int *oid)
{
	size_t len = 24 * sizeof(int);

	return sysctl((int[]){0, 3}, 2, oid, &len, name, strlen(name)) == 0
		   ? (unsigned)(len / sizeof(int))
		   : 0;
}

static void values(void)
{
	int oid[24], number;
	char text[64];
	size_t len = sizeof(text);

	EXPECT_EQ(sysctl((int[]){CTL_KERN, KERN_OSTYPE}, 2, text, &len, NULL, 0), 0);
	EXPECT_EQ(len, 8);
	EXPECT(strcmp(text, "FreeBSD") == 0);
	len = sizeof(number);
	EXPECT_EQ(sysctl((int[]){CTL_HW, HW_PAGESIZE}, 2, &number, &len, NULL, 0), 0);
	EXPECT(len == 4 && number == 4096);
	len = sizeof(number);
	EXPECT_EQ(sysctlbyname("kern.osreldate", &number, &len, NULL, 0), 0);
	EXPECT(number >= 1400000 && number < 1500000);
	EXPECT_EQ(name2oid("hw.ncpu", oid), 2);
	EXPECT(oid[0] == CTL_HW && oid[1] == 3);
	EXPECT_EQ(name2oid("kern.smp.maxcpus", oid), 3);
	EXPECT(oid[0] == CTL_KERN && oid[1] >= 256 && oid[2] >= 256);
	len = sizeof(number);
	EXPECT_EQ(sysctl(oid, 3, &number, &len, NULL, 0), 0);
	EXPECT_EQ(number, 1024);
	EXPECT_EQ(name2oid("kern.ipc.", oid), 2);
	EXPECT_EQ(name2oid("kern.nothing", oid), 0);
	EXPECT_EQ(name2oid("kern.ostype.more", oid), 0);
}

static void sizes(void)
{
	char text[8] = "........";
	u8 random[300];
	size_t len = 0;

	EXPECT_EQ(sysctlbyname("kern.ostype", NULL, &len, NULL, 0), 0);
	EXPECT_EQ(len, 8);
	len = 4;
	EXPECT_ERROR(sysctlbyname("kern.ostype", text, &len, NULL, 0), ENOMEM);
	EXPECT_EQ(len, 4);
	EXPECT(memcmp(text, "Free....", 8) == 0);
	len = 0;
	EXPECT_ERROR(sysctlbyname("kern.ostype", text, &len, NULL, 0), ENOMEM);
	EXPECT_EQ(len, 0);
	EXPECT_ERROR(sysctlbyname("kern.ostype", text, NULL, NULL, 0), ENOMEM);
	EXPECT_EQ(sysctlbyname("kern.ostype", NULL, NULL, NULL, 0), 0);
	len = sizeof(random);
	EXPECT_EQ(sysctl((int[]){CTL_KERN, KERN_ARND}, 2, random, &len, NULL, 0), 0);
	EXPECT_EQ(len, 256);
	len = 16;
	EXPECT_EQ(sysctlbyname("kern.arandom", random, &len, NULL, 0), 0);
	EXPECT_EQ(len, 16);
}

static void refusals(void)
{
	int number = 7, oid[25] = {CTL_KERN};
	size_t len = sizeof(number);

	EXPECT_ERROR(sysctl((int[]){CTL_KERN}, 1, NULL, NULL, NULL, 0), EINVAL);
	EXPECT_ERROR(sysctl(oid, 25, NULL, NULL, NULL, 0), EINVAL);
	EXPECT_ERROR(sysctl((int[]){CTL_KERN, 99}, 2, &number, &len, NULL, 0), ENOENT);
	EXPECT_ERROR(sysctl((int[]){77, 1}, 2, &number, &len, NULL, 0), ENOENT);
	EXPECT_ERROR(sysctl((int[]){CTL_KERN, KERN_OSTYPE, 1}, 3, &number, &len, NULL, 0), ENOTDIR);
	EXPECT_ERROR(sysctlbyname("kern.ipc", &number, &len, NULL, 0), EISDIR);
	EXPECT_ERROR(sysctlbyname("no.such.name", &number, &len, NULL, 0), ENOENT);
	EXPECT_ERROR(sysctlbyname("", &number, &len, NULL, 0), EINVAL);
	EXPECT_ERROR(sysctlbyname("kern.osreldate", NULL, NULL, &number, sizeof(number)), EPERM);
	EXPECT_ERROR(sysctl((int[]){CTL_HW, 3}, 2, (void *)8, &len, NULL, 0), EFAULT);
	EXPECT_ERROR(sysctl((int[]){CTL_HW, 3}, 2, &number, (void *)8, NULL, 0), EFAULT);
	EXPECT_ERROR(sysctl((void *)8, 2, &number, &len, NULL, 0), EFAULT);
}

static void descriptions(void)
{
	struct {
		u32 kind;
		char format[60];
	} f;
	char text[64];
	size_t len = sizeof(f);

	EXPECT_EQ(sysctl((int[]){0, 4, CTL_KERN, KERN_OSRELDATE}, 4, &f, &len, NULL, 0), 0);
	EXPECT((f.kind & CTLTYPE) == CTLTYPE_INT && (f.kind & CTLFLAG_RD) &&
	       !(f.kind & CTLFLAG_WR));
	EXPECT(len == 6 && strcmp(f.format, "I") == 0);
	len = sizeof(f);
	EXPECT_EQ(sysctl((int[]){0, 4, CTL_KERN, KERN_OSTYPE}, 4, &f, &len, NULL, 0), 0);
	EXPECT((f.kind & CTLTYPE) == CTLTYPE_STRING && strcmp(f.format, "A") == 0);
	len = sizeof(f);
	EXPECT_EQ(sysctl((int[]){0, 4, CTL_KERN}, 3, &f, &len, NULL, 0), 0);
	EXPECT((f.kind & CTLTYPE) == CTLTYPE_NODE && strcmp(f.format, "N") == 0);
	len = sizeof(text);
	EXPECT_EQ(sysctl((int[]){0, 1, CTL_KERN, KERN_OSTYPE}, 4, text, &len, NULL, 0), 0);
	EXPECT(len == 12 && strcmp(text, "kern.ostype") == 0);
	len = sizeof(text);
	EXPECT_EQ(sysctl((int[]){0, 1, CTL_HW, 999}, 4, text, &len, NULL, 0), 0);
	EXPECT(strcmp(text, "hw.999") == 0);
	len = sizeof(text);
	EXPECT_EQ(sysctl((int[]){0, 5, CTL_KERN, KERN_OSTYPE}, 4, text, &len, NULL, 0), 0);
	EXPECT(len > 4 && text[len - 1] == '\0');
	len = sizeof(text);
	EXPECT_ERROR(sysctl((int[]){0, 6, CTL_KERN, KERN_OSTYPE}, 4, text, &len, NULL, 0), ENOENT);
	EXPECT_ERROR(sysctl((int[]){0, 4, CTL_KERN, 99}, 4, text, &len, NULL, 0), ENOENT);
}

/* Every name from kern on: in order, and found again by its text. */
static void walk(void)
{
	int name[26] = {0, 2, CTL_KERN}, next[24], back[24];
	unsigned len = 1, steps = 0, disorder = 0, lost = 0, mute = 0, empty = 0;
	struct {
		u32 kind;
		char format[60];
	} f;
	size_t size;

	for (;;) {
		char text[128];
		int question[26] = {0, 1};
		unsigned n, i = 0;

		size = sizeof(next);
		if (sysctl(name, len + 2, next, &size, NULL, 0) != 0)
			break;
		n = (unsigned)(size / sizeof(int));
		while (i < n && i < len && next[i] == name[i + 2])
			i++;
		if (i == n || (i < len && next[i] < name[i + 2]))
			disorder++;
		memcpy(question + 2, next, size);
		size = sizeof(text);
		if (sysctl(question, n + 2, text, &size, NULL, 0) != 0 ||
		    name2oid(text, back) != n || memcmp(back, next, n * sizeof(int)) != 0)
			lost++;
		size = sizeof(f);
		question[1] = 4;
		if (sysctl(question, n + 2, &f, &size, NULL, 0) != 0 || size < 5)
			mute++;
		size = 0;
		/* kern.devname is asked with an argument; the log is for the superuser. */
		if ((f.kind & CTLTYPE) != CTLTYPE_NODE && strcmp(text, "kern.devname") != 0 &&
		    sysctl(next, n, NULL, &size, NULL, 0) != 0 && errno != EPERM)
			empty++;
		memcpy(name + 2, next, n * sizeof(int));
		len = n;
		steps++;
	}
	EXPECT_EQ(errno, ENOENT);
	EXPECT(steps > 200);
	EXPECT_EQ(disorder, 0);
	EXPECT_EQ(lost, 0);
	EXPECT_EQ(mute, 0);
	EXPECT_EQ(empty, 0);
}

int main(void)
{
	values();
	sizes();
	refusals();
	descriptions();
	walk();
	return 0;
}
