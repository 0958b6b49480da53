/* SPDX-License-Identifier: BSD-2-Clause
 * Simple types: integers of the API. A word is a machine word: 64 bits here. */
#pragma once

#include <sel4/macros.h>
#include <stddef.h>
#include <stdint.h>

typedef int8_t   seL4_Int8;
typedef int16_t  seL4_Int16;
typedef int32_t  seL4_Int32;
typedef int64_t  seL4_Int64;
typedef uint8_t  seL4_Uint8;
typedef uint16_t seL4_Uint16;
typedef uint32_t seL4_Uint32;
typedef unsigned long seL4_Uint64;  /* as libsel4's: printf wants %lu */

typedef unsigned long seL4_Word;
typedef seL4_Word seL4_CPtr;
typedef seL4_Uint8 seL4_Bool;
typedef seL4_Uint64 seL4_Time;      /* microseconds */

#define seL4_True  ((seL4_Bool)1)
#define seL4_False ((seL4_Bool)0)
#define seL4_Null  ((void *)0)

#define SEL4_PRIu_word "lu"
#define SEL4_PRIx_word "lx"
#define SEL4_PRId_word "ld"
#define SEL4_PRI_word  SEL4_PRIu_word

SEL4_COMPILE_ASSERT(word_is_64_bits, sizeof(seL4_Word) == 8)
