/* SPDX-License-Identifier: BSD-2-Clause
 * Event queue: over a device that is honest, and over one that is not. */
#include <test.h>

#include "event_queue.h"

enum { PADDR = 0x7f000000 };

static struct event_queue_memory memory;
static struct event_queue queue;
static struct virtio_event event;
static uint16_t device_taken;           /* available entries that the device has used */

static void start(void)
{
    event_queue_start(&queue, &memory, PADDR);
}

static void device_returns(uint32_t id, uint32_t bytes)
{
    uint16_t index = memory.used.index;

    memory.used.ring[index % EVENT_QUEUE_LENGTH].id = id;
    memory.used.ring[index % EVENT_QUEUE_LENGTH].bytes = bytes;
    memory.used.index = (uint16_t)(index + 1);
}

/* As an honest device does it: into the next buffer that it was offered. */
static void device_sends(uint16_t code)
{
    uint16_t id = memory.available.ring[device_taken++ % EVENT_QUEUE_LENGTH];

    memory.events[id] = (struct virtio_event){.type = 1, .code = code, .value = 1};
    device_returns(id, sizeof event);
}

TEST(every_buffer_is_the_devices_at_first)
{
    start();
    CHECK_EQUAL(memory.available.index, EVENT_QUEUE_LENGTH);
    for (unsigned i = 0; i < EVENT_QUEUE_LENGTH; i++) {
        CHECK_EQUAL(memory.available.ring[i], i);
        CHECK_EQUAL(memory.descriptors[i].paddr, PADDR + ((uintptr_t)&memory.events[i] - (uintptr_t)&memory));
        CHECK_EQUAL(memory.descriptors[i].bytes, 8);
        CHECK_EQUAL(memory.descriptors[i].flags, 2);
    }
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_EMPTY);
}

TEST(events_come_in_order_and_their_buffers_go_back)
{
    start();
    for (unsigned i = 0; i < 200000; i++) {
        device_sends((uint16_t)i);
        CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_TAKEN);
        CHECK_EQUAL(event.code, i & 0xffff);
        CHECK_EQUAL((uint16_t)(memory.available.index - device_taken), EVENT_QUEUE_LENGTH);
    }
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_EMPTY);
}

TEST(a_full_queue_loses_nothing)
{
    start();
    for (uint16_t i = 0; i < EVENT_QUEUE_LENGTH; i++)
        device_sends(i);
    for (uint16_t i = 0; i < EVENT_QUEUE_LENGTH; i++) {
        CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_TAKEN);
        CHECK_EQUAL(event.code, i);
    }
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_EMPTY);
}

TEST(a_buffer_that_is_not_one_is_refused)
{
    start();
    device_returns(EVENT_QUEUE_LENGTH, 8);
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_BROKEN);
    start();
    device_returns(UINT32_MAX, 8);
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_BROKEN);
}

TEST(more_buffers_than_there_are_is_refused)
{
    start();
    memory.used.index = EVENT_QUEUE_LENGTH + 1;
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_BROKEN);
    memory.used.index = UINT16_MAX;
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_BROKEN);
}

/* The driver gives a buffer back at once, so a second return of it is only wrong while it is the driver's. */
TEST(a_buffer_that_the_device_does_not_have_is_refused)
{
    start();
    queue.with_device[5] = false;
    device_returns(5, 8);
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_BROKEN);
}

TEST(a_buffer_of_a_wrong_length_is_passed_over)
{
    start();
    device_returns(0, 0);
    device_returns(1, UINT32_MAX);
    device_returns(2, 8);
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_SKIPPED);
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_SKIPPED);
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_TAKEN);
    CHECK_EQUAL(memory.available.index, EVENT_QUEUE_LENGTH + 3);
}

TEST(the_driver_believes_its_own_counts)
{
    start();
    memory.available.index = 7;
    device_sends(1);
    CHECK(event_queue_take(&queue, &event) == EVENT_QUEUE_TAKEN);
    CHECK_EQUAL(memory.available.index, EVENT_QUEUE_LENGTH + 1);
}
