/* SPDX-License-Identifier: BSD-2-Clause
 * Peer: a thread for the root task to talk to, with the root task's CSpace, a stack, thread-local storage and an IPC buffer
 * of its own. It runs the program's code, where its address space shows the program. */
#pragma once

#include <stdbool.h>

#include <sel4/sel4.h>

struct peer {
    seL4_CPtr tcb, sc;
    seL4_Word stack_top;
};

struct peer_kind {
    seL4_CPtr vspace;
    seL4_Word priority;
    seL4_CPtr fault_endpoint;       /* null: none */
    seL4_CPtr sc;                   /* null: one whose budget does not end */
};

void peers_reset(void);             /* none is there any more: world_reset ended them */
/* A thread that may run: when it is of a higher priority, it has run until it waited when this returns. */
struct peer peer_start(void (*entry)(void), struct peer_kind kind);
/* Whatever it does or waits for, it starts again at entry. */
void peer_restart(struct peer peer, void (*entry)(void));
/* It waits and has no scheduling context from now on: callers lend it theirs. */
void peer_make_passive(struct peer peer);
/* A context with a budget (microseconds) in every period, that is its thread's alone. */
seL4_CPtr context_make(seL4_Word budget_us, seL4_Word period_us);

/* Threads that do nothing but one system call, for ever: without stack, storage and buffer. */
seL4_CPtr waiter_start(struct peer_kind kind, seL4_Word syscall, seL4_CPtr cap);
