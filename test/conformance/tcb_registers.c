/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: registers read, written and copied; suspending and resuming. */
#include "harness/conform.h"

enum { WORDS = sizeof(seL4_UserContext) / sizeof(seL4_Word) };

/* Each word of a context in its place; those that a kernel decides are left out. */
static void fill(seL4_UserContext *registers, seL4_Word base)
{
    seL4_Word *word = (seL4_Word *)registers;

    for (seL4_Word i = 0; i < WORDS; i++)
        word[i] = base + 16 * i;
    registers->spsr = 0;
}

static bool same(const seL4_UserContext *a, const seL4_UserContext *b, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++)
        if (i != 2 && ((const seL4_Word *)a)[i] != ((const seL4_Word *)b)[i])
            return false;
    return true;
}

static seL4_CPtr stopped(void)
{
    return make(seL4_TCBObject, 0);
}

CASE(registers_that_were_written_are_read_back, "§6.1.12")
{
    seL4_UserContext in, out = { 0 };
    const seL4_CPtr tcb = stopped();

    fill(&in, 0x1000);
    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, WORDS, &in));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, WORDS, &out));
    CHECK(same(&in, &out, 0, WORDS));
}

CASE(a_write_changes_as_many_registers_as_it_says, "API seL4_TCB_WriteRegisters")
{
    seL4_UserContext first, second, out = { 0 };
    const seL4_CPtr tcb = stopped();

    fill(&first, 0x1000);
    fill(&second, 0x2000);
    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, WORDS, &first));
    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, 5, &second));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, WORDS, &out));
    CHECK(same(&second, &out, 0, 5));
    CHECK(same(&first, &out, 5, WORDS));
}

CASE(a_read_gives_as_many_registers_as_it_says, "API seL4_TCB_ReadRegisters")
{
    seL4_UserContext in, out;
    const seL4_CPtr tcb = stopped();

    fill(&in, 0x1000);
    fill(&out, 0x2000);
    const seL4_UserContext before = out;
    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, WORDS, &in));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, 4, &out));
    CHECK(same(&in, &out, 0, 4));
    CHECK(same(&before, &out, 4, WORDS));
}

CASE(a_read_of_no_or_too_many_registers_is_out_of_range, "API seL4_TCB_ReadRegisters")
{
    seL4_UserContext out;
    const seL4_CPtr tcb = stopped();

    REFUSED_SAYING(seL4_RangeError, 1, seL4_TCB_ReadRegisters(tcb, 0, 0, 0, &out));
    CHECK_EQUAL(seL4_GetMR(1), WORDS);
    REFUSED_SAYING(seL4_RangeError, 1, seL4_TCB_ReadRegisters(tcb, 0, 0, WORDS + 1, &out));
}

CASE(a_thread_does_not_read_or_write_its_own_registers, "API seL4_TCB_ReadRegisters")
{
    seL4_UserContext registers = { 0 };

    REFUSED(seL4_IllegalOperation, seL4_TCB_ReadRegisters(self, 0, 0, 2, &registers));
    REFUSED(seL4_IllegalOperation, seL4_TCB_WriteRegisters(self, 0, 0, 2, &registers));
}

CASE(a_write_with_too_few_words_is_truncated, "§10.1 Truncated Message")
{
    const seL4_CPtr tcb = stopped();

    seL4_SetMR(0, 0);
    seL4_SetMR(1, 5);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_Call(tcb, seL4_MessageInfo_new(TCBWriteRegisters, 0, 0, 6))),
                seL4_TruncatedMessage);
}

CASE(no_state_of_the_processor_but_its_flags_can_be_written, "§6.1.12")
{
    seL4_UserContext in = { .spsr = ~0ul }, out = { 0 };
    const seL4_CPtr tcb = stopped();

    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, 3, &in));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, 3, &out));
    CHECK_EQUAL(out.spsr & 0xf0000000, 0xf0000000);
    CHECK_EQUAL(out.spsr & 0x1f, 0);                    /* user mode */
    in.spsr = 0;
    OK(seL4_TCB_WriteRegisters(tcb, 0, 0, 3, &in));
    OK(seL4_TCB_ReadRegisters(tcb, 0, 0, 3, &out));
    CHECK_EQUAL(out.spsr & 0xf000001f, 0);
}

CASE(a_thread_starts_with_the_registers_that_were_written, "§6.1.2")
{
    struct thread *t = thread_new(HIGH);

    t->word[0] = 5;
    thread_start(t, job_nothing);
    CHECK(t->finished && t->word[0] == 5);
}

CASE(a_new_thread_does_not_run_until_it_is_resumed, "§6.1.2")
{
    struct thread *t = thread_new(HIGH);
    seL4_UserContext registers;

    thread_registers(t, job_nothing, &registers);
    OK(seL4_TCB_WriteRegisters(t->tcb, 0, 0, WORDS, &registers));
    CHECK(!t->finished);
    OK(seL4_TCB_Resume(t->tcb));
    CHECK(t->finished);
}

CASE(a_suspended_thread_runs_no_more, "§6.1.3")
{
    struct thread *t = thread_new(LOW);

    thread_start(t, job_spin);
    OK(seL4_TCB_Suspend(t->tcb));
    others_run();
    CHECK_EQUAL(t->returned, 0);
}

CASE(a_suspended_thread_goes_on_where_it_was, "§6.1.3")
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = thread_new(HIGH);

    t->cap = notification;
    thread_start(t, job_wait);
    OK(seL4_TCB_Suspend(t->tcb));
    seL4_Signal(mint(notification, 2));
    CHECK(!t->returned);
    OK(seL4_TCB_Resume(t->tcb));
    CHECK(t->returned && t->badge == 2);
}

CASE(suspending_and_resuming_twice_is_no_error, "§6.1.3")
{
    struct thread *t = waiter(notification_new(), HIGH);

    OK(seL4_TCB_Suspend(t->tcb));
    OK(seL4_TCB_Suspend(t->tcb));
    OK(seL4_TCB_Resume(t->tcb));
    OK(seL4_TCB_Resume(t->tcb));
    OK(seL4_TCB_Resume(self));
    seL4_Signal(t->cap);
    CHECK(t->returned);
}

CASE(a_read_can_suspend_the_thread, "API seL4_TCB_ReadRegisters")
{
    seL4_UserContext out;
    struct thread *t = waiter(notification_new(), HIGH);

    OK(seL4_TCB_ReadRegisters(t->tcb, 1, 0, 2, &out));
    seL4_Signal(t->cap);
    CHECK(!t->returned);
}

CASE(a_read_need_not_suspend_the_thread, "API seL4_TCB_ReadRegisters")
{
    seL4_UserContext out;
    struct thread *t = waiter(notification_new(), HIGH);

    OK(seL4_TCB_ReadRegisters(t->tcb, 0, 0, 2, &out));
    seL4_Signal(t->cap);
    CHECK(t->returned);
}

/* The first 17 words are the frame's, the others the integer registers. */
enum { FRAME_WORDS = 17 };

CASE(copying_the_frame_leaves_the_other_registers, "API seL4_TCB_CopyRegisters")
{
    seL4_UserContext a, b, out = { 0 };
    const seL4_CPtr from = stopped(), to = stopped();

    fill(&a, 0x1000);
    fill(&b, 0x2000);
    OK(seL4_TCB_WriteRegisters(from, 0, 0, WORDS, &a));
    OK(seL4_TCB_WriteRegisters(to, 0, 0, WORDS, &b));
    OK(seL4_TCB_CopyRegisters(to, from, 0, 0, 1, 0, 0));
    OK(seL4_TCB_ReadRegisters(to, 0, 0, WORDS, &out));
    CHECK(same(&a, &out, 0, FRAME_WORDS));
    CHECK(same(&b, &out, FRAME_WORDS, WORDS - 2));
}

CASE(copying_the_integer_registers_leaves_the_frame, "API seL4_TCB_CopyRegisters")
{
    seL4_UserContext a, b, out = { 0 };
    const seL4_CPtr from = stopped(), to = stopped();

    fill(&a, 0x1000);
    fill(&b, 0x2000);
    OK(seL4_TCB_WriteRegisters(from, 0, 0, WORDS, &a));
    OK(seL4_TCB_WriteRegisters(to, 0, 0, WORDS, &b));
    OK(seL4_TCB_CopyRegisters(to, from, 0, 0, 0, 1, 0));
    OK(seL4_TCB_ReadRegisters(to, 0, 0, WORDS, &out));
    CHECK(same(&b, &out, 0, FRAME_WORDS));
    CHECK(same(&a, &out, FRAME_WORDS, WORDS - 2));
}

CASE(copying_can_suspend_the_source_and_resume_the_target, "API seL4_TCB_CopyRegisters")
{
    struct thread *source = waiter(notification_new(), HIGH), *target = thread_new(HIGH);
    seL4_UserContext registers;

    thread_registers(target, job_nothing, &registers);
    OK(seL4_TCB_WriteRegisters(target->tcb, 0, 0, WORDS, &registers));
    OK(seL4_TCB_CopyRegisters(target->tcb, source->tcb, 1, 1, 0, 0, 0));
    CHECK(target->finished);
    seL4_Signal(source->cap);
    CHECK(!source->returned);
}

CASE(registers_are_copied_from_threads_only, "API seL4_TCB_CopyRegisters")
{
    const seL4_CPtr to = stopped();

    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_TCB_CopyRegisters(to, endpoint_new(), 0, 0, 1, 1, 0));
}

CASE(the_registers_of_a_waiting_thread_are_those_of_its_call, "§6.1.3")
{
    seL4_UserContext out = { 0 };
    struct thread *t = waiter(notification_new(), HIGH);

    OK(seL4_TCB_ReadRegisters(t->tcb, 1, 0, WORDS, &out));
    CHECK(out.sp > t->stack_top - 4096 && out.sp <= t->stack_top);
    CHECK_EQUAL(out.x0, t->cap);
    CHECK_EQUAL(out.tpidr_el0, t->tls);
}
