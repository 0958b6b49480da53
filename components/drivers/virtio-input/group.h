/* SPDX-License-Identifier: BSD-2-Clause
 * Group: the events of one moment, collected from the device until the one that ends them, with what input@1 does not
 * speak of left out and places brought into their range.
 * Invariant: count < INPUT_GROUP while it is being collected, so that its end always fits. */
#pragma once

#include <stdbool.h>

#include <interfaces/input/input.h>

#include "event_queue.h"

struct group {
    struct input_range x, y;            /* of the device; fixed */
    struct input_event events[INPUT_GROUP];
    unsigned count;
    bool spoiled;                      /* something of it was left out */
};

enum group_state {
    GROUP_OPEN,
    GROUP_COMPLETE,                     /* events[0 .. count): use them, then call group_clear */
    GROUP_LOST,                         /* it was too long, or something of it was lost: call group_clear */
};

enum group_state group_add(struct group *group, struct virtio_event event);
/* An event was lost: the group that it belongs to is, too. */
void group_spoil(struct group *group);
void group_clear(struct group *group);
