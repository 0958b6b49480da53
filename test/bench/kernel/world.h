/* SPDX-License-Identifier: BSD-2-Clause
 * World: what a row's objects are made from, and the other address space. Whatever cannot be made ends the benchmark. */
#pragma once

#include <sel4/sel4.h>

enum { PAGE = 4096 };

void world_init(const seL4_BootInfo *boot);
void world_begin(void);                 /* once: what was made until now stays */
void world_reset(void);                 /* ends everything that was made since the last time */

void check(seL4_Error error, const char *what);     /* no error, or the benchmark ends here */
seL4_CPtr slot_next(void);                          /* an empty slot of the root task's CNode; world_reset takes it back */
seL4_CPtr make(seL4_Word type, seL4_Word size_bits);            /* one new object */
seL4_CPtr make_many(seL4_Word type, seL4_Word size_bits, seL4_Word count);   /* in successive slots: the first */
seL4_CPtr scratch(void);                            /* the untyped that they are made from: nothing else is in it */
seL4_CPtr untyped_of(seL4_Word size_bits);          /* one of the machine's, of that size, from which nothing else is made */
/* With the tables that it needs. */
void map(seL4_CPtr frame, seL4_CPtr vspace, seL4_Word vaddr, seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes);
/* A second address space with the whole program at the same addresses; one in each world. */
seL4_CPtr other_space(void);
/* A capability to the device page at paddr. */
seL4_CPtr device_page(seL4_Word paddr);
seL4_CPtr sched_control(void);
