/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper_wire.h: what processes and the keeper of their contracts say to each
 * other (contract.c, keeper.c).
 *
 * A descriptor a program has of /system/contract is a connection whose first message says what it
 * is open on; it lasts as long as the open file, whoever has it, and is known by its own name,
 * which the machine chose. The keeper sends one byte by it when there is an event to be read, so
 * that it can be polled. Requests go by connections of their own: the machine says who makes them.
 */
#ifndef FB_ILLUMOS_KEEPER_WIRE_H
#define FB_ILLUMOS_KEEPER_WIRE_H

#include "personality/illumos/abi_contract.h"

enum keeper_op {
	KEEPER_OPEN, /* a: what, of type b; pid: a contract */
	KEEPER_SET, /* object: a template; a: which term; b: value, or len bytes of text; c: size */
	KEEPER_GET,
	KEEPER_ACTIVATE, /* for the caller's LWP */
	KEEPER_CLEAR,
	KEEPER_CREATE,
	KEEPER_ABANDON, /* object: a ctl file; b: an event */
	KEEPER_ACK,
	KEEPER_NACK,
	KEEPER_MORE_TIME,
	KEEPER_NEWCT,
	KEEPER_ADOPT,
	KEEPER_STATUS, /* object: a status file; a: detail */
	KEEPER_RESET,  /* object: a listener */
	KEEPER_READ,   /* a: critical ones only; answered when there is one */
	KEEPER_TAKEN,  /* and by the same connection: the answer was taken over */
	KEEPER_NEXT,   /* b: from this one */
	KEEPER_RELIABLE,
	KEEPER_FORKING, /* a contract is made by the LWP's template: value: its id */
	KEEPER_NOT_FORKED,
	KEEPER_FORKED,	 /* pid: a child of the caller; a: a contract of FORKING or 0; b: text */
	KEEPER_BORN,	 /* the caller is pid's child, by lwp; a: as above */
	KEEPER_LWP,	 /* a: another LWP gets this one's template */
	KEEPER_EXIT,	 /* a: exit status */
	KEEPER_DIED,	 /* pid: a child that the caller waited for; a: status as the hub has it */
	KEEPER_KILLS,	 /* pid, as kill(2) takes it: by signal a, the hub's */
	KEEPER_MEMBER,	 /* pid: value: of which contract */
	KEEPER_LIST,	 /* a: type, or ILLUMOS_CTT_TYPES for all: ids from b on */
	KEEPER_LOOK,	 /* pid: is there such a contract? value: when it was made */
	KEEPER_DESCRIBE, /* object: value: what, type << 8, contract << 32 */
	KEEPER_ATTACH, /* four descriptors, the name of the covered file; a: its inode (namefs.c) */
};

enum keeper_what {
	KEEPER_TEMPLATE,
	KEEPER_CTL,
	KEEPER_STATUS_FILE,
	KEEPER_EVENTS, /* listeners from here on */
	KEEPER_BUNDLE,
	KEEPER_PBUNDLE,
};

#define KEEPER_TEXT_MAX 1024 /* with its NUL */
#define KEEPER_DATA_MAX 65536

struct keeper_request {
	u32 op;
	u32 object; /* the open file's name, see above */
	i32 pid;
	u32 lwp;
	u64 a, b;
	u32 c;
	u32 nonblock;
	u32 len; /* bytes behind this */
	u32 pad;
};
SIZE_ASSERT(struct keeper_request, 48);

struct keeper_reply {
	i32 error; /* 0 or the hub's number */
	u32 drain; /* so many bytes that said "there is an event" are to be taken away */
	u64 value;
	u32 len; /* bytes behind this */
	u32 pad;
	union {
		struct illumos_ct_event event;
		struct illumos_ct_status status;
	};
};
SIZE_ASSERT(struct keeper_reply, 104);

/* What a file is called, by the name that the machine chose for its socket: five digits. */
static inline u32 keeper_object(const char *digits)
{
	u32 object = 0;

	for (u32 i = 0; i < 5; i++)
		object = object * 16 + (u32)(digits[i] & 0xf) + (digits[i] > '9' ? 9 : 0);
	return object;
}

/* An address in the hub's space of names without files: of which version of all this, whose
 * keeper, in which space of process ids. */
#define KEEPER_PREFIX "feuerbird-contracts-1-"
#define KEEPER_NAME   KEEPER_PREFIX "%u-%lu"

#endif
