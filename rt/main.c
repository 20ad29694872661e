/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rt/main.c: becoming the guest program.
 *
 * Options, the file and what it is, its segments, its stack, and away. A program for this
 * host that nobody asked to see through the gateway is simply executed. Everything that
 * can be wrong is one sentence and status 126, or 127 when the program is not there.
 */
#include "core/audit.h"
#include "core/debugged.h"
#include "core/memory.h"
#include "core/missing.h"
#include "core/news.h"
#include "core/process.h"
#include "core/signal.h"
#include "core/traced.h"
#include "exo/note.h"
#include "lib/mem.h"
#include "loader/aout.h"
#include "loader/exec.h"
#include "loader/map.h"
#include "loader/script.h"
#include "loader/stack.h"
#include "personality/illumos/keeper.h"
#include "rt/rt.h"

#define STACK_TOP      ((u64)EXO_GUEST_CODE)
#define INTERP_BASE    0x7f0000000UL /* below where mappings begin */
#define BRK_ROOM       (64UL << 30)
#define SCRIPT_DEPTH   5
#define PATH_ROOM      sizeof(((struct core_process *)NULL)->exec_path)
#define VIEW_HOST      "/compat/linux" /* where a view has the host's tree (cli/view.h) */
#define AT_UID_TYPE    11	       /* uid, euid, gid, egid follow each other */
#define AT_SECURE_TYPE 23

/* What is being started; static because it is large and there is one. */
static FB_START struct {
	struct rt_options opt;
	struct loader_verdict verdict;
	struct loader_fd file;
	u8 head[LOADER_WINDOW];
	struct loader_elf_plan plan;
	struct loader_image image, interp;
	struct loader_program program;
} run;

/* And what few programs need. */
static FB_LARGE struct {
	struct loader_elf_plan interp_plan;
	struct loader_error err;
	char line[LOADER_SCRIPT_MAX];
} seldom;

NORETURN static void fail(int status, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void fail(int status, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	fb_vformat(text, sizeof(text), fmt, ap);
	va_end(ap);
	exo_log("fbird: %s\n", text);
	exo_exit(status);
}

static int open_program(const char *path)
{
	long fd = EXO_NOW(open, path, CORE_O_RDONLY | CORE_O_CLOEXEC);

	if (fd == -CORE_ENOENT || fd == -CORE_ENOTDIR)
		fail(127, "%s: no such program; check the path", path);
	if (fd < 0)
		fail(126, "%s: cannot be opened (error %ld); check its permissions", path, -fd);
	return (int)fd;
}

/* Follows "#!" until a binary is found; argv grows at its front. Returns the descriptor. */
static int resolve(void)
{
	struct loader_script script;
	long r;

	for (int depth = 0;; depth++) {
		int fd = depth == 0 && run.opt.program_fd >= 0 ? run.opt.program_fd
							       : open_program(run.opt.program);

		r = loader_fd_source(&run.file, fd, run.head);
		if (r < 0)
			fail(126,
			     "%s: not a regular file, so it cannot be executed; name a program",
			     run.opt.program);
		r = loader_detect(&run.file.src, &run.verdict);
		if (r < 0)
			fail(126, "%s: cannot be read (error %ld)", run.opt.program, -r);
		if (run.verdict.format != LOADER_SCRIPT)
			return fd;
		if (depth == SCRIPT_DEPTH)
			fail(126,
			     "%s: scripts that name scripts as interpreters, more than %d deep",
			     run.opt.program, SCRIPT_DEPTH);
		r = EXO_NOW(pread64, fd, seldom.line, sizeof(seldom.line), 0);
		EXO_NOW(close, fd);
		if (r >= 0)
			r = loader_script_parse(&loader_script_freebsd, seldom.line, (u32)r,
						&script, &seldom.err);
		if (r < 0)
			fail(126, "%s: %s", run.opt.program, seldom.err.text);
		/* { interpreter, argument, script, the rest }: the words before argv are spent. */
		run.opt.argv =
		    rt_argv_prepend(run.opt.argv, script.interp, script.arg, run.opt.program);
		run.opt.program = rt_keep_string(script.interp);
	}
}

static void absolute_path(char out[PATH_ROOM], const char *path)
{
	long n;

	if (*path == '/') {
		fb_strlcpy(out, path, PATH_ROOM);
		return;
	}
	n = EXO_NOW(getcwd, out, PATH_ROOM - 1);
	if (n <= 1 || out[0] != '/') {
		fb_strlcpy(out, path, PATH_ROOM);
		return;
	}
	if (out[n - 2] != '/')
		out[n++ - 1] = '/';
	if (strncmp(path, "./", 2) == 0)
		path += 2;
	fb_strlcpy(out + n - 1, path, PATH_ROOM - (size_t)n + 1);
}

/* The system of a PDP-11's program; NULL. */
static const char *made_for(const char *path, bool *weak)
{
	struct loader_verdict v = {0};
	struct loader_fd file;
	long fd = EXO_NOW(open, path, CORE_O_RDONLY | CORE_O_CLOEXEC);

	if (fd < 0)
		return NULL;
	if (loader_fd_source(&file, (int)fd, (u8 *)seldom.line) == 0)
		loader_detect(&file.src, &v);
	EXO_NOW(close, fd);
	*weak = v.weak;
	return v.format == LOADER_PDP11 ? v.personality : NULL;
}

/*
 * Programs of related systems may look alike. A tree's are of the edition its shell is of, or its
 * ls where that leaves a doubt; a program's children, of its own.
 */
static const char *edition(void)
{
	const char *sh, *ls;
	bool weak;

	if (run.opt.edition)
		return run.opt.edition->name;
	sh = made_for("/bin/sh", &weak);
	if (!sh || !weak)
		return sh;
	ls = made_for("/bin/ls", &weak);
	return ls && !weak ? ls : sh;
}

static const struct core_personality *choose(void)
{
	const struct core_personality *abi;

	if (run.opt.forced)
		return run.opt.forced;
	if (run.verdict.weak || run.verdict.format == LOADER_UNKNOWN)
		run.verdict.personality = loader_aout_edition(&run.verdict, edition());
	if (!run.verdict.personality)
		fail(126, "%s: a %s file, which nothing here runs; 'fbird info' says what it is",
		     run.opt.program, loader_format_name(run.verdict.format));
	abi = rt_personality(run.verdict.personality);
	if (!abi)
		fail(126, "%s: a program for %s (%s), which this build does not run yet",
		     run.opt.program, run.verdict.personality, run.verdict.reason);
	return abi;
}

/* A program of this host that nobody asked to see otherwise has the host's files. */
static bool is_native(const struct core_personality *abi)
{
	return !run.opt.forced && strcmp(abi->name, "linux") == 0;
}

static const char *variable(const struct exo_boot *boot, const char *name)
{
	size_t n = strlen(name);

	for (char **e = boot->envp; *e; e++)
		if (strncmp(*e, name, n) == 0 && (*e)[n] == '=')
			return *e + n + 1;
	return NULL;
}

static void use_view(const struct exo_boot *boot, bool on)
{
	if (run.opt.root)
		exo_view_set(on ? run.opt.root : NULL, variable(boot, "HOME"));
}

/* What a view has below VIEW_HOST is called so on the host. */
static void name_on_host(void)
{
	const size_t n = sizeof(VIEW_HOST) - 1;

	if (strncmp(run.opt.program, VIEW_HOST "/", n + 1) == 0)
		run.opt.program += n;
}

/* In a view "/" is the foreign system's, and a program of this host wants the host's. */
static void change_roots(const struct core_personality *abi)
{
	bool native = is_native(abi);
	long r;

	if (exo_other_root() < 0 || native == run.opt.outside)
		return;
	r = exo_other_root_enter();
	if (r < 0)
		fail(126, "%s: the root directory of its system is out of reach (error %ld)",
		     run.opt.program, -r);
	run.opt.outside = native;
	if (native)
		name_on_host();
}

/*
 * The machine's kernel, which took us for a program's interpreter, knows of no roots: where the
 * program's dynamic linker is not there, fbird finds one that has it. Its own sentence says
 * what is missing. Where it cannot be executed (a chroot), ours does.
 */
static void leave_to_tool(const struct exo_boot *boot)
{
	static const char from_image[] = "lib/fbird/fbird-rt", tool[] = "bin/fbird";
	static FB_START char path[PATH_ROOM], program[PATH_ROOM];
	long n = exo_image_name(path, sizeof(path));
	size_t end = sizeof(from_image) - 1;

	if (n <= (long)end || strcmp(path + n - end, from_image) != 0)
		return;
	memcpy(path + n - end, tool, sizeof(tool));
	fb_format(program, sizeof(program), "%s%s", strchr(run.opt.program, '/') ? "" : "./",
		  run.opt.program);
	EXO_NOW(execve, path, rt_argv_tool(run.opt.argv, path, program), boot->envp);
}

static void plan_program(const struct exo_boot *boot, const struct core_personality *abi)
{
	long r = loader_elf_plan(&run.file.src, &run.plan, &seldom.err);

	if (r < 0)
		fail(126, "%s: %s", run.opt.program, seldom.err.text);
	if (run.opt.by_kernel && run.plan.interp[0] && !abi->own_linker &&
	    EXO_NOW(faccessat, CORE_AT_FDCWD, run.plan.interp, 0) == -CORE_ENOENT)
		leave_to_tool(boot);
}

/* The one the program asks for; where that is not there, ours if we have one (guest/). */
static long open_interpreter(const struct core_personality *abi)
{
	static FB_LARGE char own[PATH_ROOM];
	long fd = EXO_NOW(open, run.plan.interp, CORE_O_RDONLY | CORE_O_CLOEXEC), n;
	char *slash;

	if (fd >= 0 || !abi->own_linker)
		return fd;
	n = exo_image_name(own, sizeof(own));
	slash = n > 0 ? strrchr(own, '/') : NULL;
	if (!slash)
		return fd;
	fb_strlcpy(slash + 1, abi->own_linker, sizeof(own) - (size_t)(slash + 1 - own));
	fd = EXO_NOW(open, own, CORE_O_RDONLY | CORE_O_CLOEXEC);
	if (fd >= 0)
		run.program.own_linker = own;
	return fd;
}

static u64 first_writable(const struct loader_elf_plan *plan)
{
	for (u32 i = 0; i < plan->nsegments; i++)
		if (plan->segment[i].prot & CORE_PROT_WRITE)
			return plan->segment[i].vaddr;
	return 0;
}

static void map_interpreter(const struct core_personality *abi)
{
	struct loader_fd f;
	long fd, r;
	u64 bias, data;

	if (!run.plan.interp[0])
		return;
	fd = open_interpreter(abi);
	if (fd < 0)
		fail(126,
		     "%s: needs the dynamic linker %s, which is not there; 'fbird run --root' "
		     "names a root of its system, 'fbird root' keeps them",
		     run.opt.program, run.plan.interp);
	r = loader_fd_source(&f, (int)fd, run.head);
	if (r == 0)
		r = loader_elf_plan(&f.src, &seldom.interp_plan, &seldom.err);
	if (r < 0)
		fail(126, "%s: its dynamic linker %s: %s", run.opt.program, run.plan.interp,
		     r == -CORE_EACCES ? "not a regular file" : seldom.err.text);
	bias =
	    loader_elf_bias(&seldom.interp_plan, ALIGN_UP(INTERP_BASE, seldom.interp_plan.align));
	r = loader_map(&seldom.interp_plan, (int)fd, bias, &run.interp, &seldom.err);
	if (r < 0)
		fail(126, "%s: its dynamic linker %s: %s", run.opt.program, run.plan.interp,
		     seldom.err.text);
	EXO_NOW(close, fd);
	data = first_writable(&seldom.interp_plan);
	run.program.interp_data = data ? ALIGN_DOWN(data, PAGE_SIZE) + bias : 0;
}

static void code_of(const struct loader_elf_plan *plan, u64 bias)
{
	for (u32 i = 0; i < plan->nsegments; i++) {
		const struct loader_segment *s = &plan->segment[i];
		u64 lo = ALIGN_DOWN(s->vaddr, PAGE_SIZE);

		if ((s->prot & CORE_PROT_EXEC) && !(s->prot & CORE_PROT_WRITE))
			exo_code_mapped(lo + bias, ALIGN_UP(s->vaddr + s->memsz, PAGE_SIZE) - lo);
	}
}

static void map_program(int fd, const struct core_personality *abi)
{
	u64 bias = loader_elf_bias(&run.plan, ALIGN_UP(abi->pie_base, run.plan.align));
	long r = loader_map(&run.plan, fd, bias, &run.image, &seldom.err);
	if (r < 0)
		fail(126, "%s: %s", run.opt.program, seldom.err.text);
	exo_note(ROOM_LOADER, NOTE_DEBUG,
		 "the program is at %lx to %lx, %lx more than its file says", run.image.lo,
		 run.image.hi, run.image.bias);
	map_interpreter(abi);
	if (run.plan.interp[0])
		exo_note(ROOM_LOADER, NOTE_DEBUG, "%s is at %lx to %lx", run.plan.interp,
			 run.interp.lo, run.interp.hi);
	code_of(&run.plan, run.image.bias);
	if (run.plan.interp[0])
		code_of(&seldom.interp_plan, run.interp.bias);
}

static long put(void *ctx, u64 addr, const void *p, size_t n)
{
	(void)ctx;
	return exo_copy((void *)addr, p, n) ? -CORE_EFAULT : 0;
}

/* What PT_GNU_STACK asks beyond reading and writing; without one, what its kernel assumes. */
static int stack_protection(const struct core_personality *abi)
{
	if (run.plan.has_stack)
		return (int)run.plan.stack_prot & CORE_PROT_EXEC;
	return abi->stack_exec ? CORE_PROT_EXEC : 0;
}

static void make_stack(struct core_thread *t, const struct core_personality *abi,
		       struct loader_entry *entry)
{
	struct core_rlimit limit = {8UL << 20, 8UL << 20};
	struct core_process *p = t->proc;
	struct loader_stack stack;
	u64 size;
	long r;

	EXO_NOW(prlimit64, 0, CORE_RLIMIT_STACK, 0, &limit);
	size = ALIGN_UP(MAX(MIN(limit.rlim_cur, abi->stack_max), 1UL << 17), PAGE_SIZE);
	/* Nothing is ever placed below it (core/memory.c): that is its guard. */
	r = EXO_NOW(
	    mmap, STACK_TOP - size, size, CORE_PROT_READ | CORE_PROT_WRITE | stack_protection(abi),
	    CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE | CORE_MAP_FIXED_NOREPLACE,
	    -1, 0);
	if (r < 0)
		fail(126, "%s: no room for a stack of %lu bytes (error %ld)", run.opt.program, size,
		     -r);
	p->stack_low = STACK_TOP - size;
	p->stack_high = STACK_TOP;
	stack = (struct loader_stack){.sp = STACK_TOP, .limit = p->stack_low, .put = put};
	run.program.abi_version = run.verdict.abi_version;
	run.program.stack_limit = size;
	r = abi->build_stack(t, &stack, &run.program, entry);
	if (r < 0)
		fail(126,
		     "%s: its arguments and environment do not fit a stack of %lu bytes; raise "
		     "the stack limit (ulimit -s)",
		     run.opt.program, size);
}

static void describe(const struct exo_boot *boot, struct core_process *p)
{
	struct loader_program *g = &run.program;
	u64 cpus[128];
	long n = EXO_NOW(sched_getaffinity, 0, sizeof(cpus), cpus);

	g->argv = (const char *const *)run.opt.argv;
	g->envp = (const char *const *)boot->envp;
	g->execname = run.opt.program;
	g->execpath = p->exec_path;
	g->plan = &run.plan;
	g->bias = run.image.bias;
	g->has_interp = run.plan.interp[0] != '\0';
	g->interp_base = run.interp.bias;
	EXO_NOW(getrandom, g->random, sizeof(g->random), 0);
	for (long i = 0; i < n / 8; i++)
		for (u64 set = cpus[i]; set; set &= set - 1)
			g->ncpus++;
	g->uid = (u32)exo_auxv(boot, AT_UID_TYPE, 0);
	g->euid = (u32)exo_auxv(boot, AT_UID_TYPE + 1, 0);
	g->gid = (u32)exo_auxv(boot, AT_UID_TYPE + 2, 0);
	g->egid = (u32)exo_auxv(boot, AT_UID_TYPE + 3, 0);
	g->secure = exo_auxv(boot, AT_SECURE_TYPE, 0) != 0;

	p->brk_start = p->brk_now = ALIGN_UP(run.image.hi, PAGE_SIZE);
	p->brk_max = p->brk_start + BRK_ROOM;
}

/* Every personality lays argument and environment strings out one behind the other. */
static void name_process(const char *path, const struct loader_entry *e)
{
	struct loader_strings args = loader_strings(run.program.argv);
	struct loader_strings env = loader_strings(run.program.envp);
	const char *slash = strrchr(path, '/');
	u64 first;

	if (args.count && exo_load_u64(e->argv, &first) == 0)
		exo_describe(first, args.bytes, env.bytes, run.image.lo, run.image.hi);

	EXO_NOW(prctl, CORE_PR_SET_NAME, slash ? slash + 1 : path);
}

/* An option with a value that may have anything in it, after n bytes; how many there are then. */
static size_t put_option(struct loader_inherit *h, size_t n, const char *key, const char *value)
{
	char *out = h->options;
	size_t size = sizeof(h->options), at = n;

	if (!value || n >= size)
		return n;
	at += fb_format(out + at, size - at, ";%s=", key);
	for (; *value && at + 4 <= size; value++) {
		u8 c = (u8)*value;

		if (c == ';' || c == '%' || c < ' ')
			at += fb_format(out + at, size - at, "%%%02x", c);
		else
			out[at++] = (char)c;
	}
	if (*value) /* no room: better none than a part */
		at = n;
	out[MIN(at, size - 1)] = '\0';
	return at;
}

static void hand_on(const struct core_personality *abi)
{
	struct loader_inherit *h = &loader_inherit;
	size_t n;

	h->inside = exo_other_root() >= 0 && !run.opt.outside;
	h->keep_all = exo_catches_executed();
	h->keep_unknown = strcmp(abi->name, "v1") == 0;
	h->keep_linux = h->keep_all || run.opt.keep_linux ||
			(run.opt.forced && strcmp(abi->name, "linux") == 0);
	n = fb_format(h->options, sizeof(h->options), "%s;image=%d;machine=%d%s%s%s%s%s",
		      LOADER_RT_MAGIC, exo_image_fd(), exo_machine_known(),
		      abi->run ? ";edition=" : "", abi->run ? abi->name : "",
		      run.opt.missing ? ";missing=1" : "", h->keep_linux ? ";linux=1" : "",
		      h->keep_all ? ";caught=1" : "");
	n = put_option(h, n, "root", run.opt.root);
	n = put_option(h, n, "leave-code", run.opt.leave_code ? "1" : NULL);
	if (run.opt.root && is_native(abi) && n < sizeof(h->options))
		n += fb_format(h->options + n, sizeof(h->options) - n, ";host-name=1");
	if (exo_other_root() >= 0 && n < sizeof(h->options))
		n += fb_format(h->options + n, sizeof(h->options) - n,
			       run.opt.outside ? ";view=%d" : ";host=%d", exo_other_root());
	put_option(h, n, "tree", run.opt.tree);
}

static void tell_facts(const struct core_thread *t, const struct core_personality *abi)
{
	struct trace_facts *f = &rt_facts;

	if (run.opt.root) {
		f->in_process = !is_native(abi);
		f->root = f->in_process ? run.opt.root : NULL;
	} else if (!run.opt.outside) {
		f->root = run.opt.tree;
	}
	f->program = t->proc->exec_path;
	f->table = abi->table;
	f->table_len = abi->table_len;
	f->interpreted = abi->run != NULL;
	f->bias = run.image.bias;
	f->low = run.image.lo;
	f->high = run.image.hi;
	f->interp_bias = run.interp.bias;
	f->entry = t->exo.frame->rip;
	__atomic_store_n(&f->personality, abi->name, __ATOMIC_RELEASE);
}

/*
 * A program that the machine's processor does not run: its personality loads it, and runs it
 * here, on the kernel stack. It makes no calls of this machine, so none are caught.
 */
NORETURN static void run_interpreted(struct core_thread *t, const struct core_personality *abi,
				     const struct exo_boot *boot)
{
	const char *path = t->proc->exec_path, *slash = strrchr(path, '/');
	long r;

	describe(boot, t->proc);
	r = abi->load(t, &run.file.src, &run.program, &seldom.err);
	if (r < 0)
		fail(126, "%s: %s", run.opt.program, seldom.err.text);
	EXO_NOW(close, run.file.fd);
	EXO_NOW(prctl, CORE_PR_SET_NAME, slash ? slash + 1 : path);
	hand_on(abi);
	tell_facts(t, abi);
	exo_boot_end(boot);
	abi->run(t);
	exo_fatal("%s: its personality has nothing more to do", run.opt.program);
}

void rt_main(const struct exo_boot *boot)
{
	const struct core_personality *abi;
	struct loader_entry entry = {0};
	struct core_thread *t;
	int fd;

	t = (struct core_thread *)exo_start(boot);
	rt_notes_start(boot->envp);
	rt_options_parse(&run.opt, boot);
	exo_machine_told(run.opt.machine);
	exo_image_open(run.opt.image_fd);
	if (run.opt.trace_fd >= 0 && !trace_take(run.opt.trace_fd))
		exo_fatal("fbird-rt cannot use the memory to trace into; fbird and fbird-rt are of "
			  "different versions, install them together");
	if (run.opt.policy_fd >= 0 && !audit_take(run.opt.policy_fd))
		exo_fatal("fbird-rt cannot use the policy it was given; fbird and fbird-rt are of "
			  "different versions, install them together");
	if (run.opt.leave_code)
		exo_code_leave_alone();
	exo_other_root_take(run.opt.other_root);
	if (run.opt.contracts >= 0) {
		rt_facts.program = "[keeper]";
		rt_facts.personality = "illumos";
		illumos_keeper(run.opt.contracts);
	}
	if (run.opt.caught)
		exo_caught_already();
	use_view(boot, !run.opt.host_name);
	fd = resolve();
	abi = choose();
	change_roots(abi);
	if (core_debugged.fd && !abi->run) /* its debugger knows the other processor only */
		core_debugged_end();
	if (is_native(abi) && !run.opt.keep_linux) {
		long r = EXO_NOW(execve, run.opt.program, run.opt.argv, boot->envp);

		if (r == -CORE_ENOENT && exo_other_root() >= 0) /* a file of the other tree */
			r = EXO_NOW(execveat, fd, "", run.opt.argv, boot->envp, CORE_AT_EMPTY_PATH);
		fail(126, "%s: the host cannot execute it (error %ld)", run.opt.program, -r);
	}
	exo_note(ROOM_RT, NOTE_INFO, "%s runs as %s%s%s%s%s", run.opt.program, abi->name,
		 run.opt.forced ? ", as it was told" : ": ",
		 run.opt.forced ? "" : run.verdict.reason, run.opt.root ? ", in " : "",
		 run.opt.root ? run.opt.root : "");
	use_view(boot, !is_native(abi));
	if (!abi->run)
		plan_program(boot, abi);
	if (run.opt.root && is_native(abi))
		name_on_host();
	rt_classes();
	core_process_start(t);
	absolute_path(t->proc->exec_path, run.opt.program);
	t->proc->told = run.opt.told;
	t->proc->carried = run.opt.carried;
	t->proc->traced = run.opt.traced;
	core_news_executed(t);
	core_signal_inherit(t->proc, run.opt.ignored_said, run.opt.ignored);
	t->proc->abi = abi;
	core_thread_set_abi(t, abi);
	core_signal_start(t);
	core_missing_want(run.opt.missing);
	if (trace_on()) {
		core_trace_exec(t);
		core_trace_start(t);
	}
	core_memory_start(abi->mmap_base);
	if (abi->run)
		run_interpreted(t, abi, boot);
	map_program(fd, abi);
	EXO_NOW(close, fd);
	describe(boot, t->proc);
	make_stack(t, abi, &entry);
	name_process(t->proc->exec_path, &entry);
	t->exo.frame->rip = run.plan.interp[0] ? run.interp.entry : run.image.entry;
	t->exo.frame->rsp = entry.sp;
	t->exo.frame->rdi = entry.arg0;
	t->exo.frame->rflags = 0x202;
	for (size_t i = 0; i < ARRAY_LEN(abi->interrupts); i++)
		if (abi->interrupts[i].vector)
			exo_interrupt_calls(abi->interrupts[i].vector, abi->interrupts[i].base);
	if (abi->start)
		abi->start(t, t->exo.frame, &entry);
	if (run.opt.own && abi->take_over)
		abi->take_over(t, run.opt.own);
	exo_arm();
	exo_note(ROOM_EXO, NOTE_INFO, "calls are caught by %s", exo_intercept_name());
	hand_on(abi);
	tell_facts(t, abi);
	exo_boot_end(boot);
	rt_guest_begins();
	exo_resume();
}
