/* SPDX-License-Identifier: BSD-2-Clause
 * Corners: what each object does at the edge of what it was made for, and hardly anybody meets. */
#include "../core/memory.h"
#include "../core/region.h"
#include "../object/irq.h"
#include "../object/layout.h"
#include "../object/sched_context.h"
#include "actors.h"

#include <string.h>

enum { LARGE_CONTEXT = 21, LINE = 44 };

TEST(a_context_has_a_bounded_number_of_refills_however_large_it_is)
{
    fixture_boot();
    const word_t sc = object_new(OBJ_SC, LARGE_CONTEXT);

    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(100, 1000, UINT16_MAX, 0, 0), CAPS(sc)),
                seL4_RangeError);
    CHECK_EQUAL(reply_word(1), SC_MAX_REFILLS - SC_MIN_REFILLS);
    CHECK_EQUAL(
        do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(100, 1000, reply_word(1), 0, 0), CAPS(sc)),
        seL4_NoError);
}

TEST(an_interrupt_that_no_machine_has_is_nobodys)
{
    fixture_boot();
    irq_deliver(ARCH_IRQS);
    irq_deliver(LINE);                              /* a line that nobody asked for */
    CHECK(host_irq_masked(LINE));
}

TEST(a_line_that_is_taken_is_not_given_out_again_and_a_bad_slot_gets_none)
{
    fixture_boot();
    const word_t handler = slot_new();

    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, ARMIRQIssueIRQHandlerTrigger, ARGS(LINE, 1, ROOT_TCB, 64), CAPS(ROOT_CNODE)),
                seL4_DeleteFirst);
    CHECK_EQUAL(
        do_op(ROOT_IRQ_CONTROL, ARMIRQIssueIRQHandlerTrigger, ARGS(ARCH_IRQS, 1, handler, 64), CAPS(ROOT_CNODE)),
        seL4_RangeError);
    CHECK(reply_word(0) == 0 && reply_word(1) == ARCH_IRQS - 1);
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, ARMIRQIssueIRQHandlerTrigger, ARGS(LINE, 1, handler, 64), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, ARMIRQIssueIRQHandlerTrigger, ARGS(LINE, 0, slot_new(), 64), CAPS(ROOT_CNODE)),
                seL4_RevokeFirst);
}

TEST(memory_is_what_lies_in_the_machines_ranges)
{
    fixture_boot();
    CHECK(!memory_is_ram(HOST_RAM_BASE - 1) && !memory_is_ram((paddr_t)HOST_RAM_BASE + HOST_RAM_BYTES));
    CHECK(memory_is_ram((paddr_t)HOST_RAM_BASE + HOST_RAM_BYTES - 1));
}

TEST(a_region_lies_within_another_when_both_its_ends_do)
{
    static uint8_t memory[1 << 14] __attribute__((aligned(1 << 14)));
    const struct cap outer = { .type = CAP_UNTYPED, .size_bits = 13, .object = memory };
    struct cap inner = { .type = CAP_UNTYPED, .size_bits = 12, .object = memory + 4096 };

    CHECK(cap_region_within(&outer, &inner));
    inner.object = memory + 8192;
    CHECK(!cap_region_within(&outer, &inner));
    CHECK(!cap_region_within(&(struct cap){ .type = CAP_UNTYPED, .size_bits = 13, .object = memory + 8192 }, &outer));
    CHECK(!cap_region_within(&outer, &(struct cap){ .type = CAP_ASID_CONTROL }));
}

TEST(who_calls_a_server_that_is_not_there_waits_until_it_comes)
{
    actors_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), reply = object_new(OBJ_REPLY, 0);
    struct thread *const client = actor_new(30);

    CHECK(do_call(endpoint, 1, 2) == fixture.root);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    CHECK_EQUAL(got_word(fixture.root, 0), 2);
    CHECK(do_send(reply, 0, 3) == client);
    CHECK_EQUAL(got_word(client, 0), 3);
}

TEST(an_answer_to_a_fault_that_is_too_long_is_read_as_far_as_it_counts)
{
    actors_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), reply = object_new(OBJ_REPLY, 0);
    struct thread *const t = actor_stopped(30);

    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_user_exception(1, 2) == fixture.root);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    CHECK(do_syscall((word_t)SYS_Send, reply, &(struct message){ .length = 100, .words = { 0x500000 } }, 0, 0) == t);
    CHECK_EQUAL(t->frame.pc, 0x500000);
}

TEST(more_registers_than_there_are_are_not_written)
{
    word_t words[2 + 30] = { 0, 30, 0x1234 };

    fixture_boot();
    const word_t tcb = thread_new(10, false);

    CHECK_EQUAL(do_op(tcb, TCBWriteRegisters, sizeof words / sizeof words[0], words, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(thread_of(tcb)->frame.pc, 0x1234);
}

TEST(an_address_that_is_too_short_for_the_cnode_it_comes_to_is_told_so)
{
    actors_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), reply = object_new(OBJ_REPLY, 0),
                 inner = object_new(OBJ_CNODE, 2);
    struct thread *const t = actor_stopped(30);
    struct message m;

    CHECK_EQUAL(do_op(inner, CNodeCopy, ARGS(0, 2, ROOT_CNODE, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, inner, ROOT_VSPACE)), seL4_NoError);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(do_send(0, 0, 0) == fixture.root);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    message_read(fixture.root, &m);
    CHECK_EQUAL(m.label, FAULT_CAP);
    CHECK_EQUAL(m.length, 6);
    CHECK_EQUAL(m.words[3], LOOKUP_DEPTH_MISMATCH);
    CHECK_EQUAL(m.words[4], 62);
    CHECK_EQUAL(m.words[5], 64);
}

TEST(zeroing_takes_all_of_what_it_is_asked_for_and_nothing_beside)
{
    enum { BYTES = 512, STEP = 16 };
    uint8_t *memory;

    fixture_boot();
    memory = root_slot(object_new(OBJ_FRAME_SMALL, 0))->cap.object;
    for (unsigned start = STEP; start < BYTES / 2; start += STEP)
        for (unsigned end = start + STEP; end < BYTES; end += STEP) {
            memset(memory, 0xff, BYTES);
            memory_zero(memory + start, end - start);
            for (unsigned i = 0; i < BYTES; i++)
                CHECK_EQUAL(memory[i], i >= start && i < end ? 0 : 0xff);
        }
}
