/* SPDX-License-Identifier: BSD-2-Clause
 * Fault: the words for each kind. */
#include <string.h>

#include <test.h>

#include "fault.h"

static bool says(struct fault fault, const char *function, const char *want)
{
    char text[160];

    fault_describe(&fault, function, 8, text, sizeof text);
    return strcmp(text, want) == 0;
}

TEST(memory_faults_say_what_was_tried_where_and_why_it_failed)
{
    CHECK(says((struct fault){FAULT_VM, .pc = 0x400120, .address = 0x10, .syndrome = 0x92000006}, "poke",
               "read of 0x10 at pc 0x400120 (poke+0x8): not mapped"));
    CHECK(says((struct fault){FAULT_VM, .pc = 0x400120, .address = 0x400000, .syndrome = 0x9200004f}, "poke",
               "write of 0x400000 at pc 0x400120 (poke+0x8): not permitted"));
    CHECK(says((struct fault){FAULT_VM, .pc = 0x500000, .address = 0x500000, .syndrome = 0x8200000f, .fetch = 1}, NULL,
               "fetch of 0x500000 at pc 0x500000 (unknown function): not permitted"));
}

TEST(other_faults_say_their_own)
{
    CHECK(says((struct fault){FAULT_CAP, .pc = 4, .address = 0x99}, "f",
               "invalid capability 0x99 in send at pc 0x4 (f+0x8)"));
    CHECK(says((struct fault){FAULT_UNKNOWN_SYSCALL, .pc = 4, .address = (uint64_t)-99}, "f",
               "unknown system call -99 at pc 0x4 (f+0x8)"));
    CHECK(says((struct fault){FAULT_USER_EXCEPTION, .pc = 4, .syndrome = 0x2000000}, "f",
               "undefined instruction at pc 0x4 (f+0x8): syndrome 0x2000000"));
    CHECK(says((struct fault){FAULT_TIMEOUT, .consumed_us = 5000}, NULL, "time-out: budget used up after 5000 us"));
}

TEST(a_long_name_is_cut_not_overrun)
{
    char text[32], name[300];

    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = 0;
    fault_describe(&(struct fault){FAULT_VM, .pc = 4}, name, 0, text, sizeof text);
    CHECK(strlen(text) == sizeof text - 1);
}
