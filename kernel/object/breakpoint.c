/* SPDX-License-Identifier: BSD-2-Clause
 * Breakpoints: what a debugger asks of a thread's TCB (see core/breakpoint.h). */
#include "../core/breakpoint.h"

#include "../arch/arch.h"
#include "../core/invoke.h"
#include "../core/memory.h"
#include "../core/thread.h"

enum { ARG_NUMBER, ARG_VADDR, ARG_TYPE, ARG_SIZE, ARG_ACCESS };

static seL4_Error check_number(struct invocation *inv, word_t number)
{
    return number < BREAKPOINTS ? seL4_NoError : inv_range(inv, 0, BREAKPOINTS - 1);
}

static seL4_Error check_instruction(struct invocation *inv, word_t number, const word_t size, word_t access)
{
    if (size)
        return inv_bad_arg(inv, ARG_SIZE);
    if (access != BREAK_ON_READ)
        return inv_bad_arg(inv, ARG_ACCESS);
    if (number >= ARCH_BREAKPOINTS)
        return inv_bad_arg(inv, ARG_TYPE);
    return seL4_NoError;
}

static seL4_Error check_data(struct invocation *inv, word_t number, const word_t size, word_t access)
{
    if (size != 1 && size != 2 && size != 4 && size != 8)
        return inv_bad_arg(inv, ARG_SIZE);
    if (number < ARCH_BREAKPOINTS)
        return inv_bad_arg(inv, ARG_TYPE);
    if (access > BREAK_ON_READ_WRITE)
        return inv_bad_arg(inv, ARG_ACCESS);
    return seL4_NoError;
}

seL4_Error tcb_set_breakpoint(struct invocation *inv)
{
    const word_t number = inv_arg(inv, ARG_NUMBER), type = inv_arg(inv, ARG_TYPE), size = inv_arg(inv, ARG_SIZE);
    const word_t access = inv_arg(inv, ARG_ACCESS);
    const vaddr_t vaddr = inv_arg(inv, ARG_VADDR);
    seL4_Error error;

    if (vaddr >= ARCH_USER_TOP)
        return inv_bad_arg(inv, ARG_VADDR);
    if (type != BREAK_INSTRUCTION && type != BREAK_DATA)
        return inv_bad_arg(inv, ARG_TYPE);
    error = type == BREAK_INSTRUCTION ? check_instruction(inv, number, size, access)
                                      : check_data(inv, number, size, access);
    if (error)
        return error;
    if (vaddr & ((type == BREAK_INSTRUCTION ? (word_t)ARCH_INSTRUCTION_BYTES : size) - 1))
        return seL4_AlignmentError;
    error = check_number(inv, number);
    if (error)
        return error;

    breakpoint_set(inv->slot->cap.object, (unsigned)number,
                   (struct breakpoint){ vaddr, (uint8_t)size, (uint8_t)access, true });
    return seL4_NoError;
}

seL4_Error tcb_get_breakpoint(struct invocation *inv)
{
    const struct thread *t = inv->slot->cap.object;
    const word_t number = inv_arg(inv, ARG_NUMBER);
    const seL4_Error error = check_number(inv, number);

    if (error)
        return error;
    const struct breakpoint *b = &t->breakpoints.list[number];
    inv_return(inv, 0, b->vaddr);
    inv_return(inv, 1, number < ARCH_BREAKPOINTS ? BREAK_INSTRUCTION : BREAK_DATA);
    inv_return(inv, 2, b->size);
    inv_return(inv, 3, b->access);
    inv_return(inv, 4, b->enabled);
    return seL4_NoError;
}

seL4_Error tcb_unset_breakpoint(struct invocation *inv)
{
    const word_t number = inv_arg(inv, ARG_NUMBER);
    const seL4_Error error = check_number(inv, number);

    if (error)
        return error;
    breakpoint_set(inv->slot->cap.object, (unsigned)number, (struct breakpoint){ .enabled = false });
    return seL4_NoError;
}

/* The breakpoint's number that the caller offers is not needed: the machine steps without one. */
seL4_Error tcb_configure_single_stepping(struct invocation *inv)
{
    breakpoint_step(inv->slot->cap.object, inv_arg(inv, 1));
    inv_return(inv, 0, false);
    return seL4_NoError;
}
