/* SPDX-License-Identifier: BSD-2-Clause
 * PageTable: tables of an address space. */
#include "harness/conform.h"

static const seL4_Word vaddr = 0x10000000;

static seL4_Error map_table(seL4_CPtr table, seL4_CPtr vspace, seL4_Word at)
{
    return seL4_ARM_PageTable_Map(table, vspace, at, seL4_ARM_Default_VMAttributes);
}

static seL4_CPtr table_new(void)
{
    return make(seL4_ARM_PageTableObject, 0);
}

CASE(three_tables_lead_to_a_page_and_a_fourth_is_refused, "§7.1.1")
{
    const seL4_CPtr vspace = vspace_new();

    for (int level = 1; level <= 3; level++)
        OK(map_table(table_new(), vspace, vaddr));
    REFUSED(seL4_DeleteFirst, map_table(table_new(), vspace, vaddr));
}

CASE(a_table_is_mapped_once, "API seL4_ARM_PageTable_Map")
{
    const seL4_CPtr vspace = vspace_new(), table = table_new();

    OK(map_table(table, vspace, vaddr));
    REFUSED_SAYING(seL4_InvalidCapability, 0, map_table(table, vspace, vaddr));
    REFUSED_SAYING(seL4_InvalidCapability, 0, map_table(copy(table), vspace_new(), vaddr));
}

CASE(a_table_is_mapped_into_address_spaces_only, "§10.1 Invalid Capability")
{
    REFUSED_SAYING(seL4_InvalidCapability, 1, map_table(table_new(), endpoint_new(), vaddr));
    REFUSED_SAYING(seL4_InvalidCapability, 1, map_table(table_new(), table_new(), vaddr));
    REFUSED_SAYING(seL4_InvalidCapability, 1, map_table(table_new(), make(seL4_ARM_VSpaceObject, 0), vaddr));
}

CASE(no_table_is_mapped_at_kernel_addresses, "API seL4_ARM_PageTable_Map")
{
    const seL4_CPtr vspace = vspace_new(), table = table_new();

    REFUSED_SAYING(seL4_InvalidArgument, 0, map_table(table, vspace, 0xffff000000000000));
    REFUSED_SAYING(seL4_InvalidArgument, 0, map_table(table, vspace, ~0ul));
    OK(map_table(table, vspace, vaddr));
}

CASE(unmapping_a_table_takes_the_pages_below_it_away, "§7.1.1")
{
    const seL4_Word at = window_new(30);
    const seL4_CPtr table = table_new(), frame = frame_new();
    struct thread *t = thread_new(HIGH);

    OK(map_table(table, SPACE, at));
    map_at(frame, SPACE, at, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    *(volatile seL4_Word *)at = 3;
    OK(seL4_ARM_PageTable_Unmap(table));
    t->word[0] = at;
    fault_of(t, do_load, seL4_Fault_VMFault);
    REFUSED(seL4_FailedLookup, seL4_ARM_Page_Map(frame, SPACE, at, seL4_ReadWrite, seL4_ARM_Default_VMAttributes));
}

CASE(deleting_a_table_takes_the_pages_below_it_away, "§3.2")
{
    const seL4_Word at = window_new(30);
    const seL4_CPtr table = table_new(), frame = frame_new();
    struct thread *t = thread_new(HIGH);

    OK(map_table(table, SPACE, at));
    map_at(frame, SPACE, at, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    *(volatile seL4_Word *)at = 3;
    slot_delete(table);
    t->word[0] = at;
    fault_of(t, do_load, seL4_Fault_VMFault);
    CHECK(!slot_empty(frame));
    OK(seL4_ARM_Page_Unmap(frame));
    CHECK_EQUAL(*(volatile seL4_Word *)map(frame), 3);
}

CASE(a_table_with_copies_is_not_unmapped, "API seL4_ARM_PageTable_Unmap")
{
    const seL4_CPtr vspace = vspace_new(), table = table_new();

    OK(map_table(table, vspace, vaddr));
    const seL4_CPtr other = copy(table);
    REFUSED(seL4_RevokeFirst, seL4_ARM_PageTable_Unmap(table));
    REFUSED(seL4_RevokeFirst, seL4_ARM_PageTable_Unmap(other));
    slot_delete(other);
    OK(seL4_ARM_PageTable_Unmap(table));
}

CASE(an_unmapped_table_is_empty_and_can_be_mapped_elsewhere, "API seL4_ARM_PageTable_Unmap")
{
    const seL4_CPtr first = vspace_new(), second = vspace_new(), table = table_new();

    OK(map_table(table, first, vaddr));
    OK(map_table(table_new(), first, vaddr));
    OK(seL4_ARM_PageTable_Unmap(table));
    OK(map_table(table, second, vaddr));
    REFUSED(seL4_FailedLookup, seL4_ARM_Page_Map(frame_new(), second, vaddr, seL4_CanRead, seL4_ARM_Default_VMAttributes));
    CHECK_EQUAL(seL4_MappingFailedLookupLevel(), SEL4_MAPPING_LOOKUP_NO_PD);
    OK(seL4_ARM_PageTable_Unmap(table));
}

CASE(unmapping_a_table_that_is_not_mapped_does_nothing, "API seL4_ARM_PageTable_Unmap")
{
    OK(seL4_ARM_PageTable_Unmap(table_new()));
}

CASE(a_table_covers_its_range_and_no_more, "§7.1.1")
{
    const seL4_CPtr vspace = vspace_new();

    tables_at(vspace, vaddr);
    OK(seL4_ARM_Page_Map(frame_new(), vspace, vaddr + PAGE, seL4_CanRead, seL4_ARM_Default_VMAttributes));
    REFUSED(seL4_FailedLookup, seL4_ARM_Page_Map(frame_new(), vspace, vaddr + (1ul << seL4_LargePageBits), seL4_CanRead,
                                                 seL4_ARM_Default_VMAttributes));
    CHECK_EQUAL(seL4_MappingFailedLookupLevel(), SEL4_MAPPING_LOOKUP_NO_PT);
}

CASE(a_table_takes_no_other_call, "§10.1 Illegal Operation")
{
    REFUSED(seL4_IllegalOperation, seL4_ARM_Page_Unmap(table_new()));
}
