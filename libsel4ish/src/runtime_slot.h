/* SPDX-License-Identifier: BSD-2-Clause
 * Run-time slot: where Register and Request put what they make, in the component's run-time CNode. */
#pragma once

#include <sel4/sel4.h>
#include <sel4ish/config.h>

enum { RUNTIME_ROOT_SLOT = 1 };     /* of the run-time CNode, in the root CNode */

/* Slot `index` as a capability address of full depth. */
static inline seL4_CPtr runtime_slot_address(seL4_Word index)
{
    return (seL4_Word)RUNTIME_ROOT_SLOT << sel4ish_config()->runtime_bits | index;
}

static inline seL4_Error runtime_slot_delete(seL4_Word index)
{
    return seL4_CNode_Delete(sel4ish_config()->runtime, index, (seL4_Uint8)sel4ish_config()->runtime_bits);
}
