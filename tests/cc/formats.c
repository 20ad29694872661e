/* SPDX-License-Identifier: BSD-2-Clause */
/* printf and scanf: what every C library must make of these. */
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void numbers(void)
{
	static const double v[] = {0.0,	       -0.0,	  1.0,	  0.1,
				   2.5,	       3.5,	  1e10,	  1e-5,
				   123456.789, 9.9999995, 5e-324, 1.7976931348623157e308,
				   1e23,       0.3};
	static const char *const f[] = {"%f",	    "%.0f",  "%e",   "%.3e",  "%g",
					"%.10g",    "%#g",   "%a",   "%+.1f", "%015.2f|",
					"%-15.2f|", "%.17g", "%.40f"};

	for (size_t i = 0; i < sizeof(f) / sizeof(*f); i++) {
		for (size_t k = 0; k < sizeof(v) / sizeof(*v); k++) {
			if ((i >= 12 && v[k] > 1e100) || (i == 7 && v[k] < 1e-300))
				continue; /* a form that is free */
			printf(f[i], v[k]);
			putchar(k % 7 == 6 ? '\n' : ' ');
		}
		putchar('\n');
	}
	printf("%f %F %e %G %5.1f|\n", INFINITY, -INFINITY, (double)NAN, (double)NAN, INFINITY);
	printf("%Lf %Le %Lg\n", 1.0L / 3, 1e4000L, 1.25L);
	printf("%d %i %u %o %x %X %#o %#x %ld %lld %hhd %hd %zu %jd\n", -1, INT_MIN, UINT_MAX, 8,
	       255, 255, 8, 255, LONG_MIN, LLONG_MAX, (signed char)44, (short)4464, (size_t)7,
	       (intmax_t)-9);
	printf("[%5d] [%-5d] [%05d] [%+d] [% d] [%.3d] [%8.3d] [%.0d] [%*d] [%-*d] [%.*f]\n", 42,
	       42, 42, 42, 42, 7, 7, 0, 6, 1, 6, 1, 2, 3.14159);
	printf("[%s] [%.2s] [%6s] [%-6s] [%c] [%%]\n", "text", "text", "text", "text", 'c');
	printf("%2$s %1$d %2$.1s %3$*4$d\n", 7, "seven", 5, 4);
}

static void counts(void)
{
	char small[5] = "zzzz", none = 'n';
	int n;

	n = snprintf(small, sizeof(small), "%d", 123456);
	printf("%d %s\n", n, small);
	n = snprintf(&none, 0, "%s", "abc");
	printf("%d %c\n", n, none);
	n = 0;
	printf("12345%n", &n);
	printf(" %d\n", n);
	printf("%d\n", snprintf(NULL, 0, "%500d", 1));
	printf("%.600f\n", 1.0 / 3);
}

static void scans(void)
{
	int a = 0, b = 0, n = 0, n_;
	long l = 0;
	double d = 0;
	float f = 0;
	char s[20] = "", t[20] = "", c = '?';
	unsigned x = 0;

	n_ = sscanf("12 -7", "%d%d", &a, &b);
	printf("%d: %d %d\n", n_, a, b);
	n_ = sscanf("0x1f 077", "%x %li", &x, &l);
	printf("%d: %x %ld\n", n_, x, l);
	n_ = sscanf("3.25e2,-.5", "%lf,%f", &d, &f);
	printf("%d: %g %g\n", n_, d, f);
	n_ = sscanf("hello world!", "%5s %[a-z]%c", s, t, &c);
	printf("%d: %s %s %c\n", n_, s, t, c);
	n_ = sscanf("key=value;", "%*[^=]=%[^;]", s);
	printf("%d: %s\n", n_, s);
	n_ = sscanf("99 bottles", "%d bottles%n", &a, &n);
	printf("%d: %d\n", n_, n);
	n_ = sscanf("", "%d", &a);
	printf("%d\n", n_);
	n_ = sscanf("x", "%d", &a);
	printf("%d\n", n_);
	n_ = sscanf("123456", "%3d%d", &a, &b);
	printf("%d: %d %d\n", n_, a, b);
	n_ = sscanf("inf", "%lf", &d);
	printf("%d: %g\n", n_, d);
	n_ = sscanf("0x1.8p3", "%lf", &d);
	printf("%d: %a\n", n_, d);
}

static void texts(void)
{
	char *end;
	double d;
	long l;

	d = strtod("0.1000000000000000055511151231257827e0x", &end);
	printf("%.17g %s\n", d, end);
	printf("%.17g %.17g %g\n", strtod("1e-400", NULL), strtod("2.2250738585072011e-308", NULL),
	       strtod("1e999", NULL));
	l = strtol("  -0x7fz", &end, 0);
	printf("%ld %s\n", l, end);
	printf("%lu %ld\n", strtoul("-1", NULL, 10), strtol("99999999999999999999", NULL, 10));
	printf("%d %ld %g\n", atoi("12ab"), atol("-5"), atof("2.5e1"));
}

int main(void)
{
	char line[100];
	int c;

	numbers();
	counts();
	scans();
	texts();
	while (fgets(line, sizeof(line), stdin))
		printf("line of %zu: %s", strlen(line), line);
	c = getchar();
	printf("\n%d %d\n", c, feof(stdin) != 0);
	return 0;
}
