/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/stub_target.h: the machine's registers as GDB wants them described, in the order of the
 * packets g and G. (GDB's manual, "Target Descriptions".)
 */
#ifndef FB_CPU_PDP11_STUB_TARGET_H
#define FB_CPU_PDP11_STUB_TARGET_H

static const char target[] =
    "<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
    "<target version=\"1.0\">\n<feature name=\"org.feuerbird.pdp11.core\">\n"
    "<reg name=\"r0\" bitsize=\"16\" type=\"uint16\"/>\n"
    "<reg name=\"r1\" bitsize=\"16\" type=\"uint16\"/>\n"
    "<reg name=\"r2\" bitsize=\"16\" type=\"uint16\"/>\n"
    "<reg name=\"r3\" bitsize=\"16\" type=\"uint16\"/>\n"
    "<reg name=\"r4\" bitsize=\"16\" type=\"uint16\"/>\n"
    "<reg name=\"r5\" bitsize=\"16\" type=\"data_ptr\"/>\n"
    "<reg name=\"sp\" bitsize=\"16\" type=\"data_ptr\"/>\n"
    "<reg name=\"pc\" bitsize=\"16\" type=\"code_ptr\"/>\n"
    "<reg name=\"ps\" bitsize=\"16\" type=\"uint16\"/>\n</feature>\n"
    "<feature name=\"org.feuerbird.pdp11.fp11\">\n"
    "<reg name=\"fps\" bitsize=\"16\" type=\"uint16\"/>\n"
    "<reg name=\"ac0\" bitsize=\"64\" type=\"uint64\"/>\n"
    "<reg name=\"ac1\" bitsize=\"64\" type=\"uint64\"/>\n"
    "<reg name=\"ac2\" bitsize=\"64\" type=\"uint64\"/>\n"
    "<reg name=\"ac3\" bitsize=\"64\" type=\"uint64\"/>\n"
    "<reg name=\"ac4\" bitsize=\"64\" type=\"uint64\"/>\n"
    "<reg name=\"ac5\" bitsize=\"64\" type=\"uint64\"/>\n</feature>\n</target>\n";

#endif
