/* SPDX-License-Identifier: BSD-2-Clause
 * Providers: what Register refuses, the registration that is undone in steps, and what the provider may ask. */
#include "world.h"

enum { DEPTH = 64 };
enum { QUERY_COUNT, QUERY_LABEL, QUERY_STATE, QUERY_SEQUENCE, QUERY_BASE, QUERY_BYTES };

static seL4_Error query(word_t n) { return do_op(world.provider_cap, sel4ish_ProviderQuery, ARGS(n), NO_CAPS); }
static seL4_Error acknowledge(word_t n)
{
    return do_op(world.provider_cap, sel4ish_ProviderAcknowledge, ARGS(n), NO_CAPS);
}

static seL4_Error register_at(vaddr_t base, word_t slot, word_t space)
{
    return do_op(world.may_register, sel4ish_RegistryRegister, ARGS(STORE, base, slot, DEPTH),
                 CAPS(space, ROOT_CNODE, world.provider_bell));
}

/* An interface of its own with a registry's unrestricted capability: its second region lies at offset. */
static word_t interface_with(word_t key, vaddr_t offset)
{
    const word_t interface = object_new(OBJ_INTERFACE, 0);

    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure,
                      ARGS(key, 0, 0, SHAPE(12, REGION_CLIENT_READS, 1), offset, SHAPE(12, REGION_SHARED, 1)), NO_CAPS),
                seL4_NoError);
    return interface;
}

static void give_connection(word_t interface, word_t label)
{
    const word_t connection = object_new(OBJ_CONNECTION, 0);

    for (unsigned i = 0; i < 2; i++)
        CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_SMALL, 0))),
                    seL4_NoError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(label), CAPS(connection)), seL4_NoError);
}

static void provision(word_t interface)
{
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
}

static seL4_Error register_key(word_t key, vaddr_t base)
{
    return do_op(world.registry, sel4ish_RegistryRegister, ARGS(key, base, world.provider_cap, DEPTH),
                 CAPS(world.provider_space, ROOT_CNODE));
}

/* ---- where */

TEST(windows_that_reach_beyond_user_memory_together_have_no_base)
{
    const word_t key = KEY(0x20, 1);
    const vaddr_t half = ARCH_USER_TOP / 2;

    world_prepare();
    const word_t interface = interface_with(key, half);
    give_connection(interface, 1);
    give_connection(interface, 2);
    provision(interface);
    CHECK_REFUSED(register_key(key, PROVIDER_BASE), seL4_RangeError);
    CHECK_EQUAL(reply_word(0), 4096);
    CHECK_EQUAL(reply_word(1), 0);
}

TEST(a_base_is_told_how_high_it_may_be)
{
    const word_t key = KEY(0x20, 1);
    const vaddr_t half = ARCH_USER_TOP / 2;

    world_prepare();
    const word_t interface = interface_with(key, half);
    give_connection(interface, 1);
    provision(interface);
    CHECK_REFUSED(register_key(key, half), seL4_RangeError);
    CHECK_EQUAL(reply_word(0), 4096);
    CHECK_EQUAL(reply_word(1), half - 4096);
    CHECK_REFUSED(register_key(key, half - 4096), seL4_FailedLookup);      /* there, but for its tables */
    CHECK_REFUSED(register_key(key, 0), seL4_RangeError);
    CHECK_REFUSED(register_key(key, 4097), seL4_AlignmentError);
}

TEST(a_provider_capability_goes_into_an_empty_slot)
{
    world_boot();
    CHECK_REFUSED(register_at(PROVIDER_BASE, world.registry, world.provider_space), seL4_DeleteFirst);
    CHECK_EQUAL(reply_word(0), 2);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
}

/* ---- connections that are not there any more */

TEST(a_provider_of_no_connection_is_told_of_none)
{
    const word_t key = KEY(0x20, 1);

    world_prepare();
    provision(interface_with(key, 0x1000));
    CHECK_EQUAL(register_key(key, PROVIDER_BASE), seL4_NoError);
    CHECK_EQUAL(query(0), seL4_NoError);
    CHECK(!reply_word(QUERY_COUNT) && !reply_word(QUERY_LABEL) && !reply_word(QUERY_SEQUENCE) &&
          !reply_word(QUERY_BASE));
    CHECK_EQUAL(reply_word(QUERY_STATE), CONNECTION_FREE);
    CHECK_EQUAL(reply_word(QUERY_BYTES), 0x2000);
    CHECK_EQUAL(query(1), seL4_RangeError);
    CHECK(!reply_word(0) && !reply_word(1));
    CHECK_EQUAL(acknowledge(0), seL4_RangeError);
    CHECK(!reply_word(0) && !reply_word(1));
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
}

TEST(a_connection_that_was_revoked_is_registered_without_and_told_with_label_0)
{
    world_boot();
    CHECK_EQUAL(revoke(world.connection_untyped), seL4_NoError);
    signals(world.bell_b);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && mapped(world.provider_space, PROVIDER_BASE + WINDOW));
    CHECK_EQUAL(query(0), seL4_NoError);
    CHECK(!reply_word(QUERY_LABEL) && reply_word(QUERY_STATE) == CONNECTION_FREE && !reply_word(QUERY_BASE));
    CHECK_EQUAL(query(2), seL4_RangeError);
    CHECK_EQUAL(reply_word(1), 1);
    CHECK_REFUSED(acknowledge(0), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_REFUSED(store_request_a(), seL4_NotEnoughMemory);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(a_connection_with_a_hole_in_it_is_not_mapped_for_the_provider)
{
    world_boot();
    CHECK_EQUAL(revoke(world.frame_untyped), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(a_provider_registers_though_its_code_was_taken_and_grants_nothing)
{
    world_boot();
    CHECK_EQUAL(revoke(world.code_untyped), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK(mapped(world.provider_space, PROVIDER_BASE));
    CHECK_REFUSED(store_request_a(), seL4_NotEnoughMemory);
}

/* ---- a client that outlives its provider */

TEST(a_connection_whose_provider_left_is_nothing_to_acknowledge_for_the_next)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_REFUSED(acknowledge(0), seL4_IllegalOperation);
    CHECK_EQUAL(query(0), seL4_NoError);
    CHECK_EQUAL(reply_word(QUERY_STATE), CONNECTION_ORPHANED);
    poke(world.provider_space, PROVIDER_BASE, STORE);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(world.a->state, CONNECTION_ORPHANED);
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE), 0);           /* not ready, whatever the second one said */
}

TEST(a_provider_that_leaves_while_a_connection_drains_clears_it_in_steps)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        page_fill(world.a, i);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(world.a->state, CONNECTION_DRAINING);
    CHECK_PREEMPTED(1, delete(world.provider_cap));
    CHECK_EQUAL(world.a->state, CONNECTION_FREE);
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        CHECK(page_is_zero(world.a, i));
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
}

TEST(a_provider_that_leaves_in_the_middle_of_its_interfaces_end_leaves_nothing_behind)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(delete(world.may_register), seL4_NoError);      /* the last capability to the registry ends it */
    CHECK_EQUAL(delete(world.may_request_a), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_b), seL4_NoError);
    const struct message m = { .label = CNodeDelete, .length = 2, .words = { world.registry, DEPTH } };
    host_raise_after(1, arch_irq_timer());
    do_syscall((word_t)SYS_Call, ROOT_CNODE, &m, 0, 0);         /* the first connection is withdrawn, and no more */
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
    CHECK(world.store->ended && !world.store->withdrawn && !world.a->interface && world.b->interface);
    CHECK_EQUAL(query(0), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 0);              /* it is the invoked one that is none any more */
    CHECK_EQUAL(acknowledge(0), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && !mapped(world.provider_space, PROVIDER_BASE + WINDOW));
    CHECK_EQUAL(delete(world.registry), seL4_NoError);
    CHECK(slot_empty(root_slot(world.registry)));
}

/* ---- a registration on its way */

/* A call by the root that is cut short at the kernel's n-th look at the interrupts, and not made again. */
static void begin(unsigned n, vaddr_t base, word_t slot, word_t space)
{
    const struct message m = {.label = sel4ish_RegistryRegister,
                              .length = 4,
                              .caps = 3,
                              .words = {STORE, base, slot, DEPTH},
                              .cap = {space, ROOT_CNODE, world.provider_bell}};

    host_raise_after(n, arch_irq_timer());
    do_syscall((word_t)SYS_Call, world.may_register, &m, 0, 0);
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
}

static void enter_half(void)
{
    world_boot();
    begin(2, PROVIDER_BASE, world.provider_cap, world.provider_space);
    CHECK_EQUAL(world.store->status, INTERFACE_ENTERING);
    CHECK(mapped(world.provider_space, PROVIDER_BASE) && !mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(an_interrupted_registration_goes_on_where_it_stopped)
{
    world_boot();
    CHECK_PREEMPTED(1, store_register());       /* while it checks */
    CHECK_EQUAL(world.store->status, INTERFACE_REGISTERED);
    CHECK(can_read(world.provider_space, PROVIDER_BASE) && can_read(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(a_registration_on_its_way_is_none_yet_and_nobody_elses)
{
    enter_half();
    CHECK_EQUAL(store_request_a(), seL4_FailedLookup);
    CHECK_EQUAL(do_op(world.may_register, sel4ish_RegistryRegister,
                      ARGS(STORE, PROVIDER_BASE, slot_new(), DEPTH),
                      CAPS(world.spare_space, ROOT_CNODE, world.provider_bell)), seL4_RevokeFirst);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(reply_word(0), PROVIDER_BASE);
    CHECK_EQUAL(world.store->status, INTERFACE_REGISTERED);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
}

TEST(a_registration_that_was_given_up_ends_with_its_capability)
{
    enter_half();
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE));
    CHECK_EQUAL(store_register(), seL4_NoError);
}

TEST(a_registration_whose_place_is_taken_meanwhile_is_undone)
{
    word_t frame;

    enter_half();
    frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(PROVIDER_BASE + WINDOW, RIGHT_READ, 0), CAPS(world.provider_space)),
                seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_DeleteFirst);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && mapped(world.provider_space, PROVIDER_BASE + WINDOW));
    CHECK_EQUAL(root_slot(world.provider_cap)->cap.type, CAP_NULL);
    CHECK_EQUAL(delete(frame), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);
}

TEST(a_registration_on_its_way_is_gone_on_with_by_the_same_call_alone)
{
    enter_half();
    CHECK_REFUSED(register_at(PROVIDER_BASE + 0x10000, world.provider_cap, world.provider_space), seL4_RevokeFirst);
    CHECK_REFUSED(register_at(PROVIDER_BASE, world.provider_cap, world.spare_space), seL4_RevokeFirst);
    CHECK_REFUSED(register_at(PROVIDER_BASE, world.bell_a, world.provider_space), seL4_RevokeFirst);
    CHECK_REFUSED(register_at(PROVIDER_BASE, world.provider_cap, world.bell_a),
                  seL4_RevokeFirst); /* no address space */
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK(mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(a_registration_whose_place_was_taken_is_undone_in_steps_by_the_same_call_alone)
{
    word_t frame;

    enter_half();
    frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(PROVIDER_BASE + WINDOW, RIGHT_READ, 0), CAPS(world.provider_space)),
                seL4_NoError);
    begin(1, PROVIDER_BASE, world.provider_cap, world.provider_space);
    CHECK_EQUAL(world.store->status, INTERFACE_LEAVING);
    CHECK_EQUAL(root_slot(world.provider_cap)->cap.type, CAP_ZOMBIE);
    CHECK_REFUSED(register_at(PROVIDER_BASE, slot_new(), world.provider_space), seL4_RevokeFirst);
    begin(1, PROVIDER_BASE, world.provider_cap, world.provider_space);
    CHECK_EQUAL(world.store->status, INTERFACE_LEAVING);
    CHECK_EQUAL(store_register(), seL4_DeleteFirst);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
    CHECK(slot_empty(root_slot(world.provider_cap)));
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(a_registration_that_is_undone_in_steps_is_made_again_with_its_own_arguments)
{
    word_t frame;

    enter_half();
    frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(PROVIDER_BASE + WINDOW, RIGHT_READ, 0), CAPS(world.provider_space)),
                seL4_NoError);
    const uint64_t denials = fixture.root->counters.denials;
    begin(1, PROVIDER_BASE, world.provider_cap, world.provider_space);
    CHECK_EQUAL(world.store->status, INTERFACE_LEAVING);
    host_syscall((word_t)SYS_Call);     /* as the machine does: what is in the registers now */
    CHECK_EQUAL(fixture.root->counters.denials, denials);
    CHECK_EQUAL(fixture.root->frame.info >> 12, seL4_DeleteFirst);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
}

TEST(a_registration_comes_to_an_end_though_interrupted_everywhere)
{
    world_boot();
    const struct message m = {
        .label = sel4ish_RegistryRegister, .length = 4, .caps = 3,
        .words = { STORE, PROVIDER_BASE, world.provider_cap, DEPTH },
        .cap = { world.provider_space, ROOT_CNODE, world.provider_bell },
    };
    unsigned times = 1;

    host_raise_after(1, arch_irq_timer());
    do_syscall((word_t)SYS_Call, world.may_register, &m, 0, 0);
    for (; fixture.root->frame.pc == fixture.root->frame.restart; times++) {
        CHECK(times < 1000);
        host_raise_after(1, arch_irq_timer());
        host_syscall((word_t)SYS_Call);
    }
}
