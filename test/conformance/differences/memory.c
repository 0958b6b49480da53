/* SPDX-License-Identifier: BSD-2-Clause
 * Differences from seL4, each on purpose: memory. A writable mapping never executes; what is handed out is zero. */
#include "../harness/conform.h"

CASE(a_writable_page_does_not_execute, "seL4: it does, unless mapped execute-never")
{
    struct thread *t = thread_new(HIGH);

    t->word[0] = (seL4_Word)map(frame_new());
    fault_of(t, do_jump, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_PrefetchFault), 1);
}

CASE(a_page_mapped_again_for_writing_executes_no_more, "seL4: it does, unless mapped execute-never")
{
    const seL4_CPtr frame = frame_new();
    const seL4_Word vaddr = window_new(seL4_PageBits);
    struct thread *t = thread_new(HIGH);
    char *page = map(frame);

    for (long i = 0; i < code_small_end - code_small; i++)
        page[i] = code_small[i];
    OK(seL4_ARM_Page_Unify_Instruction(frame, 0, PAGE));
    const seL4_CPtr other = copy(frame);
    map_at(other, SPACE, vaddr, seL4_CanRead, seL4_ARM_Default_VMAttributes);
    CHECK_EQUAL(((seL4_Word (*)(void))vaddr)(), 0x5e14);
    map_at(other, SPACE, vaddr, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    t->word[0] = vaddr;
    fault_of(t, do_jump, seL4_Fault_VMFault);
}

CASE(a_frame_that_was_used_is_zero_when_it_is_made_again, "seL4: zeroed when its memory is taken back")
{
    const seL4_CPtr memory = untyped_new(seL4_PageBits);
    volatile seL4_Word *page = map(make_in(memory, seL4_ARM_SmallPageObject, 0));

    for (unsigned i = 0; i < PAGE / sizeof *page; i++)
        page[i] = ~0ul;
    slot_revoke(memory);
    page = map(make_in(memory, seL4_ARM_SmallPageObject, 0));
    for (unsigned i = 0; i < PAGE / sizeof *page; i++)
        CHECK_EQUAL(page[i], 0);
}

CASE(a_cnode_in_memory_that_was_used_is_empty, "seL4: zeroed when its memory is taken back")
{
    const seL4_CPtr memory = untyped_new(seL4_PageBits);
    volatile seL4_Word *page = map(make_in(memory, seL4_ARM_SmallPageObject, 0));

    for (unsigned i = 0; i < PAGE / sizeof *page; i++)
        page[i] = ~0ul;
    slot_revoke(memory);
    const seL4_CPtr node = make_in(memory, seL4_CapTableObject, seL4_PageBits - seL4_SlotBits);
    for (seL4_Word i = 0; i < 1ul << (seL4_PageBits - seL4_SlotBits); i++)
        CHECK(slot_empty_in(node, i, seL4_PageBits - seL4_SlotBits));
}

CASE(a_page_is_not_mapped_over_another, "seL4: the other's mapping is replaced")
{
    const seL4_CPtr first = frame_new(), second = frame_new();
    volatile seL4_Word *page = map(first);

    *page = 1;
    REFUSED(seL4_DeleteFirst,
            seL4_ARM_Page_Map(second, SPACE, (seL4_Word)page, seL4_ReadWrite, seL4_ARM_Default_VMAttributes));
    CHECK_EQUAL(*page, 1);
}
