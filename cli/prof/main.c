/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/main.c: fbird-prof, which `fbird prof` becomes: runs a program, samples it, and writes
 * where its time went.
 *
 * The program is a child that waits until its sampling is set up (cli/child.h), and then becomes
 * `fbird run`. Nothing in it changes: the host's kernel interrupts it and notes its stack
 * (sampler.h), and where calls of the system are asked for the guest tells of them (calls.c). This
 * process says what the addresses are when it is told of them (spaces.h), counts stacks that are
 * the same, and looks names up at the end (session.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "cli/prof/session.h"

#define GUEST_MODES (1u << MODE_CPU | 1u << MODE_SYSCALL | 1u << MODE_LOCK)
#define LOOK_MS	    100
#define CALLS_MS    10 /* between looks at rings that guests wait for, unless one rings */

static int follow(struct session *s, struct sampler *sampler, pid_t pid)
{
	struct reader *reader = s->calls != NULL ? calls_reader(s) : NULL;
	bool ended = false;
	int status = 0;
	u64 until;

	while (!ended) {
		u32 bell = reader != NULL ? reader_bell(reader) : 0;

		ended = waitpid(pid, &status, WNOHANG) == pid;
		if (!ended && reader != NULL && !calls_press(s))
			reader_sleep(reader, bell, CALLS_MS);
		else if (!ended && reader == NULL)
			sampler_sleep(sampler, LOOK_MS);
		while (reader != NULL && calls_pass(s, ended) && ended)
			;
		until =
		    sampler != NULL ? sampler_pass(sampler, ended, session_take, s) : UINT64_MAX;
		if (reader != NULL)
			calls_settle(s, until);
	}
	if (reader != NULL)
		reader_stop(reader);
	return status;
}

static char *command_line(char **argv)
{
	char *line = format_string("%s", argv[0]);

	for (u32 i = 1; argv[i] != NULL && strlen(line) < 1024; i++) {
		char *longer = format_string("%s %s", line, argv[i]);

		free(line);
		line = longer;
	}
	return line;
}

static u64 now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

/* ---- all of it ---------------------------------------------------------------------------- */

static FILE *open_output(const struct prof_options *o)
{
	FILE *f;

	if (o->file == NULL)
		return stderr;
	if (strcmp(o->file, "-") == 0)
		return stdout;
	f = fopen(o->file, "we");
	if (f == NULL)
		fail(CLI_FAILED, "cannot open %s: %s", o->file, strerror(errno));
	return f;
}

/* Not written is a failure, even of a program that did well. */
static int write_profile(const struct prof_options *o, FILE *f, struct profile *p)
{
	bool bad;

	errno = 0;
	o->output->write(f, p);
	bad = fflush(f) != 0 || ferror(f) != 0;
	/* What a report says at its head is said of the others, too. */
	if (o->output->suffix != NULL && p->lost != 0)
		fprintf(stderr, "fbird: %llu records were lost: there was no room for them\n",
			(unsigned long long)p->lost);
	if (p->moments_left_out != 0)
		fprintf(stderr,
			"fbird: of what was when the first %u moments are there, %llu are not\n",
			MOMENTS_MOST, (unsigned long long)p->moments_left_out);
	if (o->output->suffix != NULL && p->note != NULL)
		fprintf(stderr, "fbird: %s\n", p->note);
	if (!bad)
		return CLI_OK;
	return fail(CLI_FAILED, "cannot write the profile to %s: %s",
		    o->file != NULL ? o->file : "the standard error", strerror(errno));
}

static int prof(struct prof_options *o, const char *fbird, char **argv)
{
	struct child c = {.fbird = fbird, .words = &o->run, .keep = -1, .held = true};
	struct session s;
	struct sampler *sampler;
	int status, written;
	sigset_t child;
	pid_t pid;
	FILE *f = open_output(o);

	if (f == NULL)
		return CLI_FAILED;
	options_look_at(o, argv[0]);
	/* Only the kernel tells of page faults and counters; where a processor is a thread can say
	 * itself. */
	session_begin(&s, o, fbird,
		      sampler_refused() != 0 && (o->modes & ~GUEST_MODES) == 0 && !o->runtime);
	if ((s.guest_samples ||
	     (o->modes & (1u << MODE_SYSCALL | 1u << MODE_MEMORY | 1u << MODE_LOCK)) != 0) &&
	    !calls_begin(&s, &o->run, &c.keep))
		return CLI_FAILED;
	pid = child_start(&c, argv);
	if (pid < 0)
		return CLI_FAILED;
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	child_signals();
	sampler = s.alone ? NULL : sampler_new(pid, s.events, s.nevents);
	if (sampler == NULL && !s.alone) {
		close(c.gate);
		waitpid(pid, &status, 0);
		return CLI_FAILED;
	}
	if (s.calls != NULL)
		reader_watch(calls_reader(&s), pid);
	s.profile.began = now(CLOCK_REALTIME);
	s.began = now(CLOCK_MONOTONIC);
	child_go(&c);
	status = follow(&s, sampler, pid);
	s.profile.duration = now(CLOCK_MONOTONIC) - s.began;
	s.profile.lost = sampler != NULL ? sampler_lost(sampler) : 0;
	s.profile.command = command_line(argv);
	session_end(&s);
	if (sampler != NULL)
		sampler_free(sampler);
	written = write_profile(o, f, &s.profile);
	status = child_end_as(status);
	return status != 0 ? status : written;
}

int main(int argc, char **argv)
{
	struct prof_options o;
	const char *fbird = argc > 1 ? argv[1] : NULL;
	int status;

	if (fbird == NULL || *fbird != '/')
		return fail(CLI_USAGE, "this is a part of fbird: 'fbird prof' runs it");
	argc--;
	argv++;
	if (argc > 1 && strcmp(argv[1], "diff") == 0) {
		status = diff_main(argc - 1, argv + 1);
		return fflush(stdout) == 0 ? status
					   : fail(CLI_FAILED, "cannot write to standard output: %s",
						  strerror(errno));
	}
	status = options_parse(argc, argv, &o);
	return status == CLI_OK ? prof(&o, fbird, argv + optind) : status;
}
