/* SPDX-License-Identifier: BSD-2-Clause
 * Differences from seL4, each on purpose: objects are as large as this kernel's constants say, which allocators read. */
#include "../harness/conform.h"

/* How many of them fit an untyped? */
static seL4_Word fit(seL4_Word type, seL4_Word size_bits, seL4_Word untyped_bits)
{
    const seL4_CPtr memory = untyped_new(untyped_bits);
    seL4_Word count = 0;

    while (!seL4_Untyped_Retype(memory, type, size_bits, ROOT, 0, 0, slot_new(), 1))
        count++;
    return count;
}

CASE(small_objects_have_the_published_sizes, "seL4: 2^4 endpoint, 2^6 notification, 2^5 reply, 2^11 thread")
{
    CHECK_EQUAL(fit(seL4_EndpointObject, 0, 9), 1ul << (9 - seL4_EndpointBits));
    CHECK_EQUAL(fit(seL4_NotificationObject, 0, 9), 1ul << (9 - seL4_NotificationBits));
    CHECK_EQUAL(fit(seL4_ReplyObject, 0, 9), 1ul << (9 - seL4_ReplyBits));
    CHECK_EQUAL(fit(seL4_TCBObject, 0, 14), 1ul << (14 - seL4_TCBBits));
}

CASE(a_slot_has_the_published_size, "seL4: 2^5")
{
    CHECK_EQUAL(fit(seL4_CapTableObject, 3, 12), 1ul << (12 - 3 - seL4_SlotBits));
}

CASE(a_context_has_the_size_it_is_given, "seL4: at least 2^7")
{
    CHECK_EQUAL(fit(seL4_SchedContextObject, seL4_MinSchedContextBits, 12), 1ul << (12 - seL4_MinSchedContextBits));
    CHECK_EQUAL(fit(seL4_SchedContextObject, seL4_MinSchedContextBits + 1, 12), 1ul << (11 - seL4_MinSchedContextBits));
}

CASE(tables_and_pages_have_the_published_sizes, "seL4: the same")
{
    CHECK_EQUAL(fit(seL4_ARM_SmallPageObject, 0, 14), 1ul << (14 - seL4_PageBits));
    CHECK_EQUAL(fit(seL4_ARM_PageTableObject, 0, 14), 1ul << (14 - seL4_PageTableBits));
    CHECK_EQUAL(fit(seL4_ARM_VSpaceObject, 0, 14), 1ul << (14 - seL4_VSpaceBits));
    CHECK_EQUAL(fit(seL4_ARM_LargePageObject, 0, 22), 1ul << (22 - seL4_LargePageBits));
}
