/* SPDX-License-Identifier: BSD-2-Clause
 * The invariants can fail: each finds a state that was spoiled by hand, and none finds anything in a state that was
 * not. */
#include "world.h"

#include "../core/breakpoint.h"
#include "../core/derivation.h"
#include "../core/invariants.h"
#include "../core/refill.h"
#include "../core/vspace.h"
#include "../object/endpoint.h"
#include "../object/sched_context.h"

static struct violation v;

static void live(void)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK(invariants_hold(&v));
}

static pte_t *leaf_entry(word_t space, vaddr_t vaddr)
{
    pte_t *table = root_slot(space)->cap.object;

    for (unsigned level = 0;; level++) {
        pte_t *entry = &table[vaddr >> level_bits(level) & ((1u << ARCH_PT_BITS) - 1)];

        if (arch_pte_kind(*entry, level_bits(level)) != PTE_TABLE)
            return entry;
        table = arch_pointer(arch_pte_addr(*entry));
    }
}

TEST(a_list_that_is_linked_one_way_or_runs_in_a_circle_is_found)
{
    struct slot *s, *next;

    live();
    s = root_slot(world.bell_a);
    next = s->next;
    s->next->prev = NULL;
    CHECK(!invariant_list_linked(&v) && v.object == s);
    next->prev = s;
    CHECK(invariant_list_linked(&v));
    next->cap.type = CAP_NULL;
    CHECK(!invariant_list_linked(&v) && v.object == next);
}

TEST(a_child_away_from_its_parent_is_found)
{
    struct slot *untyped, *frame;

    live();
    untyped = root_slot(world.frame_untyped);
    frame = untyped->next;
    frame->prev->next = frame->next;            /* out, and in again before everything else */
    frame->next->prev = frame->prev;
    frame->next = derivation_list.next;
    frame->prev = &derivation_list;
    frame->next->prev = frame;
    derivation_list.next = frame;
    CHECK(invariant_list_linked(&v));
    CHECK(!invariant_objects_disjoint(&v));
}

TEST(a_child_behind_a_stranger_is_found)
{
    struct slot *untyped, *frame, *last;

    live();
    untyped = root_slot(world.frame_untyped);
    frame = untyped->next;
    frame->prev->next = frame->next;
    frame->next->prev = frame->prev;
    for (last = frame->next; last->next; last = last->next)
        ;
    last->next = frame;
    frame->prev = last;
    frame->next = NULL;
    CHECK(invariant_list_linked(&v));
    CHECK(!invariant_children_follow(&v) && v.object == frame);
}

TEST(copies_behind_the_second_of_two_capabilities_of_one_badge_are_its_own)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), older = mint(endpoint, RIGHT_ALL, 5);
    const word_t copy = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(copy, 64, older, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    (void)mint(endpoint, RIGHT_ALL, 5);         /* stands before them */
    CHECK(invariants_hold(&v));
}

TEST(a_right_that_appeared_and_a_badge_that_changed_are_found)
{
    live();
    struct slot *may = root_slot(mint(world.may_request_a, RIGHT_ALL, BADGE(LABEL_A, STORE)));

    may->cap.rights |= RIGHT_WRITE;
    CHECK(!invariant_rights_narrow(&v) && v.object == may);
    may->cap.rights = RIGHT_READ;
    CHECK(invariant_rights_narrow(&v));
    may->cap.badge = 0x1234;
    CHECK(!invariant_caps_sound(&v) && v.object == may);
}

TEST(two_objects_in_one_place_are_found)
{
    live();
    root_slot(world.bell_a)->cap.object = root_slot(world.registry)->cap.object;
    CHECK(!invariant_objects_disjoint(&v));
}

TEST(an_object_above_the_watermark_is_found)
{
    live();
    root_slot(world.frame_untyped)->cap.extra -= 4096;
    CHECK(!invariant_untyped_watermark(&v));
}

TEST(a_consumed_frame_outside_its_consumer_is_found)
{
    live();
    connection_frame(world.a, 0)->cap.extra = (word_t)(uintptr_t)world.b;
    CHECK(!invariant_caps_sound(&v) && v.object == connection_frame(world.a, 0));
}

TEST(two_spaces_with_one_asid_are_found)
{
    live();
    root_slot(world.space_b)->cap.aux = root_slot(world.space_a)->cap.aux;
    CHECK(!vspace_usable(&root_slot(world.space_b)->cap));      /* the kernel's own defence: a tag leads to one root */
}

TEST(a_leaf_that_nobody_names_is_found)
{
    live();
    *leaf_entry(world.space_b, CLIENT_BASE) = *leaf_entry(world.space_a, CLIENT_BASE);
    CHECK(!invariant_entries_sound(&v) && v.object == leaf_entry(world.space_b, CLIENT_BASE));
}

TEST(a_leaf_with_more_rights_than_its_side_has_is_found)
{
    live();
    *leaf_entry(world.space_a, CLIENT_BASE) = *leaf_entry(world.provider_space, PROVIDER_BASE);
    CHECK(!invariant_entries_sound(&v));
}

TEST(a_mapping_that_outlived_its_end_is_found)
{
    live();
    const pte_t before = *leaf_entry(world.space_a, CLIENT_BASE + RING_OFFSET);

    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    *leaf_entry(world.space_a, CLIENT_BASE + RING_OFFSET) = before;
    CHECK(!invariant_entries_sound(&v));
}

TEST(a_place_that_both_ends_of_a_connection_name_is_found)
{
    live();
    for (vaddr_t page = 0; page < WINDOW; page += 4096)
        *leaf_entry(world.space_a, CLIENT_BASE + page) = 0;
    CHECK(invariant_entries_sound(&v));
    world.a->client = world.store->provider;
    world.a->client.base += world.a->index * WINDOW;
    CHECK(!invariant_entries_sound(&v));
}

/* The provider's end still names the pages that were mapped there. */
TEST(an_end_in_the_place_of_another_whose_table_went_is_sound)
{
    word_t table = 0;

    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    while (root_slot(table)->cap.type != CAP_PAGE_TABLE || root_slot(table)->cap.aux != world.store->provider.tag ||
           root_slot(table)->cap.badge != PROVIDER_BASE)
        table++;
    CHECK_EQUAL(do_op(table, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    space_tables(world.provider_space, PROVIDER_BASE);
    CHECK_EQUAL(do_op(world.may_request_a, sel4ish_RegistryRequest,
                      ARGS(STORE, PROVIDER_BASE + world.a->index * WINDOW, world.cap_a, WORD_BITS),
                      CAPS(world.provider_space, ROOT_CNODE, world.bell_a)), seL4_NoError);
    CHECK(mapped(world.provider_space, PROVIDER_BASE + world.a->index * WINDOW));
    CHECK(invariants_hold(&v));
}

TEST(a_table_that_nobody_names_is_found)
{
    live();
    pte_t *root_a = root_slot(world.space_a)->cap.object, *root_b = root_slot(world.space_b)->cap.object;

    root_b[1] = root_a[0];
    CHECK(!invariant_entries_sound(&v) && v.object == &root_b[1]);
}

TEST(threads_and_queues_that_disagree_are_found)
{
    struct endpoint *e;

    live();
    e = root_slot(object_new(OBJ_ENDPOINT, 0))->cap.object;
    e->state = ENDPOINT_SENDERS;
    CHECK(!invariant_queues_consistent(&v) && v.object == e);
    e->state = ENDPOINT_IDLE;
    fixture.root->state = THREAD_BLOCKED_ON_SEND;
    CHECK(!invariant_queues_consistent(&v));
}

TEST(bindings_that_go_one_way_are_found)
{
    struct notification *n;

    live();
    n = root_slot(world.bell_a)->cap.object;
    n->bound = fixture.root;
    CHECK(!invariant_bindings_symmetric(&v) && v.object == n);
}

TEST(a_runnable_thread_in_no_queue_is_found)
{
    live();
    const word_t tcb = thread_new(1, false);

    CHECK(invariant_ready_queues_exact(&v));
    thread_of(tcb)->state = THREAD_RUNNING;
    CHECK(!invariant_ready_queues_exact(&v));
}

TEST(refills_that_do_not_sum_to_the_budget_are_found)
{
    live();
    fixture.root->sc->refills[fixture.root->sc->head].amount = fixture.root->sc->budget + 1;
    CHECK(!invariant_refills_sound(&v) && v.object == fixture.root->sc);
}

TEST(two_interfaces_of_one_key_are_found)
{
    live();
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    const word_t other = interface_new(KEY(0x13, 2));
    struct interface *i = root_slot(other)->cap.object;

    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(other)), seL4_NoError);
    i->key = STORE;
    CHECK(!invariant_registry_lists(&v));
}

TEST(a_connection_in_a_state_that_it_does_not_have_is_found)
{
    static const enum connection_state wrong[] = { CONNECTION_FREE, CONNECTION_DRAINING, CONNECTION_CLEARING };

    live();
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        world.a->state = wrong[i];
        CHECK(!invariant_connections_sound(&v));
    }
    world.a->state = CONNECTION_LIVE;
    CHECK(invariant_connections_sound(&v));
    world.b->state = CONNECTION_LIVE;
    CHECK(!invariant_connections_sound(&v));
}

TEST(an_interface_that_has_no_provider_and_says_so_not_is_found)
{
    live();
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    world.store->status = INTERFACE_REGISTERED;
    CHECK(!invariant_connections_sound(&v));
}

TEST(flags_and_parameters_that_do_not_fit_are_found)
{
    struct thread *const t = (live(), fixture.root);

    t->breakpoints.steps = 1;           /* and no flag says that it steps */
    CHECK(!breakpoint_invariant(t));
    t->breakpoints.steps = 0;
    CHECK(breakpoint_invariant(t));
    t->flags |= THREAD_FLAG_DEBUGGED;   /* by nothing */
    CHECK(!breakpoint_invariant(t));
    t->flags &= (uint8_t)~THREAD_FLAG_DEBUGGED;

    struct sched_context *const sc = t->sc;
    const struct sched_context good = *sc;
    CHECK(refill_invariant(sc));
    sc->count = 0;
    CHECK(!refill_invariant(sc));
    *sc = good;
    sc->count = (uint16_t)(sc->refill_max + 1);
    CHECK(!refill_invariant(sc));
    *sc = good;
    sc->head = sc->refill_max;
    CHECK(!refill_invariant(sc));
    *sc = good;
    sc->refills[sc->head].amount = sc->budget + 1;
    CHECK(!refill_invariant(sc));
    sc->refills[sc->head].amount = 0;
    CHECK(!refill_invariant(sc));
}
