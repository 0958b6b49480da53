/* SPDX-License-Identifier: BSD-2-Clause
 * Thread: saved registers, five capability slots, and its place in the scheduler and in at most one wait queue.
 *
 * Invariants: state names the queue that the thread is in, and no other queue holds it; sc->thread == this when sc is
 * set; bound->bound == this; reply->thread == this when reply is set. */
#pragma once

#include <arch_types.h>     /* struct arch_frame, struct arch_fpu */
#include "breakpoint.h"
#include "cap.h"
#include "link.h"

struct sched_context;
struct notification;
struct reply;
struct endpoint;

enum thread_state {         /* numbers are seen by nobody but the debug dump */
    THREAD_INACTIVE,        /* suspended or never started */
    THREAD_RUNNING,         /* may run, when it has a context with budget */
    THREAD_RESTART,         /* as RUNNING; its system call is made again (arch_frame_restart was applied), or it was resumed */
    THREAD_BLOCKED_ON_SEND,
    THREAD_BLOCKED_ON_RECEIVE,
    THREAD_BLOCKED_ON_NOTIFICATION,
    THREAD_BLOCKED_ON_REPLY,
};

enum thread_slot { SLOT_CSPACE, SLOT_VSPACE, SLOT_BUFFER, SLOT_FAULT_HANDLER, SLOT_TIMEOUT_HANDLER, THREAD_SLOTS };

enum {
    THREAD_FLAG_FPU_DISABLED = 1,
    THREAD_FLAG_TIMER = 2,      /* may use the physical timer's registers */
    THREAD_FLAG_DEBUGGED = 4,   /* see breakpoint.h */
    THREAD_FLAG_STEPS = 8,
    THREAD_FLAGS_MACHINE = THREAD_FLAG_TIMER | THREAD_FLAG_DEBUGGED | THREAD_FLAG_STEPS,   /* what few want of the machine */
};

struct fault {
    enum fault_kind kind;
    word_t words[6];        /* see fault.c: the message minus what is in the registers */
};

struct counters {
    uint64_t syscalls, faults, switches, denials;
    uint64_t drops;         /* messages of this thread that were dropped: they would have woken a thread without a context */
};

enum { THREAD_LINE = 120 };

/* What SLOT_VSPACE's capability came to when it was last looked at: so it is still, unless an address space ended since then
 * or the capability is gone. */
struct thread_space {
    paddr_t root;
    word_t asid;
    uint64_t seen;      /* cpu->spaces_ended then; else: it is to be looked at (again) */
};

struct thread {
    struct arch_frame frame;                /* first: the trap path finds it at the thread's own address */

    /* What messages and the scheduler use lies together, near the start */
    enum thread_state state;
    uint8_t priority, mcp;
    uint8_t domain;
    uint16_t level;                         /* both in one: the ready queue that is its, see cpu.h */
    uint8_t flags;
    uint8_t fpu_ahead;                      /* so often it gets its vector registers before it uses them */
    bool denial_reported;                   /* the monitor was signalled since the counters were last read */
    struct ready_link ready;                /* in cpu->ready[level]; next null: in none (see cpu.h for who is in) */

    struct sched_context *sc;               /* null: passive */
    struct sched_context *yield_to;         /* whose Consumed this thread will be told when it next runs */
    struct notification *bound;             /* bound notification */

    /* While blocked */
    struct wait_link wait;                  /* in an endpoint's or a notification's queue */
    void *waiting_on;                       /* struct endpoint or struct notification: state says which */
    struct reply *reply;                    /* BLOCKED_ON_RECEIVE: to fill (may be null); BLOCKED_ON_REPLY: that will wake it */
    word_t badge;                           /* BLOCKED_ON_SEND: of the capability sent through */
    bool can_grant, can_grant_reply, is_call, can_donate;

    struct thread_space space;              /* see vspace_enter */
    struct ipc_buffer *buffer;              /* kernel's view; valid while SLOT_BUFFER holds its frame: see thread_buffer */
    struct counters counters;

    union slot_cell slots[THREAD_SLOTS];
    struct fault fault;                     /* kind != FAULT_NONE: waits for its handler (or has none) */
    vaddr_t buffer_vaddr;
    enum fault_kind last_fault;             /* what it last faulted with, for whoever reads the counters */
    uint64_t cancelling;                    /* counters.syscalls of the call that goes on with an interrupted cancellation */
    char name[32];                          /* debug kernels: from DebugNameThread */
    char line[THREAD_LINE];                 /* debug kernels: what it has put since its last new line */
    uint8_t line_len;
    struct breakpoints breakpoints;
    struct arch_fpu fpu;
};
_Static_assert(sizeof(struct thread) <= 2048, "a TCB is as large as it says");

static inline struct slot *thread_slot(struct thread *t, enum thread_slot i) { return &t->slots[i].slot; }

/* The IPC buffer, or null when the thread has none or its frame is gone. */
static inline struct ipc_buffer *thread_buffer(struct thread *t)
{
    return t->slots[SLOT_BUFFER].slot.cap.type == CAP_FRAME ? t->buffer : NULL;
}

/* May run when it has a context with budget. */
static inline bool thread_runnable(const struct thread *t)
{
    return t->state == THREAD_RUNNING || t->state == THREAD_RESTART;
}

void thread_init(struct thread *t);                       /* memory is zeroed */
void thread_suspend(struct thread *t);                    /* out of every queue; state INACTIVE */
void thread_resume(struct thread *t);                     /* RESTART if it was stopped, blocked or faulted */
void thread_set_state(struct thread *t, enum thread_state state);   /* keeps the ready queue right */
void thread_set_priority(struct thread *t, uint8_t priority);       /* keeps its place in queues right */
void thread_set_domain(struct thread *t, uint8_t domain);           /* likewise */
/* Remember where the buffer is; the caller puts the frame's capability into SLOT_BUFFER (or leaves it empty). */
void thread_set_buffer(struct thread *t, vaddr_t vaddr, const struct cap *frame);
