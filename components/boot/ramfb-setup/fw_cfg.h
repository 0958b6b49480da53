/* SPDX-License-Identifier: BSD-2-Clause
 * fw_cfg: QEMU's configuration device, through its DMA interface: it reads a command at a physical address that it is
 * told, and reads or writes memory as that says. Whoever holds its registers can read and write all memory.
 * QEMU, docs/specs/fw_cfg.rst. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "file.h"

enum { FW_CFG_DATA_BYTES = 256 };       /* in one transfer */

/* What the device reads and writes: a page that it can reach. */
struct fw_cfg_memory {
    uint8_t command[16];
    uint8_t data[FW_CFG_DATA_BYTES];
};

struct fw_cfg {
    volatile uint8_t *registers;
    volatile struct fw_cfg_memory *memory;
    uint64_t paddr;                     /* of memory */
};

/* Is it there, and does it do DMA? */
bool fw_cfg_present(const struct fw_cfg *fw_cfg);
/* False: there is no such file. */
bool fw_cfg_find(const struct fw_cfg *fw_cfg, const char *name, struct file *file);
/* The first `bytes` of a file, at most FW_CFG_DATA_BYTES. False: the device refused. */
bool fw_cfg_read(const struct fw_cfg *fw_cfg, uint16_t selector, void *to, uint32_t bytes);
bool fw_cfg_write(const struct fw_cfg *fw_cfg, uint16_t selector, const void *from, uint32_t bytes);
