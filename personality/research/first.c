/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/first.c: what only the First and the Second Edition have.
 *
 * Their machine is an 11/20 without memory management: programs live from 040000 up and know no
 * error numbers, only the carry bit. Results that are more than a word, dates and the status of
 * a child, come in AC and MQ, registers of the arithmetic element KE11-A, which programs reach
 * at addresses of the machine's registers (ke11.c). A mode is six bits: set-user-id, executable,
 * read and write for the owner, read and write for others. Signals are four calls that name an
 * address, 0 to ignore; an address outside the program is the default. None is reset.
 */
#include "core/process.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/research/abi_file.h"
#include "personality/research/abi_tty.h"
#include "personality/research/calls.h"

#define CORE_LOW   040000
#define YEAR_1971  31536000L
#define ROUND	   (0x100000000L / 60) /* seconds until the date comes round */
#define SIGINT_OLD 2

static u32 rights(u32 mode)
{
	u32 m = 0;

	m |= mode & V1_SETUID ? CORE_S_ISUID : 0;
	m |= mode & V1_EXEC ? 0111 : 0;
	m |= mode & V1_READ ? 0400 : 0;
	m |= mode & V1_WRITE ? 0200 : 0;
	m |= mode & V1_READ_OTHER ? 0044 : 0;
	m |= mode & V1_WRITE_OTHER ? 0022 : 0;
	return m;
}

long research_first_exit(struct core_thread *t, INT status)
{
	core_exit(t, strcmp(t->abi->name, "v1") == 0 ? 0 : status & 0xff);
}

long research_first_open(struct core_thread *t, PATH path, INT mode)
{
	return research_open(t, path, mode ? 1 : 0);
}

long research_first_creat(struct core_thread *t, PATH path, MODE mode)
{
	return research_creat(t, path, rights(mode));
}

long research_first_mkdir(struct core_thread *t, PATH path, MODE mode)
{
	return research_mknod(t, path, CORE_S_IFDIR | rights(mode & 017) | 0111, 0);
}

long research_first_chmod(struct core_thread *t, PATH path, MODE mode)
{
	char name[RESEARCH_PATH];
	struct core_stat st = {0};
	long r = research_path(path, RESEARCH_FILE, name);

	if (r == 0)
		r = EXO(stat, name, &st);
	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR)
		return research_chmod(t, path, rights(mode & 017) | 0111);
	return research_chmod(t, path, rights(mode));
}

long research_first_chown(struct core_thread *t, PATH path, UINT uid)
{
	char name[RESEARCH_PATH];
	long r = research_path(path, RESEARCH_FILE, name);
	u32 own = (u32)EXO(getuid), to = research_uid_back(uid & 0xff, own);

	(void)t;
	if (r < 0)
		return r;
	r = research_gave(EXO(chown, name, to, ~0u));
	return r == -CORE_EPERM && to == own ? 0 : r;
}

long research_first_getuid(struct core_thread *t)
{
	(void)t;
	return research_uid((u32)EXO(getuid));
}

long research_first_mount(struct core_thread *t, PATH special, PATH path)
{
	(void)t;
	(void)special;
	(void)path;
	return -CORE_EPERM;
}

/* The Second Edition's has the status in MQ, the First's none. */
long research_first_wait(struct core_thread *t)
{
	u16 status = 0;
	long r = research_wait_for(t, -1, &status, 0, NULL);

	if (r < 0)
		return r;
	research.mq = status;
	return research_pid((i32)r);
}

/* ---- dates --------------------------------------------------------------------------------- */

long research_first_time(struct core_thread *t)
{
	struct exo_time now;
	u32 n;

	(void)t;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	n = research_sixtieths(now.sec);
	research.ac = (u16)(n >> 16);
	research.mq = (u16)n;
	return 0;
}

long research_first_stime(struct core_thread *t)
{
	(void)t;
	return -CORE_EPERM;
}

/* The kernel's own branches to its error behind the work (systell, u2.s). */
long research_first_tell(struct core_thread *t, FD fd, UINT off, UINT kind)
{
	(void)t;
	(void)fd;
	(void)off;
	(void)kind;
	return -CORE_EINVAL;
}

long research_first_mdate(struct core_thread *t, PATH path)
{
	char name[RESEARCH_PATH];
	struct exo_time now;
	struct core_timespec to[2] = {{0, CORE_UTIME_OMIT}, {0}};
	i64 in_round = ((i64)research.ac << 16 | research.mq) / 60;
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	if (r < 0)
		return r;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	to[1].tv_sec = YEAR_1971 + (now.sec - YEAR_1971) / ROUND * ROUND + in_round;
	return EXO(utimensat, CORE_AT_FDCWD, name, to, 0);
}

/* ---- signals --------------------------------------------------------------------------------- */

static long vector(struct core_thread *t, int sig, u32 func)
{
	struct core_action act = {.handler = func == 0	       ? CORE_SIG_IGN
					     : func < CORE_LOW ? CORE_SIG_DFL
							       : func,
				  .flags = CORE_SA_NODEFER};

	return core_sigaction(t, sig, &act, NULL);
}

long research_first_quit(struct core_thread *t, UINT func)
{
	return vector(t, CORE_SIGQUIT, func);
}

long research_first_intr(struct core_thread *t, UINT func)
{
	return vector(t, CORE_SIGINT, func);
}

/* These are vectors of the machine's, and 0 is no address of the program's. */
long research_first_cemt(struct core_thread *t, UINT func)
{
	return vector(t, CORE_SIGSTKFLT, func ? func : 1);
}

long research_first_ilgins(struct core_thread *t, UINT func)
{
	return vector(t, CORE_SIGILL, func ? func : 1);
}

/* The return address that EMT finds in `reg`, 0 where it is none that RTS may go to. */
static u16 emt_target(u32 reg)
{
	struct pdp_word to = pdp_word(research.cpu.r[reg]), at;

	if (reg == PDP11_SP ||
	    (reg == PDP11_PC &&
	     copy_from_guest(&to, research_at(research.cpu.r[PDP11_SP]), sizeof(to)) < 0) ||
	    pdp_get(to) < CORE_LOW || pdp_get(to) & 1 ||
	    copy_from_guest(&at, research_at(pdp_get(to)), sizeof(at)) < 0 || !pdp_get(at))
		return 0;
	return pdp_get(to);
}

/*
 * An EMT that the program does not catch is an RTS by the register in its last three bits, if
 * that register leads to an even address of the program with something in it (rtssym of u1.s).
 */
bool research_first_emt(struct core_thread *t)
{
	u16 *r = research.cpu.r, to;
	struct pdp_word emt, saved;
	struct core_action now;

	if (!research.version->first || core_sigaction(t, CORE_SIGSTKFLT, NULL, &now) < 0 ||
	    now.handler != CORE_SIG_DFL ||
	    copy_from_guest(&emt, research_at((u16)(r[PDP11_PC] - 2)), sizeof(emt)) < 0)
		return false;
	to = emt_target(pdp_get(emt) & 7);
	if (!to || copy_from_guest(&saved, research_at(r[PDP11_SP]), sizeof(saved)) < 0)
		return false;
	r[PDP11_SP] = (u16)(r[PDP11_SP] + 2);
	if ((pdp_get(emt) & 7) != PDP11_PC)
		r[pdp_get(emt) & 7] = pdp_get(saved);
	r[PDP11_PC] = to;
	return true;
}

/* ---- terminals ---------------------------------------------------------------------------------
 */

struct v1_modes {
	struct pdp_word reader, printer, mode;
};
SIZE_ASSERT(struct v1_modes, 6);

long research_first_gtty(struct core_thread *t, FD fd, OUT modes)
{
	struct v1_modes m = {pdp_word(0), pdp_word(0), pdp_word(0)};
	long r = research_fd(fd);

	(void)t;
	if (r == 0)
		r = research_tty_flags(fd);
	if (r < 0)
		return r;
	m.mode = pdp_word((u64)r);
	return copy_to_guest(modes, &m, sizeof(m));
}

long research_first_stty(struct core_thread *t, FD fd, IN modes)
{
	struct v1_modes m;
	long r = research_fd(fd);

	(void)t;
	if (r == 0)
		r = copy_from_guest(&m, modes, sizeof(m));
	return r < 0 ? r : research_tty_set_flags(fd, pdp_get(m.mode));
}
