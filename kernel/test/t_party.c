/* SPDX-License-Identifier: BSD-2-Clause
 * Parties: arguments of Register and Request that whoever made the connection fixed. */
#include "world.h"

enum { DEPTH = 64 };

static void fix_client(word_t connection, word_t notification)
{
    CHECK_EQUAL(do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, world.cap_b, DEPTH),
                      CAPS(world.space_b, ROOT_CNODE, notification)), seL4_NoError);
}

/* A connection for LABEL_B + 1 whose client is fixed, and the capability that may request it. */
static word_t fixed_world(word_t notification, struct connection **c)
{
    world_prepare();
    const word_t connection = connection_new(c);

    fix_client(connection, notification ? world.bell_b : 0);
    CHECK_EQUAL(do_op(world.interface, sel4ish_InterfaceProvideConnection, ARGS(LABEL_B + 1), CAPS(connection)),
                seL4_NoError);
    CHECK_EQUAL(do_op(world.interface, sel4ish_InterfaceFixProvider, ARGS(PROVIDER_BASE, world.provider_cap, DEPTH),
                      CAPS(world.provider_space, ROOT_CNODE, world.provider_bell)), seL4_NoError);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_NoError);
    return mint(world.registry, RIGHT_READ, BADGE(LABEL_B + 1, STORE));
}

static seL4_Error register_fixed(void)
{
    return do_op(world.may_register, sel4ish_RegistryRegister, ARGS(STORE, 0, 0, 0), NO_CAPS);
}

static seL4_Error request_fixed(word_t registry)
{
    return do_op(registry, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), NO_CAPS);
}

TEST(fixed_arguments_are_used_and_the_answer_is_the_fixed_base)
{
    struct connection *c;
    const word_t may = fixed_world(true, &c);

    CHECK_EQUAL(register_fixed(), seL4_NoError);
    CHECK_EQUAL(reply_word(0), PROVIDER_BASE);
    CHECK(signals(world.bell_b));               /* registered: ask again */
    CHECK_EQUAL(request_fixed(may), seL4_NoError);
    CHECK_EQUAL(reply_word(0), CLIENT_BASE);
    CHECK(signals(world.provider_bell));
    CHECK_EQUAL(root_slot(world.cap_b)->cap.type, CAP_CLIENT);
    CHECK(mapped(world.space_b, CLIENT_BASE));
}

TEST(a_fixed_argument_is_passed_as_0_and_anything_else_is_an_invalid_argument)
{
    struct connection *c;
    const word_t may = fixed_world(true, &c);

    CHECK_REFUSED(do_op(world.may_register, sel4ish_RegistryRegister, ARGS(STORE, PROVIDER_BASE, 0, 0), NO_CAPS),
                  seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(register_fixed(), seL4_NoError);
    signals(world.bell_b);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, world.cap_b, 0), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 2);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, DEPTH), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 3);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(world.space_a)), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 4);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(0, ROOT_CNODE)), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 5);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(0, 0, world.bell_a)),
                  seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 6);
}

TEST(a_notification_that_was_not_fixed_may_be_given)
{
    struct connection *c;
    const word_t may = fixed_world(false, &c);

    CHECK_EQUAL(register_fixed(), seL4_NoError);
    CHECK_EQUAL(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(0, 0, world.bell_a)), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK(signals(world.bell_a));
}

TEST(a_revoked_fixed_capability_makes_request_an_invalid_capability)
{
    struct connection *c;
    const word_t may = fixed_world(true, &c);

    CHECK_EQUAL(register_fixed(), seL4_NoError);
    CHECK_EQUAL(revoke(world.bell_b), seL4_NoError);
    CHECK_REFUSED(request_fixed(may), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 3);
    CHECK_EQUAL(revoke(world.space_b), seL4_NoError);
    CHECK_REFUSED(request_fixed(may), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
}

TEST(a_revoked_fixed_capability_makes_register_an_invalid_capability)
{
    struct connection *c;

    fixed_world(true, &c);
    CHECK_EQUAL(revoke(world.provider_space), seL4_NoError);
    CHECK_REFUSED(register_fixed(), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
}

TEST(what_is_fixed_is_fixed_once)
{
    struct connection *c;

    world_prepare();
    const word_t connection = connection_new(&c);

    fix_client(connection, 0);
    CHECK_REFUSED(
        do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, 1, DEPTH), CAPS(world.space_b, ROOT_CNODE)),
        seL4_IllegalOperation);
}

TEST(what_cannot_be_used_is_not_fixed)
{
    struct connection *c;

    world_prepare();
    const word_t connection = connection_new(&c), bare = object_new(OBJ_VSPACE, 0);
    const word_t deaf = mint(world.bell_a, RIGHT_READ, 0);

    CHECK_REFUSED(do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, 1, DEPTH), CAPS(bare, ROOT_CNODE)),
                  seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_REFUSED(
        do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, 1, DEPTH), CAPS(world.space_a, ROOT_TCB)),
        seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 2);
    CHECK_REFUSED(do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, 1, DEPTH),
                        CAPS(world.space_a, ROOT_CNODE, deaf)), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 3);
    CHECK_REFUSED(do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, 1, DEPTH),
                        CAPS(world.space_a, ROOT_CNODE, ROOT_TCB)), seL4_InvalidCapability);
    CHECK(!c->client.fixed);
    fix_client(connection, 0);
    CHECK(c->client.fixed && !c->client.fixed_notification);
}
