/* SPDX-License-Identifier: BSD-2-Clause
 * The processor's breakpoints, watchpoints and software step, for user mode alone (Arm ARM, D2). */
#include "../../core/assert.h"
#include "../../core/breakpoint.h"
#include "port.h"

#include "registers.h"

BOOT void arch_debug_init(void)
{
    word_t features;

    __asm__("mrs %0, id_aa64dfr0_el1" : "=r"(features));
    if ((features >> 12 & 0xf) + 1 < ARCH_BREAKPOINTS || (features >> 20 & 0xf) + 1 < ARCH_WATCHPOINTS)
        panic("fewer debug registers than libsel4's constants say");
    __asm__ volatile("msr mdscr_el1, %0\n\tmsr osdlr_el1, xzr\n\tmsr oslar_el1, xzr\n\tisb" ::"r"((word_t)MDSCR_NO_CHANNEL));
}

static word_t break_control(const struct breakpoint *b)
{
    return b->enabled ? DBGBCR_ENABLE | DBGBCR_USER | DBGBCR_WHOLE : 0;
}

static word_t watch_control(const struct breakpoint *b)
{
    const word_t bytes = ((1ul << b->size) - 1) << (b->vaddr & 7);

    return b->enabled ? DBGWCR_ENABLE | DBGWCR_USER | (b->access + 1ul) << DBGWCR_ACCESS | bytes << DBGWCR_BYTES : 0;
}

#define BREAK(n)                                                                                                       \
    __asm__ volatile("msr dbgbvr" #n "_el1, %0\n\tmsr dbgbcr" #n "_el1, %1" ::"r"(b->list[n].vaddr),                   \
                     "r"(break_control(&b->list[n])))
#define WATCH(n)                                                                                                       \
    __asm__ volatile("msr dbgwvr" #n "_el1, %0\n\tmsr dbgwcr" #n "_el1, %1" ::"r"(                                     \
                         b->list[ARCH_BREAKPOINTS + n].vaddr & ~7ul),                                                  \
                     "r"(watch_control(&b->list[ARCH_BREAKPOINTS + n])))

/* No barrier: none of it concerns the kernel, and the return to user mode is one. */
void arch_debug_enter(const struct breakpoints *b, bool step)
{
    word_t control = MDSCR_NO_CHANNEL;

    if (b) {
        BREAK(0);
        BREAK(1);
        BREAK(2);
        BREAK(3);
        BREAK(4);
        BREAK(5);
        WATCH(0);
        WATCH(1);
        WATCH(2);
        WATCH(3);
        control |= MDSCR_MONITOR | (step ? MDSCR_STEP : 0);
    }
    __asm__ volatile("msr mdscr_el1, %0" ::"r"(control));
}

void arch_frame_step(struct arch_frame *f, bool step)
{
    f->pstate = step ? f->pstate | PSTATE_STEP : f->pstate & ~PSTATE_STEP;
}
