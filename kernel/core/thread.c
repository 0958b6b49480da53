/* SPDX-License-Identifier: BSD-2-Clause
 * Thread: see thread.h. */
#include "thread.h"

#include "../arch/arch.h"
#include "../object/endpoint.h"
#include "../object/notification.h"
#include "../object/sched_context.h"
#include "ipc.h"
#include "queue.h"
#include "sched.h"

static void set_level(struct thread *t, uint8_t priority, uint8_t domain)
{
    t->priority = priority;
    t->domain = domain;
    t->level = (uint16_t)(domain * PRIORITIES + priority);
}

void thread_init(struct thread *t)
{
    arch_frame_init(&t->frame, 0, 0, 0);
    set_level(t, 0, this_cpu()->domain);
}

void thread_set_state(struct thread *t, enum thread_state state)
{
    const bool ran = thread_runnable(t);

    t->state = state;
    if (!ran && thread_runnable(t))
        sched_wake(t);
    else if (ran && !thread_runnable(t))
        sched_stop(t);
}

void thread_suspend(struct thread *t)
{
    ipc_cancel(t);
    sc_cancel_yield(t);
    thread_set_state(t, THREAD_INACTIVE);
}

void thread_resume(struct thread *t)
{
    if (!thread_runnable(t))
        ipc_restart(t);
}

static struct wait_queue *queue_of(struct thread *t)
{
    switch (t->state) {
    case THREAD_BLOCKED_ON_SEND:
    case THREAD_BLOCKED_ON_RECEIVE:
        return &((struct endpoint *)t->waiting_on)->queue;
    case THREAD_BLOCKED_ON_NOTIFICATION:
        return &((struct notification *)t->waiting_on)->waiters;
    default:
        return NULL;
    }
}

void thread_set_priority(struct thread *t, uint8_t priority)
{
    struct cpu *cpu = this_cpu();
    struct wait_queue *queue = queue_of(t);
    const bool queued = ready_queued(t);

    if (t->state == THREAD_BLOCKED_ON_SEND)
        endpoint_reordering(t->waiting_on, t);
    if (queue)
        wait_queue_remove(queue, t);
    ready_remove(cpu, t);
    set_level(t, priority, t->domain);
    if (queue)
        wait_queue_insert(queue, t);
    if (queued)
        ready_append(cpu, t);
    if (t->state == THREAD_BLOCKED_ON_NOTIFICATION)
        notification_deliver(t->waiting_on);
    cpu->reschedule = true;
}

void thread_set_domain(struct thread *t, uint8_t domain)
{
    struct cpu *cpu = this_cpu();
    const bool queued = ready_queued(t);

    ready_remove(cpu, t);
    set_level(t, t->priority, domain);
    if (queued || (t == cpu->current && domain != cpu->domain))
        ready_append(cpu, t);
    cpu->reschedule = true;
}

void thread_set_buffer(struct thread *t, vaddr_t vaddr, const struct cap *frame)
{
    t->buffer_vaddr = vaddr;
    t->buffer = NULL;
    if (frame)
        t->buffer = (struct ipc_buffer *)(void *)
            ((uint8_t *)frame->object + (vaddr & (((word_t)1 << frame->size_bits) - 1)));
}
