/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rt/rt.h: start-up and configuration of fbird-rt.
 *
 * The image is executed instead of a guest program and becomes it. Its arguments say
 * which program (rt/options.c); what the guest sees as its own comes after them.
 */
#ifndef FB_RT_RT_H
#define FB_RT_RT_H

#include "core/personality.h"
#include "exo/exo.h"
#include "trace/plate.h"

struct rt_options {
	const struct core_personality *forced; /* --personality; NULL: what the file says */
	/* What programs of here are that could be of several editions; NULL: look. */
	const struct core_personality *edition;
	bool missing;
	bool leave_code;   /* exo_code_leave_alone */
	bool traced;	   /* core_process.traced */
	bool keep_linux;   /* Linux programs go through the gateway too */
	bool caught;	   /* exo_caught_already */
	int machine;	   /* exo_machine_told */
	bool ignored_said; /* an earlier image says which signals are ignored */
	u64 ignored;
	u64 carried;		       /* core_process.carried, by an earlier image */
	int contracts;		       /* a descriptor to serve as the keeper of contracts; -1 */
	struct core_news_readers told; /* by an earlier image */
	int trace_fd;		       /* -1, or memory of trace/trace.h */
	int policy_fd;		       /* and of trace/policy.h */
	int image_fd;		       /* left by an earlier image, -1: none */
	int program_fd;		       /* the program, opened by an earlier image, -1: not so */
	int other_root;		       /* exo_other_root_take, -1: none */
	bool outside;		       /* it is the foreign one */
	const char *root;	       /* of a view made in the process; NULL: none */
	const char *tree;	       /* of a view that is there, for those who ask; NULL: none */
	bool host_name;		       /* the program's name is the host's, not the view's */
	bool by_kernel;		       /* no fbird: the machine took us for the interpreter */
	const char *own;	       /* core_personality.hand_on of an earlier image, or NULL */
	const char *program;
	char **argv; /* the guest's, argv[0] first */
};

/* Reads boot's arguments; ends the process with a sentence when they are not for us. */
void rt_options_parse(struct rt_options *o, const struct exo_boot *boot);

const struct core_personality *rt_personality(const char *name);

/* A script's vector: interpreter, its argument if any, the script, argv from 1 on. */
char **rt_argv_prepend(char **argv, const char *interp, const char *arg, const char *script);
/* `fbird run` with that vector, for the program it names. */
char **rt_argv_tool(char **argv, const char *tool, const char *program);
/* A copy that stays. */
const char *rt_keep_string(const char *s);

/* Gives the personalities their classes (include/feuerbird/abi.h). */
void rt_classes(void);

/* What the plate leads to (trace/plate.h), and what is called when the guest is about to begin. */
extern struct trace_facts rt_facts;
void rt_guest_begins(void);

void rt_main(const struct exo_boot *boot) NORETURN;

/* What FBIRD_LOG asks for is told from here on; what makes no sense in it is told, too. */
void rt_notes_start(char **envp);

#endif
