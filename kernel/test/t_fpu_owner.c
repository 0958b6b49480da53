/* SPDX-License-Identifier: BSD-2-Clause
 * The owner of the vector registers: whose are in the machine, and whose are saved or dropped. */
#include "actors.h"

static struct thread *idle, *owner;
static word_t bell;

/* `idle` has its registers in memory, `owner` has its own in the machine; root runs. */
static void boot(void)
{
    actors_boot();
    bell = object_new(OBJ_NOTIFICATION, 0);
    idle = actor_new(20);
    host_fpu_use(11);
    CHECK(do_wait(bell) == fixture.root);
    owner = actor_new(20);
    host_fpu_use(22);
    CHECK(do_wait(bell) == fixture.root);
    CHECK(this_cpu()->fpu_owner == owner);
}

TEST(a_thread_that_may_use_vector_registers_no_more_keeps_its_own)
{
    boot();
    CHECK_EQUAL(do_op(actor_tcb(idle), TCBSetFlags, ARGS(0, THREAD_FLAG_FPU_DISABLED), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(idle), TCBSetFlags, ARGS(THREAD_FLAG_FPU_DISABLED, 0), NO_CAPS), seL4_NoError);
    CHECK(this_cpu()->fpu_owner == owner);
    CHECK(do_signal(bell) == idle);
    CHECK_EQUAL(host_fpu_read(), 11);
}

TEST(the_end_of_another_thread_takes_nobodys_vector_registers)
{
    boot();
    deleted(actor_tcb(idle));
    CHECK(this_cpu()->fpu_owner == owner);
    CHECK(do_signal(bell) == owner);
    CHECK_EQUAL(host_fpu_read(), 22);
}
