/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/dump.c: core files.
 *
 * Who dies of certain signals leaves an image in its directory: the user structure, then data
 * and stack (all of memory where the text is not apart from them). The file is `core`, in
 * 2.11BSD the program's name and `.core`; an existing one is overwritten if its owner may write
 * it. Not after set-id, in 2.11BSD not where there is a second link or the limit forbids.
 * The First Edition has no memory management: the user's core, then 64 bytes about the process,
 * its registers on its own stack.
 *
 * A parent learns of it by a bit of the status, which no host sets for us: who has left a core
 * changes its name for the host's table of processes, where the parent looks before the status
 * is taken. The host's own core is not wanted, whatever it is called.
 *
 * Facts: core() and psig() of ken/sig.c (V4 to V6), sys/sig.c (V7) and sys/kern_sig.c (2.11BSD),
 * badsys of u1.s, ux.s (First Edition); core(5).
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/research/calls.h"

#define DUMPED	    "(core dumped)"
#define COMM_MAX    63
#define FIRST_LOW   040000
#define FIRST_SAVED 9 /* r0 ... r5, ac, mq and the step count, below pc and ps */

static bool dumps(int sig)
{
	for (const struct research_signal *s = research.version->signals; s->number; s++)
		if (s->core == sig)
			return s->dumps;
	return false;
}

static bool write_all(int fd, const void *from, u64 n)
{
	const u8 *p = from;

	while (n) {
		long r = EXO_NOW(write, fd, p, n);

		if (r <= 0)
			return false;
		p += r;
		n -= (u64)r;
	}
	return true;
}

/* 2.11BSD's limit counts the whole; its superuser may have changed who it is. */
static bool allowed(u64 bytes)
{
	struct core_rlimit c;
	long user = EXO_NOW(geteuid);
	bool other = user != EXO_NOW(getuid);

	if (!research.version->bsd)
		return !other;
	if (user != 0 && (other || EXO_NOW(getegid) != EXO_NOW(getgid) || research.used_ids))
		return false;
	return EXO_NOW(prlimit64, 0, CORE_RLIMIT_CORE, NULL, &c) == 0 && bytes < c.rlim_cur;
}

static int create(struct core_thread *t)
{
	bool bsd = research.version->bsd;
	const char *slash = strrchr(t->proc->exec_path, '/');
	const char *program = slash ? slash + 1 : t->proc->exec_path;
	struct core_stat st;
	char name[COMM_MAX + 8];
	int fd;

	fb_format(name, COMM_MAX + 1, "%s", bsd ? program : "core");
	fb_format(name + strlen(name), sizeof(name) - COMM_MAX, "%s", bsd ? ".core" : "");
	fd = (int)EXO_NOW(open, name,
			  CORE_O_WRONLY | CORE_O_CREAT | CORE_O_NONBLOCK | CORE_O_CLOEXEC,
			  bsd ? 0644 : 0666);
	if (fd < 0)
		return fd;
	if (EXO_NOW(fstat, fd, &st) < 0 || (st.st_mode & CORE_S_IFMT) != CORE_S_IFREG ||
	    (bsd && st.st_nlink != 1) || EXO_NOW(ftruncate, fd, 0) < 0) {
		EXO_NOW(close, fd);
		return -1;
	}
	return fd;
}

static bool dump(struct core_thread *t)
{
	const struct pdp11 *cpu = &research.cpu;
	u64 data = research.data * RESEARCH_CLICK, stack = research.stack * RESEARCH_CLICK;
	u32 top = research.version->stack_top ? research.version->stack_top : PDP11_SPACE;
	bool done;
	int fd;

	if (!allowed(research_user_size() + data + stack))
		return false;
	fd = create(t);
	if (fd < 0)
		return false;
	done = write_all(fd, research_user, research_user_size()) &&
	       write_all(fd, cpu->data + research.data_addr, data) &&
	       write_all(fd, cpu->data + top - stack, stack);
	EXO_NOW(close, fd);
	return done;
}

/* The words of ux.s that are known here: where the registers are, and who it is. */
static bool dump_first(struct core_thread *t)
{
	const struct pdp11 *cpu = &research.cpu;
	u32 top = research.version->stack_top;
	u16 sp = (u16)(cpu->r[PDP11_SP] - 4), at;
	struct pdp_word user[32] = {{{0}}};
	bool done;
	int fd;

	if (!allowed(0) || sp < FIRST_LOW + 2 * FIRST_SAVED || sp >= top)
		return false;
	research_store(sp, cpu->r[PDP11_PC]);
	research_store((u16)(sp + 2), cpu->psw);
	for (u32 i = 0; i < 6; i++)
		research_store((u16)(sp - 2 - 2 * i), cpu->r[i]);
	at = (u16)(sp - 2 * FIRST_SAVED);
	research_store((u16)(at + 4), research.ac);
	research_store((u16)(at + 2), research.mq);
	research_store(at, 0);
	user[0] = pdp_word(at);
	user[2] = pdp_word(sp - 2u);
	user[29] =
	    pdp_word(research_uid((u32)EXO_NOW(geteuid)) | research_uid((u32)EXO_NOW(getuid)) << 8);
	user[30] = pdp_word(1); /* u.bsys */
	fd = create(t);
	if (fd < 0)
		return false;
	done = write_all(fd, cpu->data + FIRST_LOW, top - FIRST_LOW) &&
	       write_all(fd, user, sizeof(user));
	EXO_NOW(close, fd);
	return done;
}

void research_dies(struct core_thread *t, struct exo_frame *f, int sig)
{
	if (dumps(sig)) {
		research_user_put(t, f);
		research_user_signal((u16)research_signal_from_core(sig));
		if (research.version->first ? dump_first(t) : dump(t))
			EXO_NOW(prctl, CORE_PR_SET_NAME, DUMPED);
	}
	EXO_NOW(prctl, CORE_PR_SET_DUMPABLE, 0);
}

bool research_dumped(i32 pid)
{
	char path[40], name[sizeof(DUMPED)] = "";
	int fd;

	fb_format(path, sizeof(path), "/proc/%d/comm", pid);
	fd = (int)EXO_NOW(open, path, CORE_O_RDONLY | CORE_O_CLOEXEC);
	if (fd < 0)
		return false;
	EXO_NOW(read, fd, name, sizeof(name) - 1);
	EXO_NOW(close, fd);
	return strcmp(name, DUMPED) == 0;
}
