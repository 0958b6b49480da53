/* SPDX-License-Identifier: BSD-2-Clause
 * Fake kernel: one client connection and one provider with two, as far as the library's calls can tell. Tests set what
 * it knows and read what was asked of it.
 *
 * The config block: component "shell" uses store@2 and store@1 (same window, which is `page`), uses log@1, and provides
 * echo@1 to "alpha" (connection 0) and "beta" (1). */
#pragma once

#include <sel4/sel4.h>
#include <sel4ish/config.h>
#include <sel4ish/interface.h>

enum {
    FAKE_PAGE = 4096,
    FAKE_RUNTIME_BITS = 4,
    FAKE_INBOX = 0x100, FAKE_RUNTIME = 0x200, FAKE_STORE_BELL = 0x300, FAKE_ALPHA_BELL = 0x400, FAKE_LOG_BELL = 0x500,
    FAKE_REGISTRY_STORE_2 = 0x1002, FAKE_REGISTRY_STORE_1 = 0x1001, FAKE_REGISTRY_LOG = 0x1010, FAKE_REGISTRY_ECHO = 0x1020,
    FAKE_STORE_BADGE = 1, FAKE_LOG_BADGE = 2, FAKE_ECHO_BADGE = 4,
    FAKE_STORE_SLOT = 3, FAKE_LOG_SLOT = 4, FAKE_ECHO_SLOT = 5,
    FAKE_CODE_OFFSET = 2 * FAKE_PAGE, FAKE_ENTRY_OFFSET = FAKE_CODE_OFFSET + 0x40,
};

struct fake_connection { seL4_Word label, state, sequence, client_base; };

struct fake {
    /* the registry: what Request and Register answer, by registry capability */
    bool store_2_registered, store_1_registered, log_registered;
    bool denied, base_lie, never_ready;
    /* what was asked */
    unsigned requests, yields, waits, bells;
    seL4_CPtr last_bell;
    unsigned deleted[16];               /* by run-time slot */
    seL4_Word inbox;                    /* bits that wait there */
    void (*on_wait)(void);              /* what happens while a thread sleeps; it must set a bit */
    void (*on_yield)(void);
    /* the provider's side */
    struct fake_connection peers[2];
    unsigned acknowledged[2];
    char debug[256];                    /* the debug channel */
};

extern struct fake fake;
extern _Alignas(4096) unsigned char fake_store[3 * FAKE_PAGE];      /* client-reads, provider-reads, code */
extern _Alignas(4096) unsigned char fake_log[4 * FAKE_PAGE];        /* client-reads, then 3 provider-reads */
extern _Alignas(4096) unsigned char fake_echo[2][FAKE_PAGE];        /* the provider's sides */

/* Pages and answers as after boot, config in place. */
void fake_reset(void);
struct sel4ish_config *fake_config(void);
struct sel4ish_entry *fake_entry(enum sel4ish_kind kind, const char *name);
