/* SPDX-License-Identifier: BSD-2-Clause
 * The host machine's saved registers, and what its faults say. */
#include "internal.h"

#include "../../core/thread.h"

enum { FLAGS_OF_USER = 0xf, FLAGS_KEPT = HOST_FLAG_STEP };
_Static_assert(offsetof(struct arch_frame, restart) == ARCH_REGS * sizeof(word_t), "the context is all before restart");

void arch_frame_init(struct arch_frame *f, vaddr_t pc, vaddr_t sp, word_t arg)
{
    *f = (struct arch_frame){ .pc = pc, .sp = sp, .arg = arg, .restart = pc };
}

word_t arch_frame_get(const struct arch_frame *f, unsigned msg_reg) { return f->mr[msg_reg]; }
void arch_frame_set(struct arch_frame *f, unsigned msg_reg, word_t value) { f->mr[msg_reg] = value; }
word_t arch_frame_cap(const struct arch_frame *f) { return f->cap; }
word_t arch_frame_info(const struct arch_frame *f) { return f->info; }
word_t arch_frame_reply(const struct arch_frame *f) { return f->reply; }
word_t arch_frame_dest(const struct arch_frame *f) { return f->dest; }
void arch_frame_set_badge(struct arch_frame *f, word_t badge) { f->cap = badge; }
void arch_frame_set_info(struct arch_frame *f, word_t info) { f->info = info; }

void arch_frame_restart(struct arch_frame *f)
{
    f->pc = f->restart;
    f->flags |= HOST_FLAG_STEP;
}


void arch_frame_set_tls(struct arch_frame *f, word_t tls) { f->tls = tls; }
word_t arch_frame_pc(const struct arch_frame *f) { return f->pc; }
word_t arch_frame_sp(const struct arch_frame *f) { return f->sp; }
bool arch_fault_writes(word_t status) { return status & 1; }

/* Each register by its place in the context. */
static word_t *register_at(struct arch_frame *f, word_t place)
{
    word_t *const registers[ARCH_REGS] = { &f->pc,    &f->sp,    &f->flags, &f->cap,  &f->info, &f->mr[0], &f->mr[1],
                                           &f->mr[2], &f->mr[3], &f->reply, &f->number, &f->dest, &f->arg, &f->tls };

    return registers[place];
}

void arch_frame_export(const struct arch_frame *f, word_t out[ARCH_REGS])
{
    struct arch_frame copy = *f;

    copy.flags &= FLAGS_OF_USER;
    for (word_t i = 0; i < ARCH_REGS; i++)
        out[i] = *register_at(&copy, i);
}

void arch_frame_import(struct arch_frame *f, const word_t *in, word_t count)
{
    const word_t kept = f->flags & FLAGS_KEPT;

    for (word_t i = 0; i < count && i < ARCH_REGS; i++)
        *register_at(f, i) = in[i];
    if (count > 0)
        f->restart = f->pc;
    f->flags = (f->flags & FLAGS_OF_USER) | kept;
}

/* Messages: instruction, stack, flags; then what the fault is about. */
word_t arch_fault_message(const struct thread *t, word_t words[FAULT_MESSAGE_MAX])
{
    const struct arch_frame *const f = &t->frame;
    const word_t *const about = t->fault.words;
    const word_t unknown[] = { f->restart, f->sp, f->flags, about[0] };
    const word_t exception[] = { f->pc, f->sp, f->flags, about[0], about[1] };
    const word_t vm[] = { f->pc, about[0], about[1], about[2] };
    const word_t *all;
    word_t length;

    switch (t->fault.kind) {
    case FAULT_UNKNOWN_SYSCALL:
        all = unknown, length = 4;
        break;
    case FAULT_USER_EXCEPTION:
        all = exception, length = 5;
        break;
    case FAULT_VM:
        all = vm, length = 4;
        break;
    default:
        return 0;
    }
    for (word_t i = 0; i < length; i++)
        words[i] = all[i];
    return length;
}

void arch_fault_reply(struct thread *t, const word_t *words, word_t count)
{
    word_t settable = 0;

    if (t->fault.kind == FAULT_UNKNOWN_SYSCALL)
        arch_frame_restart(&t->frame);
    if (t->fault.kind == FAULT_UNKNOWN_SYSCALL || t->fault.kind == FAULT_USER_EXCEPTION)
        settable = 3;
    if (t->fault.kind == FAULT_TIMEOUT)
        settable = ARCH_REGS - 1;
    arch_frame_import(&t->frame, words, count < settable ? count : settable);
}
