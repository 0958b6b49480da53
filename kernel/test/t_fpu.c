/* SPDX-License-Identifier: BSD-2-Clause
 * Vector registers: each thread finds its own, and who used them gets them for a while without asking. */
#include "../core/cpu.h"
#include "actors.h"

static struct thread *server, *client;
static word_t endpoint, reply;

/* Both have used them: the client 1, then the server, which runs, 2. */
static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    server = actor_new(40);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    actor_make_passive(server);
    client = actor_new(30);
    CHECK(host_fpu_use(1) == client);
    CHECK(do_call(endpoint, 0, 0) == server);
    CHECK(this_cpu()->fpu_owner == client);
    CHECK(host_fpu_use(2) == server);
}

TEST(vector_registers_come_with_a_thread_that_used_them)
{
    boot();
    CHECK(do_reply_recv(endpoint, reply, 0, 0) == client);
    CHECK(this_cpu()->fpu_owner == client && this_cpu()->fpu_enabled);
    CHECK_EQUAL(host_fpu_read(), 1);
    CHECK(do_call(endpoint, 0, 0) == server);
    CHECK(this_cpu()->fpu_owner == server && this_cpu()->fpu_enabled);
    CHECK_EQUAL(host_fpu_read(), 2);
}

TEST(who_does_not_use_vector_registers_any_more_is_not_given_them_for_ever)
{
    unsigned given = 0;

    boot();
    for (unsigned i = 0; i < 1000; i++) {
        CHECK(do_reply_recv(endpoint, reply, 0, 0) == client);
        CHECK_EQUAL(host_fpu_read(), 1);
        CHECK(do_call(endpoint, 0, 0) == server);
        given += this_cpu()->fpu_owner == server;
    }
    CHECK(given > 0 && given < 500);
    CHECK_EQUAL(host_fpu_read(), 2);
    CHECK(this_cpu()->fpu_owner == server);
}

TEST(who_may_not_use_vector_registers_is_not_given_them)
{
    boot();
    CHECK(do_reply_recv(endpoint, reply, 0, 0) == client);
    CHECK_EQUAL(do_op(actor_tcb(server), TCBSetFlags, ARGS(0, THREAD_FLAG_FPU_DISABLED), NO_CAPS), seL4_NoError);
    CHECK(do_call(endpoint, 0, 0) == server);
    CHECK(!this_cpu()->fpu_enabled && this_cpu()->fpu_owner == client);
}
