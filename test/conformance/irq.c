/* SPDX-License-Identifier: BSD-2-Clause
 * IRQControl and IRQHandler. */
#include "harness/conform.h"
#include "harness/port.h"

enum { UNUSED = 50 };       /* an interrupt of no device */

static seL4_Error get(seL4_Word irq, seL4_CPtr slot)
{
    return seL4_IRQControl_Get(seL4_CapIRQControl, irq, ROOT, slot, DEPTH);
}

static seL4_CPtr handler_new(seL4_Word irq)
{
    const seL4_CPtr slot = slot_new();

    port_interrupt_clear();
    OK(get(irq, slot));
    return slot;
}

CASE(a_handler_is_made_once_for_each_interrupt, "§8.1")
{
    const seL4_CPtr handler = handler_new(UNUSED), slot = slot_new();

    REFUSED(seL4_RevokeFirst, get(UNUSED, slot));
    CHECK(slot_empty(slot));
    OK(get(UNUSED + 1, slot));
    slot_delete(handler);
    OK(get(UNUSED, handler));
}

CASE(a_handler_is_not_made_again_while_a_copy_is_left, "§8.1")
{
    const seL4_CPtr handler = handler_new(UNUSED), other = copy(handler);

    slot_delete(handler);
    REFUSED(seL4_RevokeFirst, get(UNUSED, handler));
    slot_delete(other);
    OK(get(UNUSED, handler));
}

CASE(an_interrupt_that_does_not_exist_is_out_of_range, "§10.1 Range Error")
{
    const seL4_CPtr slot = slot_new();

    REFUSED_SAYING(seL4_RangeError, 0, get(5000, slot));
    const seL4_Word most = seL4_GetMR(1);
    REFUSED(seL4_RangeError, get(most + 1, slot));
    REFUSED(seL4_RangeError, get(~0ul, slot));
    CHECK(slot_empty(slot));
    OK(get(most, slot));
}

CASE(a_handler_needs_an_empty_slot, "§10.1 Delete First")
{
    const seL4_CPtr full = endpoint_new(), slot = slot_new();

    REFUSED(seL4_DeleteFirst, get(UNUSED, full));
    OK(get(UNUSED, slot));
}

CASE(the_slot_of_a_handler_must_exist, "§10.1 Failed Lookup")
{
    const seL4_CPtr node = cnode_new(4);

    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_IRQControl_Get(seL4_CapIRQControl, UNUSED, node, 0, 3));
    CHECK_EQUAL(seL4_GetMR(1), seL4_DepthMismatch);
    OK(seL4_IRQControl_Get(seL4_CapIRQControl, UNUSED, node, 5, 4));
    CHECK(!slot_empty_in(node, 5, 4));
}

CASE(a_handler_signals_notifications_only, "API seL4_IRQHandler_SetNotification")
{
    const seL4_CPtr handler = handler_new(UNUSED);

    REFUSED_SAYING(seL4_InvalidCapability, 0, seL4_IRQHandler_SetNotification(handler, endpoint_new()));
}

CASE(a_handler_needs_the_right_to_signal, "API seL4_IRQHandler_SetNotification")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new();

    REFUSED_SAYING(seL4_InvalidCapability, 0,
                   seL4_IRQHandler_SetNotification(handler, mint_with(notification, seL4_CanRead, 3)));
    port_interrupt_raise();
    OK(seL4_IRQHandler_Ack(handler));
    CHECK_EQUAL(signalled(notification), 0);
    port_interrupt_clear();
}

CASE(an_interrupt_signals_its_notification_with_the_badge, "§8.1")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new();

    OK(seL4_IRQHandler_SetNotification(handler, mint(notification, 0x10)));
    OK(seL4_IRQHandler_Ack(handler));
    CHECK_EQUAL(signalled(notification), 0);
    port_interrupt_raise();
    CHECK_EQUAL(signalled(notification), 0x10);
    port_interrupt_clear();
}

CASE(an_interrupt_wakes_who_waits_for_it, "§8.1")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new();
    struct thread *t = waiter(notification, HIGH);

    OK(seL4_IRQHandler_SetNotification(handler, mint(notification, 0x10)));
    port_interrupt_raise();
    seL4_Yield();
    CHECK(t->returned && t->badge == 0x10);
    port_interrupt_clear();
}

CASE(an_interrupt_is_told_once_until_it_is_acknowledged, "§8.1")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new();

    OK(seL4_IRQHandler_SetNotification(handler, mint(notification, 1)));
    port_interrupt_raise();
    CHECK_EQUAL(signalled(notification), 1);
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 0);
    OK(seL4_IRQHandler_Ack(handler));       /* and the level is still there */
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 1);
    port_interrupt_clear();
    OK(seL4_IRQHandler_Ack(handler));
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 0);
}

CASE(a_handler_that_is_cleared_signals_no_more, "API seL4_IRQHandler_Clear")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new();

    OK(seL4_IRQHandler_SetNotification(handler, mint(notification, 1)));
    OK(seL4_IRQHandler_Clear(handler));
    OK(seL4_IRQHandler_Clear(handler));
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 0);
    port_interrupt_clear();
}

CASE(a_second_notification_takes_the_firsts_place, "API seL4_IRQHandler_SetNotification")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), first = notification_new(), second = notification_new();

    OK(seL4_IRQHandler_SetNotification(handler, mint(first, 1)));
    OK(seL4_IRQHandler_SetNotification(handler, mint(second, 2)));
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(first), 0);
    CHECK_EQUAL(signalled(second), 2);
    port_interrupt_clear();
}

CASE(an_interrupt_whose_handler_went_signals_nobody, "§8.1")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new();

    OK(seL4_IRQHandler_SetNotification(handler, mint(notification, 1)));
    slot_delete(handler);
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 0);
    port_interrupt_clear();
}

CASE(an_interrupt_whose_notification_went_does_no_harm, "§8.1")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new();
    const seL4_CPtr badged = mint(notification, 1);

    OK(seL4_IRQHandler_SetNotification(handler, badged));
    slot_revoke(notification);
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 0);
    OK(seL4_IRQHandler_SetNotification(handler, mint(notification, 2)));
    seL4_Yield();
    OK(seL4_IRQHandler_Ack(handler));
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 2);
    port_interrupt_clear();
}

CASE(the_handlers_notification_can_lose_its_other_capabilities, "API seL4_IRQHandler_SetNotification")
{
    const seL4_CPtr handler = handler_new(port_interrupt()), notification = notification_new(), badged = mint(notification, 1);

    OK(seL4_IRQHandler_SetNotification(handler, badged));
    slot_delete(badged);
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 1);
    port_interrupt_clear();
}

CASE(gettrigger_makes_a_handler_too, "API seL4_IRQControl_GetTrigger")
{
    const seL4_CPtr slot = slot_new(), notification = notification_new();

    port_interrupt_clear();
    OK(seL4_IRQControl_GetTrigger(seL4_CapIRQControl, port_interrupt(), 0, ROOT, slot, DEPTH));
    REFUSED(seL4_RevokeFirst, get(port_interrupt(), slot_new()));
    OK(seL4_IRQHandler_SetNotification(slot, mint(notification, 1)));
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 1);
    port_interrupt_clear();
}

CASE(gettrigger_refuses_what_get_refuses, "API seL4_IRQControl_GetTrigger")
{
    const seL4_CPtr handler = handler_new(UNUSED), slot = slot_new(), full = endpoint_new();

    REFUSED(seL4_RevokeFirst, seL4_IRQControl_GetTrigger(seL4_CapIRQControl, UNUSED, 1, ROOT, slot, DEPTH));
    REFUSED(seL4_RangeError, seL4_IRQControl_GetTrigger(seL4_CapIRQControl, 5000, 1, ROOT, slot, DEPTH));
    slot_delete(handler);
    REFUSED(seL4_DeleteFirst, seL4_IRQControl_GetTrigger(seL4_CapIRQControl, UNUSED, 1, ROOT, full, DEPTH));
    OK(seL4_IRQControl_GetTrigger(seL4_CapIRQControl, UNUSED, 1, ROOT, slot, DEPTH));
}

CASE(an_edge_is_told_once, "API seL4_IRQControl_GetTrigger")
{
    const seL4_CPtr slot = slot_new(), notification = notification_new();

    port_interrupt_clear();
    OK(seL4_IRQControl_GetTrigger(seL4_CapIRQControl, port_interrupt(), 1, ROOT, slot, DEPTH));
    OK(seL4_IRQHandler_SetNotification(slot, mint(notification, 1)));
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 1);
    OK(seL4_IRQHandler_Ack(slot));          /* the level is still there, but no edge came */
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 0);
    port_interrupt_clear();
    port_interrupt_raise();
    seL4_Yield();
    CHECK_EQUAL(signalled(notification), 1);
    port_interrupt_clear();
    slot_delete(slot);
    OK(seL4_IRQControl_GetTrigger(seL4_CapIRQControl, port_interrupt(), 0, ROOT, slot, DEPTH));
}

CASE(a_handler_takes_no_other_call, "§10.1 Illegal Operation")
{
    REFUSED(seL4_IllegalOperation, seL4_TCB_Suspend(handler_new(UNUSED)));
    REFUSED(seL4_IllegalOperation, seL4_IRQHandler_Ack(seL4_CapIRQControl));
}
