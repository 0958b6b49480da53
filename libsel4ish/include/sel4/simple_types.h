/* SPDX-License-Identifier: BSD-2-Clause
 * Simple types: integers of the API, from the compiler's alone. A word is a machine word: 64 bits here. */
#pragma once

#include <sel4/macros.h>

typedef signed char    seL4_Int8;
typedef signed short   seL4_Int16;
typedef signed int     seL4_Int32;
typedef signed long    seL4_Int64;
typedef unsigned char  seL4_Uint8;
typedef unsigned short seL4_Uint16;
typedef unsigned int   seL4_Uint32;
typedef unsigned long  seL4_Uint64;

typedef seL4_Uint64 seL4_Word;
typedef seL4_Word   seL4_CPtr;
typedef seL4_Word   seL4_Register;
typedef seL4_Int8   seL4_Bool;

#define seL4_True  1
#define seL4_False 0
#ifdef __cplusplus
#define seL4_Null  0L
#else
#define seL4_Null  ((void *)0)
#endif

/* For printf. */
#define SEL4_PRId64    "ld"
#define SEL4_PRIi64    "li"
#define SEL4_PRIu64    "lu"
#define SEL4_PRIx64    "lx"
#define SEL4_PRId_word "ld"
#define SEL4_PRIi_word "li"
#define SEL4_PRIu_word "lu"
#define SEL4_PRIx_word "lx"
#define SEL4_PRI_word  SEL4_PRIu_word

#define seL4_integer_size_assert(type, bytes) SEL4_COMPILE_ASSERT(sizeof_##type##_is_##bytes##_byte, sizeof(type) == bytes)
seL4_integer_size_assert(seL4_Int8, 1)
seL4_integer_size_assert(seL4_Uint16, 2)
seL4_integer_size_assert(seL4_Uint32, 4)
seL4_integer_size_assert(seL4_Uint64, 8)
seL4_integer_size_assert(seL4_Word, 8)

#include <sel4/sel4_arch/constants.h>
