/* SPDX-License-Identifier: BSD-2-Clause */
#include "fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <interfaces/log/log.h>

#include "../src/output.h"
#include "../src/own_config.h"
#include "../src/stop.h"
#include "test.h"

enum { MAX_ENTRIES = 24 };

struct fake fake;
_Alignas(4096) unsigned char fake_store[3 * FAKE_PAGE];
_Alignas(4096) unsigned char fake_log[4 * FAKE_PAGE];
_Alignas(4096) unsigned char fake_echo[2][FAKE_PAGE];
__thread seL4_IPCBuffer *__sel4_ipc_buffer;

static seL4_IPCBuffer buffer;
static struct { struct sel4ish_config config; struct sel4ish_entry entries[MAX_ENTRIES]; } block;

const char *test_complaint(void) { return ""; }
const char *test_log(void) { return fake.debug; }

/* ---- the config block */

static uint32_t add(struct sel4ish_entry e)
{
    block.entries[block.config.entries] = e;
    block.config.bytes = (uint32_t)(sizeof block.config + (block.config.entries + 1u) * sizeof e);
    return block.config.entries++;
}

static void add_region(uint32_t owner, const char *name, uint64_t offset, uint64_t bytes, enum sel4ish_region_kind kind)
{
    struct sel4ish_entry e = { .kind = SEL4ISH_REGION, .owner = owner, .v = { offset, bytes, kind } };

    snprintf(e.name, sizeof e.name, "%s", name);
    add(e);
}

static void add_store(uint64_t version, uint64_t registry)
{
    uint32_t owner = add((struct sel4ish_entry) {
        .kind = SEL4ISH_USE, .name = "store", .peer = "store",
        .v = { 0x13, version, 0, registry, (uintptr_t)fake_store, sizeof fake_store, FAKE_STORE_BELL, FAKE_STORE_BADGE,
               FAKE_STORE_SLOT, SEL4ISH_USE_TRUSTS_CODE } });

    add_region(owner, "base", 0, FAKE_PAGE, SEL4ISH_CLIENT_READS);
    add_region(owner, "requests", FAKE_PAGE, FAKE_PAGE, SEL4ISH_PROVIDER_READS);
    add_region(owner, "code", FAKE_CODE_OFFSET, FAKE_PAGE, SEL4ISH_CODE);
    add((struct sel4ish_entry) { .kind = SEL4ISH_ROUTINE, .owner = owner, .name = "send", .v = { FAKE_ENTRY_OFFSET } });
}

static void add_log(void)
{
    uint32_t owner = add((struct sel4ish_entry) {
        .kind = SEL4ISH_USE, .name = "log", .peer = "serial",
        .v = { LOG_ID, LOG_V1, 0, FAKE_REGISTRY_LOG, (uintptr_t)fake_log, sizeof fake_log, FAKE_LOG_BELL, FAKE_LOG_BADGE,
               FAKE_LOG_SLOT, 0 } });

    add_region(owner, "base", 0, FAKE_PAGE, SEL4ISH_CLIENT_READS);
    add_region(owner, "lines", FAKE_PAGE, 3 * FAKE_PAGE, SEL4ISH_PROVIDER_READS);
}

static void add_echo(void)
{
    uint32_t owner = add((struct sel4ish_entry) {
        .kind = SEL4ISH_PROVIDE, .name = "echo",
        .v = { 0x3f00, 1, 0, FAKE_REGISTRY_ECHO, (uintptr_t)fake_echo, FAKE_PAGE, 2, FAKE_ECHO_BADGE, FAKE_ECHO_SLOT, 0 } });

    add((struct sel4ish_entry) { .kind = SEL4ISH_CONNECTION, .owner = owner, .peer = "alpha",
                                 .v = { 0, 7, FAKE_ALPHA_BELL, 8 } });
    add((struct sel4ish_entry) { .kind = SEL4ISH_CONNECTION, .owner = owner, .peer = "beta", .v = { 1, 8, 0, 16 } });
    add((struct sel4ish_entry) { .kind = SEL4ISH_ROUTINE, .owner = owner, .name = "echo", .v = { 0x1040 } });
}

struct sel4ish_config *fake_config(void)
{
    return &block.config;
}

struct sel4ish_entry *fake_entry(enum sel4ish_kind kind, const char *name)
{
    return (struct sel4ish_entry *)sel4ish_config_next(&block.config, kind, name, NULL);
}

void fake_reset(void)
{
    memset(&fake, 0, sizeof fake);
    memset(&block, 0, sizeof block);
    memset(fake_store, 0, sizeof fake_store);
    memset(fake_log, 0, sizeof fake_log);
    memset(fake_echo, 0, sizeof fake_echo);
    seL4_SetIPCBuffer(&buffer);
    block.config = (struct sel4ish_config) {
        .magic = SEL4ISH_CONFIG_MAGIC, .version = SEL4ISH_CONFIG_VERSION, .inbox = FAKE_INBOX, .runtime = FAKE_RUNTIME,
        .runtime_bits = FAKE_RUNTIME_BITS, .name = "shell",
    };
    add_store(1, FAKE_REGISTRY_STORE_1);
    add_store(2, FAKE_REGISTRY_STORE_2);
    add_log();
    add_echo();
    own_config_set(&block.config);
}

/* ---- the runtime's ends */

const char *sel4ish_stop_name(void) { return own_name(); }
void sel4ish_output_finish_line(void) {}
_Noreturn void sel4ish_park(void) { exit(3); }

_Noreturn void sel4ish_stop(const char *format, ...)
{
    fprintf(stderr, "stopped: %s\n", format);
    exit(2);
}

void sel4ish_output_debug(const char *line, size_t len)
{
    snprintf(fake.debug + strlen(fake.debug), sizeof fake.debug - strlen(fake.debug), "%.*s\n", (int)len, line);
}

/* ---- the kernel */

static void answer(struct sel4ish_message *m, seL4_Error error, seL4_Word mr0)
{
    m->info = seL4_MessageInfo_new(error, 0, 0, 3).words[0];
    m->mr0 = mr0;
    m->mr2 = 0;                         /* a failed lookup at level 0: nobody is registered */
}

static void header_write(unsigned char *page, uintptr_t base, uint32_t ready)
{
    struct sel4ish_header header = { ready, (uint32_t)base, (uint32_t)(base >> 32) };

    memcpy(page, &header, sizeof header);
}

static void request_log(struct sel4ish_message *m)
{
    struct log_base *base = (struct log_base *)fake_log;

    memset(fake_log, 0, sizeof fake_log);
    base->lines = (uintptr_t)fake_log + FAKE_PAGE;
    header_write(fake_log, (uintptr_t)fake_log, sel4ish_ready_word(LOG_ID, LOG_V1));
    answer(m, seL4_NoError, (uintptr_t)fake_log);
}

static void request(seL4_CPtr registry, struct sel4ish_message *m)
{
    bool store_2 = registry == FAKE_REGISTRY_STORE_2, log = registry == FAKE_REGISTRY_LOG;
    bool registered = log ? fake.log_registered : store_2 ? fake.store_2_registered : fake.store_1_registered;

    fake.requests++;
    if (fake.denied) {
        answer(m, seL4_IllegalOperation, 0);
    } else if (!registered) {
        answer(m, seL4_FailedLookup, 0);
    } else if (log) {
        request_log(m);
    } else {
        header_write(fake_store, (uintptr_t)fake_store + (fake.base_lie ? FAKE_PAGE : 0),
                     fake.never_ready ? 0 : sel4ish_ready_word(0x13, store_2 ? 2 : 1));
        answer(m, seL4_NoError, (uintptr_t)fake_store);
    }
}

static void query(struct sel4ish_message *m)
{
    const struct fake_connection *c = &fake.peers[m->mr0];

    m->info = seL4_MessageInfo_new(seL4_NoError, 0, 0, 6).words[0];
    m->mr0 = 2;
    m->mr1 = c->label;
    m->mr2 = c->state;
    m->mr3 = c->sequence;
    seL4_SetMR(4, c->client_base);
    seL4_SetMR(5, FAKE_PAGE);
}

static void call(seL4_CPtr to, struct sel4ish_message *m)
{
    switch (seL4_MessageInfo_get_label((seL4_MessageInfo_t) {{ m->info }})) {
    case sel4ish_RegistryRequest:
        request(to, m);
        return;
    case sel4ish_RegistryRegister:
        answer(m, seL4_NoError, (uintptr_t)fake_echo);
        return;
    case sel4ish_ProviderQuery:
        query(m);
        return;
    case sel4ish_ProviderAcknowledge:
        fake.acknowledged[m->mr0]++;
        fake.peers[m->mr0].state = 0;
        answer(m, seL4_NoError, 0);
        return;
    case CNodeDelete:
        fake.deleted[m->mr0]++;
        answer(m, seL4_NoError, 0);
        return;
    default:
        abort();
    }
}

static seL4_Word take_inbox(void)
{
    seL4_Word bits = fake.inbox;

    fake.inbox = 0;
    return bits;
}

seL4_Word sel4ish_svc(seL4_Syscall_ID number, seL4_Word x0, struct sel4ish_message *m, seL4_CPtr reply, seL4_CPtr dest)
{
    (void)reply;
    (void)dest;
    switch (number) {
    case seL4_SysCall:
        call(x0, m);
        return 0;
    case seL4_SysWait:
        fake.waits++;
        if (!fake.inbox && fake.on_wait)
            fake.on_wait();
        if (!fake.inbox)
            abort();                    /* it would sleep for ever */
        return take_inbox();
    case seL4_SysNBWait:
        return take_inbox();
    case seL4_SysSend:
        fake.bells++;
        fake.last_bell = x0;
        return 0;
    default:
        abort();
    }
}

seL4_Word sel4ish_svc_plain(seL4_Syscall_ID number, seL4_Word x0)
{
    if (number == seL4_SysYield) {
        fake.yields++;
        if (fake.on_yield)
            fake.on_yield();
    }
    return x0;
}

/* Time passes by being looked at. */
seL4_Uint64 sel4ish_counter(void)
{
    static seL4_Uint64 now;

    return now++;
}

seL4_Uint64 sel4ish_counter_frequency(void)
{
    return 1000;
}
