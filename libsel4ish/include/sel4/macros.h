/* SPDX-License-Identifier: BSD-2-Clause
 * Macros: the spellings that libsel4's users know. The API's headers compile as C99, C11 and C++, pedantically. */
#pragma once

#include <sel4/config.h>

#ifndef CONST
#define CONST                  __attribute__((__const__))
#endif
#ifndef PURE
#define PURE                   __attribute__((__pure__))
#endif

#define LIBSEL4_BIT(n)         (1ul << (n))
#define LIBSEL4_UNUSED         __attribute__((unused))
#define LIBSEL4_WEAK           __attribute__((weak))
#define LIBSEL4_WARN_UNUSED    __attribute__((warn_unused_result))
#define LIBSEL4_NOINLINE       __attribute__((noinline))
#define LIBSEL4_INLINE         static inline LIBSEL4_UNUSED
#define LIBSEL4_INLINE_FUNC    static inline LIBSEL4_UNUSED
#define LIBSEL4_THREAD_LOCAL   __thread
#define SEL4_PACKED            __attribute__((packed))
#define SEL4_DEPRECATED(x)     __attribute__((deprecated(x)))
#define SEL4_DEPRECATE_MACRO(x) x
#define SEL4_CONST             CONST
#define SEL4_PURE              PURE
#define SEL4_OFFSETOF(type, member) __builtin_offsetof(type, member)

#ifdef __cplusplus
#define SEL4_COMPILE_ASSERT(name, expr) static_assert(expr, #name);
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define SEL4_COMPILE_ASSERT(name, expr) _Static_assert(expr, #name);
#else
#define SEL4_COMPILE_ASSERT(name, expr) typedef int sel4ish_assertion_##name[(expr) ? 1 : -1] LIBSEL4_UNUSED;
#endif
#define SEL4_SIZE_SANITY(index, entry, size) \
    SEL4_COMPILE_ASSERT(index##_##entry##_##size, (index) + (entry) == (size))

/* Enumerations that are as wide as a word. Errors and object types are as wide as an int: programs print them with %d. */
#define SEL4_FORCE_LONG_ENUM(type) _enum_pad_##type = (1ull << (CONFIG_WORD_SIZE - 1)) - 1

/* What follows is C in every language. */
#ifdef __cplusplus
#define SEL4ISH_C_BEGIN        extern "C" {
#define SEL4ISH_C_END          }
#else
#define SEL4ISH_C_BEGIN
#define SEL4ISH_C_END
#endif
