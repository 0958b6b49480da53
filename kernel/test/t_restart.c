/* SPDX-License-Identifier: BSD-2-Clause
 * Calls that an interrupt cuts off go on where they stopped, however deep they were. */
#include "../object/endpoint.h"
#include "../object/sched_context.h"
#include "actors.h"

/* By root: a CNode of 1 << bits slots. */
static word_t cnode_new(word_t bits) { return object_new(OBJ_CNODE, bits); }

static void moved(word_t from, word_t cnode, word_t index, word_t bits)
{
    CHECK_EQUAL(do_op(cnode, CNodeMove, ARGS(index, bits, from, 64), CAPS(ROOT_CNODE)), seL4_NoError);
}

TEST(an_endpoint_that_ends_inside_a_cnode_wakes_all_its_senders_though_interrupted)
{
    enum { MANY = 40, BITS = 2 };
    struct thread *senders[MANY];

    actors_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), cnode = cnode_new(BITS);
    for (unsigned i = 0; i < MANY; i++) {
        senders[i] = actor_new(20);
        do_send(endpoint, 1, i);
    }
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    moved(endpoint, cnode, 3, BITS);
    preempted_at(2);
    deleted(cnode);
    CHECK(slot_empty(root_slot(cnode)));
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->state, THREAD_RESTART);
}

TEST(a_space_that_is_emptied_with_interruptions_is_filled_in_the_end)
{
    actors_boot();
    struct thread *const t = actor_stopped(20);
    const word_t cnode = cnode_new(6), before = fixture.root->counters.syscalls;

    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(0, cnode, ROOT_VSPACE)), seL4_NoError);
    deleted(cnode);                                     /* the thread's is the last capability */
    preempted_at(5);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    CHECK_EQUAL(fixture.root->counters.syscalls, before + 4);
    CHECK(thread_slot(t, SLOT_CSPACE)->cap.object == root_slot(ROOT_CNODE)->cap.object);
}

TEST(a_thread_is_configured_to_the_end_though_interrupted)
{
    actors_boot();
    struct thread *const t = actor_stopped(20);
    const word_t cnode = cnode_new(6), frame = object_new(OBJ_FRAME_SMALL, 0);

    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0, 0), CAPS(cnode, ROOT_VSPACE, 0)), seL4_NoError);
    CHECK(!thread_buffer(t));
    deleted(cnode);
    preempted_at(5);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0, 0x1000), CAPS(ROOT_CNODE, ROOT_VSPACE, frame)), seL4_NoError);
    CHECK(thread_buffer(t));
}

TEST(who_ends_itself_by_a_call_that_is_interrupted_does_not_come_back)
{
    actors_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 13), sc = object_new(OBJ_SC, SC_MIN_BITS);
    const word_t endpoints = slot_new(), tcb = endpoints + 4;

    for (unsigned i = 0; i < 4; i++)
        (void)slot_new();
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_ENDPOINT, 0, 0, 0, endpoints, 4), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_TCB, 0, 0, 0, tcb, 1), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(1000, 1000, 0, 0, 0), CAPS(sc)), seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBConfigure, ARGS(0, 0, 0), CAPS(ROOT_CNODE, ROOT_VSPACE, 0)), seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBSetSchedParams, ARGS(20, 20), CAPS(ROOT_TCB, sc, 0)), seL4_NoError);
    struct thread *const t = thread_of(tcb);

    thread_start(tcb, 0x400000);
    CHECK(host_current() == t);
    preempted_at(6);        /* five slots of its own, then the next object: it is gone already */
    const struct message revoke = { .label = CNodeRevoke, .length = 2, .words = { untyped, 64 } };

    CHECK(do_syscall((word_t)SYS_Call, ROOT_CNODE, &revoke, 0, 0) == fixture.root);
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
    CHECK(slot_empty(root_slot(tcb)));
}

TEST(a_sender_that_comes_to_the_front_of_an_interrupted_cancellation_is_not_missed)
{
    enum { MANY = 20 };
    struct thread *senders[MANY];

    actors_boot();
    const word_t badged = minted(object_new(OBJ_ENDPOINT, 0), RIGHT_ALL, 7);
    const struct message cancel = { .label = CNodeCancelBadgedSends, .length = 2, .words = { badged, 64 } };
    for (unsigned i = 0; i < MANY; i++) {
        senders[i] = actor_new(20);
        do_send(badged, 1, i);
    }
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    preempted_at(1);
    do_syscall((word_t)SYS_Call, ROOT_CNODE, &cancel, 0, 0);
    CHECK_EQUAL(senders[MANY - 1]->state, THREAD_BLOCKED_ON_SEND);
    thread_set_priority(senders[MANY - 1], 6);          /* by whoever the interrupt woke */
    host_syscall((word_t)SYS_Call);                     /* the same again */
    CHECK_EQUAL(got_label(fixture.root), seL4_NoError);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->state, THREAD_RESTART);
}
