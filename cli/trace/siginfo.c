/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/siginfo.c: what is known of a signal, as strace shows it. Records carry the neutral
 * siginfo (core/abi_signal.h); numbers of si_code: asm-generic/siginfo.h.
 */
#include "cli/trace/value.h"
#include "core/abi.h"

/* si_code of who sent it, by neutral number; then of some signals, from 1 on
 * (asm-generic/siginfo.h). */
static const struct flag senders[] = {
    {0, "SI_USER"},	   {0x80, "SI_KERNEL"},	    {(u64)-1, "SI_QUEUE"}, {(u64)-2, "SI_TIMER"},
    {(u64)-3, "SI_MESGQ"}, {(u64)-4, "SI_ASYNCIO"}, {(u64)-5, "SI_SIGIO"}, {(u64)-6, "SI_TKILL"},
};
static const struct {
	int signal;
	const char *codes[9];
} reasons[] = {
    {CORE_SIGCHLD,
     {"CLD_EXITED", "CLD_KILLED", "CLD_DUMPED", "CLD_TRAPPED", "CLD_STOPPED", "CLD_CONTINUED"}},
    {CORE_SIGSEGV, {"SEGV_MAPERR", "SEGV_ACCERR"}},
    {CORE_SIGBUS, {"BUS_ADRALN", "BUS_ADRERR", "BUS_OBJERR"}},
    {CORE_SIGFPE,
     {"FPE_INTDIV", "FPE_INTOVF", "FPE_FLTDIV", "FPE_FLTOVF", "FPE_FLTUND", "FPE_FLTRES",
      "FPE_FLTINV", "FPE_FLTSUB"}},
    {CORE_SIGILL,
     {"ILL_ILLOPC", "ILL_ILLOPN", "ILL_ILLADR", "ILL_ILLTRP", "ILL_PRVOPC", "ILL_PRVREG",
      "ILL_COPROC", "ILL_BADSTK"}},
    {CORE_SIGTRAP, {"TRAP_BRKPT", "TRAP_TRACE"}},
};

static void show_code(struct text *t, int signal, i32 code)
{
	for (size_t i = 0; i < ARRAY_LEN(reasons) && code > 0 && code <= 9; i++)
		if (reasons[i].signal == signal && reasons[i].codes[code - 1] != NULL) {
			text_str(t, reasons[i].codes[code - 1]);
			return;
		}
	value_name(t, senders, ARRAY_LEN(senders), code);
}

/* The neutral siginfo: core/abi_signal.h. */
void value_siginfo(struct text *t, const struct event *e, const void *si, const char *name)
{
	i32 code = (i32)value_u32(si, 8), signal = (i32)value_u32(si, 0);
	bool child = signal == CORE_SIGCHLD && code > 0;

	text_str(t, "{si_signo=");
	text_str(t, name != NULL ? name : "?");
	text_str(t, ", si_code=");
	show_code(t, signal, code);
	if (code <= 0 || child) {
		text_str(t, ", si_pid=");
		text_udec(t, value_u32(si, 16));
		text_str(t, ", si_uid=");
		text_udec(t, value_u32(si, 20));
		if (child) {
			text_str(t, ", si_status=");
			text_dec(t, (i32)value_u32(si, 24));
			text_str(t, ", si_utime=");
			text_dec(t, (i64)value_u64(si, 32));
			text_str(t, ", si_stime=");
			text_dec(t, (i64)value_u64(si, 40));
		}
	} else if (code != 0x80) {
		text_str(t, ", si_addr=");
		value_address(t, e, value_u64(si, 16));
	}
	text_char(t, '}');
}
