/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/pointer.h>

#include "fake.h"
#include "test.h"

enum { BASE = 0x40000000 };

static const struct sel4ish_entry *use;

static bool in_region(uint64_t offset, size_t bytes, unsigned kinds)
{
    return sel4ish_pointer_in_region(fake_config(), use, BASE, BASE + offset, bytes, kinds);
}

static void setup(void)
{
    fake_reset();
    use = fake_entry(SEL4ISH_USE, "store");
}

TEST(data_lies_wholly_in_one_region_of_the_wanted_kind)
{
    setup();
    CHECK(in_region(0, FAKE_PAGE, SEL4ISH_KINDS_READ));
    CHECK(in_region(FAKE_PAGE - 4, 4, SEL4ISH_KINDS_READ));
    CHECK(!in_region(FAKE_PAGE - 4, 8, SEL4ISH_KINDS_READ));       /* two regions */
    CHECK(in_region(FAKE_PAGE, 8, SEL4ISH_KINDS_WRITE));
    CHECK(!in_region(0, 8, SEL4ISH_KINDS_WRITE));                  /* this client cannot write there */
    CHECK(!in_region(FAKE_CODE_OFFSET, 4, SEL4ISH_KINDS_READ));    /* code is not data */
    CHECK(!in_region(3 * FAKE_PAGE, 1, SEL4ISH_KINDS_READ));
}

TEST(an_address_that_wraps_or_lies_below_the_connection_is_no_data)
{
    setup();
    CHECK(!sel4ish_pointer_in_region(fake_config(), use, BASE, BASE - 8, 16, SEL4ISH_KINDS_READ));
    CHECK(!sel4ish_pointer_in_region(fake_config(), use, BASE, 0, 8, SEL4ISH_KINDS_READ));
    CHECK(!sel4ish_pointer_in_region(fake_config(), use, BASE, UINT64_MAX, 8, SEL4ISH_KINDS_READ));
    CHECK(!in_region(8, SIZE_MAX, SEL4ISH_KINDS_READ));
    CHECK(!in_region(8, SIZE_MAX - 7, SEL4ISH_KINDS_READ));
}

TEST(a_routine_is_an_entry_point_and_nothing_else_in_the_image)
{
    setup();
    CHECK(sel4ish_pointer_is_routine(fake_config(), use, BASE, BASE + FAKE_ENTRY_OFFSET));
    CHECK(!sel4ish_pointer_is_routine(fake_config(), use, BASE, BASE + FAKE_ENTRY_OFFSET + 4));
    CHECK(!sel4ish_pointer_is_routine(fake_config(), use, BASE, BASE + FAKE_CODE_OFFSET));
    CHECK(!sel4ish_pointer_is_routine(fake_config(), use, BASE, BASE));
    CHECK(!sel4ish_pointer_is_routine(fake_config(), use, BASE, 0));
}

TEST(an_entry_point_outside_the_code_region_is_no_routine)
{
    setup();
    fake_entry(SEL4ISH_ROUTINE, "send")->v[0] = 64;
    CHECK(!sel4ish_pointer_is_routine(fake_config(), use, BASE, BASE + 64));
}
