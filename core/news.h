/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/news.h: what one guest process tells others about itself: that it forked, that it
 * executes another program, that it was born. core/news.c has the essay.
 */
#ifndef FB_CORE_NEWS_H
#define FB_CORE_NEWS_H

#include "core/thread.h"

enum core_news_kind { CORE_NEWS_FORK, CORE_NEWS_EXEC, CORE_NEWS_BORN };

struct core_news {
	u32 kind;
	i32 pid;   /* who it is about, and from */
	i32 other; /* FORK: the child; BORN: the parent */
	int pidfd; /* BORN: a descriptor of the newcomer, the receiver's to close; -1: none */
};

/* ---- the readers' side ---- */

/* An address to be told at: a listening, non-blocking descriptor; *reader names it. */
long core_news_listen(u32 *reader);
/* A descriptor to hold subscriptions with; they end with it. */
long core_news_holder(void);
/* Wants the news of a process, and when track is set those of its descendants from their
 * births on. -CORE_EACCES: it is no guest. */
long core_news_subscribe(int holder, i32 pid, u32 reader, bool track);
void core_news_unsubscribe(int holder, i32 pid, u32 reader, bool track);
/* The next piece: 1, or 0 when there is none. */
long core_news_next(int listener, struct core_news *out);

/* ---- the tellers' side ---- */

/* Who is to be told of t's process, in order to be told after it happened. */
void core_news_readers(const struct core_thread *t, struct core_news_readers *set);
/* The parent's words after a fork, and the child's; readers as they were before it. */
void core_news_forked(const struct core_news_readers *set, i32 pid, i32 child);
void core_news_born(struct core_thread *t, const struct core_news_readers *set, i32 parent);
/* The process is another program now. */
void core_news_executed(struct core_thread *t);
/* What the next program must know: ";told=..." for its options, and back again. */
#define CORE_NEWS_TEXT (CORE_NEWS_READERS * 16 + 1)
void core_news_to_text(const struct core_thread *t, char text[CORE_NEWS_TEXT]);
void core_news_told(struct core_news_readers *set, u64 reader);

#endif
