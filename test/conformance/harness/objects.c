/* SPDX-License-Identifier: BSD-2-Clause
 * Objects of a case: each from its pool, each capability in a slot of ROOT that was never used in this case. */
#include "conform.h"
#include "driver.h"

seL4_CPtr pool, self, self_sc, sched_control;

static seL4_CPtr next;

void objects_begin(seL4_CPtr first_slot)
{
    next = first_slot;
}

seL4_CPtr objects_end(void)
{
    return next;
}

seL4_CPtr slots_new(seL4_Word count)
{
    const seL4_CPtr first = next;

    CHECK(first + count <= boot->empty.end);
    next += count;
    return first;
}

seL4_CPtr slot_new(void)
{
    return slots_new(1);
}

seL4_CPtr make_in(seL4_CPtr untyped, seL4_Word type, seL4_Word size_bits)
{
    const seL4_CPtr slot = slot_new();

    OK(seL4_Untyped_Retype(untyped, type, size_bits, ROOT, 0, 0, slot, 1));
    return slot;
}

seL4_CPtr make(seL4_Word type, seL4_Word size_bits)
{
    return make_in(pool, type, size_bits);
}

seL4_CPtr endpoint_new(void) { return make(seL4_EndpointObject, 0); }
seL4_CPtr notification_new(void) { return make(seL4_NotificationObject, 0); }
seL4_CPtr reply_new(void) { return make(seL4_ReplyObject, 0); }
seL4_CPtr frame_new(void) { return make(seL4_ARM_SmallPageObject, 0); }
seL4_CPtr untyped_new(seL4_Word size_bits) { return make(seL4_UntypedObject, size_bits); }
seL4_CPtr cnode_new(seL4_Word radix) { return make(seL4_CapTableObject, radix); }

seL4_CPtr cnode_guarded(seL4_Word radix, seL4_Word guard, seL4_Word guard_bits)
{
    return mint(cnode_new(radix), seL4_CNode_CapData_new(guard, guard_bits).words[0]);
}

seL4_CPtr context_new(seL4_Time budget, seL4_Time period)
{
    const seL4_CPtr sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits);

    OK(seL4_SchedControl_Configure(sched_control, sc, budget, period, 0, 0));
    return sc;
}

seL4_CPtr copy_with(seL4_CPtr of, seL4_CapRights_t rights)
{
    const seL4_CPtr slot = slot_new();

    OK(seL4_CNode_Copy(ROOT, slot, DEPTH, ROOT, of, DEPTH, rights));
    return slot;
}

seL4_CPtr copy(seL4_CPtr of)
{
    return copy_with(of, seL4_AllRights);
}

seL4_CPtr mint_with(seL4_CPtr of, seL4_CapRights_t rights, seL4_Word badge)
{
    const seL4_CPtr slot = slot_new();

    OK(seL4_CNode_Mint(ROOT, slot, DEPTH, ROOT, of, DEPTH, rights, badge));
    return slot;
}

seL4_CPtr mint(seL4_CPtr of, seL4_Word badge)
{
    return mint_with(of, seL4_AllRights, badge);
}

void slot_delete(seL4_CPtr slot)
{
    OK(seL4_CNode_Delete(ROOT, slot, DEPTH));
}

void slot_revoke(seL4_CPtr slot)
{
    OK(seL4_CNode_Revoke(ROOT, slot, DEPTH));
}

bool slot_empty_in(seL4_CPtr cnode, seL4_Word index, seL4_Uint8 depth)
{
    const seL4_CPtr aside = slot_new();
    const seL4_Error error = seL4_CNode_Move(ROOT, aside, DEPTH, cnode, index, depth);

    if (error == seL4_FailedLookup)
        return true;
    OK(error);
    OK(seL4_CNode_Move(cnode, index, depth, ROOT, aside, DEPTH));
    return false;
}

bool slot_empty(seL4_CPtr slot)
{
    return slot_empty_in(ROOT, slot, DEPTH);
}
