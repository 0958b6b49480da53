/* SPDX-License-Identifier: BSD-2-Clause
 * ramfb set-up: tells QEMU's ramfb, once at boot, which memory to show, and returns. From then on the display only reads
 * that memory; nobody keeps fw_cfg, through which all memory could be written. */
#include <string.h>

#include <sel4ish/config.h>
#include <sel4ish/run.h>

#include "fw_cfg.h"
#include "mode.h"

static struct fw_cfg find_device(void)
{
    const struct sel4ish_entry *device = sel4ish_need(SEL4ISH_DEVICE, "fw_cfg");
    const struct sel4ish_entry *memory = sel4ish_need(SEL4ISH_MEMORY, "dma");
    struct fw_cfg fw_cfg = {(volatile uint8_t *)device->v[0], (volatile struct fw_cfg_memory *)memory->v[0],
                            memory->v[2]};

    if (memory->v[1] < sizeof(struct fw_cfg_memory) || !fw_cfg.paddr)
        sel4ish_stop("memory 'dma' is too small or has no fixed place");
    if (!fw_cfg_present(&fw_cfg))
        sel4ish_stop("no fw_cfg with DMA there");
    return fw_cfg;
}

static struct mode wanted_mode(void)
{
    struct mode mode = {.paddr = sel4ish_option("scanout", 0),
                        .width = (uint32_t)sel4ish_option("width", 0),
                        .height = (uint32_t)sel4ish_option("height", 0)};

    if (!mode.paddr || !mode.width || !mode.height)
        sel4ish_stop("options 'scanout', 'width' and 'height' say what to show");
    return mode;
}

static void set(const struct fw_cfg *fw_cfg, const struct mode *mode)
{
    uint8_t written[MODE_BYTES], read[MODE_BYTES];
    struct file file;

    if (!fw_cfg_find(fw_cfg, "etc/ramfb", &file) || file.bytes != MODE_BYTES)
        sel4ish_stop("this machine has no ramfb");
    mode_encode(mode, written);
    if (!fw_cfg_write(fw_cfg, file.selector, written, sizeof written) ||
        !fw_cfg_read(fw_cfg, file.selector, read, sizeof read) || memcmp(written, read, sizeof read) != 0)
        sel4ish_stop("ramfb does not take %ux%u", (unsigned)mode->width, (unsigned)mode->height);
}

int main(void)
{
    struct fw_cfg fw_cfg = find_device();
    struct mode mode = wanted_mode();

    set(&fw_cfg, &mode);
    return 0;
}
