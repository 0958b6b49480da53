/* SPDX-License-Identifier: BSD-2-Clause
 * What a debug kernel says and answers. */
#include "actors.h"

#include <stdlib.h>
#include <string.h>

static void call(word_t number, word_t cap)
{
    do_syscall(number, cap, &(struct message){ 0 }, 0, 0);
}

static void say(const char *text)
{
    for (; *text; text++)
        call((word_t)SYS_DebugPutChar, (word_t)*text);
}

static void name(const char *text)
{
    struct ipc_buffer *const buffer = thread_buffer(fixture.root);

    memset(buffer->msg, 0, sizeof buffer->msg);
    memcpy(buffer->msg, text, strlen(text));
    call((word_t)SYS_DebugNameThread, ROOT_TCB);
}

static bool said(const char *text) { return strstr(host_output(), text); }

TEST(a_line_is_printed_whole_behind_its_speakers_name)
{
    fixture_boot();
    name("ro|ot one");
    say("hel\rlo");
    CHECK(!said("hello"));
    say("\n");
    CHECK(said("ro_ot_one|hello\n"));
}

TEST(a_line_that_is_too_long_is_broken)
{
    fixture_boot();
    for (unsigned i = 0; i <= THREAD_LINE; i++)
        say("x");
    CHECK(said("?|xxx"));
}

TEST(a_name_is_cut_to_what_is_kept)
{
    fixture_boot();
    name("a-name-that-is-longer-than-anybody-would-keep");
    say("\n");
    CHECK(said("a-name-that-is-longer-than-anyb|\n"));
}

TEST(only_a_thread_is_named_and_only_by_who_has_a_buffer)
{
    fixture_boot();
    call((word_t)SYS_DebugNameThread, ROOT_CNODE);
    call((word_t)SYS_DebugNameThread, 1ul << 60);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetIPCBuffer, ARGS(0), CAPS(ROOT_BUFFER)), seL4_NoError);
    call((word_t)SYS_DebugNameThread, ROOT_TCB);
    CHECK(!fixture.root->name[0]);
}

TEST(a_capability_is_identified_by_its_type)
{
    fixture_boot();
    call((word_t)SYS_DebugCapIdentify, ROOT_TCB);
    CHECK_EQUAL(message_badge(fixture.root), CAP_TCB);
    call((word_t)SYS_DebugCapIdentify, fixture.free);
    CHECK_EQUAL(message_badge(fixture.root), CAP_NULL);
    call((word_t)SYS_DebugCapIdentify, 1ul << 60);
    CHECK_EQUAL(message_badge(fixture.root), CAP_NULL);
}

TEST(the_dump_names_who_runs_who_is_ready_and_who_waits_for_budget)
{
    actors_boot();
    struct thread *const waits = actor_new(40), *const ready = actor_new(30);

    CHECK_EQUAL(
        do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(100, 10000, 0, 0, 0), CAPS(actor_sc(waits))),
        seL4_NoError);
    (void)ready;
    call((word_t)SYS_DebugDumpScheduler, 0);
    CHECK(said("kernel|running "));
    CHECK(said("kernel|ready "));
}

TEST(a_snapshot_tells_every_capability_and_checks_all)
{
    fixture_boot();
    call((word_t)SYS_DebugSnapshot, 0);
    CHECK(said("kernel|asid control object"));
    call((word_t)SYS_DebugCheck, 0);
}

static void halted(void) { _Exit(0); }

TEST(halting_is_said_first)
{
    fixture_boot();
    host_expect_halt(halted);
    call((word_t)SYS_DebugHalt, 0);
    CHECK(false);
}

TEST(the_schedulers_state_is_told_thread_by_thread)
{
    actors_boot();
    struct thread *const spent = actor_stopped(20), *const first = actor_stopped(5), *const second = actor_stopped(5);

    CHECK_EQUAL(
        do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(100, 100000, 0, 0, 0), CAPS(actor_sc(spent))),
        seL4_NoError);
    thread_start(actor_tcb(spent), 0x400000);
    CHECK(host_advance(10000) == fixture.root);
    CHECK_EQUAL(do_op(actor_tcb(first), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(second), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    strcpy(spent->name, "spent");
    strcpy(first->name, "first");
    strcpy(second->name, "second");
    call((word_t)SYS_DebugDumpScheduler, 0);
    CHECK(said("kernel|running ") && said("kernel|first to be released spent "));
    CHECK(strstr(strstr(host_output(), "kernel|ready first "), "kernel|ready second "));
}

TEST(a_name_shows_as_one_word)
{
    fixture_boot();
    name("a\x80\x7f" "b");
    say("\n");
    CHECK(said("a__b|\n"));
}

TEST(the_character_0_ends_a_line_that_is_unfinished_and_only_that)
{
    fixture_boot();
    name("speaker");
    call((word_t)SYS_DebugPutChar, 0);
    CHECK(!said("speaker|"));
    say("half");
    call((word_t)SYS_DebugPutChar, 0);
    CHECK(said("speaker|half\n"));
}
