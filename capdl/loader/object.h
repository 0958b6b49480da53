/* SPDX-License-Identifier: BSD-2-Clause
 * Object: what Retype makes of the spec's kinds. */
#pragma once

#include "loader.h"

struct shape {
    seL4_Word type;
    seL4_Word size;         /* Retype's size_bits */
    uint32_t bits;          /* of memory; 0: none, it is not made by Retype */
};

struct shape object_shape(const struct spec *spec, uint32_t object);
/* Make the object from memory into its slot. */
void object_create(struct loader *loader, uint32_t object, seL4_Untyped memory);
/* Is it a frame at a place of its own? */
bool object_is_fixed(const struct spec *spec, uint32_t object);
