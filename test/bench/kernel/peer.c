/* SPDX-License-Identifier: BSD-2-Clause
 * Peer: see peer.h. */
#include "peer.h"

#include <sel4ish/tls.h>

#include "world.h"

#define BUFFERS_VADDR 0x20000000ul  /* a page for each peer, in its own address space */
enum { PEERS = 8, STACK_BYTES = 4 * PAGE, TLS_BYTES = 1024, SECOND_US = 1000000 };

static struct {
    char stack[STACK_BYTES] __attribute__((aligned(16)));
    char tls[TLS_BYTES] __attribute__((aligned(SEL4ISH_TLS_ALIGN)));
} storage[PEERS];
static unsigned used;

/* The registers are the call's; nothing is written anywhere. */
void waiter_entry(void);
__asm__(".section .text.waiter_entry, \"ax\"\n"
        ".global waiter_entry\n"
        "waiter_entry:\n\t"
        "svc #0\n\t"
        "b waiter_entry\n\t"
        ".previous");

void peers_reset(void)
{
    used = 0;
}

seL4_CPtr context_make(seL4_Word budget_us, seL4_Word period_us)
{
    const seL4_CPtr sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits);

    check(seL4_SchedControl_Configure(sched_control(), sc, budget_us, period_us, 0, 0), "configure a context");
    return sc;
}

static seL4_CPtr thread_make(struct peer_kind kind, seL4_Word buffer_vaddr, seL4_CPtr buffer)
{
    const seL4_CPtr tcb = make(seL4_TCBObject, 0);

    check(seL4_TCB_Configure(tcb, seL4_CapInitThreadCNode, 0, kind.vspace, 0, buffer_vaddr, buffer), "configure a thread");
    check(seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, kind.priority, kind.priority, kind.sc,
                                 kind.fault_endpoint),
          "schedule a thread");
    return tcb;
}

void peer_restart(struct peer peer, void (*entry)(void))
{
    seL4_UserContext registers = { .pc = (seL4_Word)entry, .sp = peer.stack_top };

    check(seL4_TCB_WriteRegisters(peer.tcb, 1, 0, 2, &registers), "start a thread");
}

struct peer peer_start(void (*entry)(void), struct peer_kind kind)
{
    const seL4_Word buffer_vaddr = BUFFERS_VADDR + used * PAGE;
    const seL4_CPtr buffer = make(seL4_ARM_SmallPageObject, 0);
    struct peer peer;

    check(used < PEERS ? seL4_NoError : seL4_RangeError, "too many peers");
    if (!kind.sc)
        kind.sc = context_make(SECOND_US, SECOND_US);
    peer.sc = kind.sc;
    peer.stack_top = (seL4_Word)storage[used].stack + STACK_BYTES;
    map(buffer, kind.vspace, buffer_vaddr, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    peer.tcb = thread_make(kind, buffer_vaddr, buffer);
    const uintptr_t tls = sel4ish_tls_make(storage[used].tls);
    sel4ish_tls_set_ipc_buffer(tls, (seL4_IPCBuffer *)buffer_vaddr);
    check(seL4_TCB_SetTLSBase(peer.tcb, tls), "set thread-local storage");
    used++;
    peer_restart(peer, entry);
    return peer;
}

void peer_make_passive(struct peer peer)
{
    check(seL4_SchedContext_UnbindObject(peer.sc, peer.tcb), "take a context away");
}

seL4_CPtr waiter_start(struct peer_kind kind, seL4_Word syscall, seL4_CPtr cap)
{
    const seL4_CPtr tcb = thread_make(kind, 0, seL4_CapNull);
    seL4_UserContext registers = { .pc = (seL4_Word)waiter_entry, .x0 = cap, .x7 = syscall };

    check(seL4_TCB_WriteRegisters(tcb, 1, 0, sizeof registers / sizeof(seL4_Word), &registers), "start a waiter");
    return tcb;
}
