/* SPDX-License-Identifier: BSD-2-Clause
 * Time: provides time@1 from the processor's generic timer. It runs only when a client sets an alarm or one is due;
 * reading the time needs nobody. */
#include <stdlib.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/provider.h>
#include <sel4ish/run.h>

#include <lib/ring/ring.h>

#include "alarms.h"
#include "timer.h"

#define SECOND UINT64_C(1000000000)

struct service {
    struct sel4ish_provider provider;
    uint64_t frequency, origin;
    struct alarm alarm[SEL4ISH_PEERS];
    struct alarms alarms;
    seL4_CPtr irq;
    seL4_Word irq_bits;
};

static struct service service;

static uint64_t to_time(uint64_t count)
{
    return count / service.frequency * SECOND + count % service.frequency * SECOND / service.frequency;
}

/* Rounded up: an alarm never comes before its time. */
static uint64_t to_count(uint64_t time)
{
    return time / SECOND * service.frequency + (time % SECOND * service.frequency + SECOND - 1) / SECOND;
}

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct time_base *base = sel4ish_peer_at(peer, TIME_V1_BASE_OFFSET);

    (void)context;
    alarms_forget(&service.alarms, peer->n);
    base->frequency = service.frequency;
    base->origin = service.origin;
    base->alarm = sel4ish_peer_address(peer, TIME_V1_ALARM_OFFSET);
    base->now = sel4ish_peer_routine(provider, peer, "time_now");
    return true;
}

static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    (void)context;
    (void)provider;
    alarms_forget(&service.alarms, peer->n);
}

static const struct sel4ish_provider_handler handler = {.fill = fill, .ended = ended};

/* The sequence first: a client that is writing the next alarm meanwhile will ring again. */
static void read_page(const struct sel4ish_peer *peer)
{
    const struct time_alarm *page = sel4ish_peer_at(peer, TIME_V1_ALARM_OFFSET);
    uint32_t sequence = ring_load(&page->sequence);
    uint64_t deadline = __atomic_load_n(&page->deadline, __ATOMIC_RELAXED);

    alarms_set(&service.alarms, peer->n, sequence, deadline);
}

static void ring_due(void)
{
    unsigned client;
    uint32_t sequence;

    while (alarms_ring(&service.alarms, to_time(timer_count() - service.origin), &client, &sequence)) {
        const struct sel4ish_peer *peer = &service.provider.peers[client];
        struct time_base *base = sel4ish_peer_at(peer, TIME_V1_BASE_OFFSET);

        ring_store(&base->rung, sequence);
        sel4ish_peer_ring(peer);
    }
}

/* A deadline beyond what counts can say is as good as never. */
static void set_timer(void)
{
    uint64_t next = alarms_next(&service.alarms);

    if (next >= TIME_NEVER / service.frequency * SECOND - SECOND || next == TIME_NEVER)
        timer_stop();
    else
        timer_interrupt_at(service.origin + to_count(next));
}

static void start(void)
{
    const struct sel4ish_entry *irq = sel4ish_need(SEL4ISH_IRQ, "timer");

    service.irq = irq->v[0];
    service.irq_bits = irq->v[1];
    service.frequency = timer_frequency();
    if (service.frequency == 0 || service.frequency >> 34)
        sel4ish_stop("the counter's frequency is not set");
    service.origin = timer_count();
    timer_stop();
    if (sel4ish_provide("time", TIME_V1, &service.provider) != seL4_NoError)
        sel4ish_stop("cannot provide time@1");
    service.alarms = (struct alarms){service.alarm, service.provider.count};
    for (unsigned n = 0; n < service.provider.count; n++)
        alarms_forget(&service.alarms, n);
    seL4_IRQHandler_Ack(service.irq);
}

int main(void)
{
    start();
    log_line("ready: time@%d, %lu counts a second", TIME_V1, (unsigned long)service.frequency);
    for (;;) {
        seL4_Word bits = sel4ish_event_wait();

        if (bits & sel4ish_provider_bits(&service.provider))
            sel4ish_provider_scan(&service.provider, &handler, NULL);
        for (unsigned n = 0; n < service.provider.count; n++)
            if (sel4ish_peer_live(&service.provider.peers[n]))
                read_page(&service.provider.peers[n]);
        ring_due();
        set_timer();
        if (bits & service.irq_bits)
            seL4_IRQHandler_Ack(service.irq);
    }
}
