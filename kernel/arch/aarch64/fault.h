/* SPDX-License-Identifier: BSD-2-Clause
 * Entry of every trap of user mode that is neither a system call nor an interrupt. */
#pragma once

#include "../../core/thread.h"
#include "../arch.h"

/* From vectors.S, with the current thread's registers saved. */
struct thread *arch_fault_enter(word_t esr, word_t far);
/* From unexpected_entry.S, for an exception inside the kernel, whose registers are in unexpected_frame. */
_Noreturn void arch_unexpected(word_t vector, word_t esr, word_t far);
