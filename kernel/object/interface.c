/* SPDX-License-Identifier: BSD-2-Clause */
#include "interface.h"

#include "../core/delete.h"
#include "../core/memory.h"

enum { CONFIGURE_SHARED_HEADER = 1, CONFIGURE_FLAGS = 1, CONFIGURE_REGIONS = 2 /* first region's word */ };

bool key_valid(word_t key)
{
    return (key & 0xffff) && (key >> KEY_ID_SHIFT & 0xffff) && !(key & ~KEY_MASK);
}

struct connection *interface_connection(struct interface *i, unsigned n)
{
    const struct cap *cap = &interface_slot(i, n)->cap;

    return cap->type == CAP_CONNECTION ? cap->object : NULL;
}

struct connection *interface_available(struct interface *i, uint32_t label)
{
    for (unsigned n = 0; n < i->connections; n++) {
        struct connection *c = interface_connection(i, n);

        if (c && c->label == label && connection_available(c))
            return c;
    }
    return NULL;
}

bool interface_complete(const struct interface *i)
{
    return i->key && i->code == i->layout.code_pages && !i->broken;
}

/* Words key, flags, then two for each region: offset; size_bits | kind << 8 | count << 16. */
seL4_Error interface_configure(struct invocation *inv)
{
    struct interface *i = inv->slot->cap.object;
    const word_t key = inv_arg(inv, 0), flags = inv_arg(inv, 1);
    struct layout layout = { 0 };

    /* Check everything ... */
    if (i->key)
        return seL4_IllegalOperation;
    if (!key_valid(key))
        return inv_bad_arg(inv, 0);
    if (flags & ~(word_t)CONFIGURE_FLAGS)
        return inv_bad_arg(inv, 1);
    if (inv->argc <= CONFIGURE_REGIONS || (inv->argc - CONFIGURE_REGIONS) % 2)
        return seL4_TruncatedMessage;
    for (word_t a = CONFIGURE_REGIONS; a < inv->argc; a += 2) {
        const seL4_Error error =
            layout_add(&layout, inv_arg(inv, a), inv_arg(inv, a + 1), flags & CONFIGURE_SHARED_HEADER);

        if (error == seL4_InvalidArgument)
            return inv_bad_arg(inv, a);
        if (error == seL4_RangeError)
            return inv_range(inv, 0, ARCH_USER_TOP);
        if (error)
            return error;
    }

    /* ... then change. */
    i->key = key;
    i->layout = layout;
    return seL4_NoError;
}

seL4_Error interface_fix_provider(struct invocation *inv)
{
    struct interface *i = inv->slot->cap.object;

    return party_fix(&i->provider, i->slots, inv);
}

/* The page of code that was consumed last: nobody can write it any more, so its caches are brought in line, once. */
static seL4_Error publish(struct interface *i)
{
    const struct cap *frame = &interface_code(i, i->code)->cap;     /* may have been revoked meanwhile */
    const word_t bytes = frame->type == CAP_FRAME ? (word_t)1 << frame->size_bits : 0;

    while (i->published < bytes) {
        arch_code_publish((uint8_t *)frame->object + i->published, MEMORY_STEP_BYTES);
        i->published += MEMORY_STEP_BYTES;
        if (i->published < bytes && preempt_pending())
            return KERNEL_PREEMPTED;
    }
    i->publishing = false;
    i->code++;
    return seL4_NoError;
}

/* The next page of code. Interrupted, the frame is consumed already when the call is made again, and its slot empty. */
seL4_Error interface_provide_code(struct invocation *inv)
{
    struct interface *i = inv->slot->cap.object;
    struct slot *from = inv->caps[0];
    seL4_Error error;

    if (i->publishing) {
        error = publish(i);
        if (error || slot_empty(from))
            return error;
    }

    /* Check everything ... */
    error = frame_check_sole(from);
    if (!i->key)
        return seL4_IllegalOperation;
    if (error == seL4_InvalidCapability)
        return inv_bad_cap(inv, 1);
    if (error)
        return error;
    if (i->code == i->layout.code_pages)
        return inv_memory(inv, 0);
    if (!(from->cap.rights & RIGHT_READ) || from->cap.size_bits != layout_page(&i->layout, true, i->code).size_bits)
        return inv_bad_cap(inv, 1);

    /* ... then change. */
    frame_consume(interface_code(i, i->code), from, i, CONSUMER_INTERFACE);
    i->publishing = true;
    i->published = 0;
    return publish(i);
}

seL4_Error interface_provide_connection(struct invocation *inv)
{
    struct interface *i = inv->slot->cap.object;
    const word_t label = inv_arg(inv, 0);
    struct slot *from = inv->caps[0];
    struct connection *c = from->cap.object;

    /* Check everything ... */
    if (!i->key)
        return seL4_IllegalOperation;
    if (label == 0 || label >> LABEL_BITS)
        return inv_range(inv, 1, ((word_t)1 << LABEL_BITS) - 1);
    if (from->cap.type != CAP_CONNECTION)
        return inv_bad_cap(inv, 1);
    if (!derivation_is_final(from))
        return seL4_RevokeFirst;
    if (!connection_matches(c, &i->layout))
        return inv_bad_cap(inv, 1);
    if (i->connections == INTERFACE_CONNECTIONS)
        return inv_memory(inv, 0);

    /* ... then change. */
    c->interface = i;
    c->label = (uint32_t)label;
    c->index = i->connections;
    derivation_move(interface_slot(i, i->connections), &from->cap, from);
    i->connections++;
    return seL4_NoError;
}

/* Nobody goes on running a page that its owner took back, and a routine with a hole in it is none. */
void interface_code_gone(struct interface *i, struct slot *slot)
{
    const unsigned page = (unsigned)(container_of(slot, union slot_cell, slot) - &i->slots[PARTY_SLOTS]);

    i->broken = true;
    for (unsigned n = 0; n < i->connections; n++) {
        struct connection *c = interface_connection(i, n);

        if (c && c->client.tag)
            connection_unmap_code(c, page);
    }
}

seL4_Error interface_withdraw(struct interface *i)
{
    if (i->withdrawn)
        return seL4_NoError;
    i->ended = true;
    for (unsigned n = 0; n < i->connections; n++) {
        struct connection *c = interface_connection(i, n);

        if (!c || !c->interface)
            continue;
        connection_withdraw(c);
        if (preempt_pending())
            return KERNEL_PREEMPTED;
    }
    i->withdrawn = true;
    return seL4_NoError;
}

/* The owner takes it back. */
static seL4_Error end_withdraw(struct cap *cap)
{
    return interface_withdraw(cap->object);
}

const struct object_end interface_end = { .withdraw = end_withdraw };
