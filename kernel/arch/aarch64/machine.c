/* SPDX-License-Identifier: BSD-2-Clause
 * Machine: what the device tree, the platform's table and the image say there is, told to the generic kernel.
 * Runs once, from start.S, on the kernel's stack, with the first GiB of RAM mapped. */
#include "../../core/assert.h"
#include "../device_tree.h"
#include "../memory_map.h"
#include "platform.h"
#include "port.h"

enum { PAGE = 1 << ARCH_PAGE_BITS, BLOCK = 2 << 20, TREE_BYTES_MAX = 2 << 20 };
#define WINDOW_BYTES (512ul << 30)      /* physical memory that the kernel can see: boot_level1 */
#define PAYLOAD_MAGIC 0x64616f6c79617034ul

static const struct memory_range devices[] = {
#define DEVICE(name, base, bytes, irq, trigger, who, beyond) { who##_only(base), who##_only((base) + (bytes)) },
#define user_only(x)   (x)
#define kernel_only(x) 0
#define INTERRUPT(name, number)
#define RAM(base)
#define IMAGE(base)
#define CYCLES_USER(allowed)
#define QEMU(...)
#include PLATFORM_TABLE
#undef DEVICE
#undef user_only
#undef kernel_only
#undef INTERRUPT
#undef RAM
#undef IMAGE
#undef CYCLES_USER
#undef QEMU
};

/* The image tool put the root task behind the kernel: its total length is the fourth word. */
BOOT static struct memory_range payload_find(void)
{
    const uint64_t *header = (const void *)kernel_end;
    const paddr_t start = arch_paddr(kernel_end);

    if (header[0] != PAYLOAD_MAGIC)
        panic("no boot payload behind the kernel");
    return (struct memory_range){ start, start + header[3] };
}

/* To the page behind the payload, so that what the kernel keeps is one range; its claimed size becomes the true one. */
BOOT static const void *tree_move(const void *tree, size_t bytes, paddr_t to)
{
    char *target = arch_pointer(to);
    const char *source = tree;

    if (source < target)
        panic("the image reaches the device tree");
    for (size_t i = 0; i < bytes; i++)
        target[i] = source[i];
    device_tree_set_bytes(target, bytes);
    return target;
}

BOOT static void ram_find(struct boot_machine *machine, const struct device_tree *tree)
{
    struct memory_map ram = { .ranges = machine->ram, .capacity = BOOT_RANGES };

    for (unsigned i = 0; i < tree->memory_count; i++)
        memory_map_add(&ram, tree->memory[i], BLOCK);
    memory_map_remove(&ram, (struct memory_range){ WINDOW_BYTES, UINT64_MAX }, BLOCK);
    if (!ram.count)
        panic("the device tree names no memory");
    arch_direct_map(ram.ranges, ram.count);
    for (unsigned i = 0; i < tree->reserved_count; i++)
        memory_map_remove(&ram, tree->reserved[i], PAGE);
    machine->ram_count = ram.count;
    assert(!ram.full);
}

BOOT static void ram_keep(struct boot_machine *machine, struct memory_range kept)
{
    struct memory_map ram = { .ranges = machine->ram, .count = machine->ram_count, .capacity = BOOT_RANGES };

    memory_map_remove(&ram, kept, PAGE);
    machine->ram_count = ram.count;
    assert(!ram.full);
}

BOOT static void devices_find(struct boot_machine *machine)
{
    struct memory_map found = { .ranges = machine->device, .capacity = BOOT_RANGES };

    for (unsigned i = 0; i < sizeof devices / sizeof devices[0]; i++)
        memory_map_add(&found, devices[i], PAGE);
    machine->device_count = found.count;
    assert(!found.full);
}

/* The performance monitor's cycle counter: runs always, readable by user mode where the platform's table says so. */
BOOT static void cycles_init(void)
{
    const word_t enable = 0x1, long_cycles = 0x40, counter = 0x80000000, read_cycles = 0x4;

    __asm__ volatile("msr pmcr_el0, %0\n\tmsr pmccfiltr_el0, xzr\n\tmsr pmcntenset_el0, %1\n\tmsr pmuserenr_el0, %2"
                     :
                     : "r"(enable | long_cycles), "r"(counter), "r"(PLATFORM_cycles_user ? read_cycles : 0ul));
}

/* Tags are made for 16 bits: with 8, two address spaces would share one. */
BOOT static void asids_check(void)
{
    word_t features;

    __asm__("mrs %0, id_aa64mmfr0_el1" : "=r"(features));
    if ((features >> 4 & 0xf) != 2)
        panic("address space numbers of less than 16 bits");
}

BOOT struct thread *arch_boot(paddr_t tree_paddr)
{
    static struct boot_machine machine;
    static struct device_tree tree;
    const void *const tree_start = arch_pointer(tree_paddr);

    asids_check();
    arch_fpu_enable(false);
    arch_debug_init();
    cycles_init();
    arch_cache_init();
    arch_gic_init();
    arch_timer_init();

    if (tree_paddr < PLATFORM_ram || tree_paddr % 8 || tree_paddr - PLATFORM_ram > (1ul << 30) - TREE_BYTES_MAX)
        panic("no device tree");
    if (!device_tree_read(tree_start, TREE_BYTES_MAX, &tree))
        panic("the device tree is malformed");

    ram_find(&machine, &tree);
    devices_find(&machine);
    machine.boot = (struct memory_range){ arch_paddr(kernel_start), arch_paddr(kernel_kept) };
    machine.payload = payload_find();
    machine.device_tree = tree_move(tree_start, tree.bytes, machine.payload.end);
    machine.device_tree_bytes = tree.bytes;
    ram_keep(&machine, (struct memory_range){ arch_paddr(kernel_start), machine.payload.end + tree.bytes });
    return kernel_boot(&machine);
}
