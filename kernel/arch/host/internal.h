/* SPDX-License-Identifier: BSD-2-Clause
 * What the host machine's parts ask of each other. */
#pragma once

#include "host.h"

/* memory.c: one physical memory, seen three ways. The kernel and cached mappings see it through the data cache; devices
 * and uncached mappings see what was cleaned; fetches see what was published. */
bool  host_is_ram(paddr_t p, size_t bytes);
void *host_memory_view(paddr_t p);          /* behind the cache */
void *host_code_view(paddr_t p);            /* on the instruction side */
void  host_memory_reset(void);

/* tlb.c */
enum host_access { HOST_READ, HOST_WRITE, HOST_FETCH };
struct host_translation { paddr_t paddr; bool uncached; };
/* What the current thread's access to va reaches, through the TLB. False: it faults. */
bool host_translate(vaddr_t va, enum host_access access, struct host_translation *translation);
void host_tlb_reset(void);
void host_tlb_check(void);                  /* the current address space's translations against its tables */

/* pte.c */
bool host_pte_allows(pte_t pte, enum host_access access);
bool host_pte_uncached(pte_t pte);

/* interrupt.c, timer.c */
void host_interrupt_reset(void);
bool host_interrupt_waits(void);            /* a line that is not masked */
void host_interrupt_set(irq_t irq, bool level);
bool host_timer_due(void);
void host_timer_reset(void);
void host_time_move(ticks_t ticks);

/* fpu.c */
void     host_fpu_reset(void);
bool     host_fpu_usable(void);
void     host_fpu_set(uint64_t value);
uint64_t host_fpu_get(void);

/* breakpoint.c */
enum { HOST_FLAG_STEP = 0x10 };             /* of struct arch_frame's flags */
void host_breakpoint_reset(void);
bool host_breaks_at(vaddr_t pc);
bool host_watches(vaddr_t vaddr, bool write);
bool host_steps(void);

/* finding.c */
void host_find(const char *what, word_t where);
void host_finding_reset(void);
