/* SPDX-License-Identifier: BSD-2-Clause
 * VSpace and ASIDs: address spaces of their own, their numbers, and cache calls by address. */
#include "harness/conform.h"

static void load_and_signal(struct thread *t)
{
    t->word[1] = *(volatile seL4_Word *)t->word[0];
    *(volatile seL4_Word *)t->word[0] = t->word[2];
    t->returned++;
}

/* A thread in another space, where that frame is at vaddr; it reads a word there and writes another. */
static struct thread *elsewhere(seL4_CPtr frame, seL4_Word vaddr, seL4_Word write)
{
    struct thread *t = thread_new(HIGH);

    t->vspace = vspace_like_ours();
    map_at(copy(t->buffer_frame), t->vspace, (seL4_Word)t->buffer, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    map_at(frame, t->vspace, vaddr, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    thread_cspace(t, ROOT, 0);
    t->word[0] = vaddr;
    t->word[2] = write;
    thread_start(t, load_and_signal);
    return t;
}

CASE(each_address_space_has_pages_of_its_own, "§7.1")
{
    const seL4_CPtr frame = frame_new();
    volatile seL4_Word *ours = map(frame_new()), *theirs = map(frame);

    *ours = 1;
    *theirs = 2;
    struct thread *t = elsewhere(copy(frame), (seL4_Word)ours, 3);
    CHECK(t->finished && t->word[1] == 2);
    CHECK(*ours == 1 && *theirs == 3);
}

CASE(a_frame_can_be_shared_by_two_address_spaces, "§7.3")
{
    const seL4_CPtr frame = frame_new();
    volatile seL4_Word *page = map(frame);

    *page = 11;
    struct thread *t = elsewhere(copy(frame), (seL4_Word)page, 12);
    CHECK_EQUAL(t->word[1], 11);
    CHECK_EQUAL(*page, 12);
}

CASE(messages_pass_between_address_spaces, "§4.1")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = elsewhere(frame_new(), window_new(seL4_PageBits), 0);

    t->cap = endpoint;
    t->tag = tag(0, 0, 8);
    for (seL4_Word i = 0; i < 8; i++)
        t->word[i] = 70 + i;
    thread_start(t, job_send);
    CHECK_EQUAL(seL4_MessageInfo_get_length(seL4_Recv(endpoint, NULL, reply_new())), 8);
    for (int i = 0; i < 8; i++)
        CHECK_EQUAL(seL4_GetMR(i), 70 + i);
}

static void spin_there(struct thread *t)
{
    job_spin(t);
}

CASE(a_thread_whose_address_space_goes_runs_no_more, "§7.1")
{
    struct thread *t = elsewhere(frame_new(), window_new(seL4_PageBits), 0);

    OK(seL4_TCB_SetPriority(t->tcb, self, LOW));
    OK(seL4_TCB_SetSpace(t->tcb, seL4_CapNull, ROOT, 0, t->vspace, 0));
    slot_revoke(t->vspace);
    slot_delete(t->vspace);
    t->returned = 0;
    thread_start(t, spin_there);
    others_run_for(1000);
    CHECK_EQUAL(t->returned, 0);
}

CASE(a_frame_can_be_unmapped_after_its_address_space_went, "§7.1.3")
{
    const seL4_CPtr vspace = vspace_new(), frame = frame_new();

    map_at(frame, vspace, 0x10000000, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    slot_delete(vspace);
    OK(seL4_ARM_Page_Unmap(frame));
    *(volatile seL4_Word *)map(frame) = 1;
}

/* ---- cache calls by address */

CASE(cache_calls_by_address_work_within_a_page, "API seL4_ARM_VSpace_Clean_Data")
{
    const seL4_Word at = (seL4_Word)map(frame_new());

    OK(seL4_ARM_VSpace_Clean_Data(SPACE, at, at + PAGE));
    OK(seL4_ARM_VSpace_Invalidate_Data(SPACE, at + 64, at + 128));
    OK(seL4_ARM_VSpace_CleanInvalidate_Data(SPACE, at, at + 1));
    OK(seL4_ARM_VSpace_Unify_Instruction(SPACE, at, at + 8));
}

CASE(cache_calls_by_address_do_not_cross_pages, "API seL4_ARM_VSpace_Clean_Data")
{
    const seL4_Word at = (seL4_Word)map(frame_new());

    map(frame_new());
    REFUSED_SAYING(seL4_RangeError, at + 64, seL4_ARM_VSpace_Clean_Data(SPACE, at + 64, at + PAGE + 1));
    CHECK_EQUAL(seL4_GetMR(1), at + PAGE - 1);
}

CASE(cache_calls_by_address_refuse_an_empty_range, "API seL4_ARM_VSpace_Clean_Data")
{
    const seL4_Word at = (seL4_Word)map(frame_new());

    REFUSED_SAYING(seL4_InvalidArgument, 1, seL4_ARM_VSpace_Clean_Data(SPACE, at, at));
    REFUSED_SAYING(seL4_InvalidArgument, 1, seL4_ARM_VSpace_Unify_Instruction(SPACE, at + 8, at));
}

CASE(cache_calls_by_address_refuse_kernel_addresses, "API seL4_ARM_VSpace_Clean_Data")
{
    REFUSED(seL4_IllegalOperation, seL4_ARM_VSpace_Clean_Data(SPACE, 0xffff000040200000, 0xffff000040200040));
    REFUSED(seL4_IllegalOperation, seL4_ARM_VSpace_Invalidate_Data(SPACE, 0x1000, 0xffff000040200040));
}

CASE(cache_calls_where_nothing_is_mapped_do_nothing, "API seL4_ARM_VSpace_Clean_Data")
{
    const seL4_Word at = window_new(seL4_PageBits);

    OK(seL4_ARM_VSpace_Clean_Data(SPACE, at, at + 64));
}

CASE(invalidating_by_address_needs_a_writable_mapping, "API seL4_ARM_VSpace_Invalidate_Data")
{
    const seL4_Word at = (seL4_Word)map(copy_with(frame_new(), seL4_CanRead));

    REFUSED(seL4_IllegalOperation, seL4_ARM_VSpace_Invalidate_Data(SPACE, at, at + 64));
    OK(seL4_ARM_VSpace_Clean_Data(SPACE, at, at + 64));
}

CASE(cache_calls_by_address_need_an_asid, "§7.1.5")
{
    REFUSED_SAYING(seL4_InvalidCapability, 0, seL4_ARM_VSpace_Clean_Data(make(seL4_ARM_VSpaceObject, 0), 0x1000, 0x1040));
}
