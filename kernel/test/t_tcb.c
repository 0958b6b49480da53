/* SPDX-License-Identifier: BSD-2-Clause
 * TCBs: configuration, registers, priorities and authority, counters, and the end of threads. */
#include "../object/notification.h"
#include "../object/sched_context.h"
#include "actors.h"

TEST(no_one_gives_a_priority_above_the_mcp_of_the_authority_they_show)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);          /* its MCP is 20 too */
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetPriority, ARGS(21), CAPS(actor_tcb(t))), seL4_RangeError);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(reply_word(1), 20);
    CHECK_EQUAL(t->priority, 20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetMCPriority, ARGS(21), CAPS(actor_tcb(t))), seL4_RangeError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetPriority, ARGS(21), CAPS(ROOT_CNODE)), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetPriority, ARGS(256), CAPS(ROOT_TCB)), seL4_RangeError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetMCPriority, ARGS(255), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetPriority, ARGS(255), CAPS(actor_tcb(t))), seL4_NoError);
}

TEST(configure_refuses_what_is_no_space_or_buffer_and_changes_nothing)
{
    const struct cap *buffer;
    struct thread *t;
    word_t frame;

    actors_boot();
    t = actor_stopped(20);
    buffer = &thread_slot(t, SLOT_BUFFER)->cap;
    frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0, 0), CAPS(ROOT_TCB, ROOT_VSPACE, 0)),
                seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0, 0), CAPS(ROOT_CNODE, ROOT_CNODE, 0)),
                seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0, 0x1000), CAPS(ROOT_CNODE, ROOT_VSPACE, ROOT_TCB)),
                seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0, 0x1008), CAPS(ROOT_CNODE, ROOT_VSPACE, frame)),
                seL4_AlignmentError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigure, ARGS(0, 0), CAPS(ROOT_CNODE, ROOT_VSPACE, frame)),
                seL4_TruncatedMessage);
    CHECK(buffer->type == CAP_FRAME && buffer->object != root_slot(frame)->cap.object);
}

TEST(a_buffer_at_the_end_of_its_frame_is_within_it)
{
    struct thread *t;
    word_t frame;

    actors_boot();
    t = actor_stopped(20);
    frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetIPCBuffer, ARGS(0x10005c00), CAPS(frame)), seL4_NoError);
    CHECK((char *)t->buffer == (char *)root_slot(frame)->cap.object + 0xc00);
}

TEST(a_thread_whose_buffers_frame_is_gone_has_no_buffer)
{
    struct thread *t;
    word_t frame;

    actors_boot();
    t = actor_stopped(20);
    frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetIPCBuffer, ARGS(0x10005000), CAPS(frame)), seL4_NoError);
    CHECK(thread_buffer(t));
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(frame, 64), NO_CAPS), seL4_NoError);
    CHECK(!thread_buffer(t));
}

TEST(only_an_endpoint_with_write_and_a_grant_right_handles_faults)
{
    struct thread *t;
    word_t endpoint, plain, grant_reply;

    actors_boot();
    t = actor_stopped(20);
    endpoint = object_new(OBJ_ENDPOINT, 0);
    plain = minted(endpoint, RIGHT_WRITE | RIGHT_READ, 0);
    grant_reply = minted(endpoint, RIGHT_WRITE | RIGHT_GRANT_REPLY, 0);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(plain, ROOT_CNODE, ROOT_VSPACE)),
                seL4_InvalidCapability);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(ROOT_TCB, ROOT_CNODE, ROOT_VSPACE)),
                seL4_InvalidCapability);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetTimeoutEndpoint, NO_ARGS, CAPS(plain)), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(grant_reply, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    CHECK(thread_slot(t, SLOT_FAULT_HANDLER)->cap.type == CAP_ENDPOINT);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    CHECK(slot_empty(thread_slot(t, SLOT_FAULT_HANDLER)));
}

TEST(a_blocked_thread_that_is_resumed_makes_its_call_again)
{
    struct thread *t;
    word_t notification;

    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    t = actor_new(20);
    do_wait(notification);
    CHECK_EQUAL(t->frame.pc, 0x400004);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == t && t->state == THREAD_RESTART);
    CHECK_EQUAL(t->frame.pc, 0x400000);
}

TEST(a_thread_that_suspends_itself_stops_with_its_call_answered)
{
    struct thread *t;

    actors_boot();
    t = actor_new(20);
    CHECK(do_call(actor_tcb(t), TCBSuspend, 0) == fixture.root);
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
    CHECK_EQUAL(got_label(t), seL4_NoError);
    CHECK_EQUAL(t->frame.pc, 0x400004);
}

TEST(the_last_capability_to_a_running_thread_ends_it_and_frees_what_it_held)
{
    struct thread *t;
    word_t notification, sc;

    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    t = actor_stopped(20);
    sc = actor_sc(t);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    deleted(actor_tcb(t));
    CHECK(!((struct sched_context *)root_slot(sc)->cap.object)->thread);
    CHECK(!((struct notification *)root_slot(notification)->cap.object)->bound);
    CHECK(!this_cpu()->ready[5]);
}

TEST(a_thread_may_end_itself)
{
    struct thread *t;

    actors_boot();
    t = actor_new(20);
    CHECK(do_syscall((word_t)SYS_Call, ROOT_CNODE,
                     &(struct message){ .label = CNodeDelete, .length = 2, .words = { actor_tcb(t), 64 } }, 0, 0)
          == fixture.root);
    CHECK(slot_empty(root_slot(actor_tcb(t))));
}

TEST(a_thread_that_ends_leaves_no_trace_in_the_vector_unit)
{
    struct thread *t;

    actors_boot();
    t = actor_new(20);
    host_fpu_use(5);
    CHECK(this_cpu()->fpu_owner == t);
    CHECK(do_wait(object_new(OBJ_NOTIFICATION, 0)) == fixture.root);
    deleted(actor_tcb(t));
    CHECK(!this_cpu()->fpu_owner);
}

TEST(counters_count_calls_faults_and_switches_and_say_the_last_fault)
{
    struct thread *t;

    actors_boot();
    t = actor_new(20);
    do_yield();
    CHECK(host_vm_fault(0x1000, false, true) == fixture.root);
    t->denial_reported = true;
    CHECK_EQUAL(do_op(actor_tcb(t), sel4ish_TCBReadCounters, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_length(), 6);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(reply_word(1), 1);
    CHECK_EQUAL(reply_word(2), 1);
    CHECK_EQUAL(reply_word(4), FAULT_VM);
    CHECK(!t->denial_reported);
}

TEST(flags_are_set_cleared_and_told)
{
    actors_boot();
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetFlags, ARGS(0, 0xff), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), THREAD_FLAG_FPU_DISABLED | THREAD_FLAG_TIMER);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetFlags, ARGS(THREAD_FLAG_FPU_DISABLED, 0), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), THREAD_FLAG_TIMER);
}

TEST(a_bound_notification_is_not_bound_again)
{
    struct thread *a, *b;
    word_t notification;

    actors_boot();
    a = actor_stopped(20);
    b = actor_stopped(20);
    notification = object_new(OBJ_NOTIFICATION, 0);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBUnbindNotification, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBBindNotification, NO_ARGS, CAPS(minted(notification, RIGHT_WRITE, 0))),
                seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBUnbindNotification, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_NoError);
}

TEST(set_sched_params_takes_the_context_away_but_not_from_its_caller)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(9, 8), CAPS(ROOT_TCB, actor_sc(t), 0)),
                seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(9, 8), CAPS(ROOT_TCB, ROOT_TCB, 0)),
                seL4_InvalidCapability);
    CHECK_EQUAL(t->priority, 20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(9, 8), CAPS(ROOT_TCB, 0, 0)), seL4_NoError);
    CHECK(!t->sc && t->mcp == 9 && t->priority == 8);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSchedParams, ARGS(9, 8), CAPS(ROOT_TCB, 0, 0)), seL4_IllegalOperation);
}

TEST(device_memory_is_no_buffer)
{
    const word_t frame = (fixture_boot(), slot_new());
    word_t tcb;

    tcb = object_new(OBJ_TCB, 0);
    CHECK_EQUAL(
        do_op(fixture.device_untyped, UntypedRetype, ARGS(OBJ_FRAME_SMALL, 0, 0, 0, frame, 1), CAPS(ROOT_CNODE)),
        seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBSetIPCBuffer, ARGS(0x10000000), CAPS(frame)), seL4_IllegalOperation);
}

TEST(a_guard_that_leaves_no_room_for_the_slots_is_refused)
{
    fixture_boot();
    const word_t tcb = thread_new(10, false), node = object_new(OBJ_CNODE, 4);
    const struct slot *const held = thread_slot(thread_of(tcb), SLOT_CSPACE);

    CHECK_EQUAL(do_op(tcb, TCBSetSpace, ARGS(61, 0), CAPS(0, node, ROOT_VSPACE)), seL4_IllegalOperation);
    CHECK(held->cap.object == root_slot(ROOT_CNODE)->cap.object);
    CHECK_EQUAL(do_op(tcb, TCBSetSpace, ARGS(60, 0), CAPS(0, node, ROOT_VSPACE)), seL4_NoError);
    CHECK(held->cap.object == root_slot(node)->cap.object && held->cap.extra == 60);
}

TEST(a_buffer_is_aligned_and_used_only_where_the_thread_could_write)
{
    fixture_boot();
    const word_t tcb = thread_new(10, false), frame = object_new(OBJ_FRAME_SMALL, 0), reader = slot_new();
    struct thread *const t = thread_of(tcb);

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(reader, 64, frame, 64, RIGHT_READ), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBSetIPCBuffer, ARGS(0x10000001), CAPS(frame)), seL4_AlignmentError);
    CHECK_EQUAL(do_op(tcb, TCBSetIPCBuffer, ARGS(0x10000200), CAPS(frame)), seL4_AlignmentError);
    CHECK(!t->buffer && slot_empty(thread_slot(t, SLOT_BUFFER)));
    CHECK_EQUAL(do_op(tcb, TCBSetIPCBuffer, ARGS(0x10000400), CAPS(frame)), seL4_NoError);
    CHECK((uint8_t *)t->buffer == (uint8_t *)root_slot(frame)->cap.object + 0x400);
    CHECK_EQUAL(do_op(tcb, TCBSetIPCBuffer, ARGS(0x10000400), CAPS(reader)), seL4_NoError);
    CHECK(!t->buffer && !slot_empty(thread_slot(t, SLOT_BUFFER)));
    CHECK_EQUAL(t->buffer_vaddr, 0x10000400);
}

TEST(a_notification_that_others_wait_for_is_not_bound)
{
    actors_boot();
    struct thread *const waiter = actor_new(20), *t;
    const word_t notification = object_new(OBJ_NOTIFICATION, 0);

    CHECK(do_wait(notification) == fixture.root);
    t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_IllegalOperation);
    CHECK(!t->bound && waiter->state == THREAD_BLOCKED_ON_NOTIFICATION);
}

TEST(an_endpoint_that_may_not_be_sent_to_handles_no_faults)
{
    fixture_boot();
    const word_t tcb = thread_new(10, false), endpoint = object_new(OBJ_ENDPOINT, 0), deaf = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(deaf, 64, endpoint, 64, RIGHT_READ | RIGHT_GRANT), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBSetSpace, ARGS(0, 0), CAPS(deaf, ROOT_CNODE, ROOT_VSPACE)), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(do_op(tcb, TCBSetTimeoutEndpoint, NO_ARGS, CAPS(ROOT_TCB)), seL4_InvalidCapability);
    CHECK(slot_empty(thread_slot(thread_of(tcb), SLOT_FAULT_HANDLER)) &&
          slot_empty(thread_slot(thread_of(tcb), SLOT_TIMEOUT_HANDLER)));
}

TEST(the_timer_is_for_the_threads_that_may_touch_it_while_they_run)
{
    actors_boot();
    CHECK(!host_timer_usable());
    struct thread *const t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetFlags, ARGS(0, THREAD_FLAG_TIMER), NO_CAPS), seL4_NoError);
    CHECK(!host_timer_usable());
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_current() == t && host_timer_usable());
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetFlags, ARGS(THREAD_FLAG_TIMER, THREAD_FLAG_FPU_DISABLED), NO_CAPS), seL4_NoError);
    CHECK(!host_timer_usable());        /* other flags do not give it */
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetFlags, ARGS(THREAD_FLAG_FPU_DISABLED, THREAD_FLAG_TIMER), NO_CAPS), seL4_NoError);
    CHECK(host_timer_usable());
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root && !host_timer_usable());
}
