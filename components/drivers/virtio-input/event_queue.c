/* SPDX-License-Identifier: BSD-2-Clause
 * Event queue: see event_queue.h. */
#include "event_queue.h"

#include <stddef.h>

enum { DESCRIPTOR_DEVICE_WRITES = 2 };

_Static_assert(sizeof(struct virtio_event) == 8, "as the device sends it");
_Static_assert(offsetof(struct event_queue_memory, available) % 2 == 0, "VIRTIO's alignment of the available ring");
_Static_assert(offsetof(struct event_queue_memory, used) % 4 == 0, "VIRTIO's alignment of the used ring");

/* The ring's entry comes before the index that tells the device of it. */
static void offer(struct event_queue *queue, uint16_t descriptor)
{
    struct event_queue_memory *memory = queue->memory;

    queue->with_device[descriptor] = true;
    memory->available.ring[queue->offered % EVENT_QUEUE_LENGTH] = descriptor;
    __atomic_store_n(&memory->available.index, ++queue->offered, __ATOMIC_RELEASE);
}

void event_queue_start(struct event_queue *queue, struct event_queue_memory *memory, uint64_t paddr)
{
    *queue = (struct event_queue){.memory = memory};
    for (uint16_t i = 0; i < EVENT_QUEUE_LENGTH; i++) {
        memory->descriptors[i].paddr = paddr + offsetof(struct event_queue_memory, events) +
                                       i * sizeof(struct virtio_event);
        memory->descriptors[i].bytes = sizeof(struct virtio_event);
        memory->descriptors[i].flags = DESCRIPTOR_DEVICE_WRITES;
        offer(queue, i);
    }
}

static struct virtio_event read_event(const struct virtio_event *shared)
{
    const volatile struct virtio_event *event = shared;

    return (struct virtio_event){.type = event->type, .code = event->code, .value = event->value};
}

enum event_queue_result event_queue_take(struct event_queue *queue, struct virtio_event *event)
{
    struct event_queue_memory *memory = queue->memory;
    uint16_t count = (uint16_t)(__atomic_load_n(&memory->used.index, __ATOMIC_ACQUIRE) - queue->taken);
    uint16_t at = queue->taken % EVENT_QUEUE_LENGTH;
    uint32_t id, bytes;

    if (!count)
        return EVENT_QUEUE_EMPTY;
    id = __atomic_load_n(&memory->used.ring[at].id, __ATOMIC_RELAXED);
    bytes = __atomic_load_n(&memory->used.ring[at].bytes, __ATOMIC_RELAXED);
    if (count > EVENT_QUEUE_LENGTH || id >= EVENT_QUEUE_LENGTH || !queue->with_device[id])
        return EVENT_QUEUE_BROKEN;
    queue->with_device[id] = false;
    queue->taken++;
    *event = read_event(&memory->events[id]);
    offer(queue, (uint16_t)id);
    return bytes == sizeof *event ? EVENT_QUEUE_TAKEN : EVENT_QUEUE_SKIPPED;
}
