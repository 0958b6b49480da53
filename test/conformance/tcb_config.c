/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: spaces, IPC buffer, handlers, TLS base and flags. */
#include "harness/conform.h"

CASE(configure_gives_a_thread_its_spaces_and_buffer, "API seL4_TCB_Configure")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->tag = tag(0, 0, 8);
    t->word[7] = 77;
    thread_start(t, job_send);
    CHECK_EQUAL(seL4_MessageInfo_get_length(seL4_Recv(endpoint, NULL, reply_new())), 8);
    CHECK_EQUAL(seL4_GetMR(7), 77);
}

CASE(configure_refuses_a_cspace_that_is_no_cnode, "API seL4_TCB_Configure")
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0);

    REFUSED(seL4_IllegalOperation, seL4_TCB_Configure(tcb, endpoint_new(), 0, SPACE, 0, 0, seL4_CapNull));
    REFUSED(seL4_IllegalOperation, seL4_TCB_SetSpace(tcb, seL4_CapNull, endpoint_new(), 0, SPACE, 0));
}

CASE(configure_refuses_a_vspace_that_is_none, "API seL4_TCB_Configure")
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0), table = make(seL4_ARM_PageTableObject, 0);

    REFUSED(seL4_IllegalOperation, seL4_TCB_Configure(tcb, ROOT, 0, table, 0, 0, seL4_CapNull));
    REFUSED(seL4_IllegalOperation, seL4_TCB_SetSpace(tcb, seL4_CapNull, ROOT, 0, endpoint_new(), 0));
}

CASE(configure_refuses_a_vspace_without_an_asid, "§7.1.5")
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0), vspace = make(seL4_ARM_VSpaceObject, 0);

    REFUSED(seL4_IllegalOperation, seL4_TCB_Configure(tcb, ROOT, 0, vspace, 0, 0, seL4_CapNull));
    OK(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, vspace));
    OK(seL4_TCB_Configure(tcb, ROOT, 0, vspace, 0, 0, seL4_CapNull));
}

CASE(configure_refuses_a_guard_that_does_not_fit, "§3.3.1")
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0), node = cnode_new(4);
    const seL4_Word bad = seL4_CNode_CapData_new(0, seL4_WordBits - 3).words[0];

    REFUSED(seL4_IllegalOperation, seL4_TCB_Configure(tcb, node, bad, SPACE, 0, 0, seL4_CapNull));
    REFUSED(seL4_IllegalOperation, seL4_TCB_SetSpace(tcb, seL4_CapNull, node, bad, SPACE, 0));
}

CASE(a_buffer_must_be_aligned, "API seL4_TCB_SetIPCBuffer")
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0), frame = frame_new();
    const seL4_Word vaddr = (seL4_Word)map(frame);

    REFUSED(seL4_AlignmentError, seL4_TCB_SetIPCBuffer(tcb, vaddr + 256, frame));
    REFUSED(seL4_AlignmentError, seL4_TCB_Configure(tcb, ROOT, 0, SPACE, 0, vaddr + 8, frame));
    OK(seL4_TCB_SetIPCBuffer(tcb, vaddr + (1ul << seL4_IPCBufferSizeBits), frame));
}

CASE(a_buffer_must_be_in_a_frame, "API seL4_TCB_SetIPCBuffer")
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0);

    REFUSED(seL4_IllegalOperation, seL4_TCB_SetIPCBuffer(tcb, 0x10000000, endpoint_new()));
    REFUSED(seL4_IllegalOperation, seL4_TCB_SetIPCBuffer(tcb, 0x10000000, seL4_CapNull));
}

CASE(a_buffer_can_be_in_the_middle_of_its_page, "API seL4_TCB_SetIPCBuffer")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);
    seL4_IPCBuffer *middle = t->buffer + 2;

    OK(seL4_TCB_SetIPCBuffer(t->tcb, (seL4_Word)middle, t->buffer_frame));
    t->cap = endpoint;
    t->tag = tag(0, 0, 8);
    middle->msg[7] = 99;
    thread_start(t, job_send);      /* fills the other, which its TLS names */
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_GetMR(7), 99);
}

CASE(a_buffer_that_is_0_is_none, "API seL4_TCB_SetIPCBuffer")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_SetIPCBuffer(t->tcb, 0, seL4_CapNull));
    t->cap = endpoint;
    t->tag = tag(0, 0, 8);
    thread_start(t, job_send);
    CHECK_EQUAL(seL4_MessageInfo_get_length(seL4_Recv(endpoint, NULL, reply_new())), seL4_FastMessageRegisters);
}

CASE(a_buffer_whose_frame_goes_is_none, "§6.1.1")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->tag = tag(0, 0, 8);
    thread_start(t, job_send);
    slot_revoke(t->buffer_frame);   /* the thread's own copy */
    CHECK_EQUAL(seL4_MessageInfo_get_length(seL4_Recv(endpoint, NULL, reply_new())), seL4_FastMessageRegisters);
}

CASE(a_thread_keeps_its_cspace_when_the_capability_goes, "§6.1.1")
{
    const seL4_CPtr node = cnode_new(4), notification = notification_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_CNode_Mint(node, 5, 4, ROOT, notification, DEPTH, seL4_AllRights, 6));
    OK(seL4_CNode_Copy(node, 1, 4, ROOT, t->tcb, DEPTH, seL4_AllRights));
    thread_cspace(t, node, seL4_CNode_CapData_new(0, seL4_WordBits - 4).words[0]);
    slot_delete(node);
    t->cap = 5;
    t->tcb_in_own_space = 1;
    thread_start(t, job_signal);
    CHECK_EQUAL(signalled(notification), 6);
}

CASE(setspace_changes_the_cspace_of_a_thread_that_waits, "API seL4_TCB_SetSpace")
{
    const seL4_CPtr node = cnode_new(4), notification = notification_new(), other = notification_new();
    struct thread *t = waiter(notification, HIGH);

    OK(seL4_CNode_Copy(node, 1, 4, ROOT, t->tcb, DEPTH, seL4_AllRights));
    OK(seL4_CNode_Mint(node, 2, 4, ROOT, other, DEPTH, seL4_AllRights, 6));
    thread_cspace(t, node, seL4_CNode_CapData_new(0, seL4_WordBits - 4).words[0]);
    t->tcb_in_own_space = 1;
    seL4_Signal(mint(notification, 3));
    CHECK(t->finished && t->badge == 3);
    t->cap = 2;
    thread_start(t, job_signal);
    CHECK_EQUAL(signalled(other), 6);
}

/* ---- handlers */

CASE(a_fault_handler_must_be_an_endpoint, "§6.1.11")
{
    struct thread *t = thread_new(HIGH);

    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_TCB_SetSpace(t->tcb, notification_new(), ROOT, 0, SPACE, 0));
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_TCB_SetTimeoutEndpoint(t->tcb, notification_new()));
}

CASE(a_fault_handler_needs_write_and_a_grant, "§6.1.11")
{
    struct thread *t = thread_new(HIGH);
    const seL4_CPtr endpoint = endpoint_new();

    REFUSED(seL4_InvalidCapability, seL4_TCB_SetSpace(t->tcb, copy_with(endpoint, seL4_CanWrite), ROOT, 0, SPACE, 0));
    REFUSED(seL4_InvalidCapability, seL4_TCB_SetSpace(t->tcb, copy_with(endpoint, seL4_NoWrite), ROOT, 0, SPACE, 0));
    REFUSED(seL4_InvalidCapability, seL4_TCB_SetTimeoutEndpoint(t->tcb, copy_with(endpoint, seL4_ReadWrite)));
    OK(seL4_TCB_SetSpace(t->tcb, copy_with(endpoint, seL4_CapRights_new(1, 0, 0, 1)), ROOT, 0, SPACE, 0));
    OK(seL4_TCB_SetTimeoutEndpoint(t->tcb, copy_with(endpoint, seL4_CapRights_new(0, 1, 0, 1))));
}

CASE(a_handler_that_is_refused_leaves_the_old_one, "§6.1.11")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    thread_handler(t, endpoint);
    REFUSED(seL4_InvalidCapability, seL4_TCB_SetSpace(t->tcb, notification_new(), ROOT, 0, SPACE, 0));
    thread_start(t, do_undefined);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(endpoint, NULL, reply_new())), seL4_Fault_UserException);
}

CASE(a_faults_badge_is_that_of_the_handlers_capability, "§6.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);
    seL4_Word badge = 0;

    thread_handler(t, mint(endpoint, 0x33));
    thread_start(t, do_undefined);
    seL4_NBRecv(endpoint, &badge, reply_new());
    CHECK_EQUAL(badge, 0x33);
}

CASE(setschedparams_sets_the_fault_handler, "§6.1.11")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_passive(HIGH);

    OK(seL4_TCB_SetSchedParams(t->tcb, self, HIGH, HIGH, context_new(1000, 1000), endpoint));
    thread_start(t, do_undefined);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(endpoint, NULL, reply_new())), seL4_Fault_UserException);
}

/* ---- thread-local storage */

static void read_tls(struct thread *t)
{
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(t->word[0]));
    seL4_Wait(t->cap, NULL);
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(t->word[1]));
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(t->tls));
}

CASE(a_thread_has_the_tls_base_that_was_set, "API seL4_TCB_SetTLSBase")
{
    struct thread *t = thread_new(HIGH);

    t->cap = notification_new();
    thread_start(t, read_tls);
    CHECK_EQUAL(t->word[0], t->tls);
}

CASE(a_tls_base_that_is_set_while_a_thread_waits_is_there_afterwards, "API seL4_TCB_SetTLSBase")
{
    struct thread *t = thread_new(HIGH), *other = thread_new(HIGH);

    t->cap = notification_new();
    thread_start(t, read_tls);
    OK(seL4_TCB_SetTLSBase(t->tcb, other->tls));
    seL4_Signal(t->cap);
    CHECK_EQUAL(t->word[1], other->tls);
    CHECK(t->finished);
}

CASE(a_thread_can_set_its_own_tls_base, "API seL4_TCB_SetTLSBase")
{
    seL4_Word before, now;

    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(before));
    OK(seL4_TCB_SetTLSBase(self, before));
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(now));
    CHECK_EQUAL(now, before);
}

CASE(what_a_thread_writes_to_its_tls_register_stays, "§6.1.1")
{
    seL4_Word before, now;
    struct thread *t = thread_new(HIGH);

    t->cap = notification_new();
    thread_start(t, read_tls);
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(before));
    __asm__ volatile("msr tpidr_el0, %0" ::"r"(before | 1));
    seL4_Signal(t->cap);                /* the other one runs, on its own */
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(now));
    __asm__ volatile("msr tpidr_el0, %0" ::"r"(before));
    CHECK_EQUAL(now, before | 1);
}

/* ---- flags */

CASE(flags_are_cleared_then_set_and_returned, "API seL4_TCB_SetFlags")
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0);

    CHECK_EQUAL(seL4_TCB_SetFlags(tcb, 0, 0).flags, seL4_TCBFlag_NoFlag);
    CHECK_EQUAL(seL4_TCB_SetFlags(tcb, 0, seL4_TCBFlag_fpuDisabled).flags, seL4_TCBFlag_fpuDisabled);
    CHECK_EQUAL(seL4_TCB_SetFlags(tcb, seL4_TCBFlag_fpuDisabled, seL4_TCBFlag_fpuDisabled).flags, seL4_TCBFlag_fpuDisabled);
    CHECK_EQUAL(seL4_TCB_SetFlags(tcb, seL4_TCBFlag_fpuDisabled, 0).flags, seL4_TCBFlag_NoFlag);
}

CASE(flags_that_do_not_exist_are_not_set, "API seL4_TCB_SetFlags")
{
    CHECK_EQUAL(seL4_TCB_SetFlags(make(seL4_TCBObject, 0), 0, 1ul << 40).flags, seL4_TCBFlag_NoFlag);
}
