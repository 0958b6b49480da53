/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: a thread's registers, read, written and copied by another. */
#include "actors.h"

TEST(registers_are_written_and_read_as_many_as_asked)
{
    word_t registers[2 + ARCH_REGS] = { 0, ARCH_REGS };
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    for (word_t i = 0; i < ARCH_REGS; i++)
        registers[2 + i] = 100 + i;
    CHECK_EQUAL(do_op(actor_tcb(t), TCBWriteRegisters, 2 + ARCH_REGS, registers, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(t->frame.pc, 100);
    CHECK_EQUAL(t->frame.tls, 100 + ARCH_REGS - 1);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBReadRegisters, ARGS(0, ARCH_REGS), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_length(), ARCH_REGS);
    CHECK_EQUAL(reply_word(1), 101);
    CHECK_EQUAL(reply_word(ARCH_REGS - 1), 100 + ARCH_REGS - 1);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBReadRegisters, ARGS(0, 0), NO_CAPS), seL4_RangeError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBReadRegisters, ARGS(0, ARCH_REGS + 1), NO_CAPS), seL4_RangeError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBWriteRegisters, ARGS(0, 3, 1), NO_CAPS), seL4_TruncatedMessage);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBReadRegisters, ARGS(0, 1), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBWriteRegisters, ARGS(0, 1, 1), NO_CAPS), seL4_IllegalOperation);
}

TEST(fewer_registers_than_there_are_leave_the_others_and_are_all_that_is_told)
{
    enum { TLS = 7 };
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    t->frame.tls = TLS;
    CHECK_EQUAL(do_op(actor_tcb(t), TCBWriteRegisters, ARGS(0, 1, 0x500000), NO_CAPS), seL4_NoError);
    CHECK(t->frame.pc == 0x500000 && t->frame.tls == TLS);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBReadRegisters, ARGS(0, 2), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_length(), 2);
}

TEST(copying_registers_takes_the_groups_that_the_flags_name)
{
    struct thread *a, *b;

    actors_boot();
    a = actor_stopped(20);
    b = actor_stopped(20);
    a->frame.pc = 7;
    a->frame.tls = 8;
    CHECK_EQUAL(do_op(actor_tcb(b), TCBCopyRegisters, ARGS(4), CAPS(actor_tcb(a))), seL4_NoError);
    CHECK(b->frame.pc == 7 && b->frame.tls == 0);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBCopyRegisters, ARGS(8), CAPS(actor_tcb(a))), seL4_NoError);
    CHECK_EQUAL(b->frame.tls, 8);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBCopyRegisters, ARGS(4), CAPS(ROOT_CNODE)), seL4_InvalidCapability);
}

TEST(the_thread_pointer_is_set_and_a_copy_may_stop_the_source_and_start_the_target)
{
    struct thread *a, *b;

    actors_boot();
    a = actor_stopped(5);
    b = actor_stopped(5);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBSetTLSBase, ARGS(0x1234), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(a->frame.tls, 0x1234);
    thread_start(actor_tcb(a), 0x400000);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBCopyRegisters, ARGS(1 | 2 | 4), CAPS(actor_tcb(a))), seL4_NoError);
    CHECK_EQUAL(a->state, THREAD_INACTIVE);
    CHECK_EQUAL(b->state, THREAD_RESTART);
    CHECK_EQUAL(b->frame.pc, 0x400000);
}

TEST(reading_registers_stops_a_thread_only_when_asked_to)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(5);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBReadRegisters, ARGS(0, 1), NO_CAPS), seL4_NoError);
    CHECK(thread_runnable(t));
    CHECK_EQUAL(do_op(actor_tcb(t), TCBReadRegisters, ARGS(1, 1), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
}

TEST(a_copy_of_no_registers_changes_none)
{
    fixture_boot();
    const word_t from = thread_new(10, false), to = thread_new(10, false);

    thread_of(from)->frame.pc = 0x1000;
    thread_of(to)->frame.pc = 0x2000;
    CHECK_EQUAL(do_op(to, TCBCopyRegisters, ARGS(0), CAPS(from)), seL4_NoError);
    CHECK_EQUAL(thread_of(to)->frame.pc, 0x2000);
    CHECK_EQUAL(do_op(to, TCBCopyRegisters, ARGS(4), CAPS(ROOT_CNODE)), seL4_InvalidCapability);
}
