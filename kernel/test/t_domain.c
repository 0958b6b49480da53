/* SPDX-License-Identifier: BSD-2-Clause
 * Domains: threads of one run at a time, each for as long as the schedule says. */
#include "../core/domain.h"
#include "../core/sched.h"
#include "actors.h"

enum { TICKS = 5000, FOREVER = 1000000000 };

static seL4_Error set(const struct thread *t, word_t domain)
{
    return do_op(ROOT_DOMAIN, DomainSetSet, ARGS(domain), CAPS(actor_tcb(t)));
}

static seL4_Error entry(word_t index, word_t domain, word_t duration)
{
    return do_op(ROOT_DOMAIN, DomainScheduleConfigure, ARGS(index, domain, duration), NO_CAPS);
}

static seL4_Error start(word_t index)
{
    return do_op(ROOT_DOMAIN, DomainScheduleSetStart, ARGS(index), NO_CAPS);
}

/* Domain 0 (the root thread's) for 2 * TICKS, then domain 1 for TICKS, and so on. */
static void two_domains(void)
{
    CHECK_EQUAL(entry(0, 0, 2 * TICKS), seL4_NoError);
    CHECK_EQUAL(entry(1, 1, TICKS), seL4_NoError);
    CHECK_EQUAL(start(0), seL4_NoError);
}

TEST(a_thread_of_another_domain_runs_in_its_turn_and_for_as_long_as_that_lasts)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(200);
    CHECK_EQUAL(set(t, 1), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root);
    two_domains();
    for (unsigned round = 0; round < 3; round++) {
        CHECK(host_advance(2 * TICKS - 1) == fixture.root);
        CHECK(host_advance(1) == t);
        CHECK(host_advance(TICKS - 1) == t);
        CHECK(host_advance(1) == fixture.root);
    }
}

TEST(nobody_runs_in_the_turn_of_a_domain_without_threads)
{
    actors_boot();
    two_domains();
    CHECK(host_advance(2 * TICKS - 1) == fixture.root);
    CHECK(host_advance(1) == NULL);
    CHECK(host_advance(TICKS - 1) == NULL);
    CHECK(host_advance(1) == fixture.root);
}

TEST(a_schedule_ends_at_an_entry_without_a_duration_and_begins_again_at_its_start)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(200);
    CHECK_EQUAL(set(t, 3), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(entry(5, 0, TICKS), seL4_NoError);
    CHECK_EQUAL(entry(6, 3, TICKS), seL4_NoError);
    CHECK_EQUAL(entry(8, 2, TICKS), seL4_NoError);     /* behind the end: never its turn */
    CHECK_EQUAL(start(5), seL4_NoError);
    CHECK(host_advance(TICKS - 1) == fixture.root);
    CHECK(host_advance(1) == t);
    CHECK(host_advance(TICKS) == fixture.root);
    CHECK(host_advance(TICKS) == t);
}

TEST(the_last_entry_of_the_table_is_followed_by_the_start)
{
    actors_boot();
    CHECK_EQUAL(entry(DOMAIN_SCHEDULE - 1, 1, TICKS), seL4_NoError);
    CHECK_EQUAL(entry(0, 0, TICKS), seL4_NoError);
    CHECK_EQUAL(start(DOMAIN_SCHEDULE - 1), seL4_NoError);
    CHECK(host_current() == NULL);
    CHECK(host_advance(TICKS) == NULL);     /* its own turn again */
    CHECK_EQUAL(this_cpu()->domain, 1);
}

TEST(a_thread_that_leaves_its_domain_stops_and_one_that_comes_competes_by_priority)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(200);
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainSetSet, ARGS(1), CAPS(actor_tcb(t))), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root);
    CHECK_EQUAL(set(t, 0), seL4_NoError);       /* t runs before root has its answer */
    CHECK(host_current() == t);
    CHECK_EQUAL(set(t, 2), seL4_NoError);       /* by itself */
    CHECK(host_current() == fixture.root);
}

TEST(whoever_leaves_the_only_domain_that_has_a_turn_waits)
{
    actors_boot();
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainSetSet, ARGS(15), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK(host_current() == NULL);
    CHECK(host_advance(FOREVER) == NULL);
}

TEST(signals_wake_a_thread_of_another_domain_for_its_turn)
{
    struct thread *t;
    word_t notification;

    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    t = actor_new(200);
    CHECK(do_wait(notification) == fixture.root);
    CHECK_EQUAL(set(t, 1), seL4_NoError);
    two_domains();
    CHECK(do_signal(notification) == fixture.root);
    CHECK_EQUAL(t->state, THREAD_RUNNING);
    CHECK(host_advance(2 * TICKS) == t);
    CHECK(do_wait(notification) == NULL);       /* the rest of the turn is nobody's */
    CHECK(host_advance(TICKS) == fixture.root);
}

TEST(a_call_into_another_domain_lends_its_context_there)
{
    struct thread *server, *client;
    word_t endpoint, reply;

    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    server = actor_new(200);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    actor_make_passive(server);
    CHECK_EQUAL(set(server, 1), seL4_NoError);
    two_domains();
    client = actor_new(100);
    CHECK(do_call(endpoint, 7, 8) == fixture.root);
    CHECK(!client->sc && server->sc);
    CHECK(host_advance(2 * TICKS) == server);
    CHECK_EQUAL(got_label(server), 7);
    CHECK(do_reply_recv(endpoint, reply, 9, 0) == NULL);
    CHECK(client->sc && !server->sc);
    CHECK(host_advance(TICKS) == client);
    CHECK_EQUAL(got_label(client), 9);
}

TEST(a_budget_is_charged_up_to_the_end_of_the_turn)
{
    struct sched_context *sc;

    actors_boot();
    sc = fixture.root->sc;
    two_domains();
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_advance(2 * TICKS + TICKS) == fixture.root);
    sched_charge();
    CHECK_EQUAL(sc->consumed, 2 * TICKS);
}

TEST(yielding_to_a_thread_of_another_domain_moves_it_to_the_front_there)
{
    struct thread *first, *second;

    actors_boot();
    first = actor_stopped(200);
    second = actor_stopped(200);
    CHECK_EQUAL(set(first, 1), seL4_NoError);
    CHECK_EQUAL(set(second, 1), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(first), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(second), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    two_domains();
    CHECK_EQUAL(do_op(actor_sc(second), SchedContextYieldTo, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root);
    CHECK(host_advance(2 * TICKS) == second);
}

TEST(what_the_domain_calls_refuse_changes_nothing)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    CHECK_EQUAL(set(t, DOMAINS), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainSetSet, ARGS(1), CAPS(ROOT_CNODE)), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainSetSet, ARGS(1), NO_CAPS), seL4_TruncatedMessage);
    CHECK_EQUAL(t->domain, 0);
    CHECK_EQUAL(entry(DOMAIN_SCHEDULE, 0, 1), seL4_RangeError);
    CHECK_EQUAL(reply_word(1), DOMAIN_SCHEDULE - 1);
    CHECK_EQUAL(entry(1, DOMAINS, 1), seL4_RangeError);
    CHECK_EQUAL(reply_word(1), DOMAINS - 1);
    CHECK_EQUAL(entry(1, 0, DOMAIN_MAX_DURATION + 1), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 2);
    CHECK_EQUAL(entry(1, 1, 0), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(entry(0, 0, 0), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 2);
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainScheduleConfigure, ARGS(1, 1), NO_CAPS), seL4_TruncatedMessage);
    CHECK_EQUAL(start(DOMAIN_SCHEDULE), seL4_RangeError);
    CHECK_EQUAL(reply_word(1), DOMAIN_SCHEDULE - 1);
    CHECK_EQUAL(start(1), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK(domain_is_end(1) && !domain_is_end(0));
    CHECK(host_advance(FOREVER) == fixture.root);
}

TEST(new_threads_are_of_the_domain_that_made_them)
{
    enum { COUNT = 3 };
    struct thread *maker;
    word_t slot;

    actors_boot();
    maker = actor_stopped(200);
    CHECK_EQUAL(set(maker, 1), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(maker), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    two_domains();
    CHECK(host_advance(2 * TICKS) == maker);
    slot = slot_new();
    CHECK_EQUAL(do_op(fixture.untyped, UntypedRetype, ARGS(OBJ_TCB, 0, 0, 0, slot, COUNT), CAPS(ROOT_CNODE)), seL4_NoError);
    for (unsigned i = 0; i < COUNT; i++)
        CHECK_EQUAL(thread_of(slot + i)->domain, 1);
}

TEST(time_passes_for_domains_whatever_threads_do)
{
    struct thread *t;

    actors_boot();
    t = actor_new(200);
    CHECK_EQUAL(set(t, 1), seL4_NoError);
    CHECK(host_current() == fixture.root);
    two_domains();
    for (unsigned round = 0; round < 20; round++) {
        for (unsigned i = 0; i < 10; i++) {
            CHECK(host_advance(2 * TICKS / 10) == (i < 9 ? fixture.root : t));
            do_yield();
        }
        CHECK(host_advance(TICKS) == fixture.root);
    }
}

TEST(an_entry_that_is_not_the_start_may_lose_its_duration)
{
    actors_boot();
    CHECK_EQUAL(entry(1, 1, TICKS), seL4_NoError);
    CHECK(!domain_is_end(1));
    CHECK_EQUAL(entry(1, 0, 0), seL4_NoError);
    CHECK(domain_is_end(1));
}

TEST(who_is_put_into_the_domain_that_it_is_in_goes_on)
{
    actors_boot();
    struct thread *const t = actor_new(20);

    CHECK_EQUAL(set(t, 0), seL4_NoError);
    CHECK(host_current() == t && !ready_queued(t));
}
