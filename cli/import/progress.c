/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/import/progress.c: a progress bar on standard error, when that is a terminal. */
#include <sys/ioctl.h>
#include <time.h>

#include "cli/import/import.h"

#define INTERVAL_MS 100
#define BAR	    30

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void progress_start(struct progress *p, const char *what, int64_t total)
{
	*p = (struct progress){.what = what, .total = total};
	if (!isatty(STDERR_FILENO))
		p->shown_at = INT64_MAX;
}

static void draw(const struct progress *p, int64_t done)
{
	struct winsize size;
	int columns = 80, name, full;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		columns = size.ws_col;
	name = columns - BAR - 22;
	if (name < 8)
		name = 8;
	if (p->total <= 0) {
		fprintf(stderr, "\r%-*.*s %8.1f MiB", name, name, p->what,
			(double)done / (1 << 20));
		return;
	}
	if (done > p->total)
		done = p->total;
	full = (int)((double)done / (double)p->total * BAR);
	fprintf(stderr, "\r%-*.*s [", name, name, p->what);
	for (int i = 0; i < BAR; i++)
		fputc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %3d%%", (int)((double)done * 100 / (double)p->total));
}

void progress_show(struct progress *p, int64_t done)
{
	int64_t now;

	if (p->shown_at == INT64_MAX)
		return;
	now = now_ms();
	if (p->drawn && now - p->shown_at < INTERVAL_MS)
		return;
	p->shown_at = now;
	p->drawn = true;
	draw(p, done);
}

/* The bar makes way for what is said next. */
void progress_end(struct progress *p)
{
	if (p->drawn)
		fputs("\r\033[K", stderr);
	p->drawn = false;
}
