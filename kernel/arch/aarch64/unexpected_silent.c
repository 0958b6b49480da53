/* SPDX-License-Identifier: BSD-2-Clause
 * An exception inside a kernel that says nothing to people: unexpected.c's place in release kernels. */
#include "fault.h"

struct arch_frame unexpected_frame;     /* filled by vectors.S */

_Noreturn void arch_unexpected(word_t vector, word_t esr, word_t far)
{
    (void)vector;
    (void)esr;
    (void)far;
    arch_halt();
}
