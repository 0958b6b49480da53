/* SPDX-License-Identifier: BSD-2-Clause
 * ramfb driver: the screen is memory of its own, at the place that the boot phase told the display. The display only
 * reads it; there are no registers. Its device is DMA coherent (the platform's device tree says so): the memory is mapped
 * cached, and nothing is flushed. */
#include <sel4ish/config.h>
#include <sel4ish/run.h>

#include <lib/framebuffer/server.h>

int main(void)
{
    const struct sel4ish_entry *memory = sel4ish_need(SEL4ISH_MEMORY, "scanout");
    uint32_t width = (uint32_t)sel4ish_option("width", 0), height = (uint32_t)sel4ish_option("height", 0);
    struct scanout scanout = {(volatile void *)memory->v[0], width, height, width * FRAMEBUFFER_PIXEL_BYTES};

    if (!scanout_valid(&scanout, memory->v[1]))
        sel4ish_stop("memory 'scanout' holds no %ux%u pixels", (unsigned)width, (unsigned)height);
    framebuffer_serve(&scanout);
}
