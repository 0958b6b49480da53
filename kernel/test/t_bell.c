/* SPDX-License-Identifier: BSD-2-Clause
 * Bells: the last capability to a notification goes with the end that was to signal through it, and many wait for it. */
#include "world.h"

enum { DEPTH = 64 };

static void live(void)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    signals(world.provider_bell);
}

static seL4_Error acknowledge(unsigned n)
{
    return do_op(world.provider_cap, sel4ish_ProviderAcknowledge, ARGS(n), NO_CAPS);
}

enum { WAITERS = 30 };

/* They wait for the notification, whose capability in the root's slot is then gone. */
static void waited_for_and_dropped(word_t notification)
{
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(10), CAPS(ROOT_TCB)), seL4_NoError);
    for (unsigned i = 0; i < WAITERS; i++) {
        const word_t tcb = thread_new(20, false);

        thread_start(tcb, 0x400000);
        do_syscall((word_t)SYS_Wait, notification, &(struct message){ 0 }, 0, 0);
        CHECK_EQUAL(thread_of(tcb)->state, THREAD_BLOCKED_ON_NOTIFICATION);
        CHECK_EQUAL(do_op(tcb, TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    }
    CHECK_EQUAL(delete(notification), seL4_NoError);
}

TEST(a_client_leaves_preemptibly_though_many_wait_for_its_notification)
{
    live();
    waited_for_and_dropped(world.bell_a);
    CHECK_PREEMPTED(1, delete(world.cap_a));
    CHECK_EQUAL(world.a->state, CONNECTION_DRAINING);
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    world.bell_a = 0;
    CHECK_EQUAL(store_request_a(), seL4_NoError);
}

TEST(a_connection_whose_client_is_half_gone_is_not_granted_again)
{
    live();
    waited_for_and_dropped(world.bell_a);
    world.bell_a = 0;
    host_raise_after(1, arch_irq_timer());
    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeDelete, .length = 2, .words = { world.cap_a, DEPTH } }, 0, 0);
    CHECK_EQUAL(root_slot(world.cap_a)->cap.type, CAP_ZOMBIE);
    fixture.root->frame.pc = fixture.root->frame.restart + 4;       /* root does something else */
    const word_t gone = world.cap_a;
    world.cap_a = slot_new();
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NotEnoughMemory);
    CHECK_EQUAL(delete(gone), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
}

TEST(a_provider_leaves_preemptibly_though_many_wait_for_its_notification)
{
    live();
    waited_for_and_dropped(world.provider_bell);
    CHECK_PREEMPTED(4, delete(world.provider_cap));
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
}

TEST(a_monitor_is_replaced_preemptibly_though_many_wait_for_it)
{
    world_boot();
    CHECK_EQUAL(revoke(world.monitor), seL4_NoError);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(world.monitor)), seL4_NoError);
    waited_for_and_dropped(world.monitor);
    const word_t next = object_new(OBJ_NOTIFICATION, 0);
    CHECK_PREEMPTED(1, do_op(world.registry, sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(next)));
}
