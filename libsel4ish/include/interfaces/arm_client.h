/* SPDX-License-Identifier: BSD-2-Clause
 * Frames, page tables, address spaces and their tags. A writable mapping never executes, whatever its attributes say. */
#pragma once

#include <interfaces/invoke.h>

LIBSEL4_INLINE_FUNC seL4_Error seL4_ARM_Page_Map(seL4_ARM_Page _service, seL4_CPtr vspace, seL4_Word vaddr,
                                                 seL4_CapRights_t rights, seL4_ARM_VMAttributes attr)
{
    seL4_SetCap(0, vspace);
    return sel4ish_invoke4(_service, ARMPageMap, 1, 3, vaddr, rights.words[0], (seL4_Word)attr, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_ARM_Page_Unmap(seL4_ARM_Page _service)
{
    return sel4ish_invoke4(_service, ARMPageUnmap, 0, 0, 0, 0, 0, 0);
}

struct seL4_ARM_Page_GetAddress {
    int error;
    seL4_Word paddr;
};
typedef struct seL4_ARM_Page_GetAddress seL4_ARM_Page_GetAddress_t;

LIBSEL4_INLINE_FUNC seL4_ARM_Page_GetAddress_t seL4_ARM_Page_GetAddress(seL4_ARM_Page _service)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };
    seL4_ARM_Page_GetAddress_t result;

    result.error = (int)sel4ish_invoke(_service, ARMPageGetAddress, 0, 0, &m);
    result.paddr = m.mr0;
    return result;
}

/* Cache maintenance: of a frame by offsets within it, of an address space by addresses; end exclusive. */
#define SEL4ISH_CACHE_CALL(object, name) \
    LIBSEL4_INLINE_FUNC seL4_Error seL4_ARM_##object##_##name(seL4_CPtr _service, seL4_Word start, seL4_Word end) \
    { \
        return sel4ish_invoke4(_service, ARM##object##name, 0, 2, start, end, 0, 0); \
    }
SEL4ISH_CACHE_CALL(Page, Clean_Data)
SEL4ISH_CACHE_CALL(Page, Invalidate_Data)
SEL4ISH_CACHE_CALL(Page, CleanInvalidate_Data)
SEL4ISH_CACHE_CALL(Page, Unify_Instruction)
SEL4ISH_CACHE_CALL(VSpace, Clean_Data)
SEL4ISH_CACHE_CALL(VSpace, Invalidate_Data)
SEL4ISH_CACHE_CALL(VSpace, CleanInvalidate_Data)
SEL4ISH_CACHE_CALL(VSpace, Unify_Instruction)
#undef SEL4ISH_CACHE_CALL

LIBSEL4_INLINE_FUNC seL4_Error seL4_ARM_PageTable_Map(seL4_ARM_PageTable _service, seL4_CPtr vspace, seL4_Word vaddr,
                                                      seL4_ARM_VMAttributes attr)
{
    seL4_SetCap(0, vspace);
    return sel4ish_invoke4(_service, ARMPageTableMap, 1, 2, vaddr, (seL4_Word)attr, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_ARM_PageTable_Unmap(seL4_ARM_PageTable _service)
{
    return sel4ish_invoke4(_service, ARMPageTableUnmap, 0, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_ARM_ASIDControl_MakePool(seL4_ARM_ASIDControl _service, seL4_Untyped untyped,
                                                             seL4_CNode root, seL4_Word index, seL4_Uint8 depth)
{
    seL4_SetCap(0, untyped);
    seL4_SetCap(1, root);
    return sel4ish_invoke4(_service, ARMASIDControlMakePool, 2, 2, index, depth, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_ARM_ASIDPool_Assign(seL4_ARM_ASIDPool _service, seL4_CPtr vspace)
{
    seL4_SetCap(0, vspace);
    return sel4ish_invoke4(_service, ARMASIDPoolAssign, 1, 0, 0, 0, 0, 0);
}

/* Names that hold on every architecture. */
#define seL4_ARCH_Page_Map                   seL4_ARM_Page_Map
#define seL4_ARCH_Page_Unmap                 seL4_ARM_Page_Unmap
#define seL4_ARCH_Page_GetAddress            seL4_ARM_Page_GetAddress
#define seL4_ARCH_PageTable_Map              seL4_ARM_PageTable_Map
#define seL4_ARCH_PageTable_Unmap            seL4_ARM_PageTable_Unmap
#define seL4_ARCH_ASIDPool_Assign            seL4_ARM_ASIDPool_Assign
#define seL4_ARCH_ASIDControl_MakePool       seL4_ARM_ASIDControl_MakePool
#define seL4_ARCH_Default_VMAttributes       seL4_ARM_Default_VMAttributes
#define seL4_ARCH_VMAttributes               seL4_ARM_VMAttributes
