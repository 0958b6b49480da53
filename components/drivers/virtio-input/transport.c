/* SPDX-License-Identifier: BSD-2-Clause
 * Transport: see transport.h. */
#include "transport.h"

#include <lib/dma/dma.h>

enum {                              /* registers, as indices of 32-bit words */
    MAGIC = 0x000 / 4, VERSION = 0x004 / 4, DEVICE = 0x008 / 4,
    DEVICE_FEATURES = 0x010 / 4, DEVICE_FEATURES_SELECT = 0x014 / 4,
    DRIVER_FEATURES = 0x020 / 4, DRIVER_FEATURES_SELECT = 0x024 / 4,
    QUEUE_SELECT = 0x030 / 4, QUEUE_LENGTH_MAX = 0x034 / 4, QUEUE_LENGTH = 0x038 / 4, QUEUE_READY = 0x044 / 4,
    QUEUE_NOTIFY = 0x050 / 4,
    INTERRUPT_STATUS = 0x060 / 4, INTERRUPT_ACKNOWLEDGE = 0x064 / 4,
    STATUS = 0x070 / 4,
    QUEUE_DESCRIPTORS = 0x080 / 4, QUEUE_AVAILABLE = 0x090 / 4, QUEUE_USED = 0x0a0 / 4,     /* low, high */
    CONFIG = 0x100,                 /* a byte offset */
};

enum {
    MAGIC_VALUE = 0x74726976, VERSION_VALUE = 2,
    STATUS_ACKNOWLEDGE = 1, STATUS_DRIVER = 2, STATUS_DRIVER_OK = 4, STATUS_FEATURES_OK = 8,
    FEATURES_HIGH_VERSION_1 = 1,    /* feature 32 */
};

static void status_add(const struct transport *transport, uint32_t bits)
{
    transport->registers[STATUS] |= bits;
}

/* VERSION_1 and no other. False: the device does not want that. */
static bool negotiate(volatile uint32_t *r)
{
    r[DEVICE_FEATURES_SELECT] = 1;
    if (!(r[DEVICE_FEATURES] & FEATURES_HIGH_VERSION_1))
        return false;
    r[DRIVER_FEATURES_SELECT] = 0;
    r[DRIVER_FEATURES] = 0;
    r[DRIVER_FEATURES_SELECT] = 1;
    r[DRIVER_FEATURES] = FEATURES_HIGH_VERSION_1;
    r[STATUS] |= STATUS_FEATURES_OK;
    return r[STATUS] & STATUS_FEATURES_OK;
}

const char *transport_start(const struct transport *transport, uint32_t device)
{
    volatile uint32_t *r = transport->registers;

    if (r[MAGIC] != MAGIC_VALUE || r[VERSION] != VERSION_VALUE)
        return "no virtio transport of version 2 there";
    if (r[DEVICE] != device)
        return "not the kind of device that this driver is for";
    r[STATUS] = 0;
    if (r[STATUS])
        return "the device does not reset";
    status_add(transport, STATUS_ACKNOWLEDGE | STATUS_DRIVER);
    return negotiate(r) ? (const char *)0 : "the device does not take VIRTIO 1 without further features";
}

static void set_address(volatile uint32_t *low, uint64_t address)
{
    low[0] = (uint32_t)address;
    low[1] = (uint32_t)(address >> 32);
}

bool transport_queue(const struct transport *transport, uint32_t queue, uint32_t length, uint64_t descriptors,
                     uint64_t available, uint64_t used)
{
    volatile uint32_t *r = transport->registers;

    r[QUEUE_SELECT] = queue;
    if (r[QUEUE_READY] || r[QUEUE_LENGTH_MAX] < length)
        return false;
    r[QUEUE_LENGTH] = length;
    set_address(&r[QUEUE_DESCRIPTORS], descriptors);
    set_address(&r[QUEUE_AVAILABLE], available);
    set_address(&r[QUEUE_USED], used);
    dma_publish();
    r[QUEUE_READY] = 1;
    return true;
}

void transport_go(const struct transport *transport)
{
    status_add(transport, STATUS_DRIVER_OK);
}

void transport_notify(const struct transport *transport, uint32_t queue)
{
    dma_publish();
    transport->registers[QUEUE_NOTIFY] = queue;
}

/* What the device wrote before it raised the interrupt is seen by what is read from here on. */
void transport_acknowledge(const struct transport *transport)
{
    uint32_t status = transport->registers[INTERRUPT_STATUS];

    if (status)
        transport->registers[INTERRUPT_ACKNOWLEDGE] = status;
    dma_observe();
}

void transport_stop(const struct transport *transport)
{
    transport->registers[STATUS] = 0;
}

static volatile uint8_t *config(const struct transport *transport, uint32_t offset)
{
    return (volatile uint8_t *)transport->registers + CONFIG + offset % TRANSPORT_CONFIG_BYTES;
}

uint8_t transport_config(const struct transport *transport, uint32_t offset)
{
    return *config(transport, offset);
}

void transport_config_set(const struct transport *transport, uint32_t offset, uint8_t value)
{
    *config(transport, offset) = value;
}
