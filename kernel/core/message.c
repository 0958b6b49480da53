/* SPDX-License-Identifier: BSD-2-Clause
 * Message: see message.h. */
#include "message.h"

#include "../arch/arch.h"
#include "cspace.h"
#include "derivation.h"
#include "derive.h"
#include "fault.h"

static word_t buffer_word(const word_t *word)
{
    return *(const volatile word_t *)word;
}

/* How many words of a message of `length` a thread can have: without a buffer, what registers hold. */
static word_t reach(word_t length, const struct ipc_buffer *buffer)
{
    return length <= MSG_REGS || buffer ? length : (word_t)MSG_REGS;
}

word_t message_copy_long(struct thread *from, struct thread *to, word_t length)
{
    const struct ipc_buffer *source = thread_buffer(from);
    struct ipc_buffer *target = thread_buffer(to);

    if (!source || !target)
        return MSG_REGS;
    for (word_t i = MSG_REGS; i < length; i++)
        target->msg[i] = buffer_word(&source->msg[i]);
    return length;
}

word_t message_words(struct thread *t, word_t *words, word_t capacity)
{
    const struct ipc_buffer *buffer = thread_buffer(t);
    word_t length = reach(info_length(arch_frame_info(&t->frame)), buffer);

    if (length > capacity)
        length = capacity;
    for (word_t i = 0; i < length; i++)
        words[i] = i < MSG_REGS ? arch_frame_get(&t->frame, (unsigned)i) : buffer_word(&buffer->msg[i]);
    return length;
}

/* The empty slot where `to` wants a capability; null: none. */
static struct slot *receive_slot(struct thread *to, const struct ipc_buffer *buffer)
{
    struct lookup_failure failure;
    struct slot *root, *slot;

    root = cspace_lookup(to, buffer_word(&buffer->receive_cnode), &failure);
    if (!root || cspace_lookup_target(&root->cap, buffer_word(&buffer->receive_index),
                                      buffer_word(&buffer->receive_depth), &slot, &failure))
        return NULL;
    return slot_empty(slot) ? slot : NULL;
}

/* The message's capabilities: those to e itself arrive as their badges, one other goes into the receive slot, and the
 * first that can do neither ends it. Returns the info's bits for what arrived. */
static word_t send_caps(struct thread *from, struct thread *to, const struct endpoint *e, word_t count)
{
    struct ipc_buffer *source = thread_buffer(from), *target = thread_buffer(to);
    struct slot *receive = source && target ? receive_slot(to, target) : NULL;
    word_t unwrapped = 0, i;

    if (!source || !target)
        return 0;
    for (i = 0; i < count; i++) {
        struct lookup_failure failure;
        struct slot *slot = cspace_lookup(from, buffer_word(&source->caps_or_badges[i]), &failure);
        struct cap cap;

        if (!slot)
            break;
        cap = slot->cap;
        if (e && cap.type == CAP_ENDPOINT && cap.object == e) {
            target->caps_or_badges[i] = cap.badge;
            unwrapped |= 1u << i;
            continue;
        }
        if (!receive || cap_derive(slot, &cap))
            break;
        derivation_insert(receive, &cap, slot);
        receive = NULL;
    }
    return info_make(0, unwrapped, i, 0);
}

static void send_fault(struct thread *from, struct thread *to)
{
    word_t words[FAULT_MESSAGE_MAX];
    struct ipc_buffer *target = thread_buffer(to);
    const word_t length = reach(fault_message(from, words), target);

    for (word_t i = 0; i < length; i++)
        if (i < MSG_REGS)
            arch_frame_set(&to->frame, (unsigned)i, words[i]);
        else
            target->msg[i] = words[i];
    arch_frame_set_info(&to->frame, info_make(from->fault.kind, 0, 0, length));
}

void message_send(struct thread *from, struct thread *to, const struct endpoint *e, word_t badge, bool grant)
{
    word_t info, caps = 0;

    if (from->fault.kind != FAULT_NONE) {
        arch_frame_set_badge(&to->frame, badge);
        send_fault(from, to);
        return;
    }
    info = arch_frame_info(&from->frame);
    if (grant && info_caps(info))
        caps = send_caps(from, to, e, info_caps(info));
    message_copy(from, to, info, badge);
    arch_frame_set_info(&to->frame, arch_frame_info(&to->frame) | caps);
}

inline void message_copy(struct thread *from, struct thread *to, word_t info, word_t badge)
{
    const word_t length = info_length(info);

    arch_frame_set_badge(&to->frame, badge);
    arch_frame_set_info(&to->frame, info_make(info_label(info), 0, 0, length ? message_copy_words(from, to, length) : 0));
}
