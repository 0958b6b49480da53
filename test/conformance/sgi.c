/* SPDX-License-Identifier: BSD-2-Clause
 * Software interrupts: raised through a capability of their own, delivered like any other. */
#include "harness/conform.h"

enum { SGI = 6, SGIS = 16 };

static seL4_CPtr issued(seL4_Word sgi)
{
    const seL4_CPtr slot = slot_new();

    OK(seL4_IRQControl_IssueSGISignal(seL4_CapIRQControl, sgi, 0, ROOT, slot, DEPTH));
    return slot;
}

static seL4_CPtr handler_of(seL4_Word sgi, seL4_CPtr notification)
{
    const seL4_CPtr handler = slot_new();

    OK(seL4_IRQControl_Get(seL4_CapIRQControl, sgi, ROOT, handler, DEPTH));
    OK(seL4_IRQHandler_SetNotification(handler, notification));
    return handler;
}

CASE(a_signal_to_the_capability_raises_the_interrupt, "seL4_IRQControl_IssueSGISignal")
{
    const seL4_CPtr notification = notification_new(), raise = issued(SGI);
    const seL4_CPtr handler = handler_of(SGI, mint(notification, 4));

    for (unsigned i = 0; i < 2; i++) {
        seL4_Word badge = 0;

        seL4_Signal(raise);
        seL4_Wait(notification, &badge);
        CHECK_EQUAL(badge, 4);
        OK(seL4_IRQHandler_Ack(handler));
    }
}

CASE(each_software_interrupt_has_its_own_handler, "seL4_IRQControl_IssueSGISignal")
{
    const seL4_CPtr notification = notification_new(), first = issued(SGI), second = issued(SGI + 1);
    seL4_Word badge = 0;

    handler_of(SGI, mint(notification, 1));
    handler_of(SGI + 1, mint(notification, 2));
    seL4_Signal(second);
    seL4_Wait(notification, &badge);
    CHECK_EQUAL(badge, 2);
    seL4_Signal(first);
    seL4_Wait(notification, &badge);
    CHECK_EQUAL(badge, 1);
}

CASE(a_copy_raises_the_same_interrupt_and_goes_with_the_control, "seL4_IRQControl_IssueSGISignal")
{
    const seL4_CPtr notification = notification_new(), raise = issued(SGI), other = copy(raise);
    seL4_Word badge = 0;

    handler_of(SGI, mint(notification, 4));
    seL4_Signal(other);
    seL4_Wait(notification, &badge);
    CHECK_EQUAL(badge, 4);
    slot_revoke(seL4_CapIRQControl);
    CHECK(slot_empty(raise) && slot_empty(other));
}

CASE(there_are_sixteen_software_interrupts, "seL4_IRQControl_IssueSGISignal")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_RangeError, 0,
                   seL4_IRQControl_IssueSGISignal(seL4_CapIRQControl, SGIS, 0, ROOT, slot, DEPTH));
    CHECK_EQUAL(seL4_GetMR(1), SGIS - 1);
    CHECK(slot_empty(slot));
}

CASE(a_software_interrupt_goes_to_a_processor_that_can_be, "seL4_IRQControl_IssueSGISignal")
{
    REFUSED_SAYING(seL4_InvalidArgument, 1,
                   seL4_IRQControl_IssueSGISignal(seL4_CapIRQControl, 0, 64, ROOT, slot_new(), DEPTH));
}

CASE(the_capability_goes_into_an_empty_slot, "seL4_IRQControl_IssueSGISignal")
{
    REFUSED(seL4_DeleteFirst,
            seL4_IRQControl_IssueSGISignal(seL4_CapIRQControl, 0, 0, ROOT, notification_new(), DEPTH));
}
