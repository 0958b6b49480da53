/* SPDX-License-Identifier: BSD-2-Clause */
#include "world.h"

#include "../core/derivation.h"
#include "../core/vspace.h"

#include <string.h>

struct world world;

enum { ROOT_DEPTH = 64, TABLE_LEVELS = 3 };

word_t retype_from(word_t untyped, enum object_type type, word_t size_bits)
{
    const word_t slot = slot_new();

    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(type, size_bits, 0, 0, slot, 1), CAPS(ROOT_CNODE)), seL4_NoError);
    return slot;
}

word_t mint(word_t slot, word_t rights, word_t badge)
{
    const word_t to = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeMint, ARGS(to, ROOT_DEPTH, slot, ROOT_DEPTH, rights, badge), CAPS(ROOT_CNODE)),
                seL4_NoError);
    return to;
}

seL4_Error delete(word_t slot)
{
    return do_op(ROOT_CNODE, CNodeDelete, ARGS(slot, ROOT_DEPTH), NO_CAPS);
}

seL4_Error revoke(word_t slot)
{
    return do_op(ROOT_CNODE, CNodeRevoke, ARGS(slot, ROOT_DEPTH), NO_CAPS);
}

/* ---- address spaces */

void space_tables(word_t space, vaddr_t vaddr)
{
    for (unsigned i = 0; i < TABLE_LEVELS; i++) {
        const word_t table = object_new(OBJ_PAGE_TABLE, 0);
        const seL4_Error error = do_op(table, ARMPageTableMap, ARGS(vaddr, 0), CAPS(space));

        CHECK(error == seL4_NoError || error == seL4_DeleteFirst);
    }
}

/* With the root's IPC buffer at the same address, so that the root can make calls from there. */
word_t space_new(void)
{
    const word_t space = object_new(OBJ_VSPACE, 0), buffer = mint(ROOT_BUFFER, RIGHT_ALL, 0);
    const vaddr_t at = fixture.root->buffer_vaddr;

    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(space)), seL4_NoError);
    space_tables(space, at);
    CHECK_EQUAL(do_op(buffer, ARMPageMap, ARGS(at, RIGHT_READ | RIGHT_WRITE, 1), CAPS(space)), seL4_NoError);
    return space;
}

void world_enter(word_t space)
{
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, space)), seL4_NoError);
}

bool mapped(word_t space, vaddr_t vaddr)
{
    struct vspace_leaf leaf;

    return vspace_leaf(root_slot(space)->cap.aux, vaddr, &leaf);
}

bool can_read(word_t space, vaddr_t vaddr)
{
    uint32_t word;

    world_enter(space);
    const bool yes = host_load(vaddr, &word, sizeof word);
    world_enter(ROOT_VSPACE);
    return yes;
}

bool can_write(word_t space, vaddr_t vaddr)
{
    uint32_t word;

    world_enter(space);
    const bool yes = host_load(vaddr, &word, sizeof word) && host_store(vaddr, &word, sizeof word);
    world_enter(ROOT_VSPACE);
    return yes;
}

bool can_execute(word_t space, vaddr_t vaddr)
{
    uint32_t word;

    world_enter(space);
    const bool yes = host_fetch(vaddr, &word, sizeof word);
    world_enter(ROOT_VSPACE);
    return yes;
}

void poke(word_t space, vaddr_t vaddr, uint32_t value)
{
    world_enter(space);
    CHECK(host_store(vaddr, &value, sizeof value));
    world_enter(ROOT_VSPACE);
}

uint32_t peek(word_t space, vaddr_t vaddr)
{
    uint32_t value = 0;

    world_enter(space);
    CHECK(host_load(vaddr, &value, sizeof value));
    world_enter(ROOT_VSPACE);
    return value;
}

/* ---- interfaces */

static word_t code_frame(word_t untyped)
{
    const word_t frame = retype_from(untyped, OBJ_FRAME_SMALL, 0);

    memset(root_slot(frame)->cap.object, 0xc0, 4096);
    return frame;
}

static word_t interface_from(word_t code_untyped, word_t key)
{
    const word_t interface = object_new(OBJ_INTERFACE, 0);

    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure,
                      ARGS(key, 0, BASE_OFFSET, SHAPE(12, REGION_CLIENT_READS, 1), REQUESTS_OFFSET,
                           SHAPE(12, REGION_PROVIDER_READS, 1), RING_OFFSET, SHAPE(12, REGION_SHARED, 1), CODE_OFFSET,
                           SHAPE(12, REGION_CODE, 1)),
                      NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(code_frame(code_untyped))), seL4_NoError);
    return interface;
}

word_t interface_new(word_t key)
{
    return interface_from(fixture.untyped, key);
}

static word_t connection_from(word_t untyped, word_t frame_untyped, struct connection **object)
{
    const word_t connection = retype_from(untyped, OBJ_CONNECTION, 0);

    *object = root_slot(connection)->cap.object;
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS,
                          CAPS(retype_from(frame_untyped, OBJ_FRAME_SMALL, 0))), seL4_NoError);
    return connection;
}

word_t connection_new(struct connection **object)
{
    return connection_from(fixture.untyped, fixture.untyped, object);
}

void connection_give(word_t interface, word_t label, struct connection **object)
{
    const word_t connection = connection_new(object);

    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(label), CAPS(connection)), seL4_NoError);
}

static void spaces_prepare(void)
{
    world.provider_space = space_new();
    world.space_a = space_new();
    world.space_b = space_new();
    world.spare_space = space_new();
    space_tables(world.provider_space, PROVIDER_BASE);
    space_tables(world.space_a, CLIENT_BASE);
    space_tables(world.space_b, CLIENT_BASE);
    world.provider_bell = object_new(OBJ_NOTIFICATION, 0);
    world.bell_a = object_new(OBJ_NOTIFICATION, 0);
    world.bell_b = object_new(OBJ_NOTIFICATION, 0);
    world.monitor = object_new(OBJ_NOTIFICATION, 0);
}

void world_prepare(void)
{
    fixture_boot();
    spaces_prepare();
    world.registry = object_new(OBJ_REGISTRY, 0);
    world.may_register = mint(world.registry, RIGHT_WRITE, BADGE(1, STORE));
    world.may_request_a = mint(world.registry, RIGHT_READ, BADGE(LABEL_A, STORE));
    world.may_request_b = mint(world.registry, RIGHT_READ, BADGE(LABEL_B, STORE));
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(mint(world.monitor, RIGHT_WRITE, 8))),
                seL4_NoError);

    world.code_untyped = object_new(OBJ_UNTYPED, 12);
    world.interface = interface_from(world.code_untyped, STORE);
    world.store = root_slot(world.interface)->cap.object;
    world.frame_untyped = object_new(OBJ_UNTYPED, 14);
    world.connection_untyped = object_new(OBJ_UNTYPED, 13);
    CHECK_EQUAL(do_op(world.interface, sel4ish_InterfaceProvideConnection, ARGS(LABEL_A),
                      CAPS(connection_from(world.connection_untyped, world.frame_untyped, &world.a))), seL4_NoError);
    connection_give(world.interface, LABEL_B, &world.b);
    world.provider_cap = slot_new();
    world.cap_a = slot_new();
    world.cap_b = slot_new();
}

void world_boot(void)
{
    world_prepare();
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_NoError);
}

static seL4_Error ask(enum invocation_label label, word_t registry, vaddr_t base, word_t slot, word_t space,
                      word_t bell)
{
    return do_op(registry, label, ARGS(STORE, base, slot, ROOT_DEPTH), CAPS(space, ROOT_CNODE, bell));
}

seL4_Error store_register(void)
{
    return ask(sel4ish_RegistryRegister, world.may_register, PROVIDER_BASE, world.provider_cap, world.provider_space,
               world.provider_bell);
}

seL4_Error store_request_a(void)
{
    return ask(sel4ish_RegistryRequest, world.may_request_a, CLIENT_BASE, world.cap_a, world.space_a, world.bell_a);
}

seL4_Error store_request_b(void)
{
    return ask(sel4ish_RegistryRequest, world.may_request_b, CLIENT_BASE, world.cap_b, world.space_b, world.bell_b);
}

/* ---- looking at it */

word_t signals(word_t notification)
{
    struct notification *n = root_slot(notification)->cap.object;
    const word_t bits = n->bits | (word_t)n->pending << 63;

    n->bits = 0;
    n->pending = false;
    return bits;
}

bool page_is_zero(const struct connection *c, unsigned frame)
{
    const uint8_t *page = c->slots[PARTY_SLOTS + frame].slot.cap.object;

    for (size_t i = 0; i < 4096; i++)
        if (page[i])
            return false;
    return true;
}

void page_fill(struct connection *c, unsigned frame)
{
    memset(connection_frame(c, frame)->cap.object, 0x5a, 4096);
}

static word_t mix(word_t state, const void *bytes, size_t length)
{
    const uint8_t *p = bytes;

    for (size_t i = 0; i < length; i++)
        state = (state ^ p[i]) * 0x100000001b3;
    return state;
}

static size_t object_bytes(const struct cap *cap)
{
    switch (cap->type) {
    case CAP_NOTIFICATION: return sizeof(struct notification);
    case CAP_PAGE_TABLE:
    case CAP_VSPACE:       return 4096;
    case CAP_INTERFACE:    return sizeof(struct interface);
    case CAP_CONNECTION:   return sizeof(struct connection);
    case CAP_FRAME:        return cap->flags & CAP_CONSUMED ? 4096 : 0;
    default:               return 0;
    }
}

word_t world_state(void)
{
    word_t state = 0xcbf29ce484222325;

    for (const struct slot *s = derivation_list.next; s; s = s->next) {
        state = mix(state, &s, sizeof s);
        state = mix(state, &s->cap.badge, sizeof s->cap.badge + sizeof s->cap.object + sizeof s->cap.extra);
        state = mix(state, s->cap.object, object_bytes(&s->cap));
    }
    return state;
}
