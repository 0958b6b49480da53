/* SPDX-License-Identifier: BSD-2-Clause
 * Threads that make random calls on each other, for hundreds of steps, with every invariant checked after each. Root, of
 * the highest priority and nobody's target, mends what broke whenever nobody can run. */
#include "actors.h"

#include <stdlib.h>

enum { THREADS = 6, OBJECTS = 4, COPIES = 8, STEPS = 600, LINE = 41, BUDGETS = 5 };
static const word_t budgets[BUDGETS][2] = { { 100, 100 }, { 1000, 1000 }, { 50, 400 }, { 20, 5000 }, { 300, 301 } };

static struct thread *threads[THREADS];
static word_t endpoints[OBJECTS], notifications[OBJECTS], replies[OBJECTS], copies[COPIES];
static word_t handler, bell;
static unsigned succeeded;

static word_t pick(word_t n) { return (word_t)random() % n; }

static word_t any_object(void)
{
    switch (pick(7)) {
    case 0:
    case 1:
        return endpoints[pick(OBJECTS)];
    case 2:
        return notifications[pick(OBJECTS)];
    case 3:
        return replies[pick(OBJECTS)];
    case 4:
        return copies[pick(COPIES)];
    case 5:
        return actor_tcb(threads[pick(THREADS)]);
    default:
        return actor_sc(threads[pick(THREADS)]);
    }
}

static void make(word_t slot, enum object_type type)
{
    if (slot_empty(root_slot(slot)))
        CHECK_EQUAL(do_op(fixture.untyped, UntypedRetype, ARGS(type, 0, 0, 0, slot, 1), CAPS(ROOT_CNODE)), seL4_NoError);
}

static void copy(word_t slot)
{
    const word_t from = pick(2) ? endpoints[pick(OBJECTS)] : notifications[pick(OBJECTS)];

    if (slot_empty(root_slot(slot)))
        (void)do_op(ROOT_CNODE, CNodeMint, ARGS(slot, 64, from, 64, pick(16), pick(4)), CAPS(ROOT_CNODE));
}

static void mend(void)
{
    for (unsigned i = 0; i < OBJECTS; i++) {
        make(endpoints[i], OBJ_ENDPOINT);
        make(notifications[i], OBJ_NOTIFICATION);
        make(replies[i], OBJ_REPLY);
    }
    for (unsigned i = 0; i < COPIES; i++)
        copy(copies[i]);
    for (unsigned i = 0; i < THREADS; i++) {
        const word_t tcb = actor_tcb(threads[i]), sc = actor_sc(threads[i]);
        const word_t *const budget = budgets[pick(BUDGETS)];

        if (pick(2))
            (void)do_op(sc, SchedContextUnbind, NO_ARGS, NO_CAPS);
        (void)do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(budget[0], budget[1], pick(5), i, pick(2)), CAPS(sc));
        if (pick(8))
            (void)do_op(sc, SchedContextBind, NO_ARGS, CAPS(tcb));
        else
            (void)do_op(sc, SchedContextBind, NO_ARGS, CAPS(notifications[pick(OBJECTS)]));
        (void)do_op(tcb, TCBSetSpace, ARGS(0, 0), CAPS(pick(3) ? endpoints[0] : 0, ROOT_CNODE, ROOT_VSPACE));
        (void)do_op(tcb, TCBSetTimeoutEndpoint, NO_ARGS, CAPS(pick(2) ? endpoints[1] : 0));
        (void)do_op(tcb, TCBResume, NO_ARGS, NO_CAPS);
    }
    CHECK_EQUAL(do_op(handler, IRQAckIRQ, NO_ARGS, NO_CAPS), seL4_NoError);
    do_wait(bell);
}

static void random_invocation(void)
{
    static const struct { enum invocation_label label; bool on_cnode; word_t argc, capc; } calls[] = {
        { TCBSetPriority, false, 1, 1 }, { TCBSuspend, false, 0, 0 }, { TCBResume, false, 0, 0 },
        { TCBBindNotification, false, 0, 1 }, { TCBUnbindNotification, false, 0, 0 }, { TCBSetSchedParams, false, 2, 3 },
        { TCBReadRegisters, false, 2, 0 }, { sel4ish_TCBReadCounters, false, 0, 0 }, { TCBSetFlags, false, 2, 0 },
        { SchedContextConsumed, false, 0, 0 }, { SchedContextBind, false, 0, 1 }, { SchedContextUnbind, false, 0, 0 },
        { SchedContextUnbindObject, false, 0, 1 }, { SchedContextYieldTo, false, 0, 0 },
        { CNodeCancelBadgedSends, true, 2, 0 }, { CNodeDelete, true, 2, 0 }, { CNodeRevoke, true, 2, 0 },
    };
    const unsigned i = (unsigned)pick(sizeof calls / sizeof calls[0]);
    const struct thread *const caller = host_current();
    struct message m = { .label = calls[i].label, .length = calls[i].argc, .caps = calls[i].capc };
    word_t target = any_object();

    if (calls[i].label <= TCBSetFlags || calls[i].label == sel4ish_TCBReadCounters)
        target = actor_tcb(threads[pick(THREADS)]);
    else if (!calls[i].on_cnode)
        target = actor_sc(threads[pick(THREADS)]);
    for (unsigned k = 0; k < m.length; k++)
        m.words[k] = pick(40);
    for (unsigned k = 0; k < m.caps; k++)
        m.cap[k] = any_object();
    if (calls[i].on_cnode) {
        m.words[0] = pick(3) ? copies[pick(COPIES)] : replies[pick(OBJECTS)];
        m.words[1] = 64;
        target = ROOT_CNODE;
    }
    do_syscall((word_t)SYS_Call, target, &m, 0, 0);
    if (host_current() == caller && got_label(caller) == seL4_NoError)
        succeeded++;
}

static void random_call(void)
{
    static const long numbers[] = { SYS_Call, SYS_Call, SYS_Call, SYS_ReplyRecv, SYS_ReplyRecv, SYS_ReplyRecv, SYS_NBSendRecv,
                                    SYS_NBSendWait, SYS_Send, SYS_NBSend, SYS_Recv, SYS_Recv, SYS_NBRecv, SYS_Wait,
                                    SYS_NBWait, SYS_Yield };
    struct message m = { .label = pick(5), .length = pick(10), .caps = pick(3) };

    for (unsigned k = 0; k < m.caps; k++)
        m.cap[k] = any_object();
    do_syscall((word_t)numbers[pick(sizeof numbers / sizeof numbers[0])], pick(4) ? endpoints[pick(2)] : any_object(), &m,
               pick(8) ? replies[pick(OBJECTS)] : any_object(), pick(2) ? endpoints[pick(2)] : any_object());
}

static void begin(void)
{
    actors_boot();
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(255), CAPS(ROOT_TCB)), seL4_NoError);
    for (unsigned i = 0; i < OBJECTS; i++) {
        endpoints[i] = object_new(OBJ_ENDPOINT, 0);
        notifications[i] = object_new(OBJ_NOTIFICATION, 0);
        replies[i] = object_new(OBJ_REPLY, 0);
    }
    for (unsigned i = 0; i < COPIES; i++)
        copies[i] = slot_new();
    for (unsigned i = 0; i < THREADS; i++)
        threads[i] = actor_stopped((uint8_t)(20 + i / 2));
    bell = object_new(OBJ_NOTIFICATION, 0);
    handler = slot_new();
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(LINE, handler, 64), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(bell)), seL4_NoError);
}

static void steps(unsigned seed)
{
    begin();
    srandom(seed);
    for (unsigned step = 0; step < STEPS; step++) {
        if (host_current() == fixture.root)
            mend();
        else if (!host_current() && host_deadline() != UINT64_MAX && pick(4))
            host_advance(host_deadline() - arch_time());
        else if (!host_current() || pick(200) == 0)
            host_raise(LINE);
        else if (pick(4) == 0)
            host_advance(pick(3000));
        else if (pick(50) == 0)
            host_vm_fault(pick(5) * 4096, pick(2), pick(2));
        else if (pick(50) == 0)
            host_fpu_use(step);
        else if (pick(3))
            random_call();
        else
            random_invocation();
    }
    CHECK(succeeded > STEPS / 100);
}

TEST(invariants_hold_through_random_calls_1) { steps(1); }
TEST(invariants_hold_through_random_calls_2) { steps(2); }
