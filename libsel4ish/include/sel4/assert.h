/* SPDX-License-Identifier: BSD-2-Clause
 * Assertions under libsel4's names: they stay on in every build. */
#pragma once

#include <assert.h>

#define seL4_Assert(expr)       assert(expr)
#define seL4_DebugAssert(expr)  assert(expr)
#define seL4_Fail(text)         assert(!(text))
