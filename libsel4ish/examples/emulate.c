/* SPDX-License-Identifier: BSD-2-Clause
 * Emulate: a fault handler that does what the machine would not. A thread reads registers that belong to the kernel; each
 * read is a user exception. The handler decodes the instruction, puts a value of its choice into the register that the
 * instruction names, and lets the thread go on behind it. An instruction that it does not know ends the thread. */
#include <stdio.h>

#include <sel4/sel4.h>

enum { STACK_BYTES = 4096 };

/* mrs Xt, register: 1101 0101 0011 then the register's five numbers (15 bits), then t. */
#define MRS_MASK       0xfff00000u
#define MRS            0xd5300000u
#define MRS_REGISTER(word) ((word) >> 5 & 0x7fffu)
#define SYSTEM_REGISTER(op0, op1, crn, crm, op2) ((op0 & 1u) << 14 | op1 << 11 | crn << 7 | crm << 3 | op2)
#define MIDR_EL1       SYSTEM_REGISTER(3u, 0u, 0u, 0u, 0u)
#define TCR_EL1        SYSTEM_REGISTER(3u, 0u, 2u, 0u, 2u)

static seL4_BootInfo *bi;
static seL4_CPtr next_slot, faults, reply, child;
static char stack[STACK_BYTES] __attribute__((aligned(16)));
static volatile seL4_Word seen_midr, seen_tcr;

static void must(seL4_Error error, const char *what)
{
    if (error != seL4_NoError) {
        printf("emulate: %s: error %d\n", what, (int)error);
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
    }
}

static seL4_CPtr make(seL4_Word type, seL4_Word size_bits)
{
    seL4_Error error = seL4_NotEnoughMemory;

    for (seL4_CPtr u = bi->untyped.start; u < bi->untyped.end && error != seL4_NoError; u++)
        if (!bi->untypedList[u - bi->untyped.start].isDevice)
            error = seL4_Untyped_Retype(u, type, size_bits, seL4_CapInitThreadCNode, 0, 0, next_slot, 1);
    must(error, "Retype");
    return next_slot++;
}

/* What the child runs: two registers that only the kernel may read, then what nobody can run. */
static void unprivileged(void)
{
    seL4_Word value;

    __asm__ volatile("mrs %0, midr_el1" : "=r"(value));
    seen_midr = value;
    __asm__ volatile("mrs x21, tcr_el1\n\tmov %0, x21" : "=r"(value)::"x21");
    seen_tcr = value;
    __asm__ volatile("udf #7");
}

static void start_child(void)
{
    seL4_UserContext registers = { .pc = (seL4_Word)unprivileged, .sp = (seL4_Word)(stack + sizeof stack) };
    const seL4_CPtr sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits);

    child = make(seL4_TCBObject, 0);
    must(seL4_TCB_Configure(child, seL4_CapInitThreadCNode, 0, seL4_CapInitThreadVSpace, 0, 0, seL4_CapNull), "Configure");
    must(seL4_SchedControl_Configure(bi->schedcontrol.start, sc, 10000, 10000, 0, 0), "SchedControl_Configure");
    must(seL4_TCB_SetSchedParams(child, seL4_CapInitThreadTCB, 0, 100, sc, faults), "SetSchedParams");
    must(seL4_TCB_WriteRegisters(child, 1, 0, 2, &registers), "WriteRegisters");
}

/* Register number t of a context; register 31 is no register. */
static seL4_Word *general_register(seL4_UserContext *c, unsigned t)
{
    seL4_Word *const all[] = {
        &c->x0, &c->x1, &c->x2, &c->x3, &c->x4, &c->x5, &c->x6, &c->x7, &c->x8, &c->x9, &c->x10,
        &c->x11, &c->x12, &c->x13, &c->x14, &c->x15, &c->x16, &c->x17, &c->x18, &c->x19, &c->x20,
        &c->x21, &c->x22, &c->x23, &c->x24, &c->x25, &c->x26, &c->x27, &c->x28, &c->x29, &c->x30,
    };

    return t < 31 ? all[t] : NULL;
}

/* True if the instruction was one that this handler knows; then the child has its result. */
static int emulate(unsigned instruction)
{
    const unsigned number = MRS_REGISTER(instruction), target = instruction & 31;
    seL4_UserContext context;
    seL4_Word *destination;

    if ((instruction & MRS_MASK) != MRS || (number != MIDR_EL1 && number != TCR_EL1))
        return 0;
    must(seL4_TCB_ReadRegisters(child, 0, 0, sizeof context / sizeof(seL4_Word), &context), "ReadRegisters");
    destination = general_register(&context, target);
    if (destination)
        *destination = number == MIDR_EL1 ? 0x5e14 : 0x7c4;
    must(seL4_TCB_WriteRegisters(child, 0, 0, sizeof context / sizeof(seL4_Word), &context), "WriteRegisters");
    printf("emulated %#x: x%u = %#" SEL4_PRIx_word "\n", instruction, target, destination ? *destination : 0);
    return 1;
}

int main(void)
{
    bi = seL4_GetBootInfo();
    next_slot = bi->empty.start;
    faults = make(seL4_EndpointObject, 0);
    reply = make(seL4_ReplyObject, 0);
    start_child();
    for (;;) {
        const seL4_MessageInfo_t tag = seL4_Recv(faults, NULL, reply);
        const seL4_Fault_t fault = seL4_getFault(tag);
        const seL4_Word ip = seL4_Fault_UserException_get_FaultIP(fault);

        if (seL4_Fault_get_seL4_FaultType(fault) != seL4_Fault_UserException || !emulate(*(const unsigned *)ip)) {
            printf("ended by a fault of type %d\n", (int)seL4_Fault_get_seL4_FaultType(fault));
            break;
        }
        seL4_SetMR(seL4_UserException_FaultIP, ip + 4);
        seL4_SetMR(seL4_UserException_SP, seL4_Fault_UserException_get_Stack(fault));
        seL4_SetMR(seL4_UserException_SPSR, seL4_Fault_UserException_get_SPSR(fault));
        seL4_Send(reply, seL4_MessageInfo_new(0, 0, 0, 3));
    }
    printf("the child saw %#" SEL4_PRIx_word " and %#" SEL4_PRIx_word "\nemulate: done\n", seen_midr, seen_tcr);
    return 0;
}
