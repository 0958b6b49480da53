/* SPDX-License-Identifier: BSD-2-Clause
 * Message: a word of info, up to 120 words and up to 3 capabilities, on its way from one thread's registers and IPC buffer
 * into another's. Buffers are user memory: a word is read once. */
#pragma once

#include "../arch/arch.h"
#include "cap.h"
#include "thread.h"

struct endpoint;

/* Message info, see abi.h. */
static inline word_t info_label(word_t info) { return info >> 12; }
static inline word_t info_caps(word_t info) { return info >> 7 & 3; }
static inline word_t info_length(word_t info)
{
    const word_t length = info & 127;

    return length < MSG_MAX_LENGTH ? length : (word_t)MSG_MAX_LENGTH;
}
static inline word_t info_make(word_t label, word_t unwrapped, word_t caps, word_t length)
{
    return label << 12 | unwrapped << 9 | caps << 7 | length;
}

/* `length` words, or as many as reach the other: how many. */
word_t message_copy_long(struct thread *from, struct thread *to, word_t length);
static inline word_t message_copy_words(struct thread *from, struct thread *to, word_t length)
{
    switch (length) {
    default:
        length = message_copy_long(from, to, length);
        __attribute__((fallthrough));
    case 4:
        arch_frame_set(&to->frame, 3, arch_frame_get(&from->frame, 3));
        __attribute__((fallthrough));
    case 3:
        arch_frame_set(&to->frame, 2, arch_frame_get(&from->frame, 2));
        __attribute__((fallthrough));
    case 2:
        arch_frame_set(&to->frame, 1, arch_frame_get(&from->frame, 1));
        __attribute__((fallthrough));
    case 1:
        arch_frame_set(&to->frame, 0, arch_frame_get(&from->frame, 0));
    }
    return length;
}
/* from's words and label, and the badge; no capabilities. */
void message_copy(struct thread *from, struct thread *to, word_t info, word_t badge);
/* from's message, or the fault it is in, to `to`. e: through which endpoint (null: a reply); grant: capabilities too. */
void message_send(struct thread *from, struct thread *to, const struct endpoint *e, word_t badge, bool grant);
/* The words of t's message, at most capacity; how many. */
word_t message_words(struct thread *t, word_t *words, word_t capacity);
