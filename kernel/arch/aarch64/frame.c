/* SPDX-License-Identifier: BSD-2-Clause
 * A thread's saved registers, as libsel4's seL4_UserContext orders them. */
#include "../arch.h"

#include "frame_offsets.h"
#include "registers.h"

_Static_assert(offsetof(struct arch_frame, x) == FRAME_X(0), "trap entry agrees");
_Static_assert(offsetof(struct arch_frame, x[30]) == FRAME_X(30), "trap entry agrees");
_Static_assert(offsetof(struct arch_frame, sp) == FRAME_SP && FRAME_SP == FRAME_X(31), "stored as a pair with x30");
_Static_assert(offsetof(struct arch_frame, pc) == FRAME_PC, "trap entry agrees");
_Static_assert(offsetof(struct arch_frame, pstate) == FRAME_PSTATE && FRAME_PSTATE == FRAME_PC + 8, "a pair");
_Static_assert(offsetof(struct arch_frame, tls) == FRAME_TLS, "trap entry agrees");
_Static_assert(offsetof(struct arch_frame, tls_ro) == FRAME_TLS_RO && FRAME_TLS_RO == FRAME_TLS + 8, "a pair");
_Static_assert(offsetof(struct arch_frame, restart) == FRAME_RESTART, "trap entry agrees");

/* Places in seL4_UserContext: pc, sp, spsr, then general registers in this order, then the two thread pointers. */
enum { CONTEXT_PC, CONTEXT_SP, CONTEXT_PSTATE, CONTEXT_GENERAL };

static const uint8_t general[] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  16, 17, 18, 29, 30, 9, 10,
                                   11, 12, 13, 14, 15, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28 };
enum { CONTEXT_TLS = CONTEXT_GENERAL + sizeof general, CONTEXT_TLS_RO };
_Static_assert(CONTEXT_TLS_RO + 1 == ARCH_REGS, "the context is complete");

void arch_frame_init(struct arch_frame *f, vaddr_t pc, vaddr_t sp, word_t arg)
{
    *f = (struct arch_frame){ .x[0] = arg, .sp = sp, .pc = pc, .restart = pc };
}

static void pc_set(struct arch_frame *f, word_t pc)
{
    f->pc = pc;
    f->restart = pc;
}

void arch_frame_export(const struct arch_frame *f, word_t out[ARCH_REGS])
{
    out[CONTEXT_PC] = f->pc;
    out[CONTEXT_SP] = f->sp;
    out[CONTEXT_PSTATE] = f->pstate & ~PSTATE_STEP;
    for (unsigned i = 0; i < sizeof general; i++)
        out[CONTEXT_GENERAL + i] = f->x[general[i]];
    out[CONTEXT_TLS] = f->tls;
    out[CONTEXT_TLS_RO] = f->tls_ro;
}

static void import_one(struct arch_frame *f, word_t place, word_t value)
{
    switch (place) {
    case CONTEXT_PC:
        pc_set(f, value);
        return;
    case CONTEXT_SP:
        f->sp = value;
        return;
    case CONTEXT_PSTATE:
        f->pstate = (f->pstate & PSTATE_STEP) | (value & PSTATE_FLAGS);
        return;
    case CONTEXT_TLS:
        f->tls = value;
        return;
    case CONTEXT_TLS_RO:
        f->tls_ro = value;
        return;
    default:
        f->x[general[place - CONTEXT_GENERAL]] = value;
    }
}

void arch_frame_import(struct arch_frame *f, const word_t *in, word_t count)
{
    for (word_t i = 0; i < count && i < ARCH_REGS; i++)
        import_one(f, i, in[i]);
}
