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

/* What an object does when its capabilities go. Each is in the object's own file.
 *   each    at every deletion, also when other capabilities to the object stay (a frame's mapping is its capability's own);
 *           such an object has no end beside it
 *   first   once, when the last capability goes
 *   withdraw  then, for an object with slots: long work that must be done before they are touched (what they hold may
 *           outlive it, see delete.c). cap is a zombie already, so nobody copies it meanwhile. Preempted, this is
 *           called again
 *   finish  last, again until it does not return KERNEL_PREEMPTED; cap is the object's (its type CAP_ZOMBIE, object as it was)
 * Any of them may be null. Between first and finish the slots that the object holds (object_slots) are emptied one by one,
 * last first, preemptibly, while the object is a zombie. Its first slot may hold the zombie: nothing may be read from it
 * after `first`. */
struct object_end {
    void (*each)(struct slot *slot);
    void (*first)(struct cap *cap);
    seL4_Error (*withdraw)(struct cap *cap);
    seL4_Error (*finish)(struct cap *cap);
};
extern const struct object_end *const object_ends[CAP_COUNT];   /* null: nothing to do */

/* Where in the object its slots are, in bytes, and how many: 1 << SLOT_BITS apart. */
extern const struct object_slots { uint16_t at, count; } object_slots[CAP_COUNT];
enum { SLOTS_RADIX = UINT16_MAX };      /* so many as the capability's size says */

/* Defined in the objects' files. */
extern const struct object_end tcb_end, endpoint_end, notification_end, sc_end, reply_end, irq_handler_end;
extern const struct object_end cnode_end, frame_end, page_table_end, vspace_end, asid_pool_end;
extern const struct object_end registry_end, interface_end, connection_end, provider_end, client_end;
