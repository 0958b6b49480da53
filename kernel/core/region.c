/* SPDX-License-Identifier: BSD-2-Clause
 * Region: the memory that a capability is about. */
#include "region.h"

/* Sizes of the objects whose capabilities do not say it themselves. */
static const uint8_t fixed_bits[CAP_COUNT] = {
#define BITS(cap, object) [CAP_##cap] = OBJECT_BITS_##object
    BITS(TCB, TCB),
    BITS(ENDPOINT, ENDPOINT),
    BITS(NOTIFICATION, NOTIFICATION),
    BITS(REPLY, REPLY),
    BITS(PAGE_TABLE, PAGE_TABLE),
    BITS(VSPACE, VSPACE),
    BITS(ASID_POOL, PAGE_TABLE),        /* an untyped of one page becomes a pool */
    BITS(REGISTRY, REGISTRY),
    BITS(INTERFACE, INTERFACE),
    BITS(PROVIDER, INTERFACE),
    BITS(CONNECTION, CONNECTION),
    BITS(CLIENT, CONNECTION),
#undef BITS
};

unsigned cap_region_bits(const struct cap *cap)
{
    const unsigned type = cap->type == CAP_ZOMBIE ? cap->aux : cap->type;

    switch (type) {
    case CAP_UNTYPED:
    case CAP_SC:
    case CAP_FRAME:
        return cap->size_bits;
    case CAP_CNODE:
        return cap->size_bits + (unsigned)SLOT_BITS;
    default:
        return fixed_bits[type];
    }
}

bool cap_region_within(const struct cap *outer, const struct cap *inner)
{
    return cap_region_bits(inner) && cap_region_start(outer) <= cap_region_start(inner) &&
           cap_region_last(inner) <= cap_region_last(outer);
}
