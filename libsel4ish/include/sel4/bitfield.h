/* SPDX-License-Identifier: BSD-2-Clause
 * Bit field: one field of a type whose value is words[] alone, with the four functions that libsel4 has for each. */
#pragma once

#include <sel4/simple_types.h>

#define SEL4ISH_FIELD(type, field, shift, bits) \
    LIBSEL4_INLINE_FUNC CONST seL4_Word type##_get_##field(type##_t value) \
    { \
        return value.words[0] >> (shift) & (~0ul >> (64 - (bits))); \
    } \
    LIBSEL4_INLINE_FUNC CONST type##_t type##_set_##field(type##_t value, seL4_Word field) \
    { \
        const seL4_Word mask = ~0ul >> (64 - (bits)); \
        value.words[0] = (value.words[0] & ~(mask << (shift))) | (field & mask) << (shift); \
        return value; \
    } \
    LIBSEL4_INLINE_FUNC PURE seL4_Word type##_ptr_get_##field(type##_t *at) \
    { \
        return type##_get_##field(*at); \
    } \
    LIBSEL4_INLINE_FUNC void type##_ptr_set_##field(type##_t *at, seL4_Word field) \
    { \
        *at = type##_set_##field(*at, field); \
    }
