/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/load.c: a program into memory, and what is on its stack.
 *
 * Strings are at the top, pointers to them below, the count below those, and there the stack
 * pointer begins: with a zero word above the strings and zeroes after argv and environment
 * (exece() of sys/sys1.c, V7), with a -1 after argv and no environment (exec() of ken/sys1.c,
 * V6), with nothing between (sysexec of u2.s, First Edition).
 *
 * The host's environment may be larger than these systems allow. Then as much of it is handed
 * on as fits, the variables that old programs ask for first; a program for which exec has no
 * environment keeps it aside for the host's programs it may execute.
 */
#include "lib/mem.h"
#include "loader/aout.h"
#include "loader/stack.h"
#include "personality/research/research.h"

struct research research;

#define ENV_MAX 256 /* variables handed on */

struct vectors {
	const char *const *argv;
	u32 argc, envc;
	u32 bytes; /* of strings */
	const char *env[ENV_MAX];
};
static FB_START struct vectors vectors;

static bool is_wanted(const char *s)
{
	static const char *const names[] = {
	    "HOME=", "PATH=", "TERM=", "USER=", "LOGNAME=", "SHELL=", "TZ=", "MAIL=", "TERMCAP="};

	for (u32 i = 0; i < ARRAY_LEN(names); i++)
		if (strncmp(s, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static void take_environment(struct vectors *v, const char *const *envp, bool wanted)
{
	for (; *envp && v->envc < ENV_MAX; envp++) {
		u32 n = (u32)strlen(*envp) + 1;

		if (is_wanted(*envp) != wanted || v->bytes + n > research.version->args_max)
			continue;
		v->env[v->envc++] = *envp;
		v->bytes += n;
	}
}

static long gather(struct vectors *v, const struct loader_program *p)
{
	v->argv = p->argv;
	for (; p->argv[v->argc]; v->argc++)
		v->bytes += (u32)strlen(p->argv[v->argc]) + 1;
	if (v->bytes > research.version->args_max)
		return -CORE_E2BIG;
	if (!research.version->environment)
		return 0;
	take_environment(v, p->envp, true);
	take_environment(v, p->envp, false);
	return 0;
}

/* Copies the host's environment; without one nothing is lost but it. */
static char **keep_environment(const char *const *envp)
{
	struct loader_strings s = loader_strings(envp);
	char **copy = exo_pages_alloc((s.count + 1) * sizeof(char *) + s.bytes), *to;

	if (!copy)
		return NULL;
	to = (char *)&copy[s.count + 1];
	for (u64 i = 0; i < s.count; i++) {
		size_t n = strlen(envp[i]) + 1;

		copy[i] = memcpy(to, envp[i], n);
		to += n;
	}
	copy[s.count] = NULL;
	return copy;
}

static void put_strings(u16 *at, u16 *pointer, const char *const *v, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		u32 len = (u32)strlen(v[i]) + 1;

		research_store(*pointer, *at);
		copy_to_guest(research_at(*at), v[i], len);
		*at = (u16)(*at + len);
		*pointer = (u16)(*pointer + 2);
	}
}

static void put_word(u16 *pointer, u16 value)
{
	research_store(*pointer, value);
	*pointer = (u16)(*pointer + 2);
}

/* Bytes of the whole. */
static u32 stack_bytes(const struct vectors *v)
{
	return ALIGN_UP(v->bytes, 2) + 2 * (v->argc + v->envc) + 8;
}

static void put_vectors(const struct vectors *v)
{
	const struct research_version *ver = research.version;
	bool newer = !ver->minus_one && !ver->first;
	u16 at = (u16)(ver->stack_top - ALIGN_UP(v->bytes, 2) - (newer ? 2 : 0)), pointer;

	pointer = (u16)(at - 2 * (v->argc + v->envc) - (newer ? 6 : ver->minus_one ? 4 : 2));
	research.cpu.r[PDP11_SP] = pointer;
	put_word(&pointer, (u16)v->argc);
	put_strings(&at, &pointer, v->argv, v->argc);
	if (ver->minus_one)
		put_word(&pointer, 0177777);
	if (!newer)
		return;
	put_word(&pointer, 0);
	put_strings(&at, &pointer, v->env, v->envc);
	put_word(&pointer, 0);
}

long research_read_file(const struct loader_source *file, u32 off, u8 *to, u32 n)
{
	for (u32 done = 0; done < n;) {
		long r = file->pread(file->ctx, to + done, n - done, off + done);

		if (r < 0)
			return r;
		if (r == 0)
			return -CORE_ENOEXEC;
		done += (u32)r;
	}
	return 0;
}

static long read_program(const struct loader_source *file, const struct loader_aout *a)
{
	struct pdp11 *cpu = &research.cpu;
	long r = 0;

	if (a->magic != 0405)
		r = research_read_file(file, 0, research.header, sizeof(research.header));
	if (r == 0 && a->pure)
		r = research_read_file(file, a->text_off, cpu->text + a->text_addr, a->text);
	research_memory_seal();
	if (r == 0 && !a->pure)
		r = research_read_file(file, a->text_off, cpu->text + a->text_addr, a->text);
	if (r == 0)
		r = research_read_file(file, a->data_off, cpu->data + a->data_addr, a->data);
	return r < 0 ? r : research_overlays_load(file, a);
}

long research_load(struct core_thread *t, const struct loader_source *file,
		   const struct loader_program *p, struct loader_error *err)
{
	struct vectors *v = &vectors;
	struct loader_aout a;
	long r;

	research.version = t->abi->private;
	r = loader_aout_plan(file, t->abi->name, &a, err);
	if (r < 0)
		return r;
	r = gather(v, p);
	if (r < 0)
		return loader_fail(err, r, "its arguments are more than the %u bytes %s allows",
				   research.version->args_max, t->abi->name);
	r = research_memory_start(&a, stack_bytes(v));
	if (r < 0)
		return loader_fail(err, r, "it does not fit the 64 KiB of a PDP-11's program");
	r = read_program(file, &a);
	if (r < 0)
		return loader_fail(err, r, "it cannot be read into memory (error %ld)", -r);
	put_vectors(v);
	research.cpu.r[PDP11_PC] = a.entry & (u16)~1u;
	research.cpu.event = &t->exo.interrupted;
	research_engine_start(p->envp);
	if (!research.version->environment)
		research.env = keep_environment(p->envp);
	return 0;
}
