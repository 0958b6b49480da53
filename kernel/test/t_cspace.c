/* SPDX-License-Identifier: BSD-2-Clause
 * Lookup of capability addresses, on two CNodes that belong to no kernel: seL4's guards, radixes, depths and failures. */
#include "../core/cspace.h"
#include "../core/thread.h"
#include "test.h"

static union slot_cell outer[16], inner[4];
static struct thread thread;
static struct lookup_failure failure;

static struct cap cnode(union slot_cell *slots, uint8_t radix, word_t guard, word_t guard_bits)
{
    return (struct cap){ .type = CAP_CNODE, .size_bits = radix, .object = slots, .badge = guard, .extra = guard_bits };
}

/* Root: guard 0xa in 4 bits, 16 slots; slot 5: guard 1 in 2 bits, 4 slots. Slot 3 holds something else. */
static struct cap make(void)
{
    outer[5].slot.cap = cnode(inner, 2, 1, 2);
    outer[3].slot.cap = (struct cap){ .type = CAP_ENDPOINT };
    inner[2].slot.cap = (struct cap){ .type = CAP_NOTIFICATION };
    return cnode(outer, 4, 0xa, 4);
}

static seL4_Error target(const struct cap *root, word_t index, word_t depth, struct slot **found)
{
    failure = (struct lookup_failure){ .kind = LOOKUP_NONE };
    return cspace_lookup_target(root, index, depth, found, &failure);
}

TEST(a_slot_is_found_through_one_and_two_levels)
{
    const struct cap root = make();
    struct slot *slot;

    CHECK(target(&root, 0xa3, 8, &slot) == seL4_NoError && slot == &outer[3].slot);
    CHECK(target(&root, 0xa5, 8, &slot) == seL4_NoError && slot == &outer[5].slot); /* the CNode's own slot */
    CHECK(target(&root, 0xa56, 12, &slot) == seL4_NoError && slot == &inner[2].slot);
}

TEST(bits_above_the_depth_do_not_matter)
{
    const struct cap root = make();
    struct slot *slot;

    CHECK(target(&root, 0xffffffffffff00a3, 8, &slot) == seL4_NoError && slot == &outer[3].slot);
}

TEST(a_wrong_guard_is_reported_with_guard_and_sizes)
{
    const struct cap root = make();
    struct slot *slot;

    CHECK(target(&root, 0xb3, 8, &slot) == seL4_FailedLookup);
    CHECK(failure.kind == LOOKUP_GUARD_MISMATCH);
    CHECK_EQUAL(failure.bits_left, 8);
    CHECK_EQUAL(failure.guard_found, 0xa);
    CHECK_EQUAL(failure.bits_found, 4);
    CHECK(target(&root, 0xa5a, 12, &slot) == seL4_FailedLookup);
    CHECK(failure.kind == LOOKUP_GUARD_MISMATCH && failure.bits_left == 4 && failure.guard_found == 1);
}

TEST(too_few_bits_for_a_level_are_a_depth_mismatch)
{
    const struct cap root = make();
    struct slot *slot;

    CHECK(target(&root, 0x29, 6, &slot) == seL4_FailedLookup); /* guard 1010, then 01 */
    CHECK(failure.kind == LOOKUP_DEPTH_MISMATCH && failure.bits_left == 6 && failure.bits_found == 8);
    CHECK(target(&root, 5, 3, &slot) == seL4_FailedLookup); /* not even the guard */
    CHECK(failure.kind == LOOKUP_GUARD_MISMATCH);
}

TEST(a_target_uses_up_every_bit)
{
    const struct cap root = make();
    struct slot *slot;

    CHECK(target(&root, 0xa37, 12, &slot) == seL4_FailedLookup);
    CHECK(failure.kind == LOOKUP_DEPTH_MISMATCH && failure.bits_left == 4 && failure.bits_found == 0);
}

TEST(a_depth_outside_1_to_64_is_a_range_error)
{
    const struct cap root = make();
    struct slot *slot;

    CHECK(target(&root, 0, 0, &slot) == seL4_RangeError);
    CHECK(target(&root, 0, 65, &slot) == seL4_RangeError);
}

TEST(a_root_that_is_no_cnode_is_invalid)
{
    const struct cap root = { .type = CAP_ENDPOINT };
    struct slot *slot;

    CHECK(target(&root, 0, 0, &slot) == seL4_FailedLookup && failure.kind == LOOKUP_INVALID_ROOT);
    CHECK(!cspace_lookup(&thread, 0, &failure) && failure.kind == LOOKUP_INVALID_ROOT);
}

TEST(an_invocation_may_leave_bits_behind_a_capability_that_is_no_cnode)
{
    struct cap root = make();

    root.extra = 60;
    root.badge = 0;
    thread.slots[SLOT_CSPACE].slot.cap = root;
    CHECK(cspace_lookup(&thread, 3, &failure) == &outer[3].slot);
    CHECK(cspace_lookup(&thread, 4, &failure) == &outer[4].slot);
    CHECK(!cspace_lookup(&thread, 16, &failure) && failure.kind == LOOKUP_GUARD_MISMATCH);
    root.extra = 0;
    thread.slots[SLOT_CSPACE].slot.cap = root;
    CHECK(cspace_lookup(&thread, (word_t)3 << 60 | 12345, &failure) == &outer[3].slot);
    CHECK(cspace_lookup(&thread, (word_t)5 << 60 | (word_t)1 << 58 | (word_t)2 << 56, &failure) == &inner[2].slot);
}

TEST(one_cnode_that_uses_up_the_depth_is_found_without_a_walk_and_nothing_else)
{
    const struct cap root = make(), none = { .type = CAP_ENDPOINT };
    struct slot *slot = NULL;

    CHECK(cnode_find(&root, 0xfffffffffffffa3, 8, &slot) && slot == &outer[3].slot); /* bits above do not matter */
    CHECK(!cnode_find(&root, 0xb3, 8, &slot));                                       /* the guard */
    CHECK(!cnode_find(&root, 0xa56, 12, &slot) && !cnode_find(&root, 0xa3, 64, &slot));
    CHECK(!cnode_find(&root, 0xa3, 0, &slot) && !cnode_find(&root, 0xa3, ~(word_t)0, &slot));
    CHECK(!cnode_find(&none, 0, 0, &slot));
    CHECK(slot == &outer[3].slot);
}
