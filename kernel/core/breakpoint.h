/* SPDX-License-Identifier: BSD-2-Clause
 * Breakpoints of a thread: fetches from chosen places, accesses to chosen places, and single steps, at each of which it
 * stops with a debug exception for its fault handler. Places are virtual addresses of the thread's own running; the
 * machine's registers for them are loaded when it runs, and only if it has any.
 *
 * Invariant: THREAD_FLAG_DEBUGGED is set exactly when a breakpoint is enabled or steps are counted; THREAD_FLAG_STEPS
 * exactly in the latter case. */
#pragma once

#include <arch_types.h>     /* ARCH_BREAKPOINTS, ARCH_WATCHPOINTS */

struct thread;

enum { BREAKPOINTS = ARCH_BREAKPOINTS + ARCH_WATCHPOINTS };     /* those of instructions have the lower numbers */
/* Why a thread stopped, and what a breakpoint is for: seL4_BreakpointType, seL4_BreakpointAccess. */
enum break_reason { BREAK_DATA, BREAK_INSTRUCTION, BREAK_STEP, BREAK_SOFTWARE };
enum break_access { BREAK_ON_READ, BREAK_ON_WRITE, BREAK_ON_READ_WRITE };

struct breakpoint {
    vaddr_t vaddr;
    uint8_t size;           /* bytes watched; 0: of an instruction */
    uint8_t access;         /* enum break_access */
    bool enabled;
};

struct breakpoints {
    struct breakpoint list[BREAKPOINTS];
    word_t steps;           /* instructions until the next stop; 0 while it is stopped */
};

void breakpoint_set(struct thread *t, unsigned number, struct breakpoint b);    /* not enabled: unset */
void breakpoint_step(struct thread *t, word_t instructions);                    /* stop after so many; 0: no longer step */
/* t's debug exception as a message, and the answer to it. */
word_t breakpoint_message(const struct thread *t, word_t *words);
void breakpoint_reply(struct thread *t, const word_t *words, word_t count);
/* May t's flags be what they are? For debug kernels, tests and fuzzers. */
bool breakpoint_invariant(const struct thread *t);
