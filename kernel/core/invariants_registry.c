/* SPDX-License-Identifier: BSD-2-Clause
 * Invariants of registries, interfaces and connections. What is mapped: invariants_mapping.c. */
#include "../object/connection.h"
#include "../object/interface.h"
#include "../object/registry.h"
#include "derivation.h"
#include "invariants.h"

/* An interface at one place of the list, against those behind it. */
static bool listed_sound(struct registry *r, unsigned n)
{
    const struct interface *i = r->slots[n].slot.cap.object;

    if (!(derivation_is_final(&r->slots[n].slot) && !derivation_has_children(&r->slots[n].slot)) && i->status == INTERFACE_VACANT)
        return false;
    for (unsigned m = n + 1; m < REGISTRY_SLOTS; m++) {
        const struct cap *other = &r->slots[m].slot.cap;

        if (other->type == CAP_INTERFACE && ((const struct interface *)other->object)->key == i->key)
            return false;
    }
    return key_valid(i->key) && i->code == i->layout.code_pages;
}

bool invariant_registry_lists(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        struct registry *r = s->cap.object;

        if (s->cap.type != CAP_REGISTRY || invariant_seen(s))
            continue;
        for (unsigned n = REGISTRY_FIRST; n < REGISTRY_SLOTS; n++)
            if (r->slots[n].slot.cap.type == CAP_INTERFACE && !listed_sound(r, n))
                return violated(v, "an interface is listed once, whole, under a key of its own", &r->slots[n]);
    }
    return true;
}

static bool has_capability(const struct slot *object, enum cap_type type)
{
    for (const struct slot *s = object->next; s && s->cap.object == object->cap.object; s = s->next)
        if (s->cap.type == type || (s->cap.type == CAP_ZOMBIE && s->cap.aux == type))
            return true;
    return false;
}

static bool state_sound(const struct connection *c, const struct slot *slot)
{
    const bool client = has_capability(slot, CAP_CLIENT);

    switch ((enum connection_state)c->state) {
    case CONNECTION_LIVE:
    case CONNECTION_ORPHANED:
        return c->held && client && c->client.tag;
    case CONNECTION_CLEARING:
    case CONNECTION_DRAINING:
        return !c->client.tag && c->held <= client;
    case CONNECTION_FREE:
        return !c->held && !c->client.tag;
    }
    return false;
}

/* Live and draining need a provider: without one they are orphaned or being cleared. */
static bool provider_sound(const struct connection *c)
{
    const bool needs = c->state == CONNECTION_LIVE || c->state == CONNECTION_DRAINING;

    return c->interface->status != INTERFACE_VACANT || !needs;
}

static bool connection_sound(const struct slot *slot)
{
    struct connection *c = slot->cap.object;

    if (!c->interface)
        return !c->client.tag;
    return interface_slot(c->interface, c->index) == slot && c->label && !(c->label >> LABEL_BITS) &&
           (c->broken || connection_matches(c, &c->interface->layout)) && state_sound(c, slot) && provider_sound(c);
}

static bool interface_sound(const struct slot *slot)
{
    const struct interface *i = slot->cap.object;

    if (i->withdrawn)
        return true;
    return (i->status != INTERFACE_VACANT) == has_capability(slot, CAP_PROVIDER) &&
           (i->status != INTERFACE_VACANT) == (i->provider.tag != 0);
}

bool invariant_connections_sound(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        if (s->cap.type == CAP_CONNECTION && !connection_sound(s))
            return violated(v, "a connection is in the state that it says", s);
        if (s->cap.type == CAP_INTERFACE && !interface_sound(s))
            return violated(v, "an interface has a provider when it says so", s);
    }
    return true;
}
