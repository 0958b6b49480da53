/* SPDX-License-Identifier: BSD-2-Clause
 * Everything the kernel asks of an architecture. A port is done when this links.
 * No #if here or in any caller: an architecture with nothing to do defines an empty function. What must be fast may be
 * an inline function in the port's arch_types.h instead of a prototype here being linked to.
 *
 * arch_types.h supplies: struct arch_frame (a thread's saved registers), struct arch_fpu, pte_t, ARCH_PT_LEVELS,
 * ARCH_PT_BITS (index bits of one level), ARCH_PAGE_BITS, ARCH_USER_TOP, ARCH_REGS, ARCH_IRQS, ARCH_CPUS,
 * ARCH_SGIS, ARCH_SGI_TARGETS (interrupts that software raises, and at how many processors), ARCH_BREAKPOINTS,
 * ARCH_WATCHPOINTS, ARCH_INSTRUCTION_BYTES. */
#pragma once

#include "../core/abi.h"
#include "../core/breakpoint.h"
#include <arch_types.h>

struct thread;
struct mem { enum { MEM_NORMAL, MEM_DEVICE, MEM_UNCACHED } kind; bool never_execute; };

/* Boot: the port's entry code builds the kernel's address space (all physical memory mapped, see arch_pointer), reads
 * the machine's description with a bounded reader and calls kernel_boot, once. */
struct memory_range { paddr_t start, end; };    /* end exclusive, 4 KiB aligned */
enum { BOOT_RANGES = 32 };
struct boot_machine {
    struct memory_range ram[BOOT_RANGES];      unsigned ram_count;        /* sorted, disjoint; without reserved parts,
                                                                             kernel and boot payload */
    struct memory_range device[BOOT_RANGES];   unsigned device_count;     /* sorted, disjoint, 4 KiB each or larger */
    struct memory_range boot;                   /* the boot's own code: not to be touched before it is over */
    struct memory_range payload;                /* the root task as laid out by the image tool, see core/boot_image.c */
    const void *device_tree; size_t device_tree_bytes;      /* the used part */
};
struct thread *kernel_boot(const struct boot_machine *machine);  /* returns the first thread to run */

/* Traps, called by the port with the current thread's registers saved in its frame. Each returns the thread to
 * resume; null: nobody, call arch_idle. A fault's words: VM: address, is it a fetch, status; USER_EXCEPTION: number,
 * code; UNKNOWN_SYSCALL (made by kernel_syscall): number; others 0. */
struct thread *kernel_syscall(word_t number);
struct thread *kernel_interrupt(void);
struct thread *kernel_fault(enum fault_kind kind, word_t a, word_t b, word_t c);
/* The current thread came to a breakpoint, made an access that is watched (to that address), made a step, or executed
 * the instruction for it. */
struct thread *kernel_debug(enum break_reason reason, vaddr_t accessed);
/* The current thread used vector registers that it does not own: if it never may, a user exception of that number. */
struct thread *kernel_fpu_trap(word_t number);

/* CPU */
_Noreturn void arch_halt(void);                 /* after panic; ends QEMU, if it can, with a status that is not 0 */
_Noreturn void arch_idle(void);                 /* wait for an interrupt, kernel stack empty */
void  *arch_pointer(paddr_t p);                 /* kernel's view of physical memory, cached */
paddr_t arch_paddr(const void *pointer);

/* A thread's saved registers: opaque outside arch/ */
void   arch_frame_init(struct arch_frame *f, vaddr_t pc, vaddr_t sp, word_t arg);
word_t arch_frame_get(const struct arch_frame *f, unsigned msg_reg);              /* message register 0..3 */
void   arch_frame_set(struct arch_frame *f, unsigned msg_reg, word_t value);
word_t arch_frame_cap(const struct arch_frame *f);                                /* capability argument of the call */
word_t arch_frame_info(const struct arch_frame *f);                               /* message info argument */
word_t arch_frame_reply(const struct arch_frame *f);                              /* reply capability argument */
word_t arch_frame_dest(const struct arch_frame *f);                               /* second capability argument */
void   arch_frame_set_badge(struct arch_frame *f, word_t badge);
void   arch_frame_set_info(struct arch_frame *f, word_t info);
void   arch_frame_restart(struct arch_frame *f);    /* make the system call again when next resumed; twice is once, and
                                                        after any other trap nothing */
void   arch_frame_export(const struct arch_frame *f, word_t out[ARCH_REGS]);      /* order of seL4_UserContext */
void   arch_frame_import(struct arch_frame *f, const word_t *in, word_t count);   /* drops privileged bits */
void   arch_frame_set_tls(struct arch_frame *f, word_t tls);
word_t arch_frame_pc(const struct arch_frame *f);
word_t arch_frame_sp(const struct arch_frame *f);

/* Fault messages, whose registers are the machine's own. Message layout as libsel4's seL4_Fault types. */
word_t arch_fault_message(const struct thread *t, word_t words[FAULT_MESSAGE_MAX]);  /* how many; 0: not its */
bool   arch_fault_writes(word_t status);                                         /* a VM fault's status: was it a store? */
void   arch_fault_reply(struct thread *t, const word_t *words, word_t count);    /* what a reply of that length does */

/* Page tables: the walk is generic; only one entry's encoding is not. bits: how many of an address the entry covers. */
pte_t         arch_pte_table(paddr_t next);
pte_t         arch_pte_leaf(unsigned bits, paddr_t page, rights_t rights, struct mem mem);    /* never both w and x */
enum pte_kind arch_pte_kind(pte_t pte, unsigned bits);
paddr_t       arch_pte_addr(pte_t pte);
bool          arch_pte_writable(pte_t pte);
bool          arch_pte_executable(pte_t pte);
void          arch_pte_publish(void);                /* a hole was filled: user mode will see it */

/* Address spaces */
void arch_vspace_init(pte_t *root);                  /* share the kernel half, where there is one */
void arch_vspace_enter(paddr_t root, word_t asid);
void arch_vspace_leave(void);                        /* for the empty one */
void arch_tlb_flush_page(word_t asid, vaddr_t va);   /* an entry was made a hole; so for the other */
void arch_tlb_flush_asid(word_t asid);

/* Caches, by kernel pointer */
void arch_cache_clean(const void *start, size_t len);              /* to the point of coherency */
void arch_cache_invalidate(const void *start, size_t len);
void arch_cache_clean_invalidate(const void *start, size_t len);
void arch_code_publish(const void *start, size_t len);             /* data side to instruction side */
void arch_zero(void *start, size_t len);            /* both multiples of 64 bytes; zeros to the point of coherency */

/* Vector registers: lazily switched */
void arch_fpu_save(struct arch_fpu *f);
void arch_fpu_load(const struct arch_fpu *f);
void arch_fpu_enable(bool enabled);                  /* disabled: user's next use traps to kernel_fpu_trap */
void arch_timer_user(bool allowed);                  /* may user mode touch the physical timer */

/* Debug registers, for user mode: load them for a thread that has breakpoints; null: none counts. step: each of its
 * instructions traps for which arch_frame_step was called before it. */
void arch_debug_enter(const struct breakpoints *b, bool step);
void arch_frame_step(struct arch_frame *f, bool step);

/* Interrupts and time */
irq_t   arch_irq_claim(void);                        /* IRQ_NONE if spurious */
void    arch_irq_complete(irq_t irq);
void    arch_irq_mask(irq_t irq, bool masked);
void    arch_irq_trigger(irq_t irq, bool edge);
void    arch_irq_send(unsigned sgi, unsigned target); /* raise that interrupt at that processor; none if it is not there */
bool    arch_irq_pending(void);                      /* is any waiting: for preemption points */
irq_t   arch_irq_timer(void);                        /* the kernel's own timer's number */
ticks_t arch_time(void);
ticks_t arch_us_to_ticks(word_t us);
word_t  arch_ticks_to_us(ticks_t ticks);
void    arch_timer_set(ticks_t deadline);            /* absolute; past: fires at once. UINT64_MAX: never */

/* Debug output: the machine's own channel, not a device that user space drives */
void arch_putc(char c);
