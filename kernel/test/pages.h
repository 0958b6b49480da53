/* SPDX-License-Identifier: BSD-2-Clause
 * Pages: frames and tables that tests put into address spaces, and what the root thread's user mode sees of them. */
#pragma once

#include "fixture.h"

enum { CACHED = 1, NEVER_EXECUTE = 4, READ_WRITE = RIGHT_READ | RIGHT_WRITE };
#define VA 0x10000000000ul /* nothing is near */

static inline struct cap *cap_of(word_t slot) { return &root_slot(slot)->cap; }

seL4_Error page_map(word_t frame, word_t vspace, vaddr_t va, word_t rights);
seL4_Error page_unmap(word_t frame);
seL4_Error table_map(word_t table, word_t vspace, vaddr_t va);
word_t     tables_new(word_t vspace, vaddr_t va, unsigned count);   /* the last of them */
word_t     numbered_space(void);                                    /* an address space of the root's pool */
seL4_Error slot_end(word_t slot);                                   /* delete what is in it */
word_t     cap_copy(word_t from, word_t rights);

bool readable(vaddr_t va);
bool writable(vaddr_t va);      /* and writes 1 there */
bool executable(vaddr_t va);
