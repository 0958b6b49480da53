/* SPDX-License-Identifier: BSD-2-Clause
 * Memory of a case: addresses that grow, and the tables below them, made when a Map says that one is missing. */
#include "conform.h"
#include "driver.h"
#include "port.h"

enum { FIRST_WINDOW = 0x20000000, LEVELS = 4 };

static seL4_Word next;

void memory_begin(void)
{
    next = FIRST_WINDOW;
}

seL4_Word window_new(seL4_Word size_bits)
{
    const seL4_Word bytes = 1ul << size_bits, vaddr = (next + bytes - 1) & ~(bytes - 1);

    next = vaddr + bytes;
    return vaddr;
}

/* A frame of that size could be mapped there if only this table were not missing; and again. */
void map_at(seL4_CPtr frame, seL4_CPtr vspace, seL4_Word vaddr, seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes)
{
    for (int level = 0; level < LEVELS; level++) {
        const seL4_Error error = seL4_ARM_Page_Map(frame, vspace, vaddr, rights, attributes);

        if (error != seL4_FailedLookup) {
            OK(error);
            return;
        }
        OK(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject, 0), vspace, vaddr, seL4_ARM_Default_VMAttributes));
    }
    CHECK(!"a page can be mapped below four levels of tables");
}

void tables_at(seL4_CPtr vspace, seL4_Word vaddr)
{
    const seL4_CPtr frame = frame_new();

    map_at(frame, vspace, vaddr, seL4_CanRead, seL4_ARM_Default_VMAttributes);
    OK(seL4_ARM_Page_Unmap(frame));
}

void *map(seL4_CPtr frame)
{
    const seL4_Word vaddr = window_new(seL4_PageBits);

    map_at(frame, SPACE, vaddr, seL4_ReadWrite, seL4_ARM_Default_VMAttributes);
    return (void *)vaddr;
}

seL4_CPtr vspace_new(void)
{
    const seL4_CPtr vspace = make(seL4_ARM_VSpaceObject, 0);

    OK(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, vspace));
    return vspace;
}

seL4_CPtr vspace_like_ours(void)
{
    const seL4_CPtr vspace = vspace_new();
    seL4_Word vaddr = port_image_start();

    for (seL4_CPtr i = boot->userImageFrames.start; i < boot->userImageFrames.end; i++, vaddr += PAGE)
        map_at(copy(i), vspace, vaddr, port_image_written(vaddr) ? seL4_ReadWrite : seL4_CanRead,
               seL4_ARM_Default_VMAttributes);
    return vspace;
}
