/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/provider.h>

#include "fake.h"
#include "test.h"

static struct sel4ish_provider echo;
static unsigned filled, ended;
static uint32_t ready_during_fill;
static bool refuse;

static const struct sel4ish_header *header(unsigned n)
{
    return (const struct sel4ish_header *)fake_echo[n];
}

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    (void)context;
    (void)provider;
    filled++;
    ready_during_fill = header(peer->n)->ready;
    return !refuse;
}

static void gone(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    (void)context;
    (void)provider;
    (void)peer;
    ended++;
}

static const struct sel4ish_provider_handler handler = { fill, gone };

static void setup(void)
{
    fake_reset();
    filled = ended = 0;
    refuse = false;
    CHECK(sel4ish_provide("echo", 1, &echo) == seL4_NoError);
}

static unsigned scan(void)
{
    return sel4ish_provider_scan(&echo, &handler, NULL);
}

TEST(a_provider_registers_what_it_was_granted_and_nothing_else)
{
    setup();
    CHECK(echo.count == 2 && echo.cap == (1 << FAKE_RUNTIME_BITS | FAKE_ECHO_SLOT));
    CHECK(echo.peers[1].base == fake_echo[1]);
    CHECK(sel4ish_provide("echo", 2, &echo) == seL4_IllegalOperation);
    CHECK(sel4ish_provide("store", 1, &echo) == seL4_IllegalOperation);
}

TEST(a_new_request_is_filled_once_made_ready_last_and_the_client_rung)
{
    setup();
    CHECK_EQUAL(scan(), 0);
    fake.peers[0] = (struct fake_connection) { 7, SEL4ISH_LIVE, 1, 0x40000000 };
    CHECK_EQUAL(scan(), 1);
    CHECK(filled == 1 && ready_during_fill == 0);
    CHECK_EQUAL(header(0)->ready, 0x3f00 << 16 | 1);
    CHECK(fake.bells == 1 && fake.last_bell == FAKE_ALPHA_BELL);
    CHECK(sel4ish_peer_live(&echo.peers[0]) && !sel4ish_peer_live(&echo.peers[1]));
    CHECK_EQUAL(scan(), 0);
    CHECK_EQUAL(filled, 1);
}

TEST(a_peer_is_who_the_kernel_says_and_addresses_are_relocated_to_its_base)
{
    setup();
    fake.peers[1] = (struct fake_connection) { 8, SEL4ISH_LIVE, 1, 0x50000000 };
    scan();
    CHECK(sel4ish_peer_name(&echo.peers[1])[0] == 'b');
    CHECK_EQUAL(sel4ish_peer_bits(&echo.peers[1]), 16);
    CHECK_EQUAL(sel4ish_peer_address(&echo.peers[1], 0x20), 0x50000020);
    CHECK_EQUAL(sel4ish_peer_routine(&echo, &echo.peers[1], "echo"), 0x50001040);
    CHECK(sel4ish_peer_at(&echo.peers[1], 0x20) == fake_echo[1] + 0x20);
    fake.peers[1].label = 9;            /* a label that the plan does not have there */
    fake.peers[1].sequence = 2;
    scan();
    CHECK(sel4ish_peer_name(&echo.peers[1])[0] == '?');
}

TEST(a_client_that_left_is_forgotten_and_acknowledged_once)
{
    setup();
    fake.peers[0] = (struct fake_connection) { 7, SEL4ISH_LIVE, 1, 0x40000000 };
    scan();
    fake.peers[0].state = SEL4ISH_DRAINING;
    CHECK_EQUAL(scan(), 1);
    CHECK(ended == 1 && fake.acknowledged[0] == 1);
    CHECK_EQUAL(scan(), 0);
    fake.peers[0] = (struct fake_connection) { 7, SEL4ISH_LIVE, 2, 0x40000000 };
    CHECK_EQUAL(scan(), 1);
    CHECK_EQUAL(filled, 2);
}

TEST(a_client_that_came_back_between_two_scans_is_ended_and_filled_anew)
{
    setup();
    fake.peers[0] = (struct fake_connection) { 7, SEL4ISH_LIVE, 1, 0x40000000 };
    scan();
    fake.peers[0].sequence = 3;
    CHECK_EQUAL(scan(), 1);
    CHECK(ended == 1 && filled == 2);
}

TEST(a_refused_or_orphaned_connection_never_becomes_ready)
{
    setup();
    refuse = true;
    fake.peers[0] = (struct fake_connection) { 7, SEL4ISH_LIVE, 1, 0x40000000 };
    fake.peers[1] = (struct fake_connection) { 8, SEL4ISH_ORPHANED, 1, 0x50000000 };
    CHECK_EQUAL(scan(), 2);
    CHECK(header(0)->ready == 0 && header(1)->ready == 0 && filled == 1);
    fake.peers[0].state = SEL4ISH_DRAINING;
    scan();
    CHECK(ended == 0 && fake.acknowledged[0] == 1);
}
