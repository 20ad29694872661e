/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PDP-11's side of GDB's remote protocol: what each packet is answered, what hostile ones are,
 * and what an instruction touches.
 */
#include "cpu/pdp11/stub.h"
#include "tests/unit/pdp11_machine.h"
#include "tests/unit/tap.h"

static struct pdp11_stub stub;
static enum stub_event event;

static bool read_space(void *ctx, u32 addr, u8 *to, u32 n)
{
	const u8 *space = addr & STUB_TEXT ? cpu.text : cpu.data;

	(void)ctx;
	if ((addr & 0xffff) + n > 0xf000) /* the last page is not there */
		return false;
	memcpy(to, space + (addr & 0xffff), n);
	return true;
}

static bool write_space(void *ctx, u32 addr, const u8 *from, u32 n)
{
	(void)ctx;
	if ((addr & 0xffff) + n > 0xf000)
		return false;
	memcpy((addr & STUB_TEXT ? cpu.text : cpu.data) + (addr & 0xffff), from, n);
	return true;
}

static void begin(void)
{
	reset(true);
	pdp11_stub_start(&stub, &cpu);
	stub.read = read_space;
	stub.write = write_space;
}

/* Feeds a packet of n bytes with its sum; the answer as a string, without its frame. */
static const char *ask_bytes(const char *packet, size_t n)
{
	static char answer[STUB_PACKET + 32];
	char tail[4];
	unsigned sum = 0;

	pdp11_stub_byte(&stub, '$');
	for (size_t i = 0; i < n; i++) {
		sum += (u8)packet[i];
		pdp11_stub_byte(&stub, (u8)packet[i]);
	}
	snprintf(tail, sizeof(tail), "#%02x", sum & 0xff);
	for (int i = 0; i < 3; i++)
		event = pdp11_stub_byte(&stub, (u8)tail[i]);
	memcpy(answer, stub.out, stub.len);
	answer[stub.len] = '\0';
	if (stub.len > 4 && answer[0] == '+' && answer[1] == '$') {
		answer[stub.len - 3] = '\0';
		return answer + 2;
	}
	return answer;
}

static const char *ask(const char *packet)
{
	return ask_bytes(packet, strlen(packet));
}

static void test_frames(void)
{
	static const char good[] = "$?#3f", bad[] = "$?#40";
	char said[32];

	begin();
	for (const char *p = good; *p; p++)
		event = pdp11_stub_byte(&stub, (u8)*p);
	memcpy(said, stub.out, stub.len);
	said[stub.len] = '\0';
	is_string(said, "+$T05thread:1;#d7",
		  "an answer has an acknowledgement before it, and its sum");
	is_number(event, STUB_ANSWER, "and is to be sent");
	for (const char *p = bad; *p; p++)
		event = pdp11_stub_byte(&stub, (u8)*p);
	ok(event == STUB_ANSWER && stub.len == 1 && stub.out[0] == '-', "a wrong sum is refused");
	is_string(ask("?"), "T05thread:1;", "and the next packet is good");
	is_number(pdp11_stub_byte(&stub, '-'), STUB_ANSWER, "a refused answer is sent once more");
	is_number(pdp11_stub_byte(&stub, 3), STUB_INTERRUPT, "an interrupt");
	is_number(pdp11_stub_byte(&stub, 'x'), STUB_MORE, "noise");
	pdp11_stub_byte(&stub, '$');
	for (int i = 0; i < STUB_PACKET; i++)
		event = pdp11_stub_byte(&stub, 'A');
	is_number(event, STUB_MORE, "the longest packet");
	event = pdp11_stub_byte(&stub, 'A');
	ok(event == STUB_ANSWER && stub.out[0] == '-', "one that is longer is refused");
	is_string(ask("QStartNoAckMode"), "OK", "no acknowledgements");
	ask("?");
	ok(stub.out[0] == '$', "from then on");
	for (const char *p = bad; *p; p++)
		event = pdp11_stub_byte(&stub, (u8)*p);
	is_number(event, STUB_MORE, "and nothing is refused");
}

static void test_registers(void)
{
	begin();
	for (unsigned i = 0; i < 8; i++)
		cpu.r[i] = (u16)(0x1234 + i);
	cpu.psw = 0xf | 0x10;
	cpu.fps = 0x200;
	cpu.ac[5] = 0x0102030405060708;
	is_string(ask("p0"), "3412", "a register, lower byte first");
	is_string(ask("p8"), "1f00", "the status word");
	is_string(ask("pf"), "0807060504030201", "an accumulator");
	is_string(ask("p10"), "E01", "one that is not there");
	is_string(ask("p"), "E01", "none");
	is_string(ask("p0x"), "E01", "rubbish behind it");
	is_string(ask("pffffffffffff"), "E01", "a number that is too large");
	is_string(ask("P7=0002"), "OK", "a register is set");
	is_number(cpu.r[7], 0x200, "as it was said");
	is_string(ask("P8=ffff"), "OK", "the status word is set");
	is_number(cpu.psw, 037, "as far as it is a user's");
	is_string(ask("P7=00"), "E01", "half a register");
	is_string(ask("P7"), "E01", "no value");
	is_number((long)strlen(ask("g")), 2L * (9 * 2 + 2 + 6 * 8), "all of them");
	ok(strncmp(ask("g"), "341235123612", 12) == 0, "in order");
	is_string(ask("G3412"), "E01", "all of them at once, too few");
	{
		char all[200] = "G";

		memset(all + 1, '0', 136);
		memcpy(all + 1, "cdab", 4);
		is_string(ask(all), "OK", "all of them at once");
		ok(cpu.r[0] == 0xabcd && cpu.r[1] == 0 && cpu.ac[5] == 0, "are set");
		all[136] = 'x';
		cpu.r[0] = 7;
		is_string(ask(all), "E01", "with one digit that is none");
		is_number(cpu.r[0], 7, "none is");
	}
}

static void test_memory(void)
{
	begin();
	put(data, 0x100, 0x1234);
	put(text, 0x100, 0x5678);
	is_string(ask("m100,2"), "3412", "data");
	is_string(ask("m10100,2"), "7856", "instructions have an address of their own");
	is_string(ask("Mfe,4:01020304"), "OK", "data is written");
	is_number(get(data, 0x100), 0x0403, "to its place");
	is_string(ask("M10100,2:0900"), "OK", "instructions, too");
	ok(get(text, 0x100) == 9 && get(data, 0x100) == 0x0403, "in their space");
	is_string(ask("m100"), "E01", "no length");
	is_string(ask("mffff,2"), "E01", "over the end of a space");
	is_string(ask("m20000,1"), "E01", "no space");
	is_string(ask("mf000,2"), "E14", "memory that is not there");
	is_string(ask("mefff,2"), "00", "less where there is less");
	is_string(ask("m0,0"), "E14", "nothing");
	is_string(ask("m0,ffff1"), "E01", "far too much");
	is_number((long)strlen(ask("m0,f000")), 2 * 508, "no more than a packet holds");
	is_string(ask("M100,2:01"), "E01", "too few bytes");
	is_string(ask("M100,1:0102"), "E01", "too many");
	is_string(ask("M100,2:01zz"), "E01", "no bytes");
	is_string(ask("M100,fff:00"), "E01", "a length that is a lie");
	is_string(ask("Mf000,1:00"), "E14", "where nothing is");
	is_string(ask_bytes("X200,4:a}\x03\0b", 12), "OK", "binary, with a quoted byte");
	ok(memcmp(data + 0x200, "a\x23\0b", 4) == 0, "as it was meant");
	is_string(ask_bytes("X200,2:}", 8), "E01", "a quote of nothing");
	is_string(ask("X200,0:"), "OK", "a probe");
}

static void test_points(void)
{
	char packet[32];
	u16 at;

	begin();
	is_string(ask("Z0,200,2"), "OK", "a breakpoint");
	ok(pdp11_stub_at_breakpoint(&stub, 0x200) && !pdp11_stub_at_breakpoint(&stub, 0x202),
	   "is there");
	is_string(ask("Z0,10200,2"), "OK", "twice is once");
	is_string(ask("z0,200,2"), "OK", "and goes");
	ok(!pdp11_stub_at_breakpoint(&stub, 0x200), "for good");
	is_string(ask("z1,200,2"), "OK", "one that is not there");
	is_string(ask("Z5,200,2"), "", "a kind that is none");
	is_string(ask("Z0,200"), "E01", "half of one");
	is_string(ask("Z0,200,2;X1,00"), "E01", "with a condition");
	for (unsigned i = 0; i < STUB_BREAKPOINTS; i++) {
		snprintf(packet, sizeof(packet), "Z0,%x,2", 2 * i);
		ask(packet);
	}
	is_string(ask("Z0,ff0,2"), "E0c", "more than there is room for");
	is_string(ask("Z2,1000,2"), "OK", "a watchpoint");
	is_string(ask("Z2,1000,0"), "E0c", "of no bytes");
	for (unsigned i = 0; i < STUB_WATCHPOINTS; i++) {
		snprintf(packet, sizeof(packet), "Z3,%x,2", 0x2000 + 2 * i);
		ask(packet);
	}
	is_string(ask("Z4,3000,2"), "E0c", "more than there is room for");
	/* mov $5, (r1) */
	put(text, 01000, 0012711);
	put(text, 01002, 5);
	cpu.r[1] = 0x1000;
	ok(pdp11_stub_watch(&stub, &at) && at == 0x1000, "a store there is noticed");
	cpu.r[1] = 0x2000;
	ok(pdp11_stub_watch(&stub, &at) == NULL, "where reading is watched it is not");
	/* movb (r1)+, r0 */
	put(text, 01000, 0112100);
	cpu.r[1] = 0x2001;
	ok(pdp11_stub_watch(&stub, &at) && at == 0x2001, "a byte that is read");
	is_number(cpu.r[1], 0x2001, "and no register moved");
}

static void test_going(void)
{
	begin();
	ask("c");
	ok(event == STUB_GO && !stub.stepping && stub.signal == 0, "c");
	ask("s");
	ok(event == STUB_GO && stub.stepping, "s");
	ask("C0b");
	ok(event == STUB_GO && stub.signal == 11 && !stub.stepping, "C with a signal");
	ask("S0b;400");
	ok(event == STUB_GO && stub.stepping && cpu.r[7] == 0x400,
	   "S with a signal and an address");
	is_string(ask("Cff"), "E01", "no such signal");
	is_string(ask("C"), "E01", "no signal");
	is_string(ask("cfffff"), "E01", "no such address");
	is_string(ask("vCont?"), "vCont;c;C;s;S", "what vCont can");
	ask("vCont;s:1;c");
	ok(event == STUB_GO && stub.stepping, "vCont steps");
	ask("vCont;C05:p1.1");
	ok(event == STUB_GO && stub.signal == 5, "vCont with a signal");
	is_string(ask("vCont;t"), "E01", "vCont with what it cannot");
	ask("k");
	is_number(event, STUB_KILL, "k");
	is_string(ask("vKill;1"), "OK", "vKill");
	is_number(event, STUB_KILL, "kills");
	is_string(ask("D"), "OK", "D");
	is_number(event, STUB_DETACH, "detaches");
}

static void test_queries(void)
{
	static char xml[4096];
	char packet[64];
	size_t n = 0;

	begin();
	is_string(
	    ask("qSupported:multiprocess+"),
	    "PacketSize=400;QStartNoAckMode+;qXfer:features:read+;QCatchSyscalls+;QPassSignals+;"
	    "vContSupported+",
	    "what it can");
	for (;;) {
		const char *part;

		snprintf(packet, sizeof(packet), "qXfer:features:read:target.xml:%zx,100", n);
		part = ask(packet);
		strcpy(xml + n, part + 1);
		n += strlen(part + 1);
		if (part[0] != 'm' || n > 3000)
			break;
	}
	ok(strncmp(xml, "<?xml", 5) == 0 && strstr(xml, "</target>\n") == xml + n - 10,
	   "its description, in parts");
	ok(strstr(xml, "<reg name=\"pc\" bitsize=\"16\" type=\"code_ptr\"/>") != NULL, "with a pc");
	is_string(ask("qXfer:features:read:target.xml:ffffff,100"), "l", "beyond its end");
	is_string(ask("qXfer:features:read:target.xml:0"), "E01", "half a question");
	is_string(ask("qXfer:features:read:other:0,1"), "E00", "another");
	is_string(ask("QCatchSyscalls:1;4;ff;fffff"), "OK", "calls are caught");
	ok(pdp11_stub_catches(&stub, 4) && pdp11_stub_catches(&stub, 255) &&
	       !pdp11_stub_catches(&stub, 5) && !pdp11_stub_catches(&stub, 1000),
	   "those that were named");
	is_string(ask("QCatchSyscalls:1"), "OK", "or all");
	ok(pdp11_stub_catches(&stub, 5), "of them");
	is_string(ask("QCatchSyscalls:0"), "OK", "or none");
	ok(!pdp11_stub_catches(&stub, 4), "of them");
	is_string(ask("QPassSignals:e;14;fffff"), "OK", "signals are passed");
	ok(stub.pass == (1UL << 14 | 1UL << 20), "those that were named");
	is_string(ask("vMustReplyEmpty"), "", "what it does not know");
	is_string(ask("!"), "", "nor this");
	is_string(ask(""), "", "nor nothing");
	is_string(ask("Hg0"), "OK", "a thread");
	is_string(ask("qfThreadInfo"), "m1", "its threads");
	pdp11_stub_stopped(&stub, 11);
	is_string(ask("?"), "T0bthread:1;", "the last stop is remembered");
	pdp11_stub_called(&stub, 4, false);
	is_string(ask("?"), "T05thread:1;syscall_entry:4;", "at a call");
	pdp11_stub_watched(&stub, &(struct stub_range){0x100, 2, STUB_READ}, 0x101);
	is_string(ask("?"), "T05thread:1;rwatch:101;", "at a watchpoint");
	is_string(ask("QFbirdFollow:1"), "OK", "a fork's child is wanted");
	ok(stub.follow, "and will be had");
	is_string(ask("QFbirdFollow:0"), "OK", "or its parent");
	ok(!stub.follow, "as before");
	stub.child = 0x1234;
	pdp11_stub_stopped(&stub, 5);
	is_string(ask("?"), "T05thread:1;fbird-child:1234;", "a child tells who it is");
	pdp11_stub_stopped(&stub, 5);
	is_string(ask("?"), "T05thread:1;", "once");
	begin();
	ask("Z2,100,4");
	ask("Z3,200,2");
	{
		u16 at = 0;
		struct pdp11_touch t = {0xf0, 0x11, .read = true};

		ok(!pdp11_stub_touched(&stub, &t, &at), "what is read is not written");
		t = (struct pdp11_touch){0xf0, 0x11, .written = true};
		ok(pdp11_stub_touched(&stub, &t, &at) == &stub.watch[0] && at == 0x100,
		   "a range that ends in a watched place");
		t.len = 0x10;
		ok(!pdp11_stub_touched(&stub, &t, &at), "or before it");
		t = (struct pdp11_touch){0x201, 0x100, .read = true};
		ok(pdp11_stub_touched(&stub, &t, &at) == &stub.watch[1] && at == 0x201,
		   "or begins within");
	}
}

/* What the instruction of these words touches, as text: r100.2 w102.1 */
static const char *touched(u16 a, u16 b, u16 c)
{
	static char out[128];
	struct pdp11_touch t[PDP11_TOUCHES];
	u32 n;
	size_t len = 0;

	put(text, 01000, a);
	put(text, 01002, b);
	put(text, 01004, c);
	n = pdp11_touches(&cpu, t);
	out[0] = '\0';
	for (u32 i = 0; i < n; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s%s%o.%u", i ? " " : "",
					t[i].read ? "r" : "", t[i].written ? "w" : "", t[i].at,
					t[i].len);
	return out;
}

static void test_touches(void)
{
	begin();
	cpu.r[1] = 02000;
	cpu.r[2] = 03000;
	put(data, 02000, 04000);
	put(data, 02004, 05000);
	is_string(touched(0012122, 0, 0), "r2000.2 w3000.2", "mov (r1)+,(r2)+");
	is_string(touched(0012121, 0, 0), "r2000.2 w2002.2", "mov (r1)+,(r1)+");
	is_string(touched(0114141, 0, 0), "r1777.1 w1776.1", "movb -(r1),-(r1)");
	is_string(touched(0063132, 0, 0), "r4000.2 rw0.2",
		  "add *(r1)+,*(r2)+ whose second pointer is nought");
	is_string(touched(0026162, 4, 6), "r2004.2 r3006.2", "cmp 4(r1),6(r2)");
	is_string(touched(0012701, 5, 0), "", "mov $5,r1");
	is_string(touched(0005237, 02000, 0), "rw2000.2", "inc *$2000");
	is_string(touched(0005067, 0774, 0), "w2000.2", "clr 2000, relative");
	is_string(touched(0005771, 4, 0), "r5000.2", "tst *4(r1)");
	is_string(touched(0004737, 02000, 0), "w77776.2", "jsr pc,*$2000");
	is_string(touched(0000207, 0, 0), "r100000.2", "rts pc");
	is_string(touched(0070011, 0, 0), "r2000.2", "mul (r1),r0");
	is_string(touched(0172411, 0, 0), "r2000.4", "movf (r1),fr0");
	cpu.fps = 0200;
	is_string(touched(0174041, 0, 0), "w1770.8", "movf fr0,-(r1), double");
	is_string(touched(0175411, 0, 0), "w2000.2", "movfi fr0,(r1)");
	is_string(touched(0177411, 0, 0), "r2000.4", "movof (r1),fr0: of the other length");
	is_string(touched(0000002, 0, 0), "r100000.4", "rti");
	is_string(touched(0104404, 0, 0), "", "sys");
	cpu.r[PDP11_PC] = 0xffff;
	is_number(pdp11_touches(&cpu, (struct pdp11_touch[PDP11_TOUCHES]){{0}}), 0,
		  "no instruction");
}

int main(void)
{
	test_frames();
	test_registers();
	test_memory();
	test_points();
	test_going();
	test_queries();
	test_touches();
	return tap_end();
}
