/* SPDX-License-Identifier: BSD-2-Clause
 * Domain: the right to say which threads are in which domain, and when it is which domain's turn (see core/domain.h). */
#include "../core/domain.h"

#include "../core/invoke.h"

seL4_Error domain_set(struct invocation *inv)
{
    const word_t domain = inv_arg(inv, 0);
    const struct cap *target = &inv->caps[0]->cap;

    if (domain >= DOMAINS)
        return inv_bad_arg(inv, 0);
    if (target->type != CAP_TCB)
        return inv_bad_arg(inv, 1);         /* not InvalidCapability: as in seL4 */

    thread_set_domain(target->object, (uint8_t)domain);
    return seL4_NoError;
}

seL4_Error domain_schedule_configure(struct invocation *inv)
{
    const word_t index = inv_arg(inv, 0), domain = inv_arg(inv, 1), duration = inv_arg(inv, 2);

    if (index >= DOMAIN_SCHEDULE)
        return inv_range(inv, 0, DOMAIN_SCHEDULE - 1);
    if (domain >= DOMAINS)
        return inv_range(inv, 0, DOMAINS - 1);
    if (duration > DOMAIN_MAX_DURATION)
        return inv_bad_arg(inv, 2);
    if (!duration && domain)
        return inv_bad_arg(inv, 1);
    if (!duration && index == domain_start())
        return inv_bad_arg(inv, 2);

    domain_configure(index, (struct domain_turn){ duration, (uint8_t)domain });
    return seL4_NoError;
}

seL4_Error domain_schedule_set_start(struct invocation *inv)
{
    const word_t index = inv_arg(inv, 0);

    if (index >= DOMAIN_SCHEDULE)
        return inv_range(inv, 0, DOMAIN_SCHEDULE - 1);
    if (domain_is_end(index))
        return inv_bad_arg(inv, 0);

    domain_set_start(this_cpu(), index);
    return seL4_NoError;
}
