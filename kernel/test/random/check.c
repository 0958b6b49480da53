/* SPDX-License-Identifier: BSD-2-Clause
 * Check: see check.h. As half of all calls are refused, the invariants are looked at again only when something changed that
 * they are about; those about time always. */
#include "check.h"

#include "../../core/assert.h"
#include "../../core/derivation.h"
#include "../../core/invariants.h"
#include "../../object/endpoint.h"
#include "../../object/interface.h"
#include "../../object/notification.h"
#include "../../object/reply.h"
#include "../../object/sched_context.h"

#include <string.h>

static uint64_t state;
static bool known;
static unsigned entries;
static uint64_t *total;

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0x9e3779b97f4a7c15;
    return h ^ h >> 32;
}

static uint64_t mix_pointer(uint64_t h, const void *p) { return mix(h, (uint64_t)(uintptr_t)p); }

static uint64_t word_at(const uint8_t *bytes, size_t i)
{
    uint64_t word;

    memcpy(&word, bytes + i * sizeof word, sizeof word);
    return word;
}

/* Of whole words; four lanes, as there are many. */
static uint64_t mix_bytes(uint64_t h, const void *bytes, size_t length)
{
    const size_t words = length / sizeof(uint64_t);
    uint64_t a = h, b = ~h, c = h << 1, d = h >> 1;
    size_t i = 0;

    for (; i + 4 <= words; i += 4) {
        a = (a ^ word_at(bytes, i)) * 0x9e3779b97f4a7c15;
        b = (b ^ word_at(bytes, i + 1)) * 0xc2b2ae3d27d4eb4f;
        c = (c ^ word_at(bytes, i + 2)) * 0x165667b19e3779f9;
        d = (d ^ word_at(bytes, i + 3)) * 0xd6e8feb86659fd93;
        a ^= a >> 32, b ^= b >> 32, c ^= c >> 32, d ^= d >> 32;
    }
    for (; i < words; i++)
        a = mix(a, word_at(bytes, i));
    return mix(mix(mix(a, b), c), d);
}

/* Of a table, which is zero nearly everywhere. */
static uint64_t mix_table(uint64_t h, const void *table)
{
    enum { TABLE_WORDS = 512, AT_ONCE = 16 };
    const uint64_t *const words = table;

    for (unsigned i = 0; i < TABLE_WORDS; i += AT_ONCE) {
        uint64_t any = 0;

        for (unsigned k = 0; k < AT_ONCE; k++)
            any |= words[i + k];
        if (any)
            h = mix_bytes(mix(h, i), words + i, AT_ONCE * sizeof *words);
    }
    return h;
}

static uint64_t mix_processor(uint64_t h, const struct cpu *cpu)
{
    const uint64_t words[] = { cpu->domain, cpu->ready_groups, cpu->reschedule, cpu->slice_ended };

    h = mix_pointer(mix_pointer(mix_pointer(h, cpu->current), cpu->candidate), cpu->sc);
    h = mix_bytes(mix_pointer(h, cpu->fpu_owner), words, sizeof words);
    return mix_bytes(h, cpu->ready_bits, sizeof cpu->ready_bits);
}

static uint64_t mix_thread(uint64_t h, struct thread *t)
{
    const void *const pointers[] = { t->sc, t->yield_to, t->bound, t->wait.next, t->wait.prev, t->wait.lower, t->wait.higher,
                                     t->waiting_on, t->reply, t->buffer, t->ready.next, t->ready.prev };
    const uint64_t words[] = { t->state, t->priority, t->mcp, t->flags, t->fault.kind, t->buffer_vaddr, t->wait.first };

    h = mix_bytes(h, pointers, sizeof pointers);
    h = mix_bytes(h, words, sizeof words);
    return t == host_current() ? h : mix_bytes(h, &t->frame, sizeof t->frame);
}

static uint64_t mix_context(uint64_t h, const struct sched_context *sc)
{
    const uint64_t words[] = { sc->budget, sc->period, sc->badge, sc->refill_max, sc->sporadic, sc->in_release };

    h = mix_pointer(mix_pointer(h, sc->thread), sc->notification);
    h = mix_pointer(mix_pointer(h, sc->reply), sc->yield_from);
    return mix_bytes(h, words, sizeof words);
}

static uint64_t mix_endpoint(uint64_t h, const struct endpoint *e)
{
    return mix(mix_pointer(h, e->queue.head), e->state);
}

/* A page of code whose caches are still to be brought in line is as good as provided: whoever calls next goes on with it. */
static uint64_t mix_interface(uint64_t h, const struct interface *i)
{
    const uint64_t words[] = { i->key, (uint64_t)i->code + i->publishing, i->connections, i->status,
                               i->ended, i->withdrawn, i->broken, i->provider.tag, i->provider.base, i->provider.fixed };

    return mix_bytes(h, words, sizeof words);
}

static uint64_t mix_object(uint64_t h, const struct cap *cap)
{
    switch (cap->type) {
    case CAP_TCB:
        return mix_thread(h, cap->object);
    case CAP_SC:
        return mix_context(h, cap->object);
    case CAP_ENDPOINT:
        return mix_endpoint(h, cap->object);
    case CAP_NOTIFICATION:
        return mix_bytes(h, cap->object, sizeof(struct notification) / 8 * 8);
    case CAP_REPLY:
        return mix_bytes(h, cap->object, sizeof(struct reply));
    case CAP_PAGE_TABLE:
    case CAP_VSPACE:
    case CAP_ASID_POOL:
        return mix_table(h, cap->object);
    case CAP_INTERFACE:
        return mix_interface(h, cap->object);
    case CAP_CONNECTION:
        return mix_bytes(h, &((const struct connection *)cap->object)->client,
                         sizeof(struct connection) - offsetof(struct connection, client));
    default:
        return h;
    }
}

static uint64_t whole_state(void)
{
    uint64_t h = mix_processor(1, this_cpu());

    for (const struct slot *s = derivation_list.next; s; s = s->next) {
        const struct cap *cap = &s->cap;
        const bool untyped = cap->type == CAP_UNTYPED;

        h = mix_pointer(mix_pointer(h, s), cap->object);
        h = mix(h, (uint64_t)cap->type | (uint64_t)cap->rights << 8 | (uint64_t)cap->size_bits << 16 |
                       (uint64_t)cap->flags << 24 | (uint64_t)s->original << 32 | (uint64_t)s->first_badged << 33);
        h = mix(h, untyped ? 0 : cap->badge ^ (uint64_t)cap->aux << 32);
        h = mix(h, cap->extra);
        if (!invariant_seen(s))
            h = mix_object(h, cap);
    }
    return h;
}

static void check(void)
{
    struct violation v;
    uint64_t now;

    entries++;
    ++*total;
    if (!invariant_list_linked(&v) || !invariant_refills_sound(&v))
        panic(v.rule);
    now = whole_state();
    if (!known || now != state)
        invariants_check();
    known = true;
    state = now;
    if (host_findings())
        panic(host_finding());
}

void check_begin(uint64_t *entries_made)
{
    total = entries_made;
    known = false;
    host_set_check(check);
}

unsigned check_entries(void)
{
    const unsigned n = entries;

    entries = 0;
    return n;
}

uint64_t check_state(void) { return state; }
