/* SPDX-License-Identifier: BSD-2-Clause
 * Breakpoints: threads stop where a debugger said, and nobody else does. */
#include "../core/breakpoint.h"
#include "../core/fault.h"
#include "actors.h"

enum { PLACE = 0x400100, DATA = 0x401008, WATCH = ARCH_BREAKPOINTS };
static word_t endpoint, reply;
static struct thread *handler, *t;

/* A debugger that waits, and a thread that is stopped at PLACE - 4. */
static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    handler = actor_new(200);
    do_recv(endpoint, reply);
    t = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
}

static seL4_Error set(word_t number, word_t vaddr, word_t type, word_t size, word_t access)
{
    return do_op(actor_tcb(t), TCBSetBreakpoint, ARGS(number, vaddr, type, size, access), NO_CAPS);
}

static void run(void)
{
    thread_start(actor_tcb(t), PLACE - 4);
    CHECK(host_current() == t);
}

static void got(word_t reason, word_t length, word_t pc)
{
    CHECK(host_current() == handler);
    CHECK_EQUAL(got_label(handler), FAULT_DEBUG);
    CHECK_EQUAL(got_length(handler), length);
    CHECK_EQUAL(got_word(handler, 0), pc);
    CHECK_EQUAL(got_word(handler, 1), reason);
}

static void answer(word_t label, word_t length, word_t word)
{
    const struct message m = { .label = label, .length = length, .words = { word } };

    do_syscall((word_t)SYS_ReplyRecv, endpoint, &m, reply, 0);
}

TEST(a_thread_stops_before_the_instruction_of_a_breakpoint)
{
    boot();
    CHECK_EQUAL(set(3, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    run();
    CHECK(host_debug_loaded());
    CHECK(host_instruction() == t);
    CHECK(host_instruction() == handler);
    got(BREAK_INSTRUCTION, 4, PLACE);
    CHECK_EQUAL(got_word(handler, 2), PLACE);
    CHECK_EQUAL(got_word(handler, 3), 3);
    CHECK(!host_debug_loaded());
    CHECK_EQUAL(do_op(actor_tcb(t), TCBUnsetBreakpoint, ARGS(3), NO_CAPS), seL4_NoError);
}

TEST(a_thread_stops_at_an_access_that_is_watched)
{
    boot();
    CHECK_EQUAL(set(WATCH + 2, DATA, BREAK_DATA, 4, BREAK_ON_WRITE), seL4_NoError);
    CHECK_EQUAL(set(WATCH, DATA + 64, BREAK_DATA, 8, BREAK_ON_READ_WRITE), seL4_NoError);
    run();
    CHECK(host_watched(DATA, false) == t);
    CHECK(host_watched(DATA + 4, true) == t);
    CHECK(host_watched(DATA + 3, true) == handler);
    got(BREAK_DATA, 4, PLACE + 4);
    CHECK_EQUAL(got_word(handler, 2), DATA + 3);
    CHECK_EQUAL(got_word(handler, 3), WATCH + 2);
    answer(0, 0, 0);
    CHECK(host_current() == t);
    CHECK_EQUAL(t->frame.pc, PLACE + 4);
}

TEST(a_breakpoint_is_its_threads_alone)
{
    boot();
    CHECK_EQUAL(set(0, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    CHECK(!host_debug_loaded());
    run();
    CHECK(host_debug_loaded());
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);   /* by itself */
    CHECK(host_current() == fixture.root && !host_debug_loaded());
    fixture.root->frame.pc = PLACE;
    CHECK(host_instruction() == fixture.root);
}

TEST(a_thread_that_ends_takes_its_breakpoints_from_the_machine)
{
    boot();
    CHECK_EQUAL(set(0, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    run();
    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeDelete, .length = 2, .words = { actor_tcb(t), 64 } }, 0, 0);
    CHECK(host_current() == fixture.root && !host_debug_loaded());
}

TEST(a_breakpoint_set_by_the_thread_itself_counts_at_once)
{
    boot();
    run();
    CHECK(!host_debug_loaded());
    CHECK_EQUAL(set(1, t->frame.pc + 8, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    CHECK(host_debug_loaded());
    CHECK(host_instruction() == t);
    CHECK(host_instruction() == handler);
}

TEST(two_debugged_threads_each_have_their_own)
{
    struct thread *first, *second;

    boot();
    first = t;
    CHECK_EQUAL(set(0, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    second = t = actor_stopped(20);
    CHECK_EQUAL(set(0, PLACE + 4, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(second), TCBWriteRegisters, ARGS(1, 1, PLACE), NO_CAPS), seL4_NoError);
    CHECK(host_current() == second);
    CHECK(host_instruction() == second);        /* the first's place */
    CHECK_EQUAL(do_op(actor_tcb(first), TCBWriteRegisters, ARGS(1, 1, PLACE), NO_CAPS), seL4_NoError);
    CHECK(do_yield() == first);
    CHECK(host_instruction() == handler);
    got(BREAK_INSTRUCTION, 4, PLACE);
}

TEST(a_step_stops_after_each_instruction_and_the_answer_says_how_many_more)
{
    boot();
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigureSingleStepping, ARGS(0, 1), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), 0);
    run();
    CHECK(host_instruction() == handler);
    got(BREAK_STEP, 2, PLACE);
    answer(0, 0, 0);                            /* one more */
    CHECK(host_instruction() == handler);
    got(BREAK_STEP, 2, PLACE + 4);
    answer(0, 1, 3);
    CHECK(host_instruction() == t);
    CHECK(host_instruction() == t);
    CHECK(host_instruction() == handler);
    got(BREAK_STEP, 2, PLACE + 16);
    answer(0, 1, 0);                            /* no more */
    CHECK(host_current() == t && !host_debug_loaded());
    CHECK(host_instruction() == t);
}

TEST(a_system_call_is_one_step)
{
    word_t notification;

    boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigureSingleStepping, ARGS(0, 2), NO_CAPS), seL4_NoError);
    run();
    CHECK(host_instruction() == t);
    CHECK(do_nbwait(notification) == t);
    CHECK(host_instruction() == handler);       /* met before it is made */
    got(BREAK_STEP, 2, PLACE + 4);
}

TEST(stepping_can_be_ended_while_the_thread_is_stopped)
{
    boot();
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigureSingleStepping, ARGS(0, 5), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBConfigureSingleStepping, ARGS(0, 0), NO_CAPS), seL4_NoError);
    run();
    CHECK(!host_debug_loaded());
    CHECK(host_instruction() == t);
}

TEST(an_answer_with_a_label_leaves_the_thread_stopped)
{
    boot();
    run();
    CHECK(host_brk() == handler);
    got(BREAK_SOFTWARE, 2, PLACE - 4);
    answer(1, 0, 0);
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
}

TEST(a_breakpoint_can_be_read_back)
{
    boot();
    CHECK_EQUAL(set(WATCH + 3, DATA, BREAK_DATA, 2, BREAK_ON_READ_WRITE), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBGetBreakpoint, ARGS(WATCH + 3), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_length(), 5);
    CHECK_EQUAL(reply_word(0), DATA);
    CHECK_EQUAL(reply_word(1), BREAK_DATA);
    CHECK_EQUAL(reply_word(2), 2);
    CHECK_EQUAL(reply_word(3), BREAK_ON_READ_WRITE);
    CHECK_EQUAL(reply_word(4), 1);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBUnsetBreakpoint, ARGS(WATCH + 3), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBGetBreakpoint, ARGS(WATCH + 3), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(4), 0);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBGetBreakpoint, ARGS(0), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(1), BREAK_INSTRUCTION);
}

static void refused(seL4_Error error, word_t word, word_t number, word_t vaddr, word_t type, word_t size, word_t access)
{
    CHECK_EQUAL(set(number, vaddr, type, size, access), error);
    if (reply_length())
        CHECK_EQUAL(reply_word(reply_length() - 1), word);
    CHECK(!(t->flags & THREAD_FLAG_DEBUGGED));
}

TEST(what_no_breakpoint_can_be_is_refused)
{
    boot();
    refused(seL4_InvalidArgument, 1, 0, ARCH_USER_TOP, BREAK_INSTRUCTION, 0, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 2, 0, PLACE, BREAK_STEP, 0, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 2, 0, PLACE, BREAK_SOFTWARE, 0, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 3, 0, PLACE, BREAK_INSTRUCTION, 4, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 4, 0, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_WRITE);
    refused(seL4_InvalidArgument, 2, WATCH, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ);
    refused(seL4_AlignmentError, 0, 0, PLACE + 2, BREAK_INSTRUCTION, 0, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 3, WATCH, DATA, BREAK_DATA, 0, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 3, WATCH, DATA, BREAK_DATA, 3, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 3, WATCH, DATA, BREAK_DATA, 16, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 2, WATCH - 1, DATA, BREAK_DATA, 4, BREAK_ON_READ);
    refused(seL4_InvalidArgument, 4, WATCH, DATA, BREAK_DATA, 4, 3);
    refused(seL4_AlignmentError, 0, WATCH, DATA + 2, BREAK_DATA, 4, BREAK_ON_READ);
    refused(seL4_RangeError, BREAKPOINTS - 1, BREAKPOINTS, DATA, BREAK_DATA, 4, BREAK_ON_READ);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBGetBreakpoint, ARGS(BREAKPOINTS), NO_CAPS), seL4_RangeError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBUnsetBreakpoint, ARGS(BREAKPOINTS), NO_CAPS), seL4_RangeError);
}

TEST(flags_that_are_the_debuggers_are_not_set_by_set_flags)
{
    boot();
    CHECK_EQUAL(set(0, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetFlags, ARGS(~0ul, 0), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK(t->flags & THREAD_FLAG_DEBUGGED);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetFlags, ARGS(0, THREAD_FLAG_STEPS), NO_CAPS), seL4_NoError);
    CHECK(!(fixture.root->flags & THREAD_FLAG_STEPS));
}

TEST(the_number_told_is_that_of_the_breakpoint_that_was_met)
{
    boot();
    CHECK_EQUAL(set(1, PLACE + 400, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    CHECK_EQUAL(set(3, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    CHECK_EQUAL(set(WATCH + 2, DATA, BREAK_DATA, 4, BREAK_ON_READ_WRITE), seL4_NoError);
    CHECK_EQUAL(set(WATCH, DATA + 64, BREAK_DATA, 8, BREAK_ON_READ_WRITE), seL4_NoError);
    run();
    CHECK(host_watched(DATA + 64, true) == handler);
    CHECK_EQUAL(got_word(handler, 3), WATCH);
    answer(0, 0, 0);
    CHECK(host_instruction() == t);
    CHECK(host_instruction() == handler);
    CHECK_EQUAL(got_word(handler, 3), 3);
}

TEST(a_watched_place_is_aligned_to_its_size)
{
    boot();
    CHECK_EQUAL(set(WATCH, DATA + 1, BREAK_DATA, 1, BREAK_ON_READ), seL4_NoError);
    CHECK_EQUAL(set(WATCH, DATA + 1, BREAK_DATA, 2, BREAK_ON_READ), seL4_AlignmentError);
    CHECK_EQUAL(set(WATCH, DATA + 2, BREAK_DATA, 4, BREAK_ON_READ), seL4_AlignmentError);
}

TEST(breakpoints_that_come_and_go_leave_the_threads_flags_alone)
{
    boot();
    CHECK_EQUAL(set(0, PLACE, BREAK_INSTRUCTION, 0, BREAK_ON_READ), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBUnsetBreakpoint, ARGS(0), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetFlags, ARGS(0, 0), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), 0);
}

/* As the machine reports it: the access began below what is watched, and reached into it. */
TEST(an_access_that_begins_below_what_is_watched_is_told_with_the_breakpoint_that_is_on)
{
    boot();
    CHECK_EQUAL(set(WATCH + 1, DATA, BREAK_DATA, 4, BREAK_ON_WRITE), seL4_NoError);
    run();
    CHECK(kernel_debug(BREAK_DATA, DATA - 8) == handler);
    CHECK_EQUAL(got_label(handler), FAULT_DEBUG);
    CHECK_EQUAL(got_word(handler, 2), DATA - 8);
    CHECK_EQUAL(got_word(handler, 3), WATCH + 1);
}
