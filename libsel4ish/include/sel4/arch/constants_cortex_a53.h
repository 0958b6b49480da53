/* SPDX-License-Identifier: BSD-2-Clause
 * What a Cortex-A53 has for debugging: six breakpoints and four watchpoints. */
#pragma once

#include <sel4/config.h>

#define seL4_NumHWBreakpoints        10
#define seL4_NumExclusiveBreakpoints 6
#define seL4_NumExclusiveWatchpoints 4
#define seL4_FirstBreakpoint         0
#define seL4_FirstWatchpoint         6
/* None that does either. */
#define seL4_NumDualFunctionMonitors  0
#define seL4_FirstDualFunctionMonitor (-1)
