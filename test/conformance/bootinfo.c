/* SPDX-License-Identifier: BSD-2-Clause
 * The initial thread's environment, as far as the driver has left it. */
#include "harness/conform.h"
#include "harness/port.h"

CASE(bootinfo_names_the_initial_threads_buffer, "§9.2")
{
    const seL4_CPtr other = copy(seL4_CapInitThreadIPCBuffer);
    volatile seL4_Word *page = map(other);

    boot->ipcBuffer->userData = 0x1234;
    CHECK_EQUAL(((volatile seL4_IPCBuffer *)page)->userData, 0x1234);
    boot->ipcBuffer->userData = 0;
}

CASE(bootinfo_stands_in_its_frame, "§9.2")
{
    const seL4_BootInfo *other = map(copy(seL4_CapBootInfoFrame));

    CHECK_EQUAL(other->initThreadCNodeSizeBits, boot->initThreadCNodeSizeBits);
    CHECK_EQUAL(other->untyped.start, boot->untyped.start);
    CHECK_EQUAL(other->ipcBuffer, boot->ipcBuffer);
}

CASE(there_is_one_node, "§9.2")
{
    CHECK_EQUAL(boot->nodeID, 0);
    CHECK_EQUAL(boot->numNodes, CONFIG_MAX_NUM_NODES);
    CHECK_EQUAL(boot->schedcontrol.end - boot->schedcontrol.start, boot->numNodes);
}

CASE(the_root_cnode_has_the_slots_that_bootinfo_says, "§9.1")
{
    const seL4_Word slots = 1ul << boot->initThreadCNodeSizeBits;

    CHECK_EQUAL(boot->empty.end, slots);
    CHECK(slot_empty(slots - 1));
    REFUSED(seL4_FailedLookup, seL4_CNode_Delete(ROOT, slots, DEPTH));
    CHECK_EQUAL(seL4_GetMR(1), seL4_GuardMismatch);
}

CASE(slots_that_are_said_to_be_empty_are_empty, "§9.2")
{
    for (seL4_CPtr i = slot_new(); i < boot->empty.end; i++)
        REFUSED(seL4_FailedLookup, seL4_CNode_Move(ROOT, boot->empty.end - 1, DEPTH, ROOT, i, DEPTH));
}

CASE(the_initial_capabilities_are_what_they_are_called, "§9.1")
{
    seL4_UserContext registers;

    OK(seL4_TCB_ReadRegisters(seL4_CapInitThreadTCB, 0, 0, 2, &registers));
    CHECK(!slot_empty_in(seL4_CapInitThreadCNode, seL4_CapInitThreadTCB, DEPTH));
    OK(seL4_ARM_VSpace_Clean_Data(seL4_CapInitThreadVSpace, (seL4_Word)boot, (seL4_Word)boot + 64));
    OK(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, make(seL4_ARM_VSpaceObject, 0)));
    CHECK_EQUAL(seL4_ARM_Page_GetAddress(seL4_CapBootInfoFrame).error, seL4_NoError);
    CHECK_EQUAL(seL4_SchedContext_Consumed(seL4_CapInitThreadSC).error, seL4_NoError);
    CHECK(slot_empty(seL4_CapNull));
}

CASE(the_initial_threads_context_is_bound_to_it, "§9.1")
{
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_Bind(seL4_CapInitThreadSC, thread_passive(LOW)->tcb));
}

CASE(frames_of_the_image_are_in_order, "§9.2")
{
    const seL4_Word page = (seL4_Word)code_small & ~(PAGE - 1), first = (seL4_Word)code_load & ~(PAGE - 1);
    const seL4_Word index = (page - port_image_start()) / PAGE;
    const seL4_CPtr frame = boot->userImageFrames.start + index;

    CHECK(frame < boot->userImageFrames.end && first >= port_image_start());
    const volatile char *other = (const volatile char *)window_new(seL4_PageBits);
    map_at(copy(frame), SPACE, (seL4_Word)other, seL4_CanRead, seL4_ARM_Default_VMAttributes);
    for (long i = 0; i < code_small_end - code_small; i++)
        CHECK_EQUAL(other[((seL4_Word)code_small & (PAGE - 1)) + (seL4_Word)i], code_small[i]);
}

CASE(an_untypeds_frames_are_where_bootinfo_says, "§9.2")
{
    for (seL4_CPtr i = boot->untyped.start; i < boot->untyped.end; i++) {
        const seL4_UntypedDesc *u = &boot->untypedList[i - boot->untyped.start];
        const seL4_CPtr slot = slot_new();

        if (u->sizeBits < seL4_PageBits || seL4_Untyped_Retype(i, seL4_ARM_SmallPageObject, 0, ROOT, 0, 0, slot, 1))
            continue;       /* the driver's */
        const seL4_Word paddr = seL4_ARM_Page_GetAddress(slot).paddr;
        CHECK(paddr >= u->paddr && paddr < u->paddr + (1ul << u->sizeBits));
        slot_delete(slot);
    }
}

CASE(untypeds_do_not_overlap, "§9.2")
{
    const seL4_Word count = boot->untyped.end - boot->untyped.start;

    for (seL4_Word i = 0; i < count; i++) {
        const seL4_UntypedDesc *a = &boot->untypedList[i];

        CHECK(a->sizeBits >= seL4_MinUntypedBits && a->sizeBits <= seL4_MaxUntypedBits);
        CHECK_EQUAL(a->paddr & ((1ul << a->sizeBits) - 1), 0);
        for (seL4_Word j = 0; j < i; j++) {
            const seL4_UntypedDesc *b = &boot->untypedList[j];

            CHECK(a->paddr + (1ul << a->sizeBits) <= b->paddr || b->paddr + (1ul << b->sizeBits) <= a->paddr);
        }
    }
}

CASE(extra_records_follow_each_other, "§9.2")
{
    seL4_Word at = 0;
    bool tree = false;

    while (at < boot->extraLen) {
        const seL4_BootInfoHeader *header = (const seL4_BootInfoHeader *)((seL4_Word)boot + seL4_BootInfoFrameSize + at);

        CHECK(header->len >= sizeof *header && header->len <= boot->extraLen - at);
        tree = tree || header->id == SEL4_BOOTINFO_HEADER_FDT;
        at += header->len;
    }
    CHECK_EQUAL(at, boot->extraLen);
    CHECK(tree);
}
