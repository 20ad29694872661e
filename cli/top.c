/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/top.c: `fbird top`: the guests that run and what they use, again and again.
 *
 * Figures are differences between two looks at the host kernel's. A guest is its process number
 * and the moment it began, so that a number that is used again does not inherit what another
 * used. System calls are counted by who is traced or audited, and only those it tells of: who is
 * not pays nothing for calls, and so nobody knows how many there were.
 */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/guests.h"

enum key { KEY_CPU, KEY_RSS, KEY_TIME, KEY_PID };

static const char *const key_names[] = {"cpu", "rss", "time", "pid"};

struct options {
	double delay; /* seconds */
	long rounds;  /* -1: for ever */
	bool batch, everybody;
	enum key key;
};

struct line {
	const struct guest *g;
	double cpu;   /* percent of one processor */
	double calls; /* in a second; below 0: nobody counts them */
};

static struct termios before;
static bool changed; /* the terminal */

static void restore(void)
{
	static const char text[] = "\033[?25h\033[?1049l";

	if (!changed)
		return;
	tcsetattr(STDIN_FILENO, TCSANOW, &before);
	if (write(STDOUT_FILENO, text, sizeof(text) - 1) < 0)
		return;
	changed = false;
}

static void killed(int sig)
{
	restore();
	signal(sig, SIG_DFL);
	raise(sig);
}

/* The other screen, no cursor, keys as they come. */
static void take_terminal(void)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
	struct termios t;

	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return;
	t = before;
	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	t.c_cc[VMIN] = 0;
	t.c_cc[VTIME] = 0;
	changed = tcsetattr(STDIN_FILENO, TCSANOW, &t) == 0;
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		signal(signals[i], killed);
	fputs("\033[?1049h\033[?25l", stdout);
}

/* ---- what there is ---------------------------------------------------------------------- */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const struct guest *same(const struct guests *all, const struct guest *g)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].pid == g->pid && all->list[i].began == g->began)
			return &all->list[i];
	return NULL;
}

static enum key sort_key;

static int compare(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int r = 0;

	switch (sort_key) {
	case KEY_CPU:
		r = (x->cpu < y->cpu) - (x->cpu > y->cpu);
		break;
	case KEY_RSS:
		r = (x->g->rss < y->g->rss) - (x->g->rss > y->g->rss);
		break;
	case KEY_TIME:
		r = (x->g->ticks < y->g->ticks) - (x->g->ticks > y->g->ticks);
		break;
	case KEY_PID:
		break;
	}
	return r != 0 ? r : (x->g->pid > y->g->pid) - (x->g->pid < y->g->pid);
}

/* Of one that is new: since it began is not known better than since the last look. */
static struct line *make_lines(const struct guests *all, const struct guests *last, double seconds)
{
	struct line *lines = allocate((all->count + 1) * sizeof(*lines));
	double hz = (double)sysconf(_SC_CLK_TCK);

	for (size_t i = 0; i < all->count; i++) {
		const struct guest *g = &all->list[i], *old = same(last, g);
		u64 used = g->ticks - (old != NULL ? MIN(old->ticks, g->ticks) : 0);

		lines[i] = (struct line){g, 100 * (double)used / hz / seconds, -1};
		/* Counts begin anew with who reads them, and a thread takes its own along. */
		if (g->traced && old != NULL && old->traced && g->calls >= old->calls)
			lines[i].calls = (double)(g->calls - old->calls) / seconds;
	}
	qsort(lines, all->count, sizeof(*lines), compare);
	return lines;
}

/* ---- showing ---------------------------------------------------------------------------- */

/* A line cut to the screen's width; 0: not cut. */
static void put_line(const char *text, int width)
{
	int n = (int)strlen(text);

	printf("%.*s%s\n", width > 0 && n > width ? width : n, text, width > 0 ? "\033[K" : "");
}

static void show_head(const struct guests *all, const struct line *lines, int width)
{
	char text[512], clock[16];
	double cpu = 0;
	u64 rss = 0;
	time_t t = time(NULL);
	struct tm tm;
	size_t n;

	localtime_r(&t, &tm);
	strftime(clock, sizeof(clock), "%T", &tm);
	for (size_t i = 0; i < all->count; i++) {
		cpu += lines[i].cpu;
		rss += lines[i].g->rss;
	}
	n = (size_t)snprintf(text, sizeof(text), "fbird top  %s  %zu guests  %.1f%% CPU  %lluM",
			     clock, all->count, cpu, (unsigned long long)(rss >> 20));
	for (size_t i = 0; i < all->count; i++) {
		const char *name = all->list[i].personality;
		size_t count = 0;
		bool first = true;

		for (size_t j = 0; j < all->count; j++)
			if (strcmp(all->list[j].personality, name) == 0) {
				first = first && j >= i;
				count++;
			}
		if (first && n < sizeof(text))
			n += (size_t)snprintf(text + n, sizeof(text) - n, "  %s %zu", name, count);
	}
	put_line(text, width);
	put_line("", width);
}

static void show(const struct guests *all, const struct line *lines, int width, int rows)
{
	char text[1024], calls[16] = "";
	u64 hz = (u64)sysconf(_SC_CLK_TCK);
	bool counted = false;

	for (size_t i = 0; i < all->count; i++)
		counted |= all->list[i].traced;
	show_head(all, lines, width);
	snprintf(text, sizeof(text), "%7s %-8s %-11s %-16s S %3s %5s %8s %9s%s COMMAND", "PID",
		 "USER", "PERSONALITY", "ROOT", "THR", "%CPU", "RSS", "TIME",
		 counted ? "  CALLS/S" : "");
	if (width > 0)
		fputs("\033[7m", stdout);
	put_line(text, width);
	if (width > 0)
		fputs("\033[m", stdout);
	for (size_t i = 0; i < all->count && (rows <= 0 || (int)i < rows - 4); i++) {
		const struct guest *g = lines[i].g;
		u64 seconds = g->ticks / hz;

		if (counted && lines[i].calls >= 0)
			snprintf(calls, sizeof(calls), " %8.0f", lines[i].calls);
		else if (counted)
			snprintf(calls, sizeof(calls), " %8s", "-");

		snprintf(text, sizeof(text),
			 "%7d %-8.8s %-11s %-16.16s %c %3ld %5.1f %7lluK %6llu:%02llu%s %s", g->pid,
			 guest_user(g->uid), g->personality, guest_root(g), g->state, g->threads,
			 lines[i].cpu, (unsigned long long)(g->rss / 1024),
			 (unsigned long long)(seconds / 60), (unsigned long long)(seconds % 60),
			 calls, g->command);
		put_line(text, width);
	}
}

/* ---- the loop --------------------------------------------------------------------------- */

/* Waits until then, or until a key says something; false: to end. */
static bool wait_until(double then, struct options *o)
{
	double left;

	while ((left = then - now()) > 0) {
		struct pollfd p = {STDIN_FILENO, POLLIN, 0};
		int ms = left > 1000 ? 1000000 : (int)(left * 1000) + 1;
		char c;

		if (!changed) {
			poll(NULL, 0, ms);
			continue;
		}
		if (poll(&p, 1, ms) <= 0)
			continue;
		if (read(STDIN_FILENO, &c, 1) != 1)
			return false; /* the terminal is gone */
		switch (tolower((unsigned char)c)) {
		case 'q':
			return false;
		case 'c':
			o->key = KEY_CPU;
			return true;
		case 'm':
			o->key = KEY_RSS;
			return true;
		case 't':
			o->key = KEY_TIME;
			return true;
		case 'p':
			o->key = KEY_PID;
			return true;
		case ' ':
			return true;
		default:
			break;
		}
	}
	return true;
}

static int run(struct options *o)
{
	struct guests all, last = {0};
	double begin = 0;
	int status = CLI_OK;

	/* The first look shows what was used since the guests began: so it is taken twice. */
	if (!guests_find(&last, o->everybody))
		return fail(CLI_FAILED, "cannot read /proc: %s", strerror(errno));
	guests_count_calls(&last);
	begin = now();
	poll(NULL, 0, o->delay < 0.2 ? (int)(o->delay * 1000) + 1 : 200);
	for (long round = 0; o->rounds < 0 || round < o->rounds; round++) {
		struct winsize size = {0};
		struct line *lines;
		double then;

		if (round > 0 && !wait_until(begin + o->delay, o))
			break;
		if (!guests_find(&all, o->everybody)) {
			status = fail(CLI_FAILED, "cannot read /proc: %s", strerror(errno));
			break;
		}
		then = now();
		guests_count_calls(&all);
		sort_key = o->key;
		lines = make_lines(&all, &last, MAX(then - begin, 0.001));
		if (!o->batch && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
			fputs("\033[H", stdout);
		else if (round > 0)
			putchar('\n');
		show(&all, lines, o->batch ? 0 : MAX(size.ws_col, 20),
		     o->batch ? 0 : MAX(size.ws_row, 6));
		if (!o->batch)
			fputs("\033[J", stdout);
		free(lines);
		guests_free(&last);
		last = all;
		begin = then;
		if (fflush(stdout) != 0) /* nobody reads any more */
			break;
	}
	guests_free(&last);
	return status;
}

static const struct option long_options[] = {
    {"all", no_argument, NULL, 'a'},	     {"batch", no_argument, NULL, 'b'},
    {"delay", required_argument, NULL, 'd'}, {"iterations", required_argument, NULL, 'n'},
    {"sort", required_argument, NULL, 's'},  {0},
};

static int parse(int answer, struct options *o, char **argv)
{
	char *end;

	switch (answer) {
	case 'a':
		o->everybody = true;
		return CLI_OK;
	case 'b':
		o->batch = true;
		return CLI_OK;
	case 'd':
		o->delay = strtod(optarg, &end);
		if (end == optarg || *end != '\0' || !(o->delay >= 0.05) || !(o->delay <= 86400))
			return fail(CLI_USAGE,
				    "'-d %s' is no number of seconds between 0.05 and 86400",
				    optarg);
		return CLI_OK;
	case 'n':
		errno = 0;
		o->rounds = strtol(optarg, &end, 10);
		if (end == optarg || *end != '\0' || errno != 0 || o->rounds < 1)
			return fail(CLI_USAGE, "'-n %s' is no number of times", optarg);
		return CLI_OK;
	case 's':
		for (size_t i = 0; i < ARRAY_LEN(key_names); i++)
			if (strcmp(optarg, key_names[i]) == 0) {
				o->key = (enum key)i;
				return CLI_OK;
			}
		return fail(CLI_USAGE, "'-s %s' is none of 'cpu', 'rss', 'time' and 'pid'", optarg);
	default:
		return fail_option(CLI_USAGE, "top", answer, argv);
	}
}

static int top_main(int argc, char **argv)
{
	struct options o = {.delay = 2, .rounds = -1};
	int answer, status;

	while ((answer = getopt_long(argc, argv, "+:abd:n:s:", long_options, NULL)) != -1) {
		status = parse(answer, &o, argv);
		if (status != CLI_OK)
			return status;
	}
	if (optind < argc)
		return fail(CLI_USAGE, "'%s': fbird top takes options only", argv[optind]);
	if (!o.batch && (!isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO)))
		return fail(CLI_USAGE, "fbird top wants a terminal; -b goes without one");
	if (!o.batch)
		take_terminal();
	status = run(&o);
	fflush(stdout);
	restore();
	return status;
}

const struct command command_top = {
    .name = "top",
    .summary = "show what the guests use, again and again",
    .help =
	"usage: fbird top [-ab] [-d SECONDS] [-n TIMES] [-s KEY]\n"
	"\n"
	"Shows your guests as fbird ps does, with the part of a processor each used since the\n"
	"last time, every two seconds. Keys: c, m, t and p sort by processor, memory, time and\n"
	"process, a blank looks at once, q ends.\n"
	"\n"
	"  -a, --all           of all users\n"
	"  -b, --batch         write one table after another, for files and pipes\n"
	"  -d, --delay SECONDS between two looks\n"
	"  -n, --iterations N  end after so many\n"
	"  -s, --sort KEY      'cpu', 'rss', 'time' or 'pid'\n",
    .main = top_main,
};
