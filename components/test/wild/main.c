/* SPDX-License-Identifier: BSD-2-Clause
 * Wild: does the one forbidden thing that its option names, and fails the test if nothing stops it. */
#include <stdio.h>

#include <sel4ish/config.h>
#include <sel4ish/test.h>

#include <lib/faults/faults.h>

int main(void)
{
    const char *what = sel4ish_option_text("what", "null");

    printf("wild: %s\n", what);
    ASSERT("the_fault_has_a_name", faults_commit(what));
    ASSERT("the_fault_stops_the_component", false);
}
