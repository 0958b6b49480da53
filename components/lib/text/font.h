/* SPDX-License-Identifier: BSD-2-Clause
 * Font: DejaVuSans.ttf from Debian's fonts-dejavu-core, byte for byte; the assembler puts it into the program. */
#pragma once

#include <stdint.h>

extern const uint8_t font_start[], font_end[];
