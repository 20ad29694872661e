/* SPDX-License-Identifier: BSD-2-Clause */
/* LD_PRELOAD: this one is called instead of the C library's. */
int getppid(void)
{
	return 4242;
}
