/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/message.c: what sendmsg(2) and its like point at: name, pieces, control data. The taker
 * lays down five parts and more for each, in a fixed order (trace/words.def, MESSAGE). Layouts:
 * socket(3HEAD) of illumos and sys/socket.h of FreeBSD, where control data are counted in 32 bits;
 * Linux has 64.
 */
#include "cli/trace/message.h"

#include "cli/trace/fds.h"
#include "personality/illumos/abi_socket.h"

#define PIECES_MOST 8 /* core/trace_take.c */

struct head {
	u64 name, pieces, control, control_size;
	u32 name_size, count, flags;
};

static bool read_head(struct head *h, struct shown_data d, bool wide)
{
	if (d.n < (wide ? 56u : 48u))
		return false;
	*h = (struct head){
	    .name = value_u64(d.p, 0),
	    .name_size = value_u32(d.p, 8),
	    .pieces = value_u64(d.p, 16),
	    .count = value_u32(d.p, 24),
	    .control = value_u64(d.p, 32),
	    .control_size = wide ? value_u64(d.p, 40) : value_u32(d.p, 40),
	    .flags = value_u32(d.p, wide ? 48 : 44),
	};
	return true;
}

static void show_pieces(struct text *t, const struct event *e, u32 i, bool after, u32 first,
			const struct head *h)
{
	struct shown_data d = event_data(e, i, after, first + 2);

	if (d.n == 0) {
		value_address(t, e, h->pieces);
		return;
	}
	text_char(t, '[');
	for (u32 k = 0; k < d.n / 16; k++) {
		struct shown_data bytes = {0};

		if (k < PIECES_MOST)
			bytes = event_data(e, i, after, first + 4 + k);
		text_str(t, k != 0 ? ", {iov_base=" : "{iov_base=");
		if (bytes.p != NULL && (bytes.n != 0 || bytes.whole == 0))
			value_bytes(t, bytes);
		else
			value_address(t, e, value_u64(d.p, k * 16));
		text_str(t, ", iov_len=");
		text_udec(t, value_u64(d.p, k * 16 + 8));
		text_char(t, '}');
	}
	if (d.whole > d.n / 16)
		text_str(t, ", ...");
	text_char(t, ']');
}

/* [{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[3]}]; a header is as long
 * as a size and two ints, rounded up, and so is what is from one to the next, to `align`. */
static void show_control(struct text *t, const struct event *e, const struct posix *p,
			 struct shown_data d, bool wide)
{
	u32 header = wide ? 16 : 12, align = p->cmsg_align;

	text_char(t, '[');
	for (u32 at = 0; d.n - at >= header;) {
		u64 length = wide ? value_u64(d.p, at) : value_u32(d.p, at);
		u32 level = value_u32(d.p, at + header - 8), type = value_u32(d.p, at + header - 4);
		u32 data = ALIGN_UP(header, align);

		if (length < header || length > d.n - at)
			break;
		text_str(t, at != 0 ? ", {cmsg_len=" : "{cmsg_len=");
		text_udec(t, length);
		text_str(t, ", cmsg_level=");
		posix_level(t, p, (i32)level);
		text_str(t, ", cmsg_type=");
		if ((i32)level == p->sol_socket)
			posix_name(t, p, LIST_SCM, type);
		else
			text_hex(t, type);
		if ((i32)level == p->sol_socket && type == p->scm_rights) {
			text_str(t, ", cmsg_data=[");
			for (u32 k = data; k + 4 <= length; k += 4) {
				if (k != data)
					text_str(t, ", ");
				value_fd(t, e, (i32)value_u32(d.p, at + k));
			}
			text_char(t, ']');
		} else if (length > data) {
			text_str(t, ", cmsg_data=");
			text_quoted(t, d.p + at + data, (u32)length - data);
		}
		text_char(t, '}');
		if (ALIGN_UP(length, align) >= d.n - at)
			break;
		at += (u32)ALIGN_UP(length, align);
	}
	text_char(t, ']');
}

/* illumos has had another head, which ends with descriptors, and a flag says that it is not that
 * (socket(3HEAD), sys/socket.h). */
static bool is_old(const struct event *e)
{
	return e->abi->names == NAMES_ILLUMOS && e->r->nargs > 2 &&
	       !(e->r->args[2] & ILLUMOS_MSG_XPG4_2);
}

static void show_rights(struct text *t, const struct event *e, struct shown_data d, u32 size)
{
	if (d.n != 0) {
		text_str(t, ", msg_accrights=[");
		for (u32 k = 0; k + 4 <= d.n; k += 4) {
			if (k != 0)
				text_str(t, ", ");
			value_fd(t, e, (i32)value_u32(d.p, k));
		}
		text_char(t, ']');
	}
	text_str(t, ", msg_accrightslen=");
	text_udec(t, size);
	text_char(t, '}');
}

/* A message whose parts begin with number first; how many parts it had, 0: it cannot be shown. */
static u32 show_message(struct text *t, const struct event *e, u32 i, bool after, u32 first,
			const struct posix *p, const struct shown_data *given)
{
	struct shown_data d = given != NULL ? *given : event_data(e, i, after, first), part;
	bool wide = p->wide_control;
	struct head h;

	if (!read_head(&h, d, wide))
		return 0;
	part = event_data(e, i, after, first + 1);
	text_str(t, "{msg_name=");
	if (part.n != 0)
		posix_sockaddr(t, p, part.p, part.n);
	else
		value_address(t, e, h.name);
	text_str(t, ", msg_namelen=");
	text_udec(t, h.name_size);
	text_str(t, ", msg_iov=");
	show_pieces(t, e, i, after, first, &h);
	text_str(t, ", msg_iovlen=");
	text_udec(t, h.count);
	part = event_data(e, i, after, first + 3);
	if (is_old(e)) {
		show_rights(t, e, part, (u32)h.control_size);
		return 4 + MIN(h.count, (u32)PIECES_MOST);
	}
	if (part.n != 0) {
		text_str(t, ", msg_control=");
		show_control(t, e, p, part, wide);
	}
	text_str(t, ", msg_controllen=");
	text_udec(t, h.control_size);
	text_str(t, ", msg_flags=");
	posix_flags(t, p, LIST_MSG, h.flags, "0");
	text_char(t, '}');
	return 4 + MIN(h.count, (u32)PIECES_MOST);
}

bool posix_message(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	bool after = e->call->word[i] == WORD_MSGHDR_OUT;

	return show_message(t, e, i, after, 0, p, NULL) != 0;
}

bool posix_messages(struct text *t, const struct event *e, u32 i, const struct posix *p)
{
	bool after = e->call->word[i] == WORD_MMSGHDR_OUT;
	u32 n = 0, parts;

	if (event_data(e, i, after, 0).p == NULL)
		return false;
	text_char(t, '[');
	for (u32 first = 0;; first += parts, n++) {
		struct shown_data d = event_data(e, i, after, first);

		if (d.p == NULL || d.n < 64)
			break;
		text_str(t, n != 0 ? ", {msg_hdr=" : "{msg_hdr=");
		parts = show_message(t, e, i, after, first, p, &d);
		if (parts == 0)
			break;
		/* Of those that are sent the heads come once more, as the call left them. */
		if (!after)
			d = event_data(e, i, true, 0);
		if (d.n >= 64 * (after ? 1 : n + 1)) {
			text_str(t, ", msg_len=");
			text_udec(t, value_u32(d.p, 56 + (after ? 0 : 64 * n)));
		}
		text_char(t, '}');
	}
	text_char(t, ']');
	return true;
}
