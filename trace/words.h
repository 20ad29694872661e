/* SPDX-License-Identifier: BSD-2-Clause */
/* trace/words.h: the words of trace/words.def as numbers, and what is taken along for each. */
#ifndef FB_TRACE_WORDS_H
#define FB_TRACE_WORDS_H

#include "lib/base.h"

enum trace_take {
	TRACE_VALUE,
	TRACE_STRING,
	TRACE_IN,
	TRACE_OUT,
	TRACE_STRUCT_IN,
	TRACE_STRUCT_OUT,
	TRACE_STRUCT_IO,
	TRACE_ARRAY_IN,
	TRACE_ARRAY_OUT,
	TRACE_ARRAY_IO,
	TRACE_VECTOR,
	TRACE_IOVEC,
	TRACE_ENTRIES,
	TRACE_MESSAGE,
	TRACE_MESSAGE_OUT,
	TRACE_MESSAGES,
	TRACE_MESSAGES_OUT,
	TRACE_OUT_LONG,
	TRACE_POINTED,
};

enum trace_word {
	WORD_NONE,
#define WORD(name, type, take, size) WORD_##name,
#include "trace/words.def"
#undef WORD
	WORD_COUNT
};

struct trace_taken {
	u8 take;
	u16 size;
};

extern const struct trace_taken trace_taken[WORD_COUNT];

#endif
