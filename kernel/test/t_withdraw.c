/* SPDX-License-Identifier: BSD-2-Clause
 * Ends inside other ends, interrupted wherever they can be: nothing is left mapped, waiting or half undone. */
#include "world.h"

#include "../core/derivation.h"

enum { DEPTH = 64, ROOT_PRIORITY = 10, ENTRY = 0x400000 };

static unsigned delete_in_steps(word_t slot) { return at_every_point(ROOT_CNODE, CNodeDelete, slot, DEPTH); }

static void move_into(word_t cnode, word_t index, word_t depth, word_t from)
{
    CHECK_EQUAL(do_op(cnode, CNodeMove, ARGS(index, depth, from, DEPTH), CAPS(ROOT_CNODE)), seL4_NoError);
}

static void live(void)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(store_request_b(), seL4_NoError);
}

TEST(a_chain_of_cnodes_ends_though_interrupted_at_every_step)
{
    enum { LENGTH = 5, BITS = 2 };
    word_t nodes[LENGTH];

    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), untyped = object_new(OBJ_UNTYPED, 14);
    for (unsigned i = 0; i < LENGTH; i++) {
        nodes[i] = retype_from(untyped, OBJ_CNODE, BITS);
        move_into(nodes[i], 3, BITS, i ? nodes[i - 1] : mint(endpoint, RIGHT_ALL, 1));
    }
    CHECK(delete_in_steps(nodes[LENGTH - 1]) > LENGTH);
    CHECK(slot_empty(root_slot(nodes[LENGTH - 1])));
    CHECK(at_every_point(ROOT_CNODE, CNodeRevoke, untyped, DEPTH) > 1); /* who ended inside the first keep themselves */
    CHECK(!derivation_has_children(root_slot(untyped)) && derivation_is_final(root_slot(endpoint)));
}

/* The zombie whose slots are being emptied gives its place to the one that was found in its last. */
TEST(a_cnode_whose_capability_lies_in_one_that_it_holds_ends_with_both)
{
    enum { BITS = 2 };

    fixture_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 14);
    const word_t outer = retype_from(untyped, OBJ_CNODE, BITS), inner = retype_from(untyped, OBJ_CNODE, BITS);
    const word_t copy = mint(inner, RIGHT_ALL, 0);

    move_into(outer, 0, BITS, inner);
    move_into(copy, 3, BITS, outer);
    CHECK_EQUAL(delete(copy), seL4_NoError);
    CHECK(derivation_has_children(root_slot(untyped)));
    CHECK_EQUAL(revoke(untyped), seL4_NoError);
    CHECK(!derivation_has_children(root_slot(untyped)));
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_UNTYPED, 14, 0, 0, inner, 1), CAPS(ROOT_CNODE)), seL4_NoError);
}

static void all_is_withdrawn(void)
{
    CHECK(!mapped(world.space_a, CLIENT_BASE) && !mapped(world.space_b, CLIENT_BASE));
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && !mapped(world.provider_space, PROVIDER_BASE + WINDOW));
    CHECK_EQUAL(do_op(world.provider_cap, sel4ish_ProviderQuery, ARGS(0), NO_CAPS), seL4_InvalidCapability);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
}

static void registry_keeps_one_capability(void)
{
    CHECK_EQUAL(delete(world.may_register), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_a), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_b), seL4_NoError);
}

TEST(a_registry_that_ends_inside_a_cnode_withdraws_everything_though_interrupted_at_every_step)
{
    live();
    const word_t node = object_new(OBJ_CNODE, 4);
    registry_keeps_one_capability();
    move_into(node, 3, 4, world.registry);
    CHECK(delete_in_steps(node) > 2);
    CHECK(slot_empty(root_slot(node)));
    all_is_withdrawn();
}

/* A client's and a provider's capability go with a CNode, one after the other, and each has something to finish. */
TEST(both_sides_end_inside_a_cnode_though_interrupted_at_every_step)
{
    live();
    const word_t node = object_new(OBJ_CNODE, 4);
    for (unsigned i = 0; i < STORE_FRAMES; i++) {
        page_fill(world.a, i);
        page_fill(world.b, i);
    }
    move_into(node, 3, 4, world.cap_a);
    move_into(node, 4, 4, world.cap_b);
    move_into(node, 5, 4, world.provider_cap);
    CHECK(delete_in_steps(node) > 2);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
    CHECK(world.a->state == CONNECTION_FREE && !world.a->held && world.b->state == CONNECTION_FREE && !world.b->held);
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        CHECK(page_is_zero(world.a, i) && page_is_zero(world.b, i));
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
}

/* The interface's end was begun, by whoever owns its memory, and never gone on with; then the registry goes. */
TEST(an_interface_that_is_half_ended_is_withdrawn_when_its_registry_ends)
{
    const word_t key = KEY(0x30, 1), shape = SHAPE(12, REGION_CLIENT_READS, 1);
    struct interface *object;
    struct connection *c[2];

    world_boot();
    const word_t owner = object_new(OBJ_UNTYPED, 14), interface = retype_from(owner, OBJ_INTERFACE, 0);
    object = root_slot(interface)->cap.object;
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(key, 0, 0, shape), NO_CAPS), seL4_NoError);
    for (unsigned i = 0; i < 2; i++) {
        const word_t connection = object_new(OBJ_CONNECTION, 0);

        c[i] = root_slot(connection)->cap.object;
        CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_SMALL, 0))),
                    seL4_NoError);
        CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(connection)), seL4_NoError);
    }
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryRegister, ARGS(key, PROVIDER_BASE, world.provider_cap, DEPTH),
                      CAPS(world.provider_space, ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    const struct message m = { .label = CNodeRevoke, .length = 2, .words = { owner, DEPTH } };
    host_raise_after(1, arch_irq_timer());
    do_syscall((word_t)SYS_Call, ROOT_CNODE, &m, 0, 0);
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
    CHECK(object->ended && !object->withdrawn && !c[0]->interface && c[1]->interface);

    registry_keeps_one_capability();
    CHECK(delete_in_steps(world.registry) > 1);
    CHECK(object->withdrawn && !c[1]->interface);
    CHECK_EQUAL(revoke(owner), seL4_NoError);
    CHECK(!derivation_has_children(root_slot(owner)));
}

/* Threads that wait for a signal, by capability `bell`, and would run before the root. */
static void wait_for(word_t bell, struct thread **waiters, unsigned count)
{
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(ROOT_PRIORITY), CAPS(ROOT_TCB)), seL4_NoError);
    for (unsigned i = 0; i < count; i++) {
        const word_t tcb = thread_new(ROOT_PRIORITY + 1, false);

        waiters[i] = thread_of(tcb);
        thread_start(tcb, ENTRY);
        CHECK(host_current() == waiters[i]);
        do_syscall((word_t)SYS_Wait, bell, &(struct message){ 0 }, 0, 0);
        CHECK_EQUAL(waiters[i]->state, THREAD_BLOCKED_ON_NOTIFICATION);
        CHECK_EQUAL(do_op(tcb, TCBSetPriority, ARGS(ROOT_PRIORITY - 1), CAPS(ROOT_TCB)), seL4_NoError);
    }
}

TEST(a_provider_whose_notification_ends_with_it_has_left_when_everyone_who_waited_for_it_is_told)
{
    enum { MANY = 20 };
    struct thread *waiters[MANY];

    live();
    signals(world.provider_bell);
    wait_for(world.provider_bell, waiters, MANY);
    CHECK_EQUAL(delete(world.provider_bell), seL4_NoError);     /* the interface's copy is the last */
    CHECK_EQUAL(waiters[0]->state, THREAD_BLOCKED_ON_NOTIFICATION);
    CHECK(delete_in_steps(world.provider_cap) > 2);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(waiters[i]->state, THREAD_RESTART);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
    CHECK(slot_empty(root_slot(world.provider_cap)));
    world.provider_bell = object_new(OBJ_NOTIFICATION, 0);
    CHECK_EQUAL(store_register(), seL4_NoError);
}

TEST(a_client_whose_notification_ends_with_it_is_gone_when_everyone_who_waited_for_it_is_told)
{
    enum { MANY = 20 };
    struct thread *waiters[MANY];

    live();
    wait_for(world.bell_a, waiters, MANY);
    CHECK_EQUAL(delete(world.bell_a), seL4_NoError);
    CHECK(delete_in_steps(world.cap_a) > 1);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(waiters[i]->state, THREAD_RESTART);
    CHECK_EQUAL(world.a->state, CONNECTION_DRAINING);
    CHECK(!world.a->held && slot_empty(root_slot(world.cap_a)));
}

TEST(an_interrupt_handler_whose_notification_ends_with_it_frees_its_line_in_the_end)
{
    enum { MANY = 20, LINE = 41 };
    struct thread *waiters[MANY];

    fixture_boot();
    const word_t handler = slot_new(), first = object_new(OBJ_NOTIFICATION, 0),
                 second = object_new(OBJ_NOTIFICATION, 0);
    const struct message m = { .label = IRQSetIRQHandler, .caps = 1, .cap = { second } };

    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(LINE, handler, DEPTH), CAPS(ROOT_CNODE)),
                seL4_NoError);
    for (unsigned i = 0; i < 2; i++) {
        const word_t bell = i ? second : first;

        CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(bell)), seL4_NoError);
        wait_for(bell, waiters, MANY);
        CHECK_EQUAL(delete(bell), seL4_NoError);
        if (i)
            CHECK(delete_in_steps(handler) > 1);
        else {
            host_raise_after(1, arch_irq_timer());      /* another comes in the place of the first */
            do_syscall((word_t)SYS_Call, handler, &m, 0, 0);
            CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
            host_syscall((word_t)SYS_Call);
        }
        for (unsigned n = 0; n < MANY; n++)
            CHECK_EQUAL(waiters[n]->state, THREAD_RESTART);
    }
    CHECK(slot_empty(root_slot(handler)));
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(LINE, handler, DEPTH), CAPS(ROOT_CNODE)),
                seL4_NoError);
}
