/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_exec.h: what a new program finds: auxiliary vector, ps_strings,
 * sysarch(2), as FreeBSD/amd64 numbers and lays them out. Facts: sys/elf_common.h, x86/sysarch.h,
 * machine/vmparam.h, sys/vdso.h.
 */
#ifndef FB_FREEBSD_ABI_EXEC_H
#define FB_FREEBSD_ABI_EXEC_H

#include "core/abi_types.h"

/* Auxiliary vector (sys/elf_common.h) */
#define FREEBSD_AT_NULL		0
#define FREEBSD_AT_IGNORE	1
#define FREEBSD_AT_EXECFD	2
#define FREEBSD_AT_PHDR		3
#define FREEBSD_AT_PHENT	4
#define FREEBSD_AT_PHNUM	5
#define FREEBSD_AT_PAGESZ	6
#define FREEBSD_AT_BASE		7
#define FREEBSD_AT_FLAGS	8
#define FREEBSD_AT_ENTRY	9
#define FREEBSD_AT_NOTELF	10
#define FREEBSD_AT_UID		11
#define FREEBSD_AT_EUID		12
#define FREEBSD_AT_GID		13
#define FREEBSD_AT_EGID		14
#define FREEBSD_AT_EXECPATH	15
#define FREEBSD_AT_CANARY	16
#define FREEBSD_AT_CANARYLEN	17
#define FREEBSD_AT_OSRELDATE	18
#define FREEBSD_AT_NCPUS	19
#define FREEBSD_AT_PAGESIZES	20
#define FREEBSD_AT_PAGESIZESLEN 21
#define FREEBSD_AT_TIMEKEEP	22
#define FREEBSD_AT_STACKPROT	23
#define FREEBSD_AT_EHDRFLAGS	24
#define FREEBSD_AT_HWCAP	25
#define FREEBSD_AT_HWCAP2	26
#define FREEBSD_AT_BSDFLAGS	27
#define FREEBSD_AT_ARGC		28
#define FREEBSD_AT_ARGV		29
#define FREEBSD_AT_ENVC		30
#define FREEBSD_AT_ENVV		31
#define FREEBSD_AT_PS_STRINGS	32
#define FREEBSD_AT_FXRNG	33
#define FREEBSD_AT_KPRELOAD	34
#define FREEBSD_AT_USRSTACKBASE 35
#define FREEBSD_AT_USRSTACKLIM	36

/* Notes (sys/elf_common.h) */
#define FREEBSD_NT_FREEBSD_ABI_TAG		1
#define FREEBSD_NT_FREEBSD_NOINIT_TAG		2
#define FREEBSD_NT_FREEBSD_ARCH_TAG		3
#define FREEBSD_NT_FREEBSD_FEATURE_CTL		4
#define FREEBSD_NT_FREEBSD_FCTL_ASLR_DISABLE	1
#define FREEBSD_NT_FREEBSD_FCTL_PROTMAX_DISABLE 2
#define FREEBSD_NT_FREEBSD_FCTL_STKGAP_DISABLE	4
#define FREEBSD_NT_FREEBSD_FCTL_WXNEEDED	8
#define FREEBSD_NT_FREEBSD_FCTL_LA48		16

/* AT_BSDFLAGS, hardware capabilities (sys/elf_common.h) */
#define FREEBSD_ELF_BSDF_SIGFASTBLK	0x1
#define FREEBSD_ELF_BSDF_VMNOOVERCOMMIT 0x2

/* sysarch(2) (x86/sysarch.h) */
#define FREEBSD_I386_GET_LDT	    0
#define FREEBSD_I386_SET_LDT	    1
#define FREEBSD_I386_GET_IOPERM	    3
#define FREEBSD_I386_SET_IOPERM	    4
#define FREEBSD_I386_VM86	    6
#define FREEBSD_I386_GET_FSBASE	    7
#define FREEBSD_I386_SET_FSBASE	    8
#define FREEBSD_I386_GET_GSBASE	    9
#define FREEBSD_I386_SET_GSBASE	    10
#define FREEBSD_I386_GET_XFPUSTATE  11
#define FREEBSD_I386_SET_PKRU	    12
#define FREEBSD_I386_CLEAR_PKRU	    13
#define FREEBSD_AMD64_GET_FSBASE    128
#define FREEBSD_AMD64_SET_FSBASE    129
#define FREEBSD_AMD64_GET_GSBASE    130
#define FREEBSD_AMD64_SET_GSBASE    131
#define FREEBSD_AMD64_GET_XFPUSTATE 132
#define FREEBSD_AMD64_SET_PKRU	    133
#define FREEBSD_AMD64_CLEAR_PKRU    134
#define FREEBSD_AMD64_PKRU_EXCL	    1
#define FREEBSD_AMD64_PKRU_PERSIST  2

/* Address space (machine/vmparam.h) */
#define FREEBSD_VM_MAXUSER_ADDRESS_LA57 0x100000000000000ull
#define FREEBSD_VM_MAXUSER_ADDRESS_LA48 0x800000000000ull
#define FREEBSD_VM_MAXUSER_ADDRESS	0x100000000000000ull
#define FREEBSD_USRSTACK		0x7ffffffff000ull

/* vdso timekeeping (sys/vdso.h) */
#define FREEBSD_VDSO_TK_CURRENT_BUSY 4294967295u
#define FREEBSD_VDSO_TK_VER_1	     1
#define FREEBSD_VDSO_TH_ALGO_1	     1
#define FREEBSD_VDSO_TH_ALGO_2	     2
#define FREEBSD_VDSO_TH_ALGO_3	     3
#define FREEBSD_VDSO_TH_ALGO_4	     4
#define FREEBSD_VDSO_FXRNG_VER_1     1

struct freebsd_auxv {
	i64 a_type;
	u64 a_val;
};
SIZE_ASSERT(struct freebsd_auxv, 16);

struct freebsd_ps_strings {
	u64 ps_argvstr;
	u32 ps_nargvstr;
	u32 pad0;
	u64 ps_envstr;
	u32 ps_nenvstr;
	u32 pad1;
};
SIZE_ASSERT(struct freebsd_ps_strings, 32);

#endif
