/* SPDX-License-Identifier: BSD-2-Clause
 * Page: mapping frames, with what rights and where. */
#include "harness/conform.h"

static seL4_Error map_page(seL4_CPtr frame, seL4_CPtr vspace, seL4_Word vaddr)
{
    return seL4_ARM_Page_Map(frame, vspace, vaddr, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
}

/* The type of fault that one access raises; 0: none. */
static seL4_Word access_fault(void (*access)(struct thread *), seL4_Word vaddr)
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->word[0] = vaddr;
    thread_handler(t, endpoint);
    thread_start(t, access);
    return t->finished ? 0 : seL4_MessageInfo_get_label(seL4_NBRecv(endpoint, NULL, reply_new()));
}

CASE(a_mapped_frame_is_read_and_written, "§7.1.3")
{
    volatile seL4_Word *page = map(frame_new());

    page[0] = 5;
    page[511] = 6;
    CHECK(page[0] == 5 && page[511] == 6);
}

CASE(two_mappings_of_a_frame_show_the_same, "§7.3")
{
    const seL4_CPtr frame = frame_new();
    volatile seL4_Word *one = map(frame), *other = map(copy(frame));

    one[3] = 7;
    CHECK_EQUAL(other[3], 7);
    other[3] = 8;
    CHECK_EQUAL(one[3], 8);
}

CASE(mapping_without_tables_says_which_is_missing, "§7.1.1")
{
    const seL4_CPtr vspace = vspace_new(), frame = frame_new();
    const seL4_Word vaddr = 0x10000000;

    REFUSED_SAYING(seL4_FailedLookup, 0, map_page(frame, vspace, vaddr));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MissingCapability);
    CHECK_EQUAL(seL4_MappingFailedLookupLevel(), SEL4_MAPPING_LOOKUP_NO_PUD);
    OK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject, 0), vspace, vaddr, seL4_ARM_Default_VMAttributes));
    REFUSED(seL4_FailedLookup, map_page(frame, vspace, vaddr));
    CHECK_EQUAL(seL4_MappingFailedLookupLevel(), SEL4_MAPPING_LOOKUP_NO_PD);
    OK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject, 0), vspace, vaddr, seL4_ARM_Default_VMAttributes));
    REFUSED(seL4_FailedLookup, map_page(frame, vspace, vaddr));
    CHECK_EQUAL(seL4_MappingFailedLookupLevel(), SEL4_MAPPING_LOOKUP_NO_PT);
    OK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject, 0), vspace, vaddr, seL4_ARM_Default_VMAttributes));
    OK(map_page(frame, vspace, vaddr));
}

CASE(an_address_must_be_aligned_to_the_page, "§7.1.3")
{
    const seL4_CPtr frame = frame_new(), large = make(seL4_ARM_LargePageObject, 0);

    REFUSED(seL4_AlignmentError, map_page(frame, SPACE, window_new(seL4_PageBits) + 8));
    REFUSED(seL4_AlignmentError, map_page(large, SPACE, window_new(seL4_LargePageBits) + PAGE));
}

CASE(kernel_addresses_cannot_be_mapped, "API seL4_ARM_Page_Map")
{
    REFUSED_SAYING(seL4_InvalidArgument, 0, map_page(frame_new(), SPACE, (seL4_UserTop & ~(PAGE - 1)) + PAGE));
    REFUSED_SAYING(seL4_InvalidArgument, 0, map_page(frame_new(), SPACE, 0xffff000040000000));
    REFUSED_SAYING(seL4_InvalidArgument, 0, map_page(frame_new(), SPACE, -PAGE));
}

CASE(a_page_is_mapped_into_address_spaces_only, "§10.1 Invalid Capability")
{
    const seL4_CPtr frame = frame_new();

    REFUSED_SAYING(seL4_InvalidCapability, 1, map_page(frame, endpoint_new(), window_new(seL4_PageBits)));
    REFUSED_SAYING(seL4_InvalidCapability, 1,
                   map_page(frame, make(seL4_ARM_PageTableObject, 0), window_new(seL4_PageBits)));
}

CASE(an_address_space_without_an_asid_takes_no_page, "§7.1.5")
{
    REFUSED_SAYING(seL4_InvalidCapability, 1, map_page(frame_new(), make(seL4_ARM_VSpaceObject, 0), 0x10000000));
}

CASE(a_capability_maps_its_frame_once, "API seL4_ARM_Page_Map")
{
    const seL4_CPtr frame = frame_new();
    volatile seL4_Word *page = map(frame);
    const seL4_Word other = window_new(seL4_PageBits);

    *page = 4;
    REFUSED_SAYING(seL4_InvalidArgument, 0, map_page(frame, SPACE, other));
    CHECK_EQUAL(*page, 4);
    CHECK_EQUAL(access_fault(do_load, other), seL4_Fault_VMFault);
}

CASE(a_mapped_page_is_not_mapped_into_another_space, "API seL4_ARM_Page_Map")
{
    const seL4_CPtr frame = frame_new(), vspace = vspace_new();
    const seL4_Word vaddr = (seL4_Word)map(frame);

    tables_at(vspace, vaddr);
    REFUSED_SAYING(seL4_InvalidCapability, 1, map_page(frame, vspace, vaddr));
    OK(seL4_ARM_Page_Unmap(frame));
    OK(map_page(frame, vspace, vaddr));
}

CASE(mapping_again_at_the_same_address_changes_the_rights, "§7.2")
{
    const seL4_CPtr frame = frame_new();
    volatile seL4_Word *page = map(frame);

    *page = 4;
    OK(seL4_ARM_Page_Map(frame, SPACE, (seL4_Word)page, seL4_CanRead, seL4_ARM_Default_VMAttributes));
    CHECK_EQUAL(*page, 4);
    CHECK_EQUAL(access_fault(do_store, (seL4_Word)page), seL4_Fault_VMFault);
    OK(map_page(frame, SPACE, (seL4_Word)page));
    *page = 5;
    CHECK_EQUAL(*page, 5);
}

CASE(a_mapping_has_the_rights_asked_for, "§7.1.3")
{
    const seL4_CPtr frame = frame_new();
    const seL4_Word vaddr = window_new(seL4_PageBits);

    map_at(frame, SPACE, vaddr, seL4_CanRead, seL4_ARM_Default_VMAttributes);
    CHECK_EQUAL(access_fault(do_load, vaddr), 0);
    CHECK_EQUAL(access_fault(do_store, vaddr), seL4_Fault_VMFault);
}

CASE(a_mapping_has_no_rights_that_its_capability_lacks, "§7.1.3")
{
    const seL4_CPtr weak = copy_with(frame_new(), seL4_CanRead);
    const seL4_Word vaddr = window_new(seL4_PageBits);

    map_at(weak, SPACE, vaddr, seL4_AllRights, seL4_ARM_Default_VMAttributes);
    CHECK_EQUAL(access_fault(do_store, vaddr), seL4_Fault_VMFault);
    CHECK_EQUAL(access_fault(do_load, vaddr), 0);
}

CASE(a_mapping_without_rights_can_be_neither_read_nor_written, "§7.1.3")
{
    const seL4_Word vaddr = window_new(seL4_PageBits);

    map_at(frame_new(), SPACE, vaddr, seL4_NoRights, seL4_ARM_Default_VMAttributes);
    CHECK_EQUAL(access_fault(do_load, vaddr), seL4_Fault_VMFault);
    CHECK_EQUAL(access_fault(do_store, vaddr), seL4_Fault_VMFault);
}

CASE(execute_never_is_kept, "§7.2")
{
    const seL4_Word vaddr = window_new(seL4_PageBits);

    map_at(frame_new(), SPACE, vaddr, seL4_CanRead, seL4_ARM_Default_VMAttributes | seL4_ARM_ExecuteNever);
    CHECK_EQUAL(access_fault(do_jump, vaddr), seL4_Fault_VMFault);
}

CASE(a_page_of_code_that_is_mapped_for_reading_executes, "§7.2")
{
    const seL4_CPtr frame = frame_new();
    char *page = map(frame);
    const seL4_Word vaddr = window_new(seL4_PageBits);

    for (long i = 0; i < code_small_end - code_small; i++)
        page[i] = code_small[i];
    OK(seL4_ARM_Page_Unify_Instruction(frame, 0, PAGE));
    map_at(copy(frame), SPACE, vaddr, seL4_CanRead, seL4_ARM_Default_VMAttributes);
    CHECK_EQUAL(((seL4_Word (*)(void))vaddr)(), 0x5e14);
}

CASE(uncached_memory_can_be_used, "§7.2")
{
    const seL4_Word vaddr = window_new(seL4_PageBits);

    map_at(frame_new(), SPACE, vaddr, seL4_ReadWrite, 0);
    *(volatile seL4_Word *)vaddr = 6;
    CHECK_EQUAL(*(volatile seL4_Word *)vaddr, 6);
}

CASE(an_unmapped_page_faults, "§7.1.3")
{
    const seL4_CPtr frame = frame_new();
    const seL4_Word vaddr = (seL4_Word)map(frame);

    CHECK_EQUAL(access_fault(do_load, vaddr), 0);
    OK(seL4_ARM_Page_Unmap(frame));
    CHECK_EQUAL(access_fault(do_load, vaddr), seL4_Fault_VMFault);
    OK(seL4_ARM_Page_Unmap(frame));
}

CASE(unmapping_one_mapping_leaves_the_other, "§7.3")
{
    const seL4_CPtr frame = frame_new(), other = copy(frame);
    volatile seL4_Word *one = map(frame), *two = map(other);

    *one = 3;
    OK(seL4_ARM_Page_Unmap(frame));
    CHECK_EQUAL(*two, 3);
}

CASE(deleting_the_capability_unmaps_the_page, "§7.1.3")
{
    const seL4_CPtr frame = frame_new();
    const seL4_Word vaddr = (seL4_Word)map(frame);

    CHECK_EQUAL(access_fault(do_load, vaddr), 0);
    slot_delete(frame);
    CHECK_EQUAL(access_fault(do_load, vaddr), seL4_Fault_VMFault);
}

CASE(an_address_that_was_used_shows_the_new_page, "§7.1.3")
{
    const seL4_CPtr first = frame_new(), second = frame_new();
    volatile seL4_Word *page = map(first);

    *page = 1;
    OK(seL4_ARM_Page_Unmap(first));
    OK(map_page(second, SPACE, (seL4_Word)page));
    *page = 2;
    OK(seL4_ARM_Page_Unmap(second));
    OK(map_page(first, SPACE, (seL4_Word)page));
    CHECK_EQUAL(*page, 1);
}

CASE(getaddress_says_where_the_frame_is, "§7.1.3")
{
    const seL4_CPtr memory = untyped_new(13), frames = slots_new(2);

    OK(seL4_Untyped_Retype(memory, seL4_ARM_SmallPageObject, 0, ROOT, 0, 0, frames, 2));
    const seL4_ARM_Page_GetAddress_t first = seL4_ARM_Page_GetAddress(frames), second = seL4_ARM_Page_GetAddress(frames + 1);
    CHECK(!first.error && !second.error);
    CHECK_EQUAL(first.paddr & (2 * PAGE - 1), 0);
    CHECK_EQUAL(second.paddr, first.paddr + PAGE);
}

CASE(a_large_page_is_mapped_one_level_up, "§7.1.3")
{
    const seL4_CPtr large = make(seL4_ARM_LargePageObject, 0), vspace = vspace_new();
    const seL4_Word vaddr = window_new(seL4_LargePageBits);

    map_at(large, SPACE, vaddr, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    *(volatile seL4_Word *)vaddr = 1;
    *(volatile seL4_Word *)(vaddr + (1ul << seL4_LargePageBits) - 8) = 2;
    CHECK(*(volatile seL4_Word *)vaddr == 1 && *(volatile seL4_Word *)(vaddr + (1ul << seL4_LargePageBits) - 8) == 2);
    OK(seL4_ARM_Page_Unmap(large));
    CHECK_EQUAL(access_fault(do_load, vaddr + PAGE), seL4_Fault_VMFault);
    OK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject, 0), vspace, vaddr, seL4_ARM_Default_VMAttributes));
    REFUSED(seL4_FailedLookup, map_page(large, vspace, vaddr));
    CHECK_EQUAL(seL4_MappingFailedLookupLevel(), SEL4_MAPPING_LOOKUP_NO_PD);
}

/* ---- caches */

CASE(cache_calls_take_ranges_within_the_page, "API seL4_ARM_Page_Clean_Data")
{
    const seL4_CPtr frame = frame_new();

    map(frame);
    OK(seL4_ARM_Page_Clean_Data(frame, 0, PAGE));
    OK(seL4_ARM_Page_Invalidate_Data(frame, 64, 128));
    OK(seL4_ARM_Page_CleanInvalidate_Data(frame, PAGE - 1, PAGE));
    OK(seL4_ARM_Page_Unify_Instruction(frame, 0, 1));
    REFUSED_SAYING(seL4_InvalidArgument, 0, seL4_ARM_Page_Clean_Data(frame, 0, PAGE + 1));
    REFUSED_SAYING(seL4_InvalidArgument, 0, seL4_ARM_Page_Invalidate_Data(frame, PAGE, PAGE + 64));
}

CASE(cache_calls_refuse_an_empty_range, "API seL4_ARM_Page_Clean_Data")
{
    const seL4_CPtr frame = frame_new();

    map(frame);
    REFUSED_SAYING(seL4_InvalidArgument, 1, seL4_ARM_Page_Clean_Data(frame, 64, 64));
    REFUSED_SAYING(seL4_InvalidArgument, 1, seL4_ARM_Page_Unify_Instruction(frame, 64, 0));
}

CASE(invalidating_keeps_what_was_cleaned, "API seL4_ARM_Page_Invalidate_Data")
{
    const seL4_CPtr frame = frame_new();
    volatile seL4_Word *page = map(frame);

    *page = 9;
    OK(seL4_ARM_Page_CleanInvalidate_Data(frame, 0, PAGE));
    CHECK_EQUAL(*page, 9);
}

CASE(invalidating_needs_the_write_right, "API seL4_ARM_Page_Invalidate_Data")
{
    const seL4_CPtr weak = copy_with(frame_new(), seL4_CanRead);

    map(weak);
    REFUSED(seL4_IllegalOperation, seL4_ARM_Page_Invalidate_Data(weak, 0, PAGE));
    OK(seL4_ARM_Page_Clean_Data(weak, 0, PAGE));
}
