/* SPDX-License-Identifier: BSD-2-Clause
 * Reach: the kernel's answers to a component that holds what every component holds (its inbox to read, its run-time
 * CNode) and tries what it may and may not do with them. */
#include <sel4/sel4.h>
#include <sel4ish/config.h>
#include <sel4ish/test.h>

enum { FREE_SLOT = 3 };         /* nothing is provided or used here: the run-time CNode is empty but for itself */

static seL4_CPtr inbox, runtime;
static seL4_Uint8 bits;

TEST(an_inbox_without_a_signal_is_empty)
{
    seL4_Word badge = 99;

    seL4_Poll(inbox, &badge);
    CHECK_EQUAL(badge, 0);
}

TEST(an_inbox_that_may_only_be_read_cannot_be_signalled)
{
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_Call(inbox, seL4_MessageInfo_new(0, 0, 0, 0))), seL4_InvalidCapability);
}

TEST(deleting_an_empty_slot_changes_nothing)
{
    CHECK_EQUAL(seL4_CNode_Delete(runtime, FREE_SLOT, bits), seL4_NoError);
}

TEST(a_slot_outside_the_cnode_is_not_found)
{
    CHECK_EQUAL(seL4_CNode_Delete(runtime, 0, (seL4_Uint8)(bits + 1)), seL4_FailedLookup);
    CHECK_EQUAL(seL4_CNode_Delete(runtime, 0, 65), seL4_RangeError);
    CHECK_EQUAL(seL4_CNode_Delete(runtime, 0, 0), seL4_RangeError);
}

TEST(an_empty_slot_cannot_be_copied)
{
    CHECK_EQUAL(seL4_CNode_Copy(runtime, FREE_SLOT, bits, runtime, FREE_SLOT - 1, bits, seL4_AllRights),
                seL4_FailedLookup);
}

TEST(a_notification_is_not_a_cnode)
{
    CHECK_EQUAL(seL4_CNode_Delete(inbox, 0, bits), seL4_InvalidCapability);
}

TEST(an_empty_slot_is_not_a_thread)
{
    CHECK_EQUAL(seL4_TCB_Suspend(runtime + 2), seL4_InvalidCapability);
}

TEST(yield_comes_back)
{
    for (int i = 0; i < 100; i++)
        seL4_Yield();
}

int main(void)
{
    inbox = sel4ish_config()->inbox;
    runtime = sel4ish_config()->runtime;
    bits = (seL4_Uint8)sel4ish_config()->runtime_bits;
    return sel4ish_test_run_all();
}
