/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/client.h>
#include <sel4ish/event.h>

#include "fake.h"
#include "test.h"

static struct sel4ish_connection c;

TEST(connect_takes_the_newest_version_that_is_registered)
{
    fake_reset();
    fake.store_2_registered = fake.store_1_registered = true;
    CHECK(sel4ish_connect("store", &c) == seL4_NoError);
    CHECK(c.version == 2 && c.id == 0x13 && c.base == (uintptr_t)fake_store);
    CHECK(sel4ish_ready(&c));
    CHECK_EQUAL(fake.requests, 1);
}

TEST(connect_falls_back_to_an_older_version)
{
    fake_reset();
    fake.store_1_registered = true;
    CHECK(sel4ish_connect("store", &c) == seL4_NoError);
    CHECK(c.version == 1);
}

static void provider_comes(void)
{
    fake.store_2_registered = true;
    fake.inbox = FAKE_STORE_BADGE | 0x80;
}

TEST(connect_sleeps_until_a_provider_registers_and_keeps_other_events)
{
    fake_reset();
    fake.on_wait = provider_comes;
    CHECK(sel4ish_connect("store", &c) == seL4_NoError);
    CHECK_EQUAL(fake.waits, 1);
    CHECK_EQUAL(sel4ish_event_poll(), 0x80);
}

TEST(what_was_not_granted_is_not_asked_for_and_what_is_denied_is_not_repeated)
{
    fake_reset();
    CHECK(sel4ish_connect("screen", &c) == seL4_IllegalOperation);
    CHECK_EQUAL(fake.requests, 0);
    fake.denied = true;
    CHECK(sel4ish_connect("store", &c) == seL4_IllegalOperation);
    CHECK_EQUAL(fake.requests, 2);
    CHECK(!c.use);
}

static void bell_without_ready(void)
{
    fake.inbox = FAKE_STORE_BADGE;
}

TEST(a_provider_that_never_fills_out_does_not_hold_its_client)
{
    fake_reset();
    fake.store_1_registered = fake.never_ready = true;
    fake.on_wait = bell_without_ready;
    CHECK(sel4ish_connect("store", &c) == seL4_FailedLookup);
    CHECK_EQUAL(fake.waits, SEL4ISH_CONNECT_WAKES);
    CHECK_EQUAL(fake.deleted[FAKE_STORE_SLOT], 1);
    CHECK(!c.use && !sel4ish_ready(&c));
}

TEST(a_silent_provider_that_has_no_bell_is_given_up_after_a_while)
{
    fake_reset();
    fake.store_1_registered = fake.never_ready = true;
    fake_entry(SEL4ISH_USE, "store")->v[SEL4ISH_USE_BADGE] = 0;
    CHECK(sel4ish_connect("store", &c) == seL4_FailedLookup);
    CHECK(fake.yields > 100 && fake.waits == 0);
    CHECK_EQUAL(fake.deleted[FAKE_STORE_SLOT], 1);
}

TEST(a_header_that_lies_about_the_base_is_refused)
{
    fake_reset();
    fake.store_1_registered = fake.base_lie = true;
    CHECK(sel4ish_connect("store", &c) == seL4_InvalidArgument);
    CHECK_EQUAL(fake.deleted[FAKE_STORE_SLOT], 1);
}

TEST(a_routine_needs_to_be_an_entry_point_and_its_code_trusted)
{
    uint64_t entry = (uintptr_t)fake_store + FAKE_ENTRY_OFFSET;

    fake_reset();
    fake.store_1_registered = true;
    CHECK(sel4ish_connect("store", &c) == seL4_NoError);
    CHECK((uintptr_t)sel4ish_routine(&c, entry) == entry);
    CHECK(!sel4ish_routine(&c, entry + 4));
    CHECK(!sel4ish_routine(&c, (uintptr_t)&c));
    fake_entry(SEL4ISH_USE, "store")->v[SEL4ISH_USE_FLAGS] = 0;
    CHECK(!sel4ish_routine(&c, entry));
}

TEST(data_pointers_are_checked_for_region_kind_and_alignment)
{
    uint64_t base = (uintptr_t)fake_store;

    fake_reset();
    fake.store_1_registered = true;
    CHECK(sel4ish_connect("store", &c) == seL4_NoError);
    CHECK(sel4ish_data(&c, base + 64, 64, 8));
    CHECK(!sel4ish_data(&c, base + 62, 64, 8));
    CHECK(!sel4ish_data_writable(&c, base + 64, 64, 8));
    CHECK(sel4ish_data_writable(&c, base + FAKE_PAGE, FAKE_PAGE, 64));
    CHECK(!sel4ish_data_writable(&c, base + FAKE_PAGE, FAKE_PAGE + 1, 64));
    CHECK(!sel4ish_data(&c, (uintptr_t)fake_config(), 8, 8));
}

TEST(a_provider_that_left_is_noticed_and_releasing_twice_is_harmless)
{
    fake_reset();
    fake.store_1_registered = true;
    CHECK(sel4ish_connect("store", &c) == seL4_NoError);
    ((struct sel4ish_header *)fake_store)->ready = 0;
    CHECK(!sel4ish_ready(&c));
    sel4ish_release(&c);
    sel4ish_release(&c);
    CHECK_EQUAL(fake.deleted[FAKE_STORE_SLOT], 1);
    sel4ish_ring(&c);
    CHECK_EQUAL(fake.bells, 0);
}
