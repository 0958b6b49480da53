/* SPDX-License-Identifier: BSD-2-Clause
 * Assertions that a build with NDEBUG leaves out. */
#pragma once

#include <sel4/assert.h>

#ifdef NDEBUG
#define seL4_DebugAssert(expr) ((void)0)
#else
#define seL4_DebugAssert(expr) seL4_Assert(expr)
#endif
