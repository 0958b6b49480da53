/* SPDX-License-Identifier: BSD-2-Clause
 * bochs driver: the screen is the display's own memory, which the boot phase placed. The display does no DMA: what this
 * driver can reach is that memory and its mode registers. */
#include <sel4ish/config.h>
#include <sel4ish/run.h>

#include <lib/framebuffer/server.h>

#include "dispi.h"

int main(void)
{
    const struct sel4ish_entry *vram = sel4ish_need(SEL4ISH_DEVICE, "bochs_vram");
    const struct dispi dispi = {(volatile void *)sel4ish_need(SEL4ISH_DEVICE, "bochs_registers")->v[0]};
    uint32_t width = (uint32_t)sel4ish_option("width", 0), height = (uint32_t)sel4ish_option("height", 0);
    struct scanout scanout = {(volatile void *)vram->v[0], width, height, width * FRAMEBUFFER_PIXEL_BYTES};

    if (!scanout_valid(&scanout, vram->v[1] < dispi_memory(&dispi) ? vram->v[1] : dispi_memory(&dispi)))
        sel4ish_stop("the display's memory holds no %ux%u pixels", (unsigned)width, (unsigned)height);
    if (!dispi_set_mode(&dispi, (uint16_t)width, (uint16_t)height))
        sel4ish_stop("the display does not show %ux%u", (unsigned)width, (unsigned)height);
    framebuffer_serve(&scanout);
}
