/* SPDX-License-Identifier: BSD-2-Clause
 * In the manner of seL4's test suite: a process in a CSpace and an address space of its own, two levels of CNodes deep, and a
 * driver for the serial line that waits for its interrupt. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sel4/sel4.h>

#define PAGE LIBSEL4_BIT(seL4_PageBits)
#define ROOT seL4_CapInitThreadCNode
#define CHECK(call) check((int)(call), #call)

enum { CHILD_CNODE_BITS = 4, CHILD_ENDPOINT = 1, CHILD_TCB = 2, CHILD_CNODE = 3, SCRATCH = 0x50000000 };
#define CHILD_BUFFER 0x30000000ul
#define CHILD_STACK  0x30010000ul

extern char __executable_start[], _end[];
static seL4_BootInfo *info;
static seL4_CPtr next;

static void check(int error, const char *call)
{
    if (error == seL4_NoError)
        return;
    printf("process: %s: error %d\n", call, error);
    abort();
}

static seL4_CPtr retype(seL4_CPtr from, seL4_Word type, seL4_Word bits)
{
    return seL4_Untyped_Retype(from, type, bits, ROOT, 0, 0, next, 1) == seL4_NoError ? next++ : seL4_CapNull;
}

static seL4_CPtr make(seL4_Word type, seL4_Word bits)
{
    for (seL4_CPtr u = info->untyped.start; u < info->untyped.end; u++) {
        const seL4_CPtr made = info->untypedList[u - info->untyped.start].isDevice ? 0 : retype(u, type, bits);

        if (made)
            return made;
    }
    check(seL4_NotEnoughMemory, "make");
    return seL4_CapNull;
}

static seL4_CPtr copy(seL4_CPtr from, seL4_CapRights_t rights)
{
    CHECK(seL4_CNode_Copy(ROOT, next, seL4_WordBits, ROOT, from, seL4_WordBits, rights));
    return next++;
}

static void map(seL4_CPtr frame, seL4_CPtr vspace, seL4_Word vaddr, seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes)
{
    int error;

    while ((error = seL4_ARM_Page_Map(frame, vspace, vaddr, rights, attributes)) == seL4_FailedLookup)
        CHECK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject, 0), vspace, vaddr, seL4_ARM_Default_VMAttributes));
    CHECK(error);
}

/* ---- what runs in the other address space, over read-only copies of this program's pages */

static void child(seL4_IPCBuffer *buffer)
{
    seL4_MessageInfo_t tag;

    seL4_SetIPCBuffer(buffer);
    seL4_SetMR(0, seL4_TCB_SetPriority(CHILD_TCB, CHILD_TCB, 1));               /* may lower itself */
    seL4_SetMR(1, seL4_CNode_Delete(CHILD_CNODE, 9, CHILD_CNODE_BITS));         /* an empty slot of its own CNode */
    for (int i = 2; i < 20; i++)
        seL4_SetMR(i, (seL4_Word)i);
    tag = seL4_Call(CHILD_ENDPOINT, seL4_MessageInfo_new(0x123, 0, 0, 20));
    if (seL4_MessageInfo_get_label(tag) == 0x321)
        seL4_Send(0x500, tag);                                                  /* beyond its CNode: the guard says so */
    for (;;)
        seL4_Yield();
}

static seL4_CPtr child_vspace(void)
{
    const seL4_CPtr vspace = make(seL4_ARM_VSpaceObject, 0);
    const seL4_Word pages = info->userImageFrames.end - info->userImageFrames.start;

    CHECK(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, vspace));
    for (seL4_Word i = 0; i < pages; i++)
        map(copy(info->userImageFrames.start + i, seL4_CanRead), vspace, (seL4_Word)__executable_start + i * PAGE, seL4_CanRead,
            seL4_ARM_Default_VMAttributes);
    return vspace;
}

static void process(void)
{
    const seL4_CPtr cnode = make(seL4_CapTableObject, CHILD_CNODE_BITS), tcb = make(seL4_TCBObject, 0);
    const seL4_CPtr sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits), endpoint = make(seL4_EndpointObject, 0);
    const seL4_CPtr reply = make(seL4_ReplyObject, 0), vspace = child_vspace(), faults = copy(endpoint, seL4_AllRights);
    const seL4_CPtr buffer = make(seL4_ARM_SmallPageObject, 0), stack = make(seL4_ARM_SmallPageObject, 0);
    const seL4_Word guard = seL4_CNode_CapData_new(0, seL4_WordBits - CHILD_CNODE_BITS).words[0];
    seL4_UserContext regs = { .pc = (seL4_Word)child, .sp = CHILD_STACK + PAGE, .x0 = CHILD_BUFFER, .tpidr_el0 = CHILD_STACK };
    seL4_Word badge, sum = 0;
    seL4_MessageInfo_t tag;

    CHECK(seL4_CNode_Mint(cnode, CHILD_ENDPOINT, CHILD_CNODE_BITS, ROOT, endpoint, seL4_WordBits,
                          seL4_CapRights_new(1, 0, 0, 1), 77));
    CHECK(seL4_CNode_Copy(cnode, CHILD_TCB, CHILD_CNODE_BITS, ROOT, tcb, seL4_WordBits, seL4_AllRights));
    CHECK(seL4_CNode_Mint(cnode, CHILD_CNODE, CHILD_CNODE_BITS, ROOT, cnode, seL4_WordBits, seL4_AllRights, seL4_NilData));
    map(buffer, vspace, CHILD_BUFFER, seL4_ReadWrite, seL4_ARM_ExecuteNever);
    map(stack, vspace, CHILD_STACK, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    CHECK(seL4_TCB_Configure(tcb, cnode, guard, vspace, 0, CHILD_BUFFER, buffer));
    CHECK(seL4_SchedControl_ConfigureFlags(info->schedcontrol.start, sc, 2000, 4000, 2, 0, seL4_SchedContext_Sporadic));
    CHECK(seL4_TCB_SetSchedParams(tcb, seL4_CapInitThreadTCB, 10, 10, sc, faults));
    CHECK(seL4_TCB_WriteRegisters(tcb, 1, 0, sizeof regs / sizeof(seL4_Word), &regs));

    tag = seL4_Recv(endpoint, &badge, reply);
    for (seL4_Word i = 2; i < seL4_MessageInfo_get_length(tag); i++)
        sum += seL4_GetMR((int)i);
    printf("from %lu: label %#lx, %lu and %lu, sum %lu\n", badge, seL4_MessageInfo_get_label(tag), seL4_GetMR(0), seL4_GetMR(1), sum);
    tag = seL4_ReplyRecv(endpoint, seL4_MessageInfo_new(0x321, 0, 0, 0), &badge, reply);
    const seL4_Fault_t fault = seL4_getFault(tag);
    printf("fault %d: slot %#lx, %s of %lu bits\n", seL4_isCapFault_tag(tag), seL4_Fault_CapFault_get_Addr(fault),
           seL4_Fault_CapFault_get_LookupFailureType(fault) == seL4_GuardMismatch ? "a guard" : "otherwise",
           seL4_Fault_CapFault_get_MR6(fault));
    CHECK(seL4_TCB_Suspend(tcb));
    CHECK(seL4_CNode_Revoke(ROOT, tcb, seL4_WordBits));
    CHECK(seL4_CNode_Delete(ROOT, tcb, seL4_WordBits));
    CHECK(seL4_CNode_Delete(ROOT, vspace, seL4_WordBits));
    printf("process: ok\n");
}

/* ---- PL011: its page from the device untyped, its interrupt from IRQControl */

enum { UART_IRQ = 33, DATA = 0, FLAGS = 0x18, LINE = 0x2c, CONTROL = 0x30, LEVEL = 0x34, MASK = 0x38, MASKED = 0x40, CLEAR = 0x44 };
enum { TRANSMIT = 0x20, FULL = 0x20 };

static void serial(void)
{
    volatile char *const uart = (volatile char *)(uintptr_t)SCRATCH;
    const seL4_CPtr handler = next++, notification = make(seL4_NotificationObject, 0), badged = next++;
    seL4_CPtr page = seL4_CapNull;
    seL4_Word bits;

    for (seL4_Word i = 0; i < info->untyped.end - info->untyped.start; i++)
        if (info->untypedList[i].isDevice && info->untypedList[i].paddr == 0x9000000)
            page = retype(info->untyped.start + i, seL4_ARM_SmallPageObject, 0);
    CHECK(page ? seL4_NoError : seL4_FailedLookup);
    map(page, seL4_CapInitThreadVSpace, SCRATCH, seL4_ReadWrite, (seL4_ARM_VMAttributes)0);
    CHECK(seL4_IRQControl_GetTrigger(seL4_CapIRQControl, UART_IRQ, 0, ROOT, handler, seL4_WordBits));
    CHECK(seL4_CNode_Mint(ROOT, badged, seL4_WordBits, ROOT, notification, seL4_WordBits, seL4_AllRights, 1u << 4));
    CHECK(seL4_IRQHandler_SetNotification(handler, badged));
    CHECK(seL4_TCB_BindNotification(seL4_CapInitThreadTCB, notification));

#define REGISTER(offset) (*(volatile uint32_t *)(volatile void *)(uart + (offset)))
    REGISTER(MASK) = 0;
    REGISTER(CLEAR) = 0x7ff;
    REGISTER(CONTROL) = 0x301;
    REGISTER(MASK) = TRANSMIT;
    for (const char *text = "through the line\n"; *text; text++) {
        REGISTER(DATA) = (unsigned char)*text;
        seL4_Wait(notification, &bits);
        if (bits != 1u << 4 || !(REGISTER(MASKED) & TRANSMIT))
            check(seL4_IllegalOperation, "another interrupt");
        REGISTER(CLEAR) = TRANSMIT;
        CHECK(seL4_IRQHandler_Ack(handler));
    }
    CHECK(seL4_IRQHandler_Clear(handler));
    CHECK(seL4_TCB_UnbindNotification(seL4_CapInitThreadTCB));
    printf("serial: ok\n");
}

int main(void)
{
    info = seL4_GetBootInfo();
    next = info->empty.start;
    process();
    serial();
    return 0;
}
