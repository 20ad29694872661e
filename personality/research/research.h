/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/research.h: the UNIX systems of the PDP-11, First Edition to System III
 * and 2.11BSD.
 *
 * A program of theirs is run by cpu/pdp11 on the thread's kernel stack (run.c); whatever that
 * stops for is a call, a signal or more stack. The systems are relatives: a table for each
 * (v1.def ... bsd211.def) says which calls it has and where their arguments are, a struct
 * research_version what else sets it apart, and the handlers are shared where what they do is
 * the same. An address of the guest is 16 bits; a handler gets it as an address of this
 * process, and the end of the guest's space is the end of what is mapped.
 *
 * Facts: the kernels themselves, usr/sys of the Seventh Edition and 2.11BSD, sys of the Sixth,
 * usr/src/uts/pdp11 of System III, u1.s to u9.s of the First Edition; and sections 2 and 5 of
 * their manuals.
 */
#ifndef FB_PERSONALITY_RESEARCH_RESEARCH_H
#define FB_PERSONALITY_RESEARCH_RESEARCH_H

#include "core/abi.h"
#include "core/guest.h"
#include "core/personality.h"
#include "cpu/pdp11/pdp11.h"
#include "personality/research/word.h"

/* Where the guest's spaces lie; pages around them are never mapped. */
#define RESEARCH_TEXT	0x10000000UL /* instructions, and data where they are not apart */
#define RESEARCH_DATA	0x10020000UL
#define RESEARCH_VECTOR 0x10040000UL /* argument vectors on their way to the machine's exec */

#define RESEARCH_NSIG  32
#define RESEARCH_CLICK 64 /* bytes the systems count memory in */
#define RESEARCH_PATH  1024

/* How a row's words come: from registers first, then behind the call or from the stack. */
struct research_shape {
	u8 words;   /* of arguments in all */
	u8 regs;    /* of them in r0 and r1 */
	bool keeps; /* success leaves r0 as it was */
};

struct research_user_layout;

struct research_version {
	const struct research_shape *shape;
	const struct research_signal *signals;
	const struct research_user_layout *user; /* the user structure; NULL: the First Edition's */
	u16 number_mask;			 /* of a TRAP instruction */
	u8 nofile;				 /* open files of a process */
	u8 name_max;				 /* of a directory's entry */
	u16 args_max;				 /* bytes of arguments and environment */
	u16 stack_clicks;   /* a new program's stack beside its arguments, and what it grows by */
	u16 stack_top;	    /* 0: the space's end */
	bool environment;   /* exec hands one on */
	bool minus_one;	    /* ends argv */
	bool stack_args;    /* arguments of calls are on the stack */
	bool bytes_for_ids; /* users and groups are numbers of 8 bits */
	bool old_stat;	    /* the Sixth Edition's and before */
	bool old_modes;	    /* terminals' flags before the Seventh Edition, kept by System III */
	bool first;	    /* the First and Second Edition: their stat, time and signals */
	bool no_errno;	    /* a failed call says so by the carry bit and no more */
	bool sigsys;	    /* an unknown call is SIGSYS, not EINVAL */
	bool jobs;	    /* 2.9BSD: local calls, arguments on the stack, job control */
	bool usg;	    /* System III: FIFOs, its ptrace and its modes of terminals */
	bool bsd;	    /* 2.11BSD: its stat, directories and modes of terminals */
	u8 root_ino;	    /* of every root directory */
	u8 nsig;
};

/* The one guest of this process. */
struct research {
	struct pdp11 cpu;
	enum pdp11_stop (*engine)(struct pdp11 *cpu);
	const struct research_version *version;
	/* Sizes in clicks, as the systems keep them: what they would refuse is refused by these. */
	u32 text, data, stack;
	u32 overlay; /* room for one, behind the text */
	u16 data_addr;
	bool split;
	/* The running call. */
	u16 call_pc; /* right behind the instruction */
	u16 skip;    /* to what follows its arguments */
	u16 r1;	     /* a second result */
	bool pair;
	char **env;   /* of a system whose exec hands none on: its host children's */
	u16 sigtramp; /* 2.11BSD: where a signal's handler is called from */
	bool has_altstack, on_altstack;
	bool used_ids; /* 2.11BSD: it has set a user or group; no exec ago */
	u16 altstack, altstack_size;
	u16 current_overlay, overlay_base; /* the base: its segment, 0: there are none */
	u8 header[16];			   /* of the program's file */
	u8 undisturbed;			   /* instructions to come before signals */
	bool debugged;			   /* by core_debugged */
	u16 ac, mq; /* First Edition: the arithmetic element, which calls use as registers */
};
extern struct research research;

/* ---- results -------------------------------------------------------------------------- */

static inline long research_pair(u16 r0, u16 r1)
{
	research.r1 = r1;
	research.pair = true;
	return r0;
}

static inline long research_long(u32 v)
{
	return research_pair((u16)(v >> 16), (u16)v);
}

/* ---- memory.c ------------------------------------------------------------------------- */

static inline guest_ptr research_at(u16 addr)
{
	return gp((u64)research.cpu.data + addr);
}

static inline u16 research_addr(guest_ptr p)
{
	return (u16)(p.addr - (u64)research.cpu.data);
}

struct loader_aout;
/* Makes the spaces for a program; the stack is args bytes larger. -CORE_ENOMEM. Pure text can
 * be written until research_memory_seal, everything else from then on. */
long research_memory_start(const struct loader_aout *a, u32 args);
void research_memory_seal(void);
/* Makes the stack reach sp, if that is below it and there is room. */
bool research_grow(u16 sp);
/* break: data ends at addr. */
long research_set_break(u16 addr);

/* First Edition: does the stopped instruction use the arithmetic element? It is done then. */
bool research_ke11(void);

struct loader_source;
/* n bytes of a program's file, all of them. */
long research_read_file(const struct loader_source *file, u32 off, u8 *to, u32 n);
/* First and Second Edition (first.c): the RTS that an EMT nobody catches is, false: it is none. */
bool research_first_emt(struct core_thread *t);

/* Overlays of text (overlay.c); the switch that an EMT asks for, false: it is none. */
long research_overlays_load(const struct loader_source *file, const struct loader_aout *a);
bool research_overlay_switch(void);
bool research_overlay_select(u32 n);

/* -1 for a word that is not there, as the kernels' fuword; from the instructions' space. */
i32 research_fetch_text(u16 addr);
i32 research_fetch(u16 addr);
long research_store(u16 addr, u16 value);

/* ---- engine.c -------------------------------------------------------------------------- */

/* Chooses what runs the program. Its spaces are made, their pages as they will be first. */
void research_engine_start(const char *const *envp);
/* A call wrote into the data space what might be instructions. */
void research_engine_wrote(u16 addr, u32 len);
/* Somebody changed instructions. */
void research_engine_text_changed(void);
/* Overlay n is in the text from addr on now. */
void research_engine_overlay(u16 addr, u32 len, u32 n);

/* ---- trace.c --------------------------------------------------------------------------- */

/* Before the program's first instruction, and in a child after fork, which nobody traces. */
void research_trace_start(struct core_thread *t);
void research_trace_forked(struct core_thread *t);
/* Stops where the process is traced; as core_personality.signal_comes. */
bool research_trace_stop(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si);
/* The number of the signal that a traced child of the host's number pid stopped by, or 0. */
u16 research_trace_signal(i32 pid);

/* Of a call's arguments, at most. */
#define RESEARCH_CALL_WORDS 8

/* ---- debug.c --------------------------------------------------------------------------- */

/* Before the program's first instruction. */
void research_debug_start(struct core_thread *t);
/* Somebody asked something from outside; it may be a debugger, who is there then. */
void research_debug_asked(struct core_thread *t);
/* In a child after fork, and in its parent. */
void research_debug_forked(struct core_thread *t);
void research_debug_parent(struct core_thread *t);
/* Runs the program as research.engine does. */
enum pdp11_stop research_debug_run(struct core_thread *t);
/* A call is about to be served, and has been. */
void research_debug_call(struct core_thread *t, u32 number, const u64 *words);
void research_debug_called(struct core_thread *t, u32 number);
/* As core_personality.signal_comes. */
bool research_debug_signal(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si);

/* ---- user.c, dump.c --------------------------------------------------------------------- */

extern u8 research_user[]; /* the user structure, as it was when somebody looked */
u32 research_user_size(void);
/* Made of the processor's state and a frame of core's, which is then also the processor's. */
void research_user_put(struct core_thread *t, const struct exo_frame *f);
void research_user_signal(u16 number); /* that is the process's end */
/* The registers as they are there now. */
void research_user_take(void);
/* May ptrace write this word? The value may become another. */
bool research_user_writable(u32 addr, u16 *value);
extern const struct research_user_layout research_user_v5, research_user_v6, research_user_v7,
    research_user_pwb, research_user_usg, research_user_bsd29, research_user_bsd211;

/* A signal ends the process: leaves a core file where it should; as core_personality.dies. */
void research_dies(struct core_thread *t, struct exo_frame *f, int sig);
/* Did the child of the host's number pid, which has ended, leave one? */
bool research_dumped(i32 pid);
/* Those of the signals that leave one which end a process without the runtime. */
#define RESEARCH_DUMPS                                                                             \
	(CORE_SIGBIT(CORE_SIGQUIT) | CORE_SIGBIT(CORE_SIGABRT) | CORE_SIGBIT(CORE_SIGSTKFLT))

/* ---- profil.c -------------------------------------------------------------------------- */

void research_profil_forked(void);
/* fbird prof wants to know where the program is. */
void research_sample_start(void);
/* Is the signal a tick of profil's? */
bool research_profil_tick(const struct core_siginfo *si, u16 pc);

/* ---- run.c, load.c, signal.c ---------------------------------------------------------- */

struct loader_source;
struct loader_error;
void research_run(struct core_thread *t);
long research_load(struct core_thread *t, const struct loader_source *file,
		   const struct loader_program *p, struct loader_error *err);
bool research_signal_comes(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si);
long research_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			   const struct core_siginfo *si, const struct exo_event *ev, u64 mask);
long research_bsd_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			const struct core_siginfo *si, const struct exo_event *ev, u64 mask);
long research_missing(struct core_thread *t, u64 nr);

struct research_signal {
	u8 number, core;
	bool dumps; /* by default */
};
/* 0 when there is none of that number. */
int research_signal_to_core(u32 number);
u32 research_signal_from_core(int sig);
struct core_rusage;
/* wait4 for a child of the host's number who, with the status as wait has it. Who is traced is
 * told of when it stops, others if they are wanted (CORE_WUNTRACED). */
long research_wait_for(struct core_thread *t, i32 who, u16 *status, u32 options,
		       struct core_rusage *ru);
/* A status of wait4 as wait has it. */
u16 research_status(int status);
void research_raise(struct core_thread *t, u32 number);

extern const i16 research_errno[256], research_errno_bsd29[256], research_errno_bsd[256];
extern const struct research_signal research_signals_v7[], research_signals_usg[],
    research_signals_bsd[];

/* ---- ids.c: numbers that are too large --------------------------------------------------- */

u16 research_ino(u64 dev, u64 ino);
u16 research_dev(u64 dev);
/* Whose number of research_dev dev is; false: nobody's. */
bool research_dev_back(u16 dev, u64 *host);
u16 research_rdev(u64 dev);
u16 research_uid(u32 id);
u32 research_uid_back(u16 id, u32 own);
u16 research_pid(i32 pid);
i32 research_pid_back(u16 pid);
void research_pid_new(i32 pid); /* of a child */

/* ---- path.c, dir.c, stat.c ------------------------------------------------------------------ */

/* What a path is for: a name that need not be there, or a file. */
enum research_look { RESEARCH_FILE, RESEARCH_NAME };
/* The name for the machine; 0 or -CORE_E. out: RESEARCH_PATH bytes. */
long research_path(guest_ptr p, enum research_look look, char *out);
/* The name a directory's entry has in a directory of the guest's: name_max bytes, padded. */
void research_entry_name(const char *name, char *out);
/* Does a short name stand for this long one? */
bool research_stands_for(const char *entry, const char *name);

/* A read of a directory: from now on fd reads as the system's directories do. */
long research_dir_open(int fd);

#endif
