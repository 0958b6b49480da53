/* SPDX-License-Identifier: BSD-2-Clause
 * Macros: the spellings that libsel4's users know. */
#pragma once

#include <sel4/config.h>

#define LIBSEL4_BIT(n)         (1ul << (n))
#define LIBSEL4_UNUSED         __attribute__((unused))
#define LIBSEL4_WARN_UNUSED    __attribute__((warn_unused_result))
#define LIBSEL4_NOINLINE       __attribute__((noinline))
#define LIBSEL4_INLINE         static inline
#define LIBSEL4_INLINE_FUNC    static inline LIBSEL4_UNUSED
#define SEL4_PACKED            __attribute__((packed))
#define SEL4_DEPRECATED(x)     __attribute__((deprecated(x)))
#define SEL4_DEPRECATE_MACRO(x) _Pragma("deprecated") x
#define SEL4_CONST             __attribute__((const))
#define SEL4_PURE              __attribute__((pure))
#define SEL4_OFFSETOF(type, member) __builtin_offsetof(type, member)
#define SEL4_COMPILE_ASSERT(name, expr) _Static_assert(expr, #name);

/* Enumerations of the API are as wide as a word. */
#define SEL4_FORCE_LONG_ENUM(type) _enum_pad_##type = (1ull << (CONFIG_WORD_SIZE - 1)) - 1
