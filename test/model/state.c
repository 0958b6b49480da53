/* SPDX-License-Identifier: BSD-2-Clause */
#include "state.h"

#include "../../kernel/core/derivation.h"
#include "../../kernel/core/invariants.h"
#include "../../kernel/object/endpoint.h"
#include "../../kernel/object/notification.h"
#include "../../kernel/object/reply.h"
#include "../../kernel/object/sched_context.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { DEPTH = 64 };
#define ENTRY 0x400000ul

static bool digesting;
static word_t digest;

/* Printed, or only mixed into the digest. */
static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void put(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    vprintf(format, values);
    va_end(values);
}

static void number(word_t value)
{
    if (digesting)
        digest = (digest ^ value) * 0x100000001b3;
    else
        put(" %" PRIx64, value);
}

static void name(const char *text)
{
    if (!digesting)
        put("%s", text);
}

static void address(const void *object)
{
    number(object ? arch_paddr(object) : 0);
}

static void end(void)
{
    if (!digesting)
        put("\n");
}

static const char *kind_name(unsigned kind)
{
    static const char *const names[] = {
#define CAP(name, rights, text) [CAP_##name] = #name,
#include "../../kernel/abi/capabilities.def"
#undef CAP
    };

    return names[kind];
}

static void put_cap(const struct slot *slot, const struct slot *parent)
{
    const struct cap *cap = &slot->cap;
    const bool zombie = cap->type == CAP_ZOMBIE, badged = cap->type == CAP_ENDPOINT || cap->type == CAP_NOTIFICATION;
    const bool cnode = cap->type == CAP_CNODE;

    name(kind_name(cap->type));
    number(cap->type);
    address(slot);
    address(parent);
    address(cap->object);
    number(cap->size_bits);
    number(zombie ? 0 : cap->rights);
    number(badged || cnode ? cap->badge : 0);
    number(zombie || cnode ? cap->extra : 0);
    number(cap->type == CAP_UNTYPED && derivation_has_children(slot) ? cap->extra : 0);
    number(!zombie && slot->original);
    end();
}

static void put_queue(const struct wait_queue *queue)
{
    for (const struct thread *t = wait_queue_head(queue); t; t = wait_queue_next(t))
        address(t);
}

static void put_thread(struct thread *t)
{
    static const char *const states[] = { "stopped", "runs", "runs", "sends", "receives", "waits", "calls" };
    const bool sends = t->state == THREAD_BLOCKED_ON_SEND;
    const bool waits = sends || t->state == THREAD_BLOCKED_ON_RECEIVE || t->state == THREAD_BLOCKED_ON_NOTIFICATION;

    name("thread");
    address(t);
    name(" ");
    name(states[t->state]);
    number(t->state == THREAD_RESTART ? (word_t)THREAD_RUNNING : (word_t)t->state);
    number(t->priority);
    number(t->mcp);
    address(t->sc);
    address(t->bound);
    address(waits ? t->waiting_on : NULL);
    address(t->reply);
    number(t->fault.kind);
    number(t->counters.drops);
    address(thread_buffer(t));
    if (sends) {
        number(t->badge);
        number((word_t)t->can_grant | (word_t)t->can_grant_reply << 1 | (word_t)t->is_call << 2 | (word_t)t->can_donate << 3);
    }
    end();
    if (digesting)
        return;
    put("  registers %d %" PRIx64 " %" PRIx64, t->frame.pc == ENTRY, t->frame.cap, t->frame.info);
    for (unsigned i = 0; i < MSG_REGS; i++)
        number(t->frame.mr[i]);
    end();
}

static void put_endpoint(const struct endpoint *e)
{
    name("endpoint");
    address(e);
    number(e->state);
    put_queue(&e->queue);
    end();
}

static void put_notification(const struct notification *n)
{
    name("notification");
    address(n);
    number(n->bits);
    number(n->pending);
    address(n->bound);
    address(n->sc);
    put_queue(&n->waiters);
    end();
}

static void put_context(const struct sched_context *sc)
{
    name("context");
    address(sc);
    number(sc_active(sc));
    address(sc->thread);
    address(sc->notification);
    for (const struct reply *r = sc->reply; r; r = r->prev)
        address(r);
    end();
}

static void put_object(const struct cap *cap)
{
    switch (cap->type) {
    case CAP_TCB:
        put_thread(cap->object);
        break;
    case CAP_ENDPOINT:
        put_endpoint(cap->object);
        break;
    case CAP_NOTIFICATION:
        put_notification(cap->object);
        break;
    case CAP_SC:
        put_context(cap->object);
        break;
    case CAP_REPLY:
        name("reply");
        address(cap->object);
        address(((const struct reply *)cap->object)->thread);
        end();
        break;
    default:
        break;
    }
}

static void put_all(void)
{
    const struct slot *parents[DEPTH];
    const struct cpu *cpu = this_cpu();
    unsigned depth = 0;

    for (const struct slot *s = derivation_list.next; s; s = s->next) {
        while (depth && !derivation_is_parent(parents[depth - 1], s))
            depth--;
        put_cap(s, depth ? parents[depth - 1] : NULL);
        if (!invariant_seen(s))
            put_object(&s->cap);
        parents[depth++] = s;
        CHECK(depth < DEPTH);
    }
    for (unsigned priority = PRIORITIES; priority--;) {
        const struct thread *t = cpu->ready[priority];

        if (!t)
            continue;
        name("ready");
        number(priority);
        do {
            address(t);
            t = t->ready.next;
        } while (t != cpu->ready[priority]);
        end();
    }
    name("current");
    address(cpu->current);
    end();
}

void state_print(void)
{
    digesting = false;
    put_all();
}

word_t state_digest(void)
{
    digesting = true;
    digest = 0xcbf29ce484222325;
    put_all();
    return digest;
}
