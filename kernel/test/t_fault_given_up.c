/* SPDX-License-Identifier: BSD-2-Clause
 * Faults that are given up: the handler's endpoint goes, is cancelled, or the thread is stopped while it waits there. */
#include "actors.h"

static word_t original, endpoint;   /* the handler's; and badged, which the thread has */
static struct thread *t;        /* waits there: it made a system call that there is none of */
static word_t call;             /* where */

static void wait_there(void)
{
    actors_boot();
    original = object_new(OBJ_ENDPOINT, 0);
    endpoint = minted(original, RIGHT_ALL, 7);
    t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_current() == t);
    do_syscall(12345, 0, &(struct message){ 0 }, 0, 0);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_SEND);
    CHECK_EQUAL(t->fault.kind, FAULT_UNKNOWN_SYSCALL);
    CHECK(host_current() == fixture.root);
    call = t->frame.restart;
}

static void stopped_before_its_call(void)
{
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
    CHECK_EQUAL(t->fault.kind, FAULT_NONE);
    CHECK_EQUAL(t->frame.pc, call);
}

TEST(cancelling_what_waits_to_send_leaves_a_faulted_thread_stopped)
{
    wait_there();
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(endpoint, 64), NO_CAPS), seL4_NoError);
    stopped_before_its_call();
}

TEST(the_end_of_its_handlers_endpoint_leaves_a_faulted_thread_stopped)
{
    wait_there();
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(original, 64), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_SEND);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(original, 64), NO_CAPS), seL4_NoError);
    stopped_before_its_call();
}

TEST(a_thread_that_is_suspended_in_a_fault_makes_the_unknown_call_again_when_it_is_resumed)
{
    wait_there();
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    stopped_before_its_call();
}

TEST(a_faulted_thread_that_nobody_handles_makes_the_unknown_call_again_when_it_is_resumed)
{
    actors_boot();
    t = actor_stopped(20);
    thread_start(actor_tcb(t), 0x400000);
    do_syscall(12345, 0, &(struct message){ 0 }, 0, 0);
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
    call = t->frame.restart;
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == t);
    CHECK_EQUAL(t->frame.pc, call);
}
