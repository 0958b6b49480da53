/* SPDX-License-Identifier: BSD-2-Clause
 * World: see world.h. A row's objects are made from one untyped, so that revoking it is the end of all. */
#include "world.h"

#include "uart.h"

extern char __executable_start[], __writable_start[];  /* the program, from root.ld: then what it may write */

static struct {
    const seL4_BootInfo *boot;
    seL4_CPtr largest;              /* untyped */
    seL4_CPtr memory;               /* its half, which objects are made from */
    seL4_CPtr first_slot, next_slot;
    seL4_CPtr other;                /* address space; null: not made yet */
} world;

void check(seL4_Error error, const char *what)
{
    if (error == seL4_NoError)
        return;
    uart_line("failed: %s: error %d", what, (int)error);
    for (;;)
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}

static const seL4_UntypedDesc *untyped(seL4_CPtr slot)
{
    return &world.boot->untypedList[slot - world.boot->untyped.start];
}

static seL4_CPtr largest_untyped(void)
{
    seL4_CPtr largest = 0;

    for (seL4_CPtr u = world.boot->untyped.start; u < world.boot->untyped.end; u++)
        if (!untyped(u)->isDevice && (!largest || untyped(u)->sizeBits > untyped(largest)->sizeBits))
            largest = u;
    return largest;
}

seL4_CPtr untyped_of(seL4_Word size_bits)
{
    for (seL4_CPtr u = world.boot->untyped.start; u < world.boot->untyped.end; u++)
        if (u != world.largest && !untyped(u)->isDevice && untyped(u)->sizeBits == size_bits)
            return u;
    check(seL4_RangeError, "an untyped of that size");
    return seL4_CapNull;
}

void world_init(const seL4_BootInfo *boot)
{
    world.boot = boot;
    world.next_slot = boot->empty.start;
    world.memory = world.largest = largest_untyped();
}

/* Half of the largest untyped is enough for every row. */
void world_begin(void)
{
    world.memory = make(seL4_UntypedObject, untyped(world.memory)->sizeBits - 1u);
    world.first_slot = world.next_slot;
}

void world_reset(void)
{
    check(seL4_CNode_Revoke(seL4_CapInitThreadCNode, world.memory, seL4_WordBits), "revoke");
    while (world.next_slot > world.first_slot)      /* copies of what was there before */
        check(seL4_CNode_Delete(seL4_CapInitThreadCNode, --world.next_slot, seL4_WordBits), "delete");
    world.other = seL4_CapNull;
}

seL4_CPtr scratch(void) { return world.memory; }
seL4_CPtr sched_control(void) { return world.boot->schedcontrol.start; }
seL4_CPtr slot_next(void) { return world.next_slot++; }

seL4_CPtr make_many(seL4_Word type, seL4_Word size_bits, seL4_Word count)
{
    const seL4_CPtr first = world.next_slot;

    check(seL4_Untyped_Retype(world.memory, type, size_bits, seL4_CapInitThreadCNode, 0, 0, first, count), "retype");
    world.next_slot += count;
    return first;
}

seL4_CPtr make(seL4_Word type, seL4_Word size_bits)
{
    return make_many(type, size_bits, 1);
}

void map(seL4_CPtr frame, seL4_CPtr vspace, seL4_Word vaddr, seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes)
{
    for (;;) {
        const seL4_Error error = seL4_ARM_Page_Map(frame, vspace, vaddr, rights, attributes);

        if (error != seL4_FailedLookup) {
            check(error, "map");
            return;
        }
        check(seL4_ARM_PageTable_Map(make(seL4_ARM_PageTableObject, 0), vspace, vaddr, seL4_ARM_Default_VMAttributes),
              "map a table");
    }
}

seL4_CPtr other_space(void)
{
    const seL4_CPtr root = seL4_CapInitThreadCNode;
    seL4_Word vaddr = (seL4_Word)__executable_start;

    if (world.other)
        return world.other;
    world.other = make(seL4_ARM_VSpaceObject, 0);
    check(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, world.other), "assign an ASID");
    for (seL4_CPtr f = world.boot->userImageFrames.start; f < world.boot->userImageFrames.end; f++, vaddr += PAGE) {
        const seL4_CPtr copy = slot_next();

        check(seL4_CNode_Copy(root, copy, seL4_WordBits, root, f, seL4_WordBits, seL4_AllRights), "copy");
        map(copy, world.other, vaddr, vaddr < (seL4_Word)__writable_start ? seL4_CanRead : seL4_ReadWrite,
            seL4_ARM_Default_VMAttributes);
    }
    return world.other;
}

seL4_CPtr device_page(seL4_Word paddr)
{
    const seL4_CPtr frame = slot_next();

    for (seL4_CPtr u = world.boot->untyped.start; u < world.boot->untyped.end; u++)
        if (untyped(u)->isDevice && untyped(u)->paddr == paddr) {
            check(seL4_Untyped_Retype(u, seL4_ARM_SmallPageObject, 0, seL4_CapInitThreadCNode, 0, 0, frame, 1), "device");
            return frame;
        }
    check(seL4_RangeError, "device");
    return seL4_CapNull;
}
