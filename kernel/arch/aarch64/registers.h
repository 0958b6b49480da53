/* SPDX-License-Identifier: BSD-2-Clause
 * Bits of AArch64's system registers and page-table entries that the port uses, for C and for assembly (hence macros).
 * Names and meanings: Arm Architecture Reference Manual, D5.3 (entries), D13.2 (registers). */
#pragma once

#ifdef __ASSEMBLER__
#define REG(n) (n)
#else
#define REG(n) (n##ul)
#endif

/* Page-table entries */
#define PTE_VALID            REG(0x1)
#define PTE_TABLE_BITS       REG(0x3)   /* above the last level: another table */
#define PTE_PAGE             REG(0x2)   /* at the last level: what makes it a page */
#define PTE_DEVICE           REG(0x0)   /* index into MAIR */
#define PTE_NORMAL           REG(0x4)
#define PTE_UNCACHED         REG(0x8)
#define PTE_USER             REG(0x40)
#define PTE_READ_ONLY        REG(0x80)
#define PTE_INNER_SHAREABLE  REG(0x300)
#define PTE_ACCESSED         REG(0x400)
#define PTE_NOT_GLOBAL       REG(0x800)
#define PTE_ADDRESS_MASK     REG(0x0000fffffffff000)
#define PTE_PXN              (REG(1) << 53)
#define PTE_UXN              (REG(1) << 54)

/* MAIR: device nGnRnE, normal write-back, normal uncached: in the order of the indices above */
#define MAIR_VALUE           REG(0x44ff00)

/* TCR: 48-bit halves, 4 KiB granules, walks cached and inner shareable, 40-bit physical, 16-bit ASIDs in TTBR0 */
#define TCR_VALUE            ((REG(16) << 0) | (REG(1) << 8) | (REG(1) << 10) | (REG(3) << 12) | (REG(0) << 14) | \
                              (REG(16) << 16) | (REG(1) << 24) | (REG(1) << 26) | (REG(3) << 28) | (REG(2) << 30) | \
                              (REG(2) << 32) | (REG(1) << 36))

/* SCTLR: MMU, caches, stack alignment; writable implies never executed, for the kernel too. User mode may zero and
 * clean cache lines by address, read the cache type, wait for interrupts and events: what the C library does. */
#define SCTLR_RES1           REG(0x30d00800)
#define SCTLR_M              REG(0x1)
#define SCTLR_C              REG(0x4)
#define SCTLR_SA             REG(0x8)
#define SCTLR_SA0            REG(0x10)
#define SCTLR_I              REG(0x1000)
#define SCTLR_DZE            REG(0x4000)
#define SCTLR_UCT            REG(0x8000)
#define SCTLR_NTWI           REG(0x10000)
#define SCTLR_NTWE           REG(0x40000)
#define SCTLR_WXN            REG(0x80000)
#define SCTLR_UCI            REG(0x4000000)
#define SCTLR_VALUE          (SCTLR_RES1 | SCTLR_M | SCTLR_C | SCTLR_SA | SCTLR_SA0 | SCTLR_I | SCTLR_DZE |      \
                              SCTLR_UCT | SCTLR_NTWI | SCTLR_NTWE | SCTLR_WXN | SCTLR_UCI)

/* ESR: classes of exceptions */
#define ESR_CLASS_SHIFT      26
#define ESR_FPU              REG(0x07)
#define ESR_SVC              REG(0x15)
#define ESR_FETCH_ABORT      REG(0x20)
#define ESR_DATA_ABORT       REG(0x24)
#define ESR_BREAKPOINT       REG(0x30)
#define ESR_STEP             REG(0x32)
#define ESR_WATCHPOINT       REG(0x34)
#define ESR_BRK              REG(0x3c)

/* CPACR: who may use vector registers */
#define CPACR_KERNEL_ONLY    REG(0x100000)
#define CPACR_ALL            REG(0x300000)

/* Debug: what is on, and of one breakpoint or watchpoint: user mode only, which bytes, which accesses */
#define MDSCR_STEP           REG(0x1)
#define MDSCR_NO_CHANNEL     REG(0x1000)     /* user mode does not reach the debugger's channel */
#define MDSCR_MONITOR        REG(0x8000)
#define DBGBCR_ENABLE        REG(0x1)
#define DBGBCR_USER          REG(0x4)
#define DBGBCR_WHOLE         REG(0x1e0)
#define DBGWCR_ENABLE        REG(0x1)
#define DBGWCR_USER          REG(0x4)
#define DBGWCR_ACCESS        3
#define DBGWCR_BYTES         5

/* PSTATE.SS: the next instruction is made before the step's trap. The kernel's to choose */
#define PSTATE_STEP          REG(0x200000)

/* PSTATE that user mode may choose: the condition flags. All else 0 is EL0, AArch64, nothing masked. */
#define PSTATE_FLAGS         REG(0xf0000000)
