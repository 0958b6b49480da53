/* SPDX-License-Identifier: BSD-2-Clause
 * Deriving: what a copy of a capability may be. */
#include "derive.h"

#include "derivation.h"

rights_t cap_type_rights(enum cap_type type)
{
    static const rights_t meaningful[CAP_COUNT] = {
#define CAP(name, rights, text) [CAP_##name] = rights,
#include "../abi/capabilities.def"
#undef CAP
    };

    return meaningful[type];
}

void cap_mask_rights(struct cap *cap, word_t rights)
{
    cap->rights &= (rights_t)(rights & cap_type_rights(cap->type));
}

/* data: guard << 6 | number of bits */
static bool set_guard(struct cap *cnode, word_t data)
{
    const word_t bits = data & 63;

    if (bits + cnode->size_bits > WORD_BITS)
        return false;
    cnode->extra = bits;
    cnode->badge = data >> 6 & (((word_t)1 << bits) - 1);
    return true;
}

/* label << 40 | instance << 32 | id << 16 | version; only the instance may be 0. A badge once given is exact. */
static bool set_registry_badge(struct cap *cap, word_t data)
{
    if (cap->badge)
        return !data || data == cap->badge;
    cap->badge = data;
    return !data || (data >> 40 && (data >> 16 & 0xffff) && (data & 0xffff));
}

bool cap_set_data(struct cap *cap, word_t data, bool keep)
{
    switch (cap->type) {
    case CAP_ENDPOINT:
    case CAP_NOTIFICATION:
        if (keep || cap->badge)
            return false;
        cap->badge = data;
        return true;
    case CAP_REGISTRY:
        return !keep && set_registry_badge(cap, data);
    case CAP_CNODE:
        return set_guard(cap, data);
    default:
        return true;
    }
}

seL4_Error cap_derive(const struct slot *slot, struct cap *cap)
{
    switch (cap->type) {
    case CAP_NULL:
    case CAP_ZOMBIE:
    case CAP_IRQ_CONTROL:
        return seL4_IllegalOperation;
    case CAP_UNTYPED:
        return derivation_has_children(slot) ? seL4_RevokeFirst : seL4_NoError;
    case CAP_PAGE_TABLE:
    case CAP_VSPACE:        /* every copy must know where it is mapped, or the last to go could not undo it */
        return cap->flags & CAP_MAPPED ? seL4_NoError : seL4_IllegalOperation;
    case CAP_FRAME:         /* a mapping belongs to the capability that made it */
        if (cap->flags & CAP_CONSUMED)
            return seL4_IllegalOperation;
        cap->flags &= (uint8_t)~CAP_MAPPED;
        cap->badge = 0;
        cap->aux = 0;
        return seL4_NoError;
    default:
        return seL4_NoError;
    }
}
