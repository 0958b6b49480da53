/* SPDX-License-Identifier: BSD-2-Clause
 * Calls that an interrupt cuts off go on where they stopped, however deep they were. */
#include "../object/endpoint.h"
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
