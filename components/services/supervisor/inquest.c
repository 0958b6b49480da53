/* SPDX-License-Identifier: BSD-2-Clause
 * Inquest: see inquest.h. */
#include "inquest.h"

enum { CLASS_SHIFT = 26, CLASS_MASK = 0x3f, CLASS_BREAKPOINT = 0x3c, COMMENT_MASK = 0xffff };

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

unsigned inquest_mark(const struct fault *fault)
{
    unsigned comment = (unsigned)(fault->syndrome & COMMENT_MASK);

    if (fault->kind != FAULT_USER_EXCEPTION || (fault->syndrome >> CLASS_SHIFT & CLASS_MASK) != CLASS_BREAKPOINT)
        return 0;
    return comment <= MARK_LAST ? comment : 0;
}
