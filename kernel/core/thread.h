/* SPDX-License-Identifier: BSD-2-Clause
 * Thread: saved registers, five capability slots, and its place in the scheduler and in at most one wait queue.
 *
 * Invariants: state names the queue that the thread is in, and no other queue holds it; sc->thread == this when sc is
 * set; notification->thread == this when bound; reply->thread == this when state is BLOCKED_ON_REPLY. */
#pragma once

#include <arch_types.h>     /* struct arch_frame, struct arch_fpu */
#include "cap.h"
#include "queue.h"

struct sched_context;
struct notification;
struct reply;
struct endpoint;

enum thread_state {         /* numbers are seen by nobody but the debug dump */
    THREAD_INACTIVE,        /* suspended or never started */
    THREAD_RUNNING,         /* may run, when it has a context with budget */
    THREAD_RESTART,         /* as RUNNING, but the interrupted system call is made again (arch_frame_restart was applied) */
    THREAD_BLOCKED_ON_SEND,
    THREAD_BLOCKED_ON_RECEIVE,
    THREAD_BLOCKED_ON_NOTIFICATION,
    THREAD_BLOCKED_ON_REPLY,
};

enum thread_slot { SLOT_CSPACE, SLOT_VSPACE, SLOT_BUFFER, SLOT_FAULT_HANDLER, SLOT_TIMEOUT_HANDLER, THREAD_SLOTS };

enum { THREAD_FLAG_FPU_DISABLED = 1, THREAD_FLAG_TIMER = 2 /* may use the physical timer's registers */ };

enum fault_kind {           /* numbers as seL4_FaultType */
    FAULT_NONE, FAULT_CAP, FAULT_UNKNOWN_SYSCALL, FAULT_USER_EXCEPTION, FAULT_TIMEOUT, FAULT_VM, FAULT_DEBUG
};

struct fault {
    enum fault_kind kind;
    word_t words[6];        /* see fault.c: the message minus what is in the registers */
};

struct counters { uint64_t syscalls, faults, switches, denials; };

struct thread {
    struct arch_frame frame;                /* first: the trap path finds it at the thread's own address */
    union slot_cell slots[THREAD_SLOTS];

    enum thread_state state;
    uint8_t priority, mcp;
    uint8_t domain;
    uint8_t flags;
    bool in_release_queue;
    bool denial_reported;                   /* the monitor was signalled since the counters were last read */
    struct ready_link ready;                /* in cpu->ready[priority] when runnable, with budget, and not current or preempted */

    struct sched_context *sc;               /* null: passive */
    struct sched_context *yield_to;         /* whose Consumed this thread will be told */
    struct notification *bound;             /* bound notification */

    /* While blocked */
    struct wait_link wait;                  /* in an endpoint's or a notification's queue */
    void *waiting_on;                       /* struct endpoint or struct notification: state says which */
    struct reply *reply;                    /* BLOCKED_ON_RECEIVE: to fill (may be null); BLOCKED_ON_REPLY: that will wake it */
    word_t badge;                           /* BLOCKED_ON_SEND: of the capability sent through */
    bool can_grant, can_grant_reply, is_call, can_donate;

    struct fault fault;                     /* kind != FAULT_NONE: waits for its handler (or has none) */
    struct ipc_buffer *buffer;              /* kernel's view of the IPC buffer, or null; valid while SLOT_BUFFER holds its frame */
    vaddr_t buffer_vaddr;
    struct counters counters;
    char name[32];                          /* debug kernels: from DebugNameThread */
    struct arch_fpu fpu;
};

static inline struct slot *thread_slot(struct thread *t, enum thread_slot i) { return &t->slots[i].slot; }

void thread_init(struct thread *t);                       /* memory is zeroed */
void thread_suspend(struct thread *t);                    /* out of every queue; state INACTIVE */
void thread_resume(struct thread *t);                     /* RESTART if it was stopped, blocked or faulted */
void thread_set_state(struct thread *t, enum thread_state state);   /* keeps the ready queue right */
void thread_set_priority(struct thread *t, uint8_t priority);       /* keeps its place in queues right */
void thread_set_buffer(struct thread *t, vaddr_t vaddr, const struct cap *frame);
bool thread_runnable(const struct thread *t);             /* state RUNNING or RESTART */
