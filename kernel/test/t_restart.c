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
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0, 0x1000), CAPS(ROOT_CNODE, ROOT_VSPACE, frame)),
                seL4_NoError);
    CHECK(thread_buffer(t));
}

TEST(who_ends_itself_by_a_call_that_is_interrupted_does_not_come_back)
{
    actors_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 13), sc = object_new(OBJ_SC, SC_MIN_BITS);
    const word_t endpoints = slot_new(), tcb = endpoints + 4;

    for (unsigned i = 0; i < 4; i++)
        (void)slot_new();
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_ENDPOINT, 0, 0, 0, endpoints, 4), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_TCB, 0, 0, 0, tcb, 1), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(1000, 1000, 0, 0, 0), CAPS(sc)),
                seL4_NoError);
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

TEST(parameters_are_set_when_everyone_who_waited_for_the_handler_before_is_told)
{
    enum { MANY = 40 };
    struct thread *senders[MANY], *t;

    actors_boot();
    const word_t old = object_new(OBJ_ENDPOINT, 0), handler = object_new(OBJ_ENDPOINT, 0);
    t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(20, 20), CAPS(ROOT_TCB, 0, old)), seL4_NoError);
    for (unsigned i = 0; i < MANY; i++) {
        senders[i] = actor_new(30);
        do_send(old, 1, i);
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    }
    deleted(old);
    preempted_at(2);
    const word_t calls = fixture.root->counters.syscalls;
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(25, 24), CAPS(ROOT_TCB, actor_sc(t), handler)),
                seL4_NoError);
    CHECK_EQUAL(fixture.root->counters.syscalls, calls + 2);
    CHECK(t->mcp == 25 && t->priority == 24 && t->sc == root_slot(actor_sc(t))->cap.object);
    CHECK(thread_slot(t, SLOT_FAULT_HANDLER)->cap.object == root_slot(handler)->cap.object);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->state, THREAD_RESTART);
}

/* Woken by the end of what it waited for, and ended itself before it could run. */
TEST(a_thread_that_ends_in_the_call_that_wakes_it_does_not_run)
{
    actors_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 13), sc = object_new(OBJ_SC, SC_MIN_BITS), tcb = slot_new(),
                 endpoint = slot_new();

    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_TCB, 0, 0, 0, tcb, 1), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_ENDPOINT, 0, 0, 0, endpoint, 1), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(1000, 1000, 0, 0, 0), CAPS(sc)),
                seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBConfigure, ARGS(0, 0, 0), CAPS(ROOT_CNODE, ROOT_VSPACE, 0)), seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBSetSchedParams, ARGS(20, 20), CAPS(ROOT_TCB, sc, 0)), seL4_NoError);
    thread_start(tcb, 0x400000);
    CHECK(do_send(endpoint, 1, 2) == fixture.root);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(untyped, 64), NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root && slot_empty(root_slot(tcb)) && slot_empty(root_slot(endpoint)));
    CHECK(!((const struct sched_context *)root_slot(sc)->cap.object)->thread);
}

/* ---- a thread that sets its own spaces, and loses by it what it names */

enum { NODE_BITS = 2, OWN_TCB = 1, OWN_NODE = 2, OWN_VSPACE = 3 };
#define AT(index) ((word_t)(index) << NODE_BITS)                    /* in the thread's CNode itself */
#define WITHIN(index, inner) (AT(index) | (inner))                  /* in the CNode that lies there */

static void given(word_t cnode, word_t index, word_t from)
{
    CHECK_EQUAL(do_op(cnode, CNodeCopy, ARGS(index, NODE_BITS, from, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
}

/* A thread whose CSpace is a CNode that nothing else names; kept: a CNode in it that the root has, too. */
static struct thread *in_its_own_cspace(word_t *kept)
{
    struct thread *const t = actor_stopped(20);
    const word_t node = cnode_new(NODE_BITS);

    *kept = cnode_new(NODE_BITS);
    given(*kept, 1, actor_tcb(t));
    given(*kept, 2, ROOT_CNODE);
    given(*kept, 3, ROOT_VSPACE);
    given(node, OWN_TCB, actor_tcb(t));
    given(node, OWN_NODE, *kept);
    given(node, OWN_VSPACE, ROOT_VSPACE);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(64 - 2 * NODE_BITS, 0), CAPS(0, node, ROOT_VSPACE)),
                seL4_NoError);
    deleted(node);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_current() == t);
    return t;
}

static void sets_its_space(word_t tcb, word_t cspace, word_t vspace)
{
    do_syscall((word_t)SYS_Call, tcb,
               &(struct message){.label = TCBSetSpace, .length = 2, .caps = 3, .cap = {AT(0), cspace, vspace}}, 0, 0);
}

TEST(a_thread_that_ends_its_cspace_with_the_capability_that_it_calls_by_is_left_without_spaces)
{
    word_t kept;

    actors_boot();
    struct thread *const t = in_its_own_cspace(&kept);
    sets_its_space(AT(OWN_TCB), WITHIN(OWN_NODE, 2), WITHIN(OWN_NODE, 3));
    CHECK(slot_empty(thread_slot(t, SLOT_CSPACE)) && slot_empty(thread_slot(t, SLOT_VSPACE)));
    CHECK_EQUAL(got_label(t), seL4_NoError);
    CHECK(thread_runnable(t));
}

TEST(a_thread_that_ends_its_cspace_with_what_it_would_be_given_is_left_without_that_alone)
{
    word_t kept;

    actors_boot();
    struct thread *const t = in_its_own_cspace(&kept);
    sets_its_space(WITHIN(OWN_NODE, 1), WITHIN(OWN_NODE, 2), AT(OWN_VSPACE));
    CHECK(thread_slot(t, SLOT_CSPACE)->cap.object == root_slot(ROOT_CNODE)->cap.object);
    CHECK(slot_empty(thread_slot(t, SLOT_VSPACE)));
    CHECK_EQUAL(got_label(t), seL4_NoError);
}
