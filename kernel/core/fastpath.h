/* SPDX-License-Identifier: BSD-2-Clause
 * Fast path: see fastpath.c. Each returns who runs now; null: it did nothing, and the call is to be made the general way. */
#pragma once

#include "cpu.h"

struct thread *fast_call(struct cpu *cpu, struct thread *t, const struct cap *cap);     /* t makes SYS_Call */
struct thread *fast_reply_receive(struct cpu *cpu, struct thread *t);                   /* t makes SYS_ReplyRecv */
bool fast_signals(const struct thread *t, const struct cap *cap);   /* does t make a signal, and may it? False says nothing */
bool fast_mark(const struct cap *notification);                     /* signal it, if nobody can be waiting for it */
