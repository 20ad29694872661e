/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that waits, so that what its process takes can be looked at. */
#include "guest.h"

int main(void)
{
	char byte;

	print("ready\n");
	return (int)read(0, &byte, 1);
}
