/* SPDX-License-Identifier: BSD-2-Clause
 * Sending: see send.h. */
#include "send.h"

#include "../arch/arch.h"
#include "../object/notification.h"
#include "fault.h"
#include "invoke.h"
#include "ipc.h"
#include "message.h"

enum outcome send_again(struct thread *t)
{
    arch_frame_restart(&t->frame);
    if (thread_runnable(t))
        t->state = THREAD_RESTART;
    return AGAIN;
}

static void answer(struct thread *t, seL4_Error error, word_t length)
{
    arch_frame_set_badge(&t->frame, 0);
    arch_frame_set_info(&t->frame, info_make(error, 0, 0, length));
}

enum outcome send_not_found(struct thread *t, word_t address, unsigned how, const struct lookup_failure *failure)
{
    if (!(how & SEND_BLOCK))
        return DONE;
    fault_raise_cap(t, address, false, failure);
    return AGAIN;
}

/* The slots of the message's extra capabilities. False: one is not there, and *outcome is the call's. */
static bool find_caps(struct thread *t, unsigned how, struct slot *caps[MSG_MAX_CAPS], word_t *count,
                      enum outcome *outcome)
{
    const struct ipc_buffer *buffer = thread_buffer(t);
    const word_t asked = buffer ? info_caps(arch_frame_info(&t->frame)) : 0;
    struct lookup_failure failure;

    for (word_t i = 0; i < asked; i++) {
        const word_t address = *(const volatile word_t *)&buffer->caps_or_badges[i];

        caps[i] = cspace_lookup(t, address, &failure);
        if (!caps[i]) {
            *outcome = send_not_found(t, address, how, &failure);
            return false;
        }
    }
    *count = asked;
    return true;
}

static enum outcome send_invocation(struct thread *t, struct slot *slot, unsigned how)
{
    const word_t info = arch_frame_info(&t->frame), length = info_length(info);
    const struct ipc_buffer *buffer = length > MSG_REGS ? thread_buffer(t) : NULL;
    struct slot *caps[MSG_MAX_CAPS];
    struct invocation inv = {
        .caller = t,
        .buffer = buffer,
        .slot = slot,
        .label = info_label(info),
        .argc = length <= MSG_REGS || buffer ? length : (word_t)MSG_REGS,
        .caps = caps,
        .call = how & SEND_CALL,
    };
    enum outcome outcome;
    seL4_Error error;

    if (info_caps(info) && !find_caps(t, how, caps, &inv.capc, &outcome))
        return outcome;
    error = invoke(&inv);
    if (error == KERNEL_PREEMPTED)
        return send_again(t);
    if (inv.call && !inv.blocked)
        answer(t, error, inv.reply_len);
    return DONE;
}

/* The capability lacks the right to send. */
static enum outcome refuse(struct thread *t, struct slot *slot, unsigned how)
{
    struct invocation inv = { .caller = t, .slot = slot, .call = how & SEND_CALL };
    const seL4_Error error = inv_bad_cap(&inv, 0);

    if (how & SEND_CALL)
        answer(t, error, inv.reply_len);
    return DONE;
}

bool send_complete(struct thread *t, unsigned how, enum outcome *outcome)
{
    struct slot *caps[MSG_MAX_CAPS];
    word_t count;

    return !info_caps(arch_frame_info(&t->frame)) || find_caps(t, how, caps, &count, outcome);
}

static enum outcome send_message(struct thread *t, struct slot *slot, unsigned how)
{
    enum outcome outcome;

    if (!send_complete(t, how, &outcome))
        return outcome;
    if (!(slot->cap.rights & RIGHT_WRITE))
        return refuse(t, slot, how);
    ipc_send(t, &slot->cap, how);
    return DONE;
}

static enum outcome send_signal(struct thread *t, struct slot *slot, unsigned how)
{
    enum outcome outcome;

    if (!send_complete(t, how, &outcome))
        return outcome;
    if (!(slot->cap.rights & RIGHT_WRITE))
        return refuse(t, slot, how);
    notification_signal(slot->cap.object, slot->cap.badge);
    if (how & SEND_CALL)
        answer(t, seL4_NoError, 0);
    return DONE;
}

static enum outcome send_reply(struct thread *t, const struct cap *cap, unsigned how)
{
    enum outcome outcome;

    if (!send_complete(t, how, &outcome))
        return outcome;
    ipc_reply(t, cap->object, cap->rights & RIGHT_GRANT);
    if (how & SEND_CALL)
        answer(t, seL4_NoError, 0);
    return DONE;
}

enum outcome send_to(struct thread *t, struct slot *slot, unsigned how)
{
    switch (slot->cap.type) {
    case CAP_ENDPOINT:
        return send_message(t, slot, how);
    case CAP_NOTIFICATION:
        return send_signal(t, slot, how);
    case CAP_REPLY:
        return send_reply(t, &slot->cap, how);
    default:
        return send_invocation(t, slot, how);
    }
}
