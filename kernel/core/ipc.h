/* SPDX-License-Identifier: BSD-2-Clause
 * Messages between threads: through endpoints and reply objects, with what travels along: badge, extra capabilities, and
 * the sender's scheduling context when it is donated.
 *
 * Rule: a message that donates nothing never wakes a thread without a scheduling context. It is dropped and counted with
 * its sender, and the receiver stays queued. */
#pragma once

#include "abi.h"
#include "cap.h"
#include "thread.h"
#include "../object/endpoint.h"
#include "../object/reply.h"

enum {                      /* how a message is sent: */
    SEND_BLOCK = 1,         /* wait when nobody receives (else the message is lost) */
    SEND_CALL = 2,          /* wait for a reply */
    SEND_DONATE = 4,        /* the receiver may have the context if it has none */
};

/* t's message (or t's fault, if it has one) to e. cap: the endpoint capability it is sent through, right to write proven. */
void ipc_send(struct thread *t, const struct cap *cap, unsigned how);
/* Without a context, t takes from e no message that donates nothing: is there none at the head of e's queue? */
bool ipc_may_receive(const struct thread *t, const struct endpoint *e, const struct reply *reply);
/* t takes a message from the endpoint, right to read proven, as it may; reply may be null. */
void ipc_receive(struct thread *t, const struct cap *cap, struct reply *reply, bool block);
/* t answers the thread that waits in reply, if one does. */
void ipc_reply(struct thread *t, struct reply *reply, bool can_grant);
/* Would a message to e now take its sender's context away? */
bool ipc_send_would_donate(const struct endpoint *e);
/* Would answering through reply now take t's context away? t runs. */
bool ipc_reply_would_return(const struct thread *t, const struct reply *reply);
/* t is about to receive from e without a context: drop the senders at the head of e's queue that donate nothing.
 * seL4_NoError or KERNEL_PREEMPTED. */
seL4_Error ipc_drop_undonating(struct endpoint *e, const struct reply *reply) MUST_USE;
/* Take a thread out of what it waits for (endpoint, notification, reply); it is INACTIVE afterwards, its system call
 * starts again if it is resumed. Nothing if it does not wait. */
void ipc_cancel(struct thread *t);
/* t, in no queue, waits no longer for what cannot come: as after ipc_cancel. */
void ipc_give_up(struct thread *t);
/* t, BLOCKED_ON_RECEIVE, gets something else than a message: out of the queue. Its state is the caller's to change. */
void ipc_leave_receive(struct thread *t);
/* As ipc_cancel, and it competes for the processor again: its system call starts again. */
void ipc_restart(struct thread *t);
/* t waits in the queue of an endpoint that it can no longer use: as ipc_restart, but who is in a fault stays INACTIVE. */
void ipc_cancel_send(struct thread *t);
