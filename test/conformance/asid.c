/* SPDX-License-Identifier: BSD-2-Clause
 * ASIDControl and ASIDPool: the numbers of address spaces. */
#include "harness/conform.h"

static seL4_Error make_pool(seL4_CPtr untyped, seL4_CPtr slot)
{
    return seL4_ARM_ASIDControl_MakePool(seL4_CapASIDControl, untyped, ROOT, slot, DEPTH);
}

static seL4_CPtr pool_new(void)
{
    const seL4_CPtr slot = slot_new();

    OK(make_pool(untyped_new(seL4_ASIDPoolBits), slot));
    return slot;
}

CASE(a_pool_is_made_of_untyped_memory, "§7.1.4")
{
    const seL4_CPtr slot = slot_new(), memory = untyped_new(seL4_ASIDPoolBits);

    OK(make_pool(memory, slot));
    CHECK(!slot_empty(slot));
    REFUSED(seL4_NotEnoughMemory, seL4_Untyped_Retype(memory, seL4_EndpointObject, 0, ROOT, 0, 0, slot_new(), 1));
    slot_revoke(memory);
    CHECK(slot_empty(slot));
}

CASE(a_pool_needs_an_untyped_of_its_size, "API seL4_ARM_ASIDControl_MakePool")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_InvalidCapability, 1, make_pool(untyped_new(seL4_ASIDPoolBits + 1), slot));
    REFUSED_SAYING(seL4_InvalidCapability, 1, make_pool(untyped_new(seL4_ASIDPoolBits - 1), slot));
    REFUSED_SAYING(seL4_InvalidCapability, 1, make_pool(frame_new(), slot));
    CHECK(slot_empty(slot));
}

CASE(a_pool_needs_an_untyped_without_children, "API seL4_ARM_ASIDControl_MakePool")
{
    const seL4_CPtr slot = slot_new(), memory = untyped_new(seL4_ASIDPoolBits);

    make_in(memory, seL4_EndpointObject, 0);
    REFUSED(seL4_RevokeFirst, make_pool(memory, slot));
    CHECK(slot_empty(slot));
    slot_revoke(memory);
    OK(make_pool(memory, slot));
}

CASE(a_pool_needs_an_empty_slot, "§10.1 Delete First")
{
    const seL4_CPtr full = endpoint_new(), memory = untyped_new(seL4_ASIDPoolBits);

    REFUSED(seL4_DeleteFirst, make_pool(memory, full));
    OK(seL4_Untyped_Retype(memory, seL4_EndpointObject, 0, ROOT, 0, 0, slot_new(), 1));
}

CASE(the_slot_of_a_pool_must_exist, "§10.1 Failed Lookup")
{
    const seL4_CPtr node = cnode_new(4);

    REFUSED_SAYING(seL4_FailedLookup, 0,
                   seL4_ARM_ASIDControl_MakePool(seL4_CapASIDControl, untyped_new(seL4_ASIDPoolBits), node, 0, 3));
    CHECK_EQUAL(seL4_GetMR(1), seL4_DepthMismatch);
}

CASE(pools_come_to_an_end_and_one_that_goes_makes_room, "§7.1.4")
{
    seL4_CPtr last = 0, slot;
    unsigned count = 0;
    seL4_Error error;

    do {
        slot = slot_new();
        error = make_pool(untyped_new(seL4_ASIDPoolBits), slot);
        if (!error) {
            last = slot;
            count++;
        }
    } while (!error);
    CHECK_EQUAL(error, seL4_DeleteFirst);
    CHECK_EQUAL(count, (1u << seL4_NumASIDPoolsBits) - 1);      /* one is the initial thread's */
    slot_delete(last);
    pool_new();
}

CASE(an_address_space_gets_one_number, "§7.1.5")
{
    const seL4_CPtr numbers = pool_new(), vspace = make(seL4_ARM_VSpaceObject, 0);

    OK(seL4_ARM_ASIDPool_Assign(numbers, vspace));
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_ARM_ASIDPool_Assign(numbers, vspace));
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, vspace));
}

CASE(only_address_spaces_get_numbers, "§10.1 Invalid Capability")
{
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_ARM_ASIDPool_Assign(pool_new(), frame_new()));
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_ARM_ASIDPool_Assign(pool_new(), make(seL4_ARM_PageTableObject, 0)));
}

CASE(a_full_pool_says_so_and_one_that_goes_makes_room, "§7.1.5")
{
    const seL4_CPtr numbers = pool_new();
    seL4_CPtr vspace = 0, last = 0;
    unsigned count = 0;
    seL4_Error error;

    do {
        last = vspace;
        vspace = make(seL4_ARM_VSpaceObject, 0);
        error = seL4_ARM_ASIDPool_Assign(numbers, vspace);
    } while (!error && ++count);
    CHECK_EQUAL(error, seL4_DeleteFirst);
    CHECK_EQUAL(count, 1u << seL4_ASIDPoolIndexBits);
    slot_delete(last);
    OK(seL4_ARM_ASIDPool_Assign(numbers, vspace));
}

CASE(an_address_space_whose_pool_goes_takes_no_more_pages, "§7.1.5")
{
    const seL4_CPtr numbers = pool_new(), vspace = make(seL4_ARM_VSpaceObject, 0), frame = frame_new();

    OK(seL4_ARM_ASIDPool_Assign(numbers, vspace));
    map_at(frame, vspace, 0x10000000, seL4_CanRead, seL4_ARM_Default_VMAttributes);
    slot_delete(numbers);
    CHECK(seL4_ARM_Page_Map(frame_new(), vspace, 0x10001000, seL4_CanRead, seL4_ARM_Default_VMAttributes));
    OK(seL4_ARM_Page_Unmap(frame));
}

CASE(a_thread_whose_pool_goes_runs_no_more, "§7.1.5")
{
    const seL4_CPtr numbers = pool_new(), vspace = make(seL4_ARM_VSpaceObject, 0);
    struct thread *t = thread_new(HIGH);

    OK(seL4_ARM_ASIDPool_Assign(numbers, vspace));
    OK(seL4_TCB_SetSpace(t->tcb, seL4_CapNull, ROOT, 0, vspace, 0));
    slot_delete(numbers);
    thread_start(t, job_nothing);
    CHECK(!t->finished);
    REFUSED(seL4_IllegalOperation, seL4_TCB_SetSpace(t->tcb, seL4_CapNull, ROOT, 0, vspace, 0));
}
