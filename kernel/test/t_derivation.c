/* SPDX-License-Identifier: BSD-2-Clause
 * The derivation tree's rules, on slots that belong to no kernel: who is whose parent, and which capability is the last. */
#include "../core/abi.h"
#include "../core/derivation.h"
#include "../core/derive.h"
#include "test.h"

static _Alignas(4096) uint8_t memory[1 << 14];
static struct slot untyped, object, badged, copy, other;

static struct cap untyped_cap(unsigned offset, uint8_t bits)
{
    return (struct cap){ .type = CAP_UNTYPED, .size_bits = bits, .object = memory + offset };
}

static struct cap endpoint_cap(unsigned offset, word_t badge)
{
    return (struct cap){ .type = CAP_ENDPOINT, .rights = RIGHT_ALL, .object = memory + offset, .badge = badge };
}

/* untyped ... original endpoint */
static void make(void)
{
    const struct cap u = untyped_cap(0, 14), e = endpoint_cap(64, 0);

    derivation_insert(&untyped, &u, NULL);
    derivation_insert_objects(&object, e, 1, 0, &untyped);
}

static void derive(struct slot *to, struct slot *from, word_t badge)
{
    struct cap cap = from->cap;

    cap.badge = badge;
    derivation_insert(to, &cap, from);
}

TEST(an_untyped_is_the_parent_of_all_that_lies_inside_it)
{
    const struct cap inside = endpoint_cap(0x3fe0, 7),
                     outside = { .type = CAP_FRAME, .size_bits = 12, .object = memory + (1 << 14) };
    struct slot in = { .cap = inside }, out = { .cap = outside };

    make();
    CHECK(derivation_is_parent(&untyped, &object));
    CHECK(derivation_is_parent(&untyped, &in));
    CHECK(!derivation_is_parent(&untyped, &out));
    CHECK(!derivation_is_parent(&object, &untyped));
}

TEST(a_smaller_untyped_is_a_child)
{
    const struct cap large = untyped_cap(0, 14), small = untyped_cap(0, 13);

    derivation_insert(&untyped, &large, NULL);
    derivation_insert_objects(&object, small, 1, 0, &untyped);
    CHECK(derivation_is_parent(&untyped, &object));
    CHECK(derivation_has_children(&untyped) && !derivation_has_children(&object));
}

TEST(a_copy_of_an_untyped_is_its_child)
{
    const struct cap u = untyped_cap(0, 14);

    derivation_insert(&untyped, &u, NULL);
    derivation_insert(&copy, &u, &untyped);
    CHECK(derivation_has_children(&untyped));
    CHECK(!derivation_has_children(&copy));
    CHECK(untyped.cap.extra == 1 << 14 && !copy.cap.extra); /* one of the two hands out the memory */
}

TEST(copies_of_copies_are_siblings)
{
    make();
    derive(&copy, &object, 0);
    derive(&other, &copy, 0);
    CHECK(derivation_is_parent(&object, &copy));
    CHECK(derivation_is_parent(&object, &other));
    CHECK(!derivation_is_parent(&copy, &other));
    CHECK(!derivation_has_children(&copy) && !derivation_has_children(&other));
}

TEST(a_badged_capability_is_the_parent_of_its_copies_only)
{
    struct slot second = { .cap.type = CAP_NULL };

    make();
    derive(&badged, &object, 5);
    derive(&copy, &badged, 5);
    derive(&other, &object, 6);
    derive(&second, &object, 5); /* the same badge, minted once more */
    CHECK(derivation_is_parent(&object, &badged) && derivation_is_parent(&object, &copy));
    CHECK(derivation_is_parent(&badged, &copy));
    CHECK(!derivation_is_parent(&badged, &other));
    CHECK(!derivation_is_parent(&badged, &second));
    CHECK(!derivation_is_parent(&copy, &badged));
}

TEST(copies_of_a_removed_badge_do_not_pass_to_another_of_the_same_badge)
{
    struct slot second = { .cap.type = CAP_NULL };

    make();
    derive(&badged, &object, 5);
    derive(&copy, &badged, 5);
    derive(&second, &object, 5); /* list: object, second, badged, copy */
    derivation_remove(&badged);
    CHECK(second.next == &copy);
    CHECK(!derivation_is_parent(&second, &copy));
    CHECK(derivation_is_parent(&object, &copy));
}

TEST(the_last_capability_to_an_object_is_known_by_its_neighbours)
{
    make();
    CHECK(derivation_is_final(&object));
    derive(&badged, &object, 5);
    derive(&copy, &badged, 5);
    CHECK(!derivation_is_final(&object) && !derivation_is_final(&badged) && !derivation_is_final(&copy));
    derivation_remove(&object);
    derivation_remove(&copy);
    CHECK(derivation_is_final(&badged));
}

TEST(objects_made_together_lie_side_by_side_and_are_each_their_untypeds_child)
{
    static union slot_cell cells[3];
    const struct cap u = untyped_cap(0, 14);

    derivation_insert(&untyped, &u, NULL);
    derivation_insert_objects(&cells[0].slot, endpoint_cap(64, 0), 3, 32, &untyped);
    for (unsigned i = 0; i < 3; i++) {
        CHECK(cells[i].slot.cap.object == memory + 64 + i * 32 && cells[i].slot.original);
        CHECK(derivation_is_parent(&untyped, &cells[i].slot) && derivation_is_final(&cells[i].slot));
        CHECK(!derivation_has_children(&cells[i].slot));
    }
    CHECK(untyped.next == &cells[2].slot && cells[2].slot.next == &cells[1].slot && !cells[0].slot.next);
    derivation_remove(&cells[1].slot);
    CHECK(cells[2].slot.next == &cells[0].slot && cells[0].slot.prev == &cells[2].slot);
}

TEST(a_zombie_is_nobodys_parent)
{
    make();
    derive(&copy, &object, 0);
    object.original = false; /* as delete.c leaves it */
    object.cap.type = CAP_ZOMBIE;
    CHECK(!derivation_has_children(&object));
    CHECK(derivation_is_parent(&untyped, &object));
}

TEST(frames_of_one_address_and_two_sizes_are_two_objects)
{
    const struct cap u = untyped_cap(0, 14), page = { .type = CAP_FRAME, .size_bits = 12, .object = memory };
    const struct cap inner = untyped_cap(0, 13);

    derivation_insert(&untyped, &u, NULL);
    derivation_insert_objects(&other, inner, 1, 0, &untyped);
    derivation_insert_objects(&object, page, 1, 0, &other);
    CHECK(derivation_is_final(&object));
    CHECK(derivation_is_parent(&other, &object) && derivation_is_parent(&untyped, &object));
}

TEST(moving_keeps_the_place_in_the_tree)
{
    make();
    derive(&badged, &object, 5);
    derive(&copy, &badged, 5);
    const struct cap cap = badged.cap;
    derivation_move(&other, &cap, &badged);
    CHECK(slot_empty(&badged) && !badged.next && !badged.prev);
    CHECK(object.next == &other && other.next == &copy && copy.prev == &other);
    CHECK(derivation_is_parent(&object, &other) && derivation_is_parent(&other, &copy));
}

TEST(swapping_neighbours_keeps_the_list_whole)
{
    make();
    derive(&badged, &object, 5);
    derivation_swap(&object, &object.cap, &badged, &badged.cap);
    CHECK(badged.cap.badge == 0 && object.cap.badge == 5);
    CHECK(untyped.next == &badged && badged.next == &object && !object.next);
    CHECK(derivation_is_parent(&badged, &object));
}

TEST(swapping_with_an_empty_slot_is_a_move)
{
    make();
    derivation_swap(&object, &object.cap, &other, &other.cap);
    CHECK(slot_empty(&object) && untyped.next == &other && other.prev == &untyped);
    derivation_swap(&object, &object.cap, &other, &other.cap);
    CHECK(slot_empty(&other) && untyped.next == &object);
}

TEST(interrupt_control_is_the_parent_of_the_handlers_and_of_nothing_else)
{
    const struct cap control = { .type = CAP_IRQ_CONTROL }, handler = { .type = CAP_IRQ_HANDLER, .aux = 33 };

    derivation_insert(&untyped, &control, NULL);
    derivation_insert(&object, &handler, &untyped);
    derivation_insert(&copy, &handler, &object);
    CHECK(derivation_is_parent(&untyped, &object) && derivation_is_parent(&untyped, &copy));
    CHECK(derivation_is_parent(&object, &copy));
    CHECK(!derivation_is_final(&object));
    derivation_remove(&copy);
    CHECK(derivation_is_final(&object));
}

TEST(rights_only_narrow)
{
    struct cap cap = endpoint_cap(0, 0);

    cap_mask_rights(&cap, RIGHT_READ | RIGHT_GRANT);
    CHECK(cap.rights == (RIGHT_READ | RIGHT_GRANT));
    cap_mask_rights(&cap, ~(word_t)0);
    CHECK(cap.rights == (RIGHT_READ | RIGHT_GRANT));
    cap_mask_rights(&cap, 0);
    CHECK(cap.rights == 0);
}

TEST(a_badge_is_given_once_and_never_changed)
{
    struct cap cap = endpoint_cap(0, 0);

    CHECK(!cap_set_data(&cap, 5, true));
    CHECK(cap_set_data(&cap, 5, false) && cap.badge == 5);
    CHECK(!cap_set_data(&cap, 6, false) && !cap_set_data(&cap, 0, false));
    CHECK(cap.badge == 5);
}

TEST(a_registry_badge_is_whole_or_not_given)
{
    const word_t whole = (word_t)3 << 40 | (word_t)1 << 32 | 0x13 << 16 | 2;
    struct cap cap = { .type = CAP_REGISTRY, .rights = RIGHT_READ };
    const struct cap free = cap;

    CHECK(cap_set_data(&cap, 0, false) && !cap.badge);
    CHECK(!cap_set_data(&cap, whole & ~(word_t)0xffff, false)); /* no version */
    cap = free;
    CHECK(!cap_set_data(&cap, whole & 0xff0000ffffu, false)); /* no label */
    cap = free;
    CHECK(!cap_set_data(&cap, (word_t)3 << 40 | 2, false)); /* no id */
    cap = free;
    CHECK(cap_set_data(&cap, whole, false) && cap.badge == whole);
    CHECK(cap_set_data(&cap, 0, false) && cap.badge == whole);
    CHECK(!cap_set_data(&cap, whole + 1, false));
}

TEST(a_guard_must_fit_beside_the_radix)
{
    struct cap cap = { .type = CAP_CNODE, .size_bits = 13 };

    CHECK(cap_set_data(&cap, (word_t)0x2a << 6 | 51, true) && cap.extra == 51 && cap.badge == 0x2a);
    CHECK(!cap_set_data(&cap, 52, true));
    CHECK(cap_set_data(&cap, (word_t)0xff << 6 | 4, false) && cap.badge == 0xf);
}
