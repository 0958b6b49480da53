/* SPDX-License-Identifier: BSD-2-Clause
 * Stopper: ends in the way that its option names. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sel4ish/config.h>
#include <sel4ish/run.h>

int main(void)
{
    const char *how = sel4ish_option_text("how", "return");

    printf("ends by %s", how);     /* without a new line: it must come out all the same */
    if (!strcmp(how, "assert"))
        assert(!"this holds");
    if (!strcmp(how, "abort"))
        abort();
    if (!strcmp(how, "stop"))
        sel4ish_stop("reason %d", 7);
    if (!strcmp(how, "exit"))
        exit(3);
    return 0;
}
