/* SPDX-License-Identifier: BSD-2-Clause
 * Scalars that the whole kernel speaks in. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t word_t;
typedef uint64_t paddr_t;   /* physical address */
typedef uint64_t vaddr_t;   /* user virtual address; a kernel virtual address is a C pointer */
typedef uint64_t ticks_t;   /* of the machine's counter */
typedef uint32_t irq_t;
typedef uint8_t  rights_t;  /* RIGHT_... below */

enum {
    RIGHT_WRITE       = 1,
    RIGHT_READ        = 2,
    RIGHT_GRANT       = 4,
    RIGHT_GRANT_REPLY = 8,
    RIGHT_ALL         = 15,
};

enum pte_kind { PTE_HOLE, PTE_TABLE, PTE_LEAF };    /* an entry of a page table: nothing, the next table, a page */

#define IRQ_NONE  UINT32_MAX
#define WORD_BITS 64u
#define APART     __attribute__((noinline, cold))     /* what a caller seldom needs, and is shorter without */
#define BOOT      __attribute__((section(".boot")))   /* runs before the first task alone, which then gets its memory */
#define MUST_USE  __attribute__((warn_unused_result))

#define container_of(pointer, type, member) \
    ((type *)(void *)((char *)(pointer) - offsetof(type, member)))
