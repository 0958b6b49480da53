/* SPDX-License-Identifier: BSD-2-Clause
 * Sending: what a message to a capability does, by the capability's type. how: SEND_... (ipc.h). */
#pragma once

#include "cap.h"
#include "cspace.h"

struct thread;

enum outcome { DONE, AGAIN };       /* AGAIN: preempted, or faulted: the rest of the call is not made now */

enum outcome send_to(struct thread *t, struct slot *slot, unsigned how);
/* A capability that the message is for, or takes along, is not where its address says. */
enum outcome send_not_found(struct thread *t, word_t address, unsigned how, const struct lookup_failure *failure);
/* All the capabilities that a message names must be there before anything happens, whatever it is sent to. False: *outcome
 * is the call's. */
bool send_complete(struct thread *t, unsigned how, enum outcome *outcome) MUST_USE;
/* The system call was cut short to let an interrupt in: make it again. */
enum outcome send_again(struct thread *t);
