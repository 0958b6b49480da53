/* SPDX-License-Identifier: BSD-2-Clause
 * Boot memory: RAM that is not in use yet. Some becomes the first task's objects, all the rest becomes untypeds, and so
 * does what the boot itself is made of; but for itself the kernel keeps the payload's first page and its copy of the tree. */
#include "assert.h"
#include "boot.h"
#include "memory.h"
#include "object.h"

BOOT static paddr_t take(struct boot *boot, unsigned bits)
{
    const word_t bytes = (word_t)1 << bits;

    for (unsigned i = boot->ram_count; i-- > 0;) {
        struct memory_range *range = &boot->ram[i];
        const paddr_t at = (range->end - bytes) & ~(bytes - 1);

        if (range->end - range->start >= bytes && at >= range->start) {
            range->end = at;
            return at;
        }
    }
    panic("boot: no memory for the first task");
}

BOOT struct cap boot_object(struct boot *boot, enum object_type type, unsigned size_bits)
{
    const unsigned bits = object_bits(type, size_bits);
    void *memory = arch_pointer(take(boot, bits));

    memory_zero(memory, (size_t)1 << bits);
    return object_create(type, size_bits, memory, 1, false);
}

/* The largest naturally aligned power of two at the start of a range that is not empty. */
BOOT static unsigned largest_bits(struct memory_range range)
{
    unsigned bits = UNTYPED_MIN_BITS;

    while (bits < UNTYPED_MAX_BITS && aligned(range.start, bits + 1) && range.end - range.start >= (word_t)2 << bits)
        bits++;
    return bits;
}

BOOT static void untypeds_of(struct boot *boot, struct memory_range range, bool device)
{
    struct seL4_BootInfo *info = boot->info;

    while (range.end - range.start >= (word_t)1 << UNTYPED_MIN_BITS) {
        const unsigned bits = largest_bits(range);
        const word_t n = boot->next_slot - info->untyped.start;

        if (n == BOOTINFO_MAX_UNTYPEDS)
            return;         /* BootInfo can tell of no more, so nobody could use them */
        info->untypedList[n] = (struct seL4_UntypedDesc){ range.start, (uint8_t)bits, device, { 0 } };
        boot_give(boot, object_create(OBJ_UNTYPED, bits, arch_pointer(range.start), 1, device));
        range.start += (word_t)1 << bits;
    }
}

BOOT void boot_untypeds(struct boot *boot)
{
    boot->info->untyped.start = boot->next_slot;
    for (unsigned i = 0; i < boot->machine->device_count; i++)
        untypeds_of(boot, boot->machine->device[i], true);
    for (unsigned i = 0; i < boot->ram_count; i++)
        untypeds_of(boot, boot->ram[i], false);
    untypeds_of(boot, boot->machine->boot, false);
    boot->info->untyped.end = boot->next_slot;
}
