/* SPDX-License-Identifier: BSD-2-Clause
 * The host's share of a thread and of a page table: the machine that unit tests and fuzzers run the kernel on. */
#pragma once

#include "../../core/types.h"

#define ARCH_PAGE_BITS 12u
#define ARCH_PT_BITS   9u
#define ARCH_PT_LEVELS 4u
#define ARCH_USER_TOP  0x0000800000000000ul
#define ARCH_REGS      14u      /* words of this machine's seL4_UserContext: struct arch_frame up to tls */
#define ARCH_FRAME_REGS 13u      /* all but tls */
#define ARCH_IRQS      64u
#define ARCH_SGIS      16u                  /* the lowest numbers of interrupts */
#define ARCH_SGI_TARGETS 8u                 /* the interrupt controller's, there or not */
#define ARCH_CPUS      1u
#define ARCH_BREAKPOINTS 6u                 /* libsel4's seL4_NumExclusiveBreakpoints, seL4_NumExclusiveWatchpoints */
#define ARCH_WATCHPOINTS 4u
#define ARCH_INSTRUCTION_BYTES 4u

typedef uint64_t pte_t;

/* The registers of a machine that has only those that the kernel speaks of. */
struct arch_frame {
    word_t pc;          /* where the thread goes on */
    word_t sp;
    word_t flags;       /* user may set the low 4 bits */
    word_t cap;         /* badge, on return */
    word_t info;
    word_t mr[4];
    word_t reply;
    word_t number;
    word_t dest;
    word_t arg;         /* of a thread's start */
    word_t tls;
    word_t restart;     /* the instruction that trapped */
};

struct arch_fpu { uint64_t v[4]; };
