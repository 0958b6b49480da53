/* SPDX-License-Identifier: BSD-2-Clause
 * Cancelled sends: by badge, or because their endpoint ended; in steps, and everyone who waits is met once. */
#include "../object/endpoint.h"
#include "actors.h"

static word_t endpoint;

static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
}

enum { SENDERS = 40, IRQ = 33 };

/* So many wait to send with badge 1, and cancelling them is interrupted at the polls-th look: the thread that runs then, which
 * waited for the interrupt at *notification. *badged: what they send to. */
static struct thread *cancel_interrupted(struct thread *senders[SENDERS], unsigned polls, word_t *badged, word_t *notification)
{
    boot();
    const word_t handler = slot_new();

    *badged = minted(endpoint, RIGHT_ALL, 1);
    *notification = object_new(OBJ_NOTIFICATION, 0);
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(IRQ, handler, 64), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(*notification)), seL4_NoError);
    for (unsigned i = 0; i < SENDERS; i++) {
        senders[i] = actor_new(20);
        do_send(*badged, 1, i);
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    }
    struct thread *const woken = actor_new(30);
    do_wait(*notification);
    host_raise_after(polls, IRQ);
    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeCancelBadgedSends, .length = 2, .words = { *badged, 64 } }, 0, 0);
    CHECK(host_current() == woken);
    return woken;
}

TEST(a_deleted_endpoint_wakes_everyone_preemptibly)
{
    enum { MANY = 40 };
    struct thread *senders[MANY];

    boot();
    for (unsigned i = 0; i < MANY; i++) {
        senders[i] = actor_new(20);
        do_send(endpoint, 1, i);
    }
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    preempted_at(2);
    do_syscall((word_t)SYS_Call, ROOT_CNODE, &(struct message){ .label = CNodeDelete, .length = 2, .words = { endpoint, 64 } }, 0, 0);
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
    CHECK_EQUAL(senders[MANY - 1]->state, THREAD_BLOCKED_ON_SEND);
    host_syscall((word_t)SYS_Call);
    for (unsigned i = 0; i < MANY; i++) {
        CHECK_EQUAL(senders[i]->state, THREAD_RESTART);
        CHECK_EQUAL(senders[i]->frame.pc, 0x400000);
    }
}

TEST(cancelling_badged_sends_restarts_those_with_the_badge_and_no_other)
{
    enum { MANY = 40 };
    struct thread *senders[MANY];
    word_t badged[2];

    boot();
    badged[0] = minted(endpoint, RIGHT_ALL, 1);
    badged[1] = minted(endpoint, RIGHT_ALL, 2);
    for (unsigned i = 0; i < MANY; i++) {
        senders[i] = actor_new((uint8_t)(20 + i % 3));
        do_send(badged[i % 2], 1, i);
    }
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    preempted_at(2);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(badged[0], 64), NO_CAPS), seL4_NoError);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->state, i % 2 ? THREAD_BLOCKED_ON_SEND : THREAD_RESTART);
}

/* Those that wait now, not those that waited when somebody else began and never came back. */
TEST(cancelling_badged_sends_misses_nobody_behind_whom_another_cancellation_stopped)
{
    enum { MANY = 20 };
    struct thread *senders[MANY], *late, *abandons;
    word_t badged;

    boot();
    badged = minted(endpoint, RIGHT_ALL, 1);
    for (unsigned i = 0; i < MANY; i++) {
        senders[i] = actor_new(20);
        do_send(badged, 1, i);
    }
    abandons = actor_new(15);
    preempted_at(1);
    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeCancelBadgedSends, .length = 2, .words = { badged, 64 } }, 0, 0);
    CHECK(host_current() != abandons);                      /* restarted senders outrank it: they send again, first */
    for (unsigned i = 0; host_current() && host_current() != abandons; i++) {
        CHECK(i < MANY);
        do_send(badged, 1, i);
    }
    CHECK(host_current() == abandons && abandons->frame.pc == abandons->frame.restart);
    late = actor_new(30);
    CHECK(host_current() == late);
    do_send(badged, 1, 99);
    CHECK_EQUAL(late->state, THREAD_BLOCKED_ON_SEND);
    do_wait(object_new(OBJ_NOTIFICATION, 0));               /* abandons does something else */
    CHECK(host_current() == fixture.root);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(40), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(badged, 64), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(late->state, THREAD_RESTART);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->state, THREAD_RESTART);
}

/* Or a thread that sends again and again could keep the caller busy for ever. */
TEST(a_sender_that_comes_while_a_cancellation_is_interrupted_stays_and_does_not_start_it_anew)
{
    struct thread *senders[SENDERS], *late;
    word_t badged, notification;

    late = cancel_interrupted(senders, 2, &badged, &notification);
    CHECK(do_send(badged, 1, 99) == fixture.root);
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
    host_syscall((word_t)SYS_Call);
    CHECK_EQUAL(got_label(fixture.root), seL4_NoError);
    for (unsigned i = 0; i < SENDERS; i++)
        CHECK_EQUAL(senders[i]->state, THREAD_RESTART);
    CHECK_EQUAL(late->state, THREAD_BLOCKED_ON_SEND);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(badged, 64), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(late->state, THREAD_RESTART);
}

/* As a debugger could make it do that stops it in the middle. */
TEST(a_cancellation_that_turns_to_another_badge_misses_nobody)
{
    enum { MANY = 40 };
    struct thread *senders[MANY];
    word_t badged[2];

    boot();
    badged[0] = minted(endpoint, RIGHT_ALL, 1);
    badged[1] = minted(endpoint, RIGHT_ALL, 2);
    for (unsigned i = 0; i < MANY; i++) {
        senders[i] = actor_new(20);
        do_send(badged[i < MANY / 2], 1, i);            /* who came first has the other badge */
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    }
    preempted_at(3);
    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeCancelBadgedSends, .length = 2, .words = { badged[0], 64 } }, 0, 0);
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(badged[1], 64), NO_CAPS), seL4_NoError);
    for (unsigned i = 0; i < MANY / 2; i++)
        CHECK_EQUAL(senders[i]->state, THREAD_RESTART);
}

/* Whose turn is next leaves meanwhile: who stands behind it is next then, and it is left alone. */
TEST(a_sender_that_leaves_while_a_cancellation_is_interrupted_before_it_is_not_cancelled_any_more)
{
    enum { NEXT = 8 };          /* a look at the interrupts after each eight */
    struct thread *senders[SENDERS];
    word_t badged, notification;

    (void)cancel_interrupted(senders, 1, &badged, &notification);
    CHECK_EQUAL(senders[NEXT - 1]->state, THREAD_RESTART);
    CHECK(((const struct endpoint *)root_slot(endpoint)->cap.object)->cancel_next == senders[NEXT]);
    CHECK_EQUAL(do_op(actor_tcb(senders[NEXT]), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(((const struct endpoint *)root_slot(endpoint)->cap.object)->cancel_next == senders[NEXT + 1]);
    CHECK(do_wait(notification) == fixture.root);
    host_syscall((word_t)SYS_Call);
    CHECK_EQUAL(got_label(fixture.root), seL4_NoError);
    for (unsigned i = 0; i < SENDERS; i++)
        CHECK_EQUAL(senders[i]->state, i == NEXT ? THREAD_INACTIVE : THREAD_RESTART);
}
