/* SPDX-License-Identifier: BSD-2-Clause
 * Inquest: see inquest.h. */
#include "inquest.h"

#include <lib/marks/marks.h>

enum { INSTRUCTION_BYTES = 4, MARK_COUNT = 15 };

struct fault inquest(seL4_MessageInfo_t info)
{
    seL4_Fault_t message = seL4_getFault(info);

    switch (seL4_MessageInfo_get_label(info)) {
    case seL4_Fault_CapFault:
        return (struct fault){FAULT_CAP, .pc = seL4_Fault_CapFault_get_IP(message),
                              .address = seL4_Fault_CapFault_get_Addr(message),
                              .fetch = (int)seL4_Fault_CapFault_get_InRecvPhase(message)};
    case seL4_Fault_UnknownSyscall:
        return (struct fault){FAULT_UNKNOWN_SYSCALL, .pc = seL4_Fault_UnknownSyscall_get_FaultIP(message),
                              .address = seL4_Fault_UnknownSyscall_get_Syscall(message)};
    case seL4_Fault_UserException:
        return (struct fault){FAULT_USER_EXCEPTION, .pc = seL4_Fault_UserException_get_FaultIP(message),
                              .syndrome = seL4_Fault_UserException_get_Number(message)};
    case seL4_Fault_DebugException:     /* nobody sets breakpoints here: it is the instruction */
        return (struct fault){FAULT_BREAK, .pc = seL4_Fault_DebugException_get_FaultIP(message)};
    case seL4_Fault_Timeout:
        return (struct fault){FAULT_TIMEOUT, .consumed_us = seL4_Fault_Timeout_get_consumed(message)};
    case seL4_Fault_VMFault:
        return (struct fault){FAULT_VM, .pc = seL4_Fault_VMFault_get_IP(message),
                              .address = seL4_Fault_VMFault_get_Addr(message),
                              .syndrome = seL4_Fault_VMFault_get_FSR(message),
                              .fetch = (int)seL4_Fault_VMFault_get_PrefetchFault(message)};
    default:
        return (struct fault){FAULT_OTHER, .address = seL4_MessageInfo_get_label(info)};
    }
}

unsigned inquest_mark(const struct fault *fault, seL4_CPtr tcb)
{
    seL4_UserContext registers = {0};

    if (fault->kind != FAULT_BREAK ||
        seL4_TCB_ReadRegisters(tcb, 0, 0, sizeof registers / sizeof(seL4_Word), &registers) != seL4_NoError)
        return 0;
    return registers.x16 >= MARK_FIRST && registers.x16 - MARK_FIRST < MARK_COUNT ?
        (unsigned)(registers.x16 - MARK_FIRST) + 1 : 0;
}

void inquest_go_on(const struct fault *fault, seL4_CPtr tcb)
{
    seL4_UserContext registers = {.pc = fault->pc + INSTRUCTION_BYTES};

    (void)seL4_TCB_WriteRegisters(tcb, 0, 0, 1, &registers);
}
