/* SPDX-License-Identifier: BSD-2-Clause
 * Breakpoints of the host machine: what user mode does is told to the kernel when it meets one that is loaded. A step is
 * made where the frame says so, as AArch64's software step does. */
#include "internal.h"

#include "../../core/breakpoint.h"
#include "../../core/thread.h"

static struct breakpoints loaded;
static bool watching, stepping;

void host_breakpoint_reset(void)
{
    watching = stepping = false;
}

void arch_debug_enter(const struct breakpoints *b, bool step)
{
    watching = b;
    stepping = b && step;
    if (b)
        loaded = *b;
}

void arch_frame_step(struct arch_frame *f, bool step)
{
    f->flags = step ? f->flags | HOST_FLAG_STEP : f->flags & ~(word_t)HOST_FLAG_STEP;
}

bool host_debug_loaded(void) { return watching; }

bool host_breaks_at(vaddr_t pc)
{
    for (unsigned i = 0; watching && i < ARCH_BREAKPOINTS; i++)
        if (loaded.list[i].enabled && loaded.list[i].vaddr == pc)
            return true;
    return false;
}

bool host_watches(vaddr_t vaddr, bool write)
{
    for (unsigned i = ARCH_BREAKPOINTS; watching && i < BREAKPOINTS; i++) {
        const struct breakpoint *w = &loaded.list[i];

        if (w->enabled && vaddr - w->vaddr < w->size && w->access != (write ? BREAK_ON_READ : BREAK_ON_WRITE))
            return true;
    }
    return false;
}

bool host_steps(void) { return stepping; }
