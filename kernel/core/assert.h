/* SPDX-License-Identifier: BSD-2-Clause
 * Assertions are for the kernel's own mistakes and stay on in every build; user input never reaches one. */
#pragma once

/* Say what went wrong (debug kernels: on the machine's debug channel) and stop the machine. Does not return. */
_Noreturn void panic(const char *what);

#define ASSERT_TEXT(line) #line
#define ASSERT_LINE(line) ASSERT_TEXT(line)
#define assert(condition) \
    ((condition) ? (void)0 : panic(__FILE__ ":" ASSERT_LINE(__LINE__) ": " #condition))
