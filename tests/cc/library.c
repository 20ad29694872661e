/* SPDX-License-Identifier: BSD-2-Clause */
/* Time, text, order, patterns, files, characters, names. */
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <glob.h>
#include <iconv.h>
#include <libgen.h>
#include <locale.h>
#include <math.h>
#include <netdb.h>
#include <pwd.h>
#include <regex.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void times(void)
{
	static const char *const zones[] = {"UTC0", "America/New_York",
					    "CET-1CEST,M3.5.0,M10.5.0/3", "Asia/Kolkata",
					    "Australia/Lord_Howe"};
	static const time_t moments[] = {0, 951782400, 1710054000, 1720000000, 4102444800, -1};
	char text[128];
	struct tm tm;

	for (size_t z = 0; z < sizeof(zones) / sizeof(*zones); z++) {
		setenv("TZ", zones[z], 1);
		tzset();
		for (size_t i = 0; i < sizeof(moments) / sizeof(*moments); i++) {
			localtime_r(&moments[i], &tm);
			strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %a %b %j %U %V %G %u %p %I",
				 &tm);
			printf("%s %s %d %d\n", zones[z], text, tm.tm_isdst,
			       mktime(&tm) == moments[i]);
		}
	}
	setenv("TZ", "UTC0", 1);
	memset(&tm, 0, sizeof(tm));
	printf("%d ", strptime("2024-02-29 12:34:56", "%Y-%m-%d %H:%M:%S", &tm) != NULL);
	printf("%d %d %d %d %ld\n", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_yday,
	       (long)timegm(&tm));
	tm.tm_mon = 13;
	tm.tm_mday = 32;
	printf("%ld ", (long)mktime(&tm));
	printf("%s", asctime(&tm));
}

static void texts(void)
{
	char buf[64], path[] = "/usr/lib/x.so", *state, *copy = strdup("a,b,,c");
	int numbers[] = {5, 3, 9, 1, 7}, wanted = 7;
	void *tree = NULL;

	for (char *p = strtok_r(copy, ",", &state); p; p = strtok_r(NULL, ",", &state))
		printf("[%s]", p);
	free(copy);
	printf(" %s %s\n", strstr("haystack", "st"), strpbrk("hello", "xol"));
	printf("%zu %zu %d %d\n", strspn("aabbc", "ab"), strcspn("hello", "l"),
	       strcasecmp("HeLLo", "hEllO"), strncmp("abcd", "abxx", 2));
	strcpy(buf, "one");
	strcat(buf, " two");
	printf("%s %s %s\n", buf, strrchr(buf, 'o'), (char *)memchr(buf, 't', 7));
	qsort(numbers, 5, sizeof(int), compare);
	for (int i = 0; i < 5; i++)
		printf("%d ", numbers[i]);
	printf("at %d\n",
	       (int)((int *)bsearch(&wanted, numbers, 5, sizeof(int), compare) - numbers));
	for (int i = 0; i < 5; i++)
		tsearch(&numbers[i], &tree, compare);
	printf("%d\n", **(int **)tfind(&wanted, &tree, compare));
	printf("%s ", basename(path));
	printf("%s\n", dirname(path));
	printf("%d %d %d %c %c\n", isalpha('q') != 0, isdigit('x') != 0, ispunct('!') != 0,
	       toupper('a'), tolower('Z'));
	printf("%ld %ld\n", labs(-5L), (long)div(17, 5).rem);
}

static void patterns(void)
{
	regex_t re;
	regmatch_t m[3];

	printf("%d", regcomp(&re, "([a-z]+)@([a-z.]+)", REG_EXTENDED));
	printf(" %d", regexec(&re, "mail to bob@example.org now", 3, m, 0));
	printf(" %d-%d %d-%d %d-%d", (int)m[0].rm_so, (int)m[0].rm_eo, (int)m[1].rm_so,
	       (int)m[1].rm_eo, (int)m[2].rm_so, (int)m[2].rm_eo);
	printf(" %d\n", regexec(&re, "nothing", 3, m, 0) == REG_NOMATCH);
	regfree(&re);
	printf("%d %d\n", regcomp(&re, "a(", REG_EXTENDED) == REG_EPAREN,
	       regcomp(&re, "[[:foo:]]", REG_EXTENDED) == REG_ECTYPE);
	printf("%d %d %d\n", fnmatch("*.c", "x.c", 0),
	       fnmatch("*", "a/b", FNM_PATHNAME) == FNM_NOMATCH, fnmatch("[!a-c]?", "dz", 0));
}

static void files(void)
{
	char name[] = "libXXXXXX", line[32], *big = NULL;
	int fd = mkstemp(name), n = 0;
	size_t room = 0;
	struct stat st;
	glob_t g;
	DIR *dir;
	FILE *f = fdopen(fd, "w+");

	fprintf(f, "first\nsecond\nthird\n");
	fseek(f, 6, SEEK_SET);
	fgets(line, sizeof(line), f);
	printf("%s%ld\n", line, ftell(f));
	ungetc('X', f);
	printf("%c", getc(f));
	printf("%c\n", getc(f));
	fseek(f, 0, SEEK_END);
	fputs("fourth\n", f);
	rewind(f);
	while (getline(&big, &room, f) > 0)
		n++;
	fflush(f);
	fstat(fd, &st);
	printf("%d lines, %ld bytes\n", n, (long)st.st_size);
	ftruncate(fd, 5);
	stat(name, &st);
	printf("%ld\n", (long)st.st_size);
	fclose(f);
	free(big);
	mkdir("d", 0700);
	for (char c = 'a'; c < 'd'; c++) {
		snprintf(line, sizeof(line), "d/%c.txt", c);
		fclose(fopen(line, "w"));
	}
	printf("glob %d", glob("d/*.txt", 0, NULL, &g));
	for (size_t i = 0; i < g.gl_pathc; i++)
		printf(" %s", g.gl_pathv[i]);
	globfree(&g);
	n = 0;
	for (dir = opendir("d"); readdir(dir);)
		n++;
	closedir(dir);
	printf(" %d\n", n);
	printf("%d ", rename("d/a.txt", "d/z.txt"));
	printf("%s\n", access("d/a.txt", F_OK) < 0 && errno == ENOENT ? "gone" : "there");
	unlink("d/b.txt"), unlink("d/c.txt"), unlink("d/z.txt"), rmdir("d"), unlink(name);
	f = fmemopen(line, sizeof(line), "w");
	fprintf(f, "in %s", "memory");
	fclose(f);
	f = open_memstream(&big, &room);
	for (int i = 0; i < 100; i++)
		fprintf(f, "%d,", i);
	fclose(f);
	printf("%s %zu\n", line, room);
	free(big);
}

static void wide(void)
{
	wchar_t w[32];
	char bytes[64], out[16] = "", *op = out, latin[] = "h\xe9!";
	const char *ip = latin;
	size_t il = 3, ol = sizeof(out);
	iconv_t cd;

	printf("%s", setlocale(LC_ALL, "C.UTF-8") ? "utf " : "none ");
	printf("%d ", (int)mbstowcs(w, "h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", 32));
	printf("%x %x %x ", (unsigned)w[1], (unsigned)w[3], (unsigned)w[5]);
	printf("%d ", (int)wcstombs(bytes, w, sizeof(bytes)));
	printf("%d ", (int)mbstowcs(w, "bad \xff", 32));
	printf("[%ls] [%.3ls] %d\n", L"\u00e9\u20ac", L"\u00e9\u20ac", (int)wcslen(L"abc"));
	cd = iconv_open("UTF-8", "ISO-8859-1");
	printf("%d ", (int)iconv(cd, (void *)&ip, &il, &op, &ol));
	iconv_close(cd);
	printf("%s %zu\n", out, sizeof(out) - ol);
}

static void network(void)
{
	struct addrinfo hint = {.ai_family = AF_INET,
				.ai_socktype = SOCK_STREAM,
				.ai_flags = AI_NUMERICHOST},
			*a;
	struct in6_addr in6;
	char text[64];

	printf("%d ", getaddrinfo("192.0.2.7", "80", &hint, &a));
	printf("%s %d ", inet_ntoa(((struct sockaddr_in *)a->ai_addr)->sin_addr),
	       ntohs(((struct sockaddr_in *)a->ai_addr)->sin_port));
	freeaddrinfo(a);
	printf("%d ", getaddrinfo("not an address", NULL, &hint, &a) == EAI_NONAME);
	printf("%d ", inet_pton(AF_INET6, "2001:db8:0:0:1::1", &in6));
	printf("%s ", inet_ntop(AF_INET6, &in6, text, sizeof(text)));
	printf("%d %d\n", inet_pton(AF_INET, "1.2.3.256", &in6),
	       inet_pton(AF_INET6, "1::2::3", &in6));
	printf("%s ", getpwuid(0)->pw_name);
	printf("%d\n", getpwnam("nobody at all") == NULL);
}

static void math(void)
{
	printf("%.15g %.15g %.15g %.15g\n", sin(1), exp(1), pow(2, 0.5), atan2(1, -1));
	printf("%g %g %g %ld %.6g\n", floor(-2.5), fmod(7.5, 2), cbrt(27), lround(2.5),
	       tgamma(5.5));
	printf("%d %d %d\n", isnan(sqrt(-1.0)) != 0, isinf(log(0.0)) != 0, signbit(-0.0) != 0);
}

int main(void)
{
	times();
	texts();
	patterns();
	files();
	wide();
	network();
	math();
	return 0;
}
