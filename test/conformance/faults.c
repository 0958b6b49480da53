/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: what their messages say, and what an answer does. Faults of lookups are cnode_lookup.c's, time-outs timeouts.c's. */
#include "harness/conform.h"

/* ---- VM faults */

CASE(a_read_of_nothing_faults_with_its_address_and_place, "§7.4")
{
    struct thread *t = thread_new(HIGH);
    const seL4_Word vaddr = window_new(seL4_PageBits) + 8;

    t->word[0] = vaddr;
    struct faulting f = fault_of(t, do_load, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_MessageInfo_get_length(f.tag), seL4_VMFault_Length);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_IP), code_load);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_Addr), vaddr);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_PrefetchFault), 0);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_FSR) >> 26 & 0x3f, 0x24);   /* a data abort from user mode */
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_FSR) & 1 << 6, 0);          /* by a read */
}

CASE(a_write_to_nothing_says_that_it_is_a_write, "§7.4")
{
    struct thread *t = thread_new(HIGH);

    t->word[0] = window_new(seL4_PageBits);
    fault_of(t, do_store, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_IP), code_store);
    CHECK(seL4_GetMR(seL4_VMFault_FSR) & 1 << 6);
}

CASE(a_fetch_from_nothing_is_an_instruction_fault, "§7.4")
{
    struct thread *t = thread_new(HIGH);

    t->word[0] = window_new(seL4_PageBits);
    fault_of(t, do_jump, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_PrefetchFault), seL4_InstructionFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_Addr), t->word[0]);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_IP), t->word[0]);
}

CASE(an_answer_to_a_vm_fault_makes_the_access_again, "§7.4")
{
    struct thread *t = thread_new(HIGH);
    const seL4_CPtr frame = frame_new();

    *(volatile seL4_Word *)map(frame) = 0x77;
    OK(seL4_ARM_Page_Unmap(frame));
    t->word[0] = window_new(seL4_PageBits);
    struct faulting f = fault_of(t, do_load, seL4_Fault_VMFault);
    map_at(frame, SPACE, t->word[0], seL4_CanRead, seL4_ARM_Default_VMAttributes);
    fault_answer(&f, tag(0, 0, 0));
    CHECK(t->finished);
    CHECK_EQUAL(t->word[1], 0x77);
}

CASE(an_answer_without_a_remedy_faults_again, "§7.4")
{
    struct thread *t = thread_new(HIGH);

    t->word[0] = window_new(seL4_PageBits);
    struct faulting f = fault_of(t, do_load, seL4_Fault_VMFault);
    fault_answer(&f, tag(0, 0, 0));
    fault_again(&f, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_IP), code_load);
}

CASE(kernel_addresses_cannot_be_read, "§7.4")
{
    struct thread *t = thread_new(HIGH);

    t->word[0] = 0xffff000040200000;
    fault_of(t, do_load, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_Addr), t->word[0]);
}

/* ---- user exceptions */

CASE(an_undefined_instruction_is_a_user_exception, "§6.2.3")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_undefined, seL4_Fault_UserException);

    CHECK_EQUAL(seL4_MessageInfo_get_length(f.tag), seL4_UserException_Length);
    CHECK_EQUAL(seL4_GetMR(seL4_UserException_FaultIP), code_undefined);
    CHECK(seL4_GetMR(seL4_UserException_SP) <= t->stack_top && seL4_GetMR(seL4_UserException_SP) > t->stack_top - 4096);
    CHECK_EQUAL(seL4_GetMR(seL4_UserException_SPSR) & 0x1f, 0);
}

CASE(a_fault_is_told_whatever_the_stack_pointer_is, "§6.2.3")
{
    static const seL4_Word wild[] = { 3, seL4_UserTop, 0xffff000040000008, ~0ul };

    for (unsigned i = 0; i < sizeof wild / sizeof wild[0]; i++) {
        struct thread *t = thread_new(HIGH);
        const seL4_CPtr endpoint = endpoint_new();
        seL4_UserContext registers = { .pc = (seL4_Word)code_undefined, .sp = wild[i] };

        thread_handler(t, endpoint);
        OK(seL4_TCB_WriteRegisters(t->tcb, 1, 0, 2, &registers));
        CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(endpoint, NULL, reply_new())), seL4_Fault_UserException);
        CHECK_EQUAL(seL4_GetMR(seL4_UserException_SP), wild[i]);
    }
}

CASE(an_answer_with_an_address_goes_on_there, "§6.2.3")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_undefined, seL4_Fault_UserException);

    seL4_SetMR(0, (seL4_Word)code_undefined + 4);
    fault_answer(&f, tag(0, 0, 1));
    CHECK(t->finished);
}

CASE(an_empty_answer_to_a_user_exception_tries_again, "§6.2.3")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_undefined, seL4_Fault_UserException);

    fault_answer(&f, tag(0, 0, 0));
    fault_again(&f, seL4_Fault_UserException);
    CHECK_EQUAL(seL4_GetMR(seL4_UserException_FaultIP), code_undefined);
}

CASE(an_answer_with_a_label_leaves_the_thread_stopped, "§6.2.3")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_undefined, seL4_Fault_UserException);

    seL4_SetMR(0, (seL4_Word)code_undefined + 4);
    fault_answer(&f, tag(1, 0, 1));
    CHECK(!t->finished && fault_none(&f));
    OK(seL4_TCB_Resume(t->tcb));
    CHECK(t->finished);
}

CASE(an_answer_gives_a_thread_no_privilege, "§6.1.12")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_undefined, seL4_Fault_UserException);
    const seL4_Word sp = seL4_GetMR(seL4_UserException_SP);

    seL4_SetMR(0, (seL4_Word)code_undefined);
    seL4_SetMR(1, sp);
    seL4_SetMR(2, 0x3c5);                               /* what the processor calls EL1h, all masked */
    fault_answer(&f, tag(0, 0, 3));
    fault_again(&f, seL4_Fault_UserException);          /* from user mode, not a dead machine */
    CHECK_EQUAL(seL4_GetMR(seL4_UserException_SPSR) & 0x1f, 0);
}

/* ---- unknown system calls */

CASE(an_unknown_system_call_shows_the_registers, "§6.2.2")
{
    struct thread *t = thread_new(HIGH);

    for (seL4_Word i = 0; i < JOB_WORDS; i++)
        t->word[i] = 0x100 + i;
    struct faulting f = fault_of(t, do_unknown_syscall, seL4_Fault_UnknownSyscall);
    CHECK_EQUAL(seL4_MessageInfo_get_length(f.tag), seL4_UnknownSyscall_Length);
    for (int i = seL4_UnknownSyscall_X0; i <= seL4_UnknownSyscall_X5; i++)
        CHECK_EQUAL(seL4_GetMR(i), 0x100 + i);
    CHECK_EQUAL(seL4_GetMR(seL4_UnknownSyscall_X7), 0x7777);
    CHECK_EQUAL(seL4_GetMR(seL4_UnknownSyscall_FaultIP), code_unknown);
    CHECK_EQUAL(seL4_GetMR(seL4_UnknownSyscall_Syscall), 0x7777);
    CHECK_EQUAL(seL4_GetMR(seL4_UnknownSyscall_SPSR) & 0x1f, 0);
}

CASE(an_answer_sets_registers_and_goes_on_behind_the_call, "§6.2.2")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_unknown_syscall, seL4_Fault_UnknownSyscall);

    seL4_SetMR(seL4_UnknownSyscall_X0, 0xaa);
    seL4_SetMR(seL4_UnknownSyscall_X1, 0xbb);
    seL4_SetMR(seL4_UnknownSyscall_FaultIP, (seL4_Word)code_unknown + 4);
    fault_answer(&f, tag(0, 0, seL4_UnknownSyscall_FaultIP + 1));
    CHECK(t->finished);
    CHECK_EQUAL(t->word[0], 0xaa);
    CHECK_EQUAL(t->word[1], 0xbb);
}

CASE(an_answer_sets_as_many_registers_as_it_has_words, "§6.2.2")
{
    struct thread *t = thread_new(HIGH);

    t->word[1] = 0x55;
    struct faulting f = fault_of(t, do_unknown_syscall, seL4_Fault_UnknownSyscall);
    seL4_SetMR(seL4_UnknownSyscall_X0, 0xaa);
    seL4_SetMR(seL4_UnknownSyscall_X1, 0xbb);
    fault_answer(&f, tag(0, 0, 1));
    fault_again(&f, seL4_Fault_UnknownSyscall);         /* the call is made again */
    CHECK_EQUAL(seL4_GetMR(seL4_UnknownSyscall_X0), 0xaa);
    CHECK_EQUAL(seL4_GetMR(seL4_UnknownSyscall_X1), 0x55);
}

CASE(an_answer_with_a_label_leaves_an_unknown_call_stopped, "§6.2.2")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_unknown_syscall, seL4_Fault_UnknownSyscall);

    fault_answer(&f, tag(7, 0, 0));
    CHECK(!t->finished && fault_none(&f));
}

/* ---- capability faults */

CASE(an_answer_to_a_capability_fault_makes_the_call_again, "§6.2.1")
{
    const seL4_CPtr notification = notification_new(), slot = slot_new();
    struct thread *t = thread_new(HIGH);

    t->cap = slot;
    struct faulting f = fault_of(t, job_wait, seL4_Fault_CapFault);
    OK(seL4_CNode_Copy(ROOT, slot, DEPTH, ROOT, notification, DEPTH, seL4_AllRights));
    fault_answer(&f, tag(0, 0, 0));
    CHECK(!t->returned && fault_none(&f));
    seL4_Signal(mint(notification, 5));
    CHECK(t->returned && t->badge == 5);
}

CASE(the_label_of_an_answer_to_a_capability_fault_does_not_count, "§6.2.1")
{
    struct thread *t = thread_new(HIGH);

    t->cap = slot_new();
    struct faulting f = fault_of(t, job_wait, seL4_Fault_CapFault);
    fault_answer(&f, tag(9, 0, 0));
    fault_again(&f, seL4_Fault_CapFault);
}

/* ---- handlers */

CASE(a_fault_without_a_handler_stops_the_thread, "§6.1.11")
{
    struct thread *t = thread_new(HIGH);

    thread_handler(t, seL4_CapNull);
    thread_start(t, do_undefined);
    CHECK(!t->finished);
    const seL4_CPtr endpoint = endpoint_new();
    thread_handler(t, endpoint);
    OK(seL4_TCB_Resume(t->tcb));        /* and it faults again */
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(endpoint, NULL, reply_new())), seL4_Fault_UserException);
}

CASE(a_faulting_thread_waits_for_its_handler, "§6.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(LOW);

    thread_handler(t, endpoint);
    thread_start(t, do_undefined);
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_GetMR(seL4_UserException_FaultIP), code_undefined);
}

CASE(a_handler_that_goes_stops_the_thread_at_its_next_fault, "§6.1.11")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    thread_handler(t, endpoint);
    slot_revoke(endpoint);
    thread_start(t, do_undefined);
    CHECK(!t->finished && nothing_at(endpoint));
}

CASE(a_suspended_faulting_thread_takes_its_message_back, "§6.1.3")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH);

    thread_handler(t, endpoint);
    thread_start(t, do_undefined);
    OK(seL4_TCB_Suspend(t->tcb));
    CHECK(nothing_at(endpoint));
}

CASE(a_faulting_thread_can_be_given_other_registers_and_resumed, "§6.1.3")
{
    struct thread *t = thread_new(HIGH);
    struct faulting f = fault_of(t, do_undefined, seL4_Fault_UserException);

    thread_start(t, job_nothing);
    CHECK(t->finished);
    fault_answer(&f, tag(0, 0, 0));
    CHECK_EQUAL(t->returned, 1);
}

CASE(a_fault_of_a_thread_in_another_address_space_says_the_same, "§7.4")
{
    struct thread *t = thread_new(HIGH);

    t->vspace = vspace_like_ours();
    t->word[0] = window_new(seL4_PageBits);
    fault_of(t, do_load, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_IP), code_load);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_Addr), t->word[0]);
}
