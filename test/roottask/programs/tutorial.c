/* SPDX-License-Identifier: BSD-2-Clause
 * In the manner of seL4's tutorials: one program that allocates, maps, shares and schedules with libsel4's names alone,
 * each step printing what it saw. */
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <autoconf.h>
#include <sel4/sel4.h>
#include <sel4/types.h>
#include <sel4/bootinfo.h>
#include <sel4/sel4_arch/mapping.h>

#define ZF_LOGF_IF(condition, ...) do { if (condition) { printf(__VA_ARGS__); printf("\n"); abort(); } } while (0)
#define ROOT seL4_CapInitThreadCNode

extern char __executable_start[], _end[];

static seL4_BootInfo *info;
static seL4_SlotPos free_slot;

/* ---- an allocator over the untypeds, smallest that fits first */

static seL4_CPtr alloc_object(seL4_Word type, seL4_Word size_bits, seL4_Word bits)
{
    for (seL4_Word want = bits; want <= seL4_MaxUntypedBits; want++)
        for (seL4_Word i = 0; i < info->untyped.end - info->untyped.start; i++) {
            const seL4_UntypedDesc *u = &info->untypedList[i];

            if (!u->isDevice && u->sizeBits == want &&
                seL4_Untyped_Retype(info->untyped.start + i, type, size_bits, ROOT, 0, 0, free_slot, 1) == seL4_NoError)
                return free_slot++;
        }
    ZF_LOGF_IF(true, "no memory for an object of type %lu", type);
    return seL4_CapNull;
}

static void map_page(seL4_CPtr frame, seL4_Word vaddr, seL4_CapRights_t rights)
{
    seL4_Error error;

    while ((error = seL4_ARM_Page_Map(frame, seL4_CapInitThreadVSpace, vaddr, rights, seL4_ARM_Default_VMAttributes)) ==
           seL4_FailedLookup) {
        const seL4_Word level = seL4_MappingFailedLookupLevel();

        switch (level) {
        case SEL4_MAPPING_LOOKUP_NO_PT:
        case SEL4_MAPPING_LOOKUP_NO_PD:
        case SEL4_MAPPING_LOOKUP_NO_PUD:
            break;
        default:
            ZF_LOGF_IF(true, "strange level %lu", level);
        }
        const seL4_CPtr table = alloc_object(seL4_ARM_PageTableObject, 0, seL4_PageTableBits);
        error = seL4_ARM_PageTable_Map(table, seL4_CapInitThreadVSpace, vaddr, seL4_ARM_Default_VMAttributes);
        ZF_LOGF_IF(error, "table at level %lu: %d", level, error);
    }
    ZF_LOGF_IF(error, "map: %d", error);
}

/* ---- capabilities */

static void capabilities(void)
{
    const size_t slots = LIBSEL4_BIT(info->initThreadCNodeSizeBits);
    const seL4_CPtr first = free_slot++, last = free_slot++;

    printf("initial CNode of %zu bytes\n", slots * LIBSEL4_BIT(seL4_SlotBits));
    seL4_Error error = seL4_CNode_Copy(ROOT, first, seL4_WordBits, ROOT, seL4_CapInitThreadTCB, seL4_WordBits, seL4_AllRights);
    ZF_LOGF_IF(error, "copy");
    error = seL4_CNode_Copy(ROOT, last, seL4_WordBits, ROOT, first, seL4_WordBits, seL4_AllRights);
    ZF_LOGF_IF(error, "copy again");
    error = seL4_TCB_SetPriority(last, last, seL4_MaxPrio);
    ZF_LOGF_IF(error, "use the copy");
    error = seL4_CNode_Delete(ROOT, first, seL4_WordBits);
    error |= seL4_CNode_Delete(ROOT, last, seL4_WordBits);
    ZF_LOGF_IF(error, "delete");
    error = seL4_CNode_Move(ROOT, first, seL4_WordBits, ROOT, last, seL4_WordBits);
    ZF_LOGF_IF(error != seL4_FailedLookup, "an empty slot cannot be moved");
    printf("capabilities: ok\n");
}

/* ---- untyped memory */

static void untyped(void)
{
    const seL4_CPtr parent = alloc_object(seL4_UntypedObject, seL4_PageBits, seL4_PageBits);
    const seL4_CPtr child = free_slot;
    const seL4_Word count = LIBSEL4_BIT(seL4_PageBits - seL4_NotificationBits);

    seL4_Error error = seL4_Untyped_Retype(parent, seL4_NotificationObject, 0, ROOT, 0, 0, child, count);
    ZF_LOGF_IF(error, "retype %lu notifications: %d", count, error);
    error = seL4_Untyped_Retype(parent, seL4_EndpointObject, 0, ROOT, 0, 0, child + count, 1);
    ZF_LOGF_IF(error != seL4_NotEnoughMemory, "more than there is: %d", error);
    error = seL4_CNode_Revoke(ROOT, parent, seL4_WordBits);
    ZF_LOGF_IF(error, "revoke");
    error = seL4_Untyped_Retype(parent, seL4_ARM_SmallPageObject, 0, ROOT, 0, 0, child, 1);
    ZF_LOGF_IF(error, "the memory is free again: %d", error);
    error = seL4_CNode_Delete(ROOT, child, seL4_WordBits);
    ZF_LOGF_IF(error, "delete");
    printf("untyped: ok, %lu notifications\n", count);
}

/* ---- mapping */

#define TEST_VADDR 0x0A000000000ul

static void mapping(void)
{
    const seL4_CPtr frame = alloc_object(seL4_ARM_SmallPageObject, 0, seL4_PageBits), copy = free_slot++;
    volatile seL4_Word *const written = (seL4_Word *)TEST_VADDR;
    volatile seL4_Word *const read = (seL4_Word *)(TEST_VADDR + LIBSEL4_BIT(seL4_PageBits));

    map_page(frame, TEST_VADDR, seL4_ReadWrite);
    seL4_Error error = seL4_CNode_Copy(ROOT, copy, seL4_WordBits, ROOT, frame, seL4_WordBits, seL4_CanRead);
    ZF_LOGF_IF(error, "copy");
    map_page(copy, (seL4_Word)read, seL4_CanRead);
    *written = 0xcafe;
    ZF_LOGF_IF(*read != 0xcafe, "two mappings of one frame");
    seL4_ARM_Page_GetAddress_t address = seL4_ARM_Page_GetAddress(frame);
    ZF_LOGF_IF(address.error || address.paddr != seL4_ARM_Page_GetAddress(copy).paddr, "address");
    error = seL4_ARM_Page_Clean_Data(frame, 0, LIBSEL4_BIT(seL4_PageBits));
    ZF_LOGF_IF(error, "clean: %d", error);
    error = seL4_ARM_VSpace_CleanInvalidate_Data(seL4_CapInitThreadVSpace, TEST_VADDR, TEST_VADDR + 64);
    ZF_LOGF_IF(error, "clean by address: %d", error);
    error = seL4_ARM_Page_Unmap(copy);
    ZF_LOGF_IF(error, "unmap");
    printf("mapping: ok\n");
}

/* ---- threads, their storage and their stacks in pages of this program */

typedef void (*thread_function)(void *);
struct thread {
    seL4_CPtr tcb, sched_context;
    seL4_IPCBuffer *buffer;
    char stack[16384] __attribute__((aligned(16)));
    char tls[512] __attribute__((aligned(16)));
};
static seL4_IPCBuffer buffers[4] __attribute__((aligned(4096)));
static struct thread threads[4];
static unsigned threads_used;

static void thread_entry(thread_function function, void *argument, seL4_IPCBuffer *buffer)
{
    seL4_SetIPCBuffer(buffer);
    function(argument);
    for (;;)
        seL4_TCB_Suspend(threads[buffer - buffers].tcb);
}

static struct thread *thread_create(thread_function function, void *argument, seL4_Word prio, seL4_CPtr fault_ep,
                                    seL4_Time budget, seL4_Time period, bool resume)
{
    struct thread *t = &threads[threads_used];
    seL4_UserContext regs = { 0 };

    t->buffer = &buffers[threads_used++];
    t->tcb = alloc_object(seL4_TCBObject, 0, seL4_TCBBits);
    t->sched_context = alloc_object(seL4_SchedContextObject, seL4_MinSchedContextBits, seL4_MinSchedContextBits);
    const seL4_CPtr page = info->userImageFrames.start +
                           ((uintptr_t)t->buffer - (uintptr_t)__executable_start) / LIBSEL4_BIT(seL4_PageBits);
    const seL4_CPtr own_page = free_slot++;     /* a frame's capability holds one mapping; a buffer wants one of its own */

    seL4_Error error = seL4_CNode_Copy(ROOT, own_page, seL4_WordBits, ROOT, page, seL4_WordBits, seL4_AllRights);
    ZF_LOGF_IF(error, "page %lu: %d", page, error);
    error = seL4_TCB_Configure(t->tcb, ROOT, seL4_CNode_CapData_new(0, seL4_WordBits - info->initThreadCNodeSizeBits).words[0],
                               seL4_CapInitThreadVSpace, seL4_NilData, (seL4_Word)t->buffer, own_page);
    ZF_LOGF_IF(error, "configure: %d", error);
    error = seL4_SchedControl_Configure(info->schedcontrol.start, t->sched_context, budget, period, 0, 0xb0 + threads_used);
    ZF_LOGF_IF(error, "sched control: %d", error);
    error = seL4_TCB_SetSchedParams(t->tcb, seL4_CapInitThreadTCB, prio, prio, t->sched_context, fault_ep);
    ZF_LOGF_IF(error, "params: %d", error);
    seL4_DebugNameThread(t->tcb, "worker");

    error = seL4_TCB_ReadRegisters(t->tcb, 0, 0, sizeof regs / sizeof(seL4_Word), &regs);
    ZF_LOGF_IF(error, "read: %d", error);
    regs.pc = (seL4_Word)thread_entry;
    regs.sp = (seL4_Word)(t->stack + sizeof t->stack);
    regs.x0 = (seL4_Word)function;
    regs.x1 = (seL4_Word)argument;
    regs.x2 = (seL4_Word)t->buffer;
    regs.tpidr_el0 = (seL4_Word)t->tls;
    error = seL4_TCB_WriteRegisters(t->tcb, resume, 0, sizeof regs / sizeof(seL4_Word), &regs);
    ZF_LOGF_IF(error, "write: %d", error);
    return t;
}

/* ---- messages: a badged client sends a capability */

static seL4_CPtr endpoint, reply_cap, finished;

static void sender(void *badged)
{
    seL4_MessageInfo_t tag = seL4_MessageInfo_new(7, 0, 1, 6);

    for (int i = 0; i < 6; i++)
        seL4_SetMR(i, (seL4_Word)i * i);
    seL4_SetCap(0, finished);
    tag = seL4_Call((seL4_CPtr)badged, tag);
    seL4_SetMR(0, seL4_MessageInfo_get_label(tag) * 100 + seL4_GetMR(0));
    seL4_NBSend((seL4_CPtr)badged, seL4_MessageInfo_new(0, 0, 0, 1));
    seL4_Send((seL4_CPtr)badged, seL4_MessageInfo_new(0, 0, 0, 1));
}

static void ipc(void)
{
    const seL4_CPtr badged = free_slot++, received = free_slot++;
    seL4_Word badge, sum = 0;
    seL4_MessageInfo_t tag;

    endpoint = alloc_object(seL4_EndpointObject, 0, seL4_EndpointBits);
    reply_cap = alloc_object(seL4_ReplyObject, 0, seL4_ReplyBits);
    finished = alloc_object(seL4_NotificationObject, 0, seL4_NotificationBits);
    seL4_Error error = seL4_CNode_Mint(ROOT, badged, seL4_WordBits, ROOT, endpoint, seL4_WordBits, seL4_AllRights, 0x61);
    ZF_LOGF_IF(error, "mint");
    seL4_SetCapReceivePath(ROOT, received, seL4_WordBits);
    thread_create(sender, (void *)badged, seL4_MaxPrio - 1, seL4_CapNull, 5000, 5000, true);
    tag = seL4_Recv(endpoint, &badge, reply_cap);
    for (seL4_Word i = 0; i < seL4_MessageInfo_get_length(tag); i++)
        sum += seL4_GetMR((int)i);
    printf("from %#lx: label %lu, sum %lu, %lu capability\n", badge, seL4_MessageInfo_get_label(tag), sum,
           seL4_MessageInfo_get_extraCaps(tag));
    seL4_Signal(received);
    seL4_Poll(finished, &badge);
    seL4_MessageInfo_ptr_set_label(&tag, 3);
    seL4_MessageInfo_ptr_set_length(&tag, 1);
    seL4_MessageInfo_ptr_set_extraCaps(&tag, 0);
    seL4_SetMR(0, 21);
    tag = seL4_ReplyRecv(endpoint, tag, &badge, reply_cap);
    printf("ipc: ok, %lu\n", seL4_GetMR(0));
}

/* ---- a fault handler that maps what is missing */

#define LAZY_VADDR 0x0B000000000ul

static void toucher(void *unused)
{
    (void)unused;
    for (seL4_Word i = 0; i < 3; i++)
        ((volatile seL4_Word *)LAZY_VADDR)[i * 512] = i + 1;
    seL4_Signal(finished);
}

static void faults(void)
{
    const seL4_CPtr fault_ep = alloc_object(seL4_EndpointObject, 0, seL4_EndpointBits);
    int pages = 0;

    thread_create(toucher, NULL, seL4_MaxPrio - 1, fault_ep, 5000, 5000, true);
    while (pages < 3) {
        const seL4_MessageInfo_t tag = seL4_Recv(fault_ep, NULL, reply_cap);
        const seL4_Fault_t fault = seL4_getFault(tag);

        ZF_LOGF_IF(!seL4_isVMFault_tag(tag) || seL4_MessageInfo_get_length(tag) != seL4_VMFault_Length, "no VM fault");
        ZF_LOGF_IF(seL4_Fault_VMFault_get_PrefetchFault(fault), "a fetch");
        map_page(alloc_object(seL4_ARM_SmallPageObject, 0, seL4_PageBits),
                 seL4_Fault_VMFault_get_Addr(fault) & ~(LIBSEL4_BIT(seL4_PageBits) - 1), seL4_AllRights);
        pages++;
        seL4_Send(reply_cap, seL4_MessageInfo_new(0, 0, 0, 0));
    }
    seL4_Wait(finished, NULL);
    printf("faults: ok, %d pages\n", pages);
}

/* ---- scheduling contexts: a thread that runs out of budget tells so, and is given more */

static volatile bool enough;

static void spinner(void *unused)
{
    (void)unused;
    while (!enough)
        ;
    seL4_Signal(finished);
}

static void timeouts(void)
{
    const seL4_CPtr timeout_ep = alloc_object(seL4_EndpointObject, 0, seL4_EndpointBits);
    struct thread *t = thread_create(spinner, NULL, seL4_MaxPrio - 1, seL4_CapNull, 1000, 500000, false);
    int times = 0;

    seL4_Error error = seL4_TCB_SetTimeoutEndpoint(t->tcb, timeout_ep);
    ZF_LOGF_IF(error, "time-out endpoint: %d", error);
    error = seL4_TCB_Resume(t->tcb);
    ZF_LOGF_IF(error, "resume");
    while (times < 2) {
        const seL4_MessageInfo_t tag = seL4_Recv(timeout_ep, NULL, reply_cap);
        const seL4_Fault_t fault = seL4_getFault(tag);

        ZF_LOGF_IF(!seL4_isTimeoutFault_tag(tag), "no time-out: %lu", seL4_MessageInfo_get_label(tag));
        ZF_LOGF_IF(seL4_Fault_Timeout_get_data(fault) != 0xb0 + threads_used, "badge %#lx", seL4_Fault_Timeout_get_data(fault));
        ZF_LOGF_IF(seL4_Fault_Timeout_get_consumed(fault) < 900, "consumed %lu", seL4_Fault_Timeout_get_consumed(fault));
        times++;
        enough = times == 2;
        error = seL4_SchedControl_ConfigureFlags(info->schedcontrol.start, t->sched_context, 1000, 1000, 0,
                                                 0xb0 + threads_used, seL4_SchedContext_Sporadic);
        ZF_LOGF_IF(error, "more: %d", error);
        error = seL4_SchedControl_Configure(info->schedcontrol.start, t->sched_context, 1000, 500000, 0, 0xb0 + threads_used);
        ZF_LOGF_IF(error, "less: %d", error);
        seL4_UserContext regs;
        error = seL4_TCB_ReadRegisters(t->tcb, 0, 0, sizeof regs / sizeof(seL4_Word), &regs);
        ZF_LOGF_IF(error, "read: %d", error);
        seL4_Send(reply_cap, seL4_TimeoutReply_new(seL4_True, regs, seL4_TimeoutReply_Length));
    }
    seL4_Wait(finished, NULL);
    const seL4_SchedContext_Consumed_t consumed = seL4_SchedContext_Consumed(t->sched_context);
    ZF_LOGF_IF(consumed.error, "consumed");
    printf("timeouts: ok, %d\n", times);
}

int main(int argc, char *argv[])
{
    seL4_Word badge;

    info = seL4_GetBootInfo();
    free_slot = info->empty.start;
    seL4_DebugNameThread(seL4_CapInitThreadTCB, "tutorial");
    printf("%d argument, %s, image of %lu pages\n", argc, argv[0],
           ((uintptr_t)_end - (uintptr_t)__executable_start + 4095) / 4096);
    ZF_LOGF_IF(info->userImageFrames.end - info->userImageFrames.start !=
               ((uintptr_t)_end - (uintptr_t)__executable_start + 4095) / 4096, "a page has no capability, or two");
    capabilities();
    untyped();
    mapping();
    ipc();
    faults();
    timeouts();
    seL4_Poll(finished, &badge);
    seL4_DebugPutString("all is well in the universe\n");
    return 0;
}
