/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: see fault.h. What the words of struct fault are:
 *
 *   CAP              address, in receive phase, lookup failure, then up to 3 details of it
 *   UNKNOWN_SYSCALL  its number
 *   DEBUG            reason, address, number of the breakpoint
 *   TIMEOUT          the context's badge, microseconds consumed
 *   others           the machine's: see arch_fault_message
 *
 * The messages are libsel4's seL4_CapFault, seL4_VMFault, seL4_UnknownSyscall, seL4_UserException, seL4_Timeout,
 * seL4_DebugException. */
#include "fault.h"

#include "../arch/arch.h"
#include "../object/sched_context.h"
#include "debug.h"
#include "ipc.h"

bool fault_handler_valid(const struct cap *cap)
{
    return cap->type == CAP_NULL
        || (cap->type == CAP_ENDPOINT && cap->rights & RIGHT_WRITE && cap->rights & (RIGHT_GRANT | RIGHT_GRANT_REPLY));
}

static void note(struct thread *t, enum fault_kind kind, word_t a, word_t b, word_t c)
{
    t->fault.kind = kind;
    t->fault.words[0] = a;
    t->fault.words[1] = b;
    t->fault.words[2] = c;
    t->last_fault = kind;
    t->counters.faults++;
}

void fault_raise(struct thread *t, enum fault_kind kind, word_t a, word_t b, word_t c)
{
    const struct cap *handler = &thread_slot(t, SLOT_FAULT_HANDLER)->cap;

    note(t, kind, a, b, c);
    if (handler->type == CAP_ENDPOINT) {
        ipc_send(t, handler, SEND_BLOCK | (t->sc ? SEND_DONATE : 0));
        return;
    }
    thread_set_state(t, THREAD_INACTIVE);
    debug_unhandled_fault(t);
}

void fault_raise_cap(struct thread *t, word_t address, bool receiving, const struct lookup_failure *failure)
{
    const bool guard = failure->kind == LOOKUP_GUARD_MISMATCH;

    t->fault.words[3] = failure->bits_left;
    t->fault.words[4] = guard ? failure->guard_found : failure->bits_found;
    t->fault.words[5] = failure->bits_found;
    arch_frame_restart(&t->frame);
    fault_raise(t, FAULT_CAP, address, receiving, failure->kind);
}

bool fault_raise_timeout(struct thread *t)
{
    const struct cap *handler = &thread_slot(t, SLOT_TIMEOUT_HANDLER)->cap;
    const struct endpoint *e = handler->object;

    if (handler->type != CAP_ENDPOINT)
        return false;
    if (e->state == ENDPOINT_RECEIVERS && !wait_queue_head(&e->queue)->sc)
        return false;       /* it would be dropped: see ipc.h */
    note(t, FAULT_TIMEOUT, t->sc->badge, sc_take_consumed(t->sc), 0);
    ipc_send(t, handler, SEND_BLOCK);
    return true;
}

static word_t cap_fault_message(const struct thread *t, word_t *words)
{
    static const uint8_t details[] = {
        [LOOKUP_MISSING_CAPABILITY] = 1, [LOOKUP_DEPTH_MISMATCH] = 2, [LOOKUP_GUARD_MISMATCH] = 3,
    };
    const word_t count = 3u + details[t->fault.words[2]];

    words[0] = arch_frame_pc(&t->frame);
    for (word_t i = 0; i < count; i++)
        words[1 + i] = t->fault.words[i];
    return 1 + count;
}

word_t fault_message(struct thread *t, word_t words[FAULT_MESSAGE_MAX])
{
    switch (t->fault.kind) {
    case FAULT_CAP:
        return cap_fault_message(t, words);
    case FAULT_TIMEOUT:
        words[0] = t->fault.words[0];
        words[1] = t->fault.words[1];
        return 2;
    case FAULT_DEBUG:
        return breakpoint_message(t, words);
    default:
        return arch_fault_message(t, words);
    }
}

bool fault_reply(struct thread *t, word_t label, const word_t *words, word_t count)
{
    switch (t->fault.kind) {
    case FAULT_UNKNOWN_SYSCALL:
    case FAULT_USER_EXCEPTION:
    case FAULT_TIMEOUT:
        arch_fault_reply(t, words, count);
        return label == 0;
    case FAULT_DEBUG:
        breakpoint_reply(t, words, count);
        return label == 0;
    default:
        return true;        /* whatever it says: the access or the call is made again */
    }
}
