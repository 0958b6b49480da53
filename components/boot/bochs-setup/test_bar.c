/* SPDX-License-Identifier: BSD-2-Clause
 * BAR: sizes as registers tell them, and addresses that fit. */
#include <test.h>

#include "bar.h"

TEST(a_register_tells_its_size)
{
    CHECK_EQUAL(bar_bytes(0xfffff000), 0x1000);
    CHECK_EQUAL(bar_bytes(0xff000008), 0x1000000);      /* prefetchable */
    CHECK_EQUAL(bar_bytes(0xfffffff0), 16);
    CHECK_EQUAL(bar_bytes(0x80000000), 0x80000000);
}

TEST(what_is_no_memory_register_of_32_bits_has_no_size)
{
    CHECK_EQUAL(bar_bytes(0), 0);                       /* not there */
    CHECK_EQUAL(bar_bytes(0xffffff01), 0);              /* ports */
    CHECK_EQUAL(bar_bytes(0xffff0004), 0);              /* 64 bits */
    CHECK_EQUAL(bar_bytes(0xf0f00000), 0);              /* a mask with holes */
}

TEST(an_address_is_a_multiple_of_the_size_and_ends_below_4_GiB)
{
    CHECK(bar_takes(0x1000000, 0x10000000));
    CHECK(!bar_takes(0x1000000, 0x10001000));
    CHECK(!bar_takes(0x1000000, 0));
    CHECK(!bar_takes(0, 0x10000000));
    CHECK(bar_takes(0x1000, 0xfffff000));
    CHECK(!bar_takes(0x1000, UINT64_C(1) << 32));
    CHECK_EQUAL(bar_address(0x1000000c), 0x10000000);
}
