/* SPDX-License-Identifier: BSD-2-Clause
 * Harness: stands where a machine's trap entry and exit stand. */
#include "internal.h"

#include "../../core/assert.h"
#include "../../core/thread.h"

enum { INSTRUCTION_BYTES = 4, STORM = 1000 };

static struct thread *current;
static void (*check_after)(void);

void host_reset(void)
{
    current = NULL;
    check_after = NULL;
    host_finding_reset();
    host_memory_reset();
    host_tlb_reset();
    host_interrupt_reset();
    host_timer_reset();
    host_fpu_reset();
    host_breakpoint_reset();
}

void host_set_check(void (*check)(void)) { check_after = check; }
struct thread *host_current(void) { return current; }

static struct thread *leave(struct thread *next)
{
    current = next;
    host_tlb_check();
    if (check_after)
        check_after();
    return next;
}

/* Back to user mode; interrupts that wait are taken before its first instruction. */
static struct thread *leave_to_user(struct thread *next)
{
    leave(next);
    for (unsigned i = 0; host_interrupt_waits(); i++) {
        assert(i < STORM);
        if (current)
            current->frame.restart = current->frame.pc;
        leave(kernel_interrupt());
    }
    return current;
}

struct thread *host_boot(const struct boot_machine *machine)
{
    return leave_to_user(kernel_boot(machine));
}

struct thread *host_syscall(word_t number)
{
    struct arch_frame *const f = &current->frame;

    f->number = number;
    f->restart = f->pc;
    f->pc += INSTRUCTION_BYTES;
    f->flags &= ~(word_t)HOST_FLAG_STEP;     /* a step, if it is one, is made */
    return leave_to_user(kernel_syscall(number));
}

static struct thread *fault(enum fault_kind kind, word_t a, word_t b, word_t c)
{
    current->frame.restart = current->frame.pc;
    return leave_to_user(kernel_fault(kind, a, b, c));
}

struct thread *host_vm_fault(vaddr_t va, bool fetch, bool write)
{
    return fault(FAULT_VM, va, fetch, write);
}

struct thread *host_user_exception(word_t number, word_t code)
{
    return fault(FAULT_USER_EXCEPTION, number, code, 0);
}

static void fpu_trap_unless_usable(void)
{
    if (host_fpu_usable())
        return;
    current->frame.restart = current->frame.pc;
    leave_to_user(kernel_fpu_trap(HOST_FPU_EXCEPTION));
}

struct thread *host_fpu_use(uint64_t value)
{
    const struct thread *const user = current;

    fpu_trap_unless_usable();
    if (current == user && host_fpu_usable())
        host_fpu_set(value);
    return current;
}

uint64_t host_fpu_read(void)
{
    fpu_trap_unless_usable();
    return host_fpu_get();
}

static struct thread *debugged(enum break_reason reason, vaddr_t accessed)
{
    current->frame.restart = current->frame.pc;
    return leave_to_user(kernel_debug(reason, accessed));
}

/* A step traps before the next instruction unless the frame says that one is to be made first. */
static bool step_pending(void) { return host_steps() && !(current->frame.flags & HOST_FLAG_STEP); }

static struct thread *instruction_done(void)
{
    current->frame.pc += INSTRUCTION_BYTES;
    if (!host_steps())
        return current;
    current->frame.flags &= ~(word_t)HOST_FLAG_STEP;
    return debugged(BREAK_STEP, 0);
}

struct thread *host_instruction(void)
{
    if (step_pending())
        return debugged(BREAK_STEP, 0);
    return host_breaks_at(current->frame.pc) ? debugged(BREAK_INSTRUCTION, 0) : instruction_done();
}

struct thread *host_watched(vaddr_t va, bool write)
{
    if (step_pending())
        return debugged(BREAK_STEP, 0);
    if (host_breaks_at(current->frame.pc))
        return debugged(BREAK_INSTRUCTION, 0);
    return host_watches(va, write) ? debugged(BREAK_DATA, va) : instruction_done();
}

struct thread *host_brk(void) { return debugged(BREAK_SOFTWARE, 0); }

struct thread *host_raise(irq_t irq)
{
    host_raise_quietly(irq);
    return leave_to_user(current);
}

struct thread *host_advance(ticks_t ticks)
{
    const ticks_t end = arch_time() + ticks;

    while (host_deadline() <= end && host_deadline() > arch_time()) {
        host_time_move(host_deadline() - arch_time());
        leave_to_user(current);
    }
    host_time_move(end - arch_time());
    return leave_to_user(current);
}
