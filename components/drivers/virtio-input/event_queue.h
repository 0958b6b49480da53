/* SPDX-License-Identifier: BSD-2-Clause
 * Event queue: the split virtqueue over which the device hands events to the driver: every descriptor is a buffer of one
 * event that the device writes. Virtual I/O Device (VIRTIO) 1.2, "Split Virtqueues".
 *
 *   driver writes   descriptors (once), available.index and .ring
 *   device writes   used, events
 *
 * The device is believed in nothing: its index, ids and lengths are read once and checked.
 * Invariants: taken and offered are the driver's own counts; a descriptor is with the device or with the driver, as
 * `with_device` says, and only what is with the device is accepted back. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { EVENT_QUEUE_LENGTH = 64 };       /* a power of two */

/* As the device sends them. All little endian, as this machine is. */
struct virtio_event {
    uint16_t type, code;
    uint32_t value;
};

struct event_queue_memory {
    struct {
        uint64_t paddr;
        uint32_t bytes;
        uint16_t flags, next;
    } descriptors[EVENT_QUEUE_LENGTH];
    struct {
        uint16_t flags, index;
        uint16_t ring[EVENT_QUEUE_LENGTH];
        uint16_t used_event;
    } available;
    struct {
        uint16_t flags, index;
        struct {
            uint32_t id, bytes;
        } ring[EVENT_QUEUE_LENGTH];
        uint16_t available_event;
    } used __attribute__((aligned(4)));
    struct virtio_event events[EVENT_QUEUE_LENGTH];
};

struct event_queue {
    struct event_queue_memory *memory;
    uint16_t taken, offered;
    bool with_device[EVENT_QUEUE_LENGTH];
};

enum event_queue_result {
    EVENT_QUEUE_EMPTY,
    EVENT_QUEUE_TAKEN,
    EVENT_QUEUE_SKIPPED,        /* the device returned a buffer with no event in it */
    EVENT_QUEUE_BROKEN,         /* the device returned what it did not have: nothing it says makes sense any more */
};

/* Hands every buffer to the device, which is not running yet. Memory is zero and lies at `paddr` for the device. */
void event_queue_start(struct event_queue *queue, struct event_queue_memory *memory, uint64_t paddr);

/* The next event, if there is one; its buffer goes back to the device. */
enum event_queue_result event_queue_take(struct event_queue *queue, struct virtio_event *event);
