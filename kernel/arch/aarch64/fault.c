/* SPDX-License-Identifier: BSD-2-Clause
 * Faults of user mode: from the exception syndrome to struct fault, to libsel4's message, and what a reply changes. */
#include "fault.h"

#include "registers.h"

/* libsel4's seL4_UnknownSyscall_Msg, seL4_UserException_Msg and seL4_VMFault_Msg. */
enum { SYSCALL_X0, SYSCALL_X7 = 7, SYSCALL_IP, SYSCALL_SP, SYSCALL_NEXT_IP, SYSCALL_PSTATE, SYSCALL_NUMBER,
       SYSCALL_LENGTH };
enum { EXCEPTION_IP, EXCEPTION_SP, EXCEPTION_PSTATE, EXCEPTION_NUMBER, EXCEPTION_CODE, EXCEPTION_LENGTH };
enum { VM_IP, VM_ADDRESS, VM_FETCH, VM_STATUS, VM_LENGTH };

struct thread *arch_fault_enter(word_t esr, word_t far)
{
    const word_t class = esr >> ESR_CLASS_SHIFT & 0x3f;

    if (class == ESR_FPU)
        return kernel_fpu_trap(esr);
    if (class == ESR_BREAKPOINT)
        return kernel_debug(BREAK_INSTRUCTION, 0);
    if (class == ESR_WATCHPOINT)
        return kernel_debug(BREAK_DATA, far);
    if (class == ESR_STEP)
        return kernel_debug(BREAK_STEP, 0);
    if (class == ESR_BRK)
        return kernel_debug(BREAK_SOFTWARE, 0);
    if (class == ESR_FETCH_ABORT || class == ESR_DATA_ABORT)
        return kernel_fault(FAULT_VM, far, class == ESR_FETCH_ABORT, esr);
    return kernel_fault(FAULT_USER_EXCEPTION, esr, 0, 0);
}

static word_t syscall_message(const struct thread *t, word_t *words)
{
    const struct arch_frame *f = &t->frame;

    for (unsigned i = SYSCALL_X0; i <= SYSCALL_X7; i++)
        words[i] = f->x[i];
    words[SYSCALL_IP] = f->restart;
    words[SYSCALL_SP] = f->sp;
    words[SYSCALL_NEXT_IP] = f->restart + 4;
    words[SYSCALL_PSTATE] = f->pstate & ~PSTATE_STEP;
    words[SYSCALL_NUMBER] = t->fault.words[0];
    return SYSCALL_LENGTH;
}

static word_t exception_message(const struct thread *t, word_t *words)
{
    words[EXCEPTION_IP] = t->frame.pc;
    words[EXCEPTION_SP] = t->frame.sp;
    words[EXCEPTION_PSTATE] = t->frame.pstate & ~PSTATE_STEP;
    words[EXCEPTION_NUMBER] = t->fault.words[0];
    words[EXCEPTION_CODE] = t->fault.words[1];
    return EXCEPTION_LENGTH;
}

word_t arch_fault_message(const struct thread *t, word_t words[FAULT_MESSAGE_MAX])
{
    switch (t->fault.kind) {
    case FAULT_VM:
        words[VM_IP] = t->frame.pc;
        words[VM_ADDRESS] = t->fault.words[0];
        words[VM_FETCH] = t->fault.words[1];
        words[VM_STATUS] = t->fault.words[2];
        return VM_LENGTH;
    case FAULT_USER_EXCEPTION:
        return exception_message(t, words);
    case FAULT_UNKNOWN_SYSCALL:
        return syscall_message(t, words);
    default:
        return 0;
    }
}

static void syscall_reply(struct arch_frame *f, const word_t *words, word_t count)
{
    /* As libsel4's handlers expect: they answer with the address after the svc, or it is made again. */
    arch_frame_restart(f);
    for (word_t i = SYSCALL_X0; i < count && i <= SYSCALL_X7; i++)
        f->x[i] = words[i];
    if (count > SYSCALL_IP)
        arch_frame_import(f, &words[SYSCALL_IP], count > SYSCALL_SP ? 2 : 1);
    if (count > SYSCALL_PSTATE)
        f->pstate = (f->pstate & PSTATE_STEP) | (words[SYSCALL_PSTATE] & PSTATE_FLAGS);
}

void arch_fault_reply(struct thread *t, const word_t *words, word_t count)
{
    if (t->fault.kind == FAULT_UNKNOWN_SYSCALL)
        syscall_reply(&t->frame, words, count);
    if (t->fault.kind == FAULT_USER_EXCEPTION)      /* the context's first three words, in its order */
        arch_frame_import(&t->frame, words, count < EXCEPTION_NUMBER ? count : EXCEPTION_NUMBER);
    if (t->fault.kind == FAULT_TIMEOUT)             /* the whole context but the thread pointers */
        arch_frame_import(&t->frame, words, count < ARCH_REGS - 2 ? count : ARCH_REGS - 2);
}
