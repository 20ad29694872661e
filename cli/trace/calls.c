/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/calls.c: the rows' texts, "(FD fd, OUT buf, SIZE nbyte)", read once into numbers.
 */
#include "cli/trace/calls.h"

#include <string.h>

#include "cli/cli.h"

static const struct {
	const char *name;
	size_t n;
} word_names[WORD_COUNT] = {
#define WORD(name, type, take, size) [WORD_##name] = {#name, sizeof(#name) - 1},
#include "trace/words.def"
#undef WORD
};

/* Names of calls, as patterns, that are about something their arguments do not tell. */
static const struct {
	u32 class;
	const char *name; /* for -e trace= */
	const char *patterns;
} class_patterns[] = {
    {CLASS_FILE, "file", ""},
    {CLASS_DESC, "desc",
     "epoll_* eventfd* timerfd_* signalfd* inotify_* pipe pipe2 dup dup2 dup3 select pselect poll "
     "ppoll pollsys kevent kqueue kqueuex portfs port"},
    {CLASS_NETWORK, "network",
     "socket so_socket so_socketpair socketpair bind connect listen accept accept4 send sendto "
     "sendmsg sendmmsg recv recvfrom recvmsg recvmmsg shutdown getsockname getpeername getsockopt "
     "setsockopt sendfile sockconfig bindat connectat sctp_*"},
    {CLASS_PROCESS, "process",
     "fork vfork rfork pdfork forksys vforkx spawn exec exece execve execveat fexecve exit _exit "
     "exit_group wait wait4 wait6 waitid waitsys clone clone3 thr_new thr_create thr_exit "
     "lwp_create "
     "lwp_exit unshare abort2 sys_exit"},
    {CLASS_MEMORY, "memory",
     "mmap freebsd6_mmap mmapobj munmap mprotect brk sbrk sstk break obreak madvise posix_madvise "
     "mincore mlock mlock2 mlockall munlock munlockall msync mremap minherit memcntl shmat shmdt "
     "remap_file_pages mbind membarrier"},
    {CLASS_SIGNAL, "signal",
     "signal sig* rt_sig* kill killpg tkill tgkill thr_kill thr_kill2 lwp_kill pause alarm "
     "sigqueue pdkill lwp_sigmask ssig"},
    {CLASS_IPC, "ipc", "msg* sem* shm* ipc ksem_* kmq_*"},
    {CLASS_CREDS, "creds",
     "*uid *uid32 *gid *gid32 getgroups* setgroups* capget capset getlogin setlogin privsys "
     "ucredsys issetugid"},
    {CLASS_CLOCK, "clock",
     "clock_* adjtime adjtimex ntp_* gettimeofday settimeofday time stime ftime nanosleep "
     "gethrtime"},
};

/* A pattern has a '*' at its beginning, at its end, or nowhere. */
static bool matches(const char *name, size_t length, const char *pattern, size_t n)
{
	if (n != 0 && pattern[n - 1] == '*')
		return length >= n - 1 && memcmp(name, pattern, n - 1) == 0;
	if (*pattern == '*')
		return length >= n - 1 && memcmp(name + length - (n - 1), pattern + 1, n - 1) == 0;
	return length == n && memcmp(name, pattern, n) == 0;
}

bool name_is_among(const char *name, const char *patterns)
{
	size_t length = strlen(name);

	for (const char *p = patterns; *p != '\0'; p += *p == ' ') {
		size_t n = strcspn(p, " ");

		if (matches(name, length, p, n))
			return true;
		p += n;
	}
	return false;
}

u32 class_named(const char *name, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(class_patterns); i++)
		if (strlen(class_patterns[i].name) == n &&
		    memcmp(class_patterns[i].name, name, n) == 0)
			return class_patterns[i].class;
	return 0;
}

static u8 word_named(const char *name, size_t n)
{
	for (u32 w = 1; w < WORD_COUNT; w++)
		if (word_names[w].n == n && memcmp(word_names[w].name, name, n) == 0)
			return (u8)w;
	return WORD_ULONG;
}

/* "(FD fd, OUT buf)" */
static void read_arguments(struct call_info *c, const char *text)
{
	const char *p = text + 1;

	while (*p != '\0' && *p != ')' && c->nargs < TRACE_ARGS) {
		size_t word = strcspn(p, " "), name = strcspn(p + word, ",)"), length;

		c->word[c->nargs] = word_named(p, word);
		length = MIN(name > 0 ? name - 1 : 0, sizeof(c->arg[0]) - 1);
		memcpy(c->arg[c->nargs], p + word + 1, length); /* zeros follow */
		c->nargs++;
		p += word + name;
		p += strspn(p, ", ");
	}
}

static u8 result_of(const char *text)
{
	if (strcmp(text, "PTR") == 0 || strcmp(text, "ADDR") == 0)
		return RESULT_PTR;
	if (strcmp(text, "HEX") == 0)
		return RESULT_HEX;
	if (strcmp(text, "MODE") == 0)
		return RESULT_OCT;
	return strcmp(text, "NORET") == 0 ? RESULT_NORET : RESULT_INT;
}

static void read_row(struct call_info *c, const struct row *r)
{
	if (*r->args == '\0')
		return;
	c->name = r->name;
	c->result = result_of(r->result);
	c->returns_fd = strcmp(r->result, "FD") == 0;
	c->two_words =
	    r->where != NULL && (strcmp(r->result, "LONG") == 0 || strcmp(r->result, "OFF") == 0);
	c->ends = name_is_among(r->name, "exit exit_group _exit thr_exit lwp_exit abort2 upanic");
	read_arguments(c, r->args);
}

u32 call_classes(const struct call_info *c)
{
	u32 classes = c->returns_fd ? CLASS_DESC : 0;

	for (u32 i = 0; i < c->nargs; i++) {
		if (c->word[i] == WORD_PATH)
			classes |= CLASS_FILE;
		if (c->word[i] == WORD_FD)
			classes |= CLASS_DESC;
	}
	for (size_t i = 0; i < ARRAY_LEN(class_patterns); i++)
		if (name_is_among(c->name, class_patterns[i].patterns))
			classes |= class_patterns[i].class;
	return classes;
}

static enum names names_of(const struct table *t)
{
	if (strncmp(t->file, "freebsd/", 8) == 0)
		return NAMES_FREEBSD;
	if (strncmp(t->file, "illumos/", 8) == 0)
		return NAMES_ILLUMOS;
	return strncmp(t->file, "research/", 9) == 0 ? NAMES_RESEARCH : NAMES_CORE;
}

static void read_table(struct abi *a, const struct table *t, u32 number)
{
	a->name = t->name;
	a->number = number;
	a->names = names_of(t);
	a->pdp11 = a->names == NAMES_RESEARCH;
	for (size_t i = 0; i < t->count; i++)
		if ((u32)t->rows[i].nr >= a->count)
			a->count = (u32)t->rows[i].nr + 1;
	a->calls = calloc(a->count, sizeof(a->calls[0]));
	if (a->calls == NULL)
		abort();
	for (size_t i = 0; i < t->count; i++)
		read_row(&a->calls[t->rows[i].nr], &t->rows[i]);
}

/* Its table is the First Edition's. */
static void add_second_edition(struct abi *all, u32 *n)
{
	for (u32 i = 0; i < *n; i++)
		if (strcmp(all[i].name, "v1") == 0) {
			all[*n] = all[i];
			all[*n].name = "v2";
			all[*n].number = *n;
			++*n;
			return;
		}
}

const struct abi *abi_all(u32 *count)
{
	static struct abi all[TRACE_ABIS];
	static u32 n;

	if (n == 0) {
		for (const struct table *t = tables; t->name != NULL; t++, n++)
			read_table(&all[n], t, n);
		add_second_edition(all, &n);
	}
	*count = n;
	return all;
}

const struct abi *abi_at(u32 number)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	return number < n ? &all[number] : NULL;
}

const struct call_info *abi_call(const struct abi *a, u32 nr)
{
	return nr < a->count && a->calls[nr].name != NULL ? &a->calls[nr] : NULL;
}
