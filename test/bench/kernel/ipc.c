/* SPDX-License-Identifier: BSD-2-Clause
 * Rows: a call to a server in another address space, which runs on the caller's context, and its answer; and waiting for a
 * message behind many others who do. */
#include "bench.h"
#include "peer.h"
#include "world.h"

static seL4_CPtr endpoint, reply;

static void touch_vector_registers(void)
{
    __asm__ volatile("add v0.2d, v0.2d, v1.2d" ::: "v0");
}

static void serve(void)
{
    seL4_MessageInfo_t info = seL4_Recv(endpoint, NULL, reply);

    for (;;)
        info = seL4_ReplyRecv(endpoint, info, NULL, reply);
}

static void serve_with_vector_registers(void)
{
    seL4_MessageInfo_t info = seL4_Recv(endpoint, NULL, reply);

    for (;;) {
        touch_vector_registers();
        info = seL4_ReplyRecv(endpoint, info, NULL, reply);
    }
}

static void server_make(void (*entry)(void))
{
    endpoint = make(seL4_EndpointObject, 0);
    reply = make(seL4_ReplyObject, 0);
    peer_make_passive(peer_start(entry, (struct peer_kind){ .vspace = other_space(), .priority = PRIORITY_HIGH }));
}

static void call(seL4_Word took[REPETITIONS], seL4_Word length)
{
    server_make(serve);
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        seL4_Call(endpoint, message(length));
        took[i] = cycles() - start;
    }
}

static void call_0(seL4_Word took[REPETITIONS]) { call(took, 0); }
static void call_4(seL4_Word took[REPETITIONS]) { call(took, 4); }
static void call_8(seL4_Word took[REPETITIONS]) { call(took, 8); }

/* Each side uses them once in every round. */
static void call_vector(seL4_Word took[REPETITIONS])
{
    server_make(serve_with_vector_registers);
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        seL4_Call(endpoint, message(0));
        touch_vector_registers();
        took[i] = cycles() - start;
    }
}

/* ---- behind others */

static volatile seL4_Word began;    /* when the last of the waiters was about to wait */

static void receive(void)
{
    for (;;) {
        began = cycles();
        seL4_Recv(endpoint, NULL, reply);
    }
}

static void wait_behind(unsigned others, seL4_Word took[REPETITIONS])
{
    struct peer_kind kind = { .vspace = other_space(), .priority = PRIORITY_HIGH };
    struct peer last;

    endpoint = make(seL4_EndpointObject, 0);
    for (unsigned i = 0; i < others; i++) {
        kind.sc = context_make(1000, 1000);
        waiter_start(kind, (seL4_Word)seL4_SysWait, endpoint);
    }
    kind.sc = seL4_CapNull;
    reply = make(seL4_ReplyObject, 0);
    last = peer_start(receive, kind);
    for (unsigned i = 0; i < REPETITIONS; i++) {
        peer_restart(last, receive);        /* it runs, and waits again */
        took[i] = cycles() - began;
    }
}

static void block_behind_1(seL4_Word took[REPETITIONS]) { wait_behind(1, took); }
static void block_behind_1000(seL4_Word took[REPETITIONS]) { wait_behind(1000, took); }

const struct row ipc_rows[] = {
    { "call_0", call_0 },
    { "call_4", call_4 },
    { "call_8", call_8 },
    { "call_vector", call_vector },
    { "block_behind_1", block_behind_1 },
    { "block_behind_1000", block_behind_1000 },
    { 0 },
};
