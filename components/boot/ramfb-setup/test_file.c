/* SPDX-License-Identifier: BSD-2-Clause
 * File: entries as the device writes them. */
#include <string.h>

#include <test.h>

#include "file.h"

static uint8_t entry[FILE_ENTRY_BYTES] = {0, 0, 1, 0x1c, 0x12, 0x34, 0, 0, 'e', 't', 'c', '/', 'r', 'a', 'm', 'f', 'b'};
static struct file file;

TEST(an_entry_names_a_file_its_size_and_its_selector)
{
    CHECK(file_parse(entry, &file));
    CHECK_EQUAL(file.bytes, 0x11c);
    CHECK_EQUAL(file.selector, 0x1234);
    CHECK(strcmp(file.name, "etc/ramfb") == 0);
}

TEST(a_name_that_does_not_end_is_no_file)
{
    memset(entry + 8, 'x', FILE_NAME_BYTES);
    CHECK(!file_parse(entry, &file));
    entry[FILE_ENTRY_BYTES - 1] = 0;
    CHECK(file_parse(entry, &file));
    CHECK_EQUAL(strlen(file.name), FILE_NAME_BYTES - 1);
}
