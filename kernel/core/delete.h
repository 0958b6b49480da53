/* SPDX-License-Identifier: BSD-2-Clause
 * Deleting capabilities and ending objects. Long ends are cut into steps: an operation that returns
 * KERNEL_PREEMPTED has kept what it did, and the caller's system call starts again. */
#pragma once

#include "cap.h"

/* Delete the capability in slot; if it was the last to its object, end the object.
 * seL4_NoError or KERNEL_PREEMPTED. */
seL4_Error slot_delete(struct slot *slot) MUST_USE;
/* Delete every capability derived from slot's. seL4_NoError or KERNEL_PREEMPTED. */
seL4_Error slot_revoke(struct slot *slot) MUST_USE;
/* Delete where the end is known to be short: no CNode, TCB, interface or connection is ended. */
void slot_delete_short(struct slot *slot);

/* What an object does when its last capability goes. Each is in the object's own file; first is called once,
 * and the slots that the object holds (a CNode's, a thread's, a connection's) are then emptied one by one,
 * preemptibly, by delete.c; `finish` is then called until it no longer returns KERNEL_PREEMPTED. */
struct object_end {
    void (*first)(struct cap *cap);                                  /* may be null */
    void (*slots)(const struct cap *cap, struct slot **first, word_t *count); /* null: holds no slots. Slots lie 1 << SLOT_BITS apart */
    seL4_Error (*finish)(struct cap *cap);                           /* may be null */
};
/* Capabilities that do something when deleted although others to the object stay (a frame's mapping):
 * called for every deletion, before the last-capability end. */
extern const struct object_end object_ends[CAP_COUNT];
