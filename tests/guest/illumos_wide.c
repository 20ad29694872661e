/* SPDX-License-Identifier: BSD-2-Clause */
/* Formats and streams of wide characters by libc: what tests/tap/illumos-programs.t runs. */
#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

static void check(int good, const char *what)
{
	printf("%s %s\n", good ? "ok" : "not ok", what);
}
#define CHECK(what) check(what, #what)

/* What a format makes is this. */
static int makes(const wchar_t *want, const wchar_t *format, ...)
{
	wchar_t buf[200];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vswprintf(buf, 200, format, ap);
	va_end(ap);
	return n == (int)wcslen(want) && wcscmp(buf, want) == 0;
}

static void prints(void)
{
	wchar_t buf[8];
	int n = -1;
	signed char little = -1;

	CHECK(makes(L"5   |  -7|0012|+3|ff|0x1F|017", L"%-4d|%4d|%04d|%+d|%x|%#X|%#o", 5, -7, 12, 3,
		    255, 31, 15) ||
	      makes(L"5   |  -7|0012|+3|ff|0X1F|017", L"%-4d|%4d|%04d|%+d|%x|%#X|%#o", 5, -7, 12, 3,
		    255, 31, 15));
	CHECK(makes(L"123456789012 18446744073709551615", L"%ld %zu", 123456789012L, (size_t)-1));
	CHECK(makes(L"   42|42   |00042", L"%*d|%*d|%.*d", 5, 42, -5, 42, 5, 42));
	CHECK(makes(L"3.14 1e+10 0.5 2.50", L"%.2f %g %g %.2Lf", 3.14159, 1e10, 0.5, 2.5L));
	CHECK(makes(L"gr\u00fcn|  \u4e16\u754c|\u4e16 |%", L"%s|%4ls|%-2.1ls|%%", "gr\303\274n",
		    L"\u4e16\u754c", L"\u4e16\u754c"));
	CHECK(makes(L" \u4e16|a|\u754c", L"%2.1s|%c|%lc", "\344\270\226\347\225\214", 'a',
		    (wint_t)0x754c));
	CHECK(makes(L"(null) (null)", L"%s %ls", (char *)NULL, (wchar_t *)NULL));
	CHECK(makes(L"two one", L"%2$s %1$s", "one", "two"));
	CHECK(makes(L"abc", L"abc%n", &n) && n == 3);
	CHECK(makes(L"abcd", L"abcd%hhn", &little) && little == 4);
	CHECK(swprintf(buf, 8, L"1234567") == 7 && wcscmp(buf, L"1234567") == 0);
	CHECK(swprintf(buf, 8, L"12345678") < 0 && swprintf(buf, 0, L"") < 0);
	CHECK(swprintf(buf, 8, L"%s", "\377") < 0);
	CHECK(swprintf(buf, 8, L"%y", 1) < 0 && swprintf(buf, 8, L"%") < 0);
}

static void scans(void)
{
	wchar_t w[3][20];
	char s[20];
	int a, b, n;
	double d;
	float f;

	CHECK(swscanf(L"12 0x1f -7.5 rest", L"%d %i %lf %ls", &a, &b, &d, w[0]) == 4);
	CHECK(a == 12 && b == 31 && d == -7.5 && wcscmp(w[0], L"rest") == 0);
	CHECK(swscanf(L"\u4e16\u754c\u4e16", L"%2ls%ls%n", w[0], w[1], &n) == 2);
	CHECK(wcscmp(w[0], L"\u4e16\u754c") == 0 && wcscmp(w[1], L"\u4e16") == 0 && n == 3);
	CHECK(swscanf(L"\u754c!x", L"%lc!%c", w[0], s) == 2 && w[0][0] == 0x754c && s[0] == 'x');
	CHECK(swscanf(L"gr\u00fcn 9", L"%s%d", s, &a) == 2 && strcmp(s, "gr\303\274n") == 0 &&
	      a == 9);
	CHECK(swscanf(L"aab-", L"%l[ab]%1s", w[0], s) == 2 && wcscmp(w[0], L"aab") == 0);
	CHECK(swscanf(L"", L"%d", &a) == EOF && swscanf(L"x", L"%d", &a) == 0);
	CHECK(swscanf(L"2.25", L"%f", &f) == 1 && f == 2.25f);
}

static void streams(void)
{
	FILE *f = fopen("a-stream", "w+");
	wchar_t buf[20], *text = NULL;
	size_t size = 0;
	int n = 0;

	CHECK(fwide(f, 0) == 0 && fwprintf(f, L"%ls %d\n", L"\u00e4\u4e16", 17) == 6 &&
	      fwide(f, 0) > 0);
	CHECK(fputws(L"zwei\n", f) >= 0 && fputwc(0x1f600, f) == 0x1f600 && fflush(f) == 0);
	rewind(f);
	CHECK(fwscanf(f, L"%ls %d", buf, &n) == 2 && wcscmp(buf, L"\u00e4\u4e16") == 0 && n == 17);
	CHECK(fgetwc(f) == '\n' && fgetws(buf, 20, f) && wcscmp(buf, L"zwei\n") == 0);
	CHECK(fgetwc(f) == 0x1f600 && ungetwc(0x1f600, f) == 0x1f600 && fgetwc(f) == 0x1f600);
	CHECK(fgetwc(f) == WEOF && feof(f));
	fclose(f);
	unlink("a-stream");
	f = open_wmemstream(&text, &size);
	CHECK(fwprintf(f, L"\u4e16%d", 5) == 2 && fflush(f) == 0 && size == 2);
	CHECK(wcscmp(text, L"\u4e165") == 0);
	for (int i = 0; i < 300; i++)
		fputwc(L'\u00fc', f);
	fclose(f);
	CHECK(size == 302 && text[301] == 0xfc && text[302] == 0);
	free(text);
}

static void others(void)
{
	struct tm tm = {.tm_year = 100, .tm_mon = 1, .tm_mday = 29, .tm_wday = 2};
	wchar_t buf[20], *end;

	CHECK(wcsftime(buf, 20, L"%Y-%m-%d \u4e16", &tm) == 12 &&
	      wcscmp(buf, L"2000-02-29 \u4e16") == 0);
	CHECK(wcsftime(buf, 12, L"%Y-%m-%d \u4e16", &tm) == 0);
	CHECK(wcstof(L" 1.5x", &end) == 1.5f && *end == 'x');
	CHECK(wcstold(L"-2e3", &end) == -2000.0L && *end == 0);
	CHECK(wcstod(L"z", &end) == 0 && *end == 'z');
	CHECK(wcsxfrm(buf, L"abc", 20) == 3 && wcscmp(buf, L"abc") == 0);
}

int main(void)
{
	wchar_t buf[8];

	setvbuf(stdout, NULL, _IOLBF, 0);
	CHECK(swprintf(buf, 8, L"%s", "\344") == 1 && buf[0] == 0xe4); /* the C locale: bytes */
	CHECK(setlocale(LC_ALL, "en_US.UTF-8") != NULL);
	prints();
	scans();
	streams();
	others();
	printf("done\n");
	return 0;
}
