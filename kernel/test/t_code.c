/* SPDX-License-Identifier: BSD-2-Clause
 * Large pages of code: provided in steps, fetched by clients as they were when the first step began. */
#include "world.h"

#include <string.h>

enum { DEPTH = 64, CODE_AT = 0x200000, CODE_BYTES = 0x200000, PATTERN = 0xc0 };

static word_t registry, interface, code_untyped, frame;

static void boot(void)
{
    struct connection *c;

    fixture_boot();
    registry = object_new(OBJ_REGISTRY, 0);
    interface = object_new(OBJ_INTERFACE, 0);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure,
                      ARGS(STORE, 0, 0, SHAPE(12, REGION_CLIENT_READS, 1), CODE_AT, SHAPE(21, REGION_CODE, 1)), NO_CAPS),
                seL4_NoError);
    const word_t connection = object_new(OBJ_CONNECTION, 0);
    c = root_slot(connection)->cap.object;
    CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_SMALL, 0))),
                seL4_NoError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(LABEL_A), CAPS(connection)), seL4_NoError);
    CHECK_EQUAL(c->frames, 1);
    code_untyped = object_new(OBJ_UNTYPED, 21);
    frame = retype_from(code_untyped, OBJ_FRAME_LARGE, 0);
    memset(root_slot(frame)->cap.object, PATTERN, CODE_BYTES);
}

static seL4_Error provide(word_t code)
{
    return do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(code));
}

static seL4_Error provision(void)
{
    return do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface));
}

/* The host machine finds a fetch of what was never published. */
static void all_is_fetched(void)
{
    const word_t space = space_new(), provider = slot_new(), client = slot_new();

    space_tables(space, PROVIDER_BASE);
    space_tables(space, CLIENT_BASE);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRegister, ARGS(STORE, PROVIDER_BASE, provider, DEPTH),
                      CAPS(space, ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRequest, ARGS(BADGE(LABEL_A, STORE), CLIENT_BASE, client, DEPTH),
                      CAPS(space, ROOT_CNODE)), seL4_NoError);
    world_enter(space);
    for (vaddr_t at = 0; at < CODE_BYTES; at += 4096) {
        uint8_t byte = 0;

        CHECK(host_fetch(CLIENT_BASE + CODE_AT + at, &byte, 1));
        CHECK_EQUAL(byte, PATTERN);
    }
    CHECK_EQUAL(host_findings(), 0);
}

TEST(a_large_page_of_code_is_provided_preemptibly)
{
    boot();
    CHECK_PREEMPTED(3, provide(frame));
    CHECK(slot_empty(root_slot(frame)));
    CHECK_EQUAL(provision(), seL4_NoError);
    all_is_fetched();
}

TEST(a_page_of_code_that_is_half_provided_is_provided_by_the_next_call)
{
    boot();
    host_raise_after(3, arch_irq_timer());
    do_syscall((word_t)SYS_Call, interface,
               &(struct message){ .label = sel4ish_InterfaceProvideCode, .caps = 1, .cap = { frame } }, 0, 0);
    fixture.root->frame.pc = fixture.root->frame.restart + 4;       /* the root does something else */
    CHECK(slot_empty(root_slot(frame)));
    CHECK_EQUAL(provision(), seL4_InvalidCapability);
    CHECK_EQUAL(provide(object_new(OBJ_FRAME_SMALL, 0)), seL4_NotEnoughMemory);
    CHECK_EQUAL(provision(), seL4_NoError);
    all_is_fetched();
}

TEST(a_page_of_code_that_is_revoked_while_it_is_provided_makes_no_whole_interface)
{
    boot();
    host_raise_after(3, arch_irq_timer());
    do_syscall((word_t)SYS_Call, interface,
               &(struct message){ .label = sel4ish_InterfaceProvideCode, .caps = 1, .cap = { frame } }, 0, 0);
    fixture.root->frame.pc = fixture.root->frame.restart + 4;
    CHECK_EQUAL(revoke(code_untyped), seL4_NoError);
    CHECK_EQUAL(provide(frame), seL4_NoError);                      /* there is nothing left to do */
    CHECK_EQUAL(provision(), seL4_InvalidCapability);
}

TEST(code_comes_from_a_frame_that_may_be_read_and_need_not_be_written)
{
    boot();
    const word_t lent = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeMint, ARGS(lent, DEPTH, frame, DEPTH, RIGHT_WRITE, 0), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(delete(frame), seL4_NoError);
    CHECK_EQUAL(provide(lent), seL4_InvalidCapability);
    CHECK_EQUAL(delete(lent), seL4_NoError);
    frame = retype_from(code_untyped, OBJ_FRAME_LARGE, 0);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeMint, ARGS(lent, DEPTH, frame, DEPTH, RIGHT_READ, 0), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(delete(frame), seL4_NoError);
    CHECK_EQUAL(provide(lent), seL4_NoError);
}
