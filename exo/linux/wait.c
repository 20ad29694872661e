/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/wait.c: what a sleeping thread waits for, from the function of the host's kernel
 * it sleeps in: proc(5), /proc/pid/wchan. The names are the kernel's and change; what is not
 * in the list is unknown. Only those who may trace the process are told.
 */
#include "exo/info.h"
#include "exo/linux/linux.h"
#include "lib/mem.h"

static const struct {
	const char *begins; /* compilers append to a function's name */
	enum exo_wait wait;
} functions[] = {
    {"do_wait", EXO_WAIT_CHILD},
    {"kernel_wait4", EXO_WAIT_CHILD},
    {"poll_schedule_timeout", EXO_WAIT_POLL},
    {"do_select", EXO_WAIT_POLL},
    {"do_sys_poll", EXO_WAIT_POLL},
    {"do_poll", EXO_WAIT_POLL},
    {"ep_poll", EXO_WAIT_EVENTS},
    {"do_epoll_wait", EXO_WAIT_EVENTS},
    {"futex_", EXO_WAIT_WORD},
    {"__futex_wait", EXO_WAIT_WORD},
    {"do_nanosleep", EXO_WAIT_TIME},
    {"hrtimer_nanosleep", EXO_WAIT_TIME},
    {"common_nsleep", EXO_WAIT_TIME},
    {"sigsuspend", EXO_WAIT_SIGNAL},
    {"do_sigtimedwait", EXO_WAIT_SIGNAL},
    {"anon_pipe_read", EXO_WAIT_PIPE_READ},
    {"pipe_read", EXO_WAIT_PIPE_READ},
    {"anon_pipe_write", EXO_WAIT_PIPE_WRITE},
    {"pipe_write", EXO_WAIT_PIPE_WRITE},
    {"inet_csk_accept", EXO_WAIT_CONNECTION},
    {"__skb_wait_for_more_packets", EXO_WAIT_SOCKET},
    {"unix_stream_read_generic", EXO_WAIT_SOCKET},
    {"unix_stream_data_wait", EXO_WAIT_SOCKET},
    {"sk_wait_data", EXO_WAIT_SOCKET},
    {"sock_alloc_send_pskb", EXO_WAIT_SOCKET},
    {"n_tty_read", EXO_WAIT_TERMINAL},
    {"folio_wait_bit", EXO_WAIT_DISK},
    {"wait_on_page_bit", EXO_WAIT_DISK},
    {"blk_mq_get_tag", EXO_WAIT_DISK},
};

int linux_process_wait(const char *dir)
{
	char path[80], text[64];

	fb_format(path, sizeof(path), "%s/wchan", dir);
	if (linux_file_read(path, text, sizeof(text)) > 1)
		for (u32 i = 0; i < ARRAY_LEN(functions); i++)
			if (strncmp(text, functions[i].begins, strlen(functions[i].begins)) == 0)
				return functions[i].wait;
	return EXO_WAIT_UNKNOWN;
}
