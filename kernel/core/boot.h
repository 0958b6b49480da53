/* SPDX-License-Identifier: BSD-2-Clause
 * Boot: what the parts of kernel_boot hand to each other. Gone when the first task runs.
 *
 * Whatever is wrong here is a mistake of the image's builder or of the kernel, so it is asserted, not reported. */
#pragma once

#include "../arch/arch.h"
#include "bootinfo.h"
#include "cap.h"

enum { ROOT_CNODE_BITS = 13 };

struct boot {
    const struct boot_machine *machine;
    struct memory_range ram[BOOT_RANGES];   /* not yet given to anything; ranges may become empty */
    unsigned ram_count;
    struct cap cnode;                       /* the first task's */
    word_t next_slot;                       /* slots are given out in ascending order */
    uint32_t tag;                           /* of the first task's address space */
    vaddr_t entry, end;                     /* of its program: where it starts; the first address above it */
    struct seL4_BootInfo *info;
};

/* boot_memory.c: an object out of RAM, from the top down: the largest come first, so that nothing is lost between them.
 * Zeroed. */
struct cap boot_object(struct boot *boot, enum object_type type, unsigned size_bits);
/* What is left becomes untypeds, and so do the devices' ranges. */
void boot_untypeds(struct boot *boot);

/* boot.c */
struct slot *boot_slot(const struct boot *boot, word_t index);
struct slot *boot_give(struct boot *boot, struct cap cap);      /* into the next slot, as a root of the derivation forest */

/* boot_image.c: the address space of the first task: its program in place, then IPC buffer, BootInfo and extra records.
 * entry and end are set by boot_image_find; `pages` counts those behind the program. */
void boot_image_find(struct boot *boot);
void boot_image_tables(struct boot *boot, word_t pages);
void boot_image_map(struct boot *boot);
void boot_map(struct boot *boot, struct slot *frame, vaddr_t vaddr, rights_t rights, bool never_execute);
