/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/door.c: doors.
 *
 * The kernel calls the creation function's threads by returning from door_return onto the stack
 * they named, with a structure that says which procedure is to run, and whether this thread was the
 * last of its pool: then the function is asked for one more. Facts: door_create(3C) and its like;
 * usr/src/lib/libc/port/threads/door_calls.c, lib/libc/amd64/sys/door.s.
 */
#include <door.h>
#include <stdlib.h>
#include <string.h>
#include <ucred.h>
#include <unistd.h>

#include "guest/illumos/libc/door_private.h"
#include "guest/illumos/libc/libc.h"

enum {
	CREATE,
	REVOKE,
	INFO,
	CALL,
	BIND = 6,
	UNBIND,
	UNREFSYS,
	UCRED,
	RETURN,
	GETPARAM,
	SETPARAM,
};

#define DOOR(code, a, b, c) SYSCALL(SYS_door, a, b, c, 0, 0, code)

static pthread_mutex_t lock = LOCK_INIT;
static door_server_func_t create_server;
static door_server_func_t *server_func = create_server;
static pid_t first_pid, unref_pid;

pid_t fb_door_pid __attribute__((visibility("hidden")));

EXPORT int door_revoke(int d)
{
	return (int)result(DOOR(REVOKE, d, 0, 0));
}

EXPORT int door_info(int d, door_info_t *info)
{
	return (int)result(DOOR(INFO, d, info, 0));
}

EXPORT int door_call(int d, door_arg_t *arg)
{
	return (int)result(DOOR(CALL, d, arg, 0));
}

EXPORT int door_bind(int d)
{
	return (int)result(DOOR(BIND, d, 0, 0));
}

EXPORT int door_unbind(void)
{
	int r = (int)result(DOOR(UNBIND, 0, 0, 0));

	if (r == 0)
		fb_door_unbound();
	return r;
}

EXPORT int door_getparam(int d, int param, size_t *value)
{
	return (int)result(DOOR(GETPARAM, d, param, value));
}

EXPORT int door_setparam(int d, int param, size_t value)
{
	return (int)result(DOOR(SETPARAM, d, param, value));
}

EXPORT int door_ucred(ucred_t **out)
{
	ucred_t *u = *out ? *out : calloc(1, ucred_size());

	if (!u)
		return -1;
	if (result(DOOR(UCRED, u, 0, 0)) < 0) {
		if (!*out)
			free(u);
		return -1;
	}
	*out = u;
	return 0;
}

/* The ids of a ucred: its header says where they are. */
EXPORT int door_cred(door_cred_t *cred)
{
	uint32_t u[1024 + 64], *ids;

	if (result(DOOR(UCRED, u, 0, 0)) < 0)
		return -1;
	memset(cred, 0, sizeof(*cred));
	cred->dc_pid = (pid_t)u[3];
	if (!u[1])
		return 0;
	ids = &u[u[1] / 4];
	cred->dc_euid = ids[0];
	cred->dc_ruid = ids[1];
	cred->dc_egid = ids[3];
	cred->dc_rgid = ids[4];
	return 0;
}

/* ---- serving ------------------------------------------------------------------------------- */

void fb_door_depleted(door_info_t *info) __attribute__((visibility("hidden")));
void fb_door_end(void) __attribute__((visibility("hidden")));
int fb_door_return(char *data, size_t size, void *desc, char *stack, size_t stack_size)
    __attribute__((visibility("hidden")));

void fb_door_depleted(door_info_t *info)
{
	if (!info) {
		server_func(NULL);
	} else if (!(info->di_attributes & DOOR_NO_DEPLETION_CB)) {
		bool own = info->di_attributes & DOOR_PRIVCREATE;

		info->di_attributes |= DOOR_DEPLETION_CB;
		(own ? fb_door_more : server_func)(info);
	}
}

void fb_door_end(void)
{
	pthread_exit(NULL);
}

/*
 * When the call succeeds rsp is at a struct door_results. EINTR of the process that made the doors
 * only means that the thread waits again; ERESTART (91) is the same.
 */
__asm__(".text\n"
	".globl fb_door_return\n"
	".hidden fb_door_return\n"
	"fb_door_return:\n"
	"	pushq %rbp\n"
	"	movq %rsp, %rbp\n"
	"	pushq %rcx\n"
	"	pushq %r8\n"
	"1:	movl $201, %eax\n"
	"	movq %rcx, %r10\n"
	"	movl $10, %r9d\n"
	"	syscall\n"
	"	jc 3f\n"
	"	cmpl $0, 48(%rsp)\n"
	"	jg 2f\n"
	"	movq 56(%rsp), %rdi\n"
	"	call fb_door_depleted\n"
	"2:	movq (%rsp), %rdi\n"
	"	movq 8(%rsp), %rsi\n"
	"	movq 16(%rsp), %rdx\n"
	"	movq 24(%rsp), %rcx\n"
	"	movq 32(%rsp), %r8\n"
	"	call *40(%rsp)\n"
	"	call fb_door_end\n"
	"	hlt\n"
	"3:	cmpl $91, %eax\n"
	"	je 4f\n"
	"	cmpl $4, %eax\n"
	"	jne 5f\n"
	"4:	call getpid@PLT\n"
	"	cmpl %eax, fb_door_pid(%rip)\n"
	"	movl $4, %eax\n"
	"	jne 5f\n"
	"	xorl %edi, %edi\n"
	"	xorl %esi, %esi\n"
	"	xorl %edx, %edx\n"
	"	movq -8(%rbp), %rcx\n"
	"	movq -16(%rbp), %r8\n"
	"	jmp 1b\n"
	"5:	leave\n"
	"	ret\n");

EXPORT int door_return(char *data, size_t size, door_desc_t *desc, uint_t n)
{
	struct {
		door_desc_t *desc;
		uint_t n;
	} list = {desc, n};
	struct thread *t = self();
	char *top = t->main ? (char *)__builtin_frame_address(0) : t->stack + t->stack_size;
	size_t room = t->main ? 65536 : t->stack_size;
	size_t reserve = room / 32 < 1024 ? 1024 : room / 32 > 65536 ? 65536 : room / 32;

	room = room > reserve + 512 ? room - reserve - 512 : 0;
	if (room < 1024)
		room = 0; /* unlimited */
	return (int)fail_with(fb_door_return(data, size, n ? &list : NULL, top - 512, room));
}

static void *serve(void *arg)
{
	(void)arg;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	door_return(NULL, 0, NULL, 0);
	return NULL;
}

/* A thread of the shared pool; one that serves a private door has to say which (door_bind). */
static void create_server(door_info_t *info)
{
	pthread_attr_t attr;
	pthread_t id;

	(void)info;
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_create(&id, &attr, serve, NULL);
	pthread_attr_destroy(&attr);
}

EXPORT door_server_func_t *door_server_create(door_server_func_t *func)
{
	door_server_func_t *old;

	pthread_mutex_lock(&lock);
	old = server_func;
	server_func = func;
	pthread_mutex_unlock(&lock);
	return old;
}

/* It stays in the kernel, as the caller of notices about last references. */
static void *unref(void *arg)
{
	pid_t pid = (pid_t)(uintptr_t)arg;
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	while (getpid() == pid && DOOR(UNREFSYS, 0, 0, 0).error == EINTR)
		;
	return NULL;
}

int fb_door_create(door_server_procedure_t *f, void *cookie, uint_t flags)
{
	pid_t pid = getpid();
	bool notices;
	int d = (int)result(DOOR(CREATE, f, cookie, flags));

	if (d < 0)
		return -1;
	fb_cancel_ready();
	pthread_mutex_lock(&lock);
	fb_door_pid = pid;
	notices = flags & (DOOR_UNREF | DOOR_UNREF_MULTI) && unref_pid != pid;
	if (notices)
		unref_pid = pid;
	pthread_mutex_unlock(&lock);
	if (notices) {
		pthread_attr_t attr;
		pthread_t id;

		pthread_attr_init(&attr);
		pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
		pthread_create(&id, &attr, unref, (void *)(uintptr_t)pid);
		pthread_attr_destroy(&attr);
	}
	return d;
}

EXPORT int door_create(door_server_procedure_t *f, void *cookie, uint_t flags)
{
	pid_t pid = getpid();
	door_info_t info;
	bool first;
	int d;

	if (flags & (DOOR_NO_DEPLETION_CB | DOOR_PRIVCREATE))
		return (int)fail_with(EINVAL);
	d = fb_door_create(f, cookie, flags);
	if (d < 0)
		return -1;
	if (flags & DOOR_PRIVATE) {
		if (door_info(d, &info) < 0)
			return -1;
		server_func(&info);
		return d;
	}
	pthread_mutex_lock(&lock);
	first = first_pid != pid;
	first_pid = pid;
	pthread_mutex_unlock(&lock);
	if (first)
		server_func(NULL);
	return d;
}
