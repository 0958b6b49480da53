/* SPDX-License-Identifier: BSD-2-Clause
 * Fast path: see fastpath.c. Each returns who runs now; null: it did nothing, and the call is to be made the general way. */
#pragma once

#include "cpu.h"

struct thread *fast_call(struct cpu *cpu, struct thread *t);            /* t makes SYS_Call */
struct thread *fast_reply_receive(struct cpu *cpu, struct thread *t);   /* t makes SYS_ReplyRecv */
/* t makes SYS_Send: the notification's capability, if it is a signal and may be made. Null says nothing. */
const struct cap *fast_signal(const struct thread *t);
