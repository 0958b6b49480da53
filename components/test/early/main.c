/* SPDX-License-Identifier: BSD-2-Clause
 * Early: a component of the boot phase. Uses its device and its memory, says what it found, and ends; or faults. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <sel4ish/config.h>
#include <sel4ish/run.h>

enum { IDENTIFICATION = 0xfe0, PL031 = 0x31 };     /* PL031 TRM, 3.2: the first identification register */
#define FAULT_ADDRESS UINT64_C(0x30000000)

static void use_memory(const char *name)
{
    const struct sel4ish_entry *memory = sel4ish_need(SEL4ISH_MEMORY, name);
    volatile uint64_t *words = (volatile uint64_t *)memory->v[0];
    const uint64_t last = memory->v[1] / sizeof *words - 1;

    if (words[0] || words[last])
        sel4ish_stop("memory %s is not zero", name);
    words[0] = words[last] = memory->v[2];
    printf("memory %s: %" PRIu64 " bytes at %#" PRIx64 "\n", name, memory->v[1], memory->v[2]);
}

int main(void)
{
    const struct sel4ish_entry *rtc = sel4ish_need(SEL4ISH_DEVICE, "rtc");
    const volatile uint32_t *id = (const volatile uint32_t *)(rtc->v[0] + IDENTIFICATION);

    if (*id != PL031)
        sel4ish_stop("the device says %#" PRIx32, *id);
    use_memory("page");
    use_memory("block");
    use_memory("any");
    if (sel4ish_option("fault", 0))
        *(volatile uint32_t *)FAULT_ADDRESS = 1;
    printf("done\n");
    return 0;
}
