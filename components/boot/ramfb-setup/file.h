/* SPDX-License-Identifier: BSD-2-Clause
 * File: one entry of fw_cfg's directory. QEMU, docs/specs/fw_cfg.rst, "File Directory".
 * Invariant: a file that file_parse accepted has a name that ends. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { FILE_ENTRY_BYTES = 64, FILE_NAME_BYTES = 56 };

struct file {
    uint32_t bytes;
    uint16_t selector;
    char name[FILE_NAME_BYTES];
};

bool file_parse(const uint8_t entry[FILE_ENTRY_BYTES], struct file *file);
