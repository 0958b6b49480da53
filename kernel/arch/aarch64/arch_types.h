/* SPDX-License-Identifier: BSD-2-Clause
 * AArch64's share of a thread and of a page table: sizes, the saved registers, one entry.
 * Invariant: frame_offsets.h says where trap entry finds each field of struct arch_frame (checked in frame.c). */
#pragma once

#include "../../core/types.h"
#include "registers.h"

#define ARCH_PAGE_BITS 12u
#define ARCH_PT_BITS   9u
#define ARCH_PT_LEVELS 4u                   /* 48 bits of virtual address */
#define ARCH_USER_TOP  0x0000800000000000ul /* exclusive */
#define ARCH_REGS      36u                  /* words of seL4_UserContext */
#define ARCH_FRAME_REGS 17u                 /* the first of them: seL4_TCB_CopyRegisters' frame registers */
#define ARCH_IRQS      288u                 /* the interrupt controller's lines on virt */
#define ARCH_SGIS      16u                  /* the lowest numbers of interrupts */
#define ARCH_SGI_TARGETS 8u                 /* the interrupt controller's, there or not */
#define ARCH_CPUS      1u
#define ARCH_BREAKPOINTS 6u                 /* libsel4's seL4_NumExclusiveBreakpoints, seL4_NumExclusiveWatchpoints */
#define ARCH_WATCHPOINTS 4u
#define ARCH_INSTRUCTION_BYTES 4u

typedef uint64_t pte_t;

static inline pte_t arch_pte_table(paddr_t next) { return next | PTE_TABLE_BITS; }
static inline enum pte_kind arch_pte_kind(pte_t pte, unsigned bits)
{
    if (!(pte & PTE_VALID))
        return PTE_HOLE;
    return (pte & PTE_PAGE) && bits != ARCH_PAGE_BITS ? PTE_TABLE : PTE_LEAF;
}
/* The bits below a block's size are zero in a block's entry. */
static inline paddr_t arch_pte_addr(pte_t pte) { return pte & PTE_ADDRESS_MASK; }

/* What user mode sees of the processor, as it was at the last trap. */
struct arch_frame {
    word_t x[31];
    word_t sp;
    word_t pc;          /* where the thread goes on */
    word_t pstate;
    word_t tls;         /* TPIDR_EL0: user mode writes it */
    word_t tls_ro;      /* TPIDRRO_EL0: user mode only reads it */
    word_t restart;     /* the instruction that trapped: pc, or the svc before it */
};

struct arch_fpu {
    uint64_t v[64];     /* 32 registers of 128 bits */
    uint64_t fpcr, fpsr;
} __attribute__((aligned(16)));

/* The kernel sees all physical memory at one offset: above every user address, in TTBR1. */
#define ARCH_PHYSICAL_WINDOW 0xffff000000000000ul

static inline void *arch_pointer(paddr_t p) { return (void *)(p + ARCH_PHYSICAL_WINDOW); }
static inline paddr_t arch_paddr(const void *pointer) { return (paddr_t)pointer - ARCH_PHYSICAL_WINDOW; }

/* The calling convention (kernel/abi/syscalls.def). */
static inline word_t arch_frame_get(const struct arch_frame *f, unsigned msg_reg) { return f->x[2 + msg_reg]; }
static inline void arch_frame_set(struct arch_frame *f, unsigned msg_reg, word_t value) { f->x[2 + msg_reg] = value; }
static inline word_t arch_frame_cap(const struct arch_frame *f) { return f->x[0]; }
static inline word_t arch_frame_info(const struct arch_frame *f) { return f->x[1]; }
static inline word_t arch_frame_reply(const struct arch_frame *f) { return f->x[6]; }
static inline word_t arch_frame_dest(const struct arch_frame *f) { return f->x[8]; }
static inline void arch_frame_set_badge(struct arch_frame *f, word_t badge) { f->x[0] = badge; }
static inline void arch_frame_set_info(struct arch_frame *f, word_t info) { f->x[1] = info; }
static inline void arch_frame_restart(struct arch_frame *f)
{
    f->pc = f->restart;
    f->pstate |= PSTATE_STEP;       /* for who steps: the instruction is still to be made */
}
static inline void arch_frame_set_tls(struct arch_frame *f, word_t tls) { f->tls = tls; }
static inline word_t arch_frame_pc(const struct arch_frame *f) { return f->pc; }
static inline word_t arch_frame_sp(const struct arch_frame *f) { return f->sp; }

/* The syndrome's WnR bit (Arm ARM, ESR_EL1, ISS of a data abort). */
static inline bool arch_fault_writes(word_t status) { return status & 1u << 6; }
