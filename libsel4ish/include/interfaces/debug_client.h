/* SPDX-License-Identifier: BSD-2-Clause
 * Breakpoints and single steps: what a debugger asks of a thread's TCB. The thread stops with a seL4_Fault_DebugException
 * for its fault handler; the answer lets it go on where it is. bp_num: 0 .. seL4_NumHWBreakpoints - 1, those of
 * instructions first. */
#pragma once

#include <interfaces/invoke.h>

/* size: bytes that are watched, 1, 2, 4 or 8; 0 of an instruction. type: seL4_BreakpointType, rw: seL4_BreakpointAccess. */
LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetBreakpoint(seL4_TCB _service, seL4_Uint16 bp_num, seL4_Word vaddr,
                                                      seL4_Word type, seL4_Word size, seL4_Word rw)
{
    seL4_SetMR(4, rw);
    return sel4ish_invoke4(_service, TCBSetBreakpoint, 0, 5, bp_num, vaddr, type, size);
}

struct seL4_TCB_GetBreakpoint {
    int error;
    seL4_Word vaddr, type, size, rw;
    seL4_Bool is_enabled;
};
typedef struct seL4_TCB_GetBreakpoint seL4_TCB_GetBreakpoint_t;

LIBSEL4_INLINE_FUNC seL4_TCB_GetBreakpoint_t seL4_TCB_GetBreakpoint(seL4_TCB _service, seL4_Uint16 bp_num)
{
    struct sel4ish_message m = { 0, bp_num, 0, 0, 0 };
    seL4_TCB_GetBreakpoint_t result;

    result.error = (int)sel4ish_invoke(_service, TCBGetBreakpoint, 0, 1, &m);
    result.vaddr = m.mr0;
    result.type = m.mr1;
    result.size = m.mr2;
    result.rw = m.mr3;
    result.is_enabled = (seL4_Bool)seL4_GetMR(4);
    return result;
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_UnsetBreakpoint(seL4_TCB _service, seL4_Uint16 bp_num)
{
    return sel4ish_invoke4(_service, TCBUnsetBreakpoint, 0, 1, bp_num, 0, 0, 0);
}

struct seL4_TCB_ConfigureSingleStepping {
    int error;
    seL4_Bool bp_was_consumed;      /* never, on this machine */
};
typedef struct seL4_TCB_ConfigureSingleStepping seL4_TCB_ConfigureSingleStepping_t;

/* Stop after so many instructions; 0: go on without stepping. The answer's message word 0 says it anew. */
LIBSEL4_INLINE_FUNC seL4_TCB_ConfigureSingleStepping_t seL4_TCB_ConfigureSingleStepping(seL4_TCB _service,
                                                                                        seL4_Uint16 bp_num,
                                                                                        seL4_Word num_instructions)
{
    struct sel4ish_message m = { 0, bp_num, num_instructions, 0, 0 };
    seL4_TCB_ConfigureSingleStepping_t result;

    result.error = (int)sel4ish_invoke(_service, TCBConfigureSingleStepping, 0, 2, &m);
    result.bp_was_consumed = (seL4_Bool)m.mr0;
    return result;
}
