/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduling control: see sched_control.h. */
#include "sched_control.h"

#include "../arch/arch.h"
#include "../core/invoke.h"
#include "sched_context.h"

enum { FLAG_SPORADIC = 1 };     /* libsel4's seL4_SchedContext_Sporadic */

ticks_t sched_min_budget(void)
{
    return arch_us_to_ticks(MIN_BUDGET_US);
}

/* Arguments: budget and period in microseconds, extra refills, badge, flags.  caps: the context. */
seL4_Error sched_control_configure(struct invocation *inv)
{
    const word_t budget = inv_arg(inv, 0), period = inv_arg(inv, 1), extra = inv_arg(inv, 2);
    const word_t badge = inv_arg(inv, 3), flags = inv_arg(inv, 4);
    const struct cap *target = &inv->caps[0]->cap;
    word_t most;

    if (target->type != CAP_SC)
        return inv_bad_cap(inv, 1);
    if (budget < MIN_BUDGET_US || budget > MAX_PERIOD_US || period < MIN_BUDGET_US || period > MAX_PERIOD_US)
        return inv_range(inv, MIN_BUDGET_US, MAX_PERIOD_US);
    if (budget > period)
        return inv_range(inv, MIN_BUDGET_US, period);
    most = sc_refill_capacity(target->size_bits) - SC_MIN_REFILLS;
    if (most > SC_MAX_REFILLS - SC_MIN_REFILLS)
        most = SC_MAX_REFILLS - SC_MIN_REFILLS;
    if (extra > most)
        return inv_range(inv, 0, most);

    sc_configure(target->object, arch_us_to_ticks(budget), arch_us_to_ticks(period), SC_MIN_REFILLS + extra, badge,
                 flags & FLAG_SPORADIC);
    return seL4_NoError;
}
