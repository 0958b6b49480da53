/* SPDX-License-Identifier: BSD-2-Clause
 * Widths of what a capability's data word holds, on a machine of 64 bits. */
#pragma once

#define seL4_GuardSizeBits 6
#define seL4_GuardBits     58
#define seL4_BadgeBits     64
