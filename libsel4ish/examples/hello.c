/* SPDX-License-Identifier: BSD-2-Clause
 * Hello: what the kernel tells its first program. Lists the capabilities that BootInfo names, the untyped memory with
 * its addresses, and the extra records behind it. */
#include <inttypes.h>
#include <stdio.h>

#include <sel4/sel4.h>

static void show_slots(const char *what, seL4_SlotRegion slots)
{
    printf("  %-18s %4" SEL4_PRIu_word " slots from %" SEL4_PRIu_word "\n", what, slots.end - slots.start, slots.start);
}

static void show_untypeds(const seL4_BootInfo *bi)
{
    const seL4_Word count = bi->untyped.end - bi->untyped.start;
    seL4_Word memory = 0;

    for (seL4_Word i = 0; i < count; i++) {
        const seL4_UntypedDesc *u = &bi->untypedList[i];

        printf("untyped %3" SEL4_PRIu_word ": 2^%-2d bytes at %#12" SEL4_PRIx_word "%s\n", bi->untyped.start + i, u->sizeBits,
               u->paddr, u->isDevice ? ", a device" : "");
        if (!u->isDevice)
            memory += LIBSEL4_BIT(u->sizeBits);
    }
    printf("%" SEL4_PRIu_word " untypeds, %" SEL4_PRIu_word " KiB of memory\n", count, memory >> 10);
}

/* Records lie one behind the other from the page after BootInfo. */
static void show_extra(const seL4_BootInfo *bi)
{
    const char *const first = (const char *)bi + seL4_BootInfoFrameSize;

    for (seL4_Word at = 0; at < bi->extraLen;) {
        const seL4_BootInfoHeader *header = (const seL4_BootInfoHeader *)(const void *)(first + at);

        printf("record %" SEL4_PRIu_word ": %" SEL4_PRIu_word " bytes%s\n", header->id, header->len,
               header->id == SEL4_BOOTINFO_HEADER_FDT ? ", the device tree" : "");
        at += header->len;
    }
}

int main(void)
{
    const seL4_BootInfo *bi = seL4_GetBootInfo();

    printf("hello: node %" SEL4_PRIu_word " of %" SEL4_PRIu_word ", domain %" SEL4_PRIu_word ", a CNode of 2^%" SEL4_PRIu_word
           " slots\n", bi->nodeID, bi->numNodes, bi->initThreadDomain, bi->initThreadCNodeSizeBits);
    show_slots("empty", bi->empty);
    show_slots("user image", bi->userImageFrames);
    show_slots("its tables", bi->userImagePaging);
    show_slots("extra records", bi->extraBIPages);
    show_slots("sched control", bi->schedcontrol);
    show_slots("untyped", bi->untyped);
    show_untypeds(bi);
    show_extra(bi);
    printf("hello: done\n");
    return 0;
}
