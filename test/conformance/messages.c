/* SPDX-License-Identifier: BSD-2-Clause
 * Messages: words, labels and capabilities that travel from thread to thread. */
#include "harness/conform.h"

CASE(the_label_arrives_as_it_was_sent, "§4.1")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->tag = tag(0xfedcba987654, 0, 0);
    thread_start(t, job_send);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_Recv(endpoint, NULL, reply_new())), 0xfedcba987654);
}

static void send_words(struct thread *t)
{
    for (int i = 0; i < seL4_MsgMaxLength; i++)
        seL4_SetMR(i, 1000u + (seL4_Word)i);
    seL4_Send(t->cap, t->tag);
}

static struct thread *sender_of(seL4_CPtr endpoint, seL4_Word length)
{
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->tag = tag(0, 0, length);
    thread_start(t, send_words);
    return t;
}

CASE(a_message_of_every_length_arrives_whole, "§4.1")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();

    for (seL4_Word length = 0; length <= seL4_MsgMaxLength; length += 8) {
        sender_of(endpoint, length);
        CHECK_EQUAL(seL4_MessageInfo_get_length(seL4_Recv(endpoint, NULL, reply)), length);
        for (int i = 0; i < (int)length; i++)
            CHECK_EQUAL(seL4_GetMR(i), 1000 + i);
    }
}

CASE(words_beyond_the_length_do_not_travel, "§4.1")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();

    sender_of(endpoint, 6);
    for (int i = 0; i < seL4_MsgMaxLength; i++)
        seL4_SetMR(i, 7);
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(5), 1005);
    for (int i = 6; i < seL4_MsgMaxLength; i++)
        CHECK_EQUAL(seL4_GetMR(i), 7);
}

CASE(a_length_above_the_most_is_cut_to_it, "§4.1")
{
    const seL4_CPtr endpoint = endpoint_new();

    sender_of(endpoint, 127);
    CHECK_EQUAL(seL4_MessageInfo_get_length(seL4_Recv(endpoint, NULL, reply_new())), seL4_MsgMaxLength);
    CHECK_EQUAL(seL4_GetMR(seL4_MsgMaxLength - 1), 1000 + seL4_MsgMaxLength - 1);
}

CASE(the_first_words_need_no_buffer, "§4.1")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_SetIPCBuffer(t->tcb, 0, seL4_CapNull));
    t->cap = endpoint;
    t->tag = tag(0, 0, 6);
    thread_start(t, send_words);
    seL4_SetMR(seL4_FastMessageRegisters, 7);
    CHECK_EQUAL(seL4_MessageInfo_get_length(seL4_Recv(endpoint, NULL, reply)), seL4_FastMessageRegisters);
    for (int i = 0; i < seL4_FastMessageRegisters; i++)
        CHECK_EQUAL(seL4_GetMR(i), 1000 + i);
    CHECK_EQUAL(seL4_GetMR(seL4_FastMessageRegisters), 7);
}

/* ---- capabilities */

static void send_caps(struct thread *t)
{
    for (seL4_Word i = 0; i < seL4_MsgMaxExtraCaps; i++)
        seL4_SetCap((int)i, t->word[i]);
    t->returned++;
    seL4_Send(t->cap, t->tag);
    t->returned++;
}

/* Sends up to three capabilities; 0s behind the last. */
static struct thread *sender_with(seL4_CPtr endpoint, seL4_CPtr a, seL4_CPtr b, seL4_CPtr c)
{
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->word[0] = a;
    t->word[1] = b;
    t->word[2] = c;
    t->tag = tag(0, (a ? 1u : 0) + (b ? 1u : 0) + (c ? 1u : 0), 0);
    thread_start(t, send_caps);
    return t;
}

static seL4_MessageInfo_t receive_into(seL4_CPtr endpoint, seL4_CPtr slot)
{
    seL4_SetCapReceivePath(ROOT, slot, DEPTH);
    return seL4_Recv(endpoint, NULL, reply_new());
}

CASE(a_capability_arrives_in_the_receive_slot, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new(), slot = slot_new();
    const seL4_CPtr sent = mint(notification, 3);

    sender_with(endpoint, sent, 0, 0);
    const seL4_MessageInfo_t info = receive_into(endpoint, slot);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(info), 1);
    CHECK_EQUAL(seL4_MessageInfo_get_capsUnwrapped(info), 0);
    seL4_Signal(slot);
    CHECK_EQUAL(signalled(notification), 3);
    CHECK(!slot_empty(sent));
}

CASE(a_capability_that_arrived_is_derived_from_the_one_sent, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), sent = notification_new(), slot = slot_new();

    sender_with(endpoint, sent, 0, 0);
    receive_into(endpoint, slot);
    slot_revoke(sent);
    CHECK(slot_empty(slot) && !slot_empty(sent));
}

CASE(without_grant_only_words_travel, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(copy_with(endpoint, seL4_ReadWrite), notification_new(), 0, 0);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(receive_into(endpoint, slot)), 0);
    CHECK(slot_empty(slot));
}

CASE(grant_reply_is_no_grant, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(copy_with(endpoint, seL4_CapRights_new(1, 0, 1, 1)), notification_new(), 0, 0);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(receive_into(endpoint, slot)), 0);
    CHECK(slot_empty(slot));
}

CASE(the_receivers_rights_do_not_limit_a_transfer, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(endpoint, notification_new(), 0, 0);
    receive_into(copy_with(endpoint, seL4_CanRead), slot);
    CHECK(!slot_empty(slot));
}

CASE(a_capability_to_the_endpoint_itself_is_unwrapped, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(endpoint, mint(endpoint, 0x99), 0, 0);
    const seL4_MessageInfo_t info = receive_into(endpoint, slot);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(info), 1);
    CHECK_EQUAL(seL4_MessageInfo_get_capsUnwrapped(info), 1);
    CHECK_EQUAL(seL4_GetBadge(0), 0x99);
    CHECK(slot_empty(slot));
}

CASE(a_capability_to_another_endpoint_is_not_unwrapped, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(endpoint, mint(endpoint_new(), 0x99), 0, 0);
    CHECK_EQUAL(seL4_MessageInfo_get_capsUnwrapped(receive_into(endpoint, slot)), 0);
    CHECK(!slot_empty(slot));
}

CASE(one_capability_arrives_between_two_that_are_unwrapped, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(endpoint, mint(endpoint, 1), notification_new(), mint(endpoint, 3));
    const seL4_MessageInfo_t info = receive_into(endpoint, slot);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(info), 3);
    CHECK_EQUAL(seL4_MessageInfo_get_capsUnwrapped(info), 5);
    CHECK_EQUAL(seL4_GetBadge(0), 1);
    CHECK_EQUAL(seL4_GetBadge(2), 3);
    CHECK(!slot_empty(slot));
}

CASE(a_second_capability_ends_the_transfer, "§4.2.3")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(endpoint, notification_new(), notification_new(), mint(endpoint, 3));
    const seL4_MessageInfo_t info = receive_into(endpoint, slot);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(info), 1);
    CHECK_EQUAL(seL4_MessageInfo_get_capsUnwrapped(info), 0);
}

CASE(a_full_receive_slot_ends_the_transfer, "§4.2.3")
{
    const seL4_CPtr endpoint = endpoint_new(), full = notification_new();

    sender_with(endpoint, mint(endpoint, 4), notification_new(), 0);
    const seL4_MessageInfo_t info = receive_into(endpoint, full);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(info), 1);
    CHECK_EQUAL(seL4_MessageInfo_get_capsUnwrapped(info), 1);
    CHECK_EQUAL(seL4_GetBadge(0), 4);
    seL4_Signal(mint(full, 2));
    CHECK_EQUAL(signalled(full), 2);
}

CASE(a_receive_slot_that_does_not_exist_ends_the_transfer, "§4.2.3")
{
    const seL4_CPtr endpoint = endpoint_new();

    seL4_SetCapReceivePath(cnode_new(4), 0, 3);
    sender_with(endpoint, notification_new(), 0, 0);
    const seL4_MessageInfo_t info = seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(info), 0);
}

CASE(a_receive_slot_can_be_in_another_cnode, "§4.2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), node = cnode_new(4);

    seL4_SetCapReceivePath(node, 0xb, 4);
    sender_with(endpoint, notification_new(), 0, 0);
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK(!slot_empty_in(node, 0xb, 4));
}

CASE(what_cannot_be_derived_ends_the_transfer, "§4.2.3")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new();

    sender_with(endpoint, seL4_CapIRQControl, mint(endpoint, 4), 0);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(receive_into(endpoint, slot)), 0);
    CHECK(slot_empty(slot));
}

CASE(a_sent_capability_that_went_while_waiting_ends_the_transfer, "§4.2.3")
{
    const seL4_CPtr endpoint = endpoint_new(), slot = slot_new(), sent = notification_new();
    struct thread *t = sender_with(endpoint, sent, 0, 0);

    slot_delete(sent);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(receive_into(endpoint, slot)), 0);
    CHECK(slot_empty(slot));
    CHECK_EQUAL(t->returned, 2);
}

CASE(a_sent_capability_that_cannot_be_looked_up_faults, "§4.2.3")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->tag = tag(0, 1, 0);
    t->word[0] = 1ul << 40 | 5;     /* not in ROOT's guard */
    fault_of(t, send_caps, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), t->word[0]);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 0);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_GuardMismatch);
    CHECK_EQUAL(t->returned, 1);
    CHECK(nothing_at(endpoint));
}

CASE(a_reply_carries_a_capability_if_it_may_grant, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new(), slot = slot_new();
    struct thread *c = thread_new(HIGH);

    c->cap = endpoint;
    c->buffer->receiveCNode = ROOT;
    c->buffer->receiveIndex = slot;
    c->buffer->receiveDepth = DEPTH;
    thread_start(c, job_call);
    seL4_Recv(endpoint, NULL, reply);
    seL4_SetCap(0, notification_new());
    seL4_Send(reply, tag(0, 1, 0));
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(c->tag), 1);
    CHECK(!slot_empty(slot));
}

CASE(a_reply_without_grant_carries_none, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = copy_with(reply_new(), seL4_NoRights), slot = slot_new();
    struct thread *c = thread_new(HIGH);

    c->cap = endpoint;
    c->buffer->receiveCNode = ROOT;
    c->buffer->receiveIndex = slot;
    c->buffer->receiveDepth = DEPTH;
    thread_start(c, job_call);
    seL4_Recv(endpoint, NULL, reply);
    seL4_SetCap(0, notification_new());
    seL4_Send(reply, tag(0, 1, 0));
    CHECK(c->returned);
    CHECK_EQUAL(seL4_MessageInfo_get_extraCaps(c->tag), 0);
    CHECK(slot_empty(slot));
}
