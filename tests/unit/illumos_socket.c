/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses, types, control messages, options, credentials and terminal settings of illumos. */
#include <string.h>

#include "personality/illumos/convert_control.h"
#include "personality/illumos/convert_socket.h"
#include "personality/illumos/convert_tty.h"
#include "personality/illumos/convert_ucred.h"
#include "tests/unit/tap.h"

static void types(void)
{
	int out;

	ok(illumos_to_core_socktype(ILLUMOS_SOCK_STREAM, &out) && out == CORE_SOCK_STREAM,
	   "a stream is 2 there");
	ok(illumos_to_core_socktype(ILLUMOS_SOCK_DGRAM, &out) && out == CORE_SOCK_DGRAM,
	   "a datagram socket is 1");
	ok(!illumos_to_core_socktype(3, &out), "3 is none");
	ok(illumos_to_core_sockflags(ILLUMOS_SOCK_CLOEXEC | ILLUMOS_SOCK_NDELAY, &out) &&
	       out == (CORE_SOCK_CLOEXEC | CORE_SOCK_NONBLOCK),
	   "its flags");
	ok(!illumos_to_core_sockflags(ILLUMOS_SOCK_CLOFORK, &out), "one is refused");
	ok(illumos_to_core_family(ILLUMOS_AF_INET6, &out) && out == CORE_AF_INET6, "a family");
}

static void names(void)
{
	struct illumos_sockaddr_un un = {ILLUMOS_AF_UNIX, "name"};
	struct illumos_sockaddr_in6 in6 = {.sin6_family = ILLUMOS_AF_INET6, .sin6_port = 7};
	struct illumos_sockaddr_in in = {.sin_family = 99};
	struct illumos_sockaddr_storage back;
	struct core_sockaddr_storage core;

	is_number(illumos_to_core_sockaddr(CORE_AF_UNIX, &un, sizeof(un), ILLUMOS_NAME_BIND, &core),
		  7, "a path with its NUL");
	is_number(core_to_illumos_sockaddr(&core, 7, &back), 7, "and back");
	is_number(illumos_to_core_sockaddr(CORE_AF_UNIX, &un, 2, ILLUMOS_NAME_BIND, &core),
		  -CORE_EISDIR, "no path");
	memset(un.sun_path, 'x', sizeof(un.sun_path));
	is_number(illumos_to_core_sockaddr(CORE_AF_UNIX, &un, sizeof(un), ILLUMOS_NAME_BIND, &core),
		  -CORE_ENAMETOOLONG, "no room for a NUL");
	is_number(
	    core_to_illumos_sockaddr(&(struct core_sockaddr_storage){CORE_AF_UNIX, {0}}, 2, &back),
	    16, "a peer without a name");
	is_number(
	    illumos_to_core_sockaddr(CORE_AF_INET6, &in6, sizeof(in6), ILLUMOS_NAME_CONNECT, &core),
	    28, "IPv6 is four bytes shorter");
	is_number(core_to_illumos_sockaddr(&core, 28, &back), 32, "and back");
	is_number(illumos_to_core_sockaddr(CORE_AF_INET, &in, sizeof(in), ILLUMOS_NAME_BIND, &core),
		  16, "an old program's bind may say any family");
	is_number(
	    illumos_to_core_sockaddr(CORE_AF_INET, &in, sizeof(in), ILLUMOS_NAME_BIND_XPG, &core),
	    -CORE_EAFNOSUPPORT, "XPG4.2's may not");
}

static void control(void)
{
	struct {
		struct illumos_cmsghdr h;
		i32 fds[2];
	} m = {{20, ILLUMOS_SOL_SOCKET, ILLUMOS_SCM_RIGHTS}, {5, 6}};
	u8 out[256], back[256];
	struct illumos_control c = {.xpg = true, .room = sizeof(back)};
	long n = illumos_to_core_control((u8 *)&m, sizeof(m), true, false, out, sizeof(out));

	is_number(n, CORE_CMSG_SPACE(8), "two descriptors");
	core_to_illumos_control(out, (u64)n, back, &c);
	ok(c.len == 20 && c.taken == (u64)n && !memcmp(back, &m, 20), "and back");
	c.room = 19;
	core_to_illumos_control(out, (u64)n, back, &c);
	ok(c.len == 0 && c.taken == 0, "no room");
	c = (struct illumos_control){.room = 8};
	core_to_illumos_control(out, (u64)n, back, &c);
	ok(c.len == 8 && !memcmp(back, m.fds, 8), "as msg_accrights");
	is_number(illumos_to_core_control((u8 *)m.fds, 8, false, false, out, sizeof(out)),
		  CORE_CMSG_SPACE(8), "from msg_accrights");
	m.h.cmsg_type = ILLUMOS_SCM_UCRED;
	is_number(illumos_to_core_control((u8 *)&m, sizeof(m), true, false, out, sizeof(out)),
		  -CORE_EINVAL, "credentials cannot be sent");
	m.h.cmsg_len = 4;
	is_number(illumos_to_core_control((u8 *)&m, sizeof(m), true, false, out, sizeof(out)), 0,
		  "a length that is none ends the list");
}

static void options(void)
{
	struct illumos_sockopt o;

	ok(illumos_to_core_sockopt(ILLUMOS_SOL_SOCKET, ILLUMOS_SO_REUSEADDR, &o) &&
	       o.level == CORE_SOL_SOCKET && o.name == CORE_SO_REUSEADDR &&
	       o.kind == ILLUMOS_SOCKOPT_FLAG,
	   "an option");
	ok(!illumos_to_core_sockopt(ILLUMOS_SOL_SOCKET, 0x7777, &o), "no option");
}

static void credentials(void)
{
	struct core_ucred u = {77, 0, 5};
	struct illumos_priv_set s[ILLUMOS_PRIV_NSET];
	u32 out[64];

	is_number(illumos_ucred_build(&u, (u8 *)out, sizeof(out)), 136, "a ucred's size");
	ok(out[0] == 136 && out[3] == 77 && out[out[1] / 4] == 0 && out[out[1] / 4 + 3] == 5,
	   "its ids");
	is_number(illumos_ucred_build(&u, (u8 *)out, 135), 0, "no room for it");
	illumos_priv_sets(0, s);
	ok(!memcmp(&s[0], &s[3], sizeof(s[0])), "root has what the limit says");
	illumos_priv_sets(1, s);
	ok(!memcmp(&s[0], &s[1], sizeof(s[0])) && memcmp(&s[0], &s[3], sizeof(s[0])),
	   "others have the basic ones");
}

static void terminals(void)
{
	struct core_termios core = {.c_lflag = CORE_ICANON, .c_cflag = CORE_B115200 | CORE_CS8};
	struct illumos_termios t;

	core.c_cc[CORE_VEOF] = 4;
	core.c_cc[CORE_VMIN] = 1;
	core_to_illumos_termios(&core, &t);
	is_number(t.c_cc[ILLUMOS_VEOF], 4, "canonical: end of file");
	is_number(t.c_cflag & (ILLUMOS_CBAUDEXT | ILLUMOS_CBAUD), ILLUMOS_CBAUDEXT | 2, "a speed");
	t.c_lflag = 0;
	t.c_cc[ILLUMOS_VEOF] = 9;
	illumos_to_core_termios(&t, &core);
	ok(core.c_cc[CORE_VMIN] == 9 && core.c_cc[CORE_VEOF] == 4, "not canonical: a count");
	is_number(core.c_cflag & CORE_CBAUD, CORE_B115200, "the speed again");
}

int main(void)
{
	types();
	names();
	control();
	options();
	credentials();
	terminals();
	return tap_end();
}
