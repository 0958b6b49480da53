/* SPDX-License-Identifier: BSD-2-Clause
 * An exception inside a kernel that says nothing to people: unexpected.c's place in release kernels. */

.global unexpected
unexpected:
    adrp    x9, kernel_stack_top
    mov     sp, x9
    b       arch_halt
