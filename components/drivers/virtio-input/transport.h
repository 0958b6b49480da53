/* SPDX-License-Identifier: BSD-2-Clause
 * Transport: a virtio device's registers in memory, version 2. Knows queues and configuration bytes, not what they mean.
 * VIRTIO 1.2, "Virtio Over MMIO". */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { VIRTIO_INPUT_DEVICE = 18, TRANSPORT_CONFIG_BYTES = 256 };

struct transport {
    volatile uint32_t *registers;
};

/* What stands in the way; null: the device is reset and has accepted this driver. */
const char *transport_start(const struct transport *transport, uint32_t device);
/* Three parts of one queue, each where the device finds it. False: the device has no such queue, or not that long. */
bool transport_queue(const struct transport *transport, uint32_t queue, uint32_t length, uint64_t descriptors,
                     uint64_t available, uint64_t used);
/* The device may use its queues from now on. */
void transport_go(const struct transport *transport);
/* Buffers are there in that queue. */
void transport_notify(const struct transport *transport, uint32_t queue);
/* Takes the interrupt back. */
void transport_acknowledge(const struct transport *transport);
/* The device does nothing any more: it stops using its queues. */
void transport_stop(const struct transport *transport);

/* Configuration bytes, offset < TRANSPORT_CONFIG_BYTES. */
uint8_t transport_config(const struct transport *transport, uint32_t offset);
void transport_config_set(const struct transport *transport, uint32_t offset, uint8_t value);
