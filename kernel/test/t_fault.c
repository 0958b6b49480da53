/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: told as messages, answered by replies. */
#include "actors.h"

static word_t endpoint, reply;
static struct thread *handler, *t;

/* A handler of priority 100 that waits, and a thread of priority 20 that runs and has it as its handler. */
static void boot(bool passive_handler)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    handler = actor_new(100);
    do_recv(endpoint, reply);
    if (passive_handler)
        actor_make_passive(handler);
    t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(minted(endpoint, RIGHT_ALL, 5), ROOT_CNODE, ROOT_VSPACE)),
                seL4_NoError);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_current() == t);
}

static void answer(word_t label, word_t length, word_t pc)
{
    do_syscall((word_t)SYS_ReplyRecv, endpoint, &(struct message){ .label = label, .length = length, .words = { pc } }, reply, 0);
}

TEST(a_memory_fault_tells_where_and_how_and_the_answer_repeats_the_access)
{
    boot(false);
    CHECK(host_vm_fault(0xdead000, false, true) == handler);
    CHECK_EQUAL(message_badge(handler), 5);
    CHECK_EQUAL(got_label(handler), FAULT_VM);
    CHECK_EQUAL(got_length(handler), 4);
    CHECK_EQUAL(got_word(handler, 0), 0x400000);
    CHECK_EQUAL(got_word(handler, 1), 0xdead000);
    answer(0, 0, 0);
    CHECK(host_current() == t && t->fault.kind == FAULT_NONE);
    CHECK_EQUAL(t->frame.pc, 0x400000);
}

TEST(a_passive_handler_works_on_the_faulting_threads_context)
{
    boot(true);
    CHECK(host_vm_fault(0xdead000, false, false) == handler);
    CHECK(handler->sc && !t->sc);
    answer(0, 0, 0);
    CHECK(t->sc && !handler->sc && host_current() == t);
}

TEST(a_lookup_that_fails_tells_the_address_the_phase_and_the_failure)
{
    boot(false);
    do_send((word_t)1 << 40, 0, 0);         /* the root CNode's guard is zero bits */
    CHECK(host_current() == handler);
    CHECK_EQUAL(got_label(handler), FAULT_CAP);
    CHECK_EQUAL(got_length(handler), 7);
    CHECK_EQUAL(got_word(handler, 0), 0x400000);
    CHECK_EQUAL(got_word(handler, 1), (word_t)1 << 40);
    CHECK_EQUAL(got_word(handler, 2), 0);
    CHECK_EQUAL(got_word(handler, 3), LOOKUP_GUARD_MISMATCH);
    CHECK_EQUAL(handler->buffer->msg[4], 64);
    CHECK_EQUAL(handler->buffer->msg[5], 0);
    CHECK_EQUAL(handler->buffer->msg[6], 51);
    answer(0, 0, 0);
    CHECK_EQUAL(t->frame.pc, 0x400000);     /* the call is made again */
}

TEST(receiving_from_what_is_no_endpoint_is_a_fault_in_the_receive_phase)
{
    boot(false);
    CHECK(do_recv(ROOT_TCB, reply) == handler);
    CHECK_EQUAL(got_word(handler, 2), 1);
    CHECK_EQUAL(got_word(handler, 3), LOOKUP_MISSING_CAPABILITY);
}

TEST(an_unknown_system_call_is_resumed_where_the_answer_says_if_its_label_is_zero)
{
    boot(false);
    CHECK(do_syscall(12345, 0, &(struct message){ 0 }, 0, 0) == handler);
    CHECK_EQUAL(got_label(handler), FAULT_UNKNOWN_SYSCALL);
    CHECK_EQUAL(got_word(handler, 3), 12345);
    answer(0, 1, 0x400004);
    CHECK(host_current() == t);
    CHECK_EQUAL(t->frame.pc, 0x400004);
    CHECK(host_user_exception(6, 7) == handler);
    CHECK_EQUAL(got_word(handler, 3), 6);
    answer(1, 0, 0);                        /* not to be resumed */
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
}

TEST(a_fault_that_nobody_handles_stops_the_thread_and_no_one_else)
{
    actors_boot();
    t = actor_new(20);
    CHECK(host_vm_fault(0x1000, true, false) == fixture.root);
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == t && t->fault.kind == FAULT_NONE);
}

TEST(a_fault_waits_for_its_handler_like_any_sender)
{
    boot(false);
    CHECK(host_vm_fault(0x1000, false, false) == handler);
    t = actor_stopped(20);      /* by the handler, which is in the root's spaces */
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetPriority, ARGS(200), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == t);
    CHECK(host_vm_fault(0x2000, false, false) == handler);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_SEND);
    answer(0, 0, 0);
    CHECK_EQUAL(got_word(handler, 1), 0x2000);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_REPLY);
}

TEST(an_answer_without_words_changes_no_register)
{
    boot(false);
    t->frame.sp = 0x7000;
    CHECK(host_user_exception(3, 4) == handler);
    const word_t pc = t->frame.pc;

    handler->frame.mr[0] = 0x5000;      /* none of the message */
    handler->frame.mr[1] = 0x6000;
    answer(0, 0, 0);
    CHECK_EQUAL(t->frame.pc, pc);
    CHECK_EQUAL(t->frame.sp, 0x7000);
}
