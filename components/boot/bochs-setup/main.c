/* SPDX-License-Identifier: BSD-2-Clause
 * bochs set-up: gives bochs-display's memory and registers, once at boot, the addresses at which the description maps
 * them, and returns. Nobody keeps its configuration registers, so it stays there and never masters the bus. */
#include <sel4ish/config.h>
#include <sel4ish/run.h>

#include "function.h"

enum { VENDOR = 0x1234, DEVICE = 0x1111 };
enum { VRAM_BAR = 0, REGISTERS_BAR = 2, VRAM_BYTES = 16 << 20, REGISTERS_BYTES = 4096 };

int main(void)
{
    const struct function display = {(volatile uint32_t *)sel4ish_need(SEL4ISH_DEVICE, "bochs_config")->v[0]};
    uint64_t vram = sel4ish_option("vram", 0), registers = sel4ish_option("registers", 0);

    if (!function_is(&display, VENDOR, DEVICE))
        sel4ish_stop("no bochs-display there");
    function_off(&display);
    if (!function_place(&display, VRAM_BAR, vram, VRAM_BYTES))
        sel4ish_stop("the display's memory cannot be at %#llx", (unsigned long long)vram);
    if (!function_place(&display, REGISTERS_BAR, registers, REGISTERS_BYTES))
        sel4ish_stop("the display's registers cannot be at %#llx", (unsigned long long)registers);
    if (!function_on(&display))
        sel4ish_stop("the display does not answer");
    return 0;
}
