/* SPDX-License-Identifier: BSD-2-Clause
 * Start: the arm64 Image header, the boot page tables, the way from physical addresses with the MMU off to arch_boot.
 *
 *   table        covers                              made of
 *   boot_level0  0xffff000000000000 + 512 GiB        one table
 *   boot_level1  each GiB of physical memory         devices; RAM's first: boot_level2; more RAM: direct_map.c
 *   boot_level2  the first GiB of RAM                2 MiB blocks, never executed; boot_level3 where the kernel is
 *   boot_level3  the kernel's own 2 MiB              4 KiB pages: text and constants read-only, the rest writable, but
 *                                                    none below the stack; the boot's own become writable when it is over
 *   identity     the first GiB of RAM at itself      for the instructions around switching the MMU on; empty then
 *
 * All but boot_level3 are finished by the assembler and the linker. */

#include "registers.h"

/* PLATFORM_ram, PLATFORM_image */
#define DEVICE(name, base, bytes, irq, trigger, who, beyond)
#define INTERRUPT(name, number)
#define RAM(base)               .set PLATFORM_ram, base
#define IMAGE(base)             .set PLATFORM_image, base
#define CYCLES_USER(allowed)
#define QEMU(...)
#include PLATFORM_TABLE
#undef DEVICE

.if PLATFORM_ram != 1 << 30 || PLATFORM_image != PLATFORM_ram + (2 << 20)
.error "boot_level1 and boot_level2 have RAM in the second GiB and the kernel in its second block"
.endif

#define KERNEL_STACK_BYTES 8192

#define WINDOW      0xffff000000000000
#define LEAF        (PTE_VALID | PTE_ACCESSED | PTE_UXN)
#define NORMAL      (LEAF | PTE_NORMAL | PTE_INNER_SHAREABLE)
#define DATA        (NORMAL | PTE_PXN)
#define CONSTANT    (NORMAL | PTE_PXN | PTE_READ_ONLY)
#define TEXT        (NORMAL | PTE_READ_ONLY)
#define DEVICE      (LEAF | PTE_PXN)

.section .head, "ax"
.global kernel_start
kernel_start:
    b       start
    nop
    .quad   0                           /* text offset */
    .quad   kernel_image_bytes          /* of memory; the image tool adds the boot payload */
    .quad   0xa                         /* little endian, 4 KiB pages */
    .quad   0, 0, 0
    .ascii  "ARM\x64"
    .long   0

/* x0: physical address of the device tree. MMU and caches off, interrupts masked, EL1. */
start:
    mrs     x1, CurrentEL
    cmp     x1, #(1 << 2)
    b.ne    stop                        /* the platform's table promises EL1 */
    mov     x20, x0

    /* The kernel's own pages: x2 walks them, x3 is the entry's place. */
    adrp    x2, kernel_start
    adrp    x3, boot_level3
    adrp    x4, kernel_text_end
    adrp    x5, kernel_constants_end
    mov     x6, #512
0:  ldr     x7, =(TEXT | PTE_PAGE)
    ldr     x8, =(CONSTANT | PTE_PAGE)
    ldr     x9, =(DATA | PTE_PAGE)
    cmp     x2, x4
    csel    x7, x7, x8, lo
    cmp     x2, x5
    csel    x7, x7, x9, lo
    orr     x7, x7, x2
    str     x7, [x3], #8
    add     x2, x2, #4096
    subs    x6, x6, #1
    b.ne    0b

    /* No page below the stack: an overflow is an exception, not a changed page table. */
    adrp    x2, kernel_start
    adrp    x3, boot_level3
    adrp    x4, kernel_stack_guard
    sub     x4, x4, x2
    lsr     x4, x4, #9                  /* pages, times the size of an entry */
    str     xzr, [x3, x4]

    /* What was written with the cache off must not be hidden by lines that a boot loader left behind. */
    adrp    x3, boot_level3
    mov     x6, #(4096 / 64)
1:  dc      ivac, x3
    add     x3, x3, #64
    subs    x6, x6, #1
    b.ne    1b
    dsb     sy

    ldr     x1, =MAIR_VALUE
    msr     mair_el1, x1
    ldr     x1, =TCR_VALUE
    msr     tcr_el1, x1
    adrp    x1, identity_level0
    msr     ttbr0_el1, x1
    adrp    x1, boot_level0
    msr     ttbr1_el1, x1
    tlbi    vmalle1
    ic      iallu
    dsb     sy
    isb
    ldr     x1, =SCTLR_VALUE
    msr     sctlr_el1, x1
    isb
    ldr     x1, =high
    br      x1

high:
    adrp    x1, kernel_stack_top
    add     x1, x1, :lo12:kernel_stack_top
    mov     sp, x1
    adrp    x1, vectors
    add     x1, x1, :lo12:vectors
    msr     vbar_el1, x1

    /* User space's half is empty from here on, until arch_vspace_enter. */
    adrp    x1, identity_level0
    str     xzr, [x1, #:lo12:identity_level0]
    dsb     ish
    tlbi    vmalle1
    dsb     ish
    isb

    mov     x29, xzr
    mov     x30, xzr
    mov     x0, x20
    bl      arch_boot
    b       boot_over

stop:
    wfi
    b       stop

.ltorg

/* The first code that stays. x0: the first thread. */
.text
boot_over:
    mov     x19, x0
    bl      arch_boot_over
    mov     x0, x19
    b       resume

.section .tables, "aw"
.balign 4096
boot_level0:
    .quad   boot_level1 - WINDOW + PTE_TABLE_BITS
    .fill   511, 8, 0

.global boot_level1
boot_level1:
    .quad   DEVICE                      /* 0: devices */
    .quad   boot_level2 - WINDOW + PTE_TABLE_BITS
    .fill   510, 8, 0

.global boot_level2
boot_level2:
    .quad   PLATFORM_ram + DATA
    .quad   boot_level3 - WINDOW + PTE_TABLE_BITS
    .set    block, PLATFORM_image + 0x200000
    .rept   510
    .quad   block + DATA
    .set    block, block + 0x200000
    .endr

.global boot_level3
boot_level3:
    .fill   512, 8, 0

/* Also what an address space that is no address space is: arch_vspace_leave(). */
.global identity_level0
identity_level0:
    .quad   identity_level1 - WINDOW + PTE_TABLE_BITS
    .fill   511, 8, 0
identity_level1:
    .quad   0
    .quad   PLATFORM_ram + TEXT
    .fill   510, 8, 0

.section .stack, "aw"
.balign 4096
.global kernel_stack_guard
kernel_stack_guard:
.fill 4096, 1, 0
.fill KERNEL_STACK_BYTES, 1, 0
.global kernel_stack_top
kernel_stack_top:
