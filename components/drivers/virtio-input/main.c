/* SPDX-License-Identifier: BSD-2-Clause
 * Virtio input driver: one keyboard or one tablet, whichever the description gave this instance, to all clients of
 * input@1. The device can write to any memory (its queue holds physical addresses), so this driver is trusted with all
 * of it; what the device says is checked nevertheless, and what clients say as well. */
#include <stddef.h>

#include <sel4ish/event.h>
#include <sel4ish/provider.h>
#include <sel4ish/run.h>

#include "event_queue.h"
#include "group.h"
#include "identity.h"
#include "listener.h"
#include "transport.h"

enum { EVENTS = 0 };                /* the queue's number */

struct driver {
    struct transport transport;
    struct identity identity;
    struct event_queue queue;
    struct group group;
    seL4_CPtr irq;
    seL4_Word irq_bits;
    struct sel4ish_provider provider;
    struct listener listeners[SEL4ISH_PEERS];
};

static struct driver driver;

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct input_base *base = sel4ish_peer_at(peer, INPUT_V1_BASE_OFFSET);

    (void)context;
    (void)provider;
    driver.listeners[peer->n] = (struct listener){.base = base,
                                                  .progress = sel4ish_peer_at(peer, INPUT_V1_PROGRESS_OFFSET)};
    base->progress = sel4ish_peer_address(peer, INPUT_V1_PROGRESS_OFFSET);
    base->kind = driver.identity.kind;
    base->x = driver.identity.x;
    base->y = driver.identity.y;
    return true;
}

static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    (void)context;
    (void)provider;
    driver.listeners[peer->n] = (struct listener){0};
}

static const struct sel4ish_provider_handler handler = {.fill = fill, .ended = ended};

/* To everybody, the group or the news that it was lost. */
static void deliver(bool whole)
{
    for (unsigned n = 0; n < driver.provider.count; n++) {
        struct listener *listener = &driver.listeners[n];

        if (whole)
            listener_give(listener, driver.group.events, driver.group.count);
        else
            listener_lose(listener);
    }
    group_clear(&driver.group);
}

static void ring_sleepers(void)
{
    for (unsigned n = 0; n < driver.provider.count; n++)
        if (listener_wants_bell(&driver.listeners[n]))
            sel4ish_peer_ring(&driver.provider.peers[n]);
}

/* At most a queue full, so that a device that never stops cannot keep clients from coming and going. Returns how many
 * buffers came back. */
static unsigned take_events(void)
{
    struct virtio_event event;
    unsigned count;

    for (count = 0; count < EVENT_QUEUE_LENGTH; count++) {
        enum event_queue_result result = event_queue_take(&driver.queue, &event);
        enum group_state state = GROUP_OPEN;

        if (result == EVENT_QUEUE_EMPTY)
            break;
        if (result == EVENT_QUEUE_BROKEN) {
            transport_stop(&driver.transport);
            sel4ish_stop("the device returned buffers that it did not have");
        }
        if (result == EVENT_QUEUE_SKIPPED)
            group_spoil(&driver.group);
        else
            state = group_add(&driver.group, event);
        if (state != GROUP_OPEN)
            deliver(state == GROUP_COMPLETE);
    }
    return count;
}

static void handle(seL4_Word bits)
{
    unsigned count;

    if (bits & sel4ish_provider_bits(&driver.provider))
        sel4ish_provider_scan(&driver.provider, &handler, NULL);
    if (!(bits & driver.irq_bits))
        return;
    transport_acknowledge(&driver.transport);
    count = take_events();
    if (count) {
        transport_notify(&driver.transport, EVENTS);
        ring_sleepers();
    }
    if (count == EVENT_QUEUE_LENGTH)
        sel4ish_event_keep(driver.irq_bits);        /* there may be more: after whoever waits */
    else
        seL4_IRQHandler_Ack(driver.irq);
}

static void start_queue(void)
{
    const struct sel4ish_entry *memory = sel4ish_need(SEL4ISH_MEMORY, "queue");
    uint64_t paddr = memory->v[2];

    if (memory->v[1] < sizeof(struct event_queue_memory) || !paddr)
        sel4ish_stop("memory 'queue' is too small or has no fixed place");
    event_queue_start(&driver.queue, (struct event_queue_memory *)memory->v[0], paddr);
    if (!transport_queue(&driver.transport, EVENTS, EVENT_QUEUE_LENGTH,
                         paddr + offsetof(struct event_queue_memory, descriptors),
                         paddr + offsetof(struct event_queue_memory, available),
                         paddr + offsetof(struct event_queue_memory, used)))
        sel4ish_stop("the device has no event queue of %d buffers", EVENT_QUEUE_LENGTH);
}

static void start(void)
{
    const struct sel4ish_entry *device = sel4ish_need(SEL4ISH_DEVICE, NULL);
    const struct sel4ish_entry *irq = sel4ish_need(SEL4ISH_IRQ, NULL);
    const char *trouble;

    driver.transport.registers = (volatile uint32_t *)device->v[0];
    driver.irq = irq->v[0];
    driver.irq_bits = irq->v[1];
    trouble = transport_start(&driver.transport, VIRTIO_INPUT_DEVICE);
    if (trouble)
        sel4ish_stop("%s: %s", device->name, trouble);
    if (!identity_read(&driver.transport, &driver.identity))
        sel4ish_stop("%s: neither a keyboard nor a tablet", device->name);
    driver.group.x = driver.identity.x;
    driver.group.y = driver.identity.y;
    start_queue();
    if (sel4ish_provide("input", INPUT_V1, &driver.provider) != seL4_NoError)
        sel4ish_stop("cannot provide input@1");
    transport_go(&driver.transport);
    transport_notify(&driver.transport, EVENTS);
    seL4_IRQHandler_Ack(driver.irq);
}

int main(void)
{
    start();
    for (;;)
        handle(sel4ish_event_wait());
}
