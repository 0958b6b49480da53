/* SPDX-License-Identifier: BSD-2-Clause
 * Call benchmark: what a call to another thread and its reply cost. The server is passive: it runs on its clients'
 * scheduling context, so a call is a switch and nothing is scheduled. */
#include <stdio.h>

#include <sel4/sel4.h>

enum { CALLS = 10000, ROUNDS = 3, STACK_BYTES = 8192, TLS_BYTES = 1024 };

extern char __executable_start[];

static seL4_BootInfo *bi;
static seL4_CPtr next_slot, endpoint, reply;
static char stack[STACK_BYTES] __attribute__((aligned(16)));
static char tls[TLS_BYTES] __attribute__((aligned(64)));
static seL4_IPCBuffer server_buffer __attribute__((aligned(1 << seL4_PageBits)));

static void must(seL4_Error error, const char *what)
{
    if (error != seL4_NoError) {
        printf("call-benchmark: %s: error %d\n", what, (int)error);
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
    }
}

/* One object, from the first untyped that has room for it. */
static seL4_CPtr make(seL4_Word type, seL4_Word size_bits)
{
    seL4_Error error = seL4_NotEnoughMemory;

    for (seL4_CPtr u = bi->untyped.start; u < bi->untyped.end && error != seL4_NoError; u++)
        if (!bi->untypedList[u - bi->untyped.start].isDevice)
            error = seL4_Untyped_Retype(u, type, size_bits, seL4_CapInitThreadCNode, 0, 0, next_slot, 1);
    must(error, "Retype");
    return next_slot++;
}

/* The capability to the page of this program that holds an object. */
static seL4_CPtr page_of(const void *object)
{
    return bi->userImageFrames.start + (((seL4_Word)object - (seL4_Word)__executable_start) >> seL4_PageBits);
}

static seL4_Word now(void)
{
    seL4_Word ticks;

    __asm__ volatile("isb; mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
}

/* Answers each call with the sum of its two words. */
static void serve(void)
{
    seL4_MessageInfo_t tag;

    seL4_SetIPCBuffer(&server_buffer);
    tag = seL4_Recv(endpoint, NULL, reply);
    for (;;) {
        seL4_SetMR(0, seL4_GetMR(0) + seL4_GetMR(1));
        tag = seL4_ReplyRecv(endpoint, seL4_MessageInfo_set_length(tag, 1), NULL, reply);
    }
}

static void start_server(void)
{
    seL4_UserContext registers = {
        .pc = (seL4_Word)serve, .sp = (seL4_Word)(stack + sizeof stack), .tpidr_el0 = (seL4_Word)tls,
    };
    const seL4_CPtr tcb = make(seL4_TCBObject, 0), sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits);

    must(seL4_TCB_Configure(tcb, seL4_CapInitThreadCNode, 0, seL4_CapInitThreadVSpace, 0, (seL4_Word)&server_buffer,
                            page_of(&server_buffer)), "Configure");
    must(seL4_SchedControl_ConfigureFlags(bi->schedcontrol.start, sc, 10000, 10000, 0, 0, seL4_SchedContext_NoFlag),
         "ConfigureFlags");
    must(seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, seL4_MaxPrio, seL4_MaxPrio, sc, seL4_CapNull),
         "SetSchedParams");
    must(seL4_TCB_WriteRegisters(tcb, 1, 0, sizeof registers / sizeof(seL4_Word), &registers), "WriteRegisters");
    seL4_Call(endpoint, seL4_MessageInfo_new(0, 0, 0, 2));      /* it waits for the next one when this returns */
    must(seL4_SchedContext_Unbind(sc), "Unbind");
}

int main(void)
{
    seL4_Word sum = 0;

    bi = seL4_GetBootInfo();
    next_slot = bi->empty.start;
    endpoint = make(seL4_EndpointObject, 0);
    reply = make(seL4_ReplyObject, 0);
    start_server();
    for (int round = 0; round < ROUNDS; round++) {
        const seL4_Word start = now();

        for (seL4_Word i = 0; i < CALLS; i++) {
            seL4_SetMR(0, sum);
            seL4_SetMR(1, i);
            seL4_Call(endpoint, seL4_MessageInfo_new(0, 0, 0, 2));
            sum = seL4_GetMR(0);
        }
        const seL4_Word ticks = now() - start;
        printf("round %d: %d calls, %" SEL4_PRIu_word " ticks, %" SEL4_PRIu_word " in a call\n", round, CALLS, ticks,
               ticks / CALLS);
    }
    printf("sum %" SEL4_PRIu_word "\ncall-benchmark: done\n", sum);
    return 0;
}
