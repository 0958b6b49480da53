/* SPDX-License-Identifier: BSD-2-Clause
 * Mode: see mode.h. */
#include "mode.h"

#include "big_endian.h"

enum { PADDR = 0, FOURCC = 8, FLAGS = 12, WIDTH = 16, HEIGHT = 20, STRIDE = 24 };   /* offsets */
enum { PIXEL_BYTES = 4 };

#define FOURCC_XR24 0x34325258      /* "XR24": a word 0x00RRGGBB, little endian */

void mode_encode(const struct mode *mode, uint8_t bytes[MODE_BYTES])
{
    big_endian_put(bytes + PADDR, 8, mode->paddr);
    big_endian_put(bytes + FOURCC, 4, FOURCC_XR24);
    big_endian_put(bytes + FLAGS, 4, 0);
    big_endian_put(bytes + WIDTH, 4, mode->width);
    big_endian_put(bytes + HEIGHT, 4, mode->height);
    big_endian_put(bytes + STRIDE, 4, mode->width * PIXEL_BYTES);
}
