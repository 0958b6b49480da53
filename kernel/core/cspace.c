/* SPDX-License-Identifier: BSD-2-Clause
 * Finding slots: an address is used up from its top bits, at each CNode first the guard, which must agree, then the radix,
 * which chooses the slot; seL4's rules and failures. Each level uses at least one bit, so a walk has at most 64. */
#include "cspace.h"

#include "thread.h"

static word_t low_bits(word_t count) { return count < WORD_BITS ? ((word_t)1 << count) - 1 : ~(word_t)0; }
/* The top `count` of the last `bits` bits of address. */
static word_t top_bits(word_t address, word_t bits, word_t count)
{
    return count ? address >> (bits - count) & low_bits(count) : 0;
}

/* Follow address until it is used up or leads to something that is no CNode. *bits: how many bits there are, and then how
 * many are left. Null and *failure set when the address leads nowhere. */
static struct slot *resolve(const struct cap *cnode, word_t address, word_t *bits, struct lookup_failure *failure)
{
    if (cnode->type != CAP_CNODE) {
        *failure = (struct lookup_failure){ .kind = LOOKUP_INVALID_ROOT };
        return NULL;
    }
    for (;;) {
        const word_t guard_bits = cnode->extra, level = guard_bits + cnode->size_bits;

        if (guard_bits > *bits || top_bits(address, *bits, guard_bits) != cnode->badge) {
            *failure = (struct lookup_failure){ LOOKUP_GUARD_MISMATCH, *bits, guard_bits, cnode->badge };
            return NULL;
        }
        if (level > *bits) {
            *failure = (struct lookup_failure){ LOOKUP_DEPTH_MISMATCH, *bits, level, 0 };
            return NULL;
        }
        *bits -= level;
        struct slot *slot = cnode_slot(cnode, address >> *bits & low_bits(cnode->size_bits));
        if (!*bits || slot->cap.type != CAP_CNODE)
            return slot;
        cnode = &slot->cap;
    }
}

struct slot *cspace_lookup(struct thread *t, word_t address, struct lookup_failure *failure)
{
    word_t bits = WORD_BITS;

    return resolve(&thread_slot(t, SLOT_CSPACE)->cap, address, &bits, failure);
}

seL4_Error cspace_lookup_target(const struct cap *root, word_t index, word_t depth, struct slot **found,
                                struct lookup_failure *failure)
{
    word_t bits = depth;

    if (root->type != CAP_CNODE) {
        *failure = (struct lookup_failure){ .kind = LOOKUP_INVALID_ROOT };
        return seL4_FailedLookup;
    }
    if (depth < 1 || depth > WORD_BITS)
        return seL4_RangeError;
    struct slot *slot = resolve(root, index, &bits, failure);
    if (!slot)
        return seL4_FailedLookup;
    if (bits) {
        *failure = (struct lookup_failure){ LOOKUP_DEPTH_MISMATCH, bits, 0, 0 };
        return seL4_FailedLookup;
    }
    *found = slot;
    return seL4_NoError;
}
