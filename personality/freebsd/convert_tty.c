/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_tty.c: terminal settings.
 *
 * Speeds are plain numbers in FreeBSD. The hub has codes for the usual ones, which other
 * programs on the terminal understand, and CORE_BOTHER with a number for the rest.
 *
 * Three control characters FreeBSD has and the hub does not are kept in slots of the hub's
 * that nothing there reads: what was set is read back, by whatever process, though it does
 * nothing.
 */
#include "lib/mem.h"
#include "personality/bits.h"
#include "personality/freebsd/convert_tty.h"

static const struct bit_pair iflags[] = {
    {FREEBSD_IGNBRK, CORE_IGNBRK},   {FREEBSD_BRKINT, CORE_BRKINT}, {FREEBSD_IGNPAR, CORE_IGNPAR},
    {FREEBSD_PARMRK, CORE_PARMRK},   {FREEBSD_INPCK, CORE_INPCK},   {FREEBSD_ISTRIP, CORE_ISTRIP},
    {FREEBSD_INLCR, CORE_INLCR},     {FREEBSD_IGNCR, CORE_IGNCR},   {FREEBSD_ICRNL, CORE_ICRNL},
    {FREEBSD_IXON, CORE_IXON},	     {FREEBSD_IXOFF, CORE_IXOFF},   {FREEBSD_IXANY, CORE_IXANY},
    {FREEBSD_IMAXBEL, CORE_IMAXBEL}, {FREEBSD_IUTF8, CORE_IUTF8},
};

static const struct bit_pair oflags[] = {
    {FREEBSD_OPOST, CORE_OPOST}, {FREEBSD_ONLCR, CORE_ONLCR}, {FREEBSD_TAB3, CORE_TAB3},
    {FREEBSD_OCRNL, CORE_OCRNL}, {FREEBSD_ONOCR, CORE_ONOCR}, {FREEBSD_ONLRET, CORE_ONLRET},
};

/* CSIZE is a number in two bits; the pairs for CS6 and CS7 add up to CS8 on both sides. */
static const struct bit_pair cflags[] = {
    {FREEBSD_CS6, CORE_CS6},
    {FREEBSD_CS7, CORE_CS7},
    {FREEBSD_CSTOPB, CORE_CSTOPB},
    {FREEBSD_CREAD, CORE_CREAD},
    {FREEBSD_PARENB, CORE_PARENB},
    {FREEBSD_PARODD, CORE_PARODD},
    {FREEBSD_HUPCL, CORE_HUPCL},
    {FREEBSD_CLOCAL, CORE_CLOCAL},
    {FREEBSD_CRTSCTS, (u32)CORE_CRTSCTS},
};
_Static_assert((FREEBSD_CS6 | FREEBSD_CS7) == FREEBSD_CS8 && (CORE_CS6 | CORE_CS7) == CORE_CS8,
	       "character sizes convert bit by bit");

static const struct bit_pair lflags[] = {
    {FREEBSD_ECHOKE, CORE_ECHOKE},   {FREEBSD_ECHOE, CORE_ECHOE},
    {FREEBSD_ECHOK, CORE_ECHOK},     {FREEBSD_ECHO, CORE_ECHO},
    {FREEBSD_ECHONL, CORE_ECHONL},   {FREEBSD_ECHOPRT, CORE_ECHOPRT},
    {FREEBSD_ECHOCTL, CORE_ECHOCTL}, {FREEBSD_ISIG, CORE_ISIG},
    {FREEBSD_ICANON, CORE_ICANON},   {FREEBSD_IEXTEN, CORE_IEXTEN},
    {FREEBSD_EXTPROC, CORE_EXTPROC}, {FREEBSD_TOSTOP, CORE_TOSTOP},
    {FREEBSD_FLUSHO, CORE_FLUSHO},   {FREEBSD_PENDIN, CORE_PENDIN},
    {FREEBSD_NOFLSH, CORE_NOFLSH},   {FREEBSD_NOKERNINFO, 0},
};

/* What FreeBSD supports (TTYSUP_IFLAG and so on); it clears any other bit, as it does EXTPROC
 * and PENDIN, which have names. */
#define KNOWN_IFLAGS 0x6fffu
#define KNOWN_OFLAGS 0x7fu
#define KNOWN_CFLAGS 0x3fff01u
#define KNOWN_LFLAGS 0x82c007ffu

/* The hub's slots that its kernel keeps and does not look at. */
#define SPARE_ERASE2 CORE_VSWTC
#define SPARE_DSUSP  17
#define SPARE_STATUS 18

/* Control characters; MIN and TIME are counts and stand apart. */
static const struct {
	u8 guest, core;
} characters[] = {
    {FREEBSD_VEOF, CORE_VEOF},	       {FREEBSD_VEOL, CORE_VEOL},
    {FREEBSD_VEOL2, CORE_VEOL2},       {FREEBSD_VERASE, CORE_VERASE},
    {FREEBSD_VWERASE, CORE_VWERASE},   {FREEBSD_VKILL, CORE_VKILL},
    {FREEBSD_VREPRINT, CORE_VREPRINT}, {FREEBSD_VINTR, CORE_VINTR},
    {FREEBSD_VQUIT, CORE_VQUIT},       {FREEBSD_VSUSP, CORE_VSUSP},
    {FREEBSD_VSTART, CORE_VSTART},     {FREEBSD_VSTOP, CORE_VSTOP},
    {FREEBSD_VLNEXT, CORE_VLNEXT},     {FREEBSD_VDISCARD, CORE_VDISCARD},
    {FREEBSD_VERASE2, SPARE_ERASE2},   {FREEBSD_VDSUSP, SPARE_DSUSP},
    {FREEBSD_VSTATUS, SPARE_STATUS},
};

static const struct bit_pair speeds[] = {
    {0, CORE_B0},
    {50, CORE_B50},
    {75, CORE_B75},
    {110, CORE_B110},
    {134, CORE_B134},
    {150, CORE_B150},
    {200, CORE_B200},
    {300, CORE_B300},
    {600, CORE_B600},
    {1200, CORE_B1200},
    {1800, CORE_B1800},
    {2400, CORE_B2400},
    {4800, CORE_B4800},
    {9600, CORE_B9600},
    {19200, CORE_B19200},
    {38400, CORE_B38400},
    {57600, CORE_B57600},
    {115200, CORE_B115200},
    {230400, CORE_B230400},
    {460800, CORE_B460800},
    {500000, CORE_B500000},
    {921600, CORE_B921600},
    {1000000, CORE_B1000000},
    {1500000, CORE_B1500000},
    {2000000, CORE_B2000000},
    {2500000, CORE_B2500000},
    {3000000, CORE_B3000000},
    {3500000, CORE_B3500000},
    {4000000, CORE_B4000000},
};

#define INPUT_SPEED_SHIFT 16 /* CORE_CIBAUD is CORE_CBAUD shifted by this */

static u32 speed_code(u32 speed)
{
	u32 code;

	return value_to_core(speeds, ARRAY_LEN(speeds), speed, &code) ? code : CORE_BOTHER;
}

bool freebsd_to_core_termios(const struct freebsd_termios *from, struct core_termios2 *to)
{
	bool known;

	memset(to, 0, sizeof(*to));
	known = bits_to_core(iflags, ARRAY_LEN(iflags), from->c_iflag & KNOWN_IFLAGS, &to->c_iflag);
	known &=
	    bits_to_core(oflags, ARRAY_LEN(oflags), from->c_oflag & KNOWN_OFLAGS, &to->c_oflag);
	known &=
	    bits_to_core(cflags, ARRAY_LEN(cflags), from->c_cflag & KNOWN_CFLAGS, &to->c_cflag);
	known &=
	    bits_to_core(lflags, ARRAY_LEN(lflags), from->c_lflag & KNOWN_LFLAGS, &to->c_lflag);
	for (size_t i = 0; i < ARRAY_LEN(characters); i++) {
		u8 c = from->c_cc[characters[i].guest];

		to->c_cc[characters[i].core] = c == FREEBSD_POSIX_VDISABLE ? CORE_VDISABLE : c;
	}
	to->c_cc[CORE_VMIN] = from->c_cc[FREEBSD_VMIN];
	to->c_cc[CORE_VTIME] = from->c_cc[FREEBSD_VTIME];
	to->c_ispeed = from->c_ispeed;
	to->c_ospeed = from->c_ospeed;
	to->c_cflag |= speed_code(from->c_ospeed);
	if (from->c_ispeed && from->c_ispeed != from->c_ospeed)
		to->c_cflag |= speed_code(from->c_ispeed) << INPUT_SPEED_SHIFT;
	return known;
}

bool core_to_freebsd_termios(const struct core_termios2 *from, struct freebsd_termios *to)
{
	u32 cflag = from->c_cflag & ~(u32)(CORE_CBAUD | CORE_CIBAUD);
	bool known;

	memset(to, 0, sizeof(*to));
	known = bits_to_guest(iflags, ARRAY_LEN(iflags), from->c_iflag, &to->c_iflag);
	known &= bits_to_guest(oflags, ARRAY_LEN(oflags), from->c_oflag, &to->c_oflag);
	known &= bits_to_guest(cflags, ARRAY_LEN(cflags), cflag, &to->c_cflag);
	known &= bits_to_guest(lflags, ARRAY_LEN(lflags), from->c_lflag, &to->c_lflag);
	memset(to->c_cc, FREEBSD_POSIX_VDISABLE, sizeof(to->c_cc));
	for (size_t i = 0; i < ARRAY_LEN(characters); i++) {
		u8 c = from->c_cc[characters[i].core];

		to->c_cc[characters[i].guest] = c == CORE_VDISABLE ? FREEBSD_POSIX_VDISABLE : c;
	}
	to->c_cc[FREEBSD_VMIN] = from->c_cc[CORE_VMIN];
	to->c_cc[FREEBSD_VTIME] = from->c_cc[CORE_VTIME];
	to->c_ispeed = from->c_ispeed;
	to->c_ospeed = from->c_ospeed;
	return known;
}
