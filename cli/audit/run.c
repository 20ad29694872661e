/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/run.c: `fbird audit run`: a program under a policy, and the log of what the policy
 * wanted told.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "cli/audit/audit.h"
#include "cli/audit/host.h"
#include "cli/audit/log.h"
#include "cli/trace/format.h"

#define LOG_DEFAULT (16ull << 20)
#define LOG_LEAST   4096

struct run_options {
	const char *policy, *box, *log;
	u64 log_most;
	bool no_host;
	struct run_words run;
};

struct session {
	const struct run_options *o;
	struct reader *reader;
	struct format_options show;
	struct text text;
	struct log log;
	struct policy policy;
	u64 refused;
};

enum { OPT_BOX = 256, OPT_LOG_SIZE, OPT_NO_HOST };

static const struct option long_options[] = {
    {"policy", required_argument, NULL, 'p'},
    {"output", required_argument, NULL, 'o'},
    {"log-size", required_argument, NULL, OPT_LOG_SIZE},
    {"box", required_argument, NULL, OPT_BOX},
    {"no-host", no_argument, NULL, OPT_NO_HOST},
    RUN_WORD_OPTIONS(OPT_RUN_WORD, OPT_RUN_FLAG),
    RUN_FLAG("missing", OPT_RUN_FLAG),
    {0},
};

static int set_log_size(struct run_options *o, const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 10);
	u32 shift = *end == 'k' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;

	end += shift != 0;
	if (*text < '0' || *text > '9' || *end != '\0' || n > 1ull << 33 || n << shift < LOG_LEAST)
		return fail(
		    CLI_USAGE,
		    "'--log-size %s' is no number of bytes from %d on; k, M and G may stand "
		    "behind it",
		    text, LOG_LEAST);
	o->log_most = n << shift;
	return CLI_OK;
}

static int parse(int argc, char **argv, struct run_options *o)
{
	int answer, index = 0, status = CLI_OK;

	while (status == CLI_OK &&
	       (answer = getopt_long(argc, argv, "+:p:o:P:", long_options, &index)) != -1) {
		switch (answer) {
		case 'p':
			o->policy = optarg;
			break;
		case 'o':
			o->log = optarg;
			break;
		case OPT_LOG_SIZE:
			status = set_log_size(o, optarg);
			break;
		case OPT_BOX:
			o->box = optarg;
			break;
		case OPT_NO_HOST:
			o->no_host = true;
			break;
		case 'P':
			status = run_words_add(&o->run, "personality", personality_named(optarg));
			break;
		case OPT_RUN_WORD:
			status = run_words_add(&o->run, long_options[index].name, optarg);
			break;
		case OPT_RUN_FLAG:
			status = run_words_add(&o->run, long_options[index].name, NULL);
			break;
		default:
			return fail_option(CLI_USAGE, "audit", answer, argv);
		}
	}
	if (status == CLI_OK && (o->policy == NULL || optind >= argc))
		return fail(CLI_USAGE, "the form is 'fbird audit run -p POLICY [OPTIONS] PROGRAM "
				       "[ARGS...]'");
	return status;
}

/* ---- what the program is handed ------------------------------------------------------------- */

/* Sealed: not even who made it can change it. -1 after a sentence. */
static int policy_memory(const struct audit_policy *m)
{
	int fd = memfd_create("fbird-policy", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0 || ftruncate(fd, AUDIT_SIZE) != 0 || write(fd, m, m->size) != m->size ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) {
		fail(CLI_FAILED, "cannot make memory for the policy: %s", strerror(errno));
		return -1;
	}
	return fd;
}

static int hand_on(struct run_options *o, const char *name, int fd)
{
	/* It is left to the child, and `fbird run` takes it out of the program's sight. */
	if (fd < 0)
		return CLI_OK;
	fcntl(fd, F_SETFD, 0);
	return run_words_add(&o->run, name, format_string("%d", fd));
}

static int prepare(struct session *s, struct run_options *o, int memory)
{
	CLEAN_FREE struct audit_policy *m = NULL;
	int policy, filter = -1, rules = -1, status;

	/* Rates alone ask for the processor's, which takes a while to measure. */
	m = policy_compile(&s->policy, s->policy.buckets == 0
					   ? 1
					   : 1e9 / (double)reader_ns(s->reader, 1000000000u));
	if (m == NULL)
		return CLI_USAGE;
	policy = policy_memory(m);
	if (policy < 0)
		return CLI_FAILED;
	if (!o->no_host) {
		filter = host_filter(m, &status);
		if (status != CLI_OK)
			return status;
		rules = host_rules(&s->policy, &status);
		if (status != CLI_OK)
			return status;
	}
	status = hand_on(o, "trace-memory", memory);
	if (status == CLI_OK)
		status = hand_on(o, "policy-memory", policy);
	if (status == CLI_OK)
		status = hand_on(o, "confine-calls", filter);
	if (status == CLI_OK)
		status = hand_on(o, "confine-rules", rules);
	if (status == CLI_OK && s->policy.limits_capabilities && !o->no_host)
		status = run_words_add(
		    &o->run, "confine-capabilities",
		    format_string("%llx", (unsigned long long)s->policy.capabilities));
	return status;
}

/* ---- what it does ---------------------------------------------------------------------------- */

static void take(void *ctx, const struct event *e)
{
	struct session *s = ctx;

	if (e->r->kind != TRACE_CALL || e->under_way || e->r->rule == 0)
		return;
	s->refused += (e->r->flags & TRACE_R_REFUSED) != 0;
	s->text.n = 0;
	if (s->o->log != NULL) {
		format_json.event(&s->text, &s->show, s->reader, e);
		/* Without "}\n", which comes behind the hash. */
		log_line(&s->log, s->text.p, s->text.n - 2);
		return;
	}
	text_str(&s->text, s->policy.file);
	text_char(&s->text, ':');
	text_udec(&s->text, e->r->rule);
	text_str(&s->text, e->r->flags & TRACE_R_KILLED	   ? ": killed: "
			   : e->r->flags & TRACE_R_REFUSED ? ": refused: "
							   : ": ");
	format_strace.event(&s->text, &s->show, s->reader, e);
	text_flush(&s->text);
}

static bool log_note(struct session *s, const char *what, const char *text)
{
	if (s->o->log == NULL)
		return true;
	s->text.n = 0;
	text_str(&s->text, "{\"event\":\"");
	text_str(&s->text, what);
	text_str(&s->text, "\",");
	text_str(&s->text, text);
	return log_line(&s->log, s->text.p, s->text.n);
}

static void log_begin(struct session *s, char **argv)
{
	struct text t;

	text_open(&t, -1);
	text_str(&t, "\"policy\":");
	text_json(&t, s->policy.file, strlen(s->policy.file));
	text_str(&t, ",\"program\":");
	text_json(&t, argv[0], MIN(strlen(argv[0]), (size_t)4096));
	text_char(&t, '\0');
	log_note(s, "begin", t.p);
	free(t.p);
}

static void log_end(struct session *s, int status)
{
	CLEAN_FREE char *text = format_string(
	    "\"%s\":%d,\"refused\":%llu,\"lost\":%llu", WIFSIGNALED(status) ? "signal" : "status",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
	    (unsigned long long)s->refused, (unsigned long long)reader_lost(s->reader));

	log_note(s, "end", text);
}

int audit_run_main(int argc, char **argv)
{
	struct run_options o = {.log_most = LOG_DEFAULT};
	struct session s = {.o = &o};
	struct reader_options wants = {.flags = TRACE_F_DATA, .string_max = 256, .follow = true};
	struct child c = {.fbird = audit_fbird, .words = &o.run, .keep = -1, .gate = -1};
	int memory, status = parse(argc, argv, &o);
	pid_t pid;

	if (status == CLI_OK)
		status = policy_read(&s.policy, o.policy, o.box);
	if (status == CLI_OK && o.log != NULL)
		status = log_open(&s.log, o.log, o.log_most);
	if (status != CLI_OK)
		return status;
	s.reader = reader_new(&wants, &memory);
	if (s.reader == NULL)
		return CLI_FAILED;
	status = prepare(&s, &o, memory);
	if (status != CLI_OK)
		return status;
	text_open(&s.text, STDERR_FILENO);
	child_signals();
	pid = child_start(&c, argv + optind);
	if (pid < 0)
		return CLI_FAILED;
	if (o.log != NULL) /* the library that hashes takes its time to begin: beside the program */
		log_begin(&s, argv + optind);
	reader_watch(s.reader, pid);
	status = reader_follow(s.reader, pid, take, NULL, &s);
	if (reader_lost(s.reader) != 0)
		fail(CLI_FAILED, "%llu events were lost: there was no room for them",
		     (unsigned long long)reader_lost(s.reader));
	if (o.log != NULL) {
		log_end(&s, status);
		log_close(&s.log);
	}
	return child_end_as(status);
}
