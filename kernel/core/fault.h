/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: a thread that cannot go on sends a message to its fault handler's endpoint and waits for the reply.
 * While a fault waits, the thread's program counter is at the instruction that faulted. */
#pragma once

#include "cspace.h"
#include "thread.h"

/* t stops; its handler is told, or nobody is and t is suspended. */
void fault_raise(struct thread *t, enum fault_kind kind, word_t a, word_t b, word_t c);
void fault_raise_cap(struct thread *t, word_t address, bool receiving, const struct lookup_failure *failure);
/* t's context has no budget left. False: t has no handler that could be told, nothing was done. */
bool fault_raise_timeout(struct thread *t) MUST_USE;
/* The message that describes t's fault: count of words. */
word_t fault_message(struct thread *t, word_t words[FAULT_MESSAGE_MAX]);
/* The handler's reply. Does t go on? */
bool fault_reply(struct thread *t, word_t label, const word_t *words, word_t count) MUST_USE;
/* May this capability be a fault or time-out handler? */
bool fault_handler_valid(const struct cap *cap);
