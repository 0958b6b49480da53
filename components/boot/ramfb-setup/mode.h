/* SPDX-License-Identifier: BSD-2-Clause
 * Mode: what ramfb shows: where in memory, how large, XRGB8888. QEMU, docs/specs/fw_cfg.rst and hw/display/ramfb.c. */
#pragma once

#include <stdint.h>

enum { MODE_BYTES = 28 };

struct mode {
    uint64_t paddr;
    uint32_t width, height;
};

/* As the file etc/ramfb holds it. */
void mode_encode(const struct mode *mode, uint8_t bytes[MODE_BYTES]);
