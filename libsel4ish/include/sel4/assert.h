/* SPDX-License-Identifier: BSD-2-Clause
 * Assertions under libsel4's names: seL4_Assert stays on in every build, seL4_DebugAssert goes with NDEBUG. */
#pragma once

#include <sel4/macros.h>

SEL4ISH_C_BEGIN
/* Says what failed and where, then ends the program; a program may have its own. */
void __assert_fail(const char *str, const char *file, int line, const char *function);
SEL4ISH_C_END

#define seL4_Fail(s) __assert_fail(s, __FILE__, __LINE__, __func__)

#define seL4_Assert(expr) \
    do { \
        if (!(expr)) \
            __assert_fail(#expr, __FILE__, __LINE__, __func__); \
    } while (0)

#define seL4_CompileTimeAssert(expr) SEL4_COMPILE_ASSERT(seL4_CompileTimeAssert, expr)

#include <sel4/debug_assert.h>
