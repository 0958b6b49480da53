/* SPDX-License-Identifier: BSD-2-Clause
 * Mode: byte for byte what the device expects. */
#include <string.h>

#include <test.h>

#include "mode.h"

TEST(a_mode_is_28_bytes_big_endian)
{
    static const uint8_t expected[MODE_BYTES] = {
        0, 0, 0, 1, 0x7f, 0x80, 0, 0,   0x34, 0x32, 0x52, 0x58,   0, 0, 0, 0,
        0, 0, 4, 0,   0, 0, 3, 0,   0, 0, 0x10, 0,
    };
    const struct mode mode = {.paddr = 0x17f800000, .width = 1024, .height = 768};
    uint8_t bytes[MODE_BYTES];

    mode_encode(&mode, bytes);
    CHECK(memcmp(bytes, expected, sizeof expected) == 0);
}
