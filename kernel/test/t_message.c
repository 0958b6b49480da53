/* SPDX-License-Identifier: BSD-2-Clause
 * Messages where something is missing: a buffer, a receive slot, a capability on the way. */
#include "actors.h"

#define NOWHERE (~(word_t)0 >> 1)   /* no guard agrees */

static word_t endpoint, reply;

static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
}

static void lose_buffer(const struct thread *t)
{
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetIPCBuffer, ARGS(0), CAPS(0)), seL4_NoError);
    CHECK(!t->buffer);
}

static void receive_into(const struct thread *t, word_t cnode, word_t slot, word_t depth)
{
    t->buffer->receive_cnode = cnode;
    t->buffer->receive_index = slot;
    t->buffer->receive_depth = depth;
}

/* A thread that receives at the endpoint, and what a message with that capability comes to. */
static struct thread *receiver_of(word_t cnode, word_t slot, word_t depth)
{
    struct thread *const t = actor_new(20);

    receive_into(t, cnode, slot, depth);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    return t;
}

static word_t sent_caps(struct thread *receiver, word_t cap)
{
    CHECK(do_syscall((word_t)SYS_Send, endpoint, &(struct message){.label = 3, .caps = 1, .cap = {cap}}, 0, 0) ==
          receiver);
    CHECK_EQUAL(got_label(receiver), 3);
    return receiver->frame.info >> 7 & 31;
}

TEST(a_capability_for_a_slot_that_is_taken_or_nowhere_does_not_arrive)
{
    boot();
    const word_t given = object_new(OBJ_NOTIFICATION, 0), taken = object_new(OBJ_REPLY, 0);

    CHECK_EQUAL(sent_caps(receiver_of(ROOT_CNODE, taken, 64), given), 0);
    CHECK_EQUAL(root_slot(taken)->cap.type, CAP_REPLY);
    do_wait(given);
    CHECK_EQUAL(sent_caps(receiver_of(NOWHERE, slot_new(), 64), given), 0);
    do_wait(given);
    CHECK_EQUAL(sent_caps(receiver_of(ROOT_CNODE, slot_new(), 65), given), 0);
}

TEST(a_capability_that_may_not_be_copied_does_not_arrive)
{
    boot();
    const word_t slot = slot_new();

    CHECK_EQUAL(sent_caps(receiver_of(ROOT_CNODE, slot, 64), ROOT_IRQ_CONTROL), 0);
    CHECK(slot_empty(root_slot(slot)));
}

TEST(a_capability_that_went_while_its_message_waited_ends_what_arrives)
{
    struct thread *sender;

    boot();
    const word_t given = object_new(OBJ_NOTIFICATION, 0), node = object_new(OBJ_CNODE, 2), slot = slot_new();
    const word_t badged = minted(endpoint, RIGHT_ALL, 7);

    sender = actor_stopped(20);
    CHECK_EQUAL(do_op(node, CNodeCopy, ARGS(1, 2, endpoint, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(node, CNodeCopy, ARGS(2, 2, badged, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(node, CNodeCopy, ARGS(3, 2, given, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    /* Guard of 61 zeros, so that addresses 0 to 3 are its slots and 4 is none. */
    CHECK_EQUAL(do_op(actor_tcb(sender), TCBSetSpace, ARGS(62, 0), CAPS(0, node, ROOT_VSPACE)), seL4_NoError);
    thread_start(actor_tcb(sender), 0x400000);
    do_syscall((word_t)SYS_Send, 1, &(struct message){ .caps = 3, .cap = { 2, 3, 3 } }, 0, 0);
    CHECK_EQUAL(sender->state, THREAD_BLOCKED_ON_SEND);
    sender->buffer->caps_or_badges[1] = 4;          /* changed by somebody who shares the buffer */
    receive_into(fixture.root, ROOT_CNODE, slot, 64);
    CHECK(do_recv(endpoint, reply) == sender);
    CHECK_EQUAL(fixture.root->frame.info >> 7 & 31, 1 << 2 | 1);   /* the badge, and no more */
    CHECK_EQUAL(fixture.root->buffer->caps_or_badges[0], 7);
    CHECK(slot_empty(root_slot(slot)));
}

TEST(capabilities_need_a_buffer_on_both_sides)
{
    struct thread *receiver, *sender;

    boot();
    const word_t given = object_new(OBJ_NOTIFICATION, 0), slot = slot_new();

    receiver = receiver_of(ROOT_CNODE, slot, 64);
    lose_buffer(receiver);
    CHECK_EQUAL(sent_caps(receiver, given), 0);
    CHECK(slot_empty(root_slot(slot)));
    do_wait(given);

    receiver = receiver_of(ROOT_CNODE, slot, 64);
    sender = actor_stopped(15);
    lose_buffer(sender);
    thread_start(actor_tcb(sender), 0x400000);
    sender->frame.cap = endpoint;
    sender->frame.info = 9 << 12 | 1 << 7;
    CHECK(host_syscall((word_t)SYS_Send) == receiver);
    CHECK_EQUAL(got_label(receiver), 9);
    CHECK_EQUAL(receiver->frame.info >> 7 & 31, 0);
    CHECK(slot_empty(root_slot(slot)));
}

/* The current thread, without a buffer, makes a call with that many words and capabilities. */
static struct thread *call_without_buffer(word_t cap, word_t label, word_t length, word_t caps)
{
    struct thread *const t = host_current();

    CHECK(!t->buffer);
    t->frame.cap = cap;
    t->frame.info = label << 12 | caps << 7 | length;
    return host_syscall((word_t)SYS_Call);
}

static struct thread *bare_caller(void)
{
    struct thread *const t = actor_stopped(15);

    lose_buffer(t);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_current() == t);
    return t;
}

TEST(a_sender_without_a_buffer_sends_what_is_in_registers)
{
    struct thread *receiver, *sender;

    boot();
    receiver = receiver_of(0, 0, 0);
    sender = bare_caller();
    sender->frame.mr[MSG_REGS - 1] = 77;
    CHECK(call_without_buffer(endpoint, 1, 100, 0) == receiver);
    CHECK_EQUAL(got_length(receiver), MSG_REGS);
    CHECK_EQUAL(got_word(receiver, MSG_REGS - 1), 77);
}

TEST(an_invocation_without_a_buffer_has_the_words_in_registers_and_no_capabilities)
{
    struct thread *t;

    boot();
    const word_t notification = object_new(OBJ_NOTIFICATION, 0), other = actor_tcb(actor_stopped(15));

    t = bare_caller();
    CHECK(call_without_buffer(ROOT_CNODE, CNodeMint, 6, 1) == t);           /* six words, of which four arrive */
    CHECK_EQUAL(got_label(t), seL4_TruncatedMessage);
    CHECK(call_without_buffer(other, TCBBindNotification, 0, 1) == t);      /* the notification does not */
    CHECK_EQUAL(got_label(t), seL4_TruncatedMessage);
    CHECK(!thread_of(other)->bound);
    CHECK(call_without_buffer(notification, 0, 100, 3) == t);               /* a signal needs neither */
    CHECK_EQUAL(got_label(t), seL4_NoError);
}

TEST(an_answer_without_a_buffer_ends_with_the_registers)
{
    struct thread *t;

    boot();
    const word_t other = actor_tcb(actor_stopped(15));

    thread_of(other)->frame.pc = 0x1234;
    t = bare_caller();
    t->frame.mr[0] = 0;                 /* of all that is there, the other goes on */
    t->frame.mr[1] = ARCH_REGS;
    CHECK(call_without_buffer(other, TCBReadRegisters, 2, 0) == t);
    CHECK_EQUAL(got_label(t), seL4_NoError);
    CHECK_EQUAL(got_length(t), MSG_REGS);
    CHECK_EQUAL(got_word(t, 0), 0x1234);
}

TEST(a_fault_is_told_to_a_handler_without_a_buffer_as_far_as_registers_go)
{
    struct thread *handler, *t;

    boot();
    handler = actor_new(30);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    lose_buffer(handler);
    t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(do_send(NOWHERE, 0, 0) == handler);
    CHECK_EQUAL(got_label(handler), FAULT_CAP);
    CHECK_EQUAL(got_length(handler), MSG_REGS);
    CHECK_EQUAL(got_word(handler, 0), 0x400000);
    CHECK_EQUAL(got_word(handler, 1), NOWHERE);
    /* Nor has its answer more words than registers: the rest of the frame stays. */
    handler->frame.info = 100;
    handler->frame.cap = endpoint;
    handler->frame.reply = reply;
    CHECK(host_syscall((word_t)SYS_ReplyRecv) == t);
    CHECK_EQUAL(t->frame.pc, 0x400000);
}

TEST(an_invocation_that_names_a_capability_that_is_not_there_is_a_fault_and_does_nothing)
{
    struct thread *t;

    boot();
    const word_t to = slot_new();

    t = actor_new(20);
    do_syscall(
        (word_t)SYS_Call, ROOT_CNODE,
        &(struct message){
            .label = CNodeCopy, .length = 5, .caps = 1, .words = {to, 64, endpoint, 64, RIGHT_ALL}, .cap = {NOWHERE}},
        0, 0);
    CHECK(host_current() == fixture.root);
    CHECK_EQUAL(t->fault.kind, FAULT_CAP);
    CHECK_EQUAL(t->fault.words[0], NOWHERE);
    CHECK(!t->fault.words[1]);                      /* while it sent */
    CHECK(slot_empty(root_slot(to)));
}

TEST(what_may_not_block_and_leads_nowhere_is_lost)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    CHECK(do_nbsend(NOWHERE, 1, 2) == t);
    CHECK(t->fault.kind == FAULT_NONE && t->frame.pc != t->frame.restart);
    CHECK(!t->counters.drops);          /* nobody would have taken it */
}
