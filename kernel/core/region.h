/* SPDX-License-Identifier: BSD-2-Clause
 * Region: the memory that a capability is about. The derivation tree is computed from it. */
#pragma once

#include "cap.h"

/* Size in bits of the object behind a capability; 0 for those that are about no memory (controls, interrupts). */
unsigned cap_region_bits(const struct cap *cap);

static inline uintptr_t cap_region_start(const struct cap *cap) { return (uintptr_t)cap->object; }
static inline uintptr_t cap_region_last(const struct cap *cap)
{
    return (uintptr_t)cap->object + (((uintptr_t)1 << cap_region_bits(cap)) - 1);
}
/* Does the memory of outer hold all of inner's? */
bool cap_region_within(const struct cap *outer, const struct cap *inner);
