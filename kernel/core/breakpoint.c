/* SPDX-License-Identifier: BSD-2-Clause
 * Breakpoints: see breakpoint.h. */
#include "breakpoint.h"

#include "../arch/arch.h"
#include "fault.h"
#include "sched.h"

static bool any_enabled(const struct breakpoints *b)
{
    for (unsigned i = 0; i < BREAKPOINTS; i++)
        if (b->list[i].enabled)
            return true;
    return false;
}

static void set_flags(struct thread *t, bool steps)
{
    const bool debugged = steps || any_enabled(&t->breakpoints);

    t->flags &= (uint8_t)~(THREAD_FLAG_DEBUGGED | THREAD_FLAG_STEPS);
    t->flags |= (uint8_t)((debugged ? THREAD_FLAG_DEBUGGED : 0) | (steps ? THREAD_FLAG_STEPS : 0));
    sched_machine_changed(t);
}

void breakpoint_set(struct thread *t, unsigned number, struct breakpoint b)
{
    t->breakpoints.list[number] = b;
    set_flags(t, t->flags & THREAD_FLAG_STEPS);
}

void breakpoint_step(struct thread *t, word_t instructions)
{
    t->breakpoints.steps = instructions;
    arch_frame_step(&t->frame, instructions);
    set_flags(t, instructions);
}

/* Which watchpoint an access to vaddr met: a wide access may begin below what is watched. */
static unsigned watchpoint_at(const struct breakpoints *b, vaddr_t vaddr)
{
    unsigned found = ARCH_BREAKPOINTS;

    for (unsigned i = BREAKPOINTS; i-- > ARCH_BREAKPOINTS;) {
        const struct breakpoint *w = &b->list[i];

        if (w->enabled && vaddr - w->vaddr < w->size)
            return i;
        if (w->enabled)
            found = i;
    }
    return found;
}

static unsigned breakpoint_at(const struct breakpoints *b, vaddr_t vaddr)
{
    unsigned i = 0;

    while (i < ARCH_BREAKPOINTS && !(b->list[i].enabled && b->list[i].vaddr == vaddr))
        i++;
    return i;
}

struct thread *kernel_debug(enum break_reason reason, vaddr_t accessed)
{
    struct thread *t = this_cpu()->current;
    struct breakpoints *b = &t->breakpoints;
    const vaddr_t pc = arch_frame_pc(&t->frame);

    if (reason == BREAK_STEP && b->steps > 1) {
        b->steps--;
        arch_frame_step(&t->frame, true);
        return sched_next();
    }
    if (reason == BREAK_STEP)
        b->steps = 0;
    if (reason == BREAK_DATA)
        return kernel_fault(FAULT_DEBUG, reason, accessed, watchpoint_at(b, accessed));
    return kernel_fault(FAULT_DEBUG, reason, pc, breakpoint_at(b, pc));
}

word_t breakpoint_message(const struct thread *t, word_t *words)
{
    const word_t reason = t->fault.words[0];

    words[0] = arch_frame_pc(&t->frame);
    words[1] = reason;
    if (reason == BREAK_STEP || reason == BREAK_SOFTWARE)
        return 2;
    words[2] = t->fault.words[1];
    words[3] = t->fault.words[2];
    return 4;
}

void breakpoint_reply(struct thread *t, const word_t *words, word_t count)
{
    if (t->fault.words[0] == BREAK_STEP)
        breakpoint_step(t, count ? words[0] : 1);
}

bool breakpoint_invariant(const struct thread *t)
{
    const bool steps = t->flags & THREAD_FLAG_STEPS;

    return (steps || any_enabled(&t->breakpoints)) == !!(t->flags & THREAD_FLAG_DEBUGGED)
        && (steps || !t->breakpoints.steps);
}
