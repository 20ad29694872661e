/* SPDX-License-Identifier: BSD-2-Clause */
void fb_queues_forked(void);
void fb_queues_forked(void)
{
}
