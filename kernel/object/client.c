/* SPDX-License-Identifier: BSD-2-Clause
 * Client: the capability that Request yields. While it exists, its holder's side of one connection is mapped; deleting
 * the last copy releases the connection. */
#include "../core/delete.h"
#include "../core/derivation.h"
#include "connection.h"
#include "interface.h"
#include "registry.h"

static void grant(struct connection *c, const struct seat *seat)
{
    const struct cap cap = { .type = CAP_CLIENT, .object = c };

    connection_header_write(c, seat->base);
    connection_map(c, SIDE_CLIENT, seat->tag, seat->base);
    party_sit(&c->client, c->slots, seat);
    c->state = CONNECTION_LIVE;
    c->held = true;
    c->sequence++;
    derivation_insert(seat->slot, &cap, interface_slot(c->interface, c->index));
    party_signal(c->interface->slots);
}

/* Words key, base, index, depth; capabilities vspace, root, notification: what is fixed is 0 or absent. -> base */
seL4_Error registry_request(struct invocation *inv)
{
    const word_t key = inv_arg(inv, 0);
    struct interface *i;
    struct seat seat;
    word_t label;

    /* Check everything ... */
    seL4_Error error = registry_admit(inv, RIGHT_READ, key, &label);
    if (error)
        return error;
    if (label == 0)
        return inv_bad_arg(inv, 0);
    i = registry_find(inv->slot->cap.object, key);
    if (!i || i->status != INTERFACE_REGISTERED)
        return inv_missing(inv, false, 0);

    struct connection *c = interface_available(i, (uint32_t)label);
    if (!c || i->broken)
        return inv_memory(inv, 0);
    error = party_read(&c->client, c->slots, inv, &seat);
    if (!error)
        error = seat_check_slot(&seat, inv);
    if (error)
        return error;
    error = seat_check_base(&seat, i->layout.largest_bits, i->layout.window, inv);
    if (error)
        return error;
    error = connection_check(c, SIDE_CLIENT, seat.tag, seat.base, inv);
    if (error)
        return error;
    error = connection_clear(c);        /* left over from an Acknowledge that was never resumed */
    if (error)
        return error;

    /* ... then change. */
    grant(c, &seat);
    inv_return(inv, 0, seat.base);
    return seL4_NoError;
}

/* Its mapping goes now; the provider may still be in the middle of a store, and says when it is not. */
static void end_first(struct cap *cap)
{
    struct connection *c = cap->object;

    if (!c->interface)
        return;
    connection_unmap_client(c);
    connection_header_write(c, 0);
    party_leave(&c->client);
    if (c->state == CONNECTION_ORPHANED) {
        connection_clear_begin(c);
    } else {
        c->state = CONNECTION_DRAINING;
        party_signal(c->interface->slots);
    }
}

static seL4_Error end_finish(struct cap *cap)
{
    struct connection *c = cap->object;

    if (!c->interface)
        return seL4_NoError;
    seL4_Error error = party_forget(c->slots);
    if (!error)
        error = connection_clear(c);
    if (!error)
        c->held = false;
    return error;
}

const struct object_end client_end = { .first = end_first, .finish = end_finish };
