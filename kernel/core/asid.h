/* SPDX-License-Identifier: BSD-2-Clause
 * ASIDs: numbers by which the processor tells address spaces apart, given out from pools. A VSpace capability with a
 * number carries the tag that vspace.h speaks of. */
#pragma once

#include "../arch/arch.h"

/* libsel4's seL4_ASIDPoolIndexBits and seL4_NumASIDPoolsBits, 9 and 7. */
enum { ASID_POOL_ENTRIES = 512, ASID_POOLS = 128 };

struct asid_pool;

seL4_Error asid_assign(struct asid_pool *pool, word_t first, pte_t *root, uint32_t *tag) MUST_USE; /* DeleteFirst: full */
/* The address space ends: its tag names nothing from now on. Nothing if root is not what tag names. */
void asid_release(uint32_t tag, const pte_t *root);

/* Was a table taken out of this address space, so that capabilities may tell of mappings that went with it? tag is live. */
void asid_tear(uint32_t tag);
bool asid_torn(uint32_t tag);

bool asid_pool_room(void);                              /* would asid_pool_install succeed */
bool asid_pool_install(struct asid_pool *pool, word_t *first);  /* zeroed page; false: all pools exist */
void asid_pool_remove(struct asid_pool *pool, word_t first);    /* that was installed there */
