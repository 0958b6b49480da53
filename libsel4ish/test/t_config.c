/* SPDX-License-Identifier: BSD-2-Clause */
#include "fake.h"
#include "test.h"

#include <string.h>

static bool valid(void)
{
    return sel4ish_config_valid(fake_config(), fake_config()->bytes);
}

TEST(a_block_that_the_tool_wrote_is_valid)
{
    fake_reset();
    CHECK(valid());
    CHECK(!sel4ish_config_valid(NULL, 0));
}

TEST(a_block_is_refused_whose_header_is_not_one)
{
    fake_reset();
    fake_config()->magic ^= 1;
    CHECK(!valid());
    fake_reset();
    fake_config()->version = 2;
    CHECK(!valid());
    fake_reset();
    memset(fake_config()->name, 'x', sizeof fake_config()->name);
    CHECK(!valid());
}

TEST(a_block_is_refused_that_is_shorter_than_its_entries)
{
    fake_reset();
    CHECK(!sel4ish_config_valid(fake_config(), fake_config()->bytes - 1));
    fake_config()->bytes -= 1;
    CHECK(!valid());
    CHECK(!sel4ish_config_valid(fake_config(), sizeof(struct sel4ish_config) - 1));
}

TEST(an_entry_is_refused_whose_text_does_not_end_or_whose_owner_is_none)
{
    fake_reset();
    memset(fake_entry(SEL4ISH_USE, "log")->peer, 'x', 32);
    CHECK(!valid());
    fake_reset();
    fake_entry(SEL4ISH_REGION, "lines")->owner = fake_config()->entries;
    CHECK(!valid());
    fake_reset();
    fake_entry(SEL4ISH_CONNECTION, NULL)->owner = 0;    /* a connection belongs to what is provided */
    CHECK(!valid());
}

TEST(entries_are_found_by_kind_name_and_owner)
{
    const struct sel4ish_entry *use, *region;

    fake_reset();
    use = sel4ish_config_next(fake_config(), SEL4ISH_USE, "store", NULL);
    CHECK(use && use->v[SEL4ISH_USE_VERSION] == 1);
    use = sel4ish_config_next(fake_config(), SEL4ISH_USE, "store", use);
    CHECK(use && use->v[SEL4ISH_USE_VERSION] == 2);
    CHECK(!sel4ish_config_next(fake_config(), SEL4ISH_USE, "store", use));
    region = sel4ish_config_owned(fake_config(), use, SEL4ISH_REGION, "code", NULL);
    CHECK(region && region->owner == sel4ish_config_index(fake_config(), use));
    CHECK(!sel4ish_config_owned(fake_config(), use, SEL4ISH_REGION, "lines", NULL));
    CHECK(sel4ish_option("absent", 9) == 9);
}
