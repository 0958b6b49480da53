/* SPDX-License-Identifier: BSD-2-Clause
 * Domains: who is in which, and when it is which one's turn. Durations are ticks of the kernel's timer,
 * CONFIG_TIMER_FREQUENCY of them in a second. */
#pragma once

#include <interfaces/invoke.h>

LIBSEL4_INLINE_FUNC seL4_Error seL4_DomainSet_Set(seL4_DomainSet _service, seL4_Uint8 domain, seL4_TCB thread)
{
    seL4_SetCap(0, thread);
    return sel4ish_invoke4(_service, DomainSetSet, 1, 1, domain, 0, 0, 0);
}

/* Entry `index` of the schedule, from its next turn on; duration 0 (and domain 0): the schedule ends before it. */
LIBSEL4_INLINE_FUNC seL4_Error seL4_DomainSet_ScheduleConfigure(seL4_DomainSet _service, seL4_Word index,
                                                                seL4_Uint8 domain, seL4_Time duration)
{
    return sel4ish_invoke4(_service, DomainScheduleConfigure, 0, 3, index, domain, duration, 0);
}

/* The schedule starts over at that entry, now and after its end. */
LIBSEL4_INLINE_FUNC seL4_Error seL4_DomainSet_ScheduleSetStart(seL4_DomainSet _service, seL4_Word index)
{
    return sel4ish_invoke4(_service, DomainScheduleSetStart, 0, 1, index, 0, 0, 0);
}
