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

TEST(an_interrupt_that_is_not_acknowledged_stays_masked_when_another_notification_is_set)
{
    boot();
    CHECK_EQUAL(get(IRQ), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK(!host_irq_masked(IRQ));
    CHECK(host_raise(IRQ) == fixture.root);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(object_new(OBJ_NOTIFICATION, 0))), seL4_NoError);
    CHECK(host_irq_masked(IRQ));
    CHECK_EQUAL(do_op(handler, IRQAckIRQ, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!host_irq_masked(IRQ));
}

/* ---- those that software raises */

enum { SGI = 5 };

static seL4_Error issue(word_t sgi, word_t target, word_t slot)
{
    return do_op(ROOT_IRQ_CONTROL, ARMIRQIssueSGISignal, ARGS(sgi, target, slot, 64), CAPS(ROOT_CNODE));
}

TEST(a_software_interrupt_is_raised_by_any_message_and_arrives_at_its_handler)
{
    struct thread *driver;
    word_t signal;

    boot();
    signal = slot_new();
    CHECK_EQUAL(issue(SGI, 0, signal), seL4_NoError);
    CHECK_EQUAL(get(SGI), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(minted(notification, RIGHT_WRITE, 8))), seL4_NoError);
    driver = actor_new(20);
    CHECK(do_wait(notification) == fixture.root);
    CHECK(do_signal(signal) == driver);
    CHECK_EQUAL(message_badge(driver), 8);
    CHECK_EQUAL(do_op(handler, IRQAckIRQ, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(do_wait(notification) == fixture.root);
    CHECK(do_nbsend(signal, 77, 1) == driver);
    CHECK_EQUAL(do_op(handler, IRQAckIRQ, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(do_wait(notification) == fixture.root);
    CHECK(do_call(signal, 77, 1) == driver);
    CHECK_EQUAL(got_label(fixture.root), seL4_NoError);
    CHECK_EQUAL(got_length(fixture.root), 0);
}

TEST(a_software_interrupt_to_a_processor_that_is_not_there_is_lost)
{
    word_t signal;

    boot();
    signal = slot_new();
    CHECK_EQUAL(issue(SGI, 1, signal), seL4_NoError);
    CHECK_EQUAL(get(SGI), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK(do_signal(signal) == fixture.root);
    do_nbwait(notification);
    CHECK_EQUAL(message_badge(fixture.root), 0);
}

TEST(a_software_interrupt_without_a_handler_is_lost)
{
    word_t signal;

    boot();
    signal = slot_new();
    CHECK_EQUAL(issue(SGI, 0, signal), seL4_NoError);
    CHECK(do_signal(signal) == fixture.root);
}

TEST(what_raises_a_software_interrupt_can_be_copied_and_is_revoked_with_the_control)
{
    word_t signal, copy, other;

    boot();
    signal = slot_new();
    other = slot_new();
    CHECK_EQUAL(issue(SGI, 0, signal), seL4_NoError);
    CHECK_EQUAL(issue(SGI, 1, other), seL4_NoError);
    copy = minted(signal, RIGHT_ALL, 0);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(signal, 64), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(root_slot(copy)->cap.type, CAP_NULL);
    CHECK_EQUAL(root_slot(other)->cap.type, CAP_SGI_SIGNAL);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(ROOT_IRQ_CONTROL, 64), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(root_slot(signal)->cap.type, CAP_NULL);
    CHECK_EQUAL(root_slot(other)->cap.type, CAP_NULL);
}

TEST(a_software_interrupt_that_there_is_not_is_refused)
{
    boot();
    CHECK_EQUAL(issue(ARCH_SGIS, 0, slot_new()), seL4_RangeError);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(reply_word(1), ARCH_SGIS - 1);
    CHECK_EQUAL(issue(0, ARCH_SGI_TARGETS, slot_new()), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(issue(0, 0, notification), seL4_DeleteFirst);
}

TEST(revoking_a_software_interrupt_takes_its_copies_and_not_what_was_issued_apart)
{
    fixture_boot();
    const word_t older = slot_new(), copy = slot_new(), newer = slot_new(), mine = slot_new();

    CHECK_EQUAL(issue(SGI, 0, older), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(copy, 64, older, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(issue(SGI, 0, newer), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(mine, 64, newer, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(newer, 64), NO_CAPS), seL4_NoError);
    CHECK(slot_empty(root_slot(mine)));
    CHECK(!slot_empty(root_slot(older)) && !slot_empty(root_slot(copy)));
}

TEST(an_interrupt_that_is_gone_when_it_is_asked_for_does_nothing)
{
    fixture_boot();
    CHECK(kernel_interrupt() == fixture.root);
    CHECK(!host_findings());
}

TEST(an_interrupt_of_a_level_comes_again_as_long_as_it_holds_and_of_an_edge_once)
{
    boot();
    for (word_t edge = 0; edge < 2; edge++) {
        handler = slot_new();
        CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, ARMIRQIssueIRQHandlerTrigger, ARGS(IRQ + edge, edge, handler, 64), CAPS(ROOT_CNODE)),
                    seL4_NoError);
        CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(notification)), seL4_NoError);
        host_raise((irq_t)(IRQ + edge));
        CHECK(host_irq_masked((irq_t)(IRQ + edge)));
        do_send(handler, IRQAckIRQ, 0);
        CHECK_EQUAL(host_irq_masked((irq_t)(IRQ + edge)), !edge);   /* the level has come again */
    }
}
