/* SPDX-License-Identifier: BSD-2-Clause
 * Finding slots: an address is used up from its top bits, at each CNode first the guard, which must agree, then the radix,
 * which chooses the slot; seL4's rules and failures. Each level uses at least one bit, so a walk has at most 64. */
#include "cspace.h"

#include "thread.h"

/* Where an address led, and how many of its bits were not needed. */
struct place { struct slot *slot; word_t left; };

static bool guard_agrees(const struct cap *cnode, word_t address)
{
    return address >> 1 >> (WORD_BITS - 1 - cnode->extra) == cnode->badge;
}

static struct place fail(const struct cap *cnode, word_t address, word_t left, struct lookup_failure *failure)
{
    const word_t guard_bits = cnode->extra;

    if (guard_bits <= left && guard_agrees(cnode, address))
        *failure = (struct lookup_failure){ LOOKUP_DEPTH_MISMATCH, left, guard_bits + cnode->size_bits, 0 };
    else
        *failure = (struct lookup_failure){ LOOKUP_GUARD_MISMATCH, left, guard_bits, cnode->badge };
    return (struct place){ NULL, left };
}

/* Follow the top `left` bits of address until they are used up or lead to something that is no CNode. No slot, and *failure
 * set, when they lead nowhere. A CNode has a radix of at least 1, and guard and radix are 64 bits at most. */
static struct place resolve(const struct cap *cnode, word_t address, word_t left, struct lookup_failure *failure)
{
    if (cnode->type != CAP_CNODE) {
        *failure = (struct lookup_failure){ .kind = LOOKUP_INVALID_ROOT };
        return (struct place){ NULL, left };
    }
    for (;;) {
        const word_t guard_bits = cnode->extra, radix = cnode->size_bits;

        if (guard_bits + radix > left || !guard_agrees(cnode, address))
            return fail(cnode, address, left, failure);
        address <<= guard_bits;
        left -= guard_bits + radix;
        struct slot *slot = cnode_slot(cnode, address >> (WORD_BITS - radix));
        if (!left || slot->cap.type != CAP_CNODE)
            return (struct place){ slot, left };
        address <<= radix;
        cnode = &slot->cap;
    }
}

struct slot *cspace_walk(const struct thread *t, word_t address, struct lookup_failure *failure)
{
    return resolve(&t->slots[SLOT_CSPACE].slot.cap, address, WORD_BITS, failure).slot;
}

seL4_Error cspace_lookup_target(const struct cap *root, word_t index, word_t depth, struct slot **found,
                                struct lookup_failure *failure)
{
    if (root->type == CAP_CNODE && depth - 1 >= WORD_BITS)
        return seL4_RangeError;
    const struct place place = resolve(root, index << (-depth % WORD_BITS), depth, failure);
    if (!place.slot)
        return seL4_FailedLookup;
    if (place.left) {
        *failure = (struct lookup_failure){ LOOKUP_DEPTH_MISMATCH, place.left, 0, 0 };
        return seL4_FailedLookup;
    }
    *found = place.slot;
    return seL4_NoError;
}

inline bool cnode_find(const struct cap *cnode, word_t address, word_t depth, struct slot **found)
{
    const word_t radix = cnode->size_bits;

    if (cnode->type != CAP_CNODE || cnode->extra + radix != depth)
        return false;           /* else depth is from 1 to 64 */
    if (address << (WORD_BITS - depth) >> (WORD_BITS - depth) >> radix != cnode->badge)
        return false;
    *found = cnode_slot(cnode, address & (((word_t)1 << radix) - 1));
    return true;
}

inline bool cspace_find(const struct thread *t, word_t address, struct slot **found)
{
    return cnode_find(&t->slots[SLOT_CSPACE].slot.cap, address, WORD_BITS, found);
}

struct slot *cspace_lookup(const struct thread *t, word_t address, struct lookup_failure *failure)
{
    struct slot *found;

    return cspace_find(t, address, &found) ? found : cspace_walk(t, address, failure);
}
