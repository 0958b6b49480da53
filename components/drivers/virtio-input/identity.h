/* SPDX-License-Identifier: BSD-2-Clause
 * Identity: what a virtio input device says it is. VIRTIO 1.2, "Input Device", "Device configuration layout". */
#pragma once

#include <stdbool.h>

#include <interfaces/input/input.h>

#include "transport.h"

struct identity {
    enum input_kind kind;
    struct input_range x, y;        /* of a tablet */
};

/* False: neither a keyboard nor a tablet with sensible axes. */
bool identity_read(const struct transport *transport, struct identity *identity);
