/* SPDX-License-Identifier: BSD-2-Clause
 * BootInfo: what the kernel tells the first task: which capabilities are in which slots, and what memory there is.
 * Names, order and numbers are libsel4's.
 *
 *   BootInfo page:  struct seL4_BootInfo
 *   from offset BOOTINFO_EXTRA_OFFSET, in pages of their own:  records, extraLen bytes of them, each
 *     struct seL4_BootInfoHeader, then its content; len counts both */
#pragma once

#include "types.h"

enum {
    BOOTINFO_EXTRA_OFFSET = 4096,
    BOOTINFO_MAX_UNTYPEDS = 230,
    BOOTINFO_DEVICE_TREE = 6,               /* SEL4_BOOTINFO_HEADER_FDT */
};

struct seL4_SlotRegion { word_t start, end; };          /* end exclusive */
struct seL4_UntypedDesc {
    word_t paddr;
    uint8_t sizeBits, isDevice, padding[sizeof(word_t) - 2];
};
struct seL4_BootInfoHeader { word_t id, len; };

struct seL4_BootInfo {
    word_t extraLen;
    word_t nodeID, numNodes;
    word_t numIOPTLevels;
    word_t ipcBuffer;                       /* a pointer, in the first task's address space */
    struct seL4_SlotRegion empty;
    struct seL4_SlotRegion sharedFrames;
    struct seL4_SlotRegion userImageFrames;
    struct seL4_SlotRegion userImagePaging;
    struct seL4_SlotRegion ioSpaceCaps;
    struct seL4_SlotRegion extraBIPages;
    word_t initThreadCNodeSizeBits;
    word_t initThreadDomain;
    struct seL4_SlotRegion schedcontrol;
    struct seL4_SlotRegion untyped;
    struct seL4_UntypedDesc untypedList[BOOTINFO_MAX_UNTYPEDS];
};
_Static_assert(sizeof(struct seL4_BootInfo) <= BOOTINFO_EXTRA_OFFSET, "BootInfo is one page");

enum initial_slot {                         /* libsel4's seL4_RootCNodeCapSlots; what is not here stays empty */
    INITIAL_TCB = 1,
    INITIAL_CNODE = 2,
    INITIAL_VSPACE = 3,
    INITIAL_IRQ_CONTROL = 4,
    INITIAL_ASID_CONTROL = 5,
    INITIAL_ASID_POOL = 6,
    INITIAL_BOOTINFO = 9,
    INITIAL_BUFFER = 10,
    INITIAL_DOMAIN = 11,
    INITIAL_SC = 14,
    INITIAL_SLOTS = 16,                     /* the others begin here */
};
