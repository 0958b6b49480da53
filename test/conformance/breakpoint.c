/* SPDX-License-Identifier: BSD-2-Clause
 * Breakpoints, watchpoints and single steps: where a thread stops, what its handler is told, how it goes on. */
#include "harness/conform.h"

enum { WATCHED = 4 /* bytes */ };

static void at(struct thread *t, seL4_Uint16 number, const char *place)
{
    OK(seL4_TCB_SetBreakpoint(t->tcb, number, (seL4_Word)place, seL4_InstructionBreakpoint, 0, seL4_BreakOnRead));
}

static void watch(struct thread *t, seL4_Uint16 number, const void *place, seL4_BreakpointAccess access)
{
    OK(seL4_TCB_SetBreakpoint(t->tcb, number, (seL4_Word)place, seL4_DataBreakpoint, WATCHED, access));
}

static void step(struct thread *t, seL4_Word instructions)
{
    OK(seL4_TCB_ConfigureSingleStepping(t->tcb, seL4_FirstBreakpoint, instructions).error);
}

/* A thread that loads or stores a word of its own. */
static struct thread *accessor(void)
{
    struct thread *t = thread_new(HIGH);

    t->word[0] = (seL4_Word)&t->word[2];
    t->word[1] = 5;
    return t;
}

CASE(a_breakpoint_stops_before_its_instruction, "§6.2.4")
{
    struct thread *t = accessor();

    at(t, seL4_FirstBreakpoint + 2, code_store);
    struct faulting f = fault_of(t, do_store, seL4_Fault_DebugException);
    CHECK_EQUAL(seL4_MessageInfo_get_length(f.tag), seL4_DebugException_Length);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_FaultIP), code_store);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_ExceptionReason), seL4_InstructionBreakpoint);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_TriggerAddress), code_store);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_BreakpointNumber), seL4_FirstBreakpoint + 2);
    CHECK_EQUAL(t->word[2], 0);
}

CASE(an_answer_lets_the_thread_go_on_when_the_breakpoint_is_gone, "§6.2.4")
{
    struct thread *t = accessor();

    at(t, seL4_FirstBreakpoint, code_store);
    struct faulting f = fault_of(t, do_store, seL4_Fault_DebugException);
    OK(seL4_TCB_UnsetBreakpoint(t->tcb, seL4_FirstBreakpoint));
    fault_answer(&f, tag(0, 0, 0));
    CHECK(t->finished);
    CHECK_EQUAL(t->word[2], 5);
}

CASE(an_answer_with_a_label_leaves_the_thread_at_the_breakpoint, "§6.2.4")
{
    struct thread *t = accessor();

    at(t, seL4_FirstBreakpoint, code_store);
    struct faulting f = fault_of(t, do_store, seL4_Fault_DebugException);
    OK(seL4_TCB_UnsetBreakpoint(t->tcb, seL4_FirstBreakpoint));
    fault_answer(&f, tag(1, 0, 0));
    CHECK(!t->finished);
}

CASE(a_watchpoint_stops_at_a_write, "§6.2.4")
{
    struct thread *t = accessor();

    watch(t, seL4_FirstWatchpoint + 1, &t->word[2], seL4_BreakOnWrite);
    struct faulting f = fault_of(t, do_store, seL4_Fault_DebugException);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_FaultIP), code_store);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_ExceptionReason), seL4_DataBreakpoint);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_TriggerAddress), &t->word[2]);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_BreakpointNumber), seL4_FirstWatchpoint + 1);
    CHECK_EQUAL(t->word[2], 0);
    OK(seL4_TCB_UnsetBreakpoint(t->tcb, seL4_FirstWatchpoint + 1));
    fault_answer(&f, tag(0, 0, 0));
    CHECK(t->finished && t->word[2] == 5);
}

CASE(a_watchpoint_stops_at_the_accesses_that_it_is_for, "§6.2.4")
{
    struct thread *reads = accessor(), *writes = accessor();

    watch(reads, seL4_FirstWatchpoint, &reads->word[2], seL4_BreakOnWrite);
    thread_start(reads, do_load);
    CHECK(reads->finished);
    watch(writes, seL4_FirstWatchpoint, &writes->word[2], seL4_BreakOnRead);
    thread_start(writes, do_store);
    CHECK(writes->finished);
}

CASE(a_watchpoint_for_both_stops_at_a_read, "§6.2.4")
{
    struct thread *t = accessor();

    watch(t, seL4_FirstWatchpoint + seL4_NumExclusiveWatchpoints - 1, &t->word[2], seL4_BreakOnReadWrite);
    fault_of(t, do_load, seL4_Fault_DebugException);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_FaultIP), code_load);
}

CASE(breakpoints_are_a_threads_own, "§6.2.4")
{
    struct thread *t = accessor(), *other = accessor();

    at(t, seL4_FirstBreakpoint, code_store);
    watch(t, seL4_FirstWatchpoint, &other->word[2], seL4_BreakOnReadWrite);
    fault_of(t, do_store, seL4_Fault_DebugException);
    thread_start(other, do_store);
    CHECK(other->finished && other->word[2] == 5);
    CHECK_EQUAL(*(volatile seL4_Word *)&other->word[2], 5);
}

CASE(a_step_stops_after_one_instruction, "§6.2.5")
{
    struct thread *t = accessor();

    at(t, seL4_FirstBreakpoint, code_store);
    struct faulting f = fault_of(t, do_store, seL4_Fault_DebugException);
    OK(seL4_TCB_UnsetBreakpoint(t->tcb, seL4_FirstBreakpoint));
    step(t, 1);
    fault_answer(&f, tag(0, 0, 0));
    fault_again(&f, seL4_Fault_DebugException);
    CHECK_EQUAL(seL4_MessageInfo_get_length(f.tag), seL4_DebugException_ExceptionReason + 1);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_ExceptionReason), seL4_SingleStep);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_FaultIP), code_store + 4);
    CHECK_EQUAL(t->word[2], 5);
}

CASE(an_answer_to_a_step_says_how_many_instructions_are_next, "§6.2.5")
{
    struct thread *t = accessor();

    step(t, 1);
    struct faulting f = fault_of(t, do_store, seL4_Fault_DebugException);
    const seL4_Word first = seL4_GetMR(seL4_DebugException_FaultIP);
    seL4_SetMR(0, 2);
    fault_answer(&f, tag(0, 0, 1));
    fault_again(&f, seL4_Fault_DebugException);
    CHECK_EQUAL(seL4_GetMR(seL4_DebugException_ExceptionReason), seL4_SingleStep);
    CHECK(seL4_GetMR(seL4_DebugException_FaultIP) != first);
    seL4_SetMR(0, 0);
    fault_answer(&f, tag(0, 0, 1));
    CHECK(t->finished);
}

CASE(stepping_needs_no_breakpoint_here_and_ends_when_it_is_told_to, "seL4_TCB_ConfigureSingleStepping")
{
    struct thread *t = accessor();

    CHECK(!seL4_TCB_ConfigureSingleStepping(t->tcb, seL4_FirstBreakpoint, 3).bp_was_consumed);
    step(t, 0);
    thread_start(t, do_store);
    CHECK(t->finished);
}

CASE(a_breakpoint_can_be_read_back, "seL4_TCB_GetBreakpoint")
{
    struct thread *t = accessor();
    seL4_TCB_GetBreakpoint_t b = seL4_TCB_GetBreakpoint(t->tcb, seL4_FirstWatchpoint);

    CHECK(b.error == seL4_NoError && !b.is_enabled);
    watch(t, seL4_FirstWatchpoint, &t->word[2], seL4_BreakOnReadWrite);
    b = seL4_TCB_GetBreakpoint(t->tcb, seL4_FirstWatchpoint);
    CHECK(b.error == seL4_NoError && b.is_enabled && b.vaddr == (seL4_Word)&t->word[2]);
    CHECK(b.type == seL4_DataBreakpoint && b.size == WATCHED && b.rw == seL4_BreakOnReadWrite);
    OK(seL4_TCB_UnsetBreakpoint(t->tcb, seL4_FirstWatchpoint));
    CHECK(!seL4_TCB_GetBreakpoint(t->tcb, seL4_FirstWatchpoint).is_enabled);
}

static seL4_Error set(struct thread *t, seL4_Uint16 number, seL4_Word vaddr, seL4_Word type, seL4_Word size, seL4_Word rw)
{
    return seL4_TCB_SetBreakpoint(t->tcb, number, vaddr, type, size, rw);
}

CASE(what_no_breakpoint_can_be_is_refused, "seL4_TCB_SetBreakpoint")
{
    struct thread *t = accessor();
    const seL4_Word code = (seL4_Word)code_store, data = (seL4_Word)t;
    const seL4_Word exec = seL4_InstructionBreakpoint, access = seL4_DataBreakpoint;

    REFUSED(seL4_InvalidArgument, set(t, 0, seL4_UserTop + 1, exec, 0, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, 0, code, seL4_SingleStep, 0, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, 0, code, seL4_SoftwareBreakRequest, 0, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, 0, code, exec, 4, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, 0, code, exec, 0, seL4_BreakOnWrite));
    REFUSED(seL4_InvalidArgument, set(t, seL4_FirstWatchpoint, code, exec, 0, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, seL4_FirstWatchpoint, data, access, 0, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, seL4_FirstWatchpoint, data, access, 3, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, seL4_FirstWatchpoint - 1, data, access, 4, seL4_BreakOnRead));
    REFUSED(seL4_InvalidArgument, set(t, seL4_FirstWatchpoint, data, access, 4, seL4_MaxBreakpointAccess));
    REFUSED(seL4_AlignmentError, set(t, seL4_FirstWatchpoint, data + 2, access, 4, seL4_BreakOnRead));
    REFUSED(seL4_RangeError, set(t, seL4_NumHWBreakpoints, data, access, 4, seL4_BreakOnRead));
    REFUSED(seL4_RangeError, seL4_TCB_UnsetBreakpoint(t->tcb, seL4_NumHWBreakpoints));
    REFUSED(seL4_RangeError, seL4_TCB_GetBreakpoint(t->tcb, seL4_NumHWBreakpoints).error);
    thread_start(t, do_store);
    CHECK(t->finished);
}
