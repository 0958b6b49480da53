/* SPDX-License-Identifier: BSD-2-Clause
 * Interrupts: handed out once, delivered as signals, masked until acknowledged. */
#include "actors.h"

enum { IRQ = 33 };
static word_t handler, notification;

static void boot(void)
{
    actors_boot();
    handler = slot_new();
    notification = object_new(OBJ_NOTIFICATION, 0);
}

static seL4_Error get(word_t irq)
{
    return do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(irq, handler, 64), CAPS(ROOT_CNODE));
}

TEST(an_interrupt_signals_its_notification_and_stays_masked_until_it_is_acknowledged)
{
    struct thread *driver;

    boot();
    CHECK_EQUAL(get(IRQ), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(minted(notification, RIGHT_WRITE, 8))), seL4_NoError);
    driver = actor_new(20);
    do_wait(notification);
    CHECK(host_raise(IRQ) == driver);
    CHECK_EQUAL(message_badge(driver), 8);
    CHECK(host_irq_masked(IRQ));
    CHECK_EQUAL(do_op(handler, IRQAckIRQ, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!host_irq_masked(IRQ));
}

TEST(an_interrupt_is_handed_out_once_and_again_after_its_handlers_end)
{
    boot();
    CHECK_EQUAL(get(IRQ), seL4_NoError);
    handler = slot_new();
    CHECK_EQUAL(get(IRQ), seL4_RevokeFirst);
    CHECK_EQUAL(get(ARCH_IRQS), seL4_RangeError);
    CHECK_EQUAL(get(arch_irq_timer()), seL4_RevokeFirst);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(ROOT_IRQ_CONTROL, 64), NO_CAPS), seL4_NoError);
    CHECK(host_irq_masked(IRQ));
    CHECK_EQUAL(get(IRQ), seL4_NoError);
}

TEST(an_occupied_slot_takes_no_handler)
{
    boot();
    handler = notification;
    CHECK_EQUAL(get(IRQ), seL4_DeleteFirst);
    CHECK(host_irq_masked(IRQ));
}

TEST(only_a_notification_that_may_be_signalled_is_set)
{
    boot();
    CHECK_EQUAL(get(IRQ), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(ROOT_TCB)), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(minted(notification, RIGHT_READ, 1))), seL4_InvalidCapability);
}

TEST(a_cleared_handler_signals_nothing)
{
    boot();
    CHECK_EQUAL(get(IRQ), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQClearIRQHandler, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_raise(IRQ) == fixture.root);
    do_nbwait(notification);
    CHECK_EQUAL(message_badge(fixture.root), 0);
}

TEST(deleting_the_notification_empties_the_handler)
{
    boot();
    CHECK_EQUAL(get(IRQ), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(notification, 64), NO_CAPS), seL4_NoError);
    deleted(notification);
    CHECK(host_raise(IRQ) == fixture.root);
    CHECK(host_irq_masked(IRQ));
}
