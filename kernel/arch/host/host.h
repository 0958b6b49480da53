/* SPDX-License-Identifier: BSD-2-Clause
 * The host machine from outside: its memory, its user mode, its clock and interrupt lines, and what its model of TLB
 * and caches found. Only tests and fuzzers include this.
 *
 * A finding is something that this machine forgives and a real one may not: an access through a translation that the
 * tables no longer hold, a fetch of bytes that never were published. It is counted, and described in host_finding(). */
#pragma once

#include "../arch.h"

enum { HOST_RAM_BASE = 0x40000000, HOST_RAM_BYTES = 32 << 20 };
enum { HOST_FPU_EXCEPTION = 7 };            /* number of the fault when vector registers are refused */
#define HOST_DEVICE_BASE 0x09000000ul       /* one page: has no memory behind it, as far as the kernel is concerned */

/* Fresh memory, nothing pending, time 1000. First of all calls. */
void host_reset(void);

/* User mode: what a load, store or fetch by the current thread does. False: it faults, with nothing done; the caller
 * may then enter the kernel by host_vm_fault. Must not cross a page. */
bool host_load(vaddr_t va, void *to, size_t bytes);
bool host_store(vaddr_t va, const void *from, size_t bytes);
bool host_fetch(vaddr_t va, void *to, size_t bytes);

/* Entering the kernel as the current thread, which is host_current(); each returns the thread that runs next,
 * which becomes host_current() (null: idle). */
struct thread *host_boot(const struct boot_machine *machine);
struct thread *host_syscall(word_t number);             /* arguments are in the current thread's frame */
struct thread *host_vm_fault(vaddr_t va, bool fetch, bool write);
struct thread *host_user_exception(word_t number, word_t code);
struct thread *host_fpu_use(uint64_t value);            /* user code writes value to its vector registers */
uint64_t       host_fpu_read(void);                     /* and reads them: may enter the kernel */
struct thread *host_instruction(void);                  /* one at the thread's pc that does nothing: may meet breakpoints */
struct thread *host_watched(vaddr_t va, bool write);    /* one that accesses va: may meet watchpoints */
struct thread *host_brk(void);                          /* the breakpoint instruction */
bool           host_debug_loaded(void);                 /* are debug registers on */
struct thread *host_current(void);

/* Time moves only here. Enters the kernel for each interrupt that becomes due and is not masked. */
struct thread *host_advance(ticks_t ticks);
struct thread *host_raise(irq_t irq);                   /* an edge, or a level that holds until host_lower */
void           host_lower(irq_t irq);
void           host_raise_quietly(irq_t irq);           /* the kernel sees it at its next preemption point */
void           host_raise_after(unsigned polls, irq_t irq); /* at the kernel's polls-th preemption point from now */
bool           host_irq_masked(irq_t irq);
ticks_t        host_deadline(void);                     /* what the timer is armed for */
bool           host_timer_usable(void);                 /* may user mode touch the physical timer now */

/* Called at the end of every kernel entry, after the model's own checks: the invariants' place. */
void host_set_check(void (*check)(void));

unsigned    host_findings(void);
const char *host_finding(void);                         /* the first, or "" */
const char *host_output(void);                          /* what arch_putc printed so far */
void        host_expect_halt(void (*halted)(void));     /* arch_halt calls this instead of aborting */
