/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/trace_take.c: strings, buffers and structures of a call's arguments, by the words of its
 * row.
 *
 * Guest memory is read with copies that survive a fault; what cannot be read is left out, and the
 * reader shows the address. A record has an end: what comes last is left out first.
 */
#include "core/trace_take.h"
#include "exo/exo.h"
#include "lib/mem.h"
#include "trace/words.h"

#define PATH_MOST     1024
#define ELEMENTS_MOST 32
#define STRINGS_MOST  32
#define VECTOR_MOST   65536
#define PIECES_MOST   8 /* of an iovec whose bytes are taken */
#define ENTRIES_MOST  65536
#define MESSAGES_MOST 8
#define NAME_MOST     128 /* bytes of a message's address, */
#define CONTROL_MOST  512 /* and of its control data */

struct taking {
	struct trace_record *r;
	u32 used;
	u32 string_max;
	u64 space; /* struct trace_call */
	u8 arg;
	bool after;
};

#define SPACE_SIZE 65536u /* of a PDP-11 */

/* Where `size` bytes of the argument go; NULL when the record is full. */
static struct trace_data *begin_data(struct taking *t, u64 size, u64 whole)
{
	struct trace_data *d = (struct trace_data *)((u8 *)t->r + t->used);

	if (t->used + sizeof(*d) + size + 8 > TRACE_RECORD)
		return NULL;
	d->arg = t->arg;
	d->after = t->after;
	d->whole = (u32)MIN(whole, (u64)UINT32_MAX);
	return d;
}

static void end_data(struct taking *t, struct trace_data *d, u64 size)
{
	d->size = (u16)size;
	t->used += (u32)(sizeof(*d) + ALIGN_UP(size, (u64)8));
}

static bool is_guests(u64 addr, u64 size)
{
	return addr >= EXO_GUEST_LOW && addr < EXO_GUEST_HIGH && size <= EXO_GUEST_HIGH - addr;
}

/* size of `whole` bytes at addr, or as many as can be read. */
static void take_memory(struct taking *t, u64 addr, u64 size, u64 whole)
{
	struct trace_data *d;

	if (t->space)
		size = MIN(size, SPACE_SIZE - (addr - t->space) % SPACE_SIZE);
	if (!is_guests(addr, size))
		return;
	d = begin_data(t, size, whole);
	if (!d)
		return;
	size -= exo_copy(d->bytes, (const void *)addr, size);
	if (size)
		end_data(t, d, size);
}

static void take_string(struct taking *t, u64 addr, u64 most)
{
	long n;

	if (!is_guests(addr, 1))
		return;
	n = exo_strnlen((const char *)addr, MIN(most, EXO_GUEST_HIGH - addr));
	if (n < 0)
		return;
	if (n == 0) {
		struct trace_data *d = begin_data(t, 0, 0);

		if (d)
			end_data(t, d, 0);
		return;
	}
	/* whole: one more than there is room for says that it went on */
	take_memory(t, addr, (u64)n, (u64)n + ((u64)n == most));
}

/* How many bytes an address or a length in the guest's memory has. */
static u32 word_size(const struct taking *t)
{
	return t->space ? 2 : 8;
}

static bool load_word(const struct taking *t, u64 addr, u64 *word)
{
	*word = 0;
	return is_guests(addr, 8) && !exo_copy(word, (const void *)addr, word_size(t));
}

/* Addresses of a PDP-11 are shorter than the machine's: false for one that is none. */
static bool load_address(const struct taking *t, u64 addr, u64 *at)
{
	if (!load_word(t, addr, at) || !*at || (t->space && *at == SPACE_SIZE - 1))
		return false;
	*at += t->space;
	return true;
}

/* The strings of a vector, then how many there are: data of no bytes. */
static void take_vector(struct taking *t, u64 addr, bool strings)
{
	struct trace_data *d;
	u64 n = 0, word;

	for (; n < VECTOR_MOST; n++) {
		if (!load_address(t, addr + n * word_size(t), &word))
			break;
		if (strings && n < STRINGS_MOST)
			take_string(t, word, t->string_max);
	}
	d = begin_data(t, 0, n);
	if (d)
		end_data(t, d, 0);
}

static void take_iovec(struct taking *t, u64 addr, u64 n)
{
	u64 left = t->after ? (u64)t->r->result : UINT64_MAX, base, len;
	u32 word = word_size(t);

	for (u64 i = 0; i < MIN(n, (u64)PIECES_MOST) && left; i++, addr += 2 * word) {
		if (!load_word(t, addr, &base) || !load_word(t, addr + word, &len))
			return;
		len = MIN(len, left);
		take_memory(t, base + t->space, MIN(len, (u64)t->string_max), len);
		left -= len;
	}
}

static void take_array(struct taking *t, u64 addr, u64 size, u64 n)
{
	if (n && n < UINT32_MAX)
		take_memory(t, addr, size * MIN(n, (u64)ELEMENTS_MOST), n);
}

/* Each entry says how long it is, at an offset; data of no bytes say how many there were. */
static void count_entries(struct taking *t, u64 addr, u64 offset)
{
	u64 left = (u64)t->r->result, n = 0;
	struct trace_data *d = begin_data(t, 0, 0);
	u16 length = 0;

	if (!d || !is_guests(addr, left))
		return;
	for (; left > offset + sizeof(length) && n < ENTRIES_MOST; n++) {
		if (exo_copy(&length, (const void *)(addr + offset), sizeof(length)) || !length ||
		    length > left)
			break;
		addr += length;
		left -= length;
	}
	d->whole = (u32)n;
	end_data(t, d, 0);
}

/* Size bytes, and when there are none that can be read, data without any: what follows has its
 * place by its number. */
static void take_part(struct taking *t, u64 addr, u64 size, u64 whole)
{
	u32 used = t->used;
	struct trace_data *d;

	if (addr && size)
		take_memory(t, addr, size, whole);
	d = t->used == used ? begin_data(t, 0, whole) : NULL;
	if (d)
		end_data(t, d, 0);
}

/* What all 64-bit systems' heads have at the same place, read as the shorter ones have it. */
struct message_head {
	u64 name;
	u32 name_size, pad0;
	u64 pieces;
	u32 count, pad1;
	u64 control;
	u32 control_size, pad2;
};

/* moved: bytes of it that were sent or received. */
static void take_message(struct taking *t, u64 addr, u64 size, u64 moved)
{
	struct message_head m = {0};
	u64 piece[2], most;

	if (is_guests(addr, sizeof(m)) && exo_copy(&m, (const void *)addr, sizeof(m)))
		return;
	take_part(t, addr, size, size);
	take_part(t, m.name, MIN(m.name_size, (u32)NAME_MOST), m.name_size);
	take_part(t, m.pieces, 16ul * MIN(m.count, (u32)ELEMENTS_MOST), m.count);
	take_part(t, m.control, MIN(m.control_size, (u32)CONTROL_MOST), m.control_size);
	for (u32 i = 0; i < MIN(m.count, (u32)PIECES_MOST); i++) {
		u64 at = m.pieces + 16ul * i;

		if (!is_guests(at, 16) || exo_copy(piece, (const void *)at, 16))
			piece[0] = piece[1] = 0;
		most = MIN(piece[1], moved);
		take_part(t, piece[0], MIN(most, (u64)t->string_max), most);
		moved -= most;
	}
}

static void take_messages(struct taking *t, u64 addr, u64 size, u64 n)
{
	for (u64 i = 0; i < MIN(n, (u64)MESSAGES_MOST); i++, addr += size) {
		u32 moved = UINT32_MAX;

		/* What was moved stands behind the head. */
		if (t->after && is_guests(addr, size) &&
		    exo_copy(&moved, (const void *)(addr + size - 8), sizeof(moved)))
			return;
		take_message(t, addr, size, moved);
	}
}

/* A pointer at addr, and size bytes where it points. */
static void take_pointed(struct taking *t, u64 addr, u64 size)
{
	u64 at;

	if (load_word(t, addr, &at) && at)
		take_memory(t, at, size, size);
}

/* As many bytes as the word at `length` says. */
static void take_counted(struct taking *t, u64 addr, u64 length)
{
	u64 n;

	if (length && load_word(t, length, &n))
		take_memory(t, addr, MIN(n, (u64)t->string_max), n);
}

static void take(struct taking *t, const u8 *words)
{
	const struct trace_record *r = t->r;
	u32 i = t->arg;
	u8 word = words[i] < WORD_COUNT ? words[i] : 0, next;
	u64 addr = r->args[i], n;
	u16 size = trace_taken[word].size;

	/* There is memory at a PDP-11's address 0, but no structure. */
	if (t->space && addr == t->space && trace_taken[word].take >= TRACE_STRUCT_IN)
		return;
	if (t->space && trace_taken[word].take == TRACE_IOVEC)
		size = 4;
	if (t->space && word == WORD_MIB)
		size = 2;
	next = i + 1 < r->nargs && i + 1 < TRACE_ARGS ? words[i + 1] : WORD_NONE;
	n = next ? r->args[i + 1] : 0;
	if (next == WORD_INT || next == WORD_UINT)
		n = (u32)n;
	switch (trace_taken[word].take) {
	case TRACE_STRING:
		if (!t->after)
			take_string(t, addr, PATH_MOST);
		return;
	case TRACE_IN:
		if (!t->after && (next == WORD_SIZE || next == WORD_UINT))
			take_memory(t, addr, MIN(n, (u64)t->string_max), n);
		return;
	case TRACE_OUT:
		if (!t->after || (next != WORD_SIZE && next != WORD_UINT))
			return;
		/* A string that is written says itself how long it is. */
		if (word == WORD_OUTSTR) {
			take_string(t, addr, MIN(n, (u64)PATH_MOST));
			return;
		}
		n = MIN(n, (u64)r->result);
		take_memory(t, addr, MIN(n, (u64)t->string_max), n);
		return;
	case TRACE_STRUCT_IN:
	case TRACE_STRUCT_OUT:
	case TRACE_STRUCT_IO:
		if (trace_taken[word].take == TRACE_STRUCT_IO ||
		    t->after == (trace_taken[word].take == TRACE_STRUCT_OUT))
			take_memory(t, addr, size, size);
		return;
	case TRACE_ARRAY_IN:
		if (!t->after)
			take_array(t, addr, size, n);
		return;
	case TRACE_ARRAY_OUT:
		if (t->after)
			take_array(t, addr, size, (u64)r->result);
		return;
	case TRACE_ARRAY_IO:
		take_array(t, addr, size, n);
		return;
	case TRACE_VECTOR:
		if (!t->after)
			take_vector(t, addr, word == WORD_ARGV);
		return;
	case TRACE_ENTRIES:
		if (t->after)
			count_entries(t, addr, size);
		return;
	case TRACE_MESSAGE:
	case TRACE_MESSAGE_OUT:
		if (t->after == (trace_taken[word].take == TRACE_MESSAGE_OUT))
			take_message(t, addr, size, t->after ? (u64)r->result : UINT64_MAX);
		return;
	case TRACE_MESSAGES:
		if (!t->after)
			take_messages(t, addr, size, n);
		else /* how much of each was sent */
			take_memory(t, addr, size * MIN((u64)r->result, (u64)MESSAGES_MOST),
				    (u64)r->result);
		return;
	case TRACE_MESSAGES_OUT:
		if (t->after)
			take_messages(t, addr, size, (u64)r->result);
		return;
	case TRACE_OUT_LONG:
		if (t->after && i + 1 < r->nargs)
			take_counted(t, addr, r->args[i + 1]);
		return;
	case TRACE_POINTED:
		if (!t->after)
			take_pointed(t, addr, size);
		return;
	case TRACE_IOVEC:
		if (word == WORD_IOVEC_OUT ? t->after : !t->after) {
			take_array(t, addr, size, n);
			take_iovec(t, addr, n);
		}
		return;
	default:
		return;
	}
}

static u32 take_all(struct trace_record *r, u32 used, const struct trace_call *c, u32 string_max,
		    bool after)
{
	const u8 *words = c->words;
	struct taking t = {
	    .r = r, .used = used, .string_max = string_max, .space = c->space, .after = after};

	for (u32 i = 0; i < r->nargs && i < TRACE_ARGS; i++) {
		if (trace_taken[words[i] < WORD_COUNT ? words[i] : 0].take == TRACE_VALUE)
			continue;
		t.arg = (u8)i;
		take(&t, words);
	}
	return t.used;
}

u32 trace_take_before(struct trace_record *r, u32 used, const struct trace_call *c, u32 string_max)
{
	return take_all(r, used, c, string_max, false);
}

u32 trace_take_after(struct trace_record *r, u32 used, const struct trace_call *c, u32 string_max)
{
	return take_all(r, used, c, string_max, true);
}

u32 trace_take_bytes(struct trace_record *r, u32 used, const void *bytes, u32 size)
{
	struct taking t = {.r = r, .used = used};
	struct trace_data *d = begin_data(&t, size, size);

	if (!d)
		return used;
	memcpy(d->bytes, bytes, size);
	end_data(&t, d, size);
	return t.used;
}
