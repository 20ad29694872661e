/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/convert_tty.c: terminal settings. */
#include "personality/illumos/convert_tty.h"
#include "lib/mem.h"
#include "personality/bits.h"

/* Bits that have the same value on both sides. */
#define SAME_IFLAGS 017777u  /* IGNBRK to IXOFF */
#define SAME_OFLAGS 0177777u /* OPOST to FFDLY */
#define SAME_CFLAGS 07760u   /* CSIZE to CLOCAL */
#define SAME_LFLAGS 0107777u /* ISIG to ECHOKE, IEXTEN */

static const struct bit_pair iflags[] = {{ILLUMOS_IMAXBEL, CORE_IMAXBEL}};
static const struct bit_pair cflags[] = {{ILLUMOS_CRTSCTS, CORE_CRTSCTS}};
static const struct bit_pair lflags[] = {{ILLUMOS_FLUSHO, CORE_FLUSHO},
					 {ILLUMOS_PENDIN, CORE_PENDIN}};

/* Speeds after 38400: B57600 is 16. Of what a side has alone the other has the next lower. */
static const struct bit_pair speeds[] = {
    {16, CORE_B57600},	 {18, CORE_B115200},  {20, CORE_B230400},  {22, CORE_B460800},
    {23, CORE_B921600},	 {17, CORE_B57600},   {19, CORE_B115200},  {21, CORE_B230400},
    {22, CORE_B500000},	 {22, CORE_B576000},  {23, CORE_B1000000}, {23, CORE_B1152000},
    {23, CORE_B1500000}, {23, CORE_B2000000}, {23, CORE_B2500000}, {23, CORE_B3000000},
    {23, CORE_B3500000}, {23, CORE_B4000000},
};

#define CORE_INPUT_SHIFT    16
#define ILLUMOS_INPUT_SHIFT 16

static u32 speed_to_illumos(u32 code, u32 bits, u32 ext, u32 shift)
{
	u32 speed = code;

	if (code > 15 && !value_to_guest(speeds, ARRAY_LEN(speeds), code, &speed))
		speed = 15; /* a number without a code: 38400 is what programs make of it */
	return speed > 15 ? ((speed - 16) << shift & bits) | ext : speed << shift;
}

static u32 speed_to_core(u32 cflag, u32 bits, u32 ext, u32 shift)
{
	u32 speed = (cflag & bits) >> shift, code = speed;

	if ((cflag & ext) && !value_to_core(speeds, ARRAY_LEN(speeds), speed + 16, &code))
		code = CORE_B38400;
	return code;
}

static const struct {
	u8 guest, core;
} characters[] = {
    {0, CORE_VINTR},
    {1, CORE_VQUIT},
    {2, CORE_VERASE},
    {3, CORE_VKILL},
    {ILLUMOS_VEOL2, CORE_VEOL2},
    {ILLUMOS_VSWTCH, CORE_VSWTC},
    {ILLUMOS_VSTART, CORE_VSTART},
    {ILLUMOS_VSTOP, CORE_VSTOP},
    {ILLUMOS_VSUSP, CORE_VSUSP},
    {ILLUMOS_VREPRINT, CORE_VREPRINT},
    {ILLUMOS_VDISCARD, CORE_VDISCARD},
    {ILLUMOS_VWERASE, CORE_VWERASE},
    {ILLUMOS_VLNEXT, CORE_VLNEXT},
    {ILLUMOS_VDSUSP, 17}, /* slots that the hub's kernel keeps and does not look at */
    {ILLUMOS_VSTATUS, 18},
};

void core_to_illumos_termios(const struct core_termios *from, struct illumos_termios *to)
{
	const bool canonical = from->c_lflag & CORE_ICANON;
	u32 more;

	memset(to, 0, sizeof(*to));
	bits_to_guest(iflags, ARRAY_LEN(iflags), from->c_iflag, &more);
	to->c_iflag = (from->c_iflag & SAME_IFLAGS) | more;
	to->c_oflag = from->c_oflag & SAME_OFLAGS;
	bits_to_guest(cflags, ARRAY_LEN(cflags), from->c_cflag, &more);
	to->c_cflag = (from->c_cflag & SAME_CFLAGS) | more;
	to->c_cflag |=
	    speed_to_illumos(from->c_cflag & CORE_CBAUD, ILLUMOS_CBAUD, ILLUMOS_CBAUDEXT, 0);
	to->c_cflag |= speed_to_illumos((from->c_cflag & CORE_CIBAUD) >> CORE_INPUT_SHIFT,
					ILLUMOS_CIBAUD, ILLUMOS_CIBAUDEXT, ILLUMOS_INPUT_SHIFT);
	bits_to_guest(lflags, ARRAY_LEN(lflags), from->c_lflag, &more);
	to->c_lflag = (from->c_lflag & SAME_LFLAGS) | more;
	for (size_t i = 0; i < ARRAY_LEN(characters); i++)
		to->c_cc[characters[i].guest] = from->c_cc[characters[i].core];
	to->c_cc[ILLUMOS_VEOF] = from->c_cc[canonical ? CORE_VEOF : CORE_VMIN];
	to->c_cc[ILLUMOS_VEOL] = from->c_cc[canonical ? CORE_VEOL : CORE_VTIME];
}

void illumos_to_core_termios(const struct illumos_termios *from, struct core_termios *to)
{
	const bool canonical = from->c_lflag & CORE_ICANON;
	u32 more;

	bits_to_core(iflags, ARRAY_LEN(iflags), from->c_iflag, &more);
	to->c_iflag = (from->c_iflag & SAME_IFLAGS) | more;
	to->c_oflag = from->c_oflag & SAME_OFLAGS;
	bits_to_core(cflags, ARRAY_LEN(cflags), from->c_cflag, &more);
	to->c_cflag = (from->c_cflag & SAME_CFLAGS) | more;
	to->c_cflag |= speed_to_core(from->c_cflag, ILLUMOS_CBAUD, ILLUMOS_CBAUDEXT, 0);
	to->c_cflag |=
	    speed_to_core(from->c_cflag, ILLUMOS_CIBAUD, ILLUMOS_CIBAUDEXT, ILLUMOS_INPUT_SHIFT)
	    << CORE_INPUT_SHIFT;
	bits_to_core(lflags, ARRAY_LEN(lflags), from->c_lflag, &more);
	to->c_lflag = (from->c_lflag & SAME_LFLAGS) | more;
	for (size_t i = 0; i < ARRAY_LEN(characters); i++)
		to->c_cc[characters[i].core] = from->c_cc[characters[i].guest];
	to->c_cc[canonical ? CORE_VEOF : CORE_VMIN] = from->c_cc[ILLUMOS_VEOF];
	to->c_cc[canonical ? CORE_VEOL : CORE_VTIME] = from->c_cc[ILLUMOS_VEOL];
}

void illumos_to_termio(const struct illumos_termios *from, struct illumos_termio *to)
{
	*to = (struct illumos_termio){.c_iflag = (u16)from->c_iflag,
				      .c_oflag = (u16)from->c_oflag,
				      .c_cflag = (u16)from->c_cflag,
				      .c_lflag = (u16)from->c_lflag};
	memcpy(to->c_cc, from->c_cc, sizeof(to->c_cc));
}

/* *to is what the terminal has. */
void illumos_from_termio(const struct illumos_termio *from, struct illumos_termios *to)
{
	to->c_iflag = (to->c_iflag & 0xffff0000) | from->c_iflag;
	to->c_oflag = (to->c_oflag & 0xffff0000) | from->c_oflag;
	to->c_cflag = (to->c_cflag & 0xffff0000) | from->c_cflag;
	to->c_lflag = (to->c_lflag & 0xffff0000) | from->c_lflag;
	memcpy(to->c_cc, from->c_cc, sizeof(from->c_cc));
}
