/* SPDX-License-Identifier: BSD-2-Clause
 * Untyped: making objects. */
#include "harness/conform.h"

static seL4_Error retype(seL4_CPtr untyped, seL4_Word type, seL4_Word bits, seL4_CPtr slot, seL4_Word count)
{
    return seL4_Untyped_Retype(untyped, type, bits, ROOT, 0, 0, slot, count);
}

static seL4_Word address_of(seL4_CPtr frame)
{
    const seL4_ARM_Page_GetAddress_t got = seL4_ARM_Page_GetAddress(frame);

    OK(got.error);
    return got.paddr;
}

/* How many objects of 2^bits bytes are left in it? It is empty afterwards. */
static unsigned room(seL4_CPtr untyped, seL4_Word bits)
{
    unsigned count = 0;

    while (!retype(untyped, seL4_UntypedObject, bits, slot_new(), 1))
        count++;
    return count;
}

CASE(retype_makes_each_type_of_object, "§2.4")
{
    CHECK(make(seL4_TCBObject, 0) && endpoint_new() && notification_new() && reply_new() && cnode_new(1));
    CHECK(make(seL4_SchedContextObject, seL4_MinSchedContextBits) && untyped_new(seL4_MinUntypedBits));
    CHECK(frame_new() && make(seL4_ARM_LargePageObject, 0));
    CHECK(make(seL4_ARM_PageTableObject, 0) && make(seL4_ARM_VSpaceObject, 0));
}

CASE(retype_puts_several_objects_into_consecutive_slots, "§3.1.3")
{
    const seL4_CPtr first = slots_new(6);

    OK(retype(pool, seL4_NotificationObject, 0, first + 1, 4));
    CHECK(slot_empty(first) && slot_empty(first + 5));
    for (seL4_CPtr i = first + 1; i < first + 5; i++)
        seL4_Signal(mint(i, i));
    for (seL4_CPtr i = first + 1; i < first + 5; i++) {
        seL4_Word badge;

        seL4_Poll(i, &badge);
        CHECK_EQUAL(badge, i);
    }
}

CASE(retype_can_fill_a_cnode_two_levels_down, "§3.1.3")
{
    const seL4_CPtr outer = cnode_new(4), inner = cnode_new(3);

    OK(seL4_CNode_Move(outer, 5, 4, ROOT, inner, DEPTH));
    OK(seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, outer, 5, 4, 6, 2));
    CHECK(slot_empty_in(outer, 5 << 3 | 5, 7));
    CHECK(!slot_empty_in(outer, 5 << 3 | 6, 7) && !slot_empty_in(outer, 5 << 3 | 7, 7));
}

CASE(retype_with_depth_0_fills_the_root_that_it_is_given, "API seL4_Untyped_Retype")
{
    const seL4_CPtr node = cnode_new(2);

    OK(seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 0x1234, 0, 3, 1));
    CHECK(!slot_empty_in(node, 3, 2));
}

CASE(retype_refuses_a_type_that_does_not_exist, "§10.1 Invalid Argument")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_InvalidArgument, 0, retype(pool, 0x7fff, 0, slot, 1));
    CHECK(slot_empty(slot));
}

CASE(retype_refuses_a_size_beyond_the_largest_untyped, "§10.1 Range Error")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_RangeError, 0, retype(pool, seL4_UntypedObject, seL4_MaxUntypedBits + 1, slot, 1));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MaxUntypedBits);
    REFUSED_SAYING(seL4_RangeError, 0, retype(pool, seL4_UntypedObject, seL4_WordBits, slot, 1));
    CHECK(slot_empty(slot));
}

CASE(retype_refuses_a_cnode_whose_bytes_are_beyond_the_largest_untyped, "§10.1 Range Error")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_RangeError, 0, retype(pool, seL4_CapTableObject, seL4_MaxUntypedBits - seL4_SlotBits + 1, slot, 1));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MaxUntypedBits);
    CHECK(slot_empty(slot));
}

CASE(retype_refuses_a_cnode_of_one_slot, "API seL4_Untyped_Retype")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_InvalidArgument, 1, retype(pool, seL4_CapTableObject, 0, slot, 1));
    CHECK(slot_empty(slot));
}

CASE(retype_refuses_an_untyped_below_the_smallest, "§2.4.2")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_InvalidArgument, 1, retype(pool, seL4_UntypedObject, seL4_MinUntypedBits - 1, slot, 1));
    CHECK(slot_empty(slot));
}

CASE(retype_refuses_a_scheduling_context_below_the_smallest, "§2.4.2")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_InvalidArgument, 1, retype(pool, seL4_SchedContextObject, seL4_MinSchedContextBits - 1, slot, 1));
    CHECK(slot_empty(slot));
}

CASE(retype_refuses_an_offset_beyond_the_cnode, "§10.1 Range Error")
{
    const seL4_CPtr node = cnode_new(2);

    REFUSED_SAYING(seL4_RangeError, 0, seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 0, 0, 4, 1));
    CHECK_EQUAL(seL4_GetMR(1), 3);
}

CASE(retype_refuses_more_objects_than_slots_behind_the_offset, "§10.1 Range Error")
{
    const seL4_CPtr node = cnode_new(2);

    REFUSED_SAYING(seL4_RangeError, 1, seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 0, 0, 2, 3));
    CHECK_EQUAL(seL4_GetMR(1), 2);
    for (seL4_Word i = 0; i < 4; i++)
        CHECK(slot_empty_in(node, i, 2));
}

CASE(retype_refuses_no_objects_and_too_many, "§10.1 Range Error")
{
    const seL4_CPtr first = slots_new(CONFIG_RETYPE_FAN_OUT_LIMIT + 1);

    REFUSED_SAYING(seL4_RangeError, 1, retype(pool, seL4_EndpointObject, 0, first, 0));
    CHECK_EQUAL(seL4_GetMR(1), CONFIG_RETYPE_FAN_OUT_LIMIT);
    REFUSED_SAYING(seL4_RangeError, 1, retype(pool, seL4_EndpointObject, 0, first, CONFIG_RETYPE_FAN_OUT_LIMIT + 1));
    CHECK(slot_empty(first));
    OK(retype(pool, seL4_EndpointObject, 0, first, CONFIG_RETYPE_FAN_OUT_LIMIT));
    CHECK(!slot_empty(first + CONFIG_RETYPE_FAN_OUT_LIMIT - 1));
}

CASE(retype_refuses_a_window_with_an_occupied_slot_and_makes_nothing, "§3.1.3")
{
    const seL4_CPtr first = slots_new(4), memory = untyped_new(12);

    OK(retype(pool, seL4_EndpointObject, 0, first + 3, 1));
    REFUSED(seL4_DeleteFirst, retype(memory, seL4_EndpointObject, 0, first, 4));
    CHECK(slot_empty(first) && slot_empty(first + 1) && slot_empty(first + 2));
    CHECK_EQUAL(room(memory, 11), 2);
}

CASE(retype_refuses_a_root_that_is_no_cnode, "§3.4.2")
{
    const seL4_CPtr other = endpoint_new();

    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, other, 0, 0, 0, 1));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MissingCapability);
}

CASE(retype_refuses_a_node_that_is_no_cnode, "§3.4.2")
{
    const seL4_CPtr node = cnode_new(4), other = endpoint_new();

    OK(seL4_CNode_Move(node, 5, 4, ROOT, other, DEPTH));
    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 5, 4, 0, 1));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MissingCapability);
    CHECK_EQUAL(seL4_GetMR(2), 4);
}

CASE(retype_refuses_a_node_deeper_than_a_word, "§10.1 Range Error")
{
    const seL4_CPtr node = cnode_new(4);

    REFUSED_SAYING(seL4_RangeError, 1, seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 0, seL4_WordBits + 1, 0, 1));
    CHECK_EQUAL(seL4_GetMR(1), seL4_WordBits);
}

CASE(retype_refuses_what_does_not_fit_and_says_how_much_is_left, "§10.1 Not Enough Memory")
{
    const seL4_CPtr memory = untyped_new(13), slot = slots_new(4);

    OK(retype(memory, seL4_UntypedObject, 11, slot_new(), 1));
    REFUSED_SAYING(seL4_NotEnoughMemory, 3 << 11, retype(memory, seL4_UntypedObject, 11, slot, 4));
    CHECK(slot_empty(slot));
    CHECK_EQUAL(room(memory, 11), 3);
}

CASE(an_object_stands_at_a_multiple_of_its_size, "§2.4")
{
    const seL4_CPtr memory = untyped_new(14), a = make_in(memory, seL4_ARM_SmallPageObject, 0);

    make_in(memory, seL4_UntypedObject, seL4_MinUntypedBits);
    const seL4_CPtr b = make_in(memory, seL4_ARM_SmallPageObject, 0);
    CHECK_EQUAL(address_of(b) - address_of(a), 2 * PAGE);
}

CASE(objects_do_not_overlap_what_was_made_before, "§2.4")
{
    const seL4_CPtr memory = untyped_new(14), frames = slots_new(4);
    seL4_Word before = 0;

    OK(retype(memory, seL4_ARM_SmallPageObject, 0, frames, 2));
    OK(retype(memory, seL4_ARM_SmallPageObject, 0, frames + 2, 2));
    for (seL4_CPtr i = frames; i < frames + 4; i++) {
        const seL4_Word now = address_of(i);

        CHECK(i == frames || now == before + PAGE);
        before = now;
    }
    REFUSED_SAYING(seL4_NotEnoughMemory, 0, retype(memory, seL4_ARM_SmallPageObject, 0, slot_new(), 1));
}

CASE(an_untyped_without_children_is_handed_out_from_its_beginning_again, "§2.4.1")
{
    const seL4_CPtr memory = untyped_new(13), frame = make_in(memory, seL4_ARM_SmallPageObject, 0);
    const seL4_Word first = address_of(frame);

    make_in(memory, seL4_ARM_SmallPageObject, 0);
    slot_revoke(memory);
    CHECK_EQUAL(address_of(make_in(memory, seL4_ARM_SmallPageObject, 0)), first);
    CHECK_EQUAL(room(memory, 12), 1);
}

CASE(deleting_the_last_child_is_as_good_as_revoking, "§2.4.1")
{
    const seL4_CPtr memory = untyped_new(12), frame = make_in(memory, seL4_ARM_SmallPageObject, 0);

    REFUSED(seL4_NotEnoughMemory, retype(memory, seL4_ARM_SmallPageObject, 0, slot_new(), 1));
    slot_delete(frame);
    OK(retype(memory, seL4_ARM_SmallPageObject, 0, slot_new(), 1));
}

CASE(memory_is_not_reused_while_one_child_is_left, "§2.4.1")
{
    const seL4_CPtr memory = untyped_new(13), kept = make_in(memory, seL4_ARM_SmallPageObject, 0);

    slot_delete(make_in(memory, seL4_ARM_SmallPageObject, 0));
    REFUSED_SAYING(seL4_NotEnoughMemory, 0, retype(memory, seL4_ARM_SmallPageObject, 0, slot_new(), 1));
    CHECK(address_of(kept));
}

CASE(a_child_in_a_deeper_untyped_keeps_its_ancestor_in_use, "§2.4.1")
{
    const seL4_CPtr memory = untyped_new(13), inner = make_in(memory, seL4_UntypedObject, 13);
    const seL4_CPtr frame = make_in(inner, seL4_ARM_SmallPageObject, 0);

    slot_delete(inner);
    REFUSED(seL4_NotEnoughMemory, retype(memory, seL4_ARM_SmallPageObject, 0, slot_new(), 1));
    slot_delete(frame);
    OK(retype(memory, seL4_ARM_SmallPageObject, 0, slot_new(), 1));
}

CASE(revoking_an_untyped_reaches_every_object_in_it, "§2.4.1")
{
    const seL4_CPtr memory = untyped_new(16), inner = make_in(memory, seL4_UntypedObject, 14);
    const seL4_CPtr a = make_in(inner, seL4_EndpointObject, 0), b = make_in(memory, seL4_NotificationObject, 0);
    const seL4_CPtr badged = mint(a, 7), again = copy(badged);

    slot_revoke(memory);
    CHECK(slot_empty(inner) && slot_empty(a) && slot_empty(b) && slot_empty(badged) && slot_empty(again));
    CHECK(!slot_empty(memory));
}

CASE(retype_needs_all_of_its_arguments, "§10.1 Truncated Message")
{
    seL4_SetCap(0, ROOT);
    const seL4_CPtr slot = slot_new();
    seL4_MessageInfo_t info = seL4_Call(pool, seL4_MessageInfo_new(UntypedRetype, 0, 0, 6));

    CHECK_EQUAL(seL4_MessageInfo_get_label(info), seL4_TruncatedMessage);
    info = seL4_Call(pool, seL4_MessageInfo_new(UntypedRetype, 0, 1, 5));
    CHECK_EQUAL(seL4_MessageInfo_get_label(info), seL4_TruncatedMessage);
    CHECK(slot_empty(slot));
}

CASE(an_untyped_does_nothing_but_retype, "§10.1 Illegal Operation")
{
    REFUSED(seL4_IllegalOperation, seL4_TCB_Suspend(pool));
    REFUSED(seL4_IllegalOperation, seL4_CNode_Delete(pool, 1, DEPTH));
}

/* The largest device untyped: nothing else of the suite uses it. */
static seL4_CPtr device_memory(void)
{
    seL4_CPtr found = 0;
    seL4_Word bits = 0;

    for (seL4_Word i = 0; i < boot->untyped.end - boot->untyped.start; i++)
        if (boot->untypedList[i].isDevice && boot->untypedList[i].sizeBits > bits) {
            found = boot->untyped.start + i;
            bits = boot->untypedList[i].sizeBits;
        }
    CHECK(found && bits >= seL4_PageBits);
    return found;
}

CASE(device_memory_becomes_frames_and_untypeds, "§2.4")
{
    const seL4_CPtr device = device_memory(), frame = make_in(device, seL4_ARM_SmallPageObject, 0);

    CHECK_EQUAL(address_of(frame), boot->untypedList[device - boot->untyped.start].paddr);
    slot_delete(frame);
    slot_delete(make_in(make_in(device, seL4_UntypedObject, seL4_PageBits), seL4_ARM_SmallPageObject, 0));
}

CASE(device_memory_becomes_no_kernel_object, "§2.4")
{
    const seL4_CPtr device = device_memory(), slot = slot_new(), inner = make_in(device, seL4_UntypedObject, seL4_PageBits);

    REFUSED_SAYING(seL4_InvalidArgument, 1, retype(inner, seL4_EndpointObject, 0, slot, 1));
    REFUSED(seL4_InvalidArgument, retype(inner, seL4_CapTableObject, 4, slot, 1));
    REFUSED(seL4_InvalidArgument, retype(inner, seL4_ARM_PageTableObject, 0, slot, 1));
    CHECK(slot_empty(slot));
}
