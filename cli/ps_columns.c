/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/ps_columns.c: what can be said of a guest in a column. Keys are those of ps(1) where it has
 * them (POSIX.1-2017, ps, -o), and mean the same.
 */
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/ps_columns.h"

#define WIDE 32

static u64 hz(void)
{
	return (u64)sysconf(_SC_CLK_TCK);
}

/* In ticks, since it began. */
static u64 age_of(const struct guest *g)
{
	struct timespec t;
	u64 now;

	clock_gettime(CLOCK_BOOTTIME, &t);
	now = (u64)t.tv_sec * hz() + (u64)t.tv_nsec * hz() / 1000000000;
	return now > g->began ? now - g->began : 0;
}

static char *number(u64 n)
{
	return format_string("%llu", (unsigned long long)n);
}

static char *pid_text(const struct guest *g)
{
	return format_string("%d", g->pid);
}

static char *ppid_text(const struct guest *g)
{
	return format_string("%d", g->ppid);
}

static char *pgid_text(const struct guest *g)
{
	return format_string("%d", g->pgid);
}

static char *sid_text(const struct guest *g)
{
	return format_string("%d", g->sid);
}

static char *user_text(const struct guest *g)
{
	return format_string("%s", guest_user(g->uid));
}

static char *uid_text(const struct guest *g)
{
	return number(g->uid);
}

static char *personality_text(const struct guest *g)
{
	return format_string("%s", g->personality);
}

static char *root_text(const struct guest *g)
{
	return format_string("%s", guest_root(g));
}

static char *view_text(const struct guest *g)
{
	return format_string("%s", strcmp(g->root, "/") == 0 ? "-"
				   : g->in_process	     ? "in-process"
							     : "namespace");
}

static char *threads_text(const struct guest *g)
{
	return format_string("%ld", g->threads);
}

/* Minutes, seconds and hundredths, as BSD's ps has them. */
static char *time_text(const struct guest *g)
{
	u64 hundredths = g->ticks * 100 / hz();

	return format_string("%llu:%02llu.%02llu", (unsigned long long)(hundredths / 6000),
			     (unsigned long long)(hundredths / 100 % 60),
			     (unsigned long long)(hundredths % 100));
}

/* [[DD-]hh:]mm:ss */
static char *etime_text(const struct guest *g)
{
	unsigned long long s = age_of(g) / hz();

	if (s >= 86400)
		return format_string("%llu-%02llu:%02llu:%02llu", s / 86400, s / 3600 % 24,
				     s / 60 % 60, s % 60);
	if (s >= 3600)
		return format_string("%02llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
	return format_string("%02llu:%02llu", s / 60, s % 60);
}

/* Of its whole life. */
static char *pcpu_text(const struct guest *g)
{
	u64 age = age_of(g);

	return format_string("%.1f", age > 0 ? 100.0 * (double)g->ticks / (double)age : 0.0);
}

static char *rss_text(const struct guest *g)
{
	return format_string("%lluK", (unsigned long long)(g->rss / 1024));
}

static char *vsz_text(const struct guest *g)
{
	return format_string("%lluK", (unsigned long long)(g->vsz / 1024));
}

static char *state_text(const struct guest *g)
{
	return format_string("%c", g->state);
}

static char *traced_text(const struct guest *g)
{
	u64 calls;

	return format_string("%s", guest_calls(g->pid, &calls) ? "yes" : "no");
}

static char *program_text(const struct guest *g)
{
	return format_string("%s", g->program);
}

static char *command_text(const struct guest *g)
{
	return format_string("%s", g->command);
}

static const struct column all_columns[] = {
    {"pid", "PID", false, 7, pid_text},
    {"ppid", "PPID", false, 7, ppid_text},
    {"pgid", "PGID", false, 7, pgid_text},
    {"sid", "SID", false, 7, sid_text},
    {"user", "USER", true, 8, user_text},
    {"uid", "UID", false, 5, uid_text},
    {"personality", "PERSONALITY", true, 11, personality_text},
    {"root", "ROOT", true, WIDE, root_text},
    {"view", "VIEW", true, 10, view_text},
    {"threads", "THR", false, 3, threads_text},
    {"time", "TIME", false, 11, time_text},
    {"etime", "ELAPSED", false, 11, etime_text},
    {"pcpu", "%CPU", false, 5, pcpu_text},
    {"rss", "RSS", false, 8, rss_text},
    {"vsz", "VSZ", false, 10, vsz_text},
    {"state", "S", true, 1, state_text},
    {"traced", "TRACED", true, 6, traced_text},
    {"program", "PROGRAM", true, WIDE, program_text},
    {"command", "COMMAND", true, 0, command_text},
    /* As others call them. */
    {"args", "COMMAND", true, 0, command_text},
    {"nlwp", "NLWP", false, 4, threads_text},
    {"pgrp", "PGRP", false, 7, pgid_text},
};

const char *columns_keys(void)
{
	static char text[256];

	for (size_t i = 0, n = 0; i < ARRAY_LEN(all_columns) && *text == '\0'; i++, n = 0)
		for (size_t k = 0; k < ARRAY_LEN(all_columns) && n < sizeof(text); k++)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s", k > 0 ? " " : "",
					      all_columns[k].key);
	return text;
}

static int add(struct columns *c, const char *key, size_t n, const char *header)
{
	if (c->count == COLUMNS_MAX)
		return fail(CLI_USAGE, "more than %d columns", COLUMNS_MAX);
	for (size_t i = 0; i < ARRAY_LEN(all_columns); i++)
		if (strlen(all_columns[i].key) == n && strncmp(all_columns[i].key, key, n) == 0) {
			c->list[c->count] = &all_columns[i];
			c->header[c->count++] = header != NULL ? header : all_columns[i].header;
			return CLI_OK;
		}
	return fail(CLI_USAGE, "there is no column '%.*s'; there are: %s", (int)n, key,
		    columns_keys());
}

int columns_add(struct columns *c, const char *text)
{
	int status = CLI_OK;

	while (status == CLI_OK) {
		size_t n = strcspn(text, ",=");

		if (text[n] == '=')
			return add(c, text, n, text + n + 1);
		status = add(c, text, n, NULL);
		if (text[n] == '\0')
			break;
		text += n + 1;
	}
	return status;
}

/* ---- printing ---------------------------------------------------------------------------- */

static bool is_command(const struct column *c)
{
	return c->text == command_text;
}

static void put(const struct columns *c, int i, int width, const char *text)
{
	if (i > 0)
		putchar(' ');
	if (i == c->count - 1 && c->list[i]->left)
		fputs(text, stdout);
	else
		printf("%*s", c->list[i]->left ? -width : width, text);
}

void columns_print(const struct columns *c, const struct guests *all, char *const *indent)
{
	char **cell = allocate((all->count * (size_t)c->count + 1) * sizeof(*cell));
	int width[COLUMNS_MAX];
	bool headers = false;

	for (int i = 0; i < c->count; i++) {
		/* What has no end is as wide as it must be, as far as that makes sense. */
		bool fits = c->list[i]->width == 0 || c->list[i]->width == WIDE;

		width[i] = (int)strlen(c->header[i]);
		if (!fits)
			width[i] = MAX(width[i], c->list[i]->width);
		headers |= *c->header[i] != '\0';
		for (size_t k = 0; k < all->count; k++) {
			char **to = &cell[k * (size_t)c->count + (size_t)i], *text;

			text = c->list[i]->text(&all->list[k]);
			*to = is_command(c->list[i]) && indent != NULL
				  ? format_string("%s%s", indent[k], text)
				  : format_string("%s", text);
			free(text);
			if (fits)
				width[i] = MAX(width[i], (int)MIN(strlen(*to), (size_t)WIDE));
		}
	}
	for (int i = 0; i < c->count && headers; i++)
		put(c, i, width[i], c->header[i]);
	if (headers)
		putchar('\n');
	for (size_t k = 0; k < all->count; k++) {
		for (int i = 0; i < c->count; i++) {
			put(c, i, width[i], cell[k * (size_t)c->count + (size_t)i]);
			free(cell[k * (size_t)c->count + (size_t)i]);
		}
		putchar('\n');
	}
	free(cell);
}
