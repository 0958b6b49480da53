/* SPDX-License-Identifier: BSD-2-Clause
 * Provider: the capability that Register yields. While it exists, its holder's side of every connection of one
 * interface is mapped; deleting the last copy unregisters. */
#include "../core/delete.h"
#include "../core/derivation.h"
#include "connection.h"
#include "interface.h"
#include "registry.h"

static vaddr_t base_of(const struct interface *i, vaddr_t base, unsigned n)
{
    return base + n * i->layout.window;
}

/* Every connection's place in the provider's address space, before the first is mapped. Preempted: from the start again. */
static seL4_Error check_windows(struct interface *i, const struct seat *seat, struct invocation *inv)
{
    const word_t windows = i->connections ? i->connections : 1u;
    const word_t bytes = i->layout.window > ARCH_USER_TOP / windows ? ARCH_USER_TOP + 1 : windows * i->layout.window;
    seL4_Error error = seat_check_base(seat, i->layout.largest_bits, bytes, inv);

    for (unsigned n = i->checked; n < i->connections && !error; n++) {
        struct connection *c = interface_connection(i, n);

        if (c && !c->broken)
            error = connection_check(c, SIDE_PROVIDER, seat->tag, base_of(i, seat->base, n), inv);
        i->checked = (uint16_t)(n + 1u);
        if (!error && i->checked < i->connections && preempt_pending())
            return KERNEL_PREEMPTED;
    }
    i->checked = 0;
    return error;
}

/* The provider's capability is there; map one connection after the other. Should a place be taken meanwhile, all is undone
 * by the capability's end. */
static seL4_Error enter(struct interface *i, struct slot *provider, struct invocation *inv)
{
    while (i->mapped < i->connections) {
        struct connection *c = interface_connection(i, i->mapped);
        const vaddr_t base = base_of(i, i->provider.base, i->mapped);
        const bool there = c && !c->broken;
        const uint32_t tag = i->provider.tag;
        struct invocation quiet = *inv;     /* nothing is answered before nothing can interrupt any more */

        quiet.call = false;
        if (there && connection_check(c, SIDE_PROVIDER, tag, base, &quiet))
            return slot_delete(provider) ? KERNEL_PREEMPTED : connection_check(c, SIDE_PROVIDER, tag, base, inv);
        if (there)
            connection_map(c, SIDE_PROVIDER, i->provider.tag, base);
        if (++i->mapped < i->connections && preempt_pending())
            return KERNEL_PREEMPTED;
    }
    i->status = INTERFACE_REGISTERED;
    for (unsigned n = 0; n < i->connections; n++) {
        struct connection *c = interface_connection(i, n);

        if (c)
            slot_signal(&c->slots[PARTY_NOTIFICATION].slot);    /* request, wait, request again: has no race */
    }
    inv_return(inv, 0, i->provider.base);
    return seL4_NoError;
}

/* Does the seat's slot hold this type of capability to the interface, living or ending? */
static bool seat_holds(const struct seat *seat, const struct interface *i, enum cap_type living)
{
    const struct cap *cap = &seat->slot->cap;

    return cap->object == i && cap->type == living && (living != CAP_ZOMBIE || cap->aux == CAP_PROVIDER);
}

/* Is the call the one that began to register, made again after it was preempted? */
static bool goes_on(const struct interface *i, const struct seat *seat)
{
    return i->status == INTERFACE_ENTERING && seat_holds(seat, i, CAP_PROVIDER) && i->provider.tag == seat->tag &&
           i->provider.base == seat->base;
}

/* Words key, base, index, depth; capabilities vspace, root, notification: what is fixed is 0 or absent. -> base */
seL4_Error registry_register(struct invocation *inv)
{
    const word_t key = inv_arg(inv, 0);
    struct registry *r = inv->slot->cap.object;
    struct seat seat;
    word_t label;

    /* Check everything ... */
    seL4_Error error = registry_admit(inv, RIGHT_WRITE, key, &label);
    if (error)
        return error;

    struct interface *i = registry_find(r, key);
    if (!i)
        return inv_missing(inv, false, 0);
    if (i->status == INTERFACE_REGISTERED)
        return seL4_RevokeFirst;
    error = party_read(&i->provider, i->slots, inv, &seat);
    if (error)
        return i->status == INTERFACE_VACANT ? error : seL4_RevokeFirst;
    if (goes_on(i, &seat))
        return enter(i, seat.slot, inv);
    if (i->status == INTERFACE_LEAVING && seat_holds(&seat, i, CAP_ZOMBIE) && slot_delete(seat.slot))
        return KERNEL_PREEMPTED;            /* what is undone, or ends there for another reason */
    if (i->status != INTERFACE_VACANT)
        return seL4_RevokeFirst;
    error = seat_check_slot(&seat, inv);
    if (!error)
        error = check_windows(i, &seat, inv);
    if (error)
        return error;

    /* ... then change. */
    party_sit(&i->provider, i->slots, &seat);
    i->status = INTERFACE_ENTERING;
    i->mapped = 0;
    derivation_insert(seat.slot, &(struct cap){ .type = CAP_PROVIDER, .object = i }, registry_slot_of(r, i));
    return enter(i, seat.slot, inv);
}

/* Word n -> connections, label, state, sequence, the client's base, bytes. A revoked connection has label 0. */
seL4_Error provider_query(struct invocation *inv)
{
    struct interface *i = inv->slot->cap.object;
    const word_t n = inv_arg(inv, 0);

    if (i->ended)
        return inv_bad_cap(inv, 0);
    if (n && n >= i->connections)
        return inv_range(inv, 0, i->connections ? i->connections - 1u : 0);

    const struct connection *c = interface_connection(i, (unsigned)n);
    const unsigned state = !c ? CONNECTION_FREE : c->state == CONNECTION_CLEARING ? CONNECTION_DRAINING : c->state;

    inv_return(inv, 0, i->connections);
    inv_return(inv, 1, c ? c->label : 0);
    inv_return(inv, 2, state);
    inv_return(inv, 3, c ? c->sequence : 0);
    inv_return(inv, 4, c ? c->client.base : 0);
    inv_return(inv, 5, i->layout.window);
    return seL4_NoError;
}

/* Word n. The provider's promise to touch a draining connection no more until it is requested again. */
seL4_Error provider_acknowledge(struct invocation *inv)
{
    struct interface *i = inv->slot->cap.object;
    const word_t n = inv_arg(inv, 0);

    if (i->ended)
        return inv_bad_cap(inv, 0);
    if (n >= i->connections)
        return inv_range(inv, 0, i->connections ? i->connections - 1u : 0);

    struct connection *c = interface_connection(i, (unsigned)n);
    if (!c)
        return inv_bad_arg(inv, 0);
    if (c->state == CONNECTION_LIVE || c->state == CONNECTION_ORPHANED)
        return seL4_IllegalOperation;
    if (c->state == CONNECTION_DRAINING)
        connection_clear_begin(c);
    return c->held ? seL4_NoError : connection_clear(c);    /* free already: a promise made twice */
}

static void end_first(struct cap *cap)
{
    struct interface *i = cap->object;

    i->status = INTERFACE_LEAVING;
    i->leaving = 0;
}

static seL4_Error end_finish(struct cap *cap)
{
    struct interface *i = cap->object;

    if (i->withdrawn)
        return seL4_NoError;
    for (; i->leaving < i->connections; i->leaving++) {
        struct connection *c = interface_connection(i, i->leaving);
        const seL4_Error error = c && c->interface ? connection_provider_left(c) : seL4_NoError;

        if (error)
            return error;
        if (preempt_pending()) {
            i->leaving++;
            return KERNEL_PREEMPTED;
        }
    }
    const seL4_Error error = party_forget(i->slots);
    if (error)
        return error;
    party_leave(&i->provider);
    i->status = INTERFACE_VACANT;
    return seL4_NoError;
}

const struct object_end provider_end = { .first = end_first, .finish = end_finish };
